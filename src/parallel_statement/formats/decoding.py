"""From bytes to text: encodings.

A byte order mark decides; then UTF-8, if the bytes are that; then the older encodings that are
usual for the language, each tried strictly, the one whose characters look most like the
language winning. The text keeps every character, the byte order mark too, so that encoding it
again gives the bytes again (CP932 and ISO-2022-JP have several ways to write a few
characters; there the text is the same, the bytes may differ).
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import NamedTuple
from unicodedata import category

from parallel_statement.errors import InputError

_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",  # before UTF-16, whose mark it begins with
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_CYRILLIC = ("cp1251", "koi8-r", "iso8859-5")
_CENTRAL = ("cp1250", "iso8859-2")
_OLDER: dict[str, tuple[str, ...]] = {
    "ar": ("cp1256",),
    "be": _CYRILLIC,
    "bg": _CYRILLIC,
    "cs": _CENTRAL,
    "el": ("cp1253",),
    "et": ("cp1257",),
    "fa": ("cp1256",),
    "he": ("cp1255",),
    "hr": _CENTRAL,
    "hu": _CENTRAL,
    "ja": ("cp932", "euc_jp"),
    "ko": ("cp949",),
    "lt": ("cp1257",),
    "lv": ("cp1257",),
    "mk": _CYRILLIC,
    "pl": _CENTRAL,
    "ro": _CENTRAL,
    "ru": _CYRILLIC,
    "sk": _CENTRAL,
    "sl": _CENTRAL,
    "sr": (*_CYRILLIC, *_CENTRAL),
    "th": ("cp874",),
    "tr": ("cp1254",),
    "uk": ("cp1251", "koi8-u", "iso8859-5"),
    "vi": ("cp1258",),
    "zh": ("gb18030", "big5"),
}
"""Encodings from before Unicode that texts of a language were written in."""
_WESTERN = ("cp1252",)

_ISO_2022 = re.compile(rb"\x1b\$[@B(]")
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_DAMAGED = 0.8
"""Share of the bytes above 127 that form UTF-8 sequences, from which a file is damaged UTF-8."""
_PLAUSIBLE = 0.5


class Decoded(NamedTuple):
    """A text and the encoding that it was in."""

    text: str
    encoding: str


def decode(
    data: bytes,
    path: Path,
    language: str,
    encoding: str | None = None,
    declared: str | None = None,
) -> Decoded:
    """Return the text of the file *path*, whose bytes are *data*.

    Args:
        data: The file's bytes.
        path: For messages.
        language: Language tag; guides the choice among older encodings.
        encoding: What the user says; None to detect.
        declared: What the file says of itself; believed unless the bytes are UTF-8.

    Raises:
        InputError: the bytes are not text, or not in the encoding.
    """
    if encoding is not None:
        return _decode_as(data, path, encoding)
    for mark, name in _BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return _decode_as(data, path, name)
    if b"\0" in data:
        offset = data.index(b"\0")
        raise InputError(
            path,
            f"is not a text file (zero byte at offset {offset}); "
            "if it is UTF-16 without a byte order mark, name the encoding (--encoding)",
            _line(data, offset),
        )
    if _ISO_2022.search(data):
        return _decode_as(data, path, "iso2022_jp")
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if _is_damaged(data):
            raise InputError(
                path,
                f"is UTF-8 except for byte 0x{data[error.start]:02x} at offset {error.start}; "
                "repair the file, or name its encoding (--encoding)",
                _line(data, error.start),
            ) from None
        if declared is not None:
            try:
                return Decoded(data.decode(declared), codecs.lookup(declared).name)
            except (LookupError, UnicodeError):
                pass  # pages often declare an encoding that they are not in
        return _decode_older(data, path, language, error.start)


def _decode_as(data: bytes, path: Path, encoding: str) -> Decoded:
    """Return the text of *data* in *encoding*, byte order mark kept."""
    name = encoding.strip().lower().replace("_", "-")
    marked = next((n for m, n in _BYTE_ORDER_MARKS.items() if data.startswith(m)), None)
    if name in ("utf-8-sig", "utf8-sig"):
        name = "utf-8"
    elif name in ("utf-16", "utf16", "utf-32", "utf32"):
        width = name[-2:]
        name = marked if marked and width in marked else f"utf-{width}-le"
    try:
        text = data.decode(name)
    except LookupError:
        raise InputError(
            path, f"unknown encoding {encoding!r}; use a name such as utf-8, cp932 or cp1252"
        ) from None
    except UnicodeDecodeError as error:
        raise InputError(
            path,
            f"is not in the encoding {encoding}: byte 0x{data[error.start]:02x} "
            f"at offset {error.start} does not fit",
            _line(data, error.start),
        ) from None
    except UnicodeError as error:
        raise InputError(path, f"is not in the encoding {encoding}: {error}") from None
    if "\0" in text:
        raise InputError(path, f"is not a text file in the encoding {encoding} (zero character)")
    return Decoded(text, codecs.lookup(name).name)


def _decode_older(data: bytes, path: Path, language: str, offset: int) -> Decoded:
    """Return the text of *data* in the likeliest of the encodings before Unicode."""
    base = language.split("-")[0].lower()
    tried = (*_OLDER.get(base, ()), *_WESTERN)
    best: tuple[float, Decoded] | None = None
    for name in tried:
        try:
            decoded = Decoded(data.decode(name), name)
        except UnicodeDecodeError:
            continue
        score = _plausibility(decoded.text, base)
        if score >= _PLAUSIBLE and (best is None or score > best[0]):
            best = score, decoded
    if best is None:
        raise InputError(
            path,
            f"is neither UTF-8 (byte 0x{data[offset]:02x} at offset {offset}) nor readable as "
            f"{', '.join(tried)}; if it is text, name its encoding (--encoding)",
            _line(data, offset),
        )
    return best[1]


def _plausibility(text: str, language: str) -> float:
    """Return how much the characters beyond ASCII look like *language*, 1 being the best."""
    values = [_character_value(character, language) for character in text if character > "\x7f"]
    controls = sum(1 for c in text if c < " " and c not in "\t\n\r\f\v\x1a")
    return (sum(values) - 2 * controls) / len(values) if values else 0.0


def _character_value(character: str, language: str) -> float:
    """Return 1 for a usual character, down to -1 for one that hardly any text has."""
    kind = category(character)
    if kind in ("Cc", "Co", "Cn"):
        return -1.0
    if "\uff61" <= character <= "\uff9f":  # half-width kana: mostly EUC-JP read as CP932
        return -0.5
    if "\u4e00" <= character <= "\u9fff":
        return _ideograph_value(character) if language == "ja" else 0.9
    if kind[0] == "L":
        return 1.0 if kind != "Lu" else 0.8  # capitals are the minority in any cased script
    return 0.7 if kind[0] in "PZ" else 0.3


def _ideograph_value(character: str) -> float:
    """Return the value of a kanji: those of the first level of JIS X 0208 are the usual ones."""
    try:
        return 0.9 if character.encode("euc_jp")[0] < 0xD0 else 0.2
    except UnicodeEncodeError:
        return 0.0


def _is_damaged(data: bytes) -> bool:
    """Return whether *data* is mostly UTF-8 in the places where it can be told."""
    beyond = sum(byte > 0x7F for byte in data)
    return sum(len(found) for found in _MULTIBYTE.findall(data)) >= _DAMAGED * beyond


def _line(data: bytes, offset: int) -> int:
    return len(data[:offset].splitlines()) + data[:offset].endswith((b"\n", b"\r")) or 1
