"""Files made into a package: checksums, and the form of a bag.

See RFC 8493, "The BagIt File Packaging Format (V1.0)", sections 2.1 and 2.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

MANIFEST = "manifest-sha256.txt"
_DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def with_manifest(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return *files* and a manifest of them, which ``sha256sum -c`` reads."""
    return {**files, MANIFEST: manifest(files)}


def bag(files: Mapping[str, bytes], facts: Mapping[str, str]) -> dict[str, bytes]:
    """Return *files* as the payload of a bag, with *facts* in its ``bag-info.txt``."""
    payload = {f"data/{name}": data for name, data in files.items()}
    size = sum(map(len, files.values()))
    told = {**facts, "Payload-Oxum": f"{size}.{len(files)}"}
    lines = (f"{name}: {' '.join(words.split())}\n" for name, words in told.items() if words)
    tags = {
        "bagit.txt": _DECLARATION,
        "bag-info.txt": "".join(lines).encode(),
        MANIFEST: manifest(payload),
    }
    return {**tags, f"tag{MANIFEST}": manifest(tags), **payload}


def manifest(files: Mapping[str, bytes]) -> bytes:
    """Return the SHA-256 of each of *files*, a line each, sorted by name."""
    return "".join(
        f"{sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items())
    ).encode()
