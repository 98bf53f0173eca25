"""JSON, TSV, XLSX and TMX: nothing lost, nothing changed, the same bytes every time."""

from __future__ import annotations

import csv
import dataclasses
import json
from datetime import datetime
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook

from parallel_statement.errors import OutputError
from parallel_statement.formats import json as json_format
from parallel_statement.formats import render, tmx, tsv, xlsx
from parallel_statement.model import (
    Alignment,
    Bead,
    Block,
    CheckedText,
    Designation,
    Document,
    Finding,
    Layout,
    Mark,
    Mention,
    Metadata,
    PairBead,
    Paragraph,
    ParallelText,
    Provenance,
    Range,
    Sentence,
    Source,
    Span,
    Version,
    VersionMetadata,
)

WRITERS = {"json": json_format, "tsv": tsv, "xlsx": xlsx, "tmx": tmx}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def version(language: str, *paragraphs: list[str], layout: tuple[Layout, ...] = ()) -> Version:
    """Build a version: a title, then numbered paragraphs of sentences ("1. ...")."""
    text = ""
    built = []
    blocks = []
    for number, sentences in enumerate(paragraphs):
        kind = "p" if number else "head"
        name = f"t-{language}.{f'p{number}' if number else 'head'}"
        start = len(text)
        label = None
        if number:
            label = Span(start, start + 2)
            text += f"{number}. "
        spans = []
        for count, sentence in enumerate(sentences, start=1):
            spans.append(Sentence(f"{name}.s{count}", Span(len(text), len(text) + len(sentence))))
            text += sentence
        span = Span(start, len(text))
        blocks.append(Block(kind, span))
        built.append(
            Paragraph(name, kind, span, tuple(spans), label, str(number) if number else None)
        )
        text += "\n"
    marks = (Mark("pb", Span(0, 0), {"n": "1"}),)
    source = Source(f"{language}/t.md", "utf-8", "0" * 64)
    document = Document("t", language, text, tuple(blocks), marks, layout, source)
    return Version(document, tuple(built))


def bead(number: int, posterior: float, **ranges: tuple[int, int]) -> Bead:
    return Bead(
        f"t.al.s.{number}", {tag: Range(*extent) for tag, extent in ranges.items()}, posterior
    )


def sample() -> CheckedText:
    """Build three versions in three paragraphs; the Italian lacks the last one."""
    en = version("en", ["Joint Statement"], ["They met.", "They agreed."], ["=Now."])
    ja = version("ja", ["共同声明"], ["会談し、", "合意した。"], ["今。"])
    it = version("it", ["Dichiarazione"], ["Si sono incontrati e accordati."], [])
    pairs = {
        ("en", "ja"): (
            PairBead("t.al.s.en-ja.1", Range(0, 1), Range(0, 1), 0.99),
            PairBead("t.al.s.en-ja.2", Range(1, 3), Range(1, 3), 2 / 3),
            PairBead("t.al.s.en-ja.3", Range(3, 4), Range(3, 4), 1.0),
        )
    }
    sentences = Alignment(
        "sentence",
        (
            bead(1, 0.99999, en=(0, 1), ja=(0, 1), it=(0, 1)),
            bead(2, 2 / 3, en=(1, 3), ja=(1, 3), it=(1, 2)),
            bead(3, 1.0, en=(3, 4), ja=(3, 4), it=(2, 2)),
        ),
        pairs,
    )
    paragraphs = Alignment(
        "paragraph",
        tuple(
            Bead(f"t.al.p.{i + 1}", {tag: Range(i, i + 1) for tag in ("en", "ja", "it")}, 1.0)
            for i in range(3)
        ),
        {},
    )
    metadata = Metadata(
        title="Joint Statement",
        issuers=("Japan", "Italy"),
        licence="CC BY 4.0",
        versions={"ja": VersionMetadata("共同声明", status="working translation")},
    )
    text = ParallelText(
        "t",
        (en, ja, it),
        paragraphs,
        sentences,
        Provenance("0.1.0", "use 0db566", "a13f90", {"gap": "-1"}),
        metadata,
        ("The French version is missing.",),
    )
    finding = Finding(
        "f-1",
        "untranslated_sentence",
        "warning",
        "t.al.s.3",
        {"en": (en.sentences[3].span,)},
        ("it",),
        expected="a rendering",
        found="nothing",
        reason='The Italian has nothing for "=Now.".',
    )
    mention = Mention("meet", Designation("en", "to meet"), "t-en.p1.s1", Span(24, 27), "lemma")
    return CheckedText(text, None, {"en": (mention,)}, (finding,))


