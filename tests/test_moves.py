"""Passages that were perhaps moved: when they are proposed, and where a reader sees it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from conftest import StandIn
from parallel_sample import aligned, version
from parallel_statement.alignment import align
from parallel_statement.checks import check
from parallel_statement.cli import main
from parallel_statement.errors import InputError
from parallel_statement.formats import page, tei
from parallel_statement.formats.result import read_result
from parallel_statement.locking import Refusals, obeys
from parallel_statement.model import CheckedText, Lock, Move, ParallelText, Range
from parallel_statement.validation import validate_tei
from parallel_statement.workspace import write
from test_alignment_of_texts import EN, IT, JA, UNRELATED

# --- what is proposed ------------------------------------------------------------------------

BOATS = 3
"""Number of the first of two sentences about boats and apples, in Japanese."""


def paragraphs(sentences: Sequence[str]) -> list[list[str]]:
    return [[sentence] for sentence in sentences]


def moved_in_japanese() -> list[str]:
    """Return the Japanese text with the museum and the boats after everything else."""
    return [*JA[:BOATS], *JA[BOATS + 2 :], *JA[BOATS : BOATS + 2]]


def words(text: ParallelText, move: Move) -> list[dict[str, list[str]]]:
    return [
        {
            tag: [text.version(tag).text(s) for s in text.version(tag).sentences[slice(*r)]]
            for tag, r in place.items()
        }
        for place in move.places
    ]


def proposed(sides: Mapping[str, Sequence[str]], locks: Sequence[Lock] = ()) -> ParallelText:
    return align([version(tag, paragraphs(said)) for tag, said in sides.items()], locks=locks)


def test_a_moved_passage_is_one_proposal_over_all_versions() -> None:
    text = proposed({"en": EN, "ja": moved_in_japanese(), "it": IT})
    (move,) = text.moves
    assert words(text, move) == [
        {"en": EN[4:6], "it": IT[4:6]},
        {"ja": JA[BOATS : BOATS + 2]},
    ]
    assert move.id == "t.mv.p5.s1"
    assert 0.5 <= move.posterior <= 1


def test_two_versions_are_enough() -> None:
    text = proposed({"en": EN, "ja": moved_in_japanese()})
    assert [words(text, move) for move in text.moves] == [
        [{"en": EN[4:6]}, {"ja": JA[BOATS : BOATS + 2]}]
    ]


@pytest.mark.parametrize("order", [("en", "ja", "it"), ("ja", "it", "en"), ("it", "en", "ja")])
def test_the_order_of_languages_does_not_matter(order: tuple[str, ...]) -> None:
    sides = {"en": EN, "ja": moved_in_japanese(), "it": IT}
    one, other = proposed(sides), proposed({tag: sides[tag] for tag in order})
    assert [(m.ranges, m.posterior) for m in one.moves] == [
        (m.ranges, m.posterior) for m in other.moves
    ]
    assert {frozenset(p) for m in one.moves for p in m.places} == {
        frozenset(p) for m in other.moves for p in m.places
    }


@pytest.mark.parametrize(
    "sides",
    [
        {"en": EN, "ja": JA, "it": IT},
        {"en": EN, "ja": [*JA[:3], *JA[5:]], "it": IT},
        {"en": EN, "ja": [*JA[:3], *JA[5:], *UNRELATED[:2]], "it": IT},
        {"en": EN, "ja": UNRELATED},
        {"en": EN, "ja": UNRELATED, "it": IT},
        {
            "en": [EN[2], EN[3], EN[4], EN[5], EN[3], EN[6], EN[7], EN[3]],
            "it": [IT[2], IT[4], IT[3], IT[5], IT[3], IT[6], IT[7], IT[3]],
        },
    ],
    ids=["same", "omitted", "omitted and added", "unrelated", "one unrelated", "repeated"],
)
def test_what_was_not_moved_is_not_proposed(sides: Mapping[str, Sequence[str]]) -> None:
    assert proposed(sides).moves == ()


@pytest.mark.parametrize(
    "refused",
    [
        Lock("sentence", {"en": ("t-en.p5.s1",), "ja": ("t-ja.p7.s1",)}, together=False),
        Lock("paragraph", {"it": ("t-it.p6",), "ja": ("t-ja.p6",)}, together=False),
    ],
    ids=["a sentence", "a paragraph"],
)
def test_a_refused_proposal_does_not_come_back(refused: Lock) -> None:
    sides = {"en": EN, "ja": moved_in_japanese(), "it": IT}
    assert not obeys(proposed(sides), [refused])
    text = proposed(sides, [refused])
    assert text.moves == ()
    assert obeys(text, [refused])


def test_another_forbid_refuses_nothing() -> None:
    sides = {"en": EN, "ja": moved_in_japanese(), "it": IT}
    other = Lock("sentence", {"en": ("t-en.p1.s1",), "ja": ("t-ja.p7.s1",)}, together=False)
    assert len(proposed(sides, [other]).moves) == 1


def test_gaps_that_are_locked_keep_the_proposal() -> None:
    sides = {"en": EN, "ja": moved_in_japanese(), "it": IT}
    gap = Lock("sentence", {"en": ("t-en.p5.s1",), "it": ("t-it.p5.s1",), "ja": ()})
    assert len(proposed(sides, [gap]).moves) == 1


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from("abcdefghij"), min_size=1, max_size=10),
    st.randoms(use_true_random=False),
)
def test_places_are_joined_by_no_bead(letters: list[str], random: Any) -> None:
    shuffled = {"en": letters}
    for tag in ("it", "ja"):
        shuffled[tag] = random.sample(letters, len(letters))
    said = {
        tag: [f"{letter} said {letter * 40}." for letter in own] for tag, own in shuffled.items()
    }
    text = align([version(tag, [own]) for tag, own in said.items()], StandIn())
    seen: set[tuple[str, int]] = set()
    for move in text.moves:
        units = [(tag, k) for tag, r in move.ranges.items() for k in r.indices]
        assert len(move.places) > 1
        assert sum(map(len, move.places)) == len(move.ranges)
        assert not seen & set(units)
        seen.update(units)
        for one, other in combinations(move.places, 2):
            for bead in text.sentences.beads:
                assert not (_touches(bead.ranges, one) and _touches(bead.ranges, other))
    assert len({move.id for move in text.moves}) == len(text.moves)


def test_what_faces_each_other_is_not_moved() -> None:
    locks = [
        Lock("sentence", {"en": ("t-en.p5.s1",), "ja": ()}),
        Lock("sentence", {"en": (), "ja": ("t-ja.p4.s1",)}),
    ]
    text = proposed({"en": EN, "ja": JA}, locks)
    assert obeys(text, locks)
    assert text.moves == ()


def _touches(ranges: Mapping[str, Range], place: Mapping[str, Range]) -> bool:
    return any(
        set(ranges[tag].indices) & set(r.indices) for tag, r in place.items() if tag in ranges
    )


# --- where it is seen --------------------------------------------------------------------------


@pytest.fixture
def text() -> ParallelText:
    """English and Italian have it second, Japanese has it last; Italian adds a sentence."""
    versions = (
        version("en", [["They met."], ["They thanked the city."], ["They left."]]),
        version("ja", [["会談した。"], ["去った。"], ["市に感謝した。"]]),
        version("it", [["Si incontrarono."], ["Ringraziarono la città."], ["Partirono.", "Bene."]]),
    )
    sizes = [(1, 1, 1), (1, 0, 1), (1, 1, 1), (0, 0, 1), (0, 1, 0)]
    made = aligned(versions, sizes, [(1, 1, 1), (1, 0, 1), (1, 1, 1), (0, 1, 0)])
    places = {"en": Range(1, 2), "it": Range(1, 2)}, {"ja": Range(2, 3)}
    return replace(made, moves=(Move("t.mv.p2.s1", places, 0.91),))


def test_a_result_is_read_back(text: ParallelText, tmp_path: Path) -> None:
    (path,) = write(text, tmp_path, "json")
    assert read_result(path) == text


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ([{"en": ["t-en.p2.s1"]}], "two places or more"),
        ([{"en": ["t-en.p2.s1"]}, {"en": ["t-en.p3.s1"]}], "no language at two"),
        ([{"en": ["t-en.p2.s1"]}, {"it": ["t-it.p2.s1"]}], "that a bead joins"),
        ([{"en": ["t-en.p2.s1"]}, {"ja": ["t-ja.p9.s1"]}], "neighbouring sentences"),
        ([{"en": ["t-en.p2.s1"]}, {"de": ["t-de.p3.s1"]}], "neighbouring sentences"),
        ([{"en": ["t-en.p2.s1"]}, {}], "names no sentence"),
    ],
)
def test_places_that_cannot_be_are_refused(
    text: ParallelText, tmp_path: Path, places: object, said: str
) -> None:
    (path,) = write(text, tmp_path, "json")
    content = json.loads(path.read_text(encoding="utf-8"))
    content["moves"][0]["places"] = places
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError, match=said):
        read_result(path)


def test_the_check_says_one_thing_of_it(text: ParallelText) -> None:
    found = {f.found: f for f in check(text) if f.rule == "unit-missing"}
    moved = found.pop("one place in English and Italian, another in Japanese")
    assert moved.severity == "warning"
    assert moved.languages == ("ja",)
    assert moved.reason == (
        "Moved passage? What English and Italian have here, Japanese has elsewhere, with a"
        " probability of 0.91."
    )
    assert {tag: len(spans) for tag, spans in moved.spans.items()} == {"en": 1, "it": 1, "ja": 1}
    assert list(found) == ["Bene."]  # what nobody has elsewhere is still missing


def test_without_the_proposal_both_places_are_missing(text: ParallelText) -> None:
    assert len(check(replace(text, moves=()))) == len(check(text)) + 1


def test_the_page_points_from_each_place_to_the_other(text: ParallelText) -> None:
    (data,) = page.write(CheckedText(text)).values()
    shown = data.decode()
    assert shown.count('perhaps moved: <a href="#t-ja.p3.s1">row 5</a>') == 1
    assert shown.count('perhaps moved: <a href="#t-en.p2.s1">row 2</a>') == 1
    assert shown.count('perhaps moved: <a href="#t-it.p2.s1">row 2</a>') == 1
    assert "1 passage perhaps moved" in shown


def test_tei_has_a_link_of_its_own_kind(text: ParallelText) -> None:
    corpus = etree.fromstring(tei.write(CheckedText(text))["tei/t.xml"])
    ns = {"t": "http://www.tei-c.org/ns/1.0"}
    (link,) = corpus.xpath("//t:linkGrp[@type='moved']/t:link", namespaces=ns)
    assert link.get("type") == "1-1-1"
    assert link.get("cert") == "0.91"
    assert link.get("ana") == "#t.st.move"
    assert link.get("target").split() == [
        "t-en.xml#t-en.p2.s1",
        "t-ja.xml#t-ja.p3.s1",
        "t-it.xml#t-it.p2.s1",
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("t-ja.xml#t-ja.p3.s1", "t-ja.xml#t-ja.p2.s1", "not those for which the record"),
        ("t-ja.xml#t-ja.p3.s1 ", "", "type is 1-1-1, but the targets are 1-0-1"),
        ("t-ja.p3.s1", "t-ja.p3", "a target is no sentence"),
    ],
)
def test_tei_that_breaks_the_law_of_moves(
    text: ParallelText, tmp_path: Path, old: str, new: str, said: str
) -> None:
    files = tei.write(CheckedText(text))
    before, group, after = files["tei/t.xml"].decode().partition('<linkGrp xml:id="t.mv"')
    files["tei/t.xml"] = (before + group + after.replace(old, new, 1)).encode()
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    messages = [violation.message for violation in validate_tei(tmp_path / "tei")]
    assert any(said in message for message in messages)


def test_tei_refuses_a_move_within_a_bead(text: ParallelText, tmp_path: Path) -> None:
    places = {"en": Range(1, 2)}, {"it": Range(1, 2)}
    wrong = replace(text, moves=(Move("t.mv.p2.s1", places, 0.91),))
    with pytest.raises(Exception, match="stands at one place only"):
        tei.write(CheckedText(wrong))


def test_the_command_names_the_places_and_the_refusal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "texts"
    for tag, said in {"en": EN, "ja": moved_in_japanese(), "it": IT}.items():
        (folder / tag).mkdir(parents=True)
        (folder / tag / "t.txt").write_text("\n\n".join(said), encoding="utf-8")
    arguments = [str(folder), "--document", "t"]
    assert main(["show", *arguments]) == 0
    shown = capsys.readouterr().out
    assert "moved passage? en:" in shown
    refusal = next(line for line in shown.splitlines() if "align forbid" in line)
    arguments_of_it = refusal.partition("align forbid ")[2].split()
    assert arguments_of_it[0] == folder.as_posix()
    assert main(["forbid", *arguments_of_it]) == 0
    capsys.readouterr()
    assert main(["show", *arguments]) == 0
    assert "moved passage?" not in capsys.readouterr().out


def test_refusals_need_a_forbid_between_two_places(text: ParallelText) -> None:
    (move,) = text.moves
    apart = Lock("sentence", {"en": ("t-en.p2.s1",), "it": ("t-it.p3.s1",)}, together=False)
    assert not Refusals(text.versions, [apart]).refuse(move.places)
    between = Lock("sentence", {"it": ("t-it.p2.s1",), "ja": ("t-ja.p3.s1",)}, together=False)
    assert Refusals(text.versions, [between]).refuse(move.places)
