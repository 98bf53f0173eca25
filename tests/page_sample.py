"""A small aligned text for the tests of the page, with everything that a page must show."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parallel_statement.model import (
    Alignment,
    Bead,
    Block,
    CheckedText,
    Concept,
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

PAGE_BREAK = "\n\n---\n\n"


class _Writer:
    """Builds a document's text from the left, noting layout and marks on the way."""

    def __init__(self) -> None:
        self.text = ""
        self.layout: list[Layout] = []
        self.marks: list[Mark] = []

    def skip(self, characters: str, reason: str, replacement: str = "") -> None:
        span = Span(len(self.text), len(self.text) + len(characters))
        self.layout.append(Layout(span, reason, replacement))
        self.text += characters

    def put(self, sentence: str, joiner: str) -> Span:
        """Write *sentence*; ``^..^`` is superscript, ``|`` a page break."""
        start = len(self.text)
        opened: int | None = None
        for token in re.split(r"([|^])", sentence):
            if token == "|":
                at = len(self.text) + 2
                number = sum(mark.kind == "pb" for mark in self.marks) + 2
                self.marks.append(Mark("pb", Span(at, at + 3), {"n": str(number)}))
                self.skip(PAGE_BREAK, "page break", joiner)
            elif token == "^" and opened is None:
                self.skip("<sup>", "markup")
                opened = len(self.text)
            elif token == "^":
                assert opened is not None
                self.marks.append(Mark("superscript", Span(opened, len(self.text))))
                self.skip("</sup>", "markup")
                opened = None
            else:
                self.text += token
        return Span(start, len(self.text))


def version(language: str, paragraphs: Sequence[tuple[str, str, Sequence[str]]]) -> Version:
    """Return a version of *paragraphs*: (kind, label, sentences)."""
    writer = _Writer()
    joiner = "" if language == "ja" else " "
    blocks: list[Block] = []
    found: list[Paragraph] = []
    count = 0
    for kind, label, sentences in paragraphs:
        start = len(writer.text)
        count += kind == "p"
        name = f"t-{language}.p{count}" if kind == "p" else f"t-{language}.{kind}"
        span = None
        if label:
            span = writer.put(label, "")
            writer.skip(" ", "white space")
        spans = []
        for sentence in sentences:
            spans.append(Sentence(f"{name}.s{len(spans) + 1}", writer.put(sentence, joiner)))
            writer.skip("\n", "white space")
        whole = Span(start, len(writer.text))
        blocks.append(Block(kind, whole))  # type: ignore[arg-type]
        found.append(Paragraph(name, kind, whole, tuple(spans), span))  # type: ignore[arg-type]
    source = Source(f"{language}/t.md", "utf-8", "0" * 64)
    document = Document(
        "t",
        language,
        writer.text,
        tuple(blocks),
        tuple(sorted(writer.marks, key=lambda mark: mark.span)),
        tuple(sorted(writer.layout, key=lambda layout: layout.span)),
        source,
    )
    return Version(document, tuple(found))


def place(version: Version, words: str) -> Span:
    """Return where *words* stand in *version*."""
    for sentence in version.sentences:
        view = version.document.view(sentence.span)
        if words in view.text:
            start = view.text.index(words)
            return view.span(start, start + len(words))
    raise AssertionError(words)


ENGLISH = version(
    "en",
    [
        ("head", "", ["JOINT STATEMENT"]),
        (
            "p",
            "1.",
            [
                "They marked the 160^th^ anniversary of ties & relations.",
                'They reaffirmed the rule of law <and> "peace" as the basis of|their ties.',
            ],
        ),
        ("p", "2.", ["They welcomed the visit.", "They also met the press."]),
    ],
)
JAPANESE = version(
    "ja",
    [
        ("head", "", ["共同声明"]),
        ("p", "１　", ["両首脳は、１６０周年を祝した。", "両首脳は、法の支配を再|確認した。"]),
        ("p", "２　", ["両首脳は、訪問を歓迎した。"]),
    ],
)
ITALIAN = version(
    "it",
    [
        ("head", "", ["DICHIARAZIONE CONGIUNTA"]),
        ("p", "1.", ["Hanno celebrato il 160° anniversario e riaffermato lo Stato di diritto."]),
        ("p", "2.", ["Hanno accolto con favore la visita."]),
    ],
)


def _bead(kind: str, number: int, en: range, ja: range, it: range, posterior: float) -> Bead:
    sides = {"en": en, "ja": ja, "it": it}
    ranges = {language: Range(side.start, side.stop) for language, side in sides.items()}
    return Bead(f"t.al.{kind}.{number}", ranges, posterior)


