"""`align corpus --scheduler`: a Dask cluster of real processes, which are killed in the middle."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from conftest import EN, IT, JA, RunProcess
from test_corpus import COMMAND, outputs, records, write

needs_dask = pytest.mark.skipif(
    importlib.util.find_spec("distributed") is None,
    reason="distributed is not installed (requirements/cluster.txt)",
)
DOCUMENTS = 12
WAIT = 240
"""Seconds after which something hangs, on a machine that others use."""


@contextmanager
def running(*arguments: str | Path, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command in *folder* while a block is entered, and kill it then."""
    with (folder / "stderr.txt").open("ab") as said:
        process = subprocess.Popen(
            [sys.executable, *map(str, arguments)],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=said,
            env=os.environ | {"PYTHONPATH": ""},
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_until(true: object) -> None:
    assert callable(true)
    end = time.monotonic() + WAIT
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    assert true()


def archive(folder: Path) -> None:
    """Make an archive of a dozen documents, one of which cannot be read."""
    for language, text in (("en", EN), ("ja", JA), ("it", IT)):
        for number in range(DOCUMENTS):
            path = folder / "texts" / language / f"d{number:02}.md"
            write(path, text.replace("2027", f"{number}"))
    (folder / "texts" / "it" / "d03.md").write_bytes(b"\0" * 50)
    write(folder / "texts" / "glossary.csv", "id,en,it\nleader,leader,leader\n")


@contextmanager
def cluster(folder: Path, elsewhere: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Start a scheduler and three workers, none of them where the texts are."""
    known = folder / "scheduler.json"
    local = ("--no-dashboard", "--dashboard-address", "127.0.0.1:0", "--scheduler-file", known)
    scheduler = ("-m", "dask", "scheduler", "--host", "127.0.0.1", "--port", "0", *local)
    worker = ("-m", "dask", "worker", "--nthreads", "1", "--no-nanny", *local)
    with running(*scheduler, folder=elsewhere):
        wait_until(known.is_file)
        with (
            running(*worker, folder=elsewhere) as one,
            running(*worker, folder=elsewhere) as two,
            running(*worker, folder=elsewhere) as three,
        ):
            yield json.loads(known.read_text("utf-8"))["address"], [one, two, three]


def corpus(address: str, out: str) -> Sequence[str]:
    return [*COMMAND[1:], "texts", "--out", out, "--scheduler", address]


def table(out: Path) -> tuple[bytes, bytes]:
    return (out / "summary.csv").read_bytes(), (out / "errors.jsonl").read_bytes()


@needs_dask
def test_a_cluster_gives_the_same_bytes_whoever_is_killed(tmp_path: Path) -> None:
    archive(tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    local, out, again = (tmp_path / name for name in ("local", "out", "again"))
    with cluster(tmp_path, elsewhere) as (address, workers):
        with running(*COMMAND[1:], "texts", "--out", "local", folder=tmp_path) as here:
            assert here.wait(WAIT) == 1
        assert len(records(local)) == DOCUMENTS - 1

        with running(*corpus(address, "out"), folder=tmp_path) as client:
            wait_until(lambda: records(out))
            workers[0].kill()
            assert client.wait(WAIT) == 1, (tmp_path / "stderr.txt").read_text("utf-8")
        assert outputs(out) == outputs(local)
        assert table(out) == table(local)

        with running(*corpus(address, "again"), folder=tmp_path) as client:
            wait_until(lambda: records(again))
            client.kill()
        before = records(again)
        with running(*corpus(address, "again"), folder=tmp_path) as client:
            assert client.wait(WAIT) == 1, (tmp_path / "stderr.txt").read_text("utf-8")
    assert outputs(again) == outputs(local)
    assert {name: records(again)[name] for name in before} == before


@needs_dask
@pytest.mark.parametrize("address", ["archive", "tcp://127.0.0.1:x", "http://127.0.0.1:8786"])
def test_what_is_no_address_is_refused(
    address: str, tmp_path: Path, run_process: RunProcess
) -> None:
    archive(tmp_path)
    texts = tmp_path / "texts"
    done = run_process("corpus", texts, "--out", tmp_path / "out", "--scheduler", address)
    assert done.returncode == 2 and f"no Dask scheduler answers at {address}" in done.stderr


def test_processes_of_this_machine_and_a_cluster_are_not_both(run_process: RunProcess) -> None:
    done = run_process("corpus", "--scheduler", "tcp://127.0.0.1:8786", "--workers", "2")
    assert done.returncode == 2 and "give one of them" in done.stderr


def test_without_dask_the_command_to_install_it_is_named(
    tmp_path: Path, run_process: RunProcess
) -> None:
    archive(tmp_path)
    code = (
        "import sys; sys.modules['distributed'] = None\n"
        "from parallel_statement.cli import main\n"
        f"sys.exit(main(['corpus', {str(tmp_path / 'texts')!r}, '--out', "
        f"{str(tmp_path / 'out')!r}, '--scheduler', 'tcp://127.0.0.1:8786']))"
    )
    done = run_process(code=code)
    assert done.returncode == 2
    assert "pip install 'parallel-statement[cluster]'" in done.stderr
