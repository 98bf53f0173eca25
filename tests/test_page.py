from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import parallel_statement
from page_sample import ENGLISH, GLOSSARY, ITALIAN, sample, version
from parallel_statement.formats.page import write
from parallel_statement.formats.page.runs import (
    LAYERS,
    Annotation,
    Element,
    Milestone,
    Node,
    weave,
)
from parallel_statement.model import (
    Alignment,
    Bead,
    CheckedText,
    Concept,
    Definition,
    Designation,
    Finding,
    Glossary,
    Layout,
    Mark,
    Mention,
    Metadata,
    Paragraph,
    ParallelText,
    Provenance,
    Range,
    Sentence,
    Span,
    Version,
    VersionMetadata,
)

Tree = lxml.html.HtmlElement


def parse(checked: CheckedText) -> Tree:
    (data,) = write(checked).values()
    return lxml.html.document_fromstring(data.decode())


@cache
def page() -> Tree:
    return parse(sample("2026-11-22"))


def by_id(tree: Tree, name: str) -> Tree:
    (element,) = tree.xpath("//*[@id=$name]", name=name)
    return element


def classes(element: Tree) -> set[str]:
    return set(element.get("class", "").split())


# --- the file ----------------------------------------------------------------------------


def test_one_file_named_after_the_document() -> None:
    files = write(sample())
    assert list(files) == ["t.html"]
    assert files["t.html"].startswith(b"<!DOCTYPE html>")


def test_same_input_same_bytes() -> None:
    assert write(sample("2026-11-22")) == write(sample("2026-11-22"))


def test_only_the_given_date_is_written() -> None:
    assert b"22 November 2026" in write(sample("2026-11-22"))["t.html"]
    dates = set(re.findall(rb"\b\d{4}-\d\d-\d\d\b", write(sample())["t.html"]))
    assert dates == {b"2026-01-16"}


def test_nothing_is_fetched() -> None:
    assert not page().xpath("//@src | //@srcset | //@style | //link | //img | //iframe | //object")
    for href in page().xpath("//@href"):
        assert href.startswith(("#", "https://creativecommons.org/"))
    (style,) = page().xpath("//style/text()")
    assert "url(" not in style
    assert "@import" not in style
    (script,) = page().xpath("//script/text()")
    assert not re.search(r"fetch\(|XMLHttpRequest|import\(|innerHTML|eval\(", script)


def test_policy_allows_this_style_and_this_script_only() -> None:
    (policy,) = page().xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    allowed = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert allowed["default-src"] == "'none'"
    for directive, tag in (("style-src", "style"), ("script-src", "script")):
        (content,) = page().xpath(f"//{tag}/text()")
        digest = b64encode(sha256(content.encode()).digest()).decode()
        assert allowed[directive] == f"'sha256-{digest}'"
    assert not page().xpath("//@*[starts-with(name(), 'on')]")


def test_ids_are_unique_and_links_lead_somewhere() -> None:
    ids = page().xpath("//@id")
    assert len(ids) == len(set(ids))
    for href in page().xpath("//@href[starts-with(., '#')]"):
        assert href[1:] in ids


# --- what it shows -----------------------------------------------------------------------


def test_every_bead_is_a_row_with_a_cell_for_every_version() -> None:
    text = sample().text
    rows = page().xpath("//tr[contains(@class, 'bead')]")
    assert [row.get("id") for row in rows] == [bead.id for bead in text.sentences.beads]
    for row, bead in zip(rows, text.sentences.beads, strict=True):
        cells = row.xpath("td[@lang]")
        assert [cell.get("lang") for cell in cells] == list(text.languages)
        for cell, said in zip(cells, text.versions, strict=True):
            shown = cell.xpath(".//span[@data-partners]/@id")
            indices = bead.ranges[said.language].indices
            assert shown == [said.sentences[i].id for i in indices]
    sections = page().xpath("//tbody/@id")
    assert sections == [bead.id for bead in text.paragraphs.beads]


