"""Is the full form of a term its first form, where the other versions have it first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from parallel_statement.checks.base import Context, Unit, have, named, stable_id
from parallel_statement.model import Finding, LanguageTag, Mention
from parallel_statement.terminology.surface import plain


def find_short_first_mentions(context: Context) -> Iterator[Finding]:
    """Yield a finding for every concept that one version first names by a short form."""
    units = {
        sentence.id: unit
        for passage in context.passages
        for unit in passage.units
        for side in unit.sides.values()
        for sentence in side.sentences
    }
    for concept in context.glossary.concepts if context.glossary else ():
        uses = {
            language: [mention for mention in mentions if mention.concept == concept.id]
            for language, mentions in context.mentions.items()
        }
        named_in = {language: found for language, found in uses.items() if found}
        for language, mentions in named_in.items():
            others = [other for other in named_in if other != language]
            full = all(_is_full(named_in[other][0]) for other in others)
            if len(others) > 1 and full and _is_short(context, mentions[0]):
                yield _report(context, units, named_in, language, others)


def _is_full(mention: Mention) -> bool:
    return mention.designation.status == "preferred"


def _is_short(context: Context, first: Mention) -> bool:
    """Return whether the first form is a part of the full one."""
    if first.designation.status != "admitted":
        return False
    terms = context.lexica[first.designation.language].by_concept[first.concept]
    preferred = terms[0].designation.text
    return plain(first.designation.text) in plain(preferred)


def _report(
    context: Context,
    units: Mapping[str, Unit],
    uses: Mapping[LanguageTag, Sequence[Mention]],
    language: LanguageTag,
    others: Sequence[LanguageTag],
) -> Finding:
    first = uses[language][0]
    unit = units[first.sentence]
    surface = context.surface(first)
    due = context.lexica[language].by_concept[first.concept][0].designation.text
    return Finding(
        id=stable_id("first-mention", (language,), first.concept, unit.sides[language].text),
        rule="first-mention",
        severity="warning",
        bead=unit.bead.id,
        spans={each: (uses[each][0].span,) for each in (*others, language)},
        languages=(language,),
        expected=due,
        found=surface,
        reason=f"{have(others)} the full form where the concept is first named; "
        f"{named(language)} begins with “{surface}”.",
    )
