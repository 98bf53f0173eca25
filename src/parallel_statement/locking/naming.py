"""How a person calls locks and segments: ``en:p3.s1+p3.s2 ja:p3.s1 it:-``."""

from __future__ import annotations

from collections.abc import Sequence

from parallel_statement.model import Level, Lock, Version


def local(identifier: str) -> str:
    """Return the part of a segment's id that says where in its version it stands.

    >>> local("js2026-en.p3.s1")
    'p3.s1'
    """
    return identifier.partition(".")[2]


def describe(lock: Lock) -> str:
    """Return *lock* as a person names it: ``en:p3.s1+p3.s2 ja:p3.s1 it:-``."""
    return " ".join(
        f"{language}:{'+'.join(map(local, ids)) or '-'}" for language, ids in lock.segments.items()
    )


def nearby(version: Version, level: Level, identifier: str) -> tuple[str, ...]:
    """Return the ids of the segments around the place that *identifier* speaks of."""
    known = [local(segment.id) for segment in version.segments(level)]
    near = rank(known, local(identifier) or identifier)
    return tuple(known[max(near - 3, 0) : near + 3])


def rank(known: Sequence[str], name: str) -> int:
    """Return how many of the *known* names stand before *name* in the order of the text.

    >>> rank(["head.s1", "p1.s1", "p2.s1", "p10.s1"], "p9.s2")
    3
    """
    wanted = _natural(name)
    among = [k for k, other in enumerate(known) if _natural(other)[0][0] == wanted[0][0]]
    before = [k for k in among if _natural(known[k]) < wanted]
    return before[-1] + 1 if before else (among[0] if among else 0)


def _natural(name: str) -> tuple[tuple[str, int, str], ...]:
    """Return the parts of a local id so that they sort as numbers do: ``p9`` before ``p10``."""
    parts = []
    for part in name.split("."):
        kind = part.rstrip("0123456789")
        digits = part[len(kind) :].lstrip("0")
        parts.append((kind, len(digits), digits))
    return tuple(parts)
