"""The work on one document, in whatever process."""

from __future__ import annotations

import hashlib
import logging
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from parallel_statement import alignment, encoders, segmentation, workspace
from parallel_statement.corpus.consistency import terms_of
from parallel_statement.corpus.records import NAME, Outcome, Settings, finished, key_of, written
from parallel_statement.encoders.base import Encoder
from parallel_statement.errors import OutputError, ParallelStatementError
from parallel_statement.formats.glossary import read_glossary
from parallel_statement.model import SEVERITIES, CheckedText, Glossary
from parallel_statement.workspace import Entry

DIED = "the process that worked on it died; is there enough memory for this text?"
_LOG = logging.getLogger(__name__)


def work(entry: Entry, settings: Settings) -> Outcome:
    """Return what became of *entry*, which is aligned, checked and written; or was so before.

    Raises:
        OutputError: the folder cannot be written; then no other document could be either.
    """
    try:
        key = key_of(entry, settings)
        known = finished(entry, settings, key)
        return known or _make(entry, settings, key)
    except OutputError:
        raise
    except ParallelStatementError as error:
        return Outcome(entry.id, error=str(error))


def fault_of_ours(entry: Entry, error: BaseException) -> Outcome:
    """Return the outcome of what `work` raised in a process: no end of the run.

    Raises:
        OutputError: it was one.
    """
    if isinstance(error, OutputError):
        raise error
    _LOG.error("%s", entry.id, exc_info=error)
    return Outcome(entry.id, error=f"internal error: {type(error).__name__}: {error}")


def _make(entry: Entry, settings: Settings, key: str) -> Outcome:
    checked = _checked(entry, settings)
    files = workspace.render(checked, settings.formats)
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())}
    outcome = Outcome(entry.id, _counts(checked), hashes, key)
    folder = settings.folder(entry.id)
    (folder / NAME).unlink(missing_ok=True)  # what it says of the files is no longer true
    for left in folder.rglob(".*.tmp"):  # of a process that died while it wrote
        left.unlink(missing_ok=True)
    workspace.write_files(folder, files)
    workspace.remove_outdated(entry.id, folder, files)
    workspace.write_files(folder, {NAME: written(outcome)})
    return outcome


def _checked(entry: Entry, settings: Settings) -> CheckedText:
    versions = tuple(map(segmentation.segment, entry.load(settings.encodings)))
    if entry.corrections:
        versions = workspace.correct(versions, entry.corrections)
        locks = workspace.read_locks(entry.corrections, versions)
    else:
        locks = workspace.Resolution("")
    waivers = workspace.read_waivers(entry.waivers) if entry.waivers else ()
    text = alignment.align(
        versions,
        _encoder(settings.encoder),
        metadata=entry.metadata,
        locks=locks.locks,
        weights=settings.weights,
    )
    told = (*text.notices, *entry.notices, *locks.notices)
    return workspace.check(
        replace(text, notices=told),
        _glossary(settings.glossary) if settings.glossary else None,
        date=settings.date,
        without=settings.without,
        waivers=waivers,
    )


@lru_cache(maxsize=1)
def _encoder(name: str) -> Encoder:
    return encoders.load(name)


@lru_cache(maxsize=1)
def _glossary(path: Path) -> Glossary:
    return read_glossary(path)


def _counts(checked: CheckedText) -> dict[str, object]:
    text = checked.text
    found = Counter(finding.severity for finding in checked.findings if finding.waiver is None)
    return {
        "title": text.metadata.title,
        "date": text.metadata.date,
        "languages": list(text.languages),
        "paragraphs": [len(version.paragraphs) for version in text.versions],
        "sentences": [len(version.sentences) for version in text.versions],
        "beads": len(text.sentences.beads),
        "doubtful": sum(bead.doubtful for bead in text.sentences.beads),
        "findings": {severity: found[severity] for severity in reversed(SEVERITIES)},
        "notices": list(text.notices),
        "terms": terms_of(checked),
    }
