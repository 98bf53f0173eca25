"""What every reader is told about the file it reads."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from parallel_statement.languages.base import Language
from parallel_statement.model import LanguageTag, Source


@dataclass(frozen=True, slots=True)
class ReadContext:
    """What is known of a file before it is read."""

    path: Path
    """As the user gave it, for messages."""
    language: Language
    tag: LanguageTag
    """The tag as the user gave it."""
    id: str
    name: str
    encoding: str | None = None
    """What the user says; None to detect it."""

    def source(self, data: bytes, encoding: str) -> Source:
        """Return the record of where the text comes from."""
        return Source(self.name, encoding, hashlib.sha256(data).hexdigest())
