"""The error hierarchy: one root, few children.

A fault in a file is an error; a fault in the *texts* is a `Finding`, never an exception.
"""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike


class ParallelStatementError(Exception):
    """Root of every error this library raises on purpose; its message is meant for a person."""


class InputError(ParallelStatementError):
    """A file or folder that cannot be used: what is wrong, where, and what to do about it."""

    def __init__(self, path: str | PathLike[str], message: str, line: int | None = None) -> None:
        self.path = str(path)
        self.line = line
        self.message = message
        where = self.path if line is None else f"{self.path}:{line}"
        super().__init__(f"{where}: {message}")


class OutputError(ParallelStatementError):
    """A result that cannot be written."""


class UnknownNameError(ParallelStatementError):
    """A name that is not in a table; the message lists the names that are."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        self.name = name
        self.known = tuple(known)
        super().__init__(f"unknown {kind} {name!r}; available: {', '.join(self.known)}")


class EncoderError(ParallelStatementError):
    """An encoder that cannot be loaded or used."""


class MissingExtraError(ParallelStatementError):
    """An optional dependency that is not installed; the message names the pip command."""

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(
            f"{feature} needs an optional dependency; install it with: "
            f"pip install 'parallel-statement[{extra}]'"
        )


for _error in (
    ParallelStatementError,
    InputError,
    OutputError,
    UnknownNameError,
    EncoderError,
    MissingExtraError,
):
    _error.__module__ = "parallel_statement"  # the address a user can import from
