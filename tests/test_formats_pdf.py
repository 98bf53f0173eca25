"""PDF: pages, wrapped lines, running heads."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reading_sample import (
    account,
    blocks,
    document,
    pages,
    pdf,
    read_or_refuse,
    squeezed,
    texts,
)


def test_pdf_pages_and_wrapped_lines() -> None:
    sheets = [
        [
            "JAPAN-ITALY JOINT STATEMENT",
            "1. Prime Minister TAKAICHI Sanae and President of the Council of",
            "Ministers Giorgia MELONI met in Tokyo; all of this is strongly",
            "- 1 -",
        ],
        [
            "interrelated. They met.",
            "2. They agreed on the following points, and on a number of long-",
            "term plans.",
            "- 2 -",
        ],
        [],
    ]
    result = document(pdf(sheets), "pdf")
    account(result)
    assert blocks(result) == [
        ("head", sheets[0][0]),
        ("p", " ".join([*sheets[0][1:3], sheets[1][0]])),
        ("p", sheets[1][1] + sheets[1][2]),
    ]
    assert pages(result) == [("2", "\f"), ("3", "\f")]
    numbers = [one for one in result.layout if one.reason == "page number"]
    assert [result.text[slice(*one.span)] for one in numbers] == ["- 1 -", "- 2 -"]
    assert result.source.encoding == "pdf"


def test_pdf_japanese() -> None:
    sheets = [
        [
            "日伊共同声明",
            "１　高市早苗内閣総理大臣とジョルジャ・メローニ・イタリア共和国首相は、東京で会談を",
            "行った。両首脳は、歓迎し、さらに",
            "1",
        ],
        [
            "協力することを確認した。",
            "２　両首脳は、自由で開かれたインド太平洋を実現するために引き続き協力していく決意を改",
            "めて表明した。",
            "2",
        ],
    ]
    result = document(pdf(sheets), "pdf", "ja")
    account(result)
    assert blocks(result) == [
        ("head", "日伊共同声明"),
        ("p", "".join([*sheets[0][1:3], sheets[1][0]])),
        ("p", "".join(sheets[1][1:3])),
    ]


def test_pdf_running_heads_and_glyph_characters() -> None:
    sheets = [
        ["Statement", f"{n}. The ﬁrst point of both leaders is this.", "16/01/26", f"a.html {n}/3"]
        for n in range(1, 4)
    ]
    sheets[0].insert(1, "⽇本の⻑い⻄の⽂")
    result = document(pdf(sheets), "pdf")
    account(result)
    assert texts(result) == [
        "日本の長い西の文",
        *(f"{n}. The first point of both leaders is this." for n in range(1, 4)),
    ]
    assert result.text.count("ﬁrst") == 3
    assert [one.reason for one in result.layout].count("running head") == 9


def test_a_number_that_is_no_page_number_stays() -> None:
    result = document(pdf([["Total", "of years:", "160"], ["They met.", "Done."]]), "pdf")
    assert "160" in " ".join(texts(result))


def test_pdf_says_how_many_pictures_are_left_out() -> None:
    from io import BytesIO

    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import DictionaryObject, NameObject, StreamObject

    writer = PdfWriter(PdfReader(BytesIO(pdf([["The two leaders met."], ["They ate."]]))))
    image = StreamObject()
    image[NameObject("/Subtype")] = NameObject("/Image")
    shared = writer._add_object(image)
    for page in writer.pages:
        own = writer._add_object(image.clone(writer, force_duplicate=True))
        objects = DictionaryObject({NameObject("/A"): shared, NameObject("/B"): own})
        page["/Resources"][NameObject("/XObject")] = objects
    target = BytesIO()
    writer.write(target)
    result = document(target.getvalue(), "pdf")
    account(result)
    assert result.omissions == ("3 pictures",)


def test_pypdf_is_silent(caplog: pytest.LogCaptureFixture) -> None:
    good = pdf([["The two leaders met."]])
    broken = re.sub(rb"startxref\n\d+", b"startxref\n7", good)
    assert texts(document(broken, "pdf")) == ["The two leaders met."]
    assert not caplog.records


LINES = st.lists(
    st.sampled_from(["The two leaders", "met.", "1. One", "3", "両首脳は", "", "a  b"])
)


@settings(max_examples=50, deadline=None)
@given(st.lists(LINES.map(lambda lines: lines[:8]), min_size=1, max_size=4))
def test_pdf_carries_every_line(sheets: list[list[str]]) -> None:
    result = read_or_refuse(pdf(sheets), "pdf")
    written = "".join(line for sheet in sheets for line in sheet)
    if result is None:
        assert not written or set(written) <= {"3"}
        return
    account(result)
    assert squeezed(result.text) == squeezed(written)
    assert result.text.count("\f") == len(sheets) - 1 == len(pages(result))
