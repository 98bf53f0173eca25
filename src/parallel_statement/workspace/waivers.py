"""The waivers file of a document: ``texts/<stem>.waivers.json``.

Every waiver stands there with the words that it is about, so that a person sees what was accepted
and that it is found again when the texts have changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import Any

from parallel_statement.errors import InputError, UnknownNameError
from parallel_statement.formats.record import Record, read_json
from parallel_statement.languages import standard_tag
from parallel_statement.model import LanguageTag, Occurrence, Waiver
from parallel_statement.workspace.locks import read_occurrence
from parallel_statement.workspace.metadata import is_date
from parallel_statement.workspace.results import write_files

SUFFIX = ".waivers.json"
FORMAT = "parallel-statement-waivers/1"
_KEYS = {"finding", "rule", "languages", "words", "occurrence", "reason", "by", "date"}


def read_waivers(path: str | PathLike[str]) -> tuple[Waiver, ...]:
    """Return the waivers in the file *path*; none if it is not there.

    Raises:
        InputError: the file cannot be read, or does not say what waivers say.
    """
    path = Path(path)
    try:
        content = read_json(path, "a file of waivers")
    except FileNotFoundError:
        return ()
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise InputError(
            path, f'is no file of waivers: it must be an object with "format": "{FORMAT}"'
        )
    return tuple(map(_waiver, Record(path, "", content).records("waivers")))


def write_waivers(path: str | PathLike[str], waivers: Iterable[Waiver]) -> None:
    """Write *waivers* to the file *path*, in one step; without any, no file is left.

    Raises:
        OutputError: the folder cannot be written.
    """
    path = Path(path)
    listed = [_plain(waiver) for waiver in waivers]
    if not listed:
        path.unlink(missing_ok=True)
        return
    data = json.dumps({"format": FORMAT, "waivers": listed}, ensure_ascii=False, indent=1) + "\n"
    write_files(path.parent, {path.name: data.encode()})


def _plain(waiver: Waiver) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "finding": waiver.finding,
        "rule": waiver.rule,
        "languages": list(waiver.languages),
        "words": {tag: list(words) for tag, words in waiver.words.items()},
    }
    if waiver.occurrence:
        plain["occurrence"] = f"{waiver.occurrence.number} of {waiver.occurrence.of}"
    said = {"reason": waiver.reason, "by": waiver.by, "date": waiver.date}
    return plain | {key: words for key, words in said.items() if words}


def _waiver(record: Record) -> Waiver:
    record.refuse_others(_KEYS)
    if not record.text("reason").strip():
        record.fail("'reason' is empty; say why the finding is accepted")
    date = record.optional("date") or ""
    if date and not is_date(date):
        record.fail(f"'date': {date!r} is not a date; write it as 2026-01-16")
    words = record.record("words")
    return Waiver(
        record.text("finding"),
        record.text("rule"),
        tuple(_tag(record, tag) for tag in record.texts("languages")),
        {_tag(record, tag): words.texts(tag) for tag in words.content},
        record.text("reason"),
        record.optional("by") or "",
        date,
        _occurrence(record),
    )


def _tag(record: Record, tag: str) -> LanguageTag:
    try:
        return standard_tag(tag)
    except UnknownNameError as error:
        record.fail(str(error))


def _occurrence(record: Record) -> Occurrence | None:
    words = record.optional("occurrence")
    if words is None:
        return None
    occurrence = read_occurrence(words)
    if occurrence is None:
        record.fail("'occurrence': write as in \"2 of 3\"")
    return occurrence
