"""`align update`, and what `align run` does with locks, from outside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from conftest import tree
from parallel_sample import obedient
from parallel_statement.cli import main

pytestmark = pytest.mark.usefixtures("stand_in", "texts", "obeying")


@pytest.fixture
def obeying(monkeypatch: pytest.MonkeyPatch) -> None:
    """An aligner that makes a bead of every lock, and leaves alone what no lock names."""
    monkeypatch.setattr("parallel_statement.alignment.align", obedient)
    monkeypatch.setattr("parallel_statement.revision.renewal.align", obedient)


def edit(language: str, old: str, new: str) -> None:
    path = Path("texts", language, "tiny.md")
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def run(*arguments: str) -> int:
    return main([*arguments, "--fail-on", "never"])


def result() -> dict[str, Any]:
    return json.loads(Path("out/tiny/tiny.json").read_text(encoding="utf-8"))


def locked() -> list[str]:
    return [bead["id"] for bead in result()["sentences"]["beads"] if bead["kind"] == "1-1-1"]


PLACES = ("head.s1", "dateline.s1", "p1.s1", "p1.s2", "p2.s1")


@pytest.fixture
def all_locked() -> None:
    for place in PLACES:
        assert main(["lock", *(f"{tag}:{place}" for tag in ("en", "ja", "it"))]) == 0


# --- runs with locks -------------------------------------------------------------------------


def test_a_run_obeys_the_locks_and_says_so(
    all_locked: None, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run("run") == 0
    assert "note: tiny: 5 locks of tiny.corrections.jsonl applied" in " ".join(
        capsys.readouterr().out.split()
    )
    assert result()["notices"] == ["5 locks of tiny.corrections.jsonl applied"]
    assert len(locked()) == 5


def test_a_run_without_locks_says_nothing_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("run") == 0
    assert "lock" not in capsys.readouterr().out
    assert result()["notices"] == []


def test_a_stale_lock_is_said_and_not_applied(all_locked: None) -> None:
    edit("ja", "東京", "京都")
    assert run("run") == 0
    applied, stale = result()["notices"]
    assert applied == "4 locks of tiny.corrections.jsonl applied"
    assert "the lock en:p1.s1 ja:p1.s1 it:p1.s1 is stale" in stale
    assert "ja no longer has “両首脳は東京で会談した。”" in stale
    assert len(locked()) == 4


@pytest.mark.parametrize("command", ["show", "check"])
def test_other_commands_obey_too(
    all_locked: None, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main([command, "--json"]) == 0
    (document,) = json.loads(capsys.readouterr().out)["documents"]
    beads = document["beads"]
    assert (len(beads) if command == "show" else beads["sentence"]) == 5


def test_a_faulty_locks_file_is_reported_before_any_work(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("texts/tiny.corrections.jsonl").write_text("{")
    assert main(["run"]) == 2
    assert "tiny.corrections.jsonl:1: the line is not valid JSON" in capsys.readouterr().err


# --- update ----------------------------------------------------------------------------------


def test_an_update_keeps_what_did_not_change_and_tells_the_rest(
    all_locked: None, capsys: pytest.CaptureFixture[str]
) -> None:
    run("run")
    main(["unlock", "--all"])
    before = {bead["id"]: bead for bead in result()["sentences"]["beads"]}
    edit("en", "They welcomed 3 agreements.", "They warmly welcomed 3 agreements.")
    edit("it", "# Dichiarazione", "# Nuovo titolo\n\n# Dichiarazione")
    capsys.readouterr()
    assert run("update") == 0
    said = capsys.readouterr().out
    assert "tiny: 4 of 8 beads of sentences kept" in said
    assert "it added" in said and "Nuovo titolo" in said
    assert "en reworded" in said and "They warmly welcomed 3 agreements." in said
    assert "bead changed" in said and "bead new" in said
    assert "out/tiny/tiny.json" in said
    after = {bead["id"]: bead for bead in result()["sentences"]["beads"]}
    for place in ("head.s1", "dateline.s1", "p1.s1", "p2.s1"):
        was, now = (beads[f"tiny.al.s.{place}"] for beads in (before, after))
        assert (was["kind"], was["posterior"]) == (now["kind"], now["posterior"])
    assert after["tiny.al.s.head.s1"]["segments"]["it"] == ["tiny-it.head2.s1"]


def test_an_update_of_nothing_changes_nothing(
    all_locked: None, capsys: pytest.CaptureFixture[str]
) -> None:
    run("run")
    before = tree(Path("out"))
    capsys.readouterr()
    assert run("update") == 0
    assert "5 of 5 beads of sentences kept" in capsys.readouterr().out
    assert tree(Path("out")) == before


def test_what_changed_as_json(all_locked: None, capsys: pytest.CaptureFixture[str]) -> None:
    run("run")
    edit("ja", "東京", "京都")
    capsys.readouterr()
    assert run("update", "--json") == 0
    (document,) = json.loads(capsys.readouterr().out)["documents"]
    changes = document["changes"]
    assert changes["kept"] == 4
    (segment,) = changes["segments"]
    assert (segment["kind"], segment["language"]) == ("reworded", "ja")
    assert segment["before"] == {"id": "tiny-ja.p1.s1", "text": "両首脳は東京で会談した。"}
    assert segment["after"]["text"] == "両首脳は京都で会談した。"
    assert changes["stale locks"] == [
        {
            "segments": {tag: [f"tiny-{tag}.p1.s1"] for tag in ("en", "ja", "it")},
            "reason": "ja no longer has “両首脳は東京で会談した。”",
        }
    ]
    assert {change["kind"] for change in changes["beads"]} == {"changed", "new"}
    assert "out/tiny/tiny.json" in document["files"]


def test_a_version_that_comes_later_leaves_the_checked_pair(all_locked: None) -> None:
    italian = Path("texts/it/tiny.md")
    kept = italian.read_bytes()
    italian.unlink()
    run("run")
    before = result()["sentences"]["pairs"]
    italian.write_bytes(kept)
    run("update")
    assert [pair for pair in result()["sentences"]["pairs"] if "it" not in pair.values()] == before


def test_an_earlier_result_can_be_named(all_locked: None) -> None:
    run("run")
    Path("old.json").write_bytes(Path("out/tiny/tiny.json").read_bytes())
    edit("ja", "東京", "京都")
    run("run")
    assert run("update", "--since", "old.json") == 0
    assert len(result()["sentences"]["beads"]) == 4 + 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "out/tiny/tiny.json: there is no such file; `align run` writes it"),
        (["--since", "gone.json"], "gone.json: there is no such file"),
        (["--since", "texts/en/tiny.md"], "is not valid JSON"),
        (["--format", "nothing"], "unknown format 'nothing'"),
        (["--without", "nothing"], "unknown check 'nothing'"),
        (["--document", "nothing"], "unknown document 'nothing'"),
        (["--out", "texts/out"], "lies inside the texts"),
    ],
)
def test_what_cannot_be_updated_is_said_and_nothing_is_written(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(Path())
    assert main(["update", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert tree(Path()) == before


def test_one_earlier_result_is_of_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    for language in ("en", "ja", "it"):
        Path("texts", language, "other.md").write_text("One.")
    run("run")
    assert main(["update", "--since", "out/tiny/tiny.json"]) == 2
    assert "say which with --document: other, tiny" in capsys.readouterr().err
    assert main(["update", "--since", "out/tiny/tiny.json", "--document", "other"]) == 2
    assert "the earlier result is of 'tiny', the texts are 'other'" in capsys.readouterr().err
