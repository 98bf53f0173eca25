"""Texts side by side: beads, locks, moved passages, and how a result came about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from parallel_statement.model.documents import (
    LanguageTag,
    Level,
    Range,
    Version,
)

Status = Literal["automatic", "locked"]

DOUBTFUL = 0.8
"""Posterior below which a person should look at a bead."""


@dataclass(frozen=True, slots=True)
class Bead:
    """The segments, in every language, that render the same content; an empty range is a gap."""

    id: str
    ranges: Mapping[LanguageTag, Range]
    posterior: float
    """Probability that the bead is right, given the texts."""
    status: Status = "automatic"

    @property
    def kind(self) -> str:
        """Sizes in the order of the versions, such as ``1-1-2``."""
        return "-".join(str(r.size) for r in self.ranges.values())

    @property
    def doubtful(self) -> bool:
        """Whether a person should look at the bead."""
        return self.posterior < DOUBTFUL

    @property
    def gaps(self) -> tuple[LanguageTag, ...]:
        """The languages that have nothing here."""
        return tuple(language for language, r in self.ranges.items() if not r.size)


@dataclass(frozen=True, slots=True)
class PairBead:
    """The finest bead of two versions, inside one n-way bead."""

    id: str
    source: Range
    target: Range
    posterior: float
    status: Status = "automatic"

    @property
    def kind(self) -> str:
        """Sizes of both sides, such as ``2-1``."""
        return f"{self.source.size}-{self.target.size}"


@dataclass(frozen=True, slots=True)
class Alignment:
    """The beads of one level; they partition every version, in order."""

    level: Level
    beads: tuple[Bead, ...]
    pairs: Mapping[tuple[LanguageTag, LanguageTag], tuple[PairBead, ...]]


@dataclass(frozen=True, slots=True)
class Move:
    """A passage that probably stands at several places: proposed, and applied nowhere.

    In the beads it is a gap at each place: no bead holds sentences of two of them.
    """

    id: str
    places: tuple[Mapping[LanguageTag, Range], ...]
    """The sentences of the versions that have it there; two places or more, no version at two."""
    posterior: float
    """Probability that it is one passage."""

    @property
    def ranges(self) -> Mapping[LanguageTag, Range]:
        """Its sentences in every version that has it."""
        return {language: r for place in self.places for language, r in place.items()}


@dataclass(frozen=True, slots=True)
class Lock:
    """What a person has decided about segments: an aligner's boundary, never its suggestion."""

    level: Level
    segments: Mapping[LanguageTag, tuple[str, ...]]
    """Ids of neighbouring segments, in order. An empty tuple: this version has nothing here; a
    version that is not named is free."""
    together: bool = True
    """Whether the segments make up one bead, or no two of them may correspond."""
    by: str = ""
    """Who decided it."""
    note: str = ""
    date: str = ""
    """ISO 8601."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """How a result came about; travels into TEI, the page and JSON."""

    version: str
    encoder: str
    weights: str
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VersionMetadata:
    """What is known of one language's version."""

    title: str
    status: str = ""
    """Official text, unofficial working translation, ... in the words of the metadata file."""
    source: str = ""
    source_url: str = ""
    publisher: str = ""
    responsible: str = ""
    """Who translated or transcribed it."""
    licence: str = ""
    licence_url: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a document, from the metadata file beside the texts."""

    title: str = ""
    date: str = ""
    """ISO 8601."""
    place: str = ""
    issuers: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    publisher: str = ""
    """Who publishes the encoding."""
    licence: str = ""
    licence_url: str = ""
    identifier: str = ""
    versions: Mapping[LanguageTag, VersionMetadata] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ParallelText:
    """The versions of one document, aligned on two levels."""

    id: str
    versions: tuple[Version, ...]
    paragraphs: Alignment
    sentences: Alignment
    provenance: Provenance
    metadata: Metadata = field(default_factory=Metadata)
    notices: tuple[str, ...] = ()
    """What the reader of a result must know: a missing version, texts that hardly match."""
    moves: tuple[Move, ...] = ()
    """Passages that may have been moved; no two share a sentence."""
    locks: tuple[Lock, ...] = ()
    """What a person had decided of the alignment, in the order of the text."""

    @property
    def languages(self) -> tuple[LanguageTag, ...]:
        """The languages in order."""
        return tuple(version.language for version in self.versions)

    def version(self, language: LanguageTag) -> Version:
        """Return the version in *language*.

        Raises:
            KeyError: there is none.
        """
        for version in self.versions:
            if version.language == language:
                return version
        raise KeyError(language)

    def alignment(self, level: Level) -> Alignment:
        """Return the alignment of one level."""
        return self.paragraphs if level == "paragraph" else self.sentences

    def pair(
        self, source: LanguageTag, target: LanguageTag, level: Level = "sentence"
    ) -> tuple[PairBead, ...]:
        """Return the finest beads of two versions, in either order of their names."""
        pairs = self.alignment(level).pairs
        if (source, target) in pairs:
            return pairs[source, target]
        return tuple(
            PairBead(bead.id, bead.target, bead.source, bead.posterior, bead.status)
            for bead in pairs[target, source]
        )
