"""Reading for tests: small DOCX and PDF files from raw parts, and what was read of a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from hypothesis import strategies as st

from parallel_statement import InputError
from parallel_statement.formats.context import ReadContext
from parallel_statement.formats.docx import read as read_docx
from parallel_statement.formats.html import read as read_html
from parallel_statement.formats.markdown import read as read_markdown
from parallel_statement.formats.pdf import read as read_pdf
from parallel_statement.formats.plain import read as read_plain
from parallel_statement.languages import get
from parallel_statement.model import Document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def zip_of(parts: Mapping[str, bytes]) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()


def docx(
    body: str,
    *,
    numbering: str = "",
    styles: str = "",
    doctype: str = "",
    namespace: str = W,
    apart: Sequence[tuple[str, str]] = (),
) -> bytes:
    """Return a DOCX file with the WordprocessingML *body* (prefix w), and parts *apart* from it."""

    def part(name: str, content: str) -> bytes:
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        spaces = (
            f'xmlns:w="{namespace}" '
            'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        )
        return f"{head}{doctype}<w:{name} {spaces}>{content}</w:{name}>".encode()

    def relations(*targets: tuple[str, str]) -> bytes:
        items = "".join(
            f'<Relationship Id="r{n}" Type="{_TYPES}/{kind}" Target="{target}"/>'
            for n, (kind, target) in enumerate(targets)
        )
        return f'<Relationships xmlns="{_PACKAGE}">{items}</Relationships>'.encode()

    return zip_of(
        {
            "_rels/.rels": relations(("officeDocument", "word/document.xml")),
            "word/_rels/document.xml.rels": relations(
                ("numbering", "numbering.xml"),
                ("styles", "styles.xml"),
                ("footer", "absent.xml"),
                *((kind, f"apart{n}.xml") for n, (kind, _) in enumerate(apart)),
            ),
            "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
            "word/numbering.xml": part("numbering", numbering),
            "word/styles.xml": part("styles", styles),
            **{f"word/apart{n}.xml": part(kind, text) for n, (kind, text) in enumerate(apart)},
        }
    )


def pdf(pages: Sequence[Sequence[str]], *, trailer: str = "") -> bytes:
    """Return a PDF file with *pages* of lines; its font shows any character of the BMP."""
    used = sorted({character for lines in pages for line in lines for character in line}) or ["a"]
    codes = "".join(f"<{ord(character):04x}> <{ord(character):04x}>\n" for character in used)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(used)} beginbfchar\n{codes}endbfchar\nendcmap end end"
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type0 /BaseFont /Any /Encoding /Identity-H "
        "/DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Any /DW 1000 "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        _stream(cmap),
    ]
    kids = []
    for lines in pages:
        shown = [f"<{line.encode('utf-16-be').hex()}> Tj T*" for line in lines]
        content = "\n".join(["BT /F1 10 Tf 14 TL 50 780 Td", *shown, "ET"])
        objects.append(_stream(content if lines else ""))
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {len(objects)} 0 R >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    data = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    start = len(data)
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    return data + (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {size} /Root 1 0 R {trailer}>>\nstartxref\n{start}\n%%EOF\n"
    ).encode("latin-1")


def _stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def par(content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


# --- what was read ---

READERS = {
    "docx": read_docx,
    "html": read_html,
    "md": read_markdown,
    "pdf": read_pdf,
    "txt": read_plain,
}


def document(source: str | bytes, extension: str, language: str = "en", **context: str) -> Document:
    data = source.encode() if isinstance(source, str) else source
    path = Path(f"sample.{extension}")
    known = ReadContext(path, get(language), language, "sample", path.name, **context)
    return READERS[extension](data, known)


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.view(block.span).text) for block in document.blocks]


def texts(document: Document) -> list[str]:
    return [text for _, text in blocks(document)]


def marks(document: Document) -> list[tuple[str, str]]:
    return [
        (mark.kind, document.view(mark.span).text) for mark in document.marks if mark.kind != "pb"
    ]


def pages(document: Document) -> list[tuple[str, str]]:
    """The number of each page, and the characters of the break before it."""
    return [
        (mark.attributes["n"], document.text[mark.span.start : mark.span.end])
        for mark in document.marks
        if mark.kind == "pb"
    ]


def account(document: Document) -> None:
    """Every character is content of one block, or layout: never both, never neither."""
    owners = ["" for _ in document.text]
    for one in document.layout:
        assert one.span.start < one.span.end
        for place in range(*one.span):
            assert not owners[place], f"two layouts at {place}"
            owners[place] = one.reason
    inside: set[int] = set()
    for block in document.blocks:
        places = range(*block.span)
        assert not inside & set(places), "blocks overlap"
        inside |= set(places)
        shown = document.view(block.span).text
        assert shown.strip(), "empty block"
        assert shown == shown.strip()
    for place, owner in enumerate(owners):
        assert owner or place in inside, f"nobody accounts for {document.text[place]!r} at {place}"
    content = sum(place in inside and not owner for place, owner in enumerate(owners))
    layout = sum(one.span.end - one.span.start for one in document.layout)
    assert content + layout == len(document.text)
    assert list(document.layout) == sorted(document.layout, key=lambda one: one.span)
    assert list(document.blocks) == sorted(document.blocks, key=lambda block: block.span)
    for mark in document.marks:
        assert 0 <= mark.span.start <= mark.span.end <= len(document.text)
        if mark.kind != "pb":
            assert any(
                block.span.start <= mark.span.start and mark.span.end <= block.span.end
                for block in document.blocks
            )


def squeezed(text: str) -> str:
    return "".join(text.split())


def read_or_refuse(source: str | bytes, extension: str, language: str = "en") -> Document | None:
    try:
        return document(source, extension, language, encoding="utf-8")
    except InputError as error:
        assert str(error).startswith(f"sample.{extension}")
        return None


def is_control(character: str) -> bool:
    code = ord(character)
    return (
        code < 32
        or 127 <= code < 160
        or 0xFDD0 <= code <= 0xFDEF
        or code in (0xFEFF, 0xFFFE, 0xFFFF)
    )


WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"], exclude_characters="<>&"),
    max_size=12,
)
