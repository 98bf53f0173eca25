"""A folder of texts: what documents there are, and in which languages.

::

    texts/
      glossary.csv, .xlsx, .tbx ...  terms of all documents (optional)
      statement.toml               what is known of the document (optional)
      statement.corrections.jsonl  what a person decided of its alignment (optional)
      statement.waivers.json       which findings a person accepts (optional)
      en/statement.md              its versions: one folder a language, one stem a document
      ja/statement.docx
      it/statement.html
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from parallel_statement import formats, languages
from parallel_statement.errors import InputError, UnknownNameError
from parallel_statement.formats.glossary import FORMATS, read_glossary
from parallel_statement.languages import standard_tag
from parallel_statement.model import Document, Glossary, LanguageTag, Metadata
from parallel_statement.names import ncname
from parallel_statement.workspace import corrections, waivers
from parallel_statement.workspace.metadata import read_metadata

_NO_TEXTS = {"readme", "notice", "license", "licence", "copying", "changelog"}
_BACKUPS = (".bak", ".orig", ".swp", ".tmp", "~")
_SYSTEM_FILES = {"thumbs.db", "desktop.ini"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of a workspace: where its versions are and what is known of it."""

    id: str
    files: Mapping[LanguageTag, Path]
    """Two or more, in the order in which the languages are to be shown."""
    names: Mapping[LanguageTag, str]
    """The files' names for provenance: relative, never a path of this machine."""
    metadata: Metadata
    missing: tuple[LanguageTag, ...] = ()
    """Languages of the workspace or the metadata in which there is no version."""
    corrections: Path | None = None
    """What a person decided; need not be there; None for files that were named one by one."""
    waivers: Path | None = None
    """The waivers file; likewise."""

    @property
    def notices(self) -> tuple[str, ...]:
        """What a reader of the result must know."""
        return tuple(
            f"no version in {languages.get(tag).name} ({tag}) was found; "
            f"aligned without it: {', '.join(self.files)}"
            for tag in self.missing
        )

    def load(self, encodings: Mapping[LanguageTag, str] | None = None) -> tuple[Document, ...]:
        """Return the documents, one a language, in order.

        Args:
            encodings: Those of text files that are known; the others are found out.
        """
        known = encodings or {}
        return tuple(
            formats.read(
                path,
                language,
                id=self.id,
                name=self.names[language],
                encoding=known.get(language),
            )
            for language, path in self.files.items()
        )


@dataclass(frozen=True, slots=True)
class Workspace:
    """The documents that belong together, and the glossary that they share."""

    entries: tuple[Entry, ...]
    glossary: Path | None = None
    folder: Path | None = None
    """The texts folder; None for files that were named one by one."""

    def entry(self, identifier: str) -> Entry:
        """Return the document that is called *identifier*.

        Raises:
            UnknownNameError: there is none.
        """
        for entry in self.entries:
            if entry.id == identifier:
                return entry
        raise UnknownNameError("document", identifier, (entry.id for entry in self.entries))

    def read_glossary(self, path: Path | None = None) -> Glossary | None:
        """Return the glossary in *path*, else that of the workspace, else None."""
        chosen = path or self.glossary
        return read_glossary(chosen) if chosen else None


def open_texts(folder: Path | str, documents: Collection[str] = ()) -> Workspace:
    """Return the documents of *folder*, sorted by id.

    Args:
        folder: With a folder for each language in it.
        documents: Ids of the documents wanted; the others may be incomplete. All without it.

    Raises:
        InputError: the folder is missing, or its files do not make documents.
        UnknownNameError: *documents* names one that is not there.
    """
    folder = Path(folder)
    if not folder.is_dir():
        reason = "is a file, not a folder" if folder.exists() else "no such folder"
        raise InputError(folder, f"{reason}; texts are expected in <folder>/<language>/")
    by_stem: dict[str, dict[LanguageTag, Path]] = {}
    for language, path in _texts(folder):
        files = by_stem.setdefault(unicodedata.normalize("NFC", path.stem), {})
        if language in files:
            raise InputError(
                path, f"a second file for one text beside {files[language]}; remove one of them"
            )
        files[language] = path
    _refuse_strays(folder, by_stem)
    if not by_stem:
        advice = "holds no texts; put them in <folder>/en/, <folder>/ja/ ..."
        raise InputError(folder, advice + _passed_over(folder))
    spoken = sorted({language for files in by_stem.values() for language in files})
    entries = [_entry(folder, stem, files, spoken) for stem, files in by_stem.items()]
    entries.sort(key=lambda entry: entry.id)
    for first, second in pairwise(entries):
        if first.id == second.id:
            both = ", ".join(str(next(iter(e.files.values()))) for e in (first, second))
            raise InputError(folder, f"two documents have the id {first.id!r}: {both}")
    found = Workspace(tuple(entries), own_glossary(folder), folder)
    if documents:
        chosen = {found.entry(name).id for name in documents}
        found = replace(found, entries=tuple(e for e in entries if e.id in chosen))
    for entry in found.entries:
        _refuse_single(folder, entry)
    return found


