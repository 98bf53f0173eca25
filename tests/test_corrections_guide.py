"""docs/corrections.md shows what the commands print, and its session runs."""

from __future__ import annotations

import inspect
import json
import re
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

import parallel_statement as ps
from conftest import ROOT, RunProcess

GUIDE = (ROOT / "docs/corrections.md").read_text(encoding="utf-8")
REVISED = {
    "en": (
        "economic security and of enhancing the resilience",
        "economic security. They also wish to enhance the resilience",
    ),
    "it": ("nel settembre 2025", "a settembre del 2025"),
}

pytestmark = pytest.mark.skipif(
    "locks" not in inspect.signature(ps.align).parameters, reason="the aligner takes no locks yet"
)


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)


def revise() -> None:
    for language, (old, new) in REVISED.items():
        path = Path("texts", language, "japan-italy-joint-statement.md")
        path.chmod(0o644)
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")


def review() -> None:
    """What a reviser did in reviewed.xlsx: a row accepted, two joined, a word changed."""
    book = load_workbook("out/js2026/js2026.xlsx")
    sheet = book.worksheets[0]
    sheet["F3"] = "accepted"
    for column in "BCD":
        joined = f"{sheet[f'{column}7'].value} {sheet[f'{column}8'].value}"
        sheet[f"{column}7"] = joined
    sheet["D10"] = str(sheet["D10"].value).replace("Giappone", "Nippon")
    sheet.delete_rows(8)
    book.save("reviewed.xlsx")


def test_the_commands_print_what_the_guide_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run_process: RunProcess
) -> None:
    shutil.copytree(ROOT / "texts", tmp_path / "texts")
    monkeypatch.chdir(tmp_path)
    run_process("run", "texts", "-q")
    for block in blocks("console"):
        command, _, shown = block.partition("\n")
        arguments = re.findall(r'"([^"]*)"|(\S+)', command.removeprefix("$ align "))
        if arguments[0][1] == "update":
            revise()
        if arguments[0][1] == "import":
            review()
        done = run_process(*(quoted or plain for quoted, plain in arguments), COLUMNS="120")
        assert (done.stdout + done.stderr).strip() == shown.strip(), command
    (stale,) = blocks("text")
    assert stale.strip() in ps.read_result("out/js2026/js2026.json").notices
    (shown,) = (json.loads(block) for block in blocks("json"))
    held = Path("texts/japan-italy-joint-statement.corrections.jsonl").read_text("utf-8")
    assert shown in map(json.loads, held.splitlines())
    (session,) = blocks("python")
    done = run_process(code=session)
    assert done.stderr == "" and done.returncode == 0
