"""How long TEI of a long text takes: written, validated and read back, with the memory it needs.

``python -m benchmarks.tei [BEADS]`` (10,000 without it, in three languages). The text is made up:
paragraphs of ten beads, one bead in twenty 2-1-1 and one in fifty without Italian, terms, marks
and page breaks. The validation counted apart is part of writing, too.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from parallel_statement.archive import read_tei
from parallel_statement.formats.tei import flat, writer
from parallel_statement.formats.tei.laws import violations
from parallel_statement.model import (
    Alignment,
    Bead,
    Block,
    CheckedText,
    Concept,
    Designation,
    Document,
    Glossary,
    LanguageTag,
    Layout,
    Mark,
    Mention,
    PairBead,
    Paragraph,
    ParallelText,
    Provenance,
    Range,
    Sentence,
    Source,
    Span,
    Version,
)

BEADS = 10_000
A_PARAGRAPH = 10
TAGS = ("en", "ja", "it")
_TERM = Designation("en", "rule of law")


def sizes(bead: int) -> dict[LanguageTag, int]:
    """Return how many sentences a bead has in each language."""
    return {"en": 2 if bead % 20 == 3 else 1, "ja": 1, "it": 0 if bead % 50 == 7 else 1}


def version(language: LanguageTag, beads: int) -> Version:
    """Return the text in one language."""
    text = ""
    parts: list[str] = []
    length = 0
    paragraphs, blocks, marks, layout = [], [], [], []
    for number, first in enumerate(range(0, beads, A_PARAGRAPH), start=1):
        start, sentences = length, []
        for bead in range(first, min(first + A_PARAGRAPH, beads)):
            for part in range(sizes(bead)[language]):
                words = f"Sentence {bead}.{part} of the {language} text upholds the rule of law. "
                span = Span(length, length + len(words) - 1)
                sentences.append(Sentence(f"long-{language}.p{number}.s{len(sentences) + 1}", span))
                parts.append(words)
                length += len(words)
        span = Span(start, length - 1)
        marks.append(Mark("emphasis", Span(start, start + 8)))
        marks.append(Mark("pb", Span(start + 20, start + 20), {"n": str(number)}))
        blocks.append(Block("p", span))
        layout.append(Layout(Span(length - 1, length + 2), "white space"))
        paragraphs.append(Paragraph(f"long-{language}.p{number}", "p", span, tuple(sentences)))
        parts.append("\n\n")
        length += 2
    text = "".join(parts)
    source = Source(f"{language}/long.md", "utf-8", "0" * 64)
    document = Document("long", language, text, tuple(blocks), tuple(marks), tuple(layout), source)
    return Version(document, tuple(paragraphs))


def mentions(own: Version) -> Iterator[Mention]:
    """Yield a term in every sentence."""
    for sentence in own.sentences:
        end = sentence.span.end - 1
        yield Mention("law", _TERM, sentence.id, Span(end - len(_TERM.text), end), "exact")


def alignment(level: str, versions: tuple[Version, ...], beads: int) -> Alignment:
    """Return the beads of one level."""
    rows = [sizes(b) for b in range(beads)]
    if level == "paragraph":
        rows = [dict.fromkeys(TAGS, 1) for _ in versions[0].paragraphs]
    letter = level[0]
    position = dict.fromkeys(TAGS, 0)
    nway = []
    for k, row in enumerate(rows):
        ranges = {tag: Range(position[tag], position[tag] + row[tag]) for tag in TAGS}
        position = {tag: side.stop for tag, side in ranges.items()}
        nway.append(Bead(f"long.al.{letter}.b{k}", ranges, 1 - (k % 97) / 313))
    pairs = {
        (one, other): tuple(
            PairBead(
                f"long.al.{letter}.{one}-{other}.b{k}",
                bead.ranges[one],
                bead.ranges[other],
                bead.posterior,
            )
            for k, bead in enumerate(nway)
            if bead.ranges[one].size or bead.ranges[other].size
        )
        for one, other in combinations(TAGS, 2)
    }
    return Alignment(level, tuple(nway), pairs)  # type: ignore[arg-type]


def made(beads: int) -> CheckedText:
    """Return the whole text."""
    versions = tuple(version(tag, beads) for tag in TAGS)
    levels = [alignment(level, versions, beads) for level in ("paragraph", "sentence")]
    text = ParallelText("long", versions, levels[0], levels[1], Provenance("0", "", ""))
    found = {own.language: tuple(mentions(own)) for own in versions}
    return CheckedText(text, Glossary((Concept("law", (_TERM,)),)), found)


class Watch:
    """Prints how long something took, by the clock and on the processor."""

    def __init__(self) -> None:
        self.start = perf_counter(), process_time()

    def tell(self, what: str, more: str = "") -> None:
        """Print the time since the last line."""
        clock, work = perf_counter() - self.start[0], process_time() - self.start[1]
        print(f"{what:<22} {clock:5.1f} s, of the processor {work:5.1f} s{more}")
        self.start = perf_counter(), process_time()


def main() -> None:
    """Print seconds and megabytes."""
    beads = int(sys.argv[1]) if len(sys.argv) > 1 else BEADS
    checked = made(beads)
    before = memory()
    print(f"{beads} beads in {len(TAGS)} languages")
    watch = Watch()
    files = writer.write(checked)
    size = f"; {sum(map(len, files.values())) / 1e6:.0f} MB in {len(files)} files"
    watch.tell("written and validated", size)
    assert violations(files) == ()
    watch.tell("validated")
    print(f"memory at most {memory():.0f} MB, before writing {before:.0f} MB")
    flat.write(checked)
    watch.tell("one flat file")
    with TemporaryDirectory() as folder:
        for name, data in files.items():
            path = Path(folder) / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
        watch = Watch()
        assert read_tei(Path(folder) / "tei") == checked
        watch.tell("read, and equal")


def memory() -> float:
    """Return the peak of this process, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
