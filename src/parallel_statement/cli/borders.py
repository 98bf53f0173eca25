"""Commands for the borders of sentences: ``align cut`` and ``align join``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from parallel_statement.cli import desk, job, place
from parallel_statement.cli.console import emit, emit_json
from parallel_statement.cli.correct import ByOption, NoteOption, WhenOption
from parallel_statement.cli.options import EncodingOption, JsonOption, OneDocumentOption
from parallel_statement.errors import ParallelStatementError

if TYPE_CHECKING:
    from parallel_statement.model import Version
    from parallel_statement.workspace import BorderRecord

SentenceArgument = Annotated[
    list[str] | None, typer.Argument(metavar="[TEXTS] SENTENCE", help="As in en:p3.s1.")
]
SentencesArgument = Annotated[
    list[str] | None, typer.Argument(metavar="[TEXTS] SENTENCES", help="As in en:p3.s1+p3.s2.")
]


def cut(
    sentence: SentenceArgument = None,
    after: Annotated[
        str, typer.Option("--after", metavar="WORDS", help="The last words before the border.")
    ] = "",
    document: OneDocumentOption = None,
    by: ByOption = "",
    note: NoteOption = "",
    date: WhenOption = None,
    encoding: EncodingOption = None,
    json: JsonOption = False,
) -> int:
    """Cut a sentence in two, after the words that you name."""
    from parallel_statement.workspace import border_at

    file = desk.open_one(sentence, document, encoding or ())
    version, (identifier,) = _sentences(file, 1)
    text = next(version.text(s) for s in version.sentences if s.id == identifier)
    if not after or text.count(after) != 1:
        how = "once" if after in text and after else "at all"
        raise ParallelStatementError(
            f"--after {after!r}: does not stand {'just ' if how == 'once' else ''}{how} in "
            f"{file.places[0]}: {text}"
        )
    border = border_at(version, identifier, text.index(after) + len(after))
    _keep(file, "cut", [border], (by, note, date), json=json)
    return 0


def join(
    sentences: SentencesArgument = None,
    document: OneDocumentOption = None,
    by: ByOption = "",
    note: NoteOption = "",
    date: WhenOption = None,
    encoding: EncodingOption = None,
    json: JsonOption = False,
) -> int:
    """Make one sentence of two or more that follow each other in a paragraph."""
    from parallel_statement.workspace import border_at

    file = desk.open_one(sentences, document, encoding or ())
    version, identifiers = _sentences(file, 2)
    borders = [border_at(version, identifier) for identifier in identifiers[:-1]]
    _keep(file, "join", borders, (by, note, date), json=json)
    return 0


def _sentences(file: desk.Desk, least: int) -> tuple[Version, tuple[str, ...]]:
    """Return the version and the neighbouring sentences that the place names."""
    from parallel_statement.locking import Decisions
    from parallel_statement.model import Lock

    wanted = "the sentence, as in en:p3.s1" if least == 1 else "sentences, as in en:p3.s1+p3.s2"
    if len(file.places) != 1:
        raise ParallelStatementError(f"name {wanted}")
    level, sides = place.read_sides(file.places, file.versions)
    ((tag, identifiers),) = sides.items()
    if level != "sentence" or (len(identifiers) != 1 if least == 1 else len(identifiers) < 2):
        raise ParallelStatementError(f"{file.places[0]}: name {wanted}")
    Decisions(file.versions).ranges(Lock(level, sides))
    return next(v for v in file.versions if v.language == tag), identifiers


def _keep(
    file: desk.Desk,
    action: str,
    borders: Sequence[BorderRecord],
    said: tuple[str, str, str | None],
    *,
    json: bool,
) -> None:
    """Write *borders* to the file, and say so."""
    from parallel_statement.workspace import Change

    by, note, date = said
    when = job.encoding_date(date) or ""
    file.save(Change(action, tuple(borders), by=by, note=note, date=when))
    if json:
        emit_json(
            {
                "document": file.entry.id,
                "file": file.path.as_posix(),
                action: [
                    {"language": b.language, "before": b.before, "after": b.after} for b in borders
                ],
            }
        )
        return
    for border in borders:
        emit(f"{action}: {border.language} “{border.before} | {border.after}”\n")
    emit(f"next: align run {file.path.parent.as_posix()}\n")
