from __future__ import annotations

import re

import pytest

from parallel_statement import languages
from parallel_statement.errors import UnknownNameError
from parallel_statement.model import Span


@pytest.mark.parametrize("tag", sorted(languages.KNOWN))
def test_known_languages(tag: str) -> None:
    language = languages.get(tag)
    assert language.code == tag
    assert language.known
    assert language.name
    assert re.compile(language.rules.dateline)


@pytest.mark.parametrize(("tag", "base"), [("en-GB", "en"), ("ja-JP", "ja"), ("it-CH", "it")])
def test_a_variant_uses_the_module_of_its_language(tag: str, base: str) -> None:
    variant = languages.get(tag)
    assert variant.code == tag
    assert variant.known
    assert variant.rules == languages.get(base).rules


@pytest.mark.parametrize(
    ("tag", "joiner"), [("fr", " "), ("pt-BR", " "), ("zh-Hant-TW", ""), ("th", ""), ("ko", " ")]
)
def test_any_other_language_has_generic_rules(tag: str, joiner: str) -> None:
    language = languages.get(tag)
    assert language.code == tag
    assert not language.known
    assert language.joiner == joiner


@pytest.mark.parametrize("tag", ["xx-invalid!", "", "../en", "english", "qq"])
def test_an_invalid_tag_is_answered_with_the_known_ones(tag: str) -> None:
    with pytest.raises(UnknownNameError, match=r"unknown language .*en, it, ja, .*BCP 47"):
        languages.get(tag)


@pytest.mark.parametrize("tag", [*sorted(languages.KNOWN), "fr", "zh"])
def test_words_and_quantities_point_into_the_text(tag: str) -> None:
    text = "The G7 leaders met on 16 January 2026. 両首脳は２０２６年に会談した。 È valido."
    language = languages.get(tag)
    tokens = language.analyse(text)
    assert tokens
    for item in (*tokens, *language.quantities(text)):
        assert isinstance(item.span, Span)
        assert 0 <= item.span.start < item.span.end <= len(text)


@pytest.mark.parametrize("tag", [*sorted(languages.KNOWN), "fr"])
def test_rules_are_sound(tag: str) -> None:
    rules = languages.get(tag).rules
    assert not rules.abbreviations & rules.final_abbreviations
    for word in rules.abbreviations | rules.final_abbreviations:
        assert word == word.casefold()
        assert not word.endswith(".")
    for opening, closing in rules.paired:
        assert len(opening) == len(closing) == 1
        assert closing in rules.closers
