"""Terms that texts suggest: candidates, links, proposals, and `align terms`."""

from __future__ import annotations

import json
import sys
import zlib
from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import parallel_statement as ps
from checks_sample import glossary, parallel
from conftest import StandIn
from parallel_statement import encoders
from parallel_statement.cli import main
from parallel_statement.encoders.base import Progress, Vectors
from parallel_statement.formats.glossary import read_glossary, render_glossary
from parallel_statement.languages import get
from parallel_statement.languages.ja_romaji import romanise
from parallel_statement.model import Glossary, ParallelText, Span
from parallel_statement.terminology.extraction.candidates import Candidate, find_candidates
from parallel_statement.terminology.extraction.definitions import (
    find_short_forms,
    join_short_forms,
)
from parallel_statement.terminology.extraction.entries import PROVISIONAL, to_glossary
from parallel_statement.terminology.extraction.linking import Link, compete
from parallel_statement.terminology.extraction.proposals import Proposal, propose_terms
from parallel_statement.terminology.merging import merge

sys.path.insert(0, str(Path(__file__).parents[1]))  # benchmarks/ is not installed

from benchmarks import term_extraction

# --- phrases of each language ------------------------------------------------------------------


def weights(language: str, *sentences: str) -> dict[str, float]:
    """The phrases of the first of *sentences* with their weights."""
    found = get(language).phrases(sentences)[0]
    return {sentences[0][slice(*phrase.span)]: phrase.weight for phrase in found}


@pytest.mark.parametrize(
    ("language", "sentence", "phrase"),
    [
        ("en", "They discussed the rule of law in Europe.", "rule of law"),
        (
            "en",
            "They asked the Ministry of Trade, Work and Industry.",
            "Ministry of Trade, Work and Industry",
        ),
        ("en", "It follows the Expo 2025 closely.", "Expo 2025"),
        ("it", "Hanno discusso dello Stato di diritto.", "Stato di diritto"),
        ("it", "Si tratta del Piano d’Azione bilaterale.", "Piano d’Azione"),
        ("it", "La sicurezza del gas è importante.", "sicurezza del gas"),
        ("ja", "両首脳は経済安全保障を議論した。", "経済安全保障"),
        ("ja", "特別な戦略的パートナーシップを確認した。", "特別な戦略的パートナーシップ"),
        ("ja", "法の支配を重視する。", "法の支配"),
        ("ja", "文化・創造産業間の協力がある。", "文化・創造産業"),
        ("ja", "ジョルジャ・メローニ首相は述べた。", "ジョルジャ・メローニ首相"),
        ("ja", "ベレン４ｘ誓約を歓迎した。", "ベレン４ｘ誓約"),
        ("ja", "長大橋の建設", "長大橋"),
        ("de", "Er sprach über die Vereinten Nationen in Bonn.", "Vereinten Nationen"),
    ],
)
def test_a_term_is_a_candidate(language: str, sentence: str, phrase: str) -> None:
    assert weights(language, sentence)[phrase] > 0.4


@pytest.mark.parametrize(
    ("language", "sentence", "likelier", "than"),
    [
        ("en", "the new defense equipment", "defense equipment", "new defense equipment"),
        ("en", "the naval vessels of Italy", "naval vessels", "vessels"),
        ("en", "the Action Plan was signed", "Action Plan", "Plan"),
        ("en", "to strengthen supply chains", "supply chains", "strengthen supply chains"),
        ("it", "la nuova cooperazione militare", "cooperazione militare", "nuova cooperazione"),
        ("it", "per promuovere la crescita economica", "crescita economica", "economica"),
        ("ja", "経済安全保障を強化する", "経済安全保障", "強化"),
        ("ja", "経済安全保障を議論", "経済安全保障", "安全保障"),
        ("ja", "形態の市場歪曲を", "市場歪曲", "形態の市場歪曲"),
    ],
)
def test_what_is_likelier_a_term_weighs_more(
    language: str, sentence: str, likelier: str, than: str
) -> None:
    found = weights(language, sentence)
    assert found[likelier] > found[than]


