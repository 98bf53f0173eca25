"""What a corpus makes as a whole: tables of its documents and errors, files of all, an index."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from pathlib import Path

from parallel_statement import memory
from parallel_statement.corpus.consistency import term_files
from parallel_statement.corpus.documents import Fault
from parallel_statement.corpus.records import Outcome, Settings
from parallel_statement.corpus.tables import render
from parallel_statement.formats import tmx
from parallel_statement.formats.glossary import read_glossary
from parallel_statement.formats.tei.collection import collection
from parallel_statement.formats.tei.markup import corpus_file
from parallel_statement.workspace import write_files, writing

_COLUMNS = (
    "document",
    "title",
    "date",
    "languages",
    "paragraphs",
    "sentences",
    "beads",
    "doubtful",
    "errors",
    "warnings",
    "infos",
    "problem",
)


def put_together(
    outcomes: Iterable[Outcome], faults: Sequence[Fault], settings: Settings, title: str
) -> tuple[Path, ...]:
    """Write what the documents make as a whole; return the paths.

    Args:
        outcomes: Of all documents.
        faults: Documents that could not be worked on at all.
        settings: Where, and in which formats.
        title: Of the corpus, for its header.
    """
    listed = sorted(outcomes, key=lambda outcome: outcome.document)
    made = [outcome for outcome in listed if not outcome.error]
    problems = sorted(
        [*faults, *(Fault(o.document, "", o.error) for o in listed if o.error)],
    )
    files = {
        "summary.csv": _table(listed, faults),
        "errors.jsonl": "".join(
            json.dumps(fault._asdict(), ensure_ascii=False) + "\n" for fault in problems
        ).encode(),
    }
    if "tei" in settings.formats:
        files["corpus.xml"] = collection(title, [_href(o) for o in made], settings.date)
    if settings.glossary:
        files |= term_files(made, read_glossary(settings.glossary), settings.date)
    paths = list(write_files(settings.out, files))
    for name, parts in (("jsonl", _lines), ("tmx", _memory)):
        if name in settings.formats:
            target = settings.out / f"corpus.{name}"
            with writing(target) as file:
                for part in parts(made, settings):
                    file.write(part)
            paths.append(target)
    if "jsonl" in settings.formats:
        paths.append(settings.out / memory.NAME)
        memory.fill(paths[-1], [_source(outcome, settings) for outcome in made])
    return tuple(paths)


def _source(outcome: Outcome, settings: Settings) -> memory.Source:
    name = f"{outcome.document}.jsonl"
    return memory.Source(
        outcome.document,
        str(outcome.counts["title"]),
        str(outcome.counts["date"] or ""),
        settings.folder(outcome.document) / name,
        outcome.files[name],
    )


def _table(outcomes: Sequence[Outcome], faults: Sequence[Fault]) -> bytes:
    """Return the table of the documents, a row each, those that failed among them."""
    rows = [(o.document, _row(o)) for o in outcomes]
    rows += [(f.document, {"document": f.document, "problem": f.message}) for f in faults]
    cells = ([row.get(name, "") for name in _COLUMNS] for _, row in sorted(rows, key=itemgetter(0)))
    return render(_COLUMNS, cells)


def _row(outcome: Outcome) -> dict[str, str]:
    if outcome.error:
        return {"document": outcome.document, "problem": outcome.error}
    counts = outcome.counts
    listed = {name: " ".join(map(str, counts[name])) for name in _COLUMNS[3:6]}
    found = {f"{name}s": str(counts["findings"][name]) for name in counts["findings"]}
    said = {name: str(counts[name]) for name in ("title", "date", "beads", "doubtful")}
    return {"document": outcome.document, **said, **listed, **found}


def _href(outcome: Outcome) -> str:
    return f"documents/{outcome.document}/tei/{corpus_file(outcome.document)}"


def _lines(outcomes: Iterable[Outcome], settings: Settings) -> Iterator[bytes]:
    for outcome in outcomes:
        yield (settings.folder(outcome.document) / f"{outcome.document}.jsonl").read_bytes()


def _memory(outcomes: Iterable[Outcome], settings: Settings) -> Iterator[bytes]:
    listed = tuple(outcomes)
    languages = dict.fromkeys(tag for o in listed for tag in o.counts["languages"])
    files = (settings.folder(o.document) / f"{o.document}.tmx" for o in listed)
    return tmx.joined((path.read_bytes() for path in files), next(iter(languages), "und"))
