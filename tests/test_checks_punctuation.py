"""Punctuation: pairs, quotation marks, width, spaces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from checks_sample import parallel, said
from parallel_statement.checks import check


def punctuation(*passages: Mapping[str, str | Sequence[str]]) -> list[tuple[str, str, str, str]]:
    """What the checks say of punctuation: severity, check, language, found."""
    return [
        (severity, rule, "-".join(who), what)
        for severity, rule, who, what in said(check(parallel(*[[each] for each in passages])))
        if rule in ("unpaired-mark", "typography")
    ]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param({"en": "Met (in Rome).", "ja": "会談（於ローマ）。"}, [], id="paired"),
        pytest.param(
            {"en": "They met (in Rome.", "ja": "会談した（於ローマ）。"}, [("en", "(")], id="open"
        ),
        pytest.param(
            {"en": "They met (in Rome).", "ja": "会談した於ローマ）。"}, [("ja", ")")], id="closed"
        ),
        pytest.param({"en": "“yes”", "it": "«sì", "ja": "「是」"}, [("it", "«")], id="quote"),
        pytest.param({"en": '"peace"', "it": '"pace', "ja": "「平和」"}, [("it", '"')], id="ASCII"),
        pytest.param({"en": "“peace“", "it": "«pace»"}, [("en", "“")], id="opened twice"),
        pytest.param({"de": "„Frieden“", "en": "“peace”"}, [], id="German"),
        pytest.param({"en": "(see «a) and", "it": "(vedi «a»)"}, [("en", "«")], id="crossed"),
        pytest.param({"en": "type ( now", "it": "digitare ( ora"}, [], id="open in both"),
        pytest.param({"en": "a) peace, b) trade :-)", "it": "pace e scambi"}, [], id="list, smile"),
        pytest.param(
            {"en": "the rest UN) of it", "it": "il resto (ONU)"}, [("en", ")")], id="no list"
        ),
        pytest.param({"en": 'a 5" gun', "it": "un cannone da 5 pollici"}, [], id="inches"),
        pytest.param({"en": "Italy’s ‘peace’ ", "it": "l’Italia"}, [], id="apostrophes"),
        pytest.param({"en": "peace", "ja": "平和（へいわ)"}, [], id="two widths are one pair"),
        pytest.param(
            {"en": ["They met (in", "Rome)."], "it": "(a Roma)."}, [], id="over two sentences"
        ),
    ],
)
def test_unpaired_marks(
    row: Mapping[str, str | Sequence[str]], expected: list[tuple[str, str]]
) -> None:
    assert punctuation(row) == [("warning", "unpaired-mark", who, mark) for who, mark in expected]


def test_a_quotation_of_several_paragraphs_is_closed_once() -> None:
    rows = [
        {"en": "They said:", "it": "Dissero:"},
        {"en": "“We met.", "it": "«Ci siamo visti."},
        {"en": "“We agreed.”", "it": "Siamo d’accordo.»"},
    ]
    assert punctuation(*rows) == []
    assert punctuation(*rows[:2], {"en": "“We agreed.”", "it": "Siamo d’accordo."}) == [
        ("warning", "unpaired-mark", "it", "«")
    ]


def test_faults_of_two_paragraphs_do_not_make_a_pair() -> None:
    rows = [{"en": 'the "first', "it": "il primo"}, {"en": 'the second"', "it": "il secondo"}]
    assert [found for *_, found in punctuation(*rows)] == ['"', '"']


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            [{"en": "a “new” era", "it": "un’era «nuova»", "ja": "「新しい」時代"}], [], id="usual"
        ),
        pytest.param(
            [{"en": "“new” era", "ja": '"新しい"時代'}], [("ja", '"新しい"')], id="foreign"
        ),
        pytest.param([{"en": 'type "ls"', "ja": '"ls"と打つ'}], [], id="code"),
        pytest.param(
            [{"it": "«sì» e «no»", "en": "“yes”"}] * 10 + [{"it": "un “sì”", "en": "“yes”"}],
            [("it", "“sì”")],
            id="against its own habit",
        ),
        pytest.param(
            [{"it": "«sì»", "en": "“yes”"}] * 3 + [{"it": "un “sì”", "en": "“yes”"}] * 3,
            [],
            id="no habit",
        ),
        pytest.param([{"en": "peace , trade", "it": "pace, scambi"}], [("en", " ,")], id="space"),
        pytest.param([{"en": "peace , trade", "it": "pace , scambi"}], [], id="space in both"),
        pytest.param(
            [{"fr": "Voici : la paix ; oui « non »", "en": "peace"}], [], id="French, right"
        ),
        pytest.param(
            [{"fr": "Voici: la paix", "en": "peace"}], [("fr", ":")], id="French, no space"
        ),
        pytest.param(
            [{"fr": "la paix «durable »", "en": "peace"}], [("fr", "«")], id="French guillemet"
        ),
        pytest.param(
            [{"ja": "１６０周年（平和）", "en": "the 160th"}] * 20
            + [{"ja": "160周年（平和）", "en": "the 160th"}],
            [("ja", "160")],
            id="width of digits",
        ),
        pytest.param([{"en": "peace、trade", "it": "pace"}], [("en", "、")], id="full width"),
    ],
)
def test_typography(rows: Sequence[Mapping[str, str]], expected: list[tuple[str, str]]) -> None:
    assert punctuation(*rows) == [("warning", "typography", who, mark) for who, mark in expected]


def test_a_language_without_data_is_judged_mildly() -> None:
    found = punctuation({"fi": "rauha , kauppa", "en": "peace, trade"})
    assert found == [("info", "typography", "fi", " ,")]
