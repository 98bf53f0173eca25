"""SARIF: against the schema of the standard, as golden bytes, and place by place."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import fastjsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import parallel_statement as ps
from checks_sample import parallel
from parallel_statement.formats import sarif
from parallel_statement.model import CheckedText, Finding, Source, Span

DATA = Path(__file__).parent / "data/sarif"
RULES = {
    "length": sarif.Rule("info", "no side is far shorter than the others let expect"),
    "number-mismatch": sarif.Rule("error", "all versions have the same numbers and dates"),
}
ROWS = [
    {"en": "They met in Tokyo.", "it": "Si sono incontrati a Tokyo.", "ja": "東京で会談した。"},
    {"en": "They sent 48 lorries.", "it": "Hanno inviato 84 camion.", "ja": "𠮷野家に４８台。"},
    {"en": "They had 30 guests.", "it": "Avevano 40 ospiti.", "ja": "３０人の客がいた。"},
]


def named(checked: CheckedText, suffix: str = "md") -> CheckedText:
    """The text with a file for each version."""
    versions = tuple(
        replace(v, document=replace(v.document, source=Source(f"{v.language}/t.{suffix}", "", "")))
        for v in checked.text.versions
    )
    return replace(checked, text=replace(checked.text, versions=versions))


def sample(suffix: str = "md") -> CheckedText:
    said = parallel(*([row] for row in ROWS))
    checked = ps.check(said)
    (first, *_) = checked.findings
    waiver = ps.waive(checked, first.id, "The {trailers} count too.", by="A. Reviser")
    return named(ps.check(said, waivers=[waiver]), suffix)


@cache
def validator() -> Any:
    schema = json.loads((DATA / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    return fastjsonschema.compile(schema, use_default=False)


def results(data: bytes) -> list[dict[str, Any]]:
    log = json.loads(data)
    validator()(log)
    found: list[dict[str, Any]] = log["runs"][0]["results"]
    return found


def region(location: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = location["physicalLocation"]["region"]
    return found


def test_the_bytes_are_those_of_the_golden_file() -> None:
    data = sarif.write_findings([sample()], RULES, "my texts")
    results(data)
    data = re.sub(rb'("version": ")\d+\.\d+\.\d+[^"]*("\s*,\s*"rules)', rb"\g<1>0\2", data)
    golden = DATA / "findings.sarif"
    assert data == golden.read_bytes()


def test_the_schema_can_refuse() -> None:
    log = json.loads(sarif.write_findings([sample()], RULES))
    region(log["runs"][0]["results"][0]["locations"][0])["startColumn"] = 0
    with pytest.raises(fastjsonschema.JsonSchemaException, match="startColumn"):
        validator()(log)


def test_the_place_at_fault_is_the_location() -> None:
    for result in results(sarif.write_findings([sample()], RULES, "texts")):
        (location,) = result["locations"]
        physical = location["physicalLocation"]
        assert physical["artifactLocation"] == {"uri": "texts/it/t.md", "uriBaseId": sarif.ROOT}
        related = result["relatedLocations"]
        assert [place["id"] for place in related] == [1, 2]
        assert [place["message"]["text"].split(":")[0] for place in related] == [
            "English",
            "Japanese",
        ]


def test_a_waiver_is_a_suppression() -> None:
    first, second = results(sarif.write_findings([sample()], RULES))
    assert first["suppressions"] == [
        {
            "kind": "external",
            "status": "accepted",
            "justification": "The {trailers} count too.",
            "properties": {"by": "A. Reviser"},
        }
    ]
    assert second["suppressions"] == []


def test_a_file_that_is_no_text_has_no_lines() -> None:
    for result in results(sarif.write_findings([sample("docx")], RULES)):
        for location in (*result["locations"], *result["relatedLocations"]):
            assert "region" not in location["physicalLocation"]
            assert location["logicalLocations"][0]["name"]


def test_braces_in_a_message_are_no_placeholder() -> None:
    checked = sample()
    strange = replace(checked.findings[0], reason="No “{0}” here.", rule="unlisted")
    (result,) = results(sarif.write_findings([replace(checked, findings=(strange,))], RULES))
    assert result["message"]["text"] == "No “{{0}}” here."
    assert "ruleIndex" not in result


def test_ids_are_fingerprints_and_rules_are_listed() -> None:
    checked = sample()
    found = results(sarif.write_findings([checked], RULES))
    assert [r["partialFingerprints"]["finding/v1"] for r in found] == [
        finding.id for finding in checked.findings
    ]
    assert {r["ruleIndex"] for r in found} == {1}


characters = st.text(st.sampled_from("a é𠮷\n\r"), min_size=1, max_size=30)


@settings(max_examples=100)
@given(characters, st.sampled_from(["", "\ufeff"]), st.data())
def test_line_and_column_lead_to_the_words(said: str, mark: str, data: st.DataObject) -> None:
    """In the file as a reader of SARIF sees it, without its byte order mark."""
    start = data.draw(st.integers(0, len(said)))
    end = data.draw(st.integers(start, len(said)))
    checked = named(CheckedText(parallel([{"en": "x", "it": "y"}])))
    english, italian = checked.text.versions
    english = replace(english, document=replace(english.document, text=mark + said))
    first = start + len(mark) if start else 0  # a reader may put the mark into the first sentence
    spans = {"en": (Span(first, end + len(mark)),)}
    finding = Finding("f", "length", "info", "b", spans, ("en",), "", "", "R.")
    text = replace(checked.text, versions=(english, italian))
    (result,) = results(
        sarif.write_findings([replace(checked, text=text, findings=(finding,))], RULES)
    )
    place = region(result["locations"][0])
    starts = [0] + [match.end() for match in re.finditer("\r\n|\n|\r", said)]
    begin = starts[place["startLine"] - 1] + place["startColumn"] - 1
    stop = starts[place["endLine"] - 1] + place["endColumn"] - 1
    assert (begin, stop) == (start, end)
    assert (place["charOffset"], place["charLength"]) == (start, end - start)
    assert place["snippet"]["text"] == said[start:end]
