"""Terms as stretches of folded characters, for a script without spaces.

An analyser cuts names that it does not know at will, so that words alone would miss them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from parallel_statement.languages.base import Language
from parallel_statement.terminology.patterns import Match, Term, Words, link, patterns
from parallel_statement.terminology.surface import Folded, folded, folded_text

_SHORT = 3
"""A term of so many characters must stand on word borders."""
_KATAKANA = ("ァ", "ー")


class StringIndex:
    """Terms by their first two characters."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._terms: dict[str, list[tuple[str, Term]]] = {}

    def add(self, term: Term) -> None:
        """Take in *term*."""
        string = folded_text(term.designation.text, self._language.variants)
        self._terms.setdefault(string[:2], []).append((string, term))

    def match(self, words: Words) -> Iterator[Match]:
        """Yield every term in the text of *words*, those inside others too."""
        text = folded(words.text, self._language.variants)
        borders = {0, len(words.text)}
        for token in words.tokens:
            borders.update(token.span)
        places = _places(text.text)
        shared = self._terms.keys() & places.keys()
        for position in sorted({position for prefix in shared for position in places[prefix]}):
            for prefix in (text.text[position : position + 2], text.text[position]):
                for string, term in self._terms.get(prefix, ()):
                    if len(string) >= len(prefix) and text.text.startswith(string, position):
                        match = self._match_at(words, text, borders, position, string, term)
                        if match:
                            yield match

    def _match_at(
        self,
        words: Words,
        text: Folded,
        borders: set[int],
        position: int,
        string: str,
        term: Term,
    ) -> Match | None:
        stop = position + len(string)
        start, end = text.starts[position], text.ends[stop - 1]
        for place, border in ((position, start), (stop, end)):
            if text.joins(place):
                return None
            free = border in borders or text.parted(place)
            if not free and (len(string) <= _SHORT or _in_katakana(text.text, place)):
                return None
        return None if self._is_another_word(words, term, start, end) else Match(term, start, end)

    def _is_another_word(self, words: Words, term: Term, start: int, end: int) -> bool:
        """Return whether *term* is one word, and the text has one here that only looks alike."""
        here = [
            number
            for number, token in enumerate(words.tokens)
            if token.span.start == start and token.span.end == end
        ]
        forms = [each for each in patterns(term, self._language) if len(each.words) == 1]
        return bool(here and forms) and not any(
            link(words.edges[here[0]][0], each.words[0]) for each in forms
        )


@lru_cache(maxsize=1 << 12)
def _places(text: str) -> Mapping[str, tuple[int, ...]]:
    """Return where each character of *text*, and each two of them, stand: for many glossaries."""
    places: dict[str, list[int]] = {}
    for position, character in enumerate(text):
        for prefix in dict.fromkeys((text[position : position + 2], character)):
            places.setdefault(prefix, []).append(position)
    return {prefix: tuple(positions) for prefix, positions in places.items()}


def _in_katakana(text: str, place: int) -> bool:
    """Return whether a word in katakana may run over the border before *place*."""
    return 0 < place < len(text) and all(
        _KATAKANA[0] <= character <= _KATAKANA[1] for character in text[place - 1 : place + 1]
    )
