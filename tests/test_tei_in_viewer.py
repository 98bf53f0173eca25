"""Our TEI in CETEIcean, a viewer that others wrote: it opens as it is, in a real browser.

``data/cetei`` holds the distributed file of CETEIcean 1.9.5 (npm), unchanged, with its licence.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import tei_sample
from parallel_statement.formats.tei import flat, writer
from test_page_in_browser import CHROMIUM, Browser

VIEWER = Path(__file__).parent / "data/cetei/CETEI.js"
PAGE = """<!DOCTYPE html><meta charset="utf-8"><title>viewer</title><div id="text"></div>
<script>{viewer}</script>
<script>
const tei = new CETEI();
tei.makeHTML5({words}, (html) => document.getElementById("text").appendChild(html));
</script>
"""

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (apt install chromium)")


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    """A browser for one page: the viewer has something to do when its page is left."""
    found = Browser(tmp_path / "profile")
    yield found
    found.close()


def shown(browser: Browser, data: bytes, tmp_path: Path) -> Browser:
    """Return the browser with the TEI in *data* open in the viewer."""
    words = json.dumps(data.decode()).replace("</", "<\\/")
    page = tmp_path / "viewer.html"
    viewer = VIEWER.read_text(encoding="utf-8")
    page.write_text(PAGE.replace("{viewer}", viewer).replace("{words}", words), encoding="utf-8")
    browser.open(page)
    errors = [e for e in browser.events if e["method"] == "Runtime.exceptionThrown"]
    assert errors == []
    return browser


def test_a_text_opens(browser: Browser, tmp_path: Path) -> None:
    checked = tei_sample.checked()
    version = checked.text.version("en")
    data = writer.write(checked)[f"tei/{version.id}.xml"]
    view = shown(browser, data, tmp_path)
    found = view.run("[...document.querySelectorAll('tei-s')].map((s) => [s.id, s.textContent])")
    assert found == [[s.id, version.text(s)] for s in version.sentences]
    seen = view.run("document.getElementById('text').innerText")
    assert all(version.text(p).split()[0] in seen for p in version.paragraphs)
    assert "parallel-statement-tei" not in seen  # the record is in the header, which is not shown


def test_a_flat_corpus_opens_and_its_texts_are_linked(browser: Browser, tmp_path: Path) -> None:
    checked = tei_sample.checked()
    (data,) = flat.write(checked).values()
    view = shown(browser, data, tmp_path)
    found = view.run("[...document.querySelectorAll('tei-s')].map((s) => [s.id, s.textContent])")
    assert found == [[s.id, v.text(s)] for v in checked.text.versions for s in v.sentences]
    partners = view.run(
        "document.getElementById('demo-en.p2.s1').getAttribute('corresp').split(' ')"
        ".map((pointer) => document.getElementById(pointer.slice(1)).textContent)"
    )
    assert partners == ["両首脳は法の支配を支持する。", "Sostengono lo Stato di diritto."]
    assert view.run("document.querySelectorAll('tei-TEI, tei-tei').length") == 3
