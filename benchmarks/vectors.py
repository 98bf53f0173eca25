"""An encoder that remembers: all aligners get the same vectors, and each text is encoded once."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from parallel_statement import encoders
from parallel_statement.encoders.base import Encoder, Progress, Vectors


class Remembering:
    """Wraps an encoder; keeps every vector in memory, and in a file between runs."""

    def __init__(self, encoder: Encoder, path: Path | None = None) -> None:
        self._encoder = encoder
        self._path = path
        self._rows: dict[bytes, NDArray[np.float32]] = {}
        self._stored = 0
        self.seconds = 0.0
        """Spent on encoding and looking up; to be taken off an aligner's time."""
        if path is not None and path.exists():
            with np.load(path) as stored:
                keys = (key.tobytes() for key in stored["keys"])
                self._rows = dict(zip(keys, stored["vectors"], strict=True))
            self._stored = len(self._rows)

    @property
    def name(self) -> str:
        """Name of the wrapped encoder."""
        return self._encoder.name

    @property
    def fingerprint(self) -> str:
        """Fingerprint of the wrapped encoder."""
        return self._encoder.fingerprint

    @property
    def settings(self) -> Mapping[str, str]:
        """Settings of the wrapped encoder, if it has any."""
        return getattr(self._encoder, "settings", {})

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return one unit vector for each of *texts*, in order."""
        start = time.perf_counter()
        keys = [hashlib.blake2b(text.encode(), digest_size=16).digest() for text in texts]
        missing = {k: text for k, text in zip(keys, texts, strict=True) if k not in self._rows}
        if missing:
            vectors = self._encoder.encode(list(missing.values()), progress)
            self._rows.update(zip(missing, vectors, strict=True))
        found = np.stack([self._rows[key] for key in keys]) if keys else np.zeros((0, 512))
        self.seconds += time.perf_counter() - start
        return found.astype(np.float32, copy=False)

    def save(self) -> None:
        """Write the vectors to the file, if there are new ones."""
        if self._path is None or len(self._rows) == self._stored:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        keys = np.frombuffer(b"".join(self._rows), dtype=np.uint8).reshape(-1, 16)
        np.savez(self._path, keys=keys, vectors=np.stack(list(self._rows.values())))
        self._stored = len(self._rows)


def load(folder: Path) -> Remembering:
    """Return the embedded encoder, with its vectors kept in *folder*."""
    encoder = encoders.load()
    return Remembering(encoder, folder / f"vectors-{encoder.fingerprint}.npz")
