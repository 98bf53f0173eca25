"""Validation: the profile agrees with the full schema, and the laws see what it cannot."""

from __future__ import annotations

import lzma
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from random import Random

import pytest
from lxml import etree

import tei_sample
from parallel_statement.errors import InputError
from parallel_statement.formats.tei.profile import File, schema_violations
from parallel_statement.formats.tei.writer import write
from parallel_statement.validation import validate_tei

RECORD = re.compile(rb"\n *<xenoData.*?</xenoData>", re.DOTALL)
T = "{http://www.tei-c.org/ns/1.0}"
DATA = Path(__file__).parent / "data/tei"
GOLDEN = DATA / "golden/tei"
PROFILE = (
    Path(__file__).parent.parent / "src/parallel_statement/formats/schemas/parallel-statement.rng"
)


def golden() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in GOLDEN.glob("*.xml")}


Damage = Callable[[str], str]


def damaged(name: str, old: str, new: str, count: int = 1) -> dict[str, bytes]:
    """Return the golden files with one stretch of one of them replaced."""
    files = golden()
    text = files[name].decode()
    assert old in text
    files[name] = text.replace(old, new, count).encode()
    return files


DAMAGES = {
    "id twice in two files": (
        ("demo-it.xml", 'xml:id="demo-it.p2.s2"', 'xml:id="demo-en.p2.s1"'),
        "id 'demo-en.p2.s1' occurs also in demo-en.xml",
    ),
    "term without concept": (
        ("demo-ja.xml", "demo.xml#demo.c.rule-of-law", "demo.xml#demo.c.rule-of-lore"),
        "there is no id 'demo.c.rule-of-lore' in demo.xml",
    ),
    "pointer to a file that is not there": (
        ("demo-ja.xml", "demo.xml#demo.c.rule-of-law", "corpus.xml#demo.c.rule-of-law"),
        "there is no file corpus.xml here",
    ),
    "nobody responsible": (
        ("demo.xml", 'resp="#demo.resp.man"', 'resp="#demo.resp.woman"'),
        "there is no id 'demo.resp.woman' in demo.xml",
    ),
    "place beyond the end": (
        ("demo.xml", "string-range(demo-it.p1.s1,43,16)", "string-range(demo-it.p1.s1,43,99)"),
        "the element has only 60 characters",
    ),
    "type against targets": (
        ("demo.xml", 'al.s.en-it.2" type="2-1"', 'al.s.en-it.2" type="1-1"'),
        "type is 1-1, but the targets are 2-1",
    ),
    "target left out": (
        (
            "demo.xml",
            'type="2-1" cert="0.97" ana="#demo.st.auto" resp="#demo.resp.auto"'
            ' target="demo-ja.xml#demo-ja.p1.s1 ',
            'type="1-1" cert="0.97" ana="#demo.st.auto" resp="#demo.resp.auto" target="',
        ),
        "demo-ja.p1.s1 is in no bead of the sentence alignment of demo-ja.xml and demo-it.xml",
    ),
    "target in two beads": (
        (
            "demo.xml",
            'target="demo-en.xml#demo-en.p2 demo-it',
            'target="demo-en.xml#demo-en.p1 demo-it',
        ),
        "demo-en.p1 is in a second bead of this group",
    ),
    "targets that are no neighbours": (
        (
            "demo.xml",
            "demo-en.xml#demo-en.p1.s1 demo-en.xml#demo-en.p1.s2 demo-it",
            "demo-en.xml#demo-en.p1.s2 demo-en.xml#demo-en.p1.s1 demo-it",
        ),
        "are not neighbours in order",
    ),
    "targets of the other level": (
        (
            "demo.xml",
            'target="demo-en.xml#demo-en.p2 demo-ja.xml#',
            'target="demo-en.xml#demo-en.p2.s1 demo-ja.xml#',
        ),
        "a target is no paragraph of demo-en.xml",
    ),
    "unaligned span that is aligned": (
        ("demo.xml", 'type="0-1" cert="0.96"', 'type="1-0" cert="0.96"'),
        "type is 1-0, but the targets are 0-1",
    ),
    "corresp left out": (
        (
            "demo-it.xml",
            ' corresp="demo-en.xml#demo-en.p2 demo-ja.xml#demo-ja.p2"',
            "",
        ),
        "corresp is not what the links say, which is: demo-en.p2 demo-ja.p2",
    ),
    "corresp of another": (
        (
            "demo-it.xml",
            "demo-en.xml#demo-en.p2.s1 demo-ja.xml#demo-ja.p2.s1",
            "demo-en.xml#demo-en.p2.s1 demo-ja.xml#demo-ja.p1.s1",
        ),
        "corresp is not what the links say, which is: demo-en.p2.s1 demo-ja.p2.s1",
    ),
    "file left out": (
        ("demo.xml", 'href="demo-ja.xml"', 'href="demo-jp.xml"'),
        "includes demo-jp.xml, which is missing or cannot be read",
    ),
    "sentences of two paragraphs": (
        (
            "demo.xml",
            'type="2-2-2" cert="0.9877" ana="#demo.st.auto" resp="#demo.resp.auto"'
            ' target="demo-en.xml#demo-en.dateline.s1 ',
            'type="1-2-2" cert="0.9877" ana="#demo.st.auto" resp="#demo.resp.auto" target="',
        ),
        "not inside one bead of the alignment of all texts",
    ),
}
"""Name of a damage: what is replaced, and what must be said of it."""


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_that_the_schema_cannot_see(name: str) -> None:
    change, expected = DAMAGES[name]
    files = damaged(*change)
    found = validate_tei(files)
    assert any(expected in violation.message for violation in found), [str(v) for v in found]
    parsed = [
        File(name, etree.fromstring(data, etree.XMLParser(collect_ids=False)))
        for name, data in files.items()
    ]
    assert [fault for file in parsed for fault in schema_violations(file)] == []


