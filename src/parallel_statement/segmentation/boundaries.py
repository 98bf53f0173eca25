"""Where sentences end: every run of terminators is weighed by what stands on both sides of it.

::

    ... at 5 p.m.” [3]  The next ...
             word ^ ^stop   ^ next
                    ^---^ cluster: terminators, closing marks, footnote marks
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from parallel_statement.languages.base import Language, SegmentationRules
from parallel_statement.segmentation.labels import DIVISIONS, find_label
from parallel_statement.segmentation.lines import hard_breaks
from parallel_statement.segmentation.protection import Pair, outermost_pairs

_STOPS = ".．"
_ELLIPSES = "…‥"
_ROUND = "([{（［【〔"
_CONTINUING = ",;:、，；：・/·%％)]}）］】〕»›”’」』》〉"
_FOOTNOTE = re.compile(
    r"\s?\[(?:\d{1,3}|[a-z*†])\]|[⁰¹²³⁴-⁹]+(?:[,⁾]?[⁰¹²³⁴-⁹]+)*|[*†‡]+(?=\s|$)|\(\d{1,2}\)(?=\s|$)"
    r"|[（(〔［]?[注註](?:釈)?\s?\d{0,3}[）)〕］]|※\d{1,2}(?=\s|$)"
)
_INITIALS = re.compile(
    r"(?:[^\W\d_]{1,4}\.)*[^\W\d_]\.(?:[^\W\d_]{1,4}\.?)*|(?:[^\W\d_]{1,4}\.)+[^\W\d_]"
)
_WORD = re.compile(r"[^\W\d_]+['’]?")
_ITEM = re.compile(r"\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})\)\s|\d{1,2}\.\s")
_ROMAN = re.compile(r"(?:[IVX]{2,}|[VXLC])\b(?!['’])")
_SKIPPED = "\"'“”‘’«»‹›„‚「『（(［[【〔{¿¡#*–—―- \u3000"
_TOKEN_BORDER = re.compile(r"[\s(\[{（「『“‘«„\"/–—+=<>|]")
_TOKEN_REACH = 40
_VOWELS = frozenset("aeiouyàáâãäåæèéêëìíîïòóôõöøœùúûüýÿ")


@dataclass(frozen=True, slots=True)
class _Place:
    """A cluster of terminators and all that the decision about it needs."""

    text: str
    language: Language
    start: int
    """Where the sentence began that may end here."""
    stop: int
    """First terminator of the cluster."""
    last: str
    """The last run of terminators in the cluster."""
    end: int
    """End of the cluster."""
    next: int
    """First character after it that is no space."""
    enclosing: Pair | None
    """The outermost bracket or quotation that ends with the cluster."""

    @property
    def rules(self) -> SegmentationRules:
        return self.language.rules

    @property
    def apart(self) -> bool:
        """Whether white space follows the cluster."""
        return self.next > self.end


def cut(text: str, language: Language) -> list[tuple[int, int]]:
    """Return the sentences of *text* as pairs of offsets, without white space at their borders."""
    sentences: list[tuple[int, int]] = []
    begin = 0
    for end in (*hard_breaks(text), len(text)):
        piece = text[begin:end]
        start = 0
        for stop in (*_ends(piece, language), len(piece)):
            body = piece[start:stop]
            if body.strip():
                left = begin + start + len(body) - len(body.lstrip())
                sentences.append((left, left + len(body.strip())))
            start = stop
        begin = end
    return sentences


def _ends(text: str, language: Language) -> Iterator[int]:
    """Yield the offsets in *text* after which a new sentence begins."""
    rules = language.rules
    run, closing = _run(rules), frozenset(rules.closers)
    pairs = outermost_pairs(text, rules)
    marks = {pair.closing for pair in pairs}
    openings = {pair.opening for pair in pairs}
    start = passed = index = 0
    for match in run.finditer(text):
        stop = match.start()
        if stop < passed:
            continue
        while index < len(pairs) and pairs[index].closing < stop:
            index += 1
        inside = index < len(pairs) and pairs[index].opening < stop
        enclosing = pairs[index] if inside else None
        end, last = _cluster(text, match, run, closing, marks, openings)
        if enclosing and end <= enclosing.closing:
            continue
        passed = end
        following = end
        while following < len(text) and text[following].isspace():
            following += 1
        place = _Place(text, language, start, stop, last, end, following, enclosing)
        if following < len(text) and _is_end(place):
            yield end
            start = following


@cache
def _run(rules: SegmentationRules) -> re.Pattern[str]:
    """Return the pattern of a run of terminators, dots with spaces between them included."""
    return re.compile(rf"\.(?:[ \u00a0]\.){{2,}}|[{re.escape(rules.terminators)}]+")


def _cluster(
    text: str,
    match: re.Match[str],
    run: re.Pattern[str],
    closing: frozenset[str],
    marks: set[int],
    openings: set[int],
) -> tuple[int, str]:
    """Return where the cluster ends that begins with *match*, and its last terminators."""
    end, last = match.end(), match[0]
    while True:
        more = run.match(text, end)
        note = _FOOTNOTE.match(text, end)
        if more:
            end, last = more.end(), more[0]
        elif note and not (note[0][0].isspace() and note.end() == len(text)):
            end = note.end()
        elif text[end : end + 1] in closing and end < len(text) and end not in openings:
            end += 1
            last = ""
        elif text[end : end + 1] in ("\u00a0", "\u202f", " ") and end + 1 in marks:
            end += 2
            last = ""
        else:
            return end, last


# --- the decision ------------------------------------------------------------------------


def _is_end(place: _Place) -> bool:
    """Return whether a sentence ends with the cluster of *place*; text follows it."""
    if place.text[place.next] in _CONTINUING:
        return False
    if place.enclosing and not _may_end_enclosed(place, place.enclosing):
        return False
    first = place.text[place.stop]
    run = _terminators(place)
    if first in _ELLIPSES or run.replace(" ", "").replace("\u00a0", "") in ("..", "..."):
        return _ends_at_ellipsis(place)
    if run in _STOPS and len(run) == 1:
        return _ends_at_stop(place)
    return _ends_at_mark(place, run)


def _terminators(place: _Place) -> str:
    """Return the first run of terminators."""
    match = _run(place.rules).match(place.text, place.stop)
    return match[0] if match else ""


def _may_end_enclosed(place: _Place, pair: Pair) -> bool:
    """Return whether the sentence may end with the bracket or quotation *pair*, closed here."""
    text = place.text
    if place.last:  # a terminator follows the closing mark: "...」。"
        return True
    content = text[pair.opening + 1 : pair.closing].strip(" .!?…")
    if not content:
        return False
    alone = not text[place.start : pair.opening].strip()
    if text[pair.opening] in _ROUND:
        return alone or (place.apart and _kind(place) in ("upper", "digit", "item"))
    if _is_ideographic(text[place.next]) or _is_kana(text[place.next]):
        return not _continues(place)
    return True


def _ends_at_mark(place: _Place, run: str) -> bool:
    """Return whether a sentence ends at a mark that is no full stop and no ellipsis."""
    text, following = place.text, place.text[place.next]
    before = text[place.stop - 1 : place.stop]
    if not place.apart and place.end == place.stop + len(run):
        named = run in ("!", "?") and before.isascii() and before.isalnum()
        if named and following.isalnum() and (following.isascii() or run == "!"):
            return False  # a name or an address: Yahoo!, page?v=2
        if _is_kana(following) and _is_quoted_name(place, run):
            return False
    return _kind(place) != "lower"


def _is_quoted_name(place: _Place, run: str) -> bool:
    """Return whether a particle follows that begins no sentence: モーニング娘。の, 何か？と."""
    text, rules = place.text, place.rules
    rest = text[place.next : place.next + 12]
    if rest[0] == "を":
        return True
    if _starts(rest, rules):
        return False
    if rest[0] in "のがはに" and len(rest) > 1:
        return not _is_kana(rest[1]) or _is_katakana(rest[1])
    return rest[0] in "とっ" and run[-1] not in "。｡"


def _ends_at_ellipsis(place: _Place) -> bool:
    """Return whether a sentence ends at three dots."""
    text = place.text
    following = text[place.next]
    if _is_ideographic(following) or _is_kana(following):
        return place.apart or _starts(text[place.next :][:12], place.rules)
    if not place.apart:
        return False
    kind = _kind(place)
    if text[place.stop - 1 : place.stop].isspace():  # words left out
        return kind == "upper" and _next_starts(place)
    return kind not in ("lower", "symbol")


def _ends_at_stop(place: _Place) -> bool:
    """Return whether a sentence ends at a full stop."""
    text = place.text
    before, following = text[place.stop - 1 : place.stop], text[place.next]
    if not before or (before.isspace() and not place.last):
        return False
    label = find_label(text, place.start)
    if label and label.end > place.stop:
        return False
    if before and (_is_ideographic(before) or _is_kana(before)):
        return True
    if place.apart:
        return _ends_before_space(place)
    if place.end > place.stop + 1 and not following.isalnum():
        return True
    if _is_ideographic(following) or _is_kana(following) or following in "「『（":
        return _ends_before_ideograph(place)
    return _lacks_space(place)


def _ends_before_ideograph(place: _Place) -> bool:
    """Return whether a sentence ends at a stop between Latin letters and Japanese or Chinese."""
    if _starts(place.text[place.next :][:12], place.rules):
        return True
    word = _token(place)
    wide = place.text[place.stop] == "．"
    return (
        wide
        and len(word) > 1
        and word.isalpha()
        and not _is_listed(word, place.rules.abbreviations)
    )


def _lacks_space(place: _Place) -> bool:
    """Return whether a space was forgotten after a stop: "in Tokyo.The leaders"."""
    word = _token(place)
    return len(word) > 2 and word.isalpha() and word[1:].islower() and _next_starts(place)


def _ends_before_space(place: _Place) -> bool:
    """Return whether a sentence ends at a stop with white space after it."""
    kind = _kind(place)
    word = _token(place)
    if kind == "lower":
        return False
    if not word or not word[-1].isalnum():
        return True
    if _is_listed(word, place.rules.abbreviations):
        return False
    if word.isdecimal():
        return not (len(word) <= 2 and kind == "digit") and not _is_listed(
            word, place.rules.final_abbreviations
        )
    if _may_be_abbreviation(word, place):
        return _ends_with_abbreviation(word, kind, place)
    return True


def _may_be_abbreviation(word: str, place: _Place) -> bool:
    """Return whether *word* and its stop look like an abbreviation."""
    if _is_listed(word, place.rules.final_abbreviations) or _INITIALS.fullmatch(word):
        return True
    if len(word) == 1:
        return word.isalpha() and _previous_word(place, word) not in DIVISIONS
    if not word.isalpha() or (word.isupper() and len(word) > 2):
        return False
    if _kind(place) in ("digit", "roman"):
        return len(word) <= (4 if word[0].isupper() else 3)
    return word.isascii() and not set(word.casefold()) & _VOWELS


def _ends_with_abbreviation(word: str, kind: str, place: _Place) -> bool:
    """Return whether a sentence ends with the abbreviation *word*."""
    if kind in ("digit", "roman"):
        return False
    if _next_starts(place):
        opens = place.text[place.start : place.stop].strip(_SKIPPED) == word
        return not (opens and len(word) == 1)
    return len(word) > 1 and word.islower() and not _next_is_acronym(place)


# --- what stands around a cluster --------------------------------------------------------


def _kind(place: _Place) -> str:
    """Return what follows: lower, upper, roman, digit, item, uncased or symbol."""
    text, position = place.text, place.next
    if _ITEM.match(text, position):
        return "item"
    reach = min(len(text), position + 8)
    while position < reach and text[position] in _SKIPPED:
        position += 1
    character = text[position : position + 1]
    if character.isdecimal():
        return "digit"
    if character.isupper() or character.istitle():
        return "roman" if _ROMAN.match(text, position) else "upper"
    if character.islower():
        return "upper" if re.match(r"[a-z]{1,2}[A-Z]", text[position : position + 3]) else "lower"
    return "uncased" if character.isalpha() else "symbol"


def _token(place: _Place) -> str:
    """Return the word before the first stop, without elided article and opening marks."""
    begin = max(place.start, place.stop - _TOKEN_REACH)
    piece = place.text[begin : place.stop]
    borders = [match.end() for match in _TOKEN_BORDER.finditer(piece)]
    token = piece[borders[-1] :] if borders else piece
    for mark in "'’":
        head, found, tail = token.rpartition(mark)
        if found and len(tail) > 1 and head:
            token = tail
    return token.rpartition("-")[2]


def _previous_word(place: _Place, word: str) -> str:
    """Return the word before *word*, in lower case without stop."""
    begin = max(place.start, place.stop - _TOKEN_REACH)
    words = place.text[begin : place.stop - len(word)].split()
    return words[-1].strip("(.").casefold() if words else ""


def _is_listed(word: str, words: frozenset[str]) -> bool:
    """Return whether *word* is one of *words*, whatever its case and width."""
    return unicodedata.normalize("NFKC", word).casefold() in words


def _next_starts(place: _Place) -> bool:
    """Return whether the next word is one that often begins a sentence."""
    rest = place.text[place.next : place.next + 40].lstrip(_SKIPPED)
    match = _WORD.match(rest)
    if not match:
        return False
    word = match[0]
    bare = word.rstrip("'’")
    if len(bare) > 1 and bare.isupper() and not place.text[place.start : place.stop].isupper():
        return False
    if not bare[:1].isupper():
        return False
    starters = place.rules.starters
    return bare.casefold() in starters or word.casefold() in starters


def _next_is_acronym(place: _Place) -> bool:
    """Return whether the next word is all capitals: "5 p.m. JST"."""
    match = _WORD.match(place.text, place.next)
    return match is not None and len(match[0]) > 1 and match[0].isupper()


def _continues(place: _Place) -> bool:
    """Return whether the sentence goes on after a closing quotation mark: 「...。」と述べた."""
    rest = place.text[place.next : place.next + 12]
    if _starts(rest, place.rules):
        return False
    return (_is_kana(rest[0]) and not _is_katakana(rest[0])) or rest[0] in "旨等云"


def _starts(rest: str, rules: SegmentationRules) -> bool:
    """Return whether *rest* begins with a word that often begins a sentence."""
    return any(rest[:length] in rules.starters for length in range(1, len(rest) + 1))


def _is_kana(character: str) -> bool:
    return "\u3040" <= character <= "\u30ff"


def _is_katakana(character: str) -> bool:
    return "\u30a0" <= character <= "\u30ff"


def _is_ideographic(character: str) -> bool:
    return (
        "\u3400" <= character <= "\u9fff"
        or "\uf900" <= character <= "\ufaff"
        or "\u3005" <= character <= "\u3007"
        or "\U00020000" <= character <= "\U0003ffff"
    )
