"""TEI P5: one file a language, and a corpus file that includes them and holds the alignment."""

from __future__ import annotations

from parallel_statement.formats.tei.reader import read
from parallel_statement.formats.tei.writer import write

__all__ = ["read", "write"]
