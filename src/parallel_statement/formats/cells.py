"""What a sentence bead holds in one version: the cells of every table-like format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parallel_statement.languages import get
from parallel_statement.model import Bead, LanguageTag, Paragraph, ParallelText, Range, Version


@dataclass(frozen=True, slots=True)
class Column:
    """One version with its sentences laid out, ready to be asked for many beads."""

    language: LanguageTag
    heading: str
    """Name of the language, and its tag."""
    joiner: str
    ids: tuple[str, ...]
    """Of the sentences; so are `texts` and `paragraphs`."""
    texts: tuple[str, ...]
    paragraphs: tuple[str, ...]
    """The number of the paragraph that a sentence stands in, or what it is."""

    def text(self, extent: Range) -> str:
        """Return the text of the sentences in *extent*, joined as the language joins them."""
        return self.joiner.join(self.texts[extent.start : extent.stop])

    def segments(self, extent: Range) -> str:
        """Return the ids of the sentences in *extent*, with spaces between them."""
        return " ".join(self.ids[extent.start : extent.stop])


def columns(text: ParallelText) -> tuple[Column, ...]:
    """Return the columns of all versions, in their order."""
    return tuple(_column(version) for version in text.versions)


def paragraph_name(columns: Sequence[Column], bead: Bead) -> str:
    """Return the paragraph where *bead* begins, in the first language that has something there."""
    for column in columns:
        extent = bead.ranges[column.language]
        if extent.size:
            return column.paragraphs[extent.start]
    return ""


def rounded(posterior: float) -> float:
    """Return *posterior* with the four decimals that every format writes."""
    return round(float(posterior), 4)


def _column(version: Version) -> Column:
    language = get(version.language)
    names = _paragraph_names(version.paragraphs)
    return Column(
        language=version.language,
        heading=f"{language.name} ({version.language})",
        joiner=language.joiner,
        ids=tuple(sentence.id for sentence in version.sentences),
        texts=tuple(version.text(sentence) for sentence in version.sentences),
        paragraphs=tuple(
            name
            for name, paragraph in zip(names, version.paragraphs, strict=True)
            for _ in paragraph.sentences
        ),
    )


def _paragraph_names(paragraphs: Sequence[Paragraph]) -> list[str]:
    """Return the paragraphs' own numbers; one without is counted, heads say what they are."""
    names = []
    count = 0
    for paragraph in paragraphs:
        count += paragraph.kind == "p"
        plain = {"head": "title", "dateline": "dateline", "p": str(count)}[paragraph.kind]
        names.append(paragraph.number or plain)
    return names
