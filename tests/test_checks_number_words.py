"""Numbers that words hold: "bilateral", "a year", "two decades", 両国."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from checks_sample import parallel, said
from parallel_statement import languages
from parallel_statement.checks import check
from parallel_statement.languages.number_words import number_words

AGREEING = {
    "a year": {"en": "after a year", "it": "dopo un anno", "ja": "１年後に"},
    "one year": {"en": "after one year", "it": "dopo un anno", "ja": "一年後に"},
    "decades": {"en": "for two decades", "it": "per vent'anni", "ja": "２０年間"},
    "two-sided": {"en": "bilateral talks", "it": "colloqui bilaterali", "ja": "両国間の会談"},
    "both": {"en": "on both sides", "it": "da entrambe le parti", "ja": "双方において"},
    "plan": {"en": "a five-year plan", "it": "un piano quinquennale", "ja": "５か年計画"},
    "about": {"en": "hundreds of visitors", "it": "centinaia di visitatori", "ja": "数百人の客"},
    "half": {"en": "half of the harvest", "it": "metà del raccolto", "ja": "収穫の半分"},
    "part": {"en": "the first half of it", "it": "la prima metà di esso", "ja": "その前半"},
    "first": {"en": "their first visit", "it": "la loro prima visita", "ja": "最初の訪問"},
    "third": {"en": "the first third party", "it": "il primo terzo", "ja": "最初の第三者"},
    "per": {"en": "twice a year", "it": "due volte l'anno", "ja": "年に２回"},
    "pronoun": {"en": "one of the two roads", "it": "una delle due strade", "ja": "両方の道の一つ"},
}
WRONG = {
    "a year": ("it", "dopo due anni", "due"),
    "one year": ("en", "after two years", "two"),
    "decades": ("en", "for three decades", "three decades"),
    "two-sided": ("en", "trilateral talks", "trilateral"),
    "first": ("it", "la loro terza visita", "terza"),
    "plan": ("it", "un piano triennale", "triennale"),
    "half": ("ja", "収穫の３分の１", "３分の１"),
    "about": ("ja", "数千人の客", "数千"),
}


@pytest.mark.parametrize("row", AGREEING.values(), ids=AGREEING)
def test_words_for_one_number_agree(row: Mapping[str, str]) -> None:
    assert said(check(parallel([row]))) == []


@pytest.mark.parametrize(("name", "wrong"), WRONG.items(), ids=WRONG)
def test_a_word_for_another_number_is_found(name: str, wrong: tuple[str, str, str]) -> None:
    language, text, found = wrong
    ((_, rule, blamed, words),) = said(check(parallel([AGREEING[name] | {language: text}])))
    assert (rule, blamed, words) == ("number-mismatch", (language,), found)


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        pytest.param("en", "Dozens of trilateral talks", ["10", "3"], id="begins the sentence"),
        pytest.param("en", "tens of thousands of birds", ["10000"], id="the longest wins"),
        pytest.param("it", "tre dozzine di uova", ["36"], id="times the numeral before it"),
        pytest.param("it", "alla Biennale di Venezia", [], id="a name"),
        pytest.param("ja", "車両の両替", [], id="no two of anything"),
        pytest.param("tlh", "cha' bilateral", [], id="a language without words"),
    ],
)
def test_number_words(language: str, text: str, values: list[str]) -> None:
    found = number_words(text, language, languages.get(language).quantities(text))
    assert [word.quantity.value for word in found] == values
