"""Are moved passages found, and only these?

    python -m benchmarks.moves CORPORA [--longest 200] [--out FOLDER] [--fit]

*Moved*: in one language of a document a run of one to three blocks, known in all languages, is put
at another place, past at least half as much again as itself (else what it passes has moved as
much). It is found if a proposal covers at least half of it, in its language and in another one.
*Unmoved*: the cases as they are; `noisy` ones have lost blocks and got foreign ones.

A proposal is right if in every two of its languages at least half of the words of each side belong
to blocks that the other side has. All versions together, and every two of them alone, are measured;
recall also for those that are found in every language. ``--fit`` learns the weights of
`alignment.likeness` on the training corpora, from what matches there rightly or wrongly, and prints
them.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks import vectors
from benchmarks.alignment import select
from benchmarks.corpora.sources import LANGUAGES, TEST, TRAINING
from benchmarks.systems import Case, versions
from parallel_statement.alignment import align, engine, likeness, moves
from parallel_statement.alignment.scene import Scene
from parallel_statement.encoders.base import Encoder

Ranges = Mapping[str, Sequence[int]]
"""Numbers of sentences by language."""

GROUPS = (LANGUAGES, *combinations(LANGUAGES, 2))

SHORTEST = 100
"""Characters of English from which a moved passage can be told."""
DRAWS = 3


@dataclass(frozen=True)
class Moved:
    """A case in which one language has a passage elsewhere."""

    case: Case
    language: str
    blocks: frozenset[Any]
    size: int
    """Characters of English."""


def moved(case: Case) -> Iterator[Moved]:
    """Yield *case* with a passage moved in one language, several draws for each."""
    for language in case["sentences"]:
        for draw in range(DRAWS):
            found = _draw(case, language, random.Random(f"{case['id']} {language} {draw}"))
            if found:
                yield found


def _draw(case: Case, language: str, chance: random.Random) -> Moved | None:
    texts, blocks = case["sentences"][language], case["blocks"][language]
    runs = [list(run) for _, run in groupby(range(len(blocks)), key=lambda k: blocks[k])]
    size = chance.choice([1, 1, 2, 3])
    starts = []
    for start in range(len(runs) - size + 1):
        chosen = frozenset(blocks[run[0]] for run in runs[start : start + size])
        if _size(case, "en", chosen) >= SHORTEST and all(
            _whole(case["blocks"][tag], chosen) for tag in case["blocks"]
        ):
            starts.append(start)
    if not starts:
        return None
    start = chance.choice(starts)
    taken = runs[start : start + size]
    chosen = frozenset(blocks[run[0]] for run in taken)
    rest = runs[:start] + runs[start + size :]
    length = sum(len(texts[k]) for run in taken for k in run)

    def passed(place: int) -> int:
        low, high = sorted((place, start))
        return sum(len(texts[k]) for run in rest[low:high] for k in run)

    places = [place for place in range(len(rest) + 1) if passed(place) >= 1.5 * length]
    if not places:
        return None
    place = chance.choice(places)
    order = [k for run in (*rest[:place], *taken, *rest[place:]) for k in run]
    changed = {
        key: {**case[key], language: [case[key][language][k] for k in order]}
        for key in ("sentences", "blocks")
    }
    return Moved({**case, **changed}, language, chosen, _size(case, "en", chosen))


def _size(case: Case, language: str, blocks: frozenset[Any]) -> int:
    pairs = zip(case["sentences"][language], case["blocks"][language], strict=True)
    return sum(len(text) for text, block in pairs if block in blocks)


def _whole(blocks: Sequence[Any], chosen: frozenset[Any]) -> bool:
    """Whether all of *chosen* stand together here."""
    places = [k for k, block in enumerate(blocks) if block in chosen]
    return (
        bool(places)
        and {blocks[k] for k in places} == chosen
        and places == list(range(places[0], places[-1] + 1))
    )


def right(case: Case, ranges: Ranges) -> bool:
    """Return whether the sentences of *ranges* say the same in all their languages."""
    weights = {tag: _weights(case, tag, numbers) for tag, numbers in ranges.items()}
    return all(
        sum(size for block, size in here.items() if block in there) >= here.total() / 2
        for one, other in combinations(weights.values(), 2)
        for here, there in ((one, other), (other, one))
    )


def _weights(case: Case, language: str, numbers: Sequence[int]) -> Counter[Any]:
    found: Counter[Any] = Counter()
    for k in numbers:
        block = str(case["blocks"][language][k])
        # A foreign block is named after its language; it is the same block in the others.
        found[block.partition(":")[2] or block] += len(case["sentences"][language][k])
    return found


def covers(moved: Moved, ranges: Ranges) -> set[str]:
    """Return the languages in which *ranges* has at least half of what was moved."""
    found = set()
    for tag, numbers in ranges.items():
        weights = _weights(moved.case, tag, numbers)
        inside = sum(weights[str(block)] for block in moved.blocks)
        if inside >= _size(moved.case, tag, moved.blocks) / 2:
            found.add(tag)
    return found


def only(case: Case, languages: Sequence[str]) -> Case:
    """Return *case* with these languages alone."""
    return {
        **case,
        "sentences": {tag: case["sentences"][tag] for tag in languages},
        "blocks": {tag: case["blocks"][tag] for tag in languages},
    }


@dataclass
class Tally:
    """What was found in a number of cases."""

    moved: int = 0
    found: int = 0
    everywhere: int = 0
    """Found in every language."""
    unmoved: int = 0
    false: int = 0
    """Wrong proposals in cases as they are."""
    false_beside: int = 0
    """Wrong proposals in cases with a moved passage."""

    def record(self) -> dict[str, float]:
        """Return the sums, recall and false proposals a case."""
        return {
            **vars(self),
            "recall": self.found / max(1, self.moved),
            "false a case": self.false / max(1, self.unmoved),
        }


def measure(
    cases: Sequence[Case], languages: Sequence[str], encoder: Encoder
) -> tuple[Tally, list[tuple[float, bool]]]:
    """Return what is found in *languages* of *cases*, and every proposal's posterior and truth."""
    tally, proposals = Tally(), []
    for case in cases:
        changed = [each for each in moved(case) if each.language in languages]
        for move in (None, *changed):
            own = only(move.case if move else case, languages)
            found = [
                ({tag: list(r.indices) for tag, r in each.ranges.items()}, each.posterior)
                for each in align(versions(own), encoder).moves
            ]
            judged = [(posterior, right(own, ranges)) for ranges, posterior in found]
            proposals += judged
            wrong = sum(not true for _, true in judged)
            if move is None:
                tally.unmoved += 1
                tally.false += wrong
                continue
            tally.moved += 1
            tally.false_beside += wrong
            places = [covers(move, ranges) for ranges, _ in found if right(own, ranges)]
            places = [tags for tags in places if move.language in tags and len(tags) > 1]
            tally.found += bool(places)
            tally.everywhere += any(len(tags) == len(languages) for tags in places)
    return tally, proposals


