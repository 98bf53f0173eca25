"""What the styles and the numbering of a Word document say of a paragraph.

Names of built-in styles are the same in every language ("heading 1"), their ids are not.
Counting follows ECMA-376, part 1, section 17.9.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from parallel_statement.formats.numbering import WORD_FORMATS

_HEADING = re.compile(r"heading [1-9]|title|subtitle", re.IGNORECASE)
_NAMESPACES = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
)
_PLACE = re.compile(r"%([1-9])")


def word_name(element: Any) -> str:
    """Return the name of a WordprocessingML *element*, or "" if it is none."""
    tag = element.tag
    if isinstance(tag, str):
        for namespace in _NAMESPACES:
            if tag.startswith(namespace):
                return tag[len(namespace) :]
    return ""


def child(element: Any, *names: str) -> Any:
    """Return the descendant of *element* at the path *names*, or None."""
    for name in names:
        if element is None:
            return None
        element = next((c for c in element if word_name(c) == name), None)
    return element


def attribute(element: Any, name: str = "val") -> str | None:
    """Return a WordprocessingML attribute of *element*, or None."""
    if element is None:
        return None
    for namespace in _NAMESPACES:
        value = element.get(namespace + name)
        if value is not None:
            return str(value)
    return None


def is_on(element: Any) -> bool:
    """Return whether a toggle such as ``w:b`` is there and not switched off."""
    return element is not None and attribute(element) not in ("0", "false", "off", "none")


def _integer(value: str | None) -> int | None:
    return int(value) if value and re.fullmatch(r"-?\d{1,9}", value) else None


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    base: str | None
    element: Any


class Styles:
    """The styles of a document."""

    def __init__(self, root: Any | None) -> None:
        self._styles: dict[str, _Style] = {}
        for element in () if root is None else root:
            identifier = attribute(element, "styleId")
            if word_name(element) == "style" and identifier is not None:
                name = attribute(child(element, "name")) or ""
                base = attribute(child(element, "basedOn"))
                self._styles[identifier] = _Style(name, base, element)

    def _chain(self, identifier: str | None) -> list[tuple[str, _Style]]:
        """Return a style and those that it is based on."""
        chain: list[tuple[str, _Style]] = []
        seen: set[str] = set()
        while identifier in self._styles and identifier not in seen:
            seen.add(identifier)
            chain.append((identifier, self._styles[identifier]))
            identifier = self._styles[identifier].base
        return chain

    def is_heading(self, identifier: str | None) -> bool:
        """Return whether paragraphs of a style are headings."""
        for _, style in self._chain(identifier):
            level = _integer(attribute(child(style.element, "pPr", "outlineLvl")))
            if _HEADING.fullmatch(style.name) or (level is not None and level < 9):
                return True
        return False

    def run_property(self, identifier: str | None, name: str) -> Any | None:
        """Return the element *name* of the run properties of a style."""
        for _, style in self._chain(identifier):
            found = child(style.element, "rPr", name)
            if found is not None:
                return found
        return None

    def numbering(self, identifier: str | None) -> tuple[str, Any] | None:
        """Return the style in the chain that has a numbering, and that numbering."""
        for style_id, style in self._chain(identifier):
            found = child(style.element, "pPr", "numPr")
            if found is not None:
                return style_id, found
        return None


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    format: str
    text: str
    style: str | None
    legal: bool


@dataclass(slots=True)
class _Number:
    """A ``w:num``: a list's numbers, with its own start values."""

    abstract: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, _Level] = field(default_factory=dict)


class Numbering:
    """Counts the numbered paragraphs of a document, in order."""

    def __init__(self, root: Any | None, styles: Styles) -> None:
        self._styles = styles
        self._levels: dict[str, dict[int, _Level]] = {}
        self._links: dict[str, str] = {}
        self._numbers: dict[str, _Number] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._used: set[tuple[str, int]] = set()
        for element in () if root is None else root:
            if word_name(element) == "abstractNum":
                identifier = attribute(element, "abstractNumId") or ""
                self._levels[identifier] = _levels(element)
                link = attribute(child(element, "numStyleLink"))
                if link is not None:
                    self._links[identifier] = link
            elif word_name(element) == "num":
                self._numbers[attribute(element, "numId") or ""] = _number(element)

    def next(self, style: str | None, properties: Any | None) -> str | None:
        """Return the number of the next paragraph, given its style and its ``w:numPr``."""
        inherited = self._styles.numbering(style)
        number_id = attribute(child(properties, "numId"))
        if number_id is None and inherited is not None:
            number_id = attribute(child(inherited[1], "numId"))
        number = self._numbers.get(number_id or "")
        if number_id is None or number is None:
            return None
        abstract = self._linked(number.abstract)
        levels = {**self._levels.get(abstract, {}), **number.levels}
        depth = _integer(attribute(child(properties, "ilvl")))
        if depth is None and inherited is not None:
            own = (i for i, level in levels.items() if level.style == inherited[0])
            depth = next(own, _integer(attribute(child(inherited[1], "ilvl"))))
        depth = depth or 0
        if depth not in levels:
            return None
        counts = self._count(number_id, number, abstract, levels, depth)
        return _shown(levels, counts, depth)

    def _linked(self, abstract: str) -> str:
        """Return the abstract numbering that *abstract* stands for."""
        found = self._styles.numbering(self._links.get(abstract))
        number = self._numbers.get(attribute(child(found[1], "numId")) or "") if found else None
        return number.abstract if number is not None else abstract

    def _count(
        self,
        number_id: str,
        number: _Number,
        abstract: str,
        levels: dict[int, _Level],
        depth: int,
    ) -> dict[int, int]:
        counts = self._counts.setdefault(abstract, {})
        for level in range(depth):
            counts.setdefault(level, levels[level].start if level in levels else 1)
        if depth in number.starts and (number_id, depth) not in self._used:
            counts[depth] = number.starts[depth]
        else:
            counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        self._used.add((number_id, depth))
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        return counts


def _shown(levels: dict[int, _Level], counts: dict[int, int], depth: int) -> str | None:
    """Return the numbers in the text of a level, without what stands around them."""
    level = levels[depth]
    if level.format in ("bullet", "none"):
        return None
    parts = []
    for place in _PLACE.findall(level.text):
        shown = int(place) - 1
        style = "decimal" if level.legal or shown not in levels else levels[shown].format
        parts.append(WORD_FORMATS.get(style, str)(counts.get(shown, 1)))
    return ".".join(parts) or None


def _levels(element: Any) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for one in element:
        depth = _integer(attribute(one, "ilvl"))
        if word_name(one) != "lvl" or depth is None:
            continue
        start = _integer(attribute(child(one, "start")))
        levels[depth] = _Level(
            start=0 if start is None else start,
            format=attribute(child(one, "numFmt")) or "decimal",
            text=attribute(child(one, "lvlText")) or "",
            style=attribute(child(one, "pStyle")),
            legal=is_on(child(one, "isLgl")),
        )
    return levels


def _number(element: Any) -> _Number:
    number = _Number(attribute(child(element, "abstractNumId")) or "")
    for override in element:
        depth = _integer(attribute(override, "ilvl"))
        if word_name(override) != "lvlOverride" or depth is None:
            continue
        start = _integer(attribute(child(override, "startOverride")))
        if start is not None:
            number.starts[depth] = start
        number.levels.update(_levels(override))
    return number
