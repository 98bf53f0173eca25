"""A result that was written as JSON is read back as it was, or refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from parallel_sample import aligned, version
from parallel_statement.cli import job
from parallel_statement.errors import InputError
from parallel_statement.formats.result import read_result
from parallel_statement.workspace import open_texts, write


@pytest.mark.usefixtures("stand_in")
def test_what_was_written_is_read_back(tmp_path: Path, texts: Path) -> None:
    (checked,) = job.process(open_texts(texts), encoder="use", date="2026-01-16")
    (path,) = write(checked, tmp_path, "json")
    assert read_result(path) == checked.text


@pytest.fixture
def written(tmp_path: Path) -> Path:
    versions = version("en", [["One.", "Two."]]), version("ja", [["いち。"]])
    (path,) = write(aligned(versions, [(1, 1), (1, 0)], [(1, 1)]), tmp_path, "json")
    return path


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d.pop("id"), "lacks 'id'"),
        (lambda d: d["versions"].pop(), "two versions or more"),
        (lambda d: d["versions"][0].pop("layout"), "versions 1: lacks 'layout'"),
        (lambda d: d["versions"][0].update(text="x"), "lies outside the text"),
        (
            lambda d: d["versions"][0]["paragraphs"][0]["sentences"][1].update(text="Three."),
            "t-en.p1.s2 says something else",
        ),
        (lambda d: d["sentences"]["beads"].pop(), "sentences: leaves segments out"),
        (lambda d: d["sentences"]["beads"].reverse(), "sentences beads 1: names a segment"),
        (lambda d: d["sentences"]["beads"][0].update(posterior=2), "no probability"),
        (lambda d: d["sentences"]["beads"][0].update(posterior="1"), "no probability"),
        (lambda d: d["sentences"]["beads"][0].update(status="sure"), "known: automatic, locked"),
        (lambda d: d["sentences"]["beads"][0].update(id='"><script>'), "cannot be an id"),
        (lambda d: d["sentences"]["beads"][0].update(id="t.al.s.p1.s2"), "one id for two beads"),
        (lambda d: d["sentences"]["pairs"].pop(), "lacks a pair"),
        (lambda d: d["sentences"]["pairs"][0].update(target="it"), "languages that are not there"),
        (lambda d: d["versions"][0].update(text=7), "'text' is not what it should be"),
        (lambda d: d.update(format="parallel-statement/9"), "is no result"),
    ],
)  # fmt: skip
def test_a_result_that_was_changed_by_hand_is_refused(
    written: Path, change: Any, said: str
) -> None:
    content = json.loads(written.read_text(encoding="utf-8"))
    change(content)
    written.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_result(written)
    assert said in str(caught.value) and str(written) in str(caught.value)


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff", b"[" * 100_000, b"9" * 5000, b"{}"])
def test_a_file_that_is_no_result_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(data)
    with pytest.raises(InputError):
        read_result(path)


def test_no_result_says_what_writes_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="align run"):
        read_result(tmp_path / "x.json")
