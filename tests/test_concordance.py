"""Where a term stands, in every form and language: `find` and `align find`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import parallel_statement as ps
from checks_sample import glossary, parallel
from parallel_statement.cli import main
from parallel_statement.terminology.concordance import find

TEXT = parallel(
    (
        {
            "en": "They will strengthen their supply chains.",
            "ja": "両首脳は、供給網を強化する。",
            "it": "Rafforzeranno le proprie catene di approvvigionamento.",
        },
        {"en": "The chain is long.", "ja": "鎖は長い。", "it": "La catena è lunga."},
    ),
    (
        {
            "en": ("A supply-chain forum was held.", "It went on."),
            "ja": "会合が開かれ、継続した。",
            "it": "Si è tenuto un incontro.",
        },
        {"en": "AI is new.", "ja": "ＡＩは新しい。", "it": "Parlano ai leader."},
    ),
)
TERMS = glossary(
    supply_chain={
        "en": "supply chain",
        "ja": "サプライチェーン|供給網",
        "it": "catena di approvvigionamento",
    },
    chain={"en": "chain", "ja": "鎖", "it": "catena"},
)


def found(term: str, with_glossary: bool = True) -> list[dict[str, tuple[str, ...]]]:
    """What was found, bead by bead."""
    return [
        {
            language: tuple(TEXT.version(language).document.content(m.span) for m in mentions)
            for language, mentions in line.mentions.items()
        }
        for line in find(TEXT, term, TERMS if with_glossary else None)
    ]


@pytest.mark.parametrize(
    "term",
    [
        "supply chain",
        "Supply Chains",
        "サプライチェーン",
        "catene di approvvigionamento",
        "供給網 ",
    ],
)
def test_a_term_brings_its_concept(term: str) -> None:
    assert found(term) == [
        {"en": ("supply chains",), "ja": ("供給網",), "it": ("catene di approvvigionamento",)},
        {"en": ("supply-chain",)},
    ]


def test_a_term_inside_a_longer_one_is_found() -> None:
    assert found("chains") == [
        {"en": ("chains",), "it": ("catene",)},
        {"en": ("chain",), "ja": ("鎖",), "it": ("catena",)},
        {"en": ("chain",)},
    ]


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("strengthening", [{"en": ("strengthen",)}]),
        ("rafforzare", [{"it": ("Rafforzeranno",)}]),
        ("開く", [{"ja": ("開か",)}]),
        ("supply chain", [{"en": ("supply chains",)}, {"en": ("supply-chain",)}]),
        ("AI", [{"en": ("AI",), "ja": ("ＡＩ",)}]),
        ("suppl", []),
    ],
)
def test_without_a_glossary_its_own_words_count(
    term: str, expected: list[dict[str, tuple[str, ...]]]
) -> None:
    assert found(term, with_glossary=False) == expected


def test_a_part_of_a_term_is_not_that_term() -> None:
    assert found("supply") == [{"en": ("supply",)}, {"en": ("supply",)}]


@pytest.mark.parametrize("term", ["", " ", "...", "・"])
def test_what_has_no_letter_is_refused(term: str) -> None:
    with pytest.raises(ps.ParallelStatementError, match="no letter or digit"):
        ps.find(TEXT, term)


# --- the command ----------------------------------------------------------------------------

commands = pytest.mark.usefixtures("stand_in", "lockstep")


@pytest.fixture
def with_glossary(texts: Path) -> Path:
    rows = "id,en,ja,it\nagreement,agreement,合意,accordo\n"
    (texts / "glossary.csv").write_text(rows, encoding="utf-8")
    return texts


@commands
@pytest.mark.usefixtures("with_glossary")
def test_the_command_marks_what_it_finds(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["find", "accordo", "texts"]) == 0
    said = capsys.readouterr().out
    assert "al.s.p1.s2" in said
    assert "[agreements]" in said
    assert "[合意]" in said
    assert "[accordi]" in said
    assert "Tokyo" not in said
    assert "“accordo”: 1 bead; en 1, it 1, ja 1" in said


@commands
@pytest.mark.usefixtures("texts")
def test_the_command_says_that_there_is_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["find", "fisheries", "texts"]) == 1
    assert capsys.readouterr().out == "“fisheries” was not found in any form (en, it, ja)\n"


@commands
@pytest.mark.usefixtures("with_glossary")
@pytest.mark.parametrize("options", [["--json"], ["--format", "json"]])
def test_the_command_writes_json(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["find", "agreements", "texts", *options]) == 0
    told = json.loads(capsys.readouterr().out)
    (document,) = told["documents"]
    (bead,) = document["beads"]
    assert bead["id"] == "tiny.al.s.p1.s2"
    (mention,) = bead["mentions"]["it"]
    assert mention["rule"] == "lemma"
    assert mention["place"] == "paragraph 1"
    said = Path("texts/it/tiny.md").read_text(encoding="utf-8")
    assert said[mention["start"] : mention["end"]] == mention["text"] == "accordi"


@commands
@pytest.mark.usefixtures("texts")
@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["..."], "no letter or digit"),
        (["Tokyo", "nowhere"], "nowhere"),
        (["Tokyo", "--format", "pdf"], "format"),
    ],
)
def test_the_command_refuses(
    arguments: list[str], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["find", *arguments]) == 2
    assert why in capsys.readouterr().err
