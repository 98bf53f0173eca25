"""The texts, the glossary and the gold alignment, examined without the pipeline."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path

import pytest

TEXTS = Path(__file__).parents[1] / "texts"
STEM = "japan-italy-joint-statement"
LANGUAGES = ("en", "ja", "it")
TRANSLATIONS = ("ja", "it")
SEED_SHA256 = "2835e4371aaf6293341aba6e6ce4910f222c34a9a812d39ebac554411feaec15"
GOLD = json.loads((Path(__file__).parent / "data" / "statement-gold.json").read_text("utf-8"))
PAIRS = ("en-ja", "en-it", "ja-it")
BLOCKS = ("dateline", "head", *(f"p{number}" for number in range(1, 17)))

NUMBERS = {
    "dateline": ["2026-01-16"],
    "p1": ["160", "2026-01-16"],
    "p2": ["2024-2027"],
    "p4": ["2025-09"],
    "p5": ["2035"],
    "p10": ["30", "30", "4", "7"],
    "p12": ["2025", "2027"],
}
"""Every number written in digits, dates in ISO form; the other paragraphs have none."""

ACRONYMS = (
    ("p3", "FOIP"),
    ("p4", "ACSA"),
    ("p5", "GCAP"),
    ("p9", "ASI"),
    ("p9", "JAXA"),
    ("p10", "MASE"),
    ("p10", "METI"),
    ("p10", "COP30"),
    ("p10", "MOC"),
    ("p14", "UNCLOS"),
    ("p15", "TICAD"),
)

MONTHS = {
    "january": 1,
    "september": 9,
    "gennaio": 1,
    "settembre": 9,
}


def normal(text: str) -> str:
    """Return *text* for comparing."""
    return unicodedata.normalize("NFKC", text).casefold().replace("’", "'")


def read_text(language: str) -> str:
    return (TEXTS / language / f"{STEM}.md").read_text("utf-8")


def read_blocks(language: str) -> dict[str, str]:
    """Return the paragraphs of a version, unwrapped, without labels and markup."""
    blocks: list[str] = []
    for line in read_text(language).splitlines():
        line = re.sub(r"</?sup>", "", line).strip()
        if line in ("", "-", "---"):
            continue
        opening = re.match(r"\d+\. |\d+　|(?:## )?\*+", line)
        if opening:
            blocks.append(line[opening.end() :].rstrip("*"))
        else:
            blocks[-1] += ("" if language == "ja" else " ") + line
    return dict(zip(BLOCKS, blocks, strict=True))


def read_labels(language: str) -> list[str]:
    return re.findall(r"^(\d+)(?:\. |　)", read_text(language), re.MULTILINE)


def find_numbers(text: str) -> list[str]:
    """Return the numbers in *text*, dates as one, sorted."""
    text = normal(text)
    text = re.sub(r"(\d+)年(\d+)月(\d+)日", lambda m: iso(*m.groups()), text)
    text = re.sub(r"(\d+)年(\d+)月", lambda m: iso(*m.groups()), text)
    names = "|".join(MONTHS)
    text = re.sub(rf"({names}) (\d+), (\d+)", lambda m: iso(m[3], MONTHS[m[1]], m[2]), text)
    text = re.sub(rf"(\d+) ({names}) (\d+)", lambda m: iso(m[3], MONTHS[m[2]], m[1]), text)
    text = re.sub(rf"({names}) (\d+)", lambda m: iso(m[2], MONTHS[m[1]]), text)
    return sorted(re.findall(r"\d+(?:-\d+)*", text))


def iso(year: str, *rest: str | int) -> str:
    return "-".join((year, *(f"{int(part):02}" for part in rest)))


def read_glossary() -> list[dict[str, str]]:
    with (TEXTS / "glossary.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def terms(row: dict[str, str], column: str) -> list[str]:
    return [term for term in row[column].split("|") if term]


def sentence_ids(language: str) -> list[str]:
    return [name for name in GOLD["first_words"] if name.startswith(f"js2026-{language}.")]


def find_sentences(language: str) -> Iterator[tuple[str, str, str]]:
    """Yield id, beginning and end of every sentence of the gold file."""
    for name in sentence_ids(language):
        beginning, end = GOLD["first_words"][name]
        yield name, beginning, end


# --- the three texts ---------------------------------------------------------------------


def test_english_text_is_the_seed_byte_for_byte() -> None:
    data = (TEXTS / "en" / f"{STEM}.md").read_bytes()
    assert hashlib.sha256(data).hexdigest() == SEED_SHA256


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_has_title_dateline_and_sixteen_numbered_paragraphs(language: str) -> None:
    assert len(read_blocks(language)) == 18
    labels = [normal(label) for label in read_labels(language)]
    assert labels == [str(number) for number in range(1, 17)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("block", BLOCKS)
def test_numbers_and_dates_are_those_of_the_statement(language: str, block: str) -> None:
    assert find_numbers(read_blocks(language)[block]) == NUMBERS.get(block, [])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("block", "acronym"), ACRONYMS)
def test_acronym_stands_in_brackets_after_its_full_form_at_first_mention(
    language: str, block: str, acronym: str
) -> None:
    blocks = {
        name: unicodedata.normalize("NFKC", text) for name, text in read_blocks(language).items()
    }
    first = next(name for name, text in blocks.items() if re.search(rf"\b{acronym}\b", text, re.A))
    assert first == block
    assert blocks[block].index(acronym) == blocks[block].index(f"({acronym})") + 1


@pytest.mark.parametrize(
    ("language", "pattern"),
    [
        ("ja", r"[A-Za-z0-9]"),
        ("ja", r"[、。] | [、。]|，|．"),
        ("it", r"['\"“”]| [,.;:]|[,;:](?=\w)"),
    ],
    ids=["half-width letters or digits", "foreign punctuation", "typewriter punctuation"],
)
def test_translation_keeps_the_typography_of_its_ministry(language: str, pattern: str) -> None:
    for name, text in read_blocks(language).items():
        assert not re.search(pattern, text), name


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_translation_has_page_breaks_of_its_own_and_some_cut_sentences(language: str) -> None:
    def cuts(version: str) -> list[int]:
        """Number of the paragraph that each page break cuts."""
        found: list[int] = []
        pages = re.split(r"\n+---\n+", read_text(version))
        for before, after in pairwise(pages):
            if not re.match(r"\d+(\. |　)", after) and before.strip():
                found.append(int(re.findall(r"^(\d+)(?:\. |　)", before, re.MULTILINE)[-1]))
        return found

    assert len(cuts(language)) >= 3
    assert cuts(language) != cuts("en")


def test_nobody_becomes_president_of_the_republic() -> None:
    assert "大統領" not in read_text("ja")
    assert not re.search(r"Presidente (?!del Consiglio)", read_text("it"))


# --- metadata ----------------------------------------------------------------------------


def test_metadata_say_which_versions_are_translations() -> None:
    metadata = tomllib.loads((TEXTS / f"{STEM}.toml").read_text("utf-8"))
    assert metadata["id"] == "js2026"
    assert metadata["date"] == "2026-01-16"
    assert set(metadata["versions"]) == set(LANGUAGES)
    assert "unofficial" not in metadata["versions"]["en"]["status"]
    for language in TRANSLATIONS:
        version = metadata["versions"][language]
        assert version["status"].startswith("unofficial working translation")
        assert "source_url" not in version


@pytest.mark.parametrize("language", LANGUAGES)
def test_title_in_the_metadata_is_the_title_of_the_text(language: str) -> None:
    metadata = tomllib.loads((TEXTS / f"{STEM}.toml").read_text("utf-8"))
    assert normal(metadata["versions"][language]["title"]) == normal(read_blocks(language)["head"])


# --- glossary ----------------------------------------------------------------------------


def test_glossary_has_enough_concepts_with_unique_valid_ids() -> None:
    ids = [row["id"] for row in read_glossary()]
    assert len(ids) >= 95
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", name, re.A) for name in ids)


def test_every_concept_has_one_preferred_term_a_language_and_the_other_fields() -> None:
    for row in read_glossary():
        for field in (*LANGUAGES, "pos", "domain"):
            assert row[field].strip(), (row["id"], field)
            assert "|" not in row[field], (row["id"], field)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_term_names_two_concepts_or_has_two_statuses(language: str) -> None:
    owners: dict[str, str] = {}
    for row in read_glossary():
        for column in (language, f"{language}:admitted", f"{language}:deprecated"):
            for term in terms(row, column):
                assert term == term.strip()
                assert term not in owners, (term, row["id"], owners[term])
                owners[term] = row["id"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_deprecated_terms_are_absent_from_the_text(language: str) -> None:
    text = normal(" ".join(read_blocks(language).values()))
    for row in read_glossary():
        for term in terms(row, f"{language}:deprecated"):
            pattern = re.escape(normal(term))
            if language == "it":  # singular and plural
                pattern = re.sub(r"[aeio]\b", "[aeio]", pattern)
            if language != "ja":
                pattern = rf"\b{pattern}s?\b"
            assert not re.search(pattern, text), term


def inflected(term: str) -> str:
    """Return a pattern for *term* with any endings."""
    words = re.findall(r"\w+", normal(term))
    return r"\b" + r"\W+".join(re.escape(word[: max(2, len(word) - 3)]) + r"\w*" for word in words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_uses_a_preferred_or_admitted_term_of_every_concept(language: str) -> None:
    text = normal(" ".join(read_blocks(language).values()))
    for row in read_glossary():
        patterns = [
            re.escape(normal(term)) if language == "ja" else inflected(term)
            for column in (language, f"{language}:admitted")
            for term in terms(row, column)
        ]
        used = re.search("|".join(patterns), text) is not None
        assert used is not row["note"].startswith("Not in the statement"), row["id"]


# --- gold alignment ----------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_paragraph_beads_partition_the_version_in_order(language: str) -> None:
    expected = [f"js2026-{language}.{block}" for block in BLOCKS]
    assert [name for bead in GOLD["paragraphs"] for name in bead[language]] == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentence_beads_partition_the_version_in_order(language: str) -> None:
    found = [name for bead in GOLD["sentences"] for name in bead[language]]
    assert found == sentence_ids(language)


@pytest.mark.parametrize("pair", PAIRS)
def test_pair_beads_partition_both_versions_in_order(pair: str) -> None:
    for side, language in enumerate(pair.split("-")):
        found = [name for bead in GOLD["pairs"][pair] for name in bead[side]]
        assert found == sentence_ids(language)


def test_sentence_beads_lie_inside_paragraph_beads() -> None:
    for bead in GOLD["sentences"]:
        blocks = {name.split(".")[1] for names in bead.values() for name in names}
        assert len(blocks) == 1, bead


@pytest.mark.parametrize("pair", PAIRS)
def test_pair_beads_lie_inside_sentence_beads(pair: str) -> None:
    bead_of = {
        name: number
        for number, bead in enumerate(GOLD["sentences"])
        for names in bead.values()
        for name in names
    }
    for sides in GOLD["pairs"][pair]:
        assert len({bead_of[name] for side in sides for name in side}) == 1, sides


def test_sentence_beads_are_the_finest_that_hold_all_pair_beads() -> None:
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    for pair in PAIRS:
        for sides in GOLD["pairs"][pair]:
            for one, other in combinations([name for side in sides for name in side], 2):
                parent[root(one)] = root(other)
    groups: dict[str, set[str]] = {}
    for name in GOLD["first_words"]:
        groups.setdefault(root(name), set()).add(name)
    beads = {
        frozenset(name for names in bead.values() for name in names) for bead in GOLD["sentences"]
    }
    assert {frozenset(group) for group in groups.values()} == beads


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_of_the_gold_file_tile_the_paragraphs(language: str) -> None:
    position, current = 0, ""
    blocks = read_blocks(language)
    for name, beginning, end in find_sentences(language):
        block = name.split(".")[1]
        if block != current:
            if current:
                assert blocks[current][position:].strip() == "", current
            position, current = 0, block
        text = blocks[block]
        position += len(text[position:]) - len(text[position:].lstrip())
        assert text.startswith(beginning, position), name
        position = text.index(end, position) + len(end)
    assert current == "p16"
    assert blocks[current][position:].strip() == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_of_paragraphs_end_with_a_full_stop(language: str) -> None:
    stop = "。" if language == "ja" else "."
    for name, _, end in find_sentences(language):
        if ".p" in name:
            assert end.endswith(stop) or end.endswith('".'), name
