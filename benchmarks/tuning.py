"""Find the best gap setting of every peer on the training corpora.

    python -m benchmarks.tuning CORPORA [--longest 100]

Prints the mean F1 over kinds and pairs for every value; `peers.TUNED` holds the best ones. Run once
per version of a peer.
"""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from benchmarks import peers, vectors
from benchmarks.alignment import KINDS, run, select
from benchmarks.corpora.sources import TRAINING
from benchmarks.score import score
from benchmarks.systems import peer


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="CORPORA")
    parser.add_argument("--longest", type=int, default=100)
    parser.add_argument("--out", type=Path, default=Path("build/benchmarks"))
    options = parser.parse_args()
    cases = select(options.folder, TRAINING, options.longest)
    cases = [case for case in cases if case["kind"] in KINDS]
    print(f"{len(cases)} cases of up to {options.longest} sentences or paragraphs")
    encoder = vectors.load(options.out)
    installed = {p.distribution for p in peers.PEERS if p.version}
    for name, (align, setting, values) in peers.SETTINGS.items():
        for value in values if name in installed else ():
            system = peer(partial(align, **{setting: value}))
            rows = score(cases, run(system, cases, encoder)[0]).rows
            f1 = [
                row.f1
                for (_, corpus, pair), row in rows.items()
                if corpus == "all" and pair != "n-way"
            ]
            print(f"{name:12}{setting} {value:<8g}{sum(f1) / len(f1):.4f}", flush=True)
        encoder.save()


if __name__ == "__main__":
    main()
