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
from parallel_statement.formats.tei.sources import TeiSet, TeiText
from parallel_statement.model import CheckedText, ParallelText

_CHANGED = "the TEI was changed after it was written, so its elements were read"


def own_corpus(files: TeiSet) -> TeiText | None:
    """Return the corpus file of *files*, if this program wrote it."""
    corpus = files.corpus
    return corpus if corpus is not None and provenance_in(corpus.root) else None


def completed(
    text: ParallelText, corpus: TeiText, read: Sequence[ReadVersion], places: Places
) -> CheckedText:
    """Return *text*, read from our own *corpus*, with all else that its elements say."""
    text = replace(
        text,
        provenance=provenance_in(corpus.root) or text.provenance,
        metadata=metadata_in(corpus.root, read),
        notices=(*notices_in(corpus.root), _CHANGED, *text.notices),
        locks=locks_in(corpus.root, text),
    )
    text = replace(text, moves=tuple(moves_in(corpus, text, places)))
    glossary = glossary_in(corpus.root, text.id)
    mentions = {each.version.language: mentions_in(each, glossary, text.id) for each in read}
    findings = tuple(findings_in(corpus, text, places))
    return CheckedText(text, glossary, mentions, findings, date_in(corpus.root))
