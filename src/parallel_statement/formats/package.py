"""Zip packages of XML parts (DOCX), opened with the distrust that a stranger's file deserves.

Sizes are checked in the archive's directory before anything is unpacked, and again while
unpacking; a part with a document type, so with entities, is refused unread.
"""

from __future__ import annotations

import lzma
import posixpath
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from parallel_statement.errors import InputError

MAX_UNPACKED = 200 * 2**20
"""Bytes that all parts of a package may have together."""
MAX_PART = 64 * 2**20
"""Bytes that a part which is read may have."""
MAX_RATIO = 200
"""How many times smaller a part over `RATIO_FROM` bytes may be when packed."""
RATIO_FROM = 2**20

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Package:
    """The parts of an Office package, by name."""

    def __init__(self, data: bytes, path: Path) -> None:
        self._path = path
        if data.startswith(_OLE):
            raise InputError(
                path, "is an old .doc file or is encrypted; save it as .docx without a password"
            )
        try:
            self._zip = ZipFile(BytesIO(data))
            self._infos = {info.filename: info for info in self._zip.infolist()}
        except (BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise InputError(path, f"is not a DOCX file, or a broken one ({error})") from None
        self._refuse_bombs()

    def _refuse_bombs(self) -> None:
        total = sum(info.file_size for info in self._zip.infolist())
        if total > MAX_UNPACKED:
            raise InputError(
                self._path,
                f"would unpack to {total // 2**20} MB; at most {MAX_UNPACKED // 2**20} MB are read",
            )
        for info in self._zip.infolist():
            if info.file_size > max(RATIO_FROM, MAX_RATIO * info.compress_size):
                raise InputError(
                    self._path,
                    f"part {info.filename} is packed more than {MAX_RATIO} times smaller than it "
                    "is; such a file is not read",
                )

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def related(self, name: str) -> dict[str, str]:
        """Return the first part of each type that the part *name* refers to."""
        found: dict[str, str] = {}
        for kind, target in self.relations(name):
            found.setdefault(kind, target)
        return found

    def relations(self, name: str) -> list[tuple[str, str]]:
        """Return the parts that the part *name* refers to, each after the last word of its type."""
        folder, base = posixpath.split(name)
        relations = posixpath.join(folder, "_rels", f"{base}.rels")
        if relations not in self:
            return []
        found = []
        for element in self.xml(relations).iter(_RELATIONSHIP):
            if element.get("TargetMode") == "External":
                continue
            kind = (element.get("Type") or "").rsplit("/", 1)[-1]
            target = posixpath.normpath(posixpath.join("/", folder, element.get("Target") or ""))
            found.append((kind, target.lstrip("/")))
        return found

    def xml(self, name: str) -> Any:
        """Return the root element of the part *name*.

        Raises:
            InputError: the part is missing, broken, too large, or has a document type.
        """
        from lxml import etree

        data = self._read(self._info(name))
        if b"<!DOCTYPE" in data.replace(b"\0", b""):
            raise InputError(
                self._path, f"part {name} has a document type (DTD), which is not read"
            )
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise InputError(self._path, f"is broken: part {name}: {error.msg}") from None

    def _info(self, name: str) -> ZipInfo:
        if name not in self._infos:
            raise InputError(self._path, f"is not a complete DOCX file: it has no part {name}")
        return self._infos[name]

    def _read(self, info: ZipInfo) -> bytes:
        if info.flag_bits & 1:
            raise InputError(self._path, "is encrypted; save it without a password")
        try:
            with self._zip.open(info) as part:
                data = part.read(MAX_PART + 1)
        except (
            BadZipFile,
            EOFError,
            NotImplementedError,
            OSError,
            ValueError,
            lzma.LZMAError,
            zlib.error,
        ) as error:
            raise InputError(self._path, f"is broken: part {info.filename}: {error}") from None
        if len(data) > MAX_PART:
            message = f"part {info.filename} is larger than {MAX_PART >> 20} MiB; divide it"
            raise InputError(self._path, message)
        return data