def test_id_twice_in_a_file() -> None:
    found = validate_tei(damaged("demo-it.xml", 'xml:id="demo-it.p2"', 'xml:id="demo-it.p1"'))
    assert any("id 'demo-it.p1' occurs also in demo-it.xml" in v.message for v in found)


def test_pair_without_alignment() -> None:
    root = etree.fromstring(golden()["demo.xml"])
    for group in root.findall(f".//{T}linkGrp[@subtype='paragraph']")[:1]:
        group.getparent().remove(group)
    messages = [v.message for v in validate_tei(golden() | {"demo.xml": etree.tostring(root)})]
    assert "there is no paragraph alignment of demo-en.xml and demo-ja.xml" in messages


@pytest.mark.parametrize(
    ("old", "new", "line", "expected"),
    [
        ("<body ", "<body foo='1' ", True, "foo"),
        ("<s ", "<sentence ", True, "mismatch"),
        ("</label>", "</label><table/>", True, "table"),
        ("&amp;", "&nbsp;", True, "nbsp"),
        (
            "<?xml-model",
            '<!DOCTYPE TEI SYSTEM "file:///etc/hostname"><?xml-model',
            False,
            "file:///etc/hostname",
        ),
        (
            "<?xml-model",
            '<!DOCTYPE TEI SYSTEM "http://127.0.0.1:9/tei.dtd"><?xml-model',
            False,
            "http://127.0.0.1:9/tei.dtd",
        ),
        (
            "<?xml-model",
            '<!DOCTYPE TEI [<!ENTITY x "y">]><?xml-model',
            False,
            "document type declaration",
        ),
    ],
    ids=["attribute", "not well-formed", "element", "entity", "DTD", "remote DTD", "internal DTD"],
)
def test_file_that_breaks_the_schema_or_is_unsafe(
    old: str, new: str, line: bool, expected: str
) -> None:
    found = validate_tei(damaged("demo-en.xml", old, new))
    first = next(violation for violation in found if violation.file == "demo-en.xml")
    assert expected in first.message
    assert (first.line is not None) == line
    assert str(first).startswith("demo-en.xml:")


def test_what_is_written_is_valid() -> None:
    assert validate_tei(write(tei_sample.checked())) == ()


def test_folder(tmp_path: Path) -> None:
    assert validate_tei(GOLDEN) == ()
    shutil.copytree(GOLDEN, tmp_path / "tei")
    (tmp_path / "tei/demo-ja.xml").unlink()
    assert "includes tei/demo-ja.xml" in validate_tei(tmp_path)[0].message


def test_several_documents_in_a_folder_are_apart() -> None:
    files = golden()
    others = {
        name.replace("demo", "other"): RECORD.sub(b"", data.replace(b"demo", b"other"))
        for name, data in files.items()
    }
    assert validate_tei(files | others) == ()


