"""Checks: claims about an aligned text, each of which finds the places where it does not hold.

docs/checks.md describes each one with an example.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from parallel_statement.checks.acronyms import find_misspelt_acronyms, find_orphaned_acronyms
from parallel_statement.checks.base import Check, build_context, with_unique_ids
from parallel_statement.checks.commitment import (
    find_confused_commitments,
    find_other_acts,
    find_weakened_commitments,
)
from parallel_statement.checks.completeness import find_missing_units, find_short_sides
from parallel_statement.checks.content import find_content_mismatches
from parallel_statement.checks.contrasts import contrast_check
from parallel_statement.checks.designations import (
    find_deprecated_terms,
    find_unlisted_forms,
    find_varying_terms,
)
from parallel_statement.checks.expansions import find_wrong_expansions
from parallel_statement.checks.first_mentions import find_short_first_mentions
from parallel_statement.checks.insertions import find_lost_insertions
from parallel_statement.checks.measures import find_measure_mismatches
from parallel_statement.checks.names import find_name_faults
from parallel_statement.checks.negation import find_lost_negations
from parallel_statement.checks.numbering import find_numbering_faults
from parallel_statement.checks.numbers import find_number_mismatches
from parallel_statement.checks.pairs import find_unpaired_marks
from parallel_statement.checks.repetitions import find_same_renderings, find_varying_renderings
from parallel_statement.checks.spellings import find_varying_spellings
from parallel_statement.checks.terms import find_missing_terms
from parallel_statement.checks.typography import find_typographic_slips
from parallel_statement.checks.untranslated import find_untranslated, silent_sides
from parallel_statement.checks.weekdays import find_weekday_mismatches
from parallel_statement.errors import UnknownNameError
from parallel_statement.model import Finding, Glossary, LanguageTag, Mention, ParallelText

CHECKS: Mapping[str, Check] = {
    "unit-missing": Check(
        find_missing_units, "warning", "every paragraph and sentence has a counterpart"
    ),
    "untranslated": Check(
        find_untranslated, "warning", "no sentence repeats the words of another language"
    ),
    "length": Check(find_short_sides, "info", "no side is far shorter than the others let expect"),
    "content-mismatch": Check(
        find_content_mismatches, "info", "no version lacks words of the others, or has some alone"
    ),
    "part-missing": Check(
        find_lost_insertions, "info", "brackets and quotations stand in all versions"
    ),
    "number-mismatch": Check(
        find_number_mismatches, "error", "all versions have the same numbers and dates"
    ),
    "measure-mismatch": Check(
        find_measure_mismatches, "error", "a number counts the same thing in all versions"
    ),
    "weekday-mismatch": Check(
        find_weekday_mismatches,
        "error",
        "a day of the week fits its date, and is the same in all versions",
    ),
    "paragraph-number": Check(
        find_numbering_faults, "error", "paragraphs are numbered alike in all versions"
    ),
    "unpaired-mark": Check(
        find_unpaired_marks, "warning", "brackets and quotation marks come in pairs"
    ),
    "acronym-spelling": Check(
        find_misspelt_acronyms, "warning", "an acronym is spelt alike in all versions"
    ),
    "acronym-introduction": Check(
        find_orphaned_acronyms, "warning", "an acronym is introduced where the others introduce it"
    ),
    "commitment-strength": Check(
        find_weakened_commitments,
        "warning",
        "a version commits, reacts and asks as strongly as the others",
    ),
    "commitment-wording": Check(
        find_confused_commitments,
        "info",
        "words of commitment that all versions keep apart are not put for each other",
    ),
    "commitment-verb": Check(
        find_other_acts,
        "info",
        "no version has another act of will or speech than the others",
    ),
    "date-part": Check(
        contrast_check("date-part", "warning"),
        "warning",
        "a season or a part of a year or day is the same in all versions",
    ),
    "title-mismatch": Check(
        contrast_check("title-mismatch", "warning"),
        "warning",
        "a person has the same rank in all versions",
    ),
    "name-place": Check(
        contrast_check("name-place", "warning"),
        "warning",
        "countries, languages and cities are the same in all versions",
    ),
    "word-missing": Check(
        contrast_check("word-missing", "info"),
        "info",
        "no version leaves out a word on which the meaning in law turns",
    ),
    "negation": Check(find_lost_negations, "info", "all versions negate a sentence, or none does"),
    "word-contrast": Check(
        contrast_check("word-contrast", "info"),
        "info",
        "no version has a word that excludes what the others have",
    ),
    "name-form": Check(
        find_name_faults, "warning", "a name keeps its capitals, order and spelling"
    ),
    "first-mention": Check(
        find_short_first_mentions, "warning", "a concept is first named in full"
    ),
    "rendering-varies": Check(
        find_varying_renderings, "info", "what the other versions repeat is rendered alike"
    ),
    "rendering-same": Check(
        find_same_renderings,
        "warning",
        "what differs in the other versions is not rendered the same",
    ),
    "consistency-spelling": Check(
        find_varying_spellings, "info", "a version spells a word in one way"
    ),
    "typography": Check(
        find_typographic_slips, "warning", "a version sets its marks as its language and itself do"
    ),
    "term-missing": Check(
        find_missing_terms, "warning", "a concept is rendered in every language that has a term"
    ),
    "term-expansion": Check(
        find_wrong_expansions,
        "warning",
        "the words before an acronym in parentheses name what it stands for",
    ),
    "term-deprecated": Check(
        find_deprecated_terms, "warning", "no deprecated or superseded term is used"
    ),
    "term-variant": Check(
        find_varying_terms, "info", "a version calls a concept by one term throughout"
    ),
    "term-unlisted": Check(
        find_unlisted_forms, "info", "a term has one of the forms that the glossary lists"
    ),
}


def check(
    text: ParallelText,
    glossary: Glossary | None = None,
    *,
    mentions: Mapping[LanguageTag, tuple[Mention, ...]] | None = None,
    without: Collection[str] = (),
) -> tuple[Finding, ...]:
    """Return what the checks find in *text*, in the order of the document.

    Args:
        text: An aligned text.
        glossary: The terms to expect; without one the checks of terms find nothing.
        mentions: The terms of every version, if they are known already (`find_mentions`).
        without: Names of checks to leave out.

    Raises:
        UnknownNameError: *without* names no check.
    """
    for name in without:
        if name not in CHECKS:
            raise UnknownNameError("check", name, CHECKS)
    context = build_context(text, glossary, mentions)
    untranslated = tuple(find_untranslated(context))
    context = replace(context, silent=silent_sides(untranslated))
    findings = [
        finding
        for name, each in CHECKS.items()
        if name not in without
        for finding in (untranslated if name == "untranslated" else each.function(context))
    ]
    places = {bead: number for number, bead in enumerate(context.bead_order())}
    return with_unique_ids(
        sorted(findings, key=lambda found: (places[found.bead], found.rule, found.id))
    )