def test_a_sentence_says_what_the_version_says() -> None:
    for said in sample().text.versions:
        for sentence in said.sentences:
            assert by_id(page(), sentence.id).text_content() == said.text(sentence)


def test_a_gap_is_visible() -> None:
    row = by_id(page(), "t.al.s.4")
    gaps = [cell for cell in row.xpath("td[@lang]") if "gap" in classes(cell)]
    assert [cell.get("lang") for cell in gaps] == ["ja", "it"]
    assert {cell.text_content().strip() for cell in gaps} == {"no counterpart"}


def test_partners_are_those_of_the_finest_beads() -> None:
    partners = {s.get("id"): s.get("data-partners") for s in page().xpath("//*[@data-partners]")}
    assert partners["t-en.p1.s1"] == "t-ja.p1.s1 t-it.p1.s1"
    assert partners["t-ja.p1.s2"] == "t-en.p1.s2 t-it.p1.s1"
    assert partners["t-it.p1.s1"] == "t-en.p1.s1 t-en.p1.s2 t-ja.p1.s1 t-ja.p1.s2"
    assert partners["t-en.p2.s2"] == ""


def test_labels_headings_breaks_and_superscript() -> None:
    assert by_id(page(), "t-ja.p2").xpath("string(span[@class='label'])") == "２　"
    assert by_id(page(), "t-en.head").get("role") == "heading"
    assert by_id(page(), "t-en.p1.s1").xpath("string(.//sup)") == "th"
    (stop,) = by_id(page(), "t-en.p1.s2").xpath(".//*[@role='doc-pagebreak']")
    assert stop.get("aria-label") == "page 2"
    assert stop.getprevious() is not None or stop.getparent().tag == "mark"


def test_a_page_break_between_paragraphs_stands_before_the_next() -> None:
    checked = sample()
    start = ENGLISH.paragraphs[2].span.start
    document = ENGLISH.document
    marks = (*document.marks, Mark("pb", Span(start, start), {"n": "9"}))
    first = replace(ENGLISH, document=replace(document, marks=marks))
    text = replace(checked.text, versions=(first, *checked.text.versions[1:]))
    cell = by_id(parse(replace(checked, text=text)), "t-en.p2").getparent()
    assert cell[0].xpath("string(.//*[@role='doc-pagebreak']/@data-page)") == "p. 9"


def test_doubt_is_said_in_words_and_figures() -> None:
    doubtful = page().xpath("//tr[contains(@class, 'bead') and contains(@class, 'doubtful')]/@id")
    assert doubtful == ["t.al.s.4"]
    gutter = by_id(page(), "t.al.s.4")[0].text_content()
    assert "doubtful sentence pairing, confidence 0.60" in gutter
    assert "doubtful paragraph pairing" in by_id(page(), "t.al.s.3")[0].text_content()
    assert "confidence 0.99" in by_id(page(), "t.al.s.1")[0].get("title")
    assert "1 row and 1 paragraph doubtful" in page().xpath("string(//p[@class='summary'])")


def locked() -> CheckedText:
    """The sample with its second row locked, and a part of the third one."""
    made = sample()
    alignment = made.text.sentences
    beads = list(alignment.beads)
    beads[1] = replace(beads[1], status="locked", posterior=1.0)
    pairs = {
        pair: tuple(
            replace(bead, status="locked")
            if pair == ("en", "ja") and bead.source.start == 3
            else bead
            for bead in parts
        )
        for pair, parts in alignment.pairs.items()
    }
    sentences = replace(alignment, beads=tuple(beads), pairs=pairs)
    return replace(made, text=replace(made.text, sentences=sentences))


