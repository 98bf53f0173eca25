"""The command ``align validate``: TEI files against the schema and our own laws."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from parallel_statement.cli.console import emit, emit_json
from parallel_statement.cli.options import JsonOption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parallel_statement.formats.tei.profile import Violation

_CANNOT = 2


def validate(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="TEI files, or folders of them.")
    ],
    strict: Annotated[
        bool, typer.Option("--strict", help="Also against all of TEI, by jing (needs Java).")
    ] = False,
    json: JsonOption = False,
) -> int:
    """Say where TEI files break the schema or a law, and what to do.

    Exit with 1 if something is wrong, with 2 if a file cannot be read.
    """
    from parallel_statement.validation import validate_tei

    found = validate_tei(files, strict=strict)
    if json:
        emit_json({"violations": [_record(violation) for violation in found]})
    else:
        emit("".join(f"{violation}\n" for violation in found) + _total(found))
    if any(violation.unreadable for violation in found):
        return _CANNOT
    return 1 if found else 0


def _record(violation: Violation) -> dict[str, object]:
    return {
        "file": violation.file,
        "line": violation.line,
        "message": violation.message,
        "advice": violation.advice,
    }


def _total(found: Sequence[Violation]) -> str:
    if not found:
        return "valid\n"
    return f"{len(found)} violation{'s' if len(found) > 1 else ''}\n"
