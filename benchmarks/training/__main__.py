"""Learn the aligner's weights from gold documents and write weights.json.

    python -m benchmarks.training GOLD [--corpora a,b] [--encoder use] [--without x,y] [--out FILE]

GOLD is a folder of documents whose alignment is known (``python -m benchmarks.corpora`` makes one).
Every document is disturbed in several ways (`disturbance`); maximised is the likelihood of all
paths that respect the known blocks, by L-BFGS-B with a weak quadratic penalty and the signs of some
weights given (`signs`): first for a first look at each pair, then for a second look with two
versions and with more. With --encoder, the weights are for that encoder: give them to `align run
--weights`. --without leaves features out, to see what they are worth.
"""

from __future__ import annotations

import argparse
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from benchmarks.training import signs
from benchmarks.training.disturbance import (
    KINDS,
    PARTED,
    Case,
    Masks,
    Sentence,
    describe,
    disturb,
    documents,
    known,
)
from benchmarks.training.example import LENGTH, SHAPES, Example, Gaps, Vector, example, unpack
from benchmarks.vectors import Remembering
from parallel_statement import encoders, languages
from parallel_statement.alignment import comparison, consensus, evidence, lattice, rereading
from parallel_statement.alignment.context import Context, cosines
from parallel_statement.alignment.units import Units
from parallel_statement.alignment.weights import PATH, load, save
from parallel_statement.encoders.base import Encoder

PENALTY = 0.3
SEEDS = {"noisy": (1, 2), "paragraphs": (1, 2)}
TRAIN = "debian-handbook,debian-reference,maint-guide"
Pair = tuple[int, int]


@dataclass(frozen=True)
class Text:
    """The versions of a disturbed document."""

    sides: Sequence[Sequence[Sentence]]
    texts: Sequence[rereading.Texts]
    units: Sequence[Units]
    known: dict[Pair, tuple[Masks, Gaps]]

    @property
    def cosines(self) -> dict[Pair, lattice.Matrix]:
        """Of every pair."""
        sides = [unit.vectors for unit in self.units]
        return {(a, b): cosines(sides[a], sides[b]) for a, b in self.known}


def prepare(cases: Sequence[Case], encoder: Encoder) -> Iterator[Text]:
    """Yield all disturbed documents."""
    for index, case in enumerate(cases):
        foreign, stranger = (cases[(index + step) % len(cases)] for step in (1, 2))
        for kind in KINDS:
            for seed in SEEDS.get(kind, (1,)):
                versions = disturb(case, foreign, stranger, kind, seed)
                sides = list(versions.values())
                texts = [
                    rereading.Texts([s.text for s in side], languages.get(tag).joiner)
                    for tag, side in versions.items()
                ]
                units = [
                    describe(side, encoder.encode(text.segments), flat=kind not in PARTED)
                    for side, text in zip(sides, texts, strict=True)
                ]
                pairs = combinations(range(len(sides)), 2)
                limits = {(a, b): known(sides[a], sides[b]) for a, b in pairs}
                yield Text(sides, texts, units, limits)


def first_look(text: Text, vector: Vector) -> list[Example]:
    """Return the pairs of *text* without any context."""
    weights = unpack(vector)
    return [
        example(
            evidence.collect(text.units[a], text.units[b], text.cosines[a, b]), *limits, weights
        )
        for (a, b), limits in text.known.items()
    ]


