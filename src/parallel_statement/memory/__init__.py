"""What an archive has said before: its aligned sentences in an index, to be searched."""

from __future__ import annotations

from parallel_statement.memory.database import NAME, Memory, open_memory
from parallel_statement.memory.filling import Source, fill
from parallel_statement.memory.recollection import EXACT, Recollection, recall
from parallel_statement.memory.search import Hit, Search, search

__all__ = [
    "EXACT",
    "NAME",
    "Hit",
    "Memory",
    "Recollection",
    "Search",
    "Source",
    "fill",
    "open_memory",
    "recall",
    "search",
]
