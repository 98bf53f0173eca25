"""Write docs/benchmarks.md and its plots from the results of the benchmarks.

    python -m benchmarks.report [--results FOLDER] [--also NAME] [--docs docs]

FOLDER holds alignment.json, unrelated.json, moves.json and scale.json; ``--also`` names results
there of `benchmarks.alignment` on other cases.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from string import Template
from typing import Any

from benchmarks import plots
from benchmarks.aims import (
    PAIRS,
    error_ratios,
    f1,
    in_accuracy,
    in_scale,
    in_strange_texts,
    rivals,
    short,
)
from benchmarks.alignment import KINDS
from benchmarks.score import BINS
from benchmarks.systems import ABLATIONS, OURS

Results = dict[str, Any]


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table, figures to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def figures(values: dict[str, float], best: dict[str, float] | None = None) -> list[str]:
    """Return the cells of one row; the best of each column is bold."""
    cells = []
    for pair in PAIRS:
        words = short(values.get(pair))
        bold = best is not None and pair in values and values[pair] == best[pair]
        cells.append(f"**{words}**" if bold else words)
    return cells


def accuracy(results: Results) -> str:
    """Return a table for every kind: F1 of every system, and ours against the best peer."""
    parts = []
    for kind in KINDS:
        names = [OURS, *rivals(results)]
        values = {name: f1(results, name, kind) for name in names}
        best = {pair: max(v[pair] for v in values.values() if pair in v) for pair in values[OURS]}
        rows = [
            [name, *figures(values[name], best), str(results["systems"][name]["failed"] or "")]
            for name in names
        ]
        if len(names) > 1:
            rows.append(["errors, ours to the best peer's", *_ratios(results, kind), ""])
        head = [f"`{kind}`", *PAIRS.values(), "nothing returned"]
        parts.append(table(head, rows))
    return "\n\n".join(parts)


def _ratios(results: Results, kind: str) -> list[str]:
    ratios = {pair: ratio for pair, (_, ratio) in error_ratios(results, kind).items()}
    return ["" if ratios.get(pair) is None else f"{ratios[pair]:.2f}" for pair in PAIRS]


def by_corpus(results: Results) -> str:
    """Return a table of our F1 in every corpus."""
    rows = [
        [f"{corpus}, `{kind}`", *figures(f1(results, OURS, kind, corpus))]
        for kind in KINDS
        for corpus in results["corpora"]
    ]
    return table(["ours", *PAIRS.values()], rows)


def by_document(results: Results) -> str:
    """Return a table of our F1 averaged over documents."""
    rows = []
    for kind in KINDS:
        found = results["systems"][OURS]["rows"]
        means = {r["pair"]: r["mean"] for r in found if (r["kind"], r["corpus"]) == (kind, "all")}
        rows.append([f"`{kind}`", *figures(means)])
    return table(["ours, mean of documents", *PAIRS.values()], rows)


def ablations(results: Results) -> str:
    """Return a table of F1 with something taken away from ours."""
    names = [name for name in (OURS, *ABLATIONS) if name in results["systems"]]
    rows = []
    for kind in (*KINDS, "numbered"):
        values = {name: f1(results, name, kind) for name in names}
        if values[OURS]:
            rows += [[f"`{kind}`, {name}", *figures(found)] for name, found in values.items()]
    return table(["", *PAIRS.values()], rows)


def all_bins(results: Results) -> list[dict[str, float]]:
    """Return our bins, all kinds together."""
    kinds = [results["systems"][OURS]["bins"][kind] for kind in KINDS]
    return [
        {key: sum(cell[key] for cell in cells) for key in cells[0]}
        for cells in zip(*kinds, strict=True)
    ]


def reliability(results: Results) -> str:
    """Return a table: of the beads that claim so much, how many there are, and are right."""
    groups = {"beads of pairs": all_bins(results), **results["systems"][OURS]["other bins"]}
    columns = {
        "beads of pairs": "beads of pairs",
        "gaps": "gaps of pairs",
        "n-way": "n-way beads (`paragraphs`)",
    }
    rows = []
    for k in range(BINS):
        cells = []
        for name in columns:
            cell = groups[name][k]
            count = cell["beads"]
            cells += (
                [f"{count:,}", short(cell["confidence"] / count), short(cell["right"] / count)]
                if count
                else ["", "", ""]
            )
        rows.append([f"{k / BINS:.1f} to {(k + 1) / BINS:.1f}", *cells])
    head = [part for name in columns.values() for part in (name, "claimed", "right")]
    return table(["posterior", *head], rows)


def unrelated(results: Results) -> str:
    """Return a table of the share of unrelated sentences that were paired."""
    columns = list(results["systems"][OURS]["unrelated"])
    rows = []
    for name, found in results["systems"].items():
        shares = [found["unrelated"][column] for column in columns]
        rows.append([name, *(f"{100 * sum(s) / len(s):.0f} %" for s in shares)])
        if name == OURS:
            rows.append([f"{name}, worst draw", *(f"{100 * max(s):.0f} %" for s in shares)])
    return table(["paired", *columns], rows)


def third(results: Results) -> str:
    """Return a table of F1 around a missing third."""
    rows = []
    for name, found in results["systems"].items():
        for language, values in found["third"].items():
            what = "undisturbed" if language == "whole" else f"{language} lacks a third"
            rows.append([f"{name}, {what}", *figures(values)[:3]])
    return table(["F1 of the rest", *list(PAIRS.values())[:3]], rows)


def moves(results: Results) -> str:
    """Return a table of the moved passages that were found, and of wrong proposals."""
    rows = [
        [
            name,
            f"{found['found']} of {found['moved']}",
            f"{found['recall']:.0%}",
            f"{found['everywhere']}",
            f"{found['false']} in {found['unmoved']}",
            f"{found['false_beside']} in {found['moved']}",
        ]
        for name, found in results["groups"].items()
    ]
    head = ["", "found", "recall", "in every language", "wrong in cases as they are"]
    return table([*head, "wrong beside a moved one"], rows)


def scale(results: Results) -> str:
    """Return a table of seconds and megabytes for every length."""
    rows = []
    for name, measured in results["systems"].items():
        for row in measured:
            last = row is measured[-1]
            slope = results["exponents"][name] if last else None
            failed = row.get("failed")
            cells = (
                [failed, "", ""]
                if failed
                else [f"{row['seconds']:.2f}", f"{row['peak']:.0f}", f"{row['passes']:.2f}"]
            )
            power = "" if slope is None else f"{slope:.2f}"
            rows.append([name, f"{row['sentences']:,}", *cells, power])
    return table(["", "sentences", "seconds", "MB", "embedding passes", "exponent"], rows)


def lines(results: Results) -> dict[str, list[tuple[float, float]]]:
    """Return the points of the growth plot."""
    found = {
        name: [(row["sentences"], row["seconds"]) for row in rows if "seconds" in row]
        for name, rows in results["systems"].items()
    }
    return {name: points for name, points in found.items() if points}


def peers_of(results: Results) -> str:
    """Return which peers were run, and which were not."""
    words = []
    old = tuple(map(int, results["python"].split(".")[:2])) < (3, 12)
    for name, version in results["peers"].items():
        if version is None:
            words.append(f"{name} skipped (not installed; bertalign asks for Python 3.12)")
        elif old and name == "bertalign":
            words.append(f"{name} {version} (on Python 3.11, its one `type` statement rewritten)")
        else:
            words.append(f"{name} {version}")
    return ", ".join(words)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--results", type=Path, default=Path("build/benchmarks"))
    parser.add_argument("--also")
    parser.add_argument("--docs", type=Path, default=Path("docs"))
    options = parser.parse_args()

    def read(folder: Path, name: str) -> Results:
        found: Results = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        return found

    results, strange, passages, long = (
        read(options.results, name) for name in ("alignment", "unrelated", "moves", "scale")
    )
    also = read(options.results, options.also) if options.also else None
    template = Template(Path(__file__).with_name("report.md").read_text(encoding="utf-8"))
    aims = [*in_accuracy(results), *in_strange_texts(strange), *in_scale(long)]
    if also:
        aims += in_accuracy(also, ", other cases")
    found = results["systems"][OURS]
    errors = {"all": found["calibration error"], **found["calibration errors"]}
    page = template.substitute(
        aims=table(
            ["aim", "measured", ""],
            [(aim.words, aim.measured, "met" if aim.met else "**not met**") for aim in aims],
        ),
        peers=peers_of(results),
        corpora=" and ".join(results["corpora"]),
        cases=results["cases"],
        units=f"{results['units']:,}",
        longest=results["longest"],
        step=short(1 / min(row["gold"] for row in found["rows"] if row["corpus"] == "all")),
        accuracy=accuracy(results),
        by_corpus=by_corpus(results),
        by_document=by_document(results),
        also=_also(also),
        error=short(errors["all"]),
        errors=", ".join(f"`{kind}` {short(errors[kind])}" for kind in KINDS),
        reliability=reliability(results),
        ablations=ablations(results),
        draws=strange["draws"],
        unrelated=unrelated(strange),
        documents=strange["documents"],
        third=third(strange),
        moves=moves(passages),
        scale=scale(long),
    )
    images = options.docs / "images"
    images.mkdir(parents=True, exist_ok=True)
    (options.docs / "benchmarks.md").write_text(page, encoding="utf-8")
    (images / "reliability.svg").write_text(plots.reliability(all_bins(results)), encoding="utf-8")
    (images / "growth.svg").write_text(plots.growth(lines(long)), encoding="utf-8")


def _also(results: Results | None) -> str:
    if results is None:
        return ""
    error = short(results["systems"][OURS]["calibration error"])
    corpora = ", ".join(results["corpora"])
    return (
        f"### Other cases\n\nThe same on {results['cases']} cases that were made by others, from\n"
        f"{corpora}\n(the licences come from no Debian package, so the command above does not\n"
        f"make them). Calibration error {error}.\n\n{accuracy(results)}\n\n{by_corpus(results)}\n"
    )


if __name__ == "__main__":
    main()
