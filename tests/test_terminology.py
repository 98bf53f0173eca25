"""Glossary files, and where their terms are found."""

from __future__ import annotations

import logging
import time
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallel_statement import languages
from parallel_statement.errors import InputError
from parallel_statement.formats.glossary import read_glossary
from parallel_statement.model import (
    Concept,
    Designation,
    DesignationStatus,
    Document,
    Glossary,
    Layout,
    Mention,
    Paragraph,
    Sentence,
    Source,
    Span,
    Version,
)
from parallel_statement.terminology import find_mentions


def version(language: str, *sentences: str, layout: tuple[Layout, ...] = ()) -> Version:
    """One paragraph of the given sentences."""
    spans, text = [], ""
    for sentence in sentences:
        spans.append(Span(len(text), len(text) + len(sentence)))
        text += sentence + "\n"
    document = Document("d", language, text, (), (), layout, Source("d", "utf-8", ""))
    ids = tuple(Sentence(f"d-{language}.p1.s{n}", span) for n, span in enumerate(spans, 1))
    return Version(document, (Paragraph(f"d-{language}.p1", "p", Span(0, len(text)), ids),))


def glossary(language: str, *concepts: str | tuple[str, DesignationStatus]) -> Glossary:
    """One concept a term; its id is the term's number."""
    return Glossary(
        tuple(
            Concept(f"c{n}", (Designation(language, *((c,) if isinstance(c, str) else c)),))
            for n, c in enumerate(concepts)
        )
    )


def found(language: str, term: str, text: str) -> list[str]:
    mentions = find_mentions(version(language, text), glossary(language, term))
    return [text[m.span.start : m.span.end] for m in mentions]


# --- files -------------------------------------------------------------------------------

HEADER = "id,en,en:admitted,en:deprecated,ja,pos,domain,note\n"


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_read_csv(tmp_path: Path, delimiter: str, encoding: str, newline: str) -> None:
    text = HEADER + "rule,rule of law,state of law|SoL,rule by law,法の支配,noun,law,\n\n"
    text = text.replace(",", delimiter).replace("\n", newline)
    read = read_glossary(write(tmp_path / "g.csv", text, encoding))
    assert read.name == "g.csv"
    assert read.languages == ("en", "ja")
    (concept,) = read.concepts
    assert (concept.id, concept.part_of_speech, concept.domain) == ("rule", "noun", "law")
    assert concept.terms("en") == (
        Designation("en", "rule of law", part_of_speech="noun"),
        Designation("en", "state of law", "admitted", part_of_speech="noun"),
        Designation("en", "SoL", "admitted", part_of_speech="noun"),
        Designation("en", "rule by law", "deprecated", part_of_speech="noun"),
    )


def test_quoted_cells_may_hold_delimiters_and_line_ends(tmp_path: Path) -> None:
    text = 'id,en,note\nmeti,"Ministry of Economy, Trade and Industry","a\nb"\nother,x,\n'
    first, _ = read_glossary(write(tmp_path / "g.csv", text)).concepts
    assert first.terms("en")[0].text == "Ministry of Economy, Trade and Industry"
    with pytest.raises(InputError, match=r"g\.csv:4: .*already taken by line 2"):
        read_glossary(write(tmp_path / "g.csv", text.replace("other", "meti")))


