"""An aligned text read back from the JSON that an earlier run wrote.

What the file says of one thing in two places must agree: a sentence's words with the text at its
offsets, the beads with the segments in their order. A file that was changed by hand is refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from os import PathLike
from pathlib import Path
from typing import Any, NoReturn, TypeVar, get_args

from parallel_statement.errors import InputError
from parallel_statement.formats.json import FORMAT
from parallel_statement.model import (
    Alignment,
    Bead,
    Block,
    BlockKind,
    Document,
    LanguageTag,
    Layout,
    Level,
    Mark,
    MarkKind,
    Metadata,
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

_T = TypeVar("_T")
_Numbers = Mapping[str, Mapping[str, int]]
"""For each side of a bead, the numbers of its segments by id."""


def read_result(path: str | PathLike[str]) -> ParallelText:
    """Return the aligned text in the file *path*, which ``align run`` wrote as JSON.

    Raises:
        InputError: the file cannot be read, or is not what we write.
    """
    path = Path(path)
    try:
        content = json.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        raise InputError(
            path, "there is no such file; `align run` writes it (--format json)"
        ) from None
    except OSError as error:
        raise InputError(path, f"cannot be read: {error.strerror}") from error
    except RecursionError as error:
        raise InputError(path, "is nested too deeply for a result") from error
    except ValueError as error:
        raise InputError(path, f"is not valid JSON: {error}") from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise InputError(path, f'is no result: it must be an object with "format": "{FORMAT}"')
    return _text(_Record(path, "", content))


class _Record:
    """An object of the file, with its place for messages."""

    def __init__(self, path: Path, where: str, content: object) -> None:
        self.path = path
        self.where = where
        if not isinstance(content, dict):
            self.fail("must be an object")
        self.content: dict[str, Any] = content

    def fail(self, message: str) -> NoReturn:
        place = f"{self.where}: " if self.where else ""
        raise InputError(self.path, f"{place}{message}; run `align run` again")

    def get(self, key: str, kind: type[_T]) -> _T:
        """Return the value of *key*, which must be of a *kind*."""
        if key not in self.content:
            self.fail(f"lacks {key!r}; an older version wrote it, or it was changed by hand")
        value = self.content[key]
        if type(value) is not kind:
            self.fail(f"{key!r} is not what it should be")
        return value

    def text(self, key: str) -> str:
        value = self.get(key, str)
        if any("\ud800" <= character <= "\udfff" for character in value):
            self.fail(f"{key!r} holds half a character")
        return value

    def choice(self, key: str, kind: Any) -> Any:
        value = self.text(key)
        if value not in get_args(kind):
            self.fail(f"{key!r} is {value!r}; known: {', '.join(get_args(kind))}")
        return value

    def optional(self, key: str) -> str | None:
        return None if self.content.get(key) is None else self.text(key)

    def record(self, key: str) -> _Record:
        return _Record(self.path, f"{self.where} {key}".strip(), self.get(key, dict))

    def records(self, key: str) -> Iterator[_Record]:
        for number, item in enumerate(self.get(key, list), start=1):
            yield _Record(self.path, f"{self.where} {key} {number}".strip(), item)

    def texts(self, key: str) -> tuple[str, ...]:
        values = self.get(key, list)
        if not all(isinstance(value, str) for value in values):
            self.fail(f"{key!r} must be a list of texts")
        return tuple(values)

    def words(self, key: str) -> dict[str, str]:
        inner = self.record(key)
        return {name: inner.text(name) for name in inner.content}

    def span(self, length: int) -> Span:
        span = Span(self.get("start", int), self.get("end", int))
        if not 0 <= span.start <= span.end <= length:
            self.fail("lies outside the text")
        return span


def _text(record: _Record) -> ParallelText:
    versions = tuple(_version(part, record.text("id")) for part in record.records("versions"))
    if len({version.language for version in versions}) != max(len(versions), 2):
        record.fail("two versions or more are needed, each in another language")
    provenance = record.record("provenance")
    levels = (
        _alignment(record.record("paragraphs"), "paragraph", versions),
        _alignment(record.record("sentences"), "sentence", versions),
    )
    ids = [bead.id for found in levels for bead in found.beads]
    ids += [bead.id for found in levels for beads in found.pairs.values() for bead in beads]
    if len(set(ids)) < len(ids):
        record.fail("has one id for two beads")
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
    )


def _metadata(record: _Record) -> Metadata:
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


def _version(record: _Record, document: str) -> Version:
    text = record.text("text")
    source = record.record("source")
    layout = tuple(
        Layout(part.span(len(text)), part.text("reason"), part.text("replacement"))
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
                Block(part.choice("kind", BlockKind), part.span(len(text)), part.optional("number"))
                for part in record.records("blocks")
            ),
            marks=tuple(
                Mark(part.choice("kind", MarkKind), part.span(len(text)), part.words("attributes"))
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


def _paragraph(record: _Record, length: int) -> Paragraph:
    label = record.content.get("label_span")
    return Paragraph(
        id=record.text("id"),
        kind=record.choice("kind", BlockKind),
        span=record.span(length),
        sentences=tuple(
            Sentence(part.text("id"), part.span(length)) for part in record.records("sentences")
        ),
        label=None if label is None else record.record("label_span").span(length),
        number=record.optional("number"),
    )


def _verify_words(record: _Record, version: Version) -> None:
    for paragraph, part in zip(version.paragraphs, record.records("paragraphs"), strict=True):
        for sentence, own in zip(paragraph.sentences, part.records("sentences"), strict=True):
            if version.text(sentence) != own.text("text"):
                own.fail(f"{sentence.id} says something else than the text at its place")


# --- alignment ---------------------------------------------------------------------------


def _alignment(record: _Record, level: Level, versions: Sequence[Version]) -> Alignment:
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
    record: _Record, numbers: _Numbers
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
    group: _Record, numbers: _Numbers
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
        posterior = bead.content.get("posterior")
        if not isinstance(posterior, int | float) or not 0 <= posterior <= 1:
            bead.fail("'posterior' is no probability")
        if not is_ncname(bead.text("id")):
            bead.fail(f"{bead.text('id')!r} cannot be an id")
        yield bead.text("id"), ranges, float(posterior), bead.choice("status", Status)
    if any(position[name] != len(known) for name, known in numbers.items()):
        group.fail("leaves segments out")
