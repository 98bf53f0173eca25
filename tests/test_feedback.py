"""Files that come back from people: what they changed becomes locks, and nothing is guessed."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from io import StringIO
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

import parallel_statement as ps
from exchange_sample import checked_text, hostile, locked, sample
from parallel_statement.cli import main
from parallel_statement.errors import InputError
from parallel_statement.feedback import Feedback, judge
from parallel_statement.formats import render
from parallel_statement.formats.returned import Cell, Returned, ReturnedRow, read_returned
from parallel_statement.locking import describe
from parallel_statement.model import CheckedText, Lock, PairBead, Range

FORMATS = ("tsv", "csv", "xlsx", "docx", "tmx")
XLF = "{urn:oasis:names:tc:xliff:document:2.0}"
Rows = list[list[str]]
laws = settings(max_examples=40, deadline=None)


def exported(checked: CheckedText, name: str, folder: Path) -> Path:
    """Return the first file that *checked* makes in this format."""
    file, data = next(iter(render(checked, name).items()))
    path = folder / file
    path.write_bytes(data)
    return path


def found(feedback: Feedback) -> list[tuple[str, str]]:
    return [(each.reason, describe(each.lock)) for each in feedback.decisions]


def problems(feedback: Feedback) -> list[tuple[str, str]]:
    return [(each.problem, each.language) for each in feedback.conflicts]


# --- a table, changed in any of the formats ----------------------------------------------
# columns of the rows that a change gets: en, ja, ar, status, note, ids


def change_tsv(path: Path, change: Callable[[Rows], Rows]) -> None:
    delimiter = "," if path.suffix == ".csv" else "\t"
    text = path.read_text(encoding="utf-8-sig")
    header, *rows = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
    given = [[*row[3:6], row[2], "", "\n".join([row[0], *row[6:]])] for row in rows]
    lines = [[*header, "Note"]]
    for row in change(given):
        bead, *ids = (row[5] or "\n\n\n").split("\n")
        lines.append([bead, "", row[3], *row[:3], *ids, row[4]])
    out = StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(lines)
    path.write_text(out.getvalue(), encoding="utf-8", newline="")


def change_xlsx(path: Path, change: Callable[[Rows], Rows]) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    rows = [[cell.value or "" for cell in row] for row in sheet.iter_rows(min_row=2)]
    changed = change([[*row[1:4], row[5], "", f"{row[7]}\n{row[8]}"] for row in rows])
    sheet.delete_rows(2, sheet.max_row)
    sheet.cell(1, 10).value = "Note"
    for row in changed:
        bead, _, ids = row[5].partition("\n")
        sheet.append(["", *row[:3], 0.5, row[3], "", bead, ids, row[4]])
    book.save(path)


def change_docx(path: Path, change: Callable[[Rows], Rows]) -> None:
    document = docx.Document(str(path))
    (table,) = document.tables
    rows = [[cell.text for cell in row.cells] for row in table.rows][1:]
    changed = change([[*row[1:4], row[4], "", row[5]] for row in rows])
    for row in table.rows[1:]:
        table._tbl.remove(row._tr)
    for row in changed:
        for cell, words in zip(table.add_row().cells, ["", *row[:3], row[3], row[5]], strict=True):
            cell.text = words
    document.save(str(path))


def change_tmx(path: Path, change: Callable[[Rows], Rows]) -> None:
    root = etree.parse(path).getroot()
    body = root.find("body")
    rows = []
    for unit in list(body):
        said = {tuv.get("{http://www.w3.org/XML/1998/namespace}lang"): tuv for tuv in unit}
        texts = [said[tag].findtext("seg") if tag in said else "" for tag in ("en", "ja", "ar")]
        ids = {tag: said[tag].findtext("prop") for tag in ("en", "ja", "ar") if tag in said}
        status = unit.findtext("prop[@type='x-status']")
        rows.append([*texts, status, "", json.dumps([unit.get("tuid"), ids])])
        body.remove(unit)
    for row in change(rows):
        name, ids = json.loads(row[5]) if row[5] else ["", {}]
        unit = etree.SubElement(body, "tu", {"tuid": name} if name else {})
        etree.SubElement(unit, "note").text = row[4]
        etree.SubElement(unit, "prop", type="x-status").text = row[3]
        for tag, words in zip(("en", "ja", "ar"), row[:3], strict=True):
            if words:
                tuv = etree.SubElement(unit, "tuv", {"lang": tag.upper()})  # as OmegaT does
                if tag in ids:
                    etree.SubElement(tuv, "prop", type="x-segments").text = ids[tag]
                etree.SubElement(tuv, "seg").text = words
    path.write_bytes(etree.tostring(root))


CHANGE = {
    "tsv": change_tsv,
    "csv": change_tsv,
    "xlsx": change_xlsx,
    "docx": change_docx,
    "tmx": change_tmx,
}


def returned(
    name: str, folder: Path, change: Callable[[Rows], Rows], checked: CheckedText | None = None
) -> Feedback:
    """Return what comes of an exported file after a *change* of its rows."""
    checked = sample() if checked is None else checked
    path = exported(checked, name, folder)
    CHANGE[name](path, change)
    return ps.read_feedback(path, checked.text, checked.text.locks)


@pytest.fixture(params=FORMATS)
def name(request: pytest.FixtureRequest) -> str:
    """A format that people can change."""
    return str(request.param)


# --- round trips -------------------------------------------------------------------------


@pytest.mark.parametrize("make", [sample, hostile])
def test_what_nobody_changed_changes_nothing(
    name: str, make: Callable[[], CheckedText], tmp_path: Path
) -> None:
    checked = make()
    made = ps.read_feedback(exported(checked, name, tmp_path), checked.text, checked.text.locks)
    assert (made.decisions, made.conflicts, made.remarks) == ((), (), ())
    assert made.rows == len(checked.text.sentences.beads)


@pytest.mark.parametrize("make", [sample, hostile])
def test_xliff_that_nobody_changed_changes_nothing(
    make: Callable[[], CheckedText], tmp_path: Path
) -> None:
    checked = make()
    for file, data in render(checked, "xliff").items():
        (tmp_path / file).write_bytes(data)
        made = ps.read_feedback(tmp_path / file, checked.text, checked.text.locks)
        assert (made.decisions, made.conflicts) == ((), ())


WORDS = st.text(st.characters(codec=None), min_size=1, max_size=12).filter(
    lambda words: bool(words.strip())
) | st.sampled_from(["same", "Same.", "\x07", "\ud800", "e\u0301", "\u00a0x", "=1", "]]>&", "שלום"])
SIZES = st.lists(
    st.tuples(*[st.integers(0, 2)] * 3).filter(lambda bead: sum(bool(n) for n in bead) > 1),
    min_size=1,
    max_size=5,
)


@laws
@given(data=st.data(), sizes=SIZES)
def test_every_table_comes_back_whole(
    data: st.DataObject, sizes: list[tuple[int, ...]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    columns = [
        data.draw(st.lists(WORDS, min_size=count, max_size=count))
        for count in (sum(bead[k] for bead in sizes) for k in range(3))
    ]
    if not all(columns):
        return
    checked = checked_text(columns, sizes)
    for number in range(len(sizes)):
        if data.draw(st.booleans()):
            checked = replace(checked, text=locked(checked.text, number))
    folder = tmp_path_factory.mktemp("back")
    for form in (*FORMATS, "xliff"):
        for file, content in render(checked, form).items():
            (folder / file).write_bytes(content)
            # a status "locked" without a lock in the file of locks is a decision like any other
            made = ps.read_feedback(folder / file, checked.text, checked.text.locks)
            assert made.conflicts == (), (form, made.conflicts)
            assert {each.reason for each in made.decisions} <= {"accepted"}, form


# --- what people change ------------------------------------------------------------------


def test_rows_that_were_joined(name: str, tmp_path: Path) -> None:
    def join(rows: Rows) -> Rows:
        rows[0] = [f"{a} {b}" for a, b in zip(rows[0][:3], rows[1][:3], strict=True)] + rows[0][3:]
        return [rows[0], *rows[2:]]

    made = returned(name, tmp_path, join)
    assert found(made) == [("regrouped", "en:p1.s1+p2.s1+p3.s1 ja:p1.s1+p2.s1 ar:p1.s1+p2.s1")]
    assert made.conflicts == ()


def test_a_row_that_was_divided(name: str, tmp_path: Path) -> None:
    def divide(rows: Rows) -> Rows:
        row = rows[1]
        return [rows[0], ["They met.", *row[1:]], ["They spoke.", "", "", "", "", ""], *rows[2:]]

    made = returned(name, tmp_path, divide)
    assert found(made) == [
        ("regrouped", "en:p2.s1 ja:p2.s1 ar:p2.s1"),
        ("regrouped", "en:p3.s1 ja:- ar:-"),
    ]
    assert made.conflicts == ()


def test_a_sentence_that_went_to_the_next_row(name: str, tmp_path: Path) -> None:
    def move(rows: Rows) -> Rows:
        rows[1][0], rows[2][0] = "They met.", f"They spoke. {rows[2][0]}"
        return rows

    sentences = [["A.", "B.", "They met.", "They spoke.", "C."], list("あいうえ"), list("abcd")]
    checked = checked_text(sentences, [(1, 1, 1), (1, 1, 1), (2, 1, 1), (1, 1, 1)])

    def move_on(rows: Rows) -> Rows:
        rows[2][0], rows[3][0] = "They met.", "They spoke. C."
        return rows

    made = returned(name, tmp_path, move_on, checked)
    assert found(made) == [
        ("regrouped", "en:p3.s1 ja:p3.s1 ar:p3.s1"),
        ("regrouped", "en:p4.s1+p5.s1 ja:p4.s1 ar:p4.s1"),
    ]
    conflicting = returned(name, tmp_path, move)  # what is locked in the sample stays
    assert ("contradicts a lock", "") in problems(conflicting)


def test_a_status_and_a_note(name: str, tmp_path: Path) -> None:
    def accept(rows: Rows) -> Rows:
        rows[0][3:5] = ["Accepted", "as printed"]
        return rows

    made = returned(name, tmp_path, accept)
    assert found(made) == [("accepted", "en:p1.s1 ja:p1.s1 ar:p1.s1")]
    assert made.locks[0].note == ("" if name == "docx" else "as printed")


def test_a_row_that_was_refused(name: str, tmp_path: Path) -> None:
    checked = checked_text([["A.", "B."], ["あ", "い"], ["a"]], [(1, 1, 1), (1, 1, 0)])

    def refuse(rows: Rows) -> Rows:
        rows[0][3] = rows[1][3] = "refused"
        return rows

    made = returned(name, tmp_path, refuse, checked)
    assert [(each.lock.together, describe(each.lock)) for each in made.decisions] == [
        (False, "en:p2.s1 ja:p2.s1")
    ]
    assert problems(made) == [("which pair is not said", "")]  # of three sentences


def test_words_that_were_changed_are_never_applied(name: str, tmp_path: Path) -> None:
    def edit(rows: Rows) -> Rows:
        rows[1][0] = "They met. They talked."
        rows[1][3] = "accepted"
        return rows

    made = returned(name, tmp_path, edit)
    assert made.decisions == ()
    (conflict,) = made.conflicts
    assert (conflict.problem, conflict.language) == ("words changed", "en")
    assert conflict.said == "They met. They talked."
    assert (conflict.meant, conflict.known) == ("en:p2.s1+p3.s1", "They met. They spoke.")
    assert any(word in conflict.place for word in ("line", "row 3"))


def test_a_sentence_that_was_divided_is_a_conflict(name: str, tmp_path: Path) -> None:
    def divide(rows: Rows) -> Rows:
        return [rows[0], rows[1], ["Tha", *rows[2][1:]], ["nks.", "", "", "", "", ""], *rows[3:]]

    made = returned(name, tmp_path, divide)
    assert made.decisions == ()
    assert problems(made)[0] == ("sentence divided", "en")


def test_equal_words_are_told_apart_by_ids_or_neighbours(name: str, tmp_path: Path) -> None:
    def accept_the_second(rows: Rows) -> Rows:
        rows[3][3] = "accepted"
        return rows

    assert found(returned(name, tmp_path, accept_the_second)) == [
        ("accepted", "en:p5.s1 ja:p4.s1 ar:p4.s1")
    ]

    def without_ids(rows: Rows) -> Rows:
        return [[*row[:5], ""] for row in accept_the_second(rows)]

    assert found(returned(name, tmp_path, without_ids)) == [
        ("accepted", "en:p5.s1 ja:p4.s1 ar:p4.s1")
    ]

    def alone(rows: Rows) -> Rows:
        return [[*rows[3][:3], "accepted", "", ""]]

    made = returned(name, tmp_path, alone)
    assert made.decisions == ()
    assert {problem for problem, _ in problems(made)} == {"place not sure"}


def test_a_sentence_in_two_rows(name: str, tmp_path: Path) -> None:
    def copy(rows: Rows) -> Rows:
        return [*rows, [rows[0][0], "", "", "accepted", "", ""]]

    made = returned(name, tmp_path, copy)
    assert made.decisions == ()
    assert problems(made) == [("in two rows", "")] * 2


def test_a_word_that_is_no_status(name: str, tmp_path: Path) -> None:
    def wonder(rows: Rows) -> Rows:
        rows[0][3] = "perhaps"
        return rows

    made = returned(name, tmp_path, wonder)
    assert made.decisions == ()
    assert problems(made) == [("unknown status", "")]
    assert "accepted" in made.conflicts[0].advice


def test_rows_may_be_sorted_and_left_out(name: str, tmp_path: Path) -> None:
    def sort(rows: Rows) -> Rows:
        return sorted(rows[1:], key=lambda row: row[0])

    made = returned(name, tmp_path, sort)
    assert (made.decisions, made.conflicts) == ((), ())
    assert made.remarks == tuple(
        f"{tag}: 1 sentence in no row; nothing follows of it" for tag in ("en", "ja", "ar")
    )


def test_a_lock_that_the_file_does_not_have_is_kept(name: str, tmp_path: Path) -> None:
    def reopen(rows: Rows) -> Rows:
        rows[2][3] = "automatic"
        return rows

    made = returned(name, tmp_path, reopen)
    assert (made.decisions, made.conflicts) == ((), ())
    assert "it stays locked" in made.remarks[0]


def test_a_file_of_an_older_alignment_decides_nothing(name: str, tmp_path: Path) -> None:
    path = exported(sample(), name, tmp_path)
    sentences = [["Title", "They met.", "They spoke.", "Thanks.", "Thanks.", "Only here."],
                 ["題", "会談し、話した。", "感謝。", "感謝。", "日本語のみ。"],
                 ["عنوان", "التقوا وتحدثوا.", "شكرا.", "شكرا."]]  # fmt: skip
    now = checked_text(
        sentences, [(2, 1, 1), (1, 1, 1), (1, 1, 1), (1, 1, 1), (1, 0, 0), (0, 1, 0)]
    )
    made = ps.read_feedback(path, now.text, sample().text.locks)
    assert (made.decisions, made.conflicts) == ((), ())
    assert "the alignment is another now" in made.remarks[0]


def test_rows_that_contradict_each_other_are_both_left(tmp_path: Path) -> None:
    text = checked_text([["A.", "B."], ["あ", "い"]], [(1, 1), (1, 1)]).text
    crossed = [
        ReturnedRow("row 2", "", "", "", {"en": Cell("A."), "ja": Cell("い")}),
        ReturnedRow("row 3", "", "", "", {"en": Cell("B."), "ja": Cell("あ")}),
    ]
    made = judge(Returned("a.xlsx", "t", tuple(crossed)), text)
    assert made.decisions == ()
    assert problems(made) == [("contradicts a row", "")]
    assert "row 2" in made.conflicts[0].advice


def test_of_a_row_with_a_conflict_nothing_is_applied() -> None:
    """A row of two finer pairs makes two locks; one of them contradicts what is locked."""
    checked = checked_text([["A.", "B."], ["あ", "い"], ["a"]], [(2, 2, 1)])
    pairs = dict(checked.text.sentences.pairs)
    pairs["en", "ja"] = tuple(
        PairBead(f"t.al.s.en-ja.{k}", Range(k, k + 1), Range(k, k + 1), 1.0) for k in range(2)
    )
    sentences = replace(checked.text.sentences, pairs=pairs)
    text = replace(checked.text, sentences=sentences)
    row = ReturnedRow(
        "row 2", "", "accepted", "", {"en": Cell("A. B."), "ja": Cell("あい"), "ar": Cell("a")}
    )
    table = Returned("a.xlsx", "t", (row,))
    assert len(judge(table, text).decisions) > 1
    crossed = Lock("sentence", {"en": ("t-en.p2.s1",), "ja": ("t-ja.p1.s1",)})
    made = judge(table, text, [crossed])
    assert made.decisions == ()
    assert {problem for problem, _ in problems(made)} == {"contradicts a lock"}


def test_a_language_that_the_text_does_not_have(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("bead\tstatus\ten\tja\tfr\n\taccepted\tTitle\t題\tTitre\n", encoding="utf-8")
    made = ps.read_feedback(path, sample().text)
    assert problems(made) == [("no such version", "fr")]
    assert found(made) == [("accepted", "en:p1.s1 ja:p1.s1")]


# --- XLIFF -------------------------------------------------------------------------------


def test_xliff_segments_that_a_tool_divided_and_accepted(tmp_path: Path) -> None:
    checked = sample()
    path = exported(checked, "xliff", tmp_path)
    root = etree.parse(path).getroot()
    first, second = root.findall(f".//{XLF}unit")[:2]
    first.find(f"{XLF}segment").set("state", "reviewed")
    segment = second.find(f"{XLF}segment")
    segment.find(f"{XLF}source").text = "They met."
    new = etree.SubElement(second, f"{XLF}segment")
    etree.SubElement(new, f"{XLF}source").text = "They spoke."
    path.write_bytes(etree.tostring(root))
    made = ps.read_feedback(path, checked.text, checked.text.locks)
    assert found(made) == [
        ("accepted", "en:p1.s1 ja:p1.s1"),
        ("regrouped", "en:p2.s1 ja:p2.s1"),
        ("regrouped", "en:p3.s1 ja:-"),
    ]


def test_xliff_1_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlf"
    path.write_text('<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"/>')
    with pytest.raises(InputError, match=r"a\.xlf:1: is no XLIFF 2 \(1\.2\)"):
        read_returned(path)


# --- DOCX as Word saves it ---------------------------------------------------------------


def test_tracked_changes_count_as_accepted(tmp_path: Path) -> None:
    path = exported(sample(), "docx", tmp_path)
    document = docx.Document(str(path))
    paragraph = document.tables[0].rows[1].cells[1].paragraphs[0]._p
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    gone = etree.SubElement(paragraph, f"{{{word}}}del")
    etree.SubElement(etree.SubElement(gone, f"{{{word}}}r"), f"{{{word}}}delText").text = "gone"
    document.save(str(path))
    assert ps.read_feedback(path, sample().text, sample().text.locks).conflicts == ()


# --- files that are none -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("a.odt", b"", "no rows are read from this kind of file"),
        ("a.tsv", b"", "has no two columns of text"),
        ("a.tsv", b"bead\ten\n", "has no two columns of text"),
        ("a.tsv", b"en\tja\ten\n", "two columns of text in en"),
        ("a.tsv", b"en\tja\n\xff\n", "a.tsv:2: is not UTF-8"),
        ("a.csv", b'en,ja\n"x', "a.csv:2: is no well-formed CSV"),
        ("a.tmx", b"<tmx><body><tu><tuv/></tu></body></tmx>", "a.tmx:1: unknown language"),
        ("a.tmx", b"<html/>", "a.tmx:1: is no TMX"),
        ("a.xlf", b"<xliff", "a.xlf:1: is no well-formed XML"),
        ("a.xlsx", b"PK", "is no XLSX file"),
        ("a.docx", b"PK", "is no DOCX file"),
        ("none.tsv", None, "there is no such file"),
    ],
)
def test_a_file_that_is_no_table(
    tmp_path: Path, file: str, content: bytes | None, message: str
) -> None:
    if content is not None:
        (tmp_path / file).write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_returned(tmp_path / file)
    assert message in str(caught.value)


def test_a_table_of_another_text_is_refused(tmp_path: Path) -> None:
    path = exported(sample(), "tsv", tmp_path)
    other = replace(sample().text, id="other")
    with pytest.raises(InputError, match="is of the text t, not of other"):
        ps.read_feedback(path, other)


# --- the command -------------------------------------------------------------------------


def test_the_command_keeps_the_decisions_and_says_what_it_did(
    texts: Path, stand_in: object, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", "--format", "json,xlsx", "--quiet"]) == 0
    path = Path("out/tiny/tiny.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet["F2"] = "accepted"
    whole = sheet["B3"].value
    sheet["B3"] = "January 17, 2026"
    book.save(path)
    capsys.readouterr()
    assert main(["import", str(path), "--dry-run"]) == 1
    said = capsys.readouterr().out
    assert "row 2: accepted: en:head.s1 it:head.s1 ja:head.s1" in said
    assert "words changed" in said
    assert "nothing was written" in said
    assert not Path("texts/tiny.corrections.jsonl").exists()

    assert main(["import", str(path), "--by", "A. Reviser", "--json"]) == 1
    record = json.loads(capsys.readouterr().out)
    assert (record["added"], record["rows"]) == (1, len(list(sheet.iter_rows())) - 1)
    assert record["conflicts"][0]["place"] == "row 3"
    _, change = Path("texts/tiny.corrections.jsonl").read_text(encoding="utf-8").splitlines()
    change = json.loads(change)
    assert (change["action"], change["by"], len(change["add"])) == ("import", "A. Reviser", 1)

    sheet["B3"] = whole
    book.save(path)
    assert main(["import", str(path), "texts"]) == 0  # the same again adds nothing
    assert "0 decisions, 0 conflicts" in capsys.readouterr().out


def cut_up(path: str, *changes: tuple[str, str]) -> str:
    """Return a workbook of the tiny statement with cells (as in ``B4``) changed."""
    assert main(["run", "--format", "json,xlsx", "--quiet"]) == 0
    book = openpyxl.load_workbook("out/tiny/tiny.xlsx")
    sheet = book.worksheets[0]
    rows = {sheet.cell(row, 2).value: row for row in range(2, sheet.max_row + 1)}
    row = rows["They welcomed 3 agreements."]
    sheet.insert_rows(row + 1)
    for column, words in changes:
        place, _, line = column.partition("+")
        sheet[f"{place}{row + int(line or 0)}"] = words
    book.save(path)
    return path


def test_a_sentence_whose_parts_are_all_there_is_cut(
    texts: Path, stand_in: object, capsys: pytest.CaptureFixture[str]
) -> None:
    path = cut_up("a.xlsx", ("B", "They welcomed"), ("B+1", "3 agreements."))
    assert main(["import", path, "--dry-run", "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    (cut,) = record["cuts"]
    assert (cut["language"], cut["sentence"], cut["offset"]) == ("en", "tiny-en.p1.s2", 13)
    assert record["conflicts"] == []
    assert not Path("texts/tiny.corrections.jsonl").exists()

    assert main(["import", path, "--by", "A."]) == 0
    said = capsys.readouterr().out
    assert "divided: en “The leaders met in Tokyo. They welcomed | 3 agreements.”" in said
    assert "regrouped: en:p1.s2 it:p1.s2 ja:p1.s2" in said
    assert "regrouped: en:p1.s3 it:- ja:-" in said
    assert main(["run", "--format", "tsv", "--quiet"]) == 0
    rows = Path("out/tiny/tiny.tsv").read_text(encoding="utf-8").splitlines()
    locked = [row.split("\t")[3] for row in rows if "\tlocked\t" in row]
    assert locked == ["They welcomed", "3 agreements."]
    capsys.readouterr()
    assert main(["undo"]) == main(["undo"]) == 0


@pytest.mark.parametrize(
    "changes",
    [
        (("B", "They welcomed"), ("B+1", "agreements.")),
        (("B", "They welcomed"), ("B+1", "3 agreements. More.")),
        (("B", "They welcomed"), ("B+1", "3 agreements."), ("C", "Hanno visto 3 accordi.")),
        (("B", "They welcomed"), ("B+1", "3 agreements."), ("F", "perhaps")),
    ],
    ids=["a word is missing", "a word too many", "other words beside it", "unknown status"],
)
def test_no_sentence_is_cut_of_which_anything_is_unclear(
    texts: Path,
    stand_in: object,
    capsys: pytest.CaptureFixture[str],
    changes: tuple[tuple[str, str], ...],
) -> None:
    assert main(["import", cut_up("a.xlsx", *changes), "--json"]) == 1
    record = json.loads(capsys.readouterr().out)
    assert record["cuts"] == record["decisions"] == []
    assert "sentence divided" in {each["problem"] for each in record["conflicts"]}
    assert not Path("texts/tiny.corrections.jsonl").exists()


def test_the_command_refuses_what_is_no_table(
    texts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "none.xlsx"]) == 2
    assert "none.xlsx: there is no such file" in capsys.readouterr().err


def test_every_lock_is_one_that_the_aligner_obeys(tmp_path: Path) -> None:
    """What is read back agrees: a file of locks takes it as it is."""
    from parallel_statement.locking import in_reading_order

    def regroup(rows: Rows) -> Rows:
        row = rows[1]
        rows[0][3] = "accepted"
        return [rows[0], ["They met.", *row[1:]], ["They spoke.", "", "", "", "", ""], *rows[2:]]

    made = returned("tsv", tmp_path, regroup)
    locks: Sequence[Lock] = (*sample().text.locks, *made.locks)
    assert len(in_reading_order(locks, sample().text.versions)) == len(locks)
