"""TEI files found and parsed: a corpus with the texts in it, or texts that stand by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import cast
from urllib.parse import unquote

from lxml import etree

from parallel_statement.errors import InputError
from parallel_statement.formats.files import MOST_BYTES, read_bytes
from parallel_statement.formats.tei.markup import TEI
from parallel_statement.formats.tei.profile import File, parse

CORPUS = f"{{{TEI}}}teiCorpus"
TEXT = f"{{{TEI}}}TEI"


@dataclass(frozen=True, slots=True)
class TeiText:
    """A ``TEI`` element and the file that it stands in."""

    path: Path
    file: File
    """Its name is relative to the folder of all files."""
    root: etree._Element


@dataclass(frozen=True, slots=True)
class TeiSet:
    """TEI that belongs together."""

    path: Path
    """What was asked for."""
    corpus: TeiText | None
    """The ``teiCorpus``, if there is one."""
    texts: tuple[TeiText, ...]


def open_set(path: str | PathLike[str]) -> TeiSet:
    """Return the TEI in the file or folder *path*, with what it includes.

    Raises:
        InputError: something is missing, unsafe, too large or no TEI.
    """
    path = Path(path)
    if not path.is_dir():
        return _together(path, [_parsed(path, path.parent)])
    paths = sorted(each for each in path.glob("*.xml") if each.is_file())
    if not paths:
        raise InputError(path, "there are no .xml files in this folder")
    found = [_parsed(each, path) for each in paths]
    corpora = [each for each in found if each.root.tag == CORPUS]
    if len(corpora) > 1:
        names = ", ".join(each.path.name for each in corpora)
        raise InputError(path, f"holds several corpora ({names}); name the file of one")
    return _together(path, corpora or found)


def _together(path: Path, files: list[TeiText]) -> TeiSet:
    first = files[0]
    if first.root.tag != CORPUS:
        return TeiSet(path, None, tuple(files))
    texts = [TeiText(first.path, first.file, root) for root in first.root.iterchildren(TEXT)]
    texts += [_included(first, include) for include in first.file.includes]
    if not texts:
        raise InputError(first.path, "is a teiCorpus without a text")
    return TeiSet(path, first, tuple(texts))


def _included(corpus: TeiText, include: etree._Element) -> TeiText:
    """Return the text that *include* names: a file in the corpus file's folder or below it."""
    name = unquote(include.get("href", ""))
    folder = corpus.path.parent
    target = folder / name
    if not name or not target.resolve().is_relative_to(folder.resolve()):
        message = f"includes {name!r}, which does not lie beside it; put all files in one folder"
        raise InputError(corpus.path, message, cast("int | None", include.sourceline))
    found = _parsed(target, folder)
    if found.root.tag != TEXT:
        raise InputError(target, "is included in a corpus, but is no TEI element")
    return found


def parsed_set(path: Path, data: bytes) -> TeiSet:
    """Return the TEI in *data*, the content of the file *path*, and nothing that it includes."""
    first = _parsed_data(path, path.name, data)
    if first.root.tag != CORPUS:
        return TeiSet(path, None, (first,))
    texts = [TeiText(path, first.file, root) for root in first.root.iterchildren(TEXT)]
    return TeiSet(path, first, tuple(texts))


def _parsed(path: Path, folder: Path) -> TeiText:
    """Return the root of the file *path*."""
    data = read_bytes(path, MOST_BYTES)
    return _parsed_data(path, path.relative_to(folder).as_posix(), data)


def _parsed_data(path: Path, name: str, data: bytes) -> TeiText:
    result = parse(name, data)
    if not isinstance(result, File):
        raise InputError(path, f"{result.message}; {result.advice}", result.line)
    if result.root.tag not in (CORPUS, TEXT):
        root = etree.QName(result.root)
        message = (
            f"is no TEI: its root is {root.localname} in the namespace {root.namespace or 'none'},"
            f" not TEI or teiCorpus in {TEI}"
        )
        raise InputError(path, message, cast("int | None", result.root.sourceline))
    return TeiText(path, result, result.root)
