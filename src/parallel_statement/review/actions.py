"""What the page can ask for: one function an action, found through one literal table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Literal, cast

from parallel_statement import correction
from parallel_statement.checks.waivers import waive
from parallel_statement.correction import Corrected
from parallel_statement.correction.operations import Direction
from parallel_statement.errors import ParallelStatementError, UnknownNameError
from parallel_statement.formats.record import Record
from parallel_statement.locking import Decisions, Keeper
from parallel_statement.model import Lock, ParallelText, Range, Version
from parallel_statement.review.glossary import add_concept
from parallel_statement.review.session import Session
from parallel_statement.workspace import border_at

Action = Callable[[Session, Record], None]


def _accept(session: Session, asked: Record) -> None:
    bead = asked.text("bead")
    session.correct("lock", lambda text: correction.accept(text, bead))


def _release(session: Session, asked: Record) -> None:
    bead = asked.text("bead")
    session.correct("unlock", lambda text: correction.release(text, bead))


def _note(session: Session, asked: Record) -> None:
    bead, words = asked.text("bead"), asked.text("note")
    session.correct("note", lambda text: _anew(text, bead), words)


def _anew(text: ParallelText, bead: str) -> Corrected:
    """Return *text* with the *bead* accepted, and what was decided of it decided anew."""
    done = correction.accept(text, bead)
    before = correction.release(done.text, bead).freed
    old = tuple(lock for lock in before if lock not in done.locks)
    return replace(done, locks=(*old, *done.locks), freed=(*done.freed, *old))


def _merge(session: Session, asked: Record) -> None:
    bead, to = asked.text("bead"), _direction(asked)
    session.correct("merge", lambda text: correction.merge(text, bead, to))


def _split(session: Session, asked: Record) -> None:
    bead, first = asked.text("bead"), asked.record("first")
    kept = {tag: first.get(tag, int) for tag in first.content}
    session.correct("split", lambda text: correction.split(text, bead, kept))


def _move(session: Session, asked: Record) -> None:
    sentence, to = _sentence(session, asked), _direction(asked)
    session.correct("move", lambda text: correction.move(text, sentence, to))


def _leave_alone(session: Session, asked: Record) -> None:
    sentence = _sentence(session, asked)
    session.correct("move", lambda text: correction.leave_alone(text, sentence))


def _refuse(session: Session, asked: Record) -> None:
    """Say that a passage was not moved: one forbid between two of its places."""
    name = asked.text("move")
    found = next((move for move in session.text.moves if move.id == name), None)
    if found is None:
        raise UnknownNameError("moved passage", name, [m.id for m in session.text.moves])
    session.correct("forbid", lambda text: _refused(text, found.id))


def _refused(text: ParallelText, name: str) -> Corrected:
    found = next(move for move in text.moves if move.id == name)
    one, other = found.places[0], found.places[1]
    (a, here), (b, there) = next(iter(one.items())), next(iter(other.items()))
    keeper = Keeper(text)
    sides = {
        tag: keeper.ids("sentence", tag, Range(r.start, r.start + 1))
        for tag, r in ((a, here), (b, there))
    }
    lock = Lock("sentence", sides, together=False)
    rival = Decisions(text.versions, text.locks).opponent(lock)
    if rival is not None:
        raise ParallelStatementError("a row that is locked holds both places; unlock it first")
    moves = tuple(move for move in text.moves if move.id != name)
    return Corrected(replace(text, moves=moves, locks=(*text.locks, lock)), (lock,))


def _cut(session: Session, asked: Record) -> None:
    version = _version(session, asked)
    border = border_at(version, _sentence(session, asked), asked.get("offset", int))
    session.border("cut", [border])


def _join(session: Session, asked: Record) -> None:
    version = _version(session, asked)
    session.border("join", [border_at(version, _sentence(session, asked))])


def _undo(session: Session, _: Record) -> None:
    session.turn("undo")


def _redo(session: Session, _: Record) -> None:
    session.turn("redo")


def _realign(session: Session, _: Record) -> None:
    session.realign()


def _waive(session: Session, asked: Record) -> None:
    because = asked.text("because").strip()
    if not because:
        raise ParallelStatementError("say why the finding is accepted")
    means = session.means
    name = asked.text("finding")
    new = waive(session.checked, name, because, by=means.by, date=means.date)
    session.waive(name, new)


def _unwaive(session: Session, asked: Record) -> None:
    session.waive(asked.text("finding"), None)


def _term(session: Session, asked: Record) -> None:
    add_concept(session, asked.words("terms"))


ACTIONS: Mapping[str, Action] = {
    "accept": _accept,
    "alone": _leave_alone,
    "cut": _cut,
    "join": _join,
    "merge": _merge,
    "move": _move,
    "note": _note,
    "realign": _realign,
    "redo": _redo,
    "refuse": _refuse,
    "release": _release,
    "split": _split,
    "term": _term,
    "undo": _undo,
    "unwaive": _unwaive,
    "waive": _waive,
}
"""Name, as the page's requests have it, and what it does."""


def _direction(asked: Record) -> Direction:
    return cast("Direction", asked.choice("to", Literal["previous", "next"]))


def _version(session: Session, asked: Record) -> Version:
    tag = asked.text("language")
    if tag not in session.text.languages:
        raise UnknownNameError("language of the text", tag, session.text.languages)
    return session.text.version(tag)


def _sentence(session: Session, asked: Record) -> str:
    """Return the id of the sentence that is asked for by language and local id."""
    return f"{_version(session, asked).id}.{asked.text('sentence')}"
