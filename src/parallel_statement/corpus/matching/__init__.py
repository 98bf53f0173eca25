"""Which files of several languages belong together, found by what they say.

Documents are compared as a whole and part by part by the vectors of their sentences, by their
numbers and dates, by words that both have, and by length; what is nearer to each other than to
anything else, and alike enough by itself, makes a group. What is not sure is told as a doubt.
"""

from __future__ import annotations

from collections.abc import Sequence

from parallel_statement.corpus.matching.groups import Doubt, Group, Matching, group
from parallel_statement.corpus.matching.likeness import compare
from parallel_statement.corpus.matching.listing import doubtful, manifest
from parallel_statement.corpus.matching.portraits import Portrait, portray

__all__ = ["Doubt", "Group", "Matching", "Portrait", "doubtful", "manifest", "match", "portray"]


def match(portraits: Sequence[Portrait]) -> Matching:
    """Return which of *portraits* are of versions of one document; they are told by number."""
    return group([portrait.file.language for portrait in portraits], compare(portraits))
