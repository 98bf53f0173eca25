"""`align corpus`: a small archive with faults, run in real processes, killed, and run again."""

from __future__ import annotations

import csv
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

import parallel_statement as ps
from conftest import EN, IT, JA, RunProcess, Tree, tree
from parallel_statement.corpus import find_documents, read_manifest
from parallel_statement.corpus.status import Status, page
from parallel_statement.names import ncname
from parallel_statement.validation import validate_tei
from test_bad_input import CASES

MANY = 12
"""Documents of the larger archive."""
COMMAND = [sys.executable, "-m", "parallel_statement", "corpus"]


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


GLOSSARY = """id,en,en:admitted,ja,it
agreement,agreement,deal,合意,accordo
leader,leader,,両首脳,leader
treaty,treaty,,条約,trattato
"""


def archive(folder: Path) -> Path:
    """Make an archive of two documents without fault and five with one."""
    for language, text in (("en", EN), ("ja", JA), ("it", IT)):
        for name in ("2024/a", "2024/spring/b", "c"):
            write(folder / language / f"{name}.md", text.replace("2027", f"2027{len(name)}"))
        write(folder / language / "latin.txt", text)
        write(folder / language / "meta.md", text)
    (folder / "en" / "c.md").unlink()
    (folder / "en" / "latin.txt").write_bytes("caf\xe9\x81\x81".encode("latin-1") * 3 + b"\0" * 40)
    write(folder / "2024" / "a.toml", 'title = "Statement of spring"\ndate = 2024-03-01\n')
    write(folder / "meta.toml", 'colour = "red"\n')
    write(folder / "en" / "2024" / "spring" / "b.md", EN.replace("agreements", "deals"))
    write(folder / "2024" / "spring" / "b.toml", 'title = "b"\ndate = 2020-03-01\n')
    write(folder / "glossary.csv", GLOSSARY)
    write(folder / "en" / "alone.md", EN)
    write(folder / "en" / "old.doc", EN)
    write(folder / "ja" / "old.md", JA)
    write(folder / "it" / "c.txt", IT)
    return folder


def outputs(folder: Path) -> Tree:
    """Return what was made, without the log, the index and what names the paths of this machine."""
    told = ("corpus.log", "corpus.sqlite", "errors.jsonl", "summary.csv")
    return {name: data for name, data in tree(folder).items() if name not in told}


def records(out: Path) -> dict[str, int]:
    return {p.parent.name: p.stat().st_mtime_ns for p in out.glob("documents/*/record.json")}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, run_process: RunProcess) -> tuple[Path, str]:
    """The archive, worked on by two processes; and what was printed."""
    folder = tmp_path_factory.mktemp("corpus")
    archive(folder / "texts")
    done = run_process("corpus", folder / "texts", "--out", folder / "out", "--workers", "2")
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    return folder, done.stdout


def test_documents_are_found_at_any_depth(tmp_path: Path) -> None:
    entries, faults = find_documents(archive(tmp_path))
    assert [entry.id for entry in entries] == ["d-2024-a", "d-2024-spring-b", "latin"]
    assert entries[0].metadata.title == "Statement of spring"
    assert entries[0].names["ja"] == "ja/2024/a.md"
    said = {fault.document: fault.message for fault in faults}
    assert set(said) == {"alone", "c", "meta", "old"}
    assert said["alone"].endswith("is there in one language only (en)")
    assert said["c"].startswith("a second file for one text beside")
    assert "unknown key 'colour'" in said["meta"] and "no reader" in said["old"]


def test_what_can_be_done_is_done_and_the_rest_is_told(run: tuple[Path, str]) -> None:
    folder, said = run
    assert sorted(records(folder / "out")) == ["d-2024-a", "d-2024-spring-b"]
    lines = (folder / "out" / "errors.jsonl").read_text("utf-8").splitlines()
    problems = {line["document"]: line["message"] for line in map(json.loads, lines)}
    assert set(problems) == {"alone", "c", "latin", "meta", "old"}
    assert all(problems.values()) and "problem: alone" in said


