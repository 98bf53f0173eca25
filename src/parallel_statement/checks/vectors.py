"""Vectors of words, by which words of different languages compare."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from parallel_statement.encoders.base import Encoder

_MOST = 1 << 15
"""Words whose vectors are kept: 64 MB."""


class WordVectors:
    """Vectors of words, each computed once; when there are too many, all are forgotten."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, NDArray[np.float32]] = {}

    def of(self, words: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector for each of *words*, in order: words x dimensions."""
        import numpy as np

        wanted = list(dict.fromkeys(words))
        new = [word for word in wanted if word not in self._known]
        if len(self._known) + len(new) > _MOST:
            self._known.clear()
            new = wanted
        if new:
            self._known.update(zip(new, self._encoder.encode(new), strict=True))
        return np.array([self._known[word] for word in words], dtype=np.float32)


@cache
def embedded_vectors() -> WordVectors:
    """Return the vectors of the embedded encoder, the same whatever encoder aligned the text."""
    from parallel_statement.encoders.use import load

    return WordVectors(load())
