"""Which segments of an older version are which of the newer one, by their words.

Paragraphs first, whatever their labels: a renumbered paragraph is the same. Then the sentences
between them. Segments whose words stand once in both versions are anchors (patience diff);
difflib matches the rest.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from parallel_statement.model import Level, Range, Version

_ALIKE = 0.5
"""Least part of the pairs of characters that two wordings of one sentence have in common."""
_WINDOW = 100
"""Most sentences among which a reworded one is looked for."""

Places = tuple[int, int]
"""Number of a segment in the older version and in the newer."""


@dataclass(frozen=True, slots=True)
class Matching:
    """The segments that an older and a newer version have in common."""

    old: Version
    new: Version
    paragraphs: Mapping[int, int]
    """Number in the older version and in the newer."""
    sentences: Mapping[int, int]
    reworded: Mapping[int, int]
    """Sentences that say the same in other words, as far as their letters show it."""
    sizes: Mapping[Level, Places]
    """Number of segments of the older and of the newer version."""

    def numbers(self, level: Level) -> Mapping[int, int]:
        """Return the unchanged segments of one level."""
        return self.paragraphs if level == "paragraph" else self.sentences

    def moved(self, level: Level, segments: Range) -> Range | None:
        """Return where unchanged *segments* stand now, or None if they changed.

        A gap is unchanged if nothing came between, or became of, its neighbours.
        """
        numbers = self.numbers(level)
        if segments.size:
            now = [numbers.get(k) for k in segments.indices]
            start = now[0]
            if start is None or now != list(range(start, start + len(now))):
                return None
            return Range(start, start + len(now))
        before = numbers.get(segments.start - 1) if segments.start else -1
        size, now_size = self.sizes[level]
        after = numbers.get(segments.start) if segments.start < size else now_size
        if before is None or after != before + 1:
            return None
        return Range(after, after)


def match(old: Version, new: Version) -> Matching:
    """Return the segments that two states of one version have in common."""
    said = _words(old), _words(new)
    paragraphs = common(*said)
    starts = _starts(old), _starts(new)
    sentences: list[Places] = []
    for (a, b), (c, d) in pairwise([(-1, -1), *paragraphs, (len(said[0]), len(said[1]))]):
        first, other = starts[0][a + 1], starts[1][b + 1]
        inside = common(
            [s for words in said[0][a + 1 : c] for s in words],
            [s for words in said[1][b + 1 : d] for s in words],
        )
        sentences += [(first + i, other + j) for i, j in inside]
        if c < len(said[0]):
            sentences += [(starts[0][c] + k, starts[1][d] + k) for k in range(len(said[0][c]))]
    texts = [[words for paragraph in side for words in paragraph] for side in said]
    sizes: dict[Level, Places] = {
        "paragraph": (len(said[0]), len(said[1])),
        "sentence": (len(texts[0]), len(texts[1])),
    }
    reworded = dict(_reworded(texts[0], texts[1], sentences))
    return Matching(old, new, dict(paragraphs), dict(sentences), reworded, sizes)


def common(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Places]:
    """Return the places of equal things in both, in order.

    >>> common("abcd", "xbcyd")
    [(1, 1), (2, 2), (3, 4)]
    """
    pairs: list[Places] = []
    i = j = 0
    for a, b in [*_anchors(old, new), (len(old), len(new))]:
        pairs += [(i + x, j + y) for x, y in _between(old[i:a], new[j:b])]
        if a < len(old):
            pairs.append((a, b))
        i, j = a + 1, b + 1
    return pairs


def _words(version: Version) -> list[tuple[str, ...]]:
    """Return the sentences of every paragraph."""
    return [tuple(version.text(s) for s in paragraph.sentences) for paragraph in version.paragraphs]


def _starts(version: Version) -> list[int]:
    """Return the number of the first sentence of every paragraph, and of the end."""
    starts = [0]
    for paragraph in version.paragraphs:
        starts.append(starts[-1] + len(paragraph.sentences))
    return starts


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Places]:
    """Return the places of what stands once in both: the longest row that keeps its order."""
    counts = Counter(old), Counter(new)
    places = {each: j for j, each in enumerate(new) if counts[1][each] == 1}
    tails: list[int] = []
    rows: list[tuple[int, int, int]] = []  # place in both, and the row's last but one
    ends: list[int] = []
    for i, each in enumerate(old):
        j = places.get(each)
        if j is None or counts[0][each] != 1:
            continue
        k = bisect_left(tails, j)
        rows.append((i, j, ends[k - 1] if k else -1))
        tails[k : k + 1] = [j]
        ends[k : k + 1] = [len(rows) - 1]
    found: list[Places] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        i, j, at = rows[at]
        found.append((i, j))
    return found[::-1]


def _between(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Places]:
    """Yield the places of equal things, of which few stand once: ends first, then difflib."""
    size = min(len(old), len(new))
    head = next((k for k in range(size) if old[k] != new[k]), size)
    tail = next((k for k in range(size - head) if old[-1 - k] != new[-1 - k]), size - head)
    yield from ((k, k) for k in range(head))
    middle = old[head : len(old) - tail], new[head : len(new) - tail]
    for i, j, length in SequenceMatcher(None, *middle, autojunk=False).get_matching_blocks():
        yield from ((head + i + k, head + j + k) for k in range(length))
    yield from ((len(old) - k, len(new) - k) for k in range(tail, 0, -1))


# --- reworded sentences ------------------------------------------------------------------


def _reworded(old: Sequence[str], new: Sequence[str], same: Sequence[Places]) -> Iterator[Places]:
    """Yield the places of sentences that are alike, between those that are the *same*."""
    for (a, b), (c, d) in pairwise([(-1, -1), *same, (len(old), len(new))]):
        size, other = c - a - 1, d - b - 1
        if not size or not other:
            continue
        windows = max(1, -(-max(size, other) // _WINDOW))
        for k in range(windows):
            first = range(a + 1 + k * size // windows, a + 1 + (k + 1) * size // windows)
            second = range(b + 1 + k * other // windows, b + 1 + (k + 1) * other // windows)
            yield from _alike(old, first, new, second)


def _alike(old: Sequence[str], first: range, new: Sequence[str], second: range) -> list[Places]:
    """Return the pairs in order that are the most alike in sum."""
    left, right = (
        [_pairs(side[k]) for k in places] for side, places in ((old, first), (new, second))
    )
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    likeness = [[_likeness(x, y) for y in right] for x in left]
    for i in range(len(left)):
        for j in range(len(right)):
            joined = best[i][j] + likeness[i][j] if likeness[i][j] >= _ALIKE else 0.0
            best[i + 1][j + 1] = max(best[i][j + 1], best[i + 1][j], joined)
    found: list[Places] = []
    i, j = len(left), len(right)
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            found.append((first[i], second[j]))
    return found[::-1]


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[k : k + 2] for k in range(len(text) - 1)) or frozenset((text,))


def _likeness(first: frozenset[str], second: frozenset[str]) -> float:
    return 2 * len(first & second) / (len(first) + len(second))
