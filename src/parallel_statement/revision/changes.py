"""What changed between two alignments of one document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Literal, NamedTuple

from parallel_statement.model import Bead, LanguageTag, ParallelText, Sentence, Version
from parallel_statement.revision.matching import Matching


class Passage(NamedTuple):
    """A segment and what it says."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class SegmentChange:
    """A sentence that came, went or was worded anew."""

    kind: Literal["added", "removed", "reworded"]
    language: LanguageTag
    before: Passage | None
    after: Passage | None


@dataclass(frozen=True, slots=True)
class BeadState:
    """A bead of sentences, by the ids of its segments."""

    id: str
    segments: Mapping[LanguageTag, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class BeadChange:
    """A bead of sentences that was aligned anew."""

    kind: Literal["new", "changed", "same", "gone"]
    """Of a "same" one neither the words nor the segments changed, but what stands around it."""
    before: BeadState | None
    after: BeadState | None


def segment_changes(matching: Matching) -> Iterator[SegmentChange]:
    """Yield the changes of one version's sentences, in the order of the text."""
    old, new = matching.old, matching.new
    language = new.language
    known = {**matching.sentences, **matching.reworded}
    ours = {j: i for i, j in known.items()}
    before, after = old.sentences, new.sentences
    done = 0
    for j, sentence in enumerate(after):
        i = ours.get(j)
        if i is None:
            yield SegmentChange("added", language, None, _passage(new, sentence))
            continue
        for each in before[done:i]:
            yield SegmentChange("removed", language, _passage(old, each), None)
        done = i + 1
        if i in matching.reworded:
            passages = _passage(old, before[i]), _passage(new, sentence)
            yield SegmentChange("reworded", language, *passages)
    for each in before[done:]:
        yield SegmentChange("removed", language, _passage(old, each), None)


def bead_changes(
    before: ParallelText,
    after: ParallelText,
    kept: Set[str],
    matchings: Mapping[LanguageTag, Matching],
) -> Iterator[BeadChange]:
    """Yield the changes of the beads of sentences, in the order of the text; lost ones last.

    Args:
        before: The older text.
        after: The newer one.
        kept: The ids of the beads that stayed.
        matchings: Of the versions that both have.
    """
    lost = {bead.id: bead for bead in before.sentences.beads if bead.id not in kept}
    homes: dict[tuple[LanguageTag, int], str] = {}
    for bead in lost.values():
        for language, matching in matchings.items():
            for k in bead.ranges[language].indices:
                matched = matching.sentences.get(k, matching.reworded.get(k))
                if matched is not None:
                    homes[language, matched] = bead.id
    was, now = _States(before), _States(after)
    for bead in after.sentences.beads:
        if bead.id in kept:
            continue
        places = ((tag, k) for tag in matchings for k in bead.ranges[tag].indices)
        shared = Counter(homes[place] for place in places if homes.get(place) in lost)
        if shared:
            old = lost.pop(shared.most_common(1)[0][0])
            same = _same(old, bead, matchings)
            yield BeadChange("same" if same else "changed", was.of(old), now.of(bead))
        else:
            yield BeadChange("new", None, now.of(bead))
    for bead in lost.values():
        yield BeadChange("gone", was.of(bead), None)


def _same(old: Bead, new: Bead, matchings: Mapping[LanguageTag, Matching]) -> bool:
    """Return whether two beads hold the same words in the same segments."""
    return old.ranges.keys() == new.ranges.keys() == matchings.keys() and all(
        [matching.sentences.get(k) for k in old.ranges[tag].indices] == [*new.ranges[tag].indices]
        for tag, matching in matchings.items()
    )


class _States:
    """Names the segments of beads."""

    def __init__(self, text: ParallelText) -> None:
        self._ids = {v.language: [s.id for s in v.sentences] for v in text.versions}

    def of(self, bead: Bead) -> BeadState:
        return BeadState(
            bead.id,
            {tag: tuple(self._ids[tag][r.start : r.stop]) for tag, r in bead.ranges.items()},
        )


def _passage(version: Version, sentence: Sentence) -> Passage:
    return Passage(sentence.id, version.text(sentence))
