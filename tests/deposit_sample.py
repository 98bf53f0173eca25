"""The sample of the TEI tests with all that an archive asks for.

``python tests/deposit_sample.py`` rewrites the golden files.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import tei_sample
from parallel_statement.model import CheckedText, VersionMetadata
from parallel_statement.packaging import package

GOLDEN = Path(__file__).parent / "data/deposit/golden"
TITLES = {"en": "Joint Statement", "ja": "共同声明", "it": "Dichiarazione congiunta"}


def complete() -> CheckedText:
    """Return the sample with metadata of all its versions, and a date."""
    checked = tei_sample.checked()
    versions = {
        tag: VersionMetadata(
            title,
            "official text" if tag == "en" else "unofficial translation",
            "Official Journal 12/2026",
            "https://example.org/journal/12" if tag == "en" else "",
            "Demo archive",
            "Secretariat" if tag == "en" else "A. Translator",
            "public domain" if tag == "en" else "CC BY 4.0",
            "" if tag == "en" else "https://creativecommons.org/licenses/by/4.0/",
        )
        for tag, title in TITLES.items()
    }
    metadata = replace(checked.text.metadata, versions=versions)
    return replace(checked, text=replace(checked.text, metadata=metadata), date="2026-11-23")


def described(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return *files* but for TEI and schemas, which have golden files of their own."""
    return {
        name: data for name, data in files.items() if "tei/" not in name and "schema/" not in name
    }


if __name__ == "__main__":
    for name, data in described(package(complete())).items():
        path = GOLDEN / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
