"""The page: one self-contained HTML file with all versions side by side.

Nothing is fetched: style and script stand in the file, and a content security policy with their
hashes forbids all else. Without script every word can still be read.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import PurePath
from typing import TYPE_CHECKING

from parallel_statement import languages
from parallel_statement.formats.controls import utf8
from parallel_statement.formats.direction import direction
from parallel_statement.formats.page.edition import arrange
from parallel_statement.model import (
    DOUBTFUL,
    SEVERITIES,
    CheckedText,
    Concept,
    Finding,
    LanguageTag,
    Mention,
    Severity,
    Source,
    Version,
    VersionMetadata,
)

if TYPE_CHECKING:
    from jinja2 import Environment


_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_NOUNS: Mapping[Severity, tuple[str, str]] = {
    "error": ("error", "errors"),
    "warning": ("warning", "warnings"),
    "info": ("remark", "remarks"),
}


_MOST = 10
"""Findings that the list before the text shows at once."""


@dataclass(frozen=True, slots=True)
class TitleView:
    """A line of the page's heading."""

    text: str
    language: LanguageTag = ""
    direction: str = ""


@dataclass(frozen=True, slots=True)
class VersionView:
    """What the page says of a version."""

    language: LanguageTag
    name: str
    """Of the language, in English."""
    direction: str
    joiner: str
    paragraphs: int
    sentences: int
    source: Source
    metadata: VersionMetadata


def write(checked: CheckedText) -> dict[str, bytes]:
    """Return the page of *checked* under its file name."""
    environment = _environment()
    versions = [_version_view(version, checked) for version in checked.text.versions]
    style = environment.get_template("page.css.j2").render(
        count=len(versions),
        japanese=any(tag.split("-")[0] == "ja" for tag in checked.text.languages),
    )
    script = environment.get_template("page.js").render()
    sections = arrange(checked)
    page = environment.get_template("page.html.j2").render(
        checked=checked,
        text=checked.text,
        metadata=checked.text.metadata,
        versions=versions,
        titles=_titles(checked, versions),
        most=_MOST,
        sections=sections,
        rows={row.bead.id: row for s in sections for row in s.rows if row.bead is not None},
        doubtful=sum(row.doubtful for section in sections for row in section.rows),
        doubted=sum(section.doubtful for section in sections),
        doubt=DOUBTFUL,
        locked=sum(row.locked for section in sections for row in section.rows),
        findings=sorted(_unwaived(checked), key=_gravest_first),
        waived=[finding for finding in checked.findings if finding.waiver],
        severities=_severities(checked),
        concepts=_concepts(checked),
        style=style,
        script=script,
        policy=_policy(style, script),
        date=_long_date(checked.text.metadata.date),
        encoded=_long_date(checked.date or ""),
    )
    return {f"{checked.text.id}.html": utf8(page)}


@cache
def _environment() -> Environment:
    """Return the templates; only those of HTML escape what is put into them."""
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

    environment = Environment(
        loader=PackageLoader("parallel_statement.formats.page"),
        autoescape=select_autoescape(["html.j2"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["web_address"] = _web_address
    return environment


def _policy(style: str, script: str) -> str:
    """Return a content security policy that allows *style* and *script* and nothing else."""

    def digest(content: str) -> str:
        return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"

    return (
        f"default-src 'none'; style-src {digest(style)}; script-src {digest(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _web_address(url: str) -> str:
    """Return *url* if it is safe to link to, else an empty string."""
    return url if url.lower().startswith(("https://", "http://")) else ""


def _version_view(version: Version, checked: CheckedText) -> VersionView:
    """Return what the page says of *version*."""
    metadata = checked.text.metadata.versions.get(version.language, VersionMetadata(""))
    language = languages.get(version.language)
    return VersionView(
        version.language,
        language.name,
        direction(version.language),
        language.joiner,
        len(version.paragraphs),
        len(version.sentences),
        version.document.source,
        metadata,
    )


def _titles(checked: CheckedText, versions: Iterable[VersionView]) -> list[TitleView]:
    """Return the titles that the metadata give, else the texts' own headings, each once."""
    text = checked.text
    lines: dict[str, TitleView] = {}  # a heading in capitals is no other title
    for view in versions:
        version = text.version(view.language)
        head = next((version.text(p) for p in version.paragraphs if p.kind == "head"), "")
        new = [t for t in (view.metadata.title, head) if t and t.casefold() not in lines]
        for title in new[:1]:
            lines[title.casefold()] = TitleView(title, view.language, view.direction)
    given = text.metadata.title
    key = given.casefold()
    stems = {PurePath(version.document.source.name).stem for version in text.versions}
    if key in lines:
        lines[key] = replace(lines[key], text=given)
    elif given and given not in stems:  # a stem stands for no title
        return [TitleView(given), *lines.values()]
    return list(lines.values()) or [TitleView(given or text.id)]


def _unwaived(checked: CheckedText) -> list[Finding]:
    """Return the findings that nobody waived."""
    return [finding for finding in checked.findings if finding.waiver is None]


def _gravest_first(finding: Finding) -> int:
    """Return where *finding* stands in the list of findings; equals stay in order."""
    return -SEVERITIES.index(finding.severity)


def _severities(checked: CheckedText) -> list[str]:
    """Return how many findings nobody waived there are of each severity, gravest first."""
    counts = Counter(finding.severity for finding in _unwaived(checked))
    return [
        f"{counts[severity]} {_NOUNS[severity][counts[severity] != 1]}"
        for severity in reversed(SEVERITIES)
        if counts[severity]
    ]


def _concepts(checked: CheckedText) -> list[Concept]:
    """Return the concepts that the text mentions, in the order of the glossary."""
    mentions = [
        m for language in checked.text.languages for m in checked.mentions.get(language, ())
    ]
    mentioned = {mention.concept for mention in mentions}
    concepts = checked.glossary.concepts if checked.glossary else _from_mentions(mentions)
    return [concept for concept in concepts if concept.id in mentioned]


def _from_mentions(mentions: Iterable[Mention]) -> list[Concept]:
    """Return the concepts as far as *mentions* tell, where there is no glossary."""
    found: dict[str, list[Mention]] = {}
    for mention in mentions:
        found.setdefault(mention.concept, []).append(mention)
    return [
        Concept(concept, tuple(dict.fromkeys(mention.designation for mention in here)))
        for concept, here in found.items()
    ]


def _long_date(iso: str) -> str:
    """Return an ISO 8601 date in words, or as it is if it is no full date."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