@pytest.fixture
def checked() -> CheckedText:
    """The sample."""
    return SAMPLE


def with_text(checked: CheckedText, text: str) -> CheckedText:
    """Return *checked* with one English sentence, which is *text*, in place of everything."""
    return dataclasses.replace(
        checked,
        text=dataclasses.replace(
            checked.text,
            versions=(version("en", [text]),),
            sentences=Alignment("sentence", (bead(1, 1.0, en=(0, 1)),), {}),
            paragraphs=Alignment("paragraph", (), {}),
            notices=(text,),
        ),
        mentions={},
        findings=(),
    )


TEXTS = st.text(
    st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40
) | st.sampled_from(["=1+1", "+39", "-", "@SUM(A1)", "#N/A", "a\tb", 'a "b"', "a\nb\r\nc", "1.5"])
SAMPLE = sample()
laws = settings(max_examples=60, deadline=None)


# --- every format ------------------------------------------------------------------------


@pytest.mark.parametrize("name", WRITERS)
def test_the_table_finds_the_writer(checked: CheckedText, name: str) -> None:
    files = render(checked, name)
    assert list(files) == [f"t.{name}"]
    assert files == WRITERS[name].write(checked)


@pytest.mark.parametrize("name", WRITERS)
def test_the_same_input_gives_the_same_bytes(
    checked: CheckedText, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = WRITERS[name].write(checked)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *_: (2033, 5, 18, 3, 33, 20, 2, 138, 0))
    assert WRITERS[name].write(checked) == first


# --- JSON --------------------------------------------------------------------------------


def loaded(checked: CheckedText) -> dict:
    (data,) = json_format.write(checked).values()
    return json.loads(data)


def test_json_holds_segments_with_their_places(checked: CheckedText) -> None:
    data = loaded(checked)
    assert data["format"] == "parallel-statement/1"
    assert data["languages"] == ["en", "ja", "it"]
    for built in data["versions"]:
        for paragraph in built["paragraphs"]:
            for segment in (paragraph, *paragraph["sentences"]):
                assert built["text"][segment["start"] : segment["end"]] == segment["text"]
    first = data["versions"][0]["paragraphs"][1]
    assert (first["id"], first["kind"], first["label"], first["number"]) == (
        "t-en.p1",
        "p",
        "1.",
        "1",
    )
    assert [sentence["id"] for sentence in first["sentences"]] == ["t-en.p1.s1", "t-en.p1.s2"]
    assert data["versions"][1]["source"]["name"] == "ja/t.md"


def test_json_holds_beads_of_both_levels(checked: CheckedText) -> None:
    data = loaded(checked)
    assert [b["id"] for b in data["paragraphs"]["beads"]] == ["t.al.p.1", "t.al.p.2", "t.al.p.3"]
    assert data["sentences"]["beads"][1] == {
        "id": "t.al.s.2",
        "kind": "2-2-1",
        "posterior": 0.6667,
        "status": "automatic",
        "segments": {
            "en": ["t-en.p1.s1", "t-en.p1.s2"],
            "ja": ["t-ja.p1.s1", "t-ja.p1.s2"],
            "it": ["t-it.p1.s1"],
        },
    }
    assert data["sentences"]["beads"][2]["segments"]["it"] == []
    (pair,) = data["sentences"]["pairs"]
    assert (pair["source"], pair["target"]) == ("en", "ja")
    assert pair["beads"][1]["source"] == ["t-en.p1.s1", "t-en.p1.s2"]
    assert pair["beads"][1]["target"] == ["t-ja.p1.s1", "t-ja.p1.s2"]


