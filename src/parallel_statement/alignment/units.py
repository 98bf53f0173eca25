"""What the evidence needs to know of one version: its sentences as numbers and sets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parallel_statement.alignment.fragments import torn
from parallel_statement.model import Version

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_MARKS = re.compile("[\u0300-\u036f]")
_WORD = re.compile(r"[a-z][a-z0-9]+")


@dataclass(frozen=True)
class Units:
    """What the evidence needs to know of one version's sentences, in order."""

    vectors: NDArray[np.float32]
    lengths: NDArray[np.float64]
    """Characters."""
    numbers: tuple[frozenset[str], ...]
    words: tuple[frozenset[str], ...]
    starts: NDArray[np.bool_]
    """First sentence of its paragraph."""
    heads: NDArray[np.bool_]
    labels: tuple[str | None, ...]
    """The paragraph's number, at its first sentence."""
    torn: NDArray[np.bool_]
    """Goes on with the sentence of the segment before it."""

    def __len__(self) -> int:
        return len(self.lengths)

    @classmethod
    def of(
        cls,
        texts: Sequence[str],
        vectors: NDArray[np.float32],
        starts: Sequence[bool],
        heads: Sequence[bool],
        labels: Sequence[str | None],
    ) -> Units:
        """Return what the evidence needs to know of segments.

        Args:
            texts: What they say.
            vectors: Their vectors.
            starts: Whether each begins a paragraph.
            heads: Whether it is (in) a heading.
            labels: The number of the paragraph that begins there.
        """
        begins = np.array(starts, dtype=np.bool_)
        return cls(
            vectors,
            np.array([len(text) for text in texts], dtype=np.float64),
            tuple(frozenset(numbers_in(text)) for text in texts),
            tuple(frozenset(latin_words(text)) for text in texts),
            begins,
            np.array(heads, dtype=np.bool_),
            tuple(labels),
            torn(texts) & ~begins,
        )


def describe(version: Version, texts: Sequence[str], vectors: NDArray[np.float32]) -> Units:
    """Return what the evidence needs to know of *version*, with its sentences and their vectors."""
    starts, heads, labels = [], [], []
    for paragraph in version.paragraphs:
        for position, _ in enumerate(paragraph.sentences):
            starts.append(position == 0)
            heads.append(paragraph.kind != "p")
            labels.append(paragraph.number if position == 0 else None)
    return Units.of(texts, vectors, starts, heads, labels)


def numbers_in(text: str) -> list[str]:
    """Return the digits of every number in *text*, without separators, width or script."""
    found = _NUMBER.findall(unicodedata.normalize("NFKC", text))
    return [_digits(number).lstrip("0") or "0" for number in found]


def _digits(number: str) -> str:
    if number.isascii():
        return number.replace(",", "").replace(".", "")
    return "".join(str(unicodedata.decimal(c)) for c in number if c.isdecimal())


def latin_words(text: str) -> list[str]:
    """Return the words of *text* in Latin script, without case and accents."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return _WORD.findall(plain if plain.isascii() else _MARKS.sub("", plain))
