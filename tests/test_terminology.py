"""Glossary files."""

from __future__ import annotations

import logging
from pathlib import Path

import openpyxl
import pytest

from parallel_statement.errors import InputError
from parallel_statement.formats.glossary import read_glossary
from parallel_statement.model import Designation

HEADER = "id,en,en:admitted,en:deprecated,ja,pos,domain,note\n"


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_read_csv(tmp_path: Path, delimiter: str, encoding: str, newline: str) -> None:
    text = HEADER + "rule,rule of law,state of law|SoL,rule by law,法の支配,noun,law,\n\n"
    text = text.replace(",", delimiter).replace("\n", newline)
    read = read_glossary(write(tmp_path / "g.csv", text, encoding))
    assert read.name == "g.csv"
    assert read.languages == ("en", "ja")
    (concept,) = read.concepts
    assert (concept.id, concept.part_of_speech, concept.domain) == ("rule", "noun", "law")
    assert concept.terms("en") == (
        Designation("en", "rule of law", part_of_speech="noun"),
        Designation("en", "state of law", "admitted", part_of_speech="noun"),
        Designation("en", "SoL", "admitted", part_of_speech="noun"),
        Designation("en", "rule by law", "deprecated", part_of_speech="noun"),
    )


def test_quoted_cells_may_hold_delimiters_and_line_ends(tmp_path: Path) -> None:
    text = 'id,en,note\nmeti,"Ministry of Economy, Trade and Industry","a\nb"\nother,x,\n'
    first, _ = read_glossary(write(tmp_path / "g.csv", text)).concepts
    assert first.terms("en")[0].text == "Ministry of Economy, Trade and Industry"
    with pytest.raises(InputError, match=r"g\.csv:4: .*already taken by line 2"):
        read_glossary(write(tmp_path / "g.csv", text.replace("other", "meti")))


def test_read_xlsx(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (("id", "en", "it"), ("a", "naval vessel", "unità navale"), ("b", "Expo", None)):
        book.active.append(row)
    book.save(tmp_path / "g.xlsx")
    read = read_glossary(tmp_path / "g.xlsx")
    assert [len(concept.designations) for concept in read.concepts] == [2, 1]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        ("name,en\na,b\n", r":1: has no column 'id'"),
        ("id,pos\na,noun\n", r":1: has no column of a language"),
        ("id,en,en\na,b,c\n", r":1: two columns are called 'en'"),
        ("id,en,EN\na,b,c\n", r":1: the columns 'en' and 'EN' are for the same terms"),
        ("id,en,klingonish_\na,b,c\n", r":1: unknown column 'klingonish_'"),
        ("id,en,en:forbidden\na,b,c\n", r":1: unknown column 'en:forbidden'"),
        ("id,en,ja:admitted\na,b,c\n", r":1: .*'ja:admitted' but none called 'ja'"),
        ("id,en\na,b\na,c\n", r":3: the id 'a' is already taken by line 2"),
        ("id,en\n1a,b\n", r":2: '1a' cannot be an id"),
        ("id,en\na b,c\n", r":2: 'a b' cannot be an id"),
        ("id,en\na,\n", r":2: 'a' has no term in any language"),
        ("id,en,en:admitted\na,,b\n", r":2: .*'en' has the admitted term 'b' but"),
        ("id,en,ja,ja:deprecated\na,b,,c\n", r":2: .*'ja' has the deprecated term 'c' but"),
        ("id,en\na,b|c\n", r":2: the column 'en' holds one preferred term"),
        ("id,en,en:deprecated\na,b,c|b\n", r":2: .*'b' twice for 'en', as preferred and as depr"),
        ("id,en,en:admitted\na,b,c|c\n", r":2: .*'c' twice for 'en', as admitted and as adm"),
        ("id,en\na,b,c\n", r":2: this row has 3 cells, the header has 2"),
        ("id,en\na\n", r":2: this row has 1 cells, the header has 2"),
        ("id,en\na,--\n", r":2: '--' is no term"),
        ('id,en\na,"b\n', r"is no well-formed CSV"),
        ("id,en\na,b\0\n", r"not a text file"),
    ],
)
def test_faults_in_a_glossary_are_said(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_glossary(write(tmp_path / "g.csv", text))


def test_glossary_in_another_encoding(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"g\.csv:2: is not UTF-8"):
        read_glossary(write(tmp_path / "g.csv", "id,ja\na,法の支配\n", "shift_jis"))


def test_glossary_that_is_not_there_or_no_workbook(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        read_glossary(tmp_path / "none.csv")
    (tmp_path / "g.xlsx").write_bytes(b"PK no")
    with pytest.raises(InputError, match="no XLSX file"):
        read_glossary(tmp_path / "g.xlsx")


def test_one_term_for_two_concepts_is_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        read_glossary(write(tmp_path / "g.csv", "id,ja\na,首相\nb,首相\n"))
    assert "'首相' (ja) is the preferred term of two concepts, a and b" in caplog.text


def test_a_term_of_one_concept_may_be_deprecated_for_another(tmp_path: Path) -> None:
    text = "id,en,en:deprecated\na,state,\nb,country,state\n"
    first, second = read_glossary(write(tmp_path / "g.csv", text)).concepts
    assert [each.status for each in first.designations] == ["preferred"]
    assert [each.status for each in second.designations] == ["preferred", "deprecated"]


def test_an_id_may_have_any_letters(tmp_path: Path) -> None:
    (concept,) = read_glossary(write(tmp_path / "g.csv", "id,en\n合意,agreement\n")).concepts
    assert concept.id == "合意"


def test_a_language_may_have_no_term(tmp_path: Path) -> None:
    (concept,) = read_glossary(write(tmp_path / "g.csv", "id,en,ja\na,b,\n")).concepts
    assert concept.terms("ja") == ()
