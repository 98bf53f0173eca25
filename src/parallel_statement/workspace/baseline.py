"""What an earlier result found: the JSON of a run, or of ``align check --format json``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from parallel_statement.checks.traces import Trace
from parallel_statement.errors import InputError
from parallel_statement.formats import json as result
from parallel_statement.formats.record import Record, read_json

FORMAT = "parallel-statement-findings/1"
"""Of the JSON that ``align check`` writes."""
_ADVICE = "write it anew with `align check --format json --out FILE`"


def read_baseline(path: Path, documents: Iterable[str]) -> dict[str, tuple[Trace, ...]]:
    """Return what was found in each of the *documents*; nothing in those that are not there.

    Args:
        path: A result or a file of findings, or the folder into which ``align run`` wrote.
        documents: Ids of documents.

    Raises:
        InputError: the file cannot be read, or is no such file.
    """
    if not path.is_dir():
        return _read(path)
    files = [path / name / f"{name}.json" for name in documents]
    present = [file for file in files if file.is_file()]
    if not present:
        raise InputError(path, f"holds no earlier result: there is no {files[0]}")
    return {name: found for file in present for name, found in _read(file).items()}


def _read(path: Path) -> dict[str, tuple[Trace, ...]]:
    try:
        content = read_json(path, "a result")
    except FileNotFoundError:
        raise InputError(path, f"there is no such file; {_ADVICE}") from None
    known = content.get("format") if isinstance(content, dict) else None
    record = Record(path, "", content, _ADVICE)
    if known == result.FORMAT:
        return {record.text("id"): _traces(record)}
    if known == FORMAT:
        return {part.text("document"): _traces(part) for part in record.records("documents")}
    raise InputError(
        path,
        f'is no earlier result: it must be an object with "format": "{result.FORMAT}" or '
        f'"{FORMAT}"; {_ADVICE}',
    )


def _traces(record: Record) -> tuple[Trace, ...]:
    return tuple(
        Trace(
            finding.text("id"),
            finding.text("rule"),
            finding.texts("languages"),
            {tag: words.texts(tag) for tag in words.content},
        )
        for finding in record.records("findings")
        for words in [finding.record("words")]
    )
