"""The page in a real browser: driven over a pipe, so no socket and no driver is needed."""

from __future__ import annotations

import fcntl
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from page_sample import sample, version
from parallel_statement.formats.page import write
from parallel_statement.model import (
    Alignment,
    Bead,
    CheckedText,
    Finding,
    ParallelText,
    Provenance,
    Range,
)

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PATIENCE = 60.0

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (apt install chromium)")


class Browser:
    """Chromium without a window, told what to do over two pipes (``--remote-debugging-pipe``)."""

    def __init__(self, profile: Path) -> None:
        commands, self._commands = os.pipe()
        self._answers, answers = os.pipe()
        theirs = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in (commands, answers)]
        self._process = subprocess.Popen(
            [
                str(CHROMIUM),
                *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"),
                *("--no-first-run", "--disable-background-networking", "--disable-sync"),
                *("--disable-component-update", "--disable-dev-shm-usage"),
                f"--user-data-dir={profile}",
                "--remote-debugging-pipe",
                "about:blank",
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            close_fds=False,  # our own ends close on exec
            preexec_fn=lambda: [os.dup2(end, 3 + i) for i, end in enumerate(theirs)] and None,
        )
        for end in (commands, answers, *theirs):
            os.close(end)
        self._buffer = b""
        self._count = 0
        self._session: str | None = None
        self.events: list[dict[str, Any]] = []
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        attached = self.send("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable")

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command of the DevTools protocol and return the answer."""
        self._count += 1
        message: dict[str, Any] = {"id": self._count, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._commands, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == self._count:
                assert "error" not in answer, answer
                return answer["result"]
            self.events.append(answer)

    def _receive(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._answers], [], [], PATIENCE)
            assert ready, "the browser does not answer"
            data = os.read(self._answers, 1 << 16)
            assert data, "the browser has gone"
            self._buffer += data
        message, self._buffer = self._buffer.split(b"\0", 1)
        return json.loads(message)

    def run(self, script: str) -> Any:
        """Return the value of a JavaScript expression."""
        answer = self.send(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def open(self, path: Path, width: int = 1400, *, script: bool = True, anchor: str = "") -> None:
        """Show the file at *path* in a window of the given width."""
        self.send("Emulation.setScriptExecutionDisabled", value=not script)
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=900, deviceScaleFactor=1, mobile=False,
        )  # fmt: skip
        self.send("Page.navigate", url="about:blank")
        self.events.clear()
        address = path.as_uri() + (f"#{anchor}" if anchor else "")
        self.send("Page.navigate", url=address)
        end = time.monotonic() + PATIENCE
        while self.run(f"location.href == {address!r} && document.readyState") != "complete":
            assert time.monotonic() < end, "the page does not load"

    def point(self, selector: str) -> None:
        """Move the mouse to the first line of the element."""
        x, y = self.run(
            f"(() => {{ const e = document.querySelector({selector!r});"
            "e.scrollIntoView({block: 'center'}); const r = e.getClientRects()[0];"
            "return [r.x + 4, r.y + r.height / 2]; })()"
        )
        self.send("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)

    def press(self, *keys: str) -> None:
        for key in keys:
            for kind in ("keyDown", "keyUp"):
                self.send("Input.dispatchKeyEvent", type=kind, key=key)

    def ids(self, selector: str) -> list[str]:
        """Return the ids of the matching elements that can be seen."""
        return self.run(
            f"[...document.querySelectorAll({selector!r})]"
            ".filter((e) => e.getClientRects().length).map((e) => e.id)"
        )

    def close(self) -> None:
        self._session = None
        self.send("Browser.close")
        self._process.wait(PATIENCE)
        os.close(self._commands)
        os.close(self._answers)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    running = Browser(tmp_path_factory.mktemp("profile"))
    yield running
    running.close()


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Callable[[CheckedText], Path]:
    """Writes the page of a text and returns its path."""

    def save(checked: CheckedText) -> Path:
        path = tmp_path_factory.mktemp("page") / "page.html"
        (content,) = write(checked).values()
        path.write_bytes(content)
        return path

    return save


@pytest.fixture
def opened(browser: Browser, saved: Callable[[CheckedText], Path]) -> Browser:
    """The sample in a wide window."""
    browser.open(saved(sample()))
    return browser


def six() -> CheckedText:
    """Six versions of two sentences, one of them written from right to left."""
    tags = ("en", "ja", "it", "ar", "de", "ko")
    words = "a long sentence of many common words that must be set in a column "
    versions = tuple(version(tag, [("p", "1.", [words * 4, "Second."])]) for tag in tags)
    ranges = [{tag: Range(i, i + 1) for tag in tags} for i in range(2)]
    paragraphs = Alignment("paragraph", (Bead("t.al.p.1", ranges[0], 1.0),), {})
    sentences = tuple(Bead(f"t.al.s.{i + 1}", r, 1.0) for i, r in enumerate(ranges))
    return CheckedText(
        ParallelText(
            "t", versions, paragraphs, Alignment("sentence", sentences, {}), Provenance("", "", "")
        )
    )


def test_hover_shows_the_partners_and_the_bead(opened: Browser) -> None:
    opened.point("[id='t-ja.p1.s2']")
    assert opened.ids(".s.on") == ["t-en.p1.s2", "t-ja.p1.s2", "t-it.p1.s1"]
    assert opened.ids("tr.in") == ["t.al.s.2"]
    opened.point("h1")
    assert opened.ids(".s.on") == []


def test_hover_on_a_term_shows_the_concept_everywhere(opened: Browser) -> None:
    opened.point("[lang=ja] [data-concept='rule-of-law']")
    assert opened.run("document.querySelectorAll('.term.same').length") == 4
    tip = opened.run("document.getElementById('tip').innerText")
    assert "Stato di diritto" in tip
    assert "deprecated" in tip
    opened.point("h1")
    assert opened.run("document.getElementById('tip').hidden")


def test_hover_on_a_finding_shows_its_places(opened: Browser) -> None:
    opened.point("[id='finding-f.term']")
    assert opened.run("[...document.querySelectorAll('.f.same')].map((e) => e.innerText)") == [
        "the visit",
        "visita",
    ]


def test_arrows_walk_through_sentences_and_versions(opened: Browser) -> None:
    focused = "document.activeElement.id"
    assert opened.run("document.querySelectorAll('.s[tabindex=\"0\"]').length") == 1
    opened.run("document.querySelector('.s[tabindex=\"0\"]').focus()")
    seen = []
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight", "ArrowLeft", "ArrowUp"):
        opened.press(key)
        seen.append(opened.run(focused))
    assert seen == [
        *("t-en.p1.s1", "t-en.p1.s2", "t-ja.p1.s2"),
        *("t-it.p1.s1", "t-ja.p1.s1", "t-ja.head.s1"),
    ]
    assert opened.ids(".s.on") == ["t-en.head.s1", "t-ja.head.s1", "t-it.head.s1"]
    opened.press("Escape")
    assert opened.ids(".s.on") == []


def test_n_and_p_go_round_the_doubtful_and_the_findings(opened: Browser) -> None:
    seen = []
    for key in "nnnnp":
        opened.press(key)
        seen.append(opened.run("document.activeElement.closest('tr').id"))
    assert seen == ["t.al.s.2", "t.al.s.3", "t.al.s.4", "t.al.s.2", "t.al.s.4"]
    assert opened.run("document.querySelector('.bar output').value") == "3 of 3"


def test_t_walks_through_the_terms_of_a_sentence(opened: Browser) -> None:
    opened.press("n", "n", "t")
    assert "visita" in opened.run("document.getElementById('tip').innerText")
    opened.press("Escape")
    assert opened.run("document.getElementById('tip').hidden")


@pytest.mark.parametrize(
    ("choice", "rows"),
    [
        ("all", ["t.al.s.1", "t.al.s.2", "t.al.s.3", "t.al.s.4"]),
        ("doubtful", ["t.al.s.3", "t.al.s.4"]),  # the paragraph of s.3 is doubtful
        ("findings", ["t.al.s.2", "t.al.s.3", "t.al.s.4"]),
    ],
)
def test_the_filter_shows_what_it_says(opened: Browser, choice: str, rows: list[str]) -> None:
    opened.run(f"document.querySelector('input[value={choice}]').click()")
    assert opened.ids("tr.bead") == rows


def test_a_link_to_a_hidden_finding_lifts_the_filter(
    browser: Browser, saved: Callable[[CheckedText], Path]
) -> None:
    checked = sample()
    moved = tuple(replace(finding, bead="t.al.s.1") for finding in checked.findings)
    browser.open(saved(replace(checked, findings=moved)))
    browser.run("document.querySelector('input[value=doubtful]').click()")
    assert browser.ids("[id='finding-f.term']") == []
    browser.run("document.querySelector('.findings a').click()")
    assert browser.ids("[id='finding-f.term']") == ["finding-f.term"]


def many() -> CheckedText:
    """A Japanese and an English version of many rows, each with a finding."""
    paragraphs = [("head", "", ["北村ガラス株式会社との合意に関する共同の声明"])]
    paragraphs += [("p", f"{i}", ["本文はここに続く。" * 9]) for i in range(1, 40)]
    versions = tuple(version(tag, paragraphs) for tag in ("ja", "en"))  # type: ignore[arg-type]
    ranges = [{tag: Range(i, i + 1) for tag in ("ja", "en")} for i in range(len(paragraphs))]
    levels = [
        tuple(Bead(f"t.al.{level}.{i + 1}", r, 1.0) for i, r in enumerate(ranges)) for level in "ps"
    ]
    text = ParallelText(
        "t",
        versions,
        Alignment("paragraph", levels[0], {}),
        Alignment("sentence", levels[1], {}),
        Provenance("", "", ""),
    )
    findings = tuple(
        Finding(f"f{i}", "r", "warning", bead.id, {}, ("ja",), "", "", "Why.")
        for i, bead in enumerate(levels[1])
    )
    return CheckedText(text, findings=findings)


@pytest.mark.parametrize("width", [420, 1400])
@pytest.mark.parametrize("anchor", ["t.al.s.30", "t-ja.p31.s1", "finding-f35"])
def test_a_link_into_the_page_shows_text(
    browser: Browser, saved: Callable[[CheckedText], Path], anchor: str, width: int
) -> None:
    browser.open(saved(many()), width, anchor=anchor)
    target = f"document.getElementById({anchor!r}).getBoundingClientRect()"
    assert browser.run("scrollY") > 1000
    assert 0 <= browser.run(f"{target}.top") < 450
    seen = "[...document.querySelectorAll('.s')].map((e) => e.getClientRects()[0])"
    assert browser.run(f"{seen}.filter((r) => r.top >= 0 && r.bottom <= innerHeight).length") >= 3
    x, y = browser.run(
        f"(() => {{ const r = {seen}.find((r) => r.top > 80 && r.bottom < innerHeight - 80);"
        "return [r.x + 9, r.y + r.height / 2]; })()"
    )
    assert browser.run(f"!!document.elementFromPoint({x}, {y}).closest('.s')")  # nothing over it


@pytest.mark.parametrize("width", [420, 1400])
def test_headings_are_not_pulled_apart(
    browser: Browser, saved: Callable[[CheckedText], Path], width: int
) -> None:
    browser.open(saved(many()), width)
    for selector in ("td[lang=ja] > p.head", "h1 span[lang=ja]"):
        style = f"getComputedStyle(document.querySelector({selector!r})).textAlign"
        assert browser.run(style) in ("start", "center")
    assert (
        browser.run("getComputedStyle(document.querySelector('td[lang=ja] > p.p')).textAlign")
        == "justify"
    )


def test_a_finding_spans_the_columns(
    browser: Browser, saved: Callable[[CheckedText], Path]
) -> None:
    browser.open(saved(many()), 1800)
    right = "document.querySelector({!r}).getBoundingClientRect().right".format
    assert browser.run(f"{right('.note')} > {right('td[lang=en] > p')} - 2")


def test_the_list_of_findings_hides_nothing_unsaid(
    browser: Browser, saved: Callable[[CheckedText], Path]
) -> None:
    browser.open(saved(many()))
    shown = (
        "[...document.querySelectorAll('.findings a')].filter((e) => e.checkVisibility()).length"
    )
    assert browser.run(shown) == 10
    assert browser.run("document.querySelector('.findings summary').innerText") == "30 more"
    browser.send("Emulation.setEmulatedMedia", media="print")
    assert browser.run(shown) == 40
    browser.send("Emulation.setEmulatedMedia", media="")
    browser.run("document.querySelector('.findings summary').click()")
    assert browser.run(shown) == 40
    box = "[...document.querySelectorAll('.findings, .findings *')]"
    assert browser.run(
        f"{box}.every((e) => e.scrollHeight <= e.clientHeight + 4 || !e.clientHeight)"
    )


def test_a_version_can_be_hidden_but_not_the_last(opened: Browser) -> None:
    boxes = "document.querySelectorAll('input[name=version]')"
    opened.run(f"{boxes}[0].click()")
    assert opened.ids(".s[id^='t-en']") == []
    assert "t-ja.head.s1" in opened.ids(".s")
    width = "document.querySelector('thead th[data-version=\"1\"]').offsetWidth"
    assert opened.run(width) > 500
    opened.run(f"{boxes}[1].click()")
    assert opened.run(f"{boxes}[2].disabled")
    opened.run(f"{boxes}[0].click()")
    assert not opened.run(f"{boxes}[2].disabled")


@pytest.mark.parametrize("width", [390, 800, 1024, 1400])
def test_three_versions_fit_every_window(
    browser: Browser, saved: Callable[[CheckedText], Path], width: int
) -> None:
    browser.open(saved(sample()), width)
    assert browser.run("document.documentElement.scrollWidth <= innerWidth")
    tops = browser.run(
        "[...document.querySelectorAll('[id=\"t.al.s.2\"] > td[lang]')]"
        ".map((e) => e.getBoundingClientRect().top)"
    )
    assert len(set(tops)) == (3 if width < 900 else 1)


def test_six_versions_keep_readable_columns(
    browser: Browser, saved: Callable[[CheckedText], Path]
) -> None:
    browser.open(saved(six()))
    widths = browser.run("[...document.querySelectorAll('thead th')].map((e) => e.offsetWidth)")
    assert len(widths) == 6
    assert min(widths) >= 280
    assert browser.run("document.documentElement.scrollWidth > innerWidth")
    cell = "document.querySelector('td[lang=ar] .label').getBoundingClientRect().left"
    sentence = "document.querySelector('td[lang=ar] .s').getBoundingClientRect().left"
    assert browser.run(f"{cell} > {sentence}")  # the label hangs on the right


def test_without_script_all_can_be_read(
    browser: Browser, saved: Callable[[CheckedText], Path]
) -> None:
    path = saved(sample())
    browser.open(path)
    text = browser.run("document.getElementById('text').innerText")
    browser.open(path, script=False)
    assert browser.run("document.getElementById('text').innerText") == text
    assert browser.ids(".bar") == []


def test_no_complaint_and_no_request(opened: Browser) -> None:
    opened.point("[lang=ja] [data-concept='rule-of-law']")
    opened.press("n", "t", "p", "ArrowDown")
    complaints = [
        event
        for event in opened.events
        if event["method"]
        in {"Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled"}
    ]
    assert not complaints
    requested = {
        event["params"]["request"]["url"]
        for event in opened.events
        if event["method"] == "Network.requestWillBeSent"
    }
    assert {url.partition(":")[0] for url in requested} <= {"file", "about"}
    assert len([url for url in requested if url.startswith("file")]) == 1


def test_the_policy_stops_a_foreign_script(opened: Browser) -> None:
    opened.run(
        "(() => { const s = document.createElement('script'); s.textContent = 'window.foreign = 1';"
        "document.body.append(s); })()"
    )
    assert opened.run("window.foreign === undefined")


def test_print_repeats_the_headings_and_drops_the_bar(opened: Browser) -> None:
    opened.send("Emulation.setEmulatedMedia", media="print")
    assert opened.ids(".bar") == []
    display = "getComputedStyle(document.querySelector('thead')).display"
    assert opened.run(display) == "table-header-group"
    opened.send("Emulation.setEmulatedMedia", media="")
