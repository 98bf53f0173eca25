"""TEI: the golden files, the law of the text, and validity for any input."""

from __future__ import annotations

import lzma
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

import tei_sample
from parallel_statement.errors import OutputError
from parallel_statement.formats.controls import allowed
from parallel_statement.formats.tei import write
from parallel_statement.formats.tei.markup import (
    corpus_file,
    element,
    grow,
    grow_all,
    iso_date,
    probability,
    url,
)
from parallel_statement.formats.tei.nesting import Milestone, Stretch, fill, nest
from parallel_statement.model import (
    Alignment,
    Bead,
    Block,
    CheckedText,
    Concept,
    Definition,
    Designation,
    Document,
    Finding,
    Glossary,
    Layout,
    Mark,
    Mention,
    Metadata,
    PairBead,
    Paragraph,
    ParallelText,
    Provenance,
    Range,
    Sentence,
    Source,
    Span,
    Version,
    VersionMetadata,
)

T = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
DATA = Path(__file__).parent / "data/tei"
SCHEMAS = Path(__file__).parent.parent / "src/parallel_statement/formats/schemas"
FILES = ["demo.xml", "demo-en.xml", "demo-ja.xml", "demo-it.xml"]

HOSTILE = [
    "]]>", "&amp;", "<p>", "\x00", "\x07", "\x1b", "\x7f", "\x85", "\ufffe", "\ud800", "\udfff",
    "\u00a0", "\u2028", "\u3000", "e\u0301", "\u200f", "\u202e",
    "𝒳", "👩🏽‍🚀", "\t", "\r", "\n", "\r\n",
    '"', "'", "%", "#", "{", "a", "é", "物", "．", " ", "  ", "--", "<!--", "<?", "\ufeff",
]  # fmt: skip
WORDS = ["alpha ", "beta, ", "γάμμα ", "中文", "عربي ", "1. "]


# --- texts made at random ----------------------------------------------------------------


def random_version(random: Random, language: str = "en", blocks: int = 3) -> Version:
    """Return a version of hostile text, with everything that may overlap overlapping."""
    pieces = random.choices(HOSTILE + WORDS * 3, k=random.randint(blocks, 12 * blocks))
    text = "".join(pieces)
    cuts = sorted(random.choices(range(len(text) + 1), k=2 * blocks))
    kinds = random.choices(["p", "p", "head", "dateline"], k=blocks)
    paragraphs = [
        _random_paragraph(random, f"doc-{language}.b{n}", kind, Span(*cuts[2 * n : 2 * n + 2]))
        for n, kind in enumerate(kinds)
    ]
    borders = sorted(set(random.choices(range(len(text) + 1), k=2 * random.randint(0, 4))))
    layout = tuple(
        Layout(Span(start, end), "white space", random.choice(["", " "]))
        for start, end in list(pairwise(borders))[::2]
    )
    kinds = random.choices(["superscript", "strong", "emphasis", "subscript", "pb"], k=8)
    marks = [
        Mark(kind, _random_span(random, len(text)), {"n": str(n)} if kind == "pb" else {})
        for n, kind in enumerate(kinds)
    ]
    document = Document(
        "doc",
        language,
        text,
        tuple(Block(p.kind, p.span) for p in paragraphs),
        tuple(sorted(marks, key=lambda mark: mark.span)),
        layout,
        Source("en/doc & co.pdf", "utf-8", "0" * 64),
    )
    return Version(document, tuple(paragraphs))


def _random_span(random: Random, length: int) -> Span:
    return Span(*sorted(random.choices(range(length + 1), k=2)))


def _random_paragraph(random: Random, identity: str, kind: str, span: Span) -> Paragraph:
    cuts = sorted(random.choices(range(span.start, span.end + 1), k=2 * random.randint(0, 3) + 2))
    pairs = [Span(*cuts[n : n + 2]) for n in range(0, len(cuts), 2)]
    label = pairs.pop(0) if random.random() < 0.5 else None
    number = random.choice([None, "1", "第三"])
    sentences = tuple(Sentence(f"{identity}.s{n}", s) for n, s in enumerate(pairs, 1))
    return Paragraph(identity, kind, span, sentences, label, number)