def test_the_table_has_a_row_for_every_document(run: tuple[Path, str]) -> None:
    with (run[0] / "out" / "summary.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["document"]: row for row in csv.DictReader(file)}
    assert len(rows) == 7
    assert rows["d-2024-a"]["title"] == "Statement of spring"
    assert rows["d-2024-a"]["languages"] == "en it ja" and rows["d-2024-a"]["beads"] == "5"
    assert rows["old"]["beads"] == "" and "no reader" in rows["old"]["problem"]


def test_the_whole_is_one_tei_one_memory_and_one_list(run: tuple[Path, str]) -> None:
    out = run[0] / "out"
    corpus = etree.parse(out / "corpus.xml")
    corpus.xinclude()
    names = {"t": "http://www.tei-c.org/ns/1.0"}
    assert corpus.xpath("count(/t:teiCorpus/t:teiCorpus)", namespaces=names) == 2
    assert corpus.xpath("count(//t:TEI)", namespaces=names) == 6
    beads = [json.loads(line) for line in (out / "corpus.jsonl").read_text("utf-8").splitlines()]
    assert [bead["document"] for bead in beads] == ["d-2024-a"] * 5 + ["d-2024-spring-b"] * 5
    units = etree.parse(out / "corpus.tmx").xpath("/tmx/body/tu/@tuid")
    assert units == [bead["bead"] for bead in beads]


def test_a_term_is_found_in_the_whole_archive(
    run: tuple[Path, str], run_process: RunProcess
) -> None:
    out = run[0] / "out"
    found = run_process("find", "leader", out, "--json")
    assert found.returncode == 0, found.stderr
    beads = json.loads(found.stdout)["beads"]
    assert [bead["title"] for bead in beads] == ["Statement of spring", "b"]  # the newest first
    assert all(set(bead["languages"]) == {"en", "it", "ja"} for bead in beads)
    words = beads[0]["languages"]["en"]["text"]
    assert [words[a:b] for a, b in beads[0]["languages"]["en"]["mentions"]] == ["leaders"]
    shown = run_process("find", "leader", out, "--document", "d-2024-a")
    assert "[leaders]" in shown.stdout and "1 bead of 1 document" in shown.stdout
    assert run_process("find", "zyzzyva", out).returncode == 1


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_concept_with_two_names_is_told_with_documents_and_dates(run: tuple[Path, str]) -> None:
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in rows_of(run[0] / "out" / "terms.csv"):
        words = row["term"], row["verdict"]
        found.setdefault((row["concept"], row["language"]), []).append(words)
        if row["term"] == "deal":
            assert (row["first"], row["last"]) == ("2020-03-01", "2020-03-01")
            assert (row["uses"], row["where"]) == ("1", "d-2024-spring-b")
    assert found["agreement", "en"] == [("agreement", "usual"), ("deal", "variant")]
    assert found["agreement", "ja"] == [("合意", "usual")]
    assert found["leader", "it"] == [("leader", "usual"), ("", "not named")]
    said = json.loads((run[0] / "out" / "terms.json").read_text("utf-8"))
    (deal,) = [each for each in said["renderings"] if each["term"] == "deal"]
    assert deal["documents"] == [{"document": "d-2024-spring-b", "date": "2020-03-01", "uses": 1}]


def test_it_is_told_how_much_of_the_glossary_is_used(run: tuple[Path, str]) -> None:
    rows = rows_of(run[0] / "out" / "coverage.csv")
    covered = {(row["concept"], row["language"]): row for row in rows}
    assert len(covered) == 9
    assert (covered["treaty", "ja"]["documents"], covered["treaty", "ja"]["share"]) == ("0", "")
    italian = covered["leader", "it"]  # the second sentence of Japanese alone says who it is
    assert (italian["documents"], italian["rows"], italian["named"]) == ("2", "6", "2")
    sheets = openpyxl.load_workbook(run[0] / "out" / "terms.xlsx").worksheets
    assert [sheet.title for sheet in sheets] == ["Renderings", "Coverage"]
    assert sheets[1].max_row == len(rows) + 1


def test_the_collection_is_validated_document_by_document(
    run: tuple[Path, str], tmp_path: Path
) -> None:
    subprocess.run(["cp", "-r", run[0] / "out", tmp_path / "out"], check=True)
    assert validate_tei(tmp_path / "out" / "corpus.xml") == ()
    path = tmp_path / "out" / "documents" / "d-2024-a" / "tei" / "d-2024-a.xml"
    path.write_text(path.read_text("utf-8").replace('type="1-1-1"', 'type="2-1-1"', 1), "utf-8")
    found = validate_tei(tmp_path / "out" / "corpus.xml")
    assert {Path(violation.file).name for violation in found} == {"d-2024-a.xml"}


def test_what_a_process_left_that_died_while_writing_is_cleared_away(
    run: tuple[Path, str], tmp_path: Path, run_process: RunProcess
) -> None:
    folder = tmp_path / "again"
    subprocess.run(["cp", "-r", run[0], folder], check=True)
    made, place = outputs(folder / "out"), folder / "out" / "documents" / "d-2024-a"
    (place / "record.json").unlink()
    write(place / "tei" / ".1234-0.tmp", "half")
    run_process("corpus", folder / "texts", "--out", folder / "out")
    assert outputs(folder / "out") == made


def test_a_second_run_does_only_what_changed(
    run: tuple[Path, str], tmp_path: Path, run_process: RunProcess
) -> None:
    folder = tmp_path / "again"
    subprocess.run(["cp", "-r", run[0], folder], check=True)
    before, made = records(folder / "out"), outputs(folder / "out")
    arguments = ("corpus", folder / "texts", "--out", folder / "out")
    assert run_process(*arguments).returncode == 1
    assert records(folder / "out") == before and outputs(folder / "out") == made
    path = folder / "texts" / "it" / "2024" / "a.md"
    path.write_text(IT.replace("2027", "2028"), encoding="utf-8")
    plan = json.loads(run_process(*arguments, "--dry-run", "--json").stdout)
    assert plan["to do"] == ["d-2024-a", "latin"] and plan["done"] == ["d-2024-spring-b"]
    assert outputs(folder / "out") == made
    run_process(*arguments)
    after = records(folder / "out")
    assert after["d-2024-a"] != before["d-2024-a"]
    assert after["d-2024-spring-b"] == before["d-2024-spring-b"]


def heedful() -> None:
    """Let the process be interrupted, even if the tests run where that is ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def started(folder: Path, workers: int) -> subprocess.Popen[bytes]:
    """Start the command and wait for its first document."""
    process = subprocess.Popen(
        ["nice", *COMMAND, folder / "texts", "--out", folder / "out", "--workers", str(workers)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": ""},
        preexec_fn=heedful,
    )
    end = time.monotonic() + 120
    while not records(folder / "out") and time.monotonic() < end:
        time.sleep(0.02)
    return process


def children(process: subprocess.Popen[bytes]) -> list[int]:
    """Return the processes that work for *process*."""
    pids = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return [int(pid) for pid in pids if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def larger_texts(folder: Path) -> Path:
    """Put more documents into *folder* than are done before anybody can stop it."""
    for language, text in (("en", EN), ("ja", JA), ("it", IT)):
        for number in range(MANY):
            write(folder / "texts" / language / f"d{number}.md", text.replace("2027", f"{number}"))
    return folder


@pytest.fixture
def larger(tmp_path: Path) -> Path:
    """An archive of several documents."""
    return larger_texts(tmp_path)


def gone_on(folder: Path, run_process: RunProcess) -> subprocess.CompletedProcess[str]:
    """Run the command on the archive in *folder*, again or for the first time."""
    return run_process("corpus", folder / "texts", "--out", folder / "out", "--workers", "1")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, run_process: RunProcess) -> Tree:
    """What comes of it if nothing happens."""
    folder = larger_texts(tmp_path_factory.mktemp("whole"))
    assert gone_on(folder, run_process).returncode == 0
    return outputs(folder / "out")


needs_proc = pytest.mark.skipif(
    not Path("/proc/self/task").is_dir(), reason="needs /proc, to find the processes to kill"
)


@needs_proc
def test_nothing_is_lost_when_processes_are_killed(
    larger: Path, whole: Tree, run_process: RunProcess
) -> None:
    process = started(larger, workers=2)
    for pid in children(process)[:1]:
        os.kill(pid, signal.SIGKILL)  # the others go on
    assert process.wait(timeout=200) == 0
    assert outputs(larger / "out") == whole
    subprocess.run(["rm", "-r", larger / "out"], check=True)
    process = started(larger, workers=2)
    workers = children(process)
    process.kill()
    process.wait()
    end = time.monotonic() + 60
    while any(Path(f"/proc/{pid}").exists() for pid in workers) and time.monotonic() < end:
        time.sleep(0.05)
    assert not any(Path(f"/proc/{pid}").exists() for pid in workers)
    before = records(larger / "out")
    assert 0 < len(before) < MANY
    assert gone_on(larger, run_process).returncode == 0
    assert outputs(larger / "out") == whole
    assert {name: records(larger / "out")[name] for name in before} == before


@needs_proc
def test_an_interrupt_stops_cleanly(larger: Path) -> None:
    process = started(larger, workers=1)
    page = larger / "out" / "status.html"
    end = time.monotonic() + 60
    while not page.exists() and time.monotonic() < end:
        time.sleep(0.01)
    shown = page.read_text("utf-8")
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 130
    assert re.search(rf"\d+ of {MANY} documents .* sentences a second, \d:\d\d:\d\d left", shown)
    log = (larger / "out" / "corpus.log").read_text("utf-8")
    assert re.search(rf" 1/{MANY} d\d+ done \(\d+ sentences a second, \d:\d\d:\d\d left\)", log)
    assert not page.exists() and not list((larger / "out").rglob("*.tmp"))


def test_what_a_status_page_shows_is_text() -> None:
    said = page(Status(10, 5, 2, 600, 20.0, [("a<b", "<script>alert(1)</script>")])).decode()
    assert "5 of 10 documents (50 %), 2 done before; 30 sentences a second, 0:00:20 left" in said
    assert "<script" not in said and "a&lt;b" in said
    assert "starting" in page(Status(0, 0, 0, 0, 0.0)).decode()


def test_a_full_disk_stops_the_run_and_leaves_no_half_file(
    larger: Path, run_process: RunProcess
) -> None:
    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (9_000, 9_000))

    done = subprocess.run(
        [*COMMAND, larger / "texts", "--out", larger / "out", "--workers", "1"],
        capture_output=True,
        text=True,
        preexec_fn=small,
        check=False,
    )
    assert done.returncode == 2 and "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert not records(larger / "out") and not list((larger / "out").rglob("*.tmp"))
    assert gone_on(larger, run_process).returncode == 0
    assert len(records(larger / "out")) == MANY


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 400 kilobytes."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", place]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("no file system can be mounted here")
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_disk_that_fills_up_keeps_what_is_done(
    larger: Path, whole: Tree, small_disk: Path, run_process: RunProcess
) -> None:
    out = small_disk / "out"
    done = run_process("corpus", larger / "texts", "--out", out, "--workers", "1")
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert "No space left" in done.stderr and "run it again to go on" in done.stderr
    before = records(out)
    assert 0 < len(before) < MANY and not list(out.rglob("*.tmp"))
    subprocess.run(["mount", "-o", "remount,size=40m", small_disk], check=True)
    again = run_process("corpus", larger / "texts", "--out", out, "--workers", "1")
    assert again.returncode == 0, again.stderr
    assert outputs(out) == whole
    assert {name: records(out)[name] for name in before} == before


def broken(folder: Path, scratch: Path) -> set[str]:
    """Put a document of each kind that cannot be read into *folder*; return their ids."""
    found: set[str] = set()
    for kind, (change, arguments, _) in CASES.items():
        texts = scratch / ncname(kind)
        for language, text in (("en", EN), ("ja", JA), ("it", IT)):
            write(texts / language / "tiny.md", text)
        if kind == "docx that unpacks to gigabytes" or arguments not in ("run", "check"):
            continue
        change(texts)
        paths = [path for path in sorted(texts.rglob("*")) if path.is_file()]
        if any(path.stem != "tiny" or len(path.parent.name) != 2 for path in paths):
            continue  # not of a document
        for path in paths:
            place = folder / path.parent.name / f"{ncname(kind)}{path.suffix}"
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, place)
        found.add(ncname(kind))
    return found


def test_each_kind_of_broken_document_is_told_and_the_others_are_done(
    tmp_path: Path, run_process: RunProcess
) -> None:
    bad = broken(tmp_path / "texts", tmp_path / "scratch")
    assert len(bad) >= 15
    for language, text in (("en", EN), ("ja", JA), ("it", IT)):
        write(tmp_path / "texts" / language / "good.md", text)
    out = tmp_path / "out"
    done = run_process("corpus", tmp_path / "texts", "--out", out, "--workers", "2")
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert list(records(out)) == ["good"]
    lines = (out / "errors.jsonl").read_text("utf-8").splitlines()
    said = {line["document"]: line["message"] for line in map(json.loads, lines)}
    assert set(said) == bad
    assert not [message for message in said.values() if not message or "internal" in message]


MANIFEST = """document,language,path,metadata
first,en,a.md,first.toml
first,ja,x/b.md,
second,en,a.md,
second,xx-nonsense,x/b.md,
third,en,,
fourth,en,a.md,
fourth,en,x/b.md,
fifth,en,a.doc,
"""


def test_a_manifest_names_the_files(tmp_path: Path) -> None:
    write(tmp_path / "a.md", EN)
    write(tmp_path / "x" / "b.md", JA)
    write(tmp_path / "first.toml", 'title = "One"\n')
    write(tmp_path / "list.csv", MANIFEST)
    (entry,), faults = read_manifest(tmp_path / "list.csv")
    assert (entry.id, entry.metadata.title) == ("first", "One")
    assert entry.names == {"en": "a.md", "ja": "x/b.md"}
    assert {fault.document for fault in faults} == {"second", "third", "fourth", "fifth"}
    assert any("list.csv:6: 'path' is empty" in fault.message for fault in faults)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"document,language\n", "lacks the column 'path'"),
        (b"\xff\xfe\x00", "is not UTF-8"),
        (b'document,language,path\n"a', "is no CSV table"),
    ],
)
def test_a_file_that_is_no_manifest_is_refused(tmp_path: Path, text: bytes, said: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(text)
    with pytest.raises(ps.InputError, match=said):
        read_manifest(path)


def test_what_is_written_among_the_texts_is_refused(
    run_process: RunProcess, tmp_path: Path
) -> None:
    archive(tmp_path / "texts")
    done = run_process("corpus", tmp_path / "texts", "--out", tmp_path / "texts" / "out")
    assert done.returncode == 2 and "lies inside the texts" in done.stderr
