"""Segment, align, encode and check one statement published in several languages."""

from parallel_statement.__about__ import __version__

__all__ = ["__version__"]