def test_json_holds_what_else_is_known(checked: CheckedText) -> None:
    data = loaded(checked)
    assert data["metadata"]["issuers"] == ["Japan", "Italy"]
    assert data["metadata"]["versions"]["ja"]["status"] == "working translation"
    assert data["provenance"]["settings"] == {"gap": "-1"}
    assert data["notices"] == ["The French version is missing."]
    assert data["date"] is None
    (mention,) = data["mentions"]["en"]
    assert mention["text"] == "met"
    assert mention["concept"] == "meet"
    (finding,) = data["findings"]
    assert finding["languages"] == ["it"]
    assert finding["spans"]["en"][0]["text"] == "=Now."


# --- TSV ---------------------------------------------------------------------------------


def rows(checked: CheckedText) -> list[list[str]]:
    (data,) = tsv.write(checked).values()
    return list(csv.reader(StringIO(data.decode("utf-8"), newline=""), dialect="excel-tab"))


def test_tsv_has_a_row_for_each_bead(checked: CheckedText) -> None:
    header, _, second, third = rows(checked)
    assert header[:6] == ["bead", "posterior", "status", "en", "ja", "it"]
    assert header[6:] == ["en segments", "ja segments", "it segments"]
    assert second[:4] == ["t.al.s.2", "0.6667", "automatic", "They met. They agreed."]
    assert second[4] == "会談し、合意した。"  # no space between Japanese sentences
    assert second[6:] == ["t-en.p1.s1 t-en.p1.s2", "t-ja.p1.s1 t-ja.p1.s2", "t-it.p1.s1"]
    assert third[5] == ""
    assert third[8] == ""


def test_tsv_is_plain_where_it_can_be(checked: CheckedText) -> None:
    (data,) = tsv.write(checked).values()
    assert data.startswith(b"bead\tposterior\tstatus\ten\tja\tit\t")
    assert b"\r" not in data
    assert b'"' not in data
    assert len(data.splitlines()) == 4


@laws
@given(text=TEXTS)
def test_tsv_loses_no_character(text: str) -> None:
    made = with_text(SAMPLE, text)
    assert rows(made)[1][3] == text


# --- XLSX --------------------------------------------------------------------------------


def workbook(checked: CheckedText):
    (data,) = xlsx.write(checked).values()
    return load_workbook(BytesIO(data))


def test_xlsx_is_laid_out_for_review(checked: CheckedText) -> None:
    book = workbook(checked)
    assert book.sheetnames == ["Sentences", "Findings", "About"]
    sheet = book["Sentences"]
    assert [cell.value for cell in sheet[1]][:4] == [
        "Paragraph",
        "English (en)",
        "Japanese (ja)",
        "Italian (it)",
    ]
    assert sheet.freeze_panes == "B2"
    assert sheet["B3"].alignment.wrap_text
    assert sheet.column_dimensions["C"].width > 40
    assert [sheet.cell(row, 1).value for row in (2, 3, 4)] == ["title", "1", "2"]
    assert [cell.value for cell in sheet[3]][1:5] == [
        "They met. They agreed.",
        "会談し、合意した。",
        "Si sono incontrati e accordati.",
        0.6667,
    ]
    assert {cell.font.name for row in sheet for cell in row} == {"Calibri"}  # the default


def test_xlsx_shades_doubt_and_gaps(checked: CheckedText) -> None:
    sheet = workbook(checked)["Sentences"]
    colours = [[cell.fill.fgColor.rgb for cell in sheet[row]] for row in (2, 3, 4)]
    plain, doubtful, gap = (set(row) for row in colours)
    assert len(plain) == len(doubtful) == 1
    assert plain != doubtful
    assert len(gap) == 2
    assert [cell.column_letter for cell in sheet[4] if cell.fill.fill_type] == ["D"]


