"""What a sentence bead holds in one version: the cells of every table-like format."""

from __future__ import annotations

from dataclasses import dataclass

from parallel_statement.languages import get
from parallel_statement.model import LanguageTag, ParallelText, Range, Version


@dataclass(frozen=True, slots=True)
class Column:
    """One version with its sentences laid out, ready to be asked for many beads."""

    language: LanguageTag
    heading: str
    """Name of the language, and its tag."""
    joiner: str
    ids: tuple[str, ...]
    """Of the sentences; so are `texts`."""
    texts: tuple[str, ...]

    def text(self, extent: Range) -> str:
        """Return the text of the sentences in *extent*, joined as the language joins them."""
        return self.joiner.join(self.texts[extent.start : extent.stop])

    def segments(self, extent: Range) -> str:
        """Return the ids of the sentences in *extent*, with spaces between them."""
        return " ".join(self.ids[extent.start : extent.stop])


def columns(text: ParallelText) -> tuple[Column, ...]:
    """Return the columns of all versions, in their order."""
    return tuple(_column(version) for version in text.versions)


def rounded(posterior: float) -> float:
    """Return *posterior* with the four decimals that every format writes."""
    return round(float(posterior), 4)


def _column(version: Version) -> Column:
    language = get(version.language)
    return Column(
        language=version.language,
        heading=f"{language.name} ({version.language})",
        joiner=language.joiner,
        ids=tuple(sentence.id for sentence in version.sentences),
        texts=tuple(version.text(sentence) for sentence in version.sentences),
    )
