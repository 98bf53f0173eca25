"""What a finding leaves behind, so that it is known again when the texts have changed.

An id may change though nothing changed at its place: the same sentence was added elsewhere, or a
version that says the same. The words at its place do not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from parallel_statement.model import CheckedText, Finding, LanguageTag, ParallelText


class Trace(NamedTuple):
    """What of a finding can be found again."""

    id: str
    rule: str
    languages: tuple[LanguageTag, ...]
    """Those at fault."""
    words: Mapping[LanguageTag, tuple[str, ...]]
    """Those of `Finding.words`."""

    def same_place(self, earlier: Trace) -> bool:
        """Return whether this says of the same words what *earlier* said, whatever the ids."""
        return (
            self.rule == earlier.rule
            and set(self.languages) == set(earlier.languages)
            and all(self.words.get(tag) == said for tag, said in earlier.words.items())
        )


def trace(finding: Finding, text: ParallelText) -> Trace:
    """Return the trace of *finding*, which is one of *text*."""
    return Trace(finding.id, finding.rule, finding.languages, finding.words(text))


@dataclass(frozen=True, slots=True)
class Comparison:
    """The findings of a text against those of an earlier result."""

    new: tuple[Finding, ...]
    known: tuple[Finding, ...]
    """Those that the earlier result has too."""
    gone: tuple[Trace, ...]
    """Those that only the earlier result has."""


def compare(checked: CheckedText, earlier: Iterable[Trace]) -> Comparison:
    """Return which findings of *checked* are new against the *earlier* ones.

    A finding is known by its id, else by its rule, languages and words; each earlier one stands
    for one finding only.
    """
    left: dict[str, Trace] = {each.id: each for each in earlier}
    known: set[str] = set()
    for finding in checked.findings:
        if left.pop(finding.id, None):
            known.add(finding.id)
    by_rule: defaultdict[str, list[Trace]] = defaultdict(list)
    for each in left.values():
        by_rule[each.rule].append(each)
    for finding in checked.findings:
        if finding.id not in known and by_rule[finding.rule]:
            mine = trace(finding, checked.text)
            twin = next((e for e in by_rule[finding.rule] if mine.same_place(e)), None)
            if twin is not None:
                by_rule[finding.rule].remove(twin)
                known.add(finding.id)
    return Comparison(
        tuple(finding for finding in checked.findings if finding.id not in known),
        tuple(finding for finding in checked.findings if finding.id in known),
        tuple(each for traces in by_rule.values() for each in traces),
    )


def alike(earlier: Trace, traces: Sequence[Trace]) -> list[Trace]:
    """Return those of *traces*, in order, that say of the same words what *earlier* said."""
    return [each for each in traces if each.same_place(earlier)]
