"""What beads and passages are called: after a segment that is in no other one."""

from __future__ import annotations

from collections.abc import Sequence

from parallel_statement.model import LanguageTag, Segment


def name(language: LanguageTag, segment: Segment, languages: Sequence[LanguageTag]) -> str:
    """Return a name made of *segment*, short if that is of the first of the *languages*."""
    own = segment.id.partition(".")[2]
    return own if language == languages[0] else f"{language}.{own}"
