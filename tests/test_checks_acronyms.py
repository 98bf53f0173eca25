"""Acronyms: how they are spelt and where they are introduced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from checks_sample import parallel, said
from parallel_statement.checks import check

Row = Mapping[str, str]

FIRST = {
    "en": "a Free and Open Indo-Pacific (FOIP) for all",
    "it": "un Indo-Pacifico libero e aperto (FOIP) per tutti",
    "ja": "自由で開かれたインド太平洋（ＦＯＩＰ）を実現する",
}
LATER = {"en": "They praised FOIP.", "it": "Hanno lodato il FOIP.", "ja": "ＦＯＩＰを評価した。"}


def acronyms(rows: Sequence[Row]) -> list[tuple[str, str, tuple[str, ...], str]]:
    return said(check(parallel(*[[row] for row in rows])))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([FIRST, LATER], [], id="right"),
        pytest.param(
            [FIRST, {**LATER, "ja": "ＦＯＰＩを評価"}], [("warning", "ja", "FOPI")], id="swapped"
        ),
        pytest.param(
            [FIRST, {**LATER, "it": "Hanno lodato il FOIB."}],
            [("warning", "it", "FOIB")],
            id="a letter",
        ),
        pytest.param(
            [{"en": "an IAEA", "it": "l’AIEA", "ja": "ＩＡＥＡは"}],
            [("info", "it", "AIEA")],
            id="own",
        ),
        pytest.param([{"en": "the EU", "it": "l’UE", "ja": "ＥＵは"}], [], id="too short"),
        pytest.param(
            [{"en": "the COP30", "it": "la COP29", "ja": "ＣＯＰ３０は"}],
            [("warning", "it", "COP29")],
            id="number",
        ),
        pytest.param(
            [{"en": "the FOIP", "it": "il FOIB"}, {"en": "the FOIP", "it": "il FOIP"}],
            [("warning", "it", "FOIB")],
            id="two versions",
        ),
        pytest.param(
            [
                {"en": "RFMOs and an RFMO", "it": "le ORGP", "ja": "ＲＦＭＯの"},
                {"en": "an RFMO", "it": "la OGRP", "ja": "ＲＦＭＯは"},
            ],
            [("warning", "it", "OGRP")],
            id="of its own acronym",
        ),
        pytest.param(
            [
                {"en": "the EEC", "it": "la CEE", "ja": "ＥＥＣの"},
                {"en": "the EEA", "it": "la SEE", "ja": "ＥＥＡは"},
            ],
            [],
            id="two acronyms alike",
        ),
        pytest.param([{"en": "the FOIP", "it": "il FOIB"}], [("info", "en", "FOIP")], id="once"),
        pytest.param(
            [{"en": "NOTE two things", "it": "NOTA due cose", "ja": "NOTE 二つ"}], [], id="labels"
        ),
    ],
)
def test_spelling(rows: Sequence[Row], expected: list[tuple[str, str, str]]) -> None:
    found = acronyms(rows)
    assert [(severity, who[0], what) for severity, _, who, what in found] == expected
    assert all(rule == "acronym-spelling" for _, rule, _, _ in found)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            [{**FIRST, "it": "un Indo-Pacifico libero e aperto per tutti"}, LATER],
            [("it", "FOIP")],
            id="used later",
        ),
        pytest.param(
            [{**FIRST, "ja": "自由で開かれたインド太平洋を実現する"}], [("ja", "")], id="left out"
        ),
        pytest.param(
            [{**FIRST, "it": "un Indo-Pacifico libero e aperto (FOPI)"}, LATER],
            [],
            id="misspelt",
        ),
        pytest.param(
            [{**FIRST, "it": "un FOIP (Indo-Pacifico libero e aperto)"}, LATER], [], id="reversed"
        ),
        pytest.param(
            [{**FIRST, "it": "un Indo-Pacifico libero e aperto (IPLA)"}], [], id="its own acronym"
        ),
        pytest.param(
            [{"en": "a man in Chicago (USA) met", "it": "in Italia", "ja": "米国（ＵＳＡ）で"}],
            [],
            id="not explained",
        ),
        pytest.param([{"en": FIRST["en"], "ja": "インド太平洋"}], [], id="two versions"),
    ],
)
def test_introduction(rows: Sequence[Row], expected: list[tuple[str, str]]) -> None:
    found = [each for each in acronyms(rows) if each[1] == "acronym-introduction"]
    assert [(who[0], what) for _, _, who, what in found] == expected
    assert all(severity == "warning" for severity, _, _, _ in found)


def test_the_place_of_an_introduction_is_that_of_the_others() -> None:
    rows = [{**FIRST, "it": "un Indo-Pacifico libero e aperto per tutti"}, LATER]
    (finding,) = check(parallel(*[[row] for row in rows]))
    assert finding.bead == "t.al.s.1"
