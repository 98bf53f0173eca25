"""Other aligners, each behind the same small protocol; none is a dependency of the package.

Install those that run on this Python with ``pip install -r requirements/bench.in``. Every peer
gets the same sentences and, where it uses vectors, the same encoder; it joins sentences and makes
beads as its own defaults say. `TUNED` settings were found by `benchmarks.tuning` on the training
corpora, and are the same for all cases.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import metadata, util
from typing import Any

import numpy as np

from parallel_statement.encoders.base import Encoder, Vectors

Bead = tuple[list[int], list[int]]
Align = Callable[[Sequence[str], Sequence[str], Encoder], list[Bead]]


@dataclass(frozen=True)
class Peer:
    """An aligner of two texts, with one setting."""

    name: str
    """As tables show it: distribution and setting."""
    distribution: str
    """On PyPI; its module bears the same name."""
    align: Align

    @property
    def version(self) -> str | None:
        """The version installed here, or None."""
        if util.find_spec(self.distribution) is None:
            return None
        return metadata.version(self.distribution)


def galechurch(
    source: Sequence[str],
    target: Sequence[str],
    encoder: Encoder,  # noqa: ARG001  lengths are all it looks at
    gap: float = 450.0,
) -> list[Bead]:
    """Lengths alone (Gale and Church 1993); *gap* is the cost of a gap."""
    import galechurch  # type: ignore[import-not-found]

    costs = {(1, 0): gap, (0, 1): gap}
    return [
        (list(range(b.source_start, b.source_end)), list(range(b.target_start, b.target_end)))
        for b in galechurch.align(source, target, bead_costs=costs, max_block_size=2**62).beads
    ]


def sentweave(
    source: Sequence[str], target: Sequence[str], encoder: Encoder, deletion: float = 0.2
) -> list[Bead]:
    """Vecalign's dynamic programming (Thompson and Koehn 2019); *deletion* is a percentile."""
    import sentweave  # type: ignore[import-not-found]

    result = sentweave.align(source, target, encoder, del_percentile_frac=deletion)
    return [(list(bead.src_indices), list(bead.tgt_indices)) for bead in result.alignments]


def bertalign(
    source: Sequence[str], target: Sequence[str], encoder: Encoder, skip: float = -0.1
) -> list[Bead]:
    """Two passes over neighbours (Liu and Zhu 2022); *skip* is the score of a gap."""
    import bertalign.aligner  # type: ignore[import-not-found]
    from bertalign.utils import yield_overlaps  # type: ignore[import-not-found]

    class Ours(bertalign.Encoder):  # type: ignore[misc]
        model_name = encoder.name

        def __init__(self) -> None:
            pass

        def transform(self, sents: Sequence[str], num_overlaps: int) -> tuple[Vectors, Any]:
            texts = list(yield_overlaps(sents, num_overlaps))
            lengths = np.array([len(text.encode()) for text in texts], dtype=np.int64)
            shape = (num_overlaps, len(sents))
            return encoder.encode(texts).reshape(*shape, -1), lengths.reshape(shape)

    bertalign.aligner.detect_lang = lambda _: "en"  # it knows no Japanese, and does not need it
    aligner = bertalign.Bertalign(
        "\n".join(source), "\n".join(target), is_split=True, model=Ours(), skip=skip
    )
    return [(list(map(int, x)), list(map(int, y))) for x, y in aligner.align_sents()]


SETTINGS: dict[str, tuple[Callable[..., list[Bead]], str, Sequence[float]]] = {
    "galechurch": (galechurch, "gap", (200, 300, 400, 600, 800, 1000)),
    "sentweave": (sentweave, "deletion", (0.005, 0.01, 0.02, 0.04, 0.07, 0.1)),
    "bertalign": (bertalign, "skip", (-0.05, 0.0, 0.05, 0.1)),
}
"""Distribution: its adapter, the name of its gap setting, the values to try."""

TUNED = {"sentweave": 0.02, "bertalign": 0.0}
"""The best values. The cost of a gap hardly matters to galechurch: F1 .7257 to .7264."""

PEERS = (
    *(Peer(name, name, align) for name, (align, _, _) in SETTINGS.items()),
    *(
        Peer(f"{name}, {setting} {TUNED[name]:g}", name, partial(align, **{setting: TUNED[name]}))
        for name, (align, setting, _) in SETTINGS.items()
        if name in TUNED
    ),
)
