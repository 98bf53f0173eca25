"""TEI that others wrote, or that a person changed: its texts, its sentences, its links."""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import parallel_statement as ps
import tei_sample
from parallel_statement.archive import read_tei_versions
from parallel_statement.cli import main
from parallel_statement.errors import InputError
from parallel_statement.formats.tei import flat, writer
from parallel_statement.formats.tei.beads import divide
from parallel_statement.formats.tei.sealing import FORMAT, checksum
from parallel_statement.model import Alignment, ParallelText
from parallel_statement.validation import validate_tei
from test_tei_reading import laid
from test_validation import mutant

HEAD = (
    "<teiHeader><fileDesc><titleStmt><title>{title}</title></titleStmt><publicationStmt><p/>"
    "</publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>"
)
NS = 'xmlns="http://www.tei-c.org/ns/1.0"'


def tei(body: str, language: str = "", *, after: str = "", title: str = "A title") -> str:
    """Return a TEI file with this *body*, and links and the like *after* the text."""
    tag = f' xml:lang="{language}"' if language else ""
    head = HEAD.format(title=title)
    return f"<TEI {NS}>{head}{after}<text{tag}><body>{body}</body></text></TEI>"


def corpus(*texts: str, links: str = "") -> str:
    """Return a flat corpus of *texts*."""
    inner = "".join(text.replace(f" {NS}", "") for text in texts)
    return f'<teiCorpus {NS} xml:id="c">{HEAD.format(title="Corpus")}{links}{inner}</teiCorpus>'


def linked(*targets: str) -> str:
    """Return a standOff with a link for each of *targets*."""
    links = "".join(f"<link target='{pointers}'/>" for pointers in targets)
    return f"<standOff><linkGrp>{links}</linkGrp></standOff>"


def read(tmp_path: Path, **files: str) -> ParallelText:
    """Return what TEI files make, each named by its stem."""
    for name, text in files.items():
        (tmp_path / f"{name}.xml").write_text(text, encoding="utf-8")
    return ps.read_tei(tmp_path if len(files) > 1 else tmp_path / f"{name}.xml").text


def kinds(alignment: Alignment) -> list[str]:
    return [bead.kind for bead in alignment.beads]


def said(text: ParallelText, language: str) -> list[str]:
    version = text.version(language)
    return [version.text(sentence) for sentence in version.sentences]


# --- texts -------------------------------------------------------------------------------


def sentences(tmp_path: Path, body: str, language: str = "en") -> list[str]:
    path = tmp_path / "a.xml"
    path.write_text(tei(body, language), encoding="utf-8")
    (version,) = read_tei_versions(path)
    return [version.text(sentence) for sentence in version.sentences]


@pytest.mark.parametrize(
    ("body", "language", "expected"),
    [
        ("<p>One. Two.</p>", "en", ["One.", "Two."]),
        ("<p><s>One. Two.</s> <s>Three.</s></p>", "en", ["One. Two.", "Three."]),
        ("<ab><seg>One. Two.</seg><seg>Three.</seg></ab>", "en", ["One. Two.", "Three."]),
        ("<p>See <seg>One</seg> here. Two.</p>", "en", ["See One here.", "Two."]),
        ("<p><s>One.</s> stray <s>Two.</s></p>", "en", ["One.", "stray", "Two."]),
        ("<p>\n One\n  line.\n</p>", "en", ["One line."]),
        ("<p>両首脳は\n  会談した。</p>", "ja", ["両首脳は会談した。"]),
        ("<p><s>One<note>A note.</note> two.</s></p>", "en", ["One two."]),
        ("<p><s>One <choice><sic>tow</sic><corr>two</corr></choice>.</s></p>", "en", ["One tow."]),
        ("<p><s><w>One</w> <w join='right'>two</w> <pc>.</pc></s></p>", "en", ["One two."]),
        ("<lg><l>One</l><l>two.</l></lg>", "en", ["One two."]),
        ("<p><label n='1'>1.</label> <s>One.</s></p>", "en", ["One."]),
        ("<p>A &amp; B ]]&gt; e\u0301 \u00a0 𝒳.</p>", "en", ["A & B ]]> e\u0301 \u00a0 𝒳."]),
        ("<div><head>Title</head><div><p>One.</p></div></div>", "en", ["Title", "One."]),
        ("<list><item>One.</item><item><p>Two.</p></item></list>", "en", ["One.", "Two."]),
        ("<p><!-- no --><?pi no?><s>One<!-- no --> two.</s></p>", "en", ["One two."]),
    ],
)  # fmt: skip
def test_the_sentences_of_a_text(
    tmp_path: Path, body: str, language: str, expected: list[str]
) -> None:
    assert sentences(tmp_path, body, language) == expected


