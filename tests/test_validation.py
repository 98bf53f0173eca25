"""Validation: the profile agrees with the full schema, and the laws see what it cannot."""

from __future__ import annotations

import ast
import json
import lzma
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from copy import deepcopy
from importlib.util import module_from_spec, spec_from_file_location
from itertools import chain
from pathlib import Path
from random import Random
from types import ModuleType
from typing import get_args

import pytest
from benchmarks.tei import made
from lxml import etree

import tei_sample
from parallel_statement.cli import main
from parallel_statement.errors import InputError, ParallelStatementError
from parallel_statement.formats.tei import flat as tei_flat
from parallel_statement.formats.tei.declarations import EDITORIAL_DECLARATION
from parallel_statement.formats.tei.full_schema import full_schema_violations
from parallel_statement.formats.tei.profile import File, schema_violations
from parallel_statement.formats.tei.thinning import thinned_text
from parallel_statement.formats.tei.writer import write
from parallel_statement.model import BlockKind
from parallel_statement.validation import validate_tei

RECORD = re.compile(rb"\n *<xenoData.*?</xenoData>", re.DOTALL)
jing = pytest.mark.skipif(
    not (shutil.which("jing") and shutil.which("java")),
    reason="jing and Java are not installed (apt-get install jing)",
)
T = "{http://www.tei-c.org/ns/1.0}"
DATA = Path(__file__).parent / "data/tei"
GOLDEN = DATA / "golden/tei"
ROOT = Path(__file__).parent.parent
PROFILE = ROOT / "src/parallel_statement/formats/schemas/parallel-statement.rng"
ODD = PROFILE.with_suffix(".odd")
R = "{http://relaxng.org/ns/structure/1.0}"


def _tool(name: str) -> ModuleType:
    """Return a program of tools/, which is no package."""
    spec = spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


cut_tei_profile = _tool("cut_tei_profile")


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


