"""English words, numbers and dates."""

from __future__ import annotations

import re
from functools import lru_cache

from parallel_statement.languages.base import Keys, MatchingRule, Quantity, Token, Variants
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
from parallel_statement.languages.words import analyse_words, lemma

_AMERICAN = Variants(  # from British: variants of one word, not different words
    patterns=(
        (re.compile(r"is(ation|ations|e|es|ed|ing)$"), r"iz\1"),
        (re.compile(r"(?<=[a-z]{2})our(s|ed|ing|able|ite|al)?$"), r"or\1"),
        (re.compile(r"(def|off|lic|pret)ence(s?)$"), r"\1ense\2"),
        (re.compile(r"^(cent|theat|met|fib)re(s?)$"), r"\1er\2"),
        (re.compile(r"(?<=[aeiouy][^aeiouy])([aeiou]l)l(ed|ing|er|ers|or|ors)$"), r"\1\2"),
        (re.compile(r"(?<=[aeiouy][^aeiouy]{2})([aeiou]l)l(ed|ing|er|ers|or|ors)$"), r"\1\2"),
        (re.compile(r"^(fulfil|enrol|instal|skilful)l?(s|ment|ments|ly)?$"), r"\1\2"),
        (re.compile(r"yse(s|d)?$"), r"yze\1"),
        (re.compile(r"(?<=[a-z]{3})ogue(s?)$"), r"og\1"),
        (re.compile(r"(?<=dg)e(ment|ments)$"), r"\1"),
        (re.compile(r"(alumin)ium$"), r"\1um"),
        (re.compile(r"^(ag)e(ing)$"), r"\1\2"),
        (re.compile(r"^(program)me(s?)$"), r"\1\2"),
        (re.compile(r"^manoeuvre"), "maneuver"),
    )
)
_PARADIGM = {  # endings of an inflected word, and those its dictionary form may have
    "ies": ("y", "ie"),
    "ied": ("y", "ie"),
    "ves": ("f", "fe", "ve"),
    "ses": ("sis", "s", "se"),
    "xes": ("xis", "x", "xe"),
    "ches": ("ch", "che"),
    "shes": ("sh",),
    "oes": ("o", "oe"),
    "s": ("",),
    "ing": ("", "e"),
    "ed": ("", "e"),
}
_SHORTEST_STEM = 3


@lru_cache(maxsize=1 << 16)
def _keys(word: str) -> Keys:
    """Return the lemmas of simplemma, and, where it knows none, what a paradigm may lead to."""
    import simplemma

    if word in ("a", "an"):
        return {"a": "spelling"}
    keys: dict[str, MatchingRule] = {word: "exact"}
    keys.setdefault(_AMERICAN.unite(word), "spelling")
    for form in tuple(keys):
        keys.setdefault(lemma(form, "en"), "lemma")
        keys.setdefault(_AMERICAN.unite(lemma(form, "en")), "lemma")
    known = simplemma.is_known(word, "en")
    for base in _bases(word):
        if not known or (word.endswith("es") and simplemma.is_known(base, "en")):
            keys.setdefault(base, "paradigm")
        elif word == base + "s":
            keys.setdefault(base, "stem")
    return keys


def _bases(word: str) -> tuple[str, ...]:
    """Return what *word* may be a plural, past or -ing form of."""
    for ending, bases in _PARADIGM.items():
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _SHORTEST_STEM and not stem.endswith("s"):
            undoubled = (stem[:-1],) if ending in ("ing", "ed") and stem[-1] == stem[-2] else ()
            return (*(stem + base for base in bases), *undoubled)
    return ()


@lru_cache(maxsize=1 << 13)
def analyse(text: str) -> tuple[Token, ...]:
    """Return the words of *text* with their lemmas (simplemma) and spellings."""
    return analyse_words(text, _keys)


# --- numbers and dates -------------------------------------------------------------------

