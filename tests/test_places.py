"""What places are called: no two paragraphs alike, and by the label that is printed."""

from __future__ import annotations

import pytest

from page_sample import version
from parallel_statement.formats.places import BeadNames, paragraph_names, place_name
from parallel_statement.model import Alignment, Bead, ParallelText, Provenance, Range, Version


def text(beads: list[dict[str, Range]], *versions: Version) -> ParallelText:
    """Return *versions* aligned by paragraphs of one sentence each."""
    return ParallelText(
        "t",
        versions,
        Alignment("paragraph", tuple(Bead(f"p{i}", b, 1.0) for i, b in enumerate(beads)), {}),
        Alignment("sentence", tuple(Bead(f"s{i}", b, 1.0) for i, b in enumerate(beads)), {}),
        Provenance("", "", ""),
    )


@pytest.mark.parametrize(
    ("paragraphs", "names"),
    [
        (
            [("head", "", "T"), ("dateline", "", "D"), ("p", "", "A"), ("p", "7. ", "B")],
            ["title", "dateline", "unnumbered paragraph before 7", "paragraph 7"],
        ),
        ([("p", "１　", "A"), ("p", "第三条　", "B")], ["paragraph 1", "paragraph 第三条"]),
        (
            [("p", "7. ", "A"), ("p", "", "B"), ("p", "8. ", "C"), ("p", "", "D"), ("p", "", "E")],
            [
                "paragraph 7",
                "unnumbered paragraph after 7",
                "paragraph 8",
                "unnumbered paragraph after 8 (¶ 4)",
                "unnumbered paragraph after 8 (¶ 5)",
            ],
        ),
        ([("p", "1. ", "A"), ("p", "1. ", "B")], ["paragraph 1 (¶ 1)", "paragraph 1 (¶ 2)"]),
        ([("p", "(a) ", "A"), ("p", "a) ", "B")], ["paragraph (a)", "paragraph a)"]),
        (
            [("head", "", "T"), ("head", "II. ", "U"), ("head", "", "Peace"), ("p", "", "A")],
            ["title", "heading II", "heading “Peace”", "¶ 1"],
        ),
        (
            [("p", "", "A"), ("head", "", "Same"), ("head", "", "Same")],
            ["¶ 1", "heading “Same” (1)", "heading “Same” (2)"],
        ),
    ],
)
def test_paragraphs_are_called_as_they_are_printed(
    paragraphs: list[tuple[str, str, str]], names: list[str]
) -> None:
    said = version("en", [(kind, label, [words]) for kind, label, words in paragraphs])
    assert [name.full for name in paragraph_names(said)] == names
    assert [place_name(said, p.sentences[0].span) for p in said.paragraphs] == names


def test_a_bead_is_called_by_the_first_label_in_any_language() -> None:
    english = version("en", [("p", "", ["A."]), ("p", "1. ", ["B."]), ("p", "2. ", ["C."])])
    japanese = version("ja", [("p", "１　", ["甲。"]), ("p", "２　", ["乙。"])])
    beads = [
        {"en": Range(0, 1), "ja": Range(0, 1)},  # Japanese 1 is none of the English 1
        {"en": Range(1, 2), "ja": Range(1, 1)},
        {"en": Range(2, 3), "ja": Range(1, 2)},
    ]
    aligned = text(beads, english, japanese)
    names = BeadNames(aligned)
    for level in ("paragraph", "sentence"):
        found = [names.name(level, bead) for bead in aligned.alignment(level).beads]
        assert found == ["1 (ja)", "1", "2"]


def test_a_place_without_the_first_language_is_not_called_like_one_of_it() -> None:
    english = version("en", [("p", "", ["A."])])
    japanese = version("ja", [("p", "", ["甲。"]), ("p", "", ["乙。"])])
    beads = [
        {"en": Range(0, 0), "ja": Range(0, 1)},
        {"en": Range(0, 1), "ja": Range(1, 2)},
    ]
    aligned = text(beads, english, japanese)
    names = BeadNames(aligned)
    found = [names.name("sentence", bead) for bead in aligned.sentences.beads]
    assert found == ["¶ 1 (ja)", "¶ 1"]
