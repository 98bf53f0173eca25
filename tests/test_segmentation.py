from __future__ import annotations

import json
import re
import time
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from parallel_statement.model import Block, Document, Layout, Mark, Paragraph, Source, Span, Version
from parallel_statement.segmentation import segment
from parallel_statement.segmentation.labels import find_label

DATA = Path(__file__).parent / "data" / "segmentation"
GOLD = Path(__file__).parents[2] / "shared" / "segmentation" / "gold.json"


def document(text: str, language: str) -> Document:
    """Blocks where blank lines are; line breaks inside a block are kept."""
    blocks, layout, position = [], [], 0
    for gap in re.finditer(r"\s*\n[ \t]*\n\s*|\Z", text):
        if gap.start() > position:
            blocks.append(Block("p", Span(position, gap.start())))
        if gap.end() > gap.start():
            layout.append(Layout(Span(*gap.span()), "white space"))
        position = gap.end()
    source = Source("text.txt", "utf-8", "")
    return Document("d", language, text, tuple(blocks), (), tuple(layout), source)


def marked(text: str, language: str, *blocks: Block, **parts: tuple) -> Version:
    """A version of a document whose blocks, marks and layout are given."""
    source = Source("text.txt", "utf-8", "")
    whole = {"marks": (), "layout": (), **parts}
    return segment(Document("d", language, text, blocks, source=source, **whole))


def sentences(text: str, language: str) -> list[str]:
    """The sentences of *text*, lines joined, each label put back before its paragraph."""
    version = segment(document(text, language))
    joiner = "" if language in ("ja", "zh") else " "
    found = []
    for paragraph in version.paragraphs:
        spans = [sentence.span for sentence in paragraph.sentences]
        if paragraph.label:
            spans[0] = Span(paragraph.label.start, spans[0].end)
        found += [re.sub(r"\s*\n\s*", joiner, text[start:end]) for start, end in spans]
    return found


def cases(name: str) -> list:
    items = json.loads((DATA / name).read_text("utf-8"))
    return [
        pytest.param(
            item,
            id=f"{item['lang']}-{number}",
            marks=[pytest.mark.xfail(reason=item["fails"])] if "fails" in item else [],
        )
        for number, item in enumerate(items)
    ]


# --- sentences ---------------------------------------------------------------------------


@pytest.mark.parametrize("case", cases("cases.json"))
def test_cases(case: dict) -> None:
    assert sentences(case["text"], case["lang"]) == case["sentences"]


def exact(path: Path) -> dict[str, float]:
    right = defaultdict(list)
    for case in json.loads(path.read_text("utf-8")):
        right[case["lang"]].append(sentences(case["text"], case["lang"]) == case["sentences"])
    return {language: sum(items) / len(items) for language, items in right.items()}


@pytest.mark.parametrize("language", ["en", "it", "ja"])
def test_unseen_items(language: str) -> None:
    assert exact(DATA / "unseen.json")[language] >= 0.8


@pytest.mark.skipif(not GOLD.exists(), reason="the shared gold file is not here")
@pytest.mark.parametrize("language", ["en", "it", "ja"])
def test_gold_items(language: str) -> None:
    assert exact(GOLD)[language] >= 23 / 25


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", ["Es kostet 5 Mio. € im Jahr.", "Das sind 3 Mrd. Euro.", "Sie gingen."]),
        ("de", ["Es kostet 5 Mio.\u00a0€.", "Das sind 3 Mrd.\u00a0€ mehr."]),
        ("fr", ["Cela coûte 5 mln. € par an.", "Puis 3 Mrd. EUR."]),
        ("fr", ["Selon l'ambass.\u00a0Martin, tout va bien.", "Ils sont partis."]),
        ("fr", ["Am 16. Januar 2026 war es so.", "Und am 5. desember 2026."]),
    ],
)
def test_abbreviations_and_dates_end_no_sentence(language: str, expected: list[str]) -> None:
    assert sentences(" ".join(expected), language) == expected


