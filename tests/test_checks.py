"""The checks, each on the smallest texts that make it speak, or keep it silent."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks_sample import glossary, parallel, said
from parallel_statement.checks import CHECKS, check
from parallel_statement.errors import UnknownNameError
from parallel_statement.model import (
    SEVERITIES,
    Concept,
    Designation,
    Finding,
    Glossary,
    ParallelText,
)
from parallel_statement.terminology import find_mentions

ROOT = Path(__file__).parent.parent
LANGUAGES = ("en", "ja", "it")


def alarms(text: ParallelText, glossary: Glossary | None) -> list[Finding]:
    return [finding for finding in check(text, glossary) if finding.severity != "info"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param(
            {"en": "the 160th year", "it": "il 160° anno", "ja": "１６０周年"}, [], id="same value"
        ),
        pytest.param(
            {"en": "two leaders", "it": "i due leader", "ja": "両首脳"}, [], id="small words"
        ),
        pytest.param(
            {"en": "from 2024 to 2027", "it": "2024-2027", "ja": "２０２４～２０２７年"},
            [],
            id="range",
        ),
        pytest.param(
            {"en": "January 16", "it": "16 gennaio 2026", "ja": "令和８年１月１６日"},
            [("info", "January 16")],
            id="part of a date",
        ),
        pytest.param(
            {"en": "25 states", "it": "venticinque Stati", "ja": "二十か国"},
            [("error", "二十")],
            id="wrong number in words",
        ),
        pytest.param(
            {"en": "three states", "it": "due Stati", "ja": "二国家"},
            [("warning", "three")],
            id="wrong small word",
        ),
        pytest.param(
            {
                "en": "three states and five or more cases",
                "it": "tre Stati e cinque o più casi",
                "ja": "３か国で３件以上",
            },
            [("warning", "３")],
            id="a small number of another place",
        ),
        pytest.param(
            {"en": "a third phase", "it": "una terza fase", "ja": "第４段階"},
            [("warning", "第４")],
            id="wrong ordinal, in words elsewhere",
        ),
        pytest.param(
            {"en": "30 per cent of them", "it": "il 30 per cento", "ja": "その三割"},
            [],
            id="tenths",
        ),
        pytest.param(
            {"en": "three times as many", "it": "il triplo", "ja": "３割"},
            [("warning", "３割")],
            id="tenths for times",
        ),
        pytest.param(
            {
                "en": "it doubled, which is 4 times two",
                "it": "è raddoppiato, che è 4 volte due",
                "ja": "４倍になり、２の４倍である",
            },
            [("warning", "４倍")],
            id="a multiplier that stands there too",
        ),
        pytest.param(
            {"en": "500 million euros", "it": "500 milioni di euro", "ja": "50億ユーロ"},
            [("error", "50億ユーロ")],
            id="wrong amount",
        ),
        pytest.param(
            {"en": "in 2035", "it": "nel 2035", "ja": "将来"}, [("warning", "")], id="missing"
        ),
        pytest.param(
            {"en": "the future", "it": "il futuro", "ja": "2035年"},
            [("warning", "2035年")],
            id="added",
        ),
        pytest.param({"en": "a year", "it": "un anno", "ja": "１年"}, [], id="small number added"),
        pytest.param({"en": "in 2035", "ja": "2053年"}, [("error", "2053年")], id="two languages"),
        pytest.param(
            {"en": "in 2035", "de": "im Jahr 2035", "fr": "en 2036"},
            [("error", "2036")],
            id="languages without a module",
        ),
        pytest.param(
            {"en": "2025 and 2025", "it": "2025 e 2025", "ja": "2025年と2052年"},
            [("error", "2052年")],
            id="one of two",
        ),
    ],
)
def test_numbers(row: Mapping[str, str], expected: list[tuple[str, str]]) -> None:
    found = check(parallel([row]))
    assert [(each.severity, each.found) for each in found] == expected
    assert all(each.rule == "number-mismatch" for each in found)


# What two versions say against each other, and what a third may say that settles nothing.
CONTRADICTIONS = [
    ({"en": "by 15 December 2025", "it": "entro il 15 novembre 2025"}, {"ja": "年末までに"}),
    ({"en": "48 lorries", "it": "84 camion"}, {"ja": "多数のトラック"}),
    ({"en": "48 lorries", "ja": "八十四台"}, {"it": "molti camion"}),
    ({"it": "5 mld", "ja": "5千万"}, {"en": "a lot"}),
    ({"en": "on 3 June 2025", "it": "il 4 giugno"}, {"fr": "ce mois-ci"}),
    ({"en": "From 2024 to 2027", "fr": "de 2024 à 2028"}, {"it": "dal 2024"}),
    ({"en": "On May 3, 2025 or 2024", "ja": "2024年5月3日、2025年"}, {"it": "nel 2025 o 2024"}),
    ({"en": "in 2035", "fr": "en 2036"}, {"ja": "将来"}),
    ({"en": "245 million", "de": "254 Mio. Euro"}, {"it": "tanto"}),
    ({"en": "in 2035", "it": "nel 2053"}, {"ja": "2035年", "de": "1999"}),
]


@pytest.mark.parametrize(("two", "others"), CONTRADICTIONS)
def test_another_version_hides_no_contradiction(
    two: Mapping[str, str], others: Mapping[str, str]
) -> None:
    assert [each.severity for each in check(parallel([two]))] == ["error"]
    for rows in ([{**two, **others}], [{**others, **two}]):
        found = alarms(parallel(rows), None)
        assert [each.severity for each in found] == ["error"] * len(found)
        assert {language for each in found for language in each.languages} & set(two)
        assert set(two) <= {language for each in found for language in each.spans}


SAYINGS = st.lists(st.sampled_from([48, 84, 2025, 2035, 61, 3]), max_size=3)


@given(SAYINGS, SAYINGS, SAYINGS)
def test_a_third_version_weakens_no_contradiction(
    first: list[int], second: list[int], third: list[int]
) -> None:
    def row(**numbers: list[int]) -> dict[str, str]:
        return {language: " / ".join(map(str, each)) or "-" for language, each in numbers.items()}

    two = check(parallel([row(en=first, it=second)]))
    three = check(parallel([row(en=first, it=second, de=third)]))
    for finding in two:
        for language in finding.languages if finding.severity == "error" else ():
            assert any(
                each.severity == "error"
                and set(finding.spans[language]) & set(each.spans.get(language, ()))
                for each in three
            )


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"en": "48", "it": "84", "ja": "多数"}, [("error", ("en", "it"), "48", "84")]),
        ({"en": "48", "it": "84", "ja": "４８台"}, [("error", ("it",), "48", "84")]),
        (
            {"en": "48", "it": "84", "ja": "９６台"},
            [("error", ("en", "it", "ja"), "48", "84 / ９６")],
        ),
        (
            {"en": "TOKYO, June 3, 2025", "it": "TOKYO, 4 giugno 2024", "ja": "2025年6月3日"},
            [("error", ("it",), "June 3, 2025", "4 giugno 2024")],
        ),
        (
            {"en": "TOKYO, June 3, 2025", "it": "TOKYO", "ja": "2025年6月3日"},
            [("warning", ("it",), "June 3, 2025", "")],
        ),
        (
            {
                "en": "May 3, 2024 and October 4, 2025",
                "ja": "令和６年１０月４日、２０２４年５月３日",
            },
            [("error", ("en", "ja"), "October 4, 2025", "令和６年１０月４日")],
        ),
        (  # a month that generic rules read is no proof, a day in digits is
            {"en": "3 June 2025", "it": "3 giugno 2025", "fr": "3 juillet 2025"},
            [("info", ("fr",), "3 June 2025", "3 juillet 2025")],
        ),
        (
            {"en": "3 June 2025", "it": "3 giugno 2025", "fr": "4 juin 2025"},
            [("error", ("fr",), "3 June 2025", "4 juin 2025")],
        ),
        (
            {"en": "1.8 million", "it": "1,8 milioni", "fr": "1,8 milliard"},
            [("info", ("fr",), "1.8 million", "1,8 milliard")],
        ),
        (
            {"en": "48 lorries", "it": "48 camion", "fr": "quarante-huit camions"},
            [("info", ("fr",), "48", "")],
        ),
    ],
)
def test_one_fault_is_one_finding(row: Mapping[str, str], expected: list[Any]) -> None:
    found = check(parallel([row]))
    assert [(x.severity, x.languages, x.expected, x.found) for x in found] == expected


def test_a_date_without_its_year_is_said_so() -> None:
    (finding,) = check(parallel([{"en": "on 3 June", "it": "il 3 giugno 2025"}]))
    assert finding.reason == "Italian has “3 giugno 2025”, but English has no year: “3 June”."
    assert finding.severity == "info"


def test_a_value_in_another_sentence_of_the_passage_is_no_finding() -> None:
    rows = [
        {"en": "In 2025.", "it": "Nel 2025.", "ja": "昨年。"},
        {"en": "So.", "it": "Sì.", "ja": "2025年。"},
    ]
    assert check(parallel(rows)) == ()


def test_values_in_each_other_s_place_are_swapped() -> None:
    rows = [
        {"en": "In 2025.", "it": "Nel 2025.", "ja": "2035年。"},
        {"en": "In 2035.", "it": "Nel 2035.", "ja": "2025年。"},
    ]
    found = said(check(parallel(rows)))
    assert sorted(found) == [
        ("error", "number-mismatch", ("ja",), "2025年"),
        ("error", "number-mismatch", ("ja",), "2035年"),
    ]


def test_spans_are_exact() -> None:
    text = parallel([{"en": "By 2035.", "it": "Entro il 2035.", "ja": "それは2053年。"}])
    (finding,) = check(text)
    shown = {
        language: [text.version(language).document.text[slice(*span)] for span in spans]
        for language, spans in finding.spans.items()
    }
    assert shown == {"en": ["2035"], "it": ["2035"], "ja": ["2053年"]}
    assert finding.bead == "t.al.s.1"


RAW = {"en": "raw materials|raw stuff", "it": "materie prime|materiali grezzi", "ja": "原材料|原料"}
MINERALS = {"en": "minerals", "it": "minerali", "ja": "鉱物"}
TERMS = glossary(raw=RAW, minerals=MINERALS)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            [{"en": "Raw materials.", "it": "Le materie prime.", "ja": "原材料。"}], [], id="clean"
        ),
        pytest.param(
            [{"en": "Raw materials.", "it": "Le materie prime.", "ja": "品物。"}],
            [("warning", "term-missing", ("ja",), "")],
            id="missing",
        ),
        pytest.param(
            [{"en": "Raw materials.", "it": "Le materie prime.", "ja": "鉱物。"}],
            [("warning", "term-missing", ("ja",), "鉱物")],
            id="sibling",
        ),
        pytest.param(
            [{"en": "Raw materials.", "it": "Le materie prime.", "ja": "原料。"}],
            [("warning", "term-deprecated", ("ja",), "原料")],
            id="deprecated",
        ),
        pytest.param(
            [{"en": "Nothing.", "it": "Niente.", "ja": "原料。"}],
            [("info", "term-deprecated", ("ja",), "原料")],
            id="deprecated word with another sense",
        ),
        pytest.param(
            [
                {"en": "Raw materials.", "it": "Le materie prime.", "ja": "それ。"},
                {"en": "Them.", "it": "Loro.", "ja": "原材料。"},
            ],
            [],
            id="elsewhere in the passage",
        ),
        pytest.param(
            [{"en": "Raw materials.", "it": "Materie assai prime.", "ja": "原材料。"}],
            [],
            id="words in between",
        ),
        pytest.param(
            [{"en": "Raw materials.", "ja": "品物。"}],
            [("warning", "term-missing", ("ja",), "")],
            id="two languages",
        ),
        pytest.param(
            [{"en": "Raw materials.", "it": "Le materie prime.", "de": "Rohstoffe."}],
            [],
            id="a language without a term",
        ),
    ],
)
def test_terms(rows: list[Mapping[str, str]], expected: list[tuple[str, ...]]) -> None:
    assert sorted(said(check(parallel(rows), TERMS))) == sorted(expected)


MUSEUM = glossary(
    museum={"en": "museum", "ja": "美術館"},
    ministry={"en": "Ministry", "ja": "省庁"},
    collection={"en": "permanent collection", "ja": "常設展"},
    garden={"en": "garden", "ja": "庭園"},
)


@pytest.mark.parametrize(
    ("english", "japanese", "expected"),
    [
        ("The museum is closed.", "休館日です。", [("info", "")]),
        ("休館日", "美術館です。", [("info", "")]),
        ("The museum is closed.", "庭園は休みです。", [("warning", "庭園")]),
        ("The permanent collection is closed.", "休館日です。", [("warning", "")]),
        ("The Ministry is closed.", "休みです。", [("warning", "")]),
        ("The museum is closed.", "美術館は休みです。", []),
    ],
)
def test_between_two_versions_a_single_noun_is_weak_evidence(
    english: str, japanese: str, expected: list[tuple[str, str]]
) -> None:
    found = check(parallel([{"en": english, "ja": japanese}]), MUSEUM)
    assert [(each.severity, each.found) for each in found] == expected


def test_a_word_that_is_often_left_out_is_only_a_hint() -> None:
    """Two leaders: one language says "they" every other time."""
    leaders = glossary(leaders={"en": "two leaders", "it": "due leader", "ja": "両首脳"})
    full = {
        "en": "The two leaders agree.",
        "it": "I due leader concordano.",
        "ja": "両首脳は同意。",
    }
    short = {**full, "en": "They agree."}
    found = check(parallel(*[[full, short]] * 4, [short]), leaders)
    assert said(found) == [("info", "term-missing", ("en",), "")]


def test_one_surface_may_name_two_concepts() -> None:
    titles = glossary(
        japan={"en": "Prime Minister", "it": "Primo Ministro", "ja": "首相"},
        italy={"en": "President of the Council", "it": "Presidente del Consiglio", "ja": "首相"},
    )
    text = parallel(
        [
            {
                "en": "The President of the Council.",
                "it": "Il Presidente del Consiglio.",
                "ja": "首相。",
            }
        ]
    )
    assert check(text, titles) == ()


def test_varying_terms() -> None:
    chain = Glossary(
        (
            Concept(
                "chain",
                (
                    Designation("ja", "サプライチェーン"),
                    Designation("ja", "供給網", "admitted"),
                    Designation("ja", "SC", "admitted"),
                ),
            ),
        )
    )
    text = parallel(
        [{"ja": "サプライチェーン。", "en": "a"}],
        [{"ja": "供給網とサプライチェーンとSC。", "en": "b"}],
    )
    assert said(check(text, chain)) == [("info", "term-variant", ("ja",), "供給網")]


PROSE = [
    {
        "en": f"They discussed the {word} of both countries and agreed to work on it together.",
        "it": f"Hanno discusso di {word} dei due Paesi e hanno deciso di lavorarci insieme.",
        "ja": f"両国の{word}について議論し、共にこれに取り組むことで一致した。",
    }
    for word in [
        "alpha",
        "beta",
        "gamma",
        "delta",
        "epsilon",
        "zeta",
        "eta",
        "theta",
        "iota",
        "kappa",
    ]
]


def test_prose_is_clean() -> None:
    assert check(parallel(*([row] for row in PROSE))) == ()


@pytest.mark.parametrize("language", ["en", "it", "ja"])
def test_unit_missing(language: str) -> None:
    rows = [dict(row) for row in PROSE]
    del rows[4][language]
    (finding,) = check(parallel(rows))
    assert said([finding]) == [("warning", "unit-missing", (language,), "")]
    assert finding.bead == "t.al.s.5"
    assert set(finding.spans) == {"en", "it", "ja"} - {language}


def test_a_missing_paragraph_is_one_finding() -> None:
    gap = [{"en": row["en"], "it": row["it"], "ja": ()} for row in PROSE[:3]]
    (finding,) = check(parallel(PROSE[3:], gap))
    assert (finding.bead, finding.languages) == ("t.al.p.2", ("ja",))


def test_unit_added() -> None:
    text = parallel([*PROSE, {"ja": "これは日本語だけにある文である。"}])
    (finding,) = check(text)
    assert (finding.languages, finding.found) == (("ja",), "これは日本語だけにある文である。")


def test_what_all_but_one_have_is_omitted_in_that_one() -> None:
    rows: list[Mapping[str, str]] = [*PROSE[:3], {"en": PROSE[3]["en"]}, {"it": PROSE[3]["it"]}]
    (finding,) = check(parallel([*rows, *PROSE[4:]]))
    assert (finding.languages, set(finding.spans)) == (("ja",), {"en", "it"})


@pytest.mark.parametrize(
    ("side", "severity"),
    [
        ({"it": "Hanno discusso."}, "warning"),
        ({"it": "Hanno discusso di epsilon."}, "info"),
        ({"en": [PROSE[0]["en"], "Yes."], "ja": [PROSE[0]["ja"], "否。"]}, ""),
        (
            {
                "en": ["They discussed it all over again.", PROSE[0]["en"]],
                "ja": ["改めてその全てを議論した。", PROSE[0]["ja"]],
            },
            "info",
        ),
    ],
)
def test_length(side: Mapping[str, str | Sequence[str]], severity: str) -> None:
    rows: list[Mapping[str, str | Sequence[str]]] = [*PROSE]
    rows[4] = {**PROSE[4], **side}
    found = check(parallel(*([row] for row in rows)), without=["content-mismatch"])
    expected = [("length", severity, ("it",))] if severity else []
    assert [(each.rule, each.severity, each.languages) for each in found] == expected


@pytest.mark.parametrize("language", ["it", "ja"])
def test_untranslated(language: str) -> None:
    rows = [dict(row) for row in PROSE]
    rows[4][language] = rows[4]["en"]
    (finding,) = alarms(parallel(*([row] for row in rows)), None)
    assert (finding.rule, finding.languages) == ("untranslated", (language,))


@pytest.mark.parametrize("language", ["en", "it"])
def test_untranslated_in_another_script(language: str) -> None:
    rows = [dict(row) for row in PROSE]
    rows[4][language] = rows[4]["ja"] = (
        "両国の計画、予算、人員、日程、場所について議論し、一致した。"
    )
    found = [each for each in check(parallel(*([row] for row in rows))) if each.rule != "length"]
    assert [(each.rule, each.languages) for each in found] == [("untranslated", (language,))]


def test_names_are_not_untranslated() -> None:
    name = "Global Combat Air Programme and Italy-Japan Business Group"
    assert check(parallel(*([row] for row in PROSE), [dict.fromkeys(LANGUAGES, name)])) == ()


def test_each_check_can_be_left_out() -> None:
    rows = [dict(row) for row in PROSE]
    del rows[4]["ja"]
    assert check(parallel(rows), without=["unit-missing"]) == ()
    with pytest.raises(UnknownNameError, match="unknown check 'no'; available: unit-missing"):
        check(parallel(rows), without=["no"])


def test_mentions_may_be_given() -> None:
    text = parallel([{"en": "Raw materials.", "it": "Le materie prime.", "ja": "原料。"}])
    mentions = {version.language: find_mentions(version, TERMS) for version in text.versions}
    assert check(text, TERMS, mentions=mentions) == check(text, TERMS)


def test_order_of_the_languages_does_not_matter() -> None:
    row = {
        "en": "Raw materials in 2035.",
        "it": "Le materie prime nel 2035.",
        "ja": "2053年に鉱物。",
    }
    first = check(parallel([row]), TERMS)
    second = check(parallel([dict(reversed(row.items()))]), TERMS)
    assert {each.id for each in first} == {each.id for each in second}


# --- a language without a module -----------------------------------------------------------

MINISTERS = [
    "The ministers met in Turin on 3 June 2025.",
    "I ministri si sono riuniti a Torino il 3 giugno 2025.",
    "Les ministres se sont réunis à Turin le 3 juin 2025.",
    "They counted forty-eight lorries on the first day.",
    "Il primo giorno hanno contato 48 camion.",
    "Le premier jour, ils ont compté quarante-huit poids lourds.",
    "The lorries carried 1.8 million tonnes of goods.",
    "I camion hanno trasportato 1,8 milioni di tonnellate di merci.",
    "Les poids lourds ont transporté 1,8 million de tonnes de marchandises.",
    "The tunnel cost 5 billion euros.",
    "Il traforo è costato 5 mld di euro.",
    "Le tunnel a coûté 5 milliards d’euros.",
    "Some 12,500 people live in the valley.",
    "Nella valle vivono circa 12.500 persone.",
    "Quelque 12 500 personnes vivent dans la vallée.",
    "The works began in March 2019.",
    "I lavori sono iniziati nel marzo 2019.",
    "Les travaux ont commencé en mars 2019.",
    "Traffic rose by 3.2% between 2020 and 2024.",
    "Il traffico è aumentato del 3,2% tra il 2020 e il 2024.",
    "Le trafic a augmenté de 3,2 % entre 2020 et 2024.",
    "Each minister thanked the two regions.",
    "Ogni ministro ha ringraziato le due regioni.",
    "Chaque ministre a remercié les deux régions.",
    "The customs officers checked 245 million parcels.",
    "I doganieri hanno controllato 245 milioni di pacchi.",
    "Les douaniers ont contrôlé 245 millions de colis.",
    "A second tube will open on 1 January 2027.",
    "Una seconda canna aprirà il 1º gennaio 2027.",
    "Un second tube ouvrira le 1er janvier 2027.",
    "The agreement lasts thirty years.",
    "L’accordo dura trent’anni.",
    "L’accord dure trente ans.",
    "The next meeting is on 15 December.",
    "La prossima riunione è il 15 dicembre.",
    "La prochaine réunion aura lieu le 15 décembre.",
]
LORRIES = glossary(
    minister={"en": "minister", "it": "ministro", "fr": "ministre"},
    lorry={"en": "lorry", "it": "camion", "fr": "poids lourd|camion"},
    agreement={"en": "agreement", "it": "accordo", "fr": "accord"},
    customs_officer={"en": "customs officer", "it": "doganiere", "fr": "douanier"},
)
LANGUAGES_OF_THE_VALLEY = ("en", "it", "fr")


def valley(old: str = "", new: str = "") -> list[dict[str, str]]:
    assert any(old in sentence for sentence in MINISTERS)
    sentences = [sentence.replace(old, new) for sentence in MINISTERS] if old else MINISTERS
    return [
        dict(zip(LANGUAGES_OF_THE_VALLEY, sentences[start : start + 3], strict=True))
        for start in range(0, len(sentences), 3)
    ]


@pytest.mark.parametrize("languages", [("en", "it", "fr"), ("en", "fr"), ("it", "fr")])
def test_a_clean_text_with_a_language_without_a_module_gives_no_alarm(
    languages: tuple[str, ...],
) -> None:
    rows = [{language: row[language] for language in languages} for row in valley()]
    assert alarms(parallel(*([row] for row in rows)), LORRIES) == []
    assert alarms(parallel(rows), LORRIES) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("poids lourds ont", "camions ont", ("warning", "term-deprecated", ("fr",), "camions")),
        ("le 3 juin", "le 13 juin", ("error", "number-mismatch", ("fr",), "13 juin 2025")),
        ("et 2024.", "et 2042.", ("error", "number-mismatch", ("fr",), "2042")),
        ("12 500", "15 200", ("error", "number-mismatch", ("fr",), "15 200")),
        ("245 millions", "254 millions", ("error", "number-mismatch", ("fr",), "254 millions")),
        ("5 mld", "5 mln", ("error", "number-mismatch", ("it",), "5 mln di euro")),
        ("en mars", "en mai", ("info", "number-mismatch", ("fr",), "mai 2019")),
        ("poids lourds ont", "voitures ont", ("info", "term-missing", ("fr",), "")),
    ],
)
def test_faults_in_a_text_with_a_language_without_a_module(
    old: str, new: str, expected: tuple[str, str, tuple[str, ...], str]
) -> None:
    found = said(check(parallel(*([row] for row in valley(old, new))), LORRIES))
    assert expected in found
    assert [each for each in found if each[0] != "info"] in ([], [expected])


def test_ids_are_unique_ncnames_and_results_repeat() -> None:
    text = parallel(*[[{"en": "In 2035.", "it": "Nel 2035.", "ja": "2053年。"}]] * 3)
    found = check(text, TERMS)
    ids = [finding.id for finding in found]
    assert len(set(ids)) == len(ids) == 3
    assert all(re.fullmatch(r"[^\W\d][\w.-]*", name) for name in ids)
    assert check(text, TERMS) == found


def test_the_same_characters_may_be_another_number() -> None:
    """A comma parts thousands in English, and the decimals in Italian."""
    row = {"en": "1,200 members", "it": "1,200 membri", "ja": "会員１２００名"}
    (finding,) = check(parallel([row]))
    assert (finding.rule, finding.languages, finding.found) == ("number-mismatch", ("it",), "1,200")
    assert "which is 1.2 there" in finding.reason


def test_every_check_is_documented() -> None:
    guide = (ROOT / "docs/checks.md").read_text("utf-8")
    guide = " ".join(guide.split())
    for name, each in CHECKS.items():
        assert f"## {name}" in guide
        assert each.claim in guide
        assert each.severity in SEVERITIES


def test_a_term_that_stands_in_one_language_of_three_is_a_hint() -> None:
    text = parallel(
        [{"en": "They met in the port.", "it": "Si sono visti.", "ja": "彼らは会った。"}]
    )
    terms = glossary(port={"en": "port", "it": "porto", "ja": "港"})
    assert said(check(text, terms)) == [("info", "term-missing", ("en",), "port")]
