"""What is measured: ours, its ablations, and the peers, each a function from a case to beads.

A prediction holds the n-way ``beads``, the ``pairs``, and under ``failed`` the pairs for which the
aligner returned nothing (or not all sentences in order), with the reason; those are all gaps.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

from benchmarks import peers, texts
from benchmarks.closure import close
from benchmarks.score import units
from parallel_statement.alignment import align
from parallel_statement.encoders.base import Encoder
from parallel_statement.errors import ParallelStatementError
from parallel_statement.model import Alignment, Range, Version

Case = Mapping[str, Any]
Prediction = dict[str, Any]
System = Callable[[Case, Encoder], Prediction]


def versions(case: Case) -> list[Version]:
    """Return the versions of *case*; an aligner sees nothing else of it."""
    make = texts.of_sentences if "sentences" in case else texts.of_paragraphs
    return [make("case", language, side) for language, side in units(case).items()]


def together(case: Case, encoder: Encoder) -> Prediction:
    """Ours as it is: all languages at once."""
    return _predict(case, versions(case), encoder)


def pair_by_pair(case: Case, encoder: Encoder) -> Prediction:
    """Ours, two languages at a time: no third language."""
    found = [_predict(case, pair, encoder) for pair in combinations(versions(case), 2)]
    pairs = {name: beads for prediction in found for name, beads in prediction["pairs"].items()}
    return _closed(case, pairs)


def without_labels(case: Case, encoder: Encoder) -> Prediction:
    """Ours, with paragraph numbers and headings hidden."""
    plain = [
        Version(
            version.document,
            tuple(replace(p, label=None, kind="p") for p in version.paragraphs),
        )
        for version in versions(case)
    ]
    return _predict(case, plain, encoder)


def weighed(name: str) -> System:
    """Return ours with other weights: learned as the shipped ones are, without some features."""
    path = Path(__file__).with_name("ablations") / f"{name}.json"

    def system(case: Case, encoder: Encoder) -> Prediction:
        return _predict(case, versions(case), encoder, path)

    return system


def peer(align_pair: peers.Align) -> System:
    """Return the system that aligns every pair of a case for itself with *align_pair*."""

    def system(case: Case, encoder: Encoder) -> Prediction:
        pairs, failed = {}, {}
        for (a, source), (b, target) in combinations(units(case).items(), 2):
            try:
                beads = align_pair(source, target, encoder)
                reason = "" if _partition(beads, len(source), len(target)) else "not all, in order"
            except Exception as failure:  # foreign code: whatever it raises is its answer
                reason = f"{type(failure).__name__}: {failure}"
            if reason:
                beads = _gaps(len(source), len(target))
                failed[f"{a}-{b}"] = reason
            pairs[f"{a}-{b}"] = beads
        return {**_closed(case, pairs), "failed": failed}

    return system


def _gaps(rows: int, columns: int) -> list[peers.Bead]:
    return [*(([i], []) for i in range(rows)), *(([], [j]) for j in range(columns))]


def _partition(beads: Sequence[peers.Bead], rows: int, columns: int) -> bool:
    source, target = ([k for bead in beads for k in bead[side]] for side in (0, 1))
    return source == list(range(rows)) and target == list(range(columns))


def _closed(case: Case, pairs: Mapping[str, Sequence[Any]]) -> Prediction:
    sizes = {language: len(side) for language, side in units(case).items()}
    bare = {(a, b): [(x, y) for x, y, *_ in pairs[f"{a}-{b}"]] for a, b in combinations(sizes, 2)}
    return {"pairs": dict(pairs), "beads": close(bare, sizes)}


def _predict(
    case: Case, sides: Sequence[Version], encoder: Encoder, weights: Path | None = None
) -> Prediction:
    try:
        text = align(sides, encoder, weights=weights)
    except ParallelStatementError as failure:
        pairs = {
            f"{a.language}-{b.language}": _gaps(len(a.sentences), len(b.sentences))
            for a, b in combinations(sides, 2)
        }
        return {**_closed(case, pairs), "failed": dict.fromkeys(pairs, str(failure))}
    return _prediction(text.sentences if "sentences" in case else text.paragraphs)


def _prediction(alignment: Alignment) -> Prediction:
    def indices(r: Range) -> list[int]:
        return list(r.indices)

    return {
        "beads": [
            {**{lang: indices(r) for lang, r in b.ranges.items()}, "confidence": b.posterior}
            for b in alignment.beads
        ],
        "pairs": {
            f"{a}-{b}": [[indices(x.source), indices(x.target), x.posterior] for x in beads]
            for (a, b), beads in alignment.pairs.items()
        },
    }


OURS = "parallel-statement"
ABLATIONS: dict[str, System] = {
    "two languages at a time": pair_by_pair,
    "no labels, no headings": without_labels,
    "no numbers": weighed("no-numbers"),
    "sums of vectors only": weighed("additive"),
}
"""Ours with something taken away."""


def systems() -> dict[str, System]:
    """Return all systems that are installed here, by name."""
    installed = {p.name: peer(p.align) for p in peers.PEERS if p.version}
    return {OURS: together, **ABLATIONS, **installed}
