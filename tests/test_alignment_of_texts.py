"""What the aligner does with the embedded encoder and real words."""

from __future__ import annotations

from pathlib import Path

import pytest

import parallel_statement as ps
from parallel_statement.alignment import align
from parallel_statement.alignment.weights import PATH
from parallel_statement.errors import InputError, ParallelStatementError
from parallel_statement.model import Lock, ParallelText
from test_alignment import version

EN = [
    "Term.",
    "The term of this licence is given in Section 6.",
    "Every recipient of the work receives an offer from the licensor.",
    "No rights in trade marks are granted.",
    "The museum opens at nine and closes at six.",
    "Fishing boats returned to the harbour before the storm.",
    "She bought three kilos of apples at the market.",
    "The library lends books for four weeks.",
]
JA = [
    "有効期間本ライセンスの有効期間は第6条に規定されます。",
    "著作物の受領者は、許諾者からの申出を受け取ります。",
    "商標に関する権利は許諾されません。",
    "博物館は9時に開館し、6時に閉館します。",
    "漁船は嵐の前に港に戻った。",
    "彼女は市場でりんごを3キロ買った。",
    "図書館は本を4週間貸し出す。",
]
IT = [
    "Durata.",
    "La durata della presente licenza è indicata all'articolo 6.",
    "Ogni destinatario dell'opera riceve un'offerta dal licenziante.",
    "Non è concesso alcun diritto sui marchi.",
    "Il museo apre alle nove e chiude alle sei.",
    "I pescherecci sono tornati in porto prima della tempesta.",
    "Ha comprato tre chili di mele al mercato.",
    "La biblioteca presta i libri per quattro settimane.",
]
UNRELATED = [
    "会議では予算案が全会一致で可決された。",
    "新しい橋の建設は来春に始まる予定である。",
    "彼はバイオリンを弾くのが好きだ。",
    "気温は夜になると氷点下まで下がった。",
    "工場の生産量は前年より減少した。",
    "この薬は食後に服用してください。",
    "選手団は空港で記者の質問に答えた。",
    "古い寺の屋根が台風で壊れた。",
]


def kinds(text: ParallelText) -> list[str]:
    return [bead.kind for bead in text.sentences.beads]


def test_a_heading_that_runs_into_its_text_is_part_of_the_bead() -> None:
    text = align([version("en", [EN]), version("ja", [JA]), version("it", [IT])])
    assert [bead.kind for bead in text.pair("en", "ja")] == ["2-1", *["1-1"] * 6]
    assert [bead.kind for bead in text.pair("en", "it")] == ["1-1"] * 8
    assert kinds(text) == ["2-1-2", *["1-1-1"] * 6]


def test_unrelated_texts_are_left_alone() -> None:
    text = align([version("en", [EN]), version("ja", [UNRELATED])])
    assert set(kinds(text)) <= {"1-0", "0-1"}
    assert any("may not be translations" in notice for notice in text.notices)


def test_where_a_version_lacks_its_middle_the_rest_is_aligned() -> None:
    text = align([version("en", [EN]), version("ja", [JA[:3] + JA[5:]]), version("it", [IT])])
    found = [bead.kind for bead in text.pair("en", "ja")]
    assert found == ["2-1", "1-1", "1-1", "1-0", "1-0", "1-1", "1-1"]
    assert [bead.kind for bead in text.pair("en", "it")] == ["1-1"] * 8


def test_paragraphs_that_repeat_are_told_apart_by_their_numbers(tmp_path: Path) -> None:
    lost, versions = range(30, 35), []
    for language, words in (("en", EN[2:]), ("it", IT[2:])):
        numbers = [n for n in range(1, 73) if language == "en" or n not in lost]
        path = tmp_path / language / "t.txt"
        path.parent.mkdir()
        path.write_text("\n\n".join(f"{n}. {words[n % len(words)]}" for n in numbers))
        versions.append(ps.segment(ps.read(path, language)))
    text = ps.align(versions)
    en, it = (version.paragraphs for version in versions)
    found = [
        (en[bead.source.start].number, it[bead.target.start].number)
        for bead in text.pair("en", "it", "paragraph")
        if bead.kind == "1-1"
    ]
    assert found == [(str(n), str(n)) for n in range(1, 73) if n not in lost]