def test_read_xlsx(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (("id", "en", "it"), ("a", "naval vessel", "unità navale"), ("b", "Expo", None)):
        book.active.append(row)
    book.save(tmp_path / "g.xlsx")
    read = read_glossary(tmp_path / "g.xlsx")
    assert [len(concept.designations) for concept in read.concepts] == [2, 1]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        ("name,en\na,b\n", r":1: has no column 'id'"),
        ("id,pos\na,noun\n", r":1: has no column of a language"),
        ("id,en,en\na,b,c\n", r":1: two columns are called 'en'"),
        ("id,en,EN\na,b,c\n", r":1: the columns 'en' and 'EN' are for the same terms"),
        ("id,en,klingonish_\na,b,c\n", r":1: unknown column 'klingonish_'"),
        ("id,en,en:forbidden\na,b,c\n", r":1: unknown column 'en:forbidden'"),
        ("id,en,ja:admitted\na,b,c\n", r":1: .*'ja:admitted' but none called 'ja'"),
        ("id,en\na,b\na,c\n", r":3: the id 'a' is already taken by line 2"),
        ("id,en\n1a,b\n", r":2: '1a' cannot be an id"),
        ("id,en\na b,c\n", r":2: 'a b' cannot be an id"),
        ("id,en\na,\n", r":2: 'a' has no term in any language"),
        ("id,en,en:admitted\na,,b\n", r":2: .*'en' has the admitted term 'b' but"),
        ("id,en,ja,ja:deprecated\na,b,,c\n", r":2: .*'ja' has the deprecated term 'c' but"),
        ("id,en\na,b|c\n", r":2: the column 'en' holds one preferred term"),
        ("id,en,en:deprecated\na,b,c|b\n", r":2: .*'b' twice for 'en', as preferred and as depr"),
        ("id,en,en:admitted\na,b,c|c\n", r":2: .*'c' twice for 'en', as admitted and as adm"),
        ("id,en\na,b,c\n", r":2: this row has 3 cells, the header has 2"),
        ("id,en\na\n", r":2: this row has 1 cells, the header has 2"),
        ("id,en\na,--\n", r":2: '--' is no term"),
        ('id,en\na,"b\n', r"is no well-formed CSV"),
        ("id,en\na,b\0\n", r"not a text file"),
    ],
)
def test_faults_in_a_glossary_are_said(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_glossary(write(tmp_path / "g.csv", text))


def test_glossary_in_another_encoding(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"g\.csv:2: is not UTF-8"):
        read_glossary(write(tmp_path / "g.csv", "id,ja\na,法の支配\n", "shift_jis"))


def test_glossary_that_is_not_there_or_no_workbook(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_glossary(tmp_path / "none.csv")
    (tmp_path / "g.xlsx").write_bytes(b"PK no")
    with pytest.raises(InputError, match="no XLSX workbook"):
        read_glossary(tmp_path / "g.xlsx")


def test_one_term_for_two_concepts_is_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        read_glossary(write(tmp_path / "g.csv", "id,ja\na,首相\nb,首相\n"))
    assert "'首相' (ja) is the preferred term of two concepts, a and b" in caplog.text


def test_a_term_of_one_concept_may_be_deprecated_for_another(tmp_path: Path) -> None:
    text = "id,en,en:deprecated\na,state,\nb,country,state\n"
    first, second = read_glossary(write(tmp_path / "g.csv", text)).concepts
    assert [each.status for each in first.designations] == ["preferred"]
    assert [each.status for each in second.designations] == ["preferred", "deprecated"]


def test_an_id_may_have_any_letters(tmp_path: Path) -> None:
    (concept,) = read_glossary(write(tmp_path / "g.csv", "id,en\n合意,agreement\n")).concepts
    assert concept.id == "合意"


def test_a_language_may_have_no_term(tmp_path: Path) -> None:
    (concept,) = read_glossary(write(tmp_path / "g.csv", "id,en,ja\na,b,\n")).concepts
    assert concept.terms("ja") == ()


# --- matching ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "term", "text"),
    [
        ("it", "unità navale", "la visita di unità navali italiane"),
        ("it", "materia prima critica", "in materia di materie prime critiche"),
        ("it", "piano d’azione", "del Piano d'Azione bilaterale"),
        ("it", "Stato di diritto", "sullo Stato di diritto"),
        ("it", "sicurezza del gas", "la sicurezza di gas"),
        ("it", "dialogo politico-militare", "i Dialoghi politico–militari"),
        ("it", "risoluzione", "pertinenti risoluzioni"),
        ("it", "accordo sul commercio", "gli accordi sui commerci"),
        ("it", "coproduzione", "una co-produzione"),
        ("en", "naval vessel", "Italian naval vessels"),
        ("en", "supply chain", "their supply-chains"),
        ("en", "start-up", "companies and startups"),
        ("en", "startup", "companies and start-ups"),
        ("en", "defence equipment", "new defense equipment"),
        ("en", "export restriction", "EXPORT RESTRICTIONS AND MORE"),
        ("en", "commit", "they are committed"),
        ("en", "two-state solution", "a two state solution"),
        ("en", "MOC", "several MOC"),
        ("ja", "サプライチェーン", "グローバルなサプライ・チェーンを"),
        ("ja", "国連気候変動枠組条約", "国連気候変動枠組み条約に"),
        ("ja", "強靱性", "経済の強靭性を高める"),
        ("ja", "ＦＯＩＰ", "（FOIP）を"),
        ("ja", "二国家解決", "２国家解決の実現"),
        ("ja", "メローニ首相", "メローニ首相は"),
        ("ja", "GREEN×EXPO 2027", "ＧＲＥＥＮ×ＥＸＰＯ　２０２７へ"),
        ("ja", "ｶﾞｽｾｷｭﾘﾃｨ", "ガスセキュリティに"),
        ("ja", "北朝鮮", "北朝鮮の核"),
        ("zh", "法治", "基于法治的国际秩序"),
        ("de", "Lieferkette", "die LIEFERKETTE und"),
        ("pt-BR", "mudança do clima", "sobre Mudança do Clima."),
        ("fr", "ministre", "les ministres"),
        ("fr", "poids lourd", "des poids lourds"),
        ("de", "Camion", "des Camions"),
        ("ru", "министр", "министрами"),
    ],
)
def test_forms_of_a_term_are_found(language: str, term: str, text: str) -> None:
    assert len(found(language, term, text)) == 1


@pytest.mark.parametrize(
    ("language", "term", "text"),
    [
        ("en", "AI", "TAKAICHI said"),
        ("it", "AI", "ai settori avanzati. Ai leader"),
        ("en", "rule of law", "the rule, of law and"),
        ("en", "rule of law", "rule by law"),
        ("en", "US", "for us"),
        ("it", "patto", "la patata"),
        ("ja", "AI", "TAKAICHI首相"),
        ("ja", "京都", "東京都の人"),
        ("ja", "法の支配", "法による支配"),
        ("ja", "G7", "G77の国"),
        ("ja", "重要原材料", "重要鉱物"),
        ("en", "market", ""),
        ("fr", "camion", "la camionnette"),
        ("fr", "ministre", "le ministère"),
        ("fr", "mer", "la mère"),
    ],
)
def test_other_words_are_not_taken_for_a_term(language: str, term: str, text: str) -> None:
    assert found(language, term, text) == []


def test_longest_term_wins_and_the_inner_one_is_not_reported() -> None:
    text = "a Free and Open Indo-Pacific; the Indo-Pacific"
    mentions = find_mentions(
        version("en", text), glossary("en", "Indo-Pacific", "Free and Open Indo-Pacific")
    )
    assert [m.concept for m in mentions] == ["c1", "c0"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("サプライ・チェーン", "deprecated"),
        ("サプライチェーン", "preferred"),
        ("ｻﾌﾟﾗｲﾁｪｰﾝ", "preferred"),
    ],
)
def test_a_deprecated_spelling_is_known_by_its_characters(text: str, status: str) -> None:
    concept = Concept(
        "supply-chain",
        (
            Designation("ja", "サプライチェーン"),
            Designation("ja", "サプライ・チェーン", "deprecated"),
        ),
    )
    (mention,) = find_mentions(version("ja", f"その{text}を強化"), Glossary((concept,)))
    assert mention.designation.status == status


