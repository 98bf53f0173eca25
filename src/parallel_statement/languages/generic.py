"""Any language that has no module of its own: only marks, case and shape of words count."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from parallel_statement.languages.base import Language
from parallel_statement.languages.generic_phrases import find_in_spaced, find_in_unspaced
from parallel_statement.languages.generic_quantities import reader
from parallel_statement.languages.generic_words import analyse
from parallel_statement.languages.rules import load_rules
from parallel_statement.languages.tables import read_table
from parallel_statement.model import LanguageTag

WITHOUT_SPACES = frozenset(
    {"bo", "cmn", "dz", "gan", "hak", "ii", "km", "lo", "lzh", "my", "nan", "nod", "th", "wuu"}
    | {"yue", "zh"}
)
"""Base languages whose script puts no space between the words of two joined lines."""

WITH_ORDINAL_STOPS = frozenset(
    {"bs", "cs", "da", "de", "dsb", "et", "eu", "fi", "fo", "hr", "hsb", "hu", "is", "lb", "lv"}
    | {"nb", "nn", "no", "pl", "sk", "sl", "sr", "tr"}
)
"""Base languages that write ordinal numbers with a stop: "am 16. Januar"."""

_OWN_TERMINATORS = {"el": ";"}
"""Marks that end a sentence in one language and not in others."""


def language(tag: LanguageTag, base: str) -> Language:
    """Return a language served by generic rules, for *tag*, whose base language is *base*."""
    rules = load_rules("generic")
    if base in WITH_ORDINAL_STOPS:
        days = frozenset(str(day) for day in range(1, 32))
        rules = replace(rules, final_abbreviations=rules.final_abbreviations | days)
    if base in _OWN_TERMINATORS:
        rules = replace(rules, terminators=rules.terminators + _OWN_TERMINATORS[base])
    return Language(
        code=tag,
        name=_name(tag, base),
        joiner="" if base in WITHOUT_SPACES else " ",
        rules=rules,
        analyse=analyse,
        quantities=reader(base),
        phrases=find_in_unspaced if base in WITHOUT_SPACES else find_in_spaced,
        known=False,
    )


def _name(tag: LanguageTag, base: str) -> str:
    """Return the English name of *tag*: "French", "Chinese (zh-Hant)", or the tag itself."""
    name = _names().get(base)
    if name is None:
        return tag
    return name if tag == base else f"{name} ({tag})"


@cache
def _names() -> dict[str, str]:
    return {base: str(name) for base, name in read_table(__package__, "names.toml").items()}
