"""Repeated sentences: the same rendered differently, and different ones rendered the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from checks_sample import parallel, said
from parallel_statement.checks import check

FIRST = {
    "en": "The two leaders praised the plan.",
    "it": "I due leader hanno lodato il piano.",
    "ja": "両首脳は、その計画を称賛した。",
}
SECOND = {
    "en": "Both sides welcomed a new era of trade.",
    "it": "Le parti salutano una nuova era di scambi.",
    "ja": "双方は貿易の新時代の幕開けを歓迎した。",
}
OTHER_ITALIAN = "I capi di governo hanno elogiato il piano."


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([FIRST, SECOND, FIRST], [], id="right"),
        pytest.param(
            [FIRST, SECOND, {**FIRST, "it": OTHER_ITALIAN}],
            [("rendering-varies", ("it",), OTHER_ITALIAN)],
            id="same rendered differently",
        ),
        pytest.param(
            [FIRST, {**FIRST, "it": FIRST["it"].upper()}, {**FIRST, "en": FIRST["en"][:-1]}],
            [],
            id="but for capitals and the stop",
        ),
        pytest.param(
            [FIRST, {**SECOND, "ja": FIRST["ja"]}],
            [("rendering-same", ("ja",), FIRST["ja"])],
            id="different rendered the same",
        ),
        pytest.param(
            [FIRST, {**FIRST, "en": "The two leaders praise the plan.", "it": OTHER_ITALIAN}],
            [],
            id="hardly different",
        ),
        pytest.param(
            [
                {"en": "See this", "it": "Si veda", "ja": "参照"},
                {"en": "See", "it": "V.", "ja": "参照"},
            ],
            [],
            id="too short",
        ),
        pytest.param(
            [
                {"en": FIRST["en"], "it": FIRST["it"]},
                {"en": FIRST["en"], "it": OTHER_ITALIAN},
            ],
            [("rendering-same", ("en",), FIRST["en"])],
            id="two versions",
        ),
    ],
)
def test_repetitions(
    rows: Sequence[Mapping[str, str]], expected: list[tuple[str, tuple[str, ...], str]]
) -> None:
    findings = check(parallel(*[[row] for row in rows]))
    found = [each for each in said(findings) if each[1].startswith("rendering-")]
    assert [(rule, who, what) for _, rule, who, what in found] == expected
    assert {severity for severity, *_ in found} <= {"warning" if "ja" in rows[0] else "info"}
