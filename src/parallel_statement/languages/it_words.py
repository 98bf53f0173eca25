"""Italian words, numbers and dates."""

from __future__ import annotations

import re
from functools import lru_cache

from parallel_statement.languages.base import Keys, Quantity, Token
from parallel_statement.languages.it_forms import analyse_word
from parallel_statement.languages.quantity import (
    CURRENCY,
    Rule,
    calendar_date,
    decimal,
    extract,
    fraction,
    numbered,
    roman,
    rule,
    scaled_range,
    span_of,
)
from parallel_statement.languages.words import analyse_words, fold
from parallel_statement.model import Span

_ACCENTED = {"ta": "à", "tu": "ù"}
"""Endings of nouns that capitals write with an apostrophe, and the accented vowel."""
_APOSTROPHES = frozenset("'’`´")
_OPENING = re.compile("(?<![^\\W_])['’‘`]$")
"""What begins a quotation, and no word is elided before it."""


@lru_cache(maxsize=1 << 13)
def analyse(text: str) -> tuple[Token, ...]:
    """Return the words of *text* with lemmas (simplemma) and possible singulars."""
    return tuple(_accented(text, token) for token in analyse_words(text, analyse_word))


def _accented(text: str, token: Token) -> Token:
    """Return *token* with the apostrophe after it, if that stands for an accent: "CITTA'"."""
    start, end = token.span
    if text[end : end + 1] not in _APOSTROPHES:  # as nearly all words
        return token
    import simplemma

    word = fold(token.text)
    if (
        word[-2:] not in _ACCENTED
        or _OPENING.search(text[:start])
        or simplemma.is_known(word, "it")
    ):
        return token
    accented = word[:-1] + _ACCENTED[word[-2:]]
    keys: Keys = dict.fromkeys(analyse_word(accented), "spelling")
    return Token(Span(start, end + 1), text[start : end + 1], keys)


# --- numbers and dates -------------------------------------------------------------------

_MONTHS = numbered(
    "gennaio/Gennaio febbraio/Febbraio marzo/Marzo aprile/Aprile maggio/Maggio giugno/Giugno "
    "luglio/Luglio agosto/Agosto settembre/Settembre ottobre/Ottobre novembre/Novembre "
    "dicembre/Dicembre"
)
_UNITS = numbered("uno due tre quattro cinque sei sette otto nove")
_TEENS = numbered(
    "dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove",
    start=10,
)
_TENS = numbered(
    "venti trenta quaranta cinquanta sessanta settanta ottanta novanta", start=20, step=10
)


def _below_hundred() -> dict[str, int]:
    words = {word: number for word, number in _UNITS.items() if number > 1} | _TEENS | _TENS
    for ten, value in _TENS.items():
        for unit, number in _UNITS.items():
            stem = ten[:-1] if unit[0] in "ou" else ten
            words[stem + unit] = value + number
        words[ten + "tré"] = value + 3
        words[ten[:-1] + "un"] = value + 1
    return words


def _below_thousand() -> dict[str, int]:
    words = _below_hundred()
    hundreds = {"cento": 100} | {
        unit + "cento": number * 100 for unit, number in _UNITS.items() if number > 1
    }
    rest = words | {"uno": 1, "un": 1}
    return (
        words
        | hundreds
        | {
            hundred + word: value + number
            for hundred, value in hundreds.items()
            for word, number in rest.items()
        }
    )


_WORDS = _below_thousand()
_SIMPLE_ORDINALS = numbered(
    "prim second terz quart quint sest settim ottav non decim"  # with their vowel below
)
_ORDINALS = (
    {
        stem + ending: number
        for stem, number in _SIMPLE_ORDINALS.items()
        for ending in "oaie"
        if stem != "non" or ending in "oa"  # "noni" and "none" are rare
    }
    | {
        (word if word.endswith(("tre", "sei")) else word[:-1]) + "esim" + ending: value
        for word, value in _WORDS.items()
        if value > 10
        for ending in "oaie"
    }
)
_PARTS = {"mezz": 2} | {stem: value for stem, value in _SIMPLE_ORDINALS.items() if value > 2}
_ABOUT = {"decina": 10, "dozzina": 12, "ventina": 20, "trentina": 30, "cinquantina": 50}
_ABOUT |= {"centinaio": 100, "migliaio": 1000}
_MULTIPLES = {"raddoppi": 2, "triplic": 3, "quadruplic": 4}
_SCALES = {"mila": 10**3, "milione": 10**6, "milioni": 10**6, "miliardo": 10**9}
_SCALES |= {
    "miliardi": 10**9,
    "mln": 10**6,
    "mld": 10**9,
    "bilioni": 10**12,
    "mille miliardi": 10**12,
}

_NUMBER = r"(?P<n>\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)"
_SCALE = (
    rf"(?:(?: |(?=mila|ml[nd]))(?P<scale>{'|'.join(sorted(_SCALES, key=len, reverse=True))})\b)?"
)
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})\b"
_WEEKDAY = "(?:(?:lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica) )?"
_DAY = (
    r"(?P<day>\d{1,2}|primo)[°º]?"
    rf"(?:(?: ?[-–] ?(?:il )?| (?:al?|e il|e) {_WEEKDAY})(?P<last>\d{{1,2}}))?"
)
_YEAR = r"(?P<year>\d{4})"


def _on_scale(digits: str, scale: str | None) -> str:
    plain = digits.replace(".", "").replace(",", ".")
    return decimal(plain, _SCALES.get((scale or "").lower(), 1))


def _scaled(match: re.Match[str]) -> str:
    return _on_scale(match["n"], match["scale"])


_numeric_date = calendar_date(_MONTHS)


