"""Is the full form of a term its first form, where the other versions have it first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from parallel_statement.checks.base import Context, Unit, have, named, stable_id
from parallel_statement.model import Finding, LanguageTag, Mention
from parallel_statement.terminology.surface import plain


def find_short_first_mentions(context: Context) -> Iterator[Finding]:
    """Yield a finding for every concept that one version first names by a short form."""
    homes = {
        sentence.id: (number, unit)
        for number, passage in enumerate(context.passages)
        for unit in passage.units
        for side in unit.sides.values()
        for sentence in side.sentences
    }
    for uses in _first_uses(context).values():
        for language, mention in uses.items():
            others = {other: first for other, first in uses.items() if other != language}
            passage, unit = homes[mention.sentence]
            if (
                len(others) > 1
                and all(map(_is_full, others.values()))
                and passage in {homes[first.sentence][0] for first in others.values()}
                and _is_short(context, mention)
            ):
                yield _report(context, unit, mention, others)


def _first_uses(context: Context) -> dict[str, dict[LanguageTag, Mention]]:
    """Return the first mention of each concept in each language."""
    uses: dict[str, dict[LanguageTag, Mention]] = {}
    for language, mentions in context.mentions.items():
        for mention in mentions:
            uses.setdefault(mention.concept, {}).setdefault(language, mention)
    return uses


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
    context: Context, unit: Unit, first: Mention, others: Mapping[LanguageTag, Mention]
) -> Finding:
    language = first.designation.language
    surface = context.surface(first)
    due = context.lexica[language].by_concept[first.concept][0].designation.text
    return Finding(
        id=stable_id("first-mention", (language,), first.concept, unit.sides[language].text),
        rule="first-mention",
        severity="warning",
        bead=unit.bead.id,
        spans={other: (each.span,) for other, each in others.items()} | {language: (first.span,)},
        languages=(language,),
        expected=due,
        found=surface,
        reason=f"{have(tuple(others))} the full form where the concept is first named; "
        f"{named(language)} begins with “{surface}”.",
    )
