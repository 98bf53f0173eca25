"""The file of corrections: it only grows, it can be undone and redone, and it is read with care."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import parallel_statement as ps
from parallel_sample import version
from parallel_statement.model import Lock, Version
from parallel_statement.workspace import (
    Change,
    Corrections,
    Finder,
    append,
    border_at,
    correct,
    read_corrections,
    records_of,
)

HEAD = {"format": "parallel-statement-corrections/1"}


@pytest.fixture
def versions() -> tuple[Version, ...]:
    en = version("en", [["Alpha. beta", "Gamma."], ["Delta.", "Epsilon."], ["Alpha. beta"]])
    return en, version("ja", [["いち。", "に。"], ["さん。", "し。"], ["ご。"]])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "t.corrections.jsonl"


def lock(versions: tuple[Version, ...], number: int) -> Change:
    """Return a change that locks the sentences with this *number* together."""
    segments = {v.language: (v.sentences[number].id,) for v in versions}
    return Change("lock", records_of([Lock("sentence", segments)], Finder(versions)))


def numbers(corrections: Corrections) -> list[str]:
    return [record.segments["ja"][0].text for record in corrections.locks]


# --- changes ---------------------------------------------------------------------------------


@given(st.lists(st.sampled_from(["do", "undo", "redo"]), max_size=30))
def test_undo_and_redo_are_those_of_any_editor(steps: list[str]) -> None:
    """Against two stacks, as an editor has them."""
    corrections, done, undone, made = Corrections(), [], [], 0
    for step in steps:
        if step == "do":
            made += 1
            change = Change("lock", id=f"c{made}")
            done.append(change.id)
            undone.clear()
        else:
            target = corrections.undoable if step == "undo" else corrections.redoable
            stacks = (done, undone) if step == "undo" else (undone, done)
            assert (target.id if target else None) == (stacks[0][-1] if stacks[0] else None)
            if target is None:
                continue
            stacks[1].append(stacks[0].pop())
            change = Change(step, of=target.id, id=f"u{len(corrections.changes)}")
        corrections = Corrections((*corrections.changes, change))
        assert [c.id for c in corrections.in_force] == sorted(done, key=lambda c: int(c[1:]))


def test_what_is_written_is_read_back_and_only_grows(
    path: Path, versions: tuple[Version, ...]
) -> None:
    held, before = Corrections(), b""
    first = lock(versions, 0)
    steps = (
        first,
        lock(versions, 1),
        Change("undo", of="second", by="B", date="2026-11-23"),
        Change("redo", of="second"),
        Change("unlock", remove=("first",), note="no"),
    )
    expected = (["いち。"], ["いち。", "に。"], ["いち。"], ["いち。", "に。"], ["に。"])
    for step, words in zip(steps, expected, strict=True):
        ids = {"first": held.changes[0].id, "second": held.changes[1].id} if step.of else {}
        ids |= {"first": held.changes[0].id} if step.remove else {}
        change = Change(
            step.action,
            step.add,
            tuple(ids[name] for name in step.remove),
            ids.get(step.of, ""),
            step.by,
            step.date,
            step.note,
        )
        held = append(path, change, held)
        assert read_corrections(path) == held
        assert numbers(held) == words
        assert path.read_bytes().startswith(before)
        before = path.read_bytes()


def test_the_same_change_twice_has_two_ids(path: Path, versions: tuple[Version, ...]) -> None:
    held = append(path, lock(versions, 0), Corrections())
    held = append(path, lock(versions, 0), held)
    assert len({change.id for change in held.changes}) == 2


def test_ids_depend_on_what_was_done_only(tmp_path: Path, versions: tuple[Version, ...]) -> None:
    files = [tmp_path / name for name in ("a.corrections.jsonl", "b.corrections.jsonl")]
    for file in files:
        append(file, lock(versions, 0), Corrections())
    assert files[0].read_bytes() == files[1].read_bytes()


def test_what_two_people_did_can_be_merged_line_by_line(
    tmp_path: Path, versions: tuple[Version, ...]
) -> None:
    base, one, other = (tmp_path / f"{name}.corrections.jsonl" for name in ("base", "one", "other"))
    known = append(base, lock(versions, 0), Corrections())
    for file, number in ((one, 1), (other, 2)):
        file.write_bytes(base.read_bytes())
        append(file, lock(versions, number), known)
    added = other.read_text("utf-8").splitlines(keepends=True)[-1]
    one.write_text(one.read_text("utf-8") + added, encoding="utf-8")
    assert numbers(read_corrections(one)) == ["いち。", "に。", "さん。"]


def test_a_change_on_top_of_what_one_has_not_seen_is_refused(
    path: Path, versions: tuple[Version, ...]
) -> None:
    append(path, lock(versions, 0), Corrections())
    before = path.read_bytes()
    with pytest.raises(ps.InputError, match="was changed by another program meanwhile"):
        append(path, lock(versions, 1), Corrections())
    assert path.read_bytes() == before


LOCK = {
    "level": "sentence",
    "kind": "lock",
    "segments": {"en": [{"id": "t-en.p1.s1", "text": "Alpha."}], "ja": []},
}
BORDER = {"kind": "break", "language": "en", "before": "Alpha.", "after": "beta"}


def change(*decisions: object, **more: object) -> str:
    return json.dumps({"id": "c1", "action": "lock", "add": list(decisions)} | more)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", ":2: the line is not valid JSON"),
        ("\udcff", "is not UTF-8 text"),
        ("[" * 100_000, ":2: is nested too deeply"),
        ("9" * 5000, ":2: the line is not valid JSON"),
        ("[]", ":2: must be an object"),
        ("{}", "lacks 'action'"),
        (change(id=3), "'id' is not what it should be"),
        (change(colour="red"), "unknown key 'colour'; known keys: action, add, by"),
        (change(date="yesterday"), "is not a date"),
        (change(by="\ud800"), "'by' holds half a character"),
        (change(of="c0"), '"of" belongs to undo and redo'),
        (change(action="undo"), '"of" belongs to undo and redo'),
        (change(action="undo", of="c0"), "undo of 'c0': there is no such change before it"),
        (change(remove=[3]), "'remove' must be a list of texts"),
        (change("x"), ":2: add 1: must be an object"),
        (change(LOCK, LOCK | {"level": "word"}), 'add 2: "level" must be'),
        (change(LOCK | {"kind": "maybe"}), '"kind" must be "lock" or "forbid"'),
        (change(LOCK | {"colour": "red"}), "unknown key 'colour'; known keys: kind, level"),
        (change(LOCK | {"segments": []}), '"segments" must be an object'),
        (change(LOCK | {"segments": {"en": [], "ja": []}}), "names too little"),
        (change(LOCK | {"segments": {"en": ["x"], "ja": []}}), 'with "id" and "text"'),
        (change(LOCK | {"segments": {"en": "x", "ja": []}}), "must be one list"),
        (change(LOCK | {"segments": {"not a tag": []}}), "not a tag"),
        (change(LOCK | {"kind": "forbid"}), "names too little"),
        (change(LOCK | {"occurrences": {"en": "2"}}), "2 of 3"),
        (change(BORDER | {"kind": "cut"}), "'kind' is 'cut'; known: break, join"),
        (change(BORDER | {"language": "not a tag"}), "not a tag"),
        (change(BORDER | {"before": " "}), "words are needed before and after"),
        (change(BORDER | {"occurrence": "2"}), "2 of 3"),
    ],
)
def test_a_file_that_is_no_file_of_corrections_is_refused(path: Path, line: str, said: str) -> None:
    text = f"{json.dumps(HEAD)}\n{line}\n"
    path.write_text(text, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(ps.InputError) as caught:
        read_corrections(path)
    assert said in str(caught.value)


@pytest.mark.parametrize("text", ["", "{}", '{"format": "parallel-statement-locks/1"}'])
def test_the_first_line_names_the_format(path: Path, text: str) -> None:
    path.write_text(text)
    with pytest.raises(ps.InputError, match="its first line must be"):
        read_corrections(path)


# --- sentence borders ------------------------------------------------------------------------


def sentences(version: Version) -> list[str]:
    return [version.text(sentence) for sentence in version.sentences]


def test_a_border_is_put_and_taken_away(path: Path, versions: tuple[Version, ...]) -> None:
    en, ja = versions
    put = border_at(en, en.sentences[0].id, len("Alpha."))
    gone = border_at(ja, ja.sentences[2].id)
    held = append(path, Change("break", (put,)), Corrections())
    held = append(path, Change("join", (gone,)), held)
    assert read_corrections(path) == held
    corrected = correct(versions, path)
    assert sentences(corrected[0]) == [
        "Alpha.", "beta", "Gamma.", "Delta.", "Epsilon.", "Alpha. beta",
    ]  # fmt: skip
    assert [s.id for s in corrected[0].sentences][:3] == [f"t-en.p1.s{n}" for n in (1, 2, 3)]
    assert sentences(corrected[1]) == ["いち。", "に。", "さん。 し。", "ご。"]
    notices = ps.read_locks(path, corrected)
    assert notices.notices == ("2 sentence borders of t.corrections.jsonl applied",)


def test_of_equal_words_the_right_ones_are_cut(path: Path, versions: tuple[Version, ...]) -> None:
    en = versions[0]
    append(path, Change("break", (border_at(en, en.sentences[-1].id, 7),)), Corrections())
    assert sentences(correct([en], path)[0])[0] == "Alpha. beta"
    assert sentences(correct([en], path)[0])[-2:] == ["Alpha.", "beta"]


def test_a_border_whose_words_are_gone_is_reported(
    path: Path, versions: tuple[Version, ...]
) -> None:
    append(path, Change("break", (border_at(*first(versions), 6),)), Corrections())
    revised = version("en", [["Omega."]]), versions[1]
    corrected = correct(revised, path)
    assert corrected == revised
    (notice,) = ps.read_locks(path, corrected).notices
    assert "a sentence border is stale" in notice and "Alpha. | beta" in notice


def first(versions: tuple[Version, ...]) -> tuple[Version, str]:
    return versions[0], versions[0].sentences[0].id


@pytest.mark.parametrize("offset", [0, -3, 11, 99])
def test_a_border_must_lie_inside_the_sentence(versions: tuple[Version, ...], offset: int) -> None:
    with pytest.raises(ps.ParallelStatementError, match="name a place inside the sentence"):
        border_at(*first(versions), offset)


def test_paragraphs_are_not_joined(versions: tuple[Version, ...]) -> None:
    with pytest.raises(ps.ParallelStatementError, match="the last sentence of its paragraph"):
        border_at(versions[0], versions[0].sentences[1].id)


@given(st.data())
def test_any_borders_leave_every_character_in_its_place(data: st.DataObject) -> None:
    words = st.text("ab .\u3000。", min_size=1, max_size=12).filter(str.strip)
    texts = data.draw(st.lists(st.lists(words.map(str.strip), min_size=1, max_size=3), min_size=1))
    before = version("en", texts)
    records = []
    for sentence in before.sentences:
        offset = data.draw(st.none() | st.integers(0, 12))
        try:
            records.append(border_at(before, sentence.id, offset))
        except ps.ParallelStatementError:
            continue
    from parallel_statement.workspace.borders import apply_borders

    (after,) = apply_borders([before], records)
    squeezed = ["".join("".join(sentences(v)).split()) for v in (before, after)]
    assert squeezed[0] == squeezed[1]
    assert len({s.id for s in after.sentences}) == len(after.sentences)
    assert all(after.text(s).strip() == after.text(s) != "" for s in after.sentences)


def test_a_line_separator_in_the_words_ends_no_line(path: Path) -> None:
    en, ja = version("en", [["One\u2028two\u0085three\x1c."]]), version("ja", [["一。"]])
    change = lock((en, ja), 0)
    held = append(path, change, Corrections())
    assert read_corrections(path) == held
    assert held.locks[0].segments["en"][0].text == "One\u2028two\u0085three\x1c."
