"""What a version does again and again is its way of saying it, and no slip."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from parallel_statement.checks.base import Context
from parallel_statement.model import Finding

_FEW = 2
"""Places that are no habit in any document."""
_USUAL = 0.005
"""Part of a document's sentences in which a version may do so before it counts as its way."""


def without_habits(context: Context, findings: Sequence[Finding]) -> Iterator[Finding]:
    """Yield those of *findings* whose like is rare in the document.

    Alike are those of one check against the same languages, which have too much, or too little.
    """
    counts = Counter(map(_likeness, findings))
    most = max(_FEW, _USUAL * sum(len(passage.units) for passage in context.passages))
    for finding in findings:
        if counts[_likeness(finding)] <= most:
            yield finding


def _likeness(finding: Finding) -> tuple[str, tuple[str, ...], bool]:
    return finding.rule, finding.languages, bool(finding.found)