def test_labels_page_breaks_marks_and_omissions(tmp_path: Path) -> None:
    body = (
        '<pb n="3"/><head>T</head><p n="1"><label n="1">1.</label> <s>One<pb n="4"/> '
        '<hi rend="superscript">two</hi><note>N</note>.</s></p>'
    )
    path = tmp_path / "a.xml"
    path.write_text(tei(body, "en"), encoding="utf-8")
    (version,) = read_tei_versions(path)
    document = version.document
    assert [p.kind for p in version.paragraphs] == ["head", "p"]
    assert [p.id for p in version.paragraphs] == ["a-en.head", "a-en.p1"]
    assert version.paragraphs[1].number == "1"
    assert document.content(version.paragraphs[1].label) == "1."
    assert [(m.kind, document.content(m.span), dict(m.attributes)) for m in document.marks] == [
        ("pb", "", {"n": "3"}),
        ("pb", "", {"n": "4"}),
        ("superscript", "two", {}),
    ]
    assert document.omissions == ("1 note",)


def test_every_character_of_a_text_is_content_or_layout(tmp_path: Path) -> None:
    body = "<p> A <note>N</note> b\n c </p>\n<p>D</p>"
    path = tmp_path / "a.xml"
    path.write_text(tei(body, "en"), encoding="utf-8")
    (version,) = read_tei_versions(path)
    document = version.document
    covered = {k for b in document.blocks for k in range(*b.span)}
    covered |= {k for one in document.layout for k in range(*one.span)}
    assert covered == set(range(len(document.text)))


def test_tei_is_a_source_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(tei("<p>One. Two.</p>", "en"), encoding="utf-8")
    document = ps.read(path, "en")
    assert document.content(document.blocks[0].span) == "One. Two."
    with pytest.raises(InputError, match="holds no text in ja, but in: en"):
        ps.read(path, "ja")


def test_our_own_text_is_read_to_the_character(tmp_path: Path) -> None:
    checked = tei_sample.checked()
    folder = laid(writer.write(checked), tmp_path).parent
    for version in checked.text.versions:
        path = folder / f"{version.id}.xml"
        assert ps.read(path, version.language, id="demo") == version.document


# --- alignment ---------------------------------------------------------------------------


def test_links_of_sentences_in_a_flat_corpus(tmp_path: Path) -> None:
    links = (
        "<standOff><linkGrp><link target='#e1 #e2 #i1' cert='0.75'/><link target='#e3 #i3'/>"
        "</linkGrp></standOff>"
    )
    english = tei("<p><s xml:id='e1'>A.</s><s xml:id='e2'>B.</s><s xml:id='e3'>C.</s></p>", "en")
    italian = tei("<p><s xml:id='i1'>A.</s><s xml:id='i2'>X.</s><s xml:id='i3'>C.</s></p>", "it")
    text = read(tmp_path, c=corpus(english, italian, links=links))
    assert (text.id, text.languages, text.metadata.title) == ("c", ("en", "it"), "Corpus")
    assert kinds(text.sentences) == ["2-1", "0-1", "1-1"]
    assert kinds(text.paragraphs) == ["1-1"]
    assert [bead.posterior for bead in text.sentences.beads] == [0.75, 1.0, 1.0]
    assert [bead.id for bead in text.sentences.beads] == [
        "c.al.s.p1.s1", "c.al.s.it.p1.s2", "c.al.s.p1.s3",
    ]  # fmt: skip


def test_corresp_between_files_without_sentences(tmp_path: Path) -> None:
    text = read(
        tmp_path,
        one=tei("<p xml:id='a'>One. Two.</p><p xml:id='b'>Three.</p>", "en"),
        two=tei("<p corresp='one.xml#a' xml:id='x'>Uno e due.</p><p>Tre.</p>", "it"),
    )
    assert sorted(kinds(text.paragraphs)) == ["0-1", "1-0", "1-1"]
    assert sorted(kinds(text.sentences)) == ["0-1", "1-0", "2-1"]


