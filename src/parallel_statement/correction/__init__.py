"""An alignment as a person wants it: beads merged and split, sentences moved and left alone."""

from parallel_statement.correction.operations import (
    Corrected,
    accept,
    leave_alone,
    merge,
    move,
    release,
    split,
)

__all__ = ["Corrected", "accept", "leave_alone", "merge", "move", "release", "split"]
