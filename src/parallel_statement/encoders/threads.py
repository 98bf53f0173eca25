"""How many threads the library of matrix products (BLAS) may use."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from threadpoolctl import (  # type: ignore[import-untyped, unused-ignore]
        ThreadpoolController,
    )


@contextmanager
def one_thread() -> Iterator[None]:
    """Let BLAS use one thread.

    Its threads wait for each other at every small product, and when other programs want the cores
    too they make one take a hundred times as long.
    """
    with _libraries().limit(limits=1, user_api="blas"):
        yield


@cache
def _libraries() -> ThreadpoolController:
    """Return the libraries that are loaded: to look for them takes as long as to read a line."""
    import numpy as np  # noqa: F401  # brings BLAS with it
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
