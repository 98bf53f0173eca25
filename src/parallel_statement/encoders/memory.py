"""An encoder that remembers: text that was encoded once is not encoded again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from parallel_statement.encoders.base import Encoder, Progress, Vectors


class Memory:
    """Another encoder, with the vectors that it made kept in memory."""

    def __init__(self, encoder: Encoder) -> None:
        """Remember what *encoder* makes."""
        self._encoder = encoder
        self._vectors: dict[str, Vectors] = {}

    @property
    def name(self) -> str:
        """Name for provenance."""
        return self._encoder.name

    @property
    def fingerprint(self) -> str:
        """Short hash of the weights, for provenance."""
        return self._encoder.fingerprint

    @property
    def settings(self) -> Mapping[str, str]:
        """How the encoder is set, for provenance."""
        settings: Mapping[str, str] = getattr(self._encoder, "settings", {})
        return settings

    @property
    def languages(self) -> frozenset[str] | None:
        """The languages for which the encoder was made, if it says so."""
        known: frozenset[str] | None = getattr(self._encoder, "languages", None)
        return known

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return one unit vector for each of *texts*, in order; a blank text gives zeros."""
        new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if new:
            self._vectors.update(zip(new, self._encoder.encode(new, progress), strict=True))
        if not texts:
            return self._encoder.encode(texts, progress)
        return np.stack([self._vectors[text] for text in texts])
