"""The text of any TEI: blocks, sentences if they are marked, page breaks, and where each id stands.

What is read: the content of ``text``, cut where its own elements cut it (p, ab, head, lg, l,
item, dateline and whatever else holds words). ``s`` are sentences; without them ``seg``, if all
words of a block stand in them. Runs of white space are layout, read as one space, or as nothing
where the script has none; notes, running heads, deletions and one side of a ``choice`` are layout
too, and named among the omissions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from parallel_statement.formats.tei.block_reading import BlockReader
from parallel_statement.formats.tei.transcript import LEFT_OUT, Transcript, name_of
from parallel_statement.formats.xml import ID
from parallel_statement.languages.base import Language
from parallel_statement.model import BlockKind, Span

_BLOCKS = frozenset(
    {
        *("ab", "byline", "cell", "dateline", "head", "item", "l", "label", "lg", "p"),
        *("salute", "signed", "speaker", "trailer", "u"),
    }
)
_KINDS: dict[str, BlockKind] = {"head": "head", "dateline": "dateline"}


def transcribe(elements: Sequence[etree._Element], language: Language) -> Transcript:
    """Return what the *elements* say: a ``text``, or the parts of one that are in *language*."""
    transcript = Transcript(language)
    for element in elements:
        _walk(element, transcript)
    return transcript


def _walk(root: etree._Element, transcript: Transcript) -> None:
    """Find the blocks in *root*, in order."""
    for event, node in _outside_blocks(root):
        name = name_of(node)
        identity = node.get(ID)
        if event == "block":
            start = transcript.length
            BlockReader(transcript).read(node, _KINDS.get(name, "p"))
            if identity:
                transcript.places[identity] = (name, Span(start, transcript.length))
        elif event == "left out":
            transcript.omitted[LEFT_OUT[name]] += 1
        elif name == "pb":
            transcript.add_page(node)
        elif event == "start" and identity:
            transcript.places[identity] = (name, Span(transcript.length, transcript.length))
        elif event == "end" and identity:
            start = transcript.places[identity][1].start
            transcript.places[identity] = (name, Span(start, transcript.length))


def _outside_blocks(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Yield blocks, and starts and ends of all elements around them."""
    waiting: list[tuple[str, etree._Element]] = [("start", root)]
    while waiting:
        event, node = waiting.pop()
        name = name_of(node)
        if event == "end" or not name or name in ("pb", "linkGrp", "spanGrp", "link"):
            yield event, node
        elif name in LEFT_OUT:
            yield "left out", node
        elif _is_block(node):
            yield "block", node
        else:
            yield "start", node
            waiting.append(("end", node))
            waiting.extend(("start", child) for child in reversed(node))


def _is_block(node: etree._Element) -> bool:
    """Return whether *node* holds words, and no blocks that hold them all."""
    words = (node.text or "", *(child.tail or "" for child in node))
    if any(not each.isspace() for each in words if each):
        return True
    name = name_of(node)
    inside = _BLOCKS - {"label", "l" if name == "lg" else "label"}
    return name in _BLOCKS and not any(name_of(each) in inside for each in node.iterdescendants())
