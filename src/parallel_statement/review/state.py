"""What the page in the browser is told, as values for JSON.

Beads name their sentences by number, so that a correction is answered with the few beads that it
changed. Texts are trees of strings: the page makes nodes of them, never markup.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

from parallel_statement import languages
from parallel_statement.formats.direction import direction
from parallel_statement.formats.page.runs import Element, Milestone, Node
from parallel_statement.formats.page.sentences import SentenceView, annotate, view_sentences
from parallel_statement.locking import fixed_pairs, local
from parallel_statement.model import (
    Bead,
    CheckedText,
    Finding,
    LanguageTag,
    Move,
    Range,
    Span,
    Version,
)
from parallel_statement.review.session import Session
from parallel_statement.workspace import Change

Json = dict[str, Any]


def whole(session: Session) -> Json:
    """Return all that the page shows of *session*."""
    text, partly = session.text, fixed_pairs(session.text.sentences)
    return {
        **_always(session),
        "document": text.id,
        "title": text.metadata.title or text.id,
        "languages": [_language(version) for version in text.versions],
        "sentences": {v.language: _sentences(v, session.checked) for v in text.versions},
        "beads": [_bead(bead, partly) for bead in text.sentences.beads],
        "findings": _findings(session.checked),
        "concepts": _concepts(session.checked),
        "notices": list(text.notices),
        "glossary": session.means.glossary.name,
    }


def changed(session: Session, before: CheckedText) -> Json:
    """Return what the page must know that shows *before*, to show *session* as it is."""
    if session.text.versions != before.text.versions or session.checked.mentions != before.mentions:
        return whole(session)
    old, new = before.text.sentences.beads, session.text.sentences.beads
    was, now = fixed_pairs(before.text.sentences), fixed_pairs(session.text.sentences)
    same = [a == b and was.get(a.id) == now.get(b.id) for a, b in zip(old, new, strict=False)]
    first = next((n for n, each in enumerate(same) if not each), len(same))
    behind = zip(reversed(old[first:]), reversed(new[first:]), strict=False)
    last = next(
        (n for n, (a, b) in enumerate(behind) if a != b or was.get(a.id) != now.get(b.id)),
        min(len(old), len(new)) - first,
    )
    return {
        **_always(session),
        "from": first,
        "gone": len(old) - first - last,
        "beads": [_bead(bead, now) for bead in new[first : len(new) - last]],
        "notices": list(session.text.notices),
        **({} if session.checked.findings == before.findings else findings(session)),
    }


def findings(session: Session) -> Json:
    """Return what the checks found, and the texts that show it."""
    checked = session.checked
    return {
        **_always(session),
        "findings": _findings(checked),
        "sentences": {v.language: _sentences(v, checked) for v in session.text.versions},
        "concepts": _concepts(checked),
    }


def _always(session: Session) -> Json:
    known = session.corrections
    return {
        "revision": session.revision,
        "checked": session.checked_now,
        "undo": _action(known.undoable),
        "redo": _action(known.redoable),
        "moves": [_move(move) for move in session.text.moves],
        "notes": _notes(session),
    }


def _action(change: Change | None) -> str:
    return change.action if change else ""


def _language(version: Version) -> Json:
    known = languages.get(version.language)
    return {
        "tag": version.language,
        "name": known.name,
        "direction": direction(version.language),
        "joiner": known.joiner,
    }


def _bead(bead: Bead, partly: Mapping[str, object]) -> Json:
    return {
        "id": bead.id,
        "at": {tag: list(r) for tag, r in bead.ranges.items()},
        "sure": round(bead.posterior, 4),
        "locked": bead.status == "locked",
        "partly": bead.id in partly,
        "doubtful": bead.doubtful,
    }


def _sentences(version: Version, checked: CheckedText) -> list[Json]:
    views = view_sentences(version, checked, annotate(version, checked), {})
    starts = {p.sentences[0].id: p for p in version.paragraphs if p.sentences}
    told = []
    for view in views:
        paragraph = starts.get(view.id)
        told.append(
            {
                "id": local(view.id),
                "nodes": _view(view),
                **({} if paragraph is None else {"kind": paragraph.kind, "starts": True}),
                **(
                    {"label": version.document.content(paragraph.label)}
                    if paragraph is not None and paragraph.label is not None
                    else {"label": paragraph.number}
                    if paragraph is not None and paragraph.number
                    else {}
                ),
            }
        )
    return told


def _view(view: SentenceView) -> list[Any]:
    nodes = [*map(_node, view.breaks), *map(_node, view.nodes), *map(_node, view.after)]
    if not view.keys:
        return nodes
    return [["finding", list(view.keys), list(view.notes), nodes]]


def _node(node: Node) -> Any:
    if isinstance(node, Milestone):
        return [node.kind, node.key]
    if isinstance(node, Element):
        return [node.layer, list(node.keys), list(node.notes), list(map(_node, node.children))]
    return node


def _findings(checked: CheckedText) -> list[Json]:
    text = checked.text
    spans = {v.language: [s.span for s in v.sentences] for v in text.versions}
    return [_finding(finding, spans) for finding in checked.findings]


def _finding(finding: Finding, sentences: Mapping[LanguageTag, Sequence[Span]]) -> Json:
    waiver = finding.waiver
    return {
        "id": finding.id,
        "rule": finding.rule,
        "severity": finding.severity,
        "bead": finding.bead,
        "languages": list(finding.languages),
        "at": {
            tag: list(_touched(sentences[tag], places)) for tag, places in finding.spans.items()
        },
        "reason": finding.reason,
        "expected": finding.expected,
        "found": finding.found,
        "waived": None if waiver is None else {"reason": waiver.reason, "by": waiver.by},
    }


def _touched(sentences: Sequence[Span], places: Sequence[Span]) -> Range:
    """Return the sentences that *places* touch, from the first to the last."""
    if not places or not sentences:
        return Range(0, 0)
    start = bisect_right(sentences, places[0].start, key=lambda span: span.end)
    stop = bisect_left(sentences, max(place.end for place in places), key=lambda span: span.start)
    start = min(start, len(sentences) - 1)
    return Range(start, max(stop, start + 1))


def _concepts(checked: CheckedText) -> dict[str, str]:
    """Return what to say of each concept that the text mentions, by its id."""
    mentioned = {m.concept for mentions in checked.mentions.values() for m in mentions}
    concepts = checked.glossary.concepts if checked.glossary else ()
    return {
        concept.id: " · ".join(d.text for d in concept.designations if d.status == "preferred")
        for concept in concepts
        if concept.id in mentioned
    }


def _move(move: Move) -> Json:
    return {
        "id": move.id,
        "places": [{tag: list(r) for tag, r in place.items()} for place in move.places],
        "sure": round(move.posterior, 4),
    }


def _notes(session: Session) -> list[Json]:
    """Return what people wrote to their locks, each with one of its sentences."""
    told = []
    for record in session.records:
        filled = ((tag, side[0].id) for tag, side in record.segments.items() if side)
        tag, sentence = next(filled)
        if (record.note or record.by) and record.level == "sentence":
            told.append(
                {
                    "language": tag,
                    "sentence": local(sentence),
                    "note": record.note,
                    "by": record.by,
                    "date": record.date,
                }
            )
    return told
