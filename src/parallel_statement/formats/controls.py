"""Characters that no reader sees: which of them part words, and which stand for nothing."""

from __future__ import annotations

import re

NEWLINES = "\n\r\f\v\x1c-\x1f\x85\u2028\u2029"
"""Characters that part lines, old separators among them; the inside of a character class."""
_NONCHARACTERS = "".join(f"{chr(p + 0xFFFE)}{chr(p + 0xFFFF)}" for p in range(0, 0x110000, 0x10000))
CONTROLS = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff" + _NONCHARACTERS + "]+"
)
"""Characters that stand for nothing and that XML forbids or discourages."""
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 does not allow (section 2.2, production 2)."""
_NEWLINE = re.compile(f"[{NEWLINES}]")
_HALVES = re.compile("[\ud800-\udfff]")


def utf8(text: str) -> bytes:
    r"""Return *text* in UTF-8, with U+FFFD for half a character, which has no bytes of its own.

    >>> utf8("a\ud800")
    b'a\xef\xbf\xbd'
    """
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _HALVES.sub("\N{REPLACEMENT CHARACTER}", text).encode()


def without_controls(text: str) -> str:
    r"""Return *text* without control characters, a space for those that part lines.

    >>> without_controls("a\x07\x0bb")
    'a b'
    """
    return _NEWLINE.sub(" ", CONTROLS.sub("", text))


def allowed(text: str) -> str:
    r"""Return *text* with U+FFFD for each character that XML 1.0 does not allow.

    >>> allowed("a\x07b")
    'a�b'
    """
    return text if text.isprintable() else NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)
