"""What an archive must know and nobody has stated, with the line to add for each thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from parallel_statement import languages
from parallel_statement.errors import OutputError
from parallel_statement.model import LanguageTag, Metadata, VersionMetadata
from parallel_statement.packaging.archives import Archive

METADATA = "the metadata file"
_EXAMPLES: Mapping[str, str] = {
    "title": 'title = "Alpine Charter"',
    "date": "date = 2026-03-03",
    "issuers": 'issuers = ["Republic of A"]',
    "keywords": 'keywords = ["mountains"]',
    "publisher": 'publisher = "Archive of the Alps"',
    "licence": 'licence = "CC BY 4.0"',
    "licence_url": 'licence_url = "https://creativecommons.org/licenses/by/4.0/"',
    "status": 'status = "official text"',
    "source": 'source = "Official Journal 12/2026, pages 3-4"',
    "responsible": 'responsible = "Translation service of the archive"',
}
_CALLED: Mapping[str, str] = {
    "issuers": "issuing bodies",
    "licence_url": "address of the licence",
    "responsible": "responsible person or body",
}


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that an archive must know, and what to do about it."""

    what: str
    where: str
    """File, table or option that it goes into."""
    line: str
    """What to write there, with made-up words."""


def missing_things(
    stated: Metadata,
    tags: Sequence[LanguageTag],
    date: str | None,
    archive: Archive,
    file: str = METADATA,
) -> Iterator[Missing]:
    """Yield what *archive* must know of a document and nobody has stated.

    Args:
        stated: What is known of it.
        tags: The languages of its versions.
        date: That of the encoding.
        archive: Where it is to go.
        file: Name of the metadata file, for the advice.
    """
    if stated == Metadata(title=stated.title):
        stated = Metadata()  # without a metadata file the title is the name of the texts
    for key in archive.document:
        if not getattr(stated, key):
            what = f"{_CALLED.get(key, key)} of the {_thing(key)}"
            yield Missing(what, f"{file}, above its tables", _EXAMPLES[key])
    for tag in tags:
        own = stated.versions.get(tag, VersionMetadata(""))
        for key in archive.version:
            if not getattr(own, key):
                what = f"{_CALLED.get(key, key)} of the version in {languages.get(tag).name}"
                yield Missing(what, f"{file}, under [versions.{tag}]", _EXAMPLES[key])
    if not date:
        yield Missing("date of the encoding", "the command", "--date 2026-03-03")


def demand(document: str, archive: Archive, things: Iterable[Missing]) -> None:
    """Raise an error that names all *things* that *archive* must know of *document*, if any.

    Raises:
        OutputError: there are some.
    """
    lacking = list(things)
    if not lacking:
        return
    count = f"{len(lacking)} thing{'s are' if len(lacking) > 1 else ' is'} missing"
    parts = [f"{document} cannot go to {archive.name} yet, {count}; add"]
    for where, group in groupby(lacking, key=lambda each: each.where):
        parts.append(f"  to {where}:")
        parts += [f"    {each.line}  # {each.what}" for each in group]
    raise OutputError("\n".join(parts))


def _thing(key: str) -> str:
    """Return what a *key* of the whole document says something of."""
    return "encoding" if key in ("publisher", "licence", "licence_url") else "document"
