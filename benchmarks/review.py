"""The review in the browser: how long a long text takes, and how many keys ten faults take.

    python -m pip install -r requirements/browser.txt    # and the system's Chromium
    python benchmarks/review.py

The long text is the statement of ``texts/`` again and again, every sentence with a number of its
own. For the keys, the statement's alignment is damaged in ten places, as an aligner errs, and put
right by keyboard alone: to the next doubt, and what a person does there who has read the list of
keys.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from parallel_statement import correction
from parallel_statement.formats.result import read_result
from parallel_statement.model import ParallelText
from parallel_statement.workspace import write

if TYPE_CHECKING:
    from playwright.sync_api import Page

TEXTS = Path(__file__).parent.parent / "texts"
DOCUMENT = "js2026"
_PATIENCE = 20
"""Seconds that the page may take until all keys are done."""
Sizes = list[tuple[int, ...]]


@contextmanager
def reviewed(texts: Path, out: Path) -> Iterator[str]:
    """Serve *texts*; yield the address of the page."""
    command = [sys.executable, "-m", "parallel_statement", "review", str(texts), "--no-browser"]
    process = subprocess.Popen([*command, "--out", str(out)], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    try:
        yield next(line.strip() for line in process.stdout if line.startswith("http://"))
    finally:
        process.terminate()
        process.communicate()


def align(texts: Path, out: Path) -> None:
    command = [sys.executable, "-m", "parallel_statement", "run", str(texts), "--out", str(out)]
    subprocess.run([*command, "--format", "json", "--quiet", "--fail-on", "never"], check=True)


# --- a long text ------------------------------------------------------------------------------


def write_long(folder: Path, rows: int) -> None:
    """Write texts of *rows* paragraphs of one sentence each into *folder*."""
    kept = read_result(aligned_statement())
    for version in kept.versions:
        whole = [
            version.text(version.sentences[bead.ranges[version.language].start])
            for bead in kept.sentences.beads
            if all(r.size == 1 for r in bead.ranges.values())
        ]
        said = (f"No {n}: {whole[n % len(whole)]}" for n in range(1, rows + 1))
        path = folder / version.language / "long.txt"
        path.parent.mkdir(parents=True)
        path.write_text("\n\n".join(said) + "\n", encoding="utf-8")


def aligned_statement() -> Path:
    """Return the JSON of the statement's alignment."""
    out = Path(tempfile.mkdtemp())
    align(TEXTS, out)
    return out / DOCUMENT / f"{DOCUMENT}.json"


def time_long(page: Page, rows: int, times: int) -> None:
    folder = Path(tempfile.mkdtemp())
    write_long(folder / "texts", rows)
    align(folder / "texts", folder / "out")
    with reviewed(folder / "texts", folder / "out") as address:
        opened = [time_opening(page, address) for _ in range(3)]
        count = page.locator("#rows > .row").count()
        print(f"{count} rows of three versions open in {median(opened):.2f} s")
        for name, keys in (("accept", "ja"), ("merge", "jm"), ("undo", "z"), ("move", "jJ")):
            spent = [time_key(page, keys) for _ in range(times)]
            print(f"{name}: {1000 * median(spent):.0f} ms, at most {1000 * max(spent):.0f} ms")


def time_opening(page: Page, address: str) -> float:
    page.goto("about:blank")
    begun = time.perf_counter()
    page.goto(address)
    page.wait_for_selector("body.ready")
    return time.perf_counter() - begun


def time_key(page: Page, keys: str) -> float:
    """Return the seconds from the last of *keys* to the change that can be seen."""
    for key in keys[:-1]:
        page.keyboard.press(key)
    page.evaluate(
        """() => { window.painted = new Promise((resolve, reject) => {
          let begun = 0;
          setTimeout(() => reject(new Error('the rows stay as they are')), 20000);
          const begin = () => { begun = performance.now(); };
          addEventListener('keydown', begin, { once: true, capture: true });
          new MutationObserver((_, watcher) => {
            watcher.disconnect();
            requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun)));
          }).observe(document.getElementById('rows'), { childList: true });
        }); }"""
    )
    page.keyboard.press(keys[-1])
    spent: float = page.evaluate("window.painted")
    return spent / 1000


