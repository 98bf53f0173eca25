"""Small aligned texts and glossaries for tests of checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from parallel_statement.model import (
    Alignment,
    Bead,
    Concept,
    Designation,
    Document,
    Finding,
    Glossary,
    Level,
    Paragraph,
    ParallelText,
    Provenance,
    Range,
    Sentence,
    Source,
    Span,
    Version,
)


def parallel(*passages: Sequence[Mapping[str, str | Sequence[str]]]) -> ParallelText:
    """A text made of passages; each is a row of beads: a sentence, or several, per language."""
    languages = tuple(dict.fromkeys(language for p in passages for bead in p for language in bead))
    texts = dict.fromkeys(languages, "")
    paragraphs: dict[str, list[Paragraph]] = {language: [] for language in languages}
    beads: dict[Level, list[Bead]] = {"paragraph": [], "sentence": []}
    counts = dict.fromkeys(languages, 0)
    for number, passage in enumerate(passages, 1):
        sentences: dict[str, list[Sentence]] = {language: [] for language in languages}
        for row in passage:
            ranges = {}
            for language in languages:
                side = row.get(language, ())
                start = counts[language]
                for sentence in (side,) if isinstance(side, str) else side:
                    at = len(texts[language])
                    texts[language] += sentence + "\n"
                    name = f"t-{language}.p{number}.s{len(sentences[language]) + 1}"
                    sentences[language].append(Sentence(name, Span(at, at + len(sentence))))
                    counts[language] += 1
                ranges[language] = Range(start, counts[language])
            beads["sentence"].append(Bead(f"t.al.s.{len(beads['sentence']) + 1}", ranges, 0.9))
        ranges = {}
        for language in languages:
            start = len(paragraphs[language])
            if sentences[language]:
                span = Span(sentences[language][0].span.start, sentences[language][-1].span.end)
                paragraphs[language].append(
                    Paragraph(f"t-{language}.p{number}", "p", span, tuple(sentences[language]))
                )
            ranges[language] = Range(start, len(paragraphs[language]))
        beads["paragraph"].append(Bead(f"t.al.p.{number}", ranges, 0.9))
    return ParallelText(
        "t",
        tuple(
            Version(
                Document("t", language, texts[language], (), (), (), Source("t", "", "")),
                tuple(paragraphs[language]),
            )
            for language in languages
        ),
        Alignment("paragraph", tuple(beads["paragraph"]), {}),
        Alignment("sentence", tuple(beads["sentence"]), {}),
        Provenance("", "", ""),
    )


def glossary(**concepts: Mapping[str, str]) -> Glossary:
    """Concepts as ``name={"en": "preferred|deprecated"}``."""
    return Glossary(
        tuple(
            Concept(
                name.replace("_", "-"),
                tuple(
                    Designation(language, term, "deprecated" if n else "preferred")
                    for language, terms in designations.items()
                    for n, term in enumerate(terms.split("|"))
                ),
            )
            for name, designations in concepts.items()
        )
    )


def said(findings: Sequence[Finding]) -> list[tuple[str, str, tuple[str, ...], str]]:
    return [(each.severity, each.rule, each.languages, each.found) for each in findings]
