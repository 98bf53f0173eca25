"""Do the versions name the same one of things that exclude each other: spring or autumn.

A finding needs a thing of a set (``word_sets``) that all other versions name, and another in its
place that they do not have. A thing that a version only leaves out or adds is a hint at most. What
is part of a term of the glossary is judged with the term.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from parallel_statement.checks.base import (
    CheckFunction,
    Context,
    Passage,
    Unit,
    have,
    listed,
    named,
    shares_characters,
    stable_id,
)
from parallel_statement.checks.habits import without_habits
from parallel_statement.checks.word_sets import hinted_oddities, set_languages, set_of, set_words
from parallel_statement.languages import get
from parallel_statement.model import (
    Finding,
    LanguageTag,
    Mention,
    Severity,
    Span,
    Version,
)
from parallel_statement.terminology.matching import read_terms


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a set in one language's text."""

    language: LanguageTag
    unit: Unit
    things: frozenset[str]
    """What it may name."""
    text: str
    span: Span
    judged: bool
    """False for a part of a term."""


def contrast_check(rule: str, severity: Severity) -> CheckFunction:
    """Return the check *rule*, which finds what one version puts for another thing of its sets."""
    return partial(_find_contrasts, rule=rule, severity=severity)


def _find_contrasts(context: Context, *, rule: str, severity: Severity) -> Iterator[Finding]:
    by_sentence: dict[str, list[Mention]] = {}
    for version in context.text.versions:
        for reading in read_terms(version, set_words(rule)):
            if _keeps_its_capital(version, reading.mention):
                by_sentence.setdefault(reading.mention.sentence, []).append(reading.mention)
    terms = {
        language: [mention.span for mention in mentions]
        for language, mentions in context.mentions.items()
    }
    hints: list[Finding] = []
    for passage in context.passages:
        words = tuple(_words(context, passage, by_sentence, terms))
        for name in dict.fromkeys(set_of(thing) for word in words for thing in word.things):
            group = [word for word in words if any(set_of(each) == name for each in word.things)]
            known = set_languages(rule, name)
            for unit in dict.fromkeys(word.unit for word in group):
                for each in _judge(context, unit, group, known):
                    if each.found and each.due:
                        yield _replaced(each, rule, severity)
                    elif each.kind in hinted_oddities(rule, name) and not _is_repeated(unit, each):
                        hints.append(_lost_or_added(each, rule))
    yield from without_habits(context, hints)


def _longest(mentions: Sequence[Mention]) -> list[Mention]:
    """Return those of *mentions* that stand in no longer one: no "minister" in "prime minister"."""
    return [
        mention
        for mention in mentions
        if not any(
            other.span.start <= mention.span.start <= mention.span.end <= other.span.end
            and other.span != mention.span
            for other in mentions
        )
    ]


def _keeps_its_capital(version: Version, mention: Mention) -> bool:
    """Return whether a name has its capital: "era unito" is no form of "Stati Uniti"."""
    first = version.document.text[mention.span.start]
    return first.isupper() or not mention.designation.text[0].isupper()


def _words(
    context: Context,
    passage: Passage,
    mentions: Mapping[str, Sequence[Mention]],
    terms: Mapping[LanguageTag, Sequence[Span]],
) -> Iterator[_Word]:
    for unit in passage.units:
        for language in context.speaking(unit):
            places: dict[tuple[str, Span], set[str]] = {}
            for sentence in unit.sides[language].sentences:
                for mention in _longest(mentions.get(sentence.id, ())):
                    place = set_of(mention.concept), mention.span
                    places.setdefault(place, set()).add(mention.concept)
            document = context.text.version(language).document
            for (_, span), things in sorted(places.items(), key=lambda each: each[0][1]):
                text = document.view(span).text
                judged = not shares_characters(span, terms[language])
                yield _Word(language, unit, frozenset(things), text, span, judged)


@dataclass(frozen=True, slots=True)
class _Oddity:
    """What of a set one version has in a unit and no other, and what all others have."""

    language: LanguageTag
    others: tuple[LanguageTag, ...]
    found: _Word | None
    due: tuple[_Word, ...]
    """Of each of the others."""

    @property
    def kind(self) -> str:
        """Whether the version has too much or too little."""
        return "added" if self.found else "lost"


