"""`align`: versions in, a parallel text out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path

from parallel_statement import languages
from parallel_statement.alignment import engine, moves
from parallel_statement.alignment.decoding import Aligned
from parallel_statement.alignment.fixed import Fixed
from parallel_statement.alignment.preparation import prepare
from parallel_statement.alignment.scene import Scene
from parallel_statement.encoders.base import Encoder, Progress
from parallel_statement.locking import bead_name, in_reading_order
from parallel_statement.model import (
    Alignment,
    Bead,
    LanguageTag,
    Level,
    Lock,
    Metadata,
    PairBead,
    ParallelText,
    Range,
    Version,
)

Pair = tuple[LanguageTag, LanguageTag]

_FEW_ALIGNED = 0.5
"""Share of sentences with a counterpart below which versions may not be translations."""


def align(
    versions: Sequence[Version],
    encoder: Encoder | None = None,
    *,
    metadata: Metadata | None = None,
    progress: Progress | None = None,
    locks: Sequence[Lock] = (),
    weights: Path | None = None,
) -> ParallelText:
    """Return the joint alignment of all *versions*, paragraphs and sentences.

    Args:
        versions: Two or more versions of one document, each in another language. Their order is
            that of the result; it does not change which segments are aligned.
        encoder: Makes vectors of sentences; the embedded default if None.
        metadata: Carried into the result.
        progress: Called as sentences are encoded.
        locks: What a person has decided; beads that they fix have the status "locked" and the
            posterior 1.
        weights: A file of weights that were learned for *encoder*; those of the embedded encoder
            if None.

    Raises:
        ParallelStatementError: fewer than two versions, a language twice, versions of different
            documents, thousands of sentences in a row that do not match anywhere, or locks that
            contradict each other or name segments that are not there.
        InputError: *weights* cannot be used.
    """
    ready = prepare(versions, encoder, locks, weights, progress)
    ordered, encoder = ready.versions, ready.encoder
    paragraphs, sentences = engine.align_sections(ordered, ready.texts, ready.vectors, ready.means)
    scene = Scene.of(
        ready.texts,
        ready.vectors,
        engine.pair_cosines(ready.vectors, fitted=ready.means.fitted),
        [ranges for ranges, _ in sentences.beads],
    )
    notices = [*_strangers(ordered, encoder), *_notices(ordered, sentences)]
    if not ready.means.fitted:
        notices.append(_unfitted(encoder, weights))
    return ParallelText(
        versions[0].document.id,
        tuple(versions),
        _alignment("paragraph", versions, ordered, paragraphs, locks),
        _alignment("sentence", versions, ordered, sentences, locks),
        ready.provenance,
        metadata if metadata is not None else Metadata(),
        tuple(notices),
        moves.find(versions, ordered, scene, locks),
        in_reading_order(locks, versions),
    )


def _alignment(
    level: Level,
    versions: Sequence[Version],
    ordered: Sequence[Version],
    found: Aligned,
    locks: Sequence[Lock],
) -> Alignment:
    prefix = f"{versions[0].document.id}.al.{level[0]}"
    tags = [version.language for version in versions]
    place = {version.language: k for k, version in enumerate(ordered)}
    segments = {version.language: version.segments(level) for version in versions}

    def name(ranges: Mapping[LanguageTag, Range]) -> str:
        return bead_name(ranges, segments)

    fixed = Fixed(level, segments, locks)
    pairs = {
        (a, b): tuple(
            PairBead(
                f"{prefix}.{a}-{b}.{name({a: source, b: target})}",
                source,
                target,
                *fixed.certainty({a: source, b: target}, posterior),
            )
            for source, target, posterior in _pair(found, place[a], place[b])
        )
        for a, b in combinations(tags, 2)
    }
    decided = _fixed_segments(pairs)
    beads = []
    for every, posterior in found.beads:
        ranges = {tag: every[place[tag]] for tag in tags}
        certain = fixed.certainty(ranges, posterior)
        if decided and all(part <= decided.get(key, set()) for key, part in _sides(ranges)):
            certain = 1.0, "locked"
        beads.append(Bead(f"{prefix}.{name(ranges)}", ranges, *certain))
    return Alignment(level, tuple(beads), pairs)


def _fixed_segments(
    pairs: Mapping[Pair, Sequence[PairBead]],
) -> dict[tuple[Pair, int], set[int]]:
    """Return the segments that every pair has in locked beads, for both of its sides."""
    fixed: dict[tuple[Pair, int], set[int]] = {}
    for pair, beads in pairs.items():
        for bead in beads:
            if bead.status == "locked":
                for side, segments in enumerate((bead.source, bead.target)):
                    fixed.setdefault((pair, side), set()).update(segments.indices)
    return fixed


def _sides(
    ranges: Mapping[LanguageTag, Range],
) -> Iterator[tuple[tuple[Pair, int], set[int]]]:
    """Yield the segments of a bead that are not nothing, once for every pair that has them."""
    for pair in combinations(ranges, 2):
        for side, tag in enumerate(pair):
            if ranges[tag].size:
                yield (pair, side), set(ranges[tag].indices)


def _pair(found: Aligned, a: int, b: int) -> Sequence[tuple[Range, Range, float]]:
    if a < b:
        return found.pairs[a, b]
    return [(source, target, posterior) for target, source, posterior in found.pairs[b, a]]


def _strangers(versions: Sequence[Version], encoder: Encoder) -> tuple[str, ...]:
    """Say which languages the encoder was not made for, where it says for which it was."""
    known: frozenset[str] | None = getattr(encoder, "languages", None)
    tags = [v.language for v in versions if known and v.language.partition("-")[0] not in known]
    return tuple(
        f"The encoder {encoder.name} was not made for {languages.get(tag).name}: matches with it "
        "rest on numbers, names, lengths and layout more than on meaning."
        for tag in tags
    )


def _unfitted(encoder: Encoder, weights: Path | None) -> str:
    """Say that the weights are not those of the *encoder*, and how to come by such."""
    whose = f"The weights {weights.name} are" if weights else "The weights of the aligner are"
    return (
        f"{whose} not those of the encoder {encoder.name}: its cosines are rescaled to the range "
        "that they expect, and confidences are less exact. To learn weights for it: python -m "
        f"benchmarks.training GOLD --encoder {encoder.name} --out weights.json; then give "
        "--weights weights.json (docs/alignment.md)."
    )


def _notices(versions: Sequence[Version], sentences: Aligned) -> tuple[str, ...]:
    notices = []
    for (a, b), beads in sentences.pairs.items():
        size = len(versions[a].sentences) + len(versions[b].sentences)
        aligned = sum(x.size + y.size for x, y, _ in beads if x.size and y.size)
        if size and aligned < _FEW_ALIGNED * size:
            first, second = (languages.get(versions[k].language).name for k in (a, b))
            notices.append(
                f"Only {aligned} of {size} sentences of {first} and {second} have a counterpart: "
                "the two may not be translations of one another."
            )
    return tuple(notices)
