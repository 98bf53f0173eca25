"""Glossary files: round trips, what other programs write, and what is wrong in a file."""

from __future__ import annotations

import io
import logging
import re
import string
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from glossary_sample import FULL, glossaries, plain
from parallel_statement.errors import InputError, OutputError
from parallel_statement.formats.glossary import (
    FORMATS,
    inspect,
    read_glossary,
    render_glossary,
)
from parallel_statement.model import Concept, Definition, Designation, Glossary
from parallel_statement.terminology.glossary import in_order

LOSSLESS = [extension for extension in FORMATS if extension != ".utx"]
ROOT = Path(__file__).parent.parent
TEXTS = ROOT / "texts"
DOCUMENTATION = ROOT / "docs" / "glossary.md"


def saved(folder: Path, name: str, data: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def round_trip(folder: Path, glossary: Glossary, extension: str) -> Glossary:
    name = f"g{extension}"
    return read_glossary(saved(folder, name, render_glossary(glossary, name)))


# --- round trips -------------------------------------------------------------------------


@pytest.mark.parametrize("extension", LOSSLESS)
def test_a_glossary_with_everything_survives(tmp_path: Path, extension: str) -> None:
    read = round_trip(tmp_path, FULL, extension)
    assert read.concepts == in_order(FULL.concepts)


@pytest.mark.parametrize("extension", LOSSLESS)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(glossary=glossaries())
def test_any_glossary_survives(tmp_path: Path, extension: str, glossary: Glossary) -> None:
    assert round_trip(tmp_path, glossary, extension).concepts == glossary.concepts


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(glossary=glossaries())
@pytest.mark.parametrize("extension", [".utx", ".csv"])
def test_a_plain_glossary_survives(tmp_path: Path, extension: str, glossary: Glossary) -> None:
    simple = plain(glossary)
    for concept in simple.concepts:
        texts = [(term.language, term.text) for term in concept.designations]
        if len(set(texts)) < len(texts):
            return
    assert round_trip(tmp_path, simple, extension).concepts == simple.concepts


@pytest.mark.parametrize("extension", FORMATS)
def test_the_same_glossary_gives_the_same_bytes(extension: str) -> None:
    assert render_glossary(FULL, f"a{extension}") == render_glossary(FULL, f"b{extension}")


@pytest.mark.parametrize("extension", FORMATS)
def test_the_statement_s_glossary_keeps_its_terms(tmp_path: Path, extension: str) -> None:
    glossary = read_glossary(TEXTS / "glossary.csv")
    read = round_trip(tmp_path, glossary, extension)
    for before, after in zip(glossary.concepts, read.concepts, strict=True):
        assert (before.id, before.designations, before.note) == (
            after.id,
            after.designations,
            after.note,
        )


# --- tables ------------------------------------------------------------------------------


def test_a_simple_glossary_has_a_row_for_each_concept() -> None:
    concept = Concept(
        "acsa",
        (
            Designation("en", "Agreement", part_of_speech="noun", gender="neuter"),
            Designation("en", "ACSA", "admitted", "acronym", part_of_speech="noun"),
            Designation("ja", "協定", part_of_speech="noun"),
        ),
        (Definition("What is agreed.", "en"),),
    )
    data = render_glossary(Glossary((concept,)), "g.csv")
    assert data.decode("utf-8-sig") == (
        "id,en,en:acronym,en:gender,en:definition,ja,pos\n"
        "acsa,Agreement,ACSA,neuter,What is agreed.,協定,noun\n"
    )


def test_a_glossary_that_says_more_has_a_row_for_each_term() -> None:
    terms = (Designation("en", "a"), Designation("en", "b", "deprecated", note="why"))
    data = render_glossary(Glossary((Concept("c", terms),)), "g.csv")
    assert data.decode("utf-8-sig") == (
        "id,language,term,status,type,pos,note\nc,en,a,preferred,,,\nc,en,b,deprecated,,,why\n"
    )


def test_the_tables_of_the_documentation_are_glossaries(tmp_path: Path) -> None:
    tables = re.findall(r"^```\n(id,.*?)^```$", DOCUMENTATION.read_text("utf-8"), re.M | re.S)
    by_concept, by_term = (read_glossary(saved(tmp_path, "g.csv", text)) for text in tables)
    assert [concept.id for concept in by_concept.concepts] == ["supply-chain", "acsa"]
    (acsa,) = by_term.concepts
    assert (acsa.part_of_speech, acsa.terms("en")[1].note) == ("proper noun", "not in titles")


def test_rows_of_terms_may_be_sorted(tmp_path: Path) -> None:
    text = "id,term,language,status\na,b,en,admitted\nz,y,en,\na,c,ja,\na,a,en,preferred\n"
    first, second = read_glossary(saved(tmp_path, "g.csv", text)).concepts
    assert [term.text for term in first.designations] == ["a", "b", "c"]
    assert second.designations == (Designation("en", "y"),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_of_a_spreadsheet_program(tmp_path: Path, encoding: str) -> None:
    path = saved(tmp_path, "g.csv", "id\ten\tja\nlaw\trule of law\t法の支配\n".encode(encoding))
    assert read_glossary(path).languages == ("en", "ja")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("c,en,a,prefered,", r"3: 'prefered' is no status; it is one of: preferred, admitted"),
        ("c,en,a,,accronym", r"3: 'accronym' is no type; it is one of: full form, acronym"),
        ("c,en,,admitted,", r"3: this row has no term, but says something of one"),
        ("c,,a,,", r"3: the term 'a' has no language"),
        ("c,xx-,a,,", r"3: 'xx-' is no language tag"),
        ("c,en,,,", r"3: this row has neither a term nor a definition"),
        ("b,en,a,,", r"2: the language 'en' has two preferred terms, 'z' and 'a'"),
    ],
)
def test_faults_in_rows_of_terms_are_said(tmp_path: Path, rows: str, message: str) -> None:
    text = f"id,language,term,status,type\nb,en,z,,\n{rows}\n"
    with pytest.raises(InputError, match=rf"g\.csv:{message}"):
        read_glossary(saved(tmp_path, "g.csv", text))


