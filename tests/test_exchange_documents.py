"""Documents and hostile text, read and aligned, in the formats of others: valid, and back again.

The documents are those of `test_tei_documents`: four, or twenty with ``TEI_DOCUMENTS=20``.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

import parallel_statement as ps
from exchange_schemas import tmx_dtd, xliff_core
from parallel_statement.formats import render
from test_exchange_formats import OFFICE, office, opus_lines
from test_tei_documents import NAMES, WANTED, case

BACK = ("csv", "docx", "tmx", "tsv", "xliff", "xlsx")


@pytest.mark.parametrize("name", NAMES)
def test_what_nobody_changed_comes_back_without_a_word(name: str, tmp_path: Path) -> None:
    checked, _ = case(name)
    for form in BACK:
        for path in ps.write(checked, tmp_path / form, form):
            made = ps.read_feedback(path, checked.text)
            assert (made.decisions, made.conflicts, made.remarks) == ((), (), ()), form


def test_tmx_and_xliff_are_valid() -> None:
    dtd, schema = tmx_dtd(), xliff_core()
    for name in NAMES:
        (memory,) = render(case(name)[0], "tmx").values()
        assert dtd.validate(etree.fromstring(memory)), (name, dtd.error_log)
        for data in render(case(name)[0], "xliff").values():
            assert schema.validate(etree.fromstring(data)), (name, schema.error_log)


@pytest.mark.parametrize("name", NAMES if WANTED else NAMES[:1])
def test_opustools_and_libreoffice_read_them(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked, _ = case(name)
    a, b = checked.text.languages[:2]
    ps.write(checked, tmp_path, "cesalign")
    monkeypatch.chdir(tmp_path / "cesalign")
    assert len(opus_lines("case", a, b)[0]) == len(checked.text.pair(a, b))
    if OFFICE is None:
        pytest.skip("LibreOffice is not installed (apt)")
    for form, target in (("docx", "fodt"), ("xlsx", "csv:Text - txt - csv (StarCalc):44,34,76")):
        (path,) = ps.write(checked, tmp_path, form)
        held = "".join(office(path, target).decode().split())
        for version in checked.text.versions:
            for sentence in version.sentences[:50]:
                plain = re.findall(r"\w+", version.text(sentence))
                assert all(word in held for word in plain), (form, version.text(sentence))
