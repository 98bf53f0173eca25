"""Learn the aligner's weights from gold documents and write weights.json.

    python benchmarks/train_alignment.py GOLD [--corpora a,b,c] [--out FILE]

GOLD is a folder of development data: ``cases/<corpus>.<document>.plain.json`` with the sentences
of a document in several languages and, for each sentence, the block it came from. Documents are
disturbed as real ones are (blocks dropped, foreign ones put in, paragraphs merged and split,
labels taken away), each with a fixed random stream; the likelihood is that of all paths that
respect the known blocks (a bead never crosses a block, and is known as a whole where one side
of the block is a single sentence). Maximised by L-BFGS with a weak quadratic penalty.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from parallel_statement import encoders
from parallel_statement.alignment import consensus, evidence, lattice
from parallel_statement.alignment.evidence import Evidence, Weights
from parallel_statement.alignment.units import Units, latin_words, numbers_in
from parallel_statement.alignment.weights import save

PENALTY = 0.1
LABEL = re.compile(r"^(?:[A-Z]\.|\d+\.)*\d+\.?\s|^(?:Chapter|Capitolo|Appendix|第)\s*(\d+)")
SIZES = [(1, 1), (1, 2), (2, 2), (1, 3), (1, 4), (2, 3)]
Blocks = tuple[str, ...]
Masks = dict[tuple[int, int], NDArray[np.bool_]]


@dataclass(frozen=True)
class Sentence:
    """A sentence of a disturbed document."""

    text: str
    block: str
    head: bool
    start: bool
    label: str | None


@dataclass
class Pair:
    """One pair of versions of one disturbed document."""

    evidence: Evidence
    allowed: Masks
    gaps: tuple[NDArray[np.bool_], NDArray[np.bool_]]


def documents(gold: Path, corpora: set[str], longest: int) -> Iterator[dict]:
    for path in sorted(gold.glob("cases/*.plain.json")):
        case = json.loads(path.read_text(encoding="utf-8"))
        size = max(map(len, case["sentences"].values()))
        if case["corpus"] in corpora and size <= longest:
            tags = {}
            source = (
                gold / case["corpus"] / (case["id"].split(".", 1)[1].rsplit(".", 1)[0] + ".json")
            )
            if source.exists():
                blocks = json.loads(source.read_text(encoding="utf-8"))["blocks"]
                tags = {str(k): block.get("tag", "p") for k, block in enumerate(blocks)}
            yield {**case, "tags": tags}


def disturb(case: dict, foreign: dict, kind: str, seed: int) -> dict[str, list[Sentence]]:
    """Return the sentences of every language after losses, additions, merges and splits."""
    result = {}
    for language, texts in case["sentences"].items():
        rng = random.Random(f"{case['id']}|{kind}|{seed}|{language}")
        blocks: dict[str, list[str]] = {}
        for text, block in zip(texts, case["blocks"][language], strict=True):
            blocks.setdefault(str(block), []).append(text)
        strange = foreign["sentences"][language]
        shared = random.Random(f"{case['id']}|{kind}|{seed}")
        keep_labels = shared.random() < 0.5
        keep_heads = shared.random() < 0.5 and rng.random() < 0.9  # a reader may miss them all
        sentences: list[Sentence] = []
        for name, members in blocks.items():
            if kind != "plain" and rng.random() < 0.03:
                at = rng.randrange(len(strange))
                for k, text in enumerate(strange[at : at + rng.choice((1, 1, 2))]):
                    sentences.append(
                        Sentence(text, f"foreign {language} {name}", False, k == 0, None)
                    )
            if kind != "plain" and rng.random() < 0.05:
                continue
            head = keep_heads and case["tags"].get(name, "p").startswith("h")
            head = head and rng.random() < 0.9
            found = LABEL.match(members[0]) if keep_labels else None
            label = found.group(0).strip(" .") if found else None
            merged = kind == "paragraphs" and not head and rng.random() < 0.08
            split = (
                rng.randrange(1, len(members)) if len(members) > 1 and rng.random() < 0.08 else 0
            )
            for k, text in enumerate(members):
                start = (k == 0 and not merged) or (kind == "paragraphs" and k == split > 0)
                sentences.append(Sentence(text, name, head, start, label if k == 0 else None))
        result[language] = sentences
    return result


def describe(
    sentences: list[Sentence], vectors: Mapping[str, NDArray[np.float32]], flat: bool
) -> Units:
    return Units(
        np.stack([vectors[s.text] for s in sentences]),
        np.array([len(s.text) for s in sentences], dtype=np.float64),
        tuple(frozenset(numbers_in(s.text)) for s in sentences),
        tuple(frozenset(latin_words(s.text)) for s in sentences),
        np.array([s.start and not flat for s in sentences]),
        np.array([s.head and not flat for s in sentences]),
        tuple(None if flat else s.label for s in sentences),
    )


def known(a: list[Sentence], b: list[Sentence]) -> tuple[Masks, tuple[NDArray[np.bool_], ...]]:
    """Return which beads and gaps a right path may use."""
    left, right = [s.block for s in a], [s.block for s in b]
    count = ({x: left.count(x) for x in set(left)}, {x: right.count(x) for x in set(right)})
    common = set(left) & set(right)
    fixed = {
        block
        for block in common
        if min(count[0][block], count[1][block]) == 1 and max(count[0][block], count[1][block]) <= 4
    }
    masks: Masks = {}
    for m, n in evidence.SIZES:
        if m > len(a) or n > len(b):
            continue
        rows = [left[i] if len(set(left[i : i + m])) == 1 else None for i in range(len(a) - m + 1)]
        columns = [
            right[j] if len(set(right[j : j + n])) == 1 else None for j in range(len(b) - n + 1)
        ]
        mask = np.array([[x is not None and x == y for y in columns] for x in rows])
        whole = np.array([x not in fixed or count[0][x] == m for x in rows])
        full = np.array([y not in fixed or count[1][y] == n for y in columns])
        masks[m, n] = mask & whole[:, None] & full[None, :]
    return masks, (
        np.array([x not in fixed for x in left]),
        np.array([y not in fixed for y in right]),
    )


def unpack(vector: NDArray[np.float64]) -> Weights:
    size, gaps = len(evidence.FEATURES), len(evidence.GAP_FEATURES)
    bias = dict(zip(SIZES, vector[: len(SIZES)], strict=True))
    rest = vector[len(SIZES) :]
    return Weights(
        {(m, n): float(bias[min(m, n), max(m, n)]) for m, n in evidence.SIZES},
        rest[:size],
        rest[size : 2 * size],
        float(rest[2 * size]),
        rest[2 * size + 1 : 2 * size + 1 + gaps],
    )


def expectation(pair: Pair, found: lattice.Posteriors) -> NDArray[np.float64]:
    size = len(evidence.FEATURES)
    gradient = np.zeros(len(SIZES) + 2 * size + 1 + len(evidence.GAP_FEATURES))
    for (m, n), posterior in found.beads.items():
        gradient[SIZES.index((min(m, n), max(m, n)))] += posterior.sum()
        total = np.tensordot(pair.evidence.beads[m, n], posterior, axes=2)
        gradient[len(SIZES) : len(SIZES) + size] += total
        gradient[len(SIZES) + size : len(SIZES) + 2 * size] += (m + n - 2) * total
    at = len(SIZES) + 2 * size
    for posterior, features in (
        (found.source_gaps, pair.evidence.source_gaps),
        (found.target_gaps, pair.evidence.target_gaps),
    ):
        gradient[at] += posterior.sum()
        gradient[at + 1 :] += features @ posterior
    return gradient


def restrict(full: lattice.Lattice, pair: Pair) -> lattice.Lattice:
    never = -1e4
    return lattice.Lattice(
        full.rows,
        full.columns,
        {size: np.where(pair.allowed[size], score, never) for size, score in full.scores.items()},
        np.where(pair.gaps[0], full.source_gaps, never),
        np.where(pair.gaps[1], full.target_gaps, never),
    )


def fit(pairs: list[Pair], start: NDArray[np.float64]) -> NDArray[np.float64]:
    def objective(vector: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights, value, gradient = unpack(vector), 0.0, np.zeros_like(vector)
        for pair in pairs:
            full = evidence.score(pair.evidence, weights)
            everything = lattice.posteriors(full)
            right = lattice.posteriors(restrict(full, pair))
            value += everything.log_partition - right.log_partition
            gradient += expectation(pair, everything) - expectation(pair, right)
        value += PENALTY * float(vector @ vector)
        return value, gradient + 2 * PENALTY * vector

    result = minimize(objective, start, jac=True, method="L-BFGS-B", options={"maxiter": 60})
    print(f"negative log likelihood {result.fun:.1f} after {result.nit} steps")
    return result.x


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--corpora", default="debian-handbook,debian-reference,maint-guide")
    parser.add_argument("--longest", type=int, default=140)
    parser.add_argument("--out", type=Path, default=None)
    options = parser.parse_args()
    cases = list(documents(options.gold, set(options.corpora.split(",")), options.longest))
    encoder = encoders.load()
    texts = sorted({t for case in cases for side in case["sentences"].values() for t in side})
    vectors = dict(zip(texts, encoder.encode(texts), strict=True))
    print(f"{len(cases)} documents, {len(texts)} sentences")

    first: list[Pair] = []
    groups = []
    for index, case in enumerate(cases):
        for kind in ("plain", "noisy", "paragraphs"):
            sentences = disturb(case, cases[(index + 1) % len(cases)], kind, seed=1)
            units = [describe(s, vectors, kind != "paragraphs") for s in sentences.values()]
            sides = list(sentences.values())
            cosines, members = {}, {}
            for a, b in combinations(range(len(units)), 2):
                cosines[a, b] = (units[a].vectors @ units[b].vectors.T).astype(np.float64)
                masks, gaps = known(sides[a], sides[b])
                collected = evidence.collect(units[a], units[b], cosines[a, b])
                members[a, b] = Pair(collected, masks, gaps)
            first.extend(members.values())
            groups.append((units, cosines, members))
    size = len(SIZES) + 2 * len(evidence.FEATURES) + 1 + len(evidence.GAP_FEATURES)
    start = np.zeros(size)
    start[len(SIZES)] = start[len(SIZES) + 1] = 4.0
    alone = fit(first, start)

    second: list[Pair] = []
    for units, cosines, members in groups:
        told = {
            pair: consensus.matches(lattice.posteriors(evidence.score(m.evidence, unpack(alone))))
            for pair, m in members.items()
        }
        for (a, b), member in members.items():
            support = consensus.support((a, b), len(units), told)
            member.evidence = evidence.collect(units[a], units[b], cosines[a, b], support)
            second.append(member)
    together = fit(second, alone)
    how = f"{options.corpora}, up to {options.longest} sentences, seed 1"
    save(unpack(alone), unpack(together), encoder.name, encoder.fingerprint, how, options.out)


if __name__ == "__main__":
    main()
