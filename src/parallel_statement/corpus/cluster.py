"""Many documents on a Dask cluster that is there (``dask scheduler``, ``dask worker``).

The workers see the same folders as the client, at the same place: they read the texts there and
write each finished document there themselves, atomically and its record last, as `local` does. So
nothing but names and counts goes through the scheduler, and a document that is finished stays
finished, whoever dies. A worker takes one document at a time and keeps its encoder.
"""

from __future__ import annotations

import contextlib
import logging
import re
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from parallel_statement.__about__ import __version__
from parallel_statement.corpus.records import Outcome, Settings
from parallel_statement.corpus.work import DIED, fault_of_ours, work
from parallel_statement.errors import (
    MissingExtraError,
    OutputError,
    ParallelStatementError,
)
from parallel_statement.workspace import Entry

if TYPE_CHECKING:
    from distributed import Client, Future

_ADDRESS = re.compile(r"(?:(?:tcp|tls|wss?)://)?[^/\s]+:\d{1,5}")
_PATIENCE = 60
"""Seconds to wait for the first worker."""
_MARK = ".cluster-"
_ALONE = threading.Lock()
"""A worker may have several threads; the folder it works in, and its memory, are the process's."""


@dataclass(frozen=True, slots=True)
class _Place:
    """What every worker must find as the client does."""

    folder: Path
    """From where paths count."""
    mark: Path
    """A file that is there only if the output folder is the client's."""
    version: str


class Cluster:
    """A Dask cluster that answers."""

    def __init__(self, client: Client) -> None:
        """Use the connection *client*."""
        self._client = client

    @property
    def dashboard(self) -> str:
        """Address of the page on which one can watch it."""
        return str(self._client.dashboard_link)

    def work(self, entries: Sequence[Entry], settings: Settings) -> Iterator[Outcome]:
        """Yield what became of *entries*, as they are done.

        A document whose worker died goes to another; one that took several workers with it is
        told as an error.

        Raises:
            OutputError: the output cannot be written; what is finished stays finished.
            ParallelStatementError: the cluster is gone, or does not see the same folders.
        """
        from distributed import as_completed

        out = settings.out.resolve()
        out.mkdir(parents=True, exist_ok=True)
        for left in out.glob(f"{_MARK}*"):  # by a client that died
            left.unlink(missing_ok=True)
        with NamedTemporaryFile(dir=out, prefix=_MARK) as mark:
            place = _Place(Path.cwd(), Path(mark.name), __version__)
            # All at once: the scheduler hands them out, also to workers that come later.
            running: dict[Future, Entry] = {
                self._client.submit(_work_there, entry, settings, place, pure=False): entry
                for entry in entries
            }
            for future in as_completed(list(running), loop=self._client.loop):
                yield _outcome(running.pop(future), future)


def _outcome(entry: Entry, future: Future) -> Outcome:
    from distributed import KilledWorker

    error = future.exception()  # a result that its worker took with it is awaited once more
    if error is None:
        try:
            outcome: Outcome = future.result()
        except CancelledError as gone:
            raise ParallelStatementError(
                "the Dask scheduler is gone; start it and run this again to go on"
            ) from gone
        return outcome
    if isinstance(error, KilledWorker):
        return Outcome(entry.id, error=DIED)
    return fault_of_ours(entry, error)


def _work_there(entry: Entry, settings: Settings, place: _Place) -> Outcome:
    """Return what became of *entry*; runs in a worker."""
    if place.version != __version__:
        raise OutputError(
            f"a worker has version {__version__} of parallel-statement, and this is "
            f"{place.version}; install the same everywhere"
        )
    if not place.mark.exists():
        raise OutputError(
            f"{place.mark.parent}: a worker does not see this folder, or another one of the same "
            "name; texts and output must lie where all workers find them"
        )
    with _ALONE, contextlib.chdir(place.folder):
        try:
            return work(entry, settings)
        except OutputError:
            # Another worker may have been at it still, for a client that died.
            return work(entry, settings)


@contextlib.contextmanager
def connected(address: str) -> Iterator[Cluster]:
    """Connect to the Dask scheduler at *address*, such as ``tcp://10.0.0.1:8786``.

    Raises:
        MissingExtraError: Dask is not installed.
        ParallelStatementError: no scheduler answers there, or it has no worker.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise MissingExtraError("--scheduler", "cluster") from error
    nobody = ParallelStatementError(
        f"no Dask scheduler answers at {address}; `dask scheduler` starts one and prints its "
        "address, such as tcp://10.0.0.1:8786"
    )
    if not _ADDRESS.fullmatch(address):
        raise nobody
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is told as an error
    try:
        client = Client(address, timeout=_PATIENCE / 3, set_as_default=False)
    except OSError as error:
        raise nobody from error
    with client:
        try:
            client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError as error:
            raise ParallelStatementError(
                f"the Dask scheduler at {address} has no worker; "
                f"start some with `dask worker {address}`"
            ) from error
        yield Cluster(client)
