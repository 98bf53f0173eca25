"""The review of a folder of texts, opened as the command opens it."""

from __future__ import annotations

from pathlib import Path

from parallel_statement.cli.job import find_texts
from parallel_statement.cli.review import means
from parallel_statement.review.session import Session
from parallel_statement.workspace import read_corrections

PORT = 8765
TOKEN = "a-token"
HOST = f"127.0.0.1:{PORT}"


def open_session(folder: Path, by: str = "A. Reviser", out: Path = Path("out")) -> Session:
    """Return the one document of *folder* under review."""
    return Session(means(find_texts(folder), None, out, "use", None, (), (by, None)))


def actions(session: Session) -> list[str]:
    """Return what the file of corrections says was done."""
    return [change.action for change in read_corrections(session.means.corrections).changes]


def rows(session: Session) -> list[str]:
    """Return the kinds of the rows, with a star behind those that are locked."""
    beads = session.text.sentences.beads
    return [bead.kind + "*" * (bead.status == "locked") for bead in beads]
