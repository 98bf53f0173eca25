"""Documents disturbed as real ones are, with what is known of the right alignment.

Blocks are dropped, foreign ones put in, paragraphs merged (a heading then often runs into its text)
and split, labels taken away; a version lacks its middle third; versions are not of one text at all.
The paragraphs of some documents are numbered as official texts are, in some of them by each version
for itself. Each document has a fixed random stream.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parallel_statement.alignment.features import SIZES
from parallel_statement.alignment.units import Units
from parallel_statement.segmentation.labels import find_label

KINDS = ("plain", "noisy", "paragraphs", "unrelated", "third")
PARTED = ("paragraphs", "unrelated")
"""Kinds that may show their paragraphs."""
ENDS = re.compile(r"""[.!?。！？…]["')”’」』）\])]*$""")
Masks = dict[tuple[int, int], NDArray[np.bool_]]
Case = dict[str, Any]
Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Sentence:
    """A sentence of a disturbed document."""

    text: str
    block: str
    head: bool
    start: bool
    label: str | None


def documents(gold: Path, corpora: set[str], longest: int) -> Iterator[Case]:
    """Yield the documents of *corpora* with at most so many sentences a language."""
    for path in sorted(gold.glob("cases/*.plain.json")):
        case = json.loads(path.read_text(encoding="utf-8"))
        if case["corpus"] in corpora and max(map(len, case["sentences"].values())) <= longest:
            name = case["id"].split(".", 1)[1].rsplit(".", 1)[0]
            source = gold / case["corpus"] / f"{name}.json"
            blocks = json.loads(source.read_text("utf-8"))["blocks"] if source.exists() else ()
            yield case | {"tags": {str(k): b.get("tag", "p") for k, b in enumerate(blocks)}}


