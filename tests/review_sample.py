"""The review of a folder of texts, opened as the command opens it."""

from __future__ import annotations

import socket
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Thread

import uvicorn

from parallel_statement.cli.job import find_texts
from parallel_statement.cli.review import means
from parallel_statement.review import server
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


class Served:
    """A document under review at an address of this machine, until it is closed."""

    def __init__(self, session: Session) -> None:
        self.session = session
        listener = socket.socket()
        listener.bind((server.HOST, 0))
        port = listener.getsockname()[1]
        self.address = f"http://{server.HOST}:{port}/{TOKEN}/"
        app = server.application(session, TOKEN, port)
        config = uvicorn.Config(app, log_level="error", access_log=False, lifespan="off")
        self._server = uvicorn.Server(config)
        self._thread = Thread(target=self._server.run, kwargs={"sockets": [listener]})
        self._thread.start()

    def close(self) -> None:
        self._server.should_exit = self._server.force_exit = True
        self._thread.join()


def write_texts(folder: Path, rows: Sequence[Mapping[str, str]]) -> Path:
    """Write a folder of texts in which every row is a paragraph; who has no words has none."""
    for language in rows[0]:
        path = folder / language / "points.md"
        path.parent.mkdir(parents=True)
        said = (row[language] for row in rows if row.get(language))
        path.write_text("\n\n".join(said) + "\n", encoding="utf-8")
    return folder
