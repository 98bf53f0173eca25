"""Bad input: exit 2, a message with the file and what to do, no traceback, nothing written."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import RunProcess, tree
from parallel_statement.cli import main

GLOSSARY = "id,en,ja\nagreement,agreement,合意\n"


def pdf(content: bytes) -> bytes:
    """Return a PDF of one page that draws *content*."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    ]
    out, offsets = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, body in enumerate(objects, start=1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    out.write(b"trailer << /Size %d /Root 1 0 R >>\n" % (len(objects) + 1))
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def docx(document: bytes) -> bytes:
    """Return a DOCX whose main part is *document*."""
    kinds = b"""<?xml version="1.0"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType=
"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
    links = b"""<?xml version="1.0"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type=
"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
Target="word/document.xml"/></Relationships>"""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", kinds)
        archive.writestr("_rels/.rels", links)
        archive.writestr("word/document.xml", document)
    return out.getvalue()


def word(body: bytes, prologue: bytes = b"") -> bytes:
    return (
        b'<?xml version="1.0" encoding="UTF-8"?>' + prologue + b"<w:document xmlns:w="
        b'"http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>'
        + body
        + b"</w:t></w:r></w:p></w:body></w:document>"
    )


def bomb() -> bytes:
    """Return a small DOCX that unpacks to more than a gigabyte."""
    out = io.BytesIO(docx(word(b"Small.")))
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("word/media.bin", "w") as member,
    ):
        for _ in range(1100):
            member.write(bytes(1 << 20))
    return out.getvalue()


def replace(name: str, make: Callable[[], bytes]) -> Callable[[Path], None]:
    """Return what puts a file in the place of the English text."""

    def change(texts: Path) -> None:
        (texts / "en/tiny.md").unlink()
        (texts / name).write_bytes(make())

    return change


def add(name: str, data: bytes) -> Callable[[Path], None]:
    """Return what puts one more file into the texts."""

    def change(texts: Path) -> None:
        (texts / name).parent.mkdir(parents=True, exist_ok=True)
        (texts / name).write_bytes(data)

    return change


def one_language(texts: Path) -> None:
    for language in ("ja", "it"):
        (texts / language / "tiny.md").unlink()


def encoder_without_weights(texts: Path) -> None:
    folder = texts.parent / "model"
    folder.mkdir()
    (folder / "config.json").write_text('{"model_type": "bert"}')


def nothing(texts: Path) -> None:
    """Leave the texts as they are."""


ENTITY = b"""<?xml version="1.0"?><!DOCTYPE html [<!ENTITY e SYSTEM "file:///etc/hostname">]>
<html xmlns="http://www.w3.org/1999/xhtml"><body><p>&e; text</p></body></html>"""
LAUGHS = b'<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
EXTERNAL = b'<!DOCTYPE w SYSTEM "http://example.org/evil.dtd">'

CASES: dict[str, tuple[Callable[[Path], None], str, str]] = {
    # what is done to the texts; the arguments; what the message must say
    "missing folder": (nothing, "run absent", r"absent: no such folder; texts are expected"),
    "file for a folder": (nothing, "run texts/en/tiny.md", r"tiny\.md: is a file, not a folder"),
    "one language": (one_language, "run", r"en/tiny\.md[:\d]* .*second version is needed: add"),
    "empty file": (
        replace("en/tiny.md", lambda: b""),
        "run",
        r"en/tiny\.md[:\d]* .*(empty|no text)",
    ),
    "white space": (
        replace("en/tiny.md", lambda: " \n\u3000\n\t\n".encode()),
        "run",
        r"en/tiny\.md[:\d]* .*(empty|no text)",
    ),
    "no text": (
        replace("en/tiny.md", lambda: bytes(range(256)) * 40),
        "run",
        r"en/tiny\.md[:\d]* ",
    ),
    "image": (
        replace("en/tiny.txt", lambda: b"\x89PNG\r\n\x1a\n" + bytes(500)),
        "run",
        r"en/tiny\.txt[:\d]* ",
    ),
    "wrong encoding": (
        replace("en/tiny.md", lambda: "共同声明".encode("shift_jis")),
        "segment texts/en/tiny.md -l ja --encoding utf-8",
        r"tiny\.md.*: .*utf-8.*",
    ),
    "damaged encoding": (
        replace("en/tiny.md", lambda: ("é" * 50).encode() + b"\xff"),
        "check",
        r"tiny\.md:1: .*name its encoding \(--encoding\)",
    ),
    "unknown encoding": (
        nothing,
        "segment texts/en/tiny.md -l en --encoding klingon",
        r"(?i)klingon",
    ),
    "broken docx": (
        replace("en/tiny.docx", lambda: docx(word(b"Text."))[:300]),
        "run",
        r"en/tiny\.docx[:\d]* ",
    ),
    "docx that is no zip": (
        replace("en/tiny.docx", lambda: b"Hello"),
        "run",
        r"en/tiny\.docx[:\d]* ",
    ),
    "docx of broken xml": (
        replace("en/tiny.docx", lambda: docx(b"<w:document>")),
        "run",
        r"en/tiny\.docx[:\d]* ",
    ),
    "docx with entities": (
        replace("en/tiny.docx", lambda: docx(word(b"&b;", LAUGHS))),
        "run",
        r"en/tiny\.docx[:\d]* ",
    ),
    "docx with external dtd": (
        replace("en/tiny.docx", lambda: docx(word(b"Text.", EXTERNAL))),
        "run",
        r"en/tiny\.docx[:\d]* ",
    ),
    "docx that unpacks to gigabytes": (
        replace("en/tiny.docx", bomb),
        "run",
        r"en/tiny\.docx[:\d]* ",
    ),
    "docx without text": (replace("en/tiny.docx", lambda: docx(word(b""))), "run", "no text|empty"),
    "broken pdf": (
        replace("en/tiny.pdf", lambda: pdf(b"")[:60] + b"garbage"),
        "run",
        r"en/tiny\.pdf[:\d]* ",
    ),
    "pdf that is no pdf": (replace("en/tiny.pdf", lambda: b"Hello"), "run", r"en/tiny\.pdf[:\d]* "),
    "pdf without text layer": (
        replace("en/tiny.pdf", lambda: pdf(b"0 0 100 100 re f")),
        "run",
        r"en/tiny\.pdf[:\d]* .*(OCR|text layer)",
    ),
    "broken html": (
        replace("en/tiny.html", lambda: b"<html><body><p \xff\xfe\x00\x00</"),
        "run",
        r"en/tiny\.html[:\d]* ",
    ),
    "html without text": (
        replace("en/tiny.html", lambda: b"<html><body><script>x</script></body></html>"),
        "run",
        r"en/tiny\.html[:\d]* .*(empty|no text)",
    ),
    "xhtml with entities": (
        replace("en/tiny.xhtml", lambda: ENTITY),
        "run",
        r"en/tiny\.xhtml[:\d]* ",
    ),
    "two files with one stem": (
        add("en/tiny.txt", b"Text."),
        "run",
        r"en/tiny\.txt[:\d]* .*en/tiny\.md; remove one",
    ),
    "unknown kind of file": (add("en/other.png", b"x"), "run", r"other\.png: no reader.*\.docx"),
    **{
        f"{suffix} file, {command[:3]}": (
            add(f"en/other{suffix}", b"x"),
            command,
            r"save it as \.docx",
        )
        for suffix in (".doc", ".odt", ".rtf")
        for command in ("run", f"segment texts/en/other{suffix} -l en")
    },
    "unknown language folder": (add("english/tiny.md", b"x"), "run", r"texts/english: .*name it"),
    "unknown language": (nothing, "segment texts/en/tiny.md -l english", r"'english'.*available"),
    "unknown language of a file": (
        nothing,
        "run --file english=texts/en/tiny.md --file ja=texts/ja/tiny.md",
        r"'english'.*available",
    ),
    "named file that is not there": (
        nothing,
        "run --file en=absent.md --file ja=texts/ja/tiny.md",
        r"absent\.md: there is no such file",
    ),
    "one named file": (nothing, "run --file en=texts/en/tiny.md", r"tiny\.md: a second version"),
    "file without language": (nothing, "run --file texts/en/tiny.md", r"write it as --file en="),
    "files and folder": (nothing, "run texts --file en=texts/en/tiny.md", r"not both"),
    "metadata with unknown key": (
        add("tiny.toml", b'title = "A"\nauthor = "B"\n'),
        "run",
        r"tiny\.toml:2: unknown key 'author'; known keys: id, title",
    ),
    "metadata that is no toml": (add("tiny.toml", b"title = \n"), "run", r"tiny\.toml:1: "),
    "glossary not there": (nothing, "run --glossary absent.csv", r"absent\.csv: "),
    "glossary without column": (
        add("glossary.csv", "en,ja\nagreement,合意\n".encode()),
        "run",
        r"glossary\.csv.*: .*\bid\b",
    ),
    "glossary with duplicate ids": (
        add("glossary.csv", (GLOSSARY + "agreement,accord,協定\n").encode()),
        "run",
        r"glossary\.csv:3: .*agreement",
    ),
    "glossary with empty preferred terms": (
        add("glossary.csv", (GLOSSARY + "accord,,\n").encode()),
        "run",
        r"glossary\.csv:3: .*",
    ),
    "glossary that is no text": (add("glossary.csv", b"\xff\xfe\x00\x80\x81"), "run", "glossary"),
    "unknown encoder": (nothing, "run --encoder labse!", r"'labse!'.*available.*use"),
    "encoder folder without weights": (encoder_without_weights, "run --encoder model", r"model"),
    "weights that are not there": (nothing, "show --weights w.json", r"w\.json: cannot be read"),
    "weights that are none": (
        add("w.json", b"{}"),
        "run --weights texts/w.json",
        r"w\.json: holds no weights.*learn them anew",
    ),
    "unknown format": (nothing, "run --format tei,rtf", r"'rtf'.*available.*tei"),
    "no format": (nothing, "run --format ,", r"available: cesalign"),
    "unknown check": (nothing, "check --without spelling", r"'spelling'.*available: unit-missing"),
    "encoding of another language": (nothing, "run --encoding fr=cp1252", r"'fr'.*en, it, ja"),
    "encoding without name": (nothing, "run --encoding en=", r"unknown encoding ''"),
    "bad date": (nothing, "run --date tomorrow", r"tomorrow.*2026-01-16"),
    "unknown document": (nothing, "check --document other", r"'other'.*available: tiny"),
    "output is a file": (nothing, "run --out texts/en/tiny.md", r"tiny\.md: "),
    "output under a file": (nothing, "run --out file/out", r"file: is a file.*choose another"),
    "output in the texts": (nothing, "run --out texts/out", r"texts/out: .*another.*--out"),
    "output that cannot be made": (nothing, "run --out /dev/null/x", r"/dev/null"),
    "unknown option": (nothing, "run --colour", r"--colour.*align --help"),
    "unknown command": (nothing, "translate", r"'translate'.*align --help"),
    "option without value": (nothing, "run --out", r"--out"),
    "unknown severity": (nothing, "check --fail-on fatal", r"'fatal'.*warning"),
}


@pytest.mark.parametrize(("change", "arguments", "says"), CASES.values(), ids=CASES)
def test_bad_input_is_refused_in_plain_words(
    texts: Path,
    change: Callable[[Path], None],
    arguments: str,
    says: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    change(texts)
    root = texts.absolute().parent
    (root / "out").mkdir()
    (root / "out/mine.txt").write_text("kept")
    (root / "file").write_text("in the way")
    before = tree(root)

    code = main(arguments.split())

    said = capsys.readouterr()
    assert code == 2
    assert said.out == ""
    assert said.err.startswith("align: ")
    assert len(said.err.strip().splitlines()) <= 3
    assert re.search(says, said.err)
    assert "Traceback" not in said.err
    assert tree(root) == before
    assert sorted(p.name for p in (root / "out").iterdir()) == ["mine.txt"]


@pytest.mark.parametrize(
    "epoch", ["99999999999999", "9" * 30, "9" * 5000, "-1", "yesterday", "1_000", "²"]
)
def test_a_time_that_no_calendar_has(
    texts: Path,
    epoch: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert main(["run"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert re.match(r"align: SOURCE_DATE_EPOCH=.{1,43}: not a number of seconds.*unset", said.err)
    assert not Path("out").exists()


@pytest.mark.parametrize("case", ["one language", "broken docx", "output under a file"])
def test_the_same_as_a_process(
    texts: Path,
    case: str,
    run_process: RunProcess,
) -> None:
    change, arguments, says = CASES[case]
    change(texts)
    Path("file").write_text("in the way")
    done = run_process(*arguments.split())
    assert done.returncode == 2
    assert re.search(says, done.stderr)
    assert "Traceback" not in done.stderr


def test_the_others_are_aligned_if_one_version_is_missing(
    texts: Path, stand_in: object, capsys: pytest.CaptureFixture[str]
) -> None:
    (texts / "it/tiny.md").unlink()
    (texts / "tiny.toml").write_text('[versions.it]\ntitle = "Dichiarazione"\n')
    assert main(["run", "--fail-on", "never"]) == 0
    said = capsys.readouterr().out
    assert "no version in Italian" in said
    assert "en ja" in said
    assert list(Path("out/tiny").iterdir())
