"""Documents and hostile text from a file to TEI and back: nothing is lost, and jing has no word.

Of the gold documents beside the repository (``../shared/gold``, where they are) the beginnings of
four are taken; ``TEI_DOCUMENTS=20 pytest tests/test_tei_documents.py`` takes the whole of twenty.
A text file comes back to the character; of HTML, what was read of it.
"""

from __future__ import annotations

import html
import json
import lzma
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import parallel_statement as ps
from parallel_statement.formats.tei import flat, writer
from parallel_statement.model import CheckedText
from parallel_statement.validation import validate_tei
from test_tei_edited import said, without_records

ROOT = Path(__file__).parent.parent
GOLD = ROOT.parent / "shared/gold"
SCHEMA = ROOT / "src/parallel_statement/formats/schemas/tei_all.rng.xz"
TAGS = ("en", "ja", "it")
WANTED = int(os.environ.get("TEI_DOCUMENTS", "0"))
BLOCKS = None if WANTED else 8
FORMATS = ("txt", "md", "html")

Texts = Mapping[str, str]
"""By language: the content of a file."""


def documents() -> dict[str, Path]:
    """Return gold documents of all corpora, by name."""
    found = sorted(path for path in GOLD.glob("*/*.json") if path.parent.name != "cases")
    step = max(1, len(found) // (WANTED or 4))
    return {f"{path.parent.name}-{path.stem}": path for path in found[::step][: WANTED or 4]}


def file(paragraphs: list[str], form: str) -> str:
    """Return *paragraphs* as a file."""
    if form == "html":
        inside = "\n".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs)
        return f"<!DOCTYPE html>\n<html><body>\n{inside}\n</body></html>\n"
    return "\n\n".join(paragraphs) + "\n"


HOSTILE: list[dict[str, str]] = [
    # markup
    {
        "en": "It says ]]> and <b>&amp;</b> & <!-- no --> here. <?pi?> A&B.",
        "ja": "ここに ]]> と <b>&amp;</b> & <!-- no --> がある。<?pi?> A&B。",
        "it": "Dice ]]> e <b>&amp;</b> & <!-- no --> qui. <?pi?> A&B.",
    },
    {"en": "Quote \" and ' done.", "ja": "引用「\"'」終わり。", "it": "Cita \" e ' fatto."},
    # control characters, and others that are none
    {"en": "Bell\x07 and\x0b tab\t.", "ja": "鐘\x07と\x1b終。", "it": "Campana\x07 e\x0c fine."},
    {"en": "No\ufffe char.\ufeff", "ja": "\ufffeなし。\x85", "it": "Niente\uffff.\x9f"},
    # spaces
    {"en": "A\xa0b\u2009c\u3000d.", "ja": "あ\xa0い\u3000う。", "it": "L’art.\xa05\u202f%."},
    {"en": "Line\u2028two.", "ja": "行\u2028二。", "it": "Riga\u2029due."},
    {"en": "Soft\xadhyphen\u200b here.", "ja": "見\u200bえない。", "it": "Trat\xadtino."},
    # brackets, some like those of readings
    {"en": "Tokyo (とうきょう).", "ja": "｜東京《とうきょう》と［＃注］。", "it": "Tokyo [sic]."},
    {"en": "[1] {2} «3»", "ja": "〔一〕【二】『三』", "it": "[1] {2} «3»"},
    # 10,000 characters
    {
        "en": "A very long sentence, said again and again, " * 230 + "ends.",
        "ja": "とても長い文が、何度も何度も繰り返され、" * 500 + "終わる。",
        "it": "Una frase molto lunga, detta e ridetta, " * 250 + "finisce.",
    },
    # combining and astral characters
    {"en": "e\u0301\u0323 na\u0308ive.", "ja": "か\u3099、𠮷野家。", "it": "perche\u0301 no."},
    {"en": "𝔸 🇯🇵 👩‍👩‍👧 x\U0010ffff.", "ja": "🎌 葛\U000e0100城。", "it": "🇮🇹 𝕀 \u202etla."},
    {"en": "\u0301Begins so.", "ja": "\u3099始まる。", "it": "\u0300Inizia."},
]
NAMES = [*documents(), *(f"hostile.{form}" for form in FORMATS)]


