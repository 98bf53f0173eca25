"""Files made to fill the memory: what each reader says of them, and how much memory it took.

``python -m benchmarks.oversized`` makes, for every reader of XML, a file of one line of 200 MB and,
for every reader of packages, one that unpacks to 400 MB; each is read in a process of its own. All
must be refused within `MOST_MEMORY`.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

import parallel_statement as ps
from parallel_statement.errors import ParallelStatementError
from parallel_statement.formats.glossary import read_glossary
from parallel_statement.formats.returned import read_returned
from parallel_statement.validation import validate_tei

MOST_MEMORY = 400
"""Megabytes."""
_PIECE = b"word " * 200_000
_TEI = b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text xml:lang="en"><body><p>'
_TMX = b'<tmx version="1.4"><header/><body><tu><tuv xml:lang="en"><seg>'
_XLIFF = b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0"><file><unit><segment><source>'
_TBX = b'<tbx type="TBX-Basic"><text><body><conceptEntry><langSec xml:lang="en">'


def _text(path: Path) -> object:
    return ps.read(path, "en")


LINES: dict[str, tuple[str, bytes, Callable[[Path], object]]] = {
    "TEI as a result": (".xml", _TEI, ps.read_tei),
    "TEI as a text": (".xml", _TEI, _text),
    "TEI to be validated": (".xml", _TEI, lambda path: validate_tei([path])),
    "HTML": (".html", b"<html><body><p>", _text),
    "TMX": (".tmx", _TMX, read_returned),
    "XLIFF": (".xlf", _XLIFF, read_returned),
    "TBX": (".tbx", _TBX, read_glossary),
}
"""Reader: the extension, how the file begins, and what reads it."""
PACKAGES: dict[str, tuple[str, str, Callable[[Path], object]]] = {
    "DOCX as a text": (".docx", "word/document.xml", _text),
    "DOCX as a table": (".docx", "word/document.xml", read_returned),
    "XLSX as a table": (".xlsx", "xl/workbook.xml", read_returned),
    "XLSX as a glossary": (".xlsx", "xl/workbook.xml", read_glossary),
}
"""Reader: the extension, the part that is large, and what reads it."""


def outcome(reader: str) -> tuple[str, int]:
    """Return what *reader* says, and the megabytes that its process took."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "large"
        if reader in LINES:
            extension, head, read = LINES[reader]
            path = path.with_suffix(extension)
            with path.open("wb") as file:
                file.writelines((head, *([_PIECE] * 200)))
        else:
            extension, part, read = PACKAGES[reader]
            path = path.with_suffix(extension)
            with ZipFile(path, "w", ZIP_DEFLATED) as package, package.open(part, "w") as file:
                for _ in range(400):
                    file.write(b" " * 2**20)
        try:
            read(path)
            said = "read"
        except ParallelStatementError as error:
            said = str(error).removeprefix(f"{path}: ")
    return said, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def main() -> int:
    failed = 0
    with get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        for reader in (*LINES, *PACKAGES):
            said, megabytes = pool.apply(outcome, (reader,))
            failed += said == "read" or megabytes > MOST_MEMORY
            print(f"{reader:<20} {megabytes:4} MB  {said}")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
