"""What a person changed in an exported table, read back as locks, with what cannot be done."""

from parallel_statement.feedback.cutting import Cut, find_cuts, renamed
from parallel_statement.feedback.judging import judge, read_feedback
from parallel_statement.feedback.report import Conflict, Decision, Feedback

__all__ = [
    "Conflict",
    "Cut",
    "Decision",
    "Feedback",
    "find_cuts",
    "judge",
    "read_feedback",
    "renamed",
]
