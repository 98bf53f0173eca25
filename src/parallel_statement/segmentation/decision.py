"""Whether a sentence ends at a place: the word before it weighed against what follows."""

from __future__ import annotations

import re
from unicodedata import category

from parallel_statement.languages.dates import begins_with_date
from parallel_statement.segmentation.labels import DIVISIONS, find_label
from parallel_statement.segmentation.places import (
    Place,
    is_ideographic,
    is_kana,
    is_katakana,
    is_listed,
    kind_after,
    next_is_acronym,
    next_starts,
    run_of,
    starts,
    word_before,
    word_before_that,
)
from parallel_statement.segmentation.protection import Pair

_STOPS = ".．"
_ELLIPSES = "…‥"
_ROUND = "([{（［【〔"
_CONTINUING = ",;:、，；：・/·%％)]}）］】〕»›”’」』》〉"
_INITIALS = re.compile(
    r"(?:[^\W\d_]{1,4}\.)*[^\W\d_]\.(?:[^\W\d_]{1,4}\.?)*|(?:[^\W\d_]{1,4}\.)+[^\W\d_]"
)
_VOWELS = frozenset("aeiouyàáâãäåæèéêëìíîïòóôõöøœùúûüýÿ")
_REPORTING = "旨等云"  # kanji that go on after a quotation as the particles in hiragana do
_DATE_REACH = 32
_REACH = 12  # no Japanese word that begins a sentence is longer


def is_end(place: Place) -> bool:
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


def _terminators(place: Place) -> str:
    """Return the first run of terminators."""
    match = run_of(place.rules).match(place.text, place.stop)
    return match[0] if match else ""


def _may_end_enclosed(place: Place, pair: Pair) -> bool:
    """Return whether the sentence may end with the bracket or quotation *pair*, closed here."""
    text = place.text
    if place.last:  # a terminator follows the closing mark: "...」。"
        return True
    content = text[pair.opening + 1 : pair.closing].strip(" .!?…")
    if not content:
        return False
    alone = pair.opening == place.start
    if text[pair.opening] in _ROUND:
        wordy = len(content.split()) > 1
        return alone or (place.apart and wordy and kind_after(place) in ("upper", "digit", "item"))
    if not place.apart and text[place.next] in "「『":
        return alone
    if is_ideographic(text[place.next]) or is_kana(text[place.next]):
        return not _continues(place)
    return True


def _ends_at_mark(place: Place, run: str) -> bool:
    """Return whether a sentence ends at a mark that is no full stop and no ellipsis."""
    text, following = place.text, place.text[place.next]
    before = text[place.stop - 1 : place.stop]
    if not place.apart and place.end == place.stop + len(run):
        named = run in ("!", "?") and before.isascii() and before.isalnum()
        if named and following.isalnum() and (following.isascii() or run == "!"):
            return False  # a name or an address: Yahoo!, page?v=2
        if is_kana(following) and _is_quoted_name(place, run):
            return False
    return kind_after(place) != "lower"


def _is_quoted_name(place: Place, run: str) -> bool:
    """Return whether a particle follows that begins no sentence: モーニング娘。の, 何か？と."""
    text, rules = place.text, place.rules
    rest = text[place.next : place.next + _REACH]
    if rest[0] == "を":
        return True
    if starts(rest, rules):
        return False
    if rest[0] in "のがはに" and len(rest) > 1:
        return not is_kana(rest[1]) or is_katakana(rest[1])
    return rest[0] in "とっ" and run[-1] not in "。｡"


def _ends_at_ellipsis(place: Place) -> bool:
    """Return whether a sentence ends at three dots."""
    text = place.text
    following = text[place.next]
    if is_ideographic(following) or is_kana(following):
        wide = "\u3000" in text[place.end : place.next]
        return wide or starts(text[place.next : place.next + _REACH], place.rules)
    if not place.apart:
        return False
    kind = kind_after(place)
    if text[place.stop - 1 : place.stop].isspace():  # words left out
        return kind == "upper" and next_starts(place)
    return kind not in ("lower", "symbol")


