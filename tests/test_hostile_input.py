"""Input made to hang, to overwrite or to break: each ends soon, and with a message."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

import parallel_statement as ps
from parallel_statement.checks import check
from parallel_statement.cli import main
from parallel_statement.formats import sheet
from parallel_statement.formats.glossary import read_glossary
from parallel_statement.languages import get
from parallel_statement.model import Concept, Designation, Glossary
from parallel_statement.terminology import find_mentions
from parallel_statement.workspace import read_metadata


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("a.md", "---\n" + "- :\n" * 40 + "text", id="front matter"),
        pytest.param("a.md", "# a" + " " * 20_000 + "x", id="end of a heading"),
        pytest.param("a.md", "[a](" + " " * 20_000, id="target of a link"),
        pytest.param("a.md", "a [<b" + " " * 20_000, id="tag without an end"),
        pytest.param("a.txt", "a\n" + " " * 40_000 + "b", id="spaces"),
        pytest.param("a.html", "<!DOCTYPE" * 20_000 + "<p>a</p>", id="document types"),
    ],
)
def test_reading_comes_to_an_end(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert ps.segment(ps.read(path, "en")).sentences


def test_a_term_of_many_hyphens_is_looked_up(tmp_path: Path) -> None:
    term = "-".join(["ab"] * 40)
    glossary = Glossary((Concept("long", (Designation("en", term),)),))
    path = tmp_path / "a.txt"
    path.write_text(f"They said {term} again.", encoding="utf-8")
    (mention,) = find_mentions(ps.segment(ps.read(path, "en")), glossary)
    assert mention.concept == "long"


@pytest.mark.parametrize("language", ["en", "it", "ja", "fr"])
@pytest.mark.parametrize("text", ["9" * 4400, ",".join(map(str, range(1300))), "第٣条 ५万人 ٣月"])
def test_numbers_of_any_length_and_script_are_read(language: str, text: str) -> None:
    assert isinstance(get(language).quantities(text), tuple)


def test_texts_with_endless_numbers_are_checked(tmp_path: Path) -> None:
    versions = []
    for language in ("en", "it"):
        path = tmp_path / f"{language}.txt"
        path.write_text(",".join(map(str, range(2000))) + " " + "7" * 6000, encoding="utf-8")
        versions.append(ps.segment(ps.read(path, language, id="t")))
    assert check(ps.align(versions), None) == ()


def test_the_texts_are_never_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a").mkdir()
    for path in (Path("a/a.html"), Path("b.html")):
        path.write_text("<p>One sentence.</p>", encoding="utf-8")
    files = ["--file", "en=a/a.html", "--file", "it=b.html"]
    assert main(["run", *files, "--out", ".", "--format", "html"]) == 2
    assert "is one of the texts" in capsys.readouterr().err
    assert Path("a/a.html").read_text(encoding="utf-8") == "<p>One sentence.</p>"


def test_nothing_is_written_outside_the_folder(tmp_path: Path) -> None:
    versions = []
    for language in ("en", "it"):
        path = tmp_path / f"{language}.txt"
        path.write_text("One sentence.", encoding="utf-8")
        versions.append(ps.segment(ps.read(path, language, id="../../out")))
    with pytest.raises(ps.OutputError, match="lies outside"):
        ps.write(ps.align(versions), tmp_path / "deep/er", formats="tsv")
    assert not (tmp_path.parent / "out.tsv").exists()


def test_one_language_given_twice_in_two_spellings_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("1", "2"):
        (tmp_path / f"{name}.txt").write_text("One sentence.", encoding="utf-8")
    files = [f"--file=en={tmp_path}/1.txt", f"--file=EN={tmp_path}/2.txt"]
    assert main(["run", *files]) == 2
    assert "a second file for en" in capsys.readouterr().err


@pytest.mark.parametrize("cell", ["XFD2", "B200001"])
def test_a_workbook_that_hides_how_large_it_is_is_refused(tmp_path: Path, cell: str) -> None:
    told, untold = tmp_path / "told.xlsx", tmp_path / "glossary.xlsx"
    book = openpyxl.Workbook()
    book.active["A1"], book.active["B1"], book.active[cell] = "id", "en", "x"
    book.save(told)
    with zipfile.ZipFile(told) as source, zipfile.ZipFile(untold, "w") as target:
        for name in source.namelist():
            target.writestr(name, re.sub(rb"<dimension [^>]*>", b"", source.read(name)))
    with pytest.raises(ps.InputError, match="delete them"):
        read_glossary(untold)


def test_a_page_of_one_endless_line_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<p>" + "One sentence. " * 750_000 + "</p>", encoding="utf-8")
    assert len(ps.read(path, "en").text) > 10_000_000


def test_a_workbook_with_a_cell_at_the_end_of_the_sheet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "glossary.xlsx"
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD60000"] = "id", "x"
    book.save(path)
    with pytest.raises(ps.InputError, match="delete them"):
        read_glossary(path)


def test_a_workbook_that_is_packed_a_thousandfold_is_refused(tmp_path: Path) -> None:
    path = _changed(tmp_path, b"</sheetData>", b"<row/>" * 400_000 + b"</sheetData>")
    with pytest.raises(ps.InputError, match="200 times smaller"):
        read_glossary(path)


def test_a_workbook_that_shows_one_string_in_many_cells_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = openpyxl.Workbook()
    book.active.append(["id", "en"])
    for number in range(5):
        book.active.append([f"a{number}", "word " * 100])
    book.save(tmp_path / "glossary.xlsx")
    assert len(read_glossary(tmp_path / "glossary.xlsx").concepts) == 5
    monkeypatch.setattr(sheet, "MOST_OF_DATA", 2000)
    with pytest.raises(ps.InputError, match="more than 2,000 characters"):
        read_glossary(tmp_path / "glossary.xlsx")


@pytest.mark.parametrize("text", ["id,en\n" + "a,\n" * 200_001, "id,en" + "," * 300 + "\n"])
def test_a_table_of_endless_rows_or_columns_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "glossary.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ps.InputError, match="200,000 rows or 300 columns"):
        read_glossary(path)


def _changed(folder: Path, old: bytes, new: bytes) -> Path:
    """Return a workbook with *new* in place of *old* in its sheet."""
    book = openpyxl.Workbook()
    book.active.append(["id", "en"])
    book.save(folder / "sound.xlsx")
    with (
        zipfile.ZipFile(folder / "sound.xlsx") as source,
        zipfile.ZipFile(folder / "glossary.xlsx", "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(old, new))
    return folder / "glossary.xlsx"


@pytest.mark.parametrize("cut", range(30, 4000, 173))
def test_a_damaged_workbook_is_refused(tmp_path: Path, cut: int) -> None:
    book = openpyxl.Workbook()
    book.active.append(["id", "en"])
    stream = io.BytesIO()
    book.save(stream)
    data = bytearray(stream.getvalue())
    data[cut : cut + 12] = b"\xff" * 12
    path = tmp_path / "glossary.xlsx"
    path.write_bytes(data)
    try:
        read_glossary(path)
    except ps.InputError as error:
        assert "glossary.xlsx" in str(error)
    assert zipfile.is_zipfile(path)


def test_a_glossary_column_serves_every_spelling_and_region_of_its_language(tmp_path: Path) -> None:
    path = tmp_path / "glossary.csv"
    path.write_text("id,EN,pt-br\nlaw,rule of law,Estado de direito\n", encoding="utf-8")
    glossary = read_glossary(path)
    assert glossary.languages == ("en", "pt-BR")
    text = tmp_path / "a.txt"
    text.write_text("They uphold the rule of law.", encoding="utf-8")
    (mention,) = find_mentions(ps.segment(ps.read(text, "en-GB")), glossary)
    assert (mention.concept, mention.designation.language) == ("law", "en-GB")


@pytest.mark.parametrize("name", ["a²", "ªx", "𝐀x", "1a", "a b"])
def test_an_id_that_xml_would_refuse_is_refused_with_its_line(tmp_path: Path, name: str) -> None:
    path = tmp_path / "glossary.csv"
    path.write_text(f"id,en\n{name},law\n", encoding="utf-8")
    with pytest.raises(ps.InputError, match=r"glossary\.csv:2: .* cannot be an id"):
        read_glossary(path)


@pytest.mark.parametrize("value", ["[" * 3000, "9" * 5000], ids=["nested", "endless"])
def test_metadata_that_no_parser_bears_are_refused(tmp_path: Path, value: str) -> None:
    path = tmp_path / "a.toml"
    path.write_text(f"title = {value}\n", encoding="utf-8")
    with pytest.raises(ps.InputError, match=r"a\.toml"):
        read_metadata(path)


def test_a_workbook_serves_as_the_glossary_of_a_folder(tmp_path: Path) -> None:
    for language in ("en", "it"):
        (tmp_path / language).mkdir()
        (tmp_path / language / "a.txt").write_text("One sentence.", encoding="utf-8")
    book = openpyxl.Workbook()
    book.active.append(["id", "en"])
    book.active.append(["law", "rule of law"])
    book.save(tmp_path / "glossary.xlsx")
    glossary = ps.open_texts(tmp_path).read_glossary()
    assert glossary is not None
    assert [concept.id for concept in glossary.concepts] == ["law"]
    (tmp_path / "glossary.csv").write_text("id,en\n", encoding="utf-8")
    with pytest.raises(ps.InputError, match="a second glossary"):
        ps.open_texts(tmp_path)
