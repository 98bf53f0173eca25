"""Many documents in several processes of this machine."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.queues import Queue

from parallel_statement.corpus.records import Outcome, Settings
from parallel_statement.corpus.work import DIED, fault_of_ours, work
from parallel_statement.workspace import Entry

_AHEAD = 2
"""Documents at hand for each process, so that none is ever idle."""


def work_locally(
    entries: Sequence[Entry], settings: Settings, workers: int | None = None
) -> Iterator[Outcome]:
    """Yield what became of *entries*, as they are done.

    A process that dies takes with it what was being worked on; these documents are tried once
    more, each alone, and told as errors if the process dies again.

    Args:
        entries: The documents.
        settings: What is the same for all.
        workers: Processes; as many as there are cores without it.

    Raises:
        OutputError: the output cannot be written; what is finished stays finished.
    """
    waiting, lost = deque(entries), list[Entry]()
    while waiting:
        yield from _in_pool(waiting, settings, workers or len(_cores()), lost)
    waiting.extend(lost)
    while waiting:
        dead: list[Entry] = []
        yield from _in_pool(waiting, settings, 1, dead, ahead=1)
        for entry in dead:
            yield Outcome(entry.id, error=DIED)


def _in_pool(
    waiting: deque[Entry], settings: Settings, count: int, lost: list[Entry], ahead: int = _AHEAD
) -> Iterator[Outcome]:
    """Yield outcomes until nothing is *waiting*, or a process dies; add what is *lost* then."""
    context = multiprocessing.get_context("spawn")
    cores: Queue[int] = context.Queue()
    for number in range(count):
        cores.put(_cores()[number % len(_cores())])
    pool = ProcessPoolExecutor(count, context, initializer=_settle, initargs=(cores, count))
    running: dict[Future[Outcome], Entry] = {}
    try:
        while waiting or running:
            while waiting and len(running) < ahead * count:
                entry = waiting.popleft()
                running[pool.submit(work, entry, settings)] = entry
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            broken = [f for f in done if isinstance(f.exception(), BrokenProcessPool)]
            for future in sorted(done.difference(broken), key=lambda f: running[f].id):
                yield _outcome(running.pop(future), future)
            if broken:
                lost += running.values()
                return
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _outcome(entry: Entry, future: Future[Outcome]) -> Outcome:
    error = future.exception()
    return future.result() if error is None else fault_of_ours(entry, error)


def _settle(cores: Queue[int], count: int) -> None:
    """Give a process its core; Ctrl-C is the parent's matter, and it goes when the parent does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    core = cores.get()
    if count > 1 and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {core})
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _cores() -> list[int]:
    """Return the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return sorted(os.sched_getaffinity(0))
    return list(range(os.cpu_count() or 1))