def _ends_at_stop(place: Place) -> bool:
    """Return whether a sentence ends at a full stop."""
    text = place.text
    before, following = text[place.stop - 1 : place.stop], text[place.next]
    if not before or (before.isspace() and not place.last):
        return False
    label = find_label(text, place.start)
    if label and label.end > place.stop:
        return False
    if before and (is_ideographic(before) or is_kana(before)):
        return True
    if place.apart:
        return _ends_before_space(place)
    if place.end > place.stop + 1 and not following.isalnum():
        return True
    if is_ideographic(following) or is_kana(following) or following in "「『（":
        return _ends_before_ideograph(place)
    return _lacks_space(place)


def _ends_before_ideograph(place: Place) -> bool:
    """Return whether a sentence ends at a stop between Latin letters and Japanese or Chinese."""
    word = word_before(place)
    if len(word) == place.stop - place.start == 1:  # "Q．", "A．"
        return False
    if starts(place.text[place.next : place.next + _REACH], place.rules):
        return True
    wide = place.text[place.stop] == "．"
    return (
        wide and len(word) > 1 and word.isalpha() and not is_listed(word, place.rules.abbreviations)
    )


def _lacks_space(place: Place) -> bool:
    """Return whether a space was forgotten after a stop: "in Tokyo.The leaders"."""
    word = word_before(place)
    return len(word) > 2 and word.isalpha() and word[1:].islower() and next_starts(place)


def _ends_before_space(place: Place) -> bool:
    """Return whether a sentence ends at a stop with white space after it."""
    kind = kind_after(place)
    word = word_before(place)
    if kind == "lower" or _is_unbroken(place):
        return False
    if not word or not word[-1].isalnum():
        return True
    if is_listed(word, place.rules.abbreviations):
        return False
    if word.isdecimal():
        if begins_with_date(place.text[place.stop - len(word) : place.stop + _DATE_REACH]):
            return False
        return not (len(word) <= 2 and kind == "digit") and not is_listed(
            word, place.rules.final_abbreviations
        )
    if _may_be_abbreviation(word, place):
        return _ends_with_abbreviation(word, kind, place)
    return True


def _is_unbroken(place: Place) -> bool:
    """Return whether a lone space that breaks no line follows, where no word is known to begin."""
    gap = place.text[place.end : place.next]
    return gap in ("\u00a0", "\u202f") and not place.rules.starters


def _may_be_abbreviation(word: str, place: Place) -> bool:
    """Return whether *word* and its stop look like an abbreviation."""
    if is_listed(word, place.rules.final_abbreviations) or _INITIALS.fullmatch(word):
        return True
    if len(word) == 1:
        return word.isalpha() and word_before_that(place, word) not in DIVISIONS
    if not word.isalpha() or (word.isupper() and len(word) > 2):
        return False
    if kind_after(place) in ("digit", "roman"):
        short = len(word) <= (4 if word[0].isupper() else 3)
        return short and word[-1].casefold() not in _VOWELS
    return word.isascii() and not set(word.casefold()) & _VOWELS


def _ends_with_abbreviation(word: str, kind: str, place: Place) -> bool:
    """Return whether a sentence ends with the abbreviation *word*."""
    following = place.text[place.next]
    if kind in ("digit", "roman") or following in _ROUND or category(following) == "Sc":
        return False
    if next_starts(place):
        return len(word) > 1 or place.stop - len(word) > place.start
    return len(word) > 1 and word.islower() and not next_is_acronym(place)


def _continues(place: Place) -> bool:
    """Return whether the sentence goes on after a closing quotation mark: 「...。」と述べた."""
    rest = place.text[place.next : place.next + _REACH]
    if starts(rest, place.rules):
        return False
    return (is_kana(rest[0]) and not is_katakana(rest[0])) or rest[0] in _REPORTING
