"""`align match`: files are put together by what they say, and what is not sure is told."""

from __future__ import annotations

import csv
import json
import random
from itertools import combinations
from pathlib import Path

import pytest

from conftest import ROOT, RunProcess
from parallel_statement import encoders, formats
from parallel_statement.corpus import Fault, TextFile, find_texts, read_manifest
from parallel_statement.corpus.matching import Matching, Portrait, match, portray
from parallel_statement.corpus.matching.groups import group
from parallel_statement.segmentation import segment

LANGUAGES = ("en", "it", "ja")
LONE = {"en": {2}, "it": {5}, "ja": {9, 13}}
"""Paragraphs of the statement that stand in one language only, or in two."""


@pytest.fixture(scope="module")
def scattered(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int]]:
    """The paragraphs of the statement, a file each, under names that say nothing."""
    folder, draw = tmp_path_factory.mktemp("match"), random.Random(7)
    held: dict[str, int] = {}
    for tag in LANGUAGES:
        (path,) = (ROOT / "texts" / tag).glob("*.md")
        version = segment(formats.read(path, tag))
        texts = [version.text(each) for each in version.paragraphs if each.kind == "p"]
        names = draw.sample(range(100), len(texts))
        for number, (text, name) in enumerate(zip(texts, names, strict=True)):
            gone = any(number in missing for other, missing in LONE.items() if other != tag)
            if tag == "ja" or not (gone and number != 13):
                place = folder / tag / f"{name:02}.txt"
                place.parent.mkdir(exist_ok=True)
                place.write_text(text, encoding="utf-8")
                held[f"{tag}/{name:02}.txt"] = number
    return folder, held


def pairs(files: list[list[str]]) -> set[tuple[str, str]]:
    return {pair for each in files for pair in combinations(sorted(each), 2)}


def test_files_of_one_document_are_found_and_a_manifest_names_them(
    scattered: tuple[Path, dict[str, int]], tmp_path: Path, run_process: RunProcess
) -> None:
    folder, held = scattered
    done = run_process("match", folder, "--out", tmp_path / "list.csv")
    assert done.returncode in (0, 1), done.stderr
    entries, faults = read_manifest(tmp_path / "list.csv")
    assert not faults
    named = [[f"{tag}/{path.name}" for tag, path in each.files.items()] for each in entries]
    paths = sorted(held)
    true = {pair for pair in combinations(paths, 2) if held[pair[0]] == held[pair[1]]}
    found = pairs(named)
    assert found <= true
    assert len(found) >= 0.9 * len(true)
    with (tmp_path / "list.doubtful.csv").open(encoding="utf-8", newline="") as file:
        rest = {row["path"].split("match")[-1].split("/", 1)[1] for row in csv.DictReader(file)}
    assert rest | {name for each in named for name in each} == set(paths)


def test_the_same_files_give_the_same_manifest_in_any_order(
    scattered: tuple[Path, dict[str, int]],
) -> None:
    files = list(find_texts(scattered[0]))
    encoder = encoders.load()

    def grouped(listed: list[TextFile]) -> set[frozenset[str]]:
        known = [each for each in portray(listed, encoder) if isinstance(each, Portrait)]
        return {
            frozenset(known[k].file.path.as_posix() for k in each.members)
            for each in match(known).groups
        }

    assert grouped(files) == grouped(random.Random(1).sample(files, len(files)))


def test_a_file_that_cannot_be_read_stops_no_other(tmp_path: Path, run_process: RunProcess) -> None:
    for tag in ("en", "it"):
        (tmp_path / tag).mkdir()
        (tmp_path / tag / "a.txt").write_text("Tokyo, 16.1.2026", encoding="utf-8")
    (tmp_path / "en" / "b.txt").write_bytes(b"\0" * 99)
    done = run_process("match", tmp_path, "--out", tmp_path / "list.csv", "--json")
    said = json.loads(done.stdout)
    assert done.returncode == 1
    assert [Path(each["path"]).name for each in said["problems"]] == ["b.txt"]
    files = [*said["alone"], *(each["file"] for each in said["doubtful"])]
    files += [path for each in said["groups"] for path in each["files"]]
    assert sorted(Path(path).name for path in files) == ["a.txt", "a.txt"]


def test_one_language_alone_is_refused(tmp_path: Path, run_process: RunProcess) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "a.txt").write_text("Tokyo.", encoding="utf-8")
    done = run_process("match", tmp_path, "--out", tmp_path / "list.csv")
    assert done.returncode == 2 and "in one language only" in done.stderr


def test_a_manifest_never_goes_over_a_text(tmp_path: Path, run_process: RunProcess) -> None:
    for tag in ("en", "it"):
        (tmp_path / tag).mkdir()
        (tmp_path / tag / "a.txt").write_text("Tokyo.", encoding="utf-8")
    done = run_process("match", tmp_path, "--out", tmp_path / "en" / "a.txt")
    assert done.returncode == 2 and "is one of the texts" in done.stderr


# --- groups, of documents 0, 1 (en), 2, 3 (it), 4 (ja) ---------------------------------------

SPOKEN = ("en", "en", "it", "it", "ja")
SURE, EVEN = 6.0, 0.5


def members(matching: Matching) -> list[tuple[int, ...]]:
    return [each.members for each in matching.groups]


def test_what_is_sure_is_one_group_in_all_languages() -> None:
    found = group(SPOKEN, {(0, 2): SURE, (0, 4): SURE, (2, 4): SURE, (1, 3): SURE})
    assert members(found) == [(0, 2, 4), (1, 3)]
    assert not found.doubts and not found.lone


def test_two_that_fit_as_well_are_doubtful() -> None:
    found = group(SPOKEN, {(0, 2): SURE, (1, 2): SURE})
    assert not found.groups
    assert [each.document for each in found.doubts] == [0, 1, 2]
    assert all(each.confidence <= 0.5 for each in found.doubts)
    assert found.lone == (3, 4)


def test_a_doubtful_member_leaves_and_the_sure_ones_stay() -> None:
    found = group(SPOKEN, {(0, 2): 2 * SURE, (0, 4): EVEN, (2, 4): EVEN})
    assert members(found) == [(0, 2)]
    assert [(each.document, each.like) for each in found.doubts] == [(4, (0, 2))]


def test_what_a_third_version_denies_is_not_joined() -> None:
    found = group(SPOKEN, {(0, 2): SURE, (0, 4): 1.0, (2, 4): -SURE})
    assert members(found) == [(0, 2)]
    assert found.lone == (1, 3, 4)


def test_a_document_that_cannot_be_read_is_told_where_it_was_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    (fault,) = portray([TextFile("en", path, "a")], encoders.load())
    assert isinstance(fault, Fault) and "no such file" in fault.message
