"""What we aim at, and whether the results meet it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from benchmarks.systems import ABLATIONS, OURS

PAIRS = {"en-ja": "en-ja", "en-it": "en-it", "it-ja": "ja-it", "n-way": "n-way"}
"""As the scorer names them: as we write them."""
ALONE = "two languages at a time"
Results = dict[str, Any]


class Aim(NamedTuple):
    """An aim in words, what was measured, and whether that is enough."""

    words: str
    measured: str
    met: bool


def f1(results: Results, system: str, kind: str, corpus: str = "all") -> dict[str, float]:
    """Return the F1 of every pair."""
    rows = results["systems"][system]["rows"]
    return {r["pair"]: r["F1"] for r in rows if (r["kind"], r["corpus"]) == (kind, corpus)}


def rivals(results: Results) -> list[str]:
    """Return the names of the peers."""
    return [name for name in results["systems"] if name != OURS and name not in ABLATIONS]


def short(value: float | None) -> str:
    """Return *value* with three digits."""
    return "" if value is None else f"{value:.3f}".replace("0.", ".", 1)


def error_ratios(
    results: Results, kind: str, system: str = OURS
) -> dict[str, tuple[float, float | None]]:
    """Return, for each pair, our error (1 - F1), and the same over that of the best peer.

    The ratio is None where there is no peer, or none makes an error.
    """
    ratios: dict[str, tuple[float, float | None]] = {}
    for pair, value in f1(results, system, kind).items():
        others = [found[pair] for x in rivals(results) if pair in (found := f1(results, x, kind))]
        least = 1 - max(others, default=1.0)
        ratios[pair] = (1 - value, (1 - value) / least if least else None)
    return ratios


def in_accuracy(results: Results, where: str = "") -> Iterator[Aim]:
    """Yield the aims in accuracy and calibration; *where* says of which cases."""
    for kind, system, limits in (
        ("noisy", OURS, {"en-ja": 0.6, "en-it": 1.0, "it-ja": 0.6}),
        ("noisy", ALONE, {"en-ja": 1.0, "en-it": 1.0, "it-ja": 1.0}),
        ("paragraphs", OURS, {"en-ja": 0.6, "en-it": 0.6, "it-ja": 0.6}),
        ("plain", OURS, {"en-ja": 1.0, "en-it": 1.0, "it-ja": 1.0}),
    ):
        if not rivals(results) or system not in results["systems"]:
            continue
        ratios = error_ratios(results, kind, system)
        alone = "" if system == OURS else f", {system}"
        for pair, limit in limits.items():
            error, ratio = ratios[pair]
            words = f"`{kind}` {PAIRS[pair]}{alone}{where}: errors, to the best peer's, at most"
            measured = f"{error:.3f} to 0" if ratio is None else f"{ratio:.2f}"
            yield Aim(f"{words} {limit:g}", measured, error == 0 or bool(ratio and ratio <= limit))
    if ALONE in results["systems"]:
        for pair, share in (("en-ja", 0.1), ("en-it", 0.0), ("it-ja", 0.1)):
            error, base = (1 - f1(results, x, "noisy")[pair] for x in (OURS, ALONE))
            gained = 1 - error / base if base else 0.0
            words = f"`noisy` {PAIRS[pair]}{where}: errors the third language takes away, at least"
            yield Aim(f"{words} {100 * share:.0f} %", f"{100 * gained:.0f} %", gained >= share)
    whole = f1(results, OURS, "paragraphs")["n-way"]
    yield Aim(f"`paragraphs` n-way{where}: F1 at least .93", short(whole), whole >= 0.93)
    error = results["systems"][OURS]["calibration error"]
    yield Aim(f"calibration error{where} at most .02", short(error), error <= 0.02)


def in_strange_texts(results: Results) -> Iterator[Aim]:
    """Yield the aims for unrelated texts and for a text without its middle third."""
    ours = results["systems"][OURS]
    for languages, shares in ours["unrelated"].items():
        share = sum(shares) / len(shares)
        words = f"unrelated {languages}: sentences paired, at most 5 %"
        yield Aim(words, f"{100 * share:.1f} %", share <= 0.05)
    whole = ours["third"]["whole"]
    loss = max(
        whole[pair] - value for found in ours["third"].values() for pair, value in found.items()
    )
    yield Aim("a third missing: F1 of the rest falls by at most .005", short(loss), loss <= 0.005)


def in_scale(results: Results) -> Iterator[Aim]:
    """Yield the aims in time, memory and embedding, for the longest text."""
    for name, rows in results["systems"].items():
        if not name.startswith(OURS):
            continue
        last, languages = rows[-1], name.split(", ")[1]
        limit = 12 if languages.count("-") == 1 else 60
        where = f"{languages}, {last['sentences']:,} sentences"
        if "failed" in last:
            yield Aim(f"{where}: aligned", last["failed"], False)
            continue
        seconds, memory, passes = last["seconds"], last["peak"], last["passes"]
        yield Aim(f"{where}: at most {limit} s", f"{seconds:.1f} s", seconds <= limit)
        yield Aim(f"{where}: at most 600 MB", f"{memory:.0f} MB", memory <= 600)
        yield Aim(f"{where}: embedding passes at most 1.3", f"{passes:.2f}", passes <= 1.3)