SHIPPED = PATH.read_bytes()


@pytest.mark.parametrize(
    "content",
    [
        None,
        b"{",
        b"[]",
        b'{"encoder_fingerprint": "0"}',
        SHIPPED.replace(b'"gap_bias": ', b'"gap_bias": NaN, "was": '),
        SHIPPED.replace(b'"cosine": ', b'"cosine": "much", "was": '),
        SHIPPED.replace(b'"1-1": ', b'"1-1": 1" + b"0" * 400 + b", "was": '),
    ],
)
def test_weights_that_cannot_be_used_are_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "weights.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=r"weights\.json: (cannot be read|holds no weights)"):
        align([version("en", [EN]), version("it", [IT])], weights=path)


@pytest.mark.parametrize(
    ("segments", "message"),
    [
        ({"en": ("t-en.p1.s1",), "fr": ("t-fr.p1.s1",)}, "names fr: there is no such version"),
        ({"en": ("t-en.p9.s9",), "it": ("t-it.p1.s1",)}, "t-en.p9.s9"),
        ({"en": ("t-en.p1.s1", "t-en.p1.s3"), "it": ("t-it.p1.s1",)}, "not neighbours"),
    ],
)
def test_locks_of_what_is_not_there_are_refused(
    segments: dict[str, tuple[str, ...]], message: str
) -> None:
    versions = [version("en", [EN]), version("it", [IT])]
    with pytest.raises(ParallelStatementError, match=message):
        align(versions, locks=[Lock("sentence", segments)])


@pytest.mark.parametrize(
    ("locks", "message"),
    [
        ([{"en": ("t-en.p1.s1",)}], "the lock en:p1.s1 names too little"),
        ([{"en": (), "it": ()}], "names too little"),
        (
            [{"en": (f"t-en.p1.s{n}",), "it": (f"t-it.p1.s{3 - n}",)} for n in (1, 2)],
            "the lock en:p1.s1 it:p1.s2 and the lock en:p1.s2 it:p1.s1",
        ),
        (
            [{"en": ("t-en.p1.s1",), "it": ()}, {"en": ("t-en.p1.s1",), "it": ("t-it.p1.s1",)}],
            "contradict each other: the lock en:p1.s1 it:- and the lock en:p1.s1 it:p1.s1",
        ),
    ],
)
def test_locks_that_cannot_be_obeyed_are_refused(
    locks: list[dict[str, tuple[str, ...]]], message: str
) -> None:
    versions = [version("en", [EN]), version("it", [IT])]
    with pytest.raises(ParallelStatementError, match=message):
        align(versions, locks=[Lock("sentence", segments) for segments in locks])


def test_a_result_has_the_locks_that_it_was_made_with() -> None:
    versions = [version("en", [EN]), version("it", [IT])]
    locks = [
        Lock("sentence", {"en": (f"t-en.p1.s{n}",), "it": (f"t-it.p1.s{n}",)}, by="A. Reviser")
        for n in (2, 1)
    ]
    assert align(versions, locks=locks).locks == (locks[1], locks[0])


def test_locks_may_join_more_than_the_aligner_would() -> None:
    ids = {tag: tuple(f"t-{tag}.p1.s{n}" for n in range(1, 8)) for tag in ("en", "it")}
    text = align([version("en", [EN]), version("it", [IT])], locks=[Lock("sentence", ids)])
    assert kinds(text) == ["7-7", "1-1"]
    assert (text.sentences.beads[0].status, text.sentences.beads[0].posterior) == ("locked", 1.0)


def test_a_bead_is_locked_when_all_its_pairs_are() -> None:
    versions = [version("en", [EN]), version("ja", [JA]), version("it", [IT])]
    en, ja, it = ({tag: (f"t-{tag}.p1.s{n}",)} for tag, n in (("en", 3), ("ja", 2), ("it", 3)))
    locks = [Lock("sentence", sides) for sides in (en | ja, en | it, ja | it)]
    for given, status in ((locks[:2], "automatic"), (locks, "locked")):
        text = align(versions, locks=given)
        (bead,) = (bead for bead in text.sentences.beads if bead.ranges["en"].start == 2)
        assert bead.kind == "1-1-1"
        assert bead.status == status
        assert (bead.posterior == 1) == (status == "locked")
