"""Text under annotations that nest and cross, as a tree that nests only.

Each kind of annotation is a layer; an outer layer is never cut, an inner one only where an outer
border crosses it::

    finding           [=========]
    term         [=========]
    text         a  b  c  d  e  f
    tree         term(a) finding(term(b c) d e) f
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from parallel_statement.model import Span, View

Layer = Literal["finding", "term", "strong", "emphasis", "superscript", "subscript"]

LAYERS: tuple[Layer, ...] = ("finding", "term", "strong", "emphasis", "superscript", "subscript")
"""From the outside in."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """Something to show on a stretch of a version's text."""

    layer: Layer
    span: Span
    """In the version's text."""
    key: str = ""
    """Id of the finding or concept."""
    note: str = ""
    """Severity of the finding or "waived", status of the designation."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """Something to show between two characters: a page break, or a finding's empty span."""

    kind: Literal["pb", "point"]
    offset: int
    """In the version's text."""
    key: str = ""
    """Number of the page that begins here, or id of the finding."""


@dataclass(frozen=True, slots=True)
class Element:
    """Part of the text under the same annotations of one layer."""

    layer: Layer
    keys: tuple[str, ...]
    notes: tuple[str, ...]
    children: tuple[Node, ...]


Node = str | Milestone | Element


def weave(
    view: View, annotations: Sequence[Annotation], milestones: Sequence[Milestone] = ()
) -> tuple[Node, ...]:
    """Return *view* as a tree whose strings, joined in order, are ``view.text``."""
    length = len(view.text)
    in_order = sorted(milestones, key=lambda milestone: milestone.offset)
    stops = [(_index(view, milestone.offset), milestone) for milestone in in_order]
    placed = [(_index(view, a.span.start), _index(view, a.span.end), a) for a in annotations]
    tree = tuple(_nest(view.text, 0, length, LAYERS, placed, stops))
    return tree + tuple(milestone for index, milestone in stops if index == length)


def _index(view: View, offset: int) -> int:
    """Return the first character of *view* at or after *offset* in the source."""
    return bisect_left(view.offsets, offset, hi=len(view.text))


def _nest(
    text: str,
    start: int,
    end: int,
    layers: tuple[Layer, ...],
    placed: list[tuple[int, int, Annotation]],
    stops: list[tuple[int, Milestone]],
) -> Iterator[Node]:
    """Yield the nodes of ``text[start:end]`` under *layers*."""
    if not layers:
        yield from _leaves(text, start, end, stops)
        return
    layer, deeper = layers[0], layers[1:]
    here = [(a, b, note) for a, b, note in placed if note.layer == layer and a < end and b > start]
    inside = {border for a, b, _ in here for border in (a, b) if start < border < end}
    for left, right in pairwise(sorted({start, end} | inside)):
        children = _nest(text, left, right, deeper, placed, stops)
        active = [note for a, b, note in here if a <= left and b >= right]
        if active:
            keys = tuple(dict.fromkeys(note.key for note in active if note.key))
            notes = tuple(dict.fromkeys(note.note for note in active if note.note))
            yield Element(layer, keys, notes, tuple(children))
        else:
            yield from children


def _leaves(text: str, start: int, end: int, stops: list[tuple[int, Milestone]]) -> Iterator[Node]:
    """Yield ``text[start:end]``, cut where a milestone stands."""
    position = start
    for index, milestone in stops:
        if start <= index < end:
            if index > position:
                yield text[position:index]
            yield milestone
            position = index
    if position < end:
        yield text[position:end]
