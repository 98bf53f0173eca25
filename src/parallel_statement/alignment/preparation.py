"""What the engine starts from: versions in order, vectors, weights, rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from parallel_statement import encoders
from parallel_statement.__about__ import __version__
from parallel_statement.alignment import constraints
from parallel_statement.alignment import weights as weight_files
from parallel_statement.alignment.engine import Means
from parallel_statement.encoders.base import Encoder, Progress
from parallel_statement.errors import ParallelStatementError
from parallel_statement.model import Lock, Provenance, Version


@dataclass(frozen=True)
class Prepared:
    """Versions that are ready to be aligned."""

    versions: tuple[Version, ...]
    """In the order of their tags: ties then fall the same way always."""
    texts: tuple[tuple[str, ...], ...]
    """Their sentences."""
    vectors: tuple[NDArray[np.float32], ...]
    means: Means
    encoder: Encoder
    provenance: Provenance


def prepare(
    versions: Sequence[Version],
    encoder: Encoder | None,
    locks: Sequence[Lock],
    weights: Path | None,
    progress: Progress | None = None,
) -> Prepared:
    """Return what the engine starts from; arguments and errors are those of `align`."""
    _verify(versions)
    encoder = encoder if encoder is not None else encoders.load()
    learned = weight_files.load(weights) if weights else weight_files.load()
    ordered = sorted(versions, key=lambda version: version.language)
    rules = constraints.resolve(locks, ordered)
    texts = [tuple(version.text(s) for s in version.sentences) for version in ordered]
    fitted = encoder.fingerprint == learned.encoder
    return Prepared(
        tuple(ordered),
        tuple(texts),
        tuple(_encode(texts, encoder, progress)),
        Means(learned, fitted, encoder.encode, rules),
        encoder,
        Provenance(
            __version__,
            f"{encoder.name} {encoder.fingerprint}",
            f"{learned.fingerprint}{'' if fitted else ' (generic)'}",
            dict(getattr(encoder, "settings", {})),
        ),
    )


def _verify(versions: Sequence[Version]) -> None:
    if len(versions) < 2:
        raise ParallelStatementError(
            f"an alignment needs at least two versions of a document, not {len(versions)}"
        )
    tags = [version.language for version in versions]
    if len(set(tags)) < len(tags):
        raise ParallelStatementError(f"a language is given twice: {', '.join(tags)}")
    names = sorted({version.document.id for version in versions})
    if len(names) > 1:
        raise ParallelStatementError(f"versions of different documents: {', '.join(names)}")


def _encode(
    texts: Sequence[Sequence[str]], encoder: Encoder, progress: Progress | None
) -> list[NDArray[np.float32]]:
    together = encoder.encode([text for side in texts for text in side], progress)
    borders = np.cumsum([len(side) for side in texts])
    return np.split(together, borders[:-1])
