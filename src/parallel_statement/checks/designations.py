"""Which of a concept's terms does a version use: deprecated ones, varying ones."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from parallel_statement.checks.base import Context, Unit, named, stable_id
from parallel_statement.checks.usage import (
    SUPERIOR,
    Usage,
    is_acronym,
    is_added,
    is_name,
    loose_matches,
    rendered_loosely,
    spans_of,
    usages,
)
from parallel_statement.model import Finding, LanguageTag, Mention, Span
from parallel_statement.terminology.patterns import Match, Words
from parallel_statement.terminology.surface import plain

_CONTENT = 4
"""Letters of the shortest word that says something."""

# --- deprecated --------------------------------------------------------------------------


def find_deprecated_terms(context: Context) -> Iterator[Finding]:
    """Yield a finding for every deprecated or superseded term.

    Where the other languages do not have the concept, the words may mean something else; that is
    no more than a hint.
    """
    for usage in usages(context):
        for (_, language), mentions in usage.strict.items():
            for unit, mention in mentions:
                heard = language in context.speaking(unit)
                if heard and mention.designation.status not in SUPERIOR:
                    yield _deprecated(context, usage, unit, mention, language)


def _deprecated(
    context: Context, usage: Usage, unit: Unit, mention: Mention, language: LanguageTag
) -> Finding:
    concept = mention.concept
    comparable = [
        other
        for other in context.speaking(unit)
        if other != language and concept in context.lexica[other].by_concept
    ]
    supported = not comparable or any(
        (concept, other) in usage.read
        or rendered_loosely(context, usage.passage.units, concept, other)
        for other in comparable
    )
    surface = context.surface(mention)
    preferred = context.lexica[language].by_concept[concept][0].designation.text
    evidence = [
        (place, other)
        for speaker in comparable
        for place, other in usage.strict.get((concept, speaker), ())
        if place is unit
    ]
    doubt = "" if supported else " The other languages do not name this concept here."
    return Finding(
        id=stable_id("term-deprecated", (language,), concept, surface, unit.sides[language].text),
        rule="term-deprecated",
        severity="warning" if supported else "info",
        bead=unit.bead.id,
        spans={**spans_of(evidence), language: (mention.span,)},
        languages=(language,),
        expected=preferred,
        found=surface,
        reason=f"The glossary calls “{surface}” {mention.designation.status}; "
        f"it prefers “{preferred}”.{doubt}",
    )


# --- variants ----------------------------------------------------------------------------


def find_varying_terms(context: Context) -> Iterator[Finding]:
    """Yield a hint where one version calls one concept by different words.

    A short form beside the long one, an acronym, and the full title that opens a text and is
    never used again, are no variants.
    """
    uses: dict[tuple[LanguageTag, str], list[tuple[Unit, Mention]]] = defaultdict(list)
    for usage in usages(context):
        for (concept, language), mentions in usage.strict.items():
            uses[language, concept].extend(
                use for use in mentions if use[1].designation.status in SUPERIOR
            )
    for (language, concept), mentions in uses.items():
        if not mentions:
            continue
        counts = Counter(mention.designation.text for _, mention in mentions)
        usual = max(counts, key=lambda text: (counts[text], -list(counts).index(text)))
        ordered = sorted(mentions, key=lambda use: use[1].designation.text)
        for text, group in groupby(ordered, key=lambda use: use[1].designation.text):
            varying = list(group)
            opening = varying == mentions[:1] and varying[0][1].designation.status == "preferred"
            if differ(usual, text) and not opening:
                yield _varying(context, language, concept, usual, varying)


def differ(usual: str, text: str) -> bool:
    """Return whether two terms of a concept are other words, and not one a short form."""
    first, second = plain(usual), plain(text)
    acronym = usual.isupper() or text.isupper()
    return not acronym and first not in second and second not in first


def _varying(
    context: Context,
    language: LanguageTag,
    concept: str,
    usual: str,
    uses: Sequence[tuple[Unit, Mention]],
) -> Finding:
    unit, mention = uses[0]
    surface = context.surface(mention)
    return Finding(
        id=stable_id("term-variant", (language,), concept, surface, unit.sides[language].text),
        rule="term-variant",
        severity="info",
        bead=unit.bead.id,
        spans={language: tuple(each.span for _, each in uses)},
        languages=(language,),
        expected=usual,
        found=surface,
        reason=f"The {named(language)} text calls this concept “{usual}” elsewhere.",
    )


# --- unlisted ----------------------------------------------------------------------------


def find_unlisted_forms(context: Context) -> Iterator[Finding]:
    """Yield a hint where a version has the words of a term, but not the term.

    "Pavilion of Italy" is no term for Italian Pavilion. An adjective between the words ("catene
    globali di approvvigionamento") makes another term only of a name.
    """
    for usage in usages(context):
        for concept in dict.fromkeys(concept for concept, _ in usage.strict):
            for language in context.text.languages:
                read = usage.read.get((concept, language), ())
                if all(is_added(context, mention) for _, mention in read):
                    yield from _unlisted(context, usage, concept, language)


def _unlisted(
    context: Context, usage: Usage, concept: str, language: LanguageTag
) -> Iterator[Finding]:
    for unit, sentence, match in loose_matches(context, usage.passage.units, concept, language):
        evidence = [
            each
            for other in context.speaking(unit)
            if other != language
            for each in usage.strict.get((concept, other), ())
            if each[0] is unit
        ]
        inserted = _inserted(context.words[sentence.id], match)
        full = not is_acronym(match.term.designation)
        if evidence and full and (is_name(context, concept) or all(map(_is_small, inserted))):
            view = context.text.version(language).document.view(sentence.span)
            place = view.span(match.start, match.end)
            yield _unlisted_form(context, unit, match, place, evidence)
            return


def _inserted(words: Words, match: Match) -> list[str]:
    """Return the words between those of a term."""
    taken = [link.surface for link in match.links]
    within = range(match.start, match.end)
    tokens = [token.text for token in words.tokens if token.span.start in within]
    return [word for word in tokens if word not in taken]


def _is_small(word: str) -> bool:
    """Return whether a word is likely an article, a preposition or a particle."""
    return len(word) < _CONTENT and not any(each >= "\u30a0" for each in word)


def _unlisted_form(
    context: Context,
    unit: Unit,
    match: Match,
    place: Span,
    evidence: Sequence[tuple[Unit, Mention]],
) -> Finding:
    language = match.term.designation.language
    found = context.text.version(language).document.view(place).text
    due = match.term.designation.text
    return Finding(
        id=stable_id("term-unlisted", (language,), match.term.concept, unit.sides[language].text),
        rule="term-unlisted",
        severity="info",
        bead=unit.bead.id,
        spans={**spans_of(evidence), language: (place,)},
        languages=(language,),
        expected=due,
        found=found,
        reason=f"“{found}” has the words of “{due}”, but is no term of the glossary.",
    )
