"""Text in a narrow column, with no line that begins with a stop or a closing bracket."""

from __future__ import annotations

from rich.console import Console, JustifyMethod, OverflowMethod
from rich.containers import Lines
from rich.text import Text

_NEVER_FIRST = frozenset(
    "、。，．・：；！？」』）］｝〉》】〕〗’”…‥ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ%％,.:;!?)]}»"
)


class Prose(Text):
    """A text that is wrapped as Japanese and Chinese are, and at spaces as any other is."""

    def wrap(
        self,
        console: Console,
        width: int,
        *,
        justify: JustifyMethod | None = None,
        overflow: OverflowMethod | None = None,
        tab_size: int = 8,
        no_wrap: bool | None = None,  # noqa: ARG002 - of the method that this one replaces
    ) -> Lines:
        """Return the lines, each at most *width* cells wide."""
        lines = Lines()
        for line in self.plain.split("\n"):
            rest = Text(line, self.style)
            while rest.plain:
                # not justified: that would fill the line with spaces, and we count its characters
                folded = rest.wrap(console, width, overflow=overflow, tab_size=tab_size)
                whole = len(folded) == 1
                end = len(rest.plain) if whole else _break(rest.plain, len(folded[0].plain))
                lines.append(Text(rest.plain[:end].rstrip(), self.style))
                rest = Text(rest.plain[end:].lstrip(" "), self.style)
        if justify:
            lines.justify(console, width, justify=justify, overflow=overflow or "fold")
        return lines


def _break(text: str, folded: int) -> int:
    """Return where the first line of *text* ends, if it would be folded at *folded*."""
    end = folded
    while end > 1 and text[end : end + 1] in _NEVER_FIRST and text[end : end + 1]:
        end -= 1
    return end if end > 1 else folded
