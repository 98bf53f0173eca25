"""Locks and updates with the real aligner: what is decided holds, and the rest is aligned."""

from __future__ import annotations

import inspect
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import parallel_statement as ps
from conftest import ROOT, StandIn, tree
from parallel_sample import aligned, version
from parallel_statement.cli import main
from parallel_statement.locking import Keeper, obeys
from parallel_statement.model import Lock, ParallelText, Version

pytestmark = pytest.mark.skipif(
    "locks" not in inspect.signature(ps.align).parameters, reason="the aligner takes no locks yet"
)
laws = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
TAGS = ("en", "ja", "it")


@st.composite
def decided(draw: st.DrawFn) -> tuple[list[Version], list[Lock]]:
    """Draw versions, and locks that some alignment of them would obey."""
    sizes = draw(st.lists(st.tuples(*[st.integers(0, 2)] * 3), min_size=2, max_size=7))
    sizes = [(1, 1, 1), *(size for size in sizes if any(size))]
    versions = [
        version(tag, [[f"{tag} {n}." for n in range(sum(size[k] for size in sizes))]])
        for k, tag in enumerate(TAGS)
    ]
    text = aligned(versions, sizes, [(1, 1, 1)], split=draw(st.booleans()))
    keeper = Keeper(text)
    beads = draw(st.lists(st.sampled_from(text.sentences.beads), unique_by=lambda b: b.id))
    tags = draw(st.sampled_from([None, ("en", "ja"), ("ja", "it")]))
    return versions, [lock for bead in beads for lock in keeper.locks("sentence", bead, tags)]


@laws
@given(decided())
def test_locks_hold(case: tuple[list[Version], list[Lock]]) -> None:
    versions, locks = case
    text = ps.align(versions, StandIn(), locks=locks)
    assert obeys(text, locks)
    fixed = {tuple(lock.segments): lock for lock in locks if len(lock.segments) == 2}
    for pair, lock in fixed.items():
        if all(lock.segments.values()):
            start = lock.segments[pair[0]][0]
            ids = [s.id for s in text.version(pair[0]).sentences]
            (bead,) = (
                b for b in text.pair(*pair) if b.source.start == ids.index(start) and b.source.size
            )
            assert (bead.status, bead.posterior) == ("locked", 1.0)


@laws
@given(decided(), st.randoms(use_true_random=False))
def test_the_order_of_locks_does_not_matter(
    case: tuple[list[Version], list[Lock]], random: Any
) -> None:
    versions, locks = case
    first = ps.align(versions, StandIn(), locks=locks)
    random.shuffle(locks)
    assert ps.align(versions, StandIn(), locks=locks) == first


@laws
@given(decided(), st.data())
def test_an_update_keeps_what_did_not_change(
    case: tuple[list[Version], list[Lock]], data: st.DataObject
) -> None:
    versions, _ = case
    previous = ps.align(versions, StandIn())
    new = []
    for old in versions:
        said = [old.text(s) for s in old.sentences]
        if data.draw(st.booleans()):
            said.insert(data.draw(st.integers(0, len(said))), f"{old.language} is new.")
        new.append(version(old.language, [said]))
    revision = ps.update(previous, new, StandIn())
    known = {bead.id: bead for bead in previous.sentences.beads}
    changed = {change.after.id for change in revision.beads if change.after}
    kept = [bead for bead in revision.text.sentences.beads if bead.id not in changed]
    assert len(kept) == revision.kept
    for bead in kept:
        was = known[bead.id]
        assert (bead.kind, bead.posterior, bead.status) == (was.kind, was.posterior, was.status)
    again = ps.update(revision.text, new, StandIn())
    assert again.text.sentences == revision.text.sentences
    assert again.beads == ()


# --- the statement ---------------------------------------------------------------------------


def statement(*tags: str) -> list[Version]:
    name = "japan-italy-joint-statement.md"
    return [ps.segment(ps.read(ROOT / "texts" / tag / name, tag, id="js2026")) for tag in tags]