def test_what_a_person_fixed_is_marked_and_said() -> None:
    tree = parse(locked())
    row, other = (by_id(tree, f"t.al.s.{n}")[0] for n in (2, 3))
    assert "sentence pairing fixed by a person" in row.text_content()
    assert row.xpath(".//*[contains(@class, 'lock')]/svg[@aria-hidden='true']")
    assert "fixed by a person: English, Japanese" in other.text_content()
    assert "partly" in other.xpath("string(.//*[contains(@class, 'lock')]/@class)")
    assert "1 row fixed by a person" in tree.xpath("string(//p[@class='summary'])")
    assert not page().xpath("//*[contains(@class, 'lock')]")


def test_a_row_shows_its_id_to_lock_it_by() -> None:
    cell = by_id(page(), "t.al.s.2")[0]
    assert "t.al.s.2" in cell.get("title")
    assert cell.xpath("string(.//a/@href)") == "#t.al.s.2"


def test_findings_stand_beside_their_text() -> None:
    note = by_id(page(), "finding-f.term")
    assert note.xpath("ancestor::tr")[0].getprevious().get("id") == "t.al.s.3"
    content = " ".join(note.text_content().split())
    for part in ("Warning", "Italian", "deprecated term", "soggiorno", "visita", "f.term"):
        assert part in content
    marked = page().xpath("//mark[@data-finding='f.term']")
    assert [mark.text_content() for mark in marked] == ["the visit", "visita"]
    assert "whole" in classes(by_id(page(), "t-en.p2.s2"))
    assert by_id(page(), "finding-f.crossing").xpath("ancestor::tbody/@id") == ["t.al.p.2"]
    assert by_id(page(), "finding-f.whole").xpath("ancestor::section")
    assert "1 error, 1 warning, 2 remarks" in page().text_content()


def test_terms_are_marked_and_explained() -> None:
    terms = page().xpath("//table//*[@data-concept='rule-of-law']")
    # in English the finding cuts the term
    assert [term.text_content() for term in terms] == [
        "rule of ",
        "law",
        "法の支配",
        "Stato di diritto",
    ]
    (deprecated,) = page().xpath("//table[@id='text']//*[contains(@class, 'deprecated')]")
    assert deprecated.text_content() == "visita"
    entry = by_id(page(), "concept-rule-of-law").text_content()
    assert "primato della legge" in entry
    assert not page().xpath("//*[@id='concept-unused']")


def test_without_a_glossary_the_mentions_tell_the_concept() -> None:
    tree = parse(replace(sample(), glossary=None))
    assert "法の支配" in by_id(tree, "concept-rule-of-law").text_content()


def test_header_and_notices() -> None:
    header = page().xpath("//header")[0].text_content()
    for part in (
        "Joint Statement",  # the head of the text says the same in capitals
        "共同声明",
        "Tokyo, 16 January 2026",
        "unofficial working translation",
        "3 paragraphs, 5 sentences",
        "no version in German (de) was found",
    ):
        assert part in " ".join(header.split())
    assert "parallel-statement 0.1.0; encoder use" in page().xpath("string(//footer)")


@pytest.mark.parametrize(
    ("title", "versions", "shown"),
    [
        ("", {}, ["JOINT STATEMENT", "共同声明", "DICHIARAZIONE"]),
        ("The Talks", {}, ["The Talks", "JOINT STATEMENT", "共同声明", "DICHIARAZIONE"]),
        ("Joint Statement", {}, ["Joint Statement", "共同声明", "DICHIARAZIONE"]),
        ("t", {}, ["JOINT STATEMENT", "共同声明", "DICHIARAZIONE"]),  # the stem of the files
        ("The Talks", {"ja": "会談"}, ["The Talks", "JOINT STATEMENT", "会談", "DICHIARAZIONE"]),
        ("The Talks", {"en": "The Talks", "ja": "会談", "it": "I colloqui"}, None),
        ("The Talks", {"en": "The Talks", "ja": "The Talks", "it": "I colloqui"},
         ["The Talks", "共同声明", "I colloqui"]),
    ],
)  # fmt: skip
def test_titles_of_the_metadata_stand_in_the_head(
    title: str, versions: dict[str, str], shown: list[str] | None
) -> None:
    checked = sample()
    views = {tag: VersionMetadata(words) for tag, words in versions.items()}
    text = replace(checked.text, metadata=Metadata(title, versions=views))
    tree = parse(replace(checked, text=text))
    lines = [line.text_content() for line in tree.xpath("//h1/span")]
    heads = {v.language: v.text(v.paragraphs[0]) for v in text.versions}
    expected = shown or list(versions.values())
    assert lines == [heads["it"] if line == "DICHIARAZIONE" else line for line in expected]
    assert tree.xpath("string(//title)") == (title or lines[0])


