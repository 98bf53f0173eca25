"""A folder of texts with its metadata and glossary: find, load, check, save."""

from __future__ import annotations

from parallel_statement.languages import standard_tag
from parallel_statement.workspace.folder import Entry, Workspace, open_files, open_texts
from parallel_statement.workspace.metadata import MetadataFile, read_metadata
from parallel_statement.workspace.results import (
    check,
    remove_outdated,
    render,
    write,
    write_files,
)

__all__ = [
    "Entry",
    "MetadataFile",
    "Workspace",
    "check",
    "open_files",
    "open_texts",
    "read_metadata",
    "remove_outdated",
    "render",
    "standard_tag",
    "write",
    "write_files",
]
