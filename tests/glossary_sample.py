"""Glossaries for tests: one with everything in it, and a strategy for any that can be."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from hypothesis import strategies as st

from parallel_statement.formats.glossary.entries import clean, clean_lines
from parallel_statement.model import (
    Concept,
    Definition,
    Designation,
    DesignationType,
    Gender,
    Glossary,
)
from parallel_statement.terminology.glossary import faults, in_order

FULL = Glossary(
    (
        Concept(
            "acsa",
            (
                Designation(
                    "en",
                    "Acquisition and Cross-Servicing Agreement",
                    type="full form",
                    part_of_speech="proper noun",
                    case_sensitive=True,
                    usage="first mention",
                    context="They signed the Acquisition and Cross-Servicing Agreement.",
                    context_source="Joint statement, 2026",
                    source="Treaty Series",
                    note="Capitals.\nNo article in tables.",
                ),
                Designation("en", "ACSA", "admitted", "acronym", part_of_speech="proper noun"),
                Designation("en", "=1+1|x", "deprecated", "variant", note="usageNote: odd"),
                Designation("en", "old agreement", "superseded", usage="until 2017"),
                Designation("ja", "物品役務相互提供協定", part_of_speech="proper noun"),
                Designation("it", "accordo", gender="masculine", part_of_speech="noun"),
            ),
            (
                Definition("What it is."),
                Definition("An agreement on supplies.", "en", "Treaty Series"),
                Definition("A second definition.", "en"),
                Definition("Ein Abkommen.", "de", "Wörterbuch"),
            ),
            domain="defence",
            source="Ministry",
            note="Signed in 2017.\nnote: in force",
        ),
        Concept("法", (Designation("ja", "法の支配"), Designation("pt-BR", "Estado de direito"))),
    ),
    "full",
)
"""Every field is used, and what is hard in one format or another."""

_ALPHABET = st.sampled_from("abcXYZ 019é̀ñ法のカ|,;\"'=+-@#<>&/:_.\n\t　\u00a0\u200b\x07–")
_TEXT = st.one_of(
    st.text(_ALPHABET, max_size=12),
    st.sampled_from(["usageNote: x", "note: y", "caseSensitive: yes", "_x0041_", "-", "#N/A"]),
)
_LINE = _TEXT.map(clean)
_TERM = _LINE.filter(lambda text: any(map(str.isalnum, text)))


@st.composite
def designations(draw: st.DrawFn, language: str) -> list[Designation]:
    """Return the terms of one language, the preferred one among them."""
    texts = draw(st.lists(_TERM, min_size=1, max_size=4, unique=True))
    statuses = st.sampled_from(["admitted", "deprecated", "superseded"])
    found = []
    for text in texts:
        context = draw(_LINE)
        found.append(
            Designation(
                language,
                text,
                draw(statuses) if found else "preferred",
                draw(st.sampled_from(get_args(DesignationType))),
                draw(st.sampled_from(["", "noun", "proper noun", "verb", "phrase", "set phrase"])),
                draw(st.sampled_from(get_args(Gender))),
                draw(st.booleans()),
                draw(_LINE),
                context,
                draw(_LINE) if context else "",
                draw(_LINE),
                draw(_TEXT.map(clean_lines)),
            )
        )
    return found


@st.composite
def glossaries(draw: st.DrawFn) -> Glossary:
    """Return any glossary that is sound, in the order in which readers give it."""
    concepts = []
    for number in range(draw(st.integers(1, 3))):
        languages = st.sampled_from(["en", "ja", "it", "pt-BR", "zh-Hant"])
        tags = draw(st.lists(languages, min_size=1, max_size=3, unique=True))
        definition = st.builds(Definition, _TERM, st.sampled_from(["", "fr", *tags]), _LINE)
        concept = Concept(
            f"c{number}",
            tuple(term for tag in tags for term in draw(designations(tag))),
            tuple(draw(st.lists(definition, max_size=3, unique=True))),
            draw(_LINE),
            draw(_LINE),
            draw(_TEXT.map(clean_lines)),
        )
        assert not list(faults(concept))
        concepts.append(concept)
    return Glossary(in_order(concepts), "any")


def plain(glossary: Glossary) -> Glossary:
    """Return what rows of concepts and UTX hold of *glossary*: terms, statuses, one line notes."""
    return replace(
        glossary,
        concepts=tuple(
            replace(
                concept,
                designations=tuple(
                    Designation(term.language, clean(term.text.replace("#", "n")), term.status)
                    for term in concept.designations
                ),
                definitions=(),
                domain="",
                source="",
                note=concept.note.split("\n")[0].strip("- \t\u00a0\u3000"),
            )
            for concept in glossary.concepts
        ),
    )
