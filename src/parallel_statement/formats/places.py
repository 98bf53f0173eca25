"""What a person calls a place: by the label that is printed there.

================================  =======================================================
``paragraph 7``                   the paragraph whose printed label is "7."
``unnumbered paragraph after 7``  one without a label
``¶ 9``                           the ninth of a version that has no labels
``paragraph 7 (¶ 9)``             with its place, if the label would name two paragraphs
``title``                         the heading before the text
``heading II``                    a later one; if it has no label: ``heading “Defence”``
``dateline``                      place and date
================================  =======================================================

Two paragraphs of one version never have the same name.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from parallel_statement.model import (
    Bead,
    LanguageTag,
    Level,
    Paragraph,
    ParallelText,
    Span,
    Version,
)

_LONGEST = 24


class Name(NamedTuple):
    """The name of a paragraph."""

    short: str
    """For a table whose column says that these are paragraphs: ``7``."""
    printed: bool
    """Whether it is a label that stands in the text itself."""
    full: str
    """For prose: ``paragraph 7``."""


def paragraph_names(version: Version) -> tuple[Name, ...]:
    """Return the names of the paragraphs of *version*, each a different one."""
    names = list(_names(version))
    shared = Counter(name.short for name in names)
    taken: Counter[str] = Counter()
    body = 0
    for index, (name, paragraph) in enumerate(zip(names, version.paragraphs, strict=True)):
        body += paragraph.kind == "p"
        taken[name.short] += 1
        if shared[name.short] > 1:
            mark = f" (¶ {body})" if paragraph.kind == "p" else f" ({taken[name.short]})"
            names[index] = Name(name.short + mark, name.printed, name.full + mark)
    return tuple(names)


def place_name(version: Version, span: Span) -> str:
    """Return the name of the paragraph in which *span* begins, for prose."""
    begun = [
        name
        for name, paragraph in zip(paragraph_names(version), version.paragraphs, strict=True)
        if paragraph.span.start <= span.start
    ]
    return begun[-1].full if begun else "start"


class BeadNames:
    """The short names of all beads of a text, whichever languages a bead has.

    A bead is called what the first language with a printed label calls the paragraph where the
    bead begins, else what the first language does; ``7 (ja)`` if another place is called so too.
    """

    def __init__(self, text: ParallelText) -> None:
        self._languages = text.languages
        self._names = {v.language: paragraph_names(v) for v in text.versions}
        self._paragraph_of = {
            v.language: [n for n, p in enumerate(v.paragraphs) for _ in p.sentences]
            for v in text.versions
        }
        self._homes: dict[tuple[LanguageTag, int], str] = {}
        self._called: defaultdict[str, set[str]] = defaultdict(set)
        for bead in text.paragraphs.beads:
            for language, segments in bead.ranges.items():
                for index in segments.indices:
                    self._homes[language, index] = bead.id
                    self._called[self._names[language][index].short].add(bead.id)

    def name(self, level: Level, bead: Bead) -> str:
        """Return the name of *bead*, which is one of *level*."""
        present = [
            (language, self._paragraph(level, language, bead))
            for language in self._languages
            if bead.ranges[language].size
        ]
        if not present:
            return ""
        labelled = [each for each in present if self._names[each[0]][each[1]].printed]
        language, index = (labelled or present)[0]
        name = self._names[language][index].short
        unique = self._called[name] <= {self._homes.get((language, index))}
        return name if unique or language == self._languages[0] else f"{name} ({language})"

    def passage(self, bead: Bead) -> str:
        """Return the id of the paragraph bead in which the sentence bead *bead* begins, or ""."""
        language = next(tag for tag in self._languages if bead.ranges[tag].size)
        return self._homes.get((language, self._paragraph("sentence", language, bead)), "")

    def _paragraph(self, level: Level, language: LanguageTag, bead: Bead) -> int:
        start = bead.ranges[language].start
        return start if level == "paragraph" else self._paragraph_of[language][start]


def _names(version: Version) -> Iterator[Name]:
    """Yield the names of the paragraphs of *version*, some of which may be the same."""
    labels = [_printed_label(version, paragraph) for paragraph in version.paragraphs]
    body = [label for label, p in zip(labels, version.paragraphs, strict=True) if p.kind == "p"]
    beside = next((f"before {label}" for label in body if label), "")
    count = 0
    for index, (label, paragraph) in enumerate(zip(labels, version.paragraphs, strict=True)):
        if paragraph.kind == "p":
            count += 1
            beside = f"after {label}" if label else beside
            if label:
                yield Name(label, True, f"paragraph {label}")
            elif beside:
                yield Name(beside, False, f"unnumbered paragraph {beside}")
            else:
                yield _same(f"¶ {count}")
        elif paragraph.kind == "dateline":
            yield _same("dateline")
        elif not label and _opens(version.paragraphs[:index]):
            yield _same("title")
        else:
            yield _same(f"heading {label or _quote(version, paragraph)}")


def _printed_label(version: Version, paragraph: Paragraph) -> str:
    """Return the label as it is printed, without the stop or space after it."""
    printed = version.document.content(paragraph.label) if paragraph.label else ""
    plain = " ".join(unicodedata.normalize("NFKC", printed).split()).rstrip(" .:,、–—-")
    return plain or paragraph.number or ""


def _opens(before: Sequence[Paragraph]) -> bool:
    """Return whether nothing but a dateline stands before."""
    return all(paragraph.kind == "dateline" for paragraph in before)


def _quote(version: Version, paragraph: Paragraph) -> str:
    words = " ".join(version.text(sentence) for sentence in paragraph.sentences)
    return f"“{words}”" if len(words) <= _LONGEST else f"“{words[: _LONGEST - 1].rstrip()}…”"


def _same(name: str) -> Name:
    return Name(name, False, name)
