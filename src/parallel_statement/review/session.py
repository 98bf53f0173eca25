"""One document under review: what stands on the disk, what a person sees, what they do.

Every change is in the file of corrections (or of waivers, or the glossary) before it is answered,
so that nothing is lost when the server is killed. Each has a number, the revision: a window that
saw an older one is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import RLock
from typing import NamedTuple

from parallel_statement.checks.waivers import apply_waivers
from parallel_statement.correction import Corrected
from parallel_statement.encoders.base import Encoder
from parallel_statement.errors import OutputError, ParallelStatementError
from parallel_statement.locking import content
from parallel_statement.model import CheckedText, Glossary, ParallelText, Version, Waiver
from parallel_statement.workspace import (
    BorderRecord,
    Change,
    Entry,
    Finder,
    LockRecord,
    Resolution,
    amendment,
    append,
    check,
    read_corrections,
    read_waivers,
    refreshed,
    resolve_corrections,
    write_waivers,
)

_REMEMBERED = 200
"""Most earlier states of the beads that are kept for undo and redo."""


@dataclass(frozen=True, slots=True)
class Means:
    """How a document is come by."""

    entry: Entry
    corrections: Path
    waivers: Path
    glossary: Path
    """Where the terms are, or would be."""
    read: Callable[[], tuple[Version, ...]]
    """Reads and cuts the versions, with the sentence borders that a person put."""
    last: Callable[[Sequence[Version], Resolution], ParallelText | None]
    """The alignment that the last run wrote, if it is up to date."""
    align: Callable[[Sequence[Version], Resolution, Encoder], ParallelText]
    update: Callable[[ParallelText, Sequence[Version], Resolution, Encoder], ParallelText]
    """Aligns anew what changed, and keeps the rest."""
    encoder: Callable[[], Encoder]
    terms: Callable[[], Glossary | None]
    by: str = ""
    date: str = ""

    @property
    def files(self) -> tuple[Path, ...]:
        """All on which the document rests."""
        return (*self.entry.files.values(), self.corrections, self.waivers, self.glossary)


class StaleError(ParallelStatementError):
    """A change that was asked for in view of a state that is no longer."""

    def __init__(self, reason: str, message: str) -> None:
        """Say why: another ``window``, or the ``disk``."""
        super().__init__(message)
        self.reason = reason


class _State(NamedTuple):
    """What stood there once."""

    text: ParallelText
    records: tuple[LockRecord, ...]


class Session:
    """A document that is being corrected."""

    def __init__(self, means: Means) -> None:
        """Open the document."""
        self.means = means
        self.lock = RLock()
        self.revision = 0
        self._encoder: Encoder | None = None
        self._laid_out: tuple[Sequence[Version], Finder] | None = None
        self._stamp: dict[Path, object] = {}
        self._past: dict[tuple[str, ...], _State] = {}
        self._open()

    # --- what is there -------------------------------------------------------------------

    @property
    def text(self) -> ParallelText:
        """The aligned text as a person sees it."""
        return self.checked.text

    def refresh(self) -> bool:
        """Read everything again if a file was changed by another program; return whether."""
        if self._stamp == self._signs():
            return False
        self._open()
        self.revision += 1
        return True

    def expect(self, revision: int) -> None:
        """Refuse to go on if *revision* is not what there is.

        Raises:
            StaleError: a file was changed, or a change was made in another window.
        """
        if self.refresh():
            raise StaleError("disk", "a file was changed by another program; it was read again")
        if revision != self.revision:
            raise StaleError("window", "a change was made in another window")

    def _open(self) -> None:
        means = self.means
        stamp = self._signs()
        versions = means.read()
        corrections = read_corrections(means.corrections)
        resolution = resolve_corrections(corrections, versions, means.corrections)
        glossary = means.terms()
        text = means.last(versions, resolution)
        if text is None or set(map(content, text.locks)) != set(map(content, resolution.locks)):
            text = means.align(versions, resolution, self.encoder())
        own = {version.language: version for version in versions}
        text = replace(
            text,
            versions=tuple(own[tag] for tag in text.languages),
            locks=resolution.locks,
        )
        waivers = read_waivers(means.waivers)
        self.corrections = corrections
        self.records: tuple[LockRecord, ...] = refreshed(resolution, versions)
        self.glossary = glossary
        self._stamp, self._past = stamp, {}
        self._plain = text
        self._see(check(text, glossary, waivers=waivers))

    def _signs(self) -> dict[Path, object]:
        return {path: _sign(path) for path in self.means.files}

    def _know(self, path: Path) -> None:
        """Take the file *path*, which was written here, as read."""
        self._stamp[path] = _sign(path)

    def _see(self, checked: CheckedText, *, current: bool = True) -> None:
        """Show *checked*; *current* says whether the findings are those of its alignment."""
        self.checked, self.checked_now = checked, current
        self._past[self._key()] = _State(self._plain, self.records)
        while len(self._past) > _REMEMBERED:
            self._past.pop(next(iter(self._past)))

    def _key(self) -> tuple[str, ...]:
        return tuple(change.id for change in self.corrections.in_force)

    def encoder(self) -> Encoder:
        """Return the encoder, loaded when it is needed first; it remembers its vectors."""
        if self._encoder is None:
            self._encoder = self.means.encoder()
        return self._encoder

    # --- what a person does --------------------------------------------------------------

    def correct(
        self, action: str, operation: Callable[[ParallelText], Corrected], note: str = ""
    ) -> None:
        """Do an *operation* on the beads, and keep what it decides."""
        done = operation(self.text)
        change = amendment(action, done.locks, done.freed, self.records, self._finder())
        if change.add or change.remove:
            self._write(change, note)
            gone = set(change.remove)
            added = self.corrections.changes[-1].add
            self.records = (
                *(record for record in self.records if record.id not in gone),
                *(record for record in added if isinstance(record, LockRecord)),
            )
            self._know(self.means.corrections)
        self._put(done.text)

    def _finder(self) -> Finder:
        """Return a finder of segments, which keeps the words that it has laid out."""
        versions = self.text.versions
        if self._laid_out is None or self._laid_out[0] is not versions:
            self._laid_out = versions, Finder(versions)
        return self._laid_out[1]

    def border(self, action: str, borders: Sequence[BorderRecord]) -> None:
        """Put sentence *borders*, or take them away; what they touch is aligned anew."""
        previous = self.text
        self._write(Change(action, tuple(borders)))
        versions = self.means.read()
        locks = self._resolve(versions)
        self._put(self.means.update(previous, versions, locks, self.encoder()))
        self._know(self.means.corrections)
        self._check()

    def turn(self, action: str) -> None:
        """Undo the last change, or (``redo``) do again what was undone last.

        Raises:
            ParallelStatementError: there is nothing.
        """
        known = self.corrections
        change = known.undoable if action == "undo" else known.redoable
        if change is None:
            raise ParallelStatementError(f"nothing to {action}")
        before = self.text
        self._write(Change(action, of=change.id))
        past = self._past.get(self._key())
        if past is None:
            versions = self.means.read()
            locks = self._resolve(versions)
            text = self.means.update(before, versions, locks, self.encoder())
            past = _State(text, self.records)
        self.records = past.records
        self._put(past.text)
        self._know(self.means.corrections)
        if past.text.versions != before.versions:
            self._check()

    def realign(self) -> None:
        """Align what is not locked anew, around what a person decided."""
        versions = self.text.versions
        self._put(self.means.align(versions, self._resolve(versions), self.encoder()))

    def recheck(self) -> None:
        """Make the checks for the beads as they are; forget them if the beads change meanwhile."""
        with self.lock:
            text, glossary, revision = self._plain, self.glossary, self.revision
            waivers = read_waivers(self.means.waivers)
        checked = check(text, glossary, waivers=waivers)
        with self.lock:
            if revision == self.revision:
                self._see(checked)

    def waive(self, finding: str, waiver: Waiver | None) -> None:
        """Keep *waiver* for the *finding* of this id; without one, it counts again."""
        kept = (each for each in read_waivers(self.means.waivers) if each.finding != finding)
        wanted = (*kept, waiver) if waiver else tuple(kept)
        bare = tuple(replace(each, waiver=None) for each in self.checked.findings)
        held = apply_waivers(bare, wanted, self.text)
        write_waivers(self.means.waivers, held.waivers)
        self._know(self.means.waivers)
        self._see(replace(self.checked, findings=held.findings), current=self.checked_now)
        self.revision += 1

    def learn(self, glossary: Glossary) -> None:
        """Use *glossary*, which was written to its file, from now on."""
        self.glossary = glossary
        self._know(self.means.glossary)
        self._check()
        self.revision += 1

    def _resolve(self, versions: Sequence[Version]) -> Resolution:
        found = resolve_corrections(self.corrections, versions, self.means.corrections)
        self.records = refreshed(found, versions)
        return found

    def _write(self, change: Change, note: str = "") -> None:
        """Keep *change*; until it is shown, too, the file counts as one that is to be read."""
        path = self.means.corrections
        signed = replace(change, by=self.means.by, date=self.means.date, note=note)
        read = self._stamp.pop(path, None)
        try:
            self.corrections = append(path, signed, self.corrections)
        except OutputError:
            self._stamp[path] = read
            raise

    def _check(self) -> None:
        """Make the checks: the places of the old findings mean nothing in other sentences."""
        waivers = read_waivers(self.means.waivers)
        self._see(check(self._plain, self.glossary, waivers=waivers))

    def _put(self, text: ParallelText) -> None:
        """Show *text*, with the findings of before until the checks are made again."""
        self._plain = replace(text, notices=self._plain.notices)
        shown = replace(text, notices=self.text.notices)
        self._see(replace(self.checked, text=shown), current=False)
        self.revision += 1


def _sign(path: Path) -> tuple[int, int, int] | None:
    """Return by what a change of the file *path* is known; None if it is not there."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