def examples(
    cases: Sequence[Case], encoder: Encoder
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the features of all that matches crosswise in *cases*, and whether it is right."""
    rows, labels = [], []
    for languages in GROUPS:
        for case in cases:
            changed = [each.case for each in moved(case) if each.language in languages]
            for whole in (case, *changed):
                own = only(whole, languages)
                scene, tags = _scene(own, encoder)
                found = moves.candidates(scene)
                rows.append(likeness.evidence(scene, found))
                for places in found:
                    ranges = {tags[v]: r.indices for place in places for v, r in place.items()}
                    labels.append(float(right(own, ranges)))
    return np.concatenate(rows), np.array(labels)


def _scene(case: Case, encoder: Encoder) -> tuple[Scene, list[str]]:
    beads = align(versions(case), encoder).sentences.beads
    tags = sorted(case["sentences"])
    texts = [case["sentences"][tag] for tag in tags]
    sides = [encoder.encode(text) for text in texts]
    cosine = engine.pair_cosines(sides, fitted=True)
    return Scene.of(texts, sides, cosine, [tuple(b.ranges[t] for t in tags) for b in beads]), tags


def fit(
    features: NDArray[np.float64], labels: NDArray[np.float64], penalty: float = 0.1
) -> NDArray[np.float64]:
    """Return bias and weights of the logistic regression, by Newton's method."""
    rows = np.column_stack((np.ones(len(features)), features))
    ridge = np.diag([1e-6, *[penalty] * features.shape[1]])
    weights = np.zeros(rows.shape[1])
    for _ in range(50):
        sure = 1 / (1 + np.exp(-rows @ weights))
        gradient = rows.T @ (sure - labels) + ridge @ weights
        curvature = (rows * (sure * (1 - sure))[:, None]).T @ rows + ridge
        weights -= np.linalg.solve(curvature, gradient)
    return weights


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="CORPORA")
    parser.add_argument("--longest", type=int, default=200)
    parser.add_argument("--out", type=Path, default=Path("build/benchmarks"))
    parser.add_argument("--fit", action="store_true")
    options = parser.parse_args()
    encoder = vectors.load(options.out)
    corpora = TRAINING if options.fit else TEST
    cases = [
        case
        for case in select(options.folder, corpora, options.longest)
        if case["kind"] in ("plain", "noisy")
    ]
    if options.fit:
        weights = fit(*examples(cases, encoder))
        print(likeness.Weights(*(round(float(weight), 2) for weight in weights)))
        return
    groups: dict[str, dict[str, float]] = {}
    for languages in GROUPS:
        for kind in ("plain", "noisy"):
            chosen = [case for case in cases if case["kind"] == kind]
            tally, proposals = measure(chosen, languages, encoder)
            name = f"{'-'.join(languages)} {kind}"
            sure = sum(posterior for posterior, _ in proposals) / max(1, len(proposals))
            true = sum(right for _, right in proposals) / max(1, len(proposals))
            groups[name] = {**tally.record(), "sure": sure, "true": true}
            print(name, json.dumps({k: round(v, 3) for k, v in groups[name].items()}), flush=True)
    encoder.save()
    path = options.out / "moves.json"
    results = {"cases": len(cases), "longest": options.longest, "groups": groups}
    path.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
