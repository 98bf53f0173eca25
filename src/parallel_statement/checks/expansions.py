"""Do the words before an acronym in parentheses name the concept that the acronym stands for.

"The usual targets (MSY)" names no maximum sustainable yield, though the acronym does.
"""

from __future__ import annotations

from collections.abc import Iterator

from parallel_statement.checks.base import Context, Unit, have, named, stable_id
from parallel_statement.checks.usage import (
    Usage,
    is_acronym,
    is_added,
    loose_matches,
    spans_of,
    usages,
)
from parallel_statement.languages import get
from parallel_statement.model import Designation, Finding, LanguageTag, Mention


def find_wrong_expansions(context: Context) -> Iterator[Finding]:
    """Yield a finding for every acronym in parentheses after words that are not its full form."""
    for usage in usages(context):
        for (concept, language), mentions in usage.strict.items():
            unit, mention = mentions[0]
            others = [other for other in context.speaking(unit) if other != language]
            terms = [
                term.designation
                for term in context.lexica[language].by_concept[concept]
                if not is_acronym(term.designation)
            ]
            if (
                terms
                and language in context.speaking(unit)
                and is_added(context, mention)
                and others
                and all(_has_full_form(usage, concept, other, unit) for other in others)
                and not _is_loose(context, unit, concept, language)
            ):
                yield _report(usage, unit, mention, terms[0], others)


def _is_loose(context: Context, unit: Unit, concept: str, language: LanguageTag) -> bool:
    """Return whether a full form stands in *unit*, perhaps with words in between."""
    matches = loose_matches(context, (unit,), concept, language)
    return any(not is_acronym(match.term.designation) for _, _, match in matches)


def _has_full_form(usage: Usage, concept: str, language: LanguageTag, unit: Unit) -> bool:
    return any(
        place is unit and not is_acronym(mention.designation)
        for place, mention in usage.strict.get((concept, language), ())
    )


def _report(
    usage: Usage, unit: Unit, mention: Mention, due: Designation, others: list[LanguageTag]
) -> Finding:
    language = mention.designation.language
    evidence = [
        (place, each)
        for other in others
        for place, each in usage.strict[mention.concept, other]
        if place is unit
    ]
    return Finding(
        id=stable_id("term-expansion", (language,), mention.concept, unit.sides[language].text),
        rule="term-expansion",
        severity="warning" if get(language).known else "info",
        bead=unit.bead.id,
        spans={**spans_of(evidence), language: (mention.span,)},
        languages=(language,),
        expected=due.text,
        found=mention.designation.text,
        reason=f"{have(others)} the full form here; in {named(language)} the words before "
        f"“({mention.designation.text})” are no term for this concept.",
    )
