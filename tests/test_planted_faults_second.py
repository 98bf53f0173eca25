"""Faults planted one at a time in a communiqué: each is found at its place, as its kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from planted_sample import assert_found, assert_silent


@pytest.mark.parametrize("name", ["second.tuning", "second.held"])
def test_planted_faults_are_found(name: str, tmp_path: Path) -> None:
    assert_found(name, tmp_path)


def test_the_text_without_a_fault_raises_no_alarm() -> None:
    assert_silent("second")
