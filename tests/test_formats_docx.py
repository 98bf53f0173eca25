"""DOCX: styles, numbering, tracked changes, pages, and the raw text nodes as an oracle."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallel_statement.formats import read
from parallel_statement.formats.numbering import HTML_TYPES, WORD_FORMATS, kanji
from reading_sample import (
    STRICT,
    WORDS,
    account,
    blocks,
    document,
    docx,
    marks,
    pages,
    par,
    run,
    squeezed,
    texts,
)

NUMBERING = """
<w:abstractNum w:abstractNumId="0">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>
  <w:lvlText w:val="%1.%2)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
  <w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="japaneseCounting"/>
  <w:lvlText w:val="第%1条"/>
  <w:pStyle w:val="Jou"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2">
  <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="0"/>
  <w:lvlOverride w:ilvl="0"><w:startOverride w:val="10"/></w:lvlOverride></w:num>
"""
STYLES = """
<w:style w:styleId="Titolo1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Mio"><w:name w:val="mio"/><w:basedOn w:val="Titolo1"/></w:style>
<w:style w:styleId="Jou"><w:name w:val="jou"/>
<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="Forte"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
"""


def numbered(number: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


@pytest.mark.parametrize("namespace", [docx.__kwdefaults__["namespace"], STRICT])
def test_docx_headings_and_runs(namespace: str) -> None:
    body = (
        par(run("Titolo"), '<w:pStyle w:val="Mio"/>')
        + par(run("Dichiarazione", "<w:b/>") + run(" congiunta", "<w:b/>"))
        + par(run("160") + run("th", '<w:vertAlign w:val="superscript"/>') + run(" a", "<w:i/>"))
        + par(run("not bold", '<w:b w:val="0"/>') + run(" bold", '<w:rStyle w:val="Forte"/>'))
    )
    result = document(docx(body, styles=STYLES, namespace=namespace), "docx", "it")
    account(result)
    assert blocks(result) == [
        ("head", "Titolo"),
        ("head", "Dichiarazione congiunta"),
        ("p", "160th a"),
        ("p", "not bold bold"),
    ]
    assert marks(result) == [
        ("strong", "Dichiarazione congiunta"),
        ("superscript", "th"),
        ("emphasis", "a"),
        ("strong", "bold"),
    ]


def test_docx_numbering() -> None:
    levels = [(1, 0), (1, 1), (1, 1), (1, 0), (1, 1), (3, 0), (4, 0), (1, 0)]
    body = "".join(par(run("x"), numbered(*level)) for level in levels)
    body += par(run("y"), '<w:pStyle w:val="Jou"/>') * 2 + par(run("1. z"), numbered(1))
    result = document(docx(body, numbering=NUMBERING, styles=STYLES), "docx")
    account(result)
    assert [block.number for block in result.blocks] == [
        *("1", "1.a", "1.b", "2", "2.a", None, "10", "11", "三", "四", None)
    ]


def test_docx_tracked_changes_fields_and_notes() -> None:
    body = par(
        "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        f"<w:ins>{run('kept')}</w:ins><w:hyperlink>{run(' link')}</w:hyperlink>"
        "<w:moveFrom>" + run("moved") + "</w:moveFrom>"
        "<w:r><w:instrText> PAGE </w:instrText></w:r>"
        "<w:r><w:footnoteReference/></w:r>"
        "<w:sdt><w:sdtContent>" + run(" in a control") + "</w:sdtContent></w:sdt>"
        "<w:r><w:noBreakHyphen/><w:tab/><w:softHyphen/></w:r>" + run("end")
    )
    result = document(docx(body), "docx")
    account(result)
    assert texts(result) == ["kept link in a control\u2011\t\u00adend"]


LEFT_OUT = {
    "footnotes": ("<w:footnoteReference w:id='1'/><w:footnoteReference w:id='2'/>", "2 footnotes"),
    "endnote": ("<w:endnoteReference w:id='1'/>", "1 endnote"),
    "text box": (
        f"<w:pict><w:txbxContent>{par(run('one'))}</w:txbxContent></w:pict>",
        "1 text box",
    ),
    "text box in two versions": (
        f"<mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>{par(run('one'))}"
        f"</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>"
        f"{par(run('one'))}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent>",
        "1 text box",
    ),
    "picture": ("<w:drawing><pic xmlns='urn:x'/></w:drawing>", "1 picture"),
    "symbol": ("<w:sym w:font='Wingdings' w:char='F04A'/>", "1 symbol character"),
}


@pytest.mark.parametrize(("inside", "omission"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_docx_says_what_is_left_out(inside: str, omission: str) -> None:
    result = document(docx(par(run("a") + f"<w:r>{inside}</w:r>" + run("b"))), "docx")
    account(result)
    assert texts(result) == ["ab"]
    assert result.omissions == (omission,)


def test_docx_says_what_was_deleted_and_hidden() -> None:
    deleted = "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
    hidden = run("x", "<w:vanish/>") + run("y", "<w:vanish/>")
    result = document(docx(par(run("a") + deleted + hidden + run("b") + deleted)), "docx")
    account(result)
    assert texts(result) == ["ab"]
    assert result.omissions == (
        "2 passages of deleted text (tracked changes)",
        "1 passage of hidden text",
    )


def test_docx_says_which_headers_and_comments_it_has() -> None:
    words, number = (
        "<w:p><w:r><w:t>Draft</w:t></w:r></w:p>",
        "<w:p><w:r><w:t>- 1 -</w:t></w:r></w:p>",
    )
    result = document(
        docx(
            par(run("a")),
            apart=[
                ("header", words),
                ("header", words),
                ("footer", number),
                ("comments", f"<w:comment>{words}</w:comment><w:comment>{words}</w:comment>"),
            ],
        ),
        "docx",
    )
    assert texts(result) == ["a"]
    assert result.omissions == ("2 comments", "2 headers")


@pytest.mark.parametrize(
    ("font", "code", "expected"),
    [
        *[("Symbol", "F0B1", "±"), ("Symbol", "B3", "≥"), ("Symbol", "F062", "β")],
        *[("symbol", "F0DE", "⇒"), ("Symbol", "F0E5", "∑"), ("Symbol", "F07E", "∼")],
        *[("Symbol", "F0F2", "∫"), ("Symbol", "F0B4", "×"), ("Segoe UI Symbol", "2713", "✓")],
    ],
)
def test_docx_symbols(font: str, code: str, expected: str) -> None:
    symbol = f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'
    result = document(docx(par(run("a") + symbol)), "docx")
    assert (texts(result), result.omissions) == ([f"a{expected}"], ())


def test_docx_keeps_white_space_and_drops_the_look() -> None:
    tab = "<w:r><w:tab/></w:r>"
    result = document(docx(par(run("a  b") + tab + run("c", "<w:u/><w:strike/>"))), "docx")
    account(result)
    assert (texts(result), marks(result), result.omissions) == (["a  b\tc"], [], ())


def test_docx_pages() -> None:
    rendered = "<w:r><w:lastRenderedPageBreak/></w:r>"
    hard = '<w:r><w:br w:type="page"/></w:r>'
    body = (
        par(run("is strongly ") + rendered + run("interrelated."))
        + par(run("a") + hard)
        + par(rendered + run("b"))
        + par(run("c"), "<w:pageBreakBefore/>")
        + par(run("d"), "<w:sectPr/>")
        + par(rendered + run("e"))
    )
    result = document(docx(body), "docx")
    account(result)
    assert texts(result) == ["is strongly interrelated.", "a", "b", "c", "d", "e"]
    assert [number for number, _ in pages(result)] == ["2", "3", "4", "5"]


def test_docx_by_python_docx(tmp_path: Path) -> None:
    import docx as python_docx

    made = python_docx.Document()
    made.add_heading("Joint Statement", 0)
    made.add_paragraph("Tokyo, ").add_run("16 January").italic = True
    made.add_paragraph("First 160", style="List Number").add_run("th").font.superscript = True
    made.add_paragraph("Second", style="List Number")
    made.add_table(1, 2).cell(0, 1).text = "cell"
    path = tmp_path / "made.docx"
    made.save(path)
    result = read(path, "en")
    account(result)
    assert [(b.kind, b.number, result.view(b.span).text) for b in result.blocks] == [
        ("head", None, "Joint Statement"),
        ("p", None, "Tokyo, 16 January"),
        ("p", "1", "First 160th"),
        ("p", "2", "Second"),
        ("p", None, "cell"),
    ]
    assert result.source.encoding == "utf-8"


@pytest.mark.parametrize(
    ("style", "value", "expected"),
    [
        ("decimal", 12, "12"),
        ("upperRoman", 14, "XIV"),
        ("lowerLetter", 28, "bb"),
        ("decimalFullWidth", 12, "１２"),
        ("aiueoFullWidth", 3, "ウ"),
        ("iroha", 2, "ロ"),
        ("japaneseCounting", 120, "百二十"),
    ],
)
def test_word_number_formats(style: str, value: int, expected: str) -> None:
    assert WORD_FORMATS[style](value) == expected


def test_number_formats_reach_every_number() -> None:
    for shown in (*WORD_FORMATS.values(), *HTML_TYPES.values(), kanji):
        values = [shown(value) for value in range(-1, 5000)]
        assert len(set(values)) == len(values)


RUNS = st.lists(
    st.tuples(
        st.sampled_from(["", "<w:b/>", "<w:i/>", '<w:vertAlign w:val="superscript"/>']),
        st.one_of(
            WORDS.map('<w:t xml:space="preserve">{}</w:t>'.format),
            st.sampled_from(
                [
                    "<w:tab/>",
                    "<w:br/>",
                    '<w:br w:type="page"/>',
                    "<w:lastRenderedPageBreak/>",
                    "<w:softHyphen/>",
                    "<w:noBreakHyphen/>",
                    "<w:drawing/>",
                ]
            ),
        ),
    ).map(lambda run: f"<w:r><w:rPr>{run[0]}</w:rPr>{run[1]}</w:r>"),
    max_size=6,
).map("".join)


@given(st.lists(RUNS.map("<w:p>{}</w:p>".format), max_size=6), st.booleans())
def test_docx_carries_every_text_node(paragraphs: list[str], in_table: bool) -> None:
    body = "".join(["<w:p><w:r><w:t>x</w:t></w:r></w:p>", *paragraphs])
    if in_table:
        body = f"<w:tbl><w:tr><w:tc>{body}</w:tc><w:tc>{body}</w:tc></w:tr></w:tbl>"
    result = document(docx(body), "docx")
    account(result)
    hyphens = body.replace("<w:softHyphen/>", "<x>\u00ad<").replace(
        "<w:noBreakHyphen/>", "<x>\u2011<"
    )
    written = "".join(re.findall(">([^<]+)<", hyphens))
    assert squeezed(result.text) == squeezed(written)