def alone(version: Version, mentions: tuple[Mention, ...] = ()) -> CheckedText:
    """Return *version* by itself, with one bead for all of it."""
    alignments = [
        Alignment(level, (Bead(f"doc.al.{level[0]}.1", {version.language: size}, 1.0),), {})
        for level in ("paragraph", "sentence")
        for size in [Range(0, len(version.segments(level)))]
    ]
    text = ParallelText("doc", (version,), *alignments, Provenance("0.1.0.dev1+g12", "", ""))
    terms = (Designation("en", "\x07 term"), Designation("en", "x", "admitted"))
    concept = Concept("c", terms, note="]]>")
    return CheckedText(text, Glossary((concept,)), {version.language: mentions})


def random_text(random: Random) -> CheckedText:
    """Return a checked text of one hostile version."""
    version = random_version(random)
    designation = Designation("en", "x", random.choice(["preferred", "admitted"]))
    spans = [_random_span(random, len(version.document.text)) for _ in range(5)]
    concepts = random.choices(["c", "unknown"], k=5)
    found = [
        Mention(concept, designation, "", span, "exact")
        for concept, span in zip(concepts, spans, strict=True)
    ]
    finding = Finding(
        "f", "a rule!", "info", "no.such.bead", {"en": tuple(spans[:2])}, ("en",), "\x00", "<", "&"
    )
    return replace(alone(version, tuple(found)), findings=(finding,))


def several(random: Random, languages: list[str]) -> CheckedText:
    """Return versions whose beads, gaps included, were drawn at random."""
    beads: list[list[int]] = []
    for _ in range(random.randint(1, 5)):
        sizes = [random.choice([0, 1, 1, 2, 3]) for _ in languages]
        beads.append(sizes if any(sizes) else [1] * len(languages))
    counts = [sum(column) for column in zip(*beads, strict=True)]
    versions = tuple(
        _plain_version(language, count) for language, count in zip(languages, counts, strict=True)
    )
    alignments = []
    for level in ("paragraph", "sentence"):
        positions = dict.fromkeys(languages, 0)
        nway = []
        pairs: dict[tuple[str, str], list[PairBead]] = {
            pair: [] for pair in combinations(languages, 2)
        }
        for number, sizes in enumerate(beads, 1):
            ranges = {}
            for language, size in zip(languages, sizes, strict=True):
                ranges[language] = Range(positions[language], positions[language] + size)
                positions[language] += size
            nway.append(Bead(f"doc.al.{level[0]}.{number}", ranges, random.random()))
            for (one, other), found in pairs.items():
                for source, target in _cut(random, ranges[one], ranges[other]):
                    name = f"doc.al.{level[0]}.{one}-{other}.{len(found) + 1}"
                    status = random.choice(["automatic", "locked"])
                    found.append(PairBead(name, source, target, random.random() * 1.01, status))
        frozen = {pair: tuple(found) for pair, found in pairs.items()}
        alignments.append(Alignment(level, tuple(nway), frozen))
    return CheckedText(ParallelText("doc", versions, *alignments, Provenance("0.1.0", "", "")))


def _plain_version(language: str, count: int) -> Version:
    text = "".join(f"S{n}. " for n in range(count)) or " "
    spans = [Span(match.start(), match.end() - 1) for match in re.finditer(r"\S+ ", text)]
    paragraphs = tuple(
        Paragraph(f"doc-{language}.p{n}", "p", span, (Sentence(f"doc-{language}.p{n}.s1", span),))
        for n, span in enumerate(spans, 1)
    )
    source = Source(f"{language}/doc.txt", "", "")
    return Version(Document("doc", language, text, (), (), (), source), paragraphs)


