"""The main job: read, segment, align and check every document of a workspace."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from parallel_statement.cli.console import ProgressBar
from parallel_statement.errors import InputError, ParallelStatementError

if TYPE_CHECKING:
    from parallel_statement.model import CheckedText
    from parallel_statement.workspace import Workspace

TEXTS = Path("texts")
"""The folder that commands read when none is named."""


def find_texts(folder: Path | None, files: Sequence[str] = ()) -> Workspace:
    """Return the workspace in *folder*, or the one that *files* (``en=path``) make."""
    from parallel_statement import workspace

    if not files:
        return workspace.open_texts(folder or TEXTS)
    if folder is not None:
        raise ParallelStatementError("give a folder of texts or files with --file, not both")
    paths: dict[str, Path] = {}
    for item in files:
        tag, separator, path = item.partition("=")
        if not separator or not tag or not path:
            raise ParallelStatementError(f"--file {item}: write it as --file en=path/to/text.md")
        if tag in paths:
            raise InputError(path, f"a second file for {tag} beside {paths[tag]}; remove one")
        paths[tag] = Path(path)
    return workspace.open_files(paths)


def process(
    texts: Workspace,
    *,
    encoder: str,
    glossary: Path | None = None,
    date: str | None = None,
    documents: Sequence[str] = (),
    quiet: bool = False,
) -> tuple[CheckedText, ...]:
    """Return every document of *texts* (or those named in *documents*), aligned and checked."""
    from parallel_statement import encoders, segmentation, workspace
    from parallel_statement.alignment import align

    entries = [texts.entry(name) for name in documents] or texts.entries
    terms = texts.read_glossary(glossary)
    loaded = [entry.load() for entry in entries]  # a bad file is reported before any long work
    model = encoders.load(encoder)
    results: list[CheckedText] = []
    with ProgressBar(quiet) as bar:
        for number, (entry, versions) in enumerate(zip(entries, loaded, strict=True), start=1):
            bar.label(f"{entry.id} ({number} of {len(entries)})")
            text = align(
                [segmentation.segment(version) for version in versions],
                model,
                metadata=entry.metadata,
                progress=bar.update,
            )
            text = replace(text, notices=(*text.notices, *entry.notices))
            results.append(workspace.check(text, terms, date=date))
    return tuple(results)


def encoding_date(option: str | None) -> str | None:
    """Return the date to write: that of --date, else of SOURCE_DATE_EPOCH, else none."""
    from parallel_statement.workspace.metadata import is_date

    if option is not None:
        if not is_date(option):
            raise ParallelStatementError(f"--date {option}: not a date; write it as 2026-01-16")
        return option
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return None
    try:
        if not (epoch.isascii() and epoch.isdigit()):
            raise ValueError(epoch)
        return datetime.fromtimestamp(int(epoch), tz=UTC).date().isoformat()
    except (ValueError, OverflowError, OSError) as error:
        shown = epoch if len(epoch) <= 40 else f"{epoch[:40]}..."
        raise ParallelStatementError(
            f"SOURCE_DATE_EPOCH={shown}: not a number of seconds from 1970 to the year 9999; "
            "mend it or unset it"
        ) from error
