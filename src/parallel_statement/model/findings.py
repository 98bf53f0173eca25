"""What checks find, what a person accepts, and a text with all of that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from parallel_statement.model.alignments import ParallelText
from parallel_statement.model.documents import (
    LanguageTag,
    Occurrence,
    Span,
)
from parallel_statement.model.terms import Glossary, Mention

Severity = Literal["info", "warning", "error"]
SEVERITIES: tuple[Severity, ...] = ("info", "warning", "error")


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding that a person accepts, and why."""

    finding: str
    """Id of the finding when this was written."""
    rule: str
    languages: tuple[LanguageTag, ...]
    """Those at fault."""
    words: Mapping[LanguageTag, tuple[str, ...]]
    """Those of `Finding.words`. A finding that has others is another finding."""
    reason: str
    by: str = ""
    date: str = ""
    """ISO 8601."""
    occurrence: Occurrence | None = None
    """Which one is meant, if several findings of the rule have these words."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A possible fault in the texts, with its proof."""

    id: str
    """Stable while the finding's own place is unchanged; a valid NCName."""
    rule: str
    severity: Severity
    bead: str
    """Id of the n-way bead."""
    spans: Mapping[LanguageTag, tuple[Span, ...]]
    """The exact places: the evidence, and the place at fault (a whole sentence if something
    is missing)."""
    languages: tuple[LanguageTag, ...]
    """The language or languages at fault."""
    expected: str
    found: str
    reason: str
    """One plain sentence for a translator."""
    waiver: Waiver | None = None
    """Of a person who accepts it; it then counts no more."""

    def words(self, text: ParallelText) -> dict[LanguageTag, tuple[str, ...]]:
        """Return the words of *text* by which the finding is known again.

        In the languages at fault they are the sentences at its places, in the others the places
        themselves: what else stands there may change.
        """
        words = {}
        for language, places in self.spans.items():
            version = text.version(language)
            spans = version.sentences_at(places) if language in self.languages else places
            said = tuple(filter(None, (version.document.content(span) for span in spans)))
            if said:
                words[language] = said
        return words


@dataclass(frozen=True, slots=True)
class CheckedText:
    """All that a writer may show: an aligned text with its terms and findings."""

    text: ParallelText
    glossary: Glossary | None = None
    mentions: Mapping[LanguageTag, tuple[Mention, ...]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    date: str | None = None
    """ISO 8601 date to write as that of the encoding; none is written without it."""