def test_text_of_another_project_is_looked_at_by_itself() -> None:
    alone = b"""<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title/>
</titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc>
</teiHeader><text><body><p corresp="#a">A</p></body></text></TEI>"""
    found = validate_tei({"a.xml": alone})
    assert [str(v) for v in found] == ["a.xml:3: corresp='#a': there is no id 'a' in a.xml"]


@pytest.mark.parametrize("name", ["missing", "empty"])
def test_folder_that_cannot_be_used(name: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=name):
        validate_tei(tmp_path / name)


# --- the profile and the full schema -----------------------------------------------------

NAMES = [
    "p",
    "s",
    "head",
    "hi",
    "term",
    "pb",
    "g",
    "note",
    "seg",
    "date",
    "ref",
    "div",
    "opener",
    "label",
    "bibl",
    "idno",
    "link",
    "span",
]
VALUES = [
    "1-1",
    "0.5",
    "high",
    "2026-01-16",
    "2026-13",
    "#a",
    "en",
    "no",
    "%",
    "unknown",
    "1",
    "",
    "x y",
]
ATTRIBUTES = [
    "n",
    "type",
    "cert",
    "when",
    "target",
    "break",
    "rend",
    "status",
    "unit",
    "foo",
    "resp",
]


def mutant(random: Random, root: etree._Element) -> etree._Element:
    """Return a copy of *root* with one to three small changes, inside the profile's elements."""
    copy = deepcopy(root)
    for _ in range(random.randint(1, 3)):
        nodes = [node for node in copy.iter(etree.Element) if node is not copy]
        node = random.choice(nodes)
        parent = node.getparent()
        kind = random.randrange(8)
        if kind == 0:
            parent.remove(node)
        elif kind == 1:
            node.tag = T + random.choice(NAMES)
        elif kind == 2 and node.attrib:
            del node.attrib[random.choice(sorted(node.attrib))]
        elif kind == 3 and node.attrib:
            node.set(random.choice(sorted(node.attrib)), random.choice(VALUES))
        elif kind == 4:
            node.set(random.choice(ATTRIBUTES), random.choice(VALUES))
        elif kind == 5:
            parent.insert(random.randint(0, len(parent)), deepcopy(node))
        elif kind == 6:
            node.insert(0, etree.Element(T + random.choice(NAMES)))
        else:
            random.choice(nodes).append(deepcopy(node))
    return copy


@pytest.mark.skipif(
    not (shutil.which("jing") and shutil.which("java")),
    reason="jing and Java are not installed (apt-get install jing)",
)
def test_profile_and_full_schema_agree(tmp_path: Path) -> None:
    schema = tmp_path / "tei_all.rng"
    schema.write_bytes(lzma.decompress((DATA / "tei_all.rng.xz").read_bytes()))
    random = Random(0)
    profile = etree.RelaxNG(etree.parse(PROFILE))
    corpus = etree.fromstring(golden()["demo.xml"])
    for include in corpus.findall("{http://www.w3.org/2001/XInclude}include"):
        corpus.replace(include, etree.fromstring(golden()[include.get("href")]))
    roots = [corpus, *(etree.fromstring(golden()[f"demo-{tag}.xml"]) for tag in ("en", "ja"))]
    verdicts = {}
    for number in range(250):
        path = tmp_path / f"{number}.xml"
        path.write_bytes(etree.tostring(mutant(random, random.choice(roots))))
        verdicts[path.name] = bool(
            profile.validate(etree.parse(path, etree.XMLParser(collect_ids=False)))
        )
    command = ["jing", str(schema), *(str(tmp_path / name) for name in verdicts)]
    output = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    refused = {Path(line.partition(".xml:")[0]).name + ".xml" for line in output.splitlines()}
    assert 25 < sum(verdicts.values()) < 225
    assert {name for name, valid in verdicts.items() if not valid} == refused


def test_profile_is_cut_from_the_full_schema() -> None:
    """The committed profile is what the tool makes today."""
    tools = Path(__file__).parent.parent / "tools"
    code = (
        "import cut_tei_profile as c, lzma, sys; from lxml import etree;"
        "sys.stdout.buffer.write(c.cut(etree.fromstring(lzma.decompress(c.FULL.read_bytes()))))"
    )
    command = [sys.executable, "-c", code]
    made = subprocess.run(command, capture_output=True, cwd=tools, check=True).stdout
    assert made == PROFILE.read_bytes()
