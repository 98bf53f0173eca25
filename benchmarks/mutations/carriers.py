"""Sentences with slots, in several languages: it is known which fillings say the same."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.false_alarms import LANGUAGES

FOLDER = Path(__file__).parent
FILES = ("carriers", "commitments", "omissions")
_NOTHING = "-"

Block = dict[str, str]


@dataclass(frozen=True, slots=True)
class Mutation:
    """A fault in one block of a clean text."""

    kind: str
    language: str
    block: int
    text: str
    """What the language has there instead."""
    note: str


@dataclass(frozen=True, slots=True)
class _Carrier:
    kind: str
    frame: Block
    rows: Sequence[Mapping[str, str]]

    def filled(self, row: int) -> Block:
        """Return the sentence with a row in its slot."""
        values = self.rows[row % len(self.rows)]
        return {tag: self.frame[tag].replace("{x}", values[tag]) for tag in LANGUAGES}


def carriers() -> tuple[_Carrier, ...]:
    """Return all sentences with slots."""
    found = []
    for name in FILES:
        data: dict[str, list[dict[str, Any]]] = tomllib.loads(
            (FOLDER / f"{name}.toml").read_text("utf-8")
        )
        for kind, entries in data.items():
            found.extend(_carrier(kind, entry) for entry in entries)
    return tuple(found)


def _carrier(kind: str, entry: dict[str, Any]) -> _Carrier:
    rows = []
    for row in entry["x"]:
        values = ["" if value == _NOTHING else value for value in row.split("|")]
        rows.append(dict(zip(LANGUAGES, values, strict=True)))
    return _Carrier(kind, {tag: entry[tag] for tag in LANGUAGES}, rows)


def filled_texts(rounds: int) -> Iterator[tuple[str, list[Block], list[Mutation]]]:
    """Yield clean texts of all sentences, and the faults of each: the next row in one language."""
    known = carriers()
    for turn in range(rounds):
        blocks = [each.filled(turn) for each in known]
        mutations = [
            Mutation(each.kind, tag, number, wrong, f"{blocks[number][tag]} -> {wrong}")
            for number, each in enumerate(known)
            if turn < len(each.rows)
            for tag in LANGUAGES
            if (wrong := each.filled(turn + 1)[tag]) != blocks[number][tag]
        ]
        yield f"carriers{turn}", blocks, mutations
