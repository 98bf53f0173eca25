"""Stretches that overlap in any way, made into elements that nest.

Stretches are placed one after the other, the most important first. One that would cross a border
of those already placed is cut there, so that every pair is nested or apart::

    term        [critical minerals]                  <term>critical <hi>minerals</hi></term>
    hi                   [minerals and energy]       <hi> and energy</hi>
    page break                    ^                  <pb/> stands wherever it falls

Milestones have no extent and cut nothing; where one falls on a border it stands outside.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, pairwise
from types import MappingProxyType
from typing import NamedTuple

from lxml import etree

from parallel_statement.formats.tei.markup import append_characters, grow
from parallel_statement.model import Span

_NOTHING: Mapping[str, str] = MappingProxyType({})


class Stretch(NamedTuple):
    """An element to be, over ``text[start:end]``."""

    name: str
    start: int
    end: int
    attributes: Mapping[str, str] = _NOTHING
    id: str = ""
    """If the element is cut, its parts get this id with ".1", ".2" and point to each other;
    without one the parts are independent."""


class Milestone(NamedTuple):
    """An empty element before ``text[start]``."""

    name: str
    start: int
    attributes: Mapping[str, str] = _NOTHING


def fill(
    parent: etree._Element,
    text: str,
    stretches: Sequence[Stretch] = (),
    milestones: Sequence[Milestone] = (),
) -> None:
    """Append *text* to *parent* with its stretches, earlier ones whole, and its milestones."""
    items: list[Stretch | Milestone] = [*milestones, *nest(stretches)]
    items.sort(key=lambda item: (item.start, isinstance(item, Stretch)))
    opened = [(len(text), parent)]
    position = 0
    for item in items:
        position = _advance(opened, text, position, item.start)
        child = grow(opened[-1][1], item.name, item.attributes)
        if isinstance(item, Stretch):
            opened.append((item.end, child))
    _advance(opened, text, position, len(text))


def _advance(opened: list[tuple[int, etree._Element]], text: str, start: int, stop: int) -> int:
    """Write ``text[start:stop]``, closing what ends on the way; return *stop*."""
    while True:
        end, parent = opened[-1]
        border = min(end, stop)
        append_characters(parent, text[start:border])
        start = border
        if end > stop or len(opened) == 1:
            return stop
        opened.pop()


def nest(stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """Return *stretches*, cut where they cross an earlier one, in document order.

    The order is that of opening: outer before inner. Empty stretches are left out.
    """
    placed: list[tuple[int, Stretch]] = []
    for rank, stretch in enumerate(stretches):
        if stretch.start >= stretch.end:
            continue
        cuts = _cuts(stretch, [other for _, other in placed]) if placed else ()
        placed.extend((rank, part) for part in _parts(stretch, cuts))
    placed.sort(key=lambda item: (item[1].start, -item[1].end, item[0]))
    return tuple(stretch for _, stretch in placed)


def _cuts(stretch: Stretch, placed: Iterable[Stretch]) -> list[int]:
    """Return the places at which *stretch* must be cut, in order, its own borders included."""
    crossed = (
        (other.end,) if other.start < stretch.start else (other.start,)
        for other in placed
        if other.start < stretch.start < other.end < stretch.end
        or stretch.start < other.start < stretch.end < other.end
    )
    return [stretch.start, *sorted(set(chain.from_iterable(crossed))), stretch.end]


def _parts(stretch: Stretch, cuts: Sequence[int]) -> list[Stretch]:
    if len(cuts) <= 2:
        return [stretch]
    borders = list(pairwise(cuts))
    parts = []
    for number, (start, end) in enumerate(borders, 1):
        attributes = dict(stretch.attributes)
        if stretch.id:
            attributes["xml:id"] = f"{stretch.id}.{number}"
            if number > 1:
                attributes["prev"] = f"#{stretch.id}.{number - 1}"
            if number < len(borders):
                attributes["next"] = f"#{stretch.id}.{number + 1}"
        parts.append(stretch._replace(start=start, end=end, attributes=attributes))
    return parts


def locate(offsets: Sequence[int], span: Span) -> tuple[int, int]:
    """Return start and end, in a view with these *offsets*, of a *span* of the source."""
    return index(offsets, span.start), index(offsets, span.end)


def index(offsets: Sequence[int], position: int) -> int:
    """Return the index, in a view with these *offsets*, of the source's character *position*."""
    return min(bisect_left(offsets, position), len(offsets) - 1)
