"""What a reader finds in a glossary file: concepts with their places, faults and notices."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from parallel_statement.errors import InputError, UnknownNameError
from parallel_statement.formats.controls import CONTROLS
from parallel_statement.languages import standard_tag
from parallel_statement.model import Concept, LanguageTag
from parallel_statement.names import is_ncname, ncname

_SPACE = re.compile(r"[ \t\r\n\f\v\x1c-\x1f\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """A concept, and the line at which it begins in its file."""

    concept: Concept
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """All that a reader found in a file."""

    entries: tuple[Entry, ...]
    faults: tuple[InputError, ...] = ()
    """Places that could not be read as a concept."""
    notices: tuple[str, ...] = ()
    """What was changed or left out, in plain words."""


def clean(text: str | None) -> str:
    r"""Return *text* on one line: characters composed (NFC), no control characters.

    >>> clean(" caffe\u0300\n corretto ")
    'caffè corretto'
    """
    if not text:
        return ""
    if not text.isprintable() or "  " in text:
        text = _SPACE.sub(" ", CONTROLS.sub("", text))
    return unicodedata.normalize("NFC", text.strip())


def clean_lines(text: str | None) -> str:
    """Return *text* as `clean` does, but with its line breaks; empty lines are dropped."""
    if not text:
        return ""
    return "\n".join(filter(None, map(clean, text.splitlines())))


def language_tag(path: Path, tag: str, line: int | None) -> LanguageTag:
    """Return the language tag *tag* in its usual spelling.

    Raises:
        InputError: it is none.
    """
    try:
        return standard_tag(tag.strip())
    except UnknownNameError as error:
        hint = "a language is written as in en, ja or pt-BR"
        raise InputError(path, f"{tag!r} is no language tag; {hint}", line) from error


class Names:
    """Gives each concept of a foreign file an id that ours can be, and no two the same."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._changed: list[tuple[str, str]] = []

    def of(self, given: str, otherwise: str) -> str:
        """Return *given* as an id, or an id made from the term *otherwise* if it is empty.

        A given id that comes twice stays as it is: that is a fault of the file.
        """
        name = given
        if not is_ncname(given):
            name = self._free(ncname(f"c-{given or otherwise.lower()}"))
            self._changed.append((given, name))
        self._taken.add(name)
        return name

    def _free(self, name: str) -> str:
        number = 2
        free = name
        while free in self._taken:
            free, number = f"{name}-{number}", number + 1
        return free

    @property
    def notices(self) -> tuple[str, ...]:
        """What was done, if anything."""
        if not self._changed:
            return ()
        given, name = self._changed[0]
        example = f"{given!r} became {name!r}" if given else f"the first is {name!r}"
        return (f"{len(self._changed)} concepts got an id of letters and digits: {example}",)


def counted(words: str, found: Iterable[str]) -> tuple[str, ...]:
    """Return the notice that *words* are true of what was *found*, each kind with its number."""
    counts = Counter(found)
    if not counts:
        return ()
    kinds = ", ".join(f"{kind} ({number})" for kind, number in sorted(counts.items()))
    return (f"{words}: {kinds}",)
