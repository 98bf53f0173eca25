"""The index of an archive: one SQLite file that can be made again from the documents.

Sides of beads are rows of a table, and their words rows of a full-text index of the same numbers
that keeps no text itself (SQLite FTS5, contentless, without positions): what it finds are
candidates, and the text decides.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from parallel_statement.__about__ import __version__
from parallel_statement.errors import InputError, OutputError, UnknownNameError
from parallel_statement.model import LanguageTag

NAME = "corpus.sqlite"
"""Of the file, in the folder of a corpus."""

_MADE_BY = f"parallel-statement index 1, {__version__}"
"""Words are analysed as this version does; the index of another is made anew."""

_SCHEMA = """
CREATE TABLE about (made_by TEXT);
CREATE TABLE document (
    number INTEGER PRIMARY KEY, id TEXT UNIQUE, title TEXT, date TEXT, languages TEXT,
    hash TEXT, first INTEGER, last INTEGER
);
CREATE TABLE bead (
    number INTEGER PRIMARY KEY, document INTEGER, id TEXT, kind TEXT, status TEXT, posterior REAL
);
CREATE INDEX bead_of ON bead (document);
CREATE TABLE side (
    number INTEGER PRIMARY KEY, bead INTEGER, language TEXT, segments TEXT, text TEXT,
    plain INTEGER
);
CREATE INDEX side_of ON side (bead);
CREATE INDEX side_plain ON side (plain);
CREATE VIRTUAL TABLE words USING fts5 (
    forms, content='', detail=none, columnsize=0, tokenize='ascii'
);
CREATE VIRTUAL TABLE frequency USING fts5vocab (words, row);
"""


@dataclass(frozen=True)
class Memory:
    """An index that is open."""

    path: Path
    connection: sqlite3.Connection

    def languages(self) -> tuple[LanguageTag, ...]:
        """Return the languages of its texts, sorted."""
        rows = self.connection.execute("SELECT DISTINCT languages FROM document")
        return tuple(sorted({tag for (tags,) in rows for tag in tags.split()}))

    def refuse_unknown(self, documents: Iterable[str]) -> None:
        """Raise an error if one of *documents* is not there."""
        for identifier in documents:
            known = self.connection.execute("SELECT 1 FROM document WHERE id = ?", (identifier,))
            if not known.fetchone():
                rows = self.connection.execute("SELECT id FROM document ORDER BY id")
                raise UnknownNameError("document", identifier, [name for (name,) in rows])


@contextmanager
def open_memory(path: Path) -> Iterator[Memory]:
    """Open the index *path* to be searched.

    Raises:
        InputError: there is none, or it is of another version, or broken.
    """
    advice = "run `align corpus` again to make it"
    if not path.is_file():
        raise InputError(path, f"there is no index; {advice}")
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            if _made_by(connection) != _MADE_BY:
                raise InputError(path, f"is the index of another version; {advice}")
            yield Memory(path, connection)
    except sqlite3.DatabaseError as error:
        raise InputError(path, f"is no index that can be read ({error}); {advice}") from error


@contextmanager
def changing(path: Path) -> Iterator[Memory]:
    """Open the index *path* to be changed, all at once or not at all; make it if need be.

    Raises:
        OutputError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not _is_ours(path):
            path.unlink(missing_ok=True)
        with closing(sqlite3.connect(path)) as connection:
            if _made_by(connection) is None:
                connection.executescript(_SCHEMA)
                connection.execute("INSERT INTO about VALUES (?)", (_MADE_BY,))
            with connection:
                yield Memory(path, connection)
    except (sqlite3.DatabaseError, OSError) as error:
        raise OutputError(f"{path}: cannot be written ({error}); is the disk full?") from error


def _is_ours(path: Path) -> bool:
    if not path.exists():
        return True
    try:
        with closing(sqlite3.connect(path)) as connection:
            return _made_by(connection) in (None, _MADE_BY)
    except sqlite3.DatabaseError:
        return False


def _made_by(connection: sqlite3.Connection) -> str | None:
    """Return which version made an index; None if nothing was made yet."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if "about" not in tables:
        return "" if tables else None
    found = connection.execute("SELECT made_by FROM about").fetchone()
    return str(found[0]) if found else ""


def remove(connection: sqlite3.Connection, document: int, rows: Iterable[tuple[int, str]]) -> None:
    """Remove the *document* of this number; *rows* are the numbers of its sides and their words."""
    connection.executemany("INSERT INTO words (words, rowid, forms) VALUES ('delete', ?, ?)", rows)
    connection.execute(
        "DELETE FROM side WHERE bead IN (SELECT number FROM bead WHERE document = ?)", (document,)
    )
    connection.execute("DELETE FROM bead WHERE document = ?", (document,))
    connection.execute("DELETE FROM document WHERE number = ?", (document,))