def test_all_faults_of_a_file_are_listed(tmp_path: Path) -> None:
    found = inspect(saved(tmp_path, "g.csv", "id,en\na,b\n1,c\na,d\nx,\ny,e|f\nz,g\n"))
    assert [fault.line for fault in found.faults] == [3, 4, 5, 6]
    assert [concept.id for concept in found.glossary.concepts] == ["a", "z"]


def test_a_workbook_is_made_to_be_edited() -> None:
    book = openpyxl.load_workbook(io.BytesIO(render_glossary(FULL, "g.xlsx")))
    sheet = book.worksheets[0]
    names = [cell.value for cell in sheet[1]]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref is not None
    for name in ("status", "type", "gender", "case"):
        letter = string.ascii_uppercase[names.index(name)]
        (rule,) = (
            each
            for each in sheet.data_validations.dataValidation
            if str(each.sqref).startswith(f"{letter}2:")
        )
        assert rule.type == "list"
    formula = next(cell for row in sheet for cell in row if str(cell.value).startswith("=1"))
    assert (formula.data_type, formula.quotePrefix) == ("s", True)
    assert all(cell.alignment.wrap_text for cell in sheet[2])


# --- TBX ---------------------------------------------------------------------------------

DCT = """<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
 xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
 <tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader><text><body>
 <conceptEntry id="c1"><min:subjectField>law</min:subjectField>
  <langSec xml:lang="en">
   <descripGrp><basic:definition>Rule by
     rules.</basic:definition><basic:source>Handbook</basic:source></descripGrp>
   <termSec><term>rule of <hi type="italics">law</hi></term>
    <min:partOfSpeech>noun</min:partOfSpeech><basic:termType>fullForm</basic:termType>
    <descripGrp><basic:context>The rule of law.</basic:context>
     <basic:source>UN</basic:source></descripGrp></termSec>
   <termSec><term>RoL</term><basic:termType>initialism</basic:termType>
    <basic:geographicalUsage>US</basic:geographicalUsage></termSec>
   <termSec><term>law rule</term>
    <min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus></termSec>
  </langSec></conceptEntry></body></text></tbx>"""

MARTIF = """<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en"><martifHeader><fileDesc><sourceDesc><p>x</p></sourceDesc>
</fileDesc></martifHeader><text><body>
 <termEntry id="1"><descrip type="subjectField">law</descrip><note>Core term.</note>
  <transacGrp><transac type="transactionType">origination</transac><date>2010-01-01</date>
  </transacGrp>
  <langSet xml:lang="en-us"><ntig><termGrp><term>rule of law</term>
   <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>
   <termNote type="partOfSpeech">properNoun</termNote></termGrp>
   <descripGrp><descrip type="context">They uphold it.</descrip>
   <adminGrp><admin type="source">UN</admin></adminGrp></descripGrp></ntig></langSet>
  <langSet xml:lang="it"><tig><term>Stato di diritto</term></tig><tig><term>diritto</term>
   <termNote type="administrativeStatus">forbidden</termNote></tig>
   <tig><term>stato legale</term></tig></langSet>
 </termEntry></body></text></martif>"""


