"""The direction in which a language is written."""

from __future__ import annotations

from parallel_statement.model import LanguageTag

_RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"})
"""Scripts (ISO 15924) in present use that run from right to left."""


def direction(language: LanguageTag) -> str:
    """Return the direction in which *language* is usually written: ``ltr`` or ``rtl``."""
    from langcodes import Language

    script = Language.get(language).maximize().script
    return "rtl" if script in _RIGHT_TO_LEFT else "ltr"
