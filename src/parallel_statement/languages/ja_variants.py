"""Japanese spellings that make no other word: older kanji, small kana, numerals, counters.

For kanji and foreign words see ``ja_variants.toml``. A final long vowel mark does not count after
three or more kana (サーバー, サーバ): technical prose used to leave it out there.
"""

from __future__ import annotations

import re

from parallel_statement.languages.base import Variants
from parallel_statement.languages.ja_numerals import KANJI_DIGITS, TENS, integer
from parallel_statement.languages.tables import read_table

_DIGIT = f"[{KANJI_DIGITS}]"
_TEN = f"[{''.join(TENS)}]"
_COUNTER = "[ヶケヵカか箇](?=[国月所年条町村])"
_NUMBER = (
    rf"{_DIGIT}*{_TEN}(?:{_DIGIT}|{_TEN})+|{_DIGIT}+{_TEN}"
    rf"|十(?={_COUNTER}|周?年|人|回|日|名)"
)


def _load() -> Variants:
    data = read_table(__package__, "ja_variants.toml")
    characters = {
        ord(other): group[0] for group in data["characters"].split() for other in group[1:]
    }
    katakana: dict[str, str] = data["katakana"]
    return Variants(
        characters,
        (
            (re.compile("(.)々"), r"\1\1"),
            (re.compile(f"(?<=[0-9数何幾{KANJI_DIGITS}{''.join(TENS)}]){_COUNTER}"), "か"),
            (re.compile(_NUMBER), lambda match: str(integer(match[0]))),
            (re.compile("|".join(katakana)), lambda match: katakana[match[0]]),
            (re.compile("(?<=[ァ-ヺー]{2}[ァ-ヺ])ー(?![ァ-ヺー])"), ""),
        ),
    )


VARIANTS = _load()
