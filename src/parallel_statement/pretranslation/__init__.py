"""A new text, made ready for its translators: what an archive said before, and the terms."""

from __future__ import annotations

from parallel_statement.pretranslation.draft import Draft, Row, Term, pretranslate

__all__ = ["Draft", "Row", "Term", "pretranslate"]
