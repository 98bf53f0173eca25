"""How long a large glossary takes: loaded from every format, and checked against the statement.

::

    python -m benchmarks.glossaries

The glossary has 20,000 made-up concepts in three languages, about as many as a large export of a
term bank; every third has an admitted term, every tenth a deprecated one and a definition.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
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
JOINERS = {"en": " ", "it": " ", "ja": ""}
Result = TypeVar("Result")


def made_up(size: int = SIZE) -> Glossary:
    """Return a glossary of *size* concepts."""
    numbers = [f"{first}{second}" for first, second in product("ABCDEFGHJK", repeat=2)]
    rows = {
        language: product(*(words.split() for words in lists), numbers)
        for language, lists in WORDS.items()
    }
    concepts = []
    for number, words in enumerate(islice(zip(*rows.values(), strict=True), size)):
        terms = []
        for language, parts in zip(WORDS, words, strict=True):
            term = JOINERS[language].join(parts)
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
    glossary = made_up()
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
