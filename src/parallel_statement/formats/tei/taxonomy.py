"""The categories that links, annotations and terms point to."""

from __future__ import annotations

from lxml import etree

from parallel_statement.formats.tei.findings import rule_id, waived_id
from parallel_statement.formats.tei.markup import Child, element
from parallel_statement.formats.tei.standoff import MOVED, STATUSES
from parallel_statement.model import SEVERITIES, CheckedText, Concept, Glossary


def concept_id(document: str, concept: str) -> str:
    """Return the id of the category of *concept*: the glossary's, after that of the document."""
    return f"{document}.c.{concept}"


def taxonomies(checked: CheckedText) -> etree._Element:
    """Return the ``classDecl``: status of a bead, findings' rules and severities, glossary."""
    document = checked.text.id
    rules = dict.fromkeys(finding.rule for finding in checked.findings)
    return element(
        "classDecl",
        None,
        _taxonomy(
            f"{document}.st",
            "Status of a link",
            {f"{document}.st.{key}": words for key, words in (*STATUSES.values(), MOVED)},
        ),
        _taxonomy(
            f"{document}.rule",
            "Rules of the checks that found something",
            {rule_id(document, rule): rule.replace("_", " ") for rule in rules},
        ),
        _taxonomy(
            f"{document}.sev",
            "Severity of a finding",
            {f"{document}.sev.{severity}": severity for severity in SEVERITIES},
        )
        if rules
        else None,
        _taxonomy(
            f"{document}.fst",
            "Status of a finding",
            {waived_id(document): "accepted by a person, for the reason in its note"},
        )
        if any(finding.waiver for finding in checked.findings)
        else None,
        _glossary(document, checked.glossary),
    )


def _taxonomy(id: str, title: str, categories: dict[str, str]) -> etree._Element | None:  # noqa: A002
    if not categories:
        return None
    return element(
        "taxonomy",
        {"xml:id": id},
        element("desc", None, title),
        *(
            element("category", {"xml:id": category}, element("catDesc", None, words))
            for category, words in categories.items()
        ),
    )


def _glossary(document: str, glossary: Glossary | None) -> etree._Element | None:
    if glossary is None or not glossary.concepts:
        return None
    name = f"Glossary ({glossary.name})" if glossary.name else "Glossary"
    return element(
        "taxonomy",
        {"xml:id": f"{document}.glossary"},
        element("desc", None, f"{name}: one category for one concept, with the glossary's ids"),
        *(_concept(document, concept) for concept in glossary.concepts),
    )


def _concept(document: str, concept: Concept) -> etree._Element:
    """Return the category of *concept*: its terms by language, and what is known of it."""
    languages = dict.fromkeys(d.language for d in concept.designations)
    return element(
        "category",
        {"xml:id": concept_id(document, concept.id)},
        *(_terms(concept, language) for language in languages),
        _facts(concept),
    )


def _terms(concept: Concept, language: str) -> etree._Element:
    children: list[Child] = []
    for designation in concept.terms(language):
        if children:
            children.append("; ")
        children.append(element("term", {"type": designation.status}, designation.text))
    return element("catDesc", {"xml:lang": language}, *children)


def _facts(concept: Concept) -> etree._Element | None:
    facts = (
        *(("definition", definition.text) for definition in concept.definitions),
        ("domain", concept.domain),
        ("part of speech", concept.part_of_speech),
        ("source", concept.source),
        ("note", concept.note),
    )
    words = "; ".join(f"{key}: {value}" for key, value in facts if value)
    return element("catDesc", None, words) if words else None
