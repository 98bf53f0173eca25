"""Waivers: findings that a person accepts, whatever else changes in the texts."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import parallel_statement as ps
from checks_sample import parallel
from conftest import IT, RunProcess
from parallel_statement.checks.waivers import apply_waivers
from parallel_statement.cli import main
from parallel_statement.formats import render
from parallel_statement.model import CheckedText, Occurrence, ParallelText, Waiver

Row = Mapping[str, str]
FAULT = {
    "en": "They sent 48 lorries to the port.",
    "it": "Hanno inviato 84 camion al porto.",
    "ja": "４８台のトラックを港に送った。",
}
WHY = "The Italian counts the trailers too."
OTHERS = [
    {"en": "They met in Tokyo.", "it": "Si sono incontrati a Tokyo.", "ja": "東京で会談した。"},
    {"en": "They shook hands.", "it": "Si sono stretti la mano.", "ja": "握手した。"},
    {"en": "They had 20 guests.", "it": "Avevano 20 ospiti.", "ja": "２０人の客がいた。"},
    {"en": "They had 30 guests.", "it": "Avevano 40 ospiti.", "ja": "３０人の客がいた。"},
]
"""The last one holds a fault of its own."""


def text(*rows: Row) -> ParallelText:
    return parallel(*([row] for row in rows))


def accepted(said: ParallelText, number: int = 0) -> Waiver:
    checked = ps.check(said)
    at_fault = [f for f in checked.findings if "48" in f.reason]
    return ps.waive(checked, at_fault[number].id, WHY, by="A. Reviser")


def waived(checked: CheckedText) -> list[str]:
    return [finding.reason for finding in checked.findings if finding.waiver]


# --- what a waiver holds for -------------------------------------------------------------------


def test_a_waived_finding_is_still_there() -> None:
    said = text(*OTHERS, FAULT)
    before = ps.check(said)
    after = ps.check(said, waivers=[accepted(said)])
    assert [replace(f, waiver=None) for f in after.findings] == list(before.findings)
    (finding,) = (f for f in after.findings if f.waiver)
    assert finding.waiver is not None
    assert (finding.waiver.reason, finding.waiver.by) == (WHY, "A. Reviser")
    assert finding.waiver.words == {
        "en": ("48",), "it": ("Hanno inviato 84 camion al porto.",), "ja": ("４８",),
    }  # fmt: skip


rows = st.lists(st.sampled_from(OTHERS), max_size=4)


@settings(max_examples=30)
@given(rows, rows, rows, rows)
def test_a_waiver_survives_edits_elsewhere(
    before: Sequence[Row], after: Sequence[Row], now: Sequence[Row], then: Sequence[Row]
) -> None:
    waiver = accepted(text(*before, FAULT, *after))
    checked = ps.check(text(*now, FAULT, *then), waivers=[waiver])
    (reason,) = waived(checked)
    assert "84" in reason
    assert not any("stale" in notice for notice in checked.text.notices)


@settings(max_examples=30)
@given(rows, rows, st.sampled_from(["en", "it", "ja"]), st.sampled_from(["4", "5", "6"]))
def test_a_waiver_is_stale_when_its_own_words_change(
    before: Sequence[Row], after: Sequence[Row], language: str, digit: str
) -> None:
    waiver = accepted(text(*before, FAULT, *after))
    wide = digit if language != "ja" else digit.translate({ord(c): ord(c) + 0xFEE0 for c in digit})
    changed = FAULT | {language: re.sub(r"\d\d", wide * 2, FAULT[language])}
    checked = ps.check(text(*before, changed, *after), waivers=[waiver])
    assert waived(checked) == []
    (notice,) = (n for n in checked.text.notices if "stale" in n)
    assert "number-mismatch in Italian (“Hanno inviato 84 camion al porto.”)" in notice
    assert "no longer has" in notice


def test_the_sentence_at_fault_is_the_waivers_own() -> None:
    said = text(*OTHERS, FAULT)
    changed = FAULT | {"it": "Hanno poi inviato 84 camion al porto."}
    assert waived(ps.check(text(*OTHERS, changed), waivers=[accepted(said)])) == []
    changed = FAULT | {"en": "They then sent 48 lorries to the port."}
    assert waived(ps.check(text(*OTHERS, changed), waivers=[accepted(said)]))


def test_a_waiver_survives_a_further_version() -> None:
    two = {tag: FAULT[tag] for tag in ("en", "it")}
    met = {tag: OTHERS[0][tag] for tag in ("en", "it")}
    waiver = accepted(text(met, two))
    assert waiver.languages == ("en", "it")
    again = text({**met, "de": "Sie trafen sich."}, {**two, "de": "Sie sandten viele."})
    assert waived(ps.check(again, waivers=[waiver]))


def test_a_version_that_is_gone_is_named() -> None:
    said = text(OTHERS[0], FAULT)
    two = [{tag: row[tag] for tag in ("en", "it")} for row in (OTHERS[0], FAULT)]
    checked = ps.check(text(*two), waivers=[accepted(said)])
    assert waived(checked) == []
    assert "there is no version in Japanese now" in checked.text.notices[-1]


def test_a_fault_that_is_mended_leaves_a_stale_waiver() -> None:
    mended = FAULT | {"it": "Hanno inviato 48 camion al porto."}
    checked = ps.check(text(mended), waivers=[accepted(text(FAULT))])
    assert checked.findings == ()
    assert "Italian no longer has" in checked.text.notices[-1]


@pytest.mark.parametrize("number", [0, 1])
def test_of_equal_findings_the_same_one_stays_waived(number: int) -> None:
    said = text(FAULT, OTHERS[0], FAULT)
    waiver = accepted(said, number)
    assert waiver.occurrence == Occurrence(number + 1, 2)
    checked = ps.check(text(OTHERS[1], FAULT, FAULT), waivers=[waiver])
    assert [bool(f.waiver) for f in checked.findings] == [number == 0, number == 1]


def test_a_waiver_never_passes_to_another_finding() -> None:
    said = text(FAULT, OTHERS[0], FAULT)
    second = accepted(said, 1)
    checked = ps.check(text(FAULT, OTHERS[0]), waivers=[second])
    assert waived(checked) == []
    assert "2 findings had its words, 1 have them now" in checked.text.notices[-1]


def test_one_finding_takes_one_waiver() -> None:
    said = text(FAULT)
    waiver = accepted(said)
    held = apply_waivers(ps.check(said).findings, [waiver, replace(waiver, reason="Other.")], said)
    assert [w.reason for w in held.held] == [WHY]
    assert [each.reason for each in held.stale] == ["another waiver holds for the same finding"]


def test_the_waivers_of_a_check_left_out_are_not_stale() -> None:
    said = text(FAULT)
    checked = ps.check(said, waivers=[accepted(said)], without=["number-mismatch"])
    assert checked.text.notices == ()


def test_an_unknown_finding_cannot_be_waived() -> None:
    with pytest.raises(ps.UnknownNameError, match="length"):
        ps.waive(ps.check(text(FAULT)), "length.it.1", WHY)


# --- the file ----------------------------------------------------------------------------------

words = st.text(st.characters(codec="utf-8"), max_size=12)
anything = st.builds(
    Waiver,
    words,
    words,
    st.lists(st.sampled_from(["en", "it", "ja"]), unique=True).map(tuple),
    st.dictionaries(st.sampled_from(["en", "pt-BR"]), st.lists(words, min_size=1).map(tuple)),
    words.filter(str.strip),
    words,
    st.sampled_from(["", "2026-01-16"]),
    st.none() | st.builds(Occurrence, st.integers(1, 9), st.integers(1, 9)),
)


@given(waivers=st.lists(anything, min_size=1))
def test_a_file_says_what_was_written(
    waivers: list[Waiver], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("waivers") / "t.waivers.json"
    ps.write_waivers(path, waivers)
    assert list(ps.read_waivers(path)) == waivers


def test_no_waivers_leave_no_file(tmp_path: Path) -> None:
    path = tmp_path / "t.waivers.json"
    assert ps.read_waivers(path) == ()
    ps.write_waivers(path, [accepted(text(FAULT))])
    ps.write_waivers(path, [])
    assert not path.exists()


def bad(**changes: object) -> str:
    good = {"finding": "a", "rule": "length", "languages": ["it"], "words": {}, "reason": "R."}
    return json.dumps(
        {
            "format": "parallel-statement-waivers/1",
            "waivers": [{k: v for k, v in (good | changes).items() if v is not None}],
        }
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "t.waivers.json:1: is not valid JSON"),
        ("[]", "is no file of waivers"),
        ('{"format": "parallel-statement-waivers/1"}', "lacks 'waivers'"),
        (bad(reason=None), "waivers 1: lacks 'reason'"),
        (bad(reason="  "), "waivers 1: 'reason' is empty; say why"),
        (bad(languages=["klingonese"]), "waivers 1: unknown language"),
        (bad(words={"en": "48"}), "waivers 1 words: 'en' is not what it should be"),
        (bad(date="May"), "'May' is not a date; write it as 2026-01-16"),
        (bad(occurrence="first"), 'write as in "2 of 3"'),
        (bad(because="R."), "unknown key 'because'; known keys: by, date"),
    ],
)
def test_a_bad_file_says_what_is_wrong(content: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "t.waivers.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ps.InputError) as caught:
        ps.read_waivers(path)
    assert said in str(caught.value)


# --- what every format shows -------------------------------------------------------------------


@pytest.fixture
def shown() -> CheckedText:
    said = text(*OTHERS, FAULT)
    return ps.check(said, waivers=[replace(accepted(said), date="2026-01-16")])


def test_json_says_why(shown: CheckedText) -> None:
    findings = json.loads(render(shown, "json")["t.json"])["findings"]
    signed = {"reason": WHY, "by": "A. Reviser", "date": "2026-01-16"}
    assert [f["waiver"] for f in findings if "84" in f["reason"]] == [signed]
    assert [f["waiver"] for f in findings if "84" not in f["reason"]] == [None]


def test_the_workbook_says_why(shown: CheckedText) -> None:
    from io import BytesIO

    from openpyxl import load_workbook

    book = load_workbook(BytesIO(render(shown, "xlsx")["t.xlsx"]))
    first, *rows = book["Findings"].iter_rows(values_only=True)
    told = [dict(zip(first, row, strict=True)) for row in rows]
    assert [(r["Waived because"], r["Waived by"]) for r in told] == [
        (None, None),
        (WHY, "A. Reviser, 2026-01-16"),
    ]
    assert (told[1]["English (en)"], told[1]["Italian (it)"]) == ("48", "84")
    assert any("(waived)" in str(row) for row in book["Sentences"].iter_rows(values_only=True))


def test_the_page_subdues_it(shown: CheckedText) -> None:
    page = render(shown, "html")["t.html"].decode()
    note = page[page.index('<aside class="note waived"') :]
    assert f"accepted because</span> <bdi>{WHY}</bdi> (A. Reviser, 2026-01-16)" in note
    assert 'class="f waived"' in page
    assert "Findings: 1 error. Waived: 1." in page
    assert len(re.findall(r'<tr role="row" class="bead flagged"', page)) == 1


# --- the commands ------------------------------------------------------------------------------

FILE = Path("texts/tiny.waivers.json")


@pytest.fixture
def faulty(texts: Path, stand_in: None, lockstep: None) -> Path:
    """The tiny statement with another year in Italian, and another number of agreements."""
    path = texts / "it/tiny.md"
    said = path.read_text(encoding="utf-8")
    path.write_text(said.replace("2027", "2028").replace("3 acc", "4 acc"), encoding="utf-8")
    return texts


def ids(capsys: pytest.CaptureFixture[str]) -> list[str]:
    main(["check", "texts", "--json"])
    (document,) = json.loads(capsys.readouterr().out)["documents"]
    return [finding["id"] for finding in document["findings"]]


def test_waiving_decides_the_exit_code(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = ids(capsys)
    assert main(["check", "texts"]) == 1
    assert main(["waive", "texts", *found, "--because", WHY, "--by", "A. Reviser"]) == 0
    said = capsys.readouterr().out
    assert all(f"waived: {each}\n" in said for each in found)
    assert f"{FILE}: holds {len(found)} waivers" in said
    assert main(["check", "texts"]) == 0
    assert main(["run", "texts", "--format", "json"]) == 0
    assert main(["unwaive", "texts", found[0]]) == 0
    assert main(["check", "texts"]) == 1
    assert main(["unwaive", "texts", "--all"]) == 0
    assert "removed, no waiver is left" in capsys.readouterr().out
    assert not FILE.exists()


def test_tei_says_why(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (first, _) = ids(capsys)
    main(["waive", first, "--because", WHY, "--by", "A. Reviser", "--date", "2026-01-16"])
    assert main(["run", "texts", "--format", "tei"]) == 1
    corpus = Path("out/tiny/tei/tiny.xml").read_text(encoding="utf-8")
    (annotation,) = re.findall(r"<annotation [^>]*fst\.waived.*?</annotation>", corpus, re.DOTALL)
    assert '<resp when="2026-01-16">accepts the finding</resp>' in annotation
    assert "<name>A. Reviser</name>" in annotation
    assert re.search(rf'<note type="waiver" resp="#[^"]*\.resp">{WHY}</note>', annotation)
    assert corpus.count("tiny.fst.waived") == 2  # its category, and the finding that points to it


def test_a_part_of_an_id_is_enough(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = ids(capsys)
    assert len(found) == 2
    assert main(["waive", found[1].rpartition(".")[2], "--because", WHY]) == 0
    assert f"waived: {found[1]}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["waive", "texts", "number", "--because", "R."], "number stands in 2 ids: number-mis"),
        (["waive", "texts", "zzz", "--because", "R."], "unknown finding 'zzz'; available: numb"),
        (["waive", "texts", "--because", "R."], "name the findings by their ids"),
        (["waive", "texts", "number"], 'say why: align waive FINDING --because "..."'),
        (["waive", "texts", "2027", "--because", "R.", "--date", "May"], "not a date"),
        (["unwaive", "texts"], "name the findings"),
        (["unwaive", "texts", "--stale"], "nothing to take back"),
        (["unwaive", "texts", "--stale", "--all"], "or give --all or --stale"),
        (["unwaive", "texts", "2027"], "unknown waived finding '2027'; available: none"),
    ],
)
def test_what_cannot_be_done_is_said(
    arguments: list[str], said: str, faulty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert said in capsys.readouterr().err
    assert not FILE.exists()


def test_stale_waivers_are_listed_and_removed(
    faulty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["waive", "texts", *ids(capsys), "--because", WHY])
    path = faulty / "it/tiny.md"
    path.write_text(path.read_text(encoding="utf-8").replace("2028", "2029"), encoding="utf-8")
    capsys.readouterr()
    assert main(["waivers", "texts", "--json"]) == 0
    (document,) = json.loads(capsys.readouterr().out)["documents"]
    assert [w["stale"] for w in document["waivers"]] == [
        None,
        "Italian no longer has “Si incontreranno di nuovo nel 2028.”",
    ]
    assert main(["waivers", "texts"]) == 0
    assert "STALE: Italian no longer has" in capsys.readouterr().out
    assert main(["check", "texts"]) == 1
    assert "is stale and counts no more" in " ".join(capsys.readouterr().out.split())
    assert main(["unwaive", "texts", "--stale"]) == 0
    assert len(ps.read_waivers(FILE)) == 1


def test_no_waivers_are_listed_as_such(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["waivers", "texts"]) == 0
    assert capsys.readouterr().out == "tiny: no waivers.\n"


def test_a_waivers_file_of_no_text_is_refused(
    faulty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (faulty / "other.waivers.json").write_text("{}", encoding="utf-8")
    assert main(["check", "texts"]) == 2
    assert "waives findings in no text" in capsys.readouterr().err


def test_the_same_waivers_make_the_same_bytes(
    faulty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = ids(capsys)
    main(["waive", "texts", first, second, "--because", WHY])
    once = FILE.read_bytes()
    main(["unwaive", "texts", "--all"])
    main(["waive", "texts", second, "--because", WHY])
    main(["waive", "texts", first, "--because", WHY])
    assert FILE.read_bytes() == once
    assert b'"date"' not in once


def test_a_real_process_waives(texts: Path, run_process: RunProcess) -> None:
    done = run_process("check", texts, "--json")
    assert (done.returncode, json.loads(done.stdout)["documents"][0]["findings"]) == (0, [])
    (texts / "it/tiny.md").write_text(IT.replace("nel 2027", "nel 2028"), encoding="utf-8")
    done = run_process("check", texts)
    assert done.returncode == 1
    (name,) = re.findall(r"number-mismatch\.\S+", done.stdout)
    assert run_process("waive", texts, name, "--because", WHY).returncode == 0
    assert run_process("check", texts).returncode == 0
    (waiver,) = ps.read_waivers(FILE)
    assert (waiver.finding, waiver.reason) == (name, WHY)
