"""How many faults that a machine plants, one at a time, the checks find: by kind.

    python -m benchmarks.mutations [--kind KIND ...] [--missed] [--rounds N]

Faults go into sentences written for it. Prints for each kind the faults, those found at their
place in their language by a check of their family, those found at warning or above, and those that
raised an alarm elsewhere.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, fields

from benchmarks.false_alarms import parallel_text
from benchmarks.mutations.carriers import Block, Mutation, filled_texts
from parallel_statement.checks import check
from parallel_statement.model import Finding

FAMILIES = {
    "small-number": "number measure",
    "ordinal": "number",
    "fraction": "number",
    "multiplier": "number measure",
    "collective": "number measure",
    "number": "number measure",
    "range": "number",
    "quantity": "measure number",
    "date": "number weekday date",
    "weekday": "weekday",
    "request": "commitment",
    "approval": "commitment",
    "condemnation": "commitment",
    "resolve": "commitment",
    "obligation": "commitment",
    "negation": "commitment negation",
    "intensifier": "commitment word",
    "clause": "length unit part content",
    "member": "length unit part content",
    "parenthesis": "length unit part content",
    "quotation": "length unit part",
    "modifier": "length unit part word content",
    "name": "length unit part name content",
}
"""The checks that should find a kind, by the first word of their names; else any."""


def is_at(finding: Finding, name: str, mutation: Mutation) -> bool:
    """Return whether *finding* speaks of the block of *mutation*."""
    bead = f"{name}.p{mutation.block}"
    return finding.bead == bead or finding.bead.startswith(bead + ".s")


def found_by(mutation: Mutation, name: str, findings: Sequence[Finding]) -> list[Finding]:
    """Return those of *findings* that are at the place, in the language and of the kind."""
    words = FAMILIES.get(mutation.kind, "").split()
    return [
        finding
        for finding in findings
        if mutation.language in finding.languages
        and is_at(finding, name, mutation)
        and (not words or finding.rule.partition("-")[0] in words)
    ]


@dataclass(slots=True)
class Row:
    """What became of the faults of a kind."""

    faults: int = 0
    found: int = 0
    warned: int = 0
    strays: int = 0

    def show(self, kind: str) -> None:
        """Print the row."""
        share = self.found / max(1, self.faults)
        print(
            f"{kind:16} {self.faults:6} {self.found:6} {share:5.0%} {self.warned:6} {self.strays:6}"
        )


def judge(
    name: str, blocks: list[Block], mutations: Sequence[Mutation], table: dict[str, Row], show: bool
) -> None:
    """Check *blocks* with each of *mutations* and count in *table* what is found."""
    clean = check(parallel_text(name, blocks))
    for finding in clean:
        if finding.severity != "info":
            print(f"CLEAN {name} {finding.bead} {finding.rule}: {finding.reason}")
    known = frozenset(finding.id for finding in clean)
    for mutation in mutations:
        changed = list(blocks)
        changed[mutation.block] = blocks[mutation.block] | {mutation.language: mutation.text}
        after = [f for f in check(parallel_text(name, changed)) if f.id not in known]
        here = found_by(mutation, name, after)
        row = table.setdefault(mutation.kind, Row())
        row.faults += 1
        row.found += bool(here)
        row.warned += any(finding.severity != "info" for finding in here)
        row.strays += any(
            finding.severity != "info" and not is_at(finding, name, mutation) for finding in after
        )
        if show and not here:
            other = [f"{f.severity} {f.rule} {f.languages}" for f in after]
            print(f"MISSED {mutation.kind} {mutation.language} {name}: {mutation.note} {other}")


def main() -> None:
    """Plant the faults and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kind", action="append", default=[], help="only this one; repeat")
    parser.add_argument("--missed", action="store_true", help="show what is not found")
    parser.add_argument("--rounds", type=int, default=3, help="rows of each sentence")
    options = parser.parse_args()
    table: dict[str, Row] = {}
    for name, blocks, mutations in filled_texts(options.rounds):
        chosen = [m for m in mutations if not options.kind or m.kind in options.kind]
        judge(name, blocks, chosen, table, options.missed)
    print("\nkind             faults  found  share warned strays")
    for kind, row in table.items():
        row.show(kind)
    rows = table.values()
    Row(*(sum(getattr(row, f.name) for row in rows) for f in fields(Row))).show("together")


if __name__ == "__main__":
    main()