def _cut(random: Random, source: Range, target: Range) -> list[tuple[Range, Range]]:
    """Return the two sides of a bead in random finer beads."""
    cuts = random.randint(0, 2)
    lefts = [source.start, *sorted(random.choices(range(*source), k=cuts) if source.size else [])]
    rights = [target.start, *sorted(random.choices(range(*target), k=cuts) if target.size else [])]
    lefts += [source.stop] * (cuts + 2 - len(lefts))
    rights += [target.stop] * (cuts + 2 - len(rights))
    rows = zip(pairwise(lefts), pairwise(rights), strict=True)
    return [(Range(*a), Range(*b)) for a, b in rows if a[0] < a[1] or b[0] < b[1]]


def root_of(files: Mapping[str, bytes], name: str) -> etree._Element:
    return etree.fromstring(files[f"tei/{name}"])


def content(node: etree._Element) -> str:
    return "".join(node.itertext())


def squeezed(text: str) -> str:
    return "".join(text.split())


# --- golden files ------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
def test_golden_file(name: str) -> None:
    written = write(tei_sample.checked())
    assert sorted(written) == sorted(f"tei/{name}" for name in FILES)
    assert written[f"tei/{name}"] == (DATA / "golden/tei" / name).read_bytes()


def test_page_break_superscript_and_crossing_term() -> None:
    body = write(tei_sample.checked())["tei/demo-en.xml"].decode()
    assert '160<hi rend="superscript">th</hi> time &amp; agreed' in body
    assert (
        '<term ref="demo.xml#demo.c.critical-minerals">critical <pb n="2"/>'
        '<hi rend="bold">minerals</hi></term><hi rend="bold"> and energy</hi>.' in body
    )
    japanese = write(tei_sample.checked())["tei/demo-ja.xml"].decode()
    assert '重要鉱<pb n="2" break="no"/>物</term>を守る。</s></p>' in japanese
    assert "会談した。</s><s " in japanese


def test_what_is_known_of_a_concept_stands_in_its_category() -> None:
    checked = tei_sample.checked()
    concept = Concept(
        "c",
        (Designation("en", "x", part_of_speech="noun"),),
        (Definition("What it is.", "en"),),
        domain="law",
        source="Treaty Series",
    )
    files = write(replace(checked, glossary=Glossary((concept,)), mentions={}))
    assert [content(node) for node in root_of(files, "demo.xml").iter(f"{T}catDesc")][-1] == (
        "definition: What it is.; domain: law; part of speech: noun; source: Treaty Series"
    )


def test_order_of_source_is_kept() -> None:
    body = root_of(write(tei_sample.checked()), "demo-en.xml").find(f".//{T}body")
    names = [etree.QName(node).localname for node in body]
    assert names == ["pb", "opener", "head", "p", "pb", "p"]


def test_no_date_is_written_unless_given() -> None:
    checked = tei_sample.checked()
    undecided = replace(checked, text=replace(checked.text, locks=()))
    assert b"revisionDesc" not in write(undecided)["tei/demo.xml"]
    root = root_of(write(replace(checked, date="2026-11-22")), "demo-it.xml")
    change = root.find(f".//{T}revisionDesc/{T}change")
    assert change.attrib == {"when": "2026-11-22", "who": "demo.xml#demo.resp.auto"}
    assert root.find(f".//{T}publicationStmt/{T}date").get("when") == "2026-11-22"


def test_unknown_metadata_is_called_not_stated() -> None:
    files = write(several(Random(1), ["en", "ja"]))
    header = root_of(files, "doc.xml").find(f"{T}teiHeader")
    assert content(header.find(f".//{T}publisher")) == "not stated"
    assert "not stated" in content(header.find(f".//{T}availability"))
    assert header.find(f".//{T}date") is None


