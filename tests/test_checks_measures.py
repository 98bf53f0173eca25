"""What numbers count: per cent and currencies, compared across versions."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from checks_sample import parallel, said
from parallel_statement.checks import check
from parallel_statement.languages import get
from parallel_statement.languages.measures import measure


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param(
            {"en": "500 million euros", "it": "500 milioni di dollari", "ja": "５億ユーロ"},
            [("error", ("it",), "500 milioni di dollari")],
            id="another currency",
        ),
        pytest.param(
            {"en": "EUR 500 million", "it": "500 milioni", "ja": "５億ユーロ"},
            [("warning", ("it",), "500 milioni")],
            id="no currency",
        ),
        pytest.param(
            {"en": "$5 million", "it": "5 milioni di dollari USA", "ja": "５００万ドル"},
            [],
            id="any dollar",
        ),
        pytest.param(
            {"en": "US$5 million", "it": "5 milioni di dollari", "ja": "５００万豪ドル"},
            [("error", ("en", "ja"), "US$5 million")],
            id="two dollars",
        ),
        pytest.param(
            {"en": "12 per cent", "it": "il 12%", "ja": "12か国"},
            [("warning", ("ja",), "12")],
            id="per cent lost",
        ),
        pytest.param(
            {"en": "12 per cent", "it": "il 12 per mille", "ja": "１２％"},
            [("error", ("it",), "12 per mille")],
            id="per mille",
        ),
        pytest.param(
            {"en": "from 5 to 10 %", "it": "dal 5 al 10 %", "ja": "５％から１０％"},
            [],
            id="once for two numbers",
        ),
        pytest.param(
            {"en": "6 to 12 weeks", "it": "da 6 a 12 mesi", "ja": "６から１２週間"},
            [("error", ("it",), "12")],
            id="weeks and months",
        ),
        pytest.param(
            {"en": "30 working days", "it": "30 giorni", "ja": "３０営業日以内"},
            [("error", ("it",), "30")],
            id="working days",
        ),
        pytest.param(
            {
                "en": "in 5 years, the 7th anniversary",
                "it": "in 5 anni, 7º",
                "ja": "５年間、７周年",
            },
            [],
            id="what only looks like a unit",
        ),
        pytest.param(
            {"en": "300 km", "it": "300 chilometri", "ja": "３００キロ"}, [], id="either kilo"
        ),
        pytest.param(
            {"en": "$5 or 5 euros", "it": "5 € o 5 dollari"}, [], id="one value, two currencies"
        ),
        pytest.param(
            {"en": "EUR 20", "fr": "20 dollars"}, [("error", ("en", "fr"), "20")], id="French"
        ),
        pytest.param({"en": "3 dollars", "fi": "3 euroa"}, [], id="a language without data"),
    ],
)
def test_measures(row: Mapping[str, str], expected: list[tuple[str, tuple[str, ...], str]]) -> None:
    found = said(check(parallel([row])))
    assert [(severity, who, what) for severity, _, who, what in found] == expected
    assert all(rule == "measure-mismatch" for _, rule, _, _ in found)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "¥100", {"JPY", "CNY"}),
        ("en", "the 3 eurozone states", set()),
        ("it", "3 miliardi di euro", {"EUR"}),
        ("ja", "１億２０００万円", {"JPY"}),
        ("de", "500 Mio. US-Dollar", {"USD"}),
        ("ko", "3억 원", {"KRW"}),
    ],
)
def test_measure_of_a_number(language: str, text: str, expected: set[str]) -> None:
    (quantity,) = get(language).quantities(text)
    assert measure(text, quantity.span, language) == expected


def test_an_auxiliary_is_no_hectare() -> None:
    row = {
        "en": "In 2025 it drew crowds.",
        "it": "Nel 2025 ha attirato folle.",
        "ja": "２０２５年に",
    }
    assert said(check(parallel([row]))) == []


def test_the_id_of_what_stands_in_full_width_is_a_name_of_xml() -> None:
    row = {"en": "for 300 years", "it": "per 300 anni", "ja": "３００日間"}
    (finding,) = check(parallel([row]))
    assert finding.rule == "measure-mismatch"
    assert "３" not in finding.id
