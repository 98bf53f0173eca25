"""The corpora: which packages they come from and where in them each language's pages lie."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from lxml import html

LANGUAGES = ("en", "ja", "it")
TRAINING = ("debian-handbook", "debian-reference", "maint-guide")
TEST = ("cc-licences", "debian-history", "installation-guide")
OPENERS = ("chapter", "preface", "appendix")
"""Classes of the element that a page has if a document begins there."""


@dataclass(frozen=True)
class Source:
    """A book in several languages, each a chain of HTML pages made from one DocBook structure."""

    corpus: str
    packages: tuple[str, ...]
    licence: str
    first: str
    """The first page; ``{}`` stands for the language."""
    tags: tuple[str, ...] = LANGUAGES
    """What stands there, in the order of `LANGUAGES`."""


SOURCES = (
    Source(
        "debian-handbook",
        ("debian-handbook",),
        "GPL-2+ or CC-BY-SA-3.0",
        "usr/share/doc/debian-handbook/html/{}/index.html",
        ("en-US", "ja-JP", "it-IT"),
    ),
    Source(
        "debian-history",
        ("debian-history",),
        "GPL-2+",
        "usr/share/doc/debian-history/docs/index.{}.html",
    ),
    Source(
        "debian-reference",
        ("debian-reference-en", "debian-reference-ja", "debian-reference-it"),
        "GPL-2+",
        "usr/share/debian-reference/index.{}.html",
    ),
    Source(
        "installation-guide",
        ("installation-guide-amd64",),
        "GPL-2",
        "usr/share/doc/installation-guide-amd64/{}/index.html",
    ),
    Source(
        "maint-guide",
        ("maint-guide", "maint-guide-ja", "maint-guide-it"),
        "GPL-2+",
        "usr/share/doc/maint-guide{1}/html/index.{0}.html",
    ),
)


def documents(source: Source, tree: Path) -> dict[str, dict[str, list[html.HtmlElement]]]:
    """Return the pages of every document of *source*, by document and language."""
    found: dict[str, dict[str, list[html.HtmlElement]]] = {}
    for language, tag in zip(LANGUAGES, source.tags, strict=True):
        suffix = "" if language == "en" else f"-{language}"
        name = ""
        for path, page in _chain(tree / source.first.format(tag, suffix)):
            if page.xpath("|".join(f"//div[@class='{opener}']" for opener in OPENERS)):
                name = path.name.split(".")[0]
            if name:
                found.setdefault(name, {}).setdefault(language, []).append(page)
    return {name: pages for name, pages in found.items() if len(pages) == len(LANGUAGES)}


def _chain(path: Path) -> Iterator[tuple[Path, html.HtmlElement]]:
    """Yield the pages from *path* on, each the one that its forerunner's "next" leads to."""
    seen: set[Path] = set()
    while path.is_file() and path not in seen:
        seen.add(path)
        page = html.document_fromstring(path.read_bytes())
        yield path, page
        following = page.find(".//a[@accesskey='n']")
        if following is None:
            return
        path = path.parent / unquote(following.get("href", "").split("#")[0])
