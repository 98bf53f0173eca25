"""Many documents: found, worked on one by one in several processes, and put together."""

from __future__ import annotations

from parallel_statement.corpus.cluster import connected
from parallel_statement.corpus.documents import Fault, TextFile, find_documents, find_texts
from parallel_statement.corpus.local import work_locally
from parallel_statement.corpus.manifest import read_manifest
from parallel_statement.corpus.records import Outcome, Settings, finished_before
from parallel_statement.corpus.summary import put_together

__all__ = [
    "Fault",
    "Outcome",
    "Settings",
    "TextFile",
    "connected",
    "find_documents",
    "find_texts",
    "finished_before",
    "put_together",
    "read_manifest",
    "work_locally",
]
