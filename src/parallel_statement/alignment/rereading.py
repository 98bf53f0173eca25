"""Text that is read once more, where a first look leaves open which segments belong together.

The sum of sentence vectors says little about a heading or half a sentence beside a long one. An
encoder that reads both as one text knows better; so does one that reads just the words which the
heading would face on the other side ("Term. The term of ..." against "Durata." alone). That costs
as much as reading the text again, so only what is open is read, within a budget.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parallel_statement.alignment.context import Cosine, Reading, RunIns, Spans, Vectors
from parallel_statement.alignment.lattice import Posteriors, Size
from parallel_statement.alignment.units import Units

Embed = Callable[[Sequence[str]], Vectors]
"""Vectors of texts: `Encoder.encode`."""

_OPEN = 0.02
"""Posterior from which a bead is open."""
_BUDGET = 0.2
"""Characters of spans that are read again, as a share of the text's."""
_SHORT = 0.5
"""Part of several segments' characters that the shortest end has at most."""


@dataclass(frozen=True)
class Texts:
    """The segments of one version as an encoder reads them."""

    segments: Sequence[str]
    joiner: str
    """What stands between two segments: a space, or nothing in Japanese."""

    def joined(self, start: int, size: int) -> str:
        """Return *size* segments as one text."""
        return self.joiner.join(self.segments[start : start + size])


def read_spans(
    units: Sequence[Units],
    texts: Sequence[Texts],
    found: Mapping[tuple[int, int], Posteriors],
    embed: Embed,
) -> list[Spans]:
    """Return the vectors of every version's open spans, as far as the budget goes."""
    chosen = [
        _choose(unit, _interest(version, len(unit), found)) for version, unit in enumerate(units)
    ]
    wanted = [
        text.joined(start, size)
        for text, sizes in zip(texts, chosen, strict=True)
        for size, starts in sizes.items()
        for start in starts
    ]
    vectors = iter(embed(wanted) if wanted else ())
    return [
        Spans(
            {
                size: Reading(np.array(starts), np.stack([next(vectors) for _ in starts]))
                for size, starts in sizes.items()
            }
        )
        for sizes in chosen
    ]


def _interest(
    version: int, length: int, found: Mapping[tuple[int, int], Posteriors]
) -> dict[int, NDArray[np.float64]]:
    """For every span of a version, by size, the posterior of the likeliest bead that has it."""
    interest: dict[int, NDArray[np.float64]] = {}
    for pair, posteriors in found.items():
        if version not in pair:
            continue
        side = pair.index(version)
        for sizes, beads in posteriors.beads.items():
            if sizes[side] > 1:
                here = interest.setdefault(sizes[side], np.zeros(length - sizes[side] + 1))
                np.maximum(here, beads.max(axis=1 - side, initial=0.0), out=here)
    return interest


def _choose(units: Units, interest: Mapping[int, NDArray[np.float64]]) -> dict[int, list[int]]:
    candidates = sorted(
        (-round(float(value), 6), size, start)
        for size, values in interest.items()
        for start, value in enumerate(values)
        if value >= _OPEN
    )
    left = _BUDGET * units.lengths.sum()
    chosen: dict[int, list[int]] = {}
    for _, size, start in candidates:
        left -= units.lengths[start : start + size].sum()
        if left < 0:
            break
        chosen.setdefault(size, []).append(start)
    return {size: sorted(starts) for size, starts in sorted(chosen.items())}


def read_run_ins(
    posteriors: Posteriors,
    texts: tuple[Texts, Texts],
    vectors: tuple[Vectors, Vectors],
    ratio: float,
    embed: Embed,
    cosine: Cosine,
) -> dict[Size, RunIns]:
    """Return how well the short end of several segments fits the part that it would face.

    Args:
        posteriors: Of a first look at the two versions.
        texts: Their segments.
        vectors: Of the segments.
        ratio: Log of how much longer the source's texts are.
        embed: The encoder.
        cosine: As in `Context`.
    """
    found = list(_faced(posteriors, texts, ratio))
    if not found:
        return {}
    read = embed([piece.text for piece in found])
    result: dict[Size, RunIns] = {}
    for size in posteriors.beads:
        mine = [k for k, piece in enumerate(found) if piece.size == size]
        if mine:
            several = 1 if size[0] == 1 else 0
            ends = vectors[several][[found[k].end for k in mine]]
            values = [
                float(cosine(piece[None], end[None])[0, 0])
                for piece, end in zip(read[mine], ends, strict=True)
            ]
            nodes = np.array([found[k].start for k in mine])
            result[size] = RunIns(nodes[:, 0], nodes[:, 1], np.array(values))
    return result


@dataclass(frozen=True)
class _Piece:
    """The part of one segment that the short end of several would face."""

    size: Size
    start: tuple[int, int]
    end: int
    """Number of the short segment."""
    text: str


def _faced(posteriors: Posteriors, texts: tuple[Texts, Texts], ratio: float) -> Iterator[_Piece]:
    for size, beads in posteriors.beads.items():
        if min(size) != 1 or max(size) == 1:
            continue
        one, several = (0, 1) if size[0] == 1 else (1, 0)
        scale = float(np.exp(ratio if one == 0 else -ratio))
        for row, column in np.argwhere(beads >= _OPEN):
            start = int(row), int(column)
            parts = texts[several].segments[start[several] : start[several] + max(size)]
            last = len(parts[-1]) < len(parts[0])
            short = len(parts[-1] if last else parts[0])
            if short <= _SHORT * sum(map(len, parts)):
                yield _Piece(
                    size,
                    start,
                    start[several] + (max(size) - 1 if last else 0),
                    _cut(texts[one].segments[start[one]], round(short * scale), last=last),
                )


def _cut(text: str, length: int, *, last: bool) -> str:
    """About the first (or last) *length* characters of *text*, in whole words if it has spaces."""
    length = max(2, length)
    if " " not in text:
        return text[-length:] if last else text[:length]
    words = text.split(" ")
    taken: list[str] = []
    size = 0.0
    for word in reversed(words) if last else words:
        if taken and size + len(word) / 2 > length:
            break
        taken.append(word)
        size += len(word) + 1
    return " ".join(reversed(taken) if last else taken)
