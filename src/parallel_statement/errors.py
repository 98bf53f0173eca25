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
        super().__init__(self.path, message, line)  # what it is made of, so that it can be pickled

    def __str__(self) -> str:
        where = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{where}: {self.message}"


class OutputError(ParallelStatementError):
    """A result that cannot be written."""


class UnknownNameError(ParallelStatementError):
    """A name that is not in a table; the message lists the names that are."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        self.name = name
        self.known = tuple(known)
        self.kind = kind
        super().__init__(kind, name, self.known)

    def __str__(self) -> str:
        return f"unknown {self.kind} {self.name!r}; available: {', '.join(self.known)}"


class EncoderError(ParallelStatementError):
    """An encoder that cannot be loaded or used."""


class MissingExtraError(ParallelStatementError):
    """An optional dependency that is not installed; the message names the pip command."""

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(feature, extra)

    def __str__(self) -> str:
        feature, extra = self.args
        return (
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
