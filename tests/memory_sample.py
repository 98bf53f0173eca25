"""A small archive for the tests of its index, as `align corpus` writes its beads."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from parallel_statement.memory import Source

BEADS = {
    "old": [
        {
            "en": "The Leaders welcomed the supply chains of both countries.",
            "ja": "両首脳は、両国のサプライチェーンを歓迎した。",
            "it": "I Leader hanno accolto con favore le catene di approvvigionamento.",
        },
        {"en": "They met in Rome.", "ja": "ローマで会談した。", "it": "Si sono incontrati a Roma."},
    ],
    "new": [
        {
            "en": "A supply chain is only as strong as its ports.",
            "ja": "供給網の強さは港による。",
            "it": "Una catena di approvvigionamento vale quanto i suoi porti critici.",
        },
        {"en": "Written in English only: U.N. & 50 % “so”"},
    ],
}
DATES = {"old": "2024-03-01", "new": "2026-01-16"}


def source(folder: Path, name: str, beads: Sequence[Mapping[str, str]], date: str = "") -> Source:
    """Write *beads* as `align run` writes them, and return them as a source."""
    lines = [
        json.dumps(
            {
                "document": name,
                "bead": f"{name}.sb.{number}",
                "kind": "1-1-1",
                "posterior": 0.9,
                "status": "proposed",
                "languages": {
                    tag: {"text": text, "segments": [{"id": f"{tag}.p{number}.s1", "text": text}]}
                    for tag, text in bead.items()
                },
            },
            ensure_ascii=False,
        )
        for number, bead in enumerate(beads, start=1)
    ]
    path = folder / f"{name}.jsonl"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return Source(name, name.title(), date, path, hashlib.sha256(path.read_bytes()).hexdigest())
