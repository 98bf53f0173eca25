"""Glossary files: one module a format, found through one literal table.

A module has ``read(path: Path, data: bytes) -> Contents`` and ``write(glossary: Glossary) ->
bytes``. To add a format, write its module, add its lines here and test it.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from importlib import import_module
from os import PathLike
from pathlib import Path

from parallel_statement.errors import InputError, OutputError
from parallel_statement.formats.files import read_bytes
from parallel_statement.formats.glossary.entries import Contents, Entry
from parallel_statement.model import Glossary
from parallel_statement.terminology.glossary import faults, homonyms, in_order

__all__ = ["FORMATS", "Inspection", "format_of", "inspect", "read_glossary", "render_glossary"]

FORMATS: dict[str, str] = {
    ".csv": "csv",
    ".rdf": "skos",
    ".skos": "skos",
    ".tbx": "tbx",
    ".utx": "utx",
    ".xlsx": "xlsx",
}
"""File extension, in lower case, and the module that reads and writes it."""

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Inspection:
    """A glossary file, looked at as a whole."""

    glossary: Glossary
    """Its sound concepts."""
    faults: tuple[InputError, ...]
    """Why the file cannot be used, in the order of its lines."""
    notices: tuple[str, ...]
    """What is allowed, but good to know."""


def read_glossary(path: str | PathLike[str]) -> Glossary:
    """Return the glossary in the file *path*: CSV, XLSX, TBX, UTX or SKOS.

    Raises:
        InputError: the file cannot be read or does not hold a glossary; says which line.
    """
    found = inspect(path)
    if found.faults:
        raise found.faults[0]
    for notice in found.notices:
        _logger.warning("%s: %s", path, notice)
    return found.glossary


def inspect(path: str | PathLike[str]) -> Inspection:
    """Return the glossary in the file *path* with all that is wrong in it.

    Raises:
        InputError: the file cannot be read at all.
    """
    path = Path(path)
    module = import_module(f"{__name__}.{format_of(path)}")
    contents: Contents = module.read(path, read_bytes(path))
    sound, wrong = _judge(path, contents)
    glossary = Glossary(in_order(entry.concept for entry in sound), path.name)
    notices = (*contents.notices, *homonyms(glossary.concepts))
    return Inspection(glossary, tuple(sorted(wrong, key=lambda fault: fault.line or 0)), notices)


def render_glossary(glossary: Glossary, path: str | PathLike[str]) -> bytes:
    """Return *glossary* in the format of the file name *path*.

    Raises:
        InputError: no format has this extension.
        OutputError: the format cannot hold the glossary.
    """
    path = Path(path)
    module = import_module(f"{__name__}.{format_of(path)}")
    for concept in glossary.concepts:
        for fault in faults(concept):
            raise OutputError(f"concept {concept.id}: {fault}")
    data: bytes = module.write(Glossary(in_order(glossary.concepts), glossary.name))
    return data


def format_of(path: Path) -> str:
    """Return the name of the format that the file name *path* asks for.

    Raises:
        InputError: no format has this extension.
    """
    name = FORMATS.get(path.suffix.lower())
    if name is None:
        known = f"a glossary is one of {', '.join(FORMATS)}"
        if path.suffix.lower() in (".ttl", ".jsonld", ".nt"):
            known = "SKOS is read and written as RDF/XML (.rdf); " + known
        raise InputError(path, f"no glossary format has the extension {path.suffix!r}; {known}")
    return name


def _judge(path: Path, contents: Contents) -> tuple[list[Entry], list[InputError]]:
    """Return the entries that are sound, and the faults of the others."""
    wrong = list(contents.faults)
    sound: list[Entry] = []
    first: dict[str, Entry] = {}
    for entry in contents.entries:
        found = [InputError(path, fault, entry.line) for fault in faults(entry.concept)]
        earlier = first.setdefault(entry.concept.id, entry)
        if earlier is not entry:
            where = f"line {earlier.line}" if earlier.line else "another concept"
            message = f"the id {entry.concept.id!r} is already taken by {where}"
            found.append(InputError(path, message, entry.line))
        wrong += found
        if not found:
            sound.append(entry)
    return sound, wrong
