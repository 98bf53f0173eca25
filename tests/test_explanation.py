"""Why a bead was made: the laws of posteriors, parts and runners-up, and `align explain`."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import parallel_statement as ps
from conftest import StandIn
from parallel_statement.alignment import rivals
from parallel_statement.alignment.evidence import FEATURES, GAP_FEATURES
from parallel_statement.alignment.lattice import Edge, Lattice, posteriors
from parallel_statement.alignment.preparation import prepare
from parallel_statement.alignment.reasons import PARTS, Explanation, PairExplanation
from parallel_statement.alignment.rivals import NOTHING, Item
from parallel_statement.alignment.view import views
from parallel_statement.alignment.weights import PATH
from parallel_statement.cli import main
from parallel_statement.model import Lock, ParallelText, Range
from test_alignment import LetterEncoder, SameTextEncoder, long_text, sides, version
from test_alignment_lattice import all_paths, lattices
from test_alignment_of_texts import EN, IT, JA

# --- numbers: against every path written out --------------------------------------------------


def item(edge: Edge) -> Item:
    (i, j), (k, m) = edge
    return (Range(i, k) if i < k else NOTHING, Range(j, m) if j < m else NOTHING)


def written_out(lattice: Lattice) -> list[tuple[frozenset[Item], float, float]]:
    """Every alignment: what it has, its score, and its probability."""
    paths = [(frozenset(map(item, path)), total) for path, total in all_paths(lattice)]
    weights = np.exp([total for _, total in paths])
    return [
        (items, total, float(weight))
        for (items, total), weight in zip(paths, weights / weights.sum(), strict=True)
    ]


def shares(lattice: Lattice) -> dict[Item, float]:
    found: dict[Item, float] = defaultdict(float)
    for items, _, probability in written_out(lattice):
        for each in items:
            found[each] += probability
    return found


def meet(first: Item, second: Item) -> bool:
    return any(set(a.indices) & set(b.indices) for a, b in zip(first, second, strict=True))


def crosses(each: Item, node: tuple[int, int]) -> bool:
    source, target = each
    if not (source.size and target.size):
        return False
    before = source.stop <= node[0] and target.stop <= node[1]
    return not before and not (source.start >= node[0] and target.start >= node[1])


few = settings(max_examples=40, deadline=None)


@few
@given(lattices(), st.data())
def test_the_runner_up_is_the_most_probable_of_all_that_exclude_a_bead(
    lattice: Lattice, data: st.DataObject
) -> None:
    found, known = posteriors(lattice), shares(lattice)
    assume(known)
    chosen = data.draw(st.sampled_from(sorted(known)))
    assert rivals.posterior(found, chosen) == pytest.approx(known[chosen])
    others = {each: p for each, p in known.items() if each != chosen and meet(each, chosen)}
    best = rivals.rival(found, chosen)
    assert (best is None) == (not others)
    if best is not None:
        assert others[best] == pytest.approx(max(others.values()))
    for axis, segments in enumerate(chosen):
        for k in segments.indices:
            holding = [p for each, p in known.items() if k in each[axis].indices]
            assert sum(holding) == pytest.approx(1)


@few
@given(lattices(), st.data())
def test_what_excludes_a_border_crosses_it(lattice: Lattice, data: st.DataObject) -> None:
    node = data.draw(st.integers(0, lattice.rows)), data.draw(st.integers(0, lattice.columns))
    over = {each: p for each, p in shares(lattice).items() if crosses(each, node)}
    best = rivals.crossing(posteriors(lattice), node)
    assert (best is None) == (not over)
    if best is not None:
        assert over[best] == pytest.approx(max(over.values()))


def score(lattice: Lattice, items: Sequence[Item]) -> float:
    total = 0.0
    for source, target in items:
        if source.size and target.size:
            total += lattice.scores[source.size, target.size][source.start, target.start]
        else:
            gaps, segments = (
                (lattice.source_gaps, source) if source.size else (lattice.target_gaps, target)
            )
            total += gaps[segments.start]
    return float(total)


@few
@given(lattices(), st.data())
def test_the_best_alignment_with_a_bead_is_the_best_of_all_that_have_it(
    lattice: Lattice, data: st.DataObject
) -> None:
    paths = written_out(lattice)
    known = sorted({each for items, _, _ in paths for each in items})
    assume(known)
    chosen = data.draw(st.sampled_from(known))
    best = rivals.best_with(lattice, chosen)
    assert chosen in best
    having = max(total for items, total, _ in paths if chosen in items)
    assert score(lattice, best) == pytest.approx(having)


@few
@given(lattices(), st.data())
def test_the_best_alignment_with_a_border_has_it(lattice: Lattice, data: st.DataObject) -> None:
    node = data.draw(st.integers(0, lattice.rows)), data.draw(st.integers(0, lattice.columns))
    best = rivals.best_through(lattice, node)
    assert not any(crosses(each, node) for each in best)
    with_border = [
        total
        for path, total in all_paths(lattice)
        if node == (0, 0) or node in {end for _, end in path}
    ]
    assert score(lattice, best) == pytest.approx(max(with_border))


# --- texts -----------------------------------------------------------------------------------


def beads(text: ParallelText) -> Iterator[tuple[str, float, str]]:
    """Id, posterior and status of all beads of *text*."""
    for alignment in (text.paragraphs, text.sentences):
        parts = (part for pair in alignment.pairs.values() for part in pair)
        for bead in (*alignment.beads, *parts):
            yield bead.id, bead.posterior, bead.status


def every_part(explanation: Explanation) -> Iterator[PairExplanation]:
    for parts in explanation.pairs.values():
        yield from parts


def holds_the_laws(explanation: Explanation) -> None:
    products = [explanation.certainty(pair) for pair in explanation.pairs]
    assert explanation.posterior == pytest.approx(min(products), abs=1e-3)
    assert explanation.certainty(explanation.weakest) == min(products)
    for part in every_part(explanation):
        if part.candidate is not None:
            assert part.candidate.posterior == pytest.approx(part.bead.posterior, abs=1e-4)
        rival = part.runner_up
        if rival is None:
            continue
        assert (rival.bead.source, rival.bead.target) in {
            (each.source, each.target) for each in rival.instead
        }
        won = sum(each.score for each in rival.kept) - sum(each.score for each in rival.instead)
        assert sum(rival.differences.values()) == pytest.approx(won)
        assert rival.differences.keys() == PARTS.keys()
        if part.candidate is not None:
            assert rival.bead.posterior <= 1 - part.candidate.posterior + 1e-9
        for axis in range(2):  # both ways are about the same segments
            first, second = (
                sorted(k for each in way for k in (each.source, each.target)[axis].indices)
                for way in (rival.kept, rival.instead)
            )
            assert first == second


@settings(max_examples=15, deadline=None)
@given(st.lists(sides, min_size=2, max_size=3))
def test_what_is_explained_is_what_was_aligned(texts: list[list[list[str]]]) -> None:
    tags = ("ja", "en", "it")
    versions = [version(tag, text) for tag, text in zip(tags, texts, strict=False)]
    text = ps.align(versions, LetterEncoder())
    for name, posterior, status in beads(text):
        explanation = ps.explain(text, name, LetterEncoder())
        assert (explanation.posterior, explanation.status) == (posterior, status)
        assert explanation.notices == ()
        holds_the_laws(explanation)


@pytest.fixture(scope="module")
def text() -> ParallelText:
    return ps.align([version("en", [EN]), version("ja", [JA]), version("it", [IT])])


def test_the_parts_add_up_to_the_score_that_the_aligner_has(text: ParallelText) -> None:
    pairs = list(combinations(text.languages, 2))
    whole = {v.language: Range(0, len(v.sentences)) for v in text.versions}
    ready = prepare(text.versions, None, (), None)
    for _, view in views(ready, "sentence", whole, pairs):
        scores = view.look.scores
        for (m, n), values in scores.scores.items():
            i, j = (size // 2 for size in values.shape)
            found = view.candidate((Range(i, i + m), Range(j, j + n)))
            assert found.score == pytest.approx(values[i, j])
        assert view.candidate((Range(1, 2), NOTHING)).score == pytest.approx(scores.source_gaps[1])
        assert view.candidate((NOTHING, Range(2, 3))).score == pytest.approx(scores.target_gaps[2])


def test_every_feature_belongs_to_a_part() -> None:
    named = [name for names in PARTS.values() for name in names]
    assert len(named) == len(set(named))
    assert set(named) == {*FEATURES, *GAP_FEATURES}


def test_a_merged_bead_and_what_could_stand_in_its_place(text: ParallelText) -> None:
    explanation = ps.explain(text, "al.s.p1.s1")
    assert explanation.segments == {
        "en": ("t-en.p1.s1", "t-en.p1.s2"),
        "ja": ("t-ja.p1.s1",),
        "it": ("t-it.p1.s1", "t-it.p1.s2"),
    }
    (part,) = explanation.pairs["en", "ja"]
    assert part.candidate is not None and part.runner_up is not None
    assert (part.candidate.source, part.candidate.target) == (Range(0, 2), Range(0, 1))
    assert part.candidate.numbers == ("6",)
    assert part.candidate in part.runner_up.kept
    assert [each.bead.kind for each in explanation.pairs["en", "it"]] == ["1-1", "1-1"]


def test_a_pair_named_the_other_way_round_is_explained_alike() -> None:
    versions = [version("en", [EN]), version("ja", [JA])]
    there, back = ps.align(versions), ps.align(versions[::-1])
    bead, mirrored = there.sentences.beads[0], back.sentences.beads[0]
    ((one,),) = ps.explain(there, bead.id).pairs.values()
    ((other,),) = ps.explain(back, mirrored.id).pairs.values()
    assert one.candidate is not None and other.candidate is not None
    assert (one.candidate.source, one.candidate.target) == (Range(0, 2), Range(0, 1))
    assert (other.candidate.source, other.candidate.target) == (Range(0, 1), Range(0, 2))
    assert one.candidate.parts == pytest.approx(other.candidate.parts)


def test_what_a_person_fixed_needs_no_reason(text: ParallelText) -> None:
    lock = Lock("sentence", {"en": ("t-en.p1.s3",), "it": ("t-it.p1.s3",)})
    fixed = ps.align(text.versions, locks=[lock])
    explanation = ps.explain(fixed, "al.s.p1.s3", locks=[lock])
    assert explanation.locks == (lock,)
    (part,) = explanation.pairs["en", "it"]
    assert (part.bead.status, part.bead.posterior, part.runner_up) == ("locked", 1.0, None)
    pair = ps.explain(fixed, "al.s.en-it.p1.s3", locks=[lock])
    assert (pair.status, pair.posterior) == ("locked", 1.0)
    assert pair.pairs == {("en", "it"): (part,)}
    whole = Lock("sentence", {**lock.segments, "ja": ("t-ja.p1.s2",)})
    assert ps.explain(text, "al.s.p1.s3", locks=[whole]).status == "locked"


def test_more_than_the_aligner_would_join_has_no_score_of_its_own(text: ParallelText) -> None:
    ids = {tag: tuple(f"t-{tag}.p1.s{n}" for n in range(1, 8)) for tag in ("en", "it")}
    versions = [version("en", [EN]), version("it", [IT])]
    joined = ps.align(versions, locks=[Lock("sentence", ids)])
    assert ps.explain(joined, "al.s.p1.s1").posterior == 1
    explanation = ps.explain(joined, "al.s.p1.s1", locks=[])
    assert explanation.posterior == 0
    (part,) = explanation.pairs["en", "it"]
    assert (part.candidate, part.runner_up) == (None, None)
    assert any("confidence 1.0000, not 0.0000" in notice for notice in explanation.notices)


def test_other_weights_and_another_encoder_are_said(text: ParallelText, tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_bytes(PATH.read_bytes().replace(b'"gap_bias": ', b'"gap_bias": 9.5, "was": '))
    explanation = ps.explain(text, "al.s.p1.s4", weights=path)
    assert any("made with the weights" in notice for notice in explanation.notices)
    explanation = ps.explain(text, "al.s.p1.s4", StandIn())
    assert any("made with the encoder use" in notice for notice in explanation.notices)


def test_a_bead_that_is_not_there_is_refused(text: ParallelText) -> None:
    with pytest.raises(ps.UnknownNameError, match=r"bead 'al\.s\.p9\.s9'.*t\.al\.s\.p1\.s"):
        ps.explain(text, "al.s.p9.s9")


def test_a_bead_of_a_long_text_is_explained_in_its_section() -> None:
    versions = [version("en", long_text(400)), version("fr", long_text(400))]
    text = ps.align(versions, SameTextEncoder())
    for bead in (text.sentences.beads[390], text.paragraphs.beads[-2]):
        explanation = ps.explain(text, bead.id, SameTextEncoder())
        assert explanation.posterior == bead.posterior
        assert explanation.notices == ()
        (part,) = explanation.pairs["en", "fr"]
        if part.candidate is not None:
            assert part.candidate.source == bead.ranges["en"]


# --- the command -----------------------------------------------------------------------------


@pytest.mark.usefixtures("stand_in", "texts")
def test_the_command_tells_a_bead_in_plain_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["explain", "texts", "tiny.al.s.p1.s2"]) == 0
    said = capsys.readouterr().out
    assert max(map(len, said.splitlines())) <= 80
    assert re.match(r"al\.s\.p1\.s2: (more than )?\d+ % sure\n", said)
    for words in (
        "en:p1.s2  They welcomed 3 agreements.",
        "ja:p1.s2  両首脳は3件の合意を歓迎した。",
        "the least sure pair",
        "for it     ",
        "the meaning (+",
        "next best  ",
    ):
        assert words in said


@pytest.mark.usefixtures("stand_in", "texts")
def test_the_command_honours_locks(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lock", "en:p1.s2", "ja:p1.s1+p1.s2"]) == 0
    assert main(["run", "--format", "json", "-q"]) == 0
    capsys.readouterr()
    assert main(["explain", "al.s.en-ja.p1.s2"]) == 0
    assert capsys.readouterr().out.startswith("al.s.en-ja.p1.s2: fixed by a person\n")


@pytest.mark.usefixtures("stand_in", "texts")
def test_an_explanation_for_a_program(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "al.s.p1.s1", "al.p.p2", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    first, second = said["beads"]
    assert (first["id"], first["level"]) == ("tiny.al.s.p1.s1", "sentence")
    assert (second["id"], second["level"]) == ("tiny.al.p.p2", "paragraph")
    (part,) = first["pairs"]["en-ja"]
    assert part["bead"]["score"] == pytest.approx(sum(part["bead"]["parts"].values()), abs=0.01)
    assert part["runner-up"]["differences"].keys() == PARTS.keys()
    assert second["pairs"]["en-ja"][0]["least sure"] in ("start", "end")


@pytest.mark.usefixtures("stand_in", "texts")
def test_segments_stand_for_the_rows_that_hold_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "en:p1.s1+p1.s2", "ja:p1.s1", "al.s.p2.s1", "--json"]) == 0
    beads = json.loads(capsys.readouterr().out)["beads"]
    assert [bead["id"] for bead in beads] == [f"tiny.al.s.{p}" for p in ("p1.s1", "p1.s2", "p2.s1")]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "align show --doubtful"),
        (["en:p9.s9"], "unknown sentence of tiny-en"),
        (["al.s.p7.s1"], "unknown bead 'al.s.p7.s1'"),
        (["al.s.p1.s1", "--weights", "none.json"], "none.json: cannot be read"),
    ],
)
@pytest.mark.usefixtures("stand_in", "texts")
def test_what_cannot_be_explained_is_said(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", *arguments]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert says in said.err


@pytest.mark.usefixtures("stand_in", "texts")
def test_files_that_lie_anywhere_are_explained(capsys: pytest.CaptureFixture[str]) -> None:
    files = [f"--file={tag}=texts/{tag}/tiny.md" for tag in ("en", "ja")]
    assert main(["explain", "al.s.p2.s1", *files]) == 0
    assert "en-ja: " in capsys.readouterr().out
