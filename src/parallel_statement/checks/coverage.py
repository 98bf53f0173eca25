"""How well the content words of each version are covered by words of the others.

A word is covered by the word, or run of up to three words, of another version's paragraph whose
vector is nearest to its own, or to that of a run in which it stands. What is nearer still to
another word covers that one, and this one the less. Vectors of some languages are nearer to each
other than those of others, so coverage is given as a part of what is usual between the two.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parallel_statement.checks.base import Context, Passage, Unit
from parallel_statement.checks.vectors import embedded_vectors
from parallel_statement.encoders.threads import one_thread
from parallel_statement.languages import get
from parallel_statement.languages.number_words import number_words
from parallel_statement.languages.words import fold
from parallel_statement.model import LanguageTag, Span, View

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

_LONGEST_RUN = 3
_LONGEST_GAP = 4
"""Characters between two words of a run: a small word, an apostrophe."""
_LONGEST_LIST_GAP = 9
"""The same between two members of a list: a comma, "and", an article."""
_STOPS = frozenset(",;:.()[]«»“”、，。・「」（）")
_CODE = frozenset("/@\\_=~#<>")
"""What touches a word in a path, an address or a command."""
_COMMAS = frozenset(",、，・")
_COMPOUND, _PHRASE = 0.05, 0.12
"""What is taken off if only the compound, or the phrase, in which a word stands is covered."""
_COGNATE_LETTERS, _COGNATE = 5, 0.8
"""Words with so many first letters in common are at least so near."""
_RIVALS = 8
"""Words at most that are asked whether they are nearer to what covers a word; more than overlap."""
_FEWEST = 3
"""Versions that can tell which one is wrong."""


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """A content word, or a run of some."""

    unit: Unit
    span: Span
    text: str
    """Folded."""
    size: int
    """Words in it."""
    is_compound: bool
    """Whether nothing stands between these."""
    is_member: bool
    """Whether it stands by itself after or before a comma, as members of lists do."""


@dataclass(frozen=True, slots=True, eq=False)
class CoveredWord:
    """A content word, and how well each other version covers it."""

    word: Word
    by: Mapping[LanguageTag, float]
    """About 1 is usual, 0 is nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class CoveredUnit:
    """A unit and its content words by language; none of a language that says nothing in it."""

    unit: Unit
    words: Mapping[LanguageTag, Sequence[CoveredWord]]


_Pair = tuple[LanguageTag, LanguageTag]


def cover(context: Context) -> tuple[CoveredUnit, ...]:
    """Return the units in which three versions or more have content words, in order.

    A language of which nobody listed the function words is left out, and so are numbers.
    """
    passages = [_read(context, passage) for passage in context.passages]
    words = {word.text for sides in passages for side in sides.values() for word in side}
    embedded_vectors().of(sorted(words))  # all at once is quicker
    nearest: dict[_Pair, list[float]] = {}
    units: list[CoveredUnit] = []
    with one_thread():
        for passage, sides in zip(context.passages, passages, strict=True):
            covered = {tag: _cover_side(tag, sides, nearest) for tag in sides}
            units.extend(_by_unit(passage, covered))
    usual = {pair: sum(values) / len(values) for pair, values in nearest.items()}
    return tuple(_as_part(unit, usual) for unit in units)


_Sides = Mapping[LanguageTag, Sequence[Word]]


def _read(context: Context, passage: Passage) -> _Sides:
    """Return the content words of *passage* and their runs, if enough versions have some."""
    sides = {
        tag: words
        for tag in context.text.languages
        if (words := tuple(_words(context, passage, tag)))
    }
    return sides if len(sides) >= _FEWEST else {}


def _by_unit(
    passage: Passage, covered: Mapping[LanguageTag, Sequence[CoveredWord]]
) -> Iterator[CoveredUnit]:
    for unit in passage.units:
        words = {
            tag: here
            for tag, side in covered.items()
            if (here := [each for each in side if each.word.unit is unit])
        }
        if len(words) >= _FEWEST:
            yield CoveredUnit(unit, words)


def _as_part(unit: CoveredUnit, usual: Mapping[_Pair, float]) -> CoveredUnit:
    """Return *unit* with each coverage as a part of the usual one."""
    words = {
        tag: [
            CoveredWord(each.word, {by: value / usual[tag, by] for by, value in each.by.items()})
            for each in words
        ]
        for tag, words in unit.words.items()
    }
    return CoveredUnit(unit.unit, words)


# --- words -----------------------------------------------------------------------------------


def _words(context: Context, passage: Passage, tag: LanguageTag) -> Iterator[Word]:
    """Yield the content words of *passage* in a language, and the runs of such words."""
    language = get(tag)
    if language.content is None:
        return
    for unit, view in context.read(passage, tag):
        numerals = language.quantities(view.text)
        counted = [each.quantity for each in number_words(view.text, tag, numerals)]
        taken = [each.span for each in (*numerals, *counted)]
        spans = [
            span
            for span in language.content(view.text)
            if not any(each.start < span.end and span.start < each.end for each in taken)
            and not _is_code(view.text, span)
        ]
        for first in range(len(spans)):
            yield from _runs(unit, view, spans, first)