@pytest.fixture(scope="module")
def tbx_basic() -> etree.RelaxNG:
    """Return TBX-Basic in DCA style, as its public description has it."""
    return etree.RelaxNG(file=str(Path(__file__).parent / "data" / "tbx" / "tbx-basic-dca.rng"))


@settings(max_examples=25, deadline=None)
@given(glossary=glossaries())
def test_what_is_written_is_tbx_basic(tbx_basic: etree.RelaxNG, glossary: Glossary) -> None:
    tbx_basic.assertValid(etree.fromstring(render_glossary(glossary, "g.tbx")))


def test_a_glossary_with_everything_is_tbx_basic(tbx_basic: etree.RelaxNG) -> None:
    tbx_basic.assertValid(etree.fromstring(render_glossary(FULL, "g.tbx")))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b">deprecatedTerm-admn-sts<", b">forbidden<"),
        (b'type="definition"', b'type="context"'),
        (b">acronym<", b">initialism<"),
        (b">noun<", b">properNoun<"),
        (b"<langSec xml:lang", b"<langSet xml:lang"),
    ],
)
def test_the_schema_refuses_what_is_not_tbx_basic(
    tbx_basic: etree.RelaxNG, right: bytes, wrong: bytes
) -> None:
    data = render_glossary(FULL, "g.tbx")
    assert right in data
    end = (b"</langSec>", b"</langSet>") if b"langSet" in wrong else (b"", b"")
    assert not tbx_basic.validate(etree.fromstring(data.replace(right, wrong).replace(*end)))


def test_tbx_in_dct_style_is_read(tmp_path: Path) -> None:
    found = inspect(saved(tmp_path, "g.tbx", DCT))
    assert found.faults == ()
    (concept,) = found.glossary.concepts
    assert concept == Concept(
        "c1",
        (
            Designation(
                "en",
                "rule of law",
                type="full form",
                part_of_speech="noun",
                context="The rule of law.",
                context_source="UN",
            ),
            Designation(
                "en", "RoL", "admitted", note="termType: initialism\ngeographicalUsage: US"
            ),
            Designation("en", "law rule", "deprecated"),
        ),
        (Definition("Rule by rules.", "en", "Handbook"),),
        domain="law",
    )
    assert found.notices == ("kept as notes: geographicalUsage (1), termType (1)",)


