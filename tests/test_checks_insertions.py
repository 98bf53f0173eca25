"""Brackets and quotations that one version lacks, or has alone."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from checks_sample import parallel, said
from parallel_statement.checks import check

BRACKET = {
    "en": "The dam (built long ago) leaks.",
    "it": "La diga (costruita tempo fa) perde.",
    "ja": "ダム（昔に建設）は漏れている。",
}
QUOTATION = {
    "en": "She called it “a long road”.",
    "it": "L'ha detta «una lunga strada».",
    "ja": "彼女はそれを「長い道」と呼んだ。",
}
WITHOUT = {
    "dam": {"en": "The dam leaks.", "it": "La diga perde.", "ja": "ダムは漏れている。"},
    "road": {"en": "She named it.", "it": "L'ha nominata.", "ja": "彼女はその名を呼んだ。"},
}


def parts(row: Mapping[str, str]) -> list[tuple[str, tuple[str, ...], str]]:
    findings = said(check(parallel([row])))
    return [
        (severity, who, found) for severity, rule, who, found in findings if rule == "part-missing"
    ]


@pytest.mark.parametrize("language", BRACKET)
@pytest.mark.parametrize(("full", "bare"), [(BRACKET, "dam"), (QUOTATION, "road")])
def test_a_part_that_one_version_lacks_is_found(
    full: Mapping[str, str], bare: str, language: str
) -> None:
    assert parts(full) == []
    assert parts({**full, language: WITHOUT[bare][language]}) == [("info", (language,), "")]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", BRACKET["en"], "(built long ago)"),
        ("ja", BRACKET["ja"], "（昔に建設）"),
    ],
)
def test_a_part_that_one_version_has_alone_is_found(language: str, text: str, found: str) -> None:
    assert parts({**WITHOUT["dam"], language: text}) == [("info", (language,), found)]


@pytest.mark.parametrize(
    "text",
    ["The dam (in 2019) leaks.", "The dam (WFP) leaks.", "The dam (a) leaks."],
    ids=["a date", "an acronym", "a label"],
)
def test_glosses_come_and_go(text: str) -> None:
    assert parts({**WITHOUT["dam"], "en": text}) == []


def test_two_versions_alone_cannot_tell() -> None:
    assert parts({"en": BRACKET["en"], "it": WITHOUT["dam"]["it"]}) == []
