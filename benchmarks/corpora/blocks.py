"""Parallel blocks: the headings and paragraphs of pages that have the same structure.

Translations of one DocBook source become HTML trees of one shape. The pages of a document are cut
at their headings; where a section has the same sequence of blocks in every language, its k-th
blocks translate each other. Of a section whose languages differ only the heading is taken. Blocks
that were left untranslated in some language are left out in all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from lxml import html

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
BLOCKS = HEADINGS | {"body", "div", "p", "ul", "ol", "dl", "li", "dt", "dd", "blockquote", "hr"}
SKIPPED = {"pre", "script", "style", "table"}
SKIPPED_CLASSES = {
    *("navheader", "navfooter", "docnav", "toc", "list-of-tables"),  # not the book's own text
    *("footnotes", "table", "figure", "example"),
}
JAPANESE = "[\u3040-\u30ff\u3400-\u9fff]"
CLOSED = "[\u3001\u3002\uff08\uff09\u300c\u300d\uff0c\uff0e]"
FOOTNOTE_MARKS = "//a//sup | //sup[a] | //a[@class='footnote']"
WRAP = re.compile(rf"(?<={JAPANESE})\s*\n\s*(?={JAPANESE})|(?<={CLOSED})\s+")


@dataclass(frozen=True)
class Block:
    """A heading or a paragraph of one language."""

    tag: str
    place: str
    """The names of the elements it lies in."""
    text: str


def parallel(pages: Mapping[str, Sequence[html.HtmlElement]]) -> list[dict[str, str]]:
    """Return the parallel blocks of a document: ``{"tag": ..., language: text, ...}`` each."""
    sections = {language: _sections(pages[language]) for language in pages}
    if len({len(found) for found in sections.values()}) > 1:
        return []
    blocks = []
    for section in zip(*sections.values(), strict=True):
        if len({side[0].tag for side in section}) > 1:
            break  # the books diverge: nothing after this can be trusted
        shapes = {tuple((block.tag, block.place) for block in side) for side in section}
        rows = zip(*section, strict=True) if len(shapes) == 1 else [[s[0] for s in section]]
        for row in rows:
            texts = dict(zip(sections, (block.text for block in row), strict=True))
            if translated(texts):
                blocks.append({"tag": row[0].tag, **texts})
    return blocks


def translated(texts: Mapping[str, str]) -> bool:
    """Return whether every language has words of its own."""
    if not all(re.search(r"[^\W\d_]{2}", text) for text in texts.values()):
        return False
    if "ja" in texts and len(re.findall(JAPANESE, texts["ja"])) < 0.1 * len(texts["ja"]):
        return False
    if len(set(texts.values())) < len(texts):
        return False
    words = [set(re.findall(r"\w+", text.lower())) for text in texts.values()]
    return all(
        min(len(a), len(b)) < 8 or len(a & b) <= 0.8 * min(len(a), len(b))
        for a, b in combinations(words, 2)
    )


def _sections(pages: Sequence[html.HtmlElement]) -> list[list[Block]]:
    """Return the blocks of *pages*, cut before every heading; none stands before the first one."""
    sections: list[list[Block]] = []
    for page in pages:
        for mark in page.xpath(FOOTNOTE_MARKS):
            mark.drop_tree()
        for block in _walk(page.body, ""):
            if block.tag in HEADINGS:
                sections.append([block])
            elif sections:
                sections[-1].append(block)
    return sections


def _walk(element: html.HtmlElement, place: str) -> Iterator[Block]:
    """Yield every run of text in *element* that no block-level element interrupts."""
    run = [element.text or ""]
    for child in element:
        if not isinstance(child.tag, str):
            pass  # a comment
        elif child.tag in SKIPPED or SKIPPED_CLASSES & set(child.classes):
            yield from _block(element.tag, place, run)
            run = []
        elif child.tag in BLOCKS or any(inner.tag in BLOCKS for inner in child.iterdescendants()):
            yield from _block(element.tag, place, run)
            yield from _walk(child, f"{place}/{child.tag}")
            run = []
        else:
            run.append(child.text_content())
        run.append(child.tail or "")
    yield from _block(element.tag, place, run)


def _block(tag: str, place: str, run: Sequence[str]) -> Iterator[Block]:
    text = " ".join(WRAP.sub("", "".join(run)).split())
    if text:
        yield Block(tag, place, text)
