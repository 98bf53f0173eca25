"""The review in a real browser, by keyboard: every operation in the page and in the file.

``data/axe`` holds the distributed file of axe-core 4.14.1 (npm), unchanged, with its licences.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import StandIn
from parallel_statement.formats.glossary import read_glossary
from parallel_statement.workspace import read_corrections, read_waivers
from review_sample import Served, actions, open_session, write_texts
from test_page_in_browser import CHROMIUM, PATIENCE, Browser

AXE = Path(__file__).parent / "data/axe/axe.min.js"

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (apt install chromium)")

WORDS = {
    "en": "The leaders agreed on point {n}.",
    "ja": "両首脳は第{n}点について一致した。",
    "it": "I leader hanno concordato il punto {n}.",
}
HOSTILE = (
    "<script>document.title = 'stolen'</script> <img src=x onerror=alert(1)> & 3",
    "a‮txet deppilf‬ 4 ‮never closed",
    "W" * 400 + " 5",
    "</span></div><style>*{display:none}</style>{{ 7*7 }} ${6} 6",
)


class Window(Browser):
    """A browser on the page of the review."""

    def visit(
        self, address: str, width: int = 1280, scheme: str = "light", wait: bool = True
    ) -> None:
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=860, deviceScaleFactor=1, mobile=False,
        )  # fmt: skip
        media = [{"name": "prefers-color-scheme", "value": scheme}]
        self.send("Emulation.setEmulatedMedia", features=media)
        self.send("Page.navigate", url="about:blank")
        self.events.clear()
        self.send("Page.navigate", url=address)
        if wait:
            self.until("document.body && document.body.classList.contains('ready')")

    def until(self, script: str) -> None:
        """Wait until a JavaScript expression is true."""
        end = time.monotonic() + PATIENCE
        while not self.run(f"Boolean({script})"):
            assert time.monotonic() < end, f"never true: {script}; {self.said()}"
            time.sleep(0.02)

    def type(self, keys: str) -> None:
        """Press the keys of a string; ``⏎`` and the arrows are keys, too."""
        names = {
            "⏎": "Enter",
            "↑": "ArrowUp",
            "↓": "ArrowDown",
            "←": "ArrowLeft",
            "→": "ArrowRight",
        }
        for key in keys:
            name = names.get(key, key)
            extra = {"windowsVirtualKeyCode": 13, "text": "\r"} if name == "Enter" else {}
            self.send("Input.dispatchKeyEvent", type="keyDown", key=name, **extra)
            self.send("Input.dispatchKeyEvent", type="keyUp", key=name)

    def write(self, words: str) -> None:
        """Write into what has the focus."""
        self.send("Input.insertText", text=words)

    def rows(self) -> list[str]:
        """Return the kinds of the rows that are shown, with a star behind those accepted."""
        return self.run(
            "[...document.querySelectorAll('#rows > .row')].map((row) =>"
            "[...row.querySelectorAll('.cell')].map((c) => c.querySelectorAll('[data-k]').length)"
            ".join('-') + (row.classList.contains('locked') ? '*' : ''))"
        )

    def said(self) -> str:
        """Return what the page tells."""
        return self.run(
            "[document.getElementById('alert'), document.getElementById('status')]"
            ".map((e) => e ? e.textContent : '').join(' ').trim()"
        )

    def tell(self, words: str) -> None:
        """Wait until the page tells *words*."""
        self.until(
            "[document.getElementById('alert'), document.getElementById('status')]"
            f".some((e) => e.textContent.includes({json.dumps(words)}))"
        )

    def cursor(self) -> list[Any]:
        """Return the row and the text at the cursor."""
        return self.run(
            "[Number(document.querySelector('.row.current').dataset.row),"
            "document.querySelector('.s.current').textContent]"
        )

    def errors(self) -> list[str]:
        """Return what went wrong in the page."""
        return [
            json.dumps(event["params"])[:400]
            for event in self.events
            if event["method"] == "Runtime.exceptionThrown"
            or (
                event["method"] == "Log.entryAdded"
                and event["params"]["entry"]["level"] == "error"
                and "409" not in event["params"]["entry"]["text"]
                and "422" not in event["params"]["entry"]["text"]
            )
        ]


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    found = Window(tmp_path_factory.mktemp("profile"))
    yield found
    found.close()


Serve = Callable[[Path], Served]


@pytest.fixture
def serve(stand_in: StandIn) -> Iterator[Serve]:
    """Serves a folder until the test is over."""
    served: list[Served] = []

    def start(folder: Path) -> Served:
        served.append(Served(open_session(folder)))
        return served[-1]

    yield start
    for each in served:
        each.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Six points in three languages; the Italian lacks the fourth."""
    points: list[dict[str, str]] = [
        {tag: words.format(n=n) for tag, words in WORDS.items()} for n in range(1, 7)
    ]
    points[3]["it"] = ""
    return write_texts(tmp_path / "texts", points)


