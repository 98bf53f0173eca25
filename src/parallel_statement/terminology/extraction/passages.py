"""What the beads of aligned texts link: definitions first, then the rest of each bead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from parallel_statement.encoders.base import Encoder, Progress
from parallel_statement.languages.quantity import fold_width
from parallel_statement.model import Bead, LanguageTag, ParallelText, Span
from parallel_statement.terminology.extraction.association import Beads, Side
from parallel_statement.terminology.extraction.candidates import Candidate, find_candidates
from parallel_statement.terminology.extraction.definitions import (
    ShortForm,
    find_short_forms,
    is_acronym,
    is_explained,
    join_short_forms,
)
from parallel_statement.terminology.extraction.linking import Link, link

Read = Mapping[LanguageTag, Sequence[Sequence[Candidate]]]
"""The candidates of each sentence of each version of a text."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A link, and where it was found."""

    text: str
    """Id of the text."""
    bead: str
    link: Link
    short_forms: Mapping[LanguageTag, str] = field(default_factory=dict)
    """Those that are introduced there."""

    @property
    def spans(self) -> dict[LanguageTag, Span]:
        """Where its terms stand, in the versions' texts."""
        return {tag: term.span for tag, term in self.link.terms.items()}


def find_passages(
    texts: Sequence[ParallelText], encoder: Encoder, progress: Progress | None
) -> Iterator[Passage]:
    """Yield every link of *texts*, in order; *progress* first counts phrases, then beads."""
    read = [
        {version.language: find_candidates(version) for version in text.versions} for text in texts
    ]
    forms = [
        {version.language: tuple(find_short_forms(version)) for version in text.versions}
        for text in texts
    ]
    vectors = _encode(read, encoder, progress)
    beads = _beads(texts, read)
    done, total = 0, sum(len(text.sentences.beads) for text in texts)
    for text, candidates, short in zip(texts, read, forms, strict=True):
        for bead in text.sentences.beads:
            done += 1
            if progress is not None:
                progress(done, total)
            for each, names in _linked(_sides(bead, candidates, vectors), short, beads):
                yield Passage(text.id, bead.id, each, names)


def _linked(
    sides: Mapping[LanguageTag, Side],
    short: Mapping[LanguageTag, Sequence[ShortForm]],
    beads: Beads,
) -> Iterator[tuple[Link, Mapping[LanguageTag, str]]]:
    """Yield the links of one bead, and the short forms that it gives them.

    A short form that is introduced anywhere in the text is no term by itself.
    """
    if len(sides) < 2:
        return
    defined = list(_definitions(sides, short, beads))
    yield from defined
    acronyms = {fold_width(each.text) for found in short.values() for each in found}
    for each in link(sides, beads, [one for one, _ in defined]):
        if not all(fold_width(term.text) in acronyms for term in each.terms.values()):
            yield each, {}


def _encode(
    read: Sequence[Read],
    encoder: Encoder,
    progress: Progress | None,
) -> dict[str, NDArray[np.float32]]:
    """Return the vector of every candidate's words."""
    phrases = dict.fromkeys(
        each.text
        for versions in read
        for sentences in versions.values()
        for candidates in sentences
        for each in candidates
    )
    return dict(zip(phrases, encoder.encode(list(phrases), progress), strict=True))


def _beads(
    texts: Sequence[ParallelText],
    read: Sequence[Read],
) -> Beads:
    """Return the beads in which each term stands."""
    found: defaultdict[tuple[LanguageTag, str], set[str]] = defaultdict(set)
    for text, versions in zip(texts, read, strict=True):
        for bead in text.sentences.beads:
            for tag, segments in bead.ranges.items():
                for index in segments.indices:
                    for each in versions[tag][index]:
                        found[tag, each.key].add(f"{text.id} {bead.id}")
    return {key: frozenset(names) for key, names in found.items()}


def _sides(
    bead: Bead,
    candidates: Read,
    vectors: Mapping[str, NDArray[np.float32]],
) -> dict[LanguageTag, Side]:
    sides = {}
    for tag, segments in sorted(bead.ranges.items()):  # their order decides between equals
        inside = tuple(each for index in segments.indices for each in candidates[tag][index])
        if inside:
            middles = np.array([each.span.start + each.span.end for each in inside]) / 2
            width = max(float(np.ptp(middles)), 1.0)
            sides[tag] = Side(
                inside,
                np.array([vectors[each.text] for each in inside]),
                (middles - middles.min()) / width,
            )
    return sides


def _definitions(
    sides: Mapping[LanguageTag, Side],
    short: Mapping[LanguageTag, Sequence[ShortForm]],
    beads: Beads,
) -> Iterator[tuple[Link, Mapping[LanguageTag, str]]]:
    """Yield the full forms of each short form that this bead introduces, as a link."""
    sentences = {tag: {each.sentence for each in side.candidates} for tag, side in sides.items()}
    here = {tag: [each for each in short[tag] if each.sentence in sentences[tag]] for tag in sides}
    for group in join_short_forms(here):
        narrowed = {
            tag: _before(side, group[tag]) if tag in group else side for tag, side in sides.items()
        }
        explained = any(
            _explains(each.text, form)
            for tag, form in group.items()
            for each in narrowed[tag].candidates
        )
        if explained and all(side.candidates for side in narrowed.values()):
            links = link(narrowed, beads)
            if links:
                yield links[0], {tag: each.text for tag, each in group.items()}


def _before(side: Side, form: ShortForm) -> Side:
    """Return the candidates of *side* that may be the full form of *form*."""
    chosen = [
        number
        for number, each in enumerate(side.candidates)
        if each.sentence == form.sentence and each.place.end == form.end
    ]
    explaining = [number for number in chosen if _explains(side.candidates[number].text, form)]
    kept = explaining or chosen
    return Side(
        tuple(side.candidates[number] for number in kept),
        side.vectors[kept],
        side.positions[kept],
    )


def _explains(text: str, form: ShortForm) -> bool:
    acronym = fold_width(form.text)
    """Return whether *text* is the full form of *form*, as far as its letters say."""
    return not is_acronym(form.text) or (
        text[:1].upper() == acronym[0] and is_explained(acronym, text)
    )