def test_an_unclosed_bracket_swallows_nothing() -> None:
    found = sentences("They agreed (see above. " + "They left. " * 400, "en")
    assert len(found) == 401


def test_an_unclosed_quotation_swallows_nothing() -> None:
    assert len(sentences("総理は「" + "両首脳は会談した。" * 400, "ja")) == 400


def test_a_superscript_digit_after_a_stop_is_a_note() -> None:
    text = "It is in force.3 They met."
    mark = Mark("superscript", Span(15, 16))
    version = marked(text, "en", Block("p", Span(0, len(text))), marks=(mark,))
    assert [version.text(s) for s in version.sentences] == ["It is in force.3", "They met."]


def test_a_sentence_ends_with_the_whole_escape() -> None:
    text = "They said &quot;No.&quot; They left."
    layout = tuple(Layout(Span(*m.span()), "escape", '"') for m in re.finditer("&quot;", text))
    version = marked(text, "en", Block("p", Span(0, len(text))), layout=layout)
    assert [version.text(s) for s in version.sentences] == ['They said "No."', "They left."]


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize(
    "unit",
    [".", "(", '"', "((..", ". . ", "。「", "『「", "a.", "A. ", "...a ", "(a.) b ", "? ", "1. "],
)
def test_time_grows_with_length(unit: str, language: str) -> None:
    started = time.process_time()
    segment(document("x " + unit * (20_000 // len(unit)), language))
    assert time.process_time() - started < 3


def test_a_long_sentence() -> None:
    assert len(sentences("word " * 4_000 + "end.", "en")) == 1


# --- labels ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "label", "number"),
    [
        ("1. The Parties", "1.", "1"),
        ("１　両首脳は", "１", "1"),
        ("７　日本は", "７", "7"),
        ("１０　両首脳は", "１０", "10"),
        ("１．両首脳は", "１．", "1"),
        ("1) The Parties", "1)", "1"),
        ("(1) The Parties", "(1)", "1"),
        ("（１）政治・安全保障", "（１）", "1"),
        ("第三条　締約国は", "第三条", "3"),
        ("第２条（目的）　この協定は", "第２条", "2"),
        ("第十二条の二　締約国は", "第十二条の二", "12-2"),
        ("Art. 3. Le Parti", "Art. 3.", "3"),
        ("Art. 3 (Scopo). Le Parti", "Art. 3", "3"),
        ("Articolo 5-bis. Le Parti", "Articolo 5-bis.", "5-bis"),
        ("CAPO II - Delle Parti", "CAPO II -", "2"),
        ("Article 5\nScope", "Article 5", "5"),
        ("Article XLIV.", "Article XLIV.", "44"),
        ("(lii) peace", "(lii)", "52"),
        ("(l) peace", "(l)", "l"),
        ("ア　安全保障", "ア", "ア"),
        ("a) peace", "a)", "a"),
        ("(ii) peace", "(ii)", "2"),
        ("IV. The Parties", "IV.", "4"),
        ("§ 3 Der Antrag", "§ 3", "3"),
        ("一　締約国", "一", "1"),
        ("①安全保障", "①", "1"),
        ("1.2 Scope", "1.2", "1.2"),
        ("제3조 (목적)", "제3조", "3"),
    ],
)
def test_labels(text: str, label: str, number: str) -> None:
    found = find_label(text)
    assert found and (text[found.start : found.end], found.number) == (label, number)


@pytest.mark.parametrize(
    "text",
    [
        "2026年１月１６日",
        "2026. The year",
        "1.5 percent",
        "16 gennaio 2026",
        "３．５％増",
        "A. De Gasperi",
        "Article 5 applies to",
        "第４条第２項中",
        "(EU) No 5",
        "（金）午後",
        "(2026) was",
        "５　月",
        "16. Januar 2026",
        "16. Januar 2026 trafen sie sich",
        "1. mai 2024",
        "5. desember 2026",
        "No. 5 was",
    ],
)
def test_no_labels(text: str) -> None:
    assert find_label(text) is None


def test_a_label_is_outside_the_sentences() -> None:
    text = "12. The leaders met. They left."
    (paragraph,) = segment(document(text, "en")).paragraphs
    assert paragraph.label == Span(0, 3)
    assert paragraph.number == "12"
    assert paragraph.sentences[0].span.start == 4


def test_a_block_that_is_only_a_label_keeps_its_text() -> None:
    (paragraph,) = segment(document("Article 5", "en")).paragraphs
    assert (paragraph.label, paragraph.number, len(paragraph.sentences)) == (None, "5", 1)


def test_an_automatic_number_is_kept() -> None:
    version = marked("The leaders met.", "en", Block("p", Span(0, 16), number="7"))
    assert version.paragraphs[0].number == "7"


# --- roles and ids -----------------------------------------------------------------------

DATELINES = [
    ("en", "January 16, 2026"),
    ("en", "Tokyo, 16 January 2026"),
    ("en", "Washington, D.C., Friday, May 5th, 2023"),
    ("en", "16/01/2026"),
    ("it", "16 gennaio 2026"),
    ("it", "Roma, lì 16 gennaio 2026"),
    ("it", "Tokyo, 1° marzo 2026"),
    ("ja", "２０２６年１月１６日"),
    ("ja", "令和８年１月１６日　東京"),
    ("ja", "令和八年一月十六日（金）"),
    ("fr", "Paris, 16.01.2026"),
    ("fr", "16 janvier 2026"),
    ("fr", "1er\u00a0janvier 2026"),
    ("fr", "le 16 janvier 2026"),
    ("fr", "Paris, le 16\u00a0janvier 2026"),
    ("fr", "Fait à Paris, le vendredi 16 janvier 2026"),
    ("de", "16. Januar 2026"),
    ("de", "Berlin, den 16. Januar 2026"),
    ("de", "Freitag, den 16. Januar 2026"),
    ("es", "16 de enero de 2026"),
    ("pt", "Tóquio, 16 de janeiro de 2026"),
    ("fi", "Helsingissä 16. tammikuuta 2026"),
    ("nb", "Oslo, 5. desember 2026"),
    ("sv", "Stockholm den 16 januari 2026"),
    ("ru", "16 января 2026 г."),
    ("hu", "Budapest, 2026. január 16."),
    ("lt", "2026 m. sausio 16 d."),
    ("ko", "2026년 1월 16일"),
    ("ko", "2026. 1. 16."),
    ("zh", "二〇二六年一月十六日"),
    ("zh", "2026年1月16日，东京"),
    ("ar", "16 يناير 2026"),
    ("ar", "طوكيو، ١٦ يناير ٢٠٢٦"),
    ("hi", "16 जनवरी 2026"),
    ("th", "16 มกราคม 2569"),
    ("vi", "Hà Nội, ngày 16 tháng 1 năm 2026"),
]


@pytest.mark.parametrize(("language", "line"), DATELINES)
def test_a_dateline_before_or_after_the_head(language: str, line: str) -> None:
    body = "Text text text. Text text."
    for order in ([line, "TITLE", body], ["TITLE", line, body], ["TITLE", body, line]):
        version = segment(document("\n\n".join(order), language))
        kinds = {version.text(p): p.kind for p in version.paragraphs}
        assert kinds == {line: "dateline", "TITLE": "head", body: "p"}


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "The agreement of January 16, 2026 entered into force on 1 May 2026."),
        ("en", "On January 16, 2026 they met in Tokyo and in Rome and in Paris and in London."),
        ("it", "Il 16 gennaio 2026 i due leader si sono incontrati."),
        ("ja", "２０２６年１月１６日、両首脳は会談した。"),
        ("fr", "Déclaration conjointe du 16 janvier 2026"),
        ("fr", "Le sommet du 16 janvier 2026"),
        ("fr", "Article 16 de la loi 2026"),
        ("de", "Der Vertrag gilt bis zum 16. Januar 2026"),
        ("de", "Am 16. Januar 2026 trafen sich beide"),
        ("zh", "2026年1月16日共同声明"),
    ],
)
def test_a_sentence_with_a_date_is_no_dateline(language: str, line: str) -> None:
    version = segment(document(f"TITLE\n\n{line}\n\nText.", language))
    assert version.paragraphs[1].kind == "p"


