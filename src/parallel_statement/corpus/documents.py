"""The documents of a large folder: mirrored trees of files, one for each language.

::

    texts/
      2024/spring/statement.toml          what is known of the document (optional)
      en/2024/spring/statement.docx       its versions: the same place under each language
      ja/2024/spring/statement.pdf

A document that cannot be used is no reason to stop: it is told as a `Fault`.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from parallel_statement import formats
from parallel_statement.errors import InputError, ParallelStatementError, UnknownNameError
from parallel_statement.languages import standard_tag
from parallel_statement.model import LanguageTag, Metadata
from parallel_statement.names import ncname
from parallel_statement.workspace import (
    Entry,
    corrections,
    is_passed_over,
    read_metadata,
    waivers,
)

METADATA = ".toml"
_SUFFIXES = (METADATA, corrections.SUFFIX, waivers.SUFFIX)


class Fault(NamedTuple):
    """A document that could not be worked on."""

    document: str
    path: str
    message: str


class TextFile(NamedTuple):
    """A file that can be read."""

    language: LanguageTag
    path: Path
    name: str
    """Its place in the folder of its language, without the extension."""


def find_documents(folder: Path) -> tuple[tuple[Entry, ...], tuple[Fault, ...]]:
    """Return the documents in *folder*, sorted by id, and what is wrong with others.

    Args:
        folder: With a folder for each language in it, and files at any depth in these.

    Raises:
        InputError: *folder* is missing, or holds no language folder.
    """
    places = _places(folder)
    found: dict[str, dict[LanguageTag, Path]] = defaultdict(dict)
    faults: list[Fault] = []
    for language, place in places.items():
        for path in _files(place):
            name = _name(place, path)
            if path.suffix.lower() not in formats.READERS:
                faults.append(_fault(name, path, "no reader for this kind of file"))
            elif language in found[name]:
                other = found[name][language]
                faults.append(_fault(name, path, f"a second file for one text beside {other}"))
            else:
                found[name][language] = path
    given = {fault.document for fault in faults}
    companions = dict(_companions(folder, set(places.values())))
    entries = list(_entries(folder, found, tuple(places), companions, given, faults))
    return _distinct(entries, faults)


def find_texts(folder: Path) -> Iterator[TextFile]:
    """Yield the files in *folder* that can be read, sorted.

    Args:
        folder: As for `find_documents`.

    Raises:
        InputError: *folder* is missing, or holds no language folder.
    """
    for language, place in _places(folder).items():
        for path in _files(place):
            if path.suffix.lower() in formats.READERS:
                yield TextFile(language, path, _name(place, path))


def entry_of(
    folder: Path,
    name: str,
    files: Mapping[LanguageTag, Path],
    spoken: Iterable[LanguageTag],
    companions: Mapping[str, Path],
) -> Entry:
    """Return the document called *name* that *files* make.

    Args:
        folder: That of the corpus: the names of files in provenance are relative to it.
        name: With ``/`` between the folders that it lies in.
        files: A path for each language.
        spoken: The languages of the corpus.
        companions: What stands beside the texts (metadata, corrections, waivers), by its suffix.

    Raises:
        InputError: it is there in one language only, or its metadata cannot be used.
    """
    if len(files) < 2:
        ((language, path),) = files.items()
        raise InputError(path, f"is there in one language only ({language})")
    described = companions.get(METADATA)
    title = Metadata(title=PurePosixPath(name).name)
    identifier, known = read_metadata(described) if described else (None, title)
    order = tuple(dict.fromkeys((*known.versions, *spoken)))
    present = {language: files[language] for language in order if language in files}
    return Entry(
        id=identifier or ncname(name),
        files=present,
        names={tag: _relative(folder, path) for tag, path in present.items()},
        metadata=known,
        missing=tuple(language for language in known.versions if language not in files),
        corrections=companions.get(corrections.SUFFIX),
        waivers=companions.get(waivers.SUFFIX),
    )


def _relative(folder: Path, path: Path) -> str:
    return (path.relative_to(folder) if path.is_relative_to(folder) else Path(path.name)).as_posix()


def _companions(folder: Path, languages: Set[Path]) -> Iterator[tuple[tuple[str, str], Path]]:
    """Yield the files beside the texts with the names of their documents and their suffixes."""
    for place in sorted(folder.iterdir()):
        if place in languages:
            continue
        for path in [place] if place.is_file() else _files(place):
            name = unicodedata.normalize("NFC", path.relative_to(folder).as_posix())
            for suffix in _SUFFIXES:
                if name.endswith(suffix):
                    yield (name.removesuffix(suffix), suffix), path


def _places(folder: Path) -> dict[LanguageTag, Path]:
    """Return the folder of every language in *folder*."""
    if not folder.is_dir():
        reason = "is a file, not a folder" if folder.exists() else "no such folder"
        raise InputError(folder, f"{reason}; texts are expected in <folder>/<language>/")
    places = dict(_languages(folder))
    if not places:
        raise InputError(folder, "holds no texts; put them in <folder>/en/, <folder>/ja/ ...")
    return places


def _languages(folder: Path) -> Iterator[tuple[LanguageTag, Path]]:
    for place in sorted(folder.iterdir()):
        if place.is_dir() and not is_passed_over(place):
            try:
                yield standard_tag(place.name), place
            except UnknownNameError:  # a folder of metadata
                continue


def _files(place: Path) -> Iterator[Path]:
    for path in sorted(place.rglob("*")):
        if path.is_file() and not any(map(is_passed_over, _steps(place, path))):
            yield path


def _name(place: Path, path: Path) -> str:
    return unicodedata.normalize("NFC", path.relative_to(place).with_suffix("").as_posix())


def _steps(place: Path, path: Path) -> Iterator[Path]:
    while path != place:
        yield path
        path = path.parent


def _entries(
    folder: Path,
    found: Mapping[str, Mapping[LanguageTag, Path]],
    spoken: Sequence[LanguageTag],
    companions: Mapping[tuple[str, str], Path],
    given: Set[str],
    faults: list[Fault],
) -> Iterator[Entry]:
    for name, files in sorted(found.items()):
        if ncname(name) in given or not files:
            continue
        own = {s: companions[name, s] for s in _SUFFIXES if (name, s) in companions}
        try:
            yield entry_of(folder, name, files, spoken, own)
        except ParallelStatementError as error:
            faults.append(_fault(name, next(iter(files.values())), str(error)))


def _distinct(
    entries: Iterable[Entry], faults: list[Fault]
) -> tuple[tuple[Entry, ...], tuple[Fault, ...]]:
    """Return *entries* without those whose id an earlier one has."""
    by_id: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda entry: (entry.id, *entry.names.values())):
        if entry.id in by_id:
            first, path = (next(iter(e.files.values())) for e in (by_id[entry.id], entry))
            faults.append(Fault(entry.id, str(path), f"has the same id as {first}; rename one"))
        else:
            by_id[entry.id] = entry
    return tuple(by_id.values()), tuple(sorted(faults))


def _fault(name: str, path: Path, message: str) -> Fault:
    return Fault(ncname(name), str(path), message)
