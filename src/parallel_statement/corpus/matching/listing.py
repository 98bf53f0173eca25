"""What was matched as tables: a manifest for `align corpus`, and what a person must look at."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from parallel_statement.corpus.matching.groups import Matching
from parallel_statement.corpus.matching.portraits import Portrait
from parallel_statement.corpus.tables import render
from parallel_statement.names import ncname


def manifest(matching: Matching, portraits: Sequence[Portrait], folder: Path) -> bytes:
    """Return the groups as a manifest that stands in *folder*.

    A document is called like its file in the first language, and the language, too, where two
    documents would be called the same.
    """
    rows: list[tuple[str, ...]] = []
    given: set[str] = set()
    for each in matching.groups:
        first = portraits[each.members[0]].file
        name = first.name
        while ncname(name) in given:
            name += f"-{first.language}"
        given.add(ncname(name))
        for member in each.members:
            found = portraits[member].file
            sure = f"{each.confidence:.3f}"
            rows.append((name, found.language, _relative(found.path, folder), sure))
    return render(("document", "language", "path", "confidence"), rows)


def doubtful(matching: Matching, portraits: Sequence[Portrait], folder: Path) -> bytes:
    """Return the documents that are in no group, with what each may belong to, if anything."""
    rows: list[tuple[str, ...]] = []
    alone = [(number, (), "") for number in matching.lone]
    unsure = [(each.document, each.like, f"{each.confidence:.3f}") for each in matching.doubts]
    for number, like, sure in sorted([*unsure, *alone]):
        found = portraits[number].file
        names = " ".join(_relative(portraits[k].file.path, folder) for k in like)
        rows.append((found.language, _relative(found.path, folder), sure, names))
    return render(("language", "path", "confidence", "like"), rows)


def _relative(path: Path, folder: Path) -> str:
    return Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()
