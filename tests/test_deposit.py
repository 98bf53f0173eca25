"""Packages for archives: complete, the same every time, and read by the tools of others."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import warnings
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

import parallel_statement as ps
from deposit_sample import GOLDEN, complete, described
from parallel_statement.cli import main
from parallel_statement.errors import OutputError, UnknownNameError
from parallel_statement.model import CheckedText, Metadata, VersionMetadata
from parallel_statement.packaging import ARCHIVES, missing, package
from parallel_statement.validation import validate_tei

ROOT = Path(__file__).parent.parent
EACH = pytest.mark.parametrize("archive", ARCHIVES)
KERNEL = "{http://datacite.org/schema/kernel-4}"


def payload(archive: str) -> dict[str, bytes]:
    """Return the files of a package, without the folder that a bag puts around them."""
    files = package(complete(), archive)
    inside = {name.removeprefix("data/"): data for name, data in files.items()}
    return inside if ARCHIVES[archive].bag else files


def metadata_without(key: str, tag: str = "") -> CheckedText:
    """Return the sample without one fact of the document, or of the version in *tag*."""
    checked = complete()
    stated = checked.text.metadata
    empty = () if isinstance(getattr(stated, key, ""), tuple) else ""
    if tag:
        own = replace(stated.versions[tag], **{key: ""})
        stated = replace(stated, versions={**stated.versions, tag: own})
    else:
        stated = replace(stated, **{key: empty})
    return replace(checked, text=replace(checked.text, metadata=stated))


# --- what is in it -----------------------------------------------------------------------


def test_what_describes_the_package_is_as_it_was() -> None:
    files = described(package(complete()))
    assert {p.relative_to(GOLDEN).as_posix() for p in GOLDEN.rglob("*") if p.is_file()} == {*files}
    for name, data in files.items():
        assert data.decode() == (GOLDEN / name).read_text(encoding="utf-8"), name


@EACH
def test_the_files_of_a_package(archive: str) -> None:
    assert {*payload(archive)} >= {
        "README.txt",
        "LICENCE.txt",
        "manifest-sha256.txt",
        "ro-crate-metadata.json",
        "schema/parallel-statement.rng",
        "tei/demo.xml",
        "tei/demo-ja.xml",
    }
    names = [part for name in payload(archive) for part in name.split("/")]
    assert all(re.fullmatch(r"[A-Za-z0-9.-]+", name) for name in names)


@EACH
def test_the_tei_of_a_package_is_valid_and_holds_the_text(archive: str, tmp_path: Path) -> None:
    (path, *_) = ps.deposit(complete(), tmp_path / "package.zip", archive)
    shutil.unpack_archive(path, tmp_path)
    folder = tmp_path / "package/data/tei" if archive == "generic" else tmp_path / "package/tei"
    assert validate_tei(folder) == ()
    assert ps.read_tei(folder) == complete()


@EACH
def test_sums_are_those_of_the_files(archive: str, tmp_path: Path) -> None:
    ps.deposit(complete(), tmp_path, archive)
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", *sorted(p.name for p in tmp_path.glob("*manifest*"))],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    checked = {line.removesuffix(": OK") for line in done.stdout.splitlines()}
    there = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    assert there - checked <= {"manifest-sha256.txt", "tagmanifest-sha256.txt"}


def test_the_crate_names_every_file_and_every_thing_it_points_to() -> None:
    files = payload("clarin")
    graph = json.loads(files["ro-crate-metadata.json"])["@graph"]
    entities = {entity["@id"]: entity for entity in graph}
    assert len(entities) == len(graph)
    described = {name for name, entity in entities.items() if entity["@type"] == "File"}
    assert described == files.keys() - {"ro-crate-metadata.json", "manifest-sha256.txt"}
    assert {part["@id"] for part in entities["./"]["hasPart"]} == described
    for name in described:
        assert int(entities[name]["contentSize"]) == len(files[name])
    pointed = set(
        re.findall(r'\{\s*"@id": "([^"]+)"\s*\}', files["ro-crate-metadata.json"].decode())
    )
    assert pointed <= {*entities, "https://w3id.org/ro/crate/1.1"}
    japanese = entities["tei/demo-ja.xml"]
    assert japanese["inLanguage"] == "ja"
    assert entities[japanese["isBasedOn"]["@id"]]["name"] == "共同声明"


def test_the_record_for_datacite_has_what_its_schema_demands() -> None:
    root = etree.fromstring(payload("generic")["datacite.xml"])
    names = [etree.QName(child).localname for child in root]
    assert names[:2] == ["identifier", "creators"]
    for path, said in {
        "identifier": ":tba",
        "creators/creator/creatorName": "Government of Japan",
        "titles/title": "Demo Joint Statement",
        "publisher": "Demo archive",
        "publicationYear": "2026",
        "resourceType": "Parallel text",
    }.items():
        assert root.findtext("/".join(KERNEL + step for step in path.split("/"))) == said
    assert root.find(f"{KERNEL}identifier").get("identifierType") == "DOI"
    assert root.find(f"{KERNEL}resourceType").get("resourceTypeGeneral") == "Dataset"
    assert all(len(child) or child.text for child in root)


@pytest.mark.parametrize(
    "stated", ["10.1234/demo.1", "doi:10.1234/demo.1", "https://doi.org/10.1234/demo.1"]
)
def test_a_doi_is_known_for_one(stated: str) -> None:
    checked = complete()
    metadata = replace(checked.text.metadata, identifier=stated)
    files = package(replace(checked, text=replace(checked.text, metadata=metadata)))
    root = etree.fromstring(files["data/datacite.xml"])
    assert root.findtext(f"{KERNEL}identifier") == "10.1234/demo.1"
    assert root.find(f"{KERNEL}alternateIdentifiers") is None


def test_the_readme_tells_what_a_person_must_know() -> None:
    readme = payload("ota")["README.txt"].decode()
    for said in ("unofficial translation", "A. Translator", "2 links were fixed", "0" * 64):
        assert said in readme
    assert all(len(line) < 80 or " " not in line.strip() for line in readme.splitlines())


@EACH
def test_the_same_text_makes_the_same_bytes(archive: str, tmp_path: Path) -> None:
    one, other = (ps.deposit(complete(), tmp_path / n / "p.zip", archive)[0] for n in "ab")
    assert one.read_bytes() == other.read_bytes()
    with ZipFile(BytesIO(one.read_bytes())) as packed:
        assert all(name.startswith("p/") for name in packed.namelist())


# --- the tools of others -----------------------------------------------------------------


def test_a_bag_is_one_for_the_library_of_congress(tmp_path: Path) -> None:
    bagit = pytest.importorskip("bagit", reason="bagit is not installed (requirements/deposit.txt)")
    ps.deposit(complete(), tmp_path)
    bag = bagit.Bag(str(tmp_path))
    assert bag.validate()
    assert bag.info["Source-Organization"] == "Demo archive"
    (tmp_path / "data/README.txt").write_text("changed")
    assert not bagit.Bag(str(tmp_path)).is_valid()


def test_a_crate_is_one_for_rocrate(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own business
        module = pytest.importorskip(
            "rocrate.rocrate", reason="rocrate is not installed (requirements/deposit.txt)"
        )
        ps.deposit(complete(), tmp_path, "tapas")
        crate = module.ROCrate(str(tmp_path))
    assert crate.name == "Demo Joint Statement"
    assert crate.datePublished.date().isoformat() == "2026-11-23"
    assert crate.license["name"] == "CC BY 4.0"
    assert crate.get("tei/demo-ja.xml")["encodingFormat"] == "application/tei+xml"
    assert [each["name"] for each in crate.root_dataset["author"]] == [
        "Government of Japan",
        "Government of Italy",
    ]


# --- what is refused ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("archive", "key", "tag", "line"),
    [
        (archive, key, "", f"{key} = ")
        for archive, known in ARCHIVES.items()
        for key in known.document
    ]
    + [
        (archive, key, "ja", f"{key} = ")
        for archive, known in ARCHIVES.items()
        for key in known.version
    ],
)
def test_what_is_not_stated_is_asked_for(archive: str, key: str, tag: str, line: str) -> None:
    checked = metadata_without(key, tag)
    (thing,) = missing(checked, archive, metadata="texts/demo.toml")
    assert thing.line.startswith(line)
    assert thing.where.startswith("texts/demo.toml")
    assert ("[versions.ja]" in thing.where) == bool(tag)
    with pytest.raises(OutputError, match=re.escape(thing.line)):
        package(checked, archive)


def test_all_that_is_missing_is_named_at_once(tmp_path: Path) -> None:
    checked = complete()
    bare = replace(checked, text=replace(checked.text, metadata=Metadata("demo")), date=None)
    lacking = missing(bare, "clarin")
    assert len(lacking) == 6 + 1 + 3 * 4
    with pytest.raises(OutputError) as caught:
        ps.deposit(bare, tmp_path / "p", "clarin")
    assert all(each.line in str(caught.value) for each in lacking)
    assert not (tmp_path / "p").exists()


def test_the_lines_that_are_asked_for_can_be_read(tmp_path: Path) -> None:
    from parallel_statement.workspace.metadata import read_metadata

    checked = complete()
    bare = replace(checked, text=replace(checked.text, metadata=Metadata()))
    asked = missing(bare, "ota")
    top = [each.line for each in asked if "[" not in each.where]
    tables = {each.where.split("[")[-1]: [] for each in asked if "[" in each.where}
    for each in asked:
        if "[" in each.where:
            tables[each.where.split("[")[-1]].append(each.line)
    path = tmp_path / "demo.toml"
    lines = [*top, *(line for name, own in tables.items() for line in [f"[{name}", *own])]
    path.write_text("\n".join(lines), encoding="utf-8")
    stated = read_metadata(path).metadata
    assert not missing(replace(bare, text=replace(bare.text, metadata=stated)), "ota")


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    small = replace(ARCHIVES["tapas"], largest=100)
    monkeypatch.setitem(ARCHIVES, "tapas", small)  # type: ignore[arg-type]
    with pytest.raises(OutputError, match=r"tei/demo\.xml has .* bytes, and TAPAS takes 100"):
        package(complete(), "tapas")


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    ps.deposit(complete(), tmp_path)
    ps.deposit(complete(), tmp_path)
    (tmp_path / "data/notes.txt").write_text("mine")
    with pytest.raises(OutputError, match=r"holds data/notes\.txt"):
        ps.deposit(complete(), tmp_path)
    assert (tmp_path / "data/notes.txt").read_text() == "mine"


def test_an_unknown_archive() -> None:
    with pytest.raises(UnknownNameError, match="clarin, ota, tapas, generic"):
        package(complete(), "zenodo")


# --- the command -------------------------------------------------------------------------

METADATA = """
title = "Tiny Statement"
issuers = ["A", "B"]
publisher = "C"
licence = "CC0"
[versions.en]
status = "official text"
source = "a"
licence = "public domain"
[versions.ja]
status = "translation"
source = "b"
licence = "CC0"
"""


@pytest.mark.usefixtures("stand_in")
def test_the_command_names_the_lines_and_then_writes(
    texts: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    shutil.rmtree(texts / "it")
    arguments = ["deposit", str(texts), "--for", "generic", "--out", "bag"]
    assert main(arguments) == 2
    said = capsys.readouterr().err
    assert "to texts/tiny.toml, under [versions.ja]:" in said
    assert "--date 2026-03-03" in said
    assert not (tmp_path / "bag").exists()
    (texts / "tiny.toml").write_text(METADATA, encoding="utf-8")
    assert main([*arguments, "--date", "2026-11-23"]) == 0
    first = {p: p.read_bytes() for p in (tmp_path / "bag").rglob("*") if p.is_file()}
    assert main([*arguments, "--date", "2026-11-23"]) == 0
    assert first == {p: p.read_bytes() for p in (tmp_path / "bag").rglob("*") if p.is_file()}
    assert "bag/data/README.txt" in capsys.readouterr().out
    assert main(["deposit", str(texts), "--for", "nobody"]) == 2
    assert "clarin, ota, tapas, generic" in capsys.readouterr().err


def test_tei_is_deposited_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ps.write(complete(), tmp_path / "out", "tei")
    place = tmp_path / "demo.zip"
    arguments = ["deposit", str(tmp_path / "out/tei"), "--for", "clarin", "--out", str(place)]
    assert main([*arguments, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"files": [place.as_posix()]}
    with ZipFile(place) as packed:
        data = packed.read("demo/tei/demo-ja.xml")
    assert (
        sha256(data).digest() == sha256(package(complete(), "clarin")["tei/demo-ja.xml"]).digest()
    )


BY_AN_EDITOR = {
    "<editorialDecl>": "<projectDesc><p>Treaties of the museum.</p></projectDesc><editorialDecl>",
    "<langUsage>": "<particDesc><listPerson><person xml:id='a'><persName>Anna</persName></person>"
    "</listPerson></particDesc><langUsage>",
    "</s></p>": "</s><note>See the protocol.</note></p>",
}
"""What an archivist adds: before, and after."""


def test_tei_that_a_person_worked_on_is_deposited_with_all_that_was_added(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ps.write(complete(), tmp_path, "tei")
    path = tmp_path / "tei/demo-it.xml"
    words = path.read_text(encoding="utf-8")
    for old, new in BY_AN_EDITOR.items():
        assert old in words
        words = words.replace(old, new, 1)
    path.write_text(words, encoding="utf-8")
    arguments = ["deposit", str(path.parent), "--date", "2026-11-23", "--out"]
    assert main([*arguments, str(tmp_path / "no")]) == 2
    assert "remove xenoData" in capsys.readouterr().err
    assert not (tmp_path / "no").exists()
    path.write_text(re.sub(" *<xenoData.*?</xenoData>\n", "", words, flags=re.DOTALL), "utf-8")
    assert main([*arguments, str(tmp_path / "yes")]) == 0
    for name in ("demo.xml", "demo-it.xml"):
        deposited = tmp_path / "yes/data/tei" / name
        assert deposited.read_bytes() == (tmp_path / "tei" / name).read_bytes()


def test_the_statement_can_be_deposited_everywhere() -> None:
    entry = ps.open_texts(ROOT / "texts").entries[0]
    checked = complete()
    stated = replace(checked.text, metadata=entry.metadata)
    for archive in ARCHIVES:
        assert missing(replace(checked, text=stated), archive) == ()
    assert isinstance(entry.metadata.versions["ja"], VersionMetadata)
