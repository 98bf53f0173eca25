"""Numbers of paragraphs, compared across versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from checks_sample import parallel, said
from parallel_statement.checks import check
from parallel_statement.model import ParallelText, Range, Span


def numbered(**numbers: Sequence[str]) -> ParallelText:
    """A text whose paragraphs are numbered as said; "" is a paragraph without a number."""
    words = {"en": "Peace is near.", "it": "La pace si avvicina.", "ja": "平和は近い。"}
    count = max(map(len, numbers.values()))
    text = parallel(*[[{tag: words[tag] for tag in numbers}] for _ in range(count)])
    versions = tuple(
        replace(
            version,
            paragraphs=tuple(
                replace(paragraph, number=number or None)
                for paragraph, number in zip(
                    version.paragraphs, numbers[version.language], strict=True
                )
            ),
        )
        for version in text.versions
    )
    return replace(text, versions=versions)


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        pytest.param({"en": "123", "it": "123", "ja": "123"}, [], id="alike"),
        pytest.param(
            {"en": "1234", "it": "1234", "ja": "1244"}, [("error", ("ja",), "4", 2)], id="wrong"
        ),
        pytest.param(
            {"en": "1234", "it": "1345", "ja": "1234"},
            [("error", ("it",), "3", 1)],
            id="ahead from there on",
        ),
        pytest.param(
            {"en": "1234", "it": ["1", "2", "", "4"], "ja": "1234"},
            [("warning", ("it",), "", 2)],
            id="no number",
        ),
        pytest.param(
            {"en": "123", "it": "132"},
            [("error", ("en", "it"), "2 / 3", 1), ("error", ("en", "it"), "3 / 2", 2)],
            id="two versions",
        ),
        pytest.param({"en": "1234", "it": ["", "", "", ""]}, [], id="one is not numbered"),
        pytest.param({"en": ["1", "2", "a"], "it": ["1", "2", "i"]}, [], id="letters"),
        pytest.param(
            {"en": "12abc3", "it": ["1", "2", "a", "", "c", "3"], "ja": "12アイウ3"},
            [("warning", ("it",), "", 3)],
            id="no letter",
        ),
        pytest.param(
            {"en": "124", "it": "124", "ja": "124"},
            [("info", ("en", "it", "ja"), "4", 2)],
            id="a number left out in all",
        ),
        pytest.param({"en": "12312", "it": "12312"}, [], id="a second list"),
    ],
)
def test_numbers_of_paragraphs(
    numbers: Mapping[str, Sequence[str]], expected: list[tuple[str, tuple[str, ...], str, int]]
) -> None:
    findings = [each for each in check(numbered(**numbers)) if each.rule == "paragraph-number"]
    assert [
        (severity, who, what, int(finding.bead.rpartition(".")[2]) - 1)
        for (severity, _, who, what), finding in zip(said(findings), findings, strict=True)
    ] == expected


def test_headings_are_counted_by_themselves() -> None:
    text = numbered(en="1324", it="1324")  # headings 1 and 2, paragraphs 3 and 4
    versions = tuple(
        replace(
            version,
            paragraphs=tuple(
                replace(each, kind="head") if each.number in ("1", "2") else each
                for each in version.paragraphs
            ),
        )
        for version in text.versions
    )
    assert check(text) != ()
    assert check(replace(text, versions=versions)) == ()


def test_a_section_number_in_a_sentence_is_the_label_of_another_version() -> None:
    text = parallel([{"en": "4.1. Peace", "ja": "平和", "it": "4.1. Pace"}])
    assert [each.rule for each in check(text)] == ["number-mismatch"]
    versions = tuple(
        replace(v, paragraphs=(replace(v.paragraphs[0], number="4.1"),))
        if v.language == "ja"
        else v
        for v in text.versions
    )
    assert check(replace(text, versions=versions)) == ()


def test_a_number_that_is_lost_with_the_border_of_its_paragraph_is_found() -> None:
    text = numbered(en="1234", it="1234", ja="1234")
    english, *others = text.versions
    first, second, third, fourth = english.paragraphs
    joined = replace(
        second,
        span=Span(second.span.start, third.span.end),
        sentences=(*second.sentences, *third.sentences),
    )
    one, two, _, four = text.paragraphs.beads
    merged = replace(
        two,
        ranges={tag: Range(1, 2 if tag == "en" else 3) for tag in text.languages},
    )
    last = replace(four, ranges=four.ranges | {"en": Range(2, 3)})
    changed = replace(
        text,
        versions=(replace(english, paragraphs=(first, joined, fourth)), *others),
        paragraphs=replace(text.paragraphs, beads=(one, merged, last)),
    )
    (finding,) = (each for each in check(changed) if each.rule == "paragraph-number")
    assert (finding.severity, finding.languages, finding.expected) == ("warning", ("en",), "3")
    assert finding.bead == merged.id
