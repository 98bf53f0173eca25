"""What becomes of an aligned text: checked, then written whole or not at all."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from parallel_statement import checks, terminology
from parallel_statement.errors import OutputError
from parallel_statement.formats import render as render_format
from parallel_statement.model import CheckedText, Glossary, ParallelText


def check(
    text: ParallelText, glossary: Glossary | None = None, *, date: str | None = None
) -> CheckedText:
    """Return *text* with the terms of *glossary* marked and what the checks found.

    Its notices then also name what the files hold and the texts do not.

    Args:
        text: An aligned text.
        glossary: Its terms; without one, only the checks that need none are made.
        date: ISO 8601 date for the encoding; without one the output names no date.
    """
    mentions = (
        {v.language: terminology.find_mentions(v, glossary) for v in text.versions}
        if glossary
        else {}
    )
    told = replace(text, notices=(*text.notices, *_omissions(text)))
    return CheckedText(told, glossary, mentions, checks.check(text, glossary), date)


def _omissions(text: ParallelText) -> tuple[str, ...]:
    """Return a notice for each file that holds more than its text."""
    documents = (version.document for version in text.versions)
    return tuple(
        f"{document.source.name}: left out: {', '.join(document.omissions)}"
        for document in documents
        if document.omissions
    )


def write(
    text: CheckedText | ParallelText, folder: Path | str, formats: Sequence[str] = ("tei", "html")
) -> tuple[Path, ...]:
    """Write *text* into *folder* in the *formats* named; return the files' paths.

    Raises:
        UnknownNameError: there is no such format.
        OutputError: the folder cannot be written; nothing was changed.
    """
    checked = text if isinstance(text, CheckedText) else CheckedText(text)
    return write_files(Path(folder), render(checked, formats))


def render(checked: CheckedText, names: Sequence[str]) -> dict[str, bytes]:
    """Return the files that *checked* makes in all the formats that *names* lists."""
    files: dict[str, bytes] = {}
    for name in names:
        files |= render_format(checked, name)
    return files


def write_files(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write *files* (names relative to *folder*), all of them or none; return their paths.

    Raises:
        OutputError: something is in the way, or the folder cannot be written.
    """
    staged: list[tuple[Path, Path]] = []
    made: list[Path] = []
    try:
        for name, data in files.items():
            target = folder / name
            _make_folder(target.parent, made)
            if target.is_dir():
                raise OutputError(f"{target}: a folder is in the way; move it away")
            stage = target.with_name(f".{target.name}.{os.getpid()}.tmp")
            staged.append((stage, target))
            stage.write_bytes(data)
        for stage, target in staged:
            stage.replace(target)
        made.clear()
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"{folder}: cannot be written ({reason}); choose another") from error
    finally:
        for stage, _ in staged:
            stage.unlink(missing_ok=True)
        for created in reversed(made):
            with contextlib.suppress(OSError):  # not ours alone any more
                created.rmdir()
    return tuple(target for _, target in staged)


def _make_folder(folder: Path, made: list[Path]) -> None:
    """Make *folder* and those above it, and add to *made* the ones that were not there."""
    for place in reversed((folder, *folder.parents)):
        if place.is_file():
            raise OutputError(f"{place}: is a file, not a folder; choose another output folder")
        if not place.exists():
            place.mkdir()
            made.append(place)
