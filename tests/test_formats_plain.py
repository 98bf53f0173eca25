"""Plain text: paragraphs from lines, labels, older encodings."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallel_statement.formats.decoding import decode
from parallel_statement.formats.joining import ends_sentence, joiner_between
from parallel_statement.formats.labels import label_of
from parallel_statement.languages import get
from reading_sample import (
    account,
    blocks,
    document,
)

PLAIN = {
    "blank lines": ("One.\n\nTwo.\n", [("p", "One."), ("p", "Two.")]),
    "wrapped": (
        "JOINT STATEMENT\n\n1. The two leaders met in the city of\nTokyo and spoke.\n2. They ate.",
        [
            ("head", "JOINT STATEMENT"),
            ("p", "1. The two leaders met in the city of Tokyo and spoke."),
            ("p", "2. They ate."),
        ],
    ),
    "hyphen at the end of a line": (
        "They agreed on many fair and long-\nterm plans.",
        [("p", "They agreed on many fair and long-term plans.")],
    ),
    "articles": (
        "Preamble of the whole agreement.\nArticle 1\nThe Parties agree on all that follows.",
        [
            ("p", "Preamble of the whole agreement."),
            ("p", "Article 1"),
            ("p", "The Parties agree on all that follows."),
        ],
    ),
    "a number in mid sentence": (
        "The leaders of both countries met on June\n12. and so on they went for a while.",
        [
            (
                "p",
                "The leaders of both countries met on June 12. and so on they went for a while.",
            )
        ],
    ),
    "form feed": (
        "The whole text of this page is strongly\finterrelated.",
        [("p", "The whole text of this page is strongly interrelated.")],
    ),
    "one line a paragraph": (
        "Short title\n" + "The two leaders met for a while. " * 4 + "\n" + "They spoke. " * 12,
        [
            ("head", "Short title"),
            ("p", ("The two leaders met for a while. " * 4).strip()),
            ("p", ("They spoke. " * 12).strip()),
        ],
    ),
}


@pytest.mark.parametrize(("source", "expected"), PLAIN.values(), ids=PLAIN)
def test_plain_text(source: str, expected: list[tuple[str, str]]) -> None:
    result = document(source, "txt")
    account(result)
    assert blocks(result) == expected


def test_plain_japanese_with_labels_and_indents() -> None:
    source = (
        "日伊共同声明\n"
        "１　両首脳は、日本とイタリアの外交関係開設百六十周年の開始を象徴する首脳会談を東京で\n"
        "行った。\n"
        "２　両首脳は、歓迎した。\n"
        "　なお、首相は、ＧＣＡＰ及び AI\nrobotics について述べた。\n"
    )
    result = document(source, "txt", "ja")
    account(result)
    assert blocks(result) == [
        ("head", "日伊共同声明"),
        ("p", source.split("\n")[1] + "行った。"),
        ("p", "２　両首脳は、歓迎した。"),
        ("p", "なお、首相は、ＧＣＡＰ及び AI robotics について述べた。"),
    ]


def test_plain_japanese_items_and_lines_that_go_on() -> None:
    source = (
        "協力について\n"
        "１　両首脳は、日本とイタリアの安全保障は、インド太平洋と欧州でますます強く\n"
        "相互に関連していることを確認した。両首脳は、両国の友好関係を確認し、次の事項で協力する。\n"
        "ア　経済安全保障\n"
        "イ　宇宙\n"
    )
    result = document(source, "txt", "ja")
    account(result)
    lines = source.split("\n")
    assert blocks(result) == [
        ("head", lines[0]),
        ("p", lines[1] + lines[2]),
        ("p", lines[3]),
        ("p", lines[4]),
    ]


@pytest.mark.parametrize(
    ("extension", "source"),
    [
        ("txt", "16. Januar 2026\nDie beiden trafen sich am Abend.\n"),
        ("html", "<p>16. Januar 2026<br>Die beiden trafen sich am Abend.</p>"),
    ],
)
def test_a_line_with_a_date_is_a_block(extension: str, source: str) -> None:
    result = document(source, extension, "de")
    account(result)
    assert [text for _, text in blocks(result)] == [
        "16. Januar 2026",
        "Die beiden trafen sich am Abend.",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "1. The",
        "１２．両首脳",
        "１\u3000両首脳",
        "(1) The",
        "（二）両国",
        "第三条",
        "第１章\u3000総則",
        "Article 3",
        "Articolo 12.",
        "Art. 4 -",
        "iv) the",
        "a) the",
        "①協力",
        "1.2. The",
        "• the",
        "・協力",
        "３．協力",
        "ア\u3000協力",
        "12. Agenda 2030 is",
    ],
)
def test_labels(line: str) -> None:
    assert label_of(line) is not None


@pytest.mark.parametrize(
    "line",
    [
        "16. Januar 2026",
        "1. mai 2024 trafen",
        "5. desember 2026",
        "2025. The",
        "The",
        "1.5 % of",
        "Artist 3",
        "10 countries",
        "三国",
        "第三者",
        "I agree",
    ],
)
def test_no_labels(line: str) -> None:
    assert label_of(line) is None


@pytest.mark.parametrize(
    ("before", "after", "joiner", "expected"),
    [
        ("両首脳", "は", "", ""),
        ("両首脳", "は", " ", ""),
        ("AI", "robotics", "", " "),
        ("及び", "AI", "", ""),
        ("及び", "AI", " ", " "),
        ("한국", "정부", " ", " "),
        ("long-", "term", " ", ""),
        ("Italy-", "Japan", " ", ""),
        ("2024 -", "2027", " ", " "),
        ("a ", "b", " ", ""),
        ("", "b", " ", ""),
    ],
)
def test_joiner(before: str, after: str, joiner: str, expected: str) -> None:
    assert joiner_between(before, after, joiner) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("done.", True),
        ('"done."', True),
        ('"Partnership".', True),
        ("一致した。」", True),
        ("(ASI)", False),
        ("strongly", False),
        ("Why?", True),
        ("", False),
    ],
)
def test_ends_sentence(text: str, expected: bool) -> None:
    assert ends_sentence(text, get("en")) is expected


JAPANESE = (
    "日伊共同声明\n\n１　両首脳は、２０２６年１月１６日、東京で会談し、ＧＣＡＰの進展を歓迎した。"
    "「特別な戦略的パートナーシップ」\n"
)
ITALIAN = "Dichiarazione: la città è più bella, perché “così” si può.\n"


@pytest.mark.parametrize(
    ("text", "language", "codec", "expected"),
    [
        (JAPANESE, "ja", "utf-8", "utf-8"),
        (JAPANESE, "ja", "utf-8-sig", "utf-8"),
        (JAPANESE, "ja", "cp932", "cp932"),
        (JAPANESE, "ja", "shift_jis", "cp932"),
        (JAPANESE, "ja-JP", "euc_jp", "euc_jp"),
        (JAPANESE, "ja", "iso2022_jp", "iso2022_jp"),
        (JAPANESE, "ja", "utf-16", "utf-16-le"),
        ("\ufeff" + JAPANESE, "ja", "utf-16-be", "utf-16-be"),
        ("\ufeff" + JAPANESE, "ja", "utf-32-le", "utf-32-le"),
        (ITALIAN, "it", "cp1252", "cp1252"),
        (ITALIAN, "it", "utf-8", "utf-8"),
        ("“Smart” quotes\n", "en", "cp1252", "cp1252"),
        ("Оба лидера встретились.\n", "ru", "cp1251", "cp1251"),
        ("Оба лидера встретились.\n", "ru", "koi8-r", "koi8-r"),
        ("両国領袖会見。\n", "zh", "gb18030", "gb18030"),
        ("Společné prohlášení ž ť.\n", "cs", "cp1250", "cp1250"),
    ],
)
def test_detected_encodings_give_the_bytes_again(
    text: str, language: str, codec: str, expected: str
) -> None:
    data = text.encode(codec)
    found = decode(data, Path("x.txt"), language)
    assert found.text.removeprefix("\ufeff") == text.removeprefix("\ufeff")
    assert found.encoding.replace("_", "-") == expected.replace("_", "-")
    assert found.text.encode(found.encoding) == data
    result = document(data, "txt", language)
    account(result)
    assert result.text.encode(result.source.encoding) == data


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "UTF_8_SIG", "utf-16", "utf-16-le", "cp932", "euc-jp"]
)
def test_a_named_encoding_wins(encoding: str) -> None:
    data = JAPANESE.encode(encoding)
    result = document(data, "txt", "ja", encoding=encoding)
    assert result.text.removeprefix("\ufeff") == JAPANESE
    assert result.text.encode(result.source.encoding) == data


@given(
    st.sampled_from(["cp932", "euc_jp"]),
    st.text("両首脳はを歓迎したアイウ、。「」１２ａ東京会談", min_size=12),
)
def test_japanese_encodings_are_told_apart(codec: str, text: str) -> None:
    text = "両首脳は、" + text + "した。"
    assert decode(text.encode(codec), Path("x"), "ja").text == text
