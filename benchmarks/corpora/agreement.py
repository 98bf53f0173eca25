"""Compare two folders of corpora: which documents and blocks do they share?

python -m benchmarks.corpora.agreement OURS THEIRS
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from benchmarks.corpora.sources import LANGUAGES, SOURCES

Texts = set[tuple[str, ...]]


def blocks(path: Path) -> Texts:
    """Return the texts of the blocks of one document, all languages together."""
    document = json.loads(path.read_text(encoding="utf-8"))
    return {tuple(block[language] for language in LANGUAGES) for block in document["blocks"]}


def main() -> None:
    parser = argparse.ArgumentParser(description="How far do two folders of corpora agree?")
    parser.add_argument("ours", type=Path)
    parser.add_argument("theirs", type=Path)
    options = parser.parse_args()
    row = "{:<22}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}"
    print(row.format("corpus", "docs", "theirs", "both", "blocks", "theirs", "both"))
    for source in SOURCES:
        ours = {path.name: blocks(path) for path in (options.ours / source.corpus).glob("*.json")}
        theirs = {
            path.name: blocks(path) for path in (options.theirs / source.corpus).glob("*.json")
        }
        both = ours.keys() & theirs.keys()
        shared = sum(len(ours[name] & theirs[name]) for name in both)
        counts = [sum(map(len, side.values())) for side in (ours, theirs)]
        print(
            row.format(source.corpus, len(ours), len(theirs), len(both), *counts, shared),
        )


if __name__ == "__main__":
    main()
