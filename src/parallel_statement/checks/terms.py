"""Is every concept rendered by a term of the glossary, in every language that has one.

An alarm needs strict evidence that a concept is meant (a term of the glossary, outside a longer
one) and the lack of even loose evidence that it is rendered: no form of any of its terms in the
whole passage, not inside another term, not with other words between its words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from parallel_statement.checks.base import Context, Unit, listed, listed_names, named, stable_id
from parallel_statement.checks.omissions import Omissions
from parallel_statement.checks.usage import (
    SUPERIOR,
    Usage,
    is_added,
    is_distinctive,
    rendered_loosely,
    spans_of,
    usages,
)
from parallel_statement.languages import get
from parallel_statement.model import Finding, LanguageTag, Mention, Severity, Span

_RARE = 0.1
"""Below this probability, leaving out all mentions is no pronoun or ellipsis but a finding."""


def find_missing_terms(context: Context) -> Iterator[Finding]:
    """Yield a finding for every concept that one language lacks in a passage."""
    found = tuple(usages(context))
    omissions = Omissions(context, found)
    for usage in found:
        told: set[tuple[LanguageTag, Span]] = set()
        for concept in dict.fromkeys(concept for concept, _ in usage.strict):
            for language in context.text.languages:
                if (concept, language) in usage.read:
                    yield from _missing_in_units(context, usage, concept, language, omissions)
                    continue
                finding = _missing_term(context, usage, concept, language, omissions)
                places = {
                    (other, span)
                    for other, spans in (finding.spans if finding else {}).items()
                    for span in spans
                    if other != language
                }
                if finding and not places <= told:  # not the other side of the same exchange
                    told.update((language, span) for span in finding.spans.get(language, ()))
                    yield finding


def _missing_term(
    context: Context, usage: Usage, concept: str, language: LanguageTag, omissions: Omissions
) -> Finding | None:
    if concept not in context.lexica[language].by_concept:
        return None
    evidence = _evidence(context, usage, concept, language)
    if not evidence or rendered_loosely(context, usage.passage.units, concept, language):
        return None
    units = list(dict.fromkeys(unit for unit, _ in evidence))
    others = [
        other
        for other in context.text.languages
        if other != language
        and concept in context.lexica[other].by_concept
        and any(other in context.speaking(unit) for unit in units)
    ]
    having = [other for other in others if (concept, other) in usage.read]
    if len(others) > 1 and len(having) < len(others):
        return _lone_term(context, usage, concept, language, having, evidence)
    sibling = _sibling(context, usage, units, language)
    counts = Counter(mention.designation.language for _, mention in evidence)
    probability = omissions.probability(concept, language, min(counts.values()))
    meant = len(others) > 1 or is_distinctive(context, concept)
    severity: Severity = "warning" if sibling or (meant and probability <= _RARE) else "info"
    return _finding(context, concept, language, evidence, sibling, severity)


def _missing_in_units(
    context: Context, usage: Usage, concept: str, language: LanguageTag, omissions: Omissions
) -> Iterator[Finding]:
    """Yield a finding for each unit where *language* names a concept less often than all others.

    As the term stands nearby, a pronoun is likely, unless another concept's term took its place or
    the version names the concept elsewhere whenever the others do. A language that has the term
    as often as the others in the passage only put it into another sentence.
    """
    strict, read = (
        {tag: _full(context, found, concept, tag) for tag in context.lexica}
        for found in (usage.strict, usage.read)
    )
    peers = _peers(context, concept, language)
    if len(strict[language]) >= min((len(strict[peer]) for peer in peers), default=0):
        return
    for unit in usage.passage.units:
        others = [other for other in context.speaking(unit) if other != language]
        named_in = [_in_unit(strict[other], unit) for other in others]
        due = min(map(len, named_in), default=0)
        own = _in_unit(read[language], unit)
        free = [each for each in own if not _is_used(usage, each, others)]
        if language not in context.speaking(unit) or len(others) < 2 or len(free) >= due:
            continue
        added = any(place is unit for place, _ in usage.read[concept, language]) and not own
        if added or (not own and rendered_loosely(context, (unit,), concept, language)):
            continue
        sibling = _sibling(context, usage, (unit,), language)
        probability = omissions.probability_elsewhere(concept, language, due - len(free))
        if sibling or probability <= _RARE:
            severity: Severity = "warning" if sibling else "info"
            evidence = [each for group in named_in for each in group]
            less = "names this concept less often in this sentence"
            yield _finding(context, concept, language, evidence, sibling, severity, less)


def _full(
    context: Context,
    mentions: Mapping[tuple[str, LanguageTag], Sequence[tuple[Unit, Mention]]],
    concept: str,
    language: LanguageTag,
) -> list[tuple[Unit, Mention]]:
    """Return the mentions of *concept* without acronyms that are added to full forms."""
    found = mentions.get((concept, language), ())
    return [(unit, mention) for unit, mention in found if not is_added(context, mention)]


def _in_unit(mentions: Sequence[tuple[Unit, Mention]], unit: Unit) -> list[tuple[Unit, Mention]]:
    return [each for each in mentions if each[0] is unit]


def _is_used(usage: Usage, use: tuple[Unit, Mention], others: Sequence[LanguageTag]) -> bool:
    """Return whether a mention stands in a longer term that all *others* have in the unit too."""
    unit, mention = use
    return any(
        speaker == mention.designation.language
        and concept != mention.concept
        and any(
            longer.span.start <= mention.span.start and mention.span.end <= longer.span.end
            for _, longer in mentions
        )
        and all(_in_unit(usage.strict.get((concept, other), ()), unit) for other in others)
        for (concept, speaker), mentions in usage.strict.items()
    )


def _evidence(
    context: Context, usage: Usage, concept: str, language: LanguageTag
) -> list[tuple[Unit, Mention]]:
    """Return the mentions in other languages that *language* should render."""
    return [
        (unit, mention)
        for other in context.text.languages
        for unit, mention in usage.strict.get((concept, other), ())
        if language in context.speaking(unit)
        and other in context.speaking(unit)
        and not any(
            (double, language) in usage.read for double in usage.doubles[other, mention.span]
        )
    ]


def _sibling(
    context: Context, usage: Usage, units: Sequence[Unit], language: LanguageTag
) -> Mention | None:
    """Return the mention of a concept that stands in these units in *language* alone."""
    for (concept, speaker), mentions in usage.strict.items():
        if speaker != language:
            continue
        elsewhere = _peers(context, concept, language)
        if not elsewhere or any((concept, other) in usage.read for other in elsewhere):
            continue
        for unit, mention in mentions:
            if unit in units:
                return mention
    return None


def _lone_term(
    context: Context,
    usage: Usage,
    concept: str,
    language: LanguageTag,
    having: Sequence[LanguageTag],
    evidence: Sequence[tuple[Unit, Mention]],
) -> Finding | None:
    """Return a hint that only one language of several has a concept (once, not per language)."""
    lacking = [
        other
        for other in context.text.languages
        if concept in context.lexica[other].by_concept and (concept, other) not in usage.read
    ]
    if len(having) != 1 or language != lacking[0]:
        return None
    unit, mention = evidence[0]
    if mention.designation.status not in SUPERIOR or _replaces(context, usage, mention):
        return None  # another finding says so
    surface = context.surface(mention)
    return Finding(
        id=stable_id("term-missing", having, concept, unit.sides[having[0]].text),
        rule="term-missing",
        severity="info",
        bead=unit.bead.id,
        spans=spans_of(evidence),
        languages=tuple(having),
        expected="the same concept in every language",
        found=surface,
        reason=f"Only {named(having[0])} names the concept {concept} here (“{surface}”); no term "
        f"for it was found in {listed_names(lacking)}.",
    )


def _replaces(context: Context, usage: Usage, mention: Mention) -> bool:
    """Return whether *mention* stands for a concept that only its language lacks."""
    language = mention.designation.language
    units = [unit for unit, each in usage.strict[mention.concept, language] if each == mention]
    return any(
        other != language
        and unit in units
        and (concept, language) not in usage.read
        and concept in context.lexica[language].by_concept
        and all((concept, each) in usage.read for each in _peers(context, concept, language))
        for (concept, other), mentions in usage.strict.items()
        for unit, _ in mentions
    )


def _peers(context: Context, concept: str, language: LanguageTag) -> list[LanguageTag]:
    """Return the other languages that have a term for *concept*."""
    return [
        other
        for other in context.text.languages
        if other != language and concept in context.lexica[other].by_concept
    ]


def _finding(
    context: Context,
    concept: str,
    language: LanguageTag,
    evidence: Sequence[tuple[Unit, Mention]],
    sibling: Mention | None,
    severity: Severity,
    lack: str = "has no term for this concept in the paragraph",
) -> Finding:
    units = list(dict.fromkeys(unit for unit, _ in evidence))
    if not get(language).known:  # its forms are only guessed at
        severity = "info"
    sides = [unit.sides[language] for unit in units]
    found = context.surface(sibling) if sibling else ""
    expected = context.lexica[language].by_concept[concept][0].designation.text
    quoted = {
        mention.designation.language: context.surface(mention) for _, mention in reversed(evidence)
    }
    have = listed(f"{named(other)} has “{surface}”" for other, surface in sorted(quoted.items()))
    instead = f", but “{found}”" if found else ""
    spans = (sibling.span,) if sibling else tuple(span for side in sides for span in side.spans)
    return Finding(
        id=stable_id("term-missing", (language,), concept, *(side.text for side in sides)),
        rule="term-missing",
        severity=severity,
        bead=units[0].bead.id,
        spans={**spans_of(evidence), language: spans},
        languages=(language,),
        expected=expected,
        found=found,
        reason=f"{have}; {named(language)} {lack}{instead}.",
    )
