"""Zip containers (XLSX, DOCX, EPUB): the same bytes in every run."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip file can name."""
_PLAIN_FILE = 0o600 << 16


def pack_parts(parts: Mapping[str, bytes], stored: Collection[str] = ()) -> bytes:
    """Return a zip file of *parts*, in their order.

    Args:
        parts: Names and contents.
        stored: Names of the parts that must not be compressed.
    """
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = ZipInfo(name, _TIME)
            info.compress_type = ZIP_STORED if name in stored else ZIP_DEFLATED
            info.external_attr = _PLAIN_FILE
            archive.writestr(info, content)
    return packed.getvalue()
