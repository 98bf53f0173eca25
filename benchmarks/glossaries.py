"""How long a large glossary takes: loaded from every format, and checked against the statement.

::

    python -m benchmarks.glossaries [--dense]

The glossary has 20,000 made-up concepts in three languages, about as many as a large export of a
term bank; every third has an admitted term, every tenth a deprecated one and a definition. Terms
have three words; of 200 first ones ten are words of statements like this, the others made of
syllables. ``--dense`` takes the ten alone: the worst case, in which most terms might be meant.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice, product
from pathlib import Path
from typing import TypeVar

import parallel_statement as ps
from parallel_statement.formats.glossary import FORMATS, read_glossary, render_glossary
from parallel_statement.model import Concept, Definition, Designation, Glossary

SIZE = 20_000
TEXTS = Path(__file__).parent.parent / "texts"
WORDS = {
    "en": (
        "joint regional maritime strategic economic digital nuclear public rural annual",
        "export energy security research transport border climate defence harbour labour",
        "control agreement council programme standard mission subsidy treaty forum network",
    ),
    "it": (
        "controllo accordo consiglio programma standard missione sussidio trattato foro rete",
        "esportazione energia sicurezza ricerca trasporto confine clima difesa porto lavoro",
        "comune regionale marittimo strategico economico digitale nucleare pubblico rurale annuo",
    ),
    "ja": (
        "共同 地域 海洋 戦略 経済 デジタル 原子力 公共 農村 年次",
        "輸出 エネルギー 安全 研究 運輸 国境 気候 防衛 港湾 労働",
        "管理 協定 理事会 計画 基準 使節団 補助金 条約 会議 網",
    ),
}
SYLLABLES = {
    "en": ("bar", "kel", "nor", "pim", "sud", "tor"),
    "it": ("bra", "che", "lo", "mir", "nu", "sta"),
    "ja": ("ブラ", "ケル", "ノー", "ピム", "スド", "トル"),
}
JOINERS = {"en": " ", "it": " ", "ja": ""}
Result = TypeVar("Result")


def _words(language: str, dense: bool) -> Iterator[tuple[str, ...]]:
    """Yield the words of a term, and a number that keeps dense terms apart."""
    first, second, third = (words.split() for words in WORDS[language])
    numbers = [str(number) for number in range(20)] if dense else [""]
    made = ["".join(syllables) for syllables in product(SYLLABLES[language], repeat=3)]
    chosen = first if dense else (first + made)[:200]
    return product(chosen, second, third, numbers)


def made_up(size: int = SIZE, *, dense: bool = False) -> Glossary:
    """Return a glossary of *size* concepts."""
    rows = {language: _words(language, dense) for language in WORDS}
    concepts = []
    for number, words in enumerate(islice(zip(*rows.values(), strict=True), size)):
        terms = []
        for language, parts in zip(WORDS, words, strict=True):
            term = JOINERS[language].join(filter(None, parts))
            terms.append(Designation(language, term, part_of_speech="noun"))
            if number % 3 == 0:
                terms.append(Designation(language, f"{term}2", "admitted", part_of_speech="noun"))
            if number % 10 == 0:
                terms.append(Designation(language, f"{term}9", "deprecated", part_of_speech="noun"))
        meaning = Definition(f"What is agreed under number {number} of the list.", "en")
        definitions = (meaning,) if number % 10 == 0 else ()
        concepts.append(Concept(f"c{number}", tuple(terms), definitions, domain="law"))
    return Glossary(tuple(concepts), "made-up")


def timed(what: str, action: Callable[[], Result]) -> Result:
    """Do *action*, and say how long it took."""
    start, worked = time.perf_counter(), time.process_time()
    result = action()
    took, worked = time.perf_counter() - start, time.process_time() - worked
    print(f"{what:<32}{took:8.2f} s, of the processor {worked:6.2f} s")
    return result


def main() -> None:
    """Measure, and print a line for each step."""
    glossary = made_up(dense="--dense" in sys.argv)
    with tempfile.TemporaryDirectory() as folder:
        for extension in {module: name for name, module in FORMATS.items()}.values():
            path = Path(folder) / f"glossary{extension}"
            data = timed(f"write {extension}", partial(render_glossary, glossary, path))
            path.write_bytes(data)
            timed(f"read {extension}", partial(read_glossary, path))
    (entry,) = ps.open_texts(TEXTS).entries
    versions = [ps.segment(document) for document in entry.load()]
    text = timed("align the statement", partial(ps.align, versions))
    timed("check it, first time", partial(ps.check, text, glossary))
    timed("check it again", partial(ps.check, text, glossary))


if __name__ == "__main__":
    main()