@pytest.mark.parametrize(
    ("language", "sentence", "phrase"),
    [
        ("en", "They met in 2026 and 2027.", "2026"),
        ("en", "It is of the law.", "of the law"),
        ("en", "Peace, security and trade matter.", "Peace, security"),
        ("it", "Le relazioni tra il Giappone e l’Italia.", "relazioni tra"),
        ("ja", "２０２６年の計画", "２０２６"),
        ("en", "They praised The Free Fund.", "The Free Fund"),
        ("en", "It runs on Debian 2.0 now.", "Debian 2"),
        ("ja", "４ GB のメモリ", "４ GB"),
        ("ja", "両首脳は会談した", "両首脳"),
        ("ja", "協力のため", "協力のため"),
    ],
)
def test_no_candidate(language: str, sentence: str, phrase: str) -> None:
    assert phrase not in weights(language, sentence)


def test_a_language_without_a_module_learns_its_function_words() -> None:
    sentences = [f"le ministre de la {word} et de la {word}" for word in ("santé", "paix", "mer")]
    found = weights("fr", *sentences)
    assert "ministre de la santé" in found
    assert not any(phrase.startswith(("de ", "la ", "et ")) for phrase in found)


def test_without_spaces_what_is_repeated_counts() -> None:
    found = weights("zh", "经济安全很重要。", "他们谈经济安全。")
    assert "经济安全" in found
    assert "重要" not in found


@pytest.mark.parametrize(
    ("kana", "latin"), [("メローニ", "meroni"), ("ティッチーノ", "ticchino"), ("協力", "")]
)
def test_katakana_has_a_sound(kana: str, latin: str) -> None:
    assert romanise(kana) == latin


def test_a_loanword_has_its_origin() -> None:
    (phrase,) = (p for p in get("ja").phrases(["サイバー攻撃"])[0] if p.span == Span(0, 6))
    assert phrase.spellings == ("cyber", "")


@given(
    st.text(alphabet="ab cA,の協力メロ・的 12.’-()", max_size=40),
    st.sampled_from(["en", "it", "ja"]),
)
@settings(max_examples=60, deadline=None)
def test_candidates_lie_in_the_text(text: str, language: str) -> None:
    for phrase in get(language).phrases([text])[0]:
        said = text[slice(*phrase.span)]
        assert said == said.strip()
        assert any(character.isalpha() for character in said)


def test_dates_are_no_candidates() -> None:
    version = parallel(({"en": "In January 2026 the Joint Fund paid 5 million euros."},)).versions[
        0
    ]
    found = {each.text for sentence in find_candidates(version) for each in sentence}
    assert "Joint Fund" in found
    assert not any("January" in text or "million" in text for text in found)


# --- short forms -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        ("en", "The Space Agency (ASI) is new.", [("The Space Agency", "ASI")]),
        ("en", 'The Fund (hereinafter "the Fund") pays.', [("The Fund", "the Fund")]),
        ("it", "L’Agenzia (di seguito «l’Agenzia») paga.", [("L’Agenzia", "l’Agenzia")]),
        ("ja", "宇宙機関（ＡＳＩ）は", [("宇宙機関", "ＡＳＩ")]),
        ("ja", "共同協定（以下「本協定」という。）は", [("共同協定", "本協定")]),
        ("en", "The Fund (the “Fund”) pays.", [("The Fund", "Fund")]),
        ("en", "Sizes are readable (in units of “mega” or so).", []),
        ("sv", "Fonden (nedan kallad “Fonden”) betalar.", []),
        ("en", "It was late (see Annex 2) and dark (as usual).", []),
        ("en", "(ASI) comes first.", []),
    ],
)
def test_parentheses_introduce(
    language: str, sentence: str, expected: list[tuple[str, str]]
) -> None:
    version = parallel(({language: sentence},)).versions[0]
    found = [(sentence[: each.end], each.text) for each in find_short_forms(version)]
    assert found == expected


def test_short_forms_are_joined_across_languages() -> None:
    sides = {
        tag: tuple(find_short_forms(parallel(({tag: sentence},)).versions[0]))
        for tag, sentence in {
            "en": "The Agency (IAEA) and the Fund (ABC).",
            "it": "L’Agenzia (AIEA) e il Fondo (ABC).",
            "ja": "基金（ＡＢＣ）",
        }.items()
    }
    groups = [{tag: each.text for tag, each in group.items()} for group in join_short_forms(sides)]
    assert groups == [
        {"en": "ABC", "it": "ABC", "ja": "ＡＢＣ"},
        {"en": "IAEA", "it": "AIEA"},
    ]


