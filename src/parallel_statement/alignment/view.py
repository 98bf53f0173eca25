"""One pair of versions as the aligner sees it in the section that holds a bead.

Inside, segments are counted from the start of the section, and versions stand in the order of their
tags; what comes out counts in the whole text, in the order of the text's versions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from parallel_statement.alignment import engine, lattice, rivals
from parallel_statement.alignment.constraints import Rule
from parallel_statement.alignment.decoding import Shape, block_posterior
from parallel_statement.alignment.evidence import weighing
from parallel_statement.alignment.features import Collector
from parallel_statement.alignment.preparation import Prepared
from parallel_statement.alignment.reasons import Candidate, RunnerUp, parts_of
from parallel_statement.model import LanguageTag, Level, PairBead, Range

Pair = tuple[LanguageTag, LanguageTag]


class View:
    """One pair of versions in the section that holds a bead, as the aligner sees it."""

    def __init__(
        self,
        look: engine.Look,
        shapes: tuple[Shape, Shape],
        starts: Mapping[Level, tuple[int, int]],
        swapped: bool,
    ) -> None:
        """Take what the aligner knows.

        Args:
            look: At the two versions in the order of their tags.
            shapes: How their sentences make up paragraphs.
            starts: Where the section begins, on each level.
            swapped: Whether the text names the two the other way round.
        """
        self.look = look
        self.posteriors = lattice.posteriors(look.scores)
        self._collector = Collector(look.compared, look.context)
        self._shapes, self._starts, self._swapped = shapes, starts, swapped

    def sides(self, level: Level, bead: PairBead) -> tuple[Range, Range]:
        """Return the sentences of *bead*, counted in the section, in the order of the tags."""
        sides = (bead.target, bead.source) if self._swapped else (bead.source, bead.target)
        source, target = (
            Range(r.start - start, r.stop - start)
            for r, start in zip(sides, self._starts[level], strict=True)
        )
        if level == "paragraph":
            return self._shapes[0].sentences(source), self._shapes[1].sentences(target)
        return source, target

    def posterior(self, level: Level, bead: PairBead) -> float:
        """Return the posterior of *bead* as the engine has it."""
        source, target = self.sides(level, bead)
        if level == "paragraph":
            return block_posterior(self.posteriors, source, target)
        return rivals.posterior(self.posteriors, (source, target))

    def candidate(self, item: rivals.Item) -> Candidate:
        """Return how *item* is weighed."""
        source, target = item
        edge = (source.start, target.start), (source.stop, target.stop)
        weighed = weighing(self._collector, self.look.weights, edge)
        numbers = [
            _union(self.look.compared.source.numbers, source),
            _union(self.look.compared.target.numbers, target),
        ]
        words = _union(self.look.compared.source.words, source) & _union(
            self.look.compared.target.words, target
        )
        moved = [
            Range(r.start + start, r.stop + start) if r.size else rivals.NOTHING
            for r, start in zip(item, self._starts["sentence"], strict=True)
        ]
        if self._swapped:
            moved.reverse()
        return Candidate(
            moved[0],
            moved[1],
            rivals.posterior(self.posteriors, item),
            parts_of(weighed),
            weighed.features,
            tuple(sorted(numbers[0] & numbers[1])),
            tuple(sorted(numbers[0] ^ numbers[1])) if source.size and target.size else (),
            tuple(sorted(words)),
        )

    def against(self, rival: rivals.Item | None, kept: Sequence[rivals.Item]) -> RunnerUp | None:
        """Return how *rival* compares, if the best alignment without it is *kept*."""
        if rival is None:
            return None
        instead = rivals.best_with(self.look.scores, rival)
        return RunnerUp(
            self.candidate(rival),
            tuple(self.candidate(item) for item in instead if item not in set(kept)),
            tuple(self.candidate(item) for item in kept if item not in set(instead)),
        )


def _union(sets: Sequence[frozenset[str]], segments: Range) -> frozenset[str]:
    return frozenset().union(*sets[segments.start : segments.stop])


def views(
    ready: Prepared, level: Level, ranges: Mapping[LanguageTag, Range], wanted: Iterable[Pair]
) -> Iterator[tuple[Pair, View]]:
    """Yield the *wanted* pairs in the section that holds the segments in *ranges*."""
    places = {version.language: number for number, version in enumerate(ready.versions)}
    numbered = {places[tag]: r for tag, r in ranges.items() if r.size}
    piece = _piece(ready, Rule(level, numbered, together=True))
    pairs = {tuple(sorted(places[tag] for tag in pair)): pair for pair in wanted}
    means = ready.means
    for (a, b), look in engine.looks(piece.section, means.learned, means.embed):
        if (a, b) in pairs:
            pair = pairs[a, b]
            starts: dict[Level, tuple[int, int]] = {
                "paragraph": (piece.paragraphs[a].start, piece.paragraphs[b].start),
                "sentence": (piece.sentences[a].start, piece.sentences[b].start),
            }
            shapes = piece.shapes[a], piece.shapes[b]
            yield pair, View(look, shapes, starts, swapped=places[pair[0]] > places[pair[1]])


def _piece(ready: Prepared, bead: Rule) -> engine.Piece:
    """Return the section that holds the segments of *bead*."""
    pieces = engine.pieces(ready.versions, ready.texts, ready.vectors, ready.means, [bead])
    version, segments = next(iter(bead.ranges.items()))
    for piece in pieces:
        whole = piece.paragraphs if bead.level == "paragraph" else piece.sentences
        if segments.start < whole[version].stop:
            break
    return piece
