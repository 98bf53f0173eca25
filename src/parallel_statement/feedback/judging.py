"""Rows of a returned table held against the texts, the alignment and the locks.

A row is a decision if its status says so, or if the sentences in it are not those whose ids stand
beside it. Nothing of a row is applied of which anything is not clear.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from os import PathLike

from parallel_statement.feedback.doubts import doubts, unknown_languages
from parallel_statement.feedback.layout import Layout, Ranges, lay_out
from parallel_statement.feedback.report import (
    ACCEPTED,
    REFUSED,
    Conflict,
    Decision,
    Feedback,
    Reason,
)
from parallel_statement.formats.returned import Returned, ReturnedRow, read_returned
from parallel_statement.locking import Decisions, Keeper, describe
from parallel_statement.model import Lock, ParallelText


def read_feedback(
    path: str | PathLike[str], text: ParallelText, locks: Iterable[Lock] = ()
) -> Feedback:
    """Return what a person decided in the file *path* about the alignment of *text*.

    Args:
        path: A file that was exported and worked on: XLSX, DOCX, TSV, CSV, TMX or XLIFF.
        text: The text as it is aligned now.
        locks: What is decided already.

    Raises:
        InputError: the file cannot be read, is of another text, or has less than two of its
            languages.
    """
    return judge(read_returned(path), text, locks)


def judge(table: Returned, text: ParallelText, locks: Iterable[Lock] = ()) -> Feedback:
    """Return what a person decided in *table*; otherwise as `read_feedback`."""
    return _Judge(lay_out(table, text), locks).judge()


class _Judge:
    """One table held against one text."""

    def __init__(self, layout: Layout, locks: Iterable[Lock]) -> None:
        self.layout = layout
        self.decided = Decisions(layout.text.versions, locks)
        self.before = tuple(self.decided.locks)
        self.keeper = Keeper(layout.text)
        self.decisions: list[Decision] = []
        self.conflicts: list[Conflict] = list(unknown_languages(layout))
        self.contested: set[str] = set()
        """Places of rows that other rows contradict."""
        self.elsewhere: list[str] = []
        """Places of rows that the alignment does not have, and that nobody made on purpose."""
        self.reopened: list[str] = []
        """Places of rows that are locked, and not so in the file."""
        self.silent: list[str] = []
        """Places of rows that have a note and no decision."""

    def judge(self) -> Feedback:
        rows = self.layout.table.rows
        for number, row in enumerate(rows):
            unclear = list(doubts(self.layout, number))
            self.conflicts += unclear
            ranges = self.layout.ranges(number)
            if not unclear and ranges is not None and any(extent.size for extent in ranges):
                self._decide(row, ranges)
        refused = self.contested | {conflict.place for conflict in self.conflicts}
        kept = tuple(each for each in self.decisions if each.place not in refused)
        made = tuple(self.conflicts), tuple(self._remarks())
        return Feedback(self.layout.table.name, kept, *made, len(rows))

    def _decide(self, row: ReturnedRow, ranges: Ranges) -> None:
        status = row.status.casefold()
        if status in REFUSED:
            self._refuse(row, ranges)
        elif status in ACCEPTED and ranges in self.layout.beads:
            bead = self.layout.beads[ranges]
            kept = self.keeper.locks("sentence", bead, self.layout.languages)
            for lock in kept:
                self._add(row, "accepted", lock)
        elif status in ACCEPTED or self._is_regrouped(row, ranges):
            reason: Reason = "accepted" if status in ACCEPTED else "regrouped"
            self._add(row, reason, self.layout.lock(ranges))
        else:
            self._leave(row, ranges)

    def _refuse(self, row: ReturnedRow, ranges: Ranges) -> None:
        lock = self.layout.lock(ranges, together=False)
        if len(lock.segments) == 2 and all(len(ids) == 1 for ids in lock.segments.values()):
            self._add(row, "refused", lock)
            return
        said = f"{row.status}: {describe(lock)}"
        known = "more than one sentence each of two versions"
        advice = "move the sentences to their rows, or say it with `align forbid`"
        conflict = Conflict(row.place, "which pair is not said", "", said, known, "", advice)
        self.conflicts.append(conflict)

    def _is_regrouped(self, row: ReturnedRow, ranges: Ranges) -> bool:
        """Return whether a person put other sentences into *row* than its ids name."""
        layout = self.layout
        named = [row.cells[tag].segments for tag in layout.languages]
        if all(ids is None for ids in named):
            return ranges not in layout.statuses
        return any(
            ids is not None and ids != layout.passages[tag].ids[extent.start : extent.stop]
            for tag, extent, ids in zip(layout.languages, ranges, named, strict=True)
        )

    def _leave(self, row: ReturnedRow, ranges: Ranges) -> None:
        if ranges not in self.layout.statuses:
            self.elsewhere.append(row.place)
        elif self.layout.statuses[ranges] == "locked":
            self.reopened.append(row.place)
        if row.note:
            self.silent.append(row.place)

    def _add(self, row: ReturnedRow, reason: Reason, lock: Lock) -> None:
        if any(_says(other, lock) for other in self.before):
            return
        noted = Lock(lock.level, lock.segments, lock.together, note=row.note)
        rival = self.decided.opponent(noted)
        if rival is None:
            self.decided.add(noted)
            self.decisions.append(Decision(row.place, reason, noted))
            return
        said, known = describe(noted), describe(rival)
        if rival in self.before:
            advice = f"if the row is right: align unlock {known}, and import again"
            self.conflicts.append(
                Conflict(row.place, "contradicts a lock", "", said, known, "", advice)
            )
            return
        other = next(each.place for each in self.decisions if each.lock == rival)
        advice = f"{other} says otherwise, and neither is applied: mend one of them"
        self.conflicts.append(Conflict(row.place, "contradicts a row", "", said, known, "", advice))
        self.contested.add(other)

    def _remarks(self) -> Iterable[str]:
        for places, words in (
            (
                self.elsewhere,
                "the alignment is another now, and no status or id says that a person made this "
                "row; not locked (if it is right, set its status to accepted)",
            ),
            (self.reopened, "locked, and not so in the file; it stays locked (`align unlock`)"),
            (self.silent, "a note without a decision is kept nowhere"),
        ):
            if places:
                yield f"{_listed(places)}: {words}"
        for tag, column in self.layout.columns.items():
            held = {k for extent in column.ranges if extent for k in extent.indices}
            left = len(self.layout.passages[tag].ids) - len(held)
            if left and not column.open:
                yield f"{tag}: {left} sentence{'s' * (left != 1)} in no row; nothing follows of it"


def _says(known: Lock, lock: Lock) -> bool:
    """Return whether what *lock* says is part of a *known* one."""
    return (known.level, known.together) == (lock.level, lock.together) and (
        lock.segments.items() <= known.segments.items()
    )


def _listed(places: Sequence[str]) -> str:
    shown = ", ".join(places[:5])
    return shown if len(places) <= 5 else f"{shown} and {len(places) - 5} more"
