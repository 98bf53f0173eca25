"""What there is to say of a bead: the parts of its score, its runner-up, and the same by pairs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from parallel_statement.alignment.evidence import Weighing
from parallel_statement.model import LanguageTag, Level, Lock, PairBead, Range, Status

Part = Literal[
    "meaning",
    "read as one",
    "run-in",
    "lengths",
    "numbers",
    "words",
    "paragraph borders",
    "torn sentences",
    "paragraph numbers",
    "headings",
    "other versions",
    "kind",
]
"""What the features of a bead are about."""

PARTS: Mapping[Part, tuple[str, ...]] = {
    "meaning": (
        "cosine",
        "margin",
        "sure",
        "share",
        "gain",
        "clear_gain",
        "best_cosine",
        "best_margin",
        "best_share",
    ),
    "read as one": ("exact", "exact_gain", "clear_exact_gain"),
    "run-in": ("run_in", "facing"),
    "lengths": ("length", "surprise"),
    "numbers": ("shared_numbers", "lone_numbers"),
    "words": ("words",),
    "paragraph borders": ("starts", "ends", "broken", "inside"),
    "torn sentences": ("mended", "torn"),
    "paragraph numbers": ("labels",),
    "headings": ("heads", "head"),
    "other versions": ("supported", "leaking", "denied", "claimed"),
    "kind": (),
}
"""The features of each part; "kind" is how common beads of a size are, whatever they say."""
_PART_OF: dict[str, Part] = {name: part for part, names in PARTS.items() for name in names}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A bead or gap of two versions' sentences, as the aligner weighs it."""

    source: Range
    target: Range
    """Sentences; an empty range is a gap, wherever it stands."""
    posterior: float
    parts: Mapping[Part, float]
    """What each part adds to the score, which is their sum: the log potential of the bead."""
    features: Mapping[str, float]
    """The features as they are, without weights; `evidence` says what each one means."""
    numbers: tuple[str, ...] = ()
    """Those that both sides have."""
    lone_numbers: tuple[str, ...] = ()
    """Those that one side has and the other has not; empty for a gap."""
    words: tuple[str, ...] = ()
    """In Latin script, those that both sides have."""

    @property
    def score(self) -> float:
        """The log potential."""
        return sum(self.parts.values())


@dataclass(frozen=True, slots=True)
class RunnerUp:
    """The most probable of all beads and gaps that exclude a bead, or a border."""

    bead: Candidate
    instead: tuple[Candidate, ...]
    """What the best alignment with the runner-up has, and the best one without it has not."""
    kept: tuple[Candidate, ...]
    """The other way round: the bead that is explained, and what goes with it."""

    @property
    def differences(self) -> dict[Part, float]:
        """How much each part speaks for the bead (above 0) or for the runner-up (below 0).

        They add up to the log of how much more probable the best alignment with the bead is than
        the best one with the runner-up.
        """
        kept, instead = _sums(self.kept), _sums(self.instead)
        return {part: kept[part] - instead[part] for part in PARTS}


Place = Literal["bead", "start", "end", "gap"]


@dataclass(frozen=True, slots=True)
class PairExplanation:
    """Why two versions stand so in a bead."""

    bead: PairBead
    """With the posterior and the status that it has now."""
    least: Place
    """What is least sure: a bead of sentences as a whole; of paragraphs where it begins or ends, or
    one sentence without a counterpart."""
    candidate: Candidate | None
    """The bead of sentences as it is weighed; None for paragraphs, for what a person has fixed, and
    for what the aligner would never join."""
    runner_up: RunnerUp | None
    """None if nothing else is possible."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a bead was made."""

    id: str
    level: Level
    segments: Mapping[LanguageTag, tuple[str, ...]]
    """Ids of its segments in every version that it is about."""
    posterior: float
    """The smallest, over the pairs, of the product of the pair beads'; 1 if a person fixed it."""
    status: Status
    pairs: Mapping[tuple[LanguageTag, LanguageTag], tuple[PairExplanation, ...]]
    """Of each pair the finest beads inside; none where both versions have nothing."""
    locks: tuple[Lock, ...]
    """What a person has decided about its segments."""
    notices: tuple[str, ...] = ()
    """Where the result that was explained says something else, and why."""

    @property
    def weakest(self) -> tuple[LanguageTag, LanguageTag]:
        """The pair from which the posterior comes."""
        return min(self.pairs, key=self.certainty)

    def certainty(self, pair: tuple[LanguageTag, LanguageTag]) -> float:
        """Return the product of the posteriors of the beads of *pair*."""
        result = 1.0
        for part in self.pairs[pair]:
            result *= part.bead.posterior
        return result


def parts_of(weighing: Weighing) -> dict[Part, float]:
    """Return what each part adds to a score."""
    result: dict[Part, float] = dict.fromkeys(PARTS, 0.0)
    result["kind"] = weighing.bias
    for name, value in weighing.features.items():
        result[_PART_OF[name]] += weighing.weights[name] * value
    return result


def _sums(candidates: Iterable[Candidate]) -> dict[Part, float]:
    result: dict[Part, float] = dict.fromkeys(PARTS, 0.0)
    for candidate in candidates:
        for part, value in candidate.parts.items():
            result[part] += value
    return result
