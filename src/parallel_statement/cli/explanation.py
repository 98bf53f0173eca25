"""The command ``align explain``: why a bead was made, how sure it is, what else could be there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from parallel_statement.cli import desk, job, place
from parallel_statement.cli.console import emit_json, emit_rich
from parallel_statement.cli.options import (
    EncoderOption,
    EncodingOption,
    FileOption,
    JsonOption,
    OneDocumentOption,
    OutOption,
    WeightsOption,
)
from parallel_statement.errors import ParallelStatementError

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from parallel_statement.alignment.reasons import (
        Candidate,
        Explanation,
        PairExplanation,
        Part,
        RunnerUp,
    )
    from parallel_statement.locking import Pair
    from parallel_statement.model import Level, PairBead, ParallelText

BeadsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[TEXTS] PLACE...",
        help="A bead's id as `align show` has it, or segments, as in en:p3.s1: their rows.",
    ),
]

_WORDS: dict[Part, str] = {
    "meaning": "the meaning",
    "read as one": "how it reads as one text",
    "run-in": "a short part and what it faces",
    "lengths": "the lengths",
    "numbers": "the numbers",
    "words": "names and words in Latin script",
    "paragraph borders": "paragraph borders",
    "torn sentences": "sentences that go on in the next row",
    "paragraph numbers": "paragraph numbers",
    "headings": "headings",
    "other versions": "the other versions",
    "kind": "how usual such rows are",
}
"""What speaks for a bead or against it."""
_LEAST = {
    "start": "least sure is where it begins",
    "end": "least sure is where it ends",
    "gap": "least sure is",
}
_FEW = 3
"""Most parts that are named on each side, and most pairs that are told in full."""
_QUOTED = 120
_WEIGHTY = 0.3
"""Log-odds from which a part is worth a word: odds of four to three."""


def explain(
    beads: BeadsArgument = None,
    file: FileOption = None,
    document: OneDocumentOption = None,
    out: OutOption = Path("out"),
    encoder: EncoderOption = "use",
    weights: WeightsOption = None,
    encoding: EncodingOption = None,
    json: JsonOption = False,
) -> int:
    """Say why a row was made, how sure it is, and what else could stand there."""
    from parallel_statement import encoders
    from parallel_statement.alignment import explanation

    opened = desk.open_one(beads, document, encoding or (), file or ())
    if not opened.places:
        raise ParallelStatementError(
            "name the beads to explain; `align show --doubtful` lists those to look at"
        )
    text = job.present(
        opened.entry, opened.versions, opened.resolution, out, encoder, weights, quiet=json
    )
    model = encoders.load(encoder)
    found = [
        explanation.explain(text, word, model, locks=opened.resolution.locks, weights=weights)
        for word in place.beads(text, opened.places)
    ]
    if json:
        emit_json({"document": text.id, "beads": [_record(each) for each in found]})
        return 0
    for each in found:
        emit_rich(*_told(text, each), "")
    return 0


def _told(text: ParallelText, found: Explanation) -> Iterator[RenderableType]:
    """Yield what a person reads of an explanation."""
    from rich.text import Text

    from parallel_statement.cli.prose import Prose
    from parallel_statement.locking import local
    from parallel_statement.model import DOUBTFUL

    style = "bold yellow" if found.posterior < DOUBTFUL else "bold"
    fixed = found.status == "locked"
    name = found.id.removeprefix(f"{text.id}.")
    yield Text(f"{name}: {_fixed(found) if fixed else _sure(found.posterior)}", style)
    rows: list[tuple[str, Text]] = []
    for tag, ids in found.segments.items():
        version = text.version(tag)
        known = {s.id: version.text(s) for s in version.segments(found.level)}
        rows.extend((f"  {tag}:{local(each)}", Prose(_short(known[each]))) for each in ids)
        if not ids:
            rows.append((f"  {tag}:-", Text("nothing", "dim")))
    yield _grid(rows)
    pairs = [] if fixed else sorted(found.pairs, key=found.certainty)
    for pair in pairs[:_FEW]:
        if found.pairs[pair]:
            yield ""
            yield from _told_of_pair(text, found, pair)
    if len(pairs) > _FEW:
        least = _sure(found.certainty(pairs[_FEW]))
        yield f"\n{len(pairs) - _FEW} more pairs, each {least} or more"
    if found.notices:
        yield ""
    for notice in found.notices:
        yield Prose(f"note: {notice}")


def _fixed(found: Explanation) -> str:
    """Return who fixed the bead, when and why."""
    who = list(dict.fromkeys(lock.by for lock in found.locks if lock.together and lock.by))
    said = [f"fixed by {' and '.join(who) or 'a person'}"]
    for lock in found.locks:
        said += [", ".join(filter(None, (lock.date, lock.note)))]
    return "; ".join(filter(None, dict.fromkeys(said)))


def _told_of_pair(text: ParallelText, found: Explanation, pair: Pair) -> Iterator[RenderableType]:
    from rich.text import Text

    from parallel_statement.cli.prose import Prose

    parts = found.pairs[pair]
    if all(part.bead.status == "locked" for part in parts):
        yield Text(f"{'-'.join(pair)}: fixed by a person", "bold")
        return
    remark = ", the least sure pair" if len(found.pairs) > 1 and pair == found.weakest else ""
    yield Text(f"{'-'.join(pair)}: {_sure(found.certainty(pair))}{remark}", "bold")
    for part in parts:
        if len(parts) > 1:
            name = _named(text, found.level, pair, part.bead)
            yield Prose(f"  {name}: {_sure(part.bead.posterior)}")
        yield _grid([(f"  {label}", Prose(said)) for label, said in _lines(text, pair, part)])


def _lines(text: ParallelText, pair: Pair, part: PairExplanation) -> Iterator[tuple[str, str]]:
    """Yield what speaks for a bead of a pair, what against it, and what is next best."""
    if part.bead.status == "locked":
        yield "fixed", "by a person"
        return
    rival = part.runner_up
    if rival is None:
        never = part.candidate is None and part.least == "bead"
        yield (
            ("never", "the aligner does not join so many")
            if never
            else ("next best", "nothing else is possible")
        )
        return
    if part.least != "bead":
        sentence = part.candidate and _named(text, "sentence", pair, part.candidate)
        yield "where", f"{_LEAST[part.least]} {sentence or ''}".rstrip()
    for label, sign in (("for it", 1), ("against", -1)):
        said = ", ".join(_arguments(rival, part.candidate, sign))
        if said:
            yield label, said
    label = "likelier" if rival.bead.posterior > part.bead.posterior else "next best"
    yield label, f"{_percent(rival.bead.posterior)}: {_instead(text, pair, rival)}"


def _arguments(rival: RunnerUp, candidate: Candidate | None, sign: int) -> Iterator[str]:
    """Yield the weightiest parts that speak for a bead, or (with -1) against it."""
    weighty = [
        (part, value) for part, value in rival.differences.items() if value * sign >= _WEIGHTY
    ]
    for part, value in sorted(weighty, key=lambda each: -abs(each[1]))[:_FEW]:
        named = _named_items(candidate, part, sign) if candidate else ""
        yield f"{_WORDS[part]}{named} ({value:+.1f})"


def _named_items(candidate: Candidate, part: Part, sign: int) -> str:
    """Return which numbers or words both sides have, or (with -1) only one."""
    shared = {"numbers": candidate.numbers, "words": candidate.words}.get(part, ())
    lone = candidate.lone_numbers if part == "numbers" else ()
    items = shared if sign > 0 else lone
    return f" {', '.join(items[:_FEW])} in {'both' if sign > 0 else 'one only'}" if items else ""


def _instead(text: ParallelText, pair: Pair, rival: RunnerUp) -> str:
    """Return what the runner-up is, and what goes with it."""
    sides = rival.bead.source, rival.bead.target
    rest = [each for each in rival.instead if (each.source, each.target) != sides]
    return "; ".join(_named(text, "sentence", pair, each) for each in (rival.bead, *rest))


def _named(text: ParallelText, level: Level, pair: Pair, bead: Candidate | PairBead) -> str:
    """Return the segments of *bead* as a person names them."""
    from parallel_statement.locking import describe
    from parallel_statement.model import Lock

    sides = {
        tag: tuple(s.id for s in text.version(tag).segments(level)[r.start : r.stop])
        for tag, r in zip(pair, (bead.source, bead.target), strict=True)
    }
    return describe(Lock(level, sides))


def _sure(posterior: float) -> str:
    return f"{_percent(posterior)} sure"


def _percent(probability: float) -> str:
    if probability > 0.99:
        return "more than 99 %"
    if 0 < probability < 0.01:
        return "less than 1 %"
    return f"{round(100 * probability)} %"


def _short(said: str) -> str:
    said = " ".join(said.split())
    return said if len(said) <= _QUOTED else f"{said[: _QUOTED - 1]}…"


def _grid(rows: Sequence[tuple[str, Text]]) -> RenderableType:
    from rich.table import Table

    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for row in rows:
        grid.add_row(*row)
    return grid


def _record(found: Explanation) -> dict[str, object]:
    """Return an explanation for a program."""
    from parallel_statement.locking import describe

    return {
        "id": found.id,
        "level": found.level,
        "segments": found.segments,
        "posterior": round(found.posterior, 4),
        "status": found.status,
        "weakest": "-".join(found.weakest),
        "pairs": {
            "-".join(pair): [_part_record(part) for part in parts]
            for pair, parts in found.pairs.items()
        },
        "locks": [describe(lock) for lock in found.locks],
        "notices": list(found.notices),
    }


def _part_record(part: PairExplanation) -> dict[str, object]:
    rival = part.runner_up
    return {
        "id": part.bead.id,
        "posterior": round(part.bead.posterior, 4),
        "status": part.bead.status,
        "least sure": part.least,
        "bead": _candidate_record(part.candidate) if part.candidate else None,
        "runner-up": {
            "bead": _candidate_record(rival.bead),
            "instead": [_candidate_record(each) for each in rival.instead],
            "kept": [_candidate_record(each) for each in rival.kept],
            "differences": _rounded(rival.differences),
        }
        if rival
        else None,
    }


def _candidate_record(candidate: Candidate) -> dict[str, object]:
    return {
        "source": list(candidate.source),
        "target": list(candidate.target),
        "posterior": round(candidate.posterior, 4),
        "score": round(candidate.score, 3),
        "parts": _rounded(candidate.parts),
    }


def _rounded(parts: Mapping[Part, float]) -> dict[str, float]:
    return {part: round(value, 3) + 0.0 for part, value in parts.items()}
