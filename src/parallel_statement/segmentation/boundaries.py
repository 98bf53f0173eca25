"""Where sentences end: every run of terminators is a place that `decision` judges."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parallel_statement.languages.base import SegmentationRules
from parallel_statement.segmentation.decision import is_end
from parallel_statement.segmentation.lines import hard_breaks
from parallel_statement.segmentation.places import Place, run_of
from parallel_statement.segmentation.protection import outermost_pairs

_FOOTNOTE = re.compile(
    r"\s?\[(?:\d{1,3}|[a-z*†])\]|[⁰¹²³⁴-⁹]+(?:[,⁾]?[⁰¹²³⁴-⁹]+)*|[*†‡]+(?=\s|$)|\(\d{1,2}\)(?=\s|$)"
    r"|[（(〔［]?[注註](?:釈)?\s?\d{0,3}[）)〕］]|※\d{1,2}(?=\s|$)"
)


def cut(text: str, rules: SegmentationRules) -> list[tuple[int, int]]:
    """Return the sentences of *text* as pairs of offsets, without white space at their borders."""
    sentences: list[tuple[int, int]] = []
    begin = 0
    for end in (*hard_breaks(text), len(text)):
        piece = text[begin:end]
        start = 0
        for stop in (*_ends(piece, rules), len(piece)):
            body = piece[start:stop]
            if body.strip():
                left = begin + start + len(body) - len(body.lstrip())
                sentences.append((left, left + len(body.strip())))
            start = stop
        begin = end
    return sentences


def _ends(text: str, rules: SegmentationRules) -> Iterator[int]:
    """Yield the offsets in *text* after which a new sentence begins."""
    run, closing = run_of(rules), frozenset(rules.closers)
    pairs = outermost_pairs(text, rules)
    marks = {pair.closing for pair in pairs}
    openings = {pair.opening for pair in pairs}
    start = len(text) - len(text.lstrip())
    passed = index = 0
    for match in run.finditer(text):
        stop = match.start()
        if stop < passed:
            continue
        while index < len(pairs) and pairs[index].closing < stop:
            index += 1
        inside = index < len(pairs) and pairs[index].opening < stop
        enclosing = pairs[index] if inside else None
        end, last = _cluster(text, match, run, closing, marks, openings)
        if enclosing and end <= enclosing.closing:
            continue
        passed = end
        following = end
        while following < len(text) and text[following].isspace():
            following += 1
        place = Place(text, rules, start, stop, last, end, following, enclosing)
        if following < len(text) and is_end(place):
            yield end
            start = following


def _cluster(
    text: str,
    match: re.Match[str],
    run: re.Pattern[str],
    closing: frozenset[str],
    marks: set[int],
    openings: set[int],
) -> tuple[int, str]:
    """Return where the cluster ends that begins with *match*, and its last terminators."""
    end, last = match.end(), match[0]
    while True:
        more = run.match(text, end)
        note = _FOOTNOTE.match(text, end)
        if more:
            end, last = more.end(), more[0]
        elif note and not (note[0][0].isspace() and note.end() == len(text)):
            end = note.end()
        elif text[end : end + 1] in closing and end < len(text) and end not in openings:
            end += 1
            last = ""
        elif text[end : end + 1] in ("\u00a0", "\u202f", " ") and end + 1 in marks:
            end += 2
            last = ""
        else:
            return end, last
