"""``align match``: which files belong together, where names do not tell."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from parallel_statement.cli import job, saving
from parallel_statement.cli.console import ProgressBar, emit, emit_json, emit_rich, table
from parallel_statement.cli.options import EncoderOption, EncodingOption, JsonOption, QuietOption
from parallel_statement.errors import InputError

if TYPE_CHECKING:
    from parallel_statement.corpus import Fault, TextFile
    from parallel_statement.corpus.matching import Matching, Portrait

_SHOWN = 10
"""Most doubtful documents that are named one by one."""


def match(
    texts: Annotated[
        Path | None,
        typer.Argument(metavar="TEXTS", help="Folder with <language>/.../*; default: texts."),
    ] = None,
    out: Annotated[
        Path, typer.Option("--out", metavar="FILE", help="The manifest to write (CSV).")
    ] = Path("manifest.csv"),
    encoder: EncoderOption = "use",
    encoding: EncodingOption = None,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> int:
    """Find by content which files are versions of one document; what is not sure is listed."""
    from parallel_statement.corpus import find_texts, matching
    from parallel_statement.workspace import write_files

    folder = texts or job.TEXTS
    files = list(find_texts(folder))
    if len({file.language for file in files}) < 2:
        raise InputError(folder, "has texts in one language only; there is nothing to match")
    unsure = out.with_name(f"{out.stem}.doubtful.csv")
    saving.refuse((out, unsure), [file.path for file in files])
    portraits, faults = _read(files, encoder, encoding or (), quiet=quiet or json)
    found = matching.match(portraits)
    paths = write_files(
        out.parent,
        {
            out.name: matching.manifest(found, portraits, out.parent),
            unsure.name: matching.doubtful(found, portraits, out.parent),
        },
    )
    if json:
        emit_json(_record(found, portraits, faults, paths))
    elif not quiet:
        _tell(found, portraits, faults, paths)
    return 1 if faults or found.doubts else 0


def _read(
    files: Sequence[TextFile], name: str, options: Sequence[str], *, quiet: bool
) -> tuple[list[Portrait], list[Fault]]:
    from parallel_statement import encoders
    from parallel_statement.corpus import Fault
    from parallel_statement.corpus.matching import portray

    encodings = job.encodings_of(options, [file.language for file in files])
    portraits: list[Portrait] = []
    faults: list[Fault] = []
    with ProgressBar(quiet) as bar:
        bar.label("files")
        for each in portray(files, encoders.load(name), encodings):
            if isinstance(each, Fault):
                faults.append(each)
            else:
                portraits.append(each)
            bar.update(len(portraits) + len(faults), len(files))
    return portraits, faults


def _record(
    found: Matching, portraits: Sequence[Portrait], faults: Sequence[Fault], paths: Sequence[Path]
) -> dict[str, object]:
    def named(numbers: Sequence[int]) -> list[str]:
        return [portraits[number].file.path.as_posix() for number in numbers]

    return {
        "groups": [
            {"files": named(each.members), "confidence": round(each.confidence, 3)}
            for each in found.groups
        ],
        "doubtful": [
            {
                "file": portraits[each.document].file.path.as_posix(),
                "like": named(each.like),
                "confidence": round(each.confidence, 3),
            }
            for each in found.doubts
        ],
        "alone": named(found.lone),
        "problems": [fault._asdict() for fault in faults],
        "files": [path.as_posix() for path in paths],
    }


def _tell(
    found: Matching, portraits: Sequence[Portrait], faults: Sequence[Fault], paths: Sequence[Path]
) -> None:
    counts = (len(portraits), len(found.groups), len(found.doubts), len(found.lone), len(faults))
    columns = ("files", "documents", "doubtful", "alone", "problems")
    emit_rich(table(columns, [[str(count) for count in counts]]), "")
    for doubt in found.doubts[:_SHOWN]:
        others = ", ".join(portraits[k].file.path.as_posix() for k in doubt.like)
        path = portraits[doubt.document].file.path.as_posix()
        emit(f"doubtful: {path} may belong to {others} ({doubt.confidence:.2f})\n")
    if len(found.doubts) > _SHOWN:
        emit(f"... {len(found.doubts)} in all; {paths[1].as_posix()} has them\n")
    for fault in faults[:_SHOWN]:
        emit(f"problem: {fault.message}\n")
    emit_rich("written:", *(f"  {path.as_posix()}" for path in paths))