def test_xlsx_lists_findings_and_provenance(checked: CheckedText) -> None:
    book = workbook(checked)
    assert "warning: The Italian" in book["Sentences"]["G4"].value
    header, row = book["Findings"].iter_rows(values_only=True)
    found = dict(zip(header, row, strict=True))
    assert found["Severity"] == "warning"
    assert found["Paragraph"] == "2"
    assert found["Language"] == "it"
    assert found["English (en)"] == "=Now."
    assert found["Italian (it)"] is None
    about = dict(book["About"].iter_rows(values_only=True))
    assert about["Encoder"] == "use 0db566"
    assert about["Notice"] == "The French version is missing."
    assert about["Japanese (ja): status"] == "working translation"
    assert "ja/t.md" in about["Japanese (ja): file"]


def test_xlsx_lists_the_gravest_first_and_filters_both_sheets(checked: CheckedText) -> None:
    (finding,) = checked.findings
    others = [
        dataclasses.replace(finding, severity=severity, id=severity, bead=bead)
        for severity, bead in (
            ("info", checked.text.paragraphs.beads[0].id),
            ("error", checked.text.sentences.beads[0].id),
        )
    ]
    book = workbook(dataclasses.replace(checked, findings=(others[0], finding, others[1])))
    _, *rows = book["Findings"].iter_rows(values_only=True)
    assert [row[:3:2] for row in rows] == [("error", "title"), ("warning", "2"), ("info", "title")]
    column = [row[6] for row in book["Sentences"].iter_rows(min_row=2, values_only=True)]
    reason = finding.reason
    assert column[0] == f"info: {reason}\nerror: {reason}"
    assert column[2] == f"warning: {reason}"
    for name in ("Sentences", "Findings"):
        assert book[name].auto_filter.ref == book[name].dimensions


@laws
@given(text=TEXTS)
def test_xlsx_keeps_text_as_text(text: str) -> None:
    cell = workbook(with_text(SAMPLE, text))["Sentences"]["B2"]
    assert cell.data_type == "s"
    control = {c: "\ufffd" for c in range(32) if chr(c) not in "\t\n\r"}
    expected = text.translate(control | {0xFFFE: "\ufffd", 0xFFFF: "\ufffd"})
    assert cell.value.replace("\r\n", "\n").replace("\r", "\n") == expected.replace(
        "\r\n", "\n"
    ).replace("\r", "\n")
    assert bool(cell.quotePrefix) == text.startswith(("=", "+", "-", "@"))


def test_xlsx_refuses_what_a_cell_would_cut_off(checked: CheckedText) -> None:
    xlsx.write(with_text(checked, "x" * 32_767))
    with pytest.raises(OutputError, match="does not fit into a cell"):
        xlsx.write(with_text(checked, "x" * 32_768))


