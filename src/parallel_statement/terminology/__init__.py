"""Terminology: glossaries, and where their terms stand in a text."""

from __future__ import annotations

from parallel_statement.terminology.glossary import read_glossary
from parallel_statement.terminology.matching import find_mentions

__all__ = ["find_mentions", "read_glossary"]
