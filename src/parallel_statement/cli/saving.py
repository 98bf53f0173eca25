"""Writing results into a folder, and saying so: what several commands do at their end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from parallel_statement.cli import records, report
from parallel_statement.cli.console import emit_rich
from parallel_statement.errors import OutputError

if TYPE_CHECKING:
    from parallel_statement.model import CheckedText
    from parallel_statement.workspace import Workspace


def format_names(option: str) -> tuple[str, ...]:
    """Return the names in *option*, each once, all of them known."""
    from parallel_statement.errors import UnknownNameError
    from parallel_statement.formats import WRITERS

    names = tuple(dict.fromkeys(name.strip() for name in option.split(",") if name.strip()))
    for name in names or (option,):
        if name not in WRITERS:
            raise UnknownNameError("format", name, WRITERS)
    return names


def keep_apart(workspace: Workspace, out: Path) -> None:
    """Raise an error if what is written to *out* would be taken for texts in the next run."""
    if workspace.folder and out.resolve().is_relative_to(workspace.folder.resolve()):
        raise OutputError(f"{out}: lies inside the texts; choose another folder with --out")


def texts_of(workspace: Workspace) -> Iterator[Path]:
    """Yield the files of *workspace*."""
    for entry in workspace.entries:
        yield from entry.files.values()


def refuse(targets: Iterable[Path], texts: Iterable[Path]) -> None:
    """Raise an error if one of *targets*, which are to be written, is one of the *texts*."""
    sources = {path.resolve() for path in texts}
    for target in targets:
        if target.resolve() in sources:
            raise OutputError(f"{target}: is one of the texts; choose another place with --out")


def from_source(results: Iterable[CheckedText], language: str) -> tuple[CheckedText, ...]:
    """Return *results* with the version in *language* before the others."""
    from parallel_statement.formats.ordering import with_source
    from parallel_statement.workspace import standard_tag

    tag = standard_tag(language)
    return tuple(with_source(checked, tag) for checked in results)


def save(
    results: tuple[CheckedText, ...], texts: Iterable[Path], out: Path, names: tuple[str, ...]
) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Write every document into a folder of its own in *out*, all of them or none.

    None of the files may be one of the *texts* that were read. Return the paths of what was
    written, and of files of an earlier run that were removed.
    """
    from parallel_statement.workspace import remove_outdated, render, write_files

    files = {checked.text.id: render(checked, names) for checked in results}
    refuse((out / name / file for name, made in files.items() for file in made), texts)
    paths = write_files(
        out, {f"{name}/{file}": data for name, made in files.items() for file, data in made.items()}
    )
    removed = (remove_outdated(name, out / name, made) for name, made in files.items())
    return paths, tuple(path for some in removed for path in some)


def losses(results: Iterable[CheckedText], names: Sequence[str]) -> list[str]:
    """Return which characters of *results* the formats called *names* cannot hold."""
    from parallel_statement.formats.losses import losses

    return [words for checked in results for words in losses(checked, names)]


def tell(results: Sequence[CheckedText], paths: Sequence[Path], removed: Sequence[Path]) -> None:
    """Print what was found and what was written."""
    report.print_summary(results)
    report.print_findings(results, least="warning")
    emit_rich("", "written:", *(f"  {path.as_posix()}" for path in paths))
    if removed:
        shown = (f"  {path.as_posix()}" for path in removed)
        emit_rich("", "removed, of versions that are gone:", *shown)


def record(
    checked: CheckedText, out: Path, paths: Sequence[Path], removed: Sequence[Path]
) -> dict[str, object]:
    """Return what was found in *checked* and written of it, for a program."""
    folder = out / checked.text.id
    return records.summary_record(checked) | {
        "files": _under(paths, folder),
        "removed": _under(removed, folder),
    }


def _under(paths: Sequence[Path], folder: Path) -> list[str]:
    return [path.as_posix() for path in paths if path.is_relative_to(folder)]
