"""Our own TEI that a person changed: what its elements say beside texts and links.

Its record no longer counts. What no element says is known to the record alone: docs/tei.md has the
list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parallel_statement.archive.decisions import locks_in
from parallel_statement.archive.findings import findings_in
from parallel_statement.archive.header import date_in, metadata_in, notices_in, provenance_in
from parallel_statement.archive.moves import moves_in
from parallel_statement.archive.places import Places
from parallel_statement.archive.terms import glossary_in, mentions_in
from parallel_statement.archive.versions import ReadVersion
from parallel_statement.formats.tei.sources import TeiSet
from parallel_statement.model import CheckedText, ParallelText

_CHANGED = "the TEI was changed after it was written, so its elements were read"


def is_own(files: TeiSet) -> bool:
    """Return whether this program wrote the corpus file of *files*."""
    return files.corpus is not None and provenance_in(files.corpus.root) is not None


def completed(
    text: ParallelText, files: TeiSet, read: Sequence[ReadVersion], places: Places
) -> CheckedText:
    """Return *text*, read from our own *files*, with all else that their elements say."""
    corpus = files.corpus
    provenance = None if corpus is None else provenance_in(corpus.root)
    if corpus is None or provenance is None:
        raise ValueError("no corpus file of ours")
    text = replace(
        text,
        provenance=provenance,
        metadata=metadata_in(corpus.root, read),
        notices=(*notices_in(corpus.root), _CHANGED, *text.notices),
        locks=locks_in(corpus.root, text),
    )
    text = replace(text, moves=tuple(moves_in(corpus, text, places)))
    glossary = glossary_in(corpus.root, text.id)
    mentions = {each.version.language: mentions_in(each, glossary, text.id) for each in read}
    findings = tuple(findings_in(corpus, text, places))
    return CheckedText(text, glossary, mentions, findings, date_in(corpus.root))
