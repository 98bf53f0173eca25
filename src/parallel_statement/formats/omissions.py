"""What a file holds and the text that is read of it does not, in plain words."""

from __future__ import annotations

from collections import Counter

_PLURALS = {
    "chart": "charts",
    "comment": "comments",
    "control character": "control characters",
    "drawing": "drawings",
    "embedded object": "embedded objects",
    "endnote": "endnotes",
    "footer": "footers",
    "footnote": "footnotes",
    "form control": "form controls",
    "header": "headers",
    "note reference": "note references",
    "passage of deleted text": "passages of deleted text",
    "passage of deleted text (tracked changes)": "passages of deleted text (tracked changes)",
    "passage of hidden text": "passages of hidden text",
    "picture": "pictures",
    "symbol character": "symbol characters",
    "text box": "text boxes",
}
"""All that readers leave out and say so, one and many."""


def in_words(omitted: Counter[str]) -> tuple[str, ...]:
    """Return the counts of *omitted* in words, in alphabetical order.

    >>> in_words(Counter({"text box": 1, "footnote": 2}))
    ('2 footnotes', '1 text box')
    """
    return tuple(
        f"{count} {name if count == 1 else _PLURALS[name]}"
        for name, count in sorted(omitted.items())
        if count
    )
