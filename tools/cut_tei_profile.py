"""Cut the TEI profile that this project writes out of the full TEI schema.

Run it from the root of the repository::

    python tools/cut_tei_profile.py

In ``src/parallel_statement/formats/schemas`` it reads ``tei_all.rng.xz`` (TEI P5 4.3.0, every
module) and rewrites ``parallel-statement.rng`` and
``parallel-statement.odd``. Nothing is edited by hand:
an element outside `ELEMENTS` becomes notAllowed, and the grammar is simplified by the rules of
RELAX NG (section 4.20 of its specification) until nothing changes. So a document that uses only
these elements is valid against the profile exactly if it is valid against the full schema; the
profile compiles in milliseconds, the full schema in seconds.
"""

from __future__ import annotations

import lzma
from pathlib import Path

from lxml import etree

ROOT = Path(__file__).resolve().parent.parent
FULL = ROOT / "src/parallel_statement/formats/schemas/tei_all.rng.xz"
PROFILE = ROOT / "src/parallel_statement/formats/schemas/parallel-statement.rng"

ODD = PROFILE.with_suffix(".odd")

RNG = "{http://relaxng.org/ns/structure/1.0}"

_MODULES = {
    "header": """
        appInfo application authority availability catDesc catRef category change citeData
        citeStructure classCode classDecl correction creation distributor edition editionStmt
        editorialDecl encodingDesc extent fileDesc hyphenation idno interpretation keywords
        langUsage language licence listPrefixDef namespace normalization notesStmt prefixDef
        profileDesc projectDesc publicationStmt punctuation quotation refsDecl rendition
        revisionDesc segmentation seriesStmt sourceDesc tagUsage tagsDecl taxonomy teiHeader
        textClass titleStmt xenoData
    """,
    "textstructure": "TEI body closer dateline div opener salute signed text",
    "core": """
        abbr add author bibl choice corr date del desc editor expan foreign gap gloss head hi item
        label lb list measure name note orig p pb ptr pubPlace publisher q ref reg resp respStmt rs
        sic teiCorpus term title unclear
    """,
    "corpus": "particDesc",
    "linking": "annotation link linkGrp listAnnotation seg standOff",
    "analysis": "s span spanGrp",
    "namesdates": """
        forename listOrg listPerson listPlace org orgName persName person place placeName roleName
        surname
    """,
    "gaiji": "g",
    "transcr": "supplied",
}
MODULES = {module: tuple(names.split()) for module, names in _MODULES.items()}
"""Module of TEI: its elements in the profile."""
ELEMENTS = frozenset(name for names in MODULES.values() for name in names)
"""What the writer may produce, and what an editor may add by hand to such files."""
_FOR_EDITORS = """
    abbr add authority catRef choice citeData classCode corr del distributor editor expan
    foreign forename gap gloss item lb list listOrg listPerson listPlace listPrefixDef
    namespace org orig particDesc persName person place prefixDef projectDesc pubPlace
    punctuation q reg roleName rs salute sic signed supplied surname tagUsage unclear
"""
FOR_EDITORS = frozenset(_FOR_EDITORS.split())
"""What the writer does not produce."""

NOTICE = """
A profile of TEI P5, cut from tei_all.rng (version 4.3.0, 31 August 2021, revision b4f72b1ff) by
tools/cut_tei_profile.py: elements that parallel-statement does not use were made notAllowed, the
grammar was simplified, documentation and Schematron rules were left out.

Copyright TEI Consortium. TEI material is available under both the Creative Commons Attribution
3.0 licence and the BSD 2-Clause licence; the latter is used here. Its text: NOTICE.txt.
"""

ODD_TEXT = """
<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en">
 <teiHeader>
  <fileDesc>
   <titleStmt>
    <title>parallel-statement: a profile of TEI P5 for texts published in several languages</title>
   </titleStmt>
   <publicationStmt>
    <publisher>the parallel-statement contributors</publisher>
    <availability>
     <licence target="https://www.apache.org/licenses/LICENSE-2.0">Apache License 2.0</licence>
    </availability>
   </publicationStmt>
   <sourceDesc>
    <p>Made by tools/cut_tei_profile.py, together with parallel-statement.rng.</p>
   </sourceDesc>
  </fileDesc>
 </teiHeader>
 <text>
  <body>
   <head>A profile of TEI P5</head>
   <p>A statement in several languages is a teiCorpus, with the alignment and the findings of the
    checks in its standOff, and a TEI for each language: included by XInclude, or inside. A text is
    cut into head, dateline and p, and these into s. What every element means here is told in the
    editorialDecl of each file and, at length, in docs/tei.md.</p>
   <p>Nothing is changed but the number of elements: every element has the content and the
    attributes of TEI P5, version 4.3.0, and nothing is added.</p>
   <schemaSpec ident="parallel-statement" start="TEI teiCorpus" source="tei:4.3.0">
    {references}
    <elementRef key="teiCorpus"/>
    <classRef key="att.global.facs"/>
    <classRef key="att.global.change"/>
   </schemaSpec>
  </body>
 </text>
</TEI>
"""

_ANY_NUMBER = ("zeroOrMore", "optional")
_SEQUENCES = ("group", "interleave")


