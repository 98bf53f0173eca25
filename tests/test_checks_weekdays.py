"""Days of the week: against their dates, and across versions."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from checks_sample import parallel, said
from parallel_statement.checks import check
from parallel_statement.languages.weekdays import weekdays


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param(
            {
                "en": "On Friday 16 January 2026",
                "it": "venerdì 16 gennaio 2026",
                "ja": "２０２６年１月１６日（金）",
            },
            [],
            id="right",
        ),
        pytest.param(
            {"en": "On Friday 16 January 2026", "ja": "２０２６年１月１６日（木）"},
            [(("ja",), "木")],
            id="against its date",
        ),
        pytest.param(
            {"en": "Thursday, January 16, 2026", "it": "giovedì 16 gennaio 2026"},
            [(("en",), "Thursday"), (("it",), "giovedì")],
            id="all wrong",
        ),
        pytest.param(
            {
                "en": "from Friday 16 January 2026 to Monday 19 January 2026",
                "it": "da venerdì 16 gennaio 2026 a venerdì 19 gennaio 2026",
            },
            [(("it",), "venerdì")],
            id="the day of another date",
        ),
        pytest.param(
            {"en": "on Fridays", "it": "il sabato", "ja": "毎週金曜日に"},
            [(("it",), "sabato")],
            id="every week",
        ),
        pytest.param(
            {"en": "On Friday they met.", "it": "Si sono visti sabato.", "ja": "金曜日に会った。"},
            [(("it",), "sabato")],
            id="two against one",
        ),
        pytest.param(
            {"en": "On Friday they met.", "fr": "Réunis samedi."},
            [(("en", "fr"), "samedi")],
            id="one against one",
        ),
        pytest.param(
            {"en": "On Friday they met.", "it": "Si sono visti presto.", "ja": "金曜日に会った。"},
            [],
            id="left out",
        ),
        pytest.param(
            {"en": "From Friday to Sunday", "it": "domenica e venerdì", "ja": "金曜から日曜"},
            [],
            id="several",
        ),
    ],
)
def test_weekdays(row: Mapping[str, str], expected: list[tuple[tuple[str, ...], str]]) -> None:
    found = said(check(parallel([row])))
    assert [(who, what) for _, _, who, what in found] == expected
    assert all((severity, rule) == ("error", "weekday-mismatch") for severity, rule, _, _ in found)


def test_a_wrong_date_is_not_also_a_wrong_weekday() -> None:
    row = {
        "en": "Friday 16 January 2026",
        "it": "venerdì 17 gennaio 2026",
        "ja": "２０２６年１月１６日（金）",
    }
    (finding,) = check(parallel([row]))
    assert (finding.rule, finding.languages) == ("number-mismatch", ("it",))


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The sun sets; Sun and Sat", []),
        ("en", "Fri., 16 January", [5]),
        ("de", "Do so, am Donnerstag", [4]),
        ("ja", "月曜会は３日(月)", [1, 1]),
        ("ko", "1월 16일(금)", [5]),
        ("fi", "perjantai", []),
    ],
)
def test_days_in_a_text(language: str, text: str, expected: list[int]) -> None:
    assert [each.day for each in weekdays(text, language)] == expected
