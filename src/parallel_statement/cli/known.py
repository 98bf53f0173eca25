"""Commands that say what there is: ``align languages`` and ``align encoders``."""

from __future__ import annotations

from collections.abc import Mapping

from parallel_statement.cli.console import emit, emit_json
from parallel_statement.cli.options import JsonOption


def languages(json: JsonOption = False) -> int:
    """List the languages with rules of their own."""
    from parallel_statement import languages as known

    _list({tag: known.get(tag).name for tag in known.KNOWN}, json)
    if not json:
        emit("Any other language is served by general rules: name it by its BCP 47 tag.\n")
    return 0


def encoders(json: JsonOption = False) -> int:
    """List the encoders, or forms of their names."""
    from parallel_statement.encoders import ENCODERS

    _list({name: line for name, (_, line) in ENCODERS.items()}, json)
    return 0


def _list(rows: Mapping[str, str], json: bool) -> None:
    if json:
        emit_json(dict(rows))
        return
    width = max(map(len, rows))
    emit("".join(f"{name:<{width}}  {line}\n" for name, line in rows.items()))