# --- links -------------------------------------------------------------------------------------


@st.composite
def links(draw: st.DrawFn) -> list[Link]:
    """Links of one bead of two or three languages, at random places."""
    tags = draw(st.sampled_from([("en", "it"), ("en", "it", "ja")]))
    made = []
    for _ in range(draw(st.integers(1, 8))):
        terms = {}
        for tag in tags:
            start = draw(st.integers(0, 6))
            place = Span(start, start + draw(st.integers(1, 4)))
            weight = draw(st.sampled_from([0.2, 0.5, 0.9]))
            terms[tag] = Candidate(tag, f"{tag}.s1", place, place, "x", "x", weight, ("x",))
        made.append(Link(terms, draw(st.sampled_from([0.1, 0.3, 0.6, 0.9]))))
    return made


@given(links())
def test_links_stand_apart_or_inside_one_another_in_all_languages(proposed: list[Link]) -> None:
    chosen = compete(proposed)
    for first, second in combinations(chosen, 2):
        places = [(first.terms[tag].place, second.terms[tag].place) for tag in first.terms]
        assert (
            all(a.end <= b.start or b.end <= a.start for a, b in places)
            or all(a.start <= b.start and b.end <= a.end and a != b for a, b in places)
            or all(b.start <= a.start and a.end <= b.end and a != b for a, b in places)
        )


@given(links())
def test_the_strongest_link_is_taken(proposed: list[Link]) -> None:
    strongest = max(each.strength for each in proposed)
    chosen = compete(proposed)
    assert not chosen or max(each.strength for each in chosen) == strongest


# --- proposals ---------------------------------------------------------------------------------

MEANINGS: Mapping[str, str] = {
    "economic security": "A B",
    "sicurezza economica": "A B",
    "経済安全保障": "A B",
    "sécurité économique": "A B",
    "supply chains": "C D",
    "catene di approvvigionamento": "C D",
    "サプライチェーン": "C D",
    "chaînes d’approvisionnement": "C D",
    "Joint Fisheries Commission": "E F",
    "Commissione comune per la pesca": "E F",
    "合同漁業委員会": "E F",
    "Commission mixte des pêches": "E F",
}


class Meanings:
    """An encoder that knows a few phrases; what it does not know is like nothing."""

    name = "meanings"
    fingerprint = "0" * 8

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        rows = []
        for text in texts:
            seeds = MEANINGS.get(text, text).split(" ") if text in MEANINGS else [text]
            row = sum(
                np.random.default_rng(zlib.crc32(seed.encode())).standard_normal(128)
                for seed in seeds
            )
            rows.append(row / np.linalg.norm(row))
        return np.array(rows, dtype=np.float32).reshape(len(texts), 128)


SAID = (
    {
        "en": "They will protect economic security and supply chains.",
        "it": "Tuteleranno la sicurezza economica e le catene di approvvigionamento.",
        "ja": "両国は、経済安全保障及びサプライチェーンを守る。",
        "fr": "Ils protègent la sécurité économique et les chaînes d’approvisionnement.",
    },
    {
        "en": "The Joint Fisheries Commission (JFC) met in 2026.",
        "it": "La Commissione comune per la pesca (JFC) si è riunita nel 2026.",
        "ja": "合同漁業委員会（ＪＦＣ）が２０２６年に開かれた。",
        "fr": "La Commission mixte des pêches (JFC) a siégé en 2026.",
    },
)


def text_in(*languages: str) -> ParallelText:
    return parallel(*([{tag: bead[tag] for tag in languages}] for bead in SAID))


def proposed(*languages: str, known: Glossary | None = None) -> list[dict[str, str]]:
    found = propose_terms([text_in(*languages)], known, Meanings())
    return [dict(each.terms) for each in found]


LANGUAGES = ("en", "it", "ja", "fr")


@pytest.mark.parametrize(
    "languages", [pair for n in (2, 3, 4) for pair in combinations(LANGUAGES, n)], ids="-".join
)
def test_terms_are_proposed_in_any_languages(languages: tuple[str, ...]) -> None:
    found = proposed(*languages)
    for meaning in ("A B", "C D", "E F"):
        terms = {text for text, said in MEANINGS.items() if said == meaning}
        assert any(set(each.values()) <= terms and len(each) == len(languages) for each in found)


