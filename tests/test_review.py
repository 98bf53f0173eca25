"""The review, asked as a browser asks: operations, safety, and what is on the disk afterwards."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from conftest import StandIn
from parallel_statement.formats.glossary import read_glossary, render_glossary
from parallel_statement.model import DOUBTFUL, Concept, Designation, Glossary
from parallel_statement.review import server
from parallel_statement.review.actions import ACTIONS
from parallel_statement.review.session import Session
from parallel_statement.workspace import read_corrections, read_waivers
from review_sample import HOST, PORT, TOKEN, actions, open_session, rows

ASSETS = Path(server.__file__).parent / "assets"
BASE = f"http://{HOST}"


class Page:
    """A window: it knows the revision that it saw last."""

    def __init__(self, session: Session) -> None:
        self.session = session
        app = server.application(session, TOKEN, PORT)
        self.client = TestClient(app, base_url=BASE, headers={"origin": BASE})
        self.state = self.get("state")

    def get(self, name: str) -> dict[str, Any]:
        answer = self.client.get(f"/{TOKEN}/api/{name}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def ask(self, action: str, status: int = 200, **body: Any) -> dict[str, Any]:
        content = {"revision": self.state["revision"], **body}
        answer = self.client.post(f"/{TOKEN}/api/{action}", json=content)
        assert answer.status_code == status, answer.text
        told = answer.json()
        if status == 200:
            self._take(told)
        return told

    def _take(self, told: dict[str, Any]) -> None:
        beads = self.state["beads"]
        if "from" in told:
            first, gone = told["from"], told["gone"]
            beads = [*beads[:first], *told["beads"], *beads[first + gone :]]
        self.state = {
            **self.state,
            **told,
            "beads": (told.get("languages") and told["beads"]) or beads,
        }

    def bead(self, number: int) -> str:
        return self.state["beads"][number]["id"]


@pytest.fixture
def session(texts: Path, stand_in: StandIn) -> Session:
    """The tiny statement: a title, the date in two rows with gaps, three rows of a sentence."""
    return open_session(texts)


@pytest.fixture
def page(session: Session) -> Page:
    return Page(session)


def in_step(page: Page) -> None:
    """The page that was told of changes alone knows what one opened anew is told."""
    fresh = page.get("state")
    for key in ("revision", "beads", "undo", "redo", "notes"):
        assert page.state[key] == fresh[key], key


# --- operations -------------------------------------------------------------------------------


def test_a_page_is_told_everything(page: Page) -> None:
    state = page.state
    assert [language["tag"] for language in state["languages"]] == ["en", "it", "ja"]
    assert len(state["beads"]) == 6
    assert state["sentences"]["ja"][2] == {
        "id": "p1.s1",
        "nodes": ["両首脳は東京で会談した。"],
        "kind": "p",
        "starts": True,
        "label": "1.",
    }


OPERATIONS: dict[str, tuple[Callable[[Page], dict[str, Any]], str, list[str]]] = {
    "accept": (
        lambda p: {"bead": p.bead(3)},
        "lock",
        ["1-1-1", "0-0-1", "1-1-0", "1-1-1*", "1-1-1", "1-1-1"],
    ),
    "merge": (
        lambda p: {"bead": p.bead(3), "to": "next"},
        "merge",
        ["1-1-1", "0-0-1", "1-1-0", "2-2-2*", "1-1-1"],
    ),
    "move": (
        lambda p: {"language": "it", "sentence": "p1.s1", "to": "next"},
        "move",
        ["1-1-1", "0-0-1", "1-1-0", "1-0-1*", "1-2-1*", "1-1-1"],
    ),
    "alone": (
        lambda p: {"language": "it", "sentence": "p1.s2"},
        "move",
        ["1-1-1", "0-0-1", "1-1-0", "1-1-1", "0-1-0*", "1-0-1*", "1-1-1"],
    ),
    "note": (
        lambda p: {"bead": p.bead(3), "note": "as printed"},
        "note",
        ["1-1-1", "0-0-1", "1-1-0", "1-1-1*", "1-1-1", "1-1-1"],
    ),
}


@pytest.mark.parametrize("action", OPERATIONS)
def test_an_operation_is_shown_kept_undone_and_done_again(
    page: Page, action: str, texts: Path
) -> None:
    body, kept_as, wanted = OPERATIONS[action]
    before = rows(page.session)
    page.ask(action, **body(page))
    assert rows(page.session) == wanted
    assert actions(page.session) == [kept_as]
    in_step(page)
    assert rows(open_session(texts)) == wanted, "a server started anew shows the same"
    page.ask("undo")
    assert rows(page.session) == before
    page.ask("redo")
    assert rows(page.session) == wanted
    in_step(page)


def test_a_row_is_divided(page: Page) -> None:
    page.ask("merge", bead=page.bead(3), to="next")
    page.ask("split", bead=page.bead(3), first={"en": 1, "it": 1, "ja": 0})
    assert rows(page.session) == ["1-1-1", "0-0-1", "1-1-0", "1-1-0*", "1-1-2*", "1-1-1"]
    assert actions(page.session) == ["merge", "split"]
    in_step(page)


def test_undo_goes_back_to_the_beginning_and_no_further(page: Page) -> None:
    before = rows(page.session)
    for number in range(4):
        page.ask("accept", bead=page.bead(number))
    for _ in range(4):
        page.ask("undo")
    assert rows(page.session) == before
    assert "nothing to undo" in page.ask("undo", 422)["error"]


def test_a_server_started_anew_undoes_what_the_old_one_did(page: Page, texts: Path) -> None:
    before = rows(page.session)
    page.ask("merge", bead=page.bead(3), to="next")
    anew = Page(open_session(texts))
    anew.ask("undo")
    assert [kind.rstrip("*") for kind in rows(anew.session)] == before
    assert not anew.session.text.locks


def test_undo_goes_further_back_than_states_are_remembered(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("parallel_statement.review.session._REMEMBERED", 2)
    before = rows(page.session)
    page.ask("merge", bead=page.bead(3), to="next")
    for number in (0, 1, 2):
        page.ask("accept", bead=page.bead(number))
    for _ in range(4):
        page.ask("undo")
    assert rows(page.session) == before
    in_step(page)


def test_a_row_is_released(page: Page) -> None:
    page.ask("accept", bead=page.bead(3))
    page.ask("release", bead=page.bead(3))
    assert not read_corrections(page.session.means.corrections).locks
    assert "nothing was decided" in page.ask("release", 422, bead=page.bead(3))["error"]


def test_a_note_is_signed_and_told(page: Page) -> None:
    page.ask("accept", bead=page.bead(3))
    page.ask("note", bead=page.bead(3), note="as in the <b>print</b>")
    (lock,) = read_corrections(page.session.means.corrections).locks
    assert (lock.note, lock.by) == ("as in the <b>print</b>", "A. Reviser")
    assert [note["note"] for note in page.state["notes"]] == ["as in the <b>print</b>"]


def test_a_sentence_is_cut_and_joined(page: Page, texts: Path) -> None:
    page.ask("accept", bead=page.bead(5))
    page.ask("cut", language="en", sentence="p2.s1", offset=len("They will meet "))
    said = [s["nodes"] for s in page.state["sentences"]["en"]][-2:]
    assert said == [["They will meet"], ["again in 2027."]]
    page.ask("join", language="en", sentence="p2.s1")
    assert page.state["sentences"]["en"][-1]["nodes"] == ["They will meet again in 2027."]
    page.ask("undo")
    assert len(page.state["sentences"]["en"]) == 6
    assert actions(page.session) == ["lock", "cut", "join", "undo"]
    in_step(page)


def test_the_rest_is_aligned_around_what_is_decided(page: Page) -> None:
    page.ask("merge", bead=page.bead(3), to="next")
    page.ask("realign")
    assert rows(page.session) == ["1-1-1", "0-0-1", "1-1-0", "2-2-2*", "1-1-1"]
    in_step(page)


def test_what_contradicts_a_forbid_is_refused_and_nothing_is_written(page: Page) -> None:
    answer = page.ask("merge", 422, bead=page.bead(5), to="next")
    assert "there is no next bead" in answer["error"]
    assert not page.session.means.corrections.exists()


@pytest.mark.parametrize("action", sorted(set(ACTIONS) - {"undo", "redo", "realign"}))
def test_a_request_that_lacks_what_it_needs_is_refused_in_words(page: Page, action: str) -> None:
    assert page.ask(action, 422)["error"]
    assert not page.session.means.corrections.exists()


# --- findings and terms -----------------------------------------------------------------------


def test_a_finding_is_accepted_with_a_reason_and_counts_again(
    texts: Path, stand_in: StandIn
) -> None:
    path = texts / "en" / "tiny.md"
    path.write_text(path.read_text("utf-8").replace("3 agreements", "4 agreements"), "utf-8")
    page = Page(open_session(texts))
    finding = next(f for f in page.state["findings"] if f["bead"] == page.bead(4))
    assert page.ask("waive", 422, finding=finding["id"], because=" ")["error"]
    page.ask("waive", finding=finding["id"], because="the press release has 4")
    (waiver,) = read_waivers(page.session.means.waivers)
    assert (waiver.reason, waiver.by) == ("the press release has 4", "A. Reviser")
    told = {f["id"]: f["waived"] for f in page.state["findings"]}
    assert told[finding["id"]] == {"reason": "the press release has 4", "by": "A. Reviser"}
    page.ask("unwaive", finding=finding["id"])
    assert not page.session.means.waivers.exists()


def test_findings_follow_the_rows_when_the_checks_are_made_again(page: Page) -> None:
    page.ask("move", language="it", sentence="p1.s2", to="previous")
    assert not page.state["checked"]
    page.ask("check")
    assert page.state["checked"]
    assert any("it" in finding["languages"] for finding in page.state["findings"])


@pytest.mark.parametrize("name", ["glossary.csv", "glossary.xlsx"])
def test_a_term_is_written_to_the_glossary(page: Page, texts: Path, name: str) -> None:
    if name.endswith("xlsx"):
        known = Concept("leader", (Designation("en", "leader"), Designation("ja", "首脳")))
        (texts / name).write_bytes(render_glossary(Glossary((known,)), texts / name))
        page = Page(open_session(texts))
    page.ask("term", terms={"en": "joint  statement", "ja": "共同声明", "it": ""})
    *_, concept = read_glossary(texts / name).concepts
    assert {d.language: d.text for d in concept.designations} == {
        "en": "joint statement",
        "ja": "共同声明",
    }
    shown = json.dumps(page.state["sentences"], ensure_ascii=False)
    assert f'["term", ["{concept.id}"], ["preferred"], ["共同声明"]]' in shown
    assert "already" in page.ask("term", 422, terms={"ja": "共同声明"})["error"]


def test_a_glossary_that_was_made_meanwhile_is_not_lost(page: Page, texts: Path) -> None:
    known = Concept("leader", (Designation("en", "leader"), Designation("ja", "首脳")))
    path = texts / "glossary.csv"
    path.write_bytes(render_glossary(Glossary((known,)), path))
    assert page.ask("term", 409, terms={"en": "agreement"})["reason"] == "disk"
    page.state = page.get("state")
    page.ask("term", terms={"en": "agreement"})
    assert [concept.id for concept in read_glossary(path).concepts] == ["leader", "agreement"]


def test_a_glossary_of_another_kind_is_left_alone(
    page: Page, texts: Path, stand_in: StandIn
) -> None:
    page.ask("term", terms={"en": "agreement", "ja": "合意"})
    tbx = texts / "glossary.tbx"
    tbx.write_bytes(render_glossary(read_glossary(texts / "glossary.csv"), tbx))
    (texts / "glossary.csv").unlink()
    before = tbx.read_bytes()
    other = Page(open_session(texts))
    assert "CSV and XLSX only" in other.ask("term", 422, terms={"en": "leader"})["error"]
    assert tbx.read_bytes() == before


# --- two windows, another program, a changed text ---------------------------------------------


def test_a_window_that_saw_an_older_state_is_refused(page: Page) -> None:
    second = Page(page.session)
    page.ask("accept", bead=page.bead(1))
    answer = second.ask("accept", 409, bead=second.bead(3))
    assert answer["reason"] == "window"
    assert actions(page.session) == ["lock"], "nothing of the second window was done"


def test_what_another_program_decides_is_seen_before_anything_is_done(
    page: Page, texts: Path
) -> None:
    other = Page(open_session(texts))
    other.ask("merge", bead=other.bead(3), to="next")
    assert page.ask("accept", 409, bead=page.bead(1))["reason"] == "disk"
    page.state = page.get("state")
    page.ask("accept", bead=page.bead(1))
    assert actions(page.session) == ["merge", "lock"]
    assert rows(page.session) == ["1-1-1", "0-0-1*", "1-1-0", "2-2-2*", "1-1-1"]


def test_a_changed_text_is_read_again_and_said(page: Page, texts: Path) -> None:
    page.ask("accept", bead=page.bead(5))
    path = texts / "it" / "tiny.md"
    path.write_text(path.read_text("utf-8").replace("nuovo", "nuovo a Roma"), "utf-8")
    assert page.ask("accept", 409, bead=page.bead(1))["reason"] == "disk"
    state = page.get("state")
    assert "nuovo a Roma" in state["sentences"]["it"][4]["nodes"][0]
    assert any("is stale" in notice for notice in state["notices"])
    assert len(read_corrections(page.session.means.corrections).changes) == 1


def test_a_text_that_is_gone_is_said_and_not_forgotten(page: Page, texts: Path) -> None:
    path = texts / "it" / "tiny.md"
    held = path.read_bytes()
    path.unlink()
    assert "tiny.md" in page.ask("accept", 422, bead=page.bead(1))["error"]
    path.write_bytes(held)
    page.state = page.get("state")
    page.ask("accept", bead=page.bead(1))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user who is not root")
def test_what_cannot_be_written_is_not_shown_as_done(page: Page, texts: Path) -> None:
    texts.chmod(0o500)
    try:
        assert page.ask("accept", 422, bead=page.bead(1))["error"]
    finally:
        texts.chmod(0o700)
    assert not any(bead["locked"] for bead in page.get("state")["beads"])


def test_what_was_not_written_is_not_shown_as_done(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("parallel_statement.workspace.corrections.write_files", full)
    assert "No space left" in page.ask("accept", 422, bead=page.bead(1))["error"]
    assert not any(bead["locked"] for bead in page.get("state")["beads"])


@pytest.mark.parametrize("action", ["cut", "undo"])
def test_what_was_written_but_could_not_be_shown_is_shown_next(
    page: Page, action: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut = {"language": "en", "sentence": "p2.s1", "offset": len("They will meet ")}
    if action == "undo":
        page.ask("cut", **cut)
        monkeypatch.setattr("parallel_statement.review.session._REMEMBERED", 0)
        page.session._past.clear()
    sentences = len(page.state["sentences"]["en"])

    def full(*_: object, **__: object) -> None:
        raise OSError(12, "Cannot allocate memory")

    with monkeypatch.context() as patch:
        patch.setattr("parallel_statement.revision.update", full)
        assert "memory" in page.ask(action, 422, **(cut if action == "cut" else {}))["error"]
    assert actions(page.session)[-1] == action
    there = len(page.get("state")["sentences"]["en"])
    assert there == sentences + (1 if action == "cut" else -1)


# --- safety -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/", {}),
        ("/another-token/", {}),
        ("/another-token/api/state", {}),
        (f"/{TOKEN}/", {"host": "evil.example"}),
        (f"/{TOKEN}/api/state", {"host": f"evil.example:{PORT}"}),
        (f"/{TOKEN}/api/state", {"host": "127.0.0.1:1"}),
        (f"/{TOKEN}/api/state", {"origin": "http://evil.example"}),
        (f"/{TOKEN}/api/state", {"origin": "null"}),
        (f"/{TOKEN}/api/state", {"origin": f"https://{HOST}"}),
    ],
)
def test_who_is_not_the_page_gets_nothing(page: Page, path: str, headers: dict[str, str]) -> None:
    answer = page.client.get(path, headers=headers)
    assert answer.status_code == 403
    assert set(answer.json()) == {"error"}


@pytest.mark.parametrize("path", ["*", "", "/"])
@pytest.mark.parametrize("host", [b"[", b"a/b", b"", HOST.encode()])
def test_a_strange_request_is_refused(page: Page, path: str, host: bytes) -> None:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    scope = {"type": "http", "method": "OPTIONS", "path": path, "headers": [(b"host", host)]}
    app = server.application(page.session, TOKEN, PORT)
    asyncio.run(app(scope, receive, send))
    assert sent[0]["status"] == 403


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://evil.example"}, 403),
        ({"host": "evil.example"}, 403),
        ({"content-type": "text/plain"}, 400),
        ({"content-type": "application/x-www-form-urlencoded"}, 400),
    ],
)
def test_another_site_changes_nothing(page: Page, headers: dict[str, str], status: int) -> None:
    content = json.dumps({"revision": 0, "bead": page.bead(1)})
    sent = {"content-type": "application/json", **headers}
    answer = page.client.post(f"/{TOKEN}/api/accept", content=content, headers=sent)
    assert answer.status_code == status
    assert not page.session.means.corrections.exists()


def test_a_request_without_origin_changes_nothing(page: Page) -> None:
    app = server.application(page.session, TOKEN, PORT)
    client = TestClient(app, base_url=BASE)
    body = {"revision": 0, "bead": page.bead(1)}
    assert client.post(f"/{TOKEN}/api/accept", json=body).status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "../server.py",
        "..%2fserver.py",
        "strings/../../server.py",
        "strings/..%2f..%2fserver.py",
        "%2e%2e/%2e%2e/etc/passwd",
        "/etc/passwd",
        "strings/xx.json",
        "strings/",
        "review.css%00.html",
        "texts/en/tiny.md",
    ],
)
def test_nothing_but_the_assets_is_served(page: Page, path: str) -> None:
    answer = page.client.get(f"/{TOKEN}/{path}")
    assert answer.status_code in (403, 404)
    assert "import" not in answer.text


def test_every_asset_is_served_with_a_strict_policy(page: Page) -> None:
    for name in server.ASSETS:
        answer = page.client.get(f"/{TOKEN}/{name}")
        assert answer.status_code == 200, name
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
    served = {file for file, _ in server.ASSETS.values()}
    assert served == {
        path.relative_to(ASSETS).as_posix() for path in ASSETS.rglob("*") if path.is_file()
    }


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[" * 100_000, b"\xff", b"null", b"[]", b'{"revision": "0"}']
)
def test_what_is_no_request_is_answered_in_words(page: Page, content: bytes) -> None:
    sent = {"content-type": "application/json"}
    answer = page.client.post(f"/{TOKEN}/api/accept", content=content, headers=sent)
    assert answer.status_code in (400, 422)
    assert answer.json()["error"]


def test_a_request_that_never_ends_is_refused(page: Page) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(64):
            yield b" " * (1 << 16)

    sent = {"content-type": "application/json"}
    answer = page.client.post(f"/{TOKEN}/api/accept", content=endless(), headers=sent)
    assert answer.status_code == 400


# --- the words of the interface ---------------------------------------------------------------


def test_every_interface_language_has_the_same_words() -> None:
    said = {
        path.stem: json.loads(path.read_text("utf-8")) for path in (ASSETS / "strings").iterdir()
    }
    assert set(said) == {"en", "ja", "it"}
    for words in said.values():
        assert words.keys() == said["en"].keys()
        assert all(words.values())
        for key, english in said["en"].items():
            assert _places(words[key]) == _places(english), key


def _places(words: str) -> set[str]:
    import re

    return set(re.findall(r"\{\w+\}", words))


def test_markup_is_never_made_of_text() -> None:
    for path in ASSETS.glob("*.js"):
        script = path.read_text("utf-8")
        for means in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
            assert means not in script, path.name


def test_the_page_asks_nobody_else() -> None:
    for path in ASSETS.rglob("*.*"):
        assert "//" not in path.read_text("utf-8").replace("// ", ""), path.name


def test_doubt_is_what_the_rest_of_the_package_calls_so(page: Page) -> None:
    for bead in page.state["beads"]:
        assert bead["doubtful"] == (bead["sure"] < DOUBTFUL)