def header_of(own: VersionMetadata, name: str = "ja/demo.md", **document: str) -> etree._Element:
    """Return the header of the Japanese demo text if *own* is what is known of it."""
    checked = tei_sample.checked()
    metadata = replace(checked.text.metadata, versions={"ja": own}, **document)
    versions = tuple(
        replace(v, document=replace(v.document, source=Source(name, "utf-8", "0" * 64)))
        if v.language == "ja"
        else v
        for v in checked.text.versions
    )
    text = replace(checked.text, metadata=metadata, versions=versions)
    return root_of(write(replace(checked, text=text)), "demo-ja.xml").find(f"{T}teiHeader")


@pytest.mark.parametrize(
    ("status", "translation"),
    [
        ("unofficial working translation", True),
        ("Official Translation of the English text", True),
        ("official text, not a translation", False),
        ("authentic text", False),
        ("", False),
    ],
)
def test_issuing_bodies_and_date_belong_to_the_original(status: str, translation: bool) -> None:
    header = header_of(VersionMetadata("共同声明", status, responsible="A. Writer"))
    read, *original = header.findall(f".//{T}sourceDesc/{T}bibl")
    assert [bibl.get("type") for bibl in original] == ["original"] * translation
    home = original[0] if translation else read
    assert [content(node) for node in home.findall(f"{T}author")] == [
        "Government of Japan",
        "Government of Italy",
    ]
    assert home.find(f"{T}date").get("when") == "2026-01-16"
    assert (read.find(f"{T}author") is None) == translation
    assert (read.find(f"{T}date") is None) == translation
    assert content(header.find(f".//{T}creation")).startswith("Original: ") == translation
    roles = [content(node) for node in header.findall(f".//{T}titleStmt/{T}respStmt/{T}resp")]
    assert roles[0] == ("translation" if translation else "this version")


@pytest.mark.parametrize(
    ("wording", "encoding", "said"),
    [
        ("free", "CC0", ["Wording: free", "Encoding: CC0"]),
        ("", "CC0", ["Wording: licence not stated", "Encoding: CC0"]),
        ("free", "", ["Wording: free", "Encoding: licence not stated"]),
        ("", "", ["Wording: licence not stated", "Encoding: licence not stated"]),
    ],
)
def test_a_licence_that_nobody_stated_is_called_so(
    wording: str, encoding: str, said: list[str]
) -> None:
    own = VersionMetadata("共同声明", licence=wording)
    availability = header_of(own, licence=encoding, licence_url="").find(f".//{T}availability")
    assert [content(node) for node in availability] == said
    assert (availability.get("status") == "unknown") == (not wording and not encoding)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("ja/demo.md", "Read from Markdown, encoding utf-8."),
        ("ja/demo.HTM", "Read from HTML, encoding utf-8."),
        ("ja/demo.txt", "Read from plain text, encoding utf-8."),
        ("ja/demo.docx", "Read from DOCX."),
        ("ja/demo.pdf", "Read from PDF."),
        ("ja/demo", "Read as utf-8."),
    ],
)
def test_the_header_names_the_format_that_was_read(name: str, said: str) -> None:
    header = header_of(VersionMetadata(""), name)
    assert content(header.find(f".//{T}bibl/{T}note[@type='reading']")) == said


def test_what_was_left_out_stands_in_the_header_of_its_text() -> None:
    files = write(tei_sample.checked())
    said = {
        name: [content(n) for n in root_of(files, name).iterfind(f".//{T}note[@type='omissions']")]
        for name in FILES
    }
    assert said == {name: [] for name in FILES} | {"demo-it.xml": ["Left out: 2 footnotes."]}


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        ("", {"document": "demo"}),
        ("demo", {"document": "demo"}),
        ("A/80/12", {"document": "demo", "identifier": "A/80/12"}),
        ("https://example.org/x", {"document": "demo", "URI": "https://example.org/x"}),
    ],
)
def test_corpus_and_text_have_their_own_numbers(identifier: str, expected: dict[str, str]) -> None:
    checked = tei_sample.checked()
    metadata = replace(checked.text.metadata, identifier=identifier)
    files = write(replace(checked, text=replace(checked.text, metadata=metadata)))

    def numbers(file: str, place: str) -> dict[str, str]:
        found = root_of(files, file).findall(f"{T}teiHeader//{T}{place}/{T}idno")
        return {node.get("type"): content(node) for node in found}

    assert numbers("demo.xml", "publicationStmt") == expected
    assert numbers("demo-en.xml", "publicationStmt") == {"text": "demo-en"}
    assert numbers("demo-en.xml", "seriesStmt") == expected


