"""TEI of any make, taken apart: its texts by language, and which ids it links with each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import cast

from lxml import etree

from parallel_statement import languages
from parallel_statement.errors import InputError, UnknownNameError
from parallel_statement.formats.context import ReadContext
from parallel_statement.formats.controls import CONTROLS
from parallel_statement.formats.tei.markup import TEI
from parallel_statement.formats.tei.profile import File
from parallel_statement.formats.tei.publication import NOT_STATED
from parallel_statement.formats.tei.sources import TeiSet, TeiText
from parallel_statement.formats.tei.transcript import Transcript
from parallel_statement.formats.xml import ID, LANGUAGE, text_of
from parallel_statement.model import (
    Document,
    LanguageTag,
    Layout,
    Mark,
    Metadata,
    Source,
    Span,
    VersionMetadata,
)

Address = tuple[str, str]
"""A file's name and an id in it."""


@dataclass(frozen=True, slots=True)
class Pointing:
    """Things that are said to correspond."""

    targets: tuple[Address, ...]
    cert: str = ""
    by_hand: bool = False
    id: str = ""
    domains: tuple[Address, ...] = ()
    """The bodies of the texts that it is about, of which some may have no target."""
    nway: bool = False
    """Whether it is called one of all texts."""


def texts_by_language(files: TeiSet) -> dict[LanguageTag, tuple[TeiText, list[etree._Element]]]:
    """Return for each language the text and those of its elements that are in it.

    A language has a ``TEI``, a ``text`` in a ``group``, or some of the ``div`` of a body.

    Raises:
        InputError: a text does not say its language, or says the same as another.
    """
    found: dict[LanguageTag, tuple[TeiText, list[etree._Element]]] = {}
    for text in files.texts:
        for tag, elements in _parts(text).items():
            if tag in found:
                message = f"a second text in {tag}, beside {found[tag][0].path}; give one of them"
                raise InputError(text.path, message)
            found[tag] = (text, elements)
    return found


def _parts(text: TeiText) -> dict[LanguageTag, list[etree._Element]]:
    whole = text.root.find(f"{{{TEI}}}text")
    if whole is None:
        raise InputError(text.path, "has no text element, so nothing to align")
    grouped = list(whole.iterfind(f"{{{TEI}}}group/{{{TEI}}}text"))
    sections = list(whole.iterfind(f"{{{TEI}}}body/{{{TEI}}}div"))
    for parts in (grouped, sections):
        if len({part.get(LANGUAGE) for part in parts} - {None}) > 1:
            found: dict[LanguageTag, list[etree._Element]] = {}
            for part in parts:
                found.setdefault(_language(text, part), []).append(part)
            return found
    return {_language(text, whole): [whole]}


def _language(text: TeiText, node: etree._Element) -> LanguageTag:
    """Return the language of *node*: its own, that of what it stands in, or the header's only."""
    stated = [each.get(LANGUAGE) for each in (node, *node.iterancestors())]
    body = node.find(f"{{{TEI}}}body")
    stated.insert(1, None if body is None else body.get(LANGUAGE))
    used = [each.get("ident") for each in text.root.iter(f"{{{TEI}}}language")]
    tag = next(filter(None, [*stated, *(used if len(used) == 1 else [])]), None)
    if tag is None:
        message = 'does not say in which language it is; add xml:lang="…" to its text element'
        raise InputError(text.path, message, cast("int | None", node.sourceline))
    try:
        return languages.standard_tag(tag)
    except UnknownNameError as error:
        line = cast("int | None", node.sourceline)
        raise InputError(text.path, str(error), line) from None


def document_of(transcript: Transcript, context: ReadContext, source: Source) -> Document:
    """Return the document that *transcript* makes.

    Raises:
        InputError: it has no words.
    """
    if not transcript.blocks:
        raise InputError(context.path, "holds no text: its elements have no words")
    text = transcript.text
    controls = [Layout(Span(*m.span()), "control character") for m in CONTROLS.finditer(text)]
    layout = sorted([*transcript.layout, *controls], key=lambda layout: layout.span)
    return Document(
        context.id,
        context.tag,
        text,
        tuple(transcript.blocks),
        tuple(sorted(_joined(sorted(transcript.marks, key=_place)), key=_place)),
        tuple(_disjoint(layout)),
        source,
        transcript.omissions,
    )


