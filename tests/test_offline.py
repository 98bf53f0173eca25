"""The main job on the shipped statement, with every part real and no network."""

from __future__ import annotations

import json
import socket
import subprocess
import urllib.request
from pathlib import Path

import pytest

from conftest import ROOT, RunProcess, tree

TEXTS = ROOT / "texts"


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two output folders of the same job, each made by a process of its own."""
    return [tmp_path_factory.mktemp(name) for name in ("first", "second")]


@pytest.fixture(scope="module")
def runs(outputs: list[Path], run_process: RunProcess) -> list[subprocess.CompletedProcess[str]]:
    arguments = ("run", TEXTS, "--format", "tei,html,json,tsv,xlsx,tmx", "--json", "--out")
    # The hash seed differs, so that an order that comes from a set is found out.
    return [
        run_process(*arguments, out, PYTHONHASHSEED=str(seed))
        for seed, out in enumerate(outputs, start=1)
    ]


def test_the_main_job_needs_no_network(runs: list[subprocess.CompletedProcess[str]]) -> None:
    for done in runs:
        assert done.stderr == ""
        assert done.returncode == 0


def test_the_same_input_gives_the_same_bytes(
    runs: list[subprocess.CompletedProcess[str]], outputs: list[Path]
) -> None:
    first, second = map(tree, outputs)
    assert list(first) == list(second)
    assert [name for name in first if first[name] != second[name]] == []
    assert {Path(name).suffix for name in first} == {
        ".xml", ".html", ".json", ".tsv", ".xlsx", ".tmx",
    }  # fmt: skip


def test_the_statement_is_whole(runs: list[subprocess.CompletedProcess[str]]) -> None:
    (document,) = json.loads(runs[0].stdout)["documents"]
    assert document["document"] == "js2026"
    assert set(document["paragraphs"].values()) == {18}
    assert document["beads"]["paragraph"] == 18
    assert document["notices"] == []


def test_no_path_of_this_machine_is_written(
    runs: list[subprocess.CompletedProcess[str]], outputs: list[Path]
) -> None:
    for name, data in tree(outputs[0]).items():
        assert str(ROOT).encode() not in data, name
        assert str(outputs[0]).encode() not in data, name


def connect_to_an_address() -> None:
    with socket.socket() as opened:
        opened.connect(("192.0.2.1", 80))


@pytest.mark.parametrize(
    "leave",
    [
        lambda: socket.create_connection(("example.org", 80), timeout=1),
        lambda: socket.getaddrinfo("example.org", 80),
        connect_to_an_address,
        lambda: urllib.request.urlopen("http://example.org", timeout=1),
    ],
    ids=["connection", "look-up", "address", "url"],
)
def test_the_network_is_blocked_here(leave: object, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(RuntimeError, match="without a network"):
        leave()  # type: ignore[operator]


def test_the_network_is_blocked_in_processes(run_process: RunProcess) -> None:
    done = run_process(code="import socket; socket.create_connection(('example.org', 80))")
    assert "NETWORK BLOCKED: example.org" in done.stderr
    assert done.returncode == 1
