"""Labels of paragraphs: "1.", "(a)", "IV.", "Art. 3", "§ 5", "１　", "（ア）", "第三条の二".

A label is taken only where its shape leaves little doubt: a year, a decimal, a day of a month, an
initial or a reference that opens a sentence ("Article 5 applies") is none.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from parallel_statement.languages.dates import begins_with_date

DIVISIONS = frozenset(
    """
    article articles art arts section sec sect chapter chap ch part title annex appendix schedule
    protocol rule clause paragraph para table figure fig exhibit attachment plan option
    articolo capo capitolo titolo parte sezione sez allegato all appendice app cap tit lib reg
    paragrafo par tabella tab
    artículo anexo capítulo sección título artikel abschnitt kapitel anhang anlage teil titel
    chapitre titre annexe partie artigo secção seção artykuł rozdział článek статья глава приложение
    стаття άρθρο member член
    """.split()  # noqa: SIM905
)
"""Words that, with a number or a letter, name a part of a document."""

_D = "[0-9０-９]"
_KANJI = "[〇一二三四五六七八九十百]"
_UPPER = "A-ZＡ-Ｚ"
_LOWER = "a-zａ-ｚ"
_LATIN_SUFFIX = r"(?:[- ](?:bis|ter|quater|quinquies|sexies|septies|octies|novies|decies)\b)"
_CJK = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_COUNTERS = "年月日時分秒人名円回件個か箇ヶ％%倍歳週"
_NEXT = rf"(?=\s|$|[{_CJK}「『（(“\"«])"

_BRACKETED = re.compile(
    rf"[(（\[［〔](?P<n>{_D}{{1,3}}|[{_LOWER}]|[{_UPPER}]|[ivxlIVXL]{{1,8}}|{_KANJI}{{1,4}}|[ァ-ンｱ-ﾝ]"
    rf"|[いろはにほへと])[)）\]］〕][.．]?(?![{_LOWER}{_UPPER}])"
)
_NUMBERED = re.compile(
    rf"(?P<n>{_D}{{1,3}}(?:[.．]{_D}{{1,2}})*{_LATIN_SUFFIX}?)(?:[.．](?!{_D})[)）]?|[)）]){_NEXT}"
)
_NESTED = re.compile(rf"(?P<n>{_D}{{1,2}}(?:[.．][1１]?{_D}){{1,4}})(?=\s+(?:[{_UPPER}]|[{_CJK}]))")
_SPACED = re.compile(
    rf"(?P<n>{_D}{{1,3}})(?=[\u3000\t](?!\s*[{_COUNTERS}](?![\u4e00-\u9fff]))"  # "７　日本は"
    rf"|(?:[ ]{{2,}}|[ ](?=[{_CJK}]))(?!\s*[{_COUNTERS}]))"
)
_KANJI_NUMBERED = re.compile(rf"(?P<n>{_KANJI}{{1,4}})(?:[、．.)）]|(?=[\u3000\t ]))")
_KANA = re.compile(r"(?P<n>[ァ-ンｱ-ﾝ])(?:[)）．.]|(?=[\u3000\t ]))")
_ORDINAL = re.compile(
    rf"(?P<n>第(?:{_D}+|{_KANJI}+)(?:条|條|章|節|节|款|項|项|号|號|編|部)(?:の(?:{_D}+|{_KANJI}+))*)"
    r"(?=\s|[（(]|$)"
    r"|(?P<k>제\s?[0-9]+\s?(?:조|장|절|항|부))(?=\s|[（(]|$)"
)
_SECTION = re.compile(rf"§+\s*(?P<n>{_D}+[a-z]?)[.．]?(?=\s)")
_LETTER = re.compile(rf"(?P<n>[{_LOWER}{_UPPER}])[)）]{_NEXT}|(?P<l>[{_LOWER}])[.．](?=\s)")
_ROMAN = re.compile(
    r"(?P<n>[IVXL]{2,8}|[ivxl]{2,8})[.．)）](?=\s|$)|(?P<o>[Ⅰ-Ⅻⅰ-ⅻ])(?:[.．、]|(?=\s))"
)
_ENCLOSED = re.compile(r"(?P<n>[①-⑳㉑-㉟㊱-㊿⑴-⒇⒈-⒛])")
_HEADED = re.compile(rf"(?P<n>[{_UPPER}]|[IVXL]{{1,8}})[.．)）](?=\s)")
_DIVISION = re.compile(
    rf"(?P<word>[^\W\d_]+)[.]?\s{{0,2}}(?:(?:[Nn][.º°o]|No[.]|nº)\s?)?"
    rf"(?P<n>{_D}{{1,4}}(?:[.\-/]{_D}+)*{_LATIN_SUFFIX}?|[IVXL]{{1,8}}\b|[A-Z]\b)(?P<tail>[.:)]?(?:\s?[–—-](?=\s))?)"
    r"(?P<gap>\s*)"
)
_PATTERNS = (
    _BRACKETED,
    _NUMBERED,
    _NESTED,
    _SPACED,
    _KANJI_NUMBERED,
    _KANA,
    _ORDINAL,
    _SECTION,
    _LETTER,
    _ROMAN,
    _ENCLOSED,
)
_ROMAN_NUMBER = re.compile(r"(?=[ivxl])(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50}
_KANJI_DIGITS = {kanji: digit for digit, kanji in enumerate("〇一二三四五六七八九")}
_REACH = 48  # no label is longer


class Label(NamedTuple):
    """A label at ``text[start:end]`` and its value."""

    start: int
    end: int
    number: str


def find_label(text: str, start: int = 0, *, head: bool = False) -> Label | None:
    """Return the label with which *text* begins at *start*; a *head* may have looser ones."""
    piece = text[start : start + _REACH]
    if begins_with_date(piece):
        return None
    for pattern in (*_PATTERNS, _HEADED) if head else _PATTERNS:
        match = pattern.match(piece)
        if match:
            value = next(group for group in match.groups() if group)
            number = _number(value)
            if number:
                return Label(start, start + match.end(), number)
    return _division(piece, start, head=head)


def _division(piece: str, start: int, *, head: bool) -> Label | None:
    """Return a label such as "Art. 3" or "Annex B:", if something sets it off from the text."""
    match = _DIVISION.match(piece)
    if not match or match["word"].casefold() not in DIVISIONS:
        return None
    after = piece[match.end() :]
    set_off = match["tail"] or len(match["gap"]) > 1 or match["gap"] in ("\n", "\t", "\u3000")
    captioned = bool(re.match(r"[(（][^a-z\d]", after))
    whole = not after
    if not (set_off or captioned or whole or (head and match["gap"])):
        return None
    end = match.start("gap") if match["tail"] or after else match.end("n")
    return Label(start, start + end, _number(match["n"]))


def _number(value: str) -> str:
    """Return what the label says, the same for every way of writing it."""
    plain = unicodedata.normalize("NFKC", value).strip("() .").replace(" ", "-").casefold()
    if plain.startswith("第"):
        parts = re.findall(r"[0-9]+|[〇一二三四五六七八九十百]+", plain)
        return "-".join(_digits(part) for part in parts)
    if plain.startswith("제"):
        return "".join(re.findall(r"[0-9]", plain))
    if plain[0] in _KANJI_DIGITS or plain[0] in "十百":
        return _digits(plain)
    if plain != "l" and _ROMAN_NUMBER.fullmatch(plain):
        return str(_roman(plain))
    if re.fullmatch(r"[ivxl]{2,}", plain):
        return ""
    return ".".join(part.lstrip("0") or "0" for part in plain.split("."))


def _roman(text: str) -> int:
    """Return the value of a Roman numeral in lower case."""
    digits = [_ROMAN_DIGITS[letter] for letter in text]
    following = [*digits[1:], 0]
    return sum(
        -digit if digit < after else digit for digit, after in zip(digits, following, strict=True)
    )


def _digits(text: str) -> str:
    """Return a number in Arabic or Chinese numerals up to 999 in ASCII digits."""
    if text.isdecimal():
        return str(int(text))
    if not set(text) & set("十百"):
        return str(int("".join(str(_KANJI_DIGITS[character]) for character in text)))
    total = digit = 0
    for character in text:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = _KANJI_DIGITS[character]
    return str(total + digit)