def test_links_in_the_back_of_a_file_in_two_languages(tmp_path: Path) -> None:
    body = (
        "<div xml:lang='en'><p xml:id='a'>One.</p></div><div xml:lang='it'><p xml:id='b'>Uno.</p>"
        "</div></body><back><linkGrp><link target='#a #b'/></linkGrp></back><body>"
    )
    whole = tei(body).replace("<body></body>", "").replace("<body></text>", "</text>")
    text = read(tmp_path, a=whole.replace("<body></text>", "</text>"))
    assert text.languages == ("en", "it")
    assert kinds(text.sentences) == ["1-1"]


def test_crossing_links_are_one_bead(tmp_path: Path) -> None:
    links = (
        "<standOff><linkGrp><link target='#e1 #i2'/><link target='#e2 #i1'/></linkGrp></standOff>"
    )
    english = tei("<p><s xml:id='e1'>A.</s><s xml:id='e2'>B.</s></p>", "en")
    italian = tei("<p><s xml:id='i1'>B.</s><s xml:id='i2'>A.</s></p>", "it")
    assert kinds(read(tmp_path, c=corpus(english, italian, links=links)).sentences) == ["2-2"]


def test_pointers_that_lead_nowhere_are_told(tmp_path: Path) -> None:
    links = (
        "<standOff><linkGrp><link target='#e1 #i1'/><link target='#e9 #i1'/></linkGrp></standOff>"
    )
    english, italian = tei("<p xml:id='e1'>A.</p>", "en"), tei("<p xml:id='i1'>A.</p>", "it")
    text = read(tmp_path, c=corpus(english, italian, links=links))
    assert "1 of their pointers lead to nothing that was read" in text.notices


@pytest.mark.parametrize("write", [writer.write, flat.write], ids=["files", "flat"])
def test_our_own_without_records_has_the_same_words_and_links(
    write: Callable[..., dict[str, bytes]], tmp_path: Path
) -> None:
    checked = tei_sample.checked()
    files = {
        name: re.sub(rb"<xenoData.*?</xenoData>", b"", data, flags=re.DOTALL)
        for name, data in write(checked).items()
    }
    text = ps.read_tei(laid(files, tmp_path)).text
    for language in checked.text.languages:
        assert said(text, language) == said(checked.text, language)
        labels = [p.number for p in text.version(language).paragraphs]
        assert labels == [p.number for p in checked.text.version(language).paragraphs]
    for level in ("paragraph", "sentence"):
        ours, theirs = checked.text.alignment(level), text.alignment(level)
        assert [b.ranges for b in theirs.beads] == [b.ranges for b in ours.beads]
        for pair, beads in ours.pairs.items():
            found = theirs.pairs[pair]
            assert [(b.source, b.target, b.status) for b in found] == [
                (b.source, b.target, b.status) for b in beads
            ]


def test_a_link_that_a_person_changed_counts(tmp_path: Path) -> None:
    path = laid(writer.write(tei_sample.checked()), tmp_path)
    before = ps.read_tei(path).text
    data = path.read_text(encoding="utf-8")
    changed = re.sub(r'(<link [^>]*cert=")[^"]*("[^>]*#demo-en\.p2\.s1 )', r"\g<1>0.5\2", data)
    assert changed != data
    path.write_text(changed, encoding="utf-8")
    after = ps.read_tei(path).text
    assert after.versions == before.versions
    assert 0.5 in [bead.posterior for bead in after.sentences.beads]


beads = st.lists(st.lists(st.integers(0, 2), min_size=3, max_size=3).filter(any), max_size=6)


