"""Are files that belong together found by what they say, and only these?

    python -m benchmarks.match GOLD [--corpora NAME ...] [--documents 400] [--siblings] [--fit]

Pieces of eight to thirty sentences are cut from the parallel blocks of the corpora in the folder
GOLD and from the statement in ``texts/``, and written as text files with unhelpful names. A tenth
of the documents of each language are alone (their counterparts were left out), and some are there
in two of the three languages. Precision and recall are of pairs: two files that were put into one
group. With ``--siblings`` there are also texts that differ from others in their numbers only.
``--fit`` learns the weights of `corpus.matching.likeness` on half of the corpora and prints them.
"""

from __future__ import annotations

import argparse
import json
import random
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np

from benchmarks.corpora.sources import LANGUAGES
from benchmarks.texts import sentences
from parallel_statement import encoders, formats
from parallel_statement.alignment.units import numbers_in
from parallel_statement.corpus import find_texts
from parallel_statement.corpus.matching import Portrait, match, portray
from parallel_statement.corpus.matching.likeness import Weights, evidence
from parallel_statement.segmentation import segment

Piece = Mapping[str, str]
"""A text in each language."""

TEXTS = Path(__file__).parents[1] / "texts"
SHORTEST, LONGEST = 8, 30
NUMBERS, SIBLINGS = 5, 0.3
"""Numbers of a piece of which there may be a second one, and how many of these there are."""
_DIGITS = "0123456789０１２３４５６７８９"
SMALL = (20, 20, 20)
TINY = 300
"""Sets of a few documents that the weights are also learned from."""
FITTED = ("debian-handbook", "libreoffice-help", "maint-guide")
HELD_OUT = ("cc-licences", "debian-history", "debian-reference", "installation-guide")
EVERY = (*FITTED, *HELD_OUT)
LONE, TWO = 0.1, 0.12
"""Shares of the documents of a language that are alone, or have one counterpart only."""


def pieces(gold: Path, corpora: Sequence[str], draw: random.Random) -> Iterator[Piece]:
    """Yield pieces of the documents of *corpora*, in their order."""
    for corpus in corpora:
        for path in sorted((gold / corpus).glob("*.json")):
            blocks = json.loads(path.read_text(encoding="utf-8"))["blocks"]
            full = [block for block in blocks if all(block.get(tag) for tag in LANGUAGES)]
            yield from _cut(full, draw)


def statement(paragraphs: int = 8) -> Iterator[Piece]:
    """Yield pieces of the statement."""
    sides = {}
    for tag in LANGUAGES:
        (path,) = (TEXTS / tag).glob("*.md")
        version = segment(formats.read(path, tag))
        sides[tag] = [version.text(each) for each in version.paragraphs if each.kind == "p"]
    blocks = [dict(zip(sides, row, strict=True)) for row in zip(*sides.values(), strict=True)]
    for start in range(0, len(blocks), paragraphs):
        yield _joined(blocks[start : start + paragraphs])


def _cut(blocks: Sequence[Mapping[str, str]], draw: random.Random) -> Iterator[Piece]:
    taken: list[Mapping[str, str]] = []
    count, size = 0, draw.randint(SHORTEST, LONGEST)
    for block in blocks:
        taken.append(block)
        count += len(sentences(block["en"], "en"))
        if count >= size:
            yield _joined(taken)
            taken, count, size = [], 0, draw.randint(SHORTEST, LONGEST)


def _joined(blocks: Sequence[Mapping[str, str]]) -> Piece:
    return {tag: "\n\n".join(block[tag] for block in blocks) + "\n" for tag in LANGUAGES}


def siblings(found: Sequence[Piece], draw: random.Random) -> Iterator[Piece]:
    """Yield some of the pieces with other numbers, the same in all languages: last year's text."""
    for piece in found:
        shared = set.intersection(*(set(numbers_in(piece[tag])) for tag in LANGUAGES))
        if len(shared) >= NUMBERS and draw.random() < SIBLINGS:
            digits = dict(zip("0123456789", draw.sample("0123456789", 10), strict=True))
            table = {ord(wide): digits[unicodedata.normalize("NFKC", wide)] for wide in _DIGITS}
            yield {tag: text.translate(table) for tag, text in piece.items()}


