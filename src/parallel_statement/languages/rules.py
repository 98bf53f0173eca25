"""The segmentation rules of a language, read from its TOML file."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from parallel_statement.languages.base import SegmentationRules


def load_rules(name: str) -> SegmentationRules:
    """Return the rules in the data file *name* (``en`` for ``en.toml``) of this package."""
    data = tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text("utf-8"))
    return SegmentationRules(
        terminators=data["terminators"],
        closers=data["closers"],
        paired=tuple((pair[0], pair[1]) for pair in data["paired"]),
        abbreviations=frozenset(_words(data["abbreviations"])),
        final_abbreviations=frozenset(_words(data["final_abbreviations"])),
        starters=frozenset(data["starters"].split()),
        dateline=data["dateline"].strip(),
    )


def _words(groups: dict[str, str]) -> list[str]:
    """Return the words of all *groups*, a table of lists separated by white space."""
    return [word for group in groups.values() for word in group.split()]
