"""The scorer counts what it says it counts; disturbed documents have the gold that they claim."""

from __future__ import annotations

import sys
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

sys.path.insert(0, str(Path(__file__).parents[1]))  # benchmarks/ is not installed

from benchmarks.closure import close
from benchmarks.corpora.blocks import parallel
from benchmarks.corpora.cases import cases
from benchmarks.corpora.disturbance import Unit, beads, borders, reshape
from benchmarks.longtext import Given, LongText, compose
from benchmarks.moves import covers, moved, right
from benchmarks.score import Bin, Counts, calibration_error, score

SENTENCES = {
    "id": "c.d.noisy",
    "corpus": "c",
    "kind": "noisy",
    "sentences": {"en": ["a1", "b1", "b2", "c1", "c2", "d1"], "it": ["A1", "B1", "C1", "C2"]},
    "blocks": {"en": ["a", "b", "b", "c", "c", "d"], "it": ["a", "b", "c", "c"]},
}
"""Known: a 1-1, b 2-1. Unknown inside: c, two sentences on both sides. Italian lacks d."""

PARAGRAPHS = {
    "id": "c.d.paragraphs",
    "corpus": "c",
    "kind": "paragraphs",
    "paragraphs": {"en": ["x", "y", "z"], "it": ["X", "Y", "Z"]},
    "gold": [{"en": [0], "it": [0]}, {"en": [1, 2], "it": [1]}, {"en": [], "it": [2]}],
    "pairs": {"en-it": [[[0], [0]], [[1, 2], [1]], [[], [2]]]},
}


def figures(case, pairs, **more):
    scores = score([case], {case["id"]: {"pairs": {"en-it": pairs}, **more}})
    return scores, scores.rows[case["kind"], "all", "en-it"]


def test_right_beads_score_one():
    _, row = figures(SENTENCES, [[[0], [0]], [[1, 2], [1]], [[3, 4], [2, 3]], [[5], []]])
    assert (row.gold, row.judged, row.right) == (2, 2, 2)
    assert row.precision == row.recall == row.f1 == 1.0


def test_what_lies_in_a_block_of_many_sentences_is_not_judged():
    _, row = figures(SENTENCES, [[[0], [0]], [[1, 2], [1]], [[3], [2]], [[4], [3]], [[5], []]])
    assert (row.gold, row.judged, row.right) == (2, 2, 2)


def test_a_swallowed_orphan_costs_precision():
    _, row = figures(SENTENCES, [[[0], [0]], [[1, 2], [1]], [[3], [2]], [[4, 5], [3]]])
    assert (row.gold, row.judged, row.right) == (2, 3, 2)
    assert row.precision == pytest.approx(2 / 3)
    assert row.f1 == pytest.approx(0.8)


def test_a_gap_in_place_of_a_bead_costs_recall():
    _, row = figures(SENTENCES, [[[0], [0]], [[1], []], [[2], [1]], [[3, 4], [2, 3]], [[5], []]])
    assert (row.gold, row.judged, row.right) == (2, 2, 1)
    assert row.recall == 0.5


def test_every_paragraph_bead_is_judged_but_no_gap():
    pairs = [[[0], [0]], [[1], [1]], [[2], [2]]]
    beads_ = [{"en": [0], "it": [0]}, {"en": [1], "it": [1]}, {"en": [2], "it": [2]}]
    scores, row = figures(PARAGRAPHS, pairs, beads=beads_)
    assert (row.gold, row.judged, row.right) == (2, 3, 1)
    assert row.f1 == pytest.approx(0.4)  # P 1/3, R 1/2
    whole = scores.rows["paragraphs", "all", "n-way"]
    assert (whole.gold, whole.judged, whole.right) == (3, 3, 1)  # a gap counts here
    assert scores.mean("paragraphs", "en-it") == pytest.approx(0.4)


def test_calibration():
    pairs = [[[0], [0], 0.9], [[1, 2], [1], 0.6], [[3], [2], 0.1], [[4, 5], [3], 0.8]]
    scores, _ = figures(SENTENCES, pairs)
    error = calibration_error(scores.bins.values())
    assert error == pytest.approx((0.1 + 0.4 + 0.8) / 3)  # the bead of 0.1 is not judged
    assert calibration_error([[Bin(), Bin()]]) is None


def test_certainty_falls_into_the_last_bin():
    scores, _ = figures(SENTENCES, [[[0], [0], 1.0], [[1, 2], [1]], [[3, 4], [2, 3]], [[5], []]])
    assert scores.bins["noisy"][9].beads == 1


def test_gaps_are_judged_where_it_is_known_whether_there_is_a_counterpart():
    pairs = [[[0], [0], 0.9], [[1, 2], [1], 0.6], [[3], [2], 0.1], [[4], [3], 0.8], [[5], [], 0.65]]
    scores, _ = figures(SENTENCES, pairs)
    judged = {k: (b.beads, b.right) for k, b in enumerate(scores.others["gaps"]) if b.beads}
    assert judged == {6: (1, 1)}
    scores, _ = figures(SENTENCES, [[[0], [], 0.25], [[], [0]], *pairs[1:]])
    assert scores.others["gaps"][2] == Bin(1, 0.25, 0)


