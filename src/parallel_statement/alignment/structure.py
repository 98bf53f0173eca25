"""Evidence from what stands around the words: borders, fragments, numbering, headings.

Every function takes two versions and a bead size (m, n) and returns matrices over the first
segments of all beads of that size, or `NONE`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from parallel_statement.alignment.overlap import NONE, Features, span_sum
from parallel_statement.alignment.units import Units


def borders(
    source: Units, target: Units, m: int, n: int
) -> tuple[Features, Features, Features, Features]:
    """Return paragraph borders: agreeing starts, agreeing ends, one-sided ones, ones inside."""
    a, c, inner = _ends(source.starts, m, at_end=1.0)
    b, d, within = _ends(target.starts, n, at_end=1.0)
    a, b, c, d = a[:, None], b[None, :], c[:, None], d[None, :]
    return a * b, c * d, np.abs(a - b) + np.abs(c - d), inner[:, None] + within[None, :]


def fragments(source: Units, target: Units, m: int, n: int) -> tuple[Features, Features]:
    """Return torn sentences: breaks inside the bead, and breaks at one end of one side only."""
    a, c, inner = _ends(source.torn, m, at_end=0.0)
    b, d, within = _ends(target.torn, n, at_end=0.0)
    one_sided = np.abs(a[:, None] - b[None, :]) + np.abs(c[:, None] - d[None, :])
    return inner[:, None] + within[None, :], one_sided


def _ends(
    marked: NDArray[np.bool_], size: int, *, at_end: float
) -> tuple[Features, Features, Features]:
    """For every span: whether its first segment is marked, the one after it, how many inside."""
    marks = marked.astype(np.float32)
    first = marks[: len(marks) - size + 1]
    following = np.append(marks[1:], at_end)[size - 1 :]
    return first, following, span_sum(marks, size) - first


def labels(source: Units, target: Units, m: int, n: int) -> Features:
    """Return 1 where paragraph numbers agree, -1 where they differ, 0 without two numbers."""
    if not (any(source.labels) and any(target.labels)):
        return NONE
    vocabulary = sorted({label for label in source.labels if label})
    codes = {label: code for code, label in enumerate(vocabulary)}
    a = np.array([codes.get(label or "", -1) for label in source.labels])
    b = np.array([codes.get(label, -2) if label else -1 for label in target.labels], dtype=int)
    rows, columns = a[: len(source) - m + 1, None], b[None, : len(target) - n + 1]
    known = (rows != -1) & (columns != -1)
    return np.where(known, np.where(rows == columns, 1, -1), 0).astype(np.float32)


def heads(source: Units, target: Units, m: int, n: int) -> Features:
    """Return up to 1 where headings stand against headings, down to -1 against text."""
    if not (source.heads.any() and target.heads.any()):
        return NONE
    a = span_sum(source.heads.astype(np.float32), m)[:, None] / np.float32(m)
    b = span_sum(target.heads.astype(np.float32), n)[None, :] / np.float32(n)
    return a * b - np.abs(a - b)
