"""`explain`: why a bead was made, how sure the aligner is, and what else could stand there.

The score of a bead is the sum of its features times their weights (`evidence`); an alignment of two
versions is as probable as e to the power of its beads' scores. So two alignments may be compared
term by term. Here the best alignment that has the bead is set against the best one that has its
runner-up; what both have cancels out::

    with the bead        en 0 ~ ja 0    en 1 ~ ja 1
    with its runner-up   en 0 ~ ja 0    en 1 alone  ja 1 alone

The runner-up is the most probable of all beads and gaps that exclude the bead (`rivals`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from math import prod
from pathlib import Path

from parallel_statement.alignment import lattice, rivals
from parallel_statement.alignment.fixed import Fixed
from parallel_statement.alignment.preparation import Prepared, prepare
from parallel_statement.alignment.reasons import (
    Candidate,
    Explanation,
    PairExplanation,
    Place,
    RunnerUp,
)
from parallel_statement.alignment.view import View, views
from parallel_statement.encoders.base import Encoder
from parallel_statement.locking import FoundBead, FoundPairBead, Keeper, find_bead
from parallel_statement.model import (
    Bead,
    LanguageTag,
    Level,
    Lock,
    PairBead,
    ParallelText,
    Range,
)

Pair = tuple[LanguageTag, LanguageTag]
Ranges = Mapping[LanguageTag, Range]

_ROUNDED = 1e-3
"""Difference of posteriors that may come from rounding on another machine."""


def explain(
    text: ParallelText,
    bead: str,
    encoder: Encoder | None = None,
    *,
    locks: Sequence[Lock] | None = None,
    weights: Path | None = None,
) -> Explanation:
    """Return why the *bead* of *text* was made, how sure it is, and what speaks against it.

    The texts are weighed again, as `align` did it. With the encoder, weights and locks of the
    result the posterior is that of the result; if not, the notices say so.

    Args:
        text: An aligned text.
        bead: Id of a bead of all versions or of a pair, with or without the document's.
        encoder: As for `align`.
        locks: As for `align`; those of the *text* if None.
        weights: As for `align`.

    Raises:
        UnknownNameError: there is no such bead.
        ParallelStatementError: as `align`.
        InputError: *weights* cannot be used.
    """
    found = find_bead(text, bead)
    level = found.level
    ranges, inside = _pair_beads(text, found)
    locks = text.locks if locks is None else locks
    ready = prepare(text.versions, encoder, locks, weights)
    segments = {v.language: v.segments(level) for v in text.versions}
    fixed = Fixed(level, segments, locks)
    seen = dict(views(ready, level, ranges, inside))
    pairs = {
        pair: tuple(_explain_pair(seen[pair], level, part, fixed, pair) for part in parts)
        for pair, parts in inside.items()
    }
    smallest = min(
        prod(seen[pair].posterior(level, part) for part in parts) for pair, parts in inside.items()
    )
    posterior, status = fixed.certainty(ranges, smallest)
    if all(part.bead.status == "locked" for parts in pairs.values() for part in parts):
        posterior, status = 1.0, "locked"
    ids = {tag: tuple(s.id for s in segments[tag][r.start : r.stop]) for tag, r in ranges.items()}
    decided = tuple(lock for lock in locks if lock.level == level and _names(lock, ids))
    notices = tuple(_notices(text, ready, found.bead, posterior))
    return Explanation(found.bead.id, level, ids, posterior, status, pairs, decided, notices)


def _pair_beads(
    text: ParallelText, found: FoundBead | FoundPairBead
) -> tuple[Ranges, dict[Pair, list[PairBead]]]:
    """Return the segments of a bead by language, and the finest beads of its pairs."""
    if isinstance(found, FoundPairBead):
        sides = found.bead.source, found.bead.target
        return dict(zip(found.pair, sides, strict=True)), {found.pair: [found.bead]}
    keeper = Keeper(text)
    return found.bead.ranges, {
        pair: keeper.pair_beads(found.level, pair, found.bead)
        for pair in combinations(text.languages, 2)
    }


def _names(lock: Lock, ids: Mapping[LanguageTag, tuple[str, ...]]) -> bool:
    """Return whether *lock* decides about any of the segments *ids*."""
    return any(set(side) & set(ids.get(tag, ())) for tag, side in lock.segments.items())


def _notices(
    text: ParallelText, ready: Prepared, bead: Bead | PairBead, posterior: float
) -> Iterator[str]:
    """Yield how the result came about, where that differs from what is explained."""
    was, now = text.provenance, ready.provenance
    other = [
        f"The result was made with the {what} {before}; this is what {after} says."
        for what, before, after in (
            ("encoder", was.encoder, now.encoder),
            ("weights", was.weights, now.weights),
        )
        if before != after
    ]
    yield from other
    if abs(posterior - bead.posterior) > _ROUNDED:
        why = (
            ""
            if other
            else ": an update kept it, or it was made with other locks or by another release"
        )
        yield f"The result has the confidence {bead.posterior:.4f}, not {posterior:.4f}{why}."


def _explain_pair(
    view: View, level: Level, bead: PairBead, fixed: Fixed, pair: Pair
) -> PairExplanation:
    """Return why *bead* was made, in a view at its *pair*."""
    sides = dict(zip(pair, (bead.source, bead.target), strict=True))
    posterior, status = fixed.certainty(sides, view.posterior(level, bead))
    now = replace(bead, posterior=posterior, status=status)
    source, target = view.sides(level, bead)
    if status == "locked":
        return PairExplanation(now, "bead", None, None)
    if level == "paragraph":
        return PairExplanation(now, *_least_sure(view, source, target))
    item = source if source.size else rivals.NOTHING, target if target.size else rivals.NOTHING
    if not _is_weighed(view.look.scores, item):
        return PairExplanation(now, "bead", None, None)
    kept = rivals.best_with(view.look.scores, item)
    rival = rivals.rival(view.posteriors, item)
    return PairExplanation(now, "bead", view.candidate(item), view.against(rival, kept))


def _is_weighed(scores: lattice.Lattice, item: rivals.Item) -> bool:
    """Return whether the aligner considers beads as large as *item*."""
    source, target = item
    return not (source.size and target.size) or (source.size, target.size) in scores.scores


def _least_sure(
    view: View, source: Range, target: Range
) -> tuple[Place, Candidate | None, RunnerUp | None]:
    """Return what is least sure of a bead of paragraphs with these sentences, and its runner-up."""
    if source.size and target.size:
        nodes = (source.start, target.start), (source.stop, target.stop)
        first, last = (float(view.posteriors.nodes[node]) for node in nodes)
        node = nodes[first > last]
        rival = rivals.crossing(view.posteriors, node)
        kept = rivals.best_through(view.look.scores, node)
        return ("end" if first > last else "start"), None, view.against(rival, kept)
    alone = [
        *((Range(i, i + 1), rivals.NOTHING) for i in source.indices),
        *((rivals.NOTHING, Range(j, j + 1)) for j in target.indices),
    ]
    if not alone:
        return "gap", None, None
    item = min(alone, key=lambda each: rivals.posterior(view.posteriors, each))
    rival = rivals.rival(view.posteriors, item)
    kept = rivals.best_with(view.look.scores, item)
    return "gap", view.candidate(item), view.against(rival, kept)
