"""Brackets and quotations: spans inside which no sentence ends."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from parallel_statement.languages.base import SegmentationRules

REACH = 600
"""A longer span is taken for a bracket that was never closed, or for a quoted text of its own."""


class Pair(NamedTuple):
    """A bracket or quotation: where its marks stand."""

    opening: int
    closing: int


def outermost_pairs(text: str, rules: SegmentationRules) -> list[Pair]:
    """Return the brackets and quotations of *text* that lie in no other, in order."""
    pairs = [pair for pair in _pairs(text, rules) if pair.closing - pair.opening <= REACH]
    outermost: list[Pair] = []
    for pair in sorted(pairs):
        if not outermost or pair.opening > outermost[-1].closing:
            outermost.append(pair)
    return outermost


@cache
def _marks(rules: SegmentationRules) -> tuple[re.Pattern[str], dict[str, str], dict[str, str]]:
    """Return the pattern of all marks, the closers of each opener, the openers of each closer."""
    closers: dict[str, str] = {}
    openers: dict[str, str] = {}
    for opening, closing in rules.paired:
        closers[opening] = closers.get(opening, "") + closing
        openers[closing] = openers.get(closing, "") + opening
    characters = "".join(sorted({*closers, *openers}))
    return re.compile(f"[{re.escape(characters)}]" if characters else r"(?!)"), closers, openers


def _pairs(text: str, rules: SegmentationRules) -> list[Pair]:
    """Return every pair of marks, nested or not; a mark without a partner has none."""
    pattern, closers, openers = _marks(rules)
    stack: list[tuple[str, int]] = []
    waiting: dict[str, int] = {}  # how many of each opener are on the stack
    pairs: list[Pair] = []
    for match in pattern.finditer(text):
        mark, position = match[0], match.start()
        if mark == "’" and _is_apostrophe(text, position):
            continue
        partners = openers.get(mark, "")
        awaited = any(waiting.get(partner) for partner in partners)
        opens = mark in closers
        if opens and mark in partners:
            opens = _may_open(text, position) if awaited else _has_text(text, position + 1)
        if awaited and not (mark in partners and opens):
            while True:
                opener, opening = stack.pop()
                waiting[opener] -= 1
                if opener in partners:
                    break
            pairs.append(Pair(opening, position))
        elif opens:
            stack.append((mark, position))
            waiting[mark] = waiting.get(mark, 0) + 1
    return pairs


def _is_apostrophe(text: str, position: int) -> bool:
    """Return whether the mark stands between two letters."""
    return text[position - 1 : position].isalpha() and text[position + 1 : position + 2].isalpha()


def _may_open(text: str, position: int) -> bool:
    """Return whether a mark that looks the same at both ends can be the opening one here."""
    before = text[position - 1 : position]
    if not _has_text(text, position + 1):
        return False
    return not before or before.isspace() or before in "([{（「『«“—–-:：、，"


def _has_text(text: str, position: int) -> bool:
    """Return whether a character stands at *position* that is no space."""
    return bool(text[position : position + 1].strip())
