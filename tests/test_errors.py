"""Errors cross the border of a process as they are: a pool of workers pickles them."""

from __future__ import annotations

import pickle

import pytest

import parallel_statement as ps
from parallel_statement.errors import MissingExtraError, ParallelStatementError, UnknownNameError


@pytest.mark.parametrize(
    "error",
    [
        ps.InputError("texts/en/a.md", "no such language", 3),
        ps.InputError("texts", "nothing to read"),
        UnknownNameError("format", "tmy", ["tmx", "tsv"]),
        MissingExtraError("the encoder", "torch"),
        ParallelStatementError("too long"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_survives_the_way_between_processes(error: ParallelStatementError) -> None:
    back = pickle.loads(pickle.dumps(error))
    assert (type(back), str(back), vars(back)) == (type(error), str(error), vars(error))
