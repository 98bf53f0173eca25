"""Terminology: what makes a glossary, and where its terms stand in a text."""

from __future__ import annotations

from parallel_statement.terminology.matching import find_mentions

__all__ = ["find_mentions"]