@pytest.fixture
def served(serve: Serve, folder: Path, window: Window) -> Iterator[Served]:
    """The six points, open in the window."""
    found = serve(folder)
    window.visit(found.address)
    yield found
    assert window.errors() == []


# --- operations -------------------------------------------------------------------------------

START = ["1-1-1", "1-1-1", "1-1-1", "1-0-1", "1-1-1", "1-1-1"]
OPERATIONS = {
    "accept": ("ja", "Accepted", ["1-1-1", "1-1-1*", *START[2:]], "lock"),
    "accept, next doubt": ("j⏎", "No row is doubtful", ["1-1-1", "1-1-1*", *START[2:]], "lock"),
    "merge": ("jm", "Merged", ["1-1-1", "2-2-2*", "1-0-1", "1-1-1", "1-1-1"], "merge"),
    "merge up": ("jM", "Merged", ["2-2-2*", "1-1-1", "1-0-1", "1-1-1", "1-1-1"], "merge"),
    "divide": ("jms⏎", "Divided", ["1-1-1", "1-1-1*", "1-1-1*", *START[3:]], "split"),
    "divide as proposed": ("jmS", "Divided", ["1-1-1", "1-1-1*", "1-1-1*", *START[3:]], "split"),
    "divide otherwise": ("jms→↓⏎", "Divided", ["1-1-1", "1-2-1*", "1-0-1*", *START[3:]], "split"),
    "sentence up": ("j→K", "Moved up", ["1-2-1*", "1-0-1*", *START[2:]], "move"),
    "sentence down": ("j→J", "Moved down", ["1-1-1", "1-0-1*", "1-2-1*", *START[3:]], "move"),
    "alone": ("j→x", "Alone", ["1-1-1", "0-1-0*", "1-0-1*", *START[2:]], "move"),
    "fill a gap": ("gp", "Fetched", [*START[:3], "1-1-1*", "1-0-1*", "1-1-1"], "move"),
    "fill from above": ("gP", "Fetched", [*START[:2], "1-0-1*", "1-1-1*", *START[4:]], "move"),
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_by_keyboard(
    window: Window, served: Served, serve: Serve, folder: Path, name: str
) -> None:
    keys, told, wanted, action = OPERATIONS[name]
    assert window.rows() == START
    window.type(keys)
    window.tell(told)
    assert window.rows() == wanted
    assert actions(served.session)[-1] == action
    assert window.rows() == rows_of(served, "en", "it", "ja")
    before = len(actions(served.session))
    window.type("z")
    window.tell("Undone")
    window.type("Z")
    window.tell("Done again")
    assert window.rows() == wanted
    assert actions(served.session)[before:] == ["undo", "redo"]
    window.visit(serve(folder).address)
    assert window.rows() == wanted, "a server started anew shows the same"


def rows_of(served: Served, *tags: str) -> list[str]:
    """Return the kinds of the rows of *served*, the versions in this order."""
    return [
        "-".join(str(bead.ranges[tag].size) for tag in tags) + "*" * (bead.status == "locked")
        for bead in served.session.text.sentences.beads
    ]


def test_findings_that_come_in_between_leave_a_division_open(
    window: Window, served: Served
) -> None:
    window.type("jms→↓")
    window.until("!document.getElementById('progress').classList.contains('waiting')")
    window.type("⏎")
    window.tell("Divided")
    assert window.rows() == OPERATIONS["divide otherwise"][2]


def test_undo_and_redo_without_limit(window: Window, served: Served) -> None:
    window.type("ajajajajaja")
    window.until("document.querySelectorAll('.row.locked').length == 6")
    window.type("z" * 7)
    window.tell("nothing to undo")
    assert window.rows() == START
    window.type("Z" * 7)
    window.tell("nothing to redo")
    assert all(kind.endswith("*") for kind in window.rows())


def test_the_cursor_goes_where_something_is_undone(window: Window, served: Served) -> None:
    window.type("jjakkz")
    window.tell("Undone")
    assert window.cursor()[0] == 2


def test_a_note(window: Window, served: Served) -> None:
    window.type("jn")
    window.until("document.querySelector('dialog[open] input')")
    window.write("as in the <b>print</b>")
    window.type("⏎")
    window.tell("Noted")
    (lock,) = read_corrections(served.session.means.corrections).locks
    assert lock.note == "as in the <b>print</b>"
    assert window.run("document.querySelector('.noted bdi').textContent") == lock.note


def test_a_sentence_is_cut_where_the_person_says_and_joined(window: Window, served: Served) -> None:
    window.type("c")
    window.until("document.querySelector('dialog[open] .cut')")
    window.send("Input.dispatchKeyEvent", type="keyDown", key="Home")
    window.type("→⏎")
    window.tell("Cut")
    assert window.rows()[0] == "2-1-1"
    assert [s["nodes"] for s in served_sentences(served)[:2]] == [
        ["The leaders"],
        ["agreed on point 1."],
    ]
    window.type("C")
    window.tell("Joined")
    assert window.rows() == START


def served_sentences(served: Served) -> list[dict[str, Any]]:
    from parallel_statement.review.state import whole

    return whole(served.session)["sentences"]["en"]


def test_a_finding_is_accepted_and_counts_again(window: Window, served: Served) -> None:
    window.type("fw")
    window.until("document.querySelector('dialog[open] input')")
    window.write("the Italian text is shorter on purpose")
    window.type("⏎")
    window.tell("Accepted with the reason")
    (waiver,) = read_waivers(served.session.means.waivers)
    assert waiver.reason == "the Italian text is shorter on purpose"
    assert "on purpose" in window.run("document.querySelector('.remark.waived').textContent")
    window.run("document.querySelector('[data-run=unwaive]').click()")
    window.tell("counts again")
    assert not served.session.means.waivers.exists()


def test_a_term_from_what_is_selected(window: Window, served: Served, folder: Path) -> None:
    for tag, start, end in (("en", 4, 11), ("ja", 1, 3)):
        window.run(
            f"""(() => {{ const text = document.querySelector('.s[data-tag={tag}]').firstChild;
            getSelection().setBaseAndExtent(text, {start}, text, {end}); }})()"""
        )
        window.until(f"String(getSelection()).length == {end - start}")
        time.sleep(0.05)  # selectionchange is told a little later
    window.type("t")
    window.until("document.querySelector('dialog[open] input')")
    window.type("⏎")
    window.tell("Added to the glossary")
    (concept,) = read_glossary(folder / "glossary.csv").concepts
    assert {d.language: d.text for d in concept.designations} == {"en": "leaders", "ja": "首脳"}
    assert window.run("document.querySelectorAll('.term').length") >= 12


def test_the_rest_is_aligned_anew(window: Window, served: Served) -> None:
    window.type("jmr")
    window.tell("Aligned anew")
    assert window.rows() == ["1-1-1", "2-2-2*", "1-0-1", "1-1-1", "1-1-1"]


def test_words_typed_before_the_question_are_no_commands(window: Window, served: Served) -> None:
    with served.session.lock:
        window.type("anmxs")
        window.tell("One moment")
    window.until("document.querySelector('dialog[open] input')")
    assert actions(served.session) == ["lock"]
    window.write("as printed")
    window.type("⏎")
    window.tell("Noted")
    assert actions(served.session) == ["lock", "note"]


def test_what_was_asked_for_behind_a_refusal_is_not_done(window: Window, served: Served) -> None:
    with served.session.lock:
        window.type("Mjm")
        window.tell("One moment")
    window.tell("there is no previous bead")
    window.type("a")
    window.tell("Accepted")
    assert actions(served.session) == ["lock"]


def test_what_cannot_be_done_is_said(window: Window, served: Served) -> None:
    window.type("M")
    window.tell("there is no previous bead")
    assert window.rows() == START
    window.type("s")
    window.tell("⏎ divides")
    window.press("Escape")
    window.type("a")
    window.tell("Accepted")


# --- finding one's way ------------------------------------------------------------------------


def test_the_cursor(window: Window, served: Served) -> None:
    assert window.cursor() == [0, "The leaders agreed on point 1."]
    window.type("jj→")
    assert window.cursor() == [2, "I leader hanno concordato il punto 3."]
    window.type("↓")
    assert window.cursor() == [3, "nothing here"]
    window.type("→k")
    assert window.cursor() == [2, "両首脳は第3点について一致した。"]
    window.type("g")
    assert window.cursor() == [3, "nothing here"]


def test_search_in_all_versions(window: Window, served: Served) -> None:
    window.type("/")
    window.until("document.activeElement.id == 'search'")
    window.write("第５点")  # as wide as it may be written
    window.until("document.querySelector('.row.current').dataset.row == 4")
    assert window.run("document.getElementById('found').textContent") == "1 of 1"
    window.press("Escape")
    window.type("a")
    window.tell("Accepted")
    assert window.rows()[4] == "1-1-1*"


def test_filters_and_versions(window: Window, served: Served) -> None:
    shown = "[...document.querySelectorAll('#rows > .row:not([hidden])')].map((r) => r.dataset.row)"
    window.run(
        "(() => { const f = document.getElementById('filter'); f.value = 'gaps';"
        "f.dispatchEvent(new Event('change')); })()"
    )
    assert window.run(shown) == ["0", "3"]  # and the row of the cursor
    window.type("1")
    assert window.run("getComputedStyle(document.querySelector('#rows .cell')).display") == "none"
    assert "I leader" in window.cursor()[1]
    window.run(
        "(() => { const f = document.getElementById('filter'); f.value = 'locked';"
        "f.dispatchEvent(new Event('change')); })()"
    )
    assert window.run(shown) == ["0"]
    window.type("g")
    assert window.run(shown) == ["0", "3"], "where the cursor goes is shown"


@pytest.mark.parametrize(("language", "words"), [("ja", "次の要確認"), ("it", "Dubbio")])
def test_other_interface_languages(
    window: Window, served: Served, language: str, words: str
) -> None:
    choose = (
        "(() => {{ const i = document.getElementById('interface'); i.value = '{}';"
        "i.dispatchEvent(new Event('change')); }})()"
    )
    window.run(choose.format(language))
    window.until(f"document.documentElement.lang == '{language}'")
    assert words in window.run("document.querySelector('[data-command=nextDoubt]').textContent")
    window.type("a")
    window.until("document.querySelector('.row.locked')")
    assert not re.search(r"\bdone\.|short\.|long\.", window.run("document.body.innerText"))
    window.run(choose.format("en"))
    window.until("document.documentElement.lang == 'en'")


def test_every_key_is_listed(window: Window, served: Served) -> None:
    window.type("?")
    window.until("document.querySelector('dialog[open] .keys')")
    listed = window.run("[...document.querySelectorAll('dialog kbd')].map((k) => k.textContent)")
    assert {"d", "⏎", "m", "M", "s", "K", "J", "x", "p", "c", "C", "n", "w", "t", "z", "Z"} <= set(
        listed
    )


# --- nothing is lost --------------------------------------------------------------------------


def test_another_window_and_another_program(window: Window, served: Served, folder: Path) -> None:
    session = served.session
    with session.lock:
        from parallel_statement import correction

        bead = session.text.sentences.beads[4].id
        session.correct("lock", lambda text: correction.accept(text, bead))
    window.type("m")
    window.tell("another window")
    assert window.rows() == [*START[:4], "1-1-1*", "1-1-1"]
    assert actions(session) == ["lock"]
    path = folder / "it" / "points.md"
    path.write_text(path.read_text("utf-8").replace("punto 2", "punto 2 bis"), "utf-8")
    window.type("m")
    window.tell("another program")
    assert "punto 2 bis" in window.run("document.getElementById('rows').textContent")
    window.type("m")
    window.tell("Merged")
    assert actions(session) == ["lock", "merge"]


def test_a_killed_server_loses_nothing(window: Window, folder: Path, tmp_path: Path) -> None:
    def start() -> tuple[subprocess.Popen[str], str]:
        command = (sys.executable, "-m", "parallel_statement", "review", str(folder))
        process = subprocess.Popen(
            [*command, "--no-browser", "--by", "A. Reviser", "--out", str(tmp_path / "out")],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout
        for line in process.stdout:
            if line.startswith("http://"):
                return process, line.strip()
        raise AssertionError("the server did not start")

    process, address = start()
    window.visit(address)
    before = window.rows()
    window.type("am")
    window.tell("Merged")
    shown = window.rows()
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    window.type("a")
    window.tell("All that was done is kept")
    process, address = start()
    try:
        window.visit(address)
        assert window.rows() == shown
        window.type("zz")
        window.until("document.querySelectorAll('.row.locked').length == 0")
        assert window.rows() == before
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
        process.communicate()


# --- hostile texts, other people's needs ------------------------------------------------------


def test_a_hostile_text_shows_as_text(window: Window, serve: Serve, tmp_path: Path) -> None:
    points = [{tag: words.format(n=n) for tag, words in WORDS.items()} for n in (1, 2)]
    points += [{"en": words, "it": words, "ja": words} for words in HOSTILE]
    for tag in WORDS:
        path = tmp_path / "texts" / tag / "points.txt"
        path.parent.mkdir(parents=True)
        path.write_text("\n\n".join(point[tag] for point in points), "utf-8")
    window.visit(serve(tmp_path / "texts").address)
    said = window.run("document.getElementById('rows').textContent")
    for words in HOSTILE:
        assert words in said
    assert window.run("document.title") != "stolen"
    assert window.run("document.querySelectorAll('#rows :is(script, img, style)').length") == 0
    assert window.run("document.getElementById('scroll').scrollWidth") <= 1280
    isolated = "getComputedStyle(document.querySelector('.s')).unicodeBidi"
    assert window.run(isolated) == "isolate"
    window.type("a")
    window.tell("Accepted")
    assert window.errors() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [900, 1280])
def test_axe_has_no_complaint(window: Window, served: Served, width: int, scheme: str) -> None:
    window.visit(served.address, width, scheme)
    window.type("ajg")
    window.until("document.querySelector('.row.locked')")
    window.run(AXE.read_text(encoding="utf-8"))
    found = window.run(
        "axe.run().then((r) =>"
        "r.violations.map((v) => [v.id, v.nodes[0].html, v.nodes[0].failureSummary]))"
    )
    assert found == []
    window.type("?")
    window.until("document.querySelector('dialog[open]')")
    assert window.run("axe.run('dialog').then((r) => r.violations.map((v) => v.id))") == []


def test_ten_languages_have_a_column_each(window: Window, serve: Serve, tmp_path: Path) -> None:
    tags = ("cs", "de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt")
    window.visit(serve(write_texts(tmp_path / "texts", [dict.fromkeys(tags, "G20.")])).address)
    tops = "new Set([...document.querySelectorAll('#rows .cell')].map((c) => c.offsetTop)).size"
    assert window.run("document.querySelectorAll('#rows .cell').length") == len(tags)
    assert window.run(tops) == 1


def test_the_page_scrolls_with_five_languages(window: Window, serve: Serve, tmp_path: Path) -> None:
    points = [{tag: f"{tag} {n}." for tag in ("de", "en", "fr", "it", "ja")} for n in range(1, 4)]
    window.visit(serve(write_texts(tmp_path / "texts", points)).address)
    assert window.run("document.querySelectorAll('#rows .cell').length") == 15
    assert window.run("document.getElementById('scroll').scrollWidth") > 1280
    window.type("345")
    assert window.run("document.getElementById('scroll').scrollWidth") <= 1280
    assert window.run("document.body.scrollWidth") <= 1280
