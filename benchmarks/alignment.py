"""Align the cases with ours, its ablations and the peers, and score them, in one run.

    python -m benchmarks.alignment CORPORA [--corpora a,b] [--longest 200] [--out FOLDER]

All systems get the same cases and the same vectors, and none sees the answers. Writes the
predictions to ``FOLDER/<name>/<system>.json`` and the scores to ``FOLDER/<name>.json``. A system
that raises an error, or does not return every sentence in order, counts as having aligned nothing
in that pair of texts. Cases of the kind ``numbered`` are for ours and its ablations alone.
"""

from __future__ import annotations

import argparse
import json
import platform
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks import peers, vectors
from benchmarks.corpora.sources import TEST
from benchmarks.score import Scores, calibration_error, load, score, units
from benchmarks.systems import ABLATIONS, OURS, Case, System, systems

KINDS = ("plain", "noisy", "paragraphs")


def select(folder: Path, corpora: Sequence[str], longest: int) -> list[Case]:
    """Return the cases in *folder* of *corpora* in which no language has more than *longest*."""
    return [
        case
        for case in load(folder / "cases")
        if case["corpus"] in corpora and max(map(len, units(case).values())) <= longest
    ]


def run(
    system: System, cases: Sequence[Case], encoder: vectors.Remembering
) -> tuple[dict[str, Any], float]:
    """Return the predictions of *system* and its seconds, those spent on encoding left out."""
    start, encoding = time.perf_counter(), encoder.seconds
    predictions = {case["id"]: system(case, encoder) for case in cases}
    return predictions, time.perf_counter() - start - (encoder.seconds - encoding)


def summary(scores: Scores) -> dict[str, Any]:
    """Return *scores* as JSON values."""
    return {
        "rows": [
            {
                "kind": kind,
                "corpus": corpus,
                "pair": pair,
                "P": counts.precision,
                "R": counts.recall,
                "F1": counts.f1,
                "mean": scores.mean(kind, pair) if corpus == "all" else None,
                "gold": counts.gold,
            }
            for (kind, corpus, pair), counts in sorted(scores.rows.items())
        ],
        "bins": {kind: [asdict(b) for b in bins] for kind, bins in sorted(scores.bins.items())},
        "other bins": {name: [asdict(b) for b in bins] for name, bins in scores.others.items()},
        "calibration error": calibration_error(scores.bins[kind] for kind in KINDS),
        "calibration errors": {kind: calibration_error([scores.bins[kind]]) for kind in KINDS},
    }


def print_table(results: dict[str, Any]) -> None:
    """Print the F1 of every system for every kind and pair."""
    for kind in KINDS:
        for name, result in results.items():
            rows = [r for r in result["rows"] if (r["kind"], r["corpus"]) == (kind, "all")]
            figures = "  ".join(f"{r['pair']} {r['F1']:.4f}" for r in rows)
            print(f"{kind:11}{name:32}{figures}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="CORPORA")
    parser.add_argument("--corpora", default=",".join(TEST))
    parser.add_argument("--longest", type=int, default=200)
    parser.add_argument("--out", type=Path, default=Path("build/benchmarks"))
    parser.add_argument("--name", default="alignment")
    parser.add_argument("--only", help="names of systems, separated by semicolons")
    options = parser.parse_args()
    cases = select(options.folder, options.corpora.split(","), options.longest)
    encoder = vectors.load(options.out)
    chosen = options.only.split(";") if options.only else list(systems())
    results: dict[str, Any] = {}
    for name, system in systems().items():
        if name not in chosen:
            continue
        own = name == OURS or name in ABLATIONS
        seen = [case for case in cases if own or case["kind"] in KINDS]
        predictions, seconds = run(system, seen, encoder)
        path = options.out / options.name / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(predictions), encoding="utf-8")
        found = summary(score(cases, predictions))
        failed = sum(len(prediction.get("failed", {})) for prediction in predictions.values())
        results[name] = {**found, "seconds": seconds, "failed": failed}
        print(f"{name}: {seconds:.1f} s, nothing returned for {failed} pairs of texts")
        encoder.save()
    print_table(results)
    common = [case for case in cases if case["kind"] in KINDS]
    whole = {
        "corpora": sorted({case["corpus"] for case in cases}),
        "longest": options.longest,
        "cases": len(common),
        "units": sum(len(side) for case in common for side in units(case).values()),
        "python": platform.python_version(),
        "peers": {peer.distribution: peer.version for peer in peers.PEERS},
        "systems": results,
    }
    path = options.out / f"{options.name}.json"
    path.write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
