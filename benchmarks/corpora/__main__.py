"""Make the evaluation corpora from Debian packages.

    python -m benchmarks.corpora OUT

Downloads the packages with apt (63 MB), unpacks them, and writes for every document
``OUT/<corpus>/<document>.json`` (its parallel blocks) and
``OUT/cases/<corpus>.<document>.<kind>.json`` (alignment tasks with known answers), and
``OUT/manifest.json``: versions and hashes of the packages, and one hash over all that was written.
The same packages give the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.corpora.blocks import parallel
from benchmarks.corpora.cases import Blocks, cases
from benchmarks.corpora.packages import Package, download, unpack
from benchmarks.corpora.sources import LANGUAGES, SOURCES, Source, documents

FEWEST_BLOCKS = 10


def build(source: Source, tree: Path, packages: list[Package], out: Path) -> dict[str, Any]:
    """Write the documents and cases of one corpus into *out*; return their numbers."""
    found: dict[str, Blocks] = {}
    for name, pages in documents(source, tree).items():
        blocks = [{"id": f"{name}#{k}", **block} for k, block in enumerate(parallel(pages))]
        if len(blocks) >= FEWEST_BLOCKS:
            found[name] = blocks
    names = list(found)
    origin = ", ".join(f"{package.name} {package.version}" for package in packages)
    for name, following in zip(names, [*names[1:], *names[:1]], strict=True):
        document = {
            "corpus": source.corpus,
            "doc": name,
            "licence": source.licence,
            "source": f"Debian: {origin}",
            "blocks": found[name],
        }
        write(document, out / source.corpus / f"{name}.json")
        made = cases(source.corpus, name, found[name], found[following], LANGUAGES)
        for kind, case in made.items():
            write(case, out / "cases" / f"{source.corpus}.{name}.{kind}.json")
    return {"documents": len(found), "blocks": sum(map(len, found.values()))}


def write(value: Any, path: Path) -> None:
    """Write *value* as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def fingerprint(folder: Path) -> str:
    """Return one SHA-256 over the names and contents of all files below *folder*."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.json")):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--packages", type=Path, help="folder that keeps the package files")
    options = parser.parse_args()
    if (options.out / "manifest.json").exists():
        raise SystemExit(f"{options.out} holds corpora already: name a new folder")
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.packages or Path(scratch) / "packages"
        tree = Path(scratch) / "tree"
        manifest: dict[str, Any] = {"packages": [], "corpora": {}}
        for source in SOURCES:
            download(source.packages, folder)
            packages = unpack(source.packages, folder, tree)
            manifest["packages"] += map(asdict, packages)
            counts = build(source, tree, packages, options.out)
            manifest["corpora"][source.corpus] = counts
            print(
                f"{source.corpus:<20}{counts['documents']:4} documents{counts['blocks']:6} blocks"
            )
    manifest["sha256"] = fingerprint(options.out)
    write(manifest, options.out / "manifest.json")
    print(f"sha256 of all files  {manifest['sha256']}")


if __name__ == "__main__":
    main()
