"""`align`: versions in, a parallel text out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from parallel_statement import encoders, languages
from parallel_statement.__about__ import __version__
from parallel_statement.alignment import engine, weights
from parallel_statement.encoders.base import Encoder, Progress
from parallel_statement.errors import ParallelStatementError
from parallel_statement.model import (
    Alignment,
    Bead,
    LanguageTag,
    Level,
    Metadata,
    PairBead,
    ParallelText,
    Provenance,
    Range,
    Version,
)

_FEW_ALIGNED = 0.5
"""Share of sentences with a counterpart below which versions may not be translations."""


def align(
    versions: Sequence[Version],
    encoder: Encoder | None = None,
    *,
    metadata: Metadata | None = None,
    progress: Progress | None = None,
) -> ParallelText:
    """Return the joint alignment of all *versions*, paragraphs and sentences.

    Args:
        versions: Two or more versions of one document, each in another language. Their order is
            that of the result; it does not change which segments are aligned.
        encoder: Makes vectors of sentences; the embedded default if None.
        metadata: Carried into the result.
        progress: Called as sentences are encoded.

    Raises:
        ParallelStatementError: fewer than two versions, a language twice, versions of different
            documents, or thousands of sentences in a row that do not match anywhere.
    """
    _verify(versions)
    encoder = encoder if encoder is not None else encoders.load()
    # Inside, versions stand in the order of their tags: ties then fall the same way always.
    ordered = sorted(versions, key=lambda version: version.language)
    vectors = _encode(ordered, encoder, progress)
    pair_weights, joint_weights, fingerprint = weights.load()
    fitted = encoder.fingerprint == weights.encoder_fingerprint()
    paragraphs, sentences = engine.align_sections(
        ordered, vectors, pair_weights, joint_weights, fitted=fitted
    )
    notices = (*_strangers(ordered, encoder), *_notices(ordered, sentences))
    if not fitted:
        notices = (
            *notices,
            f"The encoder {encoder.name} has no weights of its own: its cosines are rescaled to "
            "those of the embedded encoder, and confidences are less exact.",
        )
    return ParallelText(
        versions[0].document.id,
        tuple(versions),
        _alignment("paragraph", versions, ordered, paragraphs),
        _alignment("sentence", versions, ordered, sentences),
        Provenance(
            __version__,
            f"{encoder.name} {encoder.fingerprint}",
            f"{fingerprint}{'' if fitted else ' (generic)'}",
            dict(getattr(encoder, "settings", {})),
        ),
        metadata if metadata is not None else Metadata(),
        notices,
    )


def _verify(versions: Sequence[Version]) -> None:
    if len(versions) < 2:
        raise ParallelStatementError(
            f"an alignment needs at least two versions of a document, not {len(versions)}"
        )
    tags = [version.language for version in versions]
    if len(set(tags)) < len(tags):
        raise ParallelStatementError(f"a language is given twice: {', '.join(tags)}")
    names = sorted({version.document.id for version in versions})
    if len(names) > 1:
        raise ParallelStatementError(f"versions of different documents: {', '.join(names)}")


def _encode(
    versions: Sequence[Version], encoder: Encoder, progress: Progress | None
) -> list[NDArray[np.float32]]:
    texts = [[version.text(s) for s in version.sentences] for version in versions]
    together = encoder.encode([text for side in texts for text in side], progress)
    borders = np.cumsum([len(side) for side in texts])
    return np.split(together, borders[:-1])


def _alignment(
    level: Level, versions: Sequence[Version], ordered: Sequence[Version], found: engine.Aligned
) -> Alignment:
    prefix = f"{versions[0].document.id}.al.{level[0]}"
    tags = [version.language for version in versions]
    place = {version.language: k for k, version in enumerate(ordered)}
    segments = {version.language: version.segments(level) for version in versions}

    def name(ranges: Mapping[LanguageTag, Range]) -> str:
        """The bead's first segment, which no other bead has: it stays if others change."""
        language = next(tag for tag, r in ranges.items() if r.size)
        own = segments[language][ranges[language].start].id.partition(".")[2]
        return own if language == next(iter(ranges)) else f"{language}.{own}"

    beads = []
    for every, posterior in found.beads:
        ranges = {tag: every[place[tag]] for tag in tags}
        beads.append(Bead(f"{prefix}.{name(ranges)}", ranges, round(posterior, 4)))
    pairs = {
        (a, b): tuple(
            PairBead(
                f"{prefix}.{a}-{b}.{name({a: source, b: target})}",
                source,
                target,
                round(posterior, 4),
            )
            for source, target, posterior in _pair(found, place[a], place[b])
        )
        for a, b in combinations(tags, 2)
    }
    return Alignment(level, tuple(beads), pairs)


def _pair(found: engine.Aligned, a: int, b: int) -> Sequence[tuple[Range, Range, float]]:
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


def _notices(versions: Sequence[Version], sentences: engine.Aligned) -> tuple[str, ...]:
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
