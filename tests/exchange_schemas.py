"""The schemas of others' formats, where they are at hand: .ci/run fetches them."""

from __future__ import annotations

import re
import sys
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree

VALIDATORS = Path(sys.prefix) / "share/validators"


def schema_file(name: str) -> Path:
    """Return where the schema *name* lies, or skip the test."""
    path = VALIDATORS / name
    if not path.exists():
        pytest.skip(f"{name} is not here; .ci/run fetches it")
    return path


def tmx_dtd() -> etree.DTD:
    """Return the DTD of TMX 1.4b."""
    return etree.DTD(BytesIO(schema_file("tmx14.dtd").read_bytes()))


def xliff_core() -> etree.XMLSchema:
    """Return the schema of the core of XLIFF 2."""
    words = schema_file("xliff-core-2.0.xsd").read_text(encoding="utf-8")
    local = f'schemaLocation="{schema_file("xml.xsd")}"'
    words = re.sub('schemaLocation="[^"]*xml.xsd"', local, words)
    return etree.XMLSchema(etree.fromstring(words.encode()))
