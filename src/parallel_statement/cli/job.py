"""The main job: read, segment, align and check every document of a workspace."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from parallel_statement.cli.console import ProgressBar
from parallel_statement.errors import InputError, ParallelStatementError, UnknownNameError

if TYPE_CHECKING:
    from parallel_statement.model import CheckedText, LanguageTag
    from parallel_statement.workspace import Workspace

TEXTS = Path("texts")
"""The folder that commands read when none is named."""


def find_texts(
    folder: Path | None, files: Sequence[str] = (), documents: Sequence[str] = ()
) -> Workspace:
    """Return the workspace in *folder*, or the one that *files* (``en=path``) make.

    It holds the *documents* that are named, or all.
    """
    from parallel_statement import languages, workspace

    if not files:
        return workspace.open_texts(folder or TEXTS, documents)
    if folder is not None:
        raise ParallelStatementError("give a folder of texts or files with --file, not both")
    paths: dict[str, Path] = {}
    for item in files:
        tag, separator, path = item.partition("=")
        if not separator or not tag or not path:
            raise ParallelStatementError(f"--file {item}: write it as --file en=path/to/text.md")
        tag = languages.standard_tag(tag)
        if tag in paths:
            raise InputError(path, f"a second file for {tag} beside {paths[tag]}; remove one")
        paths[tag] = Path(path)
    opened = workspace.open_files(paths)
    for name in documents:
        opened.entry(name)
    return opened


def process(
    texts: Workspace,
    *,
    encoder: str,
    glossary: Path | None = None,
    date: str | None = None,
    encodings: Sequence[str] = (),
    without: Sequence[str] = (),
    quiet: bool = False,
) -> tuple[CheckedText, ...]:
    """Return every document of *texts*, aligned and checked.

    Args:
        texts: What to work on.
        encoder: Name of the encoder.
        glossary: File of terms; None for that of *texts*.
        date: ISO 8601 date of the encoding.
        encodings: ``ja=cp932``, or ``cp932`` for all languages.
        without: Names of checks to leave out.
        quiet: Whether to show no progress.
    """
    from parallel_statement import encoders, segmentation, workspace
    from parallel_statement.alignment import align

    _refuse_unknown_checks(without)
    terms = texts.read_glossary(glossary)
    names = _encodings(encodings, texts)
    # a bad file is reported before any long work
    loaded = [entry.load(names) for entry in texts.entries]
    model = encoders.load(encoder)
    results: list[CheckedText] = []
    with ProgressBar(quiet) as bar:
        for number, (entry, versions) in enumerate(
            zip(texts.entries, loaded, strict=True), start=1
        ):
            bar.label(f"{entry.id} ({number} of {len(texts.entries)})")
            text = align(
                [segmentation.segment(version) for version in versions],
                model,
                metadata=entry.metadata,
                progress=bar.update,
            )
            text = replace(text, notices=(*text.notices, *entry.notices))
            results.append(workspace.check(text, terms, date=date, without=without))
    return tuple(results)


def _refuse_unknown_checks(names: Sequence[str]) -> None:
    from parallel_statement.checks import CHECKS

    for name in names:
        if name not in CHECKS:
            raise UnknownNameError("check", name, CHECKS)


def _encodings(options: Sequence[str], texts: Workspace) -> dict[LanguageTag, str]:
    """Return the encodings that *options* name, by language."""
    from parallel_statement.workspace import standard_tag

    spoken = tuple(dict.fromkeys(tag for entry in texts.entries for tag in entry.files))
    encodings: dict[LanguageTag, str] = {}
    for option in sorted(options, key=lambda option: "=" in option):  # one language goes over all
        tag, separator, name = option.rpartition("=")
        if not separator:
            encodings |= dict.fromkeys(spoken, name)
            continue
        language = standard_tag(tag)
        if language not in spoken:
            raise UnknownNameError("language of the texts", tag, spoken)
        encodings[language] = name
    return encodings


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