def test_n_way_beads_are_calibrated_too():
    beads_ = [
        {"en": [0], "it": [0], "confidence": 0.95},
        {"en": [1], "it": [1]},
        {"en": [2], "it": [2], "confidence": 0.25},
    ]
    scores, _ = figures(PARAGRAPHS, [[[0], [0]], [[1], [1]], [[2], [2]]], beads=beads_)
    judged = {k: (b.beads, b.right) for k, b in enumerate(scores.others["n-way"]) if b.beads}
    assert judged == {2: (1, 0), 9: (1, 1)}


def test_a_pair_may_be_named_either_way_and_defaults_to_projections():
    turned = {"pairs": {"it-en": [[[0], [0]], [[1], [1, 2]], [[2, 3], [3, 4]], [[], [5]]]}}
    projected = {
        "beads": [
            {"en": [0], "it": [0]},
            {"en": [1, 2], "it": [1]},
            {"en": [3, 4], "it": [2, 3]},
            {"en": [5]},
        ]
    }
    for prediction in (turned, projected):
        scores = score([SENTENCES], {"c.d.noisy": prediction})
        assert scores.rows["noisy", "c", "en-it"] == Counts(2, 2, 2)


def test_beads_that_leave_something_out_are_refused():
    with pytest.raises(ValueError, match="in order"):
        figures(SENTENCES, [[[0], [0]]])


@st.composite
def thirds(draw):
    """Three languages of a document, as blocks; every block has two sentences."""
    count = draw(st.integers(1, 12))
    return {x: [f"{x}{k}. {x}{k}b." for k in range(count)] for x in ("en", "it", "ja")}


@given(thirds(), st.integers(0, 1000))
def test_the_beads_of_a_disturbed_document_are_a_partition_in_order(blocks, seed):
    foreign = {language: [f"foreign {language}"] for language in blocks}
    sides = reshape(blocks, foreign, str(seed), lambda text, _: text.split(" "))
    for chosen in ((*blocks,), *combinations(blocks, 2)):
        some = {language: sides[language] for language in chosen}
        for language in chosen:
            indices = [k for bead in beads(some) for k in bead[language]]
            assert indices == list(range(len(sides[language])))


def test_beads_join_what_any_language_merged():
    sides = {
        "en": [Unit("ab", 0, 2), Unit("c", 2, 3)],
        "it": [Unit("a", 0, 1), Unit("b", 1, 2), Unit("foreign", 2, 2)],
    }
    assert borders(sides.values()) == [0, 2, 3]
    assert beads(sides) == [
        {"en": [0], "it": [0, 1]},
        {"en": [], "it": [2]},
        {"en": [1], "it": []},
    ]


PAGE = """<body><div class="navheader">Next</div><div class="chapter"><h1>{0}</h1>
<p>{1}<a class="footnote"><sup>[1]</sup></a>, {2}:<pre>code</pre></p><ul><li>{3}</li></ul></div>
</body>"""


def pages(**words):
    return {
        tag: [html.document_fromstring(PAGE.format(*row.split()))] for tag, row in words.items()
    }


def test_pages_of_one_structure_give_parallel_blocks():
    found = parallel(pages(en="Start Hello world end", it="Inizio Ciao mondo fine"))
    assert found == [
        {"tag": "h1", "en": "Start", "it": "Inizio"},
        {"tag": "p", "en": "Hello, world:", "it": "Ciao, mondo:"},
        {"tag": "li", "en": "end", "it": "fine"},
    ]


def test_untranslated_blocks_are_left_out():
    found = parallel(pages(en="Start Hello world end", it="Inizio Hello world fine"))
    assert [block["tag"] for block in found] == ["h1", "li"]


def test_a_document_gives_the_same_cases_every_time():
    blocks = [
        {"tag": "p", "en": f"One {k}. Two {k}.", "it": f"Uno {k}. Due {k}."} for k in range(30)
    ]
    others = [{"tag": "p", "en": "Foreign words " * 4, "it": "Parole straniere " * 4}]
    first, second = (cases("c", "d", blocks, others, ("en", "it")) for _ in range(2))
    assert first == second
    assert first["plain"]["blocks"]["en"][:3] == ["0", "0", "1"]
    assert first["noisy"]["sentences"] != first["plain"]["sentences"]


def test_n_way_beads_of_a_peer_are_what_its_pairs_join():
    pairs = {
        ("en", "it"): [([0], [0]), ([1], [1, 2])],
        ("en", "ja"): [([0], [0]), ([1], []), ([], [1])],
        ("it", "ja"): [([0], [0]), ([1], []), ([2], []), ([], [1])],
    }
    assert close(pairs, {"en": 2, "it": 3, "ja": 2}) == [
        {"en": [0], "it": [0], "ja": [0]},
        {"en": [1], "it": [1, 2], "ja": []},
        {"en": [], "it": [], "ja": [1]},
    ]


