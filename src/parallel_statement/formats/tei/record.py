"""The objects of our model as JSON and back, by the types that their fields declare.

TEI says in its own elements what a reader of the text needs. What it has no element for (the
characters of the source that are no content, posteriors with all their digits, how a term was
matched) stands beside them as such a record, and a file that was not changed is read from it.

A dataclass is an object without the fields that have their default; a pair of numbers is a list;
a mapping keyed by a pair of languages has keys such as ``en ja``.
"""

from __future__ import annotations

import json
import math
import re
import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from typing import Any, Literal, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

_T = TypeVar("_T")
_NOT_IN_XML = re.compile("[\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


class NotARecordError(ValueError):
    """A JSON text that does not hold what it should; says where."""


def dump(value: object) -> str:
    r"""Return *value* as JSON that XML can hold; half a character becomes U+FFFD.

    >>> dump((1, 2)), dump("\ufffe")
    ('[1,2]', '"\\ufffe"')
    """
    text = json.dumps(
        value,
        ensure_ascii=False,
        check_circular=False,  # a frozen value holds nothing that was made after it
        allow_nan=False,
        separators=(",", ":"),
        default=_fields,
    )
    return text if text.isprintable() else _NOT_IN_XML.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    half = "\ud800" <= match[0] <= "\udfff"
    return "\ufffd" if half else f"\\u{ord(match[0]):04x}"


def load(kind: type[_T], content: object) -> _T:
    """Return the value of the type *kind* that *content*, made of plain JSON values, stands for.

    Raises:
        NotARecordError: it does not.
    """
    value: _T = _value(kind, content, kind.__name__)
    return value


# --- to JSON -----------------------------------------------------------------------------


def _fields(value: Any) -> dict[Any, Any]:
    """Return the fields of a dataclass that have not their default, or a mapping as a dict."""
    kind: type = type(value)
    plan = _plan(kind)
    if plan is None:
        return dict(value)
    always, default, paired = plan
    found = {name: getattr(value, name) for name in always}
    for name, usual in default:
        own = getattr(value, name)
        if own is not usual and own != usual:
            found[name] = own
    for name in paired:
        if name in found:
            found[name] = {" ".join(key): own for key, own in found[name].items()}
    return found


class _Plan(NamedTuple):
    """How the fields of a dataclass are written."""

    always: tuple[str, ...]
    """Those without a default, which come first."""
    default: tuple[tuple[str, Any], ...]
    paired: tuple[str, ...]


@cache
def _plan(kind: type) -> _Plan | None:
    """Return how a dataclass is written, or None for another type."""
    if not is_dataclass(kind):
        return None
    defaults = _defaults(kind)
    always = tuple(name for name, usual in defaults.items() if usual is MISSING)
    default = tuple((name, usual) for name, usual in defaults.items() if usual is not MISSING)
    return _Plan(always, default, _keyed_by_pairs(kind))


def _keyed_by_pairs(kind: type) -> tuple[str, ...]:
    """Return the fields of *kind* that are mappings from pairs, for which JSON has no form."""
    return tuple(
        name
        for name, hint in _hints(kind).items()
        if get_origin(hint) is Mapping and get_origin(get_args(hint)[0]) is tuple
    )


@cache
def _defaults(kind: type) -> dict[str, Any]:
    return {own.name: _default(own) for own in fields(kind)}


def _default(own: Field[Any]) -> Any:
    return own.default if own.default_factory is MISSING else own.default_factory()


# --- from JSON ---------------------------------------------------------------------------


def _value(kind: Any, content: Any, where: str) -> Any:
    """Return *content* as a value of the type *kind*; *where* it stands is for messages."""
    if isinstance(kind, type) and is_dataclass(kind):
        return _instance(kind, content, where)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        inner = next(each for each in arguments if each is not type(None))
        optional = type(None) in arguments and content is None
        return None if optional else _value(inner, content, where)
    if origin is Literal:
        return _checked(content in arguments if isinstance(content, str) else False, content, where)
    if origin is tuple:
        return _tuple(arguments, content, where)
    if origin is Mapping:
        return _mapping(arguments, content, where)
    if isinstance(kind, type) and issubclass(kind, tuple):  # a NamedTuple of integers
        size = len(get_type_hints(kind))
        _checked(isinstance(content, list) and len(content) == size, content, where)
        return kind(*(_value(int, each, where) for each in content))
    if kind is float:
        _checked(type(content) in (int, float) and math.isfinite(content), content, where)
        return float(content)
    return _checked(type(content) is kind, content, where)


def _checked(right: bool, content: Any, where: str) -> Any:
    if not right:
        raise NotARecordError(f"{where} is not what it should be")
    return content


def _instance(kind: type, content: Any, where: str) -> Any:
    _checked(isinstance(content, dict), content, where)
    hints, defaults = _hints(kind), _defaults(kind)
    unknown = sorted(content.keys() - hints.keys())
    missing = [n for n, d in defaults.items() if d is MISSING and n not in content]
    if unknown or missing:
        said = f"has {unknown[0]!r}, which is unknown" if unknown else f"lacks {missing[0]!r}"
        raise NotARecordError(f"{where} {said}")
    return kind(**{name: _value(hints[name], each, name) for name, each in content.items()})


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _tuple(arguments: tuple[Any, ...], content: Any, where: str) -> tuple[Any, ...]:
    _checked(isinstance(content, list), content, where)
    return tuple(_value(arguments[0], each, where) for each in content)


def _mapping(arguments: tuple[Any, ...], content: Any, where: str) -> dict[Any, Any]:
    _checked(isinstance(content, dict), content, where)
    key, inner = arguments
    found = {}
    for name, each in content.items():
        parts = tuple(name.split(" ")) if get_origin(key) is tuple else name
        _checked(isinstance(parts, str) or len(parts) == len(get_args(key)), content, where)
        found[parts] = _value(inner, each, f"{where} {name}")
    return found
