"""Align the gold cases and write predictions for the gold data's own scorer.

python benchmarks/alignment.py GOLD --corpora a,b [--longest 200] [--out FILE]
python GOLD/score.py GOLD/cases FILE --by-corpus
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from parallel_statement import encoders
from parallel_statement.alignment import align
from parallel_statement.model import (
    Alignment,
    Block,
    Document,
    Layout,
    Paragraph,
    Range,
    Sentence,
    Source,
    Span,
    Version,
)


def version(name: str, language: str, units: list[str], *, paragraphs: bool) -> Version:
    """Return *units* as the paragraphs of a version, or as the sentences of one paragraph."""
    spans, position = [], 0
    for unit in units:
        spans.append(Span(position, position + len(unit)))
        position += len(unit) + 1
    text = "\n".join(units)
    layout = tuple(Layout(Span(s.end, s.end + 1), "white space", " ") for s in spans[:-1])
    whole = Span(0, len(text))
    blocks = tuple(Block("p", s) for s in spans) if paragraphs else (Block("p", whole),)
    document = Document(name, language, text, blocks, (), layout, Source(name, "utf-8", "0" * 64))
    if paragraphs:
        from parallel_statement.segmentation import segment

        return segment(document)
    sentences = tuple(Sentence(f"{name}-{language}.p1.s{n}", s) for n, s in enumerate(spans, 1))
    return Version(document, (Paragraph(f"{name}-{language}.p1", "p", whole, sentences),))


def prediction(alignment: Alignment) -> dict:
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--corpora", default="cc-licences,debian-history,installation-guide")
    parser.add_argument("--longest", type=int, default=200)
    parser.add_argument("--languages", default="")
    parser.add_argument("--out", type=Path, default=Path("predictions.json"))
    options = parser.parse_args()
    encoder, predictions, start = encoders.load(), {}, time.perf_counter()
    sentences = 0
    for path in sorted((options.gold / "cases").glob("*.json")):
        case = json.loads(path.read_text(encoding="utf-8"))
        sides = case.get("sentences") or case["paragraphs"]
        if case["corpus"] not in options.corpora.split(","):
            continue
        if max(map(len, sides.values())) > options.longest:
            continue
        chosen = options.languages.split(",") if options.languages else list(sides)
        flat = "sentences" in case
        versions = [version("case", x, sides[x], paragraphs=not flat) for x in chosen]
        sentences += sum(len(v.sentences) for v in versions)
        text = align(versions, encoder)
        predictions[case["id"]] = prediction(text.sentences if flat else text.paragraphs)
    options.out.write_text(json.dumps(predictions), encoding="utf-8")
    spent = time.perf_counter() - start
    print(f"{len(predictions)} cases, {sentences} sentences, {spent:.1f} s with embedding")


if __name__ == "__main__":
    main()
