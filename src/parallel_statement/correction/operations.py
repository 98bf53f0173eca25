"""Operations on the sentence beads of a text.

Each returns the text with the beads as they are wanted, at once and without the aligner, and the
locks that make the aligner come to the same. Beads that an operation does not touch stay as they
are, with their ids.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from parallel_statement.correction.replacement import Ranges, fixed, released, with_beads
from parallel_statement.errors import ParallelStatementError, UnknownNameError
from parallel_statement.locking import (
    Decisions,
    FoundBead,
    Keeper,
    content,
    describe,
    find_bead,
    local,
)
from parallel_statement.locking.naming import nearby
from parallel_statement.model import LanguageTag, Lock, ParallelText, Range

Direction = Literal["previous", "next"]


@dataclass(frozen=True, slots=True)
class Corrected:
    """What an operation makes of a text."""

    text: ParallelText
    locks: tuple[Lock, ...]
    """What the aligner is to obey from now on."""
    freed: tuple[Lock, ...] = ()
    """Locks of the text that hold no longer."""


def accept(text: ParallelText, bead: str) -> Corrected:
    """Return *text* with the *bead* of sentences fixed as it is; its pairs keep their finest beads.

    Raises:
        UnknownNameError: there is no such bead.
        ParallelStatementError: it is no bead of sentences over all versions.
    """
    at = _number(text, bead)
    return _decided(text, fixed(text, at), range(at, at + 1))


def release(text: ParallelText, bead: str) -> Corrected:
    """Return *text* with nothing decided of the *bead* of sentences alone; it stays as it is.

    Raises:
        UnknownNameError: there is no such bead.
        ParallelStatementError: nothing was decided of it.
    """
    at = _number(text, bead)
    ranges = text.sentences.beads[at].ranges
    decided = Decisions(text.versions)
    inside = tuple(
        lock
        for lock in text.locks
        if lock.together
        and lock.level == "sentence"
        and all(
            ranges[tag].start <= r.start and r.stop <= ranges[tag].stop
            for tag, r in decided.ranges(lock).items()
            if r.size
        )
    )
    if not inside:
        raise ParallelStatementError(f"{_short(text, bead)}: nothing was decided of it alone")
    held = tuple(lock for lock in text.locks if lock not in inside)
    return Corrected(replace(released(text, at), locks=held), (), inside)


def merge(text: ParallelText, bead: str, direction: Direction = "next") -> Corrected:
    """Return *text* with a *bead* of sentences and its neighbour as one.

    Raises:
        UnknownNameError: there is no such bead.
        ParallelStatementError: it has no neighbour there.
    """
    at = _number(text, bead)
    first = at if direction == "next" else at - 1
    if first < 0 or first + 1 >= len(text.sentences.beads):
        raise ParallelStatementError(f"{_short(text, bead)}: there is no {direction} bead")
    one, other = (text.sentences.beads[n].ranges for n in (first, first + 1))
    return _replaced(text, first, 2, [{tag: Range(one[tag].start, other[tag].stop) for tag in one}])


def split(text: ParallelText, bead: str, kept: Mapping[LanguageTag, int]) -> Corrected:
    """Return *text* with a *bead* of sentences as two.

    Args:
        text: The text.
        bead: Id of the bead.
        kept: How many sentences of each version the first part has; none of a version that is
            not named.

    Raises:
        UnknownNameError: there is no such bead, or no such version.
        ParallelStatementError: one of the two would have nothing.
    """
    at = _number(text, bead)
    ranges = text.sentences.beads[at].ranges
    for tag in kept:
        if tag not in ranges:
            raise UnknownNameError("language of the text", tag, ranges)
    cut = {tag: r.start + min(max(kept.get(tag, 0), 0), r.size) for tag, r in ranges.items()}
    parts: list[Ranges] = [
        {tag: Range(r.start, cut[tag]) for tag, r in ranges.items()},
        {tag: Range(cut[tag], r.stop) for tag, r in ranges.items()},
    ]
    if not all(map(_filled, parts)):
        raise ParallelStatementError(
            f"{_short(text, bead)}: one of the parts would have nothing; say which sentences the "
            "first part has, and leave some for the second"
        )
    return _replaced(text, at, 1, parts)


def move(text: ParallelText, sentence: str, direction: Direction) -> Corrected:
    """Return *text* with a *sentence* in the previous or the next bead, and what is beyond it too.

    A bead that has nothing left is gone.

    Raises:
        UnknownNameError: there is no such sentence.
        ParallelStatementError: there is no bead there.
    """
    language, number, at = _place(text, sentence)
    first = at if direction == "next" else at - 1
    if first < 0 or first + 1 >= len(text.sentences.beads):
        raise ParallelStatementError(f"{language}:{local(sentence)}: there is no {direction} bead")
    upper, lower = (dict(text.sentences.beads[n].ranges) for n in (first, first + 1))
    border = number if direction == "next" else number + 1
    upper[language] = Range(upper[language].start, border)
    lower[language] = Range(border, lower[language].stop)
    return _replaced(text, first, 2, [part for part in (upper, lower) if _filled(part)])


def leave_alone(text: ParallelText, sentence: str) -> Corrected:
    """Return *text* with a *sentence* in a bead of its own, without counterpart.

    What stood before it in its bead stays together, and so does what stood after it in its own
    version; the others stay with whichever part has more, the first if both have as much.

    Raises:
        UnknownNameError: there is no such sentence.
        ParallelStatementError: it stands alone already.
    """
    language, number, at = _place(text, sentence)
    ranges = text.sentences.beads[at].ranges
    own = ranges[language]
    if sum(r.size for r in ranges.values()) == 1:
        raise ParallelStatementError(f"{language}:{local(sentence)} stands alone already")
    before, after = number - own.start, own.stop - number - 1
    stay_first = before >= after and (before > 0 or after == 0)
    others = {tag: r.stop if stay_first else r.start for tag, r in ranges.items()}
    if not before and not after:
        others = {tag: r.start for tag, r in ranges.items()}  # the others follow it
    parts: list[Ranges] = []
    for start, stop, behind in (
        (own.start, number, False),
        (number, number + 1, None),
        (number + 1, own.stop, True),
    ):
        part = {
            tag: _part(r, others[tag], behind) if tag != language else Range(start, stop)
            for tag, r in ranges.items()
        }
        parts.append(part)
    return _replaced(text, at, 1, [part for part in parts if _filled(part)])


def _part(r: Range, cut: int, behind: bool | None) -> Range:
    """Return the part of *r* before the *cut*, *behind* it, or (None) the nothing between."""
    if behind is None:
        return Range(cut, cut)
    return Range(cut, r.stop) if behind else Range(r.start, cut)


# --- what all have in common -------------------------------------------------------------


def _replaced(text: ParallelText, first: int, count: int, ranges: Sequence[Ranges]) -> Corrected:
    """Return *text* with *count* beads from the *first* on replaced by beads of *ranges*."""
    return _decided(text, with_beads(text, first, count, ranges), range(first, first + len(ranges)))


def _decided(before: ParallelText, after: ParallelText, new: range) -> Corrected:
    """Return the locks that keep the *new* beads of *after*, and those of *before* that end.

    Raises:
        ParallelStatementError: a lock of paragraphs, or a forbid, stands against them.
    """
    keeper = Keeper(after)
    locks = tuple(lock for n in new for lock in keeper.locks("sentence", after.sentences.beads[n]))
    held = list(before.locks)
    freed: list[Lock] = []
    decided = Decisions(before.versions, held)
    for lock in locks:
        while (rival := decided.opponent(lock)) is not None:
            if rival.level == "paragraph" or not rival.together:
                raise ParallelStatementError(
                    f"{describe(rival)} is {'locked' if rival.together else 'forbidden'}; take "
                    "that back first"
                )
            held.remove(rival)
            freed.append(rival)
            decided = Decisions(before.versions, held)
    known = {content(lock) for lock in held}
    added = tuple(lock for lock in locks if content(lock) not in known)
    return Corrected(replace(after, locks=(*held, *added)), added, tuple(freed))


def _number(text: ParallelText, name: str) -> int:
    """Return which of the sentence beads of *text* is called *name*."""
    found = find_bead(text, name)
    if not isinstance(found, FoundBead) or found.level != "sentence":
        raise ParallelStatementError(f"{name}: name a bead of sentences over all versions")
    return text.sentences.beads.index(found.bead)


def _place(text: ParallelText, sentence: str) -> tuple[LanguageTag, int, int]:
    """Return the language of *sentence*, its number there, and the number of its bead."""
    for version in text.versions:
        for number, each in enumerate(version.sentences):
            if each.id == sentence:
                at = next(
                    n
                    for n, bead in enumerate(text.sentences.beads)
                    if number in bead.ranges[version.language].indices
                )
                return version.language, number, at
    version = next((v for v in text.versions if sentence.startswith(f"{v.id}.")), text.versions[0])
    known = nearby(version, "sentence", sentence)
    raise UnknownNameError(f"sentence of {version.id}", sentence, known)


def _filled(ranges: Ranges) -> bool:
    return any(r.size for r in ranges.values())


def _short(text: ParallelText, bead: str) -> str:
    return bead.removeprefix(f"{text.id}.")
