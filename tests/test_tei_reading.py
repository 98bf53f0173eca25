"""TEI read back: our own gives equal objects, whatever it holds, in both layouts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import parallel_statement as ps
import tei_sample
from parallel_statement.formats.tei import flat, writer
from parallel_statement.formats.tei.restoring import restore, restore_version
from parallel_statement.formats.tei.sources import open_set
from parallel_statement.model import (
    CheckedText,
    Finding,
    Lock,
    Move,
    Occurrence,
    Range,
    Span,
    Waiver,
)
from test_tei import alone, random_text, several, stated

Writer = Callable[[CheckedText], dict[str, bytes]]
LAYOUTS = pytest.mark.parametrize("write", [writer.write, flat.write], ids=["files", "flat"])
HYPOTHESIS = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
"""Any text that a file can hold: half a character cannot be decoded from one."""


def laid(files: Mapping[str, bytes], folder: Path) -> Path:
    """Return the corpus file among *files*, which are written into *folder*."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder / next(iter(files))


def rich(random: Random, words: Callable[[], str]) -> CheckedText:
    """Return versions with all that a person may have added to them, in any *words*."""
    checked = several(random, ["en", "ja", "it"])
    text = checked.text
    ids = {v.language: tuple(s.id for s in v.sentences[:1]) for v in text.versions}
    filled = {tag: own for tag, own in ids.items() if own}
    lock = Lock("sentence", filled, random.random() < 0.5, words(), words(), "2026-11-22")
    waiver = Waiver(
        "f", "rule", ("it",), {"it": (words(),)}, words(), words(), "", Occurrence(1, 2)
    )
    spans = {v.language: (Span(0, 1),) for v in text.versions}
    finding = Finding(
        "f", "rule", "info", "b", spans, ("it",), words(), words(), words() or "-", waiver
    )
    metadata = replace(
        stated("it"), title=words(), issuers=(words(), words()), keywords=(words(),), place=words()
    )
    metadata = replace(
        metadata,
        **{
            name: getattr(metadata, name).replace("\ud800", "")
            for name in ("identifier", "licence", "publisher")
        },
        versions={},
    )
    return replace(
        checked,
        text=replace(text, locks=(lock,), metadata=metadata, notices=(words(),)),
        findings=(finding,),
        date="2026-11-22",
    )


@LAYOUTS
def test_the_sample_comes_back(write: Writer, tmp_path: Path) -> None:
    checked = tei_sample.checked()
    corpus = laid(write(checked), tmp_path)
    for path in (corpus, corpus.parent):
        assert restore(open_set(path)) == checked


@LAYOUTS
@given(st.data())
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_round_trip_is_identity(write: Writer, tmp_path: Path, data: st.DataObject) -> None:
    random = data.draw(st.randoms(use_true_random=False))
    checked = rich(random, lambda: data.draw(ANYTHING))
    read = restore(open_set(laid(write(checked), tmp_path)))
    assert read == checked
    assert [list(bead.ranges) for bead in read.text.sentences.beads] == [
        list(bead.ranges) for bead in checked.text.sentences.beads
    ]


@LAYOUTS
@given(st.randoms(use_true_random=False))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_hostile_text_comes_back_to_the_character(
    write: Writer, tmp_path: Path, random: Random
) -> None:
    checked = random_text(random)
    version = checked.text.versions[0]
    if "\ud800" in version.document.text or "\udfff" in version.document.text:
        return  # no file can be decoded to half a character
    files = open_set(laid(write(checked), tmp_path))
    found = restore_version(files.texts[0])
    assert found == version
    assert found.document.text.encode() == version.document.text.encode()
    assert restore(files) == checked


def test_moved_passages_come_back(tmp_path: Path) -> None:
    checked = tei_sample.checked()
    move = Move("demo.mv.x", ({"en": Range(0, 1)}, {"it": Range(3, 4)}), 0.123456789)
    moved = replace(checked, text=replace(checked.text, moves=(move,)))
    corpus = laid(writer.write(moved), tmp_path)
    assert restore(open_set(corpus)) == moved


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("demo.xml", 'cert="0.97"', 'cert="0.5"'),
        ("demo.xml", "Demo archive", "Another archive"),
        ("demo-it.xml", "di base.", "di base!"),
        ("demo-ja.xml", '<pb n="2"', '<pb n="3"'),
        ("demo-en.xml", '"reason":"markup"', '"reason":"escape"'),
    ],
)
def test_a_file_that_was_changed_is_not_read_from_its_record(
    name: str, old: str, new: str, tmp_path: Path
) -> None:
    corpus = laid(writer.write(tei_sample.checked()), tmp_path)
    path = corpus.parent / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert restore(open_set(corpus)) is None


def test_white_space_between_elements_is_no_change(tmp_path: Path) -> None:
    corpus = laid(writer.write(tei_sample.checked()), tmp_path)
    text = corpus.read_text(encoding="utf-8")
    corpus.write_text(text.replace("\n   <", "\n\t\t<"), encoding="utf-8")
    assert restore(open_set(corpus)) == tei_sample.checked()


TEXTS = Path(__file__).parent.parent / "texts"


@pytest.mark.parametrize("path", sorted(TEXTS.glob("*/*.md")), ids=lambda path: path.parent.name)
def test_the_source_comes_back_to_the_byte(path: Path, tmp_path: Path) -> None:
    language = path.parent.name
    version = ps.segment(ps.read(path, language, id="doc"))
    laid(writer.write(alone(version)), tmp_path)
    document = ps.read(tmp_path / f"tei/doc-{language}.xml", language, id="doc")
    assert document == version.document
    assert document.text.encode() == path.read_bytes()
