"""Measure encoders: loading, memory, speed, and how often a translation is the nearest text.

    python benchmarks/encoders.py [ENCODER ...]

Every encoder runs in a process of its own. Translations are those of the blocks of a folder of gold
documents beside the repository; the last column is skipped where there is none.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from itertools import combinations
from pathlib import Path

import numpy as np

from parallel_statement import encoders
from parallel_statement.encoders.base import Encoder

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold" / "debian-history"
LANGUAGES = ("en", "ja", "it")
SENTENCES = [
    f"The two leaders met in Tokyo on {day} January {year} and agreed to deepen their partnership."
    for day in range(1, 26)
    for year in range(1980, 2020)
]


def nearest(encoder: Encoder) -> str:
    """Return the share of texts whose nearest neighbour is their translation, for each pair."""
    hits = dict.fromkeys(combinations(LANGUAGES, 2), 0)
    total = 0
    for path in sorted(GOLD.glob("*.json")):
        blocks = json.loads(path.read_text(encoding="utf-8"))["blocks"]
        vectors = {tag: encoder.encode([block[tag] for block in blocks]) for tag in LANGUAGES}
        total += len(blocks)
        for source, target in hits:
            best = np.argmax(vectors[source] @ vectors[target].T, axis=1)
            hits[source, target] += int((best == np.arange(len(blocks))).sum())
    if not total:
        return f"skipped: no gold in {GOLD.name}"
    return ", ".join(f"{'-'.join(pair)} {count / total:.3f}" for pair, count in hits.items())


def measure(name: str) -> None:
    start = time.perf_counter()
    encoder = encoders.load(name)
    loaded = time.perf_counter()
    fingerprint = encoder.fingerprint
    hashed = time.perf_counter()
    encoder.encode(SENTENCES)
    encoded = time.perf_counter()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{encoder.name}  weights {fingerprint}")
    print(f"  load       {loaded - start:6.2f} s")
    print(f"  hash       {hashed - loaded:6.2f} s")
    print(f"  speed      {len(SENTENCES) / (encoded - hashed):6.0f} sentences/s")
    print(f"  peak RSS   {memory:6.0f} MB")
    print(f"  nearest    {nearest(encoder)}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measure(sys.argv[2])
    else:
        for encoder_name in sys.argv[1:] or ["use"]:
            subprocess.run([sys.executable, __file__, "--one", encoder_name], check=True)