@pytest.mark.parametrize(
    ("language", "term", "text", "rule"),
    [
        ("en", "rule of law", "the rule of law", "exact"),
        ("en", "Rule of Law", "the rule of law", "exact"),
        ("en", "ACSA", "the ACSA", "acronym"),
        ("it", "nave", "le navi", "lemma: simplemma: navi > nave"),
        ("ja", "枠組み条約", "枠組条約", "normal form: UniDic: 枠組 > 枠組み"),
        ("ja", "クリーンエネルギー", "クリーン・エネルギー", "normal form"),
    ],
)
def test_rule_is_the_proof(language: str, term: str, text: str, rule: str) -> None:
    (mention,) = find_mentions(version(language, text), glossary(language, term))
    assert mention.rule.startswith(rule)


def test_spans_are_those_of_the_source() -> None:
    """A term that a page break cuts: the span covers the break, the layout is no part of it."""
    text = "the supply\n\n---\n\nchains of both"
    start = text.index("\n")
    layout = Layout(Span(start, text.index("chains")), "page break", " ")
    (mention,) = find_mentions(
        version("en", text, layout=(layout,)), glossary("en", "supply chain")
    )
    assert text[mention.span.start : mention.span.end] == "supply\n\n---\n\nchains"
    assert mention.sentence == "d-en.p1.s1"


WORDS = ["legge", "leggi", "Stato", "di", "della", "diritto", "AI", "ai", "-", ",", "mare"]


@given(st.lists(st.sampled_from(WORDS), max_size=12), st.lists(st.sampled_from(WORDS), min_size=1))
def test_mentions_never_overlap_and_are_sorted(words: list[str], terms: list[str]) -> None:
    terms = [term for term in (*terms, " ".join(terms)) if any(c.isalnum() for c in term)]
    text = " ".join(words)
    mentions = find_mentions(version("it", text), glossary("it", *terms))
    position = 0
    for mention in mentions:
        assert position <= mention.span.start < mention.span.end <= len(text)
        position = mention.span.end


@given(st.sampled_from(["it", "en", "ja", "de"]), st.text(max_size=30))
def test_every_term_is_found_in_itself(language: str, term: str) -> None:
    if any(character.isalnum() for character in term):
        mentions = find_mentions(version(language, term), glossary(language, term))
        assert bool(mentions) == bool(languages.get(language).analyse(term))


def test_a_thousand_concepts_in_ten_thousand_sentences_take_seconds() -> None:
    terms = [f"international agreement number{n} on trade" for n in range(1000)]
    text = [f"They signed the international agreements number{n} on trade." for n in range(1000)]
    start = time.perf_counter()
    mentions: tuple[Mention, ...] = find_mentions(version("en", *text * 10), glossary("en", *terms))
    assert len(mentions) == 10_000
    assert time.perf_counter() - start < 20


@pytest.mark.parametrize("column", ["zh", "zh-Hant", "zh-Hant-TW"])
def test_terms_of_a_wider_tag_serve_a_narrower_one(column: str) -> None:
    (mention,) = find_mentions(version("zh-Hant-TW", "法治。"), glossary(column, "法治"))
    assert mention.span == Span(0, 2)
