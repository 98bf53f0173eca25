"""Segment, align, encode and check one statement published in several languages.

The names below are the whole public face. Each is loaded when it is first used, so that
``import parallel_statement`` takes no time; type checkers read the imports.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from parallel_statement.__about__ import __version__

if TYPE_CHECKING:
    from parallel_statement.alignment.align import align
    from parallel_statement.alignment.explanation import explain
    from parallel_statement.alignment.reasons import Explanation
    from parallel_statement.archive import read_tei
    from parallel_statement.checks.waivers import waive
    from parallel_statement.encoders import load as load_encoder
    from parallel_statement.encoders.base import Encoder
    from parallel_statement.errors import (
        EncoderError,
        InputError,
        MissingExtraError,
        OutputError,
        ParallelStatementError,
        UnknownNameError,
    )
    from parallel_statement.feedback import read_feedback
    from parallel_statement.formats import read
    from parallel_statement.formats.glossary import read_glossary
    from parallel_statement.formats.result import read_result
    from parallel_statement.model import (
        Bead,
        CheckedText,
        Document,
        Finding,
        Glossary,
        Lock,
        Metadata,
        ParallelText,
        Span,
        Version,
        Waiver,
    )
    from parallel_statement.packaging import deposit
    from parallel_statement.revision import update
    from parallel_statement.segmentation import segment
    from parallel_statement.terminology.concordance import find
    from parallel_statement.terminology.extraction.proposals import propose_terms
    from parallel_statement.workspace import (
        Workspace,
        check,
        correct,
        open_texts,
        read_locks,
        read_waivers,
        write,
        write_waivers,
    )

__all__ = [
    "Bead",
    "CheckedText",
    "Document",
    "Encoder",
    "EncoderError",
    "Explanation",
    "Finding",
    "Glossary",
    "InputError",
    "Lock",
    "Metadata",
    "MissingExtraError",
    "OutputError",
    "ParallelStatementError",
    "ParallelText",
    "Span",
    "UnknownNameError",
    "Version",
    "Waiver",
    "Workspace",
    "__version__",
    "align",
    "check",
    "correct",
    "deposit",
    "explain",
    "find",
    "load_encoder",
    "open_texts",
    "propose_terms",
    "read",
    "read_feedback",
    "read_glossary",
    "read_locks",
    "read_result",
    "read_tei",
    "read_waivers",
    "segment",
    "update",
    "waive",
    "write",
    "write_waivers",
]

_HOMES = {
    "alignment.align": ("align",),
    "alignment.explanation": ("explain",),
    "alignment.reasons": ("Explanation",),
    "archive": ("read_tei",),
    "checks.waivers": ("waive",),
    "encoders.base": ("Encoder",),
    "errors": (
        "EncoderError",
        "InputError",
        "MissingExtraError",
        "OutputError",
        "ParallelStatementError",
        "UnknownNameError",
    ),
    "feedback": ("read_feedback",),
    "formats": ("read",),
    "formats.glossary": ("read_glossary",),
    "formats.result": ("read_result",),
    "model": (
        "Bead",
        "CheckedText",
        "Document",
        "Finding",
        "Glossary",
        "Lock",
        "Metadata",
        "ParallelText",
        "Span",
        "Version",
        "Waiver",
    ),
    "packaging": ("deposit",),
    "revision": ("update",),
    "segmentation": ("segment",),
    "terminology.concordance": ("find",),
    "terminology.extraction.proposals": ("propose_terms",),
    "workspace": (
        "Workspace",
        "check",
        "correct",
        "open_texts",
        "read_locks",
        "read_waivers",
        "write",
        "write_waivers",
    ),
}
_HOME = {name: (home, name) for home, names in _HOMES.items() for name in names}
_HOME["load_encoder"] = ("encoders", "load")


def __getattr__(name: str) -> object:
    """Load a public name from its module at first use."""
    if name not in _HOME:
        raise AttributeError(f"module 'parallel_statement' has no attribute {name!r}")
    home, original = _HOME[name]
    return getattr(import_module(f"parallel_statement.{home}"), original)


def __dir__() -> list[str]:
    """List the public names."""
    return __all__
