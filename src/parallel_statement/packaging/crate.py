"""The package as an RO-Crate 1.1: JSON-LD that says what each file is.

See "RO-Crate Metadata Specification 1.1", sections "Root Data Entity" and "Data Entities".
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from parallel_statement.formats.tei.markup import version_file
from parallel_statement.model import CheckedText, LanguageTag, VersionMetadata
from parallel_statement.packaging.prose import description

NAME = "ro-crate-metadata.json"

_VERSION = "https://w3id.org/ro/crate/1.1"
_TEI = "application/tei+xml"
_TYPES = {".xml": "application/xml", ".rng": "application/xml", ".odd": _TEI, ".txt": "text/plain"}
Entity = dict[str, object]


def crate(checked: CheckedText, files: Mapping[str, bytes], said: Mapping[str, str]) -> bytes:
    """Return the metadata file of the crate that holds *files*; *said* is what each of them is."""
    document = checked.text.id
    versions = {f"tei/{version_file(document, tag)}": tag for tag in checked.text.languages}
    graph: list[Entity] = [
        {
            "@id": NAME,
            "@type": "CreativeWork",
            "conformsTo": _reference(_VERSION),
            "about": _reference("./"),
        },
        _root(checked, files),
        *(
            _file(checked, name, data, said.get(name, name), versions.get(name))
            for name, data in files.items()
        ),
        *_context(checked, files),
    ]
    value = {"@context": f"{_VERSION}/context", "@graph": graph}
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _reference(identity: str) -> Entity:
    return {"@id": identity}


def _root(checked: CheckedText, files: Mapping[str, bytes]) -> Entity:
    metadata = checked.text.metadata
    root: Entity = {
        "@id": "./",
        "@type": "Dataset",
        "name": metadata.title,
        "description": description(checked),
        "datePublished": checked.date,
        "identifier": metadata.identifier or checked.text.id,
        "license": _reference(_licence_id("encoding", metadata.licence_url)),
        "author": [_reference(f"#issuer-{k}") for k, _ in enumerate(metadata.issuers, start=1)],
        "publisher": _reference("#publisher"),
        "inLanguage": list(checked.text.languages),
        "hasPart": [_reference(name) for name in files],
        "mentions": _reference("#encoding"),
    }
    if metadata.keywords:
        root["keywords"] = ", ".join(metadata.keywords)
    if metadata.place:
        root["contentLocation"] = _reference("#place")
    if metadata.date:
        root["temporalCoverage"] = metadata.date
    return root


def _file(
    checked: CheckedText, name: str, data: bytes, said: str, language: LanguageTag | None
) -> Entity:
    metadata = checked.text.metadata
    file: Entity = {
        "@id": name,
        "@type": "File",
        "name": said,
        "encodingFormat": _TEI if name.startswith("tei/") else _TYPES[PurePosixPath(name).suffix],
        "contentSize": str(len(data)),
    }
    if language is not None:
        own = metadata.versions.get(language, VersionMetadata(""))
        file["inLanguage"] = language
        file["license"] = [
            _reference(_licence_id("encoding", metadata.licence_url)),
            _reference(_licence_id(language, own.licence_url)),
        ]
        file["isBasedOn"] = _reference(f"#source-{language}")
    return file


def _licence_id(part: str, address: str) -> str:
    return address or f"#licence-{part}"


def _context(checked: CheckedText, files: Mapping[str, bytes]) -> Iterator[Entity]:
    """Yield what the crate's files are about, or come from."""
    metadata = checked.text.metadata
    yield from _licences(checked)
    for number, name in enumerate(metadata.issuers, start=1):
        yield {"@id": f"#issuer-{number}", "@type": "Organization", "name": name}
    yield {"@id": "#publisher", "@type": "Organization", "name": metadata.publisher}
    if metadata.place:
        yield {"@id": "#place", "@type": "Place", "name": metadata.place}
    for version in checked.text.versions:
        own = metadata.versions.get(version.language, VersionMetadata(""))
        source: Entity = {
            "@id": f"#source-{version.language}",
            "@type": "CreativeWork",
            "name": own.title or version.document.source.name,
            "description": "; ".join(filter(None, [own.status, own.source])),
            "inLanguage": version.language,
            "identifier": f"sha256:{version.document.source.sha256}",
        }
        yield source | ({"url": own.source_url} if own.source_url else {})
    yield from _action(checked, [name for name in files if name.startswith("tei/")])


def _licences(checked: CheckedText) -> Iterator[Entity]:
    metadata = checked.text.metadata
    stated = [("encoding", metadata.licence, metadata.licence_url)]
    for tag in checked.text.languages:
        own = metadata.versions.get(tag, VersionMetadata(""))
        stated.append((tag, own.licence, own.licence_url))
    seen = set()
    for part, words, address in stated:
        identity = _licence_id(part, address)
        if identity not in seen:
            seen.add(identity)
            yield {"@id": identity, "@type": "CreativeWork", "name": words}


def _action(checked: CheckedText, results: Sequence[str]) -> Iterator[Entity]:
    yield {
        "@id": "#encoding",
        "@type": "CreateAction",
        "name": "Segmentation, alignment and encoding",
        "endTime": checked.date,
        "instrument": _reference("#parallel-statement"),
        "object": [_reference(f"#source-{tag}") for tag in checked.text.languages],
        "result": [_reference(name) for name in results],
    }
    yield {
        "@id": "#parallel-statement",
        "@type": "SoftwareApplication",
        "name": "parallel-statement",
        "softwareVersion": checked.text.provenance.version,
    }