DAMAGES: dict[str, tuple[tuple[str, str, str], str]] = {
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
    "sentences counted wrong": (
        ("demo-en.xml", 'quantity="5">5', 'quantity="6">6'),
        "counts 6 sentences, but there are 5",
    ),
    "sentence numbered wrong": (
        ("demo-it.xml", 'xml:id="demo-it.p2.s2" n="2"', 'xml:id="demo-it.p2.s2" n="3"'),
        "n is '3', but this is sentence 2",
    ),
    "two paragraphs with one number": (
        ("demo-ja.xml", 'xml:id="demo-ja.p2" n="2"', 'xml:id="demo-ja.p2" n="1"'),
        "a second paragraph has the number '1'",
    ),
    "text in another language than its file": (
        ("demo-it.xml", '<text xml:lang="it">', '<text xml:lang="en">'),
        "languages disagree: the file says it, the text en, langUsage it",
    ),
    "probability above one": (
        ("demo.xml", 'cert="0.97"', 'cert="1.97"'),
        "cert is 1.97, no probability",
    ),
    "checksum cut off": (
        ("demo-en.xml", "0" * 64 + "</idno>", "0" * 60 + "</idno>"),
        "is no SHA-256",
    ),
    "term that points to a sentence": (
        ("demo-ja.xml", "demo.xml#demo.c.rule-of-law", "demo-ja.xml#demo-ja.p2.s1"),
        "ref points to s demo-ja.p2.s1, which is no concept",
    ),
    "term of a status that no term has": (
        ("demo-ja.xml", '#demo.c.rule-of-law"', '#demo.c.rule-of-law" type="superseded"'),
        "is called superseded, but its concept has no such term",
    ),
    "fixed by a person, answered for by the program": (
        ("demo.xml", 'resp="#demo.resp.man1"', 'resp="#demo.resp.auto"'),
        "ana says fixed by a person, but resp names the program",
    ),
    "category that is none": (
        ("demo.xml", 'ana="#demo.rule.deprecated_term ', 'ana="#demo.resp.auto '),
        "ana points to respStmt demo.resp.auto, which is no category",
    ),
    "responsible that is none": (
        ("demo.xml", 'resp="#demo.resp.auto" target', 'resp="#demo.st.auto" target'),
        "resp points to category demo.st.auto, which is no respStmt",
    ),
    "place outside the finding": (
        ("demo.xml", "string-range(demo-it.p1.s1,43,16)", "string-range(demo-it.p2.s1,3,6)"),
        "lies in demo-it.p2.s1, no target of the annotation",
    ),
    "finding in a language that is not there": (
        ("demo.xml", '<note type="languages">it</note>', '<note type="languages">fr</note>'),
        "names fr, no language here",
    ),
    "wording changed, record not": (
        ("demo-it.xml", "Ringraziano la città.</s>", "Ringraziano Tokyo.</s>"),
        "the elements are not those for which the record in xenoData was written",
    ),
    "record changed": (
        ("demo-it.xml", '"reason":"white space"', '"reason":"markup"'),
        "the elements are not those for which the record in xenoData was written",
    ),
    "namespace that is no address": (
        ("demo-it.xml", "<body ", '<body xmlns:x="a" '),
        "the elements are not those for which the record in xenoData was written",
    ),
    "record cut off": (
        ("demo-it.xml", '{"format":', '{"form":'),
        "the record in xenoData does not begin as one of parallel-statement-tei/1",
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


@jing
def test_the_full_schema_sees_none_of_the_damage(tmp_path: Path) -> None:
    unseen = {name: change for name, (change, _) in DAMAGES.items() if "id twice" not in name}
    for number, change in enumerate(unseen.values()):
        for name, data in damaged(*change).items():
            path = tmp_path / str(number) / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
    texts = [path for path in tmp_path.rglob("*.xml") if path.name != "demo.xml"]
    assert len(unseen) >= 20
    read = {path.as_posix(): path.read_bytes() for path in texts}
    assert full_schema_violations(read) == ()
    for corpus in sorted(tmp_path.glob("*/demo.xml")):
        if not (corpus.parent / "demo-ja.xml").exists() or b"demo-jp" in corpus.read_bytes():
            continue  # where a text is missing there is nothing to include
        names = sorted(corpus.parent.glob("*.xml"))
        read |= {path.as_posix(): path.read_bytes() for path in names}
    assert full_schema_violations(read) == ()


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


def test_an_element_of_tei_that_the_profile_has_not_is_called_so() -> None:
    found = validate_tei(damaged("demo-en.xml", "</label>", "</label><table/>"))
    assert any("the profile has not" in violation.advice for violation in found)
    found = validate_tei(damaged("demo-en.xml", "</label>", "</label><body/>"))
    assert not any("the profile has not" in violation.advice for violation in found)


def test_what_is_written_is_valid() -> None:
    assert validate_tei(write(tei_sample.checked())) == ()


def test_folder(tmp_path: Path) -> None:
    assert validate_tei(GOLDEN) == ()
    shutil.copytree(GOLDEN, tmp_path / "tei")
    (tmp_path / "tei/demo-ja.xml").unlink()
    assert "tei/demo-ja.xml, which is missing" in validate_tei(tmp_path)[0].message


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
    assert [str(v) for v in found] == [
        "a.xml:3: corresp='#a': there is no id 'a' in a.xml; correct the pointer"
    ]


@pytest.mark.parametrize("name", ["missing", "empty"])
def test_folder_that_cannot_be_used(name: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=name):
        validate_tei(tmp_path / name)


# --- the command -------------------------------------------------------------------------


def test_a_text_is_looked_at_with_the_files_it_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(GOLDEN, tmp_path / "tei")
    assert main(["validate", str(tmp_path / "tei/demo-ja.xml")]) == 0
    assert capsys.readouterr().out == "valid\n"
    assert main(["validate", str(tmp_path / "tei"), str(tmp_path / "tei/demo.xml")]) == 0


def test_a_violation_says_where_and_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = damaged("demo-en.xml", 'quantity="5">5', 'quantity="6">6')
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    assert main(["validate", str(tmp_path)]) == 1
    *_, fault, total = capsys.readouterr().out.splitlines()
    line = files["demo-en.xml"][: files["demo-en.xml"].index(b'quantity="6"')].count(b"\n") + 1
    where = (tmp_path / "demo-en.xml").as_posix()
    assert fault == f"{where}:{line}: counts 6 sentences, but there are 5; write 5"
    assert total == "2 violations"
    assert main(["validate", str(tmp_path), "--json"]) == 1
    record = json.loads(capsys.readouterr().out)["violations"][-1]
    assert record == {
        "file": where,
        "line": line,
        "message": "counts 6 sentences, but there are 5",
        "advice": "write 5",
    }


@pytest.mark.parametrize(
    "content", [None, b"", b"no XML", b"<TEI>", b"\xff\xfe", b"<!DOCTYPE a SYSTEM 'b'><a/>"]
)
def test_what_cannot_be_read_is_2(
    content: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.xml"
    if content is not None:
        path.write_bytes(content)
    assert main(["validate", str(path)]) == 2
    output = capsys.readouterr()
    assert str(path) in output.out + output.err


@jing
def test_strict_asks_the_full_schema(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(GOLDEN, tmp_path / "tei")
    assert main(["validate", "--strict", str(tmp_path / "tei")]) == 0
    path = tmp_path / "tei/demo-it.xml"
    path.write_bytes(path.read_bytes().replace(b"<body ", b"<body foo='1' ", 1))
    assert main(["validate", "--strict", str(tmp_path / "tei")]) == 1
    assert 'tei_all: attribute "foo" not allowed here' in capsys.readouterr().out


def test_strict_needs_jing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(ParallelStatementError, match="apt install jing"):
        validate_tei(golden(), strict=True)


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
    "persName",
    "person",
    "particDesc",
    "choice",
    "supplied",
    "gap",
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


@jing
def test_profile_and_full_schema_agree(tmp_path: Path) -> None:
    schema = tmp_path / "tei_all.rng"
    schema.write_bytes(lzma.decompress((PROFILE.parent / "tei_all.rng.xz").read_bytes()))
    random = Random(0)
    profile = etree.RelaxNG(etree.parse(PROFILE))
    corpus = etree.fromstring(golden()["demo.xml"])
    for include in corpus.findall("{http://www.w3.org/2001/XInclude}include"):
        corpus.replace(include, etree.fromstring(golden()[include.get("href")]))
    roots = [corpus, *(etree.fromstring(golden()[f"demo-{tag}.xml"]) for tag in ("en", "ja"))]
    verdicts = {}
    for number in range(int(os.environ.get("TEI_MUTANTS", "250"))):
        path = tmp_path / f"{number}.xml"
        path.write_bytes(etree.tostring(mutant(random, random.choice(roots))))
        verdicts[path.name] = bool(
            profile.validate(etree.parse(path, etree.XMLParser(collect_ids=False)))
        )
    command = ["jing", str(schema), *(str(tmp_path / name) for name in verdicts)]
    output = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    refused = {Path(line.partition(".xml:")[0]).name + ".xml" for line in output.splitlines()}
    assert 0.1 < sum(verdicts.values()) / len(verdicts) < 0.9
    assert {name for name, valid in verdicts.items() if not valid} == refused


def test_long_groups_of_links_are_thinned_without_another_verdict() -> None:
    random = Random(1)
    profile = etree.RelaxNG(etree.parse(PROFILE))
    (flat,) = tei_flat.write(made(40)).values()
    corpus = etree.fromstring(RECORD.sub(b"", flat))
    links = corpus.find(f"{T}standOff")
    verdicts = []
    for _ in range(250):
        changed = mutant(random, links)
        copy = deepcopy(corpus)
        copy.replace(copy.find(f"{T}standOff"), changed)
        root = etree.fromstring(etree.tostring(copy), etree.XMLParser(collect_ids=False))
        verdicts.append(bool(profile.validate(root)))
        assert verdicts[-1] == (not list(schema_violations(File("long.xml", root))))
    assert 0.1 < sum(verdicts) / len(verdicts) < 0.9


def test_sentences_are_thinned_without_another_verdict() -> None:
    profile = etree.RelaxNG(etree.parse(PROFILE))
    text = etree.fromstring(RECORD.sub(b"", write(made(13))["tei/long-ja.xml"]))
    assert len(text.findall(f".//{T}s")) == 13
    assert len(thinned_text(text).findall(f".//{T}s")) == 2
    verdicts = []
    for changed in chain(_with_other_attributes(text), _mutants_of_body(text)):
        root = etree.fromstring(etree.tostring(changed), etree.XMLParser(collect_ids=False))
        verdicts.append(bool(profile.validate(root)))
        assert verdicts[-1] == (not list(schema_violations(File("long-ja.xml", root))))
    assert 0.1 < sum(verdicts) / len(verdicts) < 0.9


def _with_other_attributes(text: etree._Element) -> Iterator[etree._Element]:
    """Yield copies of *text* with one attribute of its last sentence, or of the term in it."""
    for path in (f".//{T}s[@n='3']", f".//{T}s[@n='3']/{T}term"):
        for name in [*text.find(path).attrib, *ATTRIBUTES]:
            for value in VALUES:
                copy = deepcopy(text)
                copy.find(path).set(name, value)
                yield copy


def _mutants_of_body(text: etree._Element) -> Iterator[etree._Element]:
    random = Random(2)
    for _ in range(100):
        copy = deepcopy(text)
        body = copy.find(f"{T}text/{T}body")
        body.getparent().replace(body, mutant(random, body))
        yield copy


def test_wherever_a_sentence_may_stand_there_may_be_more() -> None:
    """Which is why a plain one behind another need not be held against the schema."""
    grammar = etree.parse(PROFILE)
    classes = ["s"]
    for name in classes:
        for ref in grammar.findall(f".//{R}ref[@name='{name}']"):
            choice, around = list(ref.iterancestors())[:2]
            assert choice.tag == f"{R}choice"
            if around.tag == f"{R}define":
                classes.append(around.get("name"))
            else:
                assert around.tag == f"{R}zeroOrMore"
    assert len(classes) > 1


def test_profile_and_odd_are_what_the_tool_makes() -> None:
    """The committed files are what the tool makes today."""
    grammar = etree.fromstring(lzma.decompress(cut_tei_profile.FULL.read_bytes()))
    assert cut_tei_profile.cut(grammar) == PROFILE.read_bytes()
    assert cut_tei_profile.odd() == ODD.read_bytes()


# --- the elements, told in four places ---------------------------------------------------

DECLARED = set(cut_tei_profile.ELEMENTS)


def test_the_schema_has_the_elements_of_the_profile() -> None:
    grammar = etree.parse(PROFILE)
    names = {node.get("name") for node in grammar.iter(f"{R}element")}
    assert names == DECLARED


def test_the_odd_has_the_elements_of_the_profile() -> None:
    odd = etree.parse(ODD)
    names = [n for node in odd.iter(f"{T}moduleRef") for n in node.get("include", "").split()]
    names += [node.get("key") for node in odd.iter(f"{T}elementRef")]
    assert sorted(names) == sorted(DECLARED)


def test_the_documentation_has_the_elements_of_the_profile() -> None:
    told = (ROOT / "docs/tei.md").read_text(encoding="utf-8")
    table = told[told.index("## Elements") : told.index("## The record")]
    rows = [row.split("|")[1:4] for row in table.splitlines() if row.startswith("| `")]
    written = {name for row in rows for name in re.findall(r"`(\w+)`", row[1])}
    editors = {name for row in rows for name in re.findall(r"`(\w+)`", row[2])}
    assert written == DECLARED - cut_tei_profile.FOR_EDITORS
    assert editors == set(cut_tei_profile.FOR_EDITORS)
    assert f"{len(DECLARED)} elements" in told


NAMED_IN = {"element": 0, "grow": 1, "grow_all": 1, "Stretch": 0, "Milestone": 0}
"""Which argument of a call is the name of an element."""


def test_the_writer_has_the_elements_of_the_profile() -> None:
    """Every name that the modules of the writer give to an element, read from their code."""
    names = {*EDITORIAL_DECLARATION, *get_args(BlockKind)}
    for path in (ROOT / "src/parallel_statement/formats/tei").glob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
                place = NAMED_IN.get(call.func.id)
                if place is not None:
                    constants = ast.walk(call.args[place])
                    names |= {n.value for n in constants if isinstance(n, ast.Constant)}
    assert names == DECLARED - cut_tei_profile.FOR_EDITORS


@jing
def test_the_odd_is_valid_tei() -> None:
    assert full_schema_violations({"profile.xml": ODD.read_bytes()}) == ()
