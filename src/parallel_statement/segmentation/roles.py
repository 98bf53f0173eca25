"""What a block is: a heading, a line with date and place, or a paragraph."""

from __future__ import annotations

from parallel_statement.languages.base import Language
from parallel_statement.languages.dates import is_dateline
from parallel_statement.model import BlockKind
from parallel_statement.segmentation.labels import find_label

_HEAD_LENGTH = 200


def block_kinds(kinds: list[BlockKind], texts: list[str], language: Language) -> list[BlockKind]:
    """Return the kind of every block, from the reader's *kinds* and the blocks' *texts*."""
    found = list(kinds)
    for index in _dateline_places(found):
        if found[index] == "p" and is_dateline(texts[index], language.rules):
            found[index] = "dateline"
    if "head" not in found and len(found) > 1:
        first = next((i for i, kind in enumerate(found) if kind == "p"), None)
        if first is not None and first < len(found) - 1 and _is_head(texts[first], language):
            found[first] = "head"
            for index in _dateline_places(found):
                if found[index] == "p" and is_dateline(texts[index], language.rules):
                    found[index] = "dateline"
    return found


def _dateline_places(kinds: list[BlockKind]) -> list[int]:
    """Return where a dateline may stand: before or just after the first headings, or last."""
    first = kinds.index("head") if "head" in kinds else 0
    after = first
    while after < len(kinds) and kinds[after] in ("head", "dateline"):
        after += 1
    return [i for i in range(len(kinds)) if i < first or i in (after, len(kinds) - 1)]


def _is_head(text: str, language: Language) -> bool:
    """Return whether *text* is short, has no label and does not end like a sentence."""
    plain = text.strip()
    ending = plain.rstrip(language.rules.closers)[-1:] or plain[-1:]
    return (
        len(plain) <= _HEAD_LENGTH
        and ending not in language.rules.terminators + ",;:、，；：,"
        and find_label(plain) is None
    )
