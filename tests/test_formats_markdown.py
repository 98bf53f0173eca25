"""Markdown: its markup, page breaks, and CommonMark as an oracle."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reading_sample import (
    account,
    blocks,
    document,
    marks,
    pages,
    squeezed,
    texts,
)

MARKDOWN = {
    "heading": ("# Title #\n\nText.", [("head", "Title"), ("p", "Text.")]),
    "underlined heading": ("Title\n=====\nText.", [("head", "Title"), ("p", "Text.")]),
    "dashes under a heading": ("Title\n---\nText.", [("head", "Title"), ("p", "Text.")]),
    "bold title": ("**The Title**\n\nText.", [("head", "The Title"), ("p", "Text.")]),
    "bold inside a paragraph": ("**Both** agreed.", [("p", "Both agreed.")]),
    "wrapped lines": ("one\ntwo\n\nthree", [("p", "one two"), ("p", "three")]),
    "CRLF": ("one\r\ntwo\r\n\r\nthree\r\n", [("p", "one two"), ("p", "three")]),
    "numbers stay": ("1. One\n2. Two", [("p", "1. One"), ("p", "2. Two")]),
    "a year is no label": (
        "They met in\n2025. It was fine.",
        [("p", "They met in 2025. It was fine.")],
    ),
    "bullets": ("- a\n- b\n  c\n* d", [("p", "a"), ("p", "b c"), ("p", "d")]),
    "nested lists": (
        "- a\n  - b\n    1. c\n    2. d\n- e",
        [("p", "a"), ("p", "b"), ("p", "1. c"), ("p", "2. d"), ("p", "e")],
    ),
    "white space is kept": ("a  b\tc\nd", [("p", "a  b\tc d")]),
    "stray bullet": ("a.\n\n- \n12. b", [("p", "a."), ("p", "12. b")]),
    "quotation": ("> one\n> two", [("p", "one two")]),
    "escapes": (r"1\. a \* b \\ c", [("p", r"1. a * b \ c")]),
    "entities": ("a &amp; b &#233; &eacute;&bogus;", [("p", "a & b é é&bogus;")]),
    "link": ('see [the *act*](http://a.b/c_(d) "t").', [("p", "see the act.")]),
    "reference link": ("see [this][1].\n\n[1]: http://a.b", [("p", "see this.")]),
    "brackets": ("the [Agreement] [sic](not a link", [("p", "the [Agreement] [sic](not a link")]),
    "image": ("a ![flag](x.png) b", [("p", "a  b")]),
    "autolink": ("<http://a.b/c>", [("p", "http://a.b/c")]),
    "code": ("use `*a*` here", [("p", "use *a* here")]),
    "snake case": ("snake_case_name and 2*3*4", [("p", "snake_case_name and 234")]),
    "lone stars": ("5 * 3 * 2 and a*", [("p", "5 * 3 * 2 and a*")]),
    "line break": ("a<br>b<br/>\nc  \nd\\\ne", [("p", "a b c d e")]),
    "comment": ("a\n\n<!-- no\n\n# no -->\n\nb", [("p", "a"), ("p", "b")]),
    "fence": ("```text\n*a*\n\nb\n```\n\nc", [("p", "*a* b"), ("p", "c")]),
    "open fence": ("```\na", [("p", "a")]),
    "table": (
        "| a | b |\n|---|:-:|\n| c | d\\|e |\n\nf",
        [("p", "a"), ("p", "b"), ("p", "c"), ("p", "d|e"), ("p", "f")],
    ),
    "table without outer pipes": (
        "a | *b*\n--|--\n | d\n",
        [("p", "a"), ("p", "b"), ("p", "d")],
    ),
    "notes": (
        "They met.[^1] They spoke[^n],\nand left.\n\n[^1]: In Tokyo.\n    Twice.\n[^n]: Often.",
        [("p", "They met. They spoke, and left."), ("p", "In Tokyo. Twice."), ("p", "Often.")],
    ),
    "a note reference in code": ("`a[^1]`", [("p", "a[^1]")]),
    "front matter": ("---\ntitle: x\n---\n\na", [("p", "a")]),
    "block tags": (
        "<div align=center>\n<h1>T</h1>\na</div>\nb",
        [("head", "T"), ("p", "a"), ("p", "b")],
    ),
    "byte order mark": ("\ufeff# T\n\na", [("head", "T"), ("p", "a")]),
    "angle brackets": ("a < b > c <3", [("p", "a < b > c <3")]),
    "control characters": ("a\x07b\x1bc", [("p", "abc")]),
}


@pytest.mark.parametrize(("source", "expected"), MARKDOWN.values(), ids=MARKDOWN)
def test_markdown(source: str, expected: list[tuple[str, str]]) -> None:
    result = document(source, "md")
    account(result)
    assert result.text == source
    assert blocks(result) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("**「共同声明」**の一部", [("strong", "「共同声明」")]),
        ("***a***", [("strong", "a"), ("emphasis", "a")]),
        ("**a *b* c**", [("strong", "a b c"), ("emphasis", "b")]),
        ("H<sub>2</sub>O and 160<SUP>th</SUP>", [("subscript", "2"), ("superscript", "th")]),
        ("<em>a <strong>b</strong></em>", [("emphasis", "a b"), ("strong", "b")]),
        ("<sup>open", []),
        ("*one\ntwo*", [("emphasis", "one two")]),
    ],
)
def test_markdown_marks(source: str, expected: list[tuple[str, str]]) -> None:
    assert sorted(marks(document(source, "md"))) == sorted(expected)


def test_markdown_says_what_is_left_out() -> None:
    result = document('a[^1] ![x](y) <img src="z"> b\x07\n\n[^1]: c', "md")
    account(result)
    assert result.omissions == ("1 control character", "1 note reference", "2 pictures")


LONG = "両首脳は、日本とイタリアの外交関係開設百六十周年を歓迎し、両国の友好関係を確認し、さらに"


@pytest.mark.parametrize("rule", ["---", "***", "_ _ _", "\f", "<hr>"])
@pytest.mark.parametrize(
    ("language", "before", "after", "joined"),
    [
        ("en", "which is strongly", "interrelated. In this", True),
        ("en", "It is done.", "interrelated. In this", False),
        ("en", "according to the U.S.", "government they met", True),
        (
            "en",
            "the Italian Space Agency (ASI) and the Japan Aerospace Exploration",
            "Agency.",
            True,
        ),
        (
            "en",
            "the Italian Space Agency (ASI) and the Japan Aerospace Exploration",
            "2. They",
            False,
        ),
        ("en", "Tokyo, 16 January 2026", "The two leaders met.", False),
        (
            "en",
            "The following points were agreed by both of the parties to this act:",
            "Peace",
            False,
        ),
        ("ja", LONG, "協力することで一致した。", True),
        ("ja", LONG + "した。", "協力することで一致した。", False),
        ("ja", LONG, "２　協力することで一致した。", False),
        ("ja", "共同声明", "両首脳は会談した。", False),
    ],
)
def test_a_page_break_joins_what_it_cut(
    rule: str, language: str, before: str, after: str, joined: bool
) -> None:
    result = document(f"{before}\n\n\n{rule}\n\n{after}", "md", language)
    account(result)
    space = "" if language == "ja" else " "
    assert texts(result) == ([before + space + after] if joined else [before, after])
    if joined:
        (gap,) = (one for one in result.layout if one.reason == "page break")
        assert result.text[slice(*gap.span)] == f"\n\n\n{rule}\n\n"
        assert gap.replacement == space
    assert pages(result) == [("2", rule)]


def test_a_numbered_paragraph_goes_on_after_a_page_that_ends_with_a_sentence() -> None:
    numbered = [f"{n}. The two leaders met again." for n in range(1, 7)]
    source = "\n\n".join([*numbered[:3], "---", "They also spoke.", *numbered[3:], "---", "End."])
    assert texts(document(source, "md")) == [
        *numbered[:2],
        f"{numbered[2]} They also spoke.",
        *numbered[3:],
        "End.",
    ]
    source = source.replace(numbered[4], f"{numbered[4]}\n\nA paragraph without a number.")
    assert "They also spoke." in texts(document(source, "md"))


def test_page_numbers_count_from_a_break_before_the_text() -> None:
    assert pages(document("---\n\na.\n\n---\n\nb.", "md")) == [("1", "---"), ("2", "---")]


MARKUP = r"* ** _ __ ` [ ](u) ( ) <b> </b> \ &amp; &lt; <http://a.b> !"
PIECES = st.sampled_from(
    [*MARKUP.split(), *("a", "B c", "x_y", "é", "日本", "1", " ", "\n", "\xa0")]
)
INLINE = st.lists(PIECES, max_size=25).map("".join)


@settings(max_examples=400)
@given(INLINE.filter(lambda text: text.strip()))
def test_markdown_says_what_commonmark_says(source: str) -> None:
    # "z" keeps the beginning of a line from being block markup, which is another test's matter
    source = "z" + re.sub(r"\n\s*", "\nz", source).strip() + "z"
    inline = MarkdownIt("commonmark").parse(source)[1]
    shown = "".join(
        child.content if child.type in ("text", "code_inline") else " "
        for child in inline.children or []
        if child.type not in ("html_inline", "image")
    )
    result = document(source, "md")
    account(result)
    assert squeezed("".join(texts(result))) == squeezed(shown)
