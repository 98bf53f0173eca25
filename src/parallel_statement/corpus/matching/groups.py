"""Documents that belong together: groups of at most one of each language, and what is doubtful."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from parallel_statement.model import LanguageTag

SURE = 0.8
"""Confidence from which on documents are put together."""
_NOT_COMPARED = -8.0
"""Log-odds of two documents that are not near each other."""

Pairs = Mapping[tuple[int, int], float]


class Group(NamedTuple):
    """Documents that are versions of one another."""

    members: tuple[int, ...]
    """Their numbers, sorted; each in another language."""
    confidence: float
    """Of the least sure member."""


class Doubt(NamedTuple):
    """A document that stays alone, though something is like it."""

    document: int
    like: tuple[int, ...]
    """What it may belong to."""
    confidence: float


class Matching(NamedTuple):
    """What belongs together, and what may."""

    groups: tuple[Group, ...]
    doubts: tuple[Doubt, ...]
    lone: tuple[int, ...]
    """What nothing is like."""


def group(languages: Sequence[LanguageTag], odds: Pairs) -> Matching:
    """Return which documents belong together.

    The likeliest pairs are joined first; a group and another are joined if their documents are of
    different languages and on the whole likelier versions of one another than not. Then every
    member is held against all that could stand in its place, and leaves if it is not sure.

    Args:
        languages: Of all documents, by number.
        odds: Log-odds of the pairs that may be versions of one another.
    """
    table = _Table(languages, odds)
    groups: list[Group] = []
    doubts: list[Doubt] = []
    for members in table.joined():
        kept = list(members)
        left: list[tuple[int, float]] = []
        while len(kept) > 1:
            sure, weakest = min((table.confidence(member, kept), member) for member in kept)
            if sure >= SURE:
                groups.append(Group(tuple(kept), sure))
                break
            kept.remove(weakest)
            left.append((weakest, sure))
        alone = kept if len(kept) == 1 else []
        least = left[-1][1] if left else 0.0
        for member, sure in [*left, *((member, least) for member in alone)]:
            doubts.append(Doubt(member, tuple(k for k in members if k != member), sure))
    doubts += table.rivals({each.document for each in doubts})
    known = {k for each in groups for k in each.members} | {each.document for each in doubts}
    lone = tuple(k for k in range(len(languages)) if k not in known)
    return Matching(tuple(sorted(groups)), tuple(sorted(doubts)), lone)


class _Table:
    def __init__(self, languages: Sequence[LanguageTag], odds: Pairs) -> None:
        self.languages, self.odds = languages, odds
        self.near: dict[int, list[int]] = defaultdict(list)
        for one, other in sorted(odds):
            self.near[one].append(other)
            self.near[other].append(one)
        self.home: dict[int, tuple[int, ...]] = {k: (k,) for k in range(len(languages))}

    def joined(self) -> list[tuple[int, ...]]:
        """Return the groups of two or more that the pairs make, the likeliest joined first."""
        for (one, other), odds in sorted(self.odds.items(), key=lambda item: (-item[1], item[0])):
            if odds <= 0:
                break
            a, b = self.home[one], self.home[other]
            if a == b or {self.languages[k] for k in a} & {self.languages[k] for k in b}:
                continue
            if sum(self.link(k, b) for k in a) > 0:
                together = tuple(sorted(a + b))
                self.home.update(dict.fromkeys(together, together))
        return sorted({members for members in self.home.values() if len(members) > 1})

    def rivals(self, open_: Set[int]) -> Iterator[Doubt]:
        """Yield the documents that are in no group and fit to one that is *open_*."""
        for document, home in self.home.items():
            like = [k for k in self.near[document] if k in open_ and self.link(document, [k]) > 0]
            if len(home) == 1 and like:
                best = max(like, key=lambda k: self.link(document, [k]))
                yield Doubt(document, (best,), self.confidence(document, (document, best)))

    def link(self, document: int, others: Iterable[int]) -> float:
        """Return the mean log-odds of *document* and *others*."""
        found = [self.odds.get((min(document, k), max(document, k)), _NOT_COMPARED) for k in others]
        return sum(found) / len(found)

    def confidence(self, member: int, members: Sequence[int]) -> float:
        """Return how sure *member* belongs to the others, against all that could be instead."""
        rest = [k for k in members if k != member]
        language = self.languages[member]
        own = self.link(member, rest)
        instead = {k for other in rest for k in self.near[other] if self.languages[k] == language}
        rivals = [self.link(k, rest) for k in instead - {member}]
        homes = {self.home[k] for k in self.near[member]} - {self.home[member]}
        rivals += [self.link(member, home) for home in homes]
        return 1 / (1 + math.exp(-own) + sum(math.exp(min(rival - own, 50)) for rival in rivals))
