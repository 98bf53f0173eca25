"""What the command says of passages that were perhaps moved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from parallel_statement.cli.console import emit, emit_rich

if TYPE_CHECKING:
    from parallel_statement.model import LanguageTag, Move, ParallelText, Sentence


def print_moves(text: ParallelText, folder: Path | None) -> None:
    """Print the moves of *text*: where each passage stands, and how to refuse the proposal."""
    from parallel_statement.locking import describe
    from parallel_statement.model import Lock

    named = "align forbid" if folder is None else f"align forbid {folder.as_posix()}"
    for move in text.moves:
        sides = [
            Lock("sentence", {tag: tuple(s.id for s in side) for tag, side in place.items()})
            for place in _places(text, move)
        ]
        ends = dict(next(iter(side.segments.items())) for side in sides[:2])
        emit_rich(
            "",
            f"moved passage? {', elsewhere '.join(map(describe, sides))} "
            f"(probability {move.posterior:.2f})",
        )
        emit(f"  if it is not: {named} {describe(Lock('sentence', ends))}\n")


def moved_notes(text: ParallelText) -> list[str]:
    """Return a note on the moves of *text*, if it has any."""
    count = len(text.moves)
    if not count:
        return []
    passages = "1 passage" if count == 1 else f"{count} passages"
    return [f"{passages} may have been moved in a version: `align show` names the places."]


def move_record(text: ParallelText, move: Move) -> dict[str, object]:
    """Return *move* with its sentences, for a program."""
    return {
        "id": move.id,
        "posterior": round(move.posterior, 4),
        "places": [
            {
                tag: [{"id": s.id, "text": text.version(tag).text(s)} for s in side]
                for tag, side in place.items()
            }
            for place in _places(text, move)
        ],
    }


def _places(text: ParallelText, move: Move) -> Iterator[dict[LanguageTag, tuple[Sentence, ...]]]:
    for place in move.places:
        yield {tag: text.version(tag).sentences[slice(*r)] for tag, r in place.items()}
