"""Borders of sentences that a person put or took away, found again by the words beside them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, cast, get_args

from parallel_statement.errors import ParallelStatementError, UnknownNameError
from parallel_statement.formats.record import Record
from parallel_statement.languages import standard_tag
from parallel_statement.locking import local
from parallel_statement.locking.naming import nearby
from parallel_statement.model import LanguageTag, Occurrence, Paragraph, Span, Version
from parallel_statement.segmentation.correction import corrected
from parallel_statement.workspace.locks import read_occurrence

BorderKind = Literal["break", "join"]
_ONLY = Occurrence(1, 1)
QUOTED = 40
"""Most characters that are quoted on either side of a border."""
_KEYS = {"kind", "language", "before", "after", "occurrence"}


@dataclass(frozen=True, slots=True)
class BorderRecord:
    """Where a sentence ends, or does not, as it stands in the file of corrections."""

    language: LanguageTag
    kind: BorderKind
    """Whether a sentence border was put there (``break``) or taken away (``join``)."""
    before: str
    """The words before the border, and after it; white space between them does not count."""
    after: str
    occurrence: Occurrence = _ONLY
    by: str = ""
    note: str = ""
    date: str = ""
    id: str = ""


class StaleBorder(NamedTuple):
    """A border that is not applied, and why."""

    record: BorderRecord
    reason: str


def plain_border(record: BorderRecord) -> dict[str, Any]:
    """Return *record* as the file has it, without who decided it, when and why."""
    plain: dict[str, Any] = {
        "kind": record.kind,
        "language": record.language,
        "before": record.before,
        "after": record.after,
    }
    if record.occurrence.of > 1:
        plain["occurrence"] = f"{record.occurrence.number} of {record.occurrence.of}"
    return plain


def read_border(record: Record) -> BorderRecord:
    """Return the sentence border that *record* of the file holds.

    Raises:
        InputError: it does not say what a border says.
    """
    record.refuse_others(_KEYS)
    kind = record.choice("kind", BorderKind)
    try:
        language = standard_tag(record.text("language"))
    except UnknownNameError as error:
        record.fail(str(error))
    occurrence = read_occurrence(record.optional("occurrence") or "1 of 1")
    if occurrence is None:
        record.fail('"occurrence": write as in "2 of 3"')
    before, after = record.text("before"), record.text("after")
    if not before.strip() or not after.strip():
        record.fail("names too little: words are needed before and after the border")
    return BorderRecord(language, cast("BorderKind", kind), before, after, occurrence)


def border_at(version: Version, sentence: str, offset: int | None = None) -> BorderRecord:
    """Return a border of a sentence of *version*, to be put or to be taken away.

    Args:
        version: The text.
        sentence: Id of the sentence.
        offset: Characters of the sentence before the new border; without it the border between
            this sentence and the next is taken away.

    Raises:
        UnknownNameError: there is no such sentence.
        ParallelStatementError: the border would be that of the sentence, or of the paragraph.
    """
    paragraph, number = _holding(version, sentence)
    here = paragraph.sentences[number]
    if offset is None:
        if number + 1 == len(paragraph.sentences):
            raise ParallelStatementError(
                f"{version.language}:{local(sentence)} is the last sentence of its paragraph; only "
                "sentences of one paragraph are joined"
            )
        place = paragraph.sentences[number + 1].span.start
    else:
        view = version.document.view(here.span)
        before, after = view.text[: max(0, offset)].strip(), view.text[max(0, offset) :].strip()
        if not before or not after:
            raise ParallelStatementError(
                f"{version.language}:{local(sentence)}: name a place inside the sentence"
            )
        place = view.offsets[len(view.text.rstrip()) - len(after)]
    text, offsets = _body(version, paragraph)
    cut = bisect_left(offsets, place)
    before, after = text[:cut].rstrip()[-QUOTED:].lstrip(), text[cut : cut + QUOTED].rstrip()
    places = list(_places(version, before, after))
    occurrence = Occurrence(places.index(place) + 1, len(places))
    kind: BorderKind = "join" if offset is None else "break"
    return BorderRecord(version.language, kind, before, after, occurrence)


def apply_borders(
    versions: Iterable[Version], records: Iterable[BorderRecord]
) -> tuple[Version, ...]:
    """Return *versions* with the sentence borders of *records*; stale ones are passed over."""
    listed = tuple(records)
    result = []
    for version in versions:
        places: dict[BorderKind, set[int]] = {kind: set() for kind in get_args(BorderKind)}
        for record in listed:
            if record.language == version.language:
                found = _found(version, record)
                if not isinstance(found, str):  # who says it last is right
                    places[record.kind].add(found)
                    places["join" if record.kind == "break" else "break"].discard(found)
        result.append(corrected(version, places["break"], places["join"]))
    return tuple(result)


def stale_borders(
    versions: Sequence[Version], records: Iterable[BorderRecord]
) -> Iterator[StaleBorder]:
    """Yield those of *records* that *versions*, to which they were applied, do not show."""
    by_language = {version.language: version for version in versions}
    for record in records:
        version = by_language.get(record.language)
        if version is None:
            yield StaleBorder(record, f"there is no version in {record.language} now")
            continue
        found = _found(version, record)
        if isinstance(found, str):
            yield StaleBorder(record, found)


def _found(version: Version, record: BorderRecord) -> int | str:
    """Return the source offset at which *record* has its border, or why there is none."""
    places = list(_places(version, record.before, record.after))
    shown = f"{record.before} | {record.after}"
    if not places:
        return f"{record.language} no longer has “{shown}”"
    if len(places) == 1:
        return places[0]
    if len(places) != record.occurrence.of:
        return f"{record.language} has “{shown}” {len(places)} times now"
    return places[record.occurrence.number - 1]


def _places(version: Version, before: str, after: str) -> Iterator[int]:
    """Yield the source offsets at which *after* begins, with *before* in front of it."""
    for paragraph in version.paragraphs:
        if not paragraph.sentences:
            continue
        text, offsets = _body(version, paragraph)
        at = text.find(after)
        while at >= 0:
            if text[:at].rstrip().endswith(before):
                yield offsets[at]
            at = text.find(after, at + 1)


def _body(version: Version, paragraph: Paragraph) -> tuple[str, Sequence[int]]:
    """Return what *paragraph* says without its label, and the source offset of each character."""
    first, last = paragraph.sentences[0].span, paragraph.sentences[-1].span
    view = version.document.view(Span(first.start, last.end))
    return view.text, view.offsets


def _holding(version: Version, sentence: str) -> tuple[Paragraph, int]:
    """Return the paragraph of *sentence*, and which of its sentences that is."""
    for paragraph in version.paragraphs:
        for number, each in enumerate(paragraph.sentences):
            if each.id == sentence:
                return paragraph, number
    known = nearby(version, "sentence", sentence)
    raise UnknownNameError(f"sentence of {version.id}", sentence, known)
