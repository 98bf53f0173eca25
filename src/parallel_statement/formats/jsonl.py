"""JSON Lines: one object for each sentence bead, for programs that read line by line."""

from __future__ import annotations

import json

from parallel_statement.formats.cells import columns, rounded
from parallel_statement.formats.controls import utf8
from parallel_statement.model import CheckedText


def write(checked: CheckedText) -> dict[str, bytes]:
    """Return one JSON Lines file: ids, posterior, status, and in each language the sentences."""
    text = checked.text
    languages = columns(text)
    lines = []
    for bead in text.sentences.beads:
        sides = {
            column.language: {
                "text": column.text(bead.ranges[column.language]),
                "segments": [
                    {"id": column.ids[k], "text": column.texts[k]}
                    for k in bead.ranges[column.language].indices
                ],
            }
            for column in languages
        }
        record = {
            "document": text.id,
            "bead": bead.id,
            "kind": bead.kind,
            "posterior": rounded(bead.posterior),
            "status": bead.status,
            "languages": sides,
        }
        lines.append(json.dumps(record, ensure_ascii=False) + "\n")
    return {f"{text.id}.jsonl": utf8("".join(lines))}