@given(beads)
def test_links_of_beads_make_these_beads(sizes: list[list[int]]) -> None:
    """What every bead's segments are linked by gives the beads again, gaps cut to single ones."""
    tags = ("en", "ja", "it")
    totals = {tag: sum(row[k] for row in sizes) for k, tag in enumerate(tags)}
    positions = dict.fromkeys(tags, 0)
    links = []
    for row in sizes:
        link = []
        for tag, size in zip(tags, row, strict=True):
            link += [(tag, positions[tag] + n) for n in range(size)]
            positions[tag] += size
        if len({tag for tag, _ in link}) > 1:
            links.append(link)
    found = divide(totals, links)
    for tag in tags:
        covered = [k for bead in found for k in bead[tag].indices]
        assert covered == list(range(totals[tag]))
    linked = [
        {(tag, k) for tag in tags for k in bead[tag].indices}
        for bead in found
        if sum(bool(bead[tag].size) for tag in tags) > 1
    ]
    assert sorted(map(sorted, linked)) == sorted(map(sorted, links))
    alone = [bead for bead in found if sum(bool(bead[tag].size) for tag in tags) == 1]
    assert all(sum(side.size for side in bead.values()) == 1 for bead in alone)


# --- what is refused ---------------------------------------------------------------------

DTD = '<!DOCTYPE TEI [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "cannot be read as XML"),
        ("<TEI>", "cannot be read as XML"),
        ("<TEI/>", "is no TEI: its root is TEI in the namespace none"),
        (f"<TEI {NS}/>", "has no text element"),
        (tei("<p>A</p>"), "does not say in which language it is"),
        (tei("<p>A</p>", "not-a-language-tag-at-all"), "language"),
        (tei("<p> </p>", "en"), "holds no text"),
        (tei("<p>A</p>", "en"), "holds a text in one language only"),
        (DTD + tei("<p>&b;</p>", "en"), "document type declaration"),
        ('<!DOCTYPE TEI SYSTEM "http://127.0.0.1:9/x.dtd">' + tei("<p>A</p>", "en"), "DTD"),
        (corpus(tei("<p>A</p>", "en"), tei("<p>B</p>", "it")), "no link between them"),
        (corpus(tei("<p>A</p>", "en"), tei("<p>B</p>", "en")), "a second text in en"),
        (corpus().replace("</teiCorpus>", "<xi:include href='../x.xml' "
         "xmlns:xi='http://www.w3.org/2001/XInclude'/></teiCorpus>"), "does not lie beside it"),
        (corpus(), "teiCorpus without a text"),
        ("<p " + NS + ">" * 300, "cannot be read as XML"),
        (tei("<div>" * 400 + "<p>A</p>" + "</div>" * 400, "en"), "cannot be read as XML"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(content: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message) as caught:
        ps.read_tei(path)
    assert str(path) in str(caught.value)


def test_a_line_of_many_megabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    with path.open("w", encoding="utf-8") as file:
        file.write(tei("<p>", "en").partition("<p>")[0] + "<p>")
        for _ in range(20):
            file.write("word " * 200_000)
    with pytest.raises(InputError, match=r"10 million characters; divide it"):
        ps.read_tei(path)
    with path.open("r+b") as file:
        file.truncate(200_000_000)
    with pytest.raises(InputError, match="larger than 128 MiB"):
        ps.read_tei(path)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"text":"', '"text":"x'),
        ('"span":[', '"span":[99999,'),
        ('"content":{', '"content":[{'),
        ('"format":"parallel-statement-tei/1"', '"format":"parallel-statement-tei/9"'),
    ],
)
def test_a_record_that_was_changed_alone_is_not_believed(
    old: str, new: str, tmp_path: Path
) -> None:
    path = laid(writer.write(tei_sample.checked()), tmp_path)
    text = path.parent / "demo-en.xml"
    text.write_text(text.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    try:
        found = ps.read_tei(path).text
    except InputError as error:
        assert "xenoData" in str(error)
    else:
        assert said(found, "en") == said(tei_sample.checked().text, "en")


# --- commands ----------------------------------------------------------------------------


def test_a_page_from_tei_is_the_page_from_the_run(tmp_path: Path) -> None:
    checked = tei_sample.checked()
    ps.write(checked, tmp_path / "run", ["tei", "tei-flat", "html"])
    page = (tmp_path / "run/demo.html").read_bytes()
    for number, source in enumerate(["tei", "tei/demo.xml", "tei-flat/demo.xml"]):
        out = str(tmp_path / str(number))
        arguments = ["export", str(tmp_path / "run" / source), "--format", "html", "--out", out]
        assert main(arguments) == 0
        assert (tmp_path / str(number) / "demo/demo.html").read_bytes() == page


def test_tei_is_shown_and_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    corpus_file = laid(writer.write(tei_sample.checked()), tmp_path)
    assert main(["show", str(corpus_file)]) == 0
    assert "They uphold the rule of law." in capsys.readouterr().out
    assert main(["check", str(corpus_file.parent), "--fail-on", "never"]) == 0
    assert "1 text: " in capsys.readouterr().out


def test_the_tei_that_is_read_is_not_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ps.write(tei_sample.checked(), tmp_path / "demo", ["tei"])
    arguments = ["export", str(tmp_path / "demo/tei"), "--format", "tei", "--out", str(tmp_path)]
    assert main(arguments) == 2
    assert "choose another place with --out" in capsys.readouterr().err


# --- anything at all ---------------------------------------------------------------------


def damaged(random: Random, data: bytes) -> bytes:
    """Return *data* with some bytes changed, left out, or put in."""
    found = bytearray(data)
    for _ in range(random.randint(1, 4)):
        place = random.randrange(len(found))
        kind = random.randrange(3)
        if kind == 0:
            found[place] = random.randrange(256)
        elif kind == 1:
            del found[place : place + random.randint(1, 300)]
        else:
            found[place:place] = random.choice(JUNK)
    return bytes(found)


JUNK = [b"<p>", b"</p>", b"&x;", b"\xff", b"-->", b"]]>", b'"', b"<s xml:id='demo-en.p1'/>"]
TRIES = int(os.environ.get("TEI_DAMAGED", "60"))
"""How many files are tried; ``TEI_DAMAGED=3000`` for a long run."""


@pytest.mark.parametrize("records", [True, False], ids=["with records", "without"])
def test_damaged_tei_is_read_or_refused_in_words(records: bool, tmp_path: Path) -> None:
    random = Random(records)
    (data,) = flat.write(tei_sample.checked()).values()
    if not records:
        data = re.sub(rb"<xenoData.*?</xenoData>", b"", data, flags=re.DOTALL)
    whole = etree.fromstring(data)
    path = tmp_path / "a.xml"
    for number in range(TRIES):
        changed = damaged(random, data) if number % 2 else etree.tostring(mutant(random, whole))
        path.write_bytes(changed)
        validate_tei(path)
        with contextlib.suppress(ps.ParallelStatementError):
            ps.read_tei(path)


def forged(data: bytes, old: str, new: str) -> bytes:
    """Return a text with a record that says something else, and a seal that fits."""
    root = etree.fromstring(data)
    record = next(root.iter("{http://www.tei-c.org/ns/1.0}xenoData"))
    content = json.loads(record.text)["content"]
    words = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    assert old in words
    text = f'"content":{words.replace(old, new, 1)}}}'
    record.text = f'{{"format":"{FORMAT}","sha256":"{checksum(root, text)}",{text}'
    return etree.tostring(root)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"span":[5,30]', '"span":[5,9999]', "a place of demo-en lies outside its text"),
        ('"span":[5,30]', '"span":[30,5]', "a place of demo-en lies outside its text"),
        ('"kind":"dateline"', '"kind":"title"', "kind is not what it should be"),
        ('"id":"demo-en.p1"', '"id":"../p1"', "the ids of demo-en are not names, or not unique"),
        ('"id":"demo-en.p1"', '"id":"demo-en.p2"', "the ids of demo-en are not names"),
        ('"text":', '"wording":', "document has 'wording', which is unknown"),
        ('"reason":"markup"', '"reason":7', "reason is not what it should be"),
        ('"language":"en",', "", "document lacks 'language'"),
        ('"number":"1"', '"number":[]', "number is not what it should be"),
    ],
)
def test_a_forged_record_must_still_fit_together(
    old: str, new: str, message: str, tmp_path: Path
) -> None:
    data = writer.write(tei_sample.checked())["tei/demo-en.xml"]
    path = tmp_path / "demo-en.xml"
    path.write_bytes(forged(data, old, new))
    with pytest.raises(InputError, match=re.escape(message)) as caught:
        read_tei_versions(path)
    assert "or remove xenoData" in str(caught.value)
