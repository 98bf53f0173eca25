"""What must hold of every alignment, whatever the texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parallel_statement.alignment import align
from parallel_statement.alignment.fragments import torn
from parallel_statement.alignment.sections import sections
from parallel_statement.alignment.units import numbers_in
from parallel_statement.encoders.base import Progress, Vectors
from parallel_statement.errors import ParallelStatementError
from parallel_statement.model import (
    Alignment,
    Block,
    Document,
    Layout,
    Paragraph,
    ParallelText,
    Range,
    Sentence,
    Source,
    Span,
    Version,
)

TAGS = ("en", "ja", "it", "fr", "de", "ar", "he", "zh", "ko", "ru", "pt", "nl")


class LetterEncoder:
    """A stand-in: counts of letters, so that texts with the same letters are alike."""

    name = "letters"
    fingerprint = "0"
    languages = None

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        vectors = np.zeros((len(texts), 64), dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for character in text:
                row[ord(character) % 64] += 1
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(norms, 1e-9), dtype=np.float32)


def version(language: str, paragraphs: Sequence[Sequence[str]]) -> Version:
    """A version of the document ``t`` from the sentences of its paragraphs."""
    text, layout, built, blocks = "", [], [], []
    for p, sentences in enumerate(paragraphs, start=1):
        start, members = len(text), []
        for s, sentence in enumerate(sentences, start=1):
            members.append(
                Sentence(f"t-{language}.p{p}.s{s}", Span(len(text), len(text) + len(sentence)))
            )
            text += sentence
            layout.append(Layout(Span(len(text), len(text) + 1), "white space", " "))
            text += " "
        span = Span(start, max(start, len(text) - 1))
        blocks.append(Block("p", span))
        built.append(Paragraph(f"t-{language}.p{p}", "p", span, tuple(members)))
    source = Source("t", "utf-8", "0" * 64)
    document = Document("t", language, text, tuple(blocks), (), tuple(layout), source)
    return Version(document, tuple(built))


def partitions(alignment: Alignment, versions: Sequence[Version]) -> bool:
    for v in versions:
        ranges = [bead.ranges[v.language] for bead in alignment.beads]
        if [k for r in ranges for k in r.indices] != list(range(len(v.segments(alignment.level)))):
            return False
    return all(any(r.size for r in bead.ranges.values()) for bead in alignment.beads)


def inside(inner: Range, outer: Range) -> bool:
    return outer.start <= inner.start and inner.stop <= outer.stop


def sentences_of(v: Version, paragraphs: Range) -> Range:
    counts = [len(p.sentences) for p in v.paragraphs]
    return Range(sum(counts[: paragraphs.start]), sum(counts[: paragraphs.stop]))


def hold_the_laws(text: ParallelText) -> None:
    for alignment in (text.paragraphs, text.sentences):
        assert partitions(alignment, text.versions)
        assert all(0 <= bead.posterior <= 1 for bead in alignment.beads)
        for (a, b), beads in alignment.pairs.items():
            assert all(0 <= bead.posterior <= 1 for bead in beads)
            for language, ranges in (
                (a, [x.source for x in beads]),
                (b, [x.target for x in beads]),
            ):
                size = len(text.version(language).segments(alignment.level))
                assert [k for r in ranges for k in r.indices] == list(range(size))
            for pair in beads:
                assert any(
                    inside(pair.source, bead.ranges[a]) and inside(pair.target, bead.ranges[b])
                    for bead in alignment.beads
                ), f"{pair} is in no n-way bead"
    for bead in text.sentences.beads:
        assert any(
            all(
                inside(r, sentences_of(text.version(language), block.ranges[language]))
                for language, r in bead.ranges.items()
                if r.size
            )
            for block in text.paragraphs.beads
        ), f"{bead} crosses a paragraph bead"


sides = st.lists(
    st.lists(st.text(st.sampled_from("ab12 é。日"), min_size=1, max_size=12), max_size=3),
    max_size=5,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(sides, min_size=2, max_size=4))
def test_beads_partition_every_version_and_levels_agree(texts: list[list[list[str]]]) -> None:
    versions = [version(TAGS[k], side) for k, side in enumerate(texts)]
    hold_the_laws(align(versions, LetterEncoder()))


@settings(max_examples=30, deadline=None)
@given(st.lists(sides, min_size=3, max_size=3), st.permutations([0, 1, 2]))
def test_the_order_of_languages_changes_nothing(
    texts: list[list[list[str]]], order: list[int]
) -> None:
    versions = [version(TAGS[k], side) for k, side in enumerate(texts)]
    first = align(versions, LetterEncoder())
    second = align([versions[k] for k in order], LetterEncoder())
    for level in ("paragraph", "sentence"):
        for a, b in combinations([v.language for v in versions], 2):
            left, right = (
                {(x.source, x.target, x.posterior) for x in text.pair(a, b, level)}
                for text in (first, second)
            )
            assert left == right
        left, right = (
            {(tuple(sorted(bead.ranges.items())), bead.posterior) for bead in found.beads}
            for found in (first.alignment(level), second.alignment(level))
        )
        assert left == right


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param([[], [["a."]]], id="an empty version"),
        pytest.param([[["a."]], [["a."]], [["a."]]], id="one sentence"),
        pytest.param([[["same."] * 30], [["same."] * 30]], id="identical sentences"),
        pytest.param(
            [[["same."] * 70], [["same."] * 71], [["same."] * 73]], id="identical in three"
        ),
        pytest.param([[["x" * 20_000]], [["x" * 20_000, "y."]]], id="a very long sentence"),
        pytest.param([[["🙂🙃"]], [["שלום"]]], id="emoji and right to left"),
    ],
)
def test_degenerate_texts_are_aligned(texts: list[list[list[str]]]) -> None:
    hold_the_laws(align([version(TAGS[k], t) for k, t in enumerate(texts)], LetterEncoder()))


def test_twelve_versions_of_one_text() -> None:
    versions = [version(TAGS[k], [["one two.", "three."], ["four 4."]]) for k in range(12)]
    text = align(versions, LetterEncoder())
    assert [bead.kind for bead in text.sentences.beads] == ["-".join("1" * 12)] * 3


def test_one_version_is_refused() -> None:
    with pytest.raises(ParallelStatementError, match="at least two versions"):
        align([version("en", [["a."]])], LetterEncoder())


def test_a_language_given_twice_is_refused() -> None:
    with pytest.raises(ParallelStatementError, match="given twice"):
        align([version("en", [["a."]]), version("en", [["a."]])], LetterEncoder())


class SameTextEncoder(LetterEncoder):
    """A stand-in: equal texts have equal vectors, others are far apart."""

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        rows = [np.random.default_rng(list(text.encode())).normal(size=64) for text in texts]
        vectors = np.array(rows).reshape(len(texts), 64)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def long_text(size: int) -> list[list[str]]:
    """Paragraphs of two sentences, each of other letters."""
    random = np.random.default_rng(7)
    words = ["".join(chr(97 + k) for k in random.integers(0, 26, 40)) for _ in range(size)]
    return [words[k : k + 2] for k in range(0, size, 2)]


@pytest.mark.parametrize("lost", [range(0), range(100, 200)], ids=["whole", "a third lost"])
def test_a_long_text_is_cut_into_sections_without_harm(lost: range) -> None:
    full = long_text(600)
    short = [paragraph for k, paragraph in enumerate(full) if k not in lost]
    versions = [version("en", full), version("ja", short), version("it", full)]
    vectors = [SameTextEncoder().encode([v.text(s) for s in v.sentences]) for v in versions]
    assert len(sections(versions, vectors)) > 3
    text = align(versions, SameTextEncoder())
    hold_the_laws(text)
    kinds = Counter(bead.kind for bead in text.sentences.beads)
    assert kinds == Counter({"1-1-1": 600 - 2 * len(lost), "1-0-1": 2 * len(lost)}) - Counter()


@pytest.mark.parametrize("kept", [range(0), range(3), range(50, 100)])
def test_a_version_that_lacks_nearly_all_harms_no_other(kept: range) -> None:
    whole = long_text(1300)
    part = (
        [*whole[: kept.start], *whole[len(whole) - len(kept) :]]
        if kept.start
        else whole[: len(kept)]
    )
    versions = [version("en", whole), version("ja", whole), version("it", part)]
    text = align(versions, SameTextEncoder())
    assert partitions(text.sentences, versions) and partitions(text.paragraphs, versions)
    said = {v.language: [v.text(s) for s in v.sentences] for v in versions}
    for a, b in combinations(said, 2):
        found = [x for x in text.pair(a, b) if x.source.size and x.target.size]
        same = [
            said[a][x.source.start : x.source.stop] == said[b][x.target.start : x.target.stop]
            for x in found
        ]
        assert sum(same) >= 0.99 * min(len(said[a]), len(said[b]))


def test_numbers_of_any_length_and_script_compare() -> None:
    assert numbers_in("007 and ４２, ٤٢") == ["7", "42", "42"]
    assert numbers_in("9" * 10_000) == ["9" * 10_000]


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("ai sensi dell'Art.", "2(a)(1) Ti concede il diritto."),
        ("the file .", "dsc is signed."),
        ("see What is free?", "page."),
        ("so he said", "."),
    ],
)
def test_half_a_sentence_is_known_by_its_edges(before: str, text: str) -> None:
    assert list(torn([before, text])) == [False, True]


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("They met in Tokyo.", "The talks went well."),
        ("to reproduce the work; and", "to share it."),
        ("a bene;", "b male."),
        ("They did the task.", "2. Next steps"),
        ("See Art.", "6.9. Updates"),
        ("彼らは会った。", "apt を使う。"),
        ("They met.", "彼らは会った。"),
    ],
)
def test_items_of_a_list_and_new_sentences_are_no_fragments(before: str, text: str) -> None:
    assert list(torn([before, text])) == [False, False]


def test_texts_too_long_to_align_at_once_are_refused() -> None:
    long = [[f"{language}{k}." for k in range(4000)] for language in ("a", "b")]
    versions = [version(TAGS[k], [side]) for k, side in enumerate(long)]
    with pytest.raises(ParallelStatementError, match="4000 and 4000 sentences in a row"):
        align(versions, LetterEncoder())