def _pair(source: str, target: str, *beads: tuple[range, range]) -> tuple[PairBead, ...]:
    return tuple(
        PairBead(
            f"t.al.s.{source}-{target}.{number}",
            Range(one.start, one.stop),
            Range(other.start, other.stop),
            0.9,
        )
        for number, (one, other) in enumerate(beads, start=1)
    )


def sample(date: str | None = None) -> CheckedText:
    """Return three versions; Italian merges two sentences, English has one that no other has."""
    first, second, third = range(0, 1), range(1, 2), range(2, 3)
    paragraphs = tuple(
        _bead("p", number, r, r, r, posterior)
        for number, r, posterior in ((1, first, 0.99), (2, second, 0.98), (3, third, 0.75))
    )
    sentences = (
        _bead("s", 1, first, first, first, 0.991),
        _bead("s", 2, range(1, 3), range(1, 3), second, 0.93),
        _bead("s", 3, range(3, 4), range(3, 4), third, 0.9),
        _bead("s", 4, range(4, 5), range(4, 4), range(3, 3), 0.6),
    )
    four = range(3, 4)
    pairs = {
        ("en", "ja"): _pair(
            "en", "ja", (first, first), (second, second), (third, third), (four, four),
            (range(4, 5), range(4, 4)),
        ),
        ("en", "it"): _pair(
            "en", "it", (first, first), (range(1, 3), second), (four, third),
            (range(4, 5), range(3, 3)),
        ),
        ("ja", "it"): _pair("ja", "it", (first, first), (range(1, 3), second), (four, third)),
    }  # fmt: skip
    text = ParallelText(
        "t",
        (ENGLISH, JAPANESE, ITALIAN),
        Alignment("paragraph", paragraphs, {}),
        Alignment("sentence", sentences, pairs),
        Provenance("0.1.0", "use", "abc123", {"gap": "learned"}),
        Metadata(
            title="Joint Statement",
            date="2026-01-16",
            place="Tokyo",
            licence="CC BY 4.0",
            licence_url="https://creativecommons.org/licenses/by/4.0/",
            versions={"ja": VersionMetadata("共同声明", status="unofficial working translation")},
        ),
        ("no version in German (de) was found",),
    )
    return CheckedText(text, GLOSSARY, _mentions(), _findings(), date)


GLOSSARY = Glossary(
    (
        Concept(
            "rule-of-law",
            (
                Designation("en", "rule of law"),
                Designation("ja", "法の支配"),
                Designation("it", "Stato di diritto"),
                Designation("it", "primato della legge", "deprecated"),
            ),
            domain="law",
            note="Not rule by law.",
        ),
        Concept("visit", (Designation("en", "visit"), Designation("it", "visita", "deprecated"))),
        Concept("unused", (Designation("en", "nothing of the kind"),)),
    )
)


def _mentions() -> dict[str, tuple[Mention, ...]]:
    rule, visit = GLOSSARY.concepts[:2]
    return {
        "en": (
            Mention(rule.id, rule.designations[0], "t-en.p1.s2", place(ENGLISH, "rule of law"), ""),
            Mention(visit.id, visit.designations[0], "t-en.p2.s1", place(ENGLISH, "visit"), ""),
        ),
        "ja": (
            Mention(rule.id, rule.designations[1], "t-ja.p1.s2", place(JAPANESE, "法の支配"), ""),
        ),
        "it": (
            Mention(
                rule.id, rule.designations[2], "t-it.p1.s1", place(ITALIAN, "Stato di diritto"), ""
            ),
            Mention(visit.id, visit.designations[1], "t-it.p2.s1", place(ITALIAN, "visita"), ""),
        ),
    }


def _findings() -> tuple[Finding, ...]:
    return (
        Finding(
            "f.term",
            "deprecated-term",
            "warning",
            "t.al.s.3",
            {"it": (place(ITALIAN, "visita"),), "en": (place(ENGLISH, "the visit"),)},
            ("it",),
            "soggiorno",
            "visita",
            "The Italian uses a deprecated term.",
        ),
        Finding(
            "f.gap",
            "untranslated",
            "error",
            "t.al.s.4",
            {"en": (ENGLISH.sentences[-1].span,)},
            ("ja", "it"),
            "",
            "",
            "This sentence has no counterpart.",
        ),
        Finding(
            "f.crossing",
            "wording",
            "info",
            "t.al.p.2",
            {"en": (place(ENGLISH, 'law <and> "peace" as the basis of their'),)},
            ("en",),
            "",
            "",
            "A finding may cut a term and hold a page break.",
        ),
        Finding("f.whole", "numbering", "info", "t", {}, (), "", "", "Of the text as a whole."),
    )
