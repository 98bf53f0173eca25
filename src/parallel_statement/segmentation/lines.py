"""Line breaks that a reader kept: which of them end a sentence, and which are wraps."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from parallel_statement.segmentation.labels import find_label

_BULLET = re.compile(r"[・●○■□◆◇※•‣⁃▪◦*–—-](?=\s|[^\s\d\W])")
_ENDS_OPEN = re.compile(r"[,、，(（「『“«-]$")
_ENDS_ITEM = re.compile(r"[:：;；]$")
_HEAD_LENGTH = 60
_DELIBERATE = 0.6  # a line shorter than this share of the longest was broken on purpose


def hard_breaks(text: str) -> list[int]:
    """Return the offsets of the line breaks in *text* that end a sentence whatever precedes."""
    if "\n" not in text:
        return []
    lines = text.split("\n")
    width = max(len(line.strip()) for line in lines)
    breaks: list[int] = []
    position = 0
    for line, following in pairwise(lines):
        position += len(line)
        if _is_hard(line.strip(), following.strip(), width):
            breaks.append(position)
        position += 1
    return breaks


def _is_hard(line: str, following: str, width: int) -> bool:
    """Return whether the break between *line* and *following* was meant."""
    if not line or not following:
        return True
    if _is_item(following):
        return not _ENDS_OPEN.search(line) or _is_item(line)
    if _is_filled(line, following, width):
        return False
    if _ENDS_ITEM.search(line) and not following[0].islower():
        return True
    return _is_head(line, following) or _is_short(line, following, width)


def _is_item(line: str) -> bool:
    """Return whether *line* begins like an item of a list."""
    return bool(_BULLET.match(line)) or find_label(line) is not None


def _is_filled(line: str, following: str, width: int) -> bool:
    """Return whether the next line's first word would not have fitted: then it is a wrap."""
    word = following.split(maxsplit=1)[0] if " " in line else following[:1]
    return len(line) + len(word) >= width


def _is_head(line: str, following: str) -> bool:
    """Return whether *line* is a heading run in with its text: labelled, short, without a stop."""
    return (
        len(line) <= _HEAD_LENGTH
        and (find_label(line) is not None or line.isupper())
        and not following[0].islower()
        and _ends_with_content(line)
    )


def _is_short(line: str, following: str, width: int) -> bool:
    """Return whether *line* is broken far before the margin, and a new sentence may follow."""
    return (
        len(line) < _DELIBERATE * width and not following[0].islower() and _ends_with_content(line)
    )


def _ends_with_content(line: str) -> bool:
    """Return whether *line* ends like a name or noun, not in the middle of a phrase."""
    last = line[-1]
    hiragana = "HIRAGANA" in unicodedata.name(last, "")
    return not hiragana and (last.isalnum() or last in ')）]］」』”"»’%％')
