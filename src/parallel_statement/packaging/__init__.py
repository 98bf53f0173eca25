"""A checked text made into the package that an archive describes, and handed over."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from parallel_statement.errors import OutputError
from parallel_statement.packaging.archives import ARCHIVES, Archive, archive_named
from parallel_statement.packaging.completeness import METADATA, Missing, demand, missing_things

if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike

    from parallel_statement.model import CheckedText

__all__ = ["ARCHIVES", "Missing", "deposit", "missing", "package"]

_SHOWN = 10
"""Faults that are shown."""
_SCHEMAS = ("parallel-statement.rng", "parallel-statement.odd")
_FILES = {
    "README.txt": "What this package is",
    "LICENCE.txt": "Under which terms each part may be used",
    "schema/parallel-statement.rng": "The schema of the TEI files (RELAX NG)",
    "schema/parallel-statement.odd": "The schema as an ODD",
}


def deposit(
    checked: CheckedText,
    path: str | PathLike[str],
    archive: str = "generic",
    *,
    metadata: str = METADATA,
    tei: Mapping[str, bytes] | None = None,
) -> tuple[Path, ...]:
    """Write the package of *checked* for *archive*, and return the paths of its files.

    Args:
        checked: The text to be deposited, with its date.
        path: A folder, or a file that ends in ``.zip`` and unpacks into a folder of its name.
        archive: clarin, ota, tapas or generic.
        metadata: Name of the metadata file, for the advice.
        tei: TEI files of this text by name, to be taken as they are, since a person has worked on
            them; written anew if not given.

    Raises:
        UnknownNameError: there is no such archive.
        OutputError: something that it must know is missing (all of it is named), a file is too
            large for it, *tei* is not valid, the folder holds other files, or it cannot be written.
    """
    from parallel_statement.formats.container import pack_parts
    from parallel_statement.workspace import write_files

    path = Path(path)
    files = package(checked, archive, metadata=metadata, tei=tei)
    if path.suffix.lower() == ".zip":
        inside = {f"{path.stem}/{name}": data for name, data in files.items()}
        return write_files(path.parent, {path.name: pack_parts(inside)})
    there = {each.relative_to(path).as_posix() for each in path.rglob("*") if each.is_file()}
    if others := sorted(there - files.keys()):
        message = f"{path}: holds {others[0]}, which is no part of the package"
        raise OutputError(f"{message}; choose another folder, or empty this one")
    return write_files(path, files)


def missing(
    checked: CheckedText, archive: str = "generic", *, metadata: str = METADATA
) -> tuple[Missing, ...]:
    """Return what *archive* must know of *checked* and nobody has stated; nothing if all is there.

    Args:
        checked: The text to be deposited.
        archive: clarin, ota, tapas or generic.
        metadata: Name of the metadata file, for the advice.

    Raises:
        UnknownNameError: there is no such archive.
    """
    text = checked.text
    kind = archive_named(archive)
    return tuple(missing_things(text.metadata, text.languages, checked.date, kind, metadata))


def package(
    checked: CheckedText,
    archive: str = "generic",
    *,
    metadata: str = METADATA,
    tei: Mapping[str, bytes] | None = None,
) -> dict[str, bytes]:
    """Return the files of the package of *checked* for *archive*, by name.

    The same text makes the same bytes.

    Args:
        checked: The text to be deposited, with its date.
        archive: clarin, ota, tapas or generic.
        metadata: Name of the metadata file, for the advice.
        tei: TEI files of this text by name, to be taken as they are, since a person has worked on
            them; written anew if not given.

    Raises:
        UnknownNameError: there is no such archive.
        OutputError: something that it must know is missing (all of it is named), a file is too
            large for it, or *tei* is not valid.
    """
    kind = archive_named(archive)
    demand(checked.text.id, kind, missing(checked, archive, metadata=metadata))
    return _package(checked, kind, tei)


def _package(
    checked: CheckedText, kind: Archive, tei: Mapping[str, bytes] | None
) -> dict[str, bytes]:
    from parallel_statement.packaging import crate, datacite
    from parallel_statement.packaging.packing import bag, with_manifest
    from parallel_statement.packaging.prose import description, licences, readme

    files = _tei(checked, kind, tei) | _schemas()
    said = {name: _said(checked, name) for name in files} | _FILES
    if kind.bag:
        said[datacite.NAME] = "What it is, in the form of DataCite 4.5"
    told = said | {crate.NAME: "What each file is, for programs (RO-Crate 1.1)"}
    files["README.txt"] = readme(checked, dict(sorted(told.items()))).encode()
    files["LICENCE.txt"] = licences(checked).encode()
    files = dict(sorted(files.items()))
    if kind.bag:
        files[datacite.NAME] = datacite.datacite(checked, files)
    files[crate.NAME] = crate.crate(checked, files, said)
    files = dict(sorted(files.items()))
    if not kind.bag:
        return with_manifest(files)
    metadata = checked.text.metadata
    facts = {
        "Source-Organization": metadata.publisher,
        "External-Description": f"{metadata.title}. {description(checked)}",
        "Bagging-Date": checked.date or "",
        "External-Identifier": metadata.identifier or checked.text.id,
    }
    return bag(files, facts)


def _tei(
    checked: CheckedText, kind: Archive, given: Mapping[str, bytes] | None
) -> dict[str, bytes]:
    from parallel_statement.formats import render

    files = _valid(checked, given) if given else render(checked, "tei")
    for name, data in files.items():
        if kind.largest is not None and len(data) > kind.largest:
            sizes = f"{len(data):,} bytes, and {kind.name} takes {kind.largest:,}"
            raise OutputError(f"{checked.text.id}: {name} has {sizes}; divide the document")
    return files


def _valid(checked: CheckedText, given: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files that a person has worked on, which must be valid."""
    from parallel_statement.formats.tei.laws import violations

    files = {f"tei/{name}": data for name, data in given.items()}
    faults = violations(files)
    if faults:
        count = f"{len(faults)} fault{'s' * (len(faults) > 1)}"
        shown = "\n".join(f"  {fault}" for fault in faults[:_SHOWN])
        message = f"the TEI of {checked.text.id} has {count}; mend it until `align validate` is"
        raise OutputError(f"{message} content:\n{shown}")
    return files


def _schemas() -> dict[str, bytes]:
    folder = resources.files("parallel_statement.formats").joinpath("schemas")
    return {f"schema/{name}": folder.joinpath(name).read_bytes() for name in _SCHEMAS}


def _said(checked: CheckedText, name: str) -> str:
    """Return what a TEI file of *checked* is."""
    from parallel_statement import languages
    from parallel_statement.formats.tei.markup import version_file

    for tag in checked.text.languages:
        if name == f"tei/{version_file(checked.text.id, tag)}":
            return f"The text in {languages.get(tag).name}"
    return "The whole: header, alignment, findings, and the texts by XInclude"