@pytest.mark.parametrize(("count", "more"), [(10, ""), (11, "1 more"), (32, "22 more")])
def test_the_list_of_findings_says_how_many_more_there_are(count: int, more: str) -> None:
    checked = sample()
    findings = tuple(replace(checked.findings[0], id=f"f{i}") for i in range(count))
    (listed,) = parse(replace(checked, findings=findings)).xpath("//nav[@class='findings']")
    assert len(listed.xpath("./ol/li")) == 10
    assert len(listed.xpath("./details/ol/li")) == count - 10
    assert listed.xpath("string(.//summary)") == more


def test_one_format_can_be_named_by_itself(tmp_path: Path) -> None:
    assert parallel_statement.write(sample(), tmp_path, formats="html") == (tmp_path / "t.html",)


@pytest.mark.parametrize(
    ("tag", "direction"),
    [("ar", "rtl"), ("he", "rtl"), ("ur-PK", "rtl"), ("az-Arab", "rtl"), ("az", "ltr")],
)
def test_direction_follows_the_script(tag: str, direction: str) -> None:
    tree = parse(alone(version(tag, [("p", "1", ["x."])])))
    assert tree.xpath("//td[@lang]/@dir") == [direction]


def test_a_paragraph_without_sentences_is_not_lost() -> None:
    bare = version("en", [("p", "1.", ["One."]), ("p", "2.", []), ("p", "3.", ["Three."])])
    tree = parse(alone(bare))
    assert [" ".join(p.text_content().split()) for p in tree.xpath("//td/p")] == [
        "1.One.",
        "2.",
        "3.Three.",
    ]


def test_an_automatic_number_is_shown_but_is_no_text() -> None:
    plain = version("en", [("p", "", ["One."])])
    paragraph = replace(plain.paragraphs[0], number="7")
    (label,) = parse(alone(replace(plain, paragraphs=(paragraph,)))).xpath("//td//*[@data-number]")
    assert label.get("data-number") == "7."
    assert label.text_content() == ""


def test_a_long_label_does_not_hang() -> None:
    tree = parse(
        alone(version("ja", [("p", "第三十二条　", ["本文。"]), ("p", "３　", ["本文。"])]))
    )
    assert tree.xpath("//td//*[contains(@class, 'label')]/@class") == ["label long", "label"]


def alone(only: Version, **parts: object) -> CheckedText:
    """Return a checked text of one version; every paragraph and sentence is its own bead."""

    def beads(kind: str, count: int) -> tuple[Bead, ...]:
        return tuple(
            Bead(f"t.al.{kind}.{i + 1}", {only.language: Range(i, i + 1)}, 1.0)
            for i in range(count)
        )

    text = ParallelText(
        "t",
        (only,),
        Alignment("paragraph", beads("p", len(only.paragraphs)), {}),
        Alignment("sentence", beads("s", len(only.sentences)), {}),
        Provenance("0", "none", ""),
    )
    return CheckedText(text, **parts)  # type: ignore[arg-type]


# --- laws --------------------------------------------------------------------------------


def flatten(nodes: tuple[Node, ...], above: frozenset[str] = frozenset()) -> Iterator[object]:
    """Yield every character with the keys above it, and every milestone."""
    for node in nodes:
        if isinstance(node, str):
            yield from ((character, above) for character in node)
        elif isinstance(node, Element):
            yield from flatten(node.children, above | set(node.keys))
        else:
            yield node


