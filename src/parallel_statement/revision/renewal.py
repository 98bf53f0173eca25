"""`update`: an older result and the versions as they are now in, a parallel text out.

What did not change is locked where it was; the aligner does the rest between the locks. Then
the beads that stayed get back their ids, posteriors and statuses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from parallel_statement.alignment import align
from parallel_statement.encoders.base import Encoder, Progress
from parallel_statement.errors import ParallelStatementError
from parallel_statement.locking import in_reading_order
from parallel_statement.model import LanguageTag, Lock, Metadata, ParallelText, Version
from parallel_statement.revision.changes import (
    BeadChange,
    SegmentChange,
    bead_changes,
    segment_changes,
)
from parallel_statement.revision.keeping import Keeping
from parallel_statement.revision.matching import match


@dataclass(frozen=True, slots=True)
class Revision:
    """A text that was aligned again, and what changed."""

    text: ParallelText
    kept: int
    """Number of sentence beads that stayed as they were."""
    languages_added: tuple[LanguageTag, ...]
    languages_removed: tuple[LanguageTag, ...]
    segments: tuple[SegmentChange, ...]
    """Of the versions that were there before and are there now."""
    beads: tuple[BeadChange, ...]


def update(
    previous: ParallelText,
    versions: Sequence[Version],
    encoder: Encoder | None = None,
    *,
    metadata: Metadata | None = None,
    progress: Progress | None = None,
    locks: Sequence[Lock] | None = None,
    weights: Path | None = None,
) -> Revision:
    """Return *versions* aligned as in *previous* where they did not change, and anew elsewhere.

    A bead stays if the words of its segments are the same in every version that it had, and if
    nothing came into the place of its gaps.

    Args:
        previous: An earlier result for the same document.
        versions: As they are now; one may be new, or gone.
        encoder: As for `align`.
        metadata: Carried into the result.
        progress: Called as sentences are encoded.
        locks: What a person has decided; it goes before what was. A bead that was locked and
            is not in them is aligned anew. Without them, what was locked stays so.
        weights: As for `align`.

    Raises:
        ParallelStatementError: as `align`; or the two are not of one document.
    """
    if versions and versions[0].document.id != previous.id:
        raise ParallelStatementError(
            f"the earlier result is of {previous.id!r}, the texts are {versions[0].document.id!r}"
        )
    before = {version.language: version for version in previous.versions}
    matchings = {v.language: match(before[v.language], v) for v in versions if v.language in before}
    keeping = Keeping(previous, versions, matchings, locks)
    fixed = (*keeping.decided, *keeping.locks)
    text = align(
        versions, encoder, metadata=metadata, progress=progress, locks=fixed, weights=weights
    )
    text = replace(text, locks=in_reading_order(keeping.decided, versions))
    text, stayed = keeping.restore(text)
    return Revision(
        text,
        sum(bead.id in stayed for bead in text.sentences.beads),
        tuple(v.language for v in versions if v.language not in before),
        tuple(tag for tag in before if tag not in matchings),
        tuple(change for matching in matchings.values() for change in segment_changes(matching)),
        tuple(bead_changes(previous, text, stayed, matchings)),
    )