def test_the_order_of_the_languages_does_not_matter() -> None:
    first, second = proposed("en", "it", "ja"), proposed("ja", "en", "it")
    assert [sorted(each.items()) for each in first] == [sorted(each.items()) for each in second]


def test_a_definition_joins_both_forms() -> None:
    found = propose_terms([text_in("en", "it", "ja")], None, Meanings())
    (commission,) = (each for each in found if each.short_forms)
    assert commission.short_forms == {"en": "JFC", "it": "JFC", "ja": "ＪＦＣ"}
    assert commission.terms["ja"] == "合同漁業委員会"
    assert not any(each.terms.get("en") == "JFC" for each in found)


def test_numbers_are_never_proposed() -> None:
    found = proposed("en", "it", "ja")
    assert found
    assert not any("2026" in term or "２０２６" in term for each in found for term in each.values())


def test_evidence_points_at_the_terms() -> None:
    text = text_in("en", "it", "ja")
    for each in propose_terms([text], None, Meanings()):
        for evidence in each.evidence:
            assert evidence.bead in {bead.id for bead in text.sentences.beads}
            for tag, span in evidence.spans.items():
                said = text.version(tag).document.content(span)
                assert said.casefold() == each.terms[tag].casefold() or len(each.evidence) > 1


def test_what_the_glossary_has_is_not_proposed() -> None:
    known = glossary(
        supply_chain={"en": "supply chain", "it": "catena di approvvigionamento"},
        commission={"en": "JFC", "ja": "JFC"},
    )
    found = {each["en"] for each in proposed("en", "it", "ja", known=known)}
    assert "economic security" in found
    assert not found & {"supply chains", "Joint Fisheries Commission"}


@given(
    st.lists(
        st.tuples(*[st.text(alphabet="aA b.1（(「”)）」の力メ‘’ー・×-", max_size=25)] * 2),
        max_size=4,
    )
)
@settings(max_examples=40, deadline=None)
def test_any_text_can_be_read(rows: list[tuple[str, str]]) -> None:
    text = parallel(
        ({"en": "Start."} | {"ja": "開始。"},), *(({"en": a, "ja": b},) for a, b in rows)
    )
    for each in propose_terms([text], None, Meanings()):
        assert set(each.terms) == {"en", "ja"}
    to_glossary(propose_terms([text], None, Meanings()), [text])


def test_a_text_without_partners_gives_nothing() -> None:
    assert propose_terms([parallel(({"en": "Economic security."},))], None, Meanings()) == ()


# --- entries -----------------------------------------------------------------------------------


@pytest.fixture
def proposals() -> tuple[Proposal, ...]:
    return propose_terms([text_in("en", "it", "ja")], None, Meanings())


@pytest.mark.parametrize("name", ["terms.xlsx", "terms.csv", "terms.tbx", "terms.rdf"])
def test_proposals_survive_every_format(
    name: str, proposals: tuple[Proposal, ...], tmp_path: Path
) -> None:
    made = to_glossary(proposals, [text_in("en", "it", "ja")])
    path = tmp_path / name
    path.write_bytes(render_glossary(made, path))
    assert read_glossary(path).concepts == made.concepts


def test_an_entry_shows_where_it_stands(proposals: tuple[Proposal, ...]) -> None:
    text = text_in("en", "it", "ja")
    made = to_glossary(proposals, [text])
    (commission,) = (c for c in made.concepts if c.id == "joint-fisheries-commission")
    assert commission.note.startswith(f"{PROVISIONAL}; t.al.s.2")
    full, short = commission.terms("ja")
    assert (full.text, short.text, short.type) == ("合同漁業委員会", "JFC", "acronym")
    assert full.context == SAID[1]["ja"]
    start = text.version("ja").document.text.index("合同")
    assert full.context_source == f"t-ja.p2.s1, characters {start}-{start + 7}"


def test_entries_can_be_merged_back(proposals: tuple[Proposal, ...]) -> None:
    known = glossary(supply_chains={"en": "goods chain"}, other={"en": "other"})
    made = to_glossary(proposals, [text_in("en", "it", "ja")], known)
    merged = merge([known, made])
    assert (merged.conflicts, merged.undecided) == ((), ())
    assert len(merged.glossary.concepts) == len(known.concepts) + len(made.concepts)
    assert "supply-chains-2" in {concept.id for concept in made.concepts}


