"""How far a run is: its pace, the time that is left, and a page that shows them from afar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from html import escape

NAME = "status.html"
"""Of the page, in the output, as long as the run lasts."""
_EVERY = 5
"""Seconds after which a browser looks again."""
_SHOWN = 20
"""Problems on the page, the latest ones."""


@dataclass(frozen=True, slots=True)
class Status:
    """How far a run is."""

    total: int
    """Documents to do."""
    done: int
    before: int
    """Documents that an earlier run had done."""
    sentences: int
    seconds: float
    problems: Sequence[tuple[str, str]] = ()
    """Documents that could not be done, and why."""
    dashboard: str = ""
    """Address of a cluster's own page."""

    @property
    def pace(self) -> str:
        """Sentences a second and the time left: ``312 sentences a second, 0:12:40 left``."""
        if not self.done or self.seconds <= 0:
            return "starting"
        left = timedelta(seconds=round(self.seconds / self.done * (self.total - self.done)))
        return f"{self.sentences / self.seconds:.0f} sentences a second, {left} left"


def page(status: Status) -> bytes:
    """Return the page of *status*; a browser that shows it looks again by itself."""
    share = 100 * status.done // max(status.total, 1)
    problems = "".join(
        f"<li><b>{escape(document)}</b> {escape(message)}</li>"
        for document, message in reversed(status.problems[-_SHOWN:])
    )
    dashboard = (
        f'<p><a href="{escape(status.dashboard)}">The cluster</a></p>' if status.dashboard else ""
    )
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="refresh" content="{_EVERY}"><title>{share} % - align corpus</title>'
        "<style>body{font:1rem/1.5 sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}"
        "progress{width:100%}</style></head><body><h1>align corpus</h1>"
        f'<p><progress value="{status.done}" max="{max(status.total, 1)}">{share} %</progress></p>'
        f"<p>{status.done} of {status.total} documents ({share} %), {status.before} done before; "
        f"{status.pace}; {len(status.problems)} with problems</p>"
        f"{dashboard}<ul>{problems}</ul></body></html>\n"
    ).encode("utf-8", "replace")
