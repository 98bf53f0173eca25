"""Joint alignment of the versions of a document."""

from parallel_statement.alignment.align import align
from parallel_statement.alignment.explanation import explain

__all__ = ["align", "explain"]
