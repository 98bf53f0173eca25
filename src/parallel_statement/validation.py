"""TEI files held against the schema and against our own laws, for a person who edited them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from parallel_statement.errors import InputError
from parallel_statement.formats.files import MOST_BYTES, read_bytes

if TYPE_CHECKING:
    from parallel_statement.formats.tei.profile import Violation

_INCLUDED = re.compile(rb"""<xi:include\b[^>]*\bhref="([^"]+)\"""")
_BEGINNING = 4096

__all__ = ["validate_tei"]

_REFERENCE = re.compile(rb"""["'\s]([^"'\s#<>&]+\.xml)["'#]""")


def validate_tei(
    files: Mapping[str, bytes] | Path | Iterable[Path], *, strict: bool = False
) -> tuple[Violation, ...]:
    """Return where TEI *files* are not valid or break a law; nothing if all is well.

    The schema is the profile of TEI that this project writes. The laws: every id is unique and
    every pointer leads somewhere, to an element of the right kind; what is counted is right; the
    ``type`` of a link agrees with its targets; every unit of a text is in exactly one link or
    unaligned span of each pair of texts; what is linked in a pair lies in one link over all texts;
    every ``corresp`` is what the links say.

    Args:
        files: Files and folders, whose ``.xml`` files are read, with the files beside or below
            them that they point to; or the bytes of files by relative name, which are all.
        strict: Whether they are also held against the full schema, by jing.

    Raises:
        InputError: a file or folder is missing, cannot be read, or has no XML files.
        ParallelStatementError: with *strict*, if jing is missing or fails.
    """
    from parallel_statement.formats.tei.full_schema import full_schema_violations
    from parallel_statement.formats.tei.laws import violations

    if isinstance(files, Path):
        files = [files]
    if not isinstance(files, Mapping):
        return tuple(
            violation
            for document in _documents(tuple(_listed(files)))
            for violation in validate_tei(_with_those_they_name(document), strict=strict)
        )
    read = files
    found = violations(read)
    if not strict:
        return found
    unsafe = {violation.file for violation in found if violation.unreadable}
    safe = {name: data for name, data in read.items() if name not in unsafe}
    return found + full_schema_violations(safe)


def _documents(paths: Sequence[Path]) -> Iterator[tuple[Path, ...]]:
    """Yield *paths* without those of collections, then what each document of these is made of."""
    collections = {path: members for path in paths if (members := _members(path))}
    inside = {member for members in collections.values() for member in members}
    yield tuple(path for path in paths if path not in collections and path not in inside)
    yield from ((member,) for member in sorted(inside))


def _members(path: Path) -> tuple[Path, ...]:
    """Return the corpus files that the collection *path* includes; nothing if it is none."""
    data = read_bytes(path, MOST_BYTES)
    if b"<standOff" in data or b"<text" in data:
        return ()
    folder = path.parent
    included = (folder / name.decode("utf-8", "replace") for name in _INCLUDED.findall(data))
    return tuple(
        p
        for p in included
        if p.is_file() and b"<teiCorpus" in read_bytes(p, MOST_BYTES)[:_BEGINNING]
    )


def _listed(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files among *paths*, and the XML files in the folders among them."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        inside = sorted(each for each in path.rglob("*.xml") if each.is_file())
        if not inside:
            raise InputError(path, "there are no .xml files in this folder")
        yield from inside


def _with_those_they_name(paths: Iterable[Path]) -> dict[str, bytes]:
    """Return *paths* and the files that they name, in their folders or below, by name."""
    read: dict[str, bytes] = {}
    waiting = [(posixpath.normpath(path.as_posix()), True) for path in paths]
    while waiting:
        name, needed = waiting.pop(0)
        if name in read or (not needed and not Path(name).is_file()):
            continue
        read[name] = read_bytes(Path(name), MOST_BYTES)
        folder = posixpath.dirname(name)
        for reference in sorted(set(_REFERENCE.findall(read[name]))):
            other = posixpath.normpath(reference.decode("utf-8", "replace"))
            if not other.startswith(("../", "/")) and ":" not in other:
                waiting.append((posixpath.join(folder, other), False))
    return read
