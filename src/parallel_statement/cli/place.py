"""What a person calls a place in the texts: a bead's id, or segments as in ``en:p3.s1 ja:-``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from parallel_statement.errors import ParallelStatementError, UnknownNameError

if TYPE_CHECKING:
    from parallel_statement.model import LanguageTag, Level, Lock, ParallelText, Version

_SIDE = re.compile(r"(?P<tag>[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*):(?P<segments>[^/\\]+)")


def divide(arguments: Sequence[str]) -> tuple[Path | None, list[str]]:
    """Return the folder of texts that *arguments* may begin with, and the places."""
    if arguments and (Path(arguments[0]).is_dir() or not is_place(arguments[0])):
        return Path(arguments[0]), list(arguments[1:])
    return None, list(arguments)


def is_place(word: str) -> bool:
    """Return whether *word* is the id of a bead, or names segments."""
    return bool(_SIDE.fullmatch(word)) or is_bead(word)


def is_bead(word: str) -> bool:
    """Return whether *word* is the id of a bead."""
    from parallel_statement.locking.naming import BEAD

    return BEAD.fullmatch(word) is not None


def document_of(places: Sequence[str]) -> str | None:
    """Return the document that the ids of beads among *places* name, if they do."""
    from parallel_statement.locking.naming import BEAD

    found = (BEAD.fullmatch(place) for place in places)
    names = sorted({match["document"] for match in found if match and match["document"]})
    if len(names) > 1:
        raise ParallelStatementError(f"beads of several documents: {', '.join(names)}; take one")
    return names[0] if names else None


def read_sides(
    places: Sequence[str], versions: Sequence[Version]
) -> tuple[Level, dict[LanguageTag, tuple[str, ...]]]:
    """Return the level and the segments that *places* name, such as ``ja:p3.s1+p3.s2``.

    Raises:
        ParallelStatementError: a place is not written so, or of another level than the others.
    """
    from parallel_statement.workspace import standard_tag

    by_language = {version.language: version for version in versions}
    sides: dict[LanguageTag, tuple[str, ...]] = {}
    for place in places:
        match = _SIDE.fullmatch(place)
        if not match:
            raise ParallelStatementError(
                f"{place}: write segments as en:p3.s1+p3.s2, or en:- where there is nothing"
            )
        tag = standard_tag(match["tag"])
        if tag not in by_language:
            raise UnknownNameError("language of the text", tag, by_language)
        if tag in sides:
            raise ParallelStatementError(f"{place}: {tag} is named twice; join segments with +")
        prefix = f"{by_language[tag].id}."
        names = [] if match["segments"] == "-" else match["segments"].split("+")
        sides[tag] = tuple(prefix + name.removeprefix(prefix) for name in names)
    levels = {_level(identifier) for side in sides.values() for identifier in side}
    if len(levels) > 1:
        raise ParallelStatementError(
            f"{' '.join(places)}: name paragraphs (en:p3) or sentences (en:p3.s1), not both"
        )
    return (levels.pop() if levels else "sentence"), sides


def _level(identifier: str) -> Level:
    return "sentence" if identifier.count(".") > 1 else "paragraph"


def beads(text: ParallelText, places: Sequence[str]) -> list[str]:
    """Return the ids of the beads that *places* name, or that hold the segments they name.

    Raises:
        ParallelStatementError: a place is neither, or names a segment that is not there.
    """
    from parallel_statement.locking import Decisions, holding
    from parallel_statement.model import Lock

    found: list[str] = []
    for word in places:
        if is_bead(word):
            found.append(word)
            continue
        level, sides = read_sides([word], text.versions)
        Decisions(text.versions).ranges(Lock(level, sides))
        named = [identifier for side in sides.values() for identifier in side]
        found += [bead.id for bead in holding(text, level, named)]
    return list(dict.fromkeys(found))


def locks_at(
    text: ParallelText, place: str, languages: Sequence[LanguageTag] | None = None
) -> tuple[Lock, ...]:
    """Return the locks that keep the bead called *place* as it is.

    Args:
        text: The text that has the bead.
        place: Id of a bead of all versions or of a pair, with or without the document's.
        languages: Those to lock; all without it.

    Raises:
        UnknownNameError: there is no such bead; the message names some that are like it.
    """
    from parallel_statement.locking import FoundPairBead, Keeper, find_bead

    found = find_bead(text, place)
    if isinstance(found, FoundPairBead):
        return (Keeper(text).pair_lock(*found),)
    return Keeper(text).locks(found.level, found.bead, languages)
