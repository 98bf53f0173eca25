"""`align check`: what is new, in every format."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from conftest import IT, RunProcess
from parallel_statement.cli import main

pytestmark = pytest.mark.usefixtures("stand_in", "lockstep")
MINE = Path("texts/it/tiny.md")


def write(**changes: str) -> None:
    """Write the Italian with other numbers, such as ``agreements="4"``."""
    said = IT.replace("3 acc", f"{changes.get('agreements', '3')} acc")
    MINE.write_text(said.replace("2027", changes.get("year", "2027")), encoding="utf-8")


def found(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    capsys.readouterr()
    main(["check", "texts", *arguments])
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    (document,) = told["documents"]
    return document


@pytest.fixture
def earlier(texts: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The findings of a text with one fault."""
    write(year="2028")
    assert main(["check", "texts", "--format", "json", "--out", "old.json"]) == 1
    said = capsys.readouterr().out
    assert "written: old.json" in said
    assert "1 text: 1 error" in said
    return Path("old.json")


# --- what is new -------------------------------------------------------------------------------


def test_what_is_known_counts_no_more(earlier: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "texts", "--baseline", "old.json"]) == 0
    assert "1 text: new none; 1 known from old.json hidden, 0 of it gone" in capsys.readouterr().out


def test_what_is_new_counts(earlier: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(year="2028", agreements="4")
    assert main(["check", "texts", "--baseline", "old.json"]) == 1
    said = capsys.readouterr().out
    assert "“4”" in said
    assert "“2028”" not in said
    assert "1 text: new 1 error; 1 known from old.json hidden, 0 of it gone" in said


def test_what_is_gone_is_told(earlier: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(agreements="4")
    document = found(capsys, "--baseline", "old.json", "--json")
    (finding,) = document["findings"]
    (gone,) = json.loads(earlier.read_text(encoding="utf-8"))["documents"][0]["findings"]
    assert finding["found"] == "4"
    assert (document["hidden"], document["gone"]) == (0, [gone["id"]])


def test_an_edit_elsewhere_makes_nothing_new(
    earlier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for language in ("en", "it", "ja"):
        path = Path("texts", language, "tiny.md")
        said = path.read_text(encoding="utf-8")
        path.write_text(said.replace("\n2. ", "\n2. Tokyo, Tokyo. "), encoding="utf-8")
    assert main(["check", "texts", "--baseline", "old.json"]) == 0


@pytest.mark.parametrize("name", ["out", "out/tiny/tiny.json"])
def test_a_run_is_a_baseline_too(
    name: str, texts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(year="2028")
    assert main(["run", "texts"]) == 1
    assert main(["check", "texts", "--baseline", name]) == 0
    assert f"1 known from {name} hidden" in capsys.readouterr().out


def test_a_waived_finding_is_shown_as_such(
    earlier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["waive", "2028", "--because", "R."]) == 2  # the id names what is expected
    assert main(["waive", "2027", "--because", "R."]) == 0
    (finding,) = found(capsys, "--baseline", "old.json", "--json")["findings"]
    assert finding["waiver"]["reason"] == "R."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "old.json: there is no such file; write it anew with `align check"),
        ("{", "old.json:1: is not valid JSON"),
        ("[]", "old.json: must be an object"),
        ('{"format": "other"}', "is no earlier result"),
        ('{"format": "parallel-statement-findings/1"}', "lacks 'documents'"),
        (
            '{"format": "parallel-statement-findings/1", "documents": [{"document": "tiny"}]}',
            "documents 1: lacks 'findings'",
        ),
    ],
)
def test_a_bad_baseline_says_what_is_wrong(
    content: str | None, said: str, texts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        Path("old.json").write_text(content, encoding="utf-8")
    assert main(["check", "texts", "--baseline", "old.json"]) == 2
    assert said in capsys.readouterr().err


def test_a_folder_without_results_says_so(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "texts", "--baseline", "."]) == 2
    assert "holds no earlier result: there is no tiny/tiny.json" in capsys.readouterr().err


# --- formats -----------------------------------------------------------------------------------


def test_sarif_names_the_files_from_here(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(year="2028")
    assert main(["check", "texts", "--format", "sarif"]) == 1
    (run,) = json.loads(capsys.readouterr().out)["runs"]
    (result,) = run["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "texts/it/tiny.md"
    assert place["region"]["snippet"]["text"] == "2028"
    assert (place["region"]["startLine"], place["region"]["startColumn"]) == (7, 34)
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "number-mismatch"


def test_sarif_names_no_place_of_this_machine(
    texts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(year="2028")
    main(["check", str(texts.resolve()), "--format", "sarif"])
    said = capsys.readouterr().out
    assert '"it/tiny.md"' in said
    assert str(texts.resolve().parent) not in said


def test_a_workbook_holds_all_texts(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from openpyxl import load_workbook

    write(year="2028")
    for language in ("en", "it"):
        said = Path("texts", language, "tiny.md").read_bytes()
        Path("texts", language, "other.md").write_bytes(said)
    assert main(["check", "texts", "--format", "xlsx", "--out", "new/found.xlsx"]) == 1
    (sheet,) = load_workbook("new/found.xlsx").worksheets
    first, *rows = sheet.iter_rows(values_only=True)
    told = [dict(zip(first, row, strict=True)) for row in rows]
    assert [row["Document"] for row in told] == ["other", "tiny"]
    assert [row["Italian (it)"] for row in told] == ["2028", "2028"]
    assert [row["Japanese (ja)"] for row in told] == [None, "2027年"]
    assert "2 texts: 2 errors" in capsys.readouterr().out


def test_several_texts_have_their_names(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(year="2028")
    for language in ("en", "it"):
        said = Path("texts", language, "tiny.md").read_bytes()
        Path("texts", language, "other.md").write_bytes(said)
    main(["check", "texts"])
    said_of_both = capsys.readouterr().out
    assert "\nother: 1 error\n" in said_of_both
    assert "\ntiny: 1 error\n" in said_of_both


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "xlsx"], "--format xlsx: say where, with --out findings.xlsx"),
        (["--out", "f"], "--out f: say --format json, sarif or xlsx too"),
        (["--json", "--format", "sarif"], "--json and --format sarif: take one of them"),
        (["--format", "json", "--out", "texts/it/tiny.md"], "is one of the texts"),
        (["--format", "tei"], "'tei' is not one of"),
    ],
)
def test_what_cannot_be_done_is_said(
    arguments: list[str], said: str, texts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "texts", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_a_real_process_compares(texts: Path, run_process: RunProcess) -> None:
    def check(*arguments: str) -> subprocess.CompletedProcess[str]:
        return run_process("check", texts, *arguments)

    assert check("--format", "json", "--out", "old.json").returncode == 0
    write(year="2028")
    done = check("--baseline", "old.json", "--format", "sarif", "--out", "new.sarif")
    assert done.returncode == 1
    assert done.stderr == ""
    first = Path("new.sarif").read_bytes()
    assert check("--baseline", "old.json", "--format", "sarif").stdout.encode() == first
    assert len(json.loads(first)["runs"][0]["results"]) == 1
