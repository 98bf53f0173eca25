"""``align glossary``: convert, validate, merge, diff; and what merging and comparing promise."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings

from glossary_sample import FULL, glossaries
from parallel_statement.cli import main
from parallel_statement.formats.glossary import read_glossary, render_glossary
from parallel_statement.model import Concept, Definition, Designation, Glossary
from parallel_statement.terminology.comparison import Change, compare
from parallel_statement.terminology.glossary import in_order
from parallel_statement.terminology.merging import merge


def glossary(*concepts: Concept, name: str = "") -> Glossary:
    return Glossary(concepts, name)


def terms(*texts: str) -> tuple[Designation, ...]:
    """Return preferred terms from "en law" and the like."""
    return tuple(Designation(*text.split(" ", 1)) for text in texts)


LAW = Concept("law", terms("en rule of law", "it Stato di diritto"), domain="law")


# --- merging -----------------------------------------------------------------------------


TWICE = Concept(
    "law", terms("en law"), (Definition("A rule.", "en"), Definition("A rule.", "en", "a book"))
)


@settings(max_examples=30, deadline=None)
@example(any_glossary=Glossary((TWICE,)))
@given(any_glossary=glossaries())
def test_a_glossary_merged_with_itself_is_itself(any_glossary: Glossary) -> None:
    merged = merge([any_glossary, any_glossary])
    assert merged.glossary.concepts == any_glossary.concepts
    assert merged.conflicts == merged.undecided == ()


@settings(max_examples=30, deadline=None)
@given(first=glossaries(), second=glossaries())
def test_merging_forgets_no_concept_and_stays_sound(first: Glossary, second: Glossary) -> None:
    merged = merge([first, second])
    assert {c.id for c in (*first.concepts, *second.concepts)} >= {
        c.id for c in merged.glossary.concepts
    }
    assert {c.id for c in first.concepts} <= {c.id for c in merged.glossary.concepts}
    render_glossary(merged.glossary, "g.tbx")  # raises if a concept is not sound


def test_facts_of_both_come_together() -> None:
    second = Concept(
        "law",
        (
            replace(LAW.designations[0], part_of_speech="noun"),
            Designation("en", "legality", "deprecated"),
            *terms("ja 法の支配"),
        ),
        (Definition("Rule by rules.", "en"),),
        note="core",
    )
    merged = merge([glossary(LAW), glossary(second)])
    (concept,) = merged.glossary.concepts
    assert merged.conflicts == ()
    assert (concept.domain, concept.note, concept.definitions) == (
        "law",
        "core",
        second.definitions,
    )
    assert [term.text for term in concept.designations] == [
        "rule of law",
        "legality",
        "Stato di diritto",
        "法の支配",
    ]
    assert concept.designations[0].part_of_speech == "noun"


@pytest.mark.parametrize(("prefer", "kept"), [("first", "rule of law"), ("last", "law's rule")])
def test_two_preferred_terms_are_a_conflict(prefer: str, kept: str) -> None:
    second = Concept("law", terms("en law's rule", "it Stato di diritto"))
    merged = merge([glossary(LAW), glossary(second)], "first" if prefer == "first" else "last")
    assert len(merged.conflicts) == 1
    assert "are both preferred in 'en'" in merged.conflicts[0]
    assert [term.text for term in merged.glossary.concepts[0].terms("en")] == [kept]


def test_concepts_are_joined_by_their_terms() -> None:
    second = Concept("c1", terms("it Stato di diritto", "ja 法の支配"))
    merged = merge([glossary(LAW), glossary(second)])
    assert [concept.id for concept in merged.glossary.concepts] == ["law"]
    assert merged.notices == ("c1 was joined to law: their terms agree",)


@pytest.mark.parametrize(
    ("first", "second", "notice"),
    [
        ((LAW,), Concept("x", terms("en rule of law", "it legalità")), "prefers other terms too"),
        (
            (LAW, Concept("two", terms("en rule of law"))),
            Concept("x", terms("en rule of law")),
            "it is not the only one",
        ),
    ],
)
def test_homonyms_are_kept_apart(first: tuple[Concept, ...], second: Concept, notice: str) -> None:
    merged = merge([glossary(*first), glossary(second)])
    assert [concept.id for concept in merged.glossary.concepts] == [*(c.id for c in first), "x"]
    assert notice in merged.notices[0]


def test_one_id_for_two_concepts_is_never_decided() -> None:
    merged = merge([glossary(LAW), glossary(Concept("law", terms("en statute")))], "last")
    assert merged.undecided == (
        "law: stands for two concepts without a common term, 'rule of law' and 'statute'; "
        "rename one of the ids",
    )


# --- comparing ---------------------------------------------------------------------------


def test_what_differs_is_said_field_by_field() -> None:
    after = replace(
        LAW,
        designations=(
            replace(LAW.designations[0], note="new"),
            Designation("it", "legalità"),
        ),
        definitions=(Definition("Rule by rules.", "en"),),
        domain="",
    )
    found = compare(glossary(LAW, Concept("old", terms("en x"))), glossary(after))
    assert [concept.id for concept in found.removed] == ["old"]
    assert found.changed == {
        "law": (
            Change("domain", "", "", "law", ""),
            Change("note", "rule of law", "en", "", "new"),
            Change("term", "", "it", "Stato di diritto (preferred)", ""),
            Change("term", "", "it", "", "legalità (preferred)"),
            Change("definition", "", "en", "", "Rule by rules."),
        )
    }


@settings(max_examples=30, deadline=None)
@given(first=glossaries(), second=glossaries())
def test_only_equal_glossaries_do_not_differ(first: Glossary, second: Glossary) -> None:
    found = compare(first, second)
    same = {c.id: c for c in first.concepts} == {c.id: c for c in second.concepts}
    assert same is not bool(found.added or found.removed or found.changed)


# --- commands ----------------------------------------------------------------------------


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder, which is the present one, with ``a.csv`` and ``b.csv``."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.csv").write_text("id,en,it,domain\nlaw,rule of law,Stato di diritto,law\n")
    (tmp_path / "b.csv").write_text("id,en,ja,domain\nlaw,rule of law,法の支配,legal\nx,port,港,\n")
    return tmp_path


def test_convert_writes_and_says_what_is_lost(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "full.tbx").write_bytes(render_glossary(FULL, "full.tbx"))
    assert main(["glossary", "convert", "full.tbx", "out/full.xlsx"]) == 0
    assert capsys.readouterr().out == "2 concepts written to out/full.xlsx\n"
    assert read_glossary("out/full.xlsx").concepts == in_order(FULL.concepts)
    assert main(["glossary", "convert", "full.tbx", "full.utx"]) == 0
    said = capsys.readouterr().out
    assert "not kept by .utx: case sensitive (1), context (1)" in said
    assert "domain (1)" in said


def test_convert_never_overwrites_its_source(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (files / "a.csv").read_bytes()
    assert main(["glossary", "convert", "a.csv", "./a.csv"]) == 2
    assert "is the glossary itself" in capsys.readouterr().err
    assert (files / "a.csv").read_bytes() == before


def test_validate_lists_everything(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (files / "c.csv").write_text("id,en\na,x\na,y\n1,z\nb,x\n")
    assert main(["glossary", "validate", "a.csv"]) == 0
    assert main(["glossary", "validate", "a.csv", "c.csv", "none.tbx"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[1:] == [
        "a.csv: 1 concept in en, it; 0 faults",
        "c.csv:3: the id 'a' is already taken by line 2",
        "c.csv:4: '1' cannot be an id; an id begins with a letter and has letters, digits, "
        "'-', '_' and '.' only",
        "c.csv: note: 'x' (en) is the preferred term of two concepts, a and b",
        "c.csv: 2 concepts in en; 2 faults",
        "none.tbx: there is no such file",
    ]


def test_merge_stops_at_conflicts(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["glossary", "merge", "a.csv", "b.csv", "-o", "c.tbx"]) == 1
    said = capsys.readouterr()
    assert said.out == "conflict: law: domain is 'law' and 'legal'; 'law' is kept\n"
    assert "1 conflict, nothing written" in said.err
    assert not (files / "c.tbx").exists()
    assert main(["glossary", "merge", "a.csv", "b.csv", "-o", "c.tbx", "--prefer", "last"]) == 0
    law, port = read_glossary("c.tbx").concepts
    assert (law.domain, len(law.designations), port.id) == ("legal", 3, "x")


def test_merge_needs_two(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["glossary", "merge", "a.csv", "-o", "c.csv"]) == 2
    assert "a second glossary is needed" in capsys.readouterr().err


def test_diff_is_readable(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["glossary", "diff", "a.csv", "a.csv"]) == 0
    assert main(["glossary", "diff", "a.csv", "b.csv"]) == 1
    assert capsys.readouterr().out.splitlines()[1:] == [
        "+ x: port (en), 港 (ja)",
        "~ law",
        "    domain: law -> legal",
        "    - it Stato di diritto (preferred)",
        "    + ja 法の支配 (preferred)",
        "concepts: 1 added, 0 removed, 1 changed",
    ]