def second_look(text: Text, vector: Vector, encoder: Encoder, *, joint: bool) -> list[Example]:
    """Return the pairs of *text* with what a first look tells, of the other versions too."""
    weights, units, between = unpack(vector), text.units, text.cosines
    found = {
        (a, b): lattice.posteriors(
            evidence.score(evidence.collect(units[a], units[b], between[a, b]), weights)
        )
        for a, b in text.known
    }
    matches = {pair: consensus.matches(posteriors) for pair, posteriors in found.items()}
    doubts = {pair: consensus.doubt(posteriors) for pair, posteriors in found.items()}
    spans = rereading.read_spans(units, text.texts, found, encoder.encode)
    result = []
    for (a, b), limits in text.known.items():
        context = Context(
            consensus.support((a, b), len(units), matches) if joint else None,
            (spans[a], spans[b]),
            rereading.read_run_ins(
                found[a, b],
                (text.texts[a], text.texts[b]),
                (units[a].vectors, units[b].vectors),
                comparison.log_ratio(units[a], units[b], between[a, b]),
                encoder.encode,
                cosines,
            ),
        )
        collected = evidence.collect(units[a], units[b], between[a, b], context)
        trust = consensus.trust((a, b), len(units), doubts) if joint else 0.0
        result.append(example(collected, *limits, weights, trust))
    return result


def fit(
    examples: Sequence[Example], start: Vector, used: Vector, base: Vector | None = None
) -> Vector:
    """Return the weights that explain *examples* best, with the `SIGNS` that they must have.

    Args:
        examples: Pairs of versions.
        start: Where the search begins.
        used: 1 for the weights that may differ from 0, 0 for the others.
        base: If given, weights to which the result is added in proportion to an example's trust;
            the whole sum has the signs.
    """
    least = np.zeros(LENGTH) if base is None else base

    def objective(place: Vector) -> tuple[float, Vector]:
        added = signs.weights(place) - least
        loss, gradient = PENALTY * float(added @ added), 2 * PENALTY * added
        for each in examples:
            share = 1.0 if base is None else each.trust
            value, slope = each.loss(least + share * added)
            loss += value
            gradient = gradient + share * slope
        return loss, signs.slopes(gradient * used)

    result = minimize(
        objective,
        signs.ends(least + start * used),
        jac=True,
        bounds=signs.bounds(),
        method="L-BFGS-B",
        options={"maxiter": 120},
    )
    print(f"  {len(examples)} pairs: loss {result.fun:.1f} after {result.nit} steps", flush=True)
    return np.asarray(signs.weights(result.x) - least)


def packed() -> Vector:
    """Return the present weights of a first look, which say what has a chance."""
    present = load().first
    gaps = [present.gap_bias, *present.gap_features]
    bias = [present.bias[shape] for shape in SHAPES]
    vector = np.array([*bias, *present.features, *present.growth, *gaps])
    assert len(vector) == LENGTH
    return vector


def without(names: Collection[str]) -> Vector:
    """Return 1 for every weight, and 0 for those of the features with these *names*."""
    beads = [float(name not in names) for name in evidence.FEATURES]
    gaps = [float(name not in names) for name in evidence.GAP_FEATURES]
    return np.array([*np.ones(len(SHAPES)), *beads, *beads, 1.0, *gaps])


def main() -> None:
    """Learn the weights and write them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--corpora", default=TRAIN)
    parser.add_argument("--longest", type=int, default=300)
    parser.add_argument("--encoder", default="use")
    parser.add_argument("--without", default="", metavar="FEATURES")
    parser.add_argument("--out", type=Path, default=PATH)
    options = parser.parse_args()
    cases = list(documents(options.gold, set(options.corpora.split(",")), options.longest))
    encoder = Remembering(encoders.load(options.encoder))
    texts = list(prepare(cases, encoder))
    print(f"{len(cases)} documents, {len(texts)} texts")
    start = packed()
    used = without(options.without.split(","))
    first = fit([each for text in texts for each in first_look(text, start)], start, used)
    alone, together = (
        [each for text in texts for each in second_look(text, first, encoder, joint=joint)]
        for joint in (False, True)
    )
    pair = fit(alone, first, used)
    joint = fit(together, np.zeros(LENGTH), used, pair)
    known_as = {
        "encoder": encoder.name,
        "encoder_fingerprint": encoder.fingerprint,
        "trained_on": f"{options.corpora}, up to {options.longest} sentences"
        + (f", without {options.without}" if options.without else ""),
    }
    save(unpack(first), unpack(pair), unpack(joint), known_as, options.out)


if __name__ == "__main__":
    main()