TEXT = st.text(
    st.one_of(
        st.sampled_from("<>&\"'/=`{}%#a "),
        st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co")),
    ),
    min_size=1,
    max_size=40,
)


@st.composite
def documents(draw: st.DrawFn) -> Version:
    """A version of one sentence with layout inside."""
    text = draw(TEXT)
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
    layout = tuple(
        Layout(Span(a, b), "markup", draw(st.sampled_from(["", " "])))
        for a, b in zip(cuts[::2], cuts[1::2], strict=False)
    )
    plain = version("en", [("p", "", ["x"])])
    whole = Span(0, len(text))
    document = replace(plain.document, text=text, layout=layout)
    sentence = Sentence("t-en.p1.s1", whole)
    return Version(document, (Paragraph("t-en.p1", "p", whole, (sentence,)),))


def spans(length: int) -> st.SearchStrategy[Span]:
    borders = st.tuples(st.integers(0, length), st.integers(0, length))
    return borders.map(lambda pair: Span(min(pair), max(pair)))


@given(st.data())
def test_weaving_keeps_text_and_annotations(data: st.DataObject) -> None:
    only = data.draw(documents())
    length = len(only.document.text)
    view = only.document.view(Span(0, length))
    annotations = [
        Annotation(layer, span, f"{layer}{i}")
        for i, (layer, span) in enumerate(
            data.draw(st.lists(st.tuples(st.sampled_from(LAYERS), spans(length)), max_size=8))
        )
    ]
    stops = [
        Milestone("pb", offset, str(i))
        for i, offset in enumerate(data.draw(st.lists(st.integers(0, length), max_size=4)))
    ]
    flat = list(flatten(weave(view, annotations, stops)))
    characters = [item for item in flat if isinstance(item, tuple)]
    assert "".join(c for c, _ in characters) == view.text
    for (_, above), offset in zip(characters, view.offsets, strict=False):
        assert above == {a.key for a in annotations if a.span.start <= offset < a.span.end}
    milestones = [item for item in flat if isinstance(item, Milestone)]
    assert milestones == sorted(stops, key=lambda stop: stop.offset)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_text_is_shown_as_it_is(data: st.DataObject) -> None:
    only = data.draw(documents())
    length = len(only.document.text)
    kinds = st.sampled_from(["superscript", "subscript", "emphasis", "strong", "pb"])
    marks = tuple(
        sorted(
            (
                Mark(k, s)
                for k, s in data.draw(st.lists(st.tuples(kinds, spans(length)), max_size=5))
            ),
            key=lambda mark: mark.span,
        )
    )
    only = replace(only, document=replace(only.document, marks=marks))
    found = {"en": tuple(data.draw(st.lists(spans(length), max_size=3)))}
    concept = Concept("c", (Designation("en", "x"),))
    checked = alone(
        only,
        glossary=Glossary((concept,)),
        mentions={
            "en": tuple(
                Mention("c", concept.designations[0], "t-en.p1.s1", span, "")
                for span in data.draw(st.lists(spans(length), max_size=2))
            )
        },
        findings=(Finding("f", "r", "error", "t.al.s.1", found, ("en",), "", "", "why"),),
    )
    shown = by_id(parse(checked), "t-en.p1.s1").text_content()
    assert shown == only.text(only.sentences[0])


def test_a_definition_stands_with_its_concept_in_its_language() -> None:
    concept = replace(GLOSSARY.concepts[0], definitions=(Definition("政治の原則。", "ja"),))
    checked = replace(sample(), glossary=Glossary((concept,)))
    (found,) = parse(checked).xpath("//section[@class='glossary']//p[@lang='ja']")
    assert found.text_content() == "政治の原則。"


