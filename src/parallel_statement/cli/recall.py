"""What ``align find`` says of a whole archive: how a term was rendered before, and where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from parallel_statement.cli.console import emit, emit_json, emit_rich, table

if TYPE_CHECKING:
    from rich.console import RenderableType

    from parallel_statement.memory import Hit, Search
    from parallel_statement.memory.search import Side
    from parallel_statement.model import Glossary, LanguageTag


def is_archive(path: Path | None) -> bool:
    """Return whether *path* is what ``align corpus`` made, with an index."""
    from parallel_statement.memory import NAME

    return path is not None and (path / NAME).is_file()


def find(
    folder: Path, term: str, glossary: Glossary | None, documents: Sequence[str], most: int
) -> Search:
    """Return where the archive in *folder* has *term*, in *documents* if any are named."""
    from parallel_statement.memory import NAME, open_memory, search

    with open_memory(folder / NAME) as memory:
        return search(memory, term, glossary, documents=documents, most=most)


def print_hits(term: str, found: Search) -> None:
    """Print the beads with the term in [brackets], document by document, and how many they are."""
    from rich.text import Text

    from parallel_statement.cli.prose import Prose

    for (name, title, date), group in groupby(found.hits, lambda hit: hit[:3]):
        hits = list(group)
        tags = _languages(hits)
        rows: list[list[RenderableType]] = []
        for hit in hits:
            sure = "locked" if hit.status == "locked" else f"{hit.posterior:.2f}"
            sides = [hit.sides.get(tag) for tag in tags]
            cells = [Prose(marked(side)) if side else Text("-", "dim") for side in sides]
            rows.append([hit.bead.removeprefix(f"{name}."), sure, *cells])
        emit_rich(", ".join(filter(None, (name, title if title != name else "", date))), "")
        emit_rich(table(("bead", "sure", *tags), rows, spaced=True), "")
    emit(f"{_total(term, found)}\n")


def print_record(term: str, found: Search) -> None:
    """Print the beads with the term as JSON."""
    emit_json(
        {
            "term": term,
            "complete": found.complete,
            "beads": [
                {
                    "document": hit.document,
                    "title": hit.title,
                    "date": hit.date,
                    "bead": hit.bead,
                    "status": hit.status,
                    "posterior": hit.posterior,
                    "languages": {
                        tag: {
                            "text": side.text,
                            "segments": list(side.segments),
                            "mentions": [list(place) for place in side.places],
                        }
                        for tag, side in hit.sides.items()
                    },
                }
                for hit in found.hits
            ],
        }
    )


def marked(side: Side) -> str:
    """Return the text of *side* with brackets around the places of the term."""
    pieces, done = [], 0
    for place in side.places:
        pieces += [side.text[done : place.start], "[", side.text[place.start : place.end], "]"]
        done = place.end
    return "".join((*pieces, side.text[done:]))


def _languages(hits: Iterable[Hit]) -> tuple[LanguageTag, ...]:
    return tuple(dict.fromkeys(tag for hit in hits for tag in hit.sides))


def _total(term: str, found: Search) -> str:
    count = len(found.hits)
    if not count:
        return f"“{term}” was not found in any form"
    documents = len({hit.document for hit in found.hits})
    told = f"{count} bead{'s' * (count > 1)} of {documents} document{'s' * (documents > 1)}"
    return f"“{term}”: {told}{'' if found.complete else ', the newest; --most shows more'}"
