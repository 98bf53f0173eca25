"""Damaged and hostile files for every reader, by the thousand: no traceback, no hang.

python -m benchmarks.fuzz [--inputs 10000] [--seed 1] [--from 0]

The same seed and number give the same file: ``--from 4711 --inputs 1`` tries one again.
"""

from __future__ import annotations

import argparse
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path
from typing import NoReturn

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from fuzzing import attempt, subjects

LONGEST = 20
"""Seconds after which a reader hangs."""
MOST_MEMORY = 4 << 30
"""Bytes of address space."""


class HangError(BaseException):
    """A reader took too long; no reader catches this."""


def stop(*_: object) -> NoReturn:
    raise HangError


def main() -> int:
    parser = argparse.ArgumentParser(description="Damaged files for every reader.")
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--from", type=int, default=0, dest="first")
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    signal.signal(signal.SIGALRM, stop)
    read: Counter[str] = Counter()
    failed = 0
    slowest = (0.0, 0)
    with tempfile.TemporaryDirectory() as folder:
        for number in range(options.first, options.first + options.inputs):
            start = time.perf_counter()
            signal.alarm(LONGEST)
            try:
                trial = attempt(number, options.seed, Path(folder))
                read[trial.subject.name] += not trial.refused
            except (Exception, HangError):
                failed += 1
                subject = subjects()[number % len(subjects())]
                print(f"{subject.name}, input {number}, seed {options.seed}:")
                traceback.print_exc(file=sys.stdout)
            finally:
                signal.alarm(0)
            slowest = max(slowest, (time.perf_counter() - start, number))
    many = options.inputs
    print(f"{many} inputs, {read.total()} read, {many - read.total() - failed} refused")
    print(f"slowest: input {slowest[1]}, {slowest[0]:.2f} s; failed: {failed}")
    return int(failed > 0)


if __name__ == "__main__":
    raise SystemExit(main())
