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
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NOT_NAME = re.compile(f"[^{_NAME_START}0-9\u00b7\u0300-\u036f\u203f\u2040-]+")
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