# --- the command -------------------------------------------------------------------------------

commands = pytest.mark.usefixtures("lockstep", "stand_in")


@pytest.fixture
def folder(texts: Path, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose text has terms that the encoder knows."""
    for tag in ("en", "it", "ja"):
        said = f"# {SAID[0][tag]}\n\n{SAID[1][tag]}\n"
        (texts / tag / "tiny.md").write_text(said, encoding="utf-8")
    monkeypatch.setattr("parallel_statement.encoders.load", lambda *_, **__: Meanings())
    return texts


@commands
@pytest.mark.usefixtures("folder")
def test_the_command_writes_a_glossary(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["terms", "texts", "--out", "new/terms.xlsx", "--most", "3"]) == 0
    assert "3 concepts proposed, written to new/terms.xlsx" in capsys.readouterr().out
    written = read_glossary("new/terms.xlsx")
    assert len(written.concepts) == 3
    assert main(["glossary", "merge", "new/terms.xlsx", "new/terms.xlsx", "-o", "all.csv"]) == 0
    assert read_glossary("all.csv").concepts == written.concepts


@commands
@pytest.mark.usefixtures("folder")
def test_the_command_lists(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["terms", "texts"]) == 0
    said = capsys.readouterr().out
    assert "Joint Fisheries Commission" in said
    assert "合同漁業委員会" in said


@commands
@pytest.mark.usefixtures("folder")
def test_the_command_tells_a_program(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["terms", "texts", "--json"]) == 0
    terms = json.loads(capsys.readouterr().out)["terms"]
    (commission,) = (each for each in terms if each["short_forms"])
    span = commission["evidence"][0]["spans"]["it"]
    said = Path("texts/it/tiny.md").read_text(encoding="utf-8")
    assert said[span["start"] : span["end"]] == commission["terms"]["it"]


@commands
def test_the_command_leaves_out_what_is_known(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "id,en,it,ja\nc1,supply chain,catena di approvvigionamento,サプライチェーン\n"
    (folder / "glossary.csv").write_text(rows, encoding="utf-8")
    assert main(["terms", "texts", "--json"]) == 0
    terms = json.loads(capsys.readouterr().out)["terms"]
    assert {"economic security"} <= {each["terms"]["en"] for each in terms}
    assert "supply chains" not in {each["terms"]["en"] for each in terms}


@commands
@pytest.mark.usefixtures("folder")
def test_tei_of_a_run_does_as_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "texts", "--format", "tei"]) in (0, 1)
    capsys.readouterr()
    for command in (["find", "economic security"], ["terms"]):
        assert main([*command, "texts", "--json"]) == 0
        of_texts = json.loads(capsys.readouterr().out)
        assert main([*command, "out/tiny/tei", "--json"]) == 0
        assert json.loads(capsys.readouterr().out) == of_texts


@commands
@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--out", "terms.pdf"], "no glossary format"),
        (["--out", "texts/glossary.csv"], "is the glossary itself"),
        (["--out", "terms.csv", "--json"], "take one of them"),
        (["--most", "0"], "--most"),
    ],
)
def test_the_command_refuses(
    folder: Path, arguments: list[str], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "glossary.csv").write_text("id,en\nc1,chain\n", encoding="utf-8")
    assert main(["terms", "texts", *arguments]) == 2
    assert why in capsys.readouterr().err
    assert not Path("terms.csv").exists()


def test_the_face_has_it() -> None:
    assert ps.propose_terms is propose_terms


# --- a real text -------------------------------------------------------------------------------


def test_most_concepts_of_the_statement_are_proposed() -> None:
    encoder = encoders.load()
    glossary = ps.read_glossary(term_extraction.STATEMENT / "glossary.csv")
    languages = term_extraction.LANGUAGES
    text = term_extraction.align(term_extraction.STATEMENT, languages, encoder)
    found = propose_terms([text], None, encoder)
    recall, precision = term_extraction.measure(found, glossary, languages, 150)
    assert recall >= 0.6
    assert precision >= 0.5
    assert term_extraction.judged(found, 150)["not judged"] < 15