_MONTHS = numbered(
    "January/Jan February/Feb March/Mar April/Apr May June/Jun July/Jul August/Aug "
    "September/Sept/Sep October/Oct November/Nov December/Dec"
)
_UNITS = numbered(
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen",
    start=2,
)
_TENS = numbered("twenty thirty forty fifty sixty seventy eighty ninety", start=20, step=10)
_ORDINALS = numbered(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
)
_TENTHS = {word[:-1] + "ieth": value for word, value in _TENS.items()}
_SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9}
_SCALES |= {"trillion": 10**12, "tn": 10**12, "bn": 10**9, "mn": 10**6, "m": 10**6, "k": 10**3}

_MULTIPLES = {"doubl": 2, "tripl": 3, "trebl": 3, "quadrupl": 4, "twice": 2, "thrice": 3}
_MULTIPLES |= {"twofold": 2, "threefold": 3, "fourfold": 4, "fivefold": 5, "tenfold": 10}

_NUMBER = r"(?P<n>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_SCALE = r"(?:(?:[ -]|(?=[bm]n))(?P<scale>hundred|thousand|million|billion|trillion|bn|mn)\b)?"
_MONEY_SCALE = r"(?:[ -]?(?P<scale>hundred|thousand|million|billion|trillion|[bmt]n|[mkMK])\b)?"
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_SURE_MONTH = (
    r"(?P<month>January|February|April|June|July|August|September|October|November|December)"
)
_SUFFIX = "(?:st|nd|rd|th)?"
_WEEKDAY = "(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
_DAY = (
    rf"(?P<day>\d{{1,2}}){_SUFFIX}"
    rf"(?:(?: ?[-–] ?| (?:to|and|through|until) ){_WEEKDAY}(?P<last>\d{{1,2}}){_SUFFIX})?"
)
_YEAR = r"(?P<year>\d{4})"
_UNIT_WORD = "|".join(sorted(_UNITS, key=len, reverse=True))
_TEN_WORD = "|".join(_TENS)
_BELOW_HUNDRED = f"(?:(?:{_TEN_WORD})(?:[ -](?:one|{_UNIT_WORD}))?|{_UNIT_WORD})"
_LARGE = "(?:hundred|thousand|million|billion|trillion)"
_PARTS = {"halves": 2, "half": 2, "quarters": 4, "quarter": 4}
_PARTS |= {word + s: value for word, value in _ORDINALS.items() if value > 2 for s in ("s", "")}
_SEVERAL = "|".join(word for word in _PARTS if word.endswith("s"))
_ONE_PART = "|".join(word for word in _PARTS if not word.endswith("s"))


def _on_scale(digits: str, scale: str | None) -> str:
    return decimal(digits.replace(",", ""), _SCALES.get((scale or "").lower(), 1))


def _scaled(match: re.Match[str]) -> str:
    return _on_scale(match["n"], match["scale"])


def _worded(match: re.Match[str]) -> str:
    """Return the value of a number in words: "two thousand and twenty-five"."""
    total = part = 0
    for word in re.findall(r"[a-z]+", match[0].lower()):
        if word in _SCALES:
            scale = _SCALES[word]
            part = (part or 1) * scale
            if scale > 100:
                total, part = total + part, 0
        else:
            part += _UNITS.get(word) or _TENS.get(word) or int(word == "one")
    return str(total + part)


def _fraction(match: re.Match[str]) -> str:
    return fraction(_UNITS.get((match["n"] or "one").lower(), 1), _PARTS[match["d"].lower()])


def _ordinal(match: re.Match[str]) -> str:
    tens, _, unit = match[0].lower().replace(" ", "-").rpartition("-")
    return str(_TENS.get(tens, 0) + (_ORDINALS.get(unit) or _TENTHS[unit]))


