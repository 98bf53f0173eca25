"""What becomes of a document, and the record that says that it is done.

Each document has a folder of its own in the output, and in it a record, written last: the key of
what it was made from, the hashes of what was made, and the counts of the summary. A document whose
record has the present key, and whose files are there, is not worked on again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from parallel_statement.__about__ import __version__
from parallel_statement.errors import InputError
from parallel_statement.formats.files import read_bytes
from parallel_statement.formats.record import Record, read_json
from parallel_statement.workspace import Entry

NAME = "record.json"
FORMAT = "parallel-statement-record/2"


@dataclass(frozen=True, slots=True)
class Settings:
    """What is the same for all documents of a run."""

    out: Path
    formats: tuple[str, ...]
    encoder: str = "use"
    weights: Path | None = None
    glossary: Path | None = None
    date: str | None = None
    without: tuple[str, ...] = ()
    encodings: Mapping[str, str] = field(default_factory=dict)
    """By language."""

    def folder(self, document: str) -> Path:
        """Return where the files of *document* go."""
        return self.out / "documents" / document


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a document."""

    document: str
    counts: Mapping[str, Any] = field(default_factory=dict)
    """Of the summary: languages, paragraphs, sentences, beads, doubtful, findings, terms."""
    files: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 by name, in the folder of the document."""
    key: str = ""
    error: str = ""
    """Why nothing was made."""


def key_of(entry: Entry, settings: Settings) -> str:
    """Return the hash of all that the output of *entry* is made from.

    Raises:
        InputError: a file cannot be read.
    """
    said = asdict(settings)
    said.pop("out")
    for name in ("glossary", "weights"):  # it may lie elsewhere and be the same
        said[name] = said[name] and said[name].name
    own = {
        "format": FORMAT,
        "version": __version__,
        "id": entry.id,
        "settings": {name: str(value) for name, value in sorted(said.items())},
        "missing": entry.missing,
        "metadata": repr(entry.metadata),
        "files": {tag: [entry.names[tag], _hash(path)] for tag, path in entry.files.items()},
        "beside": [
            _hash(path) if path and path.is_file() else ""
            for path in (entry.corrections, entry.waivers, settings.glossary, settings.weights)
        ],
    }
    return hashlib.sha256(json.dumps(own, sort_keys=True).encode()).hexdigest()


def _hash(path: Path) -> str:
    return hashlib.sha256(read_bytes(path)).hexdigest()


def written(outcome: Outcome) -> bytes:
    """Return the record of *outcome*, as it stands in the document's folder."""
    content = {
        "format": FORMAT,
        "key": outcome.key,
        "counts": dict(outcome.counts),
        "files": dict(outcome.files),
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def finished_before(
    entries: Iterable[Entry], settings: Settings
) -> tuple[list[Outcome], list[Entry]]:
    """Return what an earlier run made of *entries*, and which are to be done."""
    done: list[Outcome] = []
    open_: list[Entry] = []
    for entry in entries:
        try:
            known = finished(entry, settings, key_of(entry, settings))
        except InputError as error:
            done.append(Outcome(entry.id, error=str(error)))
            continue
        if known:
            done.append(known)
        else:
            open_.append(entry)
    return done, open_


def finished(entry: Entry, settings: Settings, key: str) -> Outcome | None:
    """Return what an earlier run made of *entry* from the same *key*; None if it is to be done."""
    folder = settings.folder(entry.id)
    try:
        record = Record(folder / NAME, "", read_json(folder / NAME, "a record"))
        if record.text("key") != key:
            return None
        files = record.words("files")
        counts = record.record("counts").content
    except (FileNotFoundError, InputError):
        return None
    if not all((folder / name).is_file() for name in files):
        return None
    return Outcome(entry.id, counts, files, key)
