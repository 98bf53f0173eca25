"""How strongly the versions commit, react and ask."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from checks_sample import parallel, said
from parallel_statement.checks import check
from parallel_statement.model import Concept, Designation, Glossary

Row = Mapping[str, str]


def strength(
    *rows: Row, glossary: Glossary | None = None
) -> list[tuple[str, str, tuple[str, ...], str]]:
    text = parallel(list(rows))
    return [each for each in said(check(text, glossary)) if each[1] == "commitment-strength"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param(
            {
                "en": "They strongly condemned the attack.",
                "it": "Hanno condannato con forza l’attacco.",
                "ja": "攻撃を強く非難した。",
            },
            [],
            id="alike",
        ),
        pytest.param(
            {
                "en": "They strongly condemned the attack.",
                "it": "Hanno condannato l’attacco.",
                "ja": "攻撃を強く非難した。",
            },
            [("warning", "it", "condannato")],
            id="an adverb lost",
        ),
        pytest.param(
            {
                "en": "They deplored the attack.",
                "it": "Hanno condannato l’attacco.",
                "ja": "攻撃を非難した。",
            },
            [("warning", "en", "deplored")],
            id="weaker in English",
        ),
        pytest.param(
            {"en": "They called upon Rome.", "it": "Hanno invitato Roma.", "ja": "奨励した。"},
            [("info", "ja", "奨励")],
            id="the others near each other",
        ),
        pytest.param(
            {
                "en": "They strongly condemn the attack.",
                "it": "Condannano pertanto con forza l’attacco.",
                "ja": "攻撃を強く非難する。",
            },
            [],
            id="a set phrase with a word in it",
        ),
        pytest.param(
            {
                "en": "They take note of it.",
                "it": "Accolgono inoltre con favore la cosa.",
                "ja": "それに留意する。",
            },
            [("warning", "it", "Accolgono inoltre con favore")],
            id="a set phrase with a word in it, too strong",
        ),
        pytest.param(
            {
                "en": "No work may be copied.",
                "it": "Nessuna opera può essere copiata.",
                "ja": "いかなる作品も複製してはならない。",
            },
            [],
            id="no ... may",
        ),
        pytest.param(
            {
                "en": "The cost shall not exceed it.",
                "it": "I costi non devono superarlo.",
                "ja": "費用はそれを超えないものとする。",
            },
            [],
            id="shall not",
        ),
        pytest.param(
            {"en": "They intend to act.", "it": "Devono agire.", "ja": "行動する意向である。"},
            [("info", "it", "Devono")],
            id="intend, must",
        ),
        pytest.param(
            {"en": "They will act.", "it": "Agiranno.", "ja": "行動するものとする。"},
            [],
            id="will, shall",
        ),
        pytest.param(
            {"en": "They welcomed it.", "it": "Lo hanno accolto con favore.", "ja": "留意した。"},
            [("warning", "ja", "留意")],
            id="welcome, take note",
        ),
        pytest.param(
            {"en": "They urged Rome to act.", "it": "Hanno esortato Roma.", "ja": "期待した。"},
            [("warning", "ja", "期待")],
            id="urge, hope",
        ),
        pytest.param(
            {"en": "They will act.", "it": "Agiranno insieme.", "ja": "行動する意向である。"},
            [("info", "ja", "意向")],
            id="a future in an ending",
        ),
        pytest.param(
            {
                "en": "Rome shall act. Each State should act.",
                "it": "Roma deve agire. Ogni Stato deve agire.",
                "ja": "ローマは行わなければならない。各国は行うべきである。",
            },
            [("info", "it", "deve")],
            id="a degree that stands there rightly once",
        ),
        pytest.param(
            {"en": "They intend to act.", "it": "Hanno deciso di agire.", "ja": "決定した。"},
            [("warning", "en", "intend")],
            id="decide, intend",
        ),
        pytest.param(
            {"en": "States shall act.", "it": "Gli Stati possono agire.", "ja": "行うものとする。"},
            [("warning", "it", "possono")],
            id="shall, may",
        ),
        pytest.param(
            {"en": "States should act.", "it": "Gli Stati devono agire.", "ja": "行うべきである。"},
            [("info", "it", "devono")],
            id="two degrees",
        ),
        pytest.param(
            {"en": "They may not say it.", "it": "Non possono dirlo.", "ja": "言ってはならない。"},
            [],
            id="forbidden in any words",
        ),
        pytest.param(
            {"en": "They shall not say it.", "it": "Non devono dirlo.", "ja": "言うことができる。"},
            [("warning", "ja", "ことができる")],
            id="forbidden, allowed",
        ),
        pytest.param(
            {"en": "They welcomed it.", "it": "Hanno espresso soddisfazione.", "ja": "歓迎した。"},
            [],
            id="as strong in another word",
        ),
        pytest.param({"en": "They condemned it.", "it": "Via.", "ja": "話した。"}, [], id="lost"),
        pytest.param(
            {"en": "They condemned it.", "it": "Lo deplorano."},
            [("info", "en", "condemned")],
            id="two versions",
        ),
        pytest.param(
            {"en": "in May 2026", "it": "devono", "ja": "なければならない"}, [], id="a month"
        ),
    ],
)
def test_strength(row: Row, expected: list[tuple[str, str, str]]) -> None:
    assert [(severity, who[0], what) for severity, _, who, what in strength(row)] == expected


def test_another_sentence_of_the_paragraph_counts() -> None:
    rows = (
        {"en": "They hope for peace.", "it": "Sperano nella pace.", "ja": "平和を決意した。"},
        {"en": "They are determined.", "it": "C’è determinazione.", "ja": "期待した。"},
    )
    assert strength(rows[0]) != []
    assert strength(*rows) == []


def test_a_glossary_replaces_a_scale() -> None:
    def concept(name: str, degree: int, **terms: str) -> Concept:
        designations = tuple(Designation(language, term) for language, term in terms.items())
        return Concept(name, designations, domain=f"commitment/request/{degree}")

    own = Glossary(
        (
            concept("plead", 8, en="plead", it="supplicare", ja="懇願"),
            concept("mention", 1, en="mention", it="menzionare", ja="言及"),
        )
    )
    row = {"en": "They pleaded for it.", "it": "Lo menzionano.", "ja": "懇願した。"}
    assert strength(row) == []
    assert strength(row, glossary=own) == [
        ("warning", "commitment-strength", ("it",), "menzionano")
    ]
    urge = {"en": "They urge Rome.", "it": "Esortano Roma.", "ja": "期待した。"}
    assert strength(urge, glossary=own) == []


APART = [
    {"en": "Deep concern at it.", "it": "Profonda preoccupazione.", "ja": "深い懸念。"},
    {"en": "Serious concern at it.", "it": "Seria preoccupazione.", "ja": "深刻な懸念。"},
]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(APART, [], id="kept apart"),
        pytest.param(
            [APART[0], {**APART[1], "it": "Profonda preoccupazione."}],
            [("info", "it", "Profonda preoccupazione")],
            id="one for the other",
        ),
        pytest.param(
            [{**APART[1], "it": "Profonda preoccupazione."}], [], id="a translator's word"
        ),
    ],
)
def test_words_that_all_keep_apart(rows: list[Row], expected: list[tuple[str, str, str]]) -> None:
    found = check(parallel(*[[row] for row in rows]))
    assert [
        (each.severity, *each.languages, each.found)
        for each in found
        if each.rule == "commitment-wording"
    ] == expected


def test_a_matter_of_strength_is_told_once() -> None:
    row = {"en": "They condemn it.", "it": "Lo deplorano.", "ja": "それを非難する。"}
    found = said(check(parallel([row])))
    assert [rule for _, rule, _, _ in found] == ["commitment-strength"]
