"""A "not" that one version lost, or has alone."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from checks_sample import parallel, said
from parallel_statement.checks import check
from parallel_statement.languages.negations import negations

NOT = {
    "en": "The tax does not apply to books.",
    "it": "L'imposta non si applica ai libri.",
    "ja": "本に税は適用されない。",
}
PLAIN = {
    "en": "The tax applies to books.",
    "it": "L'imposta si applica ai libri.",
    "ja": "本に税は適用される。",
}


def negated(row: Mapping[str, str]) -> list[tuple[str, tuple[str, ...], str]]:
    findings = said(check(parallel([row])))
    return [(severity, who, found) for severity, rule, who, found in findings if rule == "negation"]


@pytest.mark.parametrize("language", NOT)
def test_a_lost_negation_is_found(language: str) -> None:
    assert negated({**NOT, language: PLAIN[language]}) == [("info", (language,), "")]


@pytest.mark.parametrize(("language", "found"), [("en", "not"), ("it", "non"), ("ja", "ない")])
def test_an_added_negation_is_found(language: str, found: str) -> None:
    assert negated({**PLAIN, language: NOT[language]}) == [("info", (language,), found)]


@pytest.mark.parametrize(
    "row",
    [
        NOT,
        PLAIN,
        {language: NOT[language] for language in ("en", "it")} | {"ja": "本は非課税である。"},
        {"en": NOT["en"], "it": PLAIN["it"]},
        {**NOT, "de": "Die Steuer gilt für Bücher."},
    ],
    ids=["all", "none", "another word", "two versions", "a language without words"],
)
def test_what_cannot_be_told_is_no_finding(row: Mapping[str, str]) -> None:
    assert negated(row) == []


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("en", "They not only met, but no later than May also signed."),
        ("it", "Non solo si sono visti, ma non oltre maggio hanno firmato."),
        ("ja", "５月までに必ず署名しなければならない。"),
    ],
)
def test_idle_words_do_not_negate(tag: str, text: str) -> None:
    found = negations(text, tag)
    assert found is not None
    assert found.firm == ()


def test_what_must_not_be_is_negated() -> None:
    found = negations("そうしてはいけません。", "ja")
    assert found is not None
    assert len(found.firm) == 1


def test_a_language_without_words_has_no_say() -> None:
    row = {**NOT, "ja": PLAIN["ja"], "de": "Die Steuer gilt nicht."}
    assert negated(row) == [("info", ("ja",), "")]


def test_words_of_another_language_are_not_guessed() -> None:
    assert negations("Nicht!", "de") is None


@pytest.mark.parametrize(("times", "found"), [(2, 2), (8, 0)], ids=["slips", "a way of saying it"])
def test_what_a_version_does_again_and_again_is_no_slip(times: int, found: int) -> None:
    rows = [{**NOT, "it": PLAIN["it"]}] * times
    rules = [each.rule for each in check(parallel(*[[row] for row in rows]))]
    assert rules.count("negation") == found
