"""TEI files held against the schema and against our own laws, for a person who edited them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from parallel_statement.errors import InputError

if TYPE_CHECKING:
    from parallel_statement.formats.tei.profile import Violation

__all__ = ["validate_tei"]


def validate_tei(files: Mapping[str, bytes] | Path) -> tuple[Violation, ...]:
    """Return where TEI *files* are not valid or break a law; nothing if all is well.

    The schema is the profile of TEI that this project writes. The laws: every id is unique and
    every pointer leads somewhere; the ``type`` of a link agrees with its targets; every unit of a
    text is in exactly one link or unaligned span of each pair of texts; what is linked in a pair
    lies in one link over all texts; every ``corresp`` is what the links say.

    Args:
        files: A folder, whose ``.xml`` files are read, or the bytes of files by relative name.
            A corpus file and the files it includes must be in it together.

    Raises:
        InputError: the folder is missing, cannot be read, or has no XML files.
    """
    from parallel_statement.formats.tei.laws import violations

    return violations(_read(files) if isinstance(files, Path) else files)


def _read(folder: Path) -> dict[str, bytes]:
    if not folder.is_dir():
        raise InputError(folder, "there is no such folder; give the folder of the TEI files")
    paths = sorted(path for path in folder.rglob("*.xml") if path.is_file())
    if not paths:
        raise InputError(folder, "there are no .xml files in this folder")
    try:
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    except OSError as error:
        raise InputError(folder, f"cannot be read: {error.strerror}") from error
