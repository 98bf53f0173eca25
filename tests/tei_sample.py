"""A tiny statement in three languages, built by hand, with one of everything that TEI must show.

A dateline before the title (English), labels, a superscript, bold and italics, a page break
between words, in a word and between paragraphs, sentences that pair 2-1, a sentence without
partners, terms (one across a page break, one deprecated), findings.

``python tests/tei_sample.py`` rewrites the golden files.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from parallel_statement.formats.tei import write
from parallel_statement.model import (
    Alignment,
    Bead,
    Block,
    BlockKind,
    CheckedText,
    Concept,
    Designation,
    Document,
    Finding,
    Glossary,
    Layout,
    Lock,
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

GOLDEN = Path(__file__).parent / "data/tei/golden"
JOINERS = {"en": " ", "it": " ", "ja": ""}
PAGE = re.compile(r"\n\n--- (\d+)\n\n")
MARKUP = re.compile(r"<sup>(?P<sup>.*?)</sup>|\*\*(?P<strong>.*?)\*\*|\*(?P<em>[^*]+)\*", re.DOTALL)
KINDS = {"sup": "superscript", "strong": "strong", "em": "emphasis"}


@dataclass
class Builder:
    """Collects a version block by block."""

    language: str
    text: str = ""
    blocks: list[Block] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    layout: list[Layout] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)

    def put(self, kind: BlockKind, *sentences: str, label: str = "", name: str = "") -> Builder:
        """Add a block of sentences, in a few habits of Markdown."""
        start = len(self.text)
        place = None
        if label:
            self.text += label
            place = Span(start, start + len(label.rstrip()))
        spans = []
        for number, sentence in enumerate(sentences):
            if number:
                self.text += JOINERS[self.language]
            begin = len(self.text)
            self.text += sentence
            spans.append(Span(begin, len(self.text)))
            self._scan(begin)
        identity = f"demo-{self.language}.{name or kind}"
        self.blocks.append(Block(kind, Span(start, len(self.text))))
        self.paragraphs.append(
            Paragraph(
                identity,
                kind,
                Span(start, len(self.text)),
                tuple(Sentence(f"{identity}.s{n}", span) for n, span in enumerate(spans, 1)),
                place,
                unicodedata.normalize("NFKC", label).rstrip(". ") or None,
            )
        )
        return self.skip("\n\n", "white space")

    def skip(self, characters: str, reason: str) -> Builder:
        """Add layout between blocks."""
        start = len(self.text)
        self.text += characters
        self.layout.append(Layout(Span(start, len(self.text)), reason))
        return self

    def page(self, number: str) -> Builder:
        """Add a page break between blocks."""
        start = len(self.text)
        self.marks.append(Mark("pb", Span(start, start + 3), {"n": number}))
        return self.skip("---\n\n", "page break")

    def _scan(self, begin: int) -> None:
        for match in PAGE.finditer(self.text, begin):
            place = Span(match.start() + 2, match.end() - 2)
            self.marks.append(Mark("pb", place, {"n": match[1]}))
            joiner = JOINERS[self.language]
            self.layout.append(Layout(Span(*match.span()), "page break", joiner))
        for match in MARKUP.finditer(self.text, begin):
            group = next(name for name in KINDS if match[name] is not None)
            self.marks.append(Mark(KINDS[group], Span(*match.span(group))))
            self.layout.append(Layout(Span(match.start(), match.start(group)), "markup"))
            self.layout.append(Layout(Span(match.end(group), match.end()), "markup"))

    def version(self) -> Version:
        """Return what was collected."""
        document = Document(
            "demo",
            self.language,
            self.text,
            tuple(self.blocks),
            tuple(sorted(self.marks, key=lambda mark: mark.span)),
            tuple(sorted(self.layout, key=lambda layout: layout.span)),
            Source(f"{self.language}/demo.md", "utf-8", "0" * 64),
            ("2 footnotes",) if self.language == "it" else (),
        )
        return Version(document, tuple(self.paragraphs))


def versions() -> tuple[Version, ...]:
    """Return the three versions."""
    english = (
        Builder("en")
        .page("1")
        .put("dateline", "*Tokyo, January 16, 2026*")
        .put("head", "**JOINT <STATEMENT>**")
        .put(
            "p",
            "The leaders met for the 160<sup>th</sup> time & agreed.",
            "They protect critical\n\n--- 2\n\n**minerals and energy**.",
            label="1. ",
            name="p1",
        )
        .page("3")
        .put("p", "They uphold the rule of law.", label="2. ", name="p2")
    )
    japanese = (
        Builder("ja")
        .put("head", "共同声明")
        .put("dateline", "２０２６年１月１６日　東京")
        .put(
            "p",
            "両首脳は会談した。",
            "両首脳は重要鉱\n\n--- 2\n\n物を守る。",
            label="１　",
            name="p1",
        )
        .put("p", "両首脳は法の支配を支持する。", label="２　", name="p2")
    )
    italian = (
        Builder("it")
        .put("head", "Dichiarazione congiunta")
        .put("dateline", "Tokyo, 16 gennaio 2026")
        .put("p", "I due leader si sono incontrati e tutelano minerali di base.", name="p1")
        .put("p", "Sostengono lo Stato di diritto.", "Ringraziano la città.", name="p2")
    )
    return english.version(), japanese.version(), italian.version()


def ranges(*sizes: str) -> list[list[Range]]:
    """Return the ranges of beads such as "1-1", one after the other in every version."""
    positions = [0] * len(sizes[0].split("-"))
    rows = []
    for kind in sizes:
        row = [Range(at, at + int(n)) for at, n in zip(positions, kind.split("-"), strict=True)]
        positions = [piece.stop for piece in row]
        rows.append(row)
    return rows


def alignment(level: str, nway: list[str], pairs: dict[str, list[str]]) -> Alignment:
    """Return an alignment whose posteriors fall from bead to bead."""
    letter = level[0]
    tags = ("en", "ja", "it")
    beads = tuple(
        Bead(f"demo.al.{letter}.{n}", dict(zip(tags, row, strict=True)), 1 - n * 0.01234)
        for n, row in enumerate(ranges(*nway), 1)
    )
    return Alignment(
        level,
        beads,
        {
            tuple(pair.split("-")): tuple(
                PairBead(
                    f"demo.al.{letter}.{pair}.{n}",
                    *row,
                    1 - n * 0.01,
                    "locked" if pair == "en-it" and n == 3 else "automatic",
                )
                for n, row in enumerate(ranges(*kinds), 1)
            )
            for pair, kinds in pairs.items()
        },
    )


def parallel_text() -> ParallelText:
    """Return the three versions, aligned.

    In the sentences the title and the dateline change places between English and the others, so
    they are one bead of two; and in Italian one sentence says what two say elsewhere.
    """
    return ParallelText(
        "demo",
        versions(),
        alignment(
            "paragraph",
            ["2-2-2", "1-1-1", "1-1-1"],
            {
                "en-ja": ["2-2", "1-1", "1-1"],
                "en-it": ["2-2", "1-1", "1-1"],
                "ja-it": ["1-1", "1-1", "1-1", "1-1"],
            },
        ),
        alignment(
            "sentence",
            ["2-2-2", "2-2-1", "1-1-1", "0-0-1"],
            {
                "en-ja": ["2-2", "1-1", "1-1", "1-1"],
                "en-it": ["2-2", "2-1", "1-1", "0-1"],
                "ja-it": ["1-1", "1-1", "2-1", "1-1", "0-1"],
            },
        ),
        Provenance("0.1.0", "use", "sha256:abc", {"band": "none"}),
        Metadata(
            title="Demo Joint Statement",
            date="2026-01-16",
            place="Tokyo",
            issuers=("Government of Japan", "Government of Italy"),
            keywords=("joint statement",),
            publisher="Demo archive",
            licence="CC BY 4.0",
            licence_url="https://creativecommons.org/licenses/by/4.0/",
            identifier="https://example.org/demo",
            versions={
                "ja": VersionMetadata(
                    title="共同声明",
                    status="unofficial working translation",
                    source="made for a test",
                    source_url="https://example.org/demo ja.html",
                    publisher="Nobody",
                    responsible="A. Translator",
                    licence="public domain",
                )
            },
        ),
        ("The Italian text has a sentence more.",),
        locks=(
            Lock("paragraph", {"en": ("demo-en.p2",), "it": ("demo-it.p2",)}),
            Lock(
                "sentence",
                {"en": ("demo-en.p2.s1",), "it": ("demo-it.p2.s1",)},
                by="A. Reviser",
                note="Read twice.",
                date="2026-02-01",
            ),
            Lock(
                "sentence",
                {"en": ("demo-en.p1.s1",), "ja": ("demo-ja.p2.s1",)},
                together=False,
                by="B. Reviser",
            ),
        ),
    )


CONCEPTS = {
    "critical-minerals": {"en": "critical minerals", "ja": "重要鉱物", "it": "minerali critici"},
    "rule-of-law": {"en": "rule of law", "ja": "法の支配", "it": "Stato di diritto"},
}


DEPRECATED = Designation("it", "minerali di base", "deprecated", part_of_speech="noun")


def glossary() -> Glossary:
    """Return two concepts, one with a deprecated term."""
    concepts = [
        Concept(
            key,
            (
                *(Designation(tag, term, part_of_speech="noun") for tag, term in terms.items()),
                *([DEPRECATED] if "min" in key else []),
            ),
            domain="economy" if "min" in key else "",
        )
        for key, terms in CONCEPTS.items()
    ]
    return Glossary(tuple(concepts), "glossary.csv")


def mentions(version: Version) -> tuple[Mention, ...]:
    """Return the terms of the glossary, found through layout."""
    found = []
    for concept in glossary().concepts:
        for designation in concept.terms(version.language):
            for sentence in version.sentences:
                view = version.document.view(sentence.span)
                at = view.text.find(designation.text)
                if at >= 0:
                    span = view.span(at, at + len(designation.text))
                    found.append(Mention(concept.id, designation, sentence.id, span, "exact"))
    return tuple(sorted(found, key=lambda mention: mention.span))


def checked() -> CheckedText:
    """Return the text with its terms and two findings."""
    text = parallel_text()
    italian = text.version("it")
    deprecated = mentions(italian)[0]
    lone = italian.sentences[-1]
    findings = (
        Finding(
            "f1",
            "deprecated_term",
            "warning",
            "demo.al.s.2",
            {
                "en": (mentions(text.version("en"))[0].span,),
                "it": (deprecated.span,),
            },
            ("it",),
            "minerali critici",
            "minerali di base",
            "A deprecated term is used.",
        ),
        Finding(
            "demo.f2",
            "untranslated_sentence",
            "error",
            "demo.al.s.4",
            {"it": (lone.span,)},
            ("en", "ja"),
            "",
            "",
            "The sentence has no counterpart.",
        ),
    )
    return CheckedText(
        text,
        glossary(),
        {version.language: mentions(version) for version in text.versions},
        findings,
    )


if __name__ == "__main__":
    for name, data in write(checked()).items():
        path = GOLDEN / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
