"""Two plots as SVG, in few lines and the same bytes for the same figures."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

WIDTH, HEIGHT = 640, 400
LEFT, RIGHT, TOP, BOTTOM = 64, 176, 24, 52
COLOURS = ("#2a6f97", "#c44536", "#6a994e", "#8d6a9f", "#b7791f")
GREY = "#767676"
Points = Sequence[tuple[float, float]]


class Axes:
    """Turns figures into places on the page; *low* and *high* are the corners' figures."""

    def __init__(
        self, low: tuple[float, float], high: tuple[float, float], *, log: bool = False
    ) -> None:
        self._scale = math.log10 if log else float
        self._low = [self._scale(value) for value in low]
        self._high = [self._scale(value) for value in high]
        self.parts: list[str] = []

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return where the figures (x, y) are on the page."""
        across, up = (
            (self._scale(value) - low) / (high - low)
            for value, low, high in zip((x, y), self._low, self._high, strict=True)
        )
        return (
            round(LEFT + across * (WIDTH - LEFT - RIGHT), 1),
            round(HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM), 1),
        )

    def line(self, points: Points, colour: str, more: str = "") -> None:
        """Draw a line through *points*."""
        path = " ".join(f"{x},{y}" for x, y in (self.place(*point) for point in points))
        self.parts.append(
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2" {more}/>'
        )

    def dot(self, x: float, y: float, colour: str, radius: float = 3.5) -> None:
        """Draw a dot."""
        left, top = self.place(x, y)
        self.parts.append(f'<circle cx="{left}" cy="{top}" r="{radius:.1f}" fill="{colour}"/>')

    def text(self, left: float, top: float, words: str, more: str = "") -> None:
        """Write *words* at a place on the page."""
        self.parts.append(f'<text x="{left:.1f}" y="{top:.1f}" {more}>{escape(words)}</text>')

    def grid(self, across: Mapping[float, str], up: Mapping[float, str]) -> None:
        """Draw fine lines at the figures of *across* and *up*, and write what they are."""
        for x, words in across.items():
            left, _ = self.place(x, self._first(1))
            self._rule(left, HEIGHT - BOTTOM, left, TOP)
            self.text(left, HEIGHT - BOTTOM + 18, words, 'text-anchor="middle"')
        for y, words in up.items():
            _, top = self.place(self._first(0), y)
            self._rule(LEFT, top, WIDTH - RIGHT, top)
            self.text(LEFT - 8, top + 4, words, 'text-anchor="end"')

    def _first(self, axis: int) -> float:
        low = self._low[axis]
        return 10**low if self._scale is math.log10 else low

    def _rule(self, left: float, bottom: float, right: float, top: float) -> None:
        self.parts.append(
            f'<line x1="{left}" y1="{bottom}" x2="{right}" y2="{top}" stroke="#e0e0e0"/>'
        )

    def svg(self, title: str, across: str, up: str) -> str:
        """Return the picture."""
        middle = (LEFT + WIDTH - RIGHT) / 2
        self.text(middle, HEIGHT - 10, across, 'text-anchor="middle"')
        self.text(LEFT - 40, TOP - 8, up)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
            f'width="{WIDTH}" height="{HEIGHT}" role="img" '
            f'font-family="sans-serif" font-size="12" fill="#333">\n'
            f'<title>{escape(title)}</title>\n<rect width="100%" height="100%" fill="#fff"/>\n'
            + "\n".join(self.parts)
            + "\n</svg>\n"
        )


def reliability(bins: Sequence[Mapping[str, float]]) -> str:
    """Return the plot of how often beads of a confidence are right."""
    axes = Axes((0, 0), (1, 1))
    ticks = {k / 5: f"{k / 5:g}" for k in range(6)}
    axes.grid(ticks, ticks)
    axes.line([(0, 0), (1, 1)], GREY, 'stroke-dasharray="4 4"')
    found = [
        (b["confidence"] / b["beads"], b["right"] / b["beads"], b["beads"])
        for b in bins
        if b["beads"]
    ]
    axes.line([(sure, right) for sure, right, _ in found], COLOURS[0])
    for k, (sure, right, beads) in enumerate(reversed(found)):
        axes.dot(sure, right, COLOURS[0], 2.5 + math.log10(beads))
        words = f"{sure:.2f}: {right:.2f} of {beads:.0f}"
        axes.text(WIDTH - RIGHT + 16, TOP + 40 + 18 * k, words)
    axes.text(WIDTH - RIGHT + 16, TOP + 16, "confidence: right")
    return axes.svg(
        "Reliability: confidence against the share of right beads",
        "confidence (mean of ten equal bins); dashed: perfect",
        "share of right beads",
    )


def growth(lines: Mapping[str, Points]) -> str:
    """Return the plot of seconds against sentences, both logarithmic."""
    points = [point for line in lines.values() for point in line]
    sizes = sorted({x for x, _ in points})
    low = 10 ** math.floor(math.log10(min(y for _, y in points)))
    high = 10 ** math.ceil(math.log10(max(y for _, y in points)))
    axes = Axes((sizes[0], low), (sizes[-1], high), log=True)
    decades = range(round(math.log10(low)), round(math.log10(high)) + 1)
    axes.grid({x: f"{x:,.0f}" for x in sizes}, {10.0**k: f"{10.0**k:g}" for k in decades})
    ends: list[float] = []
    for k, (name, line) in enumerate(sorted(lines.items(), key=lambda item: -item[1][-1][1])):
        colour = COLOURS[k % len(COLOURS)]
        axes.line(line, colour)
        for point in line:
            axes.dot(*point, colour)
        _, top = axes.place(*line[-1])
        top = max(top, ends[-1] + 16) if ends else top  # names do not overlap
        ends.append(top)
        axes.text(WIDTH - RIGHT + 10, top + 4, name, f'fill="{colour}"')
    return axes.svg(
        "Seconds of alignment against sentences a version", "sentences a version", "seconds"
    )
