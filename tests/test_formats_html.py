"""HTML: blocks, white space, numbers, character sets, and lxml as an oracle."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading_sample import (
    WORDS,
    account,
    blocks,
    document,
    marks,
    pages,
    squeezed,
    texts,
)

HTML = {
    "blocks": (
        "<h1>T</h1><p>a</p>b<div>c</div>",
        [("head", "T"), ("p", "a"), ("p", "b"), ("p", "c")],
    ),
    "white space": ("<p>  a\n b   c&nbsp;d </p>", [("p", "a b c\u00a0d")]),
    "line break": ("<p>a<br>b</p>", [("p", "a b")]),
    "tabs and spaces collapse": ("<p>a\t b  <i> c</i></p>", [("p", "a b c")]),
    "a list of terms": ("<dl><dt>a<dd>b<dd>c</dl>", [("p", "a"), ("p", "b"), ("p", "c")]),
    "two line breaks": ("<p>a<br><br>b</p>", [("p", "a"), ("p", "b")]),
    "comment": ("<p>a<!-- no -->b<?pi no?></p>", [("p", "ab")]),
    "script": ("<p>a</p><script>no</script><style>no</style><p>b", [("p", "a"), ("p", "b")]),
    "navigation": ("<nav><p>Home</p></nav><p>a</p>", [("p", "a")]),
    "table": ("<table><tr><td>a<td>b<tr><th>c</table>", [("p", "a"), ("p", "b"), ("p", "c")]),
    "entities": ("<p>&lt;a&gt; &eacute; it&#146;s</p>", [("p", "<a> é it’s")]),
    "pre": (
        "<pre>1. one two\n   three\n\n2. two</pre>",
        [("p", "1. one two three"), ("p", "2. two")],
    ),
    "page": (
        "<p>is strongly</p><hr class=page><p>interrelated.</p>",
        [("p", "is strongly interrelated.")],
    ),
    "rule": (
        "<p>is strongly</p><hr><p>interrelated.</p>",
        [("p", "is strongly"), ("p", "interrelated.")],
    ),
    "XHTML": (
        '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" '
        '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">'
        '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>a</p></body></html>',
        [("p", "a")],
    ),
}


@pytest.mark.parametrize(("source", "expected"), HTML.values(), ids=HTML)
def test_html(source: str, expected: list[tuple[str, str]]) -> None:
    result = document(source, "html")
    account(result)
    assert blocks(result) == expected


def test_html_japanese() -> None:
    source = (
        "<p>１　両首脳は、<ruby>会談<rp>（</rp><rt>かいだん</rt><rp>）</rp></ruby>し\n"
        "た。<br>２　両首脳は、歓迎した。</p>"
    )
    result = document(source, "html", "ja")
    account(result)
    assert texts(result) == ["１　両首脳は、会談した。", "２　両首脳は、歓迎した。"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<ol><li>x<li>y</ol>", ["1", "2"]),
        ("<ol start=3 type=a><li>x<li value=7>y<li>z</ol>", ["c", "g", "h"]),
        ("<ol reversed><li>x<li>y</ol>", ["2", "1"]),
        ("<ol type=I><li><p>x</p><p>y</p><li>z</ol>", ["I", None, "II"]),
        ("<ol><li>x<ul><li>y</ul><li>z</ol>", ["1", None, "2"]),
        ("<ol><li>1. x<li>2. y</ol>", [None, None]),
    ],
)
def test_html_numbers(source: str, expected: list[str | None]) -> None:
    result = document(source, "html")
    account(result)
    assert [block.number for block in result.blocks] == expected


def test_html_marks_and_pages() -> None:
    source = (
        "<h1>A <b>T</b></h1><p>160<sup>th</sup> H<sub>2</sub>O <i>i</i> "
        '<span style="vertical-align: super">x</span></p>'
        '<p style="page-break-before: always">Next.</p>'
    )
    result = document(source, "html")
    assert marks(result) == [
        ("strong", "T"),
        ("superscript", "th"),
        ("subscript", "2"),
        ("emphasis", "i"),
        ("superscript", "x"),
    ]
    assert pages(result) == [("2", "\f")]


@pytest.mark.parametrize(
    ("declared", "codec", "expected"),
    [
        ("shift_jis", "cp932", "cp932"),
        ("euc-jp", "euc_jp", "euc_jp"),
        ("iso-8859-1", "cp1252", "cp1252"),
        ("shift_jis", "utf-8", "utf-8"),
        ("no-such-charset", "utf-8", "utf-8"),
    ],
)
def test_html_charset(declared: str, codec: str, expected: str) -> None:
    words = "“città” è più" if codec == "cp1252" else "両首脳は、歓迎した。"
    page = f'<html><head><meta charset="{declared}"></head><body><p>{words}</p></body></html>'
    result = document(page.encode(codec), "html", "it" if codec == "cp1252" else "ja")
    assert texts(result) == [words]
    assert result.source.encoding == expected


TAGS = st.sampled_from(
    [
        "p",
        "h2",
        "li",
        "b",
        "sup",
        "div",
        "td",
        "ol",
        "ul",
        "pre",
        "nav",
        "rt",
        "blockquote",
        "del",
        "s",
    ]
)
TREES = st.recursive(
    WORDS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map("".join),
        st.builds("<{0}>{1}</{0}>".format, TAGS, inner),
        st.builds("{} {}".format, inner, inner),
        st.builds("{}<br>{}<!-- c -->".format, inner, inner),
        st.builds('{}<hr class="page">{}'.format, inner, inner),
    ),
    max_leaves=12,
)


DELETED = {
    "between spaces": ("<p>a <del>b</del> c</p>", ["a c"]),
    "replaced": ("<p>a <s>b</s><ins>c</ins> d</p>", ["a c d"]),
    "without spaces": ("<p>a<strike>b</strike>c</p>", ["ac"]),
    "between lines": ("<p>a\n<del>b\nc</del>\nd  <del>e</del>  f</p>", ["a d f"]),
    "a paragraph": ("x<del><p>b</p></del>y", ["x", "y"]),
    "an item": ("<ol><li><del><p>b</p></del>c</ol>", ["c"]),
}


@pytest.mark.parametrize(("source", "expected"), DELETED.values(), ids=DELETED)
def test_html_leaves_deleted_text_out(source: str, expected: list[str]) -> None:
    result = document(source, "html")
    account(result)
    assert texts(result) == expected
    assert result.omissions[0].split(" ", 1)[1].replace("passages", "passage") == (
        "passage of deleted text"
    )
    assert [block.number for block in result.blocks] == ["1" if "<ol>" in source else None] * len(
        expected
    )


def test_html_says_what_is_left_out() -> None:
    result = document(
        "<p hidden>x</p><p>a <img src=x><img src=y><span style='Display: none'>z</span>"
        "<input type=hidden><input><select><option>1</select><button>Go</button> b</p>",
        "html",
    )
    account(result)
    assert texts(result) == ["a b"]
    assert result.omissions == ("3 form controls", "2 passages of hidden text", "2 pictures")


@given(TREES)
def test_html_carries_the_text_that_lxml_sees(source: str) -> None:
    import lxml.html

    page = f"<html><head><title>no</title></head><body><p>x</p>{source}</body></html>"
    result = document(page, "html")
    account(result)
    body = lxml.html.fromstring(page).find("body")
    for comment in body.xpath("//comment()"):
        comment.drop_tree()
    assert squeezed(result.text) == squeezed(body.text_content())
