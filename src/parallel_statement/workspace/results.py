"""What becomes of an aligned text: checked, then written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from parallel_statement import checks, languages, terminology
from parallel_statement.checks.waivers import apply_waivers
from parallel_statement.errors import OutputError
from parallel_statement.formats import render as render_format
from parallel_statement.formats.ordering import with_source
from parallel_statement.model import CheckedText, Glossary, LanguageTag, ParallelText, Waiver

_BEGINNING = 4096
"""Bytes of a TEI file that say what it is."""


def check(
    text: ParallelText,
    glossary: Glossary | None = None,
    *,
    date: str | None = None,
    without: Collection[str] = (),
    waivers: Iterable[Waiver] = (),
) -> CheckedText:
    """Return *text* with the terms of *glossary* marked and what the checks found.

    Its notices then also name the languages that are served by general rules only, what the files
    hold and the texts do not, and the waivers that hold for nothing any more.

    Args:
        text: An aligned text.
        glossary: Its terms; without one, only the checks that need none are made.
        date: ISO 8601 date for the encoding; without one the output names no date.
        without: Names of checks to leave out.
        waivers: What a person accepted of the findings.

    Raises:
        UnknownNameError: *without* names no check.
    """
    mentions = (
        {v.language: terminology.find_mentions(v, glossary) for v in text.versions}
        if glossary
        else {}
    )
    found = checks.check(text, glossary, mentions=mentions if glossary else None, without=without)
    accepted = (waiver for waiver in waivers if waiver.rule not in without)
    waived = apply_waivers(found, accepted, text)
    told = (*text.notices, *_general_rules(text), *_omissions(text), *waived.notices)
    return CheckedText(replace(text, notices=told), glossary, mentions, waived.findings, date)


def _general_rules(text: ParallelText) -> tuple[str, ...]:
    """Return a notice for each language that has no rules of its own."""
    known = (languages.get(tag) for tag in text.languages)
    return tuple(
        f"{language.name}: general rules only; its sentence borders, terms and numbers are read "
        "less exactly"
        for language in known
        if not language.known
    )


def _omissions(text: ParallelText) -> tuple[str, ...]:
    """Return a notice for each file that holds more than its text."""
    documents = (version.document for version in text.versions)
    return tuple(
        f"{document.source.name}: left out: {', '.join(document.omissions)}"
        for document in documents
        if document.omissions
    )


def write(
    text: CheckedText | ParallelText,
    folder: Path | str,
    formats: Sequence[str] | str = ("tei", "html"),
    *,
    source: LanguageTag | None = None,
) -> tuple[Path, ...]:
    """Write *text* into *folder* in the *formats* named; return the files' paths.

    What an earlier call wrote of a version that the text no longer has is removed.

    Args:
        text: What to write.
        folder: Where; made if it is not there.
        formats: Names of formats, or a single one.
        source: The language from which the others are translated, for formats that name one;
            the first without it.

    Raises:
        UnknownNameError: there is no such format, or no version in *source*.
        OutputError: the folder cannot be written; nothing was changed.
    """
    checked = text if isinstance(text, CheckedText) else CheckedText(text)
    if source is not None:
        checked = with_source(checked, source)
    names = (formats,) if isinstance(formats, str) else formats
    files = render(checked, names)
    paths = write_files(Path(folder), files)
    remove_outdated(checked.text.id, Path(folder), files)
    return paths


def render(checked: CheckedText, names: Sequence[str]) -> dict[str, bytes]:
    """Return the files that *checked* makes in all the formats that *names* lists."""
    files: dict[str, bytes] = {}
    for name in names:
        files |= render_format(checked, name)
    return files


def write_files(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write *files* (names relative to *folder*), and return their paths.

    All are written beside their places before the first is moved there.

    Raises:
        OutputError: something is in the way, or the folder cannot be written.
    """
    staged: list[tuple[Path, Path]] = []
    made: list[Path] = []
    try:
        for number, (name, data) in enumerate(files.items()):
            target = folder / name
            if not target.resolve().is_relative_to(folder.resolve()):
                raise OutputError(f"{target}: lies outside {folder}; is the id of a text a path?")
            _make_folder(target.parent, made)
            if target.is_dir():
                raise OutputError(f"{target}: a folder is in the way; move it away")
            stage = target.with_name(f".{os.getpid()}-{number}.tmp")  # short: names may be long
            staged.append((stage, target))
            stage.write_bytes(data)
        for stage, target in staged:
            stage.replace(target)
        made.clear()
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise OutputError(
                f"{error.filename}: a name that is too long for the file system; "
                'give the document a short one in its metadata file, such as id = "js2026", '
                "or its texts a shorter one"
            ) from error
        reason = error.strerror or str(error)
        raise OutputError(f"{folder}: cannot be written ({reason}); choose another") from error
    finally:
        for stage, _ in staged:
            stage.unlink(missing_ok=True)
        for created in reversed(made):
            with contextlib.suppress(OSError):  # not ours alone any more
                created.rmdir()
    return tuple(target for _, target in staged)


@contextlib.contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """Open a file to be written piece by piece; it stands at *path* only when all is written.

    Raises:
        OutputError: the folder cannot be written.
    """
    stage = path.with_name(f".{os.getpid()}-{path.name[:40]}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with stage.open("wb") as file:
            yield file
        stage.replace(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"{path}: cannot be written ({reason}); choose another") from error
    finally:
        stage.unlink(missing_ok=True)


def remove_outdated(document: str, folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Remove the TEI of versions that *document* no longer has from *folder*; return the paths.

    Only beside a TEI file that is among *files*, what was just written of the document; and only
    what its name and its first lines prove to be a version's TEI that we wrote.

    Raises:
        OutputError: a file cannot be read or removed.
    """
    from parallel_statement.formats.tei.markup import is_version_file

    removed: list[Path] = []
    kept = {folder / name for name in files}
    for place in sorted({path.parent for path in kept if path.suffix == ".xml"}):
        for path in sorted(place.glob("*.xml")):
            if path in kept or path.is_symlink() or not path.is_file():
                continue
            try:
                with path.open("rb") as file:
                    beginning = file.read(_BEGINNING)
                if is_version_file(document, path.name, beginning):
                    path.unlink()
                    removed.append(path)
            except OSError as error:
                raise OutputError(
                    f"{path}: perhaps of a version that is gone, but it cannot be looked at or "
                    f"removed ({error.strerror}); remove it if so"
                ) from error
    return tuple(removed)


def _make_folder(folder: Path, made: list[Path]) -> None:
    """Make *folder* and those above it, and add to *made* the ones that were not there."""
    for place in reversed((folder, *folder.parents)):
        if place.is_file():
            raise OutputError(f"{place}: is a file, not a folder; choose another output folder")
        if not place.exists():
            place.mkdir()
            made.append(place)
