"""Damaged and hostile files for every reader: a file that is sound, changed at random.

Whatever a reader is given, it returns something or raises one of our own errors, and soon.
``benchmarks/fuzz.py`` runs thousands of these; the test suite a few hundred.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from lxml import etree

import parallel_statement as ps
from exchange_sample import sample
from parallel_statement.errors import ParallelStatementError
from parallel_statement.formats import render
from parallel_statement.formats.glossary import inspect, render_glossary
from parallel_statement.formats.returned import read_returned
from parallel_statement.validation import validate_tei
from parallel_statement.workspace import (
    Change,
    Corrections,
    Finder,
    append,
    read_baseline,
    read_corrections,
    read_metadata,
    read_waivers,
    records_of,
    write_waivers,
)
from reading_sample import pdf
from tei_sample import checked, glossary

Reader = Callable[[Path], object]

TEXT = """---
title: Statement
---
# Joint *Statement*

*January 16, 2026*

1. They met<sup>1</sup>. They [agreed](x.html).

| a | b |
| - | - |
| 1 | 2 |

- one
  - two
"""
HTML = f"""<!DOCTYPE html><html lang="en"><head><title>S</title><style>p {{}}</style></head>
<body><h1>Statement</h1><p>They <b>met</b>.<br>They &amp; we &#26085;agreed.</p>
<ol><li>One.</li><li>Two.<table><tr><td>a</td></tr></table></li></ol><pre>{TEXT}</pre></body></html>"""
METADATA = """id = "t"
title = "Statement"
date = "2026-01-16"
issuers = ["Japan", "Italy"]
[versions.en]
title = "Statement"
status = "official"
"""
TOKENS = (
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"]]>",
    b"<",
    b"&",
    b"&#0;",
    b"&#xD800;",
    b"&#x110000;",
    b"&x;",
    b"&lt;",
    b"<!--",
    b"<?xml version='9'?>",
    b"<![CDATA[",
    b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    b'<!DOCTYPE a SYSTEM "file:///etc/passwd">',
    b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;">]>',
    b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>',
    b"\\ud800",
    b'"\\ud800"',
    b"null",
    b"-1",
    b"1e999",
    b"NaN",
    b"9" * 5000,
    b"[" * 3000,
    b"{" * 3000,
    b'{"a":' * 2000,
    b"<a>" * 400,
    b"(" * 3000,
    b"'''",
    b'"""',
    b'"',
    b"\r",
    b"\r\n",
    b"\x85",
    b"\xe2\x80\xa8",
    b"\t",
    b"," * 400,
    b"%" * 300,
    b"/../../",
    b"1 0 R",
    b"2 0 R",
    b"<</Length 99999999999>>",
    b"2026-02-31",
    b"\xe0\xa4\xa8" * 50,
    b"a\xcc\x81" * 200,
    b" " * 3000,
    b"*" * 500,
    b"_" * 500,
    b"[](" * 300,
    b"=1+1",
    b"al.s.p1.s1",
    b"xml:id='t'",
    b"encoding='utf-16'",
    b"encoding='no-such'",
    b"[[a]]\n",
    b"= \n",
)
"""What parsers have stumbled over."""


@dataclass(frozen=True)
class Subject:
    """A reader, and a sound file for it."""

    name: str
    file: str
    data: bytes
    read: Reader


@cache
def subjects() -> tuple[Subject, ...]:
    """Return every reader with a sound file of every kind that it reads."""
    return tuple(_subjects())


