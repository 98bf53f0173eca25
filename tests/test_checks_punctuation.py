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
