"""What an operation on the beads decides, as a change of the file of corrections."""

from __future__ import annotations

from collections.abc import Iterable

from parallel_statement.locking import content
from parallel_statement.model import Lock
from parallel_statement.workspace.corrections import Change
from parallel_statement.workspace.locks import LockRecord
from parallel_statement.workspace.relocation import Finder, records_of


def amendment(
    action: str,
    locks: Iterable[Lock],
    freed: Iterable[Lock],
    records: Iterable[LockRecord],
    finder: Finder,
) -> Change:
    """Return the change by which *locks* hold from now on, and *freed* ones no longer.

    Args:
        action: What was done, in a word.
        locks: What to add.
        freed: What to take back.
        records: What holds, with the ids that segments have in *versions*.
        finder: Of segments in the texts.
    """
    gone = {content(lock) for lock in freed}
    taken_back = tuple(record.id for record in records if content(record.lock) in gone)
    return Change(action, records_of(locks, finder), taken_back)
