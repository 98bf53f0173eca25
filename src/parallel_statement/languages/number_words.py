"""Words that hold a number and are no numeral: "bilateral", "half", "two decades", 両国."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from parallel_statement.languages.base import Quantity
from parallel_statement.languages.quantity import decimal, fold_width
from parallel_statement.languages.tables import read_table
from parallel_statement.model import LanguageTag, Span

Sense = Literal["count", "both", "about"]
_SENSES: tuple[Sense, ...] = ("about", "count", "both")


@dataclass(frozen=True, slots=True)
class NumberWord:
    """A word that holds a number."""

    quantity: Quantity
    sense: Sense
    """How many; perhaps how many ("both", "a"), perhaps nothing; or only how large a number."""


@dataclass(frozen=True, slots=True)
class _Rules:
    """The words of one language."""

    senses: Mapping[Sense, re.Pattern[str]]
    times: re.Pattern[str] | None
    """The groups of the patterns are named after the values."""


def number_words(
    text: str, tag: LanguageTag, numerals: Sequence[Quantity]
) -> tuple[NumberWord, ...]:
    """Return the words of *text* that hold a number, sorted; they may hold one of *numerals*.

    >>> found = number_words("both bilateral plans for a decade", "en", ())
    >>> [(each.quantity.value, each.sense) for each in found]
    [('2', 'both'), ('2', 'count'), ('1', 'both'), ('10', 'both')]
    """
    rules = _rules(tag.partition("-")[0])
    if rules is None:
        return ()
    folded = fold_width(text)
    plain = folded[:1].lower() + folded[1:]
    found = list(_multiplied(plain, rules, numerals))
    for sense, pattern in rules.senses.items():
        for match in pattern.finditer(plain):
            quantity = Quantity("number", _value(match), Span(*match.span()))
            taken = (*numerals, *(word.quantity for word in found))
            if not any(overlaps(quantity, each) for each in taken):
                found.append(NumberWord(quantity, sense))
    return tuple(sorted(found, key=lambda word: word.quantity.span))


def overlaps(here: Quantity, there: Quantity) -> bool:
    """Return whether two quantities share a character."""
    return here.span.start < there.span.end and there.span.start < here.span.end


def _multiplied(text: str, rules: _Rules, numerals: Sequence[Quantity]) -> Iterator[NumberWord]:
    """Yield decades and dozens, with the number before them."""
    for match in rules.times.finditer(text) if rules.times else ():
        times = int(_value(match))
        counted = [
            each
            for each in numerals
            if each.kind == "number" and text[each.span.end : match.start()] in (" ", "-")
        ]
        start = counted[-1].span.start if counted else match.start()
        value = decimal(counted[-1].value, times) if counted else str(times)
        quantity = Quantity("number", value, Span(start, match.end()))
        yield NumberWord(quantity, "count" if counted else "both")


def _value(match: re.Match[str]) -> str:
    """Return the value after which the group of *match* is named: ``v0_5`` for a half."""
    return (match.lastgroup or "")[1:].replace("_", ".")


@cache
def _rules(base: str) -> _Rules | None:
    data = _data().get(base)
    if data is None:
        return None
    before, after = (r"(?<!\w)", r"(?!\w)") if data.get("borders", True) else ("", "")

    def pattern(words: Mapping[str, str]) -> re.Pattern[str]:
        largest_first = sorted(words.items(), key=lambda each: -float(each[0]))
        choice = "|".join(
            f"(?P<v{value.replace('.', '_')}>{forms})" for value, forms in largest_first
        )
        return re.compile(f"{before}(?:{choice}){after}")

    senses: dict[Sense, re.Pattern[str]] = {
        sense: pattern(data[sense]) for sense in _SENSES if sense in data
    }
    return _Rules(senses, pattern(data["times"]) if "times" in data else None)


@cache
def _data() -> dict[str, Any]:
    return read_table(__package__, "number_words.toml")
