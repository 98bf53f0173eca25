"""The index kept up with the documents: what is new goes in, what changed is put in anew."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from parallel_statement.errors import InputError
from parallel_statement.formats.files import read_bytes
from parallel_statement.memory.database import Memory, changing, remove
from parallel_statement.memory.words import indexed, plain_hash
from parallel_statement.model import LanguageTag


class Source(NamedTuple):
    """A document to be found in the index."""

    id: str
    title: str
    date: str
    path: Path
    """Its beads as JSON Lines."""
    hash: str
    """Of that file."""


def fill(path: Path, documents: Iterable[Source]) -> None:
    """Make the index *path* that of these *documents* and no others.

    Documents whose hash is as it was are left as they are.

    Raises:
        InputError: a document's file cannot be read.
        OutputError: the index cannot be written.
    """
    with changing(path) as memory:
        listed = {document.id: document for document in documents}
        rows = memory.connection.execute("SELECT id, number, hash FROM document").fetchall()
        for identifier, number, known in rows:
            if identifier in listed and listed[identifier].hash == known:
                del listed[identifier]
            else:
                remove(memory.connection, number, list(_indexed_sides(memory, number)))
        for _, document in sorted(listed.items()):
            _add(memory, document)


def _indexed_sides(memory: Memory, document: int) -> Iterator[tuple[int, str]]:
    rows = memory.connection.execute(
        "SELECT side.number, text, language FROM side JOIN bead ON bead.number = side.bead "
        "WHERE document = ?",
        (document,),
    )
    for number, text, language in rows:
        yield number, indexed(text, language)


def _add(memory: Memory, document: Source) -> None:
    insert = memory.connection.execute
    beads = list(_beads(document.path))
    tags = dict.fromkeys(tag for bead in beads for tag in bead["languages"])
    number = insert(
        "INSERT INTO document (id, title, date, languages, hash) VALUES (?, ?, ?, ?, ?)",
        (document.id, document.title, document.date, " ".join(tags), document.hash),
    ).lastrowid
    before = _last_side(memory)
    for bead in beads:
        row = insert(
            "INSERT INTO bead (document, id, kind, status, posterior) VALUES (?, ?, ?, ?, ?)",
            (number, bead["bead"], bead["kind"], bead["status"], bead["posterior"]),
        ).lastrowid
        for language, side in bead["languages"].items():
            if side["text"]:
                _add_side(memory, row, language, side)
    insert(
        "UPDATE document SET first = ?, last = ? WHERE number = ?",
        (before + 1, _last_side(memory), number),
    )


def _last_side(memory: Memory) -> int:
    (number,) = memory.connection.execute("SELECT ifnull(max(number), 0) FROM side").fetchone()
    return int(number)


def _add_side(memory: Memory, bead: int | None, language: LanguageTag, side: Any) -> None:
    text, segments = side["text"], " ".join(segment["id"] for segment in side["segments"])
    place = memory.connection.execute(
        "INSERT INTO side (bead, language, segments, text, plain) VALUES (?, ?, ?, ?, ?)",
        (bead, language, segments, text, plain_hash(text, language)),
    ).lastrowid
    memory.connection.execute(
        "INSERT INTO words (rowid, forms) VALUES (?, ?)", (place, indexed(text, language))
    )


def _beads(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(read_bytes(path).splitlines(), start=1):
        try:
            yield json.loads(line)
        except ValueError as error:
            raise InputError(path, "is no JSON Lines file of ours", number) from error