def _subjects() -> Iterator[Subject]:
    def text(path: Path) -> object:
        return ps.segment(ps.read(path, "en"))

    yield Subject("Markdown", "t.md", TEXT.encode(), text)
    yield Subject("plain text", "t.txt", TEXT.encode("utf-16"), text)
    yield Subject("HTML", "t.html", HTML.encode(), text)
    yield Subject("PDF", "t.pdf", pdf([["They met.", "They agreed."], ["Thanks."]]), text)
    yield Subject("DOCX", "t.docx", _word(), text)
    files = render(checked(), "tei")
    version = next(name for name in files if name.endswith("-en.xml"))
    yield Subject("TEI as text", "t.xml", files[version], text)
    (flat,) = render(checked(), "tei-flat").values()
    yield Subject("TEI", "t.xml", flat, ps.read_tei)
    yield Subject("TEI, validated", "t.xml", flat, lambda path: validate_tei([path]))
    for suffix in ("csv", "xlsx", "tbx", "utx", "rdf"):
        data = render_glossary(glossary(), f"g.{suffix}")
        yield Subject(f"glossary {suffix}", f"g.{suffix}", data, inspect)
    for name in ("tsv", "csv", "xlsx", "docx", "tmx", "xliff"):
        file, data = next(iter(render(sample(), name).items()))
        yield Subject(f"feedback {name}", file, data, _feedback)
    (result,) = render(sample(), "json").values()
    yield Subject("result", "t.json", result, ps.read_result)
    yield Subject("baseline", "t.json", result, lambda path: read_baseline(path, ["t"]))
    yield Subject("metadata", "t.toml", METADATA.encode(), read_metadata)
    yield Subject("corrections", "t.corrections.jsonl", _corrections(), _locks)
    yield Subject("waivers", "t.waivers.json", _waivers(), read_waivers)


def _feedback(path: Path) -> object:
    read_returned(path)
    return ps.read_feedback(path, sample().text, sample().text.locks)


def _locks(path: Path) -> object:
    read_corrections(path)
    return ps.read_locks(path, sample().text.versions)


def _word() -> bytes:
    document = docx.Document()
    document.add_heading("Statement")
    document.add_paragraph("They met.", style="List Number").add_run("1").font.superscript = True
    document.add_table(1, 2).rows[0].cells[0].text = "cell"
    held = BytesIO()
    document.save(held)
    return held.getvalue()


def _corrections() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "t.corrections.jsonl")
        locks = records_of(sample().text.locks, Finder(sample().text.versions))
        append(path, Change("lock", locks, by="A.", date="2026-01-16"), Corrections())
        return path.read_bytes()


def _waivers() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "t.waivers.json")
        found = checked()
        waivers = [ps.waive(found, finding.id, "It is meant so.") for finding in found.findings[:2]]
        write_waivers(path, waivers)
        return path.read_bytes()


# --- damage ------------------------------------------------------------------------------


def damaged(subject: Subject, random: Random) -> bytes:
    """Return the file of *subject* with some damage; a package is often damaged inside."""
    if subject.data.startswith(b"PK") and random.random() < 0.8:
        return _damaged_package(subject.data, random)
    return _damaged(subject.data, random)


def _damaged(data: bytes, random: Random) -> bytes:
    """Return *data* with other bytes, or with other elements or values where it has such."""
    if random.random() < 0.5:
        if data.lstrip().startswith(b"<?xml"):
            return _other_elements(data, random)
        if data.startswith(b"{"):
            return b"\n".join(_other_values(line, random) for line in _objects(data))
    return _other_bytes(data, random)


def _other_elements(data: bytes, random: Random) -> bytes:
    """Return the XML *data* with elements, attributes or text in wrong places."""
    root = etree.fromstring(data)
    nodes = [node for node in root.iter() if isinstance(node.tag, str)]
    for _ in range(random.choice((1, 1, 2, 5))):
        node, other = random.choice(nodes), random.choice(nodes)
        kind = random.randrange(6)
        parent = node.getparent()
        if kind == 0 and parent is not None:
            parent.remove(node)
        elif kind == 1 and other not in node.iter() and parent is not None:
            other.append(node)
        elif kind == 2 and parent is not None:
            parent.append(etree.fromstring(etree.tostring(node, with_tail=False)))
        elif kind == 3 and node.attrib:
            name = random.choice(sorted(node.attrib))
            values = [value for each in nodes for value in each.attrib.values()]
            node.set(name, random.choice([*values, "", "-1", "9" * 40, "x y", "#", "é"]))
        elif kind == 4 and node.attrib:
            del node.attrib[random.choice(sorted(node.attrib))]
        else:
            node.text = random.choice([*(each.text for each in nodes), "", "1e999", "x" * 5000])
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _objects(data: bytes) -> list[bytes]:
    """Return the JSON texts in *data*: one, or one a line."""
    lines = data.strip().split(b"\n")
    return lines if len(lines) > 1 and lines[1].startswith(b"{") else [data]


