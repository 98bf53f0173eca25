"""The command ``align find``: every bead with a term in any form, all languages side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from parallel_statement.cli import archived, job, recall, records, report
from parallel_statement.cli.console import emit, emit_json
from parallel_statement.cli.options import (
    DocumentOption,
    EncoderOption,
    EncodingOption,
    FileOption,
    GlossaryOption,
    JsonOption,
    OutOption,
    TextsOrResultArgument,
    WeightsOption,
)

if TYPE_CHECKING:
    from parallel_statement.model import ParallelText, Segment, Span, Version
    from parallel_statement.terminology.concordance import ConcordanceLine


def find(
    term: Annotated[str, typer.Argument(metavar="TERM", help="In any language and form.")],
    texts: TextsOrResultArgument = None,
    file: FileOption = None,
    document: DocumentOption = None,
    format: Annotated[  # noqa: A002 - the name of the option
        Literal["text", "json"], typer.Option("--format", metavar="NAME", help="text or json.")
    ] = "text",
    glossary: GlossaryOption = None,
    most: Annotated[
        int,
        typer.Option(
            "--most", metavar="N", min=1, help="Of an archive: so many beads, newest first."
        ),
    ] = 50,
    out: OutOption = Path("out"),
    encoder: EncoderOption = "use",
    weights: WeightsOption = None,
    encoding: EncodingOption = None,
    json: JsonOption = False,
) -> int:
    """Show where a term stands, in all its forms and languages; exit with 1 if nowhere.

    A term of the glossary brings all terms of its concept. What is found stands in [brackets].
    In the output of `align corpus`, the whole archive is searched, the newest documents first.
    """
    from parallel_statement.terminology import concordance

    for_program = json or format == "json"
    if texts is not None and recall.is_archive(texts):
        return _find_in_archive(texts, term, glossary, document or (), most, for_program)
    if archived.is_result(texts) and texts is not None:
        read = archived.read(texts, files=file or (), documents=document or (), glossary=glossary)
        aligned, terms = [checked.text for checked in read], read[0].glossary
    else:
        workspace = job.find_texts(texts, file or (), document or ())
        terms = workspace.read_glossary(glossary)
        aligned = [
            job.present(entry, versions, locks, out, encoder, weights, quiet=for_program)
            for entry, versions, locks, _ in job.prepare(workspace, encoding or ())
        ]
    found = [(text, concordance.find(text, term, terms)) for text in aligned]
    if for_program:
        emit_json({"term": term, "documents": [_record(text, lines) for text, lines in found]})
    else:
        for text, lines in found:
            _print(text, lines)
        emit(f"{_total(term, found)}\n")
    return int(not any(lines for _, lines in found))


def _find_in_archive(
    folder: Path,
    term: str,
    glossary: Path | None,
    documents: Sequence[str],
    most: int,
    for_program: bool,
) -> int:
    from parallel_statement.formats.glossary import read_glossary

    terms = read_glossary(glossary) if glossary else None
    found = recall.find(folder, term, terms, documents, most)
    (recall.print_record if for_program else recall.print_hits)(term, found)
    return int(not found.hits)


def _print(text: ParallelText, lines: Sequence[ConcordanceLine]) -> None:
    places = {
        (language, mention.sentence): [each.span for each in mentions]
        for line in lines
        for language, mentions in line.mentions.items()
        for mention in mentions
    }

    def words(version: Version, segment: Segment) -> str:
        return _marked(version, segment, places.get((version.language, segment.id), ()))

    if lines:
        report.print_beads(text, "sentence", [line.bead for line in lines], words)
        emit("\n")


def _marked(version: Version, segment: Segment, places: Sequence[Span]) -> str:
    """Return the words of *segment* with brackets around those at *places*."""
    view = version.document.view(segment.span)

    def pieces() -> Iterator[str]:
        for start, end, character in zip(view.offsets, view.ends, view.text, strict=False):
            before = "[" if any(place.start == start for place in places) else ""
            after = "]" if any(place.end == end for place in places) else ""
            yield before + character + after

    return "".join(pieces())


def _total(term: str, found: Sequence[tuple[ParallelText, Sequence[ConcordanceLine]]]) -> str:
    """Return the line at the end: how often the term stands in each language, or that it does not.

    >>> _total("fish", [])
    '“fish” was not found in any form'
    """
    counts: dict[str, int] = {}
    for text, lines in found:
        for language in text.languages:
            mentions = sum(len(line.mentions.get(language, ())) for line in lines)
            counts[language] = counts.get(language, 0) + mentions
    beads = sum(len(lines) for _, lines in found)
    if not beads:
        where = f" ({', '.join(counts)})" if counts else ""
        return f"“{term}” was not found in any form{where}"
    told = ", ".join(f"{language} {count}" for language, count in counts.items())
    return f"“{term}”: {beads} bead{'s' * (beads > 1)}; {told}"


def _record(text: ParallelText, lines: Sequence[ConcordanceLine]) -> dict[str, object]:
    from parallel_statement.formats.json import mention_record
    from parallel_statement.formats.places import place_name

    return {
        "document": text.id,
        "beads": [
            records.bead_record(text, "sentence", line.bead)
            | {
                "mentions": {
                    language: [
                        mention_record(text.version(language), mention)
                        | {"place": place_name(text.version(language), mention.span)}
                        for mention in mentions
                    ]
                    for language, mentions in line.mentions.items()
                }
            }
            for line in lines
        ],
    }
