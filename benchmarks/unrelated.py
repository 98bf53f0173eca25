"""What an aligner does where there is nothing to align: unrelated texts, and a missing third.

    python -m benchmarks.unrelated CORPORA [--out FOLDER]

*Unrelated*: 40 sentences of one document against 40 of another document, several draws of each
pair of languages; measured is the share of sentences that stand in a bead with both sides.
*A third missing*: from one language of a document the middle third of its blocks is taken away.
Measured is F1 over the rest (beads that reach from the rest into the third count as wrong),
and F1 over the same rest of the undisturbed document.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from benchmarks import vectors
from benchmarks.alignment import run, select
from benchmarks.corpora.sources import LANGUAGES, TEST
from benchmarks.score import score, units
from benchmarks.systems import ABLATIONS, Case, Prediction, systems

DRAWS = 10
LENGTH = 40


def unrelated(cases: Sequence[Case]) -> Iterator[Case]:
    """Yield pairs of texts, and triples, all from different documents."""
    chance = random.Random("unrelated")
    long = [case for case in cases if _size(case) >= LENGTH]
    for languages in (*combinations(LANGUAGES, 2), LANGUAGES):
        for draw in range(DRAWS):
            sentences = {}
            for language, case in zip(languages, chance.sample(long, len(languages)), strict=True):
                side = case["sentences"][language]
                start = chance.randrange(len(side) - LENGTH + 1)
                sentences[language] = side[start : start + LENGTH]
            name = f"unrelated.{'-'.join(languages)}.{draw}"
            yield {"id": name, "corpus": "-".join(languages), "kind": name, "sentences": sentences}


def _size(case: Case) -> int:
    return min(map(len, units(case).values()))


def paired(prediction: Prediction) -> float:
    """Return the share of all sentences, pair by pair, that have a counterpart."""
    beads = [bead for pair in prediction["pairs"].values() for bead in pair]
    matched = sum(len(x) + len(y) for x, y, *_ in beads if x and y)
    return matched / sum(len(x) + len(y) for x, y, *_ in beads)


def without_third(case: Case) -> Iterator[tuple[str, Case]]:
    """Yield *case* ("whole"), and once for each language without its middle third.

    In all of them the third is one block; nothing inside it is judged, as it has many sentences on
    both sides, but what reaches into it is wrong where a language lacks it.
    """
    blocks = list(dict.fromkeys(case["blocks"]["en"]))
    middle = set(blocks[len(blocks) // 3 : 2 * len(blocks) // 3])
    sides = {
        language: ["middle" if block in middle else block for block in side]
        for language, side in case["blocks"].items()
    }
    yield "whole", {**case, "blocks": sides}
    for lacking in sides:
        kept = [k for k, block in enumerate(sides[lacking]) if block != "middle"]
        blocks_left = {**sides, lacking: [sides[lacking][k] for k in kept]}
        sentences = {**case["sentences"], lacking: [case["sentences"][lacking][k] for k in kept]}
        name = f"{case['id']}.{lacking}"
        yield lacking, {**case, "id": name, "blocks": blocks_left, "sentences": sentences}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="CORPORA")
    parser.add_argument("--longest", type=int, default=200)
    parser.add_argument("--out", type=Path, default=Path("build/benchmarks"))
    options = parser.parse_args()
    cases = [c for c in select(options.folder, TEST, options.longest) if c["kind"] == "plain"]
    strangers = list(unrelated(cases))
    lacking = [third for case in cases for third in without_third(case) if _size(case) >= LENGTH]
    encoder = vectors.load(options.out)
    results: dict[str, Any] = {}
    for name, system in systems().items():
        if name in ABLATIONS:
            continue
        shares = defaultdict(list)
        for case, prediction in zip(
            strangers, run(system, strangers, encoder)[0].values(), strict=True
        ):
            shares[case["corpus"]].append(paired(prediction))
        rest = {}
        for language in ("whole", *LANGUAGES):
            chosen = [case for which, case in lacking if which == language]
            rows = score(chosen, run(system, chosen, encoder)[0]).rows
            rest[language] = {
                pair: counts.f1
                for (_, corpus, pair), counts in sorted(rows.items())
                if corpus == "all"
            }
        results[name] = {"unrelated": shares, "third": rest}
        encoder.save()
        means = {pair: round(sum(s) / len(s), 3) for pair, s in shares.items()}
        print(f"{name}\n  paired of unrelated: {means}", flush=True)
        for language, found in rest.items():
            figures = "  ".join(f"{pair} {f1:.4f}" for pair, f1 in found.items())
            print(f"  rest, {language:6} {figures}", flush=True)
    whole = {"draws": DRAWS, "length": LENGTH, "documents": len(lacking) // 4, "systems": results}
    path = options.out / "unrelated.json"
    path.write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
