"""Alignment tasks with known answers, made from a document's parallel blocks.

``plain`` and ``noisy``: the sentences of a document, and for each of them the block it came from,
which an aligner must not read. ``paragraphs``: disturbed paragraphs with their beads, n-way and
for each pair alone (finer: what only a third version merged stays apart); the numbers of headings
are taken away. ``numbered``: the same with the numbers left in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from benchmarks.corpora.disturbance import beads, reshape, thin
from benchmarks.texts import sentences

LABEL = re.compile(
    r"^(?:(?:Chapter|Capitolo|Appendix|Appendice)\s+[\dA-Z]+|(?:第|付録)\s*[\dA-Z]+\s*章?"
    r"|(?:[A-Z]\.)?\d+(?:\.\d+)*)[.．]?\s+"
)
SHORTEST_FOREIGN = {"ja": 15}

Blocks = Sequence[Mapping[str, str]]
Case = dict[str, Any]


def cases(
    corpus: str, document: str, blocks: Blocks, others: Blocks, languages: Sequence[str]
) -> dict[str, Case]:
    """Return the cases of a document by kind; foreign blocks are taken from *others*."""
    texts = {language: [block[language] for block in blocks] for language in languages}
    foreign = {
        language: [
            block[language]
            for block in others
            if len(block[language]) >= SHORTEST_FOREIGN.get(language, 30)
        ]
        for language in languages
    }
    name = f"{corpus}.{document}"
    plain = {
        language: [(str(k), text) for k, text in enumerate(side)]
        for language, side in texts.items()
    }
    noisy = {
        language: list(thin(side, language, foreign[language], f"{name}.noisy"))
        for language, side in texts.items()
    }
    return {
        "plain": _sentence_case(corpus, f"{name}.plain", "plain", plain),
        "noisy": _sentence_case(corpus, f"{name}.noisy", "noisy", noisy),
        "paragraphs": _paragraph_case(corpus, name, "paragraphs", _bare(blocks, texts), foreign),
        "numbered": _paragraph_case(corpus, name, "numbered", texts, foreign),
    }


def _sentence_case(
    corpus: str, name: str, kind: str, sides: Mapping[str, Sequence[tuple[str, str]]]
) -> Case:
    cut = {
        language: [(block, s) for block, text in side for s in sentences(text, language)]
        for language, side in sides.items()
    }
    return {
        "id": name,
        "corpus": corpus,
        "kind": kind,
        "sentences": {language: [text for _, text in side] for language, side in cut.items()},
        "blocks": {language: [block for block, _ in side] for language, side in cut.items()},
    }


def _paragraph_case(
    corpus: str,
    name: str,
    kind: str,
    texts: Mapping[str, Sequence[str]],
    foreign: Mapping[str, Sequence[str]],
) -> Case:
    sides = reshape(texts, foreign, f"{name}.paragraphs", sentences)
    return {
        "id": f"{name}.{kind}",
        "corpus": corpus,
        "kind": kind,
        "paragraphs": {language: [u.text for u in units] for language, units in sides.items()},
        "gold": beads(sides),
        "pairs": {
            f"{a}-{b}": [[bead[a], bead[b]] for bead in beads({a: sides[a], b: sides[b]})]
            for a, b in combinations(sides, 2)
        },
    }


def _bare(blocks: Blocks, texts: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return *texts* without the numbers of headings."""
    return {
        language: [
            (LABEL.sub("", text, count=1) or text) if block["tag"].startswith("h") else text
            for block, text in zip(blocks, side, strict=True)
        ]
        for language, side in texts.items()
    }
