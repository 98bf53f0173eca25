"""Tables as CSV: the same bytes in every run, with a line feed at the end of each row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence


def render(columns: Sequence[str], rows: Iterable[Sequence[str | float]]) -> bytes:
    """Return the table as UTF-8; what is no character of Unicode becomes a question mark."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8", "replace")
