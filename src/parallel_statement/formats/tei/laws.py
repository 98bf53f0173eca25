"""What must hold of our files beyond the schema: ids, pointers, and the alignment's laws."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from parallel_statement.formats.tei.alignment_laws import alignment_violations
from parallel_statement.formats.tei.content_laws import content_violations
from parallel_statement.formats.tei.markup import TEI
from parallel_statement.formats.tei.profile import (
    File,
    Violation,
    parse,
    resolve,
    schema_violations,
)
from parallel_statement.formats.tei.record import NotARecordError
from parallel_statement.formats.tei.sealing import find_record
from parallel_statement.formats.xml import ID, text_of

_FETCH = "put it there, or remove the xi:include"
_NEW_RECORD = "remove xenoData, or write the file again"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_STRING_RANGE = re.compile(r"string-range\(([^,()]+),(\d+),(\d+)\)")


def violations(files: Mapping[str, bytes]) -> tuple[Violation, ...]:
    """Return where *files* break the schema or a law, file by file; names are relative paths.

    A corpus file and the files it includes are looked at together, as one set of ids.
    """
    found: list[Violation] = []
    parsed: dict[str, File] = {}
    for name, data in sorted(files.items()):
        result = parse(name, data)
        if isinstance(result, File):
            parsed[name] = result
            found.extend(schema_violations(result))
        else:
            found.append(result)
    for file in parsed.values():
        for text in (file, *_parts(file)):
            found.extend(_outdated_record(file, text.root))
    for name, file in parsed.items():
        if file.includes or not any(name in _included(other) for other in parsed.values()):
            found.extend(_together(file, parsed))
    return tuple(found)


def _included(file: File) -> list[str]:
    return [resolve(file.name, include.get("href", "")) for include in file.includes]


def _together(first: File, parsed: Mapping[str, File]) -> Iterator[Violation]:
    """Yield the violations of a corpus, or of a file that belongs to none."""
    members = [first]
    for include in first.includes:
        name = resolve(first.name, include.get("href", ""))
        if name in parsed:
            members.append(parsed[name])
        else:
            yield first.fault(
                include, f"includes {name}, which is missing or cannot be read", _FETCH
            )
    found: list[Violation] = []
    nodes = _ids(members, found)
    yield from found
    for member in members:
        yield from _dangling(member, nodes, parsed)
    yield from content_violations(members, nodes)
    texts = [*_parts(first), *members[1:]]
    if texts:
        yield from alignment_violations(first, texts)


def _parts(corpus: File) -> Iterator[File]:
    """Yield the texts inside *corpus*, each as a file of its own."""
    for text in corpus.root.iterchildren(f"{{{TEI}}}TEI"):
        yield File(corpus.name, text, text.get(ID, ""))


def _outdated_record(file: File, root: etree._Element) -> Iterator[Violation]:
    """Yield that the elements were changed for which the record in a header was written."""
    try:
        record = find_record(root)
    except NotARecordError as error:
        yield file.fault(root, str(error), _NEW_RECORD)
        return
    if record is not None and not record.intact:
        message = (
            "the elements are not those for which the record in xenoData was written, so they are"
            " read instead of it"
        )
        yield file.fault(root, message, _NEW_RECORD)


Key = tuple[str, str]
"""A file's name and an id in it."""


def _ids(members: list[File], found: list[Violation]) -> dict[Key, etree._Element]:
    """Return the elements by file and id; an id that occurs twice is added to *found*."""
    seen: dict[str, str] = {}
    nodes: dict[Key, etree._Element] = {}
    for file in members:
        for identity, node in file.identified:
            if identity in seen:
                message = f"id {identity!r} occurs also in {seen[identity]}"
                found.append(file.fault(node, message, "give one of them another"))
            seen[identity] = file.name
            nodes[file.name, identity] = node
    return nodes


def _dangling(
    file: File, nodes: Mapping[Key, etree._Element], parsed: Mapping[str, File]
) -> Iterator[Violation]:
    """Yield the pointers that lead nowhere."""
    places = file.places
    for name, values in file.pointing.items():
        for value, pointing in values.items():
            for pointer in value.split():
                if places[pointer] in nodes:
                    continue
                reason = _fault_of(file, pointer, nodes, parsed)
                if reason is not None:
                    said = f"{name}={pointer!r}: {reason}"
                    yield from (file.fault(node, said, "correct the pointer") for node in pointing)


def _fault_of(
    file: File, pointer: str, nodes: Mapping[Key, etree._Element], parsed: Mapping[str, File]
) -> str | None:
    """Return why *pointer* leads nowhere, or None; addresses elsewhere are not looked at."""
    path, identity = file.places[pointer]
    if not identity or _SCHEME.match(pointer):
        return None
    if path not in parsed:
        return f"there is no file {path} here"
    place = _STRING_RANGE.fullmatch(identity)
    node = nodes.get((path, place[1] if place else identity))
    if node is None:
        return f"there is no id {place[1] if place else identity!r} in {path}"
    if place:
        length = len(text_of(node))
        if int(place[2]) + int(place[3]) > length:
            return f"the element has only {length} characters"
    return None
