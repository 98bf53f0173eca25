"""What is read of a text in any TEI, as it grows: characters, blocks, marks, places of ids."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from parallel_statement.formats.tei.markup import TEI
from parallel_statement.languages.base import Language
from parallel_statement.model import Block, Layout, Mark, Span

LEFT_OUT = {
    "note": "note",
    "fw": "running head",
    "del": "deletion",
    "corr": "correction",
    "reg": "regularisation",
    "expan": "expansion",
    "figure": "figure",
    "figDesc": "figure",
}
"""Element whose words are no part of the text: what it is called."""
_PLURAL = "s"


@dataclass(slots=True)
class Transcript:
    """What was found in one text."""

    language: Language
    parts: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    sentences: list[tuple[Span, ...]] = field(default_factory=list)
    """For each block its sentences, if they are marked."""
    labels: list[tuple[Span, str] | None] = field(default_factory=list)
    """For each block its label and its value, if it is marked."""
    marks: list[Mark] = field(default_factory=list)
    layout: list[Layout] = field(default_factory=list)
    places: dict[str, tuple[str, Span]] = field(default_factory=dict)
    """By ``xml:id``: the element's name, and where it stands."""
    terms: list[tuple[etree._Element, Span]] = field(default_factory=list)
    """Each ``term``, and where it stands."""
    breaks: list[int] = field(default_factory=list)
    """Where a line end stands for an element that has no characters."""
    omitted: Counter[str] = field(default_factory=Counter)

    @property
    def text(self) -> str:
        """All that was read so far."""
        return "".join(self.parts)

    def add(self, words: str) -> None:
        """Add characters."""
        self.parts.append(words)
        self.length += len(words)

    def add_page(self, node: etree._Element) -> None:
        """Add the page break *node*."""
        place = Span(self.length, self.length)
        number = node.get("n")
        self.marks.append(Mark("pb", place, {"n": number} if number else {}))

    @property
    def omissions(self) -> tuple[str, ...]:
        """What was left out, in words."""
        return tuple(
            f"{count} {name}{_PLURAL if count > 1 else ''}"
            for name, count in sorted(self.omitted.items())
        )


def name_of(node: etree._Element) -> str:
    """Return the name of a TEI element; nothing for a comment or an element of another kind."""
    tag = node.tag
    return tag.removeprefix(f"{{{TEI}}}") if isinstance(tag, str) else ""
