"""Segments that go on with the sentence of the segment before them.

Any splitter breaks some sentences ("in Art. | 6(a) of this licence", "the file | debian/rules").
Such a fragment has hardly a meaning of its own, so its vector leads nowhere; that it is one can be
read off the characters on both sides of the break.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

_OPENING = "\"'“‘«‹„([{<*_–—-… "
_FINAL = "。！？"
"""Marks after which a sentence is over, whatever follows; a full stop also ends abbreviations."""
_LISTED = re.compile(r"[;:,]\s*(?:\w{1,3}(?:/\w{1,3})?)?\s*$")
"""The end of an item of a list ("…; and/or"): the next one often begins with a small letter."""
_ABBREVIATED = re.compile(r"(?:^|[\s('’\"«])(?:[^\W\d_]{1,2}|[A-Z][^\W\d_]{2,3})\.$")
_LABEL = re.compile(r"\d+(?:\.\d+)*[.)]?(?:\s|$)")


def torn(texts: Sequence[str]) -> NDArray[np.bool_]:
    """Return which of *texts* seem to go on with the sentence of the one before."""
    found = [False, *(_goes_on(before, text) for before, text in pairwise(texts))]
    return np.array(found[: len(texts)], dtype=np.bool_)


def _goes_on(before: str, text: str) -> bool:
    before, first = before.rstrip(), text.lstrip(_OPENING)
    if not any(character.isalnum() for character in text):
        return True
    if first[:1].islower():
        return before[-1:] not in _FINAL and not _LISTED.search(before)
    return first[:1].isdigit() and bool(_ABBREVIATED.search(before)) and not _LABEL.match(first)