@pytest.mark.parametrize(("name", "bearer"), [("demo.xml", "demo"), ("demo-it.xml", "demo-it")])
def test_every_header_names_program_encoder_and_weights(name: str, bearer: str) -> None:
    application = root_of(write(tei_sample.checked()), name).find(f".//{T}appInfo/{T}application")
    assert application.get(ID) == f"{bearer}.app"
    assert content(application.find(f"{T}desc")) == (
        "version: 0.1.0; encoder: use; weights: sha256:abc; band: none"
    )


# --- the law of the text -----------------------------------------------------------------


@given(st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_sentence_says_what_the_version_says(random: Random) -> None:
    checked = random_text(random)
    version = checked.text.versions[0]
    root = root_of(write(checked), "doc-en.xml")
    written = {node.get(ID): content(node) for node in root.iter(f"{T}s")}
    assert written == {s.id: allowed(version.text(s)) for s in version.sentences}
    body = root.find(f".//{T}body")
    breaks = [mark.attributes["n"] for mark in version.document.marks if mark.kind == "pb"]
    assert sorted(node.get("n") for node in body.iter(f"{T}pb")) == sorted(breaks)
    nodes = list(body.iter(f"{T}p", f"{T}head", f"{T}dateline"))
    assert [node.get(ID) for node in nodes] == [p.id for p in version.paragraphs]
    for node, paragraph in zip(nodes, version.paragraphs, strict=True):  # outside s, too
        assert squeezed(content(node)) == squeezed(allowed(version.text(paragraph)))


@given(st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_forbidden_characters_leave_their_code_points(random: Random) -> None:
    checked = random_text(random)
    version = checked.text.versions[0]
    for node, sentence in zip(
        root_of(write(checked), "doc-en.xml").iter(f"{T}s"), version.sentences, strict=True
    ):
        view = version.text(sentence)
        forbidden = [f"U+{ord(c):04X}" for c in view if allowed(c) != c]
        assert [g.get("n") for g in node.iter(f"{T}g")] == forbidden


stretches = st.lists(
    st.builds(
        lambda name, ends, part: Stretch(name, *sorted(ends), id=part),
        st.sampled_from(["term", "hi"]),
        st.tuples(st.integers(0, 12), st.integers(0, 12)),
        st.sampled_from(["", "x"]),
    ),
    max_size=6,
)


@given(
    st.lists(st.dictionaries(st.sampled_from(("xml:id", "type", "target")), st.text(max_size=9)))
)
def test_elements_made_together_are_those_made_one_by_one(rows: list[dict[str, str]]) -> None:
    together, single = element("linkGrp"), element("linkGrp")
    grow_all(together, "link", rows)
    for row in rows:
        grow(single, "link", row)
    assert etree.tostring(together) == etree.tostring(single)


@given(stretches)
def test_nested_stretches_never_cross_and_cover_the_same(items: list[Stretch]) -> None:
    parts = nest(items)
    for one, other in combinations(parts, 2):
        assert (
            one.end <= other.start
            or other.end <= one.end
            or (one.start == other.start and one.end <= other.end)
        )
    for name in ("term", "hi"):
        before = sorted(n for s in items if s.name == name for n in range(s.start, s.end))
        after = sorted(n for s in parts if s.name == name for n in range(s.start, s.end))
        assert before == after


def test_a_cut_stretch_links_its_parts() -> None:
    parts = nest([Stretch("hi", 0, 4), Stretch("term", 2, 8, {"ref": "#c"}, "s1.t1")])
    assert [(p.start, p.end, dict(p.attributes)) for p in parts[1:]] == [
        (2, 4, {"ref": "#c", "xml:id": "s1.t1.1", "next": "#s1.t1.2"}),
        (4, 8, {"ref": "#c", "xml:id": "s1.t1.2", "prev": "#s1.t1.1"}),
    ]


def test_milestone_on_a_border_stands_outside() -> None:
    node = element("s")
    fill(node, "abcd", [Stretch("hi", 1, 3)], [Milestone("pb", 1), Milestone("pb", 3)])
    plain = re.sub(' xmlns="[^"]*"', "", etree.tostring(node).decode())
    assert plain == "<s>a<pb/><hi>bc</hi><pb/>d</s>"


# --- any number of languages -------------------------------------------------------------


@given(
    st.randoms(use_true_random=False),
    st.sampled_from([["en"], ["ar", "ja"], ["en", "ja", "it"], ["zh-Hant", "he", "qaa", "pt-BR"]]),
)
@settings(max_examples=25, deadline=None)
def test_any_number_of_languages_keeps_the_laws(random: Random, languages: list[str]) -> None:
    checked = several(random, languages)
    files = write(checked)  # which holds them against the schema and the laws
    assert set(files) == {"tei/doc.xml", *(f"tei/doc-{tag}.xml" for tag in languages)}
    corpus = root_of(files, "doc.xml")
    links = corpus.findall(f".//{T}linkGrp") + corpus.findall(f".//{T}spanGrp")
    assert bool(links) == (len(languages) > 1)
    assert files == write(checked)


@pytest.mark.parametrize(
    "kinds",
    [
        [],
        ["head"],
        ["dateline"],
        ["head", "dateline", "p"],
        ["p", "dateline"],
        ["p", "head"],
        ["head", "p", "head", "p", "p", "dateline", "head", "p", "dateline", "dateline"],
        ["p", "dateline", "p"],
        ["p", "head", "dateline"],
    ],
    ids="-".join,
)
def test_headings_and_datelines_anywhere(kinds: list[str]) -> None:
    files = write(blocks(kinds))
    body = root_of(files, "doc-en.xml").find(f".//{T}body")
    assert [etree.QName(n).localname for n in body.iter(f"{T}p", f"{T}head", f"{T}dateline")] == (
        kinds
    )


def blocks(kinds: list[str]) -> CheckedText:
    """Return a version whose blocks are of the *kinds*."""
    text = "x " * len(kinds)
    paragraphs = tuple(
        Paragraph(f"doc-en.b{n}", kind, span, (Sentence(f"doc-en.b{n}.s1", span),))
        for n, kind in enumerate(kinds)
        for span in [Span(2 * n, 2 * n + 1)]
    )
    pages = tuple(Mark("pb", Span(n, n), {}) for n in range(len(text) + 1))
    document = Document("doc", "en", text, (), pages, (), Source("en/doc.txt", "", ""))
    return alone(Version(document, paragraphs))


# --- values ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-16", "2026-01-16"),
        ("2026-01", "2026-01"),
        ("2026", "2026"),
        ("2026-02-30", None),
        ("2026-13", None),
        ("20260116", None),
        ("January 16, 2026", None),
        ("", None),
    ],
)
def test_date_for_when(text: str, expected: str | None) -> None:
    assert iso_date(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("https://example.org/日本", "https://example.org/%E6%97%A5%E6%9C%AC"),
        ("https://example.org/a b", None),
        ("https://example.org/[x]%zz", "https://example.org/%5Bx%5D%25zz"),
        ("see the ministry", None),
        ("javascript:alert(1)", None),
        ("urn:isbn:123", "urn:isbn:123"),
    ],
)
def test_address_for_target(text: str, expected: str | None) -> None:
    assert url(text) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [(1.0, "1"), (0.0, "0"), (0.97314159, "0.9731"), (1.0000002, "1")]
)
def test_probability(value: float, expected: str) -> None:
    assert probability(value) == expected


