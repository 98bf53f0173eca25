"""English."""

from __future__ import annotations

from parallel_statement.languages.base import Language
from parallel_statement.languages.en_phrases import find, find_content
from parallel_statement.languages.en_words import analyse, quantities
from parallel_statement.languages.rules import load_rules

LANGUAGE = Language(
    code="en",
    name="English",
    joiner=" ",
    rules=load_rules("en"),
    analyse=analyse,
    quantities=quantities,
    phrases=find,
    content=find_content,
)
