"""Names: capitals, order, spelling, and the full form at first mention."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from checks_sample import parallel, said
from parallel_statement.checks import check
from parallel_statement.model import Concept, Designation, Glossary

Row = Mapping[str, str]


def name(**terms: str) -> Concept:
    """A concept; of the terms parted by "|" the first is preferred."""
    designations = tuple(
        Designation(language, term, "admitted" if order else "preferred")
        for language, group in terms.items()
        for order, term in enumerate(group.split("|"))
    )
    return Concept("name", designations)


ROSSI = Glossary((name(en="ROSSI Anna|ROSSI", it="ROSSI Anna|ROSSI", ja="ロッシ・アンナ|ロッシ"),))
ROW = {"en": "and Minister ROSSI came", "it": "e il Ministro ROSSI", "ja": "ロッシは来た"}


def forms(rows: Sequence[Row], glossary: Glossary | None = None) -> list[tuple[str, str]]:
    found = said(check(parallel(*[[row] for row in rows]), glossary))
    return [(who[0], what) for _, rule, who, what in found if rule == "name-form"]


@pytest.mark.parametrize(
    ("rows", "glossary", "expected"),
    [
        pytest.param([ROW], ROSSI, [], id="right"),
        pytest.param(
            [{**ROW, "it": "e il Ministro Rossi"}],
            ROSSI,
            [("it", "Rossi")],
            id="small, by glossary",
        ),
        pytest.param(
            [ROW, ROW, ROW, {**ROW, "it": "e il Ministro Rossi"}],
            None,
            [("it", "Rossi")],
            id="small",
        ),
        pytest.param(
            [{"en": "if NOTE and Note that", "it": "se NOTE e Nota"}] * 3, None, [], id="a label"
        ),
        pytest.param(
            [{"en": "while ROSSI Anna came", "it": "mentre Anna ROSSI"}],
            ROSSI,
            [("it", "ROSSI")],
            id="order, by glossary",
        ),
        pytest.param(
            [{"en": "ROSSI Anna", "it": "Anna ROSSI", "fr": "ROSSI Anna"}],
            None,
            [("it", "ROSSI")],
            id="order, two against one",
        ),
        pytest.param([{"en": "Linux Kernel", "it": "Kernel Linux"}], None, [], id="no surname"),
        pytest.param(
            [
                {"en": "in Yokohama now", "it": "a Yokohma ora"},
                {"en": "Yokohama", "it": "Yokohama"},
            ],
            None,
            [("it", "Yokohma")],
            id="spelling",
        ),
        pytest.param(
            [
                {
                    "en": "Mr. MELONI spoke, and Mr. MELONI left for Expo.",
                    "it": "Il signor MELONI parlava, e il signor MLONI partiva per Expo.",
                    "ja": "メローニ氏はExpoへ向かった。",
                }
            ],
            None,
            [("it", "MLONI")],
            id="one of two, and a version in another script",
        ),
        pytest.param(
            [{"en": "Anna ROSSI came, and Mr. Rossi's son"}],
            Glossary((name(en="Anna ROSSI"),)),
            [("en", "Rossi")],
            id="capitals before a possessive",
        ),
        pytest.param(
            [{"en": "in Europe now", "it": "in Europa ora"}], None, [], id="the language's own form"
        ),
    ],
)
def test_forms_of_names(
    rows: Sequence[Row], glossary: Glossary | None, expected: list[tuple[str, str]]
) -> None:
    assert forms(rows, glossary) == expected


FULL = {
    "en": "Minister ROSSI Anna came.",
    "it": "Il Ministro ROSSI Anna.",
    "ja": "ロッシ・アンナ大臣",
}
SHORT = {"en": "ROSSI spoke.", "it": "ROSSI ha parlato.", "ja": "ロッシは話した。"}


@pytest.mark.parametrize(
    ("rows", "glossary", "expected"),
    [
        pytest.param([FULL, SHORT], ROSSI, [], id="full, then short"),
        pytest.param(
            [{**FULL, "it": "Il Ministro ROSSI."}, SHORT], ROSSI, [("it", "ROSSI")], id="only short"
        ),
        pytest.param(
            [{**FULL, "ja": "ロッシ大臣"}, FULL], ROSSI, [("ja", "ロッシ")], id="short, then full"
        ),
        pytest.param([SHORT, FULL], ROSSI, [], id="short in all"),
        pytest.param([{**FULL, "ja": "大臣"}, SHORT], ROSSI, [], id="not where the others are"),
        pytest.param(
            [{"en": "ROSSI Anna", "it": "ROSSI"}], ROSSI, [], id="two versions settle nothing"
        ),
        pytest.param(
            [{"en": "supply chain", "it": "catena", "ja": "供給網"}],
            Glossary((name(en="supply chain", it="catena", ja="サプライチェーン|供給網"),)),
            [],
            id="another word throughout",
        ),
    ],
)
def test_first_mentions(
    rows: Sequence[Row], glossary: Glossary, expected: list[tuple[str, str]]
) -> None:
    found = said(check(parallel(*[[row] for row in rows]), glossary))
    assert [(who[0], what) for _, rule, who, what in found if rule == "first-mention"] == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param(
            {"en": "They met in Kanazawa.", "it": "Riuniti a Kanagawa.", "ja": "金沢で会った。"},
            [("info", "name-form", ("en", "it"), "Kanazawa")],
            id="nobody knows which",
        ),
        pytest.param(
            {"en": "They met in Croatia.", "it": "Riuniti in Croazia.", "ja": "クロアチアで。"},
            [],
            id="each language has its own name",
        ),
        pytest.param(
            {"en": "On Peace", "it": "Sulla Pace", "ja": "平和"}, [], id="each has its own word"
        ),
    ],
)
def test_two_spellings_without_a_third_witness(row: Row, expected: list[object]) -> None:
    assert [each for each in said(check(parallel([row]))) if each[1] == "name-form"] == expected
