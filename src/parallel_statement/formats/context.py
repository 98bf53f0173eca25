"""What every reader is told about the file it reads."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from parallel_statement.languages.base import Language
from parallel_statement.model import LanguageTag, Source

_NAME_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0131\u0134-\u013e\u0141-\u0148\u014a-\u017e"
    "\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0401-\u040c\u040e-\u044f\u0451-\u045c"
    "\u05d0-\u05ea\u0621-\u063a\u0641-\u064a\u0905-\u0939\u0e01-\u0e2e\u1e00-\u1e9b\u1ea0-\u1ef9"
    "\u3041-\u3094\u30a1-\u30fa\u3105-\u312c\u4e00-\u9fa5\uac00-\ud7a3"
)
"""Letters of the editions of XML 1.0 that validators go by: the fourth has fewer than the fifth."""
_NOT_NAME = re.compile(f"[^{_NAME_START}0-9\u3005\u30fc-\u30fe-]+")
_STARTS_NAME = re.compile(f"[{_NAME_START}]")


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


def ncname(stem: str) -> str:
    """Return *stem* as a valid NCName without periods (they separate the parts of our ids).

    >>> ncname("japan-italy joint.statement")
    'japan-italy-joint-statement'
    >>> ncname("2026 共同声明")
    'd-2026-共同声明'
    """
    name = _NOT_NAME.sub("-", unicodedata.normalize("NFC", stem)).strip("-")
    if not name:
        return "document"
    return name if _STARTS_NAME.match(name) else f"d-{name}"
