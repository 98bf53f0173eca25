"""Texts that changed since they were aligned: what is found again, kept, and told."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parallel_sample import aligned, obedient, version
from parallel_statement.errors import ParallelStatementError
from parallel_statement.model import Lock, ParallelText, Range, Version
from parallel_statement.revision import Revision, update
from parallel_statement.revision import renewal as module
from parallel_statement.revision.matching import common, match

EN = [["Alpha one.", "Beta two."], ["Gamma three."], ["Delta four.", "Epsilon five."]]
JA = [["いち一。", "に二。"], ["さん三。"], ["し四。", "ご五。"]]
IT = [["Uno primo.", "Due secondo."], ["Tre terzo."], ["Quattro quarto.", "Cinque quinto."]]
ONES = [(1, 1, 1)] * 5


@pytest.fixture(autouse=True)
def _obedient(monkeypatch: pytest.MonkeyPatch) -> None:
    """An aligner that only obeys, so that all else is seen to come from the earlier result."""
    monkeypatch.setattr(module, "align", obedient)


def three(en: object = EN, ja: object = JA, it: object = IT) -> list[Version]:
    return [version(tag, side) for tag, side in (("en", en), ("ja", ja), ("it", it)) if side]


def before(sizes: Sequence[tuple[int, ...]] = ONES) -> ParallelText:
    return aligned(three(), sizes, [(1, 1, 1)] * 3)


def beads(text: ParallelText) -> dict[str, str]:
    """Return the sentence beads by id, as in ``1-1-1 0.75``."""
    return {bead.id: f"{bead.kind} {bead.posterior}" for bead in text.sentences.beads}


def told(revision: Revision) -> list[str]:
    return [
        f"{change.language} {change.kind} "
        f"{change.before.text if change.before else ''}>{change.after.text if change.after else ''}"
        for change in revision.segments
    ]


# --- finding segments again ------------------------------------------------------------------


@given(st.lists(st.integers(0, 6), max_size=30), st.lists(st.integers(0, 6), max_size=30))
def test_common_pairs_are_equal_and_in_order(old: list[int], new: list[int]) -> None:
    pairs = common(old, new)
    assert all(old[i] == new[j] for i, j in pairs)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))


@given(st.lists(st.integers(0, 40), unique=True, max_size=20), st.data())
def test_what_only_grew_is_found_whole(old: list[int], data: st.DataObject) -> None:
    new = list(old)
    for number in range(data.draw(st.integers(0, 3))):
        new.insert(data.draw(st.integers(0, len(new))), 100 + number)
    assert len(common(old, new)) == len(old)


def test_a_renumbered_paragraph_is_the_same_and_a_cut_one_keeps_its_sentences() -> None:
    matching = match(version("en", EN), version("en", [["New."], EN[0], EN[1], ["Delta four."]]))
    assert matching.paragraphs == {0: 1, 1: 2}
    assert matching.sentences == {0: 1, 1: 2, 2: 3, 3: 4}
    assert matching.moved("sentence", Range(0, 2)) == Range(1, 3)


@pytest.mark.parametrize(
    ("new", "gap", "now"),
    [
        (EN, 2, Range(2, 2)),
        ([["New."], *EN], 2, Range(3, 3)),
        ([EN[0], ["New."], *EN[1:]], 2, None),
        ([EN[0], ["Gamma third."], EN[2]], 2, None),
        ([EN[0], EN[1], ["Delta four.", "Epsilon fifth."]], 2, Range(2, 2)),
        ([*EN, ["New."]], 5, None),
        (EN, 0, Range(0, 0)),
    ],
)
def test_a_gap_is_unchanged_if_nothing_came_into_it(
    new: list[list[str]], gap: int, now: Range | None
) -> None:
    matching = match(version("en", EN), version("en", new))
    assert matching.moved("sentence", Range(gap, gap)) == now


# --- what is kept ----------------------------------------------------------------------------


def test_nothing_changed_is_the_same_result() -> None:
    old = before([(2, 1, 2), (0, 1, 0), (1, 1, 1), (0, 0, 1), (1, 1, 0), (1, 1, 1)])
    revision = update(old, three())
    assert revision.text.sentences == old.sentences
    assert revision.text.paragraphs == old.paragraphs
    assert (revision.kept, revision.segments, revision.beads) == (6, (), ())


def test_a_reworded_sentence_frees_its_bead_only() -> None:
    new = [EN[0], ["Gamma third."], EN[2]]
    revision = update(before(), three(en=new))
    assert revision.kept == 4
    assert told(revision) == ["en reworded Gamma three.>Gamma third."]
    assert [v for v in beads(revision.text).values() if v == "1-1-1 0.75"] == ["1-1-1 0.75"] * 4
    (changed, *others) = revision.beads
    assert changed.kind == "changed" and changed.before and changed.after
    assert changed.before.id == changed.after.id == "t.al.s.p2.s1"
    assert {other.kind for other in others} == {"new"}


def test_kept_beads_keep_their_ids_and_new_ones_step_aside() -> None:
    revision = update(before(), three(en=[["New one."], *EN]))
    found = beads(revision.text)
    assert [i for i in found if found[i] == "1-1-1 0.75"] == [
        bead.id for bead in before().sentences.beads
    ]
    assert found["t.al.s.p1.s1.2"] == "1-0-0 0.25"
    assert [(c.kind, c.after and c.after.id) for c in revision.beads] == [("new", "t.al.s.p1.s1.2")]
    again = update(revision.text, three(en=[["Newer."], ["New one."], *EN]))
    assert {"t.al.s.p1.s1", "t.al.s.p1.s1.2", "t.al.s.p1.s1.3"} <= set(beads(again.text))


def test_a_removed_sentence_takes_its_bead_along() -> None:
    revision = update(before(), three(en=[EN[0], EN[2]], ja=[JA[0], JA[2]], it=[IT[0], IT[2]]))
    assert revision.kept == 4
    assert told(revision) == [
        "en removed Gamma three.>", "ja removed さん三。>", "it removed Tre terzo.>",
    ]  # fmt: skip
    assert [(change.kind, change.before and change.before.id) for change in revision.beads] == [
        ("gone", "t.al.s.p2.s1")
    ]


def test_what_was_missing_and_came_is_free_to_find_its_partners() -> None:
    old = aligned(three(it=[IT[0], IT[2]]), [(1, 1, 1)] * 2 + [(1, 1, 0)] + [(1, 1, 1)] * 2,
                  [(1, 1, 1), (1, 1, 0), (1, 1, 1)])  # fmt: skip
    revision = update(old, three())
    assert revision.kept == 4  # not the bead with the gap


def test_a_new_version_leaves_the_pair_as_it_is() -> None:
    old = aligned(three(it=None), [(2, 1), (0, 1), (3, 3)], [(1, 1)] * 3)
    revision = update(old, three())
    assert revision.languages_added == ("it",)
    assert revision.text.sentences.pairs["en", "ja"] == old.sentences.pairs["en", "ja"]
    kept = [bead for bead in revision.text.sentences.beads if bead.ranges["en"].size]
    assert [bead.id for bead in kept] == ["t.al.s.p1.s1", "t.al.s.p2.s1"]
    assert {bead.posterior for bead in kept} == {0.25}  # with the new version, less sure
    assert revision.segments == ()


def test_a_version_that_is_gone_leaves_the_others() -> None:
    old = before([(1, 1, 1), (1, 1, 0), (1, 1, 2), (2, 2, 2)])
    revision = update(old, three(it=None))
    assert revision.languages_removed == ("it",)
    assert [bead.kind for bead in revision.text.sentences.beads] == ["1-1", "1-1", "1-1", "2-2"]
    assert revision.text.sentences.pairs["en", "ja"] == old.sentences.pairs["en", "ja"]


def test_results_of_another_document_are_refused() -> None:
    with pytest.raises(ParallelStatementError, match="'t', the texts are 'u'"):
        update(before(), [version("en", EN, "u"), version("ja", JA, "u")])


# --- locks -----------------------------------------------------------------------------------


def fixed(text: ParallelText, number: int) -> ParallelText:
    """Return *text* with one sentence bead locked."""
    from dataclasses import replace

    some = list(text.sentences.beads)
    some[number] = replace(some[number], status="locked", posterior=1.0)
    return replace(text, sentences=replace(text.sentences, beads=tuple(some)))


def lock(**segments: str) -> Lock:
    return Lock(
        "sentence",
        {t: tuple(f"t-{t}.{i}" for i in s.split("+")) if s else () for t, s in segments.items()},
    )


def test_a_lock_goes_before_what_was() -> None:
    wanted = lock(en="p1.s1+p1.s2", ja="p1.s1")
    revision = update(before(), three(), locks=[wanted])
    assert revision.kept == 3
    assert "2-1-0 0.25" in beads(revision.text).values()


def test_what_was_locked_stays_locked_without_word() -> None:
    revision = update(fixed(before(), 0), three())
    assert revision.kept == 5
    assert revision.text.sentences.beads[0].status == "locked"


def test_what_is_locked_no_more_is_free() -> None:
    revision = update(fixed(before(), 0), three(), locks=[])
    assert revision.kept == 4
    still = update(fixed(before(), 0), three(), locks=[lock(en="p1.s1", ja="p1.s1", it="p1.s1")])
    assert still.kept == 5 and still.text.sentences.beads[0].status == "locked"


def test_a_lock_whose_segment_has_another_number_now_keeps_its_bead() -> None:
    moved = three(it=[["Uno nuovo.", *IT[0]], *IT[1:]])
    wanted = lock(en="p1.s2", ja="p1.s2", it="p1.s3")
    revision = update(fixed(before(), 1), moved, locks=[wanted])
    assert "t.al.s.p1.s2" not in {change.before.id for change in revision.beads if change.before}
    assert revision.text.locks == (wanted,)


def test_locks_of_the_earlier_result_stay_where_their_words_are() -> None:
    from dataclasses import replace

    decided = lock(en="p1.s2", ja="p1.s2"), lock(en="p1.s1", it="p1.s1")
    revision = update(replace(before(), locks=decided), three(it=[["Altro.", IT[0][1]], *IT[1:]]))
    assert revision.text.locks == decided[:1]


# --- laws ------------------------------------------------------------------------------------


@st.composite
def alignments(draw: st.DrawFn) -> ParallelText:
    sizes = draw(st.lists(st.tuples(*[st.integers(0, 2)] * 3), min_size=1, max_size=8))
    sizes = [size for size in sizes if any(size)] or [(1, 1, 1)]
    sides = []
    for k, tag in enumerate(("en", "ja", "it")):
        sentences = [f"{tag} says {n}." for n in range(sum(size[k] for size in sizes))]
        sides.append(version(tag, [sentences] if sentences else [["x"]]))
    totals = [sum(size[k] for size in sizes) for k in range(3)]
    missing = tuple(
        max(len(v.sentences) - total, 0) for v, total in zip(sides, totals, strict=True)
    )
    sizes = [*sizes, missing] if any(missing) else sizes
    return aligned(sides, sizes, [(1, 1, 1)], split=draw(st.booleans()))


@st.composite
def edits(draw: st.DrawFn, text: ParallelText) -> list[Version]:
    """Draw versions in which sentences came, went and changed."""
    edited = []
    for old in text.versions:
        said = []
        for number, sentence in enumerate(old.sentences):
            what = draw(st.sampled_from(["same"] * 6 + ["gone", "other", "more"]))
            words = old.text(sentence)
            said += [] if what == "gone" else [f"Anew {number}." if what == "other" else words]
            said += [f"More {number}."] if what == "more" else []
        edited.append(version(old.language, [said or ["Nothing is left."]]))
    return edited


@settings(max_examples=150)
@given(st.data())
def test_kept_beads_are_what_they_were(data: st.DataObject) -> None:
    old = data.draw(alignments())
    new = data.draw(edits(old))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "align", obedient)
        revision = update(old, new)
    text = revision.text
    known = {bead.id: (bead, words(old, bead.ranges)) for bead in old.sentences.beads}
    changed = {change.after.id for change in revision.beads if change.after}
    kept = [bead for bead in text.sentences.beads if bead.id not in changed]
    assert len(kept) == revision.kept
    for bead in kept:
        was, said = known[bead.id]
        assert (bead.posterior, bead.status) == (was.posterior, was.status)
        assert words(text, bead.ranges) == said
    everything = [
        bead.id
        for alignment in (text.sentences, text.paragraphs)
        for group in (alignment.beads, *alignment.pairs.values())
        for bead in group
    ]
    assert len(set(everything)) == len(everything)


def words(text: ParallelText, ranges: dict[str, Range]) -> dict[str, list[str]]:
    return {
        v.language: [v.text(s) for s in v.sentences[slice(*ranges[v.language])]]
        for v in text.versions
    }


@settings(max_examples=50)
@given(st.data())
def test_the_same_again_changes_nothing(data: st.DataObject) -> None:
    old = data.draw(alignments())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "align", obedient)
        revision = update(old, old.versions)
        assert (revision.text.sentences, revision.text.paragraphs) == (
            old.sentences,
            old.paragraphs,
        )
        assert revision.beads == () and revision.segments == ()