def _place(mark: Mark) -> Span:
    return mark.span


def _joined(marks: Iterable[Mark]) -> Iterator[Mark]:
    """Yield *marks*, those of one kind that touch as one: a ``hi`` is cut where a term ends."""
    last: dict[str, Mark] = {}
    for mark in marks:
        before = last.get(mark.kind)
        if before is not None and before.span.end == mark.span.start < mark.span.end:
            last[mark.kind] = replace(before, span=Span(before.span.start, mark.span.end))
        else:
            yield from [] if before is None else [before]
            last[mark.kind] = mark
    yield from last.values()


def _disjoint(layouts: list[Layout]) -> Iterator[Layout]:
    position = 0
    for layout in layouts:
        if layout.span.start >= position:
            yield layout
            position = layout.span.end


# --- what corresponds --------------------------------------------------------------------


def pointings(files: TeiSet) -> Iterator[Pointing]:
    """Yield what *files* say to correspond: ``link`` and, on any element, ``corresp``.

    ``corresp`` is left aside if there are links; ``moved`` passages are no correspondence. A
    ``span`` of an unaligned unit, which corresponds to nothing, is yielded with the links.
    """
    roots = {id(text.root): text for text in files.texts}
    if files.corpus is not None:
        roots = {id(files.corpus.root): files.corpus} | {
            key: text for key, text in roots.items() if text.path != files.corpus.path
        }
    links = [found for text in roots.values() for found in _links(text.file, text.root)]
    if any(len(each.targets) > 1 or len(each.domains) > 1 for each in links):
        yield from links
        return
    for text in roots.values():
        for node in text.root.iter(etree.Element):
            identity, pointers = node.get(ID), node.get("corresp")
            inside = next(node.iterancestors(f"{{{TEI}}}text"), None)
            if identity and pointers and inside is not None:
                for target in addresses(text.file, pointers):
                    yield Pointing(((text.file.name, identity), target))


def _links(file: File, root: etree._Element) -> Iterator[Pointing]:
    for node in root.iter(f"{{{TEI}}}link", f"{{{TEI}}}span"):
        group = node.getparent()
        kind = "" if group is None else group.get("type", "")
        alone = node.tag != f"{{{TEI}}}link"
        if kind == "moved" or (alone and kind != "unaligned"):
            continue
        domains = "" if group is None else group.get("corresp" if alone else "domains", "")
        yield Pointing(
            addresses(file, node.get("target", "")),
            node.get("cert", ""),
            (node.get("ana") or "").endswith(".st.man"),
            node.get(ID, ""),
            addresses(file, domains),
            group is not None and group.get("subtype", "").endswith("-nway"),
        )


def addresses(file: File, pointers: str) -> tuple[Address, ...]:
    """Return what *pointers* in *file* lead to."""
    return tuple(map(file.places.__getitem__, pointers.split()))


# --- what is known of it -----------------------------------------------------------------


def metadata_of(files: TeiSet, tags: dict[LanguageTag, TeiText]) -> Metadata:
    """Return what the headers say in the elements that every TEI file has."""
    first = files.corpus or files.texts[0]
    facts = _facts(first)
    versions = {tag: _facts(text) for tag, text in tags.items() if text.root is not first.root}
    return replace(
        Metadata(
            title=facts.title,
            publisher=facts.publisher,
            licence=facts.licence,
            licence_url=facts.licence_url,
        ),
        versions={tag: own for tag, own in versions.items() if own.title},
    )


def _facts(text: TeiText) -> VersionMetadata:
    header = text.root.find(f"{{{TEI}}}teiHeader/{{{TEI}}}fileDesc")

    def said(path: str) -> tuple[str, str]:
        place = "/".join(f"{{{TEI}}}{name}" for name in path.split("/"))
        node = None if header is None else header.find(place)
        if node is None:
            return "", ""
        words = " ".join(text_of(node).split())
        return ("" if words == NOT_STATED else words), node.get("target", "")

    title, _ = said("titleStmt/title")
    publisher, _ = said("publicationStmt/publisher")
    licence, address = said("publicationStmt/availability/licence")
    return VersionMetadata(title, publisher=publisher, licence=licence, licence_url=address)
