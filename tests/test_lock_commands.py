"""`align lock`, `forbid`, `unlock` and `locks`, from outside."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import tree
from parallel_statement.cli import main
from parallel_statement.workspace import LockRecord, read_corrections

pytestmark = pytest.mark.usefixtures("stand_in", "texts", "lockstep")
FILE = Path("texts/tiny.corrections.jsonl")


def held() -> list[LockRecord]:
    return list(read_corrections(FILE).locks)


def sides(lock: LockRecord) -> dict[str, list[str]]:
    return {tag: [s.id for s in side] for tag, side in lock.segments.items()}


# --- locking ---------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", [[], ["texts"]])
@pytest.mark.parametrize("prefix", ["tiny.", ""])
def test_a_bead_is_locked_as_it_is(
    folder: list[str], prefix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lock", *folder, f"{prefix}al.s.p1.s2", "--by", "Reviser", "--note", "ok"]) == 0
    first, line = FILE.read_text(encoding="utf-8").splitlines()
    assert json.loads(first) == {"format": "parallel-statement-corrections/1"}
    change = json.loads(line)
    assert (change["action"], change["by"], change["note"]) == ("lock", "Reviser", "ok")
    (lock,) = change["add"]
    assert lock == {
        "level": "sentence",
        "kind": "lock",
        "segments": {
            "en": [{"id": "tiny-en.p1.s2", "text": "They welcomed 3 agreements."}],
            "it": [{"id": "tiny-it.p1.s2", "text": "Hanno accolto con favore 3 accordi."}],
            "ja": [{"id": "tiny-ja.p1.s2", "text": "両首脳は3件の合意を歓迎した。"}],
        },
    }
    said = capsys.readouterr().out
    assert "locked: en:p1.s2 it:p1.s2 ja:p1.s2\n" in said
    assert "next: align run texts" in said


def test_a_bead_of_a_pair_is_locked_alone() -> None:
    assert main(["lock", "al.s.en-ja.p1.s2"]) == 0
    assert [sides(lock) for lock in held()] == [{"en": ["tiny-en.p1.s2"], "ja": ["tiny-ja.p1.s2"]}]


@pytest.mark.parametrize(
    ("places", "level", "expected"),
    [
        (
            ["en:p1.s1+p1.s2", "ja:p1.s1", "it:-"],
            "sentence",
            {"en": ["tiny-en.p1.s1", "tiny-en.p1.s2"], "ja": ["tiny-ja.p1.s1"], "it": []},
        ),
        (["en:tiny-en.p1.s1", "JA:p1.s1"], "sentence", None),
        (["en:p1", "ja:p1+p2"], "paragraph", None),
        (["en:head.s1", "ja:-"], "sentence", None),
        (["en:dateline", "ja:-"], "paragraph", None),
    ],
)
def test_a_correction_names_the_segments(
    places: list[str], level: str, expected: dict[str, list[str]] | None
) -> None:
    assert main(["lock", *places]) == 0
    (lock,) = held()
    assert lock.level == level
    if expected is not None:
        assert sides(lock) == expected


def test_all_beads_are_locked_once() -> None:
    assert main(["lock", "texts", "--all"]) == 0
    first = FILE.read_bytes()
    assert {tuple(sides(lock)) for lock in held()} == {("en", "it", "ja")}
    assert main(["lock", "texts", "--all"]) == 0
    assert FILE.read_bytes() == first


def test_all_beads_of_some_languages_are_locked() -> None:
    assert main(["lock", "--all", "--languages", "ja,en"]) == 0
    assert {tuple(sides(lock)) for lock in held()} == {("en", "ja")}
    named = [i for lock in held() for i in sides(lock)["ja"] if lock.level == "sentence"]
    assert len(named) == len(set(named)) == 5


def test_segments_are_forbidden() -> None:
    assert main(["forbid", "texts", "en:p1.s1", "ja:p1.s2", "--date", "2026-11-22"]) == 0
    (lock,) = held()
    assert (lock.together, lock.date) == (False, "2026-11-22")


def test_the_file_only_grows() -> None:
    before = b""
    for place in ("p2.s1", "p1.s1", "p1.s2"):
        assert main(["lock", f"en:{place}", f"ja:{place}"]) == 0
        assert FILE.read_bytes().startswith(before)
        before = FILE.read_bytes()
    assert main(["unlock", "--all", "--by", "Chief"]) == 0
    assert FILE.read_bytes().startswith(before) and held() == []
    assert json.loads(FILE.read_text(encoding="utf-8").splitlines()[-1])["by"] == "Chief"


def test_the_locks_are_listed_in_the_order_of_the_text(capsys: pytest.CaptureFixture[str]) -> None:
    for place in ("p2.s1", "p1.s1", "p1.s2"):
        assert main(["lock", f"en:{place}", f"ja:{place}"]) == 0
    capsys.readouterr()
    assert main(["locks", "--json"]) == 0
    (document,) = json.loads(capsys.readouterr().out)["documents"]
    assert [lock["segments"]["en"][0]["id"] for lock in document["locks"]] == [
        "tiny-en.p1.s1", "tiny-en.p1.s2", "tiny-en.p2.s1",
    ]  # fmt: skip


def test_the_last_run_is_what_is_locked(capsys: pytest.CaptureFixture[str]) -> None:
    main(["run", "--format", "json", "--fail-on", "never"])
    path = Path("out/tiny/tiny.json")
    path.write_text(path.read_text(encoding="utf-8").replace('al.s.p1.s2"', 'al.s.mine"'))
    assert main(["lock", "al.s.mine"]) == 0
    assert sides(held()[0])["en"] == ["tiny-en.p1.s2"]
    text = Path("texts/en/tiny.md")
    text.write_text(text.read_text(encoding="utf-8").replace("welcomed", "noted"))
    assert main(["lock", "al.s.mine"]) == 2  # the run is of other texts now


# --- what cannot be locked -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["lock"], "name the beads or segments to lock, or give --all"),
        (["lock", "al.s.p1.s1", "--all"], "or give --all"),
        (["lock", "al.s.p9.s1"], "unknown bead 'al.s.p9.s1'; available: "),
        (["lock", "al.s.p1.s1", "en:p1.s1"], "not both"),
        (["lock", "en:p1.s1"], "two languages or more"),
        (["lock", "en:-", "ja:-"], "two languages or more"),
        (
            ["lock", "en:p1.s9", "ja:p1.s1"],
            "unknown sentence of tiny-en 'tiny-en.p1.s9'; available",
        ),
        (["lock", "en:p1.s9", "ja:p1.s1"], "p1.s1, p1.s2, p2.s1"),
        (["lock", "en:p1.s1+p2.s1", "ja:p1.s1"], "not neighbours"),
        (["lock", "en:p1.s1", "ja:p1"], "paragraphs (en:p3) or sentences (en:p3.s1), not both"),
        (["lock", "en:p1.s1", "fr:p1.s1"], "unknown language of the text 'fr'; available: en, it"),
        (["lock", "en:p1.s1", "en:p1.s2"], "en is named twice"),
        (["lock", "en:p1.s1", "ja"], "write segments as en:p3.s1+p3.s2"),
        (["lock", "nowhere", "en:p1.s1", "ja:p1.s1"], "nowhere: no such folder"),
        (["lock", "other.al.s.p1.s1"], "unknown document 'other'; available: tiny"),
        (["lock", "--all", "--languages", "en"], "name two or more"),
        (["lock", "--all", "--languages", "en,fr"], "unknown language of the text 'fr'"),
        (["lock", "en:p1.s1", "ja:p1.s1", "--date", "today"], "not a date"),
        (["forbid", "en:p1.s1"], "not to correspond"),
        (["forbid", "en:p1.s1", "ja:-"], "not to correspond"),
        (["forbid", "al.s.p1.s1"], "write segments as"),
        (["unlock"], "name the places to unlock"),
        (["unlock", "--all"], "nothing to unlock"),
        (["unlock", "en:p1.s1"], "nothing to unlock; `align locks`"),
        (["unlock", "al.s.p1.s1"], "nothing to unlock"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(Path())
    assert main(arguments) == 2
    printed = capsys.readouterr()
    assert said in printed.err and printed.out == ""
    assert tree(Path()) == before


@pytest.mark.parametrize(
    ("command", "places"),
    [
        ("lock", ["en:p1.s2", "ja:p1.s1"]),
        ("lock", ["en:p1.s1+p1.s2", "ja:p1.s1+p1.s2"]),
        ("lock", ["en:p1.s1", "ja:-"]),
        ("lock", ["en:p1", "ja:p2"]),
        ("forbid", ["en:p1.s1", "ja:p1.s1"]),
    ],
)
def test_a_contradiction_names_both_and_changes_nothing(
    command: str, places: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    main(["lock", "en:p1.s1", "ja:p1.s1"])
    before = FILE.read_bytes()
    capsys.readouterr()
    assert main([command, *places]) == 2
    said = capsys.readouterr().err
    assert f"{' '.join(places)} contradicts what is locked already: en:p1.s1 ja:p1.s1" in said
    assert "align unlock texts en:p1.s1 ja:p1.s1" in said
    assert FILE.read_bytes() == before


def test_of_several_documents_one_is_to_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    for language in ("en", "ja", "it"):
        Path("texts", language, "other.md").write_text("One.")
    assert main(["lock", "en:p1.s1", "ja:p1.s1"]) == 2
    assert "several documents: say which with --document: other, tiny" in capsys.readouterr().err
    assert main(["lock", "en:p1.s1", "ja:p1.s1", "--document", "tiny"]) == 0
    assert main(["lock", "other.al.s.p1.s1"]) == 0
    assert Path("texts/other.corrections.jsonl").exists() and len(held()) == 1


def test_corrections_without_texts_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    Path("texts/gone.corrections.jsonl").write_text("{}")
    assert main(["run"]) == 2
    assert "gone.corrections.jsonl: corrects no text" in capsys.readouterr().err


# --- unlocking and listing -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "left"),
    [
        (["en:p1.s1"], 2),
        (["en:p1.s1", "ja:p1.s1"], 3),
        (["ja:p1.s2"], 3),
        (["it:-"], 3),
        (["al.s.p1.s1"], 3),
        (["texts", "al.s.en-ja.p1.s1"], 3),
        (["--all"], 0),
    ],
)
def test_what_is_named_is_unlocked(
    arguments: list[str], left: int, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["lock", "en:p1.s1", "ja:p1.s1"])
    main(["forbid", "en:p1.s1", "ja:p2.s1"])
    main(["lock", "en:p1.s2", "ja:p1.s2"])
    main(["lock", "en:p2.s1", "it:-"])
    capsys.readouterr()
    assert main(["unlock", *arguments]) == 0
    assert capsys.readouterr().out.count("unlocked: ") == 4 - left
    assert len(held()) == left


def test_stale_locks_are_listed_and_unlocked(capsys: pytest.CaptureFixture[str]) -> None:
    main(["lock", "en:p1.s1", "ja:p1.s1", "--by", "Reviser"])
    main(["lock", "en:p2.s1", "ja:p2.s1"])
    text = Path("texts/en/tiny.md")
    text.write_text(text.read_text(encoding="utf-8").replace("in Tokyo", "in Kyoto"))
    capsys.readouterr()
    assert main(["locks"]) == 0
    said = capsys.readouterr().out
    assert "STALE" in said and "Reviser" in said
    assert main(["locks", "--json"]) == 0
    (document,) = json.loads(capsys.readouterr().out)["documents"]
    assert document["document"] == "tiny" and document["file"] == FILE.as_posix()
    assert [lock["stale"] for lock in document["locks"]] == [
        None, "en no longer has “The leaders met in Tokyo.”",
    ]  # fmt: skip
    assert main(["unlock", "--stale"]) == 0
    assert [sides(lock)["en"] for lock in held()] == [["tiny-en.p2.s1"]]


def test_a_stale_lock_stays_in_the_file_when_another_is_added() -> None:
    main(["lock", "en:p1.s1", "ja:p1.s1"])
    text = Path("texts/en/tiny.md")
    before = text.read_bytes()
    text.write_text("# Joint Statement\n\n1. They met.\n\n2. They will meet again in 2027.\n")
    assert main(["lock", "en:p2.s1", "ja:p2.s1"]) == 0
    text.write_bytes(before)
    assert [sides(lock)["en"] for lock in held()] == [["tiny-en.p1.s1"], ["tiny-en.p2.s1"]]


def test_no_locks_are_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["locks"]) == 0
    assert capsys.readouterr().out == "tiny: no locks.\n"


@pytest.mark.parametrize("command", ["lock", "forbid"])
def test_what_was_done_as_json(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "en:p1.s1", "ja:p1.s1", "--json"]) == 0
    done = json.loads(capsys.readouterr().out)
    assert done["document"] == "tiny" and done["file"] == FILE.as_posix()
    (record,) = done["locked" if command == "lock" else "forbidden"]
    assert record["segments"]["ja"] == [{"id": "tiny-ja.p1.s1", "text": "両首脳は東京で会談した。"}]


# --- undoing -------------------------------------------------------------------------------


def test_corrections_are_undone_and_done_again(capsys: pytest.CaptureFixture[str]) -> None:
    main(["lock", "en:p1.s1", "ja:p1.s1", "--by", "Reviser"])
    main(["lock", "en:p1.s2", "ja:p1.s2"])
    capsys.readouterr()
    assert main(["undo"]) == 0
    assert main(["undo", "texts"]) == 0
    said = capsys.readouterr().out
    assert "undone: lock en:p1.s2 ja:p1.s2\n" in said
    assert "undone: lock en:p1.s1 ja:p1.s1, by Reviser\n" in said
    assert held() == []
    assert main(["undo"]) == 2
    assert "nothing to undo" in capsys.readouterr().err
    assert main(["redo", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["redo"]["by"] == "Reviser"
    assert [sides(lock)["en"] for lock in held()] == [["tiny-en.p1.s1"]]
    main(["forbid", "en:p1.s1", "ja:p2.s1"])
    assert main(["redo"]) == 2
    assert "nothing to redo" in capsys.readouterr().err


# --- borders of sentences ------------------------------------------------------------------


def test_sentences_are_cut_and_joined(capsys: pytest.CaptureFixture[str]) -> None:
    for tag in ("en", "it", "ja"):
        assert main(["join", "texts", f"{tag}:p1.s1+p1.s2"]) == 0
    said = capsys.readouterr().out
    assert "join: en “The leaders met in Tokyo. | They welcomed 3 agreements." in said
    assert main(["run", "--format", "json", "--fail-on", "never"]) == 0
    result = json.loads(Path("out/tiny/tiny.json").read_text(encoding="utf-8"))
    assert "3 sentence borders of tiny.corrections.jsonl applied" in result["notices"]
    assert len(result["sentences"]["beads"]) == 4
    assert main(["cut", "en:p1.s1", "--after", "The leaders", "--by", "Reviser"]) == 0
    assert "cut: en “The leaders | met in Tokyo." in capsys.readouterr().out
    assert main(["lock", "en:p1.s1+p1.s2", "ja:p1.s1"]) == 0
    assert main(["lock", "ja:p1.s1+p1.s2", "en:p2.s1"]) == 2  # one sentence now


def test_a_stale_border_is_taken_back(capsys: pytest.CaptureFixture[str]) -> None:
    main(["cut", "en:p1.s1", "--after", "The leaders"])
    text = Path("texts/en/tiny.md")
    text.write_text(text.read_text(encoding="utf-8").replace("The leaders", "They"))
    assert main(["run", "--format", "json", "--fail-on", "never"]) == 0
    assert "a sentence border is stale" in " ".join(capsys.readouterr().out.split())
    assert main(["unlock", "--stale"]) == 0
    assert read_corrections(FILE).borders == ()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["cut", "en:p1.s1"], "does not stand at all"),
        (["cut", "en:p1.s1", "--after", "e"], "does not stand just once in en:p1.s1: The leaders"),
        (["cut", "en:p1.s1", "--after", "in Tokyo."], "name a place inside the sentence"),
        (["cut", "en:p1.s1+p1.s2", "--after", "met"], "name the sentence, as in en:p3.s1"),
        (["cut", "en:p1", "--after", "met"], "name the sentence, as in en:p3.s1"),
        (["cut", "--after", "met"], "name the sentence"),
        (["cut", "en:p1.s9", "--after", "met"], "unknown sentence of tiny-en"),
        (["join", "en:p1.s1"], "name sentences, as in en:p3.s1+p3.s2"),
        (["join", "en:p1.s1+p2.s1"], "not neighbours"),
        (["join", "en:p1.s2+p2.s1"], "the last sentence of its paragraph"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_borders_that_cannot_be_are_said(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    printed = capsys.readouterr()
    assert said in printed.err and printed.out == ""
    assert not FILE.exists()


# --- beads put right -----------------------------------------------------------------------


def test_beads_are_merged_split_and_sentences_moved(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["merge", "al.s.p1.s1", "--by", "Reviser"]) == 0
    said = capsys.readouterr().out
    assert "locked: en:p1.s1+p1.s2 it:p1.s1+p1.s2 ja:p1.s1+p1.s2\n" in said
    (record,) = held()
    assert record.by == "Reviser" and sides(record)["en"] == ["tiny-en.p1.s1", "tiny-en.p1.s2"]
    assert main(["undo"]) == 0 and held() == []
    assert main(["move", "texts", "ja:p1.s1", "--to", "next", "--json"]) == 0
    capsys.readouterr()
    assert [sides(r)["ja"] for r in held()] == [[], ["tiny-ja.p1.s1", "tiny-ja.p1.s2"]]
    assert main(["undo"]) == 0
    assert main(["move", "it:p1.s2", "--to", "alone"]) == 0
    assert [sides(r)["it"] for r in held()] == [["tiny-it.p1.s2"], []]


def test_a_bead_is_split_where_a_person_says(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["split", "texts", "al.s.p1.s1", "en:p1.s1", "it:-"]) == 0
    assert "locked: en:p1.s1 it:- ja:-\nlocked: en:- it:p1.s1 ja:p1.s1\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["merge"], "name the bead, as in al.s.p6.s1"),
        (["merge", "al.s.p2.s1"], "there is no next bead"),
        (["merge", "al.s.p9.s1"], "unknown bead"),
        (["split", "al.s.p1.s1"], "name the bead and the sentences of its first part"),
        (["split", "al.s.p1.s1", "en:p1.s2"], "name the first sentences of al.s.p1.s1"),
        (["split", "al.s.p1.s1", "en:p1.s1", "it:p1.s1", "ja:p1.s1"], "would have nothing"),
        (["move", "en:p1.s1", "--to", "there"], "--to there: previous, next or alone"),
        (["move", "en:p1"], "name one sentence"),
        (["move"], "name the sentence"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_beads_that_cannot_be_put_so_are_said(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert said in capsys.readouterr().err and not FILE.exists()