def main() -> None:
    """Read the full schema and write the profile."""
    grammar = etree.fromstring(lzma.decompress(FULL.read_bytes()))
    PROFILE.write_bytes(cut(grammar))
    ODD.write_bytes(odd())


def odd() -> bytes:
    """Return the profile as TEI describes customisations: which elements of which module."""
    references = []
    for module, names in MODULES.items():
        inside = " ".join(sorted(set(names) - {"teiCorpus"}, key=str.lower))
        references.append(f'<moduleRef key="{module}" include="{inside}"/>')
    words = ODD_TEXT.replace("{references}", "\n    ".join(['<moduleRef key="tei"/>', *references]))
    return words.lstrip().encode()


def cut(grammar: etree._Element) -> bytes:
    """Return *grammar* reduced to `ELEMENTS`, as bytes."""
    strip_annotations(grammar)
    remove_dead(grammar, find_dead(grammar))
    while simplify(grammar):
        pass
    remove_unreachable(grammar)
    etree.cleanup_namespaces(grammar)
    etree.indent(grammar, " ")
    grammar.insert(0, etree.Comment(NOTICE))
    grammar[0].tail = "\n "
    return bytes(etree.tostring(grammar, xml_declaration=True, encoding="UTF-8")) + b"\n"


def strip_annotations(grammar: etree._Element) -> None:
    """Remove comments and everything in other namespaces (documentation, Schematron)."""
    for node in list(grammar.iter()):
        parent = node.getparent()
        foreign = not isinstance(node.tag, str) or not node.tag.startswith(RNG)
        if parent is not None and foreign:
            parent.remove(node)
            continue
        for name in [name for name in node.attrib if name.startswith("{")]:
            del node.attrib[name]
        if local(node) not in ("value", "param", "name"):
            node.text = None
        node.tail = None


def local(node: etree._Element) -> str:
    """Return the name of *node* without its namespace."""
    return node.tag.removeprefix(RNG)


def find_dead(grammar: etree._Element) -> frozenset[str]:
    """Return the names of the definitions that can match nothing."""
    dead: frozenset[str] = frozenset()
    while True:
        found = frozenset(
            define.get("name", "")
            for define in grammar.iterfind(RNG + "define")
            if is_dead(define, dead)
        )
        if found == dead:
            return dead
        dead = found


def is_dead(pattern: etree._Element, dead: frozenset[str]) -> bool:
    """Return whether *pattern* can match nothing, given the *dead* definitions."""
    kind = local(pattern)
    if kind == "notAllowed":
        return True
    if kind == "ref":
        return pattern.get("name") in dead
    if kind in _ANY_NUMBER:
        return False
    if kind == "element" and pattern.get("name") not in ELEMENTS:
        return True
    if kind == "choice":
        return all(is_dead(child, dead) for child in pattern)
    return any(is_dead(child, dead) for child in pattern)


def remove_dead(pattern: etree._Element, dead: frozenset[str]) -> None:
    """Remove what can match nothing from choices and repetitions, and dead definitions."""
    for child in list(pattern):
        kind = local(pattern)
        if is_dead(child, dead) and kind in ("choice", "grammar"):
            pattern.remove(child)
        elif is_dead(child, dead):
            become_empty(pattern)
            return
        else:
            remove_dead(child, dead)


def become_empty(pattern: etree._Element) -> None:
    """Make *pattern* match nothing but emptiness."""
    pattern.clear()
    pattern.tag = RNG + "empty"


def simplify(grammar: etree._Element) -> bool:
    """Apply each rule of simplification once everywhere; return whether anything changed."""
    empty = {
        define.get("name")
        for define in grammar.iterfind(RNG + "define")
        if all(local(child) == "empty" for child in define)
    }
    changed = False
    for pattern in list(grammar.iter()):
        if local(pattern) == "ref" and pattern.get("name") in empty:
            become_empty(pattern)
            changed = True
        elif pattern.getparent() is not None and _simplify_one(pattern):
            changed = True
    return changed


def _simplify_one(pattern: etree._Element) -> bool:
    kind = local(pattern)
    children = list(pattern)
    empties = [child for child in children if local(child) == "empty"]
    if kind in (*_SEQUENCES, "element", "define") and empties and len(children) > 1:
        for child in empties[: None if len(empties) < len(children) else -1]:
            pattern.remove(child)
        return True
    if kind == "choice" and len(empties) > 1:
        for child in empties[1:]:
            pattern.remove(child)
        return True
    if kind in (*_SEQUENCES, "choice", *_ANY_NUMBER, "oneOrMore") and (
        children and len(empties) == len(children)
    ):
        become_empty(pattern)
        return True
    if kind in (*_SEQUENCES, "choice") and len(children) == 1:
        pattern.getparent().replace(pattern, children[0])
        return True
    return False


def remove_unreachable(grammar: etree._Element) -> None:
    """Remove the definitions that no document can need."""
    defines = {define.get("name"): define for define in grammar.iterfind(RNG + "define")}
    reached: set[str | None] = set()
    waiting = [ref.get("name") for ref in grammar.iterfind(f"{RNG}start//{RNG}ref")]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting.extend(ref.get("name") for ref in defines[name].iter(RNG + "ref"))
    for name, define in defines.items():
        if name not in reached:
            grammar.remove(define)


if __name__ == "__main__":
    main()
