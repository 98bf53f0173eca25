"""Japanese words (UniDic), numbers and dates."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from parallel_statement.languages.base import Keys, MatchingRule, Quantity, Token
from parallel_statement.languages.ja_numerals import TENS, integer
from parallel_statement.languages.ja_variants import VARIANTS
from parallel_statement.languages.quantity import (
    CURRENCY,
    Rule,
    decimal,
    extract,
    fraction,
    iso_date,
    rule,
    span_of,
)
from parallel_statement.languages.words import fold, is_acronym
from parallel_statement.model import Span

_FIELDS = (0, 7, 10, 12, 17)
"""Part of speech, lemma, dictionary form as written, origin and reading in UniDic."""
_LEMMA = _FIELDS[1]
_INFLECTED = ("動詞", "形容詞", "助動詞")
_NATIVE, _PROPER = "和", "固"
"""Origins of a word in UniDic. The lemma of a name is its reading: 渡辺 and 渡部 share it."""
_IDEOGRAPHS = ("一", "龠")


@lru_cache(maxsize=1)
def _tagger() -> Any:
    """Return the analyser (MeCab with UniDic); the only one, it takes long to load."""
    import fugashi

    return fugashi.Tagger()


@lru_cache(maxsize=1 << 13)
def analyse(text: str) -> tuple[Token, ...]:
    """Return the words of *text* with the normal forms of UniDic; punctuation is left out."""
    return tuple(
        Token(span, surface, keys)
        for span, surface, features in _nodes(text)
        if (keys := _keys(surface, features))
    )


def _nodes(text: str) -> Iterator[tuple[Span, str, str]]:
    """Yield the words of *text* with the lines that UniDic has for them."""
    position = 0
    for node in _tagger()(text):
        surface = node.surface
        start = text.index(surface, position)
        position = start + len(surface)
        yield Span(start, position), surface, node.feature_raw


class Morpheme(NamedTuple):
    """A word or mark as UniDic has it."""

    span: Span
    text: str
    part_of_speech: str
    subclass: str
    detail: str
    lemma: str
    origin: str
    """The foreign word that it comes from, folded: UniDic has メーカー-maker as a lemma."""


def morphemes(text: str) -> tuple[Morpheme, ...]:
    """Return the words and marks of *text* with their part of speech."""
    found = []
    for span, surface, features in _nodes(text):
        fields = next(csv.reader([features]))
        lemma, _, origin = (fields[_LEMMA] if len(fields) > _LEMMA else "").partition("-")
        foreign = fold(origin) if origin.isascii() else ""  # オウシュウ-外国 says nothing
        found.append(Morpheme(span, surface, fields[0], fields[1], fields[2], lemma, foreign))
    return tuple(found)


@lru_cache(maxsize=1 << 16)
def _keys(surface: str, features: str) -> Keys:
    """Return the forms of a word, from the line that UniDic has for it; none of punctuation.

    A word that is inflected counts by its dictionary form alone: 強いられる is a form of 強いる,
    not of 強い. A reading counts for words of Japanese origin (取組, 取り組む); those from Chinese
    have too many that sound alike (公海, 公開).
    """
    if not any(character.isalnum() for character in surface):
        return {}
    plain = unicodedata.normalize("NFKC", surface)
    if is_acronym(plain):
        return {f"={plain}": "acronym"}
    fields = next(csv.reader([features]))
    if len(fields) <= max(_FIELDS):  # not in the dictionary
        fields = [fields[0]] + [""] * max(_FIELDS)
    part_of_speech, lemma, base, origin, reading = (fields[number] for number in _FIELDS)
    inflected = part_of_speech in _INFLECTED
    written = fold((inflected and base) or surface)
    keys: dict[str, MatchingRule] = {written: "normal form" if inflected else "exact"}
    keys.setdefault(VARIANTS.unite(written), "spelling")
    kanji = _IDEOGRAPHS[0] <= surface[0] <= _IDEOGRAPHS[1]
    if lemma and not (kanji and origin == _PROPER):
        normal = fold(lemma.partition("-")[0])  # メーカー-maker: the origin is no part of it
        keys.setdefault(VARIANTS.unite(normal), "normal form")
    if reading and kanji and origin == _NATIVE:
        keys.setdefault(f"{surface[0]}({reading})", "reading")
    return keys


# --- numbers and dates -------------------------------------------------------------------

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867}
_SCALES = {"万": 10**4, "億": 10**8, "兆": 10**12}

_KANJI = "[〇一二三四五六七八九十百千]+"
_INTEGER = rf"(?:\d+|{_KANJI})"
_ERA_YEAR = rf"(?P<era>{'|'.join(_ERAS)})(?P<eraYear>元|{_INTEGER}) ?年"
_YEAR = r"(?P<year>\d{4}|[〇一二三四五六七八九]{4}) ?年"
_ANY_YEAR = rf"(?:{_ERA_YEAR}|{_YEAR})(?:[((](?:{'|'.join(_ERAS)}|西暦)?(?:元|\d+)年[))])?"
_MONTH = rf"(?P<month>{_INTEGER}) ?月(?!間)"
_WEEKDAY = r"(?:[((][月火水木金土日](?:曜日?)?[))]|[月火水木金土日]曜日)?"
_DAY = (
    rf"(?P<day>{_INTEGER})(?:日{_WEEKDAY})?"
    rf"(?:(?:[~〜-]|から)(?P<last>{_INTEGER}))? ?日(?!間){_WEEKDAY}"
)
_NUMBER = r"(?P<n>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_DIGIT_RUN = r"\d[\d,]*(?:\.\d+)?"
_TIMES = "(?:千(?![葉代鳥島歳])|百(?!貨)|十(?![字分]))"
_MIXED = rf"(?:{_DIGIT_RUN}{_TIMES})+(?:{_DIGIT_RUN})?"
_PURE = "(?:[一二三四五六七八九]?[千百十])+[一二三四五六七八九]?(?![分葉字])"
_GROUP = f"(?:{_MIXED}|{_DIGIT_RUN}|{_KANJI})"
_LARGE = (
    rf"(?P<large>{_GROUP} ?[万億兆](?:{_GROUP}[万億])*(?:{_MIXED}|{_DIGIT_RUN}|{_PURE})?|{_MIXED})"
)
_COUNTER = (
    r"(?=か国|ヵ国|カ国|ヶ国|箇国|か所|カ所|ヶ所|か月|カ月|ヶ月|箇月|国家|国間|人|名|年|月|日|週間|時間|"
    r"回|件|本の|つの|者|世紀|周年|周|度目|社|機|隻|点|項目|都市|分野|段階|地域|台|枚|冊|頭|匹|軒|戸|棟|"
    r"校|店|種|歳|才|円|票|席|個|章|条|号|曲|倍|便|両|世帯|団体|企業|施設|言語|作品|議席|トン|キロ|メートル)"
)


def _dated(match: re.Match[str]) -> str:
    groups = match.groupdict()
    year = month = None
    if groups.get("era"):
        era_year = 1 if groups["eraYear"] == "元" else integer(groups["eraYear"])
        year = str(_ERAS[groups["era"]] + era_year)
    elif groups.get("year"):
        year = str(integer(groups["year"]))
    if groups.get("month"):
        month = str(integer(groups["month"]))
    days = [str(integer(groups[name])) for name in ("day", "last") if groups.get(name)]
    dates = [iso_date(year, month, day) for day in days] or [iso_date(year, month, None)]
    return "/".join(dates) if all(dates) else ""


def _counted(match: re.Match[str]) -> str:
    return str(integer(match["n"]))


def _plain(match: re.Match[str]) -> str:
    return decimal(match["n"].replace(",", ""))


def _large(match: re.Match[str]) -> str:
    """Return the value of a number in digits and kanji: 1億2,000万, 3.5兆, 二十万, ３千５百."""
    groups = re.findall(r"([^ 万億兆]+) ?([万億兆]?)", match["large"])
    total = sum(_group(group) * _SCALES.get(scale, 1) for group, scale in groups)
    return decimal(str(total))


def _group(group: str) -> Decimal:
    """Return the value of a number below 万: 3千5百, 1,200, 二十五."""
    if not group[0].isascii():
        return Decimal(integer(group))
    parts = re.findall(rf"({_DIGIT_RUN})([十百千]?)", group)
    values = (Decimal(digits.replace(",", "")) * TENS.get(ten, 1) for digits, ten in parts)
    return sum(values, Decimal(0))


def _fraction(match: re.Match[str]) -> str:
    return fraction(integer(match["n"]), integer(match["d"]))


def _tenths(match: re.Match[str]) -> str:
    """Return 4割 or 三割五分 as a percentage."""
    tenths, hundredths = match["n"], match["part"] or "0"
    whole = Decimal(tenths) if tenths[0].isascii() else Decimal(integer(tenths))
    return decimal(str(whole * 10 + integer(hundredths)))


_MONEY = r"(?:円|(?:米|豪)?ドル|ユーロ|ポンド|人民元)"
_RULES: tuple[Rule, ...] = (
    rule(r"(?:午前|午後)?\d{1,2}時(?!間)(?:\d{1,2}分)?|\b\d{1,2}:\d{2}"),
    rule(rf"(?:\d{{2,4}}|{_KANJI})年代|\d+進"),
    rule(rf"{_ANY_YEAR} ?{_MONTH} ?{_DAY}", "date", _dated),
    rule(rf"{_ANY_YEAR} ?{_MONTH}", "month", _dated),
    rule(rf"(?<![\d年数何毎]){_MONTH} ?{_DAY}", "date", _dated),
    rule(r"(?P<a>\d+)(?:年度?|%|人|回)?[~〜–―-](?P<b>\d+)(?![\d,.]|年代)", "range", span_of),
    rule(rf"{_ANY_YEAR}(?!間)", "number", _dated),
    rule(r"(?<![\d数何毎])(?P<month>\d{1,2}) ?月(?!間)", "month", _dated),
    rule(rf"(?P<d>{_INTEGER})分の(?P<n>{_INTEGER})", "number", _fraction),
    rule(rf"{CURRENCY}{_NUMBER}", "currency", _plain),
    rule(rf"(?<![数何]){_LARGE}{_MONEY}", "currency", _large),
    rule(rf"{_NUMBER}{_MONEY}", "currency", _plain),
    rule(rf"(?<![数何幾]){_LARGE}(?!博|国|全|能|物|が)", "number", _large),
    rule(
        r"(?<![数何幾])(?P<n>\d+(?:\.\d+)?|[一二三四五六七八九十])割"
        rf"(?:(?P<part>{_INTEGER})分)?(?![合引りく当])",
        "percent",
        _tenths,
    ),
    rule(rf"{_NUMBER}(?:%|パーセント|ポイント)", "percent", _plain),
    rule(rf"{_NUMBER}(?:倍|[x×](?![A-Za-z0-9]))", "multiplier", _plain),
    rule(r"(?<![\d一-龠])倍増", "multiplier", lambda _: "2"),
    rule(rf"第(?P<n>{_INTEGER})(?![\d.]|[者国党])", "ordinal", _counted),
    rule(r"最初の|初めての|初回(?!転)", "ordinal", lambda _: "1"),
    rule(r"(?P<n>\d+)(?:番目|度目|回目)", "ordinal", _counted),
    rule(rf"(?<![\d.]){_NUMBER}(?!\d|\.\d)", "number", _plain),
    rule(rf"(?<![〇一-龠々])(?P<n>{_KANJI}){_COUNTER}(?!十分)", "number", _counted),
    rule(
        rf"(?<![〇一二三四五六七八九十百千万億兆数何幾第])(?=..)(?P<n>{_PURE}){_COUNTER}",
        "number",
        _counted,
    ),
)


@lru_cache(maxsize=1 << 13)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Return the numbers and dates of *text*; kanji count where a counter follows."""
    return extract(text, _RULES)
