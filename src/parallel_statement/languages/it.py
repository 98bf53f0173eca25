"""Italian."""

from __future__ import annotations

from parallel_statement.languages.base import Language
from parallel_statement.languages.it_phrases import find, find_content
from parallel_statement.languages.it_words import analyse, quantities
from parallel_statement.languages.rules import load_rules

LANGUAGE = Language(
    code="it",
    name="Italian",
    joiner=" ",
    rules=load_rules("it"),
    analyse=analyse,
    quantities=quantities,
    phrases=find,
    content=find_content,
)
