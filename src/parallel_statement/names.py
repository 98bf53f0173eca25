"""Names that XML accepts as ids (NCName), whatever the edition of XML a validator goes by."""

from __future__ import annotations

import re
import unicodedata

_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0131\u0134-\u013e\u0141-\u0148\u014a-\u017e"
    "\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0401-\u040c\u040e-\u044f\u0451-\u045c"
    "\u05d0-\u05ea\u0621-\u063a\u0641-\u064a\u0905-\u0939\u0e01-\u0e2e\u1e00-\u1e9b\u1ea0-\u1ef9"
    "\u3041-\u3094\u30a1-\u30fa\u3105-\u312c\u4e00-\u9fa5\uac00-\ud7a3"
)
"""Letters that the fourth edition of XML 1.0 and the fifth have in common."""
_LATER = f"{_START}0-9\u3005\u30fc-\u30fe-"
_STARTS = re.compile(f"[{_START}]")
_OTHER = re.compile(f"[^{_LATER}]+")
_NCNAME = re.compile(f"[{_START}][{_LATER}.]*")


def is_ncname(text: str) -> bool:
    """Return whether *text* can be an id.

    >>> is_ncname("rule-of-law"), is_ncname("合意"), is_ncname("2a")
    (True, True, False)
    """
    return _NCNAME.fullmatch(text) is not None


def ncname(stem: str) -> str:
    """Return *stem* as a valid NCName without periods (they separate the parts of our ids).

    >>> ncname("japan-italy joint.statement")
    'japan-italy-joint-statement'
    >>> ncname("2026 共同声明")
    'd-2026-共同声明'
    """
    name = _OTHER.sub("-", unicodedata.normalize("NFC", stem)).strip("-")
    if not name:
        return "document"
    return name if _STARTS.match(name) else f"d-{name}"
