"""Time and memory of alignment against the length of the text, on one core.

    python -m benchmarks.scale CORPORA [--longest 32000] [--out FOLDER]

Every measurement runs in a process of its own, bound to one core where the system can do that.
Vectors are given, so that embedding does not count; what an aligner asks to be embedded is
reported as multiples of one pass over the sentences. Memory is the peak of the whole process, with
Python, the text and the vectors that the aligner holds. A line is fitted to the logarithms of time
and length, from 2,000 sentences on: its slope is the exponent of the growth (1 is linear).
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import peers, texts, vectors
from benchmarks.alignment import select
from benchmarks.corpora.sources import LANGUAGES
from benchmarks.longtext import Given, LongText, compose
from benchmarks.systems import OURS
from parallel_statement.alignment import align
from parallel_statement.errors import ParallelStatementError

SMALLEST, FIT_FROM = 500, 2000
SECONDS = 240
PATIENCE = 25
"""A peer that took longer than this many seconds is not given a text of twice the length."""
Texts = dict[str, LongText]


def sections(folder: Path) -> list[dict[str, list[str]]]:
    """Return the sentences of all plain cases in *folder*, block by block."""
    corpora = {path.name for path in folder.iterdir() if path.is_dir()}
    blocks: list[dict[str, list[str]]] = []
    for case in select(folder, sorted(corpora), 10**9):
        if case["kind"] == "plain":
            found: dict[str, dict[str, list[str]]] = {}
            for language in LANGUAGES:
                sides = zip(case["blocks"][language], case["sentences"][language], strict=True)
                for block, sentence in sides:
                    sides_of = found.setdefault(block, {x: [] for x in LANGUAGES})
                    sides_of[language].append(sentence)
            blocks += found.values()
    return blocks


def run_ours(sides: Texts, encoder: Given) -> None:
    """Align *sides* with ours."""
    versions = [
        texts.of_sentences("long", language, text.sentences, text.starts)
        for language, text in sides.items()
    ]
    align(versions, encoder)


def run_peer(align_pair: peers.Align) -> Callable[[Texts, Given], None]:
    """Return the function that aligns two texts with a peer."""

    def run(sides: Texts, encoder: Given) -> None:
        source, target = (text.sentences for text in sides.values())
        if not align_pair(source, target, encoder):
            raise RuntimeError("it returned nothing")

    return run


def jobs() -> dict[str, tuple[Callable[[Texts, Given], None], Sequence[Sequence[str]]]]:
    """Return what can be measured here, and with which languages."""
    found = {
        peer.distribution: (run_peer(peer.align), (LANGUAGES[:2],))
        for peer in reversed(peers.PEERS)  # with their defaults: those come first in PEERS
        if peer.version
    }
    return {OURS: (run_ours, (LANGUAGES[:2], LANGUAGES)), **found}


def peak() -> float:
    """Return the peak memory of this process, in MB."""
    status = Path("/proc/self/status")
    if status.exists():  # ru_maxrss of a child begins at what its parent had
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) * 1024 / 1e6
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def measure(job: str, path: Path) -> dict[str, Any]:
    """Return seconds, megabytes and embedding passes of *job* on the texts at *path*."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with path.open("rb") as file:
        sides, fingerprint = pickle.load(file)
    encoder = Clocked(sides, fingerprint)
    run = jobs()[job][0]
    run({x: LongText(t.sentences[:20], [0], t.vectors[:20]) for x, t in sides.items()}, encoder)
    encoder.seconds, encoder.characters = 0.0, 0
    sides = {x: LongText(t.sentences, t.starts, t.vectors[:0].copy()) for x, t in sides.items()}
    before, start = peak(), time.perf_counter()
    try:
        run(sides, encoder)
    except (ParallelStatementError, RuntimeError, MemoryError, ValueError) as failure:
        return {"failed": str(failure) or type(failure).__name__}
    whole = sum(len(s) for text in sides.values() for s in text.sentences)
    return {
        "seconds": time.perf_counter() - start - encoder.seconds,
        "loaded": before,
        "peak": peak(),
        "passes": encoder.characters / whole,
    }


class Clocked(Given):
    """Given vectors; knows how long they took."""

    seconds = 0.0

    def encode(self, texts: Sequence[str], progress: Any = None) -> Any:
        """Return one unit vector for each of *texts*, in order."""
        start = time.perf_counter()
        found = super().encode(texts, progress)
        self.seconds += time.perf_counter() - start
        return found


def child(job: str, path: Path) -> dict[str, Any]:
    """Return what `measure` returns in a process of its own, on one core."""
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.scale", "--child", job, str(path)]
    single = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS"), "1")
    try:
        done = subprocess.run(
            command,
            env={**os.environ, **single},
            stdout=subprocess.PIPE,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"failed": f"stopped after {SECONDS} s"}
    if done.returncode:
        return {"failed": f"exit code {done.returncode}"}
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def exponent(rows: Sequence[dict[str, Any]]) -> float | None:
    """Return the slope of log seconds over log sentences, or None with fewer than three points."""
    points = [(r["sentences"], r["seconds"]) for r in rows if r.get("seconds")]
    points = [(n, s) for n, s in points if n >= FIT_FROM]
    if len(points) < 3:
        return None
    sizes, seconds = np.log(np.array(points)).T
    return float(np.polyfit(sizes, seconds, 1)[0])


def _goes_on(job: str, rows: Sequence[dict[str, Any]]) -> bool:
    if not rows:
        return True
    return "failed" not in rows[-1] and (job == OURS or rows[-1]["seconds"] <= PATIENCE)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="CORPORA")
    parser.add_argument("--longest", type=int, default=32_000)
    parser.add_argument("--out", type=Path, default=Path("build/benchmarks"))
    options = parser.parse_args()
    encoder = vectors.load(options.out)
    blocks = sections(options.folder)
    options.out.mkdir(parents=True, exist_ok=True)
    path = options.out / "scale.pickle"
    results: dict[str, list[dict[str, Any]]] = {}
    print(f"{'':34}{'sentences':>10}{'seconds':>10}{'MB':>8}{'passes':>8}")
    for job, (_, choices) in jobs().items():
        for languages in choices:
            name = f"{job}, {'-'.join(languages)}"
            rows: list[dict[str, Any]] = []
            results[name] = rows
            size = SMALLEST
            while size <= options.longest and _goes_on(job, rows):
                sides = compose(blocks, encoder, size, languages)
                path.write_bytes(pickle.dumps((sides, encoder.fingerprint)))
                found = child(job, path)
                rows.append({"sentences": size, **found})
                if "failed" in found:
                    print(f"{name:34}{size:10}  {found['failed']}", flush=True)
                else:
                    figures = "{seconds:10.2f}{peak:8.0f}{passes:8.2f}".format(**found)
                    print(f"{name:34}{size:10}{figures}", flush=True)
                size *= 2
            if (slope := exponent(rows)) is not None:
                print(f"{name:34}time grows as length to the power of {slope:.2f}", flush=True)
    path.unlink()
    encoder.save()
    fitted = {name: exponent(rows) for name, rows in results.items()}
    whole = {"systems": results, "exponents": fitted}
    (options.out / "scale.json").write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        print(json.dumps(measure(sys.argv[2], Path(sys.argv[3]))))
    else:
        main()
