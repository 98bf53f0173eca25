"""The metadata file of a document: ``texts/<stem>.toml``.

::

    id = "js2026"
    title = "Japan-Italy Joint Statement"
    date = 2026-01-16
    issuers = ["Government of Japan", "Government of Italy"]

    [versions.ja]
    title = "日伊共同声明"
    status = "unofficial working translation"
"""

from __future__ import annotations

import datetime
import re
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import NamedTuple, NoReturn, cast

from parallel_statement.errors import InputError, UnknownNameError
from parallel_statement.formats.files import read_bytes
from parallel_statement.languages import standard_tag
from parallel_statement.model import LanguageTag, Metadata, VersionMetadata
from parallel_statement.names import ncname

_LISTS = ("issuers", "keywords")
_KEYS = ("id", *(field.name for field in fields(Metadata)))
_VERSION_KEYS = tuple(field.name for field in fields(VersionMetadata))

_DATE = re.compile(r"\d{4}(-\d\d){0,2}")
_WEB_ADDRESS = re.compile(r"https?://[^\s/?#]+(?:[/?#]\S*)?", re.IGNORECASE)


class MetadataFile(NamedTuple):
    """What a metadata file says, and the document's id if it names one."""

    id: str | None
    metadata: Metadata


def read_metadata(path: Path) -> MetadataFile:
    """Return what the TOML file *path* says of a document.

    Raises:
        InputError: the file is no TOML, or holds a key or value that has no meaning here.
    """
    return _Reader(path).read()


def is_date(text: str) -> bool:
    """Return whether *text* is a year, month or day in ISO 8601, such as ``2026-01-16``."""
    if not _DATE.fullmatch(text):
        return False
    try:
        datetime.date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True


class _Reader:
    """One reading of one file; it keeps the text, to name the line of a fault."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.text = read_bytes(path).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise InputError(path, "is not UTF-8 text; save the file as UTF-8") from error
        try:
            self.table: dict[str, object] = tomllib.loads(self.text)
        except RecursionError as error:
            raise InputError(path, "is nested too deeply for a metadata file") from error
        except ValueError as error:  # also what an endless integer raises
            found = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)", str(error))
            line = int(found[1]) if found and found[1] else None
            reason = str(error).replace(found[0] if found else "", "")
            raise InputError(path, f"is not valid TOML: {reason}", line) from error

    def read(self) -> MetadataFile:
        self._check_keys(self.table, _KEYS)
        values: dict[str, object] = {}
        for key in self.table.keys() - {"id", "versions"}:
            values[key] = self._words(key) if key in _LISTS else self._word(self.table, key)
        if "date" in values and not is_date(str(values["date"])):
            self._fail("date", f"{values['date']!r} is not a date; write it as 2026-01-16")
        identifier = self._word(self.table, "id") if "id" in self.table else None
        if identifier is not None and identifier != ncname(identifier):
            self._fail(
                "id",
                f"{identifier!r} cannot be an id; use letters, digits and hyphens, a letter first",
            )
        metadata = Metadata(**values, versions=self._versions())  # type: ignore[arg-type]
        return MetadataFile(identifier, metadata)

    def _versions(self) -> dict[LanguageTag, VersionMetadata]:
        tables = self.table.get("versions", {})
        if not isinstance(tables, dict):
            self._fail("versions", "versions must be tables, one a language: [versions.en]")
        versions: dict[LanguageTag, VersionMetadata] = {}
        for tag, table in tables.items():
            section = f"versions.{tag}"
            try:
                language = standard_tag(tag)
            except UnknownNameError as error:
                self._fail(section, f"[{section}]: {error}")
            if language in versions:
                self._fail(section, f"[{section}]: {language} has a table already")
            if not isinstance(table, dict):
                self._fail(tag, f"{tag} must be a table: [{section}]")
            self._check_keys(table, _VERSION_KEYS, section)
            words = {key: self._word(table, key, section) for key in table}
            title = words.pop("title", None) or str(self.table.get("title", ""))
            versions[language] = VersionMetadata(title, **words)
        return versions

    def _check_keys(
        self, table: dict[str, object], known: tuple[str, ...], section: str = ""
    ) -> None:
        where = f" of [{section}]" if section else ""
        for key in table:
            if key not in known:
                message = f"unknown key {key!r}{where}; known keys: {', '.join(known)}"
                self._fail(key, message, section)

    def _word(self, table: dict[str, object], key: str, section: str = "") -> str:
        value = table[key]
        if isinstance(value, datetime.date):
            return value.isoformat()
        if not isinstance(value, str):
            self._fail(key, f"{key} must be text in quotation marks", section)
        word = value.strip()
        if key == "title" and not word:
            self._fail(key, "title is empty; fill it in or take the line out", section)
        if key.endswith("_url") and word and not _WEB_ADDRESS.fullmatch(word):
            self._fail(
                key,
                f"{key} {word!r} is not a web address; it begins with https:// or http:// and has "
                f"no spaces (write words into {key.removesuffix('_url')})",
                section,
            )
        return word

    def _words(self, key: str) -> tuple[str, ...]:
        value = self.table[key]
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            self._fail(key, f'{key} must be a list of texts: {key} = ["...", "..."]')
        words = tuple(word.strip() for word in cast("list[str]", value))
        if not all(words) or not words:
            self._fail(key, f"{key} has an empty entry or none; fill it in or take the line out")
        return words

    def _fail(self, key: str, message: str, section: str = "") -> NoReturn:
        raise InputError(self.path, message, self._line(key, section))

    def _line(self, key: str, section: str) -> int | None:
        """Return the number of the line of *section* that begins with *key*."""
        inside = not section
        for number, line in enumerate(self.text.splitlines(), start=1):
            if inside and re.match(rf"\s*\[?\s*[\"']?{re.escape(key)}\b", line):
                return number
            inside = inside or line.strip().strip("[] ").replace('"', "") == section
        return None