def spread(
    found: Sequence[Piece], count: int, draw: random.Random, folder: Path
) -> set[tuple[str, str]]:
    """Write about *count* documents a language into *folder*; return the true pairs."""
    pairs = list(combinations(LANGUAGES, 2))
    lone, two = round(LONE * count), round(TWO * count / 2)
    kinds = [(tag,) for tag in LANGUAGES for _ in range(lone)]
    kinds += [pair for pair in pairs for _ in range(two)]
    kinds += [LANGUAGES] * (count - lone - 2 * two)
    chosen = draw.sample(list(found), min(len(kinds), len(found)))
    draw.shuffle(kinds)
    places = list(range(len(chosen)))
    names = {tag: draw.sample(places, len(places)) for tag in LANGUAGES}
    gold: set[tuple[str, str]] = set()
    for number, (piece, kind) in enumerate(zip(chosen, kinds, strict=False)):
        paths = [f"{tag}/scan{names[tag][number]:04}.txt" for tag in sorted(kind)]
        for path in paths:
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_text(piece[path[:2]], encoding="utf-8")
        gold.update(combinations(paths, 2))
    return gold


def portraits(folder: Path) -> list[Portrait]:
    """Return what is compared of the files in *folder*."""
    found = portray(find_texts(folder), encoders.load())
    return [each for each in found if isinstance(each, Portrait)]


def paths_of(known: Sequence[Portrait], folder: Path) -> list[str]:
    return [portrait.file.path.relative_to(folder).as_posix() for portrait in known]


def fit(rows: Sequence[tuple[np.ndarray, np.ndarray]]) -> Weights:
    """Return the weights that make the true pairs likeliest (logistic regression)."""
    from scipy.optimize import minimize

    features = np.concatenate([each for each, _ in rows])
    truth = np.concatenate([each for _, each in rows])
    inputs = np.column_stack((np.ones(len(features)), features))

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        odds = inputs @ weights
        value = np.logaddexp(0, odds).sum() - odds[truth].sum() + 0.01 * (weights[1:] ** 2).sum()
        slope = inputs.T @ (1 / (1 + np.exp(-odds)) - truth)
        slope[1:] += 0.02 * weights[1:]
        return float(value), slope

    found = minimize(loss, np.zeros(inputs.shape[1]), jac=True, method="L-BFGS-B")
    return Weights(*(round(float(value), 2) for value in found.x))


def measure(folder: Path, gold: set[tuple[str, str]]) -> None:
    """Print how well the files in *folder* are matched."""
    start = perf_counter()
    known = portraits(folder)
    read = perf_counter()
    matching, names = match(known), paths_of(known, folder)
    found = {
        (names[one], names[other])
        for each in matching.groups
        for one, other in combinations(each.members, 2)
    }
    right = len(found & gold)
    print(
        f"{len(known)} files, {len(gold)} pairs: precision {right / max(len(found), 1):.4f}, "
        f"recall {right / len(gold):.4f}, {len(matching.doubts)} doubtful, "
        f"{len(matching.lone)} alone; {read - start:.0f} s read, "
        f"{perf_counter() - read:.1f} s matched"
    )


def learned(found: Sequence[Piece], count: int, draw: random.Random) -> Weights:
    """Return the weights learned from sets of *found*: one large, some small, many tiny ones."""
    rows = []
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        gold = spread(found, count, draw, folder)
        known = portraits(folder)
        names = paths_of(known, folder)
        for chosen in (range(len(known)), *_few(names, sorted(gold), draw)):
            pairs, features = evidence([known[k] for k in chosen])
            true = [(names[chosen[a]], names[chosen[b]]) in gold for a, b in pairs]
            rows.append((features, np.array(true)))
    return fit(rows)


def _few(
    names: Sequence[str], gold: Sequence[tuple[str, str]], draw: random.Random
) -> Iterator[list[int]]:
    """Yield up to a dozen documents of two languages: true pairs, and some that are alone."""
    for _ in range(TINY):
        true = draw.sample(gold, draw.randint(0, 6))
        languages = draw.sample(LANGUAGES, 2)
        paths = {path for pair in true for path in pair if path[:2] in languages}
        for tag in languages:
            others = [path for path in names if path.startswith(tag) and path not in paths]
            paths.update(draw.sample(others, draw.randint(1, 3)))
        yield [k for k, name in enumerate(names) if name in paths]


def main() -> None:
    """Cut, spread and match, or learn the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--corpora", nargs="+", default=EVERY)
    parser.add_argument("--documents", type=int, default=400)
    parser.add_argument("--siblings", action="store_true")
    parser.add_argument("--fit", action="store_true")
    options = parser.parse_args()
    draw = random.Random(1)
    found = list(pieces(options.gold, FITTED if options.fit else options.corpora, draw))
    if options.siblings or options.fit:
        found += siblings(found, draw)
    if options.fit:
        print(learned(found, options.documents, draw))
        return
    found += statement()
    print(f"{len(found)} pieces")
    for count in (options.documents, *SMALL):
        with TemporaryDirectory() as temporary:
            measure(Path(temporary), spread(found, count, draw, Path(temporary)))


if __name__ == "__main__":
    main()
