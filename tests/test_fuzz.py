"""A few hundred damaged files, and the bombs that are known: read, or refused in plain words.

``python -m benchmarks.fuzz`` does ten thousand.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from fuzzing import Subject, attempt, subjects
from parallel_statement.errors import ParallelStatementError
from parallel_statement.formats import files

ATTEMPTS = 12
BY_NAME = {subject.name: subject for subject in subjects()}
XML = [name for name, subject in BY_NAME.items() if subject.data.startswith(b"<?xml")]
ZIPS = [name for name, subject in BY_NAME.items() if subject.data.startswith(b"PK")]

LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (name, b"&%c;" % (name - 1) * 10) for name in range(98, 108)
)
DOCTYPES = {
    "billion laughs": LAUGHS + b"]>",
    "file by entity": b'<!DOCTYPE x [<!ENTITY k SYSTEM "file://%s">]>',
    "file by parameter entity": b'<!DOCTYPE x [<!ENTITY %% p SYSTEM "file://%s"> %%p;]>',
    "external DTD": b'<!DOCTYPE x SYSTEM "file://%s">',
}


def outcome(subject: Subject, path: Path) -> str:
    """Return what *subject* makes of the file *path*, as words."""
    try:
        return repr(subject.read(path))
    except ParallelStatementError as error:
        return f"refused: {error}"


@pytest.mark.parametrize("name", BY_NAME)
def test_what_is_sound_is_read(tmp_path: Path, name: str) -> None:
    subject = BY_NAME[name]
    path = tmp_path / subject.file
    path.write_bytes(subject.data)
    assert not outcome(subject, path).startswith("refused")


@pytest.mark.parametrize("name", BY_NAME)
def test_damaged_files_are_read_or_refused(tmp_path: Path, name: str) -> None:
    first = list(BY_NAME).index(name)
    for number in range(first, ATTEMPTS * len(BY_NAME), len(BY_NAME)):
        trial = attempt(number, 2, tmp_path)
        assert trial.subject.name == name
        if trial.refused:
            assert trial.subject.file in trial.refused, trial


@pytest.mark.parametrize("kind", DOCTYPES)
@pytest.mark.parametrize("name", XML)
def test_no_entity_and_no_other_file_is_ever_used(tmp_path: Path, name: str, kind: str) -> None:
    secret = tmp_path / "secret.dtd"
    secret.write_text('<!ENTITY k "the secret">', encoding="utf-8")
    doctype = DOCTYPES[kind]
    if b"%s" in doctype:
        doctype = doctype % bytes(secret)
    subject = BY_NAME[name]
    start = subject.data.index(b"?>") + 2
    body = subject.data[start:].replace(b"They", b"&k;", 1).replace(b"Title", b"&k;", 1)
    path = tmp_path / subject.file
    path.write_bytes(subject.data[:start] + doctype + body)
    said = outcome(subject, path)
    assert "the secret" not in said
    assert "hahahaha" not in said
    if kind != "external DTD" or "TEI" in name:
        assert said.startswith("refused") or "Violation" in said


@pytest.mark.parametrize("name", ZIPS)
def test_a_package_that_unpacks_without_end_is_refused(tmp_path: Path, name: str) -> None:
    subject = BY_NAME[name]
    with zipfile.ZipFile(BytesIO(subject.data)) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            big = part.endswith(("document.xml", "sheet1.xml"))
            archive.writestr(part, content + b" " * (210 << 20) if big else content)
    path = tmp_path / subject.file
    path.write_bytes(held.getvalue())
    assert "would unpack to" in (said := outcome(subject, path)) or "unpacks to" in said


@pytest.mark.parametrize("name", BY_NAME)
def test_a_file_without_end_is_refused(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    subject = BY_NAME[name]
    path = tmp_path / subject.file
    with path.open("wb") as file:
        file.truncate(files.MOST_BYTES + 1)
    said = outcome(subject, path)
    assert "is larger than" in said
    assert "divide it" in said
