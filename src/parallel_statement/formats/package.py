"""Zip packages of XML parts (DOCX, XLSX), opened with the distrust that a stranger's file deserves.

Sizes are checked in the archive's directory before anything is unpacked, and tags are counted
before anything is parsed; a part with a document type, so with entities, is refused unread.
"""

from __future__ import annotations

import lzma
import posixpath
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, Literal, NamedTuple
from zipfile import BadZipFile, ZipFile, ZipInfo

from lxml import etree

from parallel_statement.errors import InputError
from parallel_statement.formats.xml import MOST_TAGS

MAX_UNPACKED = 200 * 2**20
"""Bytes that all parts of a package may have together."""
MAX_PART = 64 * 2**20
"""Bytes that a part which is read may have."""
MAX_RATIO = 200
"""How many times smaller a part over `RATIO_FROM` bytes may be when packed."""
RATIO_FROM = 2**20
MAX_TAGS = 6_000_000
"""Tags that the parts which are read may have together; one that is read whole has `MOST_TAGS`."""

Kind = Literal["DOCX", "XLSX"]
_BEFORE: dict[Kind, str] = {"DOCX": ".doc", "XLSX": ".xls"}
"""Kind of package: the extension of what it was before there were packages."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Relation(NamedTuple):
    """A part that another one refers to."""

    id: str
    kind: str
    """The last word of its type."""
    target: str
    """Its name."""


class Package:
    """The parts of an Office package, by name."""

    def __init__(self, data: bytes, path: Path, kind: Kind) -> None:
        self._path = path
        self._kind = kind
        self._tags = 0
        """Of the parts that were read."""
        if data.startswith(_OLE):
            old = f"is an old {_BEFORE[kind]} file or is encrypted"
            raise InputError(path, f"{old}; save it as .{kind.lower()} without a password")
        try:
            self._zip = ZipFile(BytesIO(data))
            self._infos = {info.filename: info for info in self._zip.infolist()}
        except (BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise InputError(path, f"is no {kind} file, or a broken one ({error})") from None
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
        for each in self.relations(name):
            found.setdefault(each.kind, each.target)
        return found

    def relations(self, name: str) -> list[Relation]:
        """Return what the part *name* refers to inside the package."""
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
            found.append(Relation(element.get("Id") or "", kind, target.lstrip("/")))
        return found

    def xml(self, name: str) -> Any:
        """Return the root element of the part *name*.

        Raises:
            InputError: the part is missing, broken, too large, or has a document type.
        """
        data = self._read(name, MOST_TAGS)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise self._broken(name, error.msg) from None

    def elements(self, name: str, tag: str) -> Iterator[etree._Element]:
        """Yield the elements called *tag* in the part *name*, and forget each one afterwards.

        Raises:
            InputError: as `xml` does.
        """
        found = etree.iterparse(
            BytesIO(self._read(name, MAX_TAGS)),
            tag=tag,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
        )
        try:
            for _, element in found:
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        except etree.XMLSyntaxError as error:
            raise self._broken(name, error.msg) from None

    def _broken(self, name: str, reason: object) -> InputError:
        return InputError(self._path, f"is broken: part {name}: {reason}")

    def _read(self, name: str, most_tags: int) -> bytes:
        """Return the bytes of the part *name*, which has *most_tags* at most."""
        data = self._unpacked(name)
        if b"<!DOCTYPE" in data.replace(b"\0", b""):
            raise InputError(
                self._path, f"part {name} has a document type (DTD), which is not read"
            )
        tags = data.count(b"<")
        most = min(most_tags, MAX_TAGS - self._tags)
        if tags > most:
            message = f"part {name} has {tags:,} tags, and at most {most:,} are read; divide it"
            raise InputError(self._path, message)
        self._tags += tags
        return data

    def _unpacked(self, name: str) -> bytes:
        info = self._info(name)
        if info.flag_bits & 1:
            raise InputError(self._path, "is encrypted; save it without a password")
        if info.file_size > MAX_PART:
            message = f"part {name} is larger than {MAX_PART >> 20} MiB; divide it"
            raise InputError(self._path, message)
        try:
            with self._zip.open(info) as part:
                return part.read(MAX_PART)  # `ZipFile.read` believes what the archive says of it
        except (
            BadZipFile,
            EOFError,
            NotImplementedError,
            OSError,
            ValueError,
            lzma.LZMAError,
            zlib.error,
        ) as error:
            raise self._broken(name, error) from None

    def _info(self, name: str) -> ZipInfo:
        if name not in self._infos:
            message = f"is no complete {self._kind} file: it has no part {name}"
            raise InputError(self._path, message)
        return self._infos[name]
