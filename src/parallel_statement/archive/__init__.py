"""TEI files as results: ours as the objects that were written, others' as versions and links."""

from __future__ import annotations

from dataclasses import replace
from os import PathLike
from typing import TYPE_CHECKING

from parallel_statement.__about__ import __version__
from parallel_statement.archive.links import LinkIndex, alignments_of
from parallel_statement.archive.places import Places
from parallel_statement.archive.versions import read_versions
from parallel_statement.errors import InputError
from parallel_statement.formats.files import MOST_BYTES, read_bytes
from parallel_statement.model import CheckedText, ParallelText, Provenance, Version

if TYPE_CHECKING:
    from parallel_statement.formats.tei.sources import TeiSet

__all__ = ["edited_files", "read_tei", "read_tei_versions"]


def read_tei(path: str | PathLike[str]) -> CheckedText:
    """Return the aligned text in the TEI file or folder *path*.

    What we wrote, and nobody changed since, comes back equal in every field. If it was changed,
    its elements are read: texts, links, terms, findings, decisions and header. Of other TEI the
    texts, their marked sentences and their links (``link``, or ``corresp`` where there is none)
    are read; what they leave open is said in the notices.

    Args:
        path: A corpus file, with the texts in it or beside it; a file with several texts; or a
            folder of such files.

    Raises:
        InputError: a file is missing, unsafe or no TEI, or nothing in it is aligned.
    """
    from parallel_statement.formats.tei.restoring import restore
    from parallel_statement.formats.tei.sources import open_set

    files = open_set(path)
    own = restore(files)
    return own if own is not None else _from_elements(files)


def read_tei_versions(path: str | PathLike[str]) -> tuple[Version, ...]:
    """Return the texts in the TEI file or folder *path*, cut as they say, one a language.

    Raises:
        InputError: a file is missing, unsafe or no TEI, or does not say its language.
    """
    from parallel_statement.formats.tei.sources import open_set

    return tuple(each.version for each in read_versions(open_set(path)))


def edited_files(path: str | PathLike[str]) -> dict[str, bytes]:
    """Return the TEI files in *path* by name, if we wrote and a person changed them; or none.

    What a person added, and no object holds (notes, names, a header's own elements), is in these
    files alone.

    Raises:
        InputError: a file is missing, unsafe or no TEI.
    """
    from parallel_statement.archive.own import own_corpus
    from parallel_statement.formats.tei.restoring import restore
    from parallel_statement.formats.tei.sources import open_set

    files = open_set(path)
    corpus = own_corpus(files)
    if corpus is None or restore(files) is not None:
        return {}
    return {each.file.name: read_bytes(each.path, MOST_BYTES) for each in (corpus, *files.texts)}


def _from_elements(files: TeiSet) -> CheckedText:
    """Return what the elements of *files* say: texts and links, and of our own files the rest."""
    from parallel_statement.archive.own import completed, own_corpus
    from parallel_statement.formats.tei.foreign import metadata_of, pointings

    read = read_versions(files)
    corpus = own_corpus(files)
    if len(read) < 2 and corpus is None:
        raise InputError(
            files.path, "holds a text in one language only; give the corpus file or the folder"
        )
    places = Places(read)
    index = LinkIndex(read, places)
    links = [link for each in list(pointings(files)) for link in index.links(each)]
    if not links and len(read) > 1:
        raise InputError(
            files.path,
            "holds several texts but no link between them; read_tei_versions gives the texts, "
            "which `align` then aligns",
        )
    versions = tuple(each.version for each in read)
    paragraphs, sentences = alignments_of(versions, links)
    text = ParallelText(
        versions[0].document.id,
        versions,
        paragraphs,
        sentences,
        Provenance(__version__, "", ""),
        metadata_of(files, {each.version.language: each.text for each in read}),
        _lost(index),
    )
    return _as_foreign(text) if corpus is None else completed(text, corpus, read, places)


def _lost(index: LinkIndex) -> tuple[str, ...]:
    return (f"{index.lost} of their pointers lead to nothing that was read",) if index.lost else ()


def _as_foreign(text: ParallelText) -> CheckedText:
    notice = (
        "the texts and their links were read from TEI that another program wrote; its terms, "
        "findings and moved passages were not"
    )
    return CheckedText(replace(text, notices=(notice, *text.notices)))