@st.composite
def monotone(draw, rows, columns):
    """Beads of up to three units a side, in order, that hold all rows and columns."""
    found, i, j = [], 0, 0
    while i < rows or j < columns:
        steps = [
            (m, n) for m in range(min(3, rows - i) + 1) for n in range(min(3, columns - j) + 1)
        ]
        m, n = draw(st.sampled_from(steps[1:]))
        found.append((list(range(i, i + m)), list(range(j, j + n))))
        i, j = i + m, j + n
    return found


@given(st.data())
def test_the_closure_of_pairs_that_contradict_each_other_is_a_partition(data):
    sizes = {language: data.draw(st.integers(0, 6)) for language in ("en", "it", "ja")}
    pairs = {(a, b): data.draw(monotone(sizes[a], sizes[b])) for a, b in combinations(sizes, 2)}
    found = close(pairs, sizes)
    for language, size in sizes.items():
        assert [k for bead in found for k in bead[language]] == list(range(size))
    for (a, b), beads_ in pairs.items():
        for source, target in beads_:
            if source and target:
                assert any(
                    set(source) <= set(bead[a]) and set(target) <= set(bead[b]) for bead in found
                )


class Letters:
    """An encoder that counts three letters."""

    name = fingerprint = "letters"

    def encode(self, texts, progress=None):
        counts = np.array([[text.count(x) + 1.0 for x in "aei"] for text in texts], np.float32)
        return counts / np.linalg.norm(counts, axis=1, keepdims=True)


def test_a_long_text_never_repeats_itself():
    kanji = "一二三四五六七八九十百千万人口山川田中日月火水木金土年国文学"
    blocks = [
        {"en": [f"An easy one {k}."], "it": [f"Uno facile {k}."], "ja": [f"第{kanji[k]}課。"]}
        for k in range(30)
    ]
    found = compose(blocks, Letters(), 100, ("en", "it", "ja"))
    for text in found.values():
        assert len(text.sentences) >= 100
        assert len(set(text.sentences)) == len(text.sentences) == len(text.vectors)
        assert np.allclose(np.linalg.norm(text.vectors, axis=1), 1)
    assert found["en"].sentences[-1].count(" ") == 3


def test_given_vectors_add_up_where_sentences_are_joined():
    vectors = np.zeros((2, 512), np.float32)
    vectors[0, 0] = vectors[1, 1] = 1
    encoder = Given({"en": LongText(["One here.", "Two there."], [0], vectors)}, "x")
    alone, both = encoder.encode(["Two there.", "One here. Two there."])
    assert alone[1] == 1
    assert both[:2] == pytest.approx([0.5**0.5, 0.5**0.5])


LONG = "This block is long enough to be told from every other one by its words alone, number"
BLOCKS = {
    "id": "c.d.plain",
    "corpus": "c",
    "kind": "plain",
    "sentences": {x: [f"{LONG} {k} {x}." for k in range(8)] for x in ("en", "it", "ja")},
    "blocks": {x: list(range(8)) for x in ("en", "it", "ja")},
}


def test_a_moved_passage_is_whole_and_passes_more_than_itself():
    draws = list(moved(BLOCKS))
    assert {draw.language for draw in draws} == {"en", "it", "ja"}
    for draw in draws:
        order = draw.case["blocks"][draw.language]
        assert sorted(order) == list(range(8))
        for tag, blocks in draw.case["blocks"].items():
            assert tag == draw.language or blocks == list(range(8))
            said = zip(draw.case["sentences"][tag], blocks, strict=True)
            assert all(text == f"{LONG} {k} {tag}." for text, k in said)
        at = [k for k, block in enumerate(order) if block in draw.blocks]
        assert at == list(range(at[0], at[-1] + 1))
        assert abs(at[0] - min(draw.blocks)) >= 1.5 * len(draw.blocks)


def test_a_proposal_is_right_if_half_of_each_side_is_in_the_other():
    assert right(BLOCKS, {"en": [2, 3], "it": [2, 3], "ja": [3]})
    assert not right(BLOCKS, {"en": [2], "ja": [3]})
    assert not right(BLOCKS, {"en": [1, 2, 3], "ja": [3]})


def test_foreign_blocks_of_one_source_are_the_same():
    foreign = {"en": ["en:ch1:7"], "ja": ["ja:ch1:7"], "it": ["it:ch1:8"]}
    case = {**BLOCKS, "blocks": {x: [*range(7), *foreign[x]] for x in foreign}}
    assert right(case, {"en": [7], "ja": [7]})
    assert not right(case, {"en": [7], "it": [7]})


def test_a_passage_is_covered_where_half_of_it_is():
    draw = next(each for each in moved(BLOCKS) if len(each.blocks) > 1)
    places = {
        tag: [blocks.index(k) for k in draw.blocks] for tag, blocks in draw.case["blocks"].items()
    }
    assert covers(draw, places) == {"en", "it", "ja"}
    assert covers(draw, {**places, "it": []}) == {"en", "ja"}
