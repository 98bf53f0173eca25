"""What the checks say of true translations, where nearly every finding is a false alarm.

    python -m benchmarks.false_alarms GOLD [--corpus NAME ...] [--rule NAME ...] [--severity S]

GOLD holds ``<corpus>/<document>.json``, each with ``blocks``: the same paragraph in several
languages. Blocks are the beads of paragraphs; where all languages have as many sentences, these
are beads too. There is no glossary. Prints every finding from the severity on (default warning),
and a table of counts by check.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.texts import of_paragraphs
from parallel_statement.checks import CHECKS, check
from parallel_statement.model import (
    SEVERITIES,
    Alignment,
    Bead,
    Finding,
    ParallelText,
    Provenance,
    Range,
    Version,
)

LANGUAGES = ("en", "it", "ja")


def parallel_text(name: str, blocks: list[dict[str, str]]) -> ParallelText:
    """Return *blocks* as an aligned text of all their languages."""
    versions = tuple(
        of_paragraphs(name, language, [block[language] for block in blocks])
        for language in LANGUAGES
    )
    units = [
        Bead(f"{name}.p{number}", dict.fromkeys(LANGUAGES, Range(number, number + 1)), 1.0)
        for number in range(len(blocks))
    ]
    return ParallelText(
        name,
        versions,
        Alignment("paragraph", tuple(units), {}),
        Alignment("sentence", tuple(_sentence_beads(name, versions)), {}),
        Provenance("0", "gold", "none"),
    )


def _sentence_beads(name: str, versions: tuple[Version, ...]) -> Iterator[Bead]:
    at = dict.fromkeys(LANGUAGES, 0)
    rows = zip(*(version.paragraphs for version in versions), strict=True)
    for number, row in enumerate(rows):
        sizes = {v.language: len(p.sentences) for v, p in zip(versions, row, strict=True)}
        even = len(set(sizes.values())) == 1
        steps = sizes[LANGUAGES[0]] if even else 1
        for step in range(steps):
            ranges = {}
            for language, size in sizes.items():
                count = 1 if even else size
                ranges[language] = Range(at[language], at[language] + count)
                at[language] += count
            yield Bead(f"{name}.p{number}.s{step}", ranges, 1.0)


def texts(gold: Path, corpora: list[str]) -> Iterator[tuple[ParallelText, int]]:
    """Yield every document and its number of blocks; a block that lacks a language is left out."""
    for path in sorted(gold.glob("*/*.json")):
        if path.parent.name == "cases" or (corpora and path.parent.name not in corpora):
            continue
        blocks: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["blocks"]
        full = [block for block in blocks if all(block[tag].strip() for tag in LANGUAGES)]
        yield parallel_text(path.stem.replace("_", "-"), full), len(full)


def show(text: ParallelText, finding: Finding) -> None:
    """Print *finding* with the words at its places."""
    who = "-".join(finding.languages)
    print(f"\n{text.id} {finding.bead} {finding.severity} {finding.rule} {who}: {finding.reason}")
    for language, spans in finding.spans.items():
        document = text.version(language).document
        for span in spans:
            print(f"  {language}: {document.view(span).text}")


def main() -> None:
    """Check the documents and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--corpus", action="append", default=[], help="only this one; repeat")
    parser.add_argument("--rule", action="append", default=[], choices=CHECKS, help="only these")
    parser.add_argument("--severity", choices=SEVERITIES, default="warning")
    options = parser.parse_args()
    least = SEVERITIES.index(options.severity)
    without = [name for name in CHECKS if options.rule and name not in options.rule]
    counts: Counter[tuple[str, str]] = Counter()
    total = 0
    for text, blocks in texts(options.gold, options.corpus):
        total += blocks
        for finding in check(text, without=without):
            counts[finding.rule, finding.severity] += 1
            if SEVERITIES.index(finding.severity) >= least:
                show(text, finding)
    print(f"\n{total} blocks")
    for name in CHECKS:
        row = "  ".join(f"{severity} {counts[name, severity]}" for severity in SEVERITIES)
        print(f"{name:20} {row}")


if __name__ == "__main__":
    main()
