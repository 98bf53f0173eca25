"""Score predictions against cases: strict precision, recall, F1, and calibration.

    python -m benchmarks.score CASES PREDICTIONS.json [--by-corpus]

A pair bead is right if both its sides are exactly those of a gold bead. In paragraph cases every
gold bead is known. In sentence cases only the source block of each sentence is: where one side of
a block is a single sentence, the block is a known gold bead; a prediction is judged if it touches
such a block, or one that the other language lacks. Gaps are not scored themselves: a gap where
there should be a bead costs recall, a bead where there should be a gap costs precision.

Calibration: the confidences of the judged beads in ten equal bins; the expected calibration error
is the mean distance, over all judged beads, between a bin's confidence and its share of right ones.
The same is kept of gaps (of a pair, where it is known whether the unit has a counterpart) and of
n-way beads; neither counts in the error.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

Indices = tuple[int, ...]
PairBead = tuple[Indices, Indices, float | None]
"""Source, target, confidence."""
Case = Mapping[str, Any]
Prediction = Mapping[str, Any]
BINS = 10


@dataclass
class Counts:
    """What strict precision and recall are made of."""

    gold: int = 0
    judged: int = 0
    right: int = 0

    def __iadd__(self, other: Counts) -> Counts:
        self.gold += other.gold
        self.judged += other.judged
        self.right += other.right
        return self

    @property
    def precision(self) -> float:
        """Share of the judged beads that are right."""
        return self.right / max(1, self.judged)

    @property
    def recall(self) -> float:
        """Share of the gold beads that were found."""
        return self.right / max(1, self.gold)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass
class Bin:
    """Judged beads of similar confidence."""

    beads: int = 0
    confidence: float = 0.0
    right: int = 0

    def add(self, confidence: float, *, right: bool) -> None:
        """Count a bead of this *confidence*."""
        self.beads += 1
        self.confidence += confidence
        self.right += right


def empty_bins() -> list[Bin]:
    """Return the bins of no beads."""
    return [Bin() for _ in range(BINS)]


@dataclass
class Scores:
    """The sums over a number of cases; rows are (kind, corpus, pair), corpus "all" is their sum."""

    rows: dict[tuple[str, str, str], Counts] = field(default_factory=lambda: defaultdict(Counts))
    documents: dict[tuple[str, str, str], float] = field(default_factory=dict)
    """F1 of (kind, case, pair)."""
    bins: dict[str, list[Bin]] = field(default_factory=lambda: defaultdict(empty_bins))
    """By kind."""
    others: dict[str, list[Bin]] = field(default_factory=lambda: defaultdict(empty_bins))
    """The same of what is no bead of a pair: "gaps", and "n-way" beads; all kinds together."""

    def mean(self, kind: str, pair: str) -> float:
        """Return the F1 averaged over documents."""
        values = [f1 for (k, _, p), f1 in self.documents.items() if (k, p) == (kind, pair)]
        return sum(values) / max(1, len(values))


def calibration_error(bins: Iterable[Sequence[Bin]]) -> float | None:
    """Return the expected calibration error, *bins* of several kinds taken together."""
    cells = [
        (sum(b.beads for b in cell), sum(b.confidence for b in cell), sum(b.right for b in cell))
        for cell in zip(*bins, strict=True)
    ]
    total = sum(beads for beads, _, _ in cells)
    return sum(abs(sure - right) for _, sure, right in cells) / total if total else None


def pair_beads(prediction: Prediction, a: str, b: str) -> list[PairBead]:
    """Return the beads of a pair; the n-way beads' projections if the pair itself is not there."""
    pairs = prediction.get("pairs", {})
    if f"{a}-{b}" in pairs:
        return [(tuple(x), tuple(y), _confidence(rest)) for x, y, *rest in pairs[f"{a}-{b}"]]
    if f"{b}-{a}" in pairs:
        return [(tuple(x), tuple(y), _confidence(rest)) for y, x, *rest in pairs[f"{b}-{a}"]]
    return [
        (tuple(bead.get(a, ())), tuple(bead.get(b, ())), bead.get("confidence"))
        for bead in prediction["beads"]
    ]


def _confidence(rest: Sequence[float]) -> float | None:
    return rest[0] if rest else None


class Judge:
    """Knows the gold beads of one pair of one case."""

    def __init__(self, case: Case, a: str, b: str) -> None:
        self._blocks: tuple[Sequence[Any], Sequence[Any]] | None = None
        if "gold" in case:
            pairs = pair_beads({"pairs": case["pairs"]}, a, b)
            self.gold = {(x, y) for x, y, _ in pairs if x and y}
            return
        self._blocks = (case["blocks"][a], case["blocks"][b])
        source, target = (_members(side) for side in self._blocks)
        known = {
            block: (source[block], target[block])
            for block in source.keys() & target.keys()
            if 1 in (len(source[block]), len(target[block]))
        }
        self.gold = set(known.values())
        self._judged = known.keys() | (source.keys() ^ target.keys())

    def judges(self, x: Indices, y: Indices) -> bool:
        """Return whether anything is known about the bead (x, y)."""
        if not x or not y:
            return False
        if self._blocks is None:
            return True
        source, target = self._blocks
        touched = {source[i] for i in x} | {target[j] for j in y}
        return not touched.isdisjoint(self._judged)

    def counts(self, beads: Iterable[PairBead]) -> Counts:
        """Return the counts of *beads*."""
        judged = {(x, y) for x, y, _ in beads if self.judges(x, y)}
        return Counts(len(self.gold), len(judged), len(judged & self.gold))

    def confidences(self, beads: Iterable[PairBead]) -> Iterator[tuple[float, bool]]:
        """Yield the confidence of every judged bead that has one, and whether it is right."""
        for x, y, confidence in beads:
            if confidence is not None and self.judges(x, y):
                yield confidence, (x, y) in self.gold

    def gaps(self, beads: Iterable[PairBead]) -> Iterator[tuple[float, bool]]:
        """Yield the confidence of every gap of which it is known whether it is right."""
        paired = [{unit for bead in self.gold for unit in bead[side]} for side in (0, 1)]
        for x, y, confidence in beads:
            if confidence is None or (x and y):
                continue
            side = 0 if x else 1
            for unit in x or y:
                if self._known(side, unit):
                    yield confidence, unit not in paired[side]

    def _known(self, side: int, unit: int) -> bool:
        return self._blocks is None or self._blocks[side][unit] in self._judged


