"""Characters that a format cannot hold: they are written as U+FFFD, and this is said.

XML 1.0 (section 2.2) has no place for most control characters, for two code points at the end of
each of its ranges and for half a character; UTF-8 has none for the latter. TEI and XLIFF have
elements for the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parallel_statement.formats.controls import NOT_IN_XML
from parallel_statement.model import CheckedText

_HALVES = re.compile("[\ud800-\udfff]")
_AS_XML = frozenset({"cesalign", "docx", "epub", "intertext", "tmx", "xlsx"})
"""Formats whose text is XML, without an element for a character; the others are UTF-8."""
_NAMED = 5


def losses(checked: CheckedText, formats: Sequence[str]) -> Iterator[str]:
    """Yield what the *formats* cannot hold of the sentences of *checked*, in plain words."""
    for lost, names in (
        (NOT_IN_XML, [name for name in formats if name in _AS_XML]),
        (_HALVES, [name for name in formats if name not in _AS_XML]),
    ):
        for version in checked.text.versions if names else ():
            texts = (version.text(sentence) for sentence in version.sentences)
            found = [character for text in texts for character in lost.findall(text)]
            if found:
                points = sorted({f"U+{ord(character):04X}" for character in found})
                shown = ", ".join(points[:_NAMED]) + " ..." * (len(points) > _NAMED)
                many = f"{len(found)} character{'s' * (len(found) != 1)}"
                yield (
                    f"{version.document.source.name}: {many} ({shown}) cannot stand in "
                    f"{', '.join(names)}: written as U+FFFD there"
                )
