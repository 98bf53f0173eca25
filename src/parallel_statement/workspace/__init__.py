"""A folder of texts and what stands beside them: find, load, check, save."""

from __future__ import annotations

from parallel_statement.languages import standard_tag
from parallel_statement.workspace.amendment import amendment
from parallel_statement.workspace.baseline import read_baseline
from parallel_statement.workspace.borders import BorderRecord, apply_borders, border_at
from parallel_statement.workspace.corrections import (
    Change,
    Corrections,
    append,
    read_corrections,
)
from parallel_statement.workspace.folder import (
    Entry,
    Workspace,
    is_passed_over,
    open_files,
    open_texts,
    own_glossary,
)
from parallel_statement.workspace.locks import LockRecord
from parallel_statement.workspace.metadata import MetadataFile, read_metadata
from parallel_statement.workspace.relocation import (
    Finder,
    Resolution,
    correct,
    read_locks,
    records_of,
    refreshed,
    resolve,
    resolve_corrections,
)
from parallel_statement.workspace.results import (
    check,
    remove_outdated,
    render,
    write,
    write_files,
    writing,
)
from parallel_statement.workspace.waivers import read_waivers, write_waivers

__all__ = [
    "BorderRecord",
    "Change",
    "Corrections",
    "Entry",
    "Finder",
    "LockRecord",
    "MetadataFile",
    "Resolution",
    "Workspace",
    "amendment",
    "append",
    "apply_borders",
    "border_at",
    "check",
    "correct",
    "is_passed_over",
    "open_files",
    "open_texts",
    "own_glossary",
    "read_baseline",
    "read_corrections",
    "read_locks",
    "read_metadata",
    "read_waivers",
    "records_of",
    "refreshed",
    "remove_outdated",
    "render",
    "resolve",
    "resolve_corrections",
    "standard_tag",
    "write",
    "write_files",
    "write_waivers",
    "writing",
]
