"""What all tests share: no network, tiny texts, and a stand-in encoder."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import unicodedata
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from parallel_statement.encoders.base import Progress, Vectors
from parallel_statement.model import ParallelText, Version

ROOT = Path(__file__).parent.parent
_BLOCKER = Path(__file__).parent / "blocked_network"

Tree = dict[str, bytes]
RunProcess = Callable[..., subprocess.CompletedProcess[str]]


def _load_blocker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("blocker", _BLOCKER / "sitecustomize.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_load_blocker().block()
os.environ.setdefault("COLUMNS", "120")
for _name in ("SOURCE_DATE_EPOCH", "NO_COLOR", "FORCE_COLOR"):
    os.environ.pop(_name, None)

EN = """# Joint Statement

*January 16, 2026*

1. The leaders met in Tokyo. They welcomed 3 agreements.

2. They will meet again in 2027.
"""
JA = """# 共同声明

*2026年1月16日*

1. 両首脳は東京で会談した。両首脳は3件の合意を歓迎した。

2. 両首脳は2027年に再び会談する。
"""
IT = """# Dichiarazione congiunta

*16 gennaio 2026*

1. I leader si sono incontrati a Tokyo. Hanno accolto con favore 3 accordi.

2. Si incontreranno di nuovo nel 2027.
"""


SAME = {
    text: number
    for number, row in enumerate(
        (
            ("Joint Statement", "共同声明", "Dichiarazione congiunta"),
            (
                "The leaders met in Tokyo.",
                "両首脳は東京で会談した。",
                "I leader si sono incontrati a Tokyo.",
            ),
        )
    )
    for text in row
}
"""What the tiny statement says without a number."""


class StandIn:
    """An encoder without a model: texts with the same numbers, or of the same row, look alike."""

    name = "stand-in"
    fingerprint = "0" * 8

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        vectors = np.zeros((len(texts), 64), np.float32)
        for row, text in zip(vectors, texts, strict=True):
            digits = "".join(c for c in unicodedata.normalize("NFKC", text) if c.isdecimal())
            key = str(SAME.get(text, digits or text))
            row[:] = np.random.default_rng(zlib.crc32(key.encode())).standard_normal(64)
        if progress:
            progress(len(texts), len(texts))
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


@pytest.fixture
def lockstep(monkeypatch: pytest.MonkeyPatch) -> None:
    """An aligner that makes a bead of every first, second ... segment."""

    from parallel_sample import aligned

    def align(versions: Sequence[Version], *_: object, **__: object) -> ParallelText:
        bead = (1,) * len(versions)
        sentences, paragraphs = len(versions[0].sentences), len(versions[0].paragraphs)
        return aligned(versions, [bead] * sentences, [bead] * paragraphs)

    monkeypatch.setattr("parallel_statement.alignment.align", align)


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of one tiny statement in three languages, in the current folder."""
    folder = tmp_path / "texts"
    for language, text in (("en", EN), ("ja", JA), ("it", IT)):
        (folder / language).mkdir(parents=True)
        (folder / language / "tiny.md").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return Path("texts")


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """The stand-in encoder in place of every encoder that a command loads."""
    encoder = StandIn()
    monkeypatch.setattr("parallel_statement.encoders.load", lambda *_, **__: encoder)
    return encoder


@pytest.fixture(scope="session")
def run_process() -> RunProcess:
    """Runs ``align`` (or Python *code*) as a process that has no network."""

    def run(
        *arguments: str | Path, code: str = "", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        what = ["-c", code] if code else ["-m", "parallel_statement", *map(str, arguments)]
        return subprocess.run(
            [sys.executable, *what],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            env={**os.environ, "PYTHONPATH": str(_BLOCKER), "BLOCK_NETWORK": "1", **environment},
            timeout=300,
        )

    return run


def tree(folder: Path) -> Tree:
    """Return the content of every file under *folder*, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
