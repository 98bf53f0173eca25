"""The protocol of an encoder: anything with these three members fits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""One row a text, rows of unit length: shape (texts, dimensions)."""

Progress = Callable[[int, int], None]
"""Called with the number of texts done and the number of all texts."""


class Encoder(Protocol):
    """Turns texts of any language into vectors that can be compared by their dot product."""

    @property
    def name(self) -> str:
        """Name for provenance: what to write to get the same encoder again."""
        ...

    @property
    def fingerprint(self) -> str:
        """Short hash of the weights, for provenance."""
        ...

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return one unit vector for each of *texts*, in order; a blank text gives zeros."""
        ...
