"""The README's examples give what the README shows, on the copy with three faults it speaks of."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from conftest import RunProcess

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
FAULTS = {
    "ja": (("重要原材料", "重要鉱物"),),
    "it": (
        ("nel settembre 2025", "nel settembre 2024"),
        (
            " Hanno inoltre espresso soddisfazione per l’entrata in vigore dell’Accordo sulle "
            "vacanze-lavoro, prevista per quest’anno.",
            "",
        ),
    ),
}


@pytest.fixture
def faulty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose texts/ holds a wrong term, a wrong year and lacks a sentence."""
    shutil.copytree(ROOT / "texts", tmp_path / "texts")
    for language, faults in FAULTS.items():
        path = tmp_path / "texts" / language / "japan-italy-joint-statement.md"
        text = path.read_text(encoding="utf-8")
        for right, wrong in faults:
            assert text.count(right) == 1
            text = text.replace(right, wrong)
        path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def blocks(kind: str) -> Sequence[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


@pytest.mark.usefixtures("faulty")
def test_the_command_prints_what_the_readme_shows(run_process: RunProcess) -> None:
    shown = next(block for block in blocks("console") if block.startswith("$ align run texts\n"))
    done = run_process("run", "texts", COLUMNS="120")
    assert done.stdout.strip() == shown.partition("\n")[2].strip()
    assert done.returncode == 1


@pytest.mark.usefixtures("faulty")
def test_the_session_prints_what_the_readme_shows(run_process: RunProcess) -> None:
    (session,), (shown,) = blocks("python"), blocks("text")
    done = run_process(code=session)
    assert done.stderr == ""
    assert done.stdout == shown


def test_the_readme_has_two_commands_to_set_up() -> None:
    assert blocks("sh")[:2] == ["make align\n", "make test\n"]