def disturb(
    case: Case, foreign: Case, stranger: Case, kind: str, seed: int
) -> dict[str, list[Sentence]]:
    """Return the sentences of every language after losses, additions, merges and splits.

    Args:
        case: A document.
        foreign: Another one, from which blocks are put in.
        stranger: A third one, for unrelated versions.
        kind: One of `KINDS`.
        seed: Of the random streams.
    """
    if kind == "unrelated":
        return _unrelated((case, foreign, stranger), random.Random(f"{case['id']}|{seed}"))
    joined: list[tuple[str, str]] = []
    versions = {
        language: _Disturbed(case, foreign, kind, seed, language, joined).sentences
        for language in case["sentences"]
    }
    if kind == "third":
        chance = random.Random(f"{case['id']}|{seed}")
        language = chance.choice(list(versions))
        whole = versions[language]
        versions[language] = whole[: len(whole) // 3] + whole[len(whole) * 2 // 3 :]
    names = _united(joined)
    return {
        language: [replace(s, block=names.get(s.block, s.block)) for s in sentences]
        for language, sentences in versions.items()
    }


def _unrelated(cases: Sequence[Case], chance: random.Random) -> dict[str, list[Sentence]]:
    shown = random.Random(f"{cases[0]['id']}|unrelated")
    parted = shown.random() < 0.5
    numbered = parted and shown.random() < 0.7
    result = {}
    for k, language in enumerate(cases[0]["sentences"]):
        texts = cases[k % len(cases)]["sentences"][language]
        size = min(len(texts), chance.choice((3, 8, 20, 40)))
        at = chance.randrange(len(texts) - size + 1)
        result[language] = [
            Sentence(text, f"{language} {at} {n}", False, chance.random() < 0.5 and parted, None)
            for n, text in enumerate(texts[at : at + size])
        ]
    return {k: _counted(v) for k, v in result.items()} if numbered else result


def _counted(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Return *sentences* with the number of the paragraph that each one begins."""
    numbers = map(str, count(1))
    return [replace(s, label=next(numbers) if s.start else None) for s in sentences]


class _Disturbed:
    """One language's version; `joined` collects blocks that became one sentence."""

    def __init__(
        self,
        case: Case,
        foreign: Case,
        kind: str,
        seed: int,
        language: str,
        joined: list[tuple[str, str]],
    ) -> None:
        self.case, self.kind, self.language, self.joined = case, kind, language, joined
        self.chance = random.Random(f"{case['id']}|{kind}|{seed}|{language}")
        self.strange = foreign["sentences"][language]
        shared = random.Random(f"{case['id']}|{kind}|{seed}")
        self.keeps_labels = shared.random() < 0.5
        # A reader may miss all headings of one version.
        self.keeps_heads = shared.random() < 0.5 and self.chance.random() < 0.9
        numbering = random.Random(f"{case['id']}|{kind}|{seed}|numbers")
        self.numbered = numbering.random() < 0.4
        self.counts_anew = self.numbered and numbering.random() < 0.3
        self.sentences: list[Sentence] = []
        blocks: dict[str, list[str]] = {}
        sides = zip(case["sentences"][language], case["blocks"][language], strict=True)
        for text, block in sides:
            blocks.setdefault(str(block), []).append(text)
        for number, (name, members) in enumerate(blocks.items(), start=1):
            self._insert(name)
            if kind == "plain" or self.chance.random() >= 0.05:
                self._add(name, members, number)
        if self.counts_anew:
            self.sentences = _counted(self.sentences)

    def _insert(self, name: str) -> None:
        if self.kind != "plain" and self.chance.random() < 0.03:
            at = self.chance.randrange(len(self.strange))
            count = self.chance.choice((1, 1, 2))
            for k, text in enumerate(self.strange[at : at + count]):
                block = f"foreign {self.language} {name}"
                self.sentences.append(Sentence(text, block, False, k == 0, None))

    def _add(self, name: str, members: list[str], number: int) -> None:
        head = self.keeps_heads and self.case["tags"].get(name, "p").startswith("h")
        head = head and self.chance.random() < 0.9
        found = find_label(members[0], head=head) if self.keeps_labels else None
        label = str(number) if self.numbered else found.number if found else None
        merged = (
            self.kind in ("paragraphs", "noisy")
            and self.chance.random() < 0.08
            and bool(self.sentences)
            and not self.sentences[-1].block.startswith("foreign")
        )
        split = 0
        if len(members) > 1 and self.chance.random() < 0.08:
            split = self.chance.randrange(1, len(members))
        if merged and not ENDS.search(self.sentences[-1].text):
            before = self.sentences.pop()
            self.joined.append((before.block, name))
            joiner = "" if self.language == "ja" else " "
            text = before.text + joiner + members[0]
            self.sentences.append(replace(before, text=text, head=False))
            first = 1
        else:
            first = 0
        for k, text in enumerate(members[first:], first):
            start = (k == 0 and not merged) or (self.kind == "paragraphs" and k == split > 0)
            self.sentences.append(
                Sentence(
                    text, name, head and not merged, start, label if start and k == 0 else None
                )
            )


def _united(joined: Sequence[tuple[str, str]]) -> dict[str, str]:
    """One name for all blocks that became one somewhere."""
    names: dict[str, str] = {}

    def root(name: str) -> str:
        while name in names:
            name = names[name]
        return name

    for first, second in joined:
        if root(first) != root(second):
            names[root(second)] = root(first)
    return {name: root(name) for name in names}


def describe(sentences: Sequence[Sentence], vectors: Vectors, *, flat: bool) -> Units:
    """Return what the evidence needs to know; a *flat* text shows no paragraphs."""
    return Units.of(
        [s.text for s in sentences],
        vectors,
        [s.start and not flat for s in sentences],
        [s.head and not flat for s in sentences],
        [None if flat else s.label for s in sentences],
    )


def known(
    source: Sequence[Sentence], target: Sequence[Sentence]
) -> tuple[Masks, tuple[NDArray[np.bool_], NDArray[np.bool_]]]:
    """Return which beads, and which gaps on each side, a right path may use.

    A bead never crosses a block, and is known as a whole where one side of the block is a single
    sentence.
    """
    left, right = [s.block for s in source], [s.block for s in target]
    fixed = {
        block
        for block in set(left) & set(right)
        if min(left.count(block), right.count(block)) == 1
        and max(left.count(block), right.count(block)) <= 4
        and _together(left, block)
        and _together(right, block)
    }
    masks: Masks = {}
    for m, n in SIZES:
        if m <= len(left) and n <= len(right):
            rows, whole = _spans(left, m, fixed)
            columns, full = _spans(right, n, fixed)
            mask = np.array([[x is not None and x == y for y in columns] for x in rows])
            masks[m, n] = mask & whole[:, None] & full[None, :]
    return masks, (
        np.array([x not in fixed for x in left]),
        np.array([y not in fixed for y in right]),
    )


def _spans(
    blocks: Sequence[str], size: int, fixed: set[str]
) -> tuple[list[str | None], NDArray[np.bool_]]:
    """The block of every span, if it is one, and whether the span has all of a fixed block."""
    spans = [
        blocks[i] if len(set(blocks[i : i + size])) == 1 else None
        for i in range(len(blocks) - size + 1)
    ]
    return spans, np.array([x not in fixed or blocks.count(x) == size for x in spans])


def _together(blocks: Sequence[str], block: str) -> bool:
    first, count = blocks.index(block), blocks.count(block)
    return blocks[first : first + count] == [block] * count
