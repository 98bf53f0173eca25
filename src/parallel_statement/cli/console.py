"""The terminal: tables and JSON on standard output, messages and progress on standard error."""

from __future__ import annotations

import codecs
import io
import json
import os
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.progress import Progress, TaskID

_PIPE_CLOSED = 128 + 13
"""What a shell reports for a program whose reader went away (SIGPIPE)."""
_PATIENCE = 1.0
"""Seconds before a progress bar appears."""


_PLAIN = str.maketrans("“”‘’–—…", "\"\"''--.")


def make_printable() -> None:
    """Let a stream that cannot show a character show a plain one or a question mark."""
    codecs.register_error("plain", _make_plain)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not _is_unicode(stream.encoding):
            stream.reconfigure(errors="plain")


def emit(text: str) -> None:
    """Write *text* to standard output; stop quietly if nobody reads it any more."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes standard output once more at its end, and would complain then.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(_PIPE_CLOSED) from None


def emit_json(value: object) -> None:
    """Write *value* to standard output as JSON."""
    readable = _is_unicode(sys.stdout.encoding)
    emit(json.dumps(value, ensure_ascii=not readable, indent=2) + "\n")


def complain(message: str) -> None:
    """Write *message* to standard error, under the command's name."""
    sys.stderr.write(f"align: {message}\n")
    sys.stderr.flush()


def emit_rich(*parts: RenderableType) -> None:
    """Write tables and texts to standard output, as wide and colourful as it can show."""
    from rich.console import Console

    piped = not sys.stdout.isatty() and "COLUMNS" not in os.environ
    console = Console(highlight=False, markup=False, emoji=False, width=120 if piped else None)
    with console.capture() as captured:
        for part in parts:
            console.print(part)
    emit("\n".join(line.rstrip() for line in captured.get().split("\n")))


def table(
    columns: Sequence[str], rows: Iterable[Sequence[RenderableType]], *, spaced: bool = False
) -> RenderableType:
    """Return a table with a line under its head, and one between *spaced* rows."""
    from rich import box
    from rich.table import Table

    built = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, leading=int(spaced))
    for column in columns:
        built.add_column(column, overflow="fold")  # Japanese has no spaces to break at
    for row in rows:
        built.add_row(*row)
    return built


class ProgressBar:
    """A bar on standard error; only on a terminal, and only after a second."""

    def __init__(self, quiet: bool = False) -> None:
        self._visible = not quiet and sys.stderr.isatty()
        self._start = time.monotonic()
        self._label = ""
        self._bar: tuple[Progress, TaskID] | None = None

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar[0].stop()

    def label(self, text: str) -> None:
        """Say what is being done now."""
        self._label = text

    def update(self, done: int, total: int) -> None:
        """Show that *done* of *total* steps of the present work are behind us."""
        if not self._visible or time.monotonic() - self._start < _PATIENCE:
            return
        if self._bar is None:
            self._bar = self._open()
        bar, task = self._bar
        bar.update(task, description=self._label, completed=done, total=total)

    @staticmethod
    def _open() -> tuple[Progress, TaskID]:
        from rich.console import Console
        from rich.progress import Progress

        bar = Progress(console=Console(stderr=True), transient=True)
        bar.start()
        return bar, bar.add_task("")


class Journal:
    """A log that grows by a line with the time of day, for who looks at it from afar."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("a", encoding="utf-8")

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def write(self, words: str) -> None:
        """Add a line."""
        self._file.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} {words}\n")
        self._file.flush()


def _make_plain(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    plain = error.object[error.start : error.end].translate(_PLAIN)
    return "".join(c if c.isascii() else "?" for c in plain), error.end


def _is_unicode(encoding: str | None) -> bool:
    return (encoding or "").lower().replace("-", "").startswith("utf")
