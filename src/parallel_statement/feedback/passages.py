"""Where in a version the words of a cell stand: whole sentences, or no place at all.

White space does not count, and a character that a format cannot hold is U+FFFD on both sides.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from parallel_statement.formats.controls import allowed
from parallel_statement.locking import local
from parallel_statement.model import Range, Version

_MOST = 100
"""Of places with the same words, as many are looked at; the others only make it less sure."""
_SPACE = re.compile(r"\s+")


def key(text: str) -> str:
    """Return *text* as it is compared."""
    return _SPACE.sub("", allowed(text))


class Stretch(NamedTuple):
    """Half-open interval of characters that count, in a whole version."""

    start: int
    end: int


class Passages:
    """The sentences of one version, to be found by their words."""

    def __init__(self, version: Version) -> None:
        self.ids = tuple(local(sentence.id) for sentence in version.sentences)
        self.texts = tuple(version.text(sentence) for sentence in version.sentences)
        self._numbers = {identifier: k for k, identifier in enumerate(self.ids)}
        keys = [key(text) for text in self.texts]
        self._whole = "".join(keys)
        self._starts = [0]
        for own in keys:
            self._starts.append(self._starts[-1] + len(own))
        self._bounds = {offset: k for k, offset in enumerate(self._starts)}

    def named(self, ids: Sequence[str]) -> Range | None:
        """Return the sentences called *ids*; None if they are not there or no neighbours."""
        if not ids or any(identifier not in self._numbers for identifier in ids):
            return None
        start = self._numbers[ids[0]]
        found = Range(start, start + len(ids))
        return found if self.ids[found.start : found.stop] == tuple(ids) else None

    def holds(self, extent: Range, words: str) -> bool:
        """Return whether the sentences in *extent* say *words*, a key."""
        start, end = self._starts[extent.start], self._starts[extent.stop]
        return end - start == len(words) and self._whole.startswith(words, start)

    def places(self, words: str) -> list[Range]:
        """Return the runs of whole sentences that say *words*, a key that is not empty."""
        bounds = self._bounds
        found = (
            Range(bounds[start], bounds[end])
            for start, end in self._found(words)
            if start in bounds and end in bounds
        )
        return list(islice(found, _MOST))

    def divided(self, words: str) -> Range | None:
        """Return the sentences in which *words*, a key, begin and end; None if they are gone."""
        at = self._whole.find(words)
        if at < 0:
            return None
        first = bisect_right(self._starts, at) - 1
        return Range(first, bisect_left(self._starts, at + len(words)))

    def stretches(self, words: str) -> list[Stretch]:
        """Return where *words*, a key, stand, wherever sentences begin and end."""
        return list(islice(self._found(words), _MOST))

    def _found(self, words: str) -> Iterator[Stretch]:
        at = self._whole.find(words)
        while at >= 0:
            yield Stretch(at, at + len(words))
            at = self._whole.find(words, at + 1)

    def stretch(self, extent: Range) -> Stretch:
        """Return where the words of the sentences in *extent* stand."""
        return Stretch(self._starts[extent.start], self._starts[extent.stop])

    def inside(self, stretch: Stretch) -> Range:
        """Return the sentences whose words stand in *stretch*, which begins and ends with some."""
        return Range(self._bounds[stretch.start], self._bounds[stretch.end])

    def is_border(self, offset: int) -> bool:
        """Return whether a sentence begins or ends at *offset*."""
        return offset in self._bounds

    def place(self, offset: int) -> tuple[int, int]:
        """Return the sentence that holds *offset*, and how many of its characters come before."""
        number = bisect_right(self._starts, offset) - 1
        left = offset - self._starts[number]
        text = self.texts[number]
        for place, character in enumerate(text):
            if not left:
                return number, place
            left -= len(key(character))
        return number, len(text)

    def text(self, extent: Range) -> str:
        """Return what the sentences in *extent* say."""
        return " ".join(self.texts[extent.start : extent.stop])