def paragraphs(name: str, tag: str) -> list[str]:
    """Return the paragraphs of a case in one language."""
    if name.startswith("hostile."):
        longest = 20_000 if name == "hostile.txt" else 1_000
        return [texts[tag] for texts in HOSTILE if len(texts[tag]) < longest]
    blocks = json.loads(documents()[name].read_text(encoding="utf-8"))["blocks"][:BLOCKS]
    return [block[tag] for block in blocks]


@cache
def case(name: str) -> tuple[CheckedText, Texts]:
    """Return the aligned and checked text of a case, and what its files hold, if that is text."""
    known = sorted(documents())
    form = FORMATS[known.index(name) % len(FORMATS)] if name in known else name.rpartition(".")[2]
    texts = {tag: file(paragraphs(name, tag), form) for tag in TAGS}
    versions = []
    with TemporaryDirectory() as folder:
        for tag, content in texts.items():
            path = Path(folder) / f"{tag}.{form}"
            path.write_text(content, encoding="utf-8", newline="")
            versions.append(ps.segment(ps.read(path, tag, id="case")))
    text = ps.align(versions)
    checked = ps.check(text, ps.read_glossary(ROOT / "texts/glossary.csv"))
    return checked, {} if form == "html" else texts


def laid(files: Mapping[str, bytes], folder: Path) -> Path:
    """Write *files* into *folder*, and return the first one's path: the corpus."""
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder / next(iter(files))


@pytest.mark.skipif(not GOLD.is_dir(), reason="no gold documents in ../shared/gold")
def test_there_are_gold_documents() -> None:
    assert len(documents()) == (WANTED or 4)


@pytest.mark.parametrize("layout", [writer, flat], ids=["files", "flat"])
@pytest.mark.parametrize("name", NAMES)
def test_from_a_file_to_tei_and_back(name: str, layout: object, tmp_path: Path) -> None:
    checked, texts = case(name)
    corpus = laid(layout.write(checked), tmp_path)  # type: ignore[attr-defined]
    assert validate_tei(corpus.parent) == ()
    found = ps.read_tei(corpus)
    assert found == checked
    for tag, content in texts.items():
        assert found.text.version(tag).document.text == content


@pytest.mark.parametrize("name", documents())
def test_the_elements_of_a_document_alone_say_the_same(name: str, tmp_path: Path) -> None:
    checked, _ = case(name)
    expected = said(checked)
    read = said(ps.read_tei(laid(without_records(writer.write(checked)), tmp_path)))
    del expected["metadata"]  # none was stated; a title is then the first heading
    assert {part: read[part] for part in expected} == expected


@pytest.mark.parametrize("layout", [writer, flat], ids=["files", "flat"])
def test_half_a_character_becomes_the_sign_for_one_that_is_lost(
    layout: object, tmp_path: Path
) -> None:
    checked, _ = case("hostile.txt")

    def holding(character: str) -> CheckedText:
        versions = tuple(
            replace(
                version,
                document=replace(
                    version.document, text=version.document.text.replace("A&B", f"A{character}B")
                ),
            )
            for version in checked.text.versions
        )
        return replace(checked, text=replace(checked.text, versions=versions))

    for half in ("\ud800", "\udfff"):
        corpus = laid(layout.write(holding(half)), tmp_path)  # type: ignore[attr-defined]
        assert ps.read_tei(corpus) == holding("\ufffd")


@pytest.mark.skipif(
    not (shutil.which("jing") and shutil.which("java")),
    reason="jing and Java are not installed (apt-get install jing)",
)
def test_all_is_valid_against_the_full_schema(tmp_path: Path) -> None:
    schema = tmp_path / "tei_all.rng"
    schema.write_bytes(lzma.decompress(SCHEMA.read_bytes()))
    paths = [
        laid(layout.write(case(name)[0]), tmp_path / str(number))
        for number, name in enumerate(NAMES)
        for layout in (writer, flat)
    ]
    command = ["jing", str(schema), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("", 0)
