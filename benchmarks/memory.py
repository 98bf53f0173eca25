"""How long an archive's index takes to be made and to answer, and how large it is.

``python -m benchmarks.memory CASES [BEADS] [--folder FOLDER]``: sentences of the evaluation cases,
drawn at random, each with a number of its own, make documents of 250 beads (500,000 beads without
a number). What is in FOLDER already is used again. Each term is asked for twice, as the dictionary
of its language is loaded once.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from parallel_statement.memory import NAME, Memory, Source, fill, open_memory, recall, search

_BEADS_OF_DOCUMENT = 250
_TERMS = (
    "package",
    "installation system",
    "software libero",
    "di",
    "許諾",
    "インストール",
    "作る",
    "zyzzyva",
)


def main() -> None:
    """Make the index, and ask it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", type=Path)
    parser.add_argument("beads", type=int, nargs="?", default=500_000)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    with TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(exist_ok=True)
        rows = _rows(options.cases)
        if not (folder / NAME).exists():
            sources = list(_sources(folder, rows, options.beads))
            start = perf_counter()
            fill(folder / NAME, sources)
            print(f"made in {perf_counter() - start:.0f} s")
        print(f"{(folder / NAME).stat().st_size / 1e6:.0f} MB")
        with open_memory(folder / NAME) as memory:
            _ask(memory, rows)


def _rows(cases: Path) -> list[dict[str, str]]:
    """Return what stands side by side in the plain cases, near enough for an index."""
    rows: list[dict[str, str]] = []
    for path in sorted(cases.glob("*.json")):
        case = json.loads(path.read_text(encoding="utf-8"))
        if case["kind"] == "plain":
            sides = case["sentences"]
            lines = zip(*sides.values(), strict=False)
            rows += [dict(zip(sides, line, strict=True)) for line in lines]
    return rows


def _sources(folder: Path, rows: list[dict[str, str]], beads: int) -> Iterator[Source]:
    draw = random.Random(1)
    for number in range(beads // _BEADS_OF_DOCUMENT):
        path = folder / f"d{number}.jsonl"
        with path.open("w", encoding="utf-8") as file:
            for bead in range(_BEADS_OF_DOCUMENT):
                own = f" {draw.randrange(10**6)}"
                sides = {
                    tag: {"text": text + own, "segments": [{"id": f"{tag}.p{bead}.s1"}]}
                    for tag, text in draw.choice(rows).items()
                }
                known = {"bead": f"d{number}.{bead}", "kind": "1-1-1", "status": "proposed"}
                file.write(json.dumps({**known, "posterior": 0.9, "languages": sides}) + "\n")
        yield Source(path.stem, path.stem, f"{2000 + number % 26}-01-01", path, "1")


def _ask(memory: Memory, rows: list[dict[str, str]]) -> None:
    for term in _TERMS:
        times = []
        for _ in range(2):
            start = perf_counter()
            found = search(memory, term)
            times.append(f"{1000 * (perf_counter() - start):.0f} ms")
        print(term, len(found.hits), *times, sep="\t")
    sample = [row["en"].rpartition(" ")[0] for row in rows[:: len(rows) // 100]]
    start = perf_counter()
    matched = sum(bool(recall(memory, sentence, "en", ["ja", "it"])) for sentence in sample)
    each = 1000 * (perf_counter() - start) / len(sample)
    print(f"{matched} of {len(sample)} sentences matched, {each:.0f} ms each")


if __name__ == "__main__":
    main()
