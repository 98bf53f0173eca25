"""Japanese phrases that may be terms: runs of nouns, as UniDic has them, and what links them.

::

    国連 | 安保 | 理事 + 会 | の | 特別 | な | 会合      words, a suffix (会), links (の, な)
    ----------------------                        a run, and each part of it
    ----------------------------------------      linked runs, which weigh less
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from parallel_statement.languages.base import Phrase
from parallel_statement.languages.ja_romaji import romanise
from parallel_statement.languages.ja_words import Morpheme, morphemes
from parallel_statement.languages.tables import read_table
from parallel_statement.languages.words import fold
from parallel_statement.model import Span

Kind = Literal[
    "noun", "prefix", "suffix", "inner", "adjective", "numeral", "number", "link", "verb"
]
"""What a word does in a term; "inner" is a suffix that ends none (二国間協力), "verb" is する."""

_IN_RUNS: tuple[Kind, ...] = ("noun", "suffix", "inner", "prefix", "adjective", "numeral")
_FIRST: tuple[Kind, ...] = ("noun", "prefix", "adjective", "numeral")
_SUFFIXES: tuple[Kind, ...] = ("suffix", "inner")
_INSIDE_WORDS = ("・", "的")
"""Links that part no run."""
_MOST_LINKS, _MOST_WORDS = 2, 8
_STEM_ENDINGS = "いくけさかしきみ"
"""With what an adjective ends, if it is more than a stem: 長い, but 長大橋."""
_SHORT = 3
"""A piece in katakana of fewer letters beside another one was cut off a name."""

_BY_LENGTH = (0.3, 0.75, 0.8, 0.75, 0.65, 0.55, 0.45, 0.4)
"""Weight of a phrase of one, two ... words; suffixes are none."""
_NAME = 0.2
"""What a lone word gains if it is a name, or in katakana or Latin letters."""
_ONE_CHARACTER = -0.5
_ADJECTIVE = 0.2
_NUMERAL = 0.1
_COMPOSED = 0.15
"""What a phrase loses if more than one word follows what links it: 形態の市場歪曲."""
_CUT_LEFT, _CUT_RIGHT, _CUT_WORD, _CUT_SUFFIX = 0.15, 0.25, 0.1, 0.3
"""What it loses where more words of its kind stand beside it."""
_VERBAL = 0.45
"""What it loses before する: 強化 in 強化する is a verb."""

_DATA = read_table(__package__, "ja_phrases.toml")
_DETERMINERS = frozenset(_DATA["determiners"].split())
_FORMAL = frozenset(_DATA["formal"].split())
_FORMAL_SUFFIXES = frozenset(_DATA["formal_suffixes"].split())
_LINKS = {word: cost for words, cost in _DATA["links"].items() for word in words.split()}


class _Word(NamedTuple):
    span: Span
    text: str
    kind: Kind | None
    """None of what is in no term."""
    name: bool
    """Whether it is a name, or in katakana or Latin letters."""
    spelling: str


def find(texts: Sequence[str]) -> tuple[tuple[Phrase, ...], ...]:
    """Return what may be a term in each of the sentences *texts*."""
    return tuple(map(_find, texts))


def _find(text: str) -> tuple[Phrase, ...]:
    words = _words(text)
    return tuple(
        _phrase(words, start, stop) for start in range(len(words)) for stop in _stops(words, start)
    )


# --- words -----------------------------------------------------------------------------------


def _words(text: str) -> list[_Word]:
    words: list[_Word] = []
    found = [morpheme for morpheme in morphemes(text) if morpheme.text.strip()]
    for number, morpheme in enumerate(found):
        after = found[number + 1].text if number + 1 < len(found) else ""
        word = _word(morpheme, after)
        if words and _is_one_word(words[-1], word):
            words[-1] = _joined(words[-1], word)
        else:
            words.append(word)
    return words


def _word(morpheme: Morpheme, after: str) -> _Word:
    text = morpheme.text
    sound = romanise(text)
    spelling = morpheme.origin or (fold(text) if _is_latin(text) else sound)
    name = bool(sound) or morpheme.subclass == "固有名詞" or _is_latin(text)
    return _Word(morpheme.span, text, _kind(morpheme, after), name, spelling)


def _kind(morpheme: Morpheme, after: str) -> Kind | None:
    text, part, subclass = morpheme.text, morpheme.part_of_speech, morpheme.subclass
    if text in _LINKS:
        return "link"
    if text in _DETERMINERS and (part == "接頭辞" or subclass == "普通名詞"):
        return None
    if part == "名詞" and subclass == "数詞":
        return "number" if unicodedata.normalize("NFKC", text).isdigit() else "numeral"
    if part == "名詞":
        return None if text in _FORMAL and after != "的" else "noun"
    if part == "接尾辞" and subclass == "名詞的":
        inner: Kind = "inner" if morpheme.detail == "副詞可能" else "suffix"
        return None if text in _FORMAL_SUFFIXES else inner
    return _other_kind(morpheme)


def _other_kind(morpheme: Morpheme) -> Kind | None:
    part = morpheme.part_of_speech
    if part == "接頭辞" or (part == "形容詞" and morpheme.text[-1] not in _STEM_ENDINGS):
        return "prefix"
    if part == "形状詞" and morpheme.subclass != "助動詞語幹":
        return "adjective"
    return "verb" if part == "動詞" and morpheme.lemma == "為る" else None


def _is_latin(text: str) -> bool:
    plain = unicodedata.normalize("NFKC", text)
    return all((c.isascii() and c.isalnum()) or c in "×+&-" for c in plain)


def _is_one_word(last: _Word, word: _Word) -> bool:
    """Return whether no term parts *last* and *word*: Latin letters, a name cut in katakana."""
    touching = last.span.end == word.span.start
    if _is_latin(last.text) and _is_latin(word.text):
        return touching or last.kind != "number"
    short = min(len(last.text), len(word.text)) < _SHORT
    return touching and short and bool(romanise(last.text) and romanise(word.text))


def _joined(last: _Word, word: _Word) -> _Word:
    text = last.text + word.text
    kind: Kind = "noun" if any(c.isalpha() for c in text) else "number"
    spelling = romanise(text) or fold(text)
    return _Word(Span(last.span.start, word.span.end), text, kind, True, spelling)


# --- phrases ---------------------------------------------------------------------------------


def _stops(words: list[_Word], start: int) -> Iterator[int]:
    """Yield where a phrase may stop that begins with the word at *start*."""
    if words[start].kind not in _FIRST:
        return
    count = links = 0
    for position in range(start, len(words)):
        word, before = words[position], words[position - 1]
        if word.kind == "link":
            links += word.text not in _INSIDE_WORDS
            if links > _MOST_LINKS:
                return
        elif word.kind == "number" and position > start and before.name:
            continue  # a name may hold a number: ベレン４ｘ誓約
        elif count == _MOST_WORDS or not _follows(before, word):
            return
        else:
            count += 1
            if word.kind in ("noun", "suffix") or (word.kind == "adjective" and position > start):
                yield position + 1


def _follows(before: _Word, word: _Word) -> bool:
    """Return whether *word* may come after *before* in a term; a suffix follows no link but 的."""
    hangs = word.kind in _SUFFIXES and before.kind == "link" and before.text != "的"
    return word.kind in _IN_RUNS and not hangs


def _phrase(words: list[_Word], start: int, stop: int) -> Phrase:
    inside = [word for word in words[start:stop] if word.kind in _IN_RUNS]
    links = [word.text for word in words[start:stop] if word.kind == "link"]
    weight = _inner_weight(inside) - sum(_LINKS[link] for link in links)
    if links and links[0] not in _INSIDE_WORDS and inside[-2:] == words[stop - 2 : stop]:
        weight -= _COMPOSED
    return Phrase(
        Span(words[start].span.start, words[stop - 1].span.end),
        weight - _cut(words, start, stop),
        tuple(word.spelling for word in inside),
    )


def _inner_weight(inside: Sequence[_Word]) -> float:
    """Return the weight of a phrase by its own words."""
    if sum(len(word.text) for word in inside) == 1:
        return _ONE_CHARACTER
    count = sum(word.kind not in _SUFFIXES for word in inside)
    weight = _BY_LENGTH[max(count, 1) - 1] - _NUMERAL * (inside[0].kind == "numeral")
    if len(inside) == 1:
        weight += _NAME * inside[0].name - _ADJECTIVE * (inside[0].kind == "adjective")
    return weight


def _cut(words: Sequence[_Word], start: int, stop: int) -> float:
    """Return what a phrase loses because words of its kind stand beside it, or する."""
    before = words[start - 1] if start else None
    after = words[stop] if stop < len(words) else None
    loss = 0.0
    if before:
        loss += _CUT_LEFT * (before.kind in _IN_RUNS) + _CUT_WORD * (before.text in _INSIDE_WORDS)
    if after is None:
        return loss
    goes_on = stop + 1 < len(words) and words[stop + 1].kind in _IN_RUNS
    if after.text in _INSIDE_WORDS or (
        after.kind in _IN_RUNS and (after.kind != "inner" or goes_on)
    ):
        loss += _CUT_RIGHT + _CUT_SUFFIX * (after.kind == "suffix" or after.text == "的")
    return loss + _VERBAL * (after.kind == "verb")
