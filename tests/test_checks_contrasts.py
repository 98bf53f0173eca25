"""Words of which a text means one: spring or autumn, minister or vice-minister, Kenya or Ghana."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files

import pytest

from checks_sample import parallel, said
from parallel_statement.checks import CHECKS, check
from parallel_statement.checks.word_sets import set_languages, set_words
from parallel_statement.model import Concept, Designation, Glossary

RULES = (
    "commitment-verb",
    "date-part",
    "name-place",
    "title-mismatch",
    "word-contrast",
    "word-missing",
)
Row = Mapping[str, str]
Said = list[tuple[str, str, tuple[str, ...], str]]


def contrasts(*rows: Row, glossary: Glossary | None = None) -> Said:
    findings = check(parallel(list(rows)), glossary)
    return [each for each in said(findings) if each[1] in RULES]


SPRING = {"en": "It opens in spring.", "it": "Apre in primavera.", "ja": "春に開業する。"}
MINISTER = {
    "en": "The Deputy Minister spoke.",
    "it": "Il Viceministro ha parlato.",
    "ja": "副大臣が発言した。",
}
KENYA = {"en": "He flew to Kenya.", "it": "È volato in Kenya.", "ja": "彼はケニアに飛んだ。"}
RECALL = {"en": "They recalled it.", "it": "Lo hanno ricordato.", "ja": "それを想起した。"}
EXPORT = {"en": "Grain is exported.", "it": "Il grano è esportato.", "ja": "穀物は輸出される。"}
WRITTEN = {
    "en": "Any change needs prior notice.",
    "it": "Ogni modifica richiede un preavviso dato in anticipo.",
    "ja": "変更には事前の通知を要する。",
}


@pytest.mark.parametrize("row", [SPRING, MINISTER, KENYA, RECALL, EXPORT, WRITTEN])
def test_what_agrees_is_no_finding(row: Row) -> None:
    assert contrasts(row) == []


@pytest.mark.parametrize(
    ("row", "language", "text", "expected"),
    [
        (SPRING, "it", "Apre in autunno.", ("warning", "date-part", "autunno")),
        (SPRING, "ja", "夏に開業する。", ("warning", "date-part", "夏")),
        (MINISTER, "en", "The Minister spoke.", ("warning", "title-mismatch", "Minister")),
        (MINISTER, "ja", "大臣が発言した。", ("warning", "title-mismatch", "大臣")),
        (KENYA, "en", "He flew to Ghana.", ("warning", "name-place", "Ghana")),
        (KENYA, "ja", "彼は飛んだ。", ("info", "name-place", "")),
        (RECALL, "it", "Lo hanno annunciato.", ("info", "commitment-verb", "annunciato")),
        (EXPORT, "ja", "穀物は輸入される。", ("info", "word-contrast", "輸入")),
        (WRITTEN, "ja", "変更には通知を要する。", ("info", "word-missing", "")),
    ],
)
def test_one_against_two_is_named(
    row: Row, language: str, text: str, expected: tuple[str, str, str]
) -> None:
    severity, rule, found = expected
    assert contrasts({**row, language: text}) == [(severity, rule, (language,), found)]


def test_two_versions_alone_are_a_hint_in_both() -> None:
    row = {"en": "It opens in spring.", "it": "Apre in autunno."}
    assert [each[:3] for each in contrasts(row)] == [("info", "date-part", ("en", "it"))]


def test_a_language_without_the_words_has_no_say() -> None:
    row = {**KENYA, "it": "È volato in Ghana.", "de": "Er flog nach Kenia."}
    assert [each[:3] for each in contrasts(row)] == [("warning", "name-place", ("it",))]


def test_what_stands_elsewhere_in_the_paragraph_is_not_lost() -> None:
    """Another order of sentences is no contrast."""
    rows = [
        {"en": "He flew to Kenya.", "it": "È volato in Ghana.", "ja": "彼はガーナに飛んだ。"},
        {"en": "She flew to Ghana.", "it": "È volata in Kenya.", "ja": "彼女はケニアに飛んだ。"},
    ]
    assert contrasts(*rows) == []


def test_a_word_of_a_term_is_judged_with_the_term() -> None:
    terms = Glossary(
        (
            Concept(
                "spring-meeting",
                (
                    Designation("en", "spring meeting"),
                    Designation("it", "riunione primaverile"),
                    Designation("ja", "夏季総会"),
                ),
            ),
        )
    )
    row = {"en": "The spring meeting.", "it": "La riunione primaverile.", "ja": "夏季総会。"}
    assert contrasts(row)
    assert contrasts(row, glossary=terms) == []


@pytest.mark.parametrize("rule", RULES)
def test_the_sets_of_a_check_are_in_order(rule: str) -> None:
    """All things of a set have words in the same languages, each once."""
    assert rule in CHECKS
    path = files("parallel_statement.checks").joinpath(f"sets/{rule}.toml")
    data = tomllib.loads(path.read_text("utf-8"))
    things = {concept.id for concept in set_words(rule).concepts}
    assert things == {f"{s}/{t}" for s, entry in data.items() for t in entry if t != "hints"}
    for name, entry in data.items():
        known = {frozenset(words) for thing, words in entry.items() if thing != "hints"}
        assert len(known) == 1, name
        assert {"en", "it", "ja"} <= set_languages(rule, name)
    for concept in set_words(rule).concepts:
        words = [(each.language, each.text) for each in concept.designations]
        assert len(words) == len(set(words)), concept.id
