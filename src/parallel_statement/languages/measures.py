"""What a number counts: per cent, a currency, or a unit (``measures.toml``)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from parallel_statement.languages.quantity import fold_width
from parallel_statement.languages.tables import read_table
from parallel_statement.model import LanguageTag, Span

PERCENT = "%"
Measure = frozenset[str]
"""``{"%"}``, the codes of the currencies (ISO 4217) or units (UCUM) that a word may stand for."""

_REACH = 40
"""Characters after a number in which its measure must end."""
_LINK = re.compile(r"[\s’'-]?(?:(?:of|di|de|von) |d['’])?")
_NOTHING: Measure = frozenset()


def measure(text: str, span: Span, tag: LanguageTag) -> Measure:
    """Return what the number at *span* of *text* counts.

    >>> sorted(measure("about EUR 500 million", Span(10, 21), "en"))
    ['EUR']
    >>> sorted(measure("12億米ドル", Span(0, 3), "ja")), sorted(measure("12 %", Span(0, 2), "fr"))
    (['USD'], ['%'])
    """
    folded, base = fold_width(text), tag.partition("-")[0]
    leading = _leading().search(folded, max(0, span.start - _REACH), span.start)
    if leading:
        return _meanings("before")[leading[1].casefold()]
    window = folded[span.start : span.end + _REACH]
    length = span.end - span.start
    for match in _named(base).finditer(window):
        if _verbs(base).match(folded, span.start + match.start()):
            continue
        if match.start() <= length or _LINK.fullmatch(window[length : match.start()]):
            return _meanings(base)[match[1].casefold()]
    return _NOTHING


@cache
def _leading() -> re.Pattern[str]:
    """Return a pattern for what stands before a number: "EUR 500"."""
    return re.compile(rf"{_pattern('before')}\s?$", re.IGNORECASE)


@cache
def _named(base: str) -> re.Pattern[str]:
    return re.compile(_pattern(base), re.IGNORECASE)


def _pattern(group: str) -> str:
    """Return a pattern for the names of *group*; no letter touches one that has letters."""
    return rf"({'|'.join(map(_bordered, sorted(_meanings(group), key=len, reverse=True)))})"


@cache
def _verbs(base: str) -> re.Pattern[str]:
    """Return a pattern for what looks like a symbol: "nel 2025 ha attirato" has no hectares."""
    return re.compile(_data()["verbs"].get(base, r"(?!)"))


def _bordered(name: str) -> str:
    start = r"(?<![^\W\d_])" if name[0].isascii() and name[0].isalpha() else ""
    end = r"(?![^\W\d_])" if name[-1] < "\u3000" and name[-1].isalpha() else ""
    return start + re.escape(name) + end


@cache
def _meanings(group: str) -> dict[str, Measure]:
    """Return what each name of *group* stands for; a language's group holds the symbols too."""
    data = _data()
    groups: Iterable[str] = ("before",) if group == "before" else ("before", "anywhere", group)
    return {
        name.casefold(): frozenset(data["families"].get(code, code).split())
        for each in groups
        for code, names in data.get(each, {}).items()
        for name in names.split("|")
    }


@cache
def _data() -> dict[str, Any]:
    return read_table(__package__, "measures.toml")
