"""What the other versions say about a pair."""

from __future__ import annotations

import numpy as np
import pytest

from parallel_sample import version
from parallel_statement.alignment import align
from parallel_statement.alignment.consensus import Matches, support
from test_alignment import LetterEncoder


def same(*rows: list[float]) -> Matches:
    return Matches(np.array(rows), np.array(rows))


def test_a_third_version_leads_from_one_to_the_other() -> None:
    found = support(
        (0, 1),
        3,
        {
            (0, 1): same([0.0, 0.0], [0.0, 0.0]),
            (0, 2): same([1.0, 0.0], [0.0, 0.5]),
            (1, 2): same([0.0, 1.0], [1.0, 0.0]),
        },
    )
    assert found is not None
    assert found.rows.tolist() == [[0.0, 1.0], [0.5, 0.0]]
    assert found.columns.tolist() == [[0.0, 1.0], [0.5, 0.0]]


def test_what_the_third_version_has_and_the_second_lacks_is_denied() -> None:
    found = support((0, 1), 3, {(0, 1): same([0.0]), (0, 2): same([1.0]), (1, 2): same([0.0])})
    assert found is not None
    assert (found.source_denied.tolist(), found.target_denied.tolist()) == ([1.0], [0.0])


def test_two_versions_have_nobody_to_ask() -> None:
    assert support((0, 1), 2, {(0, 1): same([1.0])}) is None


def test_a_version_that_is_like_both_makes_two_others_sure_of_each_other() -> None:
    en = version("en", [["abc abc abc.", "defg defg.", "hij hij hij."]])
    ja = version("ja", [["klm klm klm.", "dnop dnop.", "qrs qrs qrs."]])
    it = version("it", [["abc klm abc klm.", "defg dnop.", "hij qrs hij qrs."]])
    alone, joint = (
        [bead.posterior for bead in align(versions, LetterEncoder()).pair("en", "ja")]
        for versions in ([en, ja], [en, ja, it])
    )
    assert alone[0] < 0.9 > alone[2]
    assert joint == pytest.approx([1, 1, 1], abs=0.01)