def test_ids_count_each_kind() -> None:
    text = "January 16, 2026\n\nTITLE\n\n1. One. Two.\n\nThree.\n\nSUB\n\nFour."
    spans = [Span(*m.span()) for m in re.finditer(r"[^\n]+", text)]
    kinds = ["p", "head", "p", "p", "head", "p"]
    blocks = [Block(kind, span) for kind, span in zip(kinds, spans, strict=True)]
    version = marked(text, "en", *blocks)
    assert [p.id for p in version.paragraphs] == [
        "d-en.dateline",
        "d-en.head",
        "d-en.p1",
        "d-en.p2",
        "d-en.head2",
        "d-en.p3",
    ]
    assert [s.id for s in version.paragraphs[2].sentences] == ["d-en.p1.s1", "d-en.p1.s2"]


# --- laws --------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        *"  \n\n.!?…。！？．｡؟।()（）「」『』“”\"'’«»[]*¹:;,、，-–",
        *["1.", "２．", "(a) ", "第三条　", "Art. 3 ", "ア　", "etc. ", "U.S. ", "e.g. ", "[3]"],
        *[
            "The ",
            "Il ",
            "両首脳は",
            "また、",
            "word ",
            "Tokyo ",
            "\n\n",
            "𠮷",
            "😀",
            "\u200b",
            "\u3000",
        ],
        *["https://a.b/c?d=e ", "3.5 ", "№ ", "...", "\u00a0", "İ", "ß", "م", "क", "ไ"],
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=3), max_size=40).map("".join)
LANGUAGES = st.sampled_from(["en", "ja", "it", "fr", "zh", "de", "el"])


