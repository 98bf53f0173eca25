"""A new text with what an archive said before: matches, drafts, and the command."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook

import parallel_statement as ps
from conftest import RunProcess
from exchange_schemas import xliff_core
from memory_sample import BEADS, DATES, source
from parallel_statement.memory import NAME, Recollection, fill, open_memory, recall
from parallel_statement.model import Concept, Designation, Glossary
from parallel_statement.pretranslation import Draft, pretranslate, xliff, xlsx

FIRST = BEADS["old"][0]["en"]
CORE = "{urn:oasis:names:tc:xliff:document:2.0}"
MATCH = "{urn:oasis:names:tc:xliff:matches:2.0}"
TERM = "{urn:oasis:names:tc:xliff:glossary:2.0}"
GLOSSARY = Glossary(
    (
        Concept(
            "c1",
            (
                Designation("en", "supply chain"),
                Designation("ja", "供給網", status="deprecated"),
                Designation("ja", "サプライチェーン", status="admitted"),
                Designation("it", "catena di approvvigionamento", status="admitted"),
                Designation("it", "filiera"),
            ),
        ),
    )
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    again = [*BEADS["old"][:1], {"en": FIRST, "it": "I Leader hanno salutato le filiere."}]
    fill(
        folder / NAME,
        [
            *(source(folder, name, beads, DATES[name]) for name, beads in BEADS.items()),
            source(folder, "again", again, "2025-05-05"),
        ],
    )
    return folder


def known(
    archive: Path, sentence: str, language: str = "en", least: int = 50
) -> list[Recollection]:
    with open_memory(archive / NAME) as memory:
        return list(recall(memory, sentence, language, ["ja", "it", "en"], least=least))


@pytest.mark.parametrize(
    ("sentence", "score"),
    [
        (FIRST, 100),
        ("  The Leaders welcomed the  supply chains of both countries. ", 100),
        ("THE LEADERS welcomed the supply chains of both countries.", 99),
        ("The Leaders welcomed the value chains of both countries.", 88),
        ("The Leaders welcomed the supply chains of both countries and regions.", 81),
    ],
)
def test_the_score_is_the_share_of_words_that_need_no_edit(
    archive: Path, sentence: str, score: int
) -> None:
    best = known(archive, sentence)[0]
    assert (best.score, best.source) == (score, FIRST)


def test_one_match_stands_for_all_that_say_the_same_and_it_is_the_newest(archive: Path) -> None:
    found = known(archive, FIRST)
    assert [(each.document, sorted(each.targets)) for each in found] == [
        ("again", ["en", "it", "ja"]),
        ("again", ["en", "it"]),
    ]
    assert found[0].date == "2025-05-05"


def test_what_is_not_alike_is_no_match(archive: Path) -> None:
    assert known(archive, "Parliament adopted a budget.") == []
    assert known(archive, "") == []
    with open_memory(archive / NAME) as memory:
        assert recall(memory, FIRST, "en", ["de"]) == ()


def test_a_sentence_without_spaces_is_compared_by_its_words(archive: Path) -> None:
    best = known(archive, "両首脳は、両国のサプライチェーンを歓迎する。", "ja")[0]
    assert 50 <= best.score < 99
    assert best.targets["it"].startswith("I Leader")


@settings(max_examples=60, deadline=None)
@given(words=st.lists(st.sampled_from([*FIRST.split(), "港", "50 %", "—"]), max_size=12))
def test_a_score_is_never_above_98_unless_the_words_are_the_same(
    archive: Path, words: list[str]
) -> None:
    sentence = " ".join(words)
    for each in known(archive, sentence, least=1):
        same = each.source.casefold().split() == sentence.casefold().split()
        assert 1 <= each.score <= 100
        assert (each.score > 98) == same


@pytest.fixture(scope="module")
def draft(archive: Path) -> Draft:
    text = archive / "spring.txt"
    text.write_text(
        f"{FIRST}\n\nA supply chain & a <port>. Nothing is\x07 known of this.\n", "utf-8"
    )
    document = ps.read(text, "en")
    with open_memory(archive / NAME) as memory:
        return pretranslate(ps.segment(document), memory, ["ja", "it"], GLOSSARY)


def test_every_sentence_is_in_the_draft_with_its_terms(draft: Draft) -> None:
    assert tuple(row.sentence for row in draft.rows) == draft.version.sentences
    assert [len(row.matches) for row in draft.rows] == [2, 0, 0]
    terms = [[(term.text, dict(term.targets)) for term in row.terms] for row in draft.rows]
    rendered = {"ja": ("サプライチェーン",), "it": ("filiera", "catena di approvvigionamento")}
    assert terms == [[("supply chains", rendered)], [("supply chain", rendered)], []]


def test_the_xliff_has_the_text_to_the_character_and_the_matches(draft: Draft) -> None:
    files = xliff.write(draft)
    assert sorted(files) == ["spring.en-it.xlf", "spring.en-ja.xlf"]
    root = etree.fromstring(files["spring.en-it.xlf"])
    sources = root.findall(f".//{CORE}segment/{CORE}source")
    for element, sentence in zip(sources, draft.version.sentences, strict=True):
        for point in element.iter(f"{CORE}cp"):
            point.text = chr(int(point.get("hex", ""), 16))
        assert "".join(element.itertext()) == draft.version.text(sentence)
    segments = root.findall(f".//{CORE}segment")
    assert [segment.get("state") for segment in segments] == ["translated", "initial", "initial"]
    assert [segment.findtext(f"{CORE}target") for segment in segments] == [
        BEADS["old"][0]["it"],
        None,
        None,
    ]
    matches = root.findall(f".//{MATCH}match")
    assert [match.get("matchQuality") for match in matches] == ["100.0", "100.0"]
    marks = {f"#{mark.get('id')}" for mark in root.iter(f"{CORE}mrk")}
    assert {match.get("ref") for match in matches} == marks
    assert "2025-05-05" in matches[0].get("origin", "")
    assert [each.text for each in root.iter(f"{TERM}translation")] == [
        "filiera",
        "catena di approvvigionamento",
    ] * 2


def test_the_xliff_is_valid_against_the_core_schema(draft: Draft) -> None:
    core = xliff_core()
    for data in xliff.write(draft).values():
        assert core.validate(etree.fromstring(data)), core.error_log


def test_the_workbook_has_a_row_for_every_sentence(draft: Draft) -> None:
    ((name, data),) = xlsx.write(draft, "2026-01-16").items()
    assert name == "spring.en.draft.xlsx"
    assert data == xlsx.write(draft, "2026-01-16")[name]
    rows = list(load_workbook(BytesIO(data))["Draft"].iter_rows(values_only=True))
    assert rows[0][:4] == ("Sentence", "English (en)", "Japanese (ja)", "Italian (it)")
    assert rows[1][1:5] == (FIRST, BEADS["old"][0]["ja"], BEADS["old"][0]["it"], 100)
    assert rows[2][2:5] == (None, None, None)
    assert rows[2][7] == (
        "supply chain: ja サプライチェーン; it filiera, catena di approvvigionamento"
    )
    assert len(rows) == 4


def test_the_command_writes_what_a_translator_starts_from(
    archive: Path, tmp_path: Path, run_process: RunProcess
) -> None:
    text = tmp_path / "en" / "spring.md"
    text.parent.mkdir()
    text.write_text(f"{FIRST} They met in Milan.\n", "utf-8")
    out = tmp_path / "drafts"
    done = run_process("pretranslate", text, "--memory", archive, "--to", "it", "--out", out)
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in out.iterdir()) == [
        "spring.en-it.xlf",
        "spring.en.draft.xlsx",
    ]
    assert "2           1      1" in done.stdout


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), "Say so with --from: en, it, ja"),
        (("--from", "de"), "de"),
        (("--from", "en", "--to", "de"), "de"),
        (("--from", "en", "--memory", "nowhere"), "run `align corpus` again"),
    ],
)
def test_what_cannot_be_drafted_is_told(
    archive: Path, tmp_path: Path, run_process: RunProcess, options: tuple[str, ...], words: str
) -> None:
    text, drafts = tmp_path / "spring.md", tmp_path / "drafts"
    text.write_text(FIRST, "utf-8")
    done = run_process("pretranslate", text, "--memory", archive, "--out", drafts, *options)
    assert done.returncode == 2
    assert words in done.stderr and "Traceback" not in done.stderr
    assert not drafts.exists()
