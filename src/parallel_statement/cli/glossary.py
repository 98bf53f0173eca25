"""Commands for glossary files: ``align glossary convert``, ``validate``, ``merge``, ``diff``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from parallel_statement.cli.console import complain, emit
from parallel_statement.errors import InputError, OutputError

if TYPE_CHECKING:
    from parallel_statement.model import Glossary
    from parallel_statement.terminology.comparison import Change, Comparison

app = typer.Typer(
    help="Convert, validate, merge and compare glossaries: .csv, .xlsx, .tbx, .utx, .rdf (SKOS)."
)

GlossaryArgument = Annotated[Path, typer.Argument(metavar="FILE", help="A glossary.")]


@app.command()
def convert(
    source: GlossaryArgument,
    target: Annotated[Path, typer.Argument(metavar="OUT", help="File to write; names the format.")],
) -> int:
    """Write a glossary in another format, and say what that format cannot hold."""
    from parallel_statement.formats.glossary import inspect, read_glossary
    from parallel_statement.terminology.comparison import compare

    glossary = read_glossary(source)
    _write(glossary, target, (source,))
    lost = compare(glossary, inspect(target).glossary)
    emit(f"{_number(len(glossary.concepts), 'concept')} written to {target.as_posix()}\n")
    if kinds := Counter(change.what for found in lost.changed.values() for change in found):
        listed = ", ".join(f"{kind.replace('_', ' ')} ({kinds[kind]})" for kind in sorted(kinds))
        emit(f"not kept by {target.suffix}: {listed}\n")
    return 0


@app.command()
def validate(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Glossaries.")],
) -> int:
    """List all that is wrong in glossaries; exit with 1 if anything is."""
    from parallel_statement.formats.glossary import inspect

    code = 0
    for path in files:
        try:
            found = inspect(path)
        except InputError as error:
            emit(f"{error}\n")
            code = 1
            continue
        emit("".join(f"{fault}\n" for fault in found.faults))
        emit("".join(f"{path}: note: {notice}\n" for notice in found.notices))
        count = _number(len(found.glossary.concepts), "concept")
        verdict = _number(len(found.faults), "fault")
        emit(f"{path}: {count} in {', '.join(found.glossary.languages)}; {verdict}\n")
        code = max(code, int(bool(found.faults)))
    return code


@app.command()
def merge(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Two or more glossaries.")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="OUT", help="File to write.")],
    prefer: Annotated[
        Literal["first", "last"] | None,
        typer.Option("--prefer", help="Who is right where they differ: first or last."),
    ] = None,
) -> int:
    """Join glossaries by id, else by preferred terms; without --prefer, conflicts stop it (1)."""
    from parallel_statement.formats.glossary import read_glossary
    from parallel_statement.terminology.merging import merge as join

    if len(files) < 2:
        raise InputError(files[0], "a second glossary is needed to merge")
    merged = join([read_glossary(path) for path in files], prefer or "first")
    emit("".join(f"note: {notice}\n" for notice in merged.notices))
    emit("".join(f"conflict: {each}\n" for each in (*merged.conflicts, *merged.undecided)))
    if merged.undecided or (merged.conflicts and prefer is None):
        advice = "" if merged.undecided else "; mend them, or say --prefer first or --prefer last"
        count = _number(len(merged.conflicts) + len(merged.undecided), "conflict")
        complain(f"{count}, nothing written{advice}")
        return 1
    _write(merged.glossary, out, ())
    emit(f"{_number(len(merged.glossary.concepts), 'concept')} written to {out.as_posix()}\n")
    return 0


@app.command()
def diff(old: GlossaryArgument, new: GlossaryArgument) -> int:
    """Show what differs from one glossary to another; exit with 1 if anything does."""
    from parallel_statement.formats.glossary import read_glossary
    from parallel_statement.terminology.comparison import compare

    found = compare(read_glossary(old), read_glossary(new))
    emit("".join(f"{line}\n" for line in _lines(found)))
    counts = (len(found.added), len(found.removed), len(found.changed))
    emit("concepts: {} added, {} removed, {} changed\n".format(*counts))
    return int(any(counts))


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' if count != 1 else ''}"


def _write(glossary: Glossary, target: Path, sources: tuple[Path, ...]) -> None:
    from parallel_statement.formats.glossary import render_glossary
    from parallel_statement.workspace import write_files

    if target.resolve() in {source.resolve() for source in sources}:
        raise OutputError(f"{target}: is the glossary itself; name another file")
    write_files(target.parent, {target.name: render_glossary(glossary, target)})


def _lines(found: Comparison) -> Iterator[str]:
    for sign, concepts in (("+", found.added), ("-", found.removed)):
        for concept in concepts:
            terms = (term for term in concept.designations if term.status == "preferred")
            yield f"{sign} {concept.id}: {', '.join(f'{t.text} ({t.language})' for t in terms)}"
    for name, changes in found.changed.items():
        yield f"~ {name}"
        for change in changes:
            yield from _change_lines(change)


def _change_lines(change: Change) -> Iterator[str]:
    language = f"{change.language} " if change.language else ""
    of = f"{change.of!r} " if change.of else ""
    what = change.what.replace("_", " ")
    if not change.of and change.what in ("term", "definition"):
        sign, text = ("+", change.after) if change.after else ("-", change.before)
        yield f"    {sign} {language}{'definition: ' if what == 'definition' else ''}{text}"
    else:
        yield f"    {language}{of}{what}: {change.before or 'none'} -> {change.after or 'none'}"
