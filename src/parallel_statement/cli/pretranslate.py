"""``align pretranslate``: a new text with what an archive said before, ready for translators."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from parallel_statement.cli import job, saving
from parallel_statement.cli.console import ProgressBar, emit_json, emit_rich, table
from parallel_statement.cli.options import DateOption, EncodingOption, JsonOption, QuietOption
from parallel_statement.errors import ParallelStatementError, UnknownNameError

if TYPE_CHECKING:
    from parallel_statement.model import LanguageTag
    from parallel_statement.pretranslation import Draft


def pretranslate(
    text: Annotated[Path, typer.Argument(metavar="TEXT", help="The text to be translated.")],
    memory: Annotated[
        Path, typer.Option("--memory", metavar="FOLDER", help="The output of `align corpus`.")
    ] = Path("out"),
    source: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="LANGUAGE", help="Of the text; default: the name of its folder."
        ),
    ] = None,
    targets: Annotated[
        str | None,
        typer.Option(
            "--to", metavar="LANGUAGES", help="With commas between; default: all of the archive."
        ),
    ] = None,
    glossary: Annotated[
        Path | None, typer.Option("--glossary", metavar="FILE", help="Terms to use.")
    ] = None,
    least: Annotated[
        int, typer.Option("--least", metavar="SCORE", min=1, max=100, help="Of a match.")
    ] = 70,
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Where to write.")] = Path(
        "drafts"
    ),
    encoding: EncodingOption = None,
    date: DateOption = None,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> int:
    """Fill in what was translated before, and name the terms: XLIFF for CAT tools, and XLSX."""
    from parallel_statement import formats, segmentation
    from parallel_statement import pretranslation as drafts
    from parallel_statement.formats.glossary import read_glossary
    from parallel_statement.memory import NAME, open_memory
    from parallel_statement.pretranslation import xliff, xlsx
    from parallel_statement.workspace import write_files

    with open_memory(memory / NAME) as opened:
        spoken = opened.languages()
        language = _source(source or text.resolve().parent.name, spoken, named=source is not None)
        encodings = job.encodings_of(encoding or (), [language])
        document = formats.read(text, language, encoding=encodings.get(language))
        wanted = _targets(targets, language, spoken)
        with ProgressBar(quiet or json) as bar:
            bar.label("sentences")
            draft = drafts.pretranslate(
                segmentation.segment(document),
                opened,
                wanted,
                read_glossary(glossary) if glossary else None,
                least=least,
                progress=bar.update,
            )
    files = xliff.write(draft) | xlsx.write(draft, job.encoding_date(date))
    saving.refuse((out / name for name in files), [text])
    paths = write_files(out, files)
    if json:
        emit_json({**_counts(draft), "files": [path.as_posix() for path in paths]})
    elif not quiet:
        _tell(draft, paths)
    return 0


def _source(name: str, spoken: Sequence[LanguageTag], *, named: bool) -> LanguageTag:
    from parallel_statement.workspace import standard_tag

    try:
        tag = standard_tag(name)
    except UnknownNameError:
        if named:
            raise
        tag = ""
    if tag not in spoken:
        if named:
            raise UnknownNameError("language of the archive", tag, spoken)
        raise ParallelStatementError(
            f"which language is the text in? Say so with --from: {', '.join(spoken)}"
        )
    return tag


def _targets(
    option: str | None, source: LanguageTag, spoken: Sequence[LanguageTag]
) -> tuple[LanguageTag, ...]:
    from parallel_statement.workspace import standard_tag

    others = tuple(tag for tag in spoken if tag != source)
    if option is None:
        return others
    chosen = tuple(dict.fromkeys(standard_tag(t.strip()) for t in option.split(",") if t.strip()))
    for tag in chosen:
        if tag not in others:
            raise UnknownNameError("language of the archive", tag, others)
    return chosen or others


def _counts(draft: Draft) -> dict[str, int]:
    """Return how many sentences have which match."""
    from parallel_statement.memory import EXACT

    best = [row.matches[0].score if row.matches else 0 for row in draft.rows]
    same = sum(score == EXACT for score in best)
    alike = sum(0 < score < EXACT for score in best)
    terms = sum(len(row.terms) for row in draft.rows)
    return {
        "sentences": len(best),
        "same": same,
        "alike": alike,
        "new": len(best) - same - alike,
        "terms": terms,
    }


def _tell(draft: Draft, paths: Sequence[Path]) -> None:
    counts = _counts(draft)
    emit_rich(table(tuple(counts), [[str(count) for count in counts.values()]]), "")
    emit_rich("written:", *(f"  {path.as_posix()}" for path in paths))