def _is_code(text: str, span: Span) -> bool:
    """Return whether a word in Latin letters is a part of a path, an address or a name of a thing.

    >>> [_is_code(text, Span(1, 4)) for text in ("/usr/bin", " arm ", " arm64")]
    [True, False, True]
    """
    if not text[span.start : span.end].isascii():
        return False
    around = text[max(0, span.start - 1) : span.start] + text[span.end : span.end + 1]
    return any(each in _CODE or (each.isascii() and each.isdigit()) for each in around)


def _runs(unit: Unit, view: View, spans: Sequence[Span], first: int) -> Iterator[Word]:
    """Yield the word at the place *first* of *spans*, and the runs that begin with it."""
    start, is_compound = spans[first].start, True
    is_member = _is_member(view.text, spans, first)
    for size, span in enumerate(spans[first : first + _LONGEST_RUN], 1):
        if size > 1:
            gap = view.text[spans[first + size - 2].end : span.start]
            if len(gap) > _LONGEST_GAP or not _STOPS.isdisjoint(gap):
                return
            is_compound = is_compound and not gap
        text = fold(view.text[start : span.end])
        yield Word(unit, view.span(start, span.end), text, size, is_compound, is_member)


def _is_member(text: str, spans: Sequence[Span], place: int) -> bool:
    if not 0 < place < len(spans) - 1:
        return False
    before, word, after = spans[place - 1 : place + 2]
    gaps = text[before.end : word.start], text[word.end : after.start]
    apart = all(gaps) and max(map(len, gaps)) <= _LONGEST_LIST_GAP
    return apart and not _COMMAS.isdisjoint("".join(gaps))


# --- coverage --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class _Place:
    """Where a single word stands among the words of its side."""

    number: int
    holders: Sequence[int]
    """Itself and the runs in which it stands."""
    loss: Matrix
    """What is taken off the likeness of each of these."""
    apart: NDArray[np.bool_]
    """Which words of the side share no character with it."""


def _cover_side(
    tag: LanguageTag, sides: _Sides, nearest: dict[_Pair, list[float]]
) -> list[CoveredWord]:
    """Return the single words of a side; add to *nearest* how near each is to its nearest."""
    words = sides[tag]
    vectors = embedded_vectors()
    own = vectors.of([word.text for word in words])
    places = _places(words)
    single = [place.number for place in places]
    by: dict[LanguageTag, list[float]] = {}
    for other, others in sides.items():
        if other != tag:
            near = own @ vectors.of([word.text for word in others]).T
            _unite_cognates(words, others, near)
            nearest.setdefault((tag, other), []).extend(near[single].max(axis=1).tolist())
            by[other] = _coverage(places, near)
    return [
        CoveredWord(words[place.number], {other: values[row] for other, values in by.items()})
        for row, place in enumerate(places)
    ]


def _places(words: Sequence[Word]) -> list[_Place]:
    import numpy as np

    starts = np.array([word.span.start for word in words])
    ends = np.array([word.span.end for word in words])
    places = []
    for number, word in enumerate(words):
        if word.size == 1:
            start, end = word.span
            holders = np.flatnonzero((starts <= start) & (end <= ends)).tolist()
            loss = [_loss(words[holder]) for holder in holders]
            apart = (ends <= start) | (end <= starts)
            places.append(_Place(number, holders, np.array(loss, np.float32)[:, None], apart))
    return places


def _loss(holder: Word) -> float:
    if holder.size == 1:
        return 0.0
    return _COMPOUND if holder.is_compound else _PHRASE


def _unite_cognates(words: Sequence[Word], others: Sequence[Word], near: Matrix) -> None:
    """Bring words with the same beginning near to each other, in the matrix *near*."""
    beginnings: dict[str, list[int]] = {}
    for column, other in enumerate(others):
        if len(other.text) >= _COGNATE_LETTERS:
            beginnings.setdefault(other.text[:_COGNATE_LETTERS], []).append(column)
    for row, word in enumerate(words):
        for column in beginnings.get(word.text[:_COGNATE_LETTERS], ()):
            near[row, column] = max(near[row, column], _COGNATE)


def _coverage(places: Sequence[_Place], near: Matrix) -> list[float]:
    """Return how well another version, whose words are the columns of *near*, covers each word."""
    import numpy as np

    columns = np.arange(near.shape[1])
    count = min(_RIVALS, near.shape[0])
    some = np.argpartition(-near, count - 1, axis=0)[:count]
    ranks = np.argsort(-np.take_along_axis(near, some, axis=0), axis=0)
    rivals = np.take_along_axis(some, ranks, axis=0)  # rank x column: the nearest words first
    covered = []
    for place in places:
        own = (near[place.holders] - place.loss).max(axis=0)
        apart = place.apart[rivals]
        first = apart.argmax(axis=0)
        rival = np.where(apart[first, columns], near[rivals[first, columns], columns], -1.0)
        covered.append(float(np.minimum(own, 2 * own - rival).max()))
    return covered
