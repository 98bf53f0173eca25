"""The main job on the joint statement, against a gold alignment made by reading."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import parallel_statement as ps
from parallel_statement.cli import job
from parallel_statement.model import Level

ROOT = Path(__file__).parent.parent
GOLD: dict[str, Any] = json.loads(
    (ROOT / "tests/data/statement-gold.json").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def checked() -> ps.CheckedText:
    """The statement, aligned with the embedded encoder and checked."""
    return job.process(ps.open_texts(ROOT / "texts"), encoder="use", quiet=True)[0]


def ids(version: ps.Version, level: Level) -> list[str]:
    return [segment.id for segment in version.segments(level)]


@pytest.mark.parametrize(("level", "key"), [("paragraph", "paragraphs"), ("sentence", "sentences")])
def test_every_bead_is_right_in_all_languages(
    checked: ps.CheckedText, level: Level, key: str
) -> None:
    text = checked.text
    names = {version.language: ids(version, level) for version in text.versions}
    beads = [
        {language: names[language][r.start : r.stop] for language, r in bead.ranges.items()}
        for bead in text.alignment(level).beads
    ]
    assert beads == [{x: bead.get(x, []) for x in text.languages} for bead in GOLD[key]]


@pytest.mark.parametrize("pair", list(GOLD["pairs"]))
def test_every_pair_has_its_finest_beads(checked: ps.CheckedText, pair: str) -> None:
    source, target = pair.split("-")
    names = {x: ids(checked.text.version(x), "sentence") for x in (source, target)}
    beads = [
        [
            names[source][b.source.start : b.source.stop],
            names[target][b.target.start : b.target.stop],
        ]
        for b in checked.text.pair(source, target)
    ]
    assert beads == GOLD["pairs"][pair]


def test_sentences_begin_and_end_where_a_reader_says(checked: ps.CheckedText) -> None:
    found = {
        sentence.id: [version.text(sentence)[:15], version.text(sentence)[-8:]]
        for version in checked.text.versions
        for sentence in version.sentences
    }
    assert found == GOLD["first_words"]


def test_the_clean_texts_raise_no_alarm(checked: ps.CheckedText) -> None:
    alarms = [f for f in checked.findings if f.severity != "info"]
    assert alarms == []
    assert checked.text.notices == ()


def test_paragraphs_cut_by_a_page_are_joined(checked: ps.CheckedText) -> None:
    english = checked.text.version("en")
    said = {paragraph.id: english.text(paragraph) for paragraph in english.paragraphs}
    assert "Indo-Pacific is strongly interrelated. In this context" in said["js2026-en.p3"]
    assert "use of export restrictions which disrupt global" in said["js2026-en.p6"]
    assert "Japan Aerospace Exploration Agency (JAXA)" in said["js2026-en.p9"]
    assert "nuclear and ballistic missile programs" in said["js2026-en.p14"]