@settings(deadline=None, max_examples=150)
@given(TEXTS, LANGUAGES)
@example("(a) ", "en")
@example("1. 2. 3.", "it")
@example("「。」。」", "ja")
def test_every_character_is_in_the_label_or_one_sentence(text: str, language: str) -> None:
    version = segment(document(text, language))
    held = [0] * len(text)
    last = 0
    for paragraph in version.paragraphs:
        assert paragraph.sentences
        for span in parts(paragraph):
            assert paragraph.span.start <= span.start < span.end <= paragraph.span.end
            assert last <= span.start
            assert not text[span.start].isspace()
            assert not text[span.end - 1].isspace()
            last = span.end
            for offset in range(*span):
                held[offset] += 1
    for character, times in zip(text, held, strict=True):
        assert times == 1 or (times == 0 and character.isspace())


def parts(paragraph: Paragraph) -> list[Span]:
    """The label, if there is one, and the sentences."""
    label = [paragraph.label] if paragraph.label else []
    return label + [sentence.span for sentence in paragraph.sentences]


@settings(deadline=None, max_examples=80)
@given(TEXTS, LANGUAGES, st.data())
def test_layout_is_never_cut(text: str, language: str, data: st.DataObject) -> None:
    borders = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    layout = tuple(
        Layout(Span(start, end), "markup", data.draw(st.sampled_from(["", " ", "&", "."])))
        for start, end in zip(borders[::2], borders[1::2], strict=False)
    )
    whole = Span(0, len(text))
    version = marked(text, language, Block("p", whole), layout=layout)
    content = "".join(version.document.view(whole).text.split())
    held = "".join(
        version.document.view(span).text for p in version.paragraphs for span in parts(p)
    )
    assert "".join(held.split()) == content


@settings(deadline=None, max_examples=50)
@given(TEXTS, LANGUAGES)
def test_the_same_text_gives_the_same_segments(text: str, language: str) -> None:
    assert segment(document(text, language)) == segment(document(text, language))
