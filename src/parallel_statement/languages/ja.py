"""Japanese."""

from __future__ import annotations

from parallel_statement.languages.base import Language
from parallel_statement.languages.ja_content import find_content
from parallel_statement.languages.ja_phrases import find
from parallel_statement.languages.ja_variants import VARIANTS
from parallel_statement.languages.ja_words import analyse, quantities
from parallel_statement.languages.rules import load_rules

LANGUAGE = Language(
    code="ja",
    name="Japanese",
    joiner="",
    rules=load_rules("ja"),
    analyse=analyse,
    quantities=quantities,
    phrases=find,
    content=find_content,
    variants=VARIANTS,
)