def test_tbx_of_2008_is_read(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        (concept,) = read_glossary(saved(tmp_path, "g.tbx", MARTIF)).concepts
    assert (concept.id, concept.domain, concept.note) == ("c-1", "law", "Core term.")
    assert concept.terms("en-US") == (
        Designation(
            "en-US",
            "rule of law",
            part_of_speech="proper noun",
            context="They uphold it.",
            context_source="UN",
        ),
    )
    assert [(term.text, term.status) for term in concept.terms("it")] == [
        ("Stato di diritto", "preferred"),
        ("stato legale", "admitted"),
        ("diritto", "deprecated"),
    ]
    assert "'1' became 'c-1'" in caplog.text
    assert "left out: transacGrp (1)" in caplog.text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<tbx><text>\n<body></tbx>", r":2: is no well-formed XML"),
        ("<html/>", r":1: is no TBX: its first element is <html>"),
        ('<!DOCTYPE tbx [<!ENTITY a "b">]><tbx/>', r"declares entities"),
        (
            DCT.replace('"en">\n   <d', '"e n">\n   <d'),
            r":5: //conceptEntry\[@id='c1'\]/langSec: 'e n' is",
        ),
        (DCT.replace("deprecatedTerm", "preferredTerm").replace("law rule", "?"), r"'\?' is no te"),
        (DCT.replace("<termSec><term>RoL", "<termSec><term>law rule"), r"'law rule' twice"),
    ],
)
def test_faults_in_tbx_are_said(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_glossary(saved(tmp_path, "g.tbx", text))


# --- UTX ---------------------------------------------------------------------------------


def test_utx_for_two_languages(tmp_path: Path) -> None:
    text = (
        "#UTX 1.11; de/en-US; 2013-12-20T17:00:45; bidirectional; Dictionary ID: x\n"
        "#description: a sample\n"
        "#src\ttgt\tsrc:pos\ttgt:pos\tterm status\ttgt:comment\tcustomer\tconcept ID\n"
        "Hund\thound\tnoun\tnoun\tforbidden\told\tSAP\tC002\n"
        "Hund\tdog\tnoun\tproperNoun\tapproved\t\tSAP\tC002\n"
        "# a remark\n"
        "Katze\tcat\tnoun\t-\t\t\t\t\n"
    )
    found = inspect(saved(tmp_path, "g.utx", text))
    first, second = found.glossary.concepts
    assert first.id == "C002"
    assert first.designations == (
        Designation("de", "Hund", part_of_speech="noun"),
        Designation("en-US", "dog", part_of_speech="proper noun"),
        Designation("en-US", "hound", "deprecated", part_of_speech="noun", note="old"),
    )
    assert second.id == "c-katze"
    assert "left out: customer (2)" in found.notices


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("src\ttgt\n", r":1: is no UTX"),
        ("#UTX 1.11; en/ja\nlaw\t法\n", r":1: has no line with the names of its columns"),
        ("#UTX 1.11; en/ja\n#src\ttgt\tterm status\na\tb\tgood\n", r":3: 'good' is no term status"),
        ("#UTX 1.11; en/ja\n#src\ttgt\na\tb\tc\n", r":3: this row has 3 cells, the header has 2"),
        ("#UTX 1.11; en/ja\n#src\ttgt\n\n-\t-\n", r":4: this row has no term"),
    ],
)
def test_faults_in_utx_are_said(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_glossary(saved(tmp_path, "g.utx", text))


def test_utx_cannot_begin_a_row_with_its_comment_sign() -> None:
    glossary = Glossary((Concept("c", (Designation("en", "#1"),)),))
    with pytest.raises(OutputError, match="concept c: UTX cannot hold"):
        render_glossary(glossary, "g.utx")


# --- SKOS --------------------------------------------------------------------------------

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:skos="http://www.w3.org/2004/02/skos/core#" xml:base="http://example.org/thesaurus">
 <rdf:Description rdf:about="#law" skos:notation="K1">
  <rdf:type rdf:resource="http://www.w3.org/2004/02/skos/core#Concept"/>
  <skos:prefLabel xml:lang="en">rule of law</skos:prefLabel>
  <skos:altLabel xml:lang="en">legality</skos:altLabel>
  <skos:definition xml:lang="en">Rule by rules.</skos:definition>
  <skos:broader><skos:Concept rdf:about="http://example.org/4"><skos:prefLabel
   xml:lang="it">politica</skos:prefLabel></skos:Concept></skos:broader>
  <skos:scopeNote xml:lang="en">Of states.</skos:scopeNote>
 </rdf:Description></rdf:RDF>"""


def test_skos_of_others_is_read(tmp_path: Path) -> None:
    found = inspect(saved(tmp_path, "g.rdf", RDF))
    law, politics = found.glossary.concepts
    assert law == Concept(
        "law",
        (Designation("en", "rule of law"), Designation("en", "legality", "admitted")),
        (Definition("Rule by rules.", "en"),),
        note="Of states.",
    )
    assert (politics.id, politics.designations) == ("c-4", (Designation("it", "politica"),))
    assert "left out: skos:broader (1), skos:notation (1)" in found.notices


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            RDF.replace('<skos:altLabel xml:lang="en">', "<skos:altLabel>"),
            r":6: .* has no language",
        ),
        ("<rdf/>", r"has no skos:Concept"),
        ('<!DOCTYPE a [<!ENTITY a "b">]>\n' + RDF, "declares entities"),
    ],
)
def test_faults_in_skos_are_said(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_glossary(saved(tmp_path, "g.rdf", text))


# --- files -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "message"),
    [("g.ods", "'.ods'; a glossary is one of .csv"), ("g.ttl", r"SKOS is read .* as RDF/XML")],
)
def test_an_unknown_format_is_refused(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_glossary(saved(tmp_path, name, "x"))


def test_a_glossary_that_is_not_sound_is_not_written() -> None:
    glossary = Glossary((Concept("c", (Designation("en", "a", "deprecated"),)),))
    with pytest.raises(OutputError, match="concept c: the language 'en' has the deprecated term"):
        render_glossary(glossary, "g.tbx")


@pytest.mark.parametrize("extension", [".xlsx", ".tbx", ".utx", ".rdf", ".csv"])
@pytest.mark.parametrize("cut", range(0, 1200, 97))
def test_a_damaged_file_is_refused_or_read(tmp_path: Path, extension: str, cut: int) -> None:
    data = bytearray(render_glossary(plain(FULL), f"g{extension}"))
    data[cut : cut + 7] = b'\xff<&\0"\n\t'
    path = saved(tmp_path, f"g{extension}", bytes(data))
    try:
        read_glossary(path)
    except InputError as error:
        assert error.path == str(path)
    assert extension != ".xlsx" or zipfile.is_zipfile(path)
