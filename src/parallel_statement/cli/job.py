"""The main job: read, segment, align and check every document of a workspace."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from parallel_statement.cli.console import ProgressBar
from parallel_statement.errors import InputError, ParallelStatementError, UnknownNameError

if TYPE_CHECKING:
    from parallel_statement.encoders.base import Encoder, Progress
    from parallel_statement.model import (
        CheckedText,
        LanguageTag,
        Level,
        ParallelText,
        Version,
        Waiver,
    )
    from parallel_statement.workspace import Entry, Resolution, Workspace

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
    weights: Path | None = None,
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
        weights: File of weights that were learned for it.
        glossary: File of terms; None for that of *texts*.
        date: ISO 8601 date of the encoding.
        encodings: ``ja=cp932``, or ``cp932`` for all languages.
        without: Names of checks to leave out.
        quiet: Whether to show no progress.
    """
    from parallel_statement import encoders, workspace

    refuse_unknown_checks(without)
    terms = texts.read_glossary(glossary)
    prepared = prepare(texts, encodings)
    model = encoders.load(encoder)
    results: list[CheckedText] = []
    with ProgressBar(quiet) as bar:
        for number, (entry, versions, locks, waivers) in enumerate(prepared, start=1):
            bar.label(f"{entry.id} ({number} of {len(prepared)})")
            text = aligned(entry, versions, locks, model, weights, bar.update)
            results.append(
                workspace.check(text, terms, date=date, without=without, waivers=waivers)
            )
    return tuple(results)


class Prepared(NamedTuple):
    """A document that is ready to be aligned."""

    entry: Entry
    versions: tuple[Version, ...]
    locks: Resolution
    waivers: tuple[Waiver, ...]


def prepare(texts: Workspace, encodings: Sequence[str] = ()) -> tuple[Prepared, ...]:
    """Return the documents of *texts*, read and cut, so that a bad file is reported early."""
    read = [(entry, segment(entry, texts, encodings)) for entry in texts.entries]
    return tuple(
        Prepared(entry, versions, read_locks(entry, versions), read_waivers(entry))
        for entry, versions in read
    )


def segment(entry: Entry, texts: Workspace, encodings: Sequence[str] = ()) -> tuple[Version, ...]:
    """Return the versions of one document of *texts*; *encodings* as for `process`.

    They have the sentence borders that a person put.
    """
    from parallel_statement import segmentation, workspace

    versions = tuple(map(segmentation.segment, entry.load(_encodings(encodings, texts))))
    return workspace.correct(versions, entry.corrections) if entry.corrections else versions


def read_locks(entry: Entry, versions: Sequence[Version]) -> Resolution:
    """Return what a person decided of the alignment of *entry*."""
    from parallel_statement import workspace

    if entry.corrections is None:
        return workspace.Resolution("")
    return workspace.read_locks(entry.corrections, versions)


def read_waivers(entry: Entry) -> tuple[Waiver, ...]:
    """Return which findings in *entry* a person accepts."""
    from parallel_statement import workspace

    return workspace.read_waivers(entry.waivers) if entry.waivers else ()


def present(
    entry: Entry,
    versions: Sequence[Version],
    locks: Resolution,
    out: Path,
    encoder: str,
    weights: Path | None = None,
    *,
    quiet: bool,
) -> ParallelText:
    """Return the alignment that a person sees: that of the last run, if it is up to date."""
    from parallel_statement import encoders

    text = of_last_run(entry, versions, locks, out)
    if text is not None:
        return text
    with ProgressBar(quiet) as bar:
        bar.label(entry.id)
        return aligned(entry, versions, locks, encoders.load(encoder), weights, bar.update)


def of_last_run(
    entry: Entry, versions: Sequence[Version], locks: Resolution, out: Path
) -> ParallelText | None:
    """Return the alignment that the last run wrote, if it is up to date."""
    from parallel_statement.formats.result import read_result
    from parallel_statement.locking import obeys

    path = last_result(entry, out)
    if path.is_file():
        text = read_result(path)
        if _words(text.versions) == _words(versions) and obeys(text, locks.locks):
            return text
    return None


def last_result(entry: Entry, out: Path) -> Path:
    """Return where ``align run`` writes the JSON of *entry*."""
    return out / entry.id / f"{entry.id}.json"


def _words(versions: Sequence[Version]) -> list[tuple[str, str]]:
    ordered = sorted(versions, key=lambda version: version.language)
    levels: tuple[Level, Level] = ("paragraph", "sentence")
    return [(s.id, v.text(s)) for v in ordered for level in levels for s in v.segments(level)]


def aligned(
    entry: Entry,
    versions: Sequence[Version],
    locks: Resolution,
    encoder: Encoder,
    weights: Path | None,
    progress: Progress | None = None,
) -> ParallelText:
    """Return *versions* aligned under *locks*, with what a reader must know of them."""
    from parallel_statement.alignment import align

    text = align(
        versions,
        encoder,
        metadata=entry.metadata,
        progress=progress,
        locks=locks.locks,
        weights=weights,
    )
    return with_notices(text, entry, locks)


def with_notices(text: ParallelText, entry: Entry, locks: Resolution) -> ParallelText:
    """Return *text* with what its reader must know of the files and the locks."""
    return replace(text, notices=(*text.notices, *entry.notices, *locks.notices))


def refuse_unknown_checks(names: Sequence[str]) -> None:
    """Raise an error if there is no check of one of these *names*."""
    from parallel_statement.checks import CHECKS

    for name in names:
        if name not in CHECKS:
            raise UnknownNameError("check", name, CHECKS)


def _encodings(options: Sequence[str], texts: Workspace) -> dict[LanguageTag, str]:
    return encodings_of(options, [tag for entry in texts.entries for tag in entry.files])


def encodings_of(
    options: Sequence[str], languages: Iterable[LanguageTag]
) -> dict[LanguageTag, str]:
    """Return the encodings that *options* name, by language; *languages* are those of the texts."""
    from parallel_statement.workspace import standard_tag

    spoken = tuple(dict.fromkeys(languages))
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
