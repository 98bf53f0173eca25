"""Languages: one small module and one data file each; any other is served by generic rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib import import_module

import langcodes

from parallel_statement.errors import UnknownNameError
from parallel_statement.languages import generic
from parallel_statement.languages.base import Language
from parallel_statement.model import LanguageTag

KNOWN: dict[str, str] = {
    "en": "parallel_statement.languages.en",
    "it": "parallel_statement.languages.it",
    "ja": "parallel_statement.languages.ja",
}
"""Base languages that have a module, and its name; a new language is one line here."""


@cache
def get(tag: LanguageTag) -> Language:
    """Return the language of the BCP 47 *tag*: its own module's, or one under generic rules.

    Raises:
        UnknownNameError: *tag* is not a valid language tag.
    """
    if not langcodes.tag_is_valid(tag):
        raise UnknownNameError("language", tag, (*KNOWN, "or any other valid BCP 47 tag"))
    base = langcodes.Language.get(tag).language or ""
    if base not in KNOWN:
        return generic.language(tag, base)
    known: Language = import_module(KNOWN[base]).LANGUAGE
    return known if tag == known.code else replace(known, code=tag)


def listed(tags: Iterable[LanguageTag]) -> str:
    """Return the English names of languages as prose: "English, Italian and Japanese"."""
    *others, last = (get(tag).name for tag in tags)
    return f"{', '.join(others)} and {last}" if others else last


def standard_tag(tag: str) -> LanguageTag:
    """Return the language tag that *tag* stands for, in its usual spelling (``pt-BR``).

    Raises:
        UnknownNameError: it is no BCP 47 tag.
    """
    return langcodes.standardize_tag(get(tag).code)
