"""TEI files held against the full schema of TEI P5, by jing: slow, and beyond all doubt.

The profile says the same of every file that keeps to its elements; this is for who wants to see it.
"""

from __future__ import annotations

import lzma
import posixpath
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory

from parallel_statement.errors import ParallelStatementError
from parallel_statement.formats.tei.profile import SCHEMA_ADVICE, Violation

SCHEMA = "tei_all.rng"
"""TEI P5 4.3.0 with all its modules, as the TEI Consortium publishes it."""

_LINE = re.compile(r"(?P<path>.+?):(?P<line>\d+):\d+: (?:error|fatal): (?P<message>.*)")
_PATIENCE = 600


def full_schema_violations(files: Mapping[str, bytes]) -> tuple[Violation, ...]:
    """Return where *files* are not valid against the full schema; they are safe to read.

    Raises:
        ParallelStatementError: jing or Java is missing, or fails.
    """
    if not (shutil.which("jing") and shutil.which("java")):
        raise ParallelStatementError(
            "the full schema is checked by jing, which is not installed with Java here; "
            "install both (Debian: apt install jing), or leave --strict out"
        )
    if not files:
        return ()
    top = posixpath.commonpath([posixpath.dirname(posixpath.abspath(name)) for name in files])
    with TemporaryDirectory() as folder:
        schema = Path(folder) / SCHEMA
        packed = resources.files("parallel_statement.formats").joinpath("schemas", f"{SCHEMA}.xz")
        schema.write_bytes(lzma.decompress(packed.read_bytes()))
        names = {}
        for name, data in sorted(files.items()):
            path = Path(folder) / "files" / posixpath.relpath(posixpath.abspath(name), top)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            names[str(path)] = name
        return tuple(_said(_output(["jing", str(schema), *names]), names))


def _output(command: list[str]) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - our own words and paths of a folder of our own
            command, capture_output=True, text=True, check=False, timeout=_PATIENCE
        )
    except subprocess.TimeoutExpired as error:
        raise ParallelStatementError(f"jing took more than {_PATIENCE} seconds") from error
    if done.returncode and not _LINE.search(done.stdout):
        raise ParallelStatementError(f"jing failed: {(done.stderr or done.stdout).strip()[:500]}")
    return done.stdout


def _said(output: str, names: Mapping[str, str]) -> Iterator[Violation]:
    """Yield what jing says in its *output*, each thing once: a corpus is also read whole."""
    seen: set[tuple[str, str, str]] = set()
    for line in output.splitlines():
        found = _LINE.fullmatch(line)
        if found and found.groups() not in seen:
            seen.add((found["path"], found["line"], found["message"]))
            name = names.get(found["path"], found["path"])
            yield Violation(name, int(found["line"]), f"tei_all: {found['message']}", SCHEMA_ADVICE)
