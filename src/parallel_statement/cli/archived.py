"""A result in place of a folder of texts: it is shown, checked or written, not aligned anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from parallel_statement.errors import ParallelStatementError, UnknownNameError

if TYPE_CHECKING:
    from parallel_statement.model import CheckedText


def is_result(path: Path | None) -> bool:
    """Return whether *path* is JSON, or TEI: a file, or a folder of such and nothing else."""
    if path is None or path.suffix.lower() in (".json", ".xml"):
        return path is not None
    if not path.is_dir():
        return False
    found = list(path.iterdir())
    return any(each.suffix == ".xml" for each in found) and not any(map(Path.is_dir, found))


def read(
    path: Path,
    *,
    files: Sequence[str] = (),
    documents: Sequence[str] = (),
    glossary: Path | None = None,
    without: Sequence[str] = (),
    date: str | None = None,
    checked: bool = False,
) -> tuple[CheckedText, ...]:
    """Return what the result in *path* holds; with *checked*, the checks are made again.

    They are also made if there is a *glossary*, or a check to leave out (*without*). The options
    *files* and *documents* are those that choose among texts. Of JSON the alignment is read; of
    TEI the findings too.
    """
    from parallel_statement.archive import read_tei
    from parallel_statement.cli.job import refuse_unknown_checks
    from parallel_statement.formats.glossary import read_glossary
    from parallel_statement.formats.result import read_result
    from parallel_statement.model import CheckedText
    from parallel_statement.workspace import check

    if files:
        raise ParallelStatementError("give a result or files with --file, not both")
    refuse_unknown_checks(without)
    is_json = path.suffix.lower() == ".json"
    found = CheckedText(read_result(path)) if is_json else read_tei(path)
    if any(name != found.text.id for name in documents):
        raise UnknownNameError("document", documents[0], [found.text.id])
    if checked or glossary is not None or without:
        terms = found.glossary if glossary is None else read_glossary(glossary)
        waivers = [finding.waiver for finding in found.findings if finding.waiver]
        found = check(found.text, terms, date=found.date, without=without, waivers=waivers)
        told = tuple(dict.fromkeys(found.text.notices))
        found = replace(found, text=replace(found.text, notices=told))
    return (found if date is None else replace(found, date=date),)


def edited(path: Path) -> dict[str, bytes]:
    """Return the files of the TEI in *path* by name, if a person changed what we had written."""
    from parallel_statement.archive import edited_files

    return {} if path.suffix.lower() == ".json" else edited_files(path)


def sources(path: Path) -> tuple[Path, ...]:
    """Return *path* and the files of TEI in or beside it: nothing must be written over them."""
    return path, *(path if path.is_dir() else path.parent).glob("*.xml")
