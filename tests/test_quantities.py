"""Numbers and dates: what each language finds, and that the values compare across languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallel_statement import languages

Values = list[tuple[str, str]]


def values(language: str, text: str) -> Values:
    return [(each.kind, each.value) for each in languages.get(language).quantities(text)]


DATE = ("date", "2026-01-16")
SAME = [  # the same in every language
    pytest.param(
        [DATE],
        {
            "en": [
                "January 16, 2026",
                "16 January 2026",
                "Friday, January 16th, 2026",
                "Jan. 16, 2026",
            ],
            "it": ["16 gennaio 2026", "venerdì 16 gennaio 2026", "16 Gennaio del 2026"],
            "ja": [
                "２０２６年１月１６日",
                "2026年1月16日（金）",
                "令和８年１月１６日",
                "2026 年 1 月 16 日",
                "2026年（令和8年）1月16日",
                "二〇二六年一月十六日",
            ],
            "fr": ["2026-01-16"],
        },
        id="date",
    ),
    pytest.param(
        [("number", "0.6667")],
        {
            "en": ["two thirds of the fleet", "Two-thirds majority"],
            "it": ["due terzi della flotta"],
            "ja": ["船団の３分の２", "三分の二"],
        },
        id="fraction",
    ),
    pytest.param(
        [("number", "0.25")],
        {
            "en": ["one quarter of the cost", "a quarter of it"],
            "it": ["un quarto del costo"],
            "ja": ["費用の四分の一"],
        },
        id="one part",
    ),
    pytest.param(
        [("date", "--01-01")],
        {
            "en": ["January 1", "1st of January"],
            "it": ["1º gennaio", "primo gennaio"],
            "ja": ["１月１日"],
        },
        id="day and month",
    ),
    pytest.param(
        [("date", "2026-01-16/2026-01-18")],
        {"en": ["January 16-18, 2026"], "it": ["16-18 gennaio 2026"], "ja": ["2026年1月16～18日"]},
        id="days",
    ),
    pytest.param(
        [("date", "2027-03-02/2027-03-05")],
        {
            "en": ["from Tuesday, 2 to Friday, 5 March 2027", "March 2 to 5, 2027"],
            "it": ["da martedì 2 a venerdì 5 marzo 2027", "dal 2 al 5 marzo 2027"],
            "ja": ["2027年3月2日（火）から5日（金）まで", "令和９年３月２日～５日"],
        },
        id="days with their weekdays",
    ),
    pytest.param(
        [("range", "3000000/8000000")],
        {
            "en": ["between 3 and 8 million", "3-8 million", "from 3 to 8 million"],
            "it": ["tra 3 e 8 milioni", "da 3 a 8 milioni", "3-8 milioni"],
        },
        id="a range on a scale",
    ),
    pytest.param(
        [("month", "2025-09")],
        {
            "en": ["September 2025"],
            "it": ["settembre 2025"],
            "ja": ["2025年9月", "2025 年 9 月", "令和七年九月"],
        },
        id="month",
    ),
    pytest.param(
        [("range", "2024/2027")],
        {
            "en": ["2024-2027", "2024–2027"],
            "it": ["2024-27"],
            "ja": ["２０２４～２０２７年", "2024年～2027年"],
        },
        id="range",
    ),
    pytest.param(
        [("ordinal", "160")],
        {
            "en": ["160th"],
            "it": ["160°", "160º", "160esimo", "centosessantesimo"],
            "ja": ["第１６０回"],
        },
        id="ordinal",
    ),
    pytest.param(
        [("ordinal", "30")],
        {"en": ["thirtieth"], "it": ["30ª", "trentesima", "XXX"], "ja": ["第三十回"]},
        id="ordinal in words",
    ),
    pytest.param(
        [("percent", "12.5")],
        {
            "en": ["12.5%", "12.5 per cent"],
            "it": ["12,5 %", "12,5 per cento"],
            "ja": ["１２．５％", "12.5パーセント"],
        },
        id="percent",
    ),
    pytest.param(
        [("currency", "1500000000")],
        {
            "en": ["US$1.5 billion", "1.5 billion dollars"],
            "it": ["1,5 miliardi di dollari"],
            "ja": ["15億ドル", "15 億米ドル"],
        },
        id="currency",
    ),
    pytest.param(
        [("multiplier", "4")],
        {"en": ["4x", "4 times", "4-fold"], "it": ["4x", "4 volte"], "ja": ["４倍", "４ｘ"]},
        id="multiplier",
    ),
    pytest.param(
        [("multiplier", "2")],
        {
            "en": ["it doubled", "aims to double it", "twice a year", "a twofold rise"],
            "it": ["è raddoppiato", "mira a raddoppiare"],
            "ja": ["倍増する", "２倍"],
        },
        id="multiplier in a word",
    ),
    pytest.param(
        [],
        {
            "en": ["a double standard", "to double-click"],
            "it": ["doppio", "triplice", "gli anni ’80"],
            "ja": ["倍率"],
        },
        id="no multiplier",
    ),
    pytest.param([("percent", "80")], {"it": ["l’80 per cento", "dell’80%"]}, id="elided"),
    pytest.param([("number", "80")], {"it": ["l’80 per mille"]}, id="per mille"),
    pytest.param(
        [("number", "1200000")],
        {
            "en": ["1,200,000", "1.2 million"],
            "it": ["1.200.000", "1,2 milioni"],
            "ja": ["120万", "1,200,000"],
        },
        id="large number",
    ),
    pytest.param(
        [("number", "1800000")],
        {
            "en": ["1.8 million", "1.8mn"],
            "it": ["1,8 milioni", "1,8 mln"],
            "ja": ["180万", "百八十万"],
            "fr": ["1,8 million", "1 800 000"],
            "de": ["1,8 Mio. "],
            "es": ["1,8 millones"],
            "pt": ["1,8 milhões"],
            "nl": ["1,8 miljoen"],
            "pl": ["1,8 mln"],
            "ru": ["1,8 млн"],
            "zh": ["180万"],
            "ko": ["180만"],
        },
        id="scaled number",
    ),
    pytest.param(
        [("number", "53500")],
        {"it": ["53.500"], "ja": ["５万３千５百", "五万三千五百人"], "ko": ["5만 3500"]},
        id="digits and kanji",
    ),
    pytest.param(
        [("number", "12345678.9")],
        {
            "en": ["12,345,678.9"],
            "it": ["12.345.678,9"],
            "ja": ["12,345,678.9"],
            "de": ["12.345.678,90", "12,345,678.9", "12'345'678.9"],
            "fr": ["12 345 678,9"],
        },
        id="groups and decimals",
    ),
    pytest.param(
        [("number", "7" * 60)],
        {language: ["7" * 60] for language in ("en", "ja", "fr", "zh")},
        id="more digits than a number has",
    ),
    pytest.param(
        [("number", "5000000000")],
        {
            "en": ["5bn", "5 billion"],
            "it": ["5 mld", "5 miliardi"],
            "fr": ["5 milliards"],
            "de": ["5 Mrd. "],
            "es": ["5 mil millones"],
            "ja": ["50億"],
            "zh": ["50亿"],
        },
        id="thousand millions",
    ),
    pytest.param(
        [("number", "48")],
        {"en": ["forty-eight"], "ja": ["四十八台", "約四十八名", "４８台"], "zh": ["四十八台"]},
        id="counted in kanji",
    ),
    pytest.param(
        [("date", "2025-06-03")],
        {
            "en": ["3 June 2025"],
            "fr": ["3 juin 2025"],
            "de": ["3. Juni 2025"],
            "es": ["3 de junio de 2025"],
            "pt": ["3 de junho de 2025"],
            "nl": ["3 juni 2025"],
            "pl": ["3 czerwca 2025"],
            "ru": ["3 июня 2025"],
            "zh": ["2025年6月3日", "2025年6月3号"],
            "zh-Hant": ["2025年6月3日"],
            "ko": ["2025년 6월 3일"],
        },
        id="date in words",
    ),
    pytest.param(
        [("number", "1030")],
        {
            "en": ["one thousand and thirty"],
            "it": ["1.030", "milletrenta"],
            "ja": ["千三十人", "1,030人"],
        },
        id="number in words",
    ),
    pytest.param(
        [("number", "2019")],
        {"en": ["2019"], "it": ["2019"], "ja": ["令和元年", "2019年"]},
        id="year",
    ),
]


@pytest.mark.parametrize(("expected", "forms"), SAME)
def test_forms_of_one_value_are_equal(expected: Values, forms: dict[str, list[str]]) -> None:
    for language, texts in forms.items():
        for text in texts:
            assert values(language, text) == expected, (language, text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "G7, COP30, F-35, COVID-19 and 5G"),
        ("en", "at 10:30 a.m. in the 1990s, version 4.3.0, see www.example.org/2026"),
        ("en", "They may march on. One of the most important."),
        ("it", "alle 10.30, negli anni ’90, il G7 e la COP30"),
        ("ja", "十分に、一方的な、三菱、四国、千葉、万博、一層、数十人、午後3時30分、Ｇ７"),
        ("ja", "数千人、八十年代、何百台、十字軍"),
        ("sw", "G7"),
    ],
)
def test_no_quantity(language: str, text: str) -> None:
    assert values(language, text) == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "two and three", [("number", "2"), ("number", "3")]),
        ("en", "a 30-year plan, post-2030", [("number", "30"), ("number", "2030")]),
        ("en", "Article 12.1.", [("number", "12.1")]),
        ("it", "Esempio 12.1. Configurazione", [("number", "12.1")]),
        ("it", "un migliaio di pagine, una decina", [("number", "1000"), ("number", "10")]),
        ("it", "tra il 2024 e il 2027", [("number", "2024"), ("number", "2027")]),
        ("ja", "二国家解決、二十か国", [("number", "2"), ("number", "20")]),
        ("ja", "3日間、1か月", [("number", "3"), ("number", "1")]),
        ("ja", "3兆5000億円", [("currency", "3500000000000")]),
        ("ja", "６千人と５百", [("number", "6000"), ("number", "500")]),
        ("it", "trent’anni e vent'anni", [("number", "30"), ("number", "20")]),
        ("it", "50mila e 3mila", [("number", "50000"), ("number", "3000")]),
        ("en", "$50k and £3m", [("currency", "50000"), ("currency", "3000000")]),
        ("fr", "1.500 et 10 %", [("number", "1500"), ("percent", "10")]),
    ],
)
def test_quantities(language: str, text: str, expected: Values) -> None:
    assert values(language, text) == expected


@given(
    st.text(
        alphabet="0123456789０１２年月日.,-～ª°%$€ 〇一十万億thmilaJanuary第回/:\n", max_size=40
    )
)
@pytest.mark.parametrize("language", ["en", "it", "ja", "fr"])
def test_quantities_lie_in_the_text_in_order(language: str, text: str) -> None:
    position = 0
    for quantity in languages.get(language).quantities(text):
        assert position <= quantity.span.start < quantity.span.end <= len(text)
        assert quantity.value
        position = quantity.span.end


@given(st.integers(0, 10**15))
@pytest.mark.parametrize("language", ["en", "it", "ja", "fr"])
def test_every_integer_is_read(language: str, number: int) -> None:
    assert values(language, f"x {number} y") == [("number", str(number))]


@given(st.integers(1, 9999), st.integers(1, 12), st.integers(1, 31))
def test_dates_of_all_languages_agree(year: int, month: int, day: int) -> None:
    names = (
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre "
        "dicembre"
    )
    expected = [("date", f"{year:04}-{month:02}-{day:02}")]
    assert values("ja", f"{year:04}年{month}月{day}日") == expected
    assert values("it", f"{day} {names.split()[month - 1]} {year:04}") == expected
    assert values("sw", f"{year:04}-{month:02}-{day:02}") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("by the end of May", [("month", "--05")]),
        ("in early March", [("month", "--03")]),
        ("They may march", []),
    ],
)
def test_months_that_are_words_too(text: str, expected: Values) -> None:
    assert values("en", text) == expected
