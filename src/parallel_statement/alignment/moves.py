"""Passages that probably stand at another place in some versions: proposed, never applied.

Beads stand in order, so a moved passage comes out as a gap at one place and an addition at
another. What matches crosswise in a pair of versions (`crossings`) is put together over all
pairs: with the versions that stand in beads with one of its sides, it makes up one proposal ::

    en  |--------|           it stands with en, so one passage is at two places: en and it
    it  |--------|           here, ja there
    ja                |--------|

How likely it is, `likeness` says.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

from parallel_statement.alignment.crossings import Crossing, crossings
from parallel_statement.alignment.likeness import evidence, probability
from parallel_statement.alignment.scene import Pair, Place, Places, Scene
from parallel_statement.locking import Refusals, segment_name
from parallel_statement.model import LanguageTag, Lock, Move, Range, Version

_MOST = 500
"""Matches of all pairs that are put together, those in which most matches."""
_LIKELY = 0.5
"""Posterior from which a passage is proposed."""


@dataclass(frozen=True)
class Proposal:
    """One passage at two places or more."""

    places: Places
    posterior: float


def find(
    versions: Sequence[Version],
    ordered: Sequence[Version],
    scene: Scene,
    locks: Sequence[Lock] = (),
) -> tuple[Move, ...]:
    """Return the passages that probably stand at several places, in the order of the text.

    Args:
        versions: In the order of the result.
        ordered: In the order of the *scene*.
        scene: The versions as they were aligned.
        locks: What a person has decided; a passage with a forbid between two of its places is
            not proposed.
    """
    tags = [version.language for version in versions]
    segments = {version.language: version.sentences for version in versions}
    refusals = Refusals(versions, locks)

    def named(places: Places) -> list[dict[LanguageTag, Range]]:
        by_tag = [{ordered[v].language: r for v, r in place.items()} for place in places]
        in_order = [{tag: place[tag] for tag in tags if tag in place} for place in by_tag]
        return sorted(in_order, key=lambda place: tags.index(next(iter(place))))

    made = {}
    for proposal in propose(scene, lambda places: refusals.refuse(named(places))):
        places = named(proposal.places)
        tag, (start, _) = next(iter(places[0].items()))
        name = segment_name(tag, segments[tag][start], tags)
        identifier = f"{versions[0].document.id}.mv.{name}"
        move = Move(identifier, tuple(places), round(proposal.posterior, 4))
        made[tags.index(tag), start] = move
    return tuple(move for _, move in sorted(made.items()))


def propose(scene: Scene, refused: Callable[[Places], bool]) -> tuple[Proposal, ...]:
    """Return the passages that probably stand at several places; no two share a sentence.

    Args:
        scene: The versions as they were aligned.
        refused: Whether a person does not want to see a proposal again.
    """
    found = [places for places in candidates(scene) if not refused(places)]
    posteriors = probability(evidence(scene, found)).tolist()
    made = [
        Proposal(places, posterior)
        for places, posterior in zip(found, posteriors, strict=True)
        if posterior >= _LIKELY
    ]
    made.sort(key=lambda proposal: (-proposal.posterior, _extents(proposal.places)))
    kept: list[Proposal] = []
    for proposal in made:
        own = dict(_extents(proposal.places))
        if not any(_shared(own, place) for other in kept for place in other.places):
            kept.append(proposal)
    return tuple(kept)


def candidates(scene: Scene) -> list[Places]:
    """Return what matches at several places, however weak the evidence; the strongest first."""
    found = [
        (crossing, pair)
        for pair in scene.pairs
        for crossing in crossings(
            scene.alone(*pair), scene.alone(*reversed(pair)), scene.cosine[pair]
        )
        if scene.passes(pair, (crossing.source, crossing.target))
    ]
    found.sort(key=lambda each: (-each[0].strength, each))
    groups: list[dict[int, Range]] = []
    for crossing, pair in found[:_MOST]:
        _add(scene, groups, _completed(scene, crossing, pair))
    made = (_places(scene, group) for group in groups)
    return [places for places in made if len(places) > 1]


def _completed(scene: Scene, crossing: Crossing, pair: Pair) -> dict[int, Range]:
    """Return *crossing* with the versions that stand beside one of its sides, not both."""
    here = scene.beside(pair[0], crossing.source)
    there = scene.beside(pair[1], crossing.target)
    more = {
        version: r
        for version, r in (here | there).items()
        if (version in here) != (version in there)
    }
    alone = {pair[0]: crossing.source, pair[1]: crossing.target}
    whole = {**more, **alone}
    return whole if _places(scene, whole) else alone


def _add(scene: Scene, groups: list[dict[int, Range]], new: dict[int, Range]) -> None:
    """Join *new* to the group that has sentences of it in two versions; else it is one itself.

    Joined is all that either has of a version; what both have, if beads would join the places else.
    """
    for number, group in enumerate(groups):
        shared = _shared(group, new)
        if len(shared) > 1:
            for combine in (_hull, _common):
                both = {version: combine(group[version], new[version]) for version in shared}
                joined = {**new, **group, **both}
                if _places(scene, joined):
                    groups[number] = joined
                    break
            return
    groups.append(new)


def _shared(one: Place, other: Place) -> list[int]:
    """Return the versions of which both have the same sentences, or some of them."""
    return [
        version
        for version, r in one.items()
        if version in other and r.start < other[version].stop and other[version].start < r.stop
    ]


def _common(one: Range, other: Range) -> Range:
    return Range(max(one.start, other.start), min(one.stop, other.stop))


def _hull(one: Range, other: Range) -> Range:
    return Range(min(one.start, other.start), max(one.stop, other.stop))


def _places(scene: Scene, group: Place) -> Places:
    """Return the versions that stand together; nothing if they do so in a part only."""
    places: list[dict[int, Range]] = []
    for version, sentences in sorted(group.items()):
        beside = scene.beside(version, sentences)
        own = [place for place in places if _shared(place, beside)]
        places = [place for place in places if place not in own]
        places.append({key: r for place in own for key, r in place.items()} | {version: sentences})
    for one, other in combinations(places, 2):
        if any(version in other for key, r in one.items() for version in scene.beside(key, r)):
            return ()
        if any(version in one for key, r in other.items() for version in scene.beside(key, r)):
            return ()
    return tuple(sorted(places, key=min))


def _extents(places: Places) -> list[tuple[int, Range]]:
    return sorted(item for place in places for item in place.items())
