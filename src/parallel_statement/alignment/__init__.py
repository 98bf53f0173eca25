"""Joint alignment of the versions of a document."""

from parallel_statement.alignment.align import align

__all__ = ["align"]
