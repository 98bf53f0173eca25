"""Faults planted one at a time in the statement: each is found at its place, as its kind."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from planted_sample import (
    FAMILIES,
    FAULTS,
    LANGUAGES,
    assert_found,
    assert_silent,
    checked,
    clean_findings,
    clean_version,
    plant,
)


@pytest.mark.parametrize("name", ["statement.earlier", "statement.tuning", "statement.held"])
def test_planted_faults_are_found(name: str, tmp_path: Path) -> None:
    assert_found(name, tmp_path)


def test_the_text_without_a_fault_raises_no_alarm() -> None:
    assert_silent("statement")


def test_findings_elsewhere_keep_their_ids(tmp_path: Path) -> None:
    first, second = (
        plant(next(fault for fault in FAULTS["statement.earlier"] if fault["id"] == name), tmp_path)
        for name in ("statement-sibling-ja", "statement-deprecated-it")
    )
    alone = {finding.id for finding in checked("statement", first)[1]}
    assert alone - {finding.id for finding in clean_findings("statement")}
    assert alone <= {finding.id for finding in checked("statement", first, second)[1]}


@pytest.mark.parametrize("name", FAULTS)
def test_a_file_of_faults_is_in_order(name: str) -> None:
    ids = Counter(fault["id"] for fault in FAULTS[name])
    assert not [each for each, number in ids.items() if number > 1]
    for fault in FAULTS[name]:
        assert set(fault["expect"]) <= set(FAMILIES), fault["id"]
        assert fault["language"] in LANGUAGES, fault["id"]
        assert fault["paragraph"] <= len(clean_version(fault["text"], "en").paragraphs), fault["id"]