def _judge(
    context: Context, unit: Unit, words: Sequence[_Word], known: Collection[LanguageTag]
) -> Iterator[_Oddity]:
    """Yield what is odd in *unit* about *words*, all of one set, whose *known* languages count."""
    speaking = [tag for tag in context.speaking(unit) if tag.partition("-")[0] in known]
    things = dict.fromkeys(thing for word in words for thing in sorted(word.things))
    for language in speaking:
        others = tuple(other for other in speaking if other != language)
        if not others or (len(others) == 1 and language != speaking[0]):
            continue
        found = [
            word
            for word in words
            if word.unit is unit
            and word.language == language
            and word.judged
            and all(
                _says_more(words, unit, thing, language, other)
                for thing in word.things
                for other in others
            )
        ]
        agreed = [
            tuple(_first(words, unit, thing, other) for other in others)
            for thing in things
            if all(_says_more(words, unit, thing, other, language) for other in others)
        ]
        due = [witnesses for witnesses in agreed if all(word.judged for word in witnesses)]
        if found and due:
            yield _Oddity(language, others, found[0], due[0])
        elif len(others) > 1:
            for witnesses in due:
                if not _has(words, witnesses[0], language):
                    yield _Oddity(language, others, None, witnesses)
            for word in found[:1]:
                if not any(_has(words, word, other) for other in others):
                    yield _Oddity(language, others, word, ())


def _says_more(
    words: Sequence[_Word], unit: Unit, thing: str, language: LanguageTag, other: LanguageTag
) -> bool:
    """Return whether *language* names *thing* more often, in the unit and in the passage."""
    named_here = [word for word in words if thing in word.things]
    return all(
        sum(word.language == language for word in group)
        > sum(word.language == other for word in group)
        for group in (named_here, [word for word in named_here if word.unit is unit])
    )


def _has(words: Sequence[_Word], word: _Word, language: LanguageTag) -> bool:
    """Return whether *language* names what *word* names anywhere in the passage."""
    return any(each.language == language and each.things & word.things for each in words)


def _first(words: Sequence[_Word], unit: Unit, thing: str, language: LanguageTag) -> _Word:
    return next(
        word
        for word in words
        if word.unit is unit and word.language == language and thing in word.things
    )


def _is_repeated(unit: Unit, oddity: _Oddity) -> bool:
    """Return whether a version has the very word of another: "Italy-Japan Business Group"."""
    lacking = oddity.others if oddity.found else (oddity.language,)
    words = (oddity.found,) if oddity.found else oddity.due
    texts = [unit.sides[tag].text.casefold() for tag in lacking]
    return any(word.text.casefold() in text for word in words for text in texts)


def _replaced(oddity: _Oddity, rule: str, severity: Severity) -> Finding:
    alone = len(oddity.others) == 1
    sure = not alone and get(oddity.language).known
    found = oddity.found.text if oddity.found else ""
    return _finding(
        rule,
        (oddity.language, *(oddity.others if alone else ())),
        oddity,
        f"{_quoted(oddity.due)}, but {named(oddity.language)} has “{found}”.",
        severity if sure else "info",
    )


def _lost_or_added(oddity: _Oddity, rule: str) -> Finding:
    nothing = "nothing like it in the paragraph."
    if oddity.found:
        has = f"Only {named(oddity.language)} has “{oddity.found.text}”"
        reason = f"{has}; {have(oddity.others)} {nothing}"
    else:
        reason = f"{_quoted(oddity.due)}; {named(oddity.language)} has {nothing}"
    return _finding(rule, (oddity.language,), oddity, reason, "info")


def _finding(
    rule: str,
    languages: tuple[LanguageTag, ...],
    oddity: _Oddity,
    reason: str,
    severity: Severity,
) -> Finding:
    words = (*oddity.due, oddity.found) if oddity.found else oddity.due
    unit = words[0].unit
    spans = {tag: unit.sides[tag].spans for tag in languages}
    spans |= {each.language: (each.span,) for each in words}
    expected = oddity.due[0].text if oddity.due else "nothing like it"
    found = oddity.found.text if oddity.found else ""
    side = unit.sides[languages[0]].text
    return Finding(
        id=stable_id(rule, languages, found or expected, side),
        rule=rule,
        severity=severity,
        bead=unit.bead.id,
        spans=spans,
        languages=languages,
        expected=expected,
        found=found,
        reason=reason,
    )


def _quoted(words: Sequence[_Word]) -> str:
    return listed(f"{named(each.language)} has “{each.text}”" for each in words)