def _other_values(data: bytes, random: Random) -> bytes:
    """Return the JSON *data* with values that do not belong there."""
    content = json.loads(data)
    places = list(_places(content))
    for _ in range(random.choice((0, 1, 1, 2))):
        holder, key = random.choice(places)
        if random.random() < 0.2:
            other_holder, other = random.choice(places)
            holder[key] = json.loads(json.dumps(other_holder[other]))
        else:
            holder[key] = random.choice(
                (None, True, -1, 10**9, 1e300, "", "x", "\ud800", [], {}, [{}])
            )
    return json.dumps(content).encode()


def _places(content: object) -> Iterator[tuple[object, object]]:
    """Yield every object and list in *content*, with each of its keys or numbers."""
    keys = content if isinstance(content, dict) else range(len(content))  # type: ignore[arg-type]
    for key in list(keys):
        yield content, key
        value = content[key]  # type: ignore[index]
        if isinstance(value, dict | list):
            yield from _places(value)


def _other_bytes(data: bytes, random: Random) -> bytes:
    held = bytearray(data)
    for _ in range(random.choice((1, 1, 1, 2, 3, 8))):
        _DAMAGES[random.randrange(len(_DAMAGES))](held, random)
    return bytes(held)


def _flip(held: bytearray, random: Random) -> None:
    if held:
        held[random.randrange(len(held))] = random.randrange(256)


def _insert(held: bytearray, random: Random) -> None:
    place = random.randrange(len(held) + 1)
    held[place:place] = random.choice(TOKENS)


def _replace(held: bytearray, random: Random) -> None:
    start, end = _stretch(held, random)
    held[start:end] = random.choice(TOKENS)


def _delete(held: bytearray, random: Random) -> None:
    start, end = _stretch(held, random)
    del held[start:end]


def _repeat(held: bytearray, random: Random) -> None:
    start, end = _stretch(held, random)
    held[end:end] = held[start:end] * random.choice((1, 2, 50))


def _move(held: bytearray, random: Random) -> None:
    start, end = _stretch(held, random)
    part = held[start:end]
    del held[start:end]
    place = random.randrange(len(held) + 1)
    held[place:place] = part


def _cut(held: bytearray, random: Random) -> None:
    del held[random.randrange(len(held) + 1) :]


def _swap_words(held: bytearray, random: Random) -> None:
    """Put one quoted value of the file in the place of another."""
    words = bytes(held).split(b'"')
    if len(words) > 3:
        words[random.randrange(len(words))] = random.choice(words)
        held[:] = b'"'.join(words)


_DAMAGES = (_flip, _insert, _insert, _replace, _delete, _repeat, _move, _cut, _swap_words)


def _stretch(held: bytearray, random: Random) -> tuple[int, int]:
    start = random.randrange(len(held) + 1)
    return start, min(len(held), start + random.choice((1, 3, 10, 40, 200)))


def _damaged_package(data: bytes, random: Random) -> bytes:
    with ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = random.choice(sorted(parts))
    if random.random() < 0.1:
        del parts[name]
    elif random.random() < 0.05:
        parts[name] = b" " * 30_000_000  # packed to a thousandth
    else:
        parts[name] = _damaged(parts[name], random)
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return held.getvalue()


# --- runs --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Trial:
    """One file, and what a reader made of it."""

    number: int
    subject: Subject
    data: bytes
    refused: str
    """The message, if it was not read."""


def attempt(number: int, seed: int, folder: Path) -> Trial:
    """Return what becomes of the file *number*; an error that is not ours is passed on."""
    random = Random(f"{seed}.{number}")
    subject = subjects()[number % len(subjects())]
    data = damaged(subject, random)
    path = folder / subject.file
    path.write_bytes(data)
    try:
        subject.read(path)
    except ParallelStatementError as error:
        return Trial(number, subject, data, str(error))
    return Trial(number, subject, data, "")
