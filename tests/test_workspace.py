"""The texts folder: what is found, what is refused, and writing all or nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import tei_sample
from conftest import tree
from parallel_statement.cli import main
from parallel_statement.errors import InputError, OutputError, UnknownNameError
from parallel_statement.formats.glossary import render_glossary
from parallel_statement.model import CheckedText, Concept, Designation, Glossary
from parallel_statement.workspace import (
    check,
    open_files,
    open_texts,
    read_metadata,
    render,
    write,
    write_files,
)
from test_formats_exports import sample as export_sample


def put(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


# --- finding ---------------------------------------------------------------------------------


def test_versions_are_found_by_folder_and_stem(tmp_path: Path) -> None:
    put(tmp_path, {"ja/b.txt": "x", "en/b.md": "x", "en/a.md": "x", "pt-BR/a.html": "x"})
    found = open_texts(tmp_path)
    assert [(entry.id, list(entry.files)) for entry in found.entries] == [
        ("a", ["en", "pt-BR"]),
        ("b", ["en", "ja"]),
    ]
    assert found.entries[0].names == {"en": "en/a.md", "pt-BR": "pt-BR/a.html"}
    assert found.glossary is None


@pytest.mark.parametrize("extension", [".csv", ".xlsx", ".tbx", ".utx", ".rdf"])
def test_glossary_beside_the_texts_is_used(texts: Path, extension: str) -> None:
    path = texts / f"glossary{extension}"
    concept = Concept("law", (Designation("en", "rule of law"),))
    path.write_bytes(render_glossary(Glossary((concept,)), path))
    read = open_texts(texts).read_glossary()
    assert read is not None
    assert read.concepts == (concept,)


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "NOTICE.md",
        ".hidden.md",
        ".git/config",
        "en/tiny.md~",
        "en/tiny.bak",
        "en/~$tiny.docx",
        "en/.tiny.md.swp",
        "en/#tiny.md#",
        "en/README.md",
        "en/.DS_Store",
        "en/Thumbs.db",
    ],
)
def test_files_that_are_no_texts_are_ignored(texts: Path, name: str) -> None:
    put(texts, {name: "x"})
    (entry,) = open_texts(texts).entries
    assert [path.name for path in entry.files.values()] == ["tiny.md"] * 3


def test_languages_come_in_the_order_of_the_metadata(texts: Path) -> None:
    put(texts, {"tiny.toml": "[versions.it]\n[versions.en]\n[versions.ja]\n"})
    assert list(open_texts(texts).entries[0].files) == ["it", "en", "ja"]


def test_metadata_is_found_by_a_name_in_another_normal_form(tmp_path: Path) -> None:
    put(
        tmp_path, {"en/caff\u00e8.md": "x", "it/caff\u00e8.md": "x", "caffe\u0300.toml": 'id = "c"'}
    )
    assert open_texts(tmp_path).entries[0].id == "c"


def test_languages_without_metadata_come_sorted(texts: Path) -> None:
    assert list(open_texts(texts).entries[0].files) == ["en", "it", "ja"]


def test_language_tags_are_spelt_as_usual(tmp_path: Path) -> None:
    put(tmp_path, {"EN/a.md": "x", "pt_br/a.md": "x"})
    assert list(open_texts(tmp_path).entries[0].files) == ["en", "pt-BR"]


@pytest.mark.parametrize("known_from", ["metadata", "another document"])
def test_a_missing_version_is_named(texts: Path, known_from: str) -> None:
    (texts / "it/tiny.md").unlink()
    if known_from == "metadata":
        put(texts, {"tiny.toml": '[versions.it]\ntitle = "Dichiarazione"\n'})
    else:
        put(texts, {"en/other.md": "x", "it/other.md": "x"})
    entry = next(e for e in open_texts(texts).entries if e.id == "tiny")
    assert set(entry.files) == {"en", "ja"}
    assert entry.missing == ("it",)
    (notice,) = entry.notices
    assert "Italian" in notice


def test_a_complete_document_has_no_notice(texts: Path) -> None:
    assert open_texts(texts).entries[0].notices == ()


@pytest.mark.parametrize(
    ("files", "at", "says"),
    [
        ({"en/a.md": "x"}, "en/a.md", "a second version is needed"),
        ({"en/a.md": "x", "en/a.txt": "x", "ja/a.md": "x"}, "en/a.txt", "en/a.md"),
        ({"english/a.md": "x", "ja/a.md": "x"}, "english", "no language tag"),
        ({"en/a.odt": "x", "ja/a.md": "x"}, "en/a.odt", ".docx"),
        ({"en/a.md": "x", "ja/a.md": "x", "b.md": "x"}, "b.md", "move it into"),
        ({"en/a.md": "x", "ja/a.md": "x", "b.toml": ""}, "b.toml", "describes no text"),
        ({"glossary.csv": "x"}, "", "holds no texts"),
        ({"de/#.md": "x", "en/.DS_Store": "x"}, "", "passed over because of their names"),
        ({"de/#.md": "x"}, "", "de/#.md"),
        ({"en/a.md": "x", "ja/.a.md": "x"}, "en/a.md", "ja/.a.md"),
        (
            {"en/a.md": "", "ja/a.md": "", "en/b.md": "", "ja/b.md": "", "b.toml": 'id = "a"'},
            "",
            "two documents",
        ),
    ],
)
def test_a_folder_that_makes_no_documents_is_refused(
    tmp_path: Path, files: dict[str, str], at: str, says: str
) -> None:
    put(tmp_path, files)
    with pytest.raises(InputError) as caught:
        open_texts(tmp_path)
    assert Path(caught.value.path) == tmp_path / at
    assert says in caught.value.message


@pytest.mark.parametrize("place", ["nowhere", "a-file"])
def test_no_folder(tmp_path: Path, place: str) -> None:
    (tmp_path / "a-file").write_text("x")
    with pytest.raises(InputError, match=place):
        open_texts(tmp_path / place)


def test_an_unknown_document_is_answered_with_the_known(texts: Path) -> None:
    with pytest.raises(UnknownNameError, match="tiny"):
        open_texts(texts).entry("other")


def test_named_files_make_one_document(texts: Path) -> None:
    (entry,) = open_files({"en": texts / "en/tiny.md", "ja": texts / "ja/tiny.md"}).entries
    assert (entry.id, entry.names) == ("tiny", {"en": "tiny.md", "ja": "tiny.md"})
    assert [document.language for document in entry.load()] == ["en", "ja"]


def test_one_named_file_is_not_enough(texts: Path) -> None:
    with pytest.raises(InputError, match="second version"):
        open_files({"en": texts / "en/tiny.md"})


# --- checking --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("omissions", "notices"),
    [
        ({}, ()),
        ({"ja": ("2 footnotes", "1 text box")}, ("ja/t.md: left out: 2 footnotes, 1 text box",)),
        (
            {"it": ("deleted text",), "en": ("1 comment",)},
            ("en/t.md: left out: 1 comment", "it/t.md: left out: deleted text"),
        ),
    ],
)
def test_what_was_left_out_becomes_a_notice_in_every_result(
    omissions: dict[str, tuple[str, ...]], notices: tuple[str, ...]
) -> None:
    text = export_sample().text
    versions = tuple(
        replace(v, document=replace(v.document, omissions=omissions.get(v.language, ())))
        for v in text.versions
    )
    checked = check(replace(text, versions=versions))
    assert checked.text.notices == (*text.notices, *notices)
    page = render(checked, ["html"])["t.html"].decode()
    data = json.loads(render(checked, ["json"])["t.json"])
    for notice in notices:
        assert notice in page
        assert notice in data["notices"]
    assert [v["omissions"] for v in data["versions"]] == [
        list(omissions.get(v.language, ())) for v in versions
    ]


# --- metadata --------------------------------------------------------------------------------


def test_metadata_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(
        'id = "js"\ntitle = "Statement"\ndate = 2026-01-16\nissuers = ["A", "B"]\n'
        '[versions.EN]\ntitle = "Statement, in English"\nstatus = "official"\n[versions.ja]\n',
        encoding="utf-8",
    )
    identifier, metadata = read_metadata(path)
    assert (identifier, metadata.title, metadata.date) == ("js", "Statement", "2026-01-16")
    assert metadata.issuers == ("A", "B")
    assert list(metadata.versions) == ["en", "ja"]
    assert metadata.versions["en"].status == "official"
    assert metadata.versions["ja"].title == "Statement"


@pytest.mark.parametrize(
    "address", ["https://example.org", "HTTP://example.org:80/日本?a=b#c", "https://a.org?b", ""]
)
def test_a_web_address_is_kept(tmp_path: Path, address: str) -> None:
    (tmp_path / "a.toml").write_text(f'licence_url = "{address}"', encoding="utf-8")
    assert read_metadata(tmp_path / "a.toml").metadata.licence_url == address


@pytest.mark.parametrize("date", ["2026", "2026-01", "2026-01-16"])
def test_a_date_may_be_less_than_a_day(tmp_path: Path, date: str) -> None:
    (tmp_path / "a.toml").write_text(f'date = "{date}"')
    assert read_metadata(tmp_path / "a.toml").metadata.date == date


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('title = "A"\ntitel = "B"', 2, "'titel'.*known keys: id, title"),
        ('title = "A"\n[versions.ja]\ntitle = "B"\nlicense = "C"', 4, "'license' of .*licence"),
        ('\ndate = "16 January 2026"', 2, "not a date"),
        ('date = "2026-02-30"', 1, "not a date"),
        ('id = "a b"', 1, "cannot be an id"),
        ('title = "A"\nissuers = "B"', 2, "list of texts"),
        ("title = 5", 1, "quotation marks"),
        ('id = "a"\ntitle = " "', 2, "title is empty; fill it in"),
        ('title = "A"\n[versions.it]\ntitle = ""', 3, "title is empty; fill it in"),
        ('title = "A"\nissuers = []', 2, "issuers has an empty entry or none; fill"),
        ('issuers = ["A", ""]', 1, "issuers has an empty entry or none; fill"),
        ('keywords = [" "]', 1, "keywords has an empty entry"),
        ('licence_url = "CC BY 4.0"', 1, "licence_url 'CC BY 4.0' is not a web address.*licence"),
        ('\nlicence_url = "ftp://example.org/"', 2, "is not a web address; it begins with https"),
        ('[versions.it]\n\nsource_url = "https://a.org/b c"', 3, "source_url .*no spaces.*source"),
        ('[versions.it]\nlicence_url = "https://"', 2, "is not a web address"),
        ('[versions.ja]\ntitle = "A"\n[versions.it]\ntitle = 5', 4, "quotation marks"),
        ('[versions.english]\ntitle = "A"', 1, "english"),
        ('title = "A"\nplace = Tokyo', 2, "not valid TOML"),
    ],
)
def test_metadata_that_mean_nothing_are_refused_by_line(
    tmp_path: Path, text: str, line: int, says: str
) -> None:
    path = tmp_path / "a.toml"
    path.write_text(text)
    with pytest.raises(InputError, match=says) as caught:
        read_metadata(path)
    assert (caught.value.path, caught.value.line) == (str(path), line)


def test_metadata_in_another_encoding_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes('title = "共同声明"'.encode("shift_jis"))
    with pytest.raises(InputError, match="UTF-8"):
        read_metadata(path)


# --- writing ---------------------------------------------------------------------------------


def test_files_are_written_and_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "out"
    paths = write_files(out, {"a/x.xml": b"1", "a/y.html": b"2"})
    assert paths == (out / "a/x.xml", out / "a/y.html")
    assert tree(tmp_path) == {"out/a/x.xml": b"1", "out/a/y.html": b"2"}


def test_older_results_are_replaced_and_others_kept(tmp_path: Path) -> None:
    put(tmp_path, {"x.xml": "old", "mine.txt": "kept"})
    write_files(tmp_path, {"x.xml": b"new"})
    assert tree(tmp_path) == {"x.xml": b"new", "mine.txt": b"kept"}


@pytest.mark.parametrize("obstacle", ["out", "out/b"])
def test_a_file_in_the_place_of_a_folder_changes_nothing(tmp_path: Path, obstacle: str) -> None:
    put(tmp_path, {obstacle: "in the way"})
    with pytest.raises(OutputError, match="is a file"):
        write_files(tmp_path / "out", {"a/x.xml": b"1", "b/x.xml": b"2"})
    assert tree(tmp_path) == {obstacle: b"in the way"}
    assert not (tmp_path / "out/a").exists()


def test_a_folder_in_the_place_of_a_file_changes_nothing(tmp_path: Path) -> None:
    put(tmp_path, {"x.xml": "old", "y.xml/inside": "kept"})
    with pytest.raises(OutputError, match=r"y\.xml"):
        write_files(tmp_path, {"x.xml": b"new", "y.xml": b"new"})
    assert tree(tmp_path) == {"x.xml": b"old", "y.xml/inside": b"kept"}


@pytest.mark.parametrize("stem", ["s" * 240, "s" * 252, "声" * 80, "#" * 240])
def test_texts_with_very_long_names(tmp_path: Path, stem: str) -> None:
    put(tmp_path, {f"en/{stem}.md": "x", f"ja/{stem}.md": "x"})
    if stem.startswith("#"):
        with pytest.raises(InputError, match="holds no texts"):
            open_texts(tmp_path)
    else:
        (entry,) = open_texts(tmp_path).entries
        assert entry.id == stem


def test_long_names_can_be_written(tmp_path: Path) -> None:
    name = "s" * 240 + "/" + "s" * 240 + ".html"
    assert write_files(tmp_path, {name: b"1"}) == (tmp_path / name,)
    assert tree(tmp_path) == {name: b"1"}


def test_a_name_that_is_too_long_is_answered_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r'sss\.html: a name that is too long.*id = "js2026"'):
        write_files(tmp_path, {"a/x.xml": b"1", "a/" + "s" * 251 + ".html": b"2"})
    assert tree(tmp_path) == {}
    assert not (tmp_path / "a").exists()


def test_a_full_disk_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, {"x.xml": "old"})
    write = Path.write_bytes

    def fail_at_second(path: Path, data: bytes) -> int:
        if data == b"new, second":
            write(path, data[:1])
            raise OSError(28, "No space left on device")
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", fail_at_second)
    with pytest.raises(OutputError, match="No space left"):
        write_files(tmp_path, {"x.xml": b"new", "sub/y.xml": b"new, second"})
    assert tree(tmp_path) == {"x.xml": b"old"}
    assert not (tmp_path / "sub").exists()


# --- what an earlier run left ----------------------------------------------------------------


def without_italian() -> CheckedText:
    """Return the demo text as if the Italian version had been taken away."""
    checked = tei_sample.checked()
    text = checked.text
    alignments = [
        replace(
            level,
            beads=tuple(
                replace(bead, ranges={tag: bead.ranges[tag] for tag in ("en", "ja")})
                for bead in level.beads
                if bead.ranges["en"].size or bead.ranges["ja"].size
            ),
            pairs={("en", "ja"): level.pairs["en", "ja"]},
        )
        for level in (text.paragraphs, text.sentences)
    ]
    rest = replace(
        text, versions=text.versions[:2], paragraphs=alignments[0], sentences=alignments[1]
    )
    mentions = {tag: checked.mentions[tag] for tag in rest.languages}
    return replace(checked, text=rest, mentions=mentions, findings=())


def test_the_tei_of_a_version_that_is_gone_is_removed(tmp_path: Path) -> None:
    write(tei_sample.checked(), tmp_path, ["tei", "html"])
    assert (tmp_path / "tei/demo-it.xml").is_file()
    write(without_italian(), tmp_path, ["tei"])
    assert sorted(tree(tmp_path)) == [
        "demo.html",
        "tei/demo-en.xml",
        "tei/demo-ja.xml",
        "tei/demo.xml",
    ]


def test_another_format_leaves_the_tei_alone(tmp_path: Path) -> None:
    write(tei_sample.checked(), tmp_path, ["tei"])
    before = tree(tmp_path)
    write(without_italian(), tmp_path, ["json", "html"])
    assert before.items() <= tree(tmp_path).items()


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("demo-fr.xml", b"", b""),  # a copy: its id is that of the Italian
        ("demo-it-1.xml", b"", b""),
        ("other-it.xml", b"", b""),
        ("demo-it.xml", b'xml:id="demo-it"', b'xml:id="mine"'),
        ("demo-it.xml", b"<TEI ", b"<!-- kept by hand --><TEI "),
        ("demo-it.xml", b"<TEI ", b"<teiCorpus "),
        ("demo-it.txt", b"", b""),
        ("sub/demo-it.xml", b"", b""),
        ("../demo-it.xml", b"", b""),
    ],
)
def test_what_is_not_proved_to_be_ours_is_kept(
    tmp_path: Path, name: str, old: bytes, new: bytes
) -> None:
    data = render(tei_sample.checked(), ["tei"])["tei/demo-it.xml"]
    path = tmp_path / "out/tei" / name
    (tmp_path / "out/tei/sub").mkdir(parents=True)
    path.write_bytes(data.replace(old, new, 1))
    write(without_italian(), tmp_path / "out", ["tei"])
    assert path.read_bytes() == data.replace(old, new, 1)


def test_a_document_whose_id_looks_like_a_version_is_kept(tmp_path: Path) -> None:
    files = render(tei_sample.checked(), ["tei"])
    other = {
        name.replace("demo", "demo-it"): data.replace(b"demo", b"demo-it")
        for name, data in files.items()
    }
    write_files(tmp_path, files | other)  # the corpus of the other is called demo-it.xml
    write(without_italian(), tmp_path, ["tei"])
    assert set(other) <= set(tree(tmp_path))


def test_the_command_says_what_it_removed(
    texts: Path, stand_in: object, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["run", "--fail-on", "never", "--format", "tei"]
    assert main(command) == 0
    assert "removed" not in capsys.readouterr().out
    (texts / "it/tiny.md").unlink()
    assert main(command) == 0
    said = capsys.readouterr().out
    assert "removed, of versions that are gone:\n  out/tiny/tei/tiny-it.xml\n" in said
    assert not Path("out/tiny/tei/tiny-it.xml").exists()
