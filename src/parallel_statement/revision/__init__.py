"""A text aligned again after its versions changed: what is unchanged stays as it was."""

from parallel_statement.revision.changes import BeadChange, BeadState, Passage, SegmentChange
from parallel_statement.revision.renewal import Revision, update

__all__ = ["BeadChange", "BeadState", "Passage", "Revision", "SegmentChange", "update"]
