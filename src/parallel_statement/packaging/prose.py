"""README and licence statement of a package: what a person reads first."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping

from parallel_statement import languages
from parallel_statement.model import CheckedText, VersionMetadata

_WIDTH = 79


def description(checked: CheckedText) -> str:
    """Return in one sentence what a package holds."""
    tags = checked.text.languages
    links = len(checked.text.paragraphs.beads), len(checked.text.sentences.beads)
    aligned = f", aligned in {links[0]} links of paragraphs and {links[1]} of sentences"
    aligned = aligned if len(tags) > 1 else ""
    return f"The text in {languages.listed(tags)}{aligned}, encoded in TEI P5."


def readme(checked: CheckedText, files: Mapping[str, str]) -> str:
    """Return the README of a package; *files* says what each of its files is."""
    metadata = checked.text.metadata
    facts = {
        "Identifier": metadata.identifier or checked.text.id,
        "Document": " ".join(filter(None, [metadata.date, metadata.place])),
        "Issued by": "; ".join(metadata.issuers),
        "Published by": metadata.publisher,
        "Encoded": checked.date or "",
        "Keywords": ", ".join(metadata.keywords),
    }
    title = metadata.title
    parts = [
        f"{title}\n{'=' * len(title)}",
        _filled(description(checked)),
        "\n".join(_entries(facts)),
        _section("Versions", _versions(checked)),
        _section("How it was made", [_filled(words) for words in _making(checked)]),
        _section("Files", ["\n".join(_entries(files))]),
        _section("Licences", ["See LICENCE.txt."]),
        _section("Whether all is as it was", [_filled(_CHECK)]),
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


_CHECK = (
    "The manifest names every file with its SHA-256; `sha256sum -c` on it checks them. The TEI "
    "files are valid against the schema in this package, which is cut from TEI P5 4.3.0; their "
    "headers say how texts, links and findings are encoded."
)


def licences(checked: CheckedText) -> str:
    """Return under which terms each part of a package may be used."""
    metadata = checked.text.metadata
    said = [("Encoding and alignment", metadata.licence, metadata.licence_url)]
    for tag in checked.text.languages:
        own = metadata.versions.get(tag, VersionMetadata(""))
        part = f"Wording in {languages.get(tag).name} ({tag})"
        said.append((part, own.licence, own.licence_url))
    parts = [
        "\n".join(filter(None, [f"{part}:", _indented(words), _indented(address)]))
        for part, words, address in said
    ]
    return "\n\n".join(["Each part of this package has its own terms.", *parts]) + "\n"


def _versions(checked: CheckedText) -> Iterator[str]:
    for version in checked.text.versions:
        tag = version.language
        own = checked.text.metadata.versions.get(tag, VersionMetadata(""))
        source = version.document.source
        facts = {
            "title": own.title,
            "status": own.status,
            "source": " ".join(filter(None, [own.source, own.source_url])),
            "publisher": own.publisher,
            "responsible": own.responsible,
            "file": f"{source.name}, SHA-256 {source.sha256}",
            "size": f"{len(version.paragraphs)} blocks, {len(version.sentences)} sentences",
        }
        yield "\n".join([f"{languages.get(tag).name} ({tag})", *_entries(facts)])


def _making(checked: CheckedText) -> Iterator[str]:
    provenance = checked.text.provenance
    yield (
        f"Cut into sentences, aligned and encoded with parallel-statement {provenance.version} "
        f"(encoder: {provenance.encoder or 'none'}; weights: {provenance.weights or 'none'})."
    )
    fixed = sum(1 for lock in checked.text.locks if lock.together)
    if fixed:
        yield f"{fixed} links were fixed by a person; the TEI says which, and by whom."
    open_ = [finding for finding in checked.findings if finding.waiver is None]
    accepted = len(checked.findings) - len(open_)
    yield (
        f"Possible faults that the checks found in the texts: {len(open_)}, and {accepted} that a "
        "person accepts. All of them stand in the TEI."
    )
    yield from checked.text.notices


def _section(title: str, parts: Iterable[str]) -> str:
    return "\n\n".join([f"{title}\n{'-' * len(title)}", "\n\n".join(parts)])


def _entries(facts: Mapping[str, str]) -> Iterator[str]:
    """Yield each fact that is known, folded under its name."""
    for name, words in facts.items():
        if words:
            yield textwrap.fill(
                f"{name}: {words}",
                _WIDTH,
                initial_indent="  ",
                subsequent_indent="    ",
                break_long_words=False,
                break_on_hyphens=False,
            )


def _filled(words: str) -> str:
    return textwrap.fill(words, _WIDTH, break_long_words=False, break_on_hyphens=False)


def _indented(words: str) -> str:
    return textwrap.indent(_filled(words), "  ") if words else ""
