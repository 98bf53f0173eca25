"""Joint alignment of the versions of a document."""

from parallel_statement.alignment.align import DOUBTFUL, align

__all__ = ["DOUBTFUL", "align"]