# --- ten faults -------------------------------------------------------------------------------


def damage(text: ParallelText) -> tuple[ParallelText, list[str]]:
    """Return *text* with ten faults, and the keys that a person presses for each.

    The cursor goes to the gap of a row that has one.
    """
    plain = [b.id for b in text.sentences.beads if all(r.size == 1 for r in b.ranges.values())]
    places = plain[2::2][:10]
    keys: list[str] = []
    for number, bead in enumerate(places):
        at = next(n for n, each in enumerate(text.sentences.beads) if each.id == bead)
        ranges = text.sentences.beads[at].ranges
        names = {tag: text.version(tag).sentences[r.start].id for tag, r in ranges.items()}
        tags = list(ranges)
        kind = number % 4
        if kind == 0:
            done = correction.merge(text, bead)
            keys.append("dS")
        elif kind == 1:
            done = correction.move(text, names[tags[1]], "next")
            keys.append("dp")
        elif kind == 2:
            done = correction.split(text, bead, {tags[0]: 1})
            keys.append("dm")
        else:
            done = correction.leave_alone(text, names[tags[2]])
            keys.append("dm")
        text = doubted(text, done.text, 0.3 + number / 100)
    return text, keys


def doubted(before: ParallelText, after: ParallelText, posterior: float) -> ParallelText:
    """Return *after* as if the aligner had made it: its new beads are of this *posterior*."""
    new = [bead for bead in after.sentences.beads if bead not in before.sentences.beads]
    sure = {bead.id: min(posterior + 0.3 * n, 0.79) for n, bead in enumerate(new)}
    beads = tuple(
        replace(bead, posterior=sure[bead.id], status="automatic") if bead.id in sure else bead
        for bead in after.sentences.beads
    )
    pairs = {
        pair: tuple(replace(part, status="automatic") for part in parts)
        for pair, parts in after.sentences.pairs.items()
    }
    return replace(after, sentences=replace(after.sentences, beads=beads, pairs=pairs), locks=())


def sizes(text: ParallelText) -> Sizes:
    return [tuple(r.size for r in bead.ranges.values()) for bead in text.sentences.beads]


def count_keys(page: Page) -> None:
    folder = Path(tempfile.mkdtemp())
    shutil.copytree(TEXTS, folder / "texts")
    right = read_result(aligned_statement())
    wrong, keys = damage(right)
    write(wrong, folder / "out" / DOCUMENT, "json")
    with reviewed(folder / "texts", folder / "out") as address:
        page.goto(address)
        page.wait_for_selector("body.ready")
        assert shown(page) == sizes(wrong)
        for key in "".join(keys):
            page.keyboard.press(key)
        end = time.monotonic() + _PATIENCE
        while shown(page) != sizes(right) and time.monotonic() < end:
            time.sleep(0.1)
        assert shown(page) == sizes(right), "not all is right again"
    pressed = sum(map(len, keys))
    print(f"{len(keys)} faults put right with {pressed} keys: {' '.join(keys)}")


def shown(page: Page) -> Sizes:
    rows = page.evaluate(
        """() => [...document.querySelectorAll('#rows > .row')].map((row) =>
          [...row.querySelectorAll('.cell')].map((c) => c.querySelectorAll('[data-k]').length))"""
    )
    return [tuple(row) for row in rows]


def main() -> None:
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1500)
    parser.add_argument("--times", type=int, default=7)
    arguments = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        count_keys(page)
        time_long(page, arguments.rows, arguments.times)
        browser.close()


if __name__ == "__main__":
    main()
