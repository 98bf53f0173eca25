"""The command that opens the review in the browser: ``align review``."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from parallel_statement.cli import archived, job
from parallel_statement.cli.console import emit
from parallel_statement.cli.correct import ByOption, WhenOption
from parallel_statement.cli.options import (
    EncoderOption,
    EncodingOption,
    GlossaryOption,
    OneDocumentOption,
    OutOption,
    TextsArgument,
    WeightsOption,
)
from parallel_statement.errors import InputError, ParallelStatementError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parallel_statement.encoders.base import Encoder
    from parallel_statement.model import ParallelText, Version
    from parallel_statement.review.session import Means
    from parallel_statement.workspace import Resolution, Workspace


def review(
    texts: TextsArgument = None,
    document: OneDocumentOption = None,
    by: ByOption = "",
    date: WhenOption = None,
    glossary: GlossaryOption = None,
    out: OutOption = Path("out"),
    encoder: EncoderOption = "use",
    weights: WeightsOption = None,
    encoding: EncodingOption = None,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Default: one that is free.")
    ] = 0,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the page in the browser.")
    ] = True,
) -> int:
    """Correct an alignment in the browser; every correction is kept beside the texts."""
    import uvicorn

    from parallel_statement.review import server
    from parallel_statement.review.session import Session

    if texts is not None and archived.is_result(texts):
        raise InputError(
            texts, "is a result; corrections stand beside the texts: name their folder"
        )
    workspace = job.find_texts(texts, (), [document] if document else ())
    if len(workspace.entries) > 1:
        known = ", ".join(entry.id for entry in workspace.entries)
        raise ParallelStatementError(f"several documents: say which with --document: {known}")
    how = means(workspace, glossary, out, encoder, weights, encoding or (), (by, date))
    emit(f"{how.entry.id}: opening ...\n")
    session = Session(how)
    listener = _listen(port)
    bound = listener.getsockname()[1]
    token = server.new_token()
    address = f"http://{server.HOST}:{bound}/{token}/"
    emit(f"{address}\nCorrections are kept in {how.corrections.as_posix()}. Ctrl+C ends.\n")
    if browser:
        import webbrowser

        webbrowser.open(address)
    config = uvicorn.Config(
        server.application(session, token, bound),
        log_level="error",
        access_log=False,
        lifespan="off",
        ws="none",
        proxy_headers=False,
        server_header=False,
    )
    try:
        uvicorn.Server(config).run(sockets=[listener])
    except KeyboardInterrupt:
        emit("\n")
    return 0


def _listen(port: int) -> socket.socket:
    """Return a socket that hears this machine only."""
    from parallel_statement.review.server import HOST

    listener = socket.socket()
    try:
        listener.bind((HOST, port))
        listener.listen()  # so that the address, once it is said, is there
    except OSError as error:
        listener.close()
        raise ParallelStatementError(
            f"--port {port}: {error.strerror or error}; name another, or none"
        ) from error
    return listener


def means(
    workspace: Workspace,
    glossary: Path | None,
    out: Path,
    encoder: str,
    weights: Path | None,
    encodings: Sequence[str],
    signed: tuple[str, str | None],
) -> Means:
    """Return how the one document of *workspace* is come by."""
    from parallel_statement.review.session import Means

    (entry,) = workspace.entries
    if entry.corrections is None or entry.waivers is None:
        raise ParallelStatementError("name the folder of the texts")
    by, date = signed
    named = glossary or workspace.glossary
    place = named or entry.corrections.with_name("glossary.csv")

    def align(versions: Sequence[Version], locks: Resolution, model: Encoder) -> ParallelText:
        return job.aligned(entry, versions, locks, model, weights)

    def update(
        previous: ParallelText, versions: Sequence[Version], locks: Resolution, model: Encoder
    ) -> ParallelText:
        from parallel_statement.revision import update

        found = update(
            previous, versions, model, metadata=entry.metadata, locks=locks.locks, weights=weights
        )
        return job.with_notices(found.text, entry, locks)

    def load() -> Encoder:
        from parallel_statement import encoders
        from parallel_statement.encoders.memory import Memory

        return Memory(encoders.load(encoder))

    return Means(
        entry,
        entry.corrections,
        entry.waivers,
        place,
        read=lambda: job.segment(entry, workspace, encodings),
        last=lambda versions, locks: job.of_last_run(entry, versions, locks, out),
        align=align,
        update=update,
        encoder=load,
        terms=lambda: workspace.read_glossary(place) if named or place.is_file() else None,
        by=by,
        date=job.encoding_date(date) or "",
    )
