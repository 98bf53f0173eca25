"""What languages and checks know, in data files beside the code."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any


def read_table(package: str, name: str) -> dict[str, Any]:
    """Return what the TOML file *name* in the folder of *package* holds."""
    return tomllib.loads(files(package).joinpath(name).read_text("utf-8"))
