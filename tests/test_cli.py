"""The `align` command, from outside."""

from __future__ import annotations

import io
import json
import os
import pty
import re
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

import parallel_statement
from conftest import ROOT, RunProcess, tree
from parallel_statement.cli import main
from parallel_statement.cli.console import table
from parallel_statement.model import CheckedText, Finding, ParallelText, Severity, Span

pytestmark = pytest.mark.usefixtures("stand_in")


@pytest.fixture
def finding(monkeypatch: pytest.MonkeyPatch):
    """Makes the checks find one thing, of a severity."""

    def make(severity: Severity) -> None:
        def check(text: ParallelText, *_: object, **__: object) -> tuple[Finding, ...]:
            paragraph = text.version("ja").paragraphs[-1]
            return (
                Finding(
                    id="f1",
                    rule="wrong_year",
                    severity=severity,
                    bead=text.sentences.beads[-1].id,
                    spans={"ja": (Span(paragraph.span.start, paragraph.span.end),)},
                    languages=("ja",),
                    expected="2027",
                    found="2028",
                    reason="The year is another one.",
                ),
            )

        monkeypatch.setattr("parallel_statement.checks.check", check)

    return make


@pytest.fixture
def quiet_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Checks that find nothing."""
    monkeypatch.setattr("parallel_statement.checks.check", lambda *_, **__: ())


# --- speed -----------------------------------------------------------------------------------


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_loads_nothing_but_the_commands(option: str) -> None:
    """What makes the help slow is what it imports: the machine's hour does not decide this."""
    program = (
        "import sys\n"
        "before = set(sys.modules)\n"
        "from parallel_statement.cli import main\n"
        f"assert main([{option!r}]) == 0\n"
        "print(*set(sys.modules) - before, file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    loaded = set(done.stderr.split())
    packages = {name.partition(".")[0] for name in loaded} - sys.stdlib_module_names
    assert packages <= {"parallel_statement", "typer", "annotated_doc", "shellingham"}
    ours = {name for name in loaded if name.startswith("parallel_statement.")}
    assert {name for name in ours if not name.startswith("parallel_statement.cli")} == {
        "parallel_statement.__about__",
        "parallel_statement.errors",
    }


# --- help and version ------------------------------------------------------------------------


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"align {parallel_statement.__version__}\n"


@pytest.mark.parametrize("arguments", [[], ["--help"]])
def test_help_names_the_commands(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 0
    said = capsys.readouterr().out
    for command in ("run", "show", "check", "segment", "export", "languages", "encoders"):
        assert re.search(rf"^  {command} ", said, re.MULTILINE)


@pytest.mark.parametrize(("command", "known"), [("languages", "ja"), ("encoders", "use")])
def test_what_there_is(command: str, known: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command]) == 0
    assert re.search(rf"^{known} +\w", capsys.readouterr().out, re.MULTILINE)
    assert main([command, "--json"]) == 0
    assert known in json.loads(capsys.readouterr().out)


# --- the main job ----------------------------------------------------------------------------


def test_run_writes_every_document_into_its_folder(
    texts: Path, quiet_checks: None, capsys: pytest.CaptureFixture[str]
) -> None:
    for language in ("en", "ja"):
        (texts / language / "other.md").write_text("One sentence.")
    assert main(["run", "--format", "tei,html"]) == 0
    said = capsys.readouterr().out
    for document in ("tiny", "other"):
        assert re.search(rf"^{document} ", said, re.MULTILINE)
        assert {Path(name).suffix for name in tree(Path("out", document))} == {".xml", ".html"}
    written = [line.strip() for line in said.splitlines() if line.startswith("  out/")]
    assert sorted(written) == [f"out/{name}" for name in sorted(tree(Path("out")))]


@pytest.mark.parametrize(
    ("severity", "fail_on", "code"),
    [
        ("error", None, 1),
        ("warning", None, 0),
        ("info", None, 0),
        ("error", "error", 1),
        ("warning", "warning", 1),
        ("info", "warning", 0),
        ("error", "warning", 1),
        ("error", "never", 0),
    ],
)
@pytest.mark.parametrize("command", ["run", "check"])
def test_findings_decide_the_exit_code(
    texts: Path, finding, command: str, severity: Severity, fail_on: str | None, code: int
) -> None:
    finding(severity)
    assert main([command, *(["--fail-on", fail_on] if fail_on else [])]) == code


@pytest.mark.parametrize("command", ["run", "check"])
def test_a_finding_is_shown_with_its_place(
    texts: Path, finding, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    finding("error")
    main([command])
    said = capsys.readouterr().out
    for part in (
        "error",
        "wrong_year",
        "ja/tiny.md:7, paragraph 2:",
        "2027年",
        "The year is another one.",
    ):
        assert part in said


def test_a_finding_says_which_of_two_files_of_one_name(
    texts: Path, finding, capsys: pytest.CaptureFixture[str]
) -> None:
    finding("error")
    main(["check", *(f"--file={tag}=texts/{tag}/tiny.md" for tag in ("en", "ja"))])
    assert "  ja: tiny.md:7, paragraph 2: " in capsys.readouterr().out


def test_a_finding_for_a_program(texts: Path, finding, capsys: pytest.CaptureFixture[str]) -> None:
    finding("warning")
    assert main(["check", "--json"]) == 0
    (document,) = json.loads(capsys.readouterr().out)["documents"]
    assert document["document"] == "tiny"
    (record,) = document["findings"]
    assert record["rule"] == "wrong_year"
    (place,) = record["places"]
    assert place["file"] == "ja/tiny.md"
    assert place["paragraph"] == "tiny-ja.p2"
    assert place["place"] == "paragraph 2"
    text = (texts / "ja/tiny.md").read_text(encoding="utf-8")
    assert "2027年" in text[place["start"] : place["end"]]


def test_json_is_the_whole_output(
    texts: Path, quiet_checks: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", "--json"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    (document,) = json.loads(said.out)["documents"]
    assert document["languages"] == ["en", "it", "ja"]
    assert all(Path(path).is_file() for path in document["files"])
    assert set(document["beads"]) == {"paragraph", "sentence", "doubtful"}


def test_quiet_prints_nothing(
    texts: Path, quiet_checks: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")


def test_named_files_give_the_same_as_a_folder(
    texts: Path, quiet_checks: None, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [f"--file={tag}={texts}/{tag}/tiny.md" for tag in ("en", "it", "ja")]
    assert main(["show", "--json", *files]) == 0
    named = json.loads(capsys.readouterr().out)
    assert main(["show", "--json"]) == 0
    assert named == json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("command", ["run", "check", "show", "export --format tsv"])
def test_a_named_document_is_done_beside_one_in_one_language(
    texts: Path, quiet_checks: None, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    (texts / "en/alone.md").write_text("One sentence.")
    assert main(command.split()) == 2
    said = capsys.readouterr().err
    assert "en/alone.md: is there in one language only" in said
    assert "--document" in said
    assert main([*command.split(), "--document", "tiny"]) == 0
    assert main([*command.split(), "--document", "alone"]) == 2
    assert main([*command.split(), "--document", "alon"]) == 2
    assert "available: alone, tiny" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["ja=utf-16-be", "utf-16-be", "JA=utf-16-be"])
@pytest.mark.parametrize("command", ["run", "check", "show", "export --format tsv"])
def test_the_encoding_can_be_named(
    texts: Path, quiet_checks: None, command: str, option: str
) -> None:
    for language in ["ja"] if "=" in option else ["en", "it", "ja"]:
        path = texts / language / "tiny.md"
        path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16-be"))
    assert main(command.split()) == 2
    assert main([*command.split(), "--encoding", option]) == 0


def test_the_encoding_of_one_language_goes_over_that_of_all(
    texts: Path, quiet_checks: None
) -> None:
    (texts / "ja/tiny.md").write_bytes("日本。".encode("utf-16-be"))
    assert main(["check", "--encoding", "ja=utf-16-be", "--encoding", "utf-8"]) == 0


@pytest.mark.parametrize("command", ["run", "check"])
def test_a_check_can_be_left_out(
    texts: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    (texts / "ja/tiny.md").write_text("二千三十一年。")

    def rules(*without: str) -> set[str]:
        options = [f"--without={name}" for name in without]
        assert main([command, "--json", "--fail-on=never", *options]) == 0
        (document,) = json.loads(capsys.readouterr().out)["documents"]
        return {finding["rule"] for finding in document["findings"]}

    found = rules()
    assert "unit-missing" in found
    assert rules("unit-missing") == found - {"unit-missing"}
    assert rules(*found) == set()


def test_general_rules_are_named(
    texts: Path, quiet_checks: None, capsys: pytest.CaptureFixture[str]
) -> None:
    (texts / "it").rename(texts / "fr")
    notice = "French: general rules only"
    assert main(["run", "--format", "html,json"]) == 0
    assert notice in " ".join(capsys.readouterr().out.split())
    for path in Path("out/tiny").iterdir():
        assert notice in path.read_text(encoding="utf-8")
    assert main(["check", "--json"]) == 0
    assert notice in str(json.loads(capsys.readouterr().out)["documents"][0]["notices"])


def test_an_empty_name_of_a_format_is_passed_over(texts: Path, quiet_checks: None) -> None:
    assert main(["run", "--format", "tsv,"]) == 0
    assert list(tree(Path("out"))) == ["tiny/tiny.tsv"]


# --- determinism and dates -------------------------------------------------------------------


def test_two_runs_write_the_same_bytes(texts: Path, quiet_checks: None) -> None:
    every = "tei,html,json,tsv,xlsx,tmx"
    for out in ("first", "second"):
        assert main(["run", "--format", every, "--out", out, "--quiet"]) == 0
    first = tree(Path("first"))
    assert first == tree(Path("second"))
    assert {Path(name).suffix for name in first} >= {".xml", ".html", ".json", ".xlsx"}


@pytest.mark.parametrize(
    ("option", "epoch", "date"),
    [
        (None, None, None),
        ("2026-11-22", None, "2026-11-22"),
        (None, "1795305600", "2026-11-22"),
        ("2025-01-02", "1795305600", "2025-01-02"),
    ],
)
def test_the_date_of_the_encoding(
    texts: Path,
    monkeypatch: pytest.MonkeyPatch,
    option: str | None,
    epoch: str | None,
    date: str | None,
) -> None:
    rendered: list[CheckedText] = []

    def keep(checked: CheckedText, names: object) -> dict[str, bytes]:
        rendered.append(checked)
        return {}

    monkeypatch.setattr("parallel_statement.workspace.render", keep)
    if epoch:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert main(["run", "--fail-on=never", *(["--date", option] if option else [])]) == 0
    assert [checked.date for checked in rendered] == [date]


# --- looking ---------------------------------------------------------------------------------


def test_show_puts_versions_side_by_side(
    texts: Path, quiet_checks: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["show", "--level", "paragraph"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any("Joint Statement" in x and "共同声明" in x and "Dichiarazione" in x for x in lines)


def test_nothing_is_cut_off_in_a_narrow_terminal(
    texts: Path,
    quiet_checks: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    assert main(["show", "--json"]) == 0
    (document,) = json.loads(capsys.readouterr().out)["documents"]
    assert main(["show"]) == 0
    shown = capsys.readouterr().out
    assert max(map(len, shown.splitlines())) <= 60
    for bead in document["beads"]:
        for segment in (s for segments in bead["segments"].values() for s in segments):
            for letter in segment["text"]:
                assert letter in shown
    assert "…" not in shown


@pytest.mark.parametrize("width", range(2, 15))
@pytest.mark.parametrize(
    "said",
    [
        "両者は、再び会談した。",
        "「はい」。「いいえ」（笑）。",
        "One, two. Three!",
        "One, two.\nThree!\n\n四。",
        "",
        "。。。。。。",
    ],
)
def test_no_line_begins_with_a_stop(said: str, width: int) -> None:
    from rich.cells import cell_len
    from rich.console import Console

    from parallel_statement.cli.prose import Prose

    lines = [line.plain for line in Prose(said).wrap(Console(), width)]
    assert "".join(lines).replace(" ", "") == said.replace(" ", "").replace("\n", "")
    assert all(cell_len(line) <= width for line in lines)
    if width >= 8 and said != "。。。。。。":
        assert not [line for line in lines if line[:1] in tuple("、。」）")]


def test_show_counts_every_segment_once(
    texts: Path, quiet_checks: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["show", "--json"]) == 0
    (document,) = json.loads(capsys.readouterr().out)["documents"]
    shown = [s["id"] for bead in document["beads"] for s in bead["segments"]["ja"]]
    assert shown == sorted(set(shown), key=shown.index)
    assert {"tiny-ja.head.s1", "tiny-ja.p1.s2", "tiny-ja.p2.s1"} <= set(shown)


def test_show_only_what_is_doubtful(
    texts: Path,
    quiet_checks: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from parallel_statement.alignment import align as real

    def unsure(*arguments: object, **options: object) -> ParallelText:
        text = real(*arguments, **options)  # type: ignore[arg-type]
        beads = [replace(bead, posterior=0.99) for bead in text.sentences.beads]
        beads[1] = replace(beads[1], posterior=0.3)
        return replace(text, sentences=replace(text.sentences, beads=tuple(beads)))

    monkeypatch.setattr("parallel_statement.alignment.align", unsure)
    assert main(["show", "--json", "--doubtful"]) == 0
    (document,) = json.loads(capsys.readouterr().out)["documents"]
    assert [bead["posterior"] for bead in document["beads"]] == [0.3]


def test_only_the_document_that_was_named(
    texts: Path, quiet_checks: None, capsys: pytest.CaptureFixture[str]
) -> None:
    for language in ("en", "ja"):
        (texts / language / "other.md").write_text("One sentence.")
    assert main(["check", "--json", "--document", "other"]) == 0
    documents = json.loads(capsys.readouterr().out)["documents"]
    assert [document["document"] for document in documents] == ["other"]


def test_segment_prints_a_sentence_a_line(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["segment", "texts/ja/tiny.md", "--language", "ja"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "  両首脳は東京で会談した。" in lines
    assert "  両首脳は3件の合意を歓迎した。" in lines


def test_segment_for_a_program(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["segment", "texts/en/tiny.md", "-l", "en", "--json"]) == 0
    version = json.loads(capsys.readouterr().out)
    source = (texts / "en/tiny.md").read_text(encoding="utf-8")
    sentences = [s for p in version["paragraphs"] for s in p["sentences"]]
    assert [source[s["start"] : s["end"]] for s in sentences][-1] == sentences[-1]["text"]


def test_export_writes_one_format(
    texts: Path, quiet_checks: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "--format", "html", "--out", "pages"]) == 0
    written = capsys.readouterr().out.split()
    assert written == [f"pages/{name}" for name in tree(Path("pages"))]
    assert {Path(name).suffix for name in written} == {".html"}


@pytest.mark.parametrize("command", ["run", "export", "update"])
def test_the_weights_can_be_named(command: str, texts: Path, quiet_checks: None) -> None:
    from parallel_statement.alignment.weights import PATH

    assert main(["run", "--format", "json", "-q"]) == 0
    data = PATH.read_bytes() + b"\n"
    Path("mine.json").write_bytes(data)
    assert main([command, "--format", "json", "--weights", "mine.json", "-q"]) == 0
    result = parallel_statement.read_result("out/tiny/tiny.json")
    assert result.provenance.weights.split()[0] == sha256(data).hexdigest()[:12]


def test_an_encoder_without_weights_is_told_how_to_come_by_them(
    texts: Path, stand_in: object, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", "--format", "json", "--fail-on", "never"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "benchmarks.training GOLD --encoder stand-in --out weights.json" in said
    assert "--weights weights.json" in said


# --- terminals -------------------------------------------------------------------------------


def test_wide_characters_keep_columns_straight(capsys: pytest.CaptureFixture[str]) -> None:
    from parallel_statement.cli.console import emit_rich

    emit_rich(table(("a", "b"), [("日本とイタリア", "|"), ("Italia", "|")]))
    rows = capsys.readouterr().out.splitlines()[2:]

    def cells(text: str) -> int:
        return sum(2 if ord(c) > 0x2E80 else 1 for c in text)

    assert len({cells(row[: row.index("|")]) for row in rows}) == 1


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "shift_jis"])
def test_a_terminal_without_unicode(texts: Path, run_process: RunProcess, encoding: str) -> None:
    command = ["segment", texts / "ja/tiny.md", "-l", "ja"]
    done = run_process(*command, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert done.returncode == 0
    assert done.stderr == ""
    done = run_process(*command, "--json", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert "東京" in json.dumps(json.loads(done.stdout), ensure_ascii=False)


def test_quotation_marks_in_a_terminal_without_unicode(
    texts: Path, finding, monkeypatch: pytest.MonkeyPatch
) -> None:
    finding("error")
    screen = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", screen)
    assert main(["check"]) == 1
    screen.seek(0)
    said = screen.read()
    assert '"' in said
    assert "2027?" in said


@pytest.mark.parametrize(
    "arguments",
    [["segment", "texts/ja/tiny.md", "-l", "ja"], ["languages"], ["--version"]],
    ids=lambda arguments: arguments[0],
)
def test_a_pipe_that_nobody_reads(texts: Path, arguments: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "parallel_statement", *arguments]
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, text=True)
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, "")


def test_colour_only_for_a_terminal_that_wants_it(
    texts: Path, finding, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    finding("error")
    main(["check"])
    assert "\x1b[" not in capsys.readouterr().out
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    main(["check"])
    assert "\x1b[1;31m" in capsys.readouterr().out


def test_an_interrupt_is_quiet(
    texts: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("parallel_statement.encoders.load", interrupt)
    assert main(["run"]) == 130
    assert not Path("out").exists()


@pytest.mark.parametrize("seconds", [0.0, 10.0])
def test_a_progress_bar_only_after_a_second(
    monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    from parallel_statement.cli import console

    reader, writer = pty.openpty()
    with os.fdopen(writer, "w") as terminal, os.fdopen(reader, "rb", 0) as screen:
        monkeypatch.setattr(sys, "stderr", terminal)
        monkeypatch.setenv("TERM", "xterm")
        with console.ProgressBar() as bar:
            bar._start -= seconds
            bar.label("tiny")
            bar.update(1, 2)
        terminal.write("end")
        terminal.flush()
        shown = b""
        while not shown.endswith(b"end"):
            shown += screen.read(1000)
    assert (b"tiny" in shown) == (seconds > 1)


def test_no_progress_bar_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    from parallel_statement.cli import console

    with console.ProgressBar() as bar:
        bar._start -= 10
        bar.update(1, 2)
    assert capsys.readouterr() == ("", "")


# --- what the documentation says -------------------------------------------------------------


def test_the_metadata_file_of_the_documentation(texts: Path, quiet_checks: None) -> None:
    said = (ROOT / "docs/metadata.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", said, re.DOTALL)
    (texts / "tiny.toml").write_text(example, encoding="utf-8")
    assert main(["run", "--format", "html,json,xlsx,tmx,tei", "--quiet"]) == 0
    metadata = json.loads(Path("out/charter/charter.json").read_bytes())["metadata"]
    versions = metadata.pop("versions")
    known = {**metadata, **{key: "" for version in versions.values() for key in version}}
    for key in known:
        assert f"`{key}`" in said
    page = Path("out/charter/charter.html").read_text(encoding="utf-8")
    stated = [metadata, *versions.values()]
    values = [v for table in stated for v in table.values() if isinstance(v, str) and v]
    for value in [*metadata["issuers"], *metadata["keywords"], *values]:
        assert value in page


# --- the shipped statement -------------------------------------------------------------------


def test_make_align_does_what_the_readme_says() -> None:
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "align run texts --out out" in recipe
