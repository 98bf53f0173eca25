"""Findings that a person accepts, known again when the texts have changed.

A waiver holds for a finding of the same rule, the same languages at fault and the same words
(`Finding.words`). Several findings may have these: then the id says which is meant or, if no
finding has it any more, the place among them, as long as there are as many as there were. In all
other cases the waiver is stale: it holds for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from parallel_statement import languages
from parallel_statement.checks.traces import Trace, alike, trace
from parallel_statement.errors import UnknownNameError
from parallel_statement.model import CheckedText, Finding, Occurrence, ParallelText, Waiver

_LONGEST = 60
_NAMED = 5
"""Most stale waivers that are named one by one."""


class StaleWaiver(NamedTuple):
    """A waiver that holds for no finding, and why."""

    waiver: Waiver
    reason: str


@dataclass(frozen=True, slots=True)
class Waived:
    """Findings with the waivers that hold for them."""

    findings: tuple[Finding, ...]
    stale: tuple[StaleWaiver, ...] = ()

    @property
    def held(self) -> tuple[Waiver, ...]:
        """The waivers that hold, in the order of the findings."""
        return tuple(finding.waiver for finding in self.findings if finding.waiver)

    @property
    def waivers(self) -> tuple[Waiver, ...]:
        """All waivers: those that hold, then the stale ones."""
        return (*self.held, *(each.waiver for each in self.stale))

    @property
    def notices(self) -> tuple[str, ...]:
        """What a reader of the result must know."""
        told = tuple(
            f"the waiver of {describe(waiver)} is stale and counts no more: {reason}; waive anew "
            "what still holds, and remove it with `align unwaive --stale`"
            for waiver, reason in self.stale[:_NAMED]
        )
        if len(self.stale) > _NAMED:
            told += (f"{len(self.stale)} waivers are stale; `align waivers` lists them",)
        return told


def apply_waivers(
    findings: Iterable[Finding], waivers: Iterable[Waiver], text: ParallelText
) -> Waived:
    """Return *findings* with those of the *waivers* that hold for them.

    Args:
        findings: All that was found in *text*, in order.
        waivers: What a person accepted, in *text* or in an earlier state of it.
        text: The text as it is now.
    """
    found = tuple(findings)
    given = tuple(waivers)
    traces = [trace(finding, text) for finding in found] if given else []
    held: dict[str, Waiver] = {}
    lost: list[Waiver] = []
    for waiver in given:  # those that are named come first: the others must not take them
        ids = {each.id for each in alike(_trace(waiver), traces)} - set(held)
        if waiver.finding in ids:
            held[waiver.finding] = waiver
        else:
            lost.append(waiver)
    stale: list[StaleWaiver] = []
    for waiver in lost:
        rivals = alike(_trace(waiver), traces)
        number, of = waiver.occurrence or Occurrence(1, 1)
        if len(rivals) == of and rivals[number - 1].id not in held:
            held[rivals[number - 1].id] = waiver
        else:
            stale.append(StaleWaiver(waiver, _complaint(waiver, rivals, text)))
    renewed = {each.id: _renew(held[each.id], each, traces) for each in traces if each.id in held}
    return Waived(
        tuple(
            replace(finding, waiver=renewed[finding.id]) if finding.id in renewed else finding
            for finding in found
        ),
        tuple(stale),
    )


def waive(
    checked: CheckedText, finding: str, because: str, *, by: str = "", date: str = ""
) -> Waiver:
    """Return a waiver of one finding.

    Args:
        checked: The text that has it.
        finding: Its id.
        because: Why it is accepted.
        by: Who accepts it.
        date: When, in ISO 8601.

    Raises:
        UnknownNameError: there is no such finding.
    """
    traces = [trace(each, checked.text) for each in checked.findings]
    mine = next((each for each in traces if each.id == finding), None)
    if mine is None:
        raise UnknownNameError("finding", finding, (each.id for each in traces))
    return _renew(Waiver(*mine, because, by, date), mine, traces)


def describe(waiver: Waiver) -> str:
    """Return what *waiver* is about, for a message: "length in Italian (“Sì.”)"."""
    at_fault = ", ".join(languages.get(tag).name for tag in waiver.languages)
    said = [word for tag in waiver.languages for word in waiver.words.get(tag, ())]
    said += [word for words in waiver.words.values() for word in words]
    quoted = f" (“{_short(said[0])}”)" if said else ""
    return f"{waiver.rule} in {at_fault}{quoted}"


def _trace(waiver: Waiver) -> Trace:
    return Trace(waiver.finding, waiver.rule, waiver.languages, waiver.words)


def _renew(waiver: Waiver, mine: Trace, traces: Sequence[Trace]) -> Waiver:
    """Return *waiver* with the id, the words and the occurrence that its finding has now."""
    ids = [each.id for each in alike(mine, traces)]
    which = Occurrence(ids.index(mine.id) + 1, len(ids)) if len(ids) > 1 else None
    return replace(waiver, finding=mine.id, words=mine.words, occurrence=which)


def _complaint(waiver: Waiver, rivals: Sequence[Trace], text: ParallelText) -> str:
    """Return why *waiver* holds for nothing."""
    for tag, words in waiver.words.items():
        language = languages.get(tag).name
        if tag not in text.languages:
            return f"there is no version in {language} now"
        version = text.version(tag)
        said = [version.text(paragraph) for paragraph in version.paragraphs]
        for word in words:
            if not any(word in paragraph for paragraph in said):
                return f"{language} no longer has “{_short(word)}”"
    if not rivals:
        return "nothing is found there any more"
    of = waiver.occurrence.of if waiver.occurrence else 1
    if len(rivals) == of:
        return "another waiver holds for the same finding"
    return f"{of} finding{'s' * (of > 1)} had its words, {len(rivals)} have them now"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