def _dated(match: re.Match[str]) -> str:
    if match["day"] != "primo":
        return _numeric_date(match)
    month = _MONTHS[match["month"]]
    return f"{match['year']}-{month:02}-01" if match["year"] else f"--{month:02}-01"


def _worded(match: re.Match[str]) -> str:
    value = _word_value(match["word"].lower())
    return decimal(str(value), _SCALES.get(match["scale"] or "", 1)) if value else ""


def _fraction(match: re.Match[str]) -> str:
    return fraction(
        _WORDS.get((match["n"] or "un").lower(), 1), _PARTS[(match["d"] or match["d1"]).lower()]
    )


def _elided(match: re.Match[str]) -> str:
    """Return the value of "trent’anni", "vent’anni", "duecent’anni"."""
    word = match["word"].lower()
    vowel = "o" if word.endswith("cent") else "i" if word.endswith("vent") else "a"
    return str(_word_value(word + vowel) or "")


def _word_value(word: str) -> int:
    """Return the value of "novecento", "duemilatrenta" or "milleuno", and 0 of other words."""
    if word in _WORDS:
        return _WORDS[word]
    thousands, mila, rest = word.partition("mila")
    if not mila and word.startswith("mille"):
        thousands, rest = "mille", word.removeprefix("mille")
    start = 1 if thousands == "mille" else _WORDS.get(thousands, 0)
    end = _WORDS.get(rest, int(rest in ("un", "uno")))
    return start * 1000 + end if start and (end or not rest) else 0


_RULES: tuple[Rule, ...] = (
    rule(r"\b(?:ore|alle|dalle) \d{1,2}(?:[.:]\d{2})?\b|\b\d{1,2}:\d{2}\b", flags=re.IGNORECASE),
    rule(r"\banni ['’]?\d{2,4}\b|(?<!\w)['’]\d0\b", flags=re.IGNORECASE),
    rule(rf"\b{_DAY} {_MONTH}(?: (?:del(?:l'anno)? )?{_YEAR}\b)?", "date", _dated),
    rule(rf"\b{_MONTH} (?:del(?:l['’]anno)? )?{_YEAR}\b", "month", calendar_date(_MONTHS)),
    rule(rf"\b{_MONTH}", "month", calendar_date(_MONTHS)),
    rule(
        r"(?:(?P<between>\b(?:[TtFf]ra|[Dd]a)(?: i)? )|(?<![\w.,]))(?P<a>\d+(?:,\d+)?)"
        r"(?: ?[-–—] ?|(?(between) (?:e|ai?)(?: i)? |(?!)))(?P<b>\d+(?:,\d+)?) "
        r"(?P<scale>milioni|miliardi)\b",
        "range",
        scaled_range(_on_scale),
    ),
    rule(rf"{CURRENCY} ?{_NUMBER}{_SCALE}", "currency", _scaled),
    rule(
        rf"(?<![\w.,]){_NUMBER}{_SCALE} ?(?:(?:di )?(?:euro|dollari|yen|sterline)\b|€)",
        "currency",
        _scaled,
    ),
    rule(
        rf"\b(?P<n>due|tre|quattro|cinque|sei|sette|otto|nove) (?P<d>{'|'.join(_PARTS)})i\b"
        rf"|\bun (?P<d1>{'|'.join(_PARTS)})o d(?:i|e[il]|egli|ell[ae]?)\b",
        "number",
        _fraction,
        re.IGNORECASE,
    ),
    rule(
        rf"(?<![\w.,]){_NUMBER}(?P<scale>)(?: ?%| per ?cento\b| punti percentuali\b)",
        "percent",
        _scaled,
    ),
    rule(rf"(?<![\w.,]){_NUMBER}(?P<scale>) per mille\b", "number", _scaled),
    rule(rf"(?<![\w.,]){_NUMBER}(?P<scale>)(?:[x×](?!\w)| volte\b)", "multiplier", _scaled),
    rule(
        r"\b(?P<times>raddoppi|(?:tri|quadru)plic(?=[aho]))[a-zòà]+\b",
        "multiplier",
        lambda match: str(_MULTIPLES[match["times"]]),
    ),
    rule(r"(?<![\w.,/-])(?P<a>\d+) ?[-–—] ?(?P<b>\d+)(?![\w/-]|[.,]\d)", "range", span_of),
    rule(
        r"(?<![\w.,])(?P<n>\d+)(?:[ºª]|°(?! ?[CFNSEO]\b)|-?esim[oaie]\b|-?m[oaie]\b)",
        "ordinal",
        lambda match: decimal(match["n"]),
    ),
    rule(rf"(?<![\w.,/]){_NUMBER}{_SCALE}(?![\w/]|[.,]\d)", "number", _scaled),
    rule(r"(?<![\w.,/])\d+\.\d{1,2}(?![\w/]|[.,]\d)", "number", lambda match: decimal(match[0])),
    rule(
        r"(?<!\w)[a-zé]{4,}(?!\w)",
        "ordinal",
        lambda match: str(_ORDINALS.get(match[0].lower(), "")),
        re.IGNORECASE,
    ),
    rule(rf"(?<!\w)(?P<word>[a-zé]{{3,}})(?!\w){_SCALE}", "number", _worded, re.IGNORECASE),
    rule(rf"\buna? (?P<word>{'|'.join(_ABOUT)})\b", "number", lambda m: str(_ABOUT[m["word"]])),
    rule(
        r"(?<!\w)(?P<word>[a-zé]*(?:ent|ant))(?=['’]anni\b)",
        "number",
        _elided,
        re.IGNORECASE,
    ),
    rule(r"\b[IVX]{2,}\b", "ordinal", roman),
)


@lru_cache(maxsize=1 << 13)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Return the numbers and dates of *text*; "uno", which is also an article, is none."""
    return extract(text, _RULES)