def _members(blocks: Sequence[Any]) -> dict[Any, Indices]:
    members: dict[Any, list[int]] = defaultdict(list)
    for k, block in enumerate(blocks):
        members[block].append(k)
    return {block: tuple(indices) for block, indices in members.items()}


def units(case: Case) -> Mapping[str, Sequence[str]]:
    """Return what is to be aligned in *case*: its sentences or its paragraphs."""
    sides: Mapping[str, Sequence[str]] = case.get("sentences") or case["paragraphs"]
    return sides


def verify(case: Case, prediction: Prediction) -> None:
    """Raise ValueError if beads of *prediction* do not hold every unit once and in order."""
    sides = units(case)
    for a, b in combinations(sorted(sides), 2):
        beads = pair_beads(prediction, a, b)
        for side, language in enumerate((a, b)):
            seen = [k for bead in beads for k in (bead[0], bead[1])[side]]
            if seen != list(range(len(sides[language]))):
                raise ValueError(f"{case['id']}: {a}-{b} does not hold all of {language} in order")
    for language in sides:
        seen = [k for bead in prediction.get("beads", ()) for k in bead.get(language, ())]
        if "beads" in prediction and seen != list(range(len(sides[language]))):
            raise ValueError(f"{case['id']}: the n-way beads do not hold all of {language}")


def n_way(case: Case, prediction: Prediction) -> tuple[Counts, list[tuple[float, bool]]]:
    """Return the counts of the beads that are exactly right in all languages at once.

    And the confidence of each of them that has one, and whether it is right.
    """
    languages = sorted(units(case))
    gold, found = (
        {
            tuple(tuple(bead.get(language, ())) for language in languages): bead.get("confidence")
            for bead in beads
        }
        for beads in (case["gold"], prediction["beads"])
    )
    judged = [(sure, bead in gold) for bead, sure in found.items() if sure is not None]
    return Counts(len(gold), len(found), len(gold.keys() & found.keys())), judged


def _fill(bins: Sequence[Bin], judged: Iterable[tuple[float, bool]]) -> None:
    for confidence, right in judged:
        bins[min(BINS - 1, int(confidence * BINS))].add(confidence, right=right)


def score(cases: Iterable[Case], predictions: Mapping[str, Prediction]) -> Scores:
    """Return the scores of *predictions*; cases without one are left out."""
    scores = Scores()
    for case in cases:
        if case["id"] not in predictions:
            continue
        prediction, kind = predictions[case["id"]], case["kind"]
        verify(case, prediction)
        counts = {}
        for a, b in combinations(sorted(units(case)), 2):
            judge, beads = Judge(case, a, b), pair_beads(prediction, a, b)
            counts[f"{a}-{b}"] = judge.counts(beads)
            for bins, judged in (
                (scores.bins[kind], judge.confidences(beads)),
                (scores.others["gaps"], judge.gaps(beads)),
            ):
                _fill(bins, judged)
        if "gold" in case and "beads" in prediction:
            counts["n-way"], judged = n_way(case, prediction)
            _fill(scores.others["n-way"], judged)
        for pair, count in counts.items():
            scores.documents[kind, case["id"], pair] = count.f1
            for corpus in ("all", case["corpus"]):
                scores.rows[kind, corpus, pair] += count
    return scores


def load(folder: Path) -> list[dict[str, Any]]:
    """Return the cases in *folder*, in the order of their names."""
    paths = sorted(folder.glob("*.json"))
    return [json.loads(path.read_text(encoding="utf-8")) for path in paths]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("cases", type=Path)
    parser.add_argument("predictions", type=Path)
    parser.add_argument("--by-corpus", action="store_true")
    options = parser.parse_args()
    predictions = json.loads(options.predictions.read_text(encoding="utf-8"))
    scores = score(load(options.cases), predictions)
    print(f"{'kind':11}{'corpus':22}{'pair':8}{'P':>8}{'R':>8}{'F1':>8}{'gold':>7}")
    for (kind, corpus, pair), row in sorted(scores.rows.items()):
        if corpus == "all" or options.by_corpus:
            figures = f"{row.precision:8.4f}{row.recall:8.4f}{row.f1:8.4f}{row.gold:7}"
            print(f"{kind:11}{corpus:22}{pair:8}{figures}")
    kinds = Counter({kind: sum(b.beads for b in bins) for kind, bins in scores.bins.items()})
    error = calibration_error(scores.bins.values())
    if error is not None:
        print(f"expected calibration error {error:.4f} over {kinds.total()} beads")


if __name__ == "__main__":
    main()