def poisoned(poison: str) -> CheckedText:
    """Return the sample with *poison* wherever a stranger's words can stand."""
    checked = sample()
    metadata = Metadata(
        **dict.fromkeys(("title", "date", "place", "publisher", "licence", "licence_url"), poison),
        identifier=poison,
        issuers=(poison,),
        keywords=(poison,),
        versions={
            tag: VersionMetadata(poison, poison, poison, poison, poison, poison, poison, poison)
            for tag in checked.text.languages
        },
    )
    sentence = ITALIAN.sentences[-1]
    document = ITALIAN.document
    start, end = sentence.span
    text = document.text[:start] + poison.ljust(end - start)[: end - start] + document.text[end:]
    source = replace(document.source, name=poison, encoding=poison)
    mark = Mark("pb", Span(start + 1, start + 1), {"n": poison})
    document = replace(document, text=text, source=source, marks=(mark,))
    versions = (*checked.text.versions[:2], replace(ITALIAN, document=document))
    designation = Designation("en", poison)
    concepts = tuple(
        replace(concept, designations=(designation,), domain=poison, note=poison)
        for concept in GLOSSARY.concepts
    )
    findings = tuple(
        replace(finding, rule=poison, expected=poison, found=poison, reason=poison)
        for finding in checked.findings
    )
    return replace(
        checked,
        text=replace(
            checked.text,
            versions=versions,
            metadata=metadata,
            notices=(poison,),
            provenance=Provenance(poison, poison, poison, {poison: poison}),
        ),
        glossary=Glossary(concepts),
        findings=findings,
        date=poison,
    )


@pytest.mark.parametrize(
    "poison",
    [
        "<script>alert(1)</script>",
        "</title><img src=x onerror=alert(1)>",
        '" autofocus onfocus="alert(1)',
        "' onmouseover='alert(1)",
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "</style></script><svg onload=alert(1)>",
        "{{ 7 * 7 }}{% raw %}",
    ],
)
def test_no_word_of_a_stranger_becomes_markup(poison: str) -> None:
    harmless = parse(poisoned("harmless"))
    tree = parse(poisoned(poison))
    assert [e.tag for e in tree.iter()] == [e.tag for e in harmless.iter()]
    names = [sorted(e.attrib) for e in tree.iter() if isinstance(e.tag, str)]
    assert names == [sorted(e.attrib) for e in harmless.iter() if isinstance(e.tag, str)]
    assert all(href.startswith("#") for href in tree.xpath("//@href"))
    assert poison in tree.text_content()


# --- colours -----------------------------------------------------------------------------

TEXT_PAIRS = [
    ("ink", ground)
    for ground in (
        "paper",
        "band",
        "partner",
        "concept",
        "error-ground",
        "warning-ground",
        "info-ground",
    )
] + [
    ("muted", "paper"),
    ("muted", "band"),
    ("link", "paper"),
    ("doubt", "paper"),
    *((severity, "paper") for severity in ("error", "warning", "info")),
    *((severity, f"{severity}-ground") for severity in ("error", "warning", "info")),
]
SIGN_PAIRS = [("term", "paper"), ("doubt-mark", "paper"), ("link", "partner"), ("error", "paper")]


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb`` or ``#rgb`` (WCAG 2.2)."""
    digits = colour.lstrip("#")
    digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.fixture(scope="module")
def schemes() -> dict[str, dict[str, str]]:
    """The colours of the light and of the dark scheme."""
    (style,) = page().xpath("//style/text()")
    bodies = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    light, dark, *_ = [dict(re.findall(r"--([\w-]+): (#\w+);", body)) for body in bodies]
    return {"light": light, "dark": light | dark}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read(schemes: dict[str, dict[str, str]], scheme: str) -> None:
    colours = schemes[scheme]
    low = {
        pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2)
        for pair in TEXT_PAIRS
        if contrast(colours[pair[0]], colours[pair[1]]) < (7 if pair[0] == "ink" else 4.5)
    }
    assert not low


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_signs_can_be_seen(schemes: dict[str, dict[str, str]], scheme: str) -> None:
    colours = schemes[scheme]
    assert all(contrast(colours[a], colours[b]) >= 3 for a, b in SIGN_PAIRS)
