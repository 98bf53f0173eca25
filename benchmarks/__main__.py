"""Run all benchmarks and write docs/benchmarks.md.

    python -m benchmarks CORPORA [--out FOLDER] [--also FOLDER]

Makes the corpora first if the folder is not there. ``--also`` names a folder of other cases, laid
out in the same way, to be aligned as well.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path


def run(module: str, *arguments: str | Path) -> None:
    """Run a module of this package; stop if it fails."""
    subprocess.run([sys.executable, "-W", "ignore", "-m", module, *arguments], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="CORPORA")
    parser.add_argument("--out", type=Path, default=Path("build/benchmarks"))
    parser.add_argument("--also", type=Path)
    options = parser.parse_args()
    if not options.folder.exists():
        run("benchmarks.corpora", options.folder)
    for name in ("alignment", "unrelated", "moves", "scale"):
        run(f"benchmarks.{name}", options.folder, "--out", options.out)
    more: tuple[str | Path, ...] = ()
    if options.also:
        more = ("--also", "also")
        run("benchmarks.alignment", options.also, "--out", options.out, "--name", "also")
    run("benchmarks.report", "--results", options.out, *more)


if __name__ == "__main__":
    main()
