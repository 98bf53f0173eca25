"""A folder of texts with its metadata, glossary, locks and waivers: find, load, check, save."""

from __future__ import annotations

from parallel_statement.languages import standard_tag
from parallel_statement.workspace.baseline import read_baseline
from parallel_statement.workspace.folder import Entry, Workspace, open_files, open_texts
from parallel_statement.workspace.locks import LockRecord, read_records, write_records
from parallel_statement.workspace.metadata import MetadataFile, read_metadata
from parallel_statement.workspace.relocation import (
    Resolution,
    read_locks,
    records_of,
    refreshed,
    resolve,
)
from parallel_statement.workspace.results import (
    check,
    remove_outdated,
    render,
    write,
    write_files,
)
from parallel_statement.workspace.waivers import read_waivers, write_waivers

__all__ = [
    "Entry",
    "LockRecord",
    "MetadataFile",
    "Resolution",
    "Workspace",
    "check",
    "open_files",
    "open_texts",
    "read_baseline",
    "read_locks",
    "read_metadata",
    "read_records",
    "read_waivers",
    "records_of",
    "refreshed",
    "remove_outdated",
    "render",
    "resolve",
    "standard_tag",
    "write",
    "write_files",
    "write_records",
    "write_waivers",
]
