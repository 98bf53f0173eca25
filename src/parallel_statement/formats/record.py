"""Our own JSON files, read back: every value is what it should be, or the message says where."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, NoReturn, TypeVar, get_args

from parallel_statement.errors import InputError
from parallel_statement.formats.files import read_bytes

_T = TypeVar("_T")


def read_json(path: Path, kind: str) -> object:
    """Return what the JSON file *path* holds; *kind* says what it is to be: "a result".

    Raises:
        FileNotFoundError: there is none.
        InputError: the file cannot be read, or is not JSON.
    """
    if not path.exists():
        raise FileNotFoundError(path)
    try:
        return json.loads(read_bytes(path).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(path, "is not UTF-8 text; save the file as UTF-8") from error
    except RecursionError as error:
        raise InputError(path, f"is nested too deeply for {kind}") from error
    except json.JSONDecodeError as error:
        raise InputError(path, f"is not valid JSON: {error.msg}", error.lineno) from error
    except ValueError as error:  # an endless integer
        raise InputError(path, f"is not valid JSON: {error}") from error


class Record:
    """An object of the file, with its place for messages."""

    def __init__(
        self, path: Path, where: str, content: object, advice: str = "", line: int | None = None
    ) -> None:
        self.path = path
        self.where = where
        self.advice = advice
        """What to do about any fault of the file; stands at the end of every message."""
        self.line = line
        if not isinstance(content, dict):
            self.fail("must be an object")
        self.content: dict[str, Any] = content

    def fail(self, message: str) -> NoReturn:
        """Raise an error that says where the record stands."""
        parts = (f"{self.where}: {message}" if self.where else message, self.advice)
        raise InputError(self.path, "; ".join(filter(None, parts)), self.line)

    def refuse_others(self, known: Collection[str]) -> None:
        """Raise an error if the record has another key than the *known* ones."""
        unknown = next((key for key in self.content if key not in known), None)
        if unknown is not None:
            self.fail(f"unknown key {unknown!r}; known keys: {', '.join(sorted(known))}")

    def get(self, key: str, kind: type[_T]) -> _T:
        """Return the value of *key*, which must be of a *kind*."""
        if key not in self.content:
            self.fail(f"lacks {key!r}; an older version wrote it, or it was changed by hand")
        value = self.content[key]
        if type(value) is not kind:
            self.fail(f"{key!r} is not what it should be")
        return value

    def text(self, key: str) -> str:
        """Return the value of *key*, which must be text."""
        return self._whole(self.get(key, str), key)

    def choice(self, key: str, kind: Any) -> Any:
        """Return the value of *key*, which must be one of the literal type *kind*."""
        value = self.text(key)
        if value not in get_args(kind):
            self.fail(f"{key!r} is {value!r}; known: {', '.join(get_args(kind))}")
        return value

    def optional(self, key: str) -> str | None:
        """Return the value of *key*, which may be missing or null."""
        return None if self.content.get(key) is None else self.text(key)

    def record(self, key: str) -> Record:
        """Return the object that *key* holds."""
        return self._inner(key, self.get(key, dict))

    def records(self, key: str) -> Iterator[Record]:
        """Yield the objects in the list that *key* holds."""
        for number, item in enumerate(self.get(key, list), start=1):
            yield self._inner(f"{key} {number}", item)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts in the list that *key* holds."""
        values = self.get(key, list)
        if not all(isinstance(value, str) for value in values):
            self.fail(f"{key!r} must be a list of texts")
        return tuple(self._whole(value, key) for value in values)

    def words(self, key: str) -> dict[str, str]:
        """Return the object of texts that *key* holds."""
        inner = self.record(key)
        return {name: inner.text(name) for name in inner.content}

    def _inner(self, name: str, content: object) -> Record:
        return Record(self.path, f"{self.where} {name}".strip(), content, self.advice, self.line)

    def _whole(self, value: str, key: str) -> str:
        if any("\ud800" <= character <= "\udfff" for character in value):
            self.fail(f"{key!r} holds half a character")
        return value
