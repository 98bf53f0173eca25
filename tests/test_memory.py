"""The index of an archive: what was said before is found in any form, and kept up with."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from memory_sample import BEADS, DATES, source
from parallel_statement.errors import InputError, ParallelStatementError, UnknownNameError
from parallel_statement.memory import NAME, fill, open_memory, search
from parallel_statement.model import Concept, Designation, Glossary

SUPPLY_CHAIN = Concept(
    "c1",
    (
        Designation("en", "supply chain"),
        Designation("ja", "サプライチェーン"),
        Designation("ja", "供給網", status="admitted"),
        Designation("it", "catena di approvvigionamento"),
    ),
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("memory")
    path = folder / NAME
    fill(path, [source(folder, name, beads, DATES[name]) for name, beads in BEADS.items()])
    return path


def found(
    path: Path, term: str, glossary: Glossary | None = None
) -> dict[str, dict[str, list[str]]]:
    """Return the words found, by bead and language, in the order of the beads."""
    with open_memory(path) as memory:
        hits = search(memory, term, glossary).hits
    return {
        hit.bead: {
            tag: [side.text[place.start : place.end] for place in side.places]
            for tag, side in hit.sides.items()
            if side.places
        }
        for hit in hits
    }


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (
            "supply chains",
            {"new.sb.1": {"en": ["supply chain"]}, "old.sb.1": {"en": ["supply chains"]}},
        ),
        (
            "catene di approvvigionamento",
            {
                "new.sb.1": {"it": ["catena di approvvigionamento"]},
                "old.sb.1": {"it": ["catene di approvvigionamento"]},
            },
        ),
        ("critico", {"new.sb.1": {"it": ["critici"]}}),
        ("ｻﾌﾟﾗｲﾁｪｰﾝ", {"old.sb.1": {"ja": ["サプライチェーン"]}}),
        ("両首脳", {"old.sb.1": {"ja": ["両首脳"]}}),
        ("roma", {"old.sb.2": {"it": ["Roma"]}}),
        ("U.N.", {"new.sb.2": {"en": ["U.N."]}}),
        ("chain supply", {}),
        ("harbour", {}),
    ],
)
def test_a_term_is_found_in_any_form(
    index: Path, term: str, expected: dict[str, dict[str, list[str]]]
) -> None:
    assert found(index, term) == expected


def test_a_term_of_the_glossary_stands_for_its_concept(index: Path) -> None:
    assert found(index, "供給網", Glossary((SUPPLY_CHAIN,))) == {
        "new.sb.1": {
            "en": ["supply chain"],
            "ja": ["供給網"],
            "it": ["catena di approvvigionamento"],
        },
        "old.sb.1": {
            "en": ["supply chains"],
            "ja": ["サプライチェーン"],
            "it": ["catene di approvvigionamento"],
        },
    }


def test_the_newest_come_first_and_what_is_left_is_told(index: Path) -> None:
    with open_memory(index) as memory:
        first = search(memory, "supply chain", most=1)
        assert [hit.document for hit in first.hits] == ["new"]
        assert not first.complete
        assert search(memory, "supply chain", most=2).complete
        only = search(memory, "supply chain", documents=["old"])
        assert [(hit.document, hit.title, hit.date) for hit in only.hits] == [
            ("old", "Old", "2024-03-01")
        ]
        assert only.hits[0].sides["ja"].segments == ("ja.p1.s1",)
        with pytest.raises(UnknownNameError, match="older"):
            search(memory, "supply chain", documents=["older"])
        with pytest.raises(ParallelStatementError, match="no letter or digit"):
            search(memory, "—")


WORD = st.sampled_from(["ports", "chain", "critici", "Roma", "港", "供給網", "U.N.", "50"])
DOCUMENT = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            tag: st.lists(WORD, min_size=1, max_size=3).map(" ".join) for tag in ("en", "ja", "it")
        },
    ),
    max_size=3,
)
STATE = st.dictionaries(st.sampled_from("abc"), DOCUMENT)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(states=st.lists(STATE, min_size=2, max_size=4))
def test_an_index_that_was_kept_up_finds_what_a_new_one_finds(
    states: list[dict[str, list[dict[str, str]]]],
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        for state in states:
            sources = [source(folder, each, beads) for each, beads in state.items()]
            fill(folder / "kept", sources)
        fill(folder / "new", sources)
        for term in ("port", "chains", "critico", "roma", "港", "供給網", "UN", "50"):
            assert found(folder / "kept", term) == found(folder / "new", term)


def test_a_term_that_is_everywhere_is_found_as_any_other(
    monkeypatch: pytest.MonkeyPatch, index: Path
) -> None:
    few = [found(index, term) for term in ("supply chain", "the", "di", "サプライチェーン")]
    monkeypatch.setattr(sys.modules["parallel_statement.memory.search"], "_MANY", 1)
    many = [found(index, term) for term in ("supply chain", "the", "di", "サプライチェーン")]
    assert [list(each.items()) for each in few] == [list(each.items()) for each in many]


def test_what_did_not_change_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / NAME
    sources = [source(tmp_path, name, beads) for name, beads in BEADS.items()]
    fill(path, sources)
    for each in sources:
        each.path.unlink()  # read again, it would be missed
    fill(path, sources)
    assert set(found(path, "supply chain")) == {"new.sb.1", "old.sb.1"}


def test_a_document_that_cannot_be_read_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / NAME
    fill(path, [source(tmp_path, "old", BEADS["old"])])
    broken = source(tmp_path, "new", BEADS["new"])
    broken.path.write_text('{"bead"\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"new.jsonl.*1"):
        fill(path, [broken])
    assert set(found(path, "supply chain")) == {"old.sb.1"}


@pytest.mark.parametrize("broken", ["missing", "no database", "another's", "of another version"])
def test_an_index_that_cannot_be_used_is_told_and_made_anew(tmp_path: Path, broken: str) -> None:
    path = tmp_path / NAME
    sources = [source(tmp_path, "old", BEADS["old"])]
    if broken == "no database":
        path.write_bytes(b"no database" * 500)
    elif broken != "missing":
        fill(path, sources)
        with closing(sqlite3.connect(path)) as connection, connection:
            if broken == "another's":
                connection.execute("DROP TABLE about")
            else:
                connection.execute("UPDATE about SET made_by = 'parallel-statement index 0'")
    with pytest.raises(InputError, match="run `align corpus` again"), open_memory(path):
        pass
    fill(path, sources)
    assert set(found(path, "supply chain")) == {"old.sb.1"}
