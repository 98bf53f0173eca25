"""Any encoder of the Hugging Face kind, from a local folder or by its hub id.

Token vectors of the model are pooled (mean, or that of the first token), passed through the dense
layers that the folder lists, and scaled to unit length, as sentence-transformers does: Reimers and
Gurevych 2019, "Sentence-BERT" (EMNLP). Code that a model brings along is never run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, cast

from parallel_statement.encoders.layout import Layout, read_layout, weight_files
from parallel_statement.encoders.text import clean, is_blank
from parallel_statement.errors import EncoderError, MissingExtraError

if TYPE_CHECKING:
    import torch

    from parallel_statement.encoders.base import Progress, Vectors


class TransformerEncoder:
    """A model, its tokenizer, and the steps that turn token vectors into one vector a text."""

    languages: frozenset[str] | None = None

    def __init__(
        self, name: str, layout: Layout, *, commit: str | None, device: str, batch_size: int
    ) -> None:
        from parallel_statement.encoders import checkpoint

        self.name = name
        self._layout = layout
        self._commit = commit
        self._batch_size = batch_size
        self._device = checkpoint.choose_device(device)
        self._tokenizer, self._model = checkpoint.load_model(layout.transformer)
        self._model.to(self._device)
        self._max_length = checkpoint.max_length(layout, self._tokenizer, self._model)
        self._steps: list[Callable[[torch.Tensor], torch.Tensor]] = [
            checkpoint.normalise
            if step == "normalize"
            else checkpoint.load_dense(step).to(self._device)
            for step in layout.steps
        ]
        self._dimensions = self._encode_batch(["1"]).shape[1]

    @cached_property
    def fingerprint(self) -> str:
        """The commit of a hub model, else of the weight files' SHA-256: 12 digits of either."""
        if self._commit is not None:
            return self._commit[:12]
        digest = hashlib.sha256()
        dense = [step for step in self._layout.steps if isinstance(step, Path)]
        for folder in (self._layout.transformer, *dense):
            for path in weight_files(folder):
                with path.open("rb") as file:
                    digest.update(hashlib.file_digest(file, "sha256").digest())
        return digest.hexdigest()[:12]

    @property
    def settings(self) -> Mapping[str, str]:
        """What the vectors depend on besides the weights."""
        return {
            "pooling": self._layout.pooling,
            "prefix": self._layout.prefix,
            "max_length": str(self._max_length),
        }

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return one unit vector for each of *texts*, in order; a blank text gives zeros.

        A text of more tokens than the model takes is cut at that length.
        """
        import numpy as np

        rows = [i for i, text in enumerate(texts) if not is_blank(text)]
        # Texts of about one length share a batch, so that little of it is padding.
        rows.sort(key=lambda i: len(texts[i]), reverse=True)
        vectors = np.zeros((len(texts), self._dimensions), dtype=np.float32)
        done = len(texts) - len(rows)
        for start in range(0, len(rows), self._batch_size):
            batch = rows[start : start + self._batch_size]
            vectors[batch] = self._encode_batch([texts[i] for i in batch])
            done += len(batch)
            if progress is not None:
                progress(done, len(texts))
        return vectors

    def _encode_batch(self, texts: Sequence[str]) -> Vectors:
        import numpy as np
        import torch

        prepared = [self._layout.prefix + clean(text) for text in texts]
        if self._layout.lower_case:
            prepared = [text.lower() for text in prepared]
        inputs = self._tokenizer(
            prepared,
            padding=True,
            truncation=True,
            max_length=self._max_length,
            return_tensors="pt",
        ).to(self._device)
        try:
            with torch.inference_mode():
                tokens = self._model(**inputs).last_hidden_state
                vectors = self._pool(tokens, inputs["attention_mask"]).cpu().numpy()
        except torch.OutOfMemoryError as error:
            raise EncoderError(
                f"the encoder {self.name!r} runs out of memory on {self._device}; "
                f"use a batch size below {self._batch_size}, or the device cpu"
            ) from error
        if not np.isfinite(vectors).all():
            raise EncoderError(
                f"the encoder {self.name!r} gives vectors that are not numbers; "
                "its weights are damaged"
            )
        return cast("Vectors", vectors)

    def _pool(self, tokens: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        from parallel_statement.encoders.checkpoint import normalise

        if self._layout.pooling == "cls":
            first = mask.argmax(dim=1)  # not 0 where a tokenizer pads on the left
            vectors = tokens[range(len(tokens)), first]
        else:
            weights = mask.unsqueeze(-1).to(tokens.dtype)
            vectors = (tokens * weights).sum(dim=1) / weights.sum(dim=1).clamp(min=1)
        for step in self._steps:
            vectors = step(vectors)
        return normalise(vectors)


def load(
    name: str,
    *,
    folder: bool,
    pooling: str | None,
    prefix: str | None,
    device: str,
    batch_size: int,
) -> TransformerEncoder:
    """Return the encoder in the folder *name*, or the one that has *name* as its hub id.

    Raises:
        EncoderError: it cannot be found, loaded or used as asked.
        MissingExtraError: torch is not installed.
    """
    if find_spec("torch") is None:
        raise MissingExtraError(f"the encoder {name!r}", "torch")
    if batch_size < 1:
        raise EncoderError(f"the batch size is {batch_size}; it must be at least 1")
    if folder:
        path = Path(name)
        shown = path.resolve().name if path.is_absolute() else path.as_posix()
        commit = None
    else:
        from parallel_statement.encoders.hub import fetch

        path = fetch(name)
        shown, commit = name, path.name
    layout = read_layout(path, pooling, prefix)
    return TransformerEncoder(shown, layout, commit=commit, device=device, batch_size=batch_size)
