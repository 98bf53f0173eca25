"""Our own files read back: the objects that were written, equal in every field."""

from __future__ import annotations

from dataclasses import replace

from parallel_statement.errors import InputError
from parallel_statement.formats.tei.record import NotARecordError
from parallel_statement.formats.tei.sealing import Record, corpus_of, find_record, version_of
from parallel_statement.formats.tei.soundness import unsound, unsound_version
from parallel_statement.formats.tei.sources import TeiSet, TeiText
from parallel_statement.model import CheckedText, Version

_ADVICE = "write the file again, or remove xenoData: then the elements are read"


def restore_version(text: TeiText) -> Version | None:
    """Return the version that *text* was written from, or None if it was not, or was changed.

    Raises:
        InputError: its record is damaged.
    """
    record = _record(text)
    return None if record is None or not record.intact else _version(text, record)


def restore(files: TeiSet) -> CheckedText | None:
    """Return what *files* were written from, or None if they were not, or were changed.

    Raises:
        InputError: a record is damaged.
    """
    if files.corpus is None:
        return None
    record = _record(files.corpus)
    members = [_record(text) for text in files.texts]
    if record is None or not record.intact:
        return None
    found = [member for member in members if member is not None and member.intact]
    try:
        corpus = corpus_of(record)
    except NotARecordError as error:
        raise _damaged(files.corpus, str(error)) from error
    if sorted(member.seal for member in found) != sorted(corpus.seals.values()):
        return None
    versions = {
        version.language: version
        for text, member in zip(files.texts, members, strict=True)
        if member is not None
        for version in [_version(text, member)]
    }
    if versions.keys() != corpus.seals.keys():
        raise _damaged(files.corpus, "its languages are not those of the texts")
    ordered = tuple(versions[language] for language in corpus.seals)
    checked = replace(corpus.checked, text=replace(corpus.checked.text, versions=ordered))
    fault = unsound(checked)
    if fault:
        raise _damaged(files.corpus, fault)
    return checked


def _record(text: TeiText) -> Record | None:
    try:
        return find_record(text.root)
    except NotARecordError as error:
        raise _damaged(text, str(error)) from error


def _version(text: TeiText, record: Record) -> Version:
    try:
        version = version_of(record)
    except NotARecordError as error:
        raise _damaged(text, str(error)) from error
    fault = unsound_version(version)
    if fault:
        raise _damaged(text, fault)
    return version


def _damaged(text: TeiText, fault: str) -> InputError:
    return InputError(text.path, f"its record (xenoData) is damaged: {fault}; {_ADVICE}")