@pytest.mark.parametrize(
    ("date", "expected"),
    [(None, datetime(1980, 1, 1)), ("2026-11-22", datetime(2026, 11, 22)), ("2026", None)],
)
def test_xlsx_bears_no_time_but_the_given_date(
    checked: CheckedText, date: str | None, expected: datetime | None
) -> None:
    (data,) = xlsx.write(dataclasses.replace(checked, date=date)).values()
    with ZipFile(BytesIO(data)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = load_workbook(BytesIO(data)).properties
    assert properties.modified == properties.created == (expected or datetime(1980, 1, 1))


# --- TMX ---------------------------------------------------------------------------------

# The elements that we write, as the TMX 1.4b specification declares them.
DTD = etree.DTD(
    StringIO("""
<!ELEMENT tmx (header, body)>
<!ATTLIST tmx version CDATA #FIXED "1.4">
<!ELEMENT header (note | prop)*>
<!ATTLIST header creationtool CDATA #REQUIRED creationtoolversion CDATA #REQUIRED
  segtype (block | paragraph | sentence | phrase) #REQUIRED o-tmf CDATA #REQUIRED
  adminlang CDATA #REQUIRED srclang CDATA #REQUIRED datatype CDATA #REQUIRED
  o-encoding CDATA #IMPLIED creationdate CDATA #IMPLIED creationid CDATA #IMPLIED
  changedate CDATA #IMPLIED changeid CDATA #IMPLIED>
<!ELEMENT note (#PCDATA)>
<!ATTLIST note o-encoding CDATA #IMPLIED xml:lang CDATA #IMPLIED>
<!ELEMENT prop (#PCDATA)>
<!ATTLIST prop type CDATA #REQUIRED xml:lang CDATA #IMPLIED o-encoding CDATA #IMPLIED>
<!ELEMENT body (tu*)>
<!ELEMENT tu ((note | prop)*, tuv+)>
<!ATTLIST tu tuid CDATA #IMPLIED>
<!ELEMENT tuv ((note | prop)*, seg)>
<!ATTLIST tuv xml:lang CDATA #REQUIRED>
<!ELEMENT seg (#PCDATA)>
""")
)


def memory(checked: CheckedText) -> etree._Element:
    (data,) = tmx.write(checked).values()
    root = etree.fromstring(data)
    assert DTD.validate(root), DTD.error_log
    return root


def test_tmx_has_a_unit_for_each_bead(checked: CheckedText) -> None:
    root = memory(checked)
    units = root.findall("body/tu")
    assert [unit.get("tuid") for unit in units] == ["t.al.s.1", "t.al.s.2", "t.al.s.3"]
    assert [tuv.get(XML_LANG) for tuv in units[1]][2:] == ["en", "ja", "it"]
    assert [seg.text for seg in units[1].iter("seg")] == [
        "They met. They agreed.",
        "会談し、合意した。",
        "Si sono incontrati e accordati.",
    ]
    assert units[1].findtext("prop[@type='x-posterior']") == "0.6667"
    assert units[1].findtext("tuv/prop[@type='x-segments']") == "t-en.p1.s1 t-en.p1.s2"


def test_tmx_leaves_a_gap_out(checked: CheckedText) -> None:
    unit = memory(checked).findall("body/tu")[2]
    assert [tuv.get(XML_LANG) for tuv in unit.findall("tuv")] == ["en", "ja"]


@pytest.mark.parametrize(
    ("date", "expected"), [(None, None), ("2026-11-22", "20261122T000000Z"), ("2026-11", None)]
)
def test_tmx_header_is_complete(
    checked: CheckedText, date: str | None, expected: str | None
) -> None:
    header = memory(dataclasses.replace(checked, date=date)).find("header")
    assert header.get("srclang") == "en"
    assert header.get("segtype") == "sentence"
    assert header.get("creationdate") == expected
    assert header.findtext("note") == "The French version is missing."
    assert header.findtext("prop[@type='x-encoder']") == "use 0db566"


def test_tmx_header_tells_status_and_licence_of_each_version(checked: CheckedText) -> None:
    versions = {
        "ja": VersionMetadata("", status="translation", licence="CC0", licence_url="https://a.org"),
        "en": VersionMetadata("", status="as published"),
        "fr": VersionMetadata("", status="missing"),
    }
    metadata = dataclasses.replace(
        checked.text.metadata, licence_url="https://b.org", versions=versions
    )
    text = dataclasses.replace(checked.text, metadata=metadata)
    header = memory(dataclasses.replace(checked, text=text)).find("header")
    said = {prop.get("type"): prop.text for prop in header.iter("prop")}
    assert {
        kind: words for kind, words in said.items() if "licence" in kind or "status" in kind
    } == {
        "x-licence": "CC BY 4.0",
        "x-licence-url": "https://b.org",
        "x-status-en": "as published",
        "x-status-ja": "translation",
        "x-licence-ja": "CC0",
        "x-licence-url-ja": "https://a.org",
    }


@laws
@given(text=TEXTS)
def test_tmx_loses_no_legal_character(text: str) -> None:
    seg = memory(with_text(SAMPLE, text)).find("body/tu/tuv/seg")
    control = {c: "\ufffd" for c in range(32) if chr(c) not in "\t\n\r"}
    assert seg.text == text.translate(control | {0xFFFE: "\ufffd", 0xFFFF: "\ufffd"})
