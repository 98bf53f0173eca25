"""Our TEI without its records: the elements alone give all but what docs/tei.md names."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import parallel_statement as ps
import tei_sample
from parallel_statement.formats.tei import flat, writer
from parallel_statement.model import CheckedText, Move, Range, Version, Waiver
from parallel_statement.validation import validate_tei
from test_tei_reading import laid

ROOT = Path(__file__).parent.parent
RECORD = re.compile(rb"\s*<xenoData.*?</xenoData>", re.DOTALL)
CHANGED = "the TEI was changed after it was written, so its elements were read"
LAYOUTS = pytest.mark.parametrize("write", [writer.write, flat.write], ids=["files", "flat"])


def without_records(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: RECORD.sub(b"", data) for name, data in files.items()}


def sample() -> CheckedText:
    """Return the sample with a passage that was moved, and a finding that somebody accepts."""
    checked = tei_sample.checked()
    move = Move("demo.mv.p1.s1", ({"en": Range(0, 1)}, {"it": Range(3, 4)}), 0.25)
    first, *others = checked.findings
    waiver = Waiver(
        first.id,
        first.rule,
        first.languages,
        first.words(checked.text),
        "So it is called there.",
        "A. Reviser",
        "2026-03-01",
    )
    return replace(
        checked,
        text=replace(checked.text, moves=(move,)),
        findings=(replace(first, waiver=waiver), *others),
        date="2026-11-22",
    )


def statement() -> CheckedText:
    texts = ps.open_texts(ROOT / "texts")
    (entry,) = texts.entries
    versions = [ps.segment(document) for document in entry.load()]
    text = ps.align(versions, metadata=entry.metadata)
    return ps.check(text, texts.read_glossary(None))


def of_version(version: Version) -> dict[str, Any]:
    """Return what the elements of a text say of *version*."""
    document = version.document
    return {
        "paragraphs": [
            (
                p.id,
                p.kind,
                p.number,
                document.content(p.label) if p.label else "",
                [(s.id, version.text(s)) for s in p.sentences],
            )
            for p in version.paragraphs
        ],
        "marks": [
            (mark.kind, document.content(mark.span), mark.attributes.get("n"))
            for mark in document.marks
            if mark.kind != "pb"
        ],
        "pages": [mark.attributes for mark in document.marks if mark.kind == "pb"],
    }


def said(checked: CheckedText) -> dict[str, Any]:
    """Return all of *checked* that elements say."""
    text = checked.text

    def words(tag: str, span: ps.Span) -> str:
        return text.version(tag).document.content(span)

    return {
        "id": text.id,
        "versions": [of_version(version) for version in text.versions],
        "beads": [
            (b.id, {tag: tuple(r) for tag, r in b.ranges.items()}, round(b.posterior, 4), b.status)
            for level in (text.paragraphs, text.sentences)
            for b in level.beads
        ],
        "pairs": {
            (level.level, pair): [
                (b.id, tuple(b.source), tuple(b.target), round(b.posterior, 4), b.status)
                for b in beads
            ]
            for level in (text.paragraphs, text.sentences)
            for pair, beads in level.pairs.items()
        },
        "moves": text.moves,
        "locks": sorted(text.locks, key=repr),
        "metadata": replace(
            text.metadata, identifier=text.metadata.identifier.removeprefix(text.id)
        ),
        "provenance": text.provenance,
        "notices": [notice for notice in text.notices if notice != CHANGED],
        "date": checked.date,
        "glossary": checked.glossary
        and {
            concept.id: [(d.language, d.text, d.status) for d in concept.designations]
            for concept in checked.glossary.concepts
        },
        "mentions": {
            tag: [
                (
                    m.concept,
                    m.designation.text,
                    m.designation.status,
                    m.sentence,
                    words(tag, m.span),
                )
                for m in mentions
            ]
            for tag, mentions in checked.mentions.items()
        },
        "findings": [
            replace(
                finding,
                spans={
                    tag: sorted(words(tag, span) for span in spans)
                    for tag, spans in finding.spans.items()
                },
                waiver=None,
            )
            for finding in checked.findings
        ],
        "waivers": [finding.waiver for finding in checked.findings],
    }


@LAYOUTS
@pytest.mark.parametrize("make", [sample, statement])
def test_the_elements_alone_say_the_same(
    write: Callable[[CheckedText], dict[str, bytes]],
    make: Callable[[], CheckedText],
    tmp_path: Path,
) -> None:
    checked = make()
    corpus = laid(without_records(write(checked)), tmp_path)
    found = ps.read_tei(corpus)
    assert CHANGED in found.text.notices
    expected, read = said(checked), said(found)
    for part, wanted in expected.items():
        assert read[part] == wanted, part


EDITS: dict[str, tuple[str, str, str, str, str]] = {
    "a probability": ("demo.xml", 'cert="0.97"', 'cert="0.5"', "pairs", "0.5"),
    "a publisher": ("demo.xml", "<publisher>Demo a", "<publisher>A", "metadata", "'Archive'"),
    "a word": ("demo-it.xml", "Sostengono", "Difendono", "versions", "Difendono"),
    "an accepted finding": ("demo.xml", "So it is called there.", "Let be.", "waivers", "Let be."),
    "a reviser": ("demo.xml", "<name>B. Reviser", "<name>C. Reviser", "locks", "C. Reviser"),
    "a note of a decision": ("demo.xml", "Read twice.", "Read again.", "locks", "Read again."),
    "a move": ("demo.xml", 'cert="0.25"', 'cert="0.75"', "moves", "0.75"),
    "a reason": ("demo.xml", "A deprecated term", "An old term", "findings", "An old term"),
    "a severity": ("demo.xml", "#demo.sev.error", "#demo.sev.info", "findings", "severity='info'"),
    "a designation": ("demo.xml", ">minerali critici<", ">critici<", "glossary", "'critici'"),
    "a term": (
        "demo-ja.xml",
        '<term ref="demo.xml#demo.c.rule-of-law">法の支配</term>',
        "法の支配",
        "mentions",
        "",
    ),
}
"""What a person changed: file, old, new, and what is other than before, with what it says."""


def edited(data: str, old: str, new: str) -> str:
    """Return *data* with *old* replaced once, outside the record."""
    before, record, after = re.split(r"(<xenoData.*</xenoData>)", data, maxsplit=1)
    assert old in before + after
    if old in before:
        return before.replace(old, new, 1) + record + after
    return before + record + after.replace(old, new, 1)


@pytest.mark.parametrize("name", EDITS)
def test_what_a_person_changed_is_read_and_the_rest_stays(name: str, tmp_path: Path) -> None:
    file, old, new, part, now = EDITS[name]
    corpus = laid(writer.write(sample()), tmp_path)
    path = corpus.parent / file
    path.write_text(edited(path.read_text(encoding="utf-8"), old, new), encoding="utf-8")
    found = ps.read_tei(corpus)
    expected, read = said(sample()), said(found)
    assert [other for other in expected if read[other] != expected[other]] == [part]
    assert now in str(read[part])
    again = laid(writer.write(found), tmp_path / "again")
    assert ps.read_tei(again) == found
    assert validate_tei(again) == ()


def test_a_sentence_that_was_added_moves_no_finding(tmp_path: Path) -> None:
    corpus = laid(without_records(writer.write(sample())), tmp_path)
    path = corpus.parent / "demo-it.xml"
    text = path.read_text(encoding="utf-8")
    place = text.index('<s xml:id="demo-it.p1.s1"')
    added = text[:place] + '<s xml:id="demo-it.p1.s0" n="0">Prima<lb/> frase.</s> ' + text[place:]
    path.write_text(added.replace("I due leader", "I<lb/> due leader"), encoding="utf-8")
    found = ps.read_tei(corpus)
    (deprecated, lone) = found.findings
    italian = found.text.version("it")
    assert [italian.document.content(s) for s in deprecated.spans["it"]] == ["minerali di base"]
    assert [italian.document.content(s) for s in lone.spans["it"]] == ["Ringraziano la città."]
    assert [s.id for s in italian.paragraphs[2].sentences] == ["demo-it.p1.s0", "demo-it.p1.s1"]
    assert [m.sentence for m in found.mentions["it"]] == ["demo-it.p1.s1", "demo-it.p2.s1"]
