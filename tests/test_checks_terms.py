"""Terms that were replaced, or have a form that no glossary lists; words in two spellings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from checks_sample import parallel, said
from parallel_statement.checks import check
from parallel_statement.model import Concept, Designation, Glossary

Row = Mapping[str, str]


def concept(name: str, **terms: str) -> Concept:
    """A concept; the first term of each language is preferred, the others are admitted."""
    return Concept(
        name,
        tuple(
            Designation(language, term, "admitted" if order else "preferred")
            for language, group in terms.items()
            for order, term in enumerate(group.split("|"))
        ),
    )


TERMS = Glossary(
    (
        concept("fund", en="trust fund", it="fondo fiduciario", ja="信託基金"),
        concept("head", en="Prime Minister", it="Primo Ministro", ja="総理大臣"),
        concept("other-head", en="Prime Minister ROSSI", it="Presidente ROSSI", ja="ロッシ首相"),
        concept(
            "yield",
            en="maximum sustainable yield|MSY",
            it="rendimento massimo sostenibile|MSY",
            ja="最大持続生産量|MSY",
        ),
        concept("sea", en="Global Mediterranean", it="Mediterraneo globale", ja="グローバル地中海"),
        concept("dialogue", en="Military Talks", it="Dialogo politico-militare", ja="軍事協議"),
        concept("chain", en="supply chain", it="catena di fornitura", ja="供給網"),
    )
)
FUND = {
    "en": "They open a trust fund.",
    "it": "Aprono un fondo fiduciario.",
    "ja": "信託基金を設立。",
}
LATER = {
    "en": "The trust fund is big.",
    "it": "Il fondo fiduciario è grande.",
    "ja": "信託基金は大きい。",
}
HEADS = {
    "en": "Prime Minister ROSSI left, the Prime Minister stayed.",
    "it": "Il Presidente ROSSI partiva, il Primo Ministro restava.",
    "ja": "ロッシ首相は去り、総理大臣は残った。",
}
YIELD = {
    "en": "at the maximum sustainable yield (MSY) of it",
    "it": "al rendimento massimo sostenibile (MSY) di esso",
    "ja": "最大持続生産量（MSY）で行う",
}


def findings(*rows: Row) -> list[tuple[str, str, tuple[str, ...], str]]:
    return said(check(parallel(list(rows)), TERMS))


@pytest.mark.parametrize(
    ("rows", "languages"),
    [
        pytest.param([FUND, LATER, LATER], [], id="right"),
        pytest.param(
            [{**FUND, "it": "Aprono un fondo pensione."}, LATER, LATER], ["it"], id="replaced"
        ),
        pytest.param(
            [{**FUND, "it": "Lo aprono."}, {**LATER, "it": "Esso è grande."}, LATER],
            [],
            id="left to pronouns",
        ),
        pytest.param(
            [{**FUND, "it": "Eccolo."}, {**LATER, "it": f"{FUND['it']} {LATER['it']}"}],
            [],
            id="in another sentence",
        ),
        pytest.param([HEADS, HEADS], [], id="inside a longer term, right"),
        pytest.param(
            [{**HEADS, "en": "Prime Minister ROSSI left, the Foreign Minister stayed."}, HEADS],
            ["en"],
            id="inside a longer term, replaced",
        ),
        pytest.param(
            [{**HEADS, "en": "Prime Minister ROSSI left, the Foreign Minister stayed."}],
            ["en"],
            id="inside a longer term alone",
        ),
    ],
)
def test_a_term_that_is_named_less_often(rows: Sequence[Row], languages: list[str]) -> None:
    found = [each for each in findings(*rows) if each[1] == "term-missing"]
    assert found == [("info", "term-missing", (each,), "") for each in languages]


@pytest.mark.parametrize(
    ("row", "languages"),
    [
        pytest.param(YIELD, [], id="right"),
        pytest.param({**YIELD, "en": "at the usual targets (MSY) of it"}, ["en"], id="wrong"),
        pytest.param(
            {**YIELD, "en": "at the maximum and sustainable yield (MSY)"}, [], id="with other words"
        ),
        pytest.param({**YIELD, "en": "at the MSY of it"}, [], id="no parentheses"),
    ],
)
def test_the_words_before_an_acronym(row: Row, languages: list[str]) -> None:
    found = [each for each in findings(row) if each[1] == "term-expansion"]
    assert found == [("warning", "term-expansion", (each,), "MSY") for each in languages]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"en": "the Global Mediterranean", "ja": "グローバルな地中海"}, ["グローバルな地中海"]),
        (
            {"en": "their Military Talks", "it": "i Dialoghi politici e militari"},
            ["Dialoghi politici e militari"],
        ),
        ({"en": "the Global Mediterranean", "it": "il Mediterraneo globale"}, []),
        ({"en": "a supply chain", "it": "le catene globali di fornitura"}, []),
        ({"en": "a long sea", "it": "il Mediterraneo è globale"}, []),
    ],
)
def test_a_form_that_is_not_listed(row: Row, expected: list[str]) -> None:
    found = [each for each in findings(row) if each[1] == "term-unlisted"]
    assert [(severity, text) for severity, _, _, text in found] == [
        ("info", text) for text in expected
    ]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Their defense and our defence, or any defense.", ["defence"]),
        ("en", "The Defence Agency and their defense.", []),
        ("en", "They practise a practice, an action and actions.", []),
        (
            "it",
            "Un obiettivo, l’obbiettivo e gli obiettivi si applicano per applicarsi.",
            ["obbiettivo"],
        ),
        ("ja", "強靱な経済と強靭な社会と強靱な国。", ["強靭"]),
    ],
)
def test_a_word_in_two_spellings(language: str, text: str, expected: list[str]) -> None:
    found = said(check(parallel([{language: text}])))
    assert found == [("info", "consistency-spelling", (language,), word) for word in expected]


def test_one_quotation_with_other_marks() -> None:
    rows = ["Lo dice «uno» qui.", "Lo dice «un altro» qui.", 'Lo dice "il terzo" qui.']
    found = said(check(parallel(*[[{"it": row}] for row in rows])))
    assert found == [("info", "typography", ("it",), '"il terzo"')]
    assert not check(parallel(*[[{"it": row}] for row in rows[1:]]))


def test_an_acronym_is_explained_by_its_full_form_in_the_glossary() -> None:
    assert findings({**YIELD, "en": "at the maximum sustainable yield, or MSY"}) == [
        ("warning", "acronym-introduction", ("en",), "MSY")
    ]
