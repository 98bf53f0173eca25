"""Debian packages: download, unpack, and a manifest of what was used."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

WITHOUT_APT = """\
This machine has no apt-get or no dpkg-deb. On a Debian or Ubuntu machine, or in a container of one:
    python -m benchmarks.corpora OUT
and copy OUT here. Needed are the packages {names}"""


@dataclass(frozen=True)
class Package:
    """A package file, as the manifest names it."""

    name: str
    version: str
    sha256: str


def download(names: Sequence[str], folder: Path) -> None:
    """Fetch the packages *names* that *folder* lacks, in the versions that apt offers here."""
    folder.mkdir(parents=True, exist_ok=True)
    missing = [name for name in names if not find(name, folder)]
    if not missing:
        return
    if not shutil.which("apt-get"):
        raise SystemExit(WITHOUT_APT.format(names=" ".join(missing)))
    done = subprocess.run(["apt-get", "download", *missing], cwd=folder, check=False)
    if done.returncode:
        raise SystemExit("apt-get could not download all packages; try `apt-get update` first")


def find(name: str, folder: Path) -> Path | None:
    """Return the file of the package *name* in *folder*: the last one, if there are several."""
    return max(folder.glob(f"{name}_*.deb"), default=None)


def unpack(names: Sequence[str], folder: Path, tree: Path) -> list[Package]:
    """Unpack the packages *names* from *folder* into *tree*; return what they are."""
    if not shutil.which("dpkg-deb"):
        raise SystemExit(WITHOUT_APT.format(names=" ".join(names)))
    packages = []
    for name in names:
        path = find(name, folder)
        if path is None:
            raise SystemExit(f"{folder}: no file of the package {name}")
        subprocess.run(["dpkg-deb", "-x", path, tree], check=True)
        packages.append(describe(path))
    return packages


def describe(path: Path) -> Package:
    """Return name, version and hash of the package file *path*."""
    name, version, _ = path.stem.split("_")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Package(name, version.replace("%3a", ":"), digest)
