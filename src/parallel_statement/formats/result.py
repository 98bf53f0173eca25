"""An aligned text read back from the JSON that an earlier run wrote.

What the file says of one thing in two places must agree: a sentence's words with the text at its
offsets, the beads with the segments in their order. A file that was changed by hand is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from os import PathLike
from pathlib import Path
from typing import Any, Literal, get_args

from parallel_statement.errors import InputError
from parallel_statement.formats.json import FORMAT
from parallel_statement.formats.record import Record, read_json
from parallel_statement.model import (
    Alignment,
    Bead,
    Block,
    BlockKind,
    Document,
    LanguageTag,
    Layout,
    Level,
    Lock,
    Mark,
    MarkKind,
    Metadata,
    Move,
    PairBead,
    Paragraph,
    ParallelText,
    Provenance,
    Range,
    Sentence,
    Source,
    Span,
    Status,
    Version,
    VersionMetadata,
)
from parallel_statement.names import is_ncname

_Numbers = Mapping[str, Mapping[str, int]]
"""For each side of a bead, the numbers of its segments by id."""


def read_result(path: str | PathLike[str]) -> ParallelText:
    """Return the aligned text in the file *path*, which ``align run`` wrote as JSON.

    Raises:
        InputError: the file cannot be read, or is not what we write.
    """
    path = Path(path)
    try:
        content = read_json(path, "a result")
    except FileNotFoundError:
        raise InputError(
            path, "there is no such file; `align run` writes it (--format json)"
        ) from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise InputError(path, f'is no result: it must be an object with "format": "{FORMAT}"')
    return _text(Record(path, "", content, "run `align run` again"))


def _span(record: Record, length: int) -> Span:
    span = Span(record.get("start", int), record.get("end", int))
    if not 0 <= span.start <= span.end <= length:
        record.fail("lies outside the text")
    return span


def _text(record: Record) -> ParallelText:
    versions = tuple(_version(part, record.text("id")) for part in record.records("versions"))
    if len({version.language for version in versions}) != max(len(versions), 2):
        record.fail("two versions or more are needed, each in another language")
    provenance = record.record("provenance")
    levels = (
        _alignment(record.record("paragraphs"), "paragraph", versions),
        _alignment(record.record("sentences"), "sentence", versions),
    )
    moves = _moves(record, versions, levels[1])
    ids = [move.id for move in moves]
    ids += [bead.id for found in levels for bead in found.beads]
    ids += [bead.id for found in levels for beads in found.pairs.values() for bead in beads]
    if len(set(ids)) < len(ids):
        record.fail("has one id for two beads or passages")
    return ParallelText(
        record.text("id"),
        versions,
        *levels,
        Provenance(
            provenance.text("version"),
            provenance.text("encoder"),
            provenance.text("weights"),
            provenance.words("settings"),
        ),
        _metadata(record.record("metadata")),
        record.texts("notices"),
        moves,
        _locks(record, versions),
    )


def _metadata(record: Record) -> Metadata:
    versions = record.record("versions")
    known: dict[str, Any] = {
        key: record.texts(key) if key in ("issuers", "keywords") else record.text(key)
        for key in Metadata.__dataclass_fields__
        if key != "versions"
    }
    return Metadata(
        **known,
        versions={
            tag: VersionMetadata(
                **{key: own.text(key) for key in VersionMetadata.__dataclass_fields__}
            )
            for tag in versions.content
            for own in [versions.record(tag)]
        },
    )


# --- versions ----------------------------------------------------------------------------


def _version(record: Record, document: str) -> Version:
    text = record.text("text")
    source = record.record("source")
    layout = tuple(
        Layout(_span(part, len(text)), part.text("reason"), part.text("replacement"))
        for part in record.records("layout")
    )
    if list(layout) != sorted(layout, key=lambda part: part.span):
        record.fail("'layout' is not in order")
    version = Version(
        Document(
            id=document,
            language=record.text("language"),
            text=text,
            blocks=tuple(
                Block(
                    part.choice("kind", BlockKind), _span(part, len(text)), part.optional("number")
                )
                for part in record.records("blocks")
            ),
            marks=tuple(
                Mark(
                    part.choice("kind", MarkKind), _span(part, len(text)), part.words("attributes")
                )
                for part in record.records("marks")
            ),
            layout=layout,
            source=Source(source.text("name"), source.text("encoding"), source.text("sha256")),
            omissions=record.texts("omissions"),
        ),
        tuple(_paragraph(part, len(text)) for part in record.records("paragraphs")),
    )
    _verify_words(record, version)
    return version


def _paragraph(record: Record, length: int) -> Paragraph:
    label = record.content.get("label_span")
    return Paragraph(
        id=record.text("id"),
        kind=record.choice("kind", BlockKind),
        span=_span(record, length),
        sentences=tuple(
            Sentence(part.text("id"), _span(part, length)) for part in record.records("sentences")
        ),
        label=None if label is None else _span(record.record("label_span"), length),
        number=record.optional("number"),
    )


def _verify_words(record: Record, version: Version) -> None:
    for paragraph, part in zip(version.paragraphs, record.records("paragraphs"), strict=True):
        for sentence, own in zip(paragraph.sentences, part.records("sentences"), strict=True):
            if version.text(sentence) != own.text("text"):
                own.fail(f"{sentence.id} says something else than the text at its place")


# --- alignment ---------------------------------------------------------------------------


def _alignment(record: Record, level: Level, versions: Sequence[Version]) -> Alignment:
    numbers = {v.language: {s.id: k for k, s in enumerate(v.segments(level))} for v in versions}
    beads = tuple(
        Bead(identifier, ranges, posterior, status)
        for identifier, ranges, posterior, status in _beads(record, numbers)
    )
    pairs = dict(_pair(part, numbers) for part in record.records("pairs"))
    wanted = {frozenset(pair) for pair in combinations(numbers, 2)}
    if len(pairs) != len(wanted) or {frozenset(pair) for pair in pairs} != wanted:
        record.fail("lacks a pair of languages, or has one twice")
    return Alignment(level, beads, pairs)


def _pair(
    record: Record, numbers: _Numbers
) -> tuple[tuple[LanguageTag, LanguageTag], tuple[PairBead, ...]]:
    source, target = record.text("source"), record.text("target")
    if not {source, target} <= set(numbers):
        record.fail("is of languages that are not there")
    sides = {"source": numbers[source], "target": numbers[target]}
    return (source, target), tuple(
        PairBead(identifier, ranges["source"], ranges["target"], posterior, status)
        for identifier, ranges, posterior, status in _beads(record, sides)
    )


def _beads(
    group: Record, numbers: _Numbers
) -> Iterator[tuple[str, dict[str, Range], float, Status]]:
    """Yield the beads of *group*, which must use every segment once and in order."""
    position = dict.fromkeys(numbers, 0)
    for bead in group.records("beads"):
        sides = bead.record("segments") if "segments" in bead.content else bead
        ranges = {}
        for name, known in numbers.items():
            ids = sides.texts(name)
            start, stop = position[name], position[name] + len(ids)
            if [known.get(identifier) for identifier in ids] != list(range(start, stop)):
                bead.fail("names a segment that is not there, or not its turn")
            position[name] = stop
            ranges[name] = Range(start, stop)
        yield _ncname(bead), ranges, _posterior(bead), bead.choice("status", Status)
    if any(position[name] != len(known) for name, known in numbers.items()):
        group.fail("leaves segments out")


def _ncname(record: Record) -> str:
    name = record.text("id")
    if not is_ncname(name):
        record.fail(f"{name!r} cannot be an id")
    return name


def _posterior(record: Record) -> float:
    posterior = record.content.get("posterior")
    if not isinstance(posterior, int | float) or not 0 <= posterior <= 1:
        record.fail("'posterior' is no probability")
    return float(posterior)


def _moves(record: Record, versions: Sequence[Version], sentences: Alignment) -> tuple[Move, ...]:
    """Return the moves of *record*; they share no sentence, and no bead joins their places."""
    numbers = {v.language: {s.id: k for k, s in enumerate(v.sentences)} for v in versions}
    beads = {
        (language, k): bead
        for bead in sentences.beads
        for language, r in bead.ranges.items()
        for k in r.indices
    }
    moves: list[Move] = []
    seen: set[tuple[LanguageTag, int]] = set()
    for part in record.records("moves"):
        places = tuple(_place(place, numbers) for place in part.records("places"))
        move = Move(_ncname(part), places, _posterior(part))
        if len(places) < 2 or len(move.ranges) < sum(map(len, places)):
            part.fail("needs two places or more, and no language at two of them")
        units = [[(tag, k) for tag, r in p.items() for k in r.indices] for p in places]
        own = [unit for place in units for unit in place]
        if len(seen.union(own)) < len(seen) + len(own):
            part.fail("has a sentence of another passage")
        seen.update(own)
        ids = [{beads[unit].id for unit in place} for place in units]
        if any(one & other for one, other in combinations(ids, 2)):
            part.fail("has two places that a bead joins")
        moves.append(move)
    return tuple(moves)


def _locks(record: Record, versions: Sequence[Version]) -> tuple[Lock, ...]:
    levels = get_args(Level)
    known = {(k, v.language, s.id) for v in versions for k in levels for s in v.segments(k)}
    locks = []
    for part in record.records("locks"):
        level = part.choice("level", Level)
        sides = part.record("segments")
        segments = {tag: sides.texts(tag) for tag in sides.content}
        if not all((level, tag, name) in known for tag, ids in segments.items() for name in ids):
            part.fail("names a segment that is not there")
        together = part.choice("kind", Literal["lock", "forbid"]) == "lock"
        said = (part.text(key) for key in ("by", "note", "date"))
        locks.append(Lock(level, segments, together, *said))
    return tuple(locks)


def _place(record: Record, numbers: _Numbers) -> dict[LanguageTag, Range]:
    place = {}
    for language in record.content:
        known = [numbers.get(language, {}).get(name, -1) for name in record.texts(language)]
        if not known or known[0] < 0 or known != list(range(known[0], known[0] + len(known))):
            record.fail("must name neighbouring sentences that are there")
        place[language] = Range(known[0], known[-1] + 1)
    if not place:
        record.fail("names no sentence")
    return place
