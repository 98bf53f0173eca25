"""What other programs read: each format holds what it can, byte for byte the same."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO, StringIO
from itertools import combinations
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook

import parallel_statement as ps
from exchange_sample import HOSTILE, LANGUAGES, hostile, sample
from exchange_schemas import tmx_dtd, xliff_core
from parallel_statement.cli import main
from parallel_statement.errors import UnknownNameError
from parallel_statement.formats import WRITERS, render
from parallel_statement.formats.losses import losses
from parallel_statement.formats.ordering import with_source
from parallel_statement.model import CheckedText, Range

GOLDEN = Path(__file__).parent / "data/exchange"
GOLDEN_FORMATS = ("cesalign", "intertext", "jsonl", "moses", "tmx", "tsv", "xliff")
"""Those that are text from end to end."""
XLIFF = "{urn:oasis:names:tc:xliff:document:2.0}"
XML_ID, XML_LANG = (f"{{http://www.w3.org/XML/1998/namespace}}{name}" for name in ("id", "lang"))

NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
HALVES = re.compile("[\ud800-\udfff]")


def in_xml(text: str) -> str:
    """Return *text* as an XML file holds it, whose line ends a parser makes line feeds."""
    return NOT_XML.sub("\ufffd", text)


def texts_of(checked: CheckedText) -> list[dict[str, list[str]]]:
    """Return the sentences of every bead."""
    return [
        {
            version.language: [
                version.text(version.sentences[k]) for k in bead.ranges[version.language].indices
            ]
            for version in checked.text.versions
        }
        for bead in checked.text.sentences.beads
    ]


def joined(language: str, sentences: list[str]) -> str:
    return ("" if language == "ja" else " ").join(sentences)


def with_words(words: str) -> CheckedText:
    """Return a text of one bead, that is *words* in English and Japanese."""
    from exchange_sample import checked_text

    return checked_text([[words], [words]], [(1, 1)])


TEXTS = st.sampled_from([text for text in HOSTILE if len(text) < 1000]) | st.text(
    st.characters(codec=None), min_size=1, max_size=40
).filter(lambda text: bool(text.strip()))
laws = settings(max_examples=50, deadline=None)


# --- every format ------------------------------------------------------------------------


@pytest.mark.parametrize("name", GOLDEN_FORMATS)
def test_the_files_are_as_they_were(name: str) -> None:
    checked = sample()
    provenance = replace(checked.text.provenance, version="0")
    made = render(replace(checked, text=replace(checked.text, provenance=provenance)), name)
    version = f'creationtoolversion="{ps.__version__}"'.encode()
    made = {file: data.replace(version, b'creationtoolversion="0"') for file, data in made.items()}
    for file, data in made.items():
        assert data == (GOLDEN / file).read_bytes(), file


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("make", [sample, hostile])
def test_the_same_text_gives_the_same_bytes(
    name: str, make: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = render(make(), name)  # type: ignore[operator]
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *_: (2033, 5, 18, 3, 33, 20, 2, 138, 0))
    assert render(make(), name) == first  # type: ignore[operator]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_any_language_can_be_the_source(tag: str) -> None:
    checked = sample()
    turned = with_source(checked, tag)
    assert turned.text.languages[0] == tag
    assert [bead.id for bead in turned.text.sentences.beads] == [
        bead.id for bead in checked.text.sentences.beads
    ]
    for a, b in combinations(turned.text.languages, 2):
        assert turned.text.pair(a, b) == checked.text.pair(a, b)
    (memory,) = render(turned, "tmx").values()
    assert f'srclang="{tag}"'.encode() in memory
    others = [other for other in LANGUAGES if other != tag]
    assert set(render(turned, "xliff")) == {f"t.{tag}-{other}.xlf" for other in others}


def test_a_source_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="'fr'"):
        ps.write(sample(), tmp_path, "xliff", source="fr")
    assert not list(tmp_path.iterdir())


# --- XLIFF -------------------------------------------------------------------------------


def units(data: bytes) -> list[etree._Element]:
    return etree.fromstring(data).findall(f".//{XLIFF}unit")


def test_xliff_is_from_one_language_to_one_other() -> None:
    files = render(sample(), "xliff")
    assert list(files) == ["t.en-ja.xlf", "t.en-ar.xlf"]
    root = etree.fromstring(files["t.en-ja.xlf"])
    assert (root.get("version"), root.get("srcLang"), root.get("trgLang")) == ("2.1", "en", "ja")
    found = units(files["t.en-ja.xlf"])
    assert [unit.get("id") for unit in found] == [
        bead.id for bead in sample().text.pair("en", "ja")
    ]
    states = [unit.find(f"{XLIFF}segment").get("state") for unit in found]
    assert states == ["translated", "translated", "final", "translated", "initial", "initial"]
    assert found[4].find(f"{XLIFF}segment/{XLIFF}target") is None
    assert found[5].findtext(f"{XLIFF}segment/{XLIFF}source") == ""


def test_xliff_names_the_sentences() -> None:
    unit = units(render(sample(), "xliff")["t.en-ja.xlf"])[1]
    said = {meta.get("type"): meta.text for meta in unit.iter("{*}meta")}
    assert said["segments-en"] == "t-en.p2.s1 t-en.p3.s1"
    assert said["segments-ja"] == "t-ja.p2.s1"


@laws
@given(text=TEXTS)
def test_xliff_loses_no_character_but_halves(text: str) -> None:
    (unit,) = units(render(with_words(text), "xliff")["t.en-ja.xlf"])
    for side in ("source", "target"):
        element = unit.find(f"{XLIFF}segment/{XLIFF}{side}")
        said = element.text or ""
        for point in element:
            said += chr(int(point.get("hex"), 16)) + (point.tail or "")
        assert said == HALVES.sub("\ufffd", text)


# --- documents and links: cesAlign, InterText --------------------------------------------


@pytest.mark.parametrize("name", ["cesalign", "intertext"])
@pytest.mark.parametrize("make", [sample, hostile])
def test_every_link_points_to_sentences_that_are_there(name: str, make: object) -> None:
    checked: CheckedText = make()  # type: ignore[operator]
    roots = {file: etree.fromstring(data) for file, data in render(checked, name).items()}
    for file, root in roots.items():
        group = root if root.tag == "linkGrp" else root.find("linkGrp")
        if group is None:
            continue
        folder = file.split("/")[0]
        names = ["fromDoc", "toDoc"] if name == "cesalign" else ["toDoc", "fromDoc"]
        for place, document in enumerate(names):
            target = roots[f"{folder}/{group.get(document)}"]
            linked = [
                identifier
                for link in group.iter("link")
                for identifier in link.get("xtargets").split(";")[place].split()
            ]
            assert linked == [sentence.get("id") for sentence in target.iter("s")]


@laws
@given(text=TEXTS)
def test_the_documents_lose_no_legal_character(text: str) -> None:
    for name in ("cesalign", "intertext"):
        files = render(with_words(text), name)
        documents = [etree.fromstring(data) for data in files.values()]
        found = [s.text for document in documents for s in document.iter("s")]
        assert found == [in_xml(text)] * 2


# --- lines: JSONL, Moses -----------------------------------------------------------------


def test_jsonl_has_a_line_for_each_bead() -> None:
    (data,) = render(sample(), "jsonl").values()
    records = [json.loads(line) for line in data.decode().splitlines()]
    assert [record["bead"] for record in records] == [b.id for b in sample().text.sentences.beads]
    said = [
        {tag: [s["text"] for s in side["segments"]] for tag, side in record["languages"].items()}
        for record in records
    ]
    assert said == texts_of(sample())
    assert records[2]["status"] == "locked"


@laws
@given(text=TEXTS)
def test_jsonl_loses_no_character_but_halves(text: str) -> None:
    (data,) = render(with_words(text), "jsonl").values()
    (line,) = data.decode().split("\n")[:-1]
    assert json.loads(line)["languages"]["ja"]["text"] == HALVES.sub("\ufffd", text)


@laws
@given(text=TEXTS)
def test_moses_keeps_one_line_for_each_bead(text: str) -> None:
    files = {name: data.decode() for name, data in render(with_words(text), "moses").items()}
    assert {data.count("\n") for data in files.values()} == {1}
    assert len(files["t.en"].splitlines()) == 1
    assert files["t.en"].split() == re.sub(r"[\x1c-\x1f]", " ", HALVES.sub("\ufffd", text)).split()
    assert files["t.ids"] == "t.al.s.p1.s1\tt-en.p1.s1\tt-ja.p1.s1\n"


# --- packages: DOCX, EPUB ----------------------------------------------------------------


def table(checked: CheckedText) -> list[list[str]]:
    (data,) = render(checked, "docx").values()
    (found,) = docx.Document(BytesIO(data)).tables
    return [[cell.text for cell in row.cells] for row in found.rows]


def test_docx_is_a_table_of_the_beads() -> None:
    header, *rows = table(sample())
    assert header == ["Paragraph", "English (en)", "Japanese (ja)", "Arabic (ar)", "Status", "Ids"]
    said = [dict(zip(LANGUAGES, row[1:4], strict=True)) for row in rows]
    assert said == [
        {tag: joined(tag, own) for tag, own in bead.items()} for bead in texts_of(sample())
    ]
    assert [row[4] for row in rows].count("locked") == 1
    assert rows[1][5].split("\n") == [
        "t.al.s.p2.s1",
        "en:p2.s1+p3.s1 ja:p2.s1 ar:p2.s1",
    ]


@laws
@given(text=TEXTS)
def test_docx_loses_no_legal_character(text: str) -> None:
    _, row = table(with_words(text))
    expected = in_xml(text).replace("\r\n", "\n").replace("\r", "\n")
    assert row[1:3] == [expected] * 2


def book(checked: CheckedText) -> Mapping[str, bytes]:
    (data,) = render(checked, "epub").values()
    with ZipFile(BytesIO(data)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
        return {name: archive.read(name) for name in archive.namelist()}


def test_epub_has_a_row_for_each_bead_and_an_element_for_each_sentence() -> None:
    root = etree.fromstring(book(sample())["EPUB/text.xhtml"])
    rows = root.findall(".//{*}tbody/{*}tr")
    assert [row.get("id") for row in rows] == [b.id for b in sample().text.sentences.beads]
    said = [
        {cell.get(XML_LANG): [span.text for span in cell] for cell in row.findall("{*}td")}
        for row in rows
    ]
    assert said == texts_of(sample())


@laws
@given(text=TEXTS)
def test_epub_loses_no_legal_character(text: str) -> None:
    root = etree.fromstring(book(with_words(text))["EPUB/text.xhtml"])
    assert [span.text for span in root.iter("{*}span")] == [in_xml(text)] * 2


# --- the command -------------------------------------------------------------------------


def test_the_command_exports_from_texts_tei_and_json(
    texts: Path, stand_in: object, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", "--format", "tei,json", "--quiet"]) == 0
    formats = ",".join(name for name in WRITERS if not name.startswith("tei"))
    for number, source in enumerate(["texts", "out/tiny/tei", "out/tiny/tiny.json"]):
        assert main(["export", source, "--format", formats, "--out", f"x{number}"]) == 0
    found = [
        {p.relative_to(f"x{k}"): p.read_bytes() for p in Path(f"x{k}").rglob("*") if p.is_file()}
        for k in range(3)
    ]
    same = {"tsv", "jsonl", "tmx", "xlf", "en", "ja", "it", "ids", "epub", "docx"}
    for other in found[1:]:
        assert set(found[0]) == set(other)
        for path, data in found[0].items():
            if path.suffix[1:] in same or path.parts[1] in ("cesalign", "intertext"):
                assert other[path] == data, path


def test_the_command_takes_a_source(texts: Path, stand_in: object) -> None:
    assert main(["export", "--format", "xliff", "--source", "ja", "--quiet"]) == 0
    assert {path.name for path in Path("out/tiny").iterdir()} == {
        "tiny.ja-en.xlf",
        "tiny.ja-it.xlf",
    }
    assert main(["export", "--format", "xliff", "--source", "fr"]) == 2


@pytest.mark.parametrize("name", [name for name in WRITERS if name != "html"])
def test_what_a_format_cannot_hold_is_said(name: str) -> None:
    """A character is replaced in a format if, and only if, `losses` says so."""
    for words in ("a\x07b", "a\ufffeb", "a\ud800b", "a\x85b", "a\U000e0100\u0301b"):
        checked = with_words(words)
        said = list(losses(checked, [name]))
        if name in ("docx", "xlsx", "epub"):
            (package,) = render(checked, name).values()
            with ZipFile(BytesIO(package)) as archive:
                held = b"".join(archive.read(part) for part in archive.namelist())
        else:
            held = b"".join(render(checked, name).values())
        replaced = b"a\xef\xbf\xbdb" in held.replace(b"&#65533;", b"\xef\xbf\xbd")
        assert bool(said) == replaced, (words, said)
        if said:
            assert f"U+{ord(words[1]):04X}" in said[0]


def test_the_command_says_what_was_lost(
    texts: Path, stand_in: object, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", "--format", "json", "--quiet"]) == 0
    path = Path("out/tiny/tiny.json")  # a reader of texts takes such characters out
    path.write_text(path.read_text("utf-8").replace("met in", "m\\u0007t in"), encoding="utf-8")
    assert main(["export", str(path), "--format", "tmx,tsv", "--out", "again"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "en/tiny.md: 1 character (U+0007) cannot stand in tmx: written as U+FFFD" in said


# --- other people's programs -------------------------------------------------------------

JAVA = shutil.which("java")
EPUBCHECK = shutil.which("epubcheck")
OPUS_READ = Path(sys.executable).with_name("opus_read")
OFFICE = shutil.which("soffice")


@pytest.mark.parametrize("make", [sample, hostile])
def test_tmx_is_valid_against_its_dtd(make: object) -> None:
    dtd = tmx_dtd()
    (data,) = render(make(), "tmx").values()  # type: ignore[operator]
    assert dtd.validate(etree.fromstring(data)), dtd.error_log


@pytest.mark.parametrize("make", [sample, hostile])
def test_xliff_is_valid_against_the_core_schema(make: object) -> None:
    core = xliff_core()
    for data in render(make(), "xliff").values():  # type: ignore[operator]
        assert core.validate(etree.fromstring(data)), core.error_log


def opus_lines(document: str, a: str, b: str) -> tuple[list[str], list[str]]:
    """Return what opustools reads of the links of two languages in the current folder."""
    if not OPUS_READ.exists():
        pytest.skip("opustools is not installed (PyPI)")
    command = [str(OPUS_READ), "-d", "any", "-s", a, "-t", b, "-af", f"{document}.{a}-{b}.xml"]
    command += ["-p", "raw", "-wm", "moses", "-w", "source.txt", "target.txt"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    first, second = (
        Path(name).read_text(encoding="utf-8").split("\n")[:-1]
        for name in ("source.txt", "target.txt")
    )
    return first, second


@pytest.mark.parametrize("make", [sample, hostile])
def test_opustools_reads_the_links(
    make: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: CheckedText = make()  # type: ignore[operator]
    ps.write(checked, tmp_path, "cesalign")
    monkeypatch.chdir(tmp_path / "cesalign")
    for a, b in combinations(LANGUAGES, 2):
        both = opus_lines("t", a, b)
        for tag, side in ((a, 0), (b, 1)):
            version = checked.text.version(tag)
            said = " ".join(both[side]).split()
            beads = checked.text.pair(a, b)
            ranges: list[Range] = [(bead.source, bead.target)[side] for bead in beads]
            spoken = [in_xml(version.text(version.sentences[k])) for r in ranges for k in r.indices]
            assert said == " ".join(spoken).split()


@pytest.mark.skipif(not (JAVA and EPUBCHECK), reason="epubcheck is not installed (apt, with Java)")
def test_epubcheck_finds_nothing(tmp_path: Path) -> None:
    (path,) = ps.write(hostile(), tmp_path, "epub")
    done = subprocess.run(
        [str(JAVA), "-jar", str(EPUBCHECK), str(path)], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 fatals / 0 errors / 0 warnings" in done.stdout + done.stderr


def office(path: Path, target: str) -> bytes:
    """Return *path* as LibreOffice converts it to *target*."""
    profile = (path.parent / "profile").as_uri()
    subprocess.run(
        [str(OFFICE), "--headless", f"-env:UserInstallation={profile}", "--convert-to", target,
         "--outdir", str(path.parent), str(path)],
        check=True, capture_output=True, timeout=180, env={**os.environ, "HOME": str(path.parent)},
    )  # fmt: skip
    return path.with_suffix(f".{target.partition(':')[0]}").read_bytes()


@pytest.mark.skipif(not OFFICE, reason="LibreOffice is not installed (apt)")
def test_libreoffice_opens_the_table_and_the_workbook(tmp_path: Path) -> None:
    (path,) = ps.write(hostile(), tmp_path, "docx")
    root = etree.fromstring(office(path, "fodt"))
    (found,) = root.iter("{*}table")
    said = [
        ["\n".join(map(_odf, cell)) for cell in row.iter("{*}table-cell")]
        for row in found.iter("{*}table-row")
    ]
    assert [row[1] for row in said[1:]] == [_plain(words) for words in HOSTILE]

    (path,) = ps.write(hostile(), tmp_path, "xlsx")
    data = office(path, "csv:Text - txt - csv (StarCalc):44,34,76")
    rows = list(csv.reader(StringIO(data.decode(), newline="")))
    assert [row[1] for row in rows[1:]] == [_plain(words) for words in HOSTILE]


def _odf(node: etree._Element) -> str:
    """Return the text in *node* of OpenDocument, whose spaces and breaks are elements."""
    name = etree.QName(node).localname
    said = {"s": " ", "tab": "\t", "line-break": "\n"}.get(name, "")
    if name == "s":
        said *= int(node.get(f"{{{node.nsmap['text']}}}c", "1"))
    return said + (node.text or "") + "".join(_odf(child) + (child.tail or "") for child in node)


def _plain(words: str) -> str:
    return in_xml(words).replace("\r\n", "\n")


@pytest.mark.parametrize("make", [sample, hostile])
def test_openpyxl_reads_the_workbook(make: object) -> None:
    (data,) = render(make(), "xlsx").values()  # type: ignore[operator]
    sheet = load_workbook(BytesIO(data))["Sentences"]
    header, *rows = sheet.iter_rows(values_only=True)
    assert header[-2:] == ("Bead", "Segments")
    assert [row[-2] for row in rows] == [b.id for b in make().text.sentences.beads]  # type: ignore[operator]
