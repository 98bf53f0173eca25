"""A whole archive: how long it takes, in how much memory, and what becomes of broken documents.

    python -m benchmarks.archive GOLD [--documents 2000] [--broken 0.05] [--workers 1,2]
    python -m benchmarks.archive GOLD --encoder models/e5

The documents are pieces of eight to thirty sentences, in three languages, of the corpora in the
folder GOLD, cut anew as often as it takes, and of the statement in ``texts/``; beside them stand
documents of which one file is broken, in five ways. Memory is what all processes of the run have
together (proportional set size, looked at five times a second). The encoder's own pace is that of
one call for five thousand of the same sentences, on all cores.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

from benchmarks.corpora.sources import LANGUAGES
from benchmarks.match import EVERY, TEXTS, Piece, pieces, statement
from parallel_statement import encoders, formats
from parallel_statement.segmentation import segment

BROKEN: tuple[tuple[str, bytes], ...] = (
    ("txt", b""),
    ("txt", b"\x00\x01\x02"),
    ("docx", b"PK\x03\x04 cut off"),
    ("pdf", b"%PDF-1.7\n1 0 obj <<"),
    ("xml", b"<TEI><text>"),
)
"""Kinds of broken files, with their ending."""
_OFTEN = 0.2
_SHORT = 100
"""Bytes that no whole file has."""
_SENTENCES = 5000
"""Read to time an encoder."""


def endless(gold: Path) -> Iterator[Piece]:
    """Yield pieces of the statement and of the corpora, cut differently in each round."""
    for number in count():
        yield from statement(6 + number % 3)
        yield from pieces(gold, EVERY, random.Random(f"archive {number}"))


def write(folder: Path, gold: Path, documents: int, broken: int) -> None:
    """Write so many *documents* into *folder*, and *broken* ones."""
    for number, piece in enumerate(islice(endless(gold), documents + broken)):
        name = f"{number % 40:02}/d{number:04}"
        for tag in LANGUAGES:
            path = folder / tag / f"{name}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(piece[tag], encoding="utf-8")
        if number >= documents:
            ending, content = BROKEN[number % len(BROKEN)]
            path.unlink()
            path.with_suffix(f".{ending}").write_bytes(content)
    shutil.copy(TEXTS / "glossary.csv", folder)


def run(texts: Path, out: Path, workers: int, encoder: str) -> tuple[float, float, int]:
    """Return the seconds, the peak of memory in MB and the exit code of one run."""
    command = [sys.executable, "-m", "parallel_statement", "corpus", str(texts), "--out", str(out)]
    options = ["--workers", str(workers), "--encoder", encoder, "--quiet"]
    begun, most = time.perf_counter(), 0
    process = subprocess.Popen([*command, *options])
    while process.poll() is None:
        most = max(most, memory(process.pid))
        time.sleep(_OFTEN)
    return time.perf_counter() - begun, most / 1024, process.returncode


def memory(pid: int) -> int:
    """Return the memory in kB of the process *pid* and all that it started."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:  # it has just ended
        return 0
    own = next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
    return own + sum(memory(int(child)) for child in children)


def sentences_done(out: Path) -> int:
    with (out / "summary.csv").open(encoding="utf-8-sig", newline="") as file:
        return sum(sum(map(int, row["sentences"].split())) for row in csv.DictReader(file))


def own_pace(texts: Path, name: str) -> float:
    """Return the sentences a second of the encoder *name* alone."""
    encoder = encoders.load(name)
    said: list[str] = []
    for path in sorted(texts.glob("*/*/*.txt"), key=lambda path: path.parts[-2:]):
        if path.stat().st_size < _SHORT:
            continue
        version = segment(formats.read(path, path.parts[-3]))
        said += [version.text(sentence) for sentence in version.sentences]
        if len(said) >= _SENTENCES:
            break
    encoder.encode(said[:50])
    begun = time.perf_counter()
    encoder.encode(said)
    return len(said) / (time.perf_counter() - begun)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--broken", type=float, default=0.05)
    parser.add_argument("--workers", default="2")
    parser.add_argument("--encoder", default="use")
    options = parser.parse_args()
    broken = round(options.documents * options.broken)
    with tempfile.TemporaryDirectory() as place:
        texts, out = Path(place, "texts"), Path(place, "out")
        write(texts, options.gold, options.documents, broken)
        pace = own_pace(texts, options.encoder)
        print(f"encoder alone: {pace:.0f} sentences a second")
        for workers in map(int, options.workers.split(",")):
            seconds, most, code = run(texts, out, workers, options.encoder)
            done = sentences_done(out)
            errors = (out / "errors.jsonl").read_text("utf-8").splitlines()
            told = {json.loads(line)["document"] for line in errors}
            print(
                f"{workers} workers: {options.documents} documents, {done} sentences in "
                f"{seconds:.0f} s, {done / seconds:.0f} a second ({done / seconds / pace:.0%} of "
                f"the encoder's own), {most:.0f} MB, exit code {code}; {len(told)} of {broken} "
                "broken documents told"
            )
            shutil.rmtree(out)


if __name__ == "__main__":
    main()
