"""Which language comes first: the one that the others are translated from."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from parallel_statement.errors import UnknownNameError
from parallel_statement.model import Alignment, CheckedText, LanguageTag, ParallelText


def with_source(checked: CheckedText, language: LanguageTag) -> CheckedText:
    """Return *checked* with the version in *language* before the others.

    Raises:
        UnknownNameError: there is no version in it.
    """
    text = checked.text
    if language not in text.languages:
        raise UnknownNameError("language of the text", language, text.languages)
    versions = sorted(text.versions, key=lambda version: version.language != language)
    tags = tuple(version.language for version in versions)
    ordered = replace(text, versions=tuple(versions))
    paragraphs = _ordered(text, text.paragraphs, tags)
    sentences = _ordered(text, text.sentences, tags)
    return replace(checked, text=replace(ordered, paragraphs=paragraphs, sentences=sentences))


def _ordered(text: ParallelText, alignment: Alignment, tags: tuple[LanguageTag, ...]) -> Alignment:
    beads = tuple(
        replace(bead, ranges={tag: bead.ranges[tag] for tag in tags}) for bead in alignment.beads
    )
    pairs = {pair: text.pair(*pair, alignment.level) for pair in combinations(tags, 2)}
    return Alignment(alignment.level, beads, pairs)
