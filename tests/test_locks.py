"""Locks: which agree, how they are kept beside the texts, and what the aligner makes of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallel_sample import aligned, version
from parallel_statement.errors import InputError, ParallelStatementError
from parallel_statement.locking import Decisions, Keeper, describe
from parallel_statement.model import Level, Lock, Version
from parallel_statement.workspace import (
    Change,
    Corrections,
    Finder,
    append,
    read_corrections,
    read_locks,
    records_of,
    resolve,
)

EN = [["Alpha.", "Beta."], ["Gamma."], ["Delta.", "Epsilon."]]
JA = [["いち。", "に。"], ["さん。"], ["し。", "ご。"]]
IT = [["Uno.", "Due."], ["Tre."], ["Quattro.", "Cinque."]]


@pytest.fixture
def versions() -> tuple[Version, ...]:
    """Five sentences in three paragraphs, in three languages."""
    return version("en", EN), version("ja", JA), version("it", IT)


def lock(words: str, level: Level = "sentence", together: bool = True) -> Lock:
    """Return the lock that *words* describe, as in ``en:p1.s1+p1.s2 ja:p1.s1 it:-``."""
    segments = {}
    for side in words.split():
        tag, _, names = side.partition(":")
        segments[tag] = tuple(f"t-{tag}.{n}" for n in names.split("+")) if names != "-" else ()
    return Lock(level, segments, together)


# --- which locks agree -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "agree"),
    [
        ("en:p1.s1 ja:p1.s1", "en:p1.s1 ja:p1.s1", True),
        ("en:p1.s1 ja:p1.s1", "en:p1.s2 ja:p1.s2", True),
        ("en:p1.s1 ja:p1.s1", "en:p1.s1 it:p1.s2", True),
        ("en:p1.s1 ja:p1.s1", "en:p1.s1 ja:p1.s2", False),
        ("en:p1.s1 ja:p1.s1", "en:p1.s1+p1.s2 ja:p1.s1+p1.s2", False),
        ("en:p1.s1 ja:p1.s2", "en:p1.s2 ja:p1.s1", False),
        ("en:p1.s1 ja:p1.s2", "en:p3.s1 ja:p1.s1", False),
        ("en:p1.s1 ja:-", "en:p1.s1 ja:p1.s1", False),
        ("en:p1.s1 ja:-", "en:p1.s1 ja:-", True),
        ("en:p1.s1 ja:-", "en:p1.s1 it:p1.s1", True),
        ("en:p1.s1+p1.s2 ja:-", "en:p1.s2 ja:-", True),
        ("en:p1.s1 ja:- it:p1.s1", "ja:p1.s1 it:p1.s1", False),
        ("P en:p1 ja:p1", "en:p1.s1 ja:p1.s2", True),
        ("P en:p1 ja:p1", "en:p1.s1 ja:p2.s1", False),
        ("P en:p1 ja:p1", "en:p1.s2+p2.s1 ja:p1.s2", False),
        ("P en:p1+p2 ja:p1", "en:p1.s2+p2.s1 ja:p1.s2", True),
        ("P en:p1 ja:p2", "en:p2.s1 ja:p1.s1", False),
        ("P en:p1 ja:-", "en:p1.s1 ja:p1.s1", False),
        ("P en:p1 ja:p1", "en:p1.s1 ja:-", True),
        ("F en:p1.s1 ja:p1.s1", "en:p1.s1 ja:p1.s1", False),
        ("F en:p1.s1 ja:p1.s1", "en:p1.s1 ja:p1.s2", True),
        ("F en:p1.s1 ja:p1.s1", "P en:p1 ja:p1", True),
        ("F P en:p1 ja:p1", "en:p1.s1 ja:p1.s1", False),
        ("F P en:p1 ja:p1", "P en:p1 ja:p1", False),
        ("F en:p1.s1 ja:p1.s1", "F en:p1.s1 ja:p1.s1", True),
    ],
)
def test_which_locks_agree(
    versions: tuple[Version, ...], first: str, second: str, agree: bool
) -> None:
    one, other = (
        lock(words.lstrip("FP "), "paragraph" if "P " in words else "sentence", "F" not in words)
        for words in (first, second)
    )
    assert Decisions(versions, [one]).opponent(other) == (None if agree else one)
    assert Decisions(versions, [other]).opponent(one) == (None if agree else other)


@given(st.data())
def test_the_beads_of_an_alignment_agree_whatever_their_order(data: st.DataObject) -> None:
    beads = data.draw(st.lists(st.tuples(*[st.integers(0, 2)] * 3), min_size=1, max_size=8))
    beads = [bead for bead in beads if any(bead)] or [(1, 1, 1)]
    totals = [sum(bead[k] for bead in beads) for k in range(3)]
    versions = [
        version(tag, [[f"{tag} {n}." for n in range(total)]])
        for tag, total in zip(("en", "ja", "it"), totals, strict=True)
    ]
    text = aligned(versions, beads, [(1, 1, 1)])
    locks = [lock for bead in text.sentences.beads for lock in Keeper(text).locks("sentence", bead)]
    decided = Decisions(versions)
    for each in data.draw(st.permutations(locks)):
        assert decided.opponent(each) is None
        decided.add(each)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("en:p9.s1 ja:p1.s1", "unknown sentence of t-en 't-en.p9.s1'; available: p2.s1, p3.s1"),
        ("en:p1.s7 ja:p1.s1", "available: p1.s1, p1.s2, p2.s1"),
        ("en:p1.s1+p2.s1 ja:p1.s1", "en:p1.s1+p2.s1: not neighbours"),
        ("en:p1.s2+p1.s1 ja:p1.s1", "not neighbours"),
    ],
)
def test_a_lock_of_what_is_not_there_is_refused(
    versions: tuple[Version, ...], words: str, said: str
) -> None:
    with pytest.raises(ParallelStatementError) as caught:
        Decisions(versions).opponent(lock(words))
    assert said in str(caught.value)


def test_a_bead_that_no_pair_divides_is_one_lock(versions: tuple[Version, ...]) -> None:
    text = aligned(versions, [(2, 1, 0), (3, 4, 5)], [(3, 3, 3)])
    found = Keeper(text).locks("sentence", text.sentences.beads[0])
    assert [describe(each) for each in found] == ["en:p1.s1+p1.s2 ja:p1.s1 it:-"]
    (found,) = Keeper(text).locks("sentence", text.sentences.beads[0], ["en", "ja"])
    assert describe(found) == "en:p1.s1+p1.s2 ja:p1.s1"


# --- the file --------------------------------------------------------------------------------


def saved(folder: Path, versions: tuple[Version, ...], *locks: Lock) -> Path:
    path = folder / "t.corrections.jsonl"
    records = records_of(locks, Finder(versions))
    change = Change("lock", records, by="Reviser", note="checked", date="2026-11-22")
    append(path, change, Corrections())
    return path


def found(path: Path, versions: tuple[Version, ...]) -> list[str]:
    return [describe(each) for each in read_locks(path, versions).locks]


def test_what_is_written_is_read_back(tmp_path: Path, versions: tuple[Version, ...]) -> None:
    locks = lock("en:p1.s1+p1.s2 ja:p1.s1 it:-"), lock("en:p2 ja:p3", "paragraph", False)
    path = saved(tmp_path, versions, *locks)
    records = read_corrections(path).locks
    said = {"by": "Reviser", "note": "checked", "date": "2026-11-22"}
    assert tuple(record.lock for record in records) == tuple(replace(x, **said) for x in locks)


def test_no_file_is_no_lock(tmp_path: Path) -> None:
    assert read_corrections(tmp_path / "t.corrections.jsonl") == Corrections()


def test_locks_are_found_again_where_their_words_are_now(
    tmp_path: Path, versions: tuple[Version, ...]
) -> None:
    path = saved(tmp_path, versions, lock("en:p2.s1 ja:p1.s2+p2.s1"), lock("en:p3.s1 ja:p3.s1"))
    en = version("en", [["New."], ["Alpha.", "Other.", "Beta."], ["Gamma.", "Delta."]])
    assert found(path, (en, versions[1])) == [
        "en:p3.s1 ja:p1.s2+p2.s1",
        "en:p3.s2 ja:p3.s1",
    ]


@pytest.mark.parametrize(
    ("paragraphs", "said"),
    [
        ([["Alpha!", "Beta."]], "en no longer has “Alpha.”"),
        ([["Alpha.", "New.", "Beta."]], "what was en:p1.s1 and p1.s2 is no longer side by side"),
        ([["Beta.", "Alpha."]], "no longer side by side"),
    ],
)
def test_a_stale_lock_is_named_and_not_applied(
    tmp_path: Path, versions: tuple[Version, ...], paragraphs: list[list[str]], said: str
) -> None:
    path = saved(tmp_path, versions, lock("en:p1.s1+p1.s2 ja:p1.s1"))
    resolution = read_locks(path, (version("en", paragraphs), versions[1]))
    assert resolution.locks == ()
    (notice,) = resolution.notices
    assert "t.corrections.jsonl: the lock en:p1.s1+p1.s2 ja:p1.s1 is stale" in notice
    assert said in notice and "align unlock" in notice


REFRAIN = [["Amen."], ["One."], ["Amen."], ["Two."], ["Amen."]]


@pytest.mark.parametrize(
    ("paragraphs", "place"),
    [
        (REFRAIN, "p3.s1"),
        ([["New."], ["New."], *REFRAIN], "p5.s1"),  # as many as before: the same of them
        ([["New."], *REFRAIN[2:]], "p2.s1"),  # one less: the nearest to the old id
        ([*REFRAIN, ["Amen."]], "p3.s1"),  # one more: the one with the old id
    ],
)
def test_of_equal_passages_the_right_one_is_found(
    tmp_path: Path, paragraphs: list[list[str]], place: str
) -> None:
    ja = version("ja", [["あ。"]])
    path = saved(tmp_path, (version("en", REFRAIN), ja), lock("en:p3.s1 ja:p1.s1"))
    assert found(path, (version("en", paragraphs), ja)) == [f"en:{place} ja:p1.s1"]


def test_two_locks_that_fall_on_one_passage_are_not_both_applied(tmp_path: Path) -> None:
    before = version("en", [["Amen."], ["Amen."]]), version("ja", [["あ。"], ["い。"]])
    path = saved(tmp_path, before, lock("en:p1.s1 ja:p1.s1"), lock("en:p2.s1 ja:p2.s1"))
    resolution = read_locks(path, (version("en", [["Amen."]]), before[1]))
    assert len(resolution.locks) == 1
    assert "its words now stand where" in resolution.notices[1]


def test_a_version_that_is_gone_takes_only_its_part_away(
    tmp_path: Path, versions: tuple[Version, ...]
) -> None:
    path = saved(tmp_path, versions, lock("en:p1.s1 ja:p1.s1 it:-"), lock("ja:p2.s1 it:p2.s1"))
    resolution = read_locks(path, versions[:2])
    assert [describe(each) for each in resolution.locks] == ["en:p1.s1 ja:p1.s1"]
    assert "there is no version in it now" in resolution.notices[1]


@given(
    st.permutations(["en:p1.s1 ja:p1.s1", "en:p1.s2 it:p1.s1", "ja:p3.s1 it:-", "en:p3.s2 ja:-"])
)
def test_the_order_in_the_file_does_not_matter(order: list[str]) -> None:
    versions = version("en", EN), version("ja", JA), version("it", IT)
    records = records_of([lock(words) for words in order], Finder(versions))
    assert resolve(records, versions, Path("x")) == resolve(
        sorted(records, key=str), versions, Path("x")
    )


def test_contradictory_locks_in_the_file_are_both_named(
    tmp_path: Path, versions: tuple[Version, ...]
) -> None:
    path = saved(tmp_path, versions, lock("en:p1.s1 ja:p1.s1"), lock("en:p1.s1 ja:p1.s2"))
    with pytest.raises(InputError) as caught:
        found(path, versions)
    said = str(caught.value)
    assert "en:p1.s1 ja:p1.s1" in said and "en:p1.s1 ja:p1.s2" in said and "align unlock" in said
