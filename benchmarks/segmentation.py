"""Exact items a language on segmentation cases.

    python benchmarks/segmentation.py [CASES.json ...] [--errors]

A case file is a list of {lang, text, sentences}. Every text goes through the plain reader and
`segment`; a label is put back before its first sentence. An item counts if all its sentences are
right. Without files: ../shared/segmentation/gold.json, if it is there.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from parallel_statement.formats import read
from parallel_statement.model import Document, Paragraph, Span, Version
from parallel_statement.segmentation import segment

GOLD = Path(__file__).parents[2] / "shared" / "segmentation" / "gold.json"


def read_text(text: str, language: str) -> Document:
    """Return the document that a plain file with *text* gives."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "text.txt"
        path.write_text(text, "utf-8")
        return read(path, language, encoding="utf-8")


def readings(version: Version) -> list[str]:
    """Return the sentences, each label put back before the first one of its paragraph."""
    return [
        version.document.view(span).text
        for paragraph in version.paragraphs
        for span in _spans(paragraph)
    ]


def _spans(paragraph: Paragraph) -> list[Span]:
    spans = [sentence.span for sentence in paragraph.sentences]
    if paragraph.label and spans:
        spans[0] = spans[0]._replace(start=paragraph.label.start)
    return spans


def main(argv: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="*", type=Path)
    parser.add_argument("--errors", action="store_true", help="print the items that are wrong")
    options = parser.parse_args(argv)
    for path in options.cases or [GOLD]:
        if not path.exists():
            print(f"{path.name}: not here, skipped")
            continue
        exact: dict[str, list[bool]] = defaultdict(list)
        for case in json.loads(path.read_text("utf-8")):
            found = readings(segment(read_text(case["text"], case["lang"])))
            right = found == case["sentences"]
            exact[case["lang"]].append(right)
            if options.errors and not right:
                print(case["lang"], "wanted", *case["sentences"], sep="\n    ")
                print("  found", *found, sep="\n    ")
        figures = ", ".join(f"{lang} {sum(r)}/{len(r)}" for lang, r in sorted(exact.items()))
        print(f"{path.name}: {figures}")


if __name__ == "__main__":
    main(sys.argv[1:])
