"""What came of a table that came back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from parallel_statement.model import LanguageTag, Lock

Reason = Literal["regrouped", "accepted", "refused"]
Problem = Literal[
    "words changed",
    "sentence divided",
    "place not sure",
    "in two rows",
    "no such version",
    "unknown status",
    "which pair is not said",
    "contradicts a lock",
    "contradicts a row",
]


@dataclass(frozen=True, slots=True)
class Decision:
    """A row whose decision can be kept."""

    place: str
    """Of the row in the file."""
    reason: Reason
    lock: Lock


@dataclass(frozen=True, slots=True)
class Conflict:
    """A row of which nothing is applied, and why."""

    place: str
    problem: Problem
    language: LanguageTag
    """Empty if the whole row is meant."""
    said: str
    """What the file says."""
    known: str
    """What the texts or the locks say."""
    meant: str
    """The segments of the text that this is about, as in ``en:p3.s1+p3.s2``; may be empty."""
    advice: str
    """What a person can do."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """What the rows of one file come to."""

    name: str
    """Of the file."""
    decisions: tuple[Decision, ...]
    conflicts: tuple[Conflict, ...]
    remarks: tuple[str, ...]
    """What is no conflict, and good to know."""
    rows: int
    """How many were read."""

    @property
    def locks(self) -> tuple[Lock, ...]:
        """The decisions, for the aligner or a file of locks."""
        return tuple(each.lock for each in self.decisions)


ACCEPTED = frozenset({"accepted", "final", "locked", "reviewed"})
"""Words in a status column, and states of XLIFF, that say: this row is right."""
REFUSED = frozenset({"refused", "rejected"})
UNDECIDED = frozenset({"", "automatic", "initial", "translated"})