@pytest.fixture(scope="module")
def three() -> ParallelText:
    return ps.align(statement(*TAGS))


def test_a_correction_is_obeyed_and_the_rest_stays(three: ParallelText) -> None:
    lock = Lock("sentence", {"en": ("js2026-en.p6.s1",), "ja": ("js2026-ja.p6.s1",), "it": ()})
    text = ps.align(statement(*TAGS), locks=[lock])
    assert obeys(text, [lock])
    far = {bead.id for bead in three.sentences.beads if ".p6." not in bead.id}
    assert far <= {bead.id for bead in text.sentences.beads}


def test_a_checked_pair_is_unchanged_when_a_version_is_added() -> None:
    pair = ps.align(statement("en", "ja"))
    text = ps.align(statement(*TAGS), locks=Keeper(pair).all_locks())
    for level in ("paragraph", "sentence"):
        before, after = pair.pair("en", "ja", level), text.pair("en", "ja", level)
        assert [(b.source, b.target) for b in before] == [(b.source, b.target) for b in after]
    assert {bead.status for bead in text.pair("en", "ja")} == {"locked"}


def test_everything_locked_is_everything_as_it_was(three: ParallelText) -> None:
    text = ps.align(statement(*TAGS), locks=Keeper(three).all_locks())
    assert [b.ranges for b in text.sentences.beads] == [b.ranges for b in three.sentences.beads]
    assert {bead.status for bead in text.sentences.beads} == {"locked"}
    for beads in text.sentences.pairs.values():
        assert {bead.status for bead in beads} == {"locked"}


def test_locks_that_contradict_are_refused() -> None:
    locks = [
        Lock("sentence", {"en": ("js2026-en.p1.s1",), "ja": (f"js2026-ja.{place}.s1",)})
        for place in ("p1", "p2")
    ]
    with pytest.raises(ps.ParallelStatementError):
        ps.align(statement("en", "ja"), locks=locks)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "texts", tmp_path / "texts")
    monkeypatch.chdir(tmp_path)
    return tmp_path


FORMATS = "tei,html,json,tsv,xlsx,tmx"


def test_the_same_locks_give_the_same_bytes_and_every_format_shows_them(folder: Path) -> None:
    assert main(["lock", "en:p6.s1", "ja:p6.s1", "it:p6.s1"]) == 0
    assert main(["run", "--format", FORMATS, "--fail-on", "never", "-q"]) == 0
    first = tree(Path("out/js2026"))
    assert main(["run", "--format", FORMATS, "--fail-on", "never", "-q"]) == 0
    assert tree(Path("out/js2026")) == first
    corpus = first["tei/js2026.xml"].decode()
    assert 'ana="#js2026.st.man"' in corpus and 'xml:id="js2026.st.man"' in corpus
    assert 'xml:id="js2026.resp.man"' in corpus
    assert "fixed by a person" in first["js2026.html"].decode()
    assert '"status": "locked"' in first["js2026.json"].decode()
    assert "1.0000\tlocked\t" in first["js2026.tsv"].decode()
    assert '<prop type="x-status">locked</prop>' in first["js2026.tmx"].decode()


def test_a_row_that_is_partly_locked_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lock", "en:p6.s1", "ja:p6.s1"]) == 0
    capsys.readouterr()
    assert main(["show"]) == 0
    assert capsys.readouterr().out.count("en-ja locked") == 1


def test_a_revision_of_the_statement(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--fail-on", "never", "-q"]) == 0
    before = ps.read_result("out/js2026/js2026.json")
    path = next(Path("texts/it").iterdir())
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("nel settembre 2025", "a settembre 2025"), encoding="utf-8")
    assert main(["update", "--format", FORMATS, "--fail-on", "never"]) == 0
    assert "37 of 38 beads of sentences kept" in capsys.readouterr().out
    after = ps.read_result("out/js2026/js2026.json")
    same = {bead.id: bead for bead in before.sentences.beads}
    changed = [b.id for b in after.sentences.beads if same.get(b.id) != b]
    assert changed == [] or changed == ["js2026.al.s.p4.s1"]
