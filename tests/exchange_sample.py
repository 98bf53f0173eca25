"""Texts that an exchange format may break, in three languages, one written from the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parallel_sample import aligned, version
from parallel_statement.locking import Keeper
from parallel_statement.model import (
    Alignment,
    Bead,
    CheckedText,
    Metadata,
    PairBead,
    ParallelText,
    VersionMetadata,
)

HOSTILE = (
    "]]> & <b>no markup</b> &amp; &#65; <![CDATA[x]]>",
    "bell \x07, escape \x1b[31m, form feed \x0c, zero \x00, not a character \ufffe",
    "half a character \ud800 and \udfff",
    "no-break\u00a0space\u202fthin, soft\u00adhyphen, zero\u200bwidth",
    "combining e\u0301 a\u0308\u0323 and 葛\U000e0100",
    "astral 𠮷野家 😀 \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "mixed \u202babc שלום 123\u202c \u2066אבג\u2069",
    "漢字《かんじ》｜振仮名（ふりがな）［＃注］",
    "=1+1",
    "@SUM(A1)",
    "-",
    '"quoted" and \\backslash\\',
    "_x0041_ and _x005F_",
    "tab\tand\nnew\r\nline\u2028and\u0085more",
    " leading and trailing ",
    "長" * 10_000,
)
"""What files of other people hold, or might."""

LANGUAGES = ("en", "ja", "ar")


def checked_text(
    sentences: Sequence[Sequence[str]], beads: Sequence[Sequence[int]], title: str = "A title"
) -> CheckedText:
    """Return *sentences* of every language, each its own paragraph, with *beads* of these sizes."""
    versions = [
        version(tag, [[words] for words in own])
        for tag, own in zip(LANGUAGES, sentences, strict=False)
    ]
    sizes = [tuple(bead) for bead in beads]
    text = aligned(versions, sizes, sizes)
    known = {
        "ja": VersionMetadata("題", status="working translation", licence="CC BY 4.0"),
        "ar": VersionMetadata("", licence_url="https://example.org/licence"),
    }
    metadata = Metadata(title, date="2026-01-16", licence="CC0", versions=known)
    return CheckedText(replace(text, metadata=metadata, notices=("A <notice> & more.",)))


def sample() -> CheckedText:
    """Return five beads: equal words twice, two to one, a gap in each language, one locked."""
    text = checked_text(
        [
            ["Title", "They met.", "They spoke.", "Thanks.", "Thanks.", "Only here."],
            ["題", "会談し、話した。", "感謝。", "感謝。", "日本語のみ。"],
            ["عنوان", "التقوا وتحدثوا.", "شكرا.", "شكرا."],
        ],
        [(1, 1, 1), (2, 1, 1), (1, 1, 1), (1, 1, 1), (1, 0, 0), (0, 1, 0)],
    )
    return replace(text, text=locked(text.text, 2))


def locked(text: ParallelText, number: int) -> ParallelText:
    """Return *text* with the sentence bead *number* fixed by a person."""
    old = text.sentences.beads[number]
    beads = tuple(
        replace(bead, status="locked", posterior=1.0) if bead is old else bead
        for bead in text.sentences.beads
    )
    pairs = {
        (a, b): tuple(
            replace(part, status="locked", posterior=1.0) if _inside(part, old, a, b) else part
            for part in parts
        )
        for (a, b), parts in text.sentences.pairs.items()
    }
    sentences = Alignment("sentence", beads, pairs)
    return replace(text, sentences=sentences, locks=Keeper(text).locks("sentence", old))


def _inside(part: PairBead, bead: Bead, source: str, target: str) -> bool:
    return part.source == bead.ranges[source] and part.target == bead.ranges[target]


def hostile() -> CheckedText:
    """Return a bead for every hostile text, which is that in all three languages, and the title."""
    return checked_text([HOSTILE] * 3, [(1, 1, 1)] * len(HOSTILE), title=HOSTILE[0])
