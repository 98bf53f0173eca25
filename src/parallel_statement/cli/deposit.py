"""The command ``align deposit``: the package that an archive describes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from parallel_statement.cli import archived, job, saving
from parallel_statement.cli.console import emit_json, emit_rich
from parallel_statement.cli.options import (
    DateOption,
    DocumentOption,
    EncoderOption,
    EncodingOption,
    GlossaryOption,
    JsonOption,
    QuietOption,
    TextsOrResultArgument,
    WeightsOption,
)
from parallel_statement.errors import ParallelStatementError

if TYPE_CHECKING:
    from parallel_statement.workspace import Entry

ForOption = Annotated[
    str, typer.Option("--for", metavar="ARCHIVE", help="clarin, ota, tapas or generic.")
]
PackageOption = Annotated[
    Path, typer.Option("--out", help="Folder or ZIP to write.", metavar="FOLDER|ZIP")
]


def deposit(
    texts: TextsOrResultArgument = None,
    archive: ForOption = "generic",
    out: PackageOption = Path("deposit"),
    document: DocumentOption = None,
    glossary: GlossaryOption = None,
    encoder: EncoderOption = "use",
    weights: WeightsOption = None,
    encoding: EncodingOption = None,
    date: DateOption = None,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> int:
    """Write the package that an archive wants: TEI, README, licences, checksums, metadata.

    If something that it must know is stated nowhere, nothing is written; the message names
    everything, with the line to add.
    """
    from parallel_statement import packaging
    from parallel_statement.packaging.archives import archive_named
    from parallel_statement.packaging.completeness import demand, missing_things

    kind = archive_named(archive)
    when = job.encoding_date(date)
    names: dict[str, str] = {}
    edited: dict[str, bytes] = {}
    if texts is not None and archived.is_result(texts):
        results = archived.read(texts, documents=document or (), glossary=glossary, date=when)
        edited = archived.edited(texts)
    else:
        workspace = job.find_texts(texts, (), document or ())
        saving.keep_apart(workspace, out)
        names = {entry.id: _metadata_file(entry) for entry in workspace.entries}
        for entry in workspace.entries:  # before anything is aligned
            file = names[entry.id]
            things = missing_things(entry.metadata, tuple(entry.files), when, kind, file)
            demand(entry.id, kind, things)
        results = job.process(
            workspace,
            encoder=encoder,
            weights=weights,
            glossary=glossary,
            date=when,
            encodings=encoding or (),
            quiet=quiet or json,
        )
    zipped = out.suffix.lower() == ".zip"
    if zipped and len(results) > 1:
        known = ", ".join(checked.text.id for checked in results)
        message = f"{out}: holds one document; choose with --document, of: {known}"
        raise ParallelStatementError(message)
    paths: list[Path] = []
    for checked in results:
        document_id = checked.text.id
        place = out if zipped or len(results) == 1 else out / document_id
        metadata = names.get(document_id, f"the metadata file of {document_id}")
        paths += packaging.deposit(checked, place, archive, metadata=metadata, tei=edited)
    if json:
        emit_json({"files": [path.as_posix() for path in paths]})
    elif not quiet:
        emit_rich(*(path.as_posix() for path in paths))
    return 0


def _metadata_file(entry: Entry) -> str:
    """Return the path of the metadata file of *entry*, which need not be there."""
    from parallel_statement.workspace.corrections import SUFFIX

    if entry.corrections is None:
        return f"the metadata file of {entry.id}"
    stem = entry.corrections.name.removesuffix(SUFFIX)
    return entry.corrections.with_name(f"{stem}.toml").as_posix()
