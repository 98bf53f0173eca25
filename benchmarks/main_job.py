"""Wall time and memory of the main job on texts/, as a process of its own.

python benchmarks/main_job.py [RUNS]
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TEXTS = Path(__file__).parent.parent / "texts"


def measure(command: list[str]) -> tuple[float, float]:
    """Return the wall time in seconds and the peak memory in MB of *command*."""
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}: exit code {process.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes elsewhere
    return seconds, usage.ru_maxrss * unit / 1e6


def report(name: str, unit: str, values: list[float]) -> None:
    """Print smallest, median and largest of *values*."""
    smallest, median, largest = min(values), statistics.median(values), max(values)
    print(f"{name:<14} {smallest:8.2f} {median:8.2f} {largest:8.2f} {unit}")


def main(runs: int) -> None:
    align = [sys.executable, "-m", "parallel_statement"]
    with tempfile.TemporaryDirectory() as out:
        jobs = [measure([*align, "run", str(TEXTS), "--out", out, "--quiet"]) for _ in range(runs)]
    starts = [measure([*align, "--version"]) for _ in range(runs)]
    print(f"{runs} runs, {os.cpu_count()} cores   min   median      max")
    report("align run", "s", [seconds for seconds, _ in jobs])
    report("", "MB", [memory for _, memory in jobs])
    report("align --version", "s", [seconds for seconds, _ in starts])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