_RULES: tuple[Rule, ...] = (
    rule(r"\b\d{1,2}:\d{2}(?: ?[ap]\.?m\b\.?)?|\b\d{1,2}(?:\.\d\d)? ?[ap]\.?m\b\.?"),
    rule(r"\b(?:the )?\d{2,4}['’]?s\b|['’]\d0s\b"),
    rule(rf"\b{_MONTH} {_DAY}(?:,? {_YEAR}\b)?(?!\d)", "date", calendar_date(_MONTHS)),
    rule(rf"\b{_DAY} (?:of )?{_MONTH}(?:,? {_YEAR}\b)?", "date", calendar_date(_MONTHS)),
    rule(rf"\b{_MONTH},? (?:of )?{_YEAR}\b", "month", calendar_date(_MONTHS)),
    rule(rf"\b{_SURE_MONTH}\b", "month", calendar_date(_MONTHS)),
    rule(
        r"(?:(?<=\b[Ii]n )|(?<=\bof )|(?<=\b[Ee]arly )|(?<=\b[Ll]ate )|(?<=\b[Ss]ince )"
        r"|(?<=\b[Uu]ntil ))"
        r"(?P<month>May|March)\b",
        "month",
        calendar_date(_MONTHS),
    ),
    rule(
        r"(?:(?P<between>\b[Bb]etween )|(?<![\w.,]))(?P<a>\d+(?:\.\d+)?)"
        r"(?: ?[-–—] ?| to |(?(between) and |(?!)))(?P<b>\d+(?:\.\d+)?) (?P<scale>[mbtr]+illion)\b",
        "range",
        scaled_range(_on_scale),
    ),
    rule(rf"{CURRENCY} ?{_NUMBER}{_MONEY_SCALE}", "currency", _scaled),
    rule(
        rf"(?<![\w.,]){_NUMBER}{_SCALE} ?(?:(?:US )?dollars?|euros?|yen|pounds?)\b",
        "currency",
        _scaled,
    ),
    rule(rf"\b(?P<n>{_UNIT_WORD})[- ](?P<d>{_SEVERAL})\b", "number", _fraction, re.IGNORECASE),
    rule(
        rf"\b(?P<n>one|a)[- ](?P<d>{_ONE_PART}) of\b(?! (?:an? )?(?:century|year|hour)\b)",
        "number",
        _fraction,
        re.IGNORECASE,
    ),
    rule(
        rf"(?<![\w.,]){_NUMBER}(?P<scale>)(?: ?%|[ -]per ?cent\b| percentage points?\b)",
        "percent",
        _scaled,
    ),
    rule(
        rf"(?<![\w.,]){_NUMBER}(?P<scale>)(?:[x×](?!\w)|[ -]?fold\b| times\b)",
        "multiplier",
        _scaled,
    ),
    rule(  # "double" is mostly no number: double-click, double standards
        r"\b(?P<times>doubl|tripl|trebl|quadrupl)(?:ed|ing)\b"
        r"|(?<=\bto )(?P<verb>doubl|tripl|trebl|quadrupl)e\b(?!-)"
        r"|\b(?P<adverb>(?:twice|thrice|(?:two|three|four|five|ten)fold)\b)",
        "multiplier",
        lambda match: str(_MULTIPLES[match["times"] or match["verb"] or match["adverb"]]),
    ),
    rule(r"(?<![\w.,/-])(?P<a>\d+) ?[-–—~] ?(?P<b>\d+)(?![\w/-]|[.,]\d)", "range", span_of),
    rule(r"(?<![\w.,])(?P<n>\d+)(?:st|nd|rd|th)\b", "ordinal", lambda m: m["n"].lstrip("0")),
    rule(rf"(?<![\w.,/]){_NUMBER}{_SCALE}(?![\w/]|[.,]\d)", "number", _scaled),
    rule(
        rf"\b(?:(?:{_TEN_WORD})[- ])?(?:{'|'.join(_ORDINALS)})\b|\b(?:{'|'.join(_TENTHS)})\b",
        "ordinal",
        _ordinal,
        re.IGNORECASE,
    ),
    rule(
        rf"\b(?:(?:one|a)(?=[ -]{_LARGE}\b)|{_BELOW_HUNDRED})"
        rf"(?:[ -]{_LARGE}(?: (?:and )?(?:one|{_BELOW_HUNDRED})\b)?)*(?!\w)",
        "number",
        _worded,
        re.IGNORECASE,
    ),
    rule(r"\b[IVX]{2,}\b", "ordinal", roman),
)


@lru_cache(maxsize=1 << 13)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Return the numbers and dates of *text*; "one", which is often a pronoun, is none."""
    return extract(text, _RULES)
