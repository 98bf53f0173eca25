"""Reading files: every character accounted for, bad files refused, the statement read right."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parallel_statement import InputError, UnknownNameError
from parallel_statement.formats import docx as formats_docx
from parallel_statement.formats import package, read
from parallel_statement.model import Document
from parallel_statement.names import ncname
from reading_sample import (
    account,
    document,
    docx,
    is_control,
    marks,
    pages,
    par,
    pdf,
    read_or_refuse,
    run,
    squeezed,
    texts,
    zip_of,
)

SEED = Path(__file__).parent.parent / "texts" / "en" / "japan-italy-joint-statement.md"


@pytest.fixture(scope="module")
def seed() -> Document:
    return read(SEED, "en")


def test_the_statement_has_its_18_blocks(seed: Document) -> None:
    account(seed)
    assert [block.kind for block in seed.blocks] == ["p", "head", *["p"] * 16]
    assert texts(seed)[:2] == ["January 16, 2026", "JAPAN-ITALY JOINT STATEMENT"]
    labels = [re.match(r"\d+\. ", text) for text in texts(seed)[2:]]
    assert [label and label.group() for label in labels] == [f"{n}. " for n in range(1, 17)]


@pytest.mark.parametrize(
    ("paragraph", "joined"),
    [
        (3, "is strongly interrelated. In this"),
        (6, "export restrictions which disrupt"),
        (9, "the Japan Aerospace Exploration Agency (JAXA)."),
        (14, "nuclear and ballistic missile programs"),
    ],
)
def test_the_statement_s_cut_paragraphs_are_joined(
    seed: Document, paragraph: int, joined: str
) -> None:
    assert joined in texts(seed)[paragraph + 1]


def test_the_statement_s_marks(seed: Document) -> None:
    assert pages(seed) == [(str(n), "---") for n in range(1, 6)]
    assert ("superscript", "th") in marks(seed)
    assert ("emphasis", "January 16, 2026") in marks(seed)
    assert ("strong", "JAPAN-ITALY JOINT STATEMENT") in marks(seed)
    assert "the 160th anniversary" in texts(seed)[2]
    assert [one.reason for one in seed.layout].count("list marker") == 1


def test_the_statement_s_source(seed: Document) -> None:
    assert seed.id == "japan-italy-joint-statement"
    assert (seed.source.name, seed.source.encoding) == (SEED.name, "utf-8")
    assert seed.text.encode(seed.source.encoding) == SEED.read_bytes()


def test_the_statement_is_the_same_in_every_format(seed: Document) -> None:
    heads = {"January 16, 2026": "p", "JAPAN-ITALY JOINT STATEMENT": "h1"}
    kinds = [(heads.get(text, "p"), text) for text in texts(seed)]
    html = "".join(f"<{tag}>{text}</{tag}>\n" for tag, text in kinds)
    word = "".join(f'<w:p><w:r><w:t xml:space="preserve">{t}</w:t></w:r></w:p>' for _, t in kinds)
    plain = "\n\n".join(wrapped(text, 72) for _, text in kinds)
    lines = [line for _, text in kinds for line in wrapped(text, 90).split("\n")]
    paged = [[*lines[i : i + 30], str(i // 30 + 1)] for i in range(0, len(lines), 30)]
    for source, extension in (
        (f"<html><body>{html}</body></html>", "html"),
        (docx(word), "docx"),
        (plain, "txt"),
        (pdf(paged), "pdf"),
    ):
        again = document(source, extension)
        account(again)
        assert texts(again) == texts(seed), extension


def wrapped(text: str, width: int) -> str:
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


MARKUP = "# |- |> |1. |２　|*|**|_|`|<sup>|</sup>|<br>|<p>|</div>|<!--|-->|&amp;|&#0;|&nbsp;|[|](|)"
SPACE = [
    "\n",
    "\n\n",
    "\r\n",
    "\f",
    " ",
    "\t",
    "\x0b",
    "\x85",
    "\u2028",
    "\u3000",
    "\ufeff",
    "\x1b",
]
LINES = ["---\n", "```\n", "|", "|---|\n", "[a]: b\n", "=", "\\", "12", "<", ">"]
WORDS = ["word", "Word two.", "首脳", "。", "「", "」", "é", "A"]
PIECES = st.sampled_from([*MARKUP.split("|"), *SPACE, *LINES, *WORDS])
TEXTS = st.one_of(
    st.lists(PIECES, max_size=40).map("".join),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=80),
)
LANGUAGES = st.sampled_from(["en", "ja", "it", "ko"])


@settings(max_examples=300)
@given(TEXTS, LANGUAGES)
def test_markdown_accounts_for_every_character(source: str, language: str) -> None:
    result = read_or_refuse(source, "md", language)
    if result is not None:
        assert result.text == source
        account(result)


@settings(max_examples=300)
@given(TEXTS, LANGUAGES)
def test_plain_text_shows_every_character(source: str, language: str) -> None:
    result = read_or_refuse(source, "txt", language)
    if result is None:
        assert not squeezed("".join(c for c in source if not is_control(c)))
        return
    assert result.text == source
    account(result)
    seen = "".join(character for character in source if not is_control(character))
    assert squeezed(seen) == squeezed("".join(texts(result)))


@given(TEXTS, LANGUAGES)
def test_html_accounts_for_every_character(source: str, language: str) -> None:
    result = read_or_refuse(f"<p>x{source}", "html", language)
    if result is not None:
        account(result)


BAD = {
    "empty": ("txt", b"", "holds no text"),
    "white space": ("md", b" \n\t\n---\n", "holds no text"),
    "white space with a mark": ("txt", b"\xef\xbb\xbf \r\n", "holds no text"),
    "empty HTML": ("html", b" ", "holds no text"),
    "HTML without text": ("html", b"<html><body><p> </p><script>x</script>", "holds no text"),
    "HTML without a tag": ("html", b"just words", "no HTML element"),
    "HTML with entities": ("html", b'<!DOCTYPE html [<!ENTITY a "b">]><p>&a;</p>', "entities"),
    "HTML that is too deep": ("html", b"<div>" * 5000 + b"x", "thousands deep"),
    "binary": ("txt", b"\x7fELF\x00\x01", "is not a text file"),
    "PNG": ("md", b"\x89PNG\r\n\x1a\n\x00\x00", "is not a text file"),
    "damaged UTF-8": ("txt", "città più è però".encode() + b"\n\n\xff", "byte 0xff at offset 22"),
    "no encoding fits": ("txt", b"a\n\x81\x8d\x8f\x90\x9d\xff\xfe", "neither UTF-8 (byte 0x81"),
    "DOCX that is no zip": ("docx", b"hello", "no DOCX file"),
    "old DOC": ("docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "old .doc"),
    "DOCX without a document": ("docx", zip_of({"a.txt": b"x"}), "no part word/document.xml"),
    "DOCX with broken XML": ("docx", zip_of({"word/document.xml": b"<a"}), "is broken"),
    "DOCX cut short": ("docx", docx("<w:p/>")[:-200], "broken"),
    "DOCX without text": ("docx", docx("<w:p/>"), "holds no text"),
    "DOCX with a DTD": (
        "docx",
        docx("<w:p/>", doctype="<!DOCTYPE w:document SYSTEM 'http://x/y'>"),
        "DTD",
    ),
    "DOCX with entities": (
        "docx",
        docx("<w:p/>", doctype='<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx">]>'),
        "DTD",
    ),
    "zip bomb": ("docx", zip_of({"word/document.xml": b" " * 5_000_000}), "200 times smaller"),
    "PDF that is none": ("pdf", b"hello", "is not a PDF file"),
    "PDF cut short": ("pdf", b"%PDF-1.4\n1 0 obj\n<<", "broken PDF"),
    "PDF without text layer": ("pdf", pdf([[], []]), "has no text layer (2 pages"),
}


@pytest.mark.parametrize(("extension", "data", "message"), BAD.values(), ids=BAD)
def test_bad_files_are_refused_in_plain_words(extension: str, data: bytes, message: str) -> None:
    with pytest.raises(InputError) as caught:
        document(data, extension)
    assert message in str(caught.value)
    assert str(caught.value).startswith(f"sample.{extension}")


def test_a_bad_byte_is_shown_with_its_line() -> None:
    with pytest.raises(InputError) as caught:
        document(b"a\r\nb\n" + "città".encode("cp1252"), "txt", encoding="utf-8")
    assert caught.value.line == 3
    assert str(caught.value).startswith("sample.txt:3: is not in the encoding utf-8: byte 0xe0")


@pytest.mark.parametrize("encoding", ["klingon", "base64", "", "rot13"])
def test_an_unknown_encoding_is_refused(encoding: str) -> None:
    with pytest.raises(InputError, match="unknown encoding"):
        document("a", "txt", encoding=encoding)


@pytest.mark.parametrize(
    ("room", "limit", "most", "message"),
    [
        (package, "MAX_UNPACKED", 500, "would unpack to"),
        (package, "MAX_PART", 100, "is larger than"),
        (package, "MOST_TAGS", 9, "has 15 tags, and at most 9 are read"),
        (package, "MAX_TAGS", 20, "are read; divide it"),
        (formats_docx, "MOST_CHARACTERS", 3, "characters; divide it"),
    ],
)
def test_a_package_that_is_too_large_is_refused(
    monkeypatch: pytest.MonkeyPatch, room: ModuleType, limit: str, most: int, message: str
) -> None:
    data = docx(par(run("abcd")))
    assert document(data, "docx").text
    monkeypatch.setattr(room, limit, most)
    with pytest.raises(InputError, match=message):
        document(data, "docx")


def test_a_package_that_hides_how_large_it_is_is_refused() -> None:
    data = bytearray(zip_of({"word/document.xml": b"<a>" + b" " * 70_000_000 + b"</a>"}))
    for place in (data.index(b"PK\x03\x04") + 22, data.index(b"PK\x01\x02") + 24):
        data[place : place + 4] = (100).to_bytes(4, "little")
    with pytest.raises(InputError, match="Bad CRC-32"):
        document(bytes(data), "docx")


def test_an_encrypted_pdf_is_refused() -> None:
    from io import BytesIO

    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(PdfReader(BytesIO(pdf([["The two leaders met."]]))))
    writer.encrypt("secret", algorithm="RC4-128")
    target = BytesIO()
    writer.write(target)
    with pytest.raises(InputError, match="is encrypted"):
        document(target.getvalue(), "pdf")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_containers_never_give_a_traceback(data: st.DataObject) -> None:
    extension = data.draw(st.sampled_from(["docx", "pdf"]))
    whole = docx(par(run("a b"))) if extension == "docx" else pdf([["The two leaders met."]])
    place = data.draw(st.integers(0, len(whole) - 1))
    change = data.draw(st.sampled_from([b"", b"\xff", b"0", b"<< >>", b"-9999999"]))
    result = read_or_refuse(whole[:place] + change + whole[place + 1 :], extension)
    if result is not None:
        account(result)


def test_read_by_path(tmp_path: Path) -> None:
    path = tmp_path / "joint statement.TXT"
    path.write_bytes(b"a.")
    result = read(path, "en")
    assert (result.id, result.source.name) == ("joint-statement", "joint statement.TXT")
    result = read(path, "en", id="js", name="en/joint.txt", encoding="ascii")
    assert (result.id, result.source.name) == ("js", "en/joint.txt")
    assert result.source.encoding == "ascii"


def test_read_by_path_refuses(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        read(tmp_path / "absent.md", "en")
    (tmp_path / "folder.md").mkdir()
    with pytest.raises(InputError, match="is a folder"):
        read(tmp_path / "folder.md", "en")
    with pytest.raises(UnknownNameError, match=r"\.docx, .*\.md"):
        read(tmp_path / "a.xyz", "en")
    with pytest.raises(UnknownNameError, match="language"):
        read(tmp_path / "a.md", "no such language")


def test_reading_twice_gives_the_same() -> None:
    assert read(SEED, "en") == read(SEED, "en")


@given(st.text(max_size=20))
def test_ncname_is_an_ncname(stem: str) -> None:
    from lxml import etree

    etree.fromstring(f'<a xml:id="{ncname(stem)}"/>'.encode())
    assert ncname(stem) == ncname(ncname(stem))


@pytest.mark.parametrize(
    ("extension", "source"),
    [
        ("html", "<p>one\x0btwo\x0cthree\x85four\x1cfive\x07s s\x08ix</p>"),
        ("md", "one\x0btwo&#12;three\x85four\x1cfive\x07s s\x08ix"),
        ("txt", "one\x0btwo three\x85four\x1cfive\x07s s\U0002ffffix"),
    ],
)
def test_separators_part_words_and_other_control_characters_do_not(
    extension: str, source: str
) -> None:
    result = document(source, extension)
    account(result)
    assert texts(result) == ["one two three four fives six"]
    assert result.omissions == ("2 control characters",)


def test_separators_join_as_lines_do_in_japanese() -> None:
    result = document("両首脳は\x0b会談\x1eした。", "txt", "ja")
    assert texts(result) == ["両首脳は会談した。"]
    assert result.omissions == ()