def open_files(files: Mapping[str, Path]) -> Workspace:
    """Return a workspace of one document, whose versions are *files*, a language each."""
    paths = {standard_tag(tag): Path(path) for tag, path in files.items()}
    if len(paths) < 2:
        only = next(iter(paths.values()), Path())
        raise InputError(only, "a second version is needed: name a file in another language")
    stem = next(iter(paths.values())).stem
    names = {language: path.name for language, path in paths.items()}
    return Workspace((Entry(ncname(stem), paths, names, Metadata(title=stem)),))


def _texts(folder: Path) -> Iterator[tuple[LanguageTag, Path]]:
    """Yield language and path of every text in *folder*, sorted by name."""
    for place in sorted(folder.iterdir()):
        if not place.is_dir() or is_passed_over(place):
            continue
        try:
            language = standard_tag(place.name)
        except UnknownNameError as error:
            raise InputError(
                place,
                "the folder's name is no language tag; name it as in en, ja or pt-BR, "
                "or move it out of the texts",
            ) from error
        for path in sorted(place.iterdir()):
            if path.is_dir() or is_passed_over(path):
                continue
            if path.suffix.lower() not in formats.READERS:
                word_processed = path.suffix.lower() in formats.WORD_PROCESSED
                known = f"known: {', '.join(sorted(formats.READERS))}"
                advice = "save it as .docx" if word_processed else known
                raise InputError(path, f"no reader for this kind of file; {advice}")
            yield language, path


def is_passed_over(path: Path) -> bool:
    """Return whether *path* is hidden, an editor's backup or a note about the texts."""
    name = path.name.lower()
    return (
        name.startswith((".", "~$", "#"))
        or name.endswith(_BACKUPS)
        or name in _SYSTEM_FILES
        or path.stem.lower() in _NO_TEXTS
    )


def _passed_over(folder: Path) -> str:
    """Return which files in the language folders a reader could read but their names forbid."""
    names = [
        path.relative_to(folder).as_posix()
        for place in sorted(folder.iterdir())
        if place.is_dir() and not is_passed_over(place)
        for path in sorted(place.iterdir())
        if path.suffix.lower() in formats.READERS and is_passed_over(path)
    ]
    if not names:
        return ""
    shown = ", ".join(names[:5]) + (" ..." if len(names) > 5 else "")
    return f"; passed over because of their names (backups, hidden files, notes): {shown}"


def _refuse_strays(folder: Path, stems: Mapping[str, object]) -> None:
    """Raise an error for a file in *folder* itself that would silently be left out."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() or is_passed_over(path):
            continue
        if path.suffix == ".toml" and unicodedata.normalize("NFC", path.stem) not in stems:
            raise InputError(path, f"describes no text: there is no <language>/{path.stem}.*")
        for suffix, verb in (
            (corrections.SUFFIX, "corrects"),
            (waivers.SUFFIX, "waives findings in"),
        ):
            stem = path.name.removesuffix(suffix)
            if stem != path.name and unicodedata.normalize("NFC", stem) not in stems:
                raise InputError(path, f"{verb} no text: there is no <language>/{stem}.*")
        if path.suffix.lower() in formats.READERS:
            raise InputError(path, "lies outside the language folders; move it into en/, ja/ ...")


def own_glossary(folder: Path) -> Path | None:
    """Return the glossary in *folder*, if there is one."""
    found = [folder / f"glossary{extension}" for extension in FORMATS]
    found = [path for path in found if path.is_file()]
    if len(found) > 1:
        raise InputError(found[1], f"a second glossary beside {found[0].name}; remove one")
    return found[0] if found else None


def _entry(
    folder: Path, stem: str, files: Mapping[LanguageTag, Path], spoken: Sequence[LanguageTag]
) -> Entry:
    """Return the document that *files* make, in the order of the metadata's versions."""
    path = _beside(folder, stem, ".toml")
    identifier, metadata = read_metadata(path) if path else (None, Metadata(title=stem))
    order = tuple(dict.fromkeys((*metadata.versions, *spoken)))
    present = {language: files[language] for language in order if language in files}
    return Entry(
        id=identifier or ncname(stem),
        files=present,
        names={language: path.relative_to(folder).as_posix() for language, path in present.items()},
        metadata=metadata,
        missing=tuple(language for language in order if language not in files),
        corrections=_own(folder, stem, corrections.SUFFIX),
        waivers=_own(folder, stem, waivers.SUFFIX),
    )


def _own(folder: Path, stem: str, suffix: str) -> Path:
    """Return the file of *stem* in *folder*, which need not be there."""
    return _beside(folder, stem, suffix) or folder / f"{stem}{suffix}"


def _beside(folder: Path, stem: str, suffix: str) -> Path | None:
    """Return the file in *folder* that is called *stem*, in whatever normal form."""
    found = (
        path
        for path in sorted(folder.glob(f"*{suffix}"))
        if unicodedata.normalize("NFC", path.name.removesuffix(suffix)) == stem
    )
    return next(found, None)


def _refuse_single(folder: Path, entry: Entry) -> None:
    """Raise an error if *entry* is there in one language only."""
    if len(entry.files) > 1:
        return
    ((language, path),) = entry.files.items()
    raise InputError(
        path,
        f"is there in one language only ({language}); a second version is needed: "
        f"add {folder}/<language>/{path.stem}.*, or name the documents to do (--document)"
        f"{_passed_over(folder)}",
    )
