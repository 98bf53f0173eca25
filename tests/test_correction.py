"""Beads merged, split and moved by a person: what stays, what the aligner is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import parallel_statement as ps
from conftest import StandIn
from parallel_sample import aligned, version
from parallel_statement.correction import Corrected, accept, leave_alone, merge, move, split
from parallel_statement.locking import describe, obeys
from parallel_statement.model import Alignment, Lock, ParallelText, Range, Version

TAGS = ("en", "it", "ja")


def make(sizes: Sequence[tuple[int, int, int]], paragraphs: int = 2) -> ParallelText:
    """Return a text of three versions with beads of *sizes*, in paragraphs of so many sentences."""
    counts = [sum(size[k] for size in sizes) for k in range(3)]
    versions = [
        version(tag, list(_groups([f"{tag}{n}." for n in range(count)], paragraphs)))
        for tag, count in zip(TAGS, counts, strict=True)
    ]
    whole = tuple(len(v.paragraphs) for v in versions)
    return aligned(versions, sizes, [whole])


def _groups(sentences: list[str], size: int) -> list[list[str]]:
    return [sentences[k : k + size] for k in range(0, len(sentences), size)] or [[]]


def kinds(text: ParallelText) -> list[str]:
    return [bead.kind for bead in text.sentences.beads]


def bead(text: ParallelText, number: int) -> str:
    return text.sentences.beads[number].id


def ranges_of(alignment: Alignment) -> list[dict[str, Range]]:
    return [dict(b.ranges) for b in alignment.beads]


def verify(text: ParallelText) -> None:
    """Assert that beads partition all versions, those of a pair inside those of all."""
    for alignment in (text.paragraphs, text.sentences):
        for v in text.versions:
            held = [k for b in alignment.beads for k in b.ranges[v.language].indices]
            assert held == list(range(len(v.segments(alignment.level))))
        for (a, b), beads in alignment.pairs.items():
            for tag, sides in ((a, [x.source for x in beads]), (b, [x.target for x in beads])):
                held = [k for r in sides for k in r.indices]
                assert held == list(range(len(text.version(tag).segments(alignment.level))))
            for part in beads:
                homes = {
                    n
                    for n, whole in enumerate(alignment.beads)
                    for tag, r in ((a, part.source), (b, part.target))
                    if set(r.indices) & set(whole.ranges[tag].indices)
                }
                assert len(homes) == 1
            assert len({x.id for x in beads}) == len(beads)
        assert len({b.id for b in alignment.beads}) == len(alignment.beads)
    inside = {
        (v.language, k): n
        for v in text.versions
        for n, b in enumerate(text.paragraphs.beads)
        for p in b.ranges[v.language].indices
        for k, s in enumerate(v.sentences)
        if s in v.paragraphs[p].sentences
    }
    for b in text.sentences.beads:
        assert len({inside[tag, k] for tag, r in b.ranges.items() for k in r.indices}) == 1


# --- single operations -----------------------------------------------------------------------


def test_a_bead_and_the_next_become_one() -> None:
    text = make([(1, 1, 1), (1, 0, 1), (1, 1, 1)])
    done = merge(text, bead(text, 0))
    assert kinds(done.text) == ["2-1-2", "1-1-1"]
    assert [describe(lock) for lock in done.locks] == ["en:p1.s1+p1.s2 it:p1.s1 ja:p1.s1+p1.s2"]
    assert done.text.sentences.beads[1] is text.sentences.beads[2]
    assert merge(text, bead(text, 1), "previous").text == done.text


def test_a_bead_becomes_two() -> None:
    text = make([(2, 1, 2)])
    done = split(text, bead(text, 0), {"en": 1, "it": 1, "ja": 1})
    assert kinds(done.text) == ["1-1-1", "1-0-1"]
    assert [describe(lock) for lock in done.locks] == [
        "en:p1.s1 it:p1.s1 ja:p1.s1", "en:p1.s2 it:- ja:p1.s2",
    ]  # fmt: skip
    assert {b.status for b in done.text.sentences.beads} == {"locked"}


@pytest.mark.parametrize(
    ("sentence", "direction", "expected"),
    [
        ("t-en.p1.s1", "next", ["0-1-1", "2-1-1"]),
        ("t-en.p1.s2", "previous", ["2-1-1", "0-1-1"]),
    ],
)
def test_a_sentence_moves_to_the_neighbour(
    sentence: str, direction: Any, expected: list[str]
) -> None:
    text = make([(1, 1, 1), (1, 1, 1)])
    assert kinds(move(text, sentence, direction).text) == expected


def test_a_bead_with_nothing_left_is_gone() -> None:
    text = make([(1, 1, 1), (1, 0, 0)])
    assert kinds(move(text, "t-en.p1.s2", "previous").text) == ["2-1-1"]


@pytest.mark.parametrize(
    ("sizes", "sentence", "expected"),
    [
        ((1, 1, 1), "t-en.p1.s1", ["1-0-0", "0-1-1"]),
        ((2, 1, 1), "t-en.p1.s2", ["1-1-1", "1-0-0"]),
        ((2, 1, 1), "t-en.p1.s1", ["1-0-0", "1-1-1"]),
        ((3, 1, 1), "t-en.p1.s2", ["1-1-1", "1-0-0", "1-0-0"]),
    ],
)
def test_a_sentence_is_left_alone(
    sizes: tuple[int, int, int], sentence: str, expected: list[str]
) -> None:
    assert kinds(leave_alone(make([sizes], paragraphs=9), sentence).text) == expected


def test_an_accepted_bead_keeps_the_finest_of_its_pairs() -> None:
    text = make([(2, 1, 2)])
    done = accept(text, bead(text, 0))
    assert ranges_of(done.text.sentences) == ranges_of(text.sentences)
    assert all(b.status == "locked" for b in done.text.pair("en", "ja"))
    assert done.locks == done.text.locks


def test_a_lock_that_stands_against_it_gives_way() -> None:
    text = accept(make([(1, 1, 1), (1, 1, 1)]), "t.al.s.p1.s1").text
    done = merge(text, bead(text, 0))
    assert [describe(lock) for lock in done.freed] == ["en:p1.s1 it:p1.s1 ja:p1.s1"]
    assert done.text.locks == done.locks


def test_a_forbid_does_not_give_way() -> None:
    from dataclasses import replace

    text = make([(1, 1, 1), (1, 1, 1)])
    forbid = Lock("sentence", {"en": ("t-en.p1.s1",), "ja": ("t-ja.p1.s2",)}, together=False)
    with pytest.raises(ps.ParallelStatementError, match=r"en:p1.s1 ja:p1.s2 is forbidden"):
        merge(replace(text, locks=(forbid,)), bead(text, 0))


def test_paragraph_beads_that_are_joined_become_one() -> None:
    versions = [version(tag, [[f"{tag}0."], [f"{tag}1."]]) for tag in TAGS]
    text = aligned(versions, [(1, 1, 1)] * 2, [(1, 1, 1)] * 2)
    done = merge(text, bead(text, 0)).text
    assert [b.kind for b in done.paragraphs.beads] == ["2-2-2"]
    verify(done)


@pytest.mark.parametrize(
    ("operation", "said"),
    [
        (lambda t: merge(t, "t.al.s.p1.s2"), "there is no next bead"),
        (lambda t: merge(t, "t.al.s.p1.s1", "previous"), "there is no previous bead"),
        (lambda t: merge(t, "t.al.s.p9.s1"), "unknown bead"),
        (lambda t: merge(t, "t.al.s.en-ja.p1.s1"), "over all versions"),
        (lambda t: split(t, "t.al.s.p1.s1", {"en": 1, "it": 1, "ja": 1}), "would have nothing"),
        (lambda t: split(t, "t.al.s.p1.s1", {}), "would have nothing"),
        (lambda t: split(t, "t.al.s.p1.s1", {"fr": 1}), "unknown language of the text 'fr'"),
        (lambda t: move(t, "t-en.p1.s1", "previous"), "en:p1.s1: there is no previous bead"),
        (lambda t: move(t, "t-en.p9.s1", "next"), "unknown sentence of t-en"),
        (lambda t: leave_alone(t, "x"), "unknown sentence"),
    ],
)
def test_what_cannot_be_done_is_said(operation: Any, said: str) -> None:
    with pytest.raises(ps.ParallelStatementError, match=said):
        operation(make([(1, 1, 1), (1, 1, 1)]))


def test_a_sentence_that_stands_alone_stays_so() -> None:
    with pytest.raises(ps.ParallelStatementError, match="stands alone already"):
        leave_alone(make([(1, 1, 1), (1, 0, 0)]), "t-en.p1.s2")


# --- laws ------------------------------------------------------------------------------------

SIZES = st.tuples(*[st.integers(0, 3)] * 3).filter(any)
TEXTS = st.builds(make, st.lists(SIZES, min_size=2, max_size=6), st.integers(1, 3))


@given(TEXTS, st.data())
def test_whatever_is_done_the_beads_partition_every_version(
    text: ParallelText, data: st.DataObject
) -> None:
    for _ in range(data.draw(st.integers(1, 5))):
        before = text
        done = data.draw(st.sampled_from([_merge, _split, _move, _alone, _accept]))(text, data)
        if done is None:
            continue
        text = done.text
        verify(text)
        assert obeys(text, text.locks)
        touched = {i for lock in done.locks for ids in lock.segments.values() for i in ids}
        names = {v.language: [s.id for s in v.sentences] for v in text.versions}
        kept = [
            b
            for b in before.sentences.beads
            if touched.isdisjoint(names[tag][k] for tag, r in b.ranges.items() for k in r.indices)
        ]
        assert all(b in text.sentences.beads for b in kept)


def _try(operation: Any, *arguments: Any) -> Corrected | None:
    try:
        return operation(*arguments)
    except ps.ParallelStatementError:
        return None


def _any_bead(text: ParallelText, data: st.DataObject) -> str:
    return data.draw(st.sampled_from([b.id for b in text.sentences.beads]))


def _any_sentence(text: ParallelText, data: st.DataObject) -> str:
    return data.draw(st.sampled_from([s.id for v in text.versions for s in v.sentences]))


def _merge(text: ParallelText, data: st.DataObject) -> Corrected | None:
    direction = data.draw(st.sampled_from(["next", "previous"]))
    return _try(merge, text, _any_bead(text, data), direction)


def _split(text: ParallelText, data: st.DataObject) -> Corrected | None:
    kept = {tag: data.draw(st.integers(0, 2)) for tag in TAGS}
    return _try(split, text, _any_bead(text, data), kept)


def _move(text: ParallelText, data: st.DataObject) -> Corrected | None:
    direction = data.draw(st.sampled_from(["next", "previous"]))
    return _try(move, text, _any_sentence(text, data), direction)


def _alone(text: ParallelText, data: st.DataObject) -> Corrected | None:
    return _try(leave_alone, text, _any_sentence(text, data))


def _accept(text: ParallelText, data: st.DataObject) -> Corrected | None:
    return _try(accept, text, _any_bead(text, data))


@given(st.lists(st.tuples(*[st.integers(1, 3)] * 3), min_size=2, max_size=4))
def test_what_was_merged_is_split_again(sizes: list[tuple[int, int, int]]) -> None:
    text = make(sizes, paragraphs=99)
    first = text.sentences.beads[0].ranges
    back = split(
        merged := merge(text, bead(text, 0)).text,
        bead(merged, 0),
        {tag: r.size for tag, r in first.items()},
    )
    assert ranges_of(back.text.sentences) == ranges_of(text.sentences)


def test_the_aligner_comes_to_the_same(stand_in: StandIn) -> None:
    versions: list[Version] = [
        version(tag, [[f"{tag} one 1.", f"{tag} two 2."], [f"{tag} three 3."]]) for tag in TAGS
    ]
    text = ps.align(versions, stand_in)
    for done in (
        merge(text, bead(text, 0)),
        move(text, "t-ja.p1.s2", "previous"),
        leave_alone(text, "t-it.p1.s2"),
    ):
        again = ps.align(versions, stand_in, locks=done.text.locks)
        assert [b.ranges for b in again.sentences.beads if b.status == "locked"] == [
            b.ranges for b in done.text.sentences.beads if b.status == "locked"
        ]