def test_file_names_hold_letters_digits_hyphen_and_period_only() -> None:
    names = [corpus_file(name) for name in ("js2026", "a_b", "a-b", "声明", "共同声明")]
    assert names[0] == "js2026.xml"
    assert names[2] == "a-b.xml"
    assert all(re.fullmatch(r"[A-Za-z0-9.-]+", name) for name in names)
    assert len(set(names)) == len(names)


def test_what_would_be_invalid_is_not_written() -> None:
    checked = tei_sample.checked()
    twice = replace(checked, findings=(checked.findings[0], checked.findings[0]))
    with pytest.raises(OutputError, match=r"internal error(.|\n)*demo\.an\.f1"):
        write(twice)


# --- the full schema ---------------------------------------------------------------------

jing = pytest.mark.skipif(
    not (shutil.which("jing") and shutil.which("java")),
    reason="jing and Java are not installed (apt-get install jing)",
)


@pytest.fixture(scope="module")
def full_schema(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """TEI P5 with all its modules."""
    path = tmp_path_factory.mktemp("schema") / "tei_all.rng"
    path.write_bytes(lzma.decompress((SCHEMAS / "tei_all.rng.xz").read_bytes()))
    return path


def run_jing(schema: Path, paths: list[Path]) -> str:
    """Return what jing says of all files at once."""
    command = ["jing", str(schema), *map(str, paths)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def stated(language: str) -> Metadata:
    """Return metadata that nobody should write."""
    odd = "\x00 <&> ]]> \ud800 http://["
    version = VersionMetadata(odd, odd, odd, "http://a/b c", odd, odd, "", "not a link")
    return Metadata(
        odd, "Friday", odd, (odd,), (odd,), odd, odd, "https://x.org/ü[", odd, {language: version}
    )


@jing
def test_all_is_valid_against_the_full_schema(full_schema: Path, tmp_path: Path) -> None:
    texts = [random_text(Random(seed)) for seed in range(40)]
    texts += [
        several(Random(seed), languages)
        for seed in range(6)
        for languages in (["en"], ["ar", "he"], ["en", "ja", "it"], ["zh-Hant", "qaa", "fr", "x-y"])
        if "x-y" not in languages or seed
    ]
    texts += [blocks(kinds) for kinds in (["head"], [], ["p", "dateline"], ["p", "head", "p"])]
    texts = [
        replace(t, text=replace(t.text, metadata=stated(t.text.languages[0])), date="2026-11-22")
        if number % 2
        else t
        for number, t in enumerate(texts)
    ]
    for number, checked in enumerate([tei_sample.checked(), *texts]):
        for name, data in write(checked).items():
            path = tmp_path / str(number) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    assert run_jing(full_schema, sorted(tmp_path.rglob("*.xml"))) == ""


@jing
def test_the_statement_is_valid_against_the_full_schema(full_schema: Path, tmp_path: Path) -> None:
    """The main job on texts/, from the files to the schema."""
    from parallel_statement import encoders, segmentation, workspace
    from parallel_statement.alignment import align

    texts = workspace.open_texts(Path(__file__).parent.parent / "texts")
    (entry,) = texts.entries
    versions = [segmentation.segment(document) for document in entry.load()]
    text = align(versions, encoders.load("use"), metadata=entry.metadata)
    files = write(workspace.check(text, texts.read_glossary(None), date="2026-11-22"))
    for name, data in files.items():
        (tmp_path / Path(name).name).write_bytes(data)
    assert run_jing(full_schema, sorted(tmp_path.glob("*.xml"))) == ""
    english = (tmp_path / "js2026-en.xml").read_text(encoding="utf-8")
    assert '160<hi rend="superscript">th</hi> anniversary' in english
    assert english.index("<dateline ") < english.index("<head ") < english.index("<p xml:id")
    for version in versions:
        root = root_of(files, f"{version.id}.xml")
        said = {node.get(ID): content(node) for node in root.iter(f"{T}s")}
        assert said == {s.id: version.text(s) for s in version.sentences}
