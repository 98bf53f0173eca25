"""Katakana in Latin letters, for comparing loanwords and names with their originals."""

from __future__ import annotations

import unicodedata

_ROWS = (
    ("", "アイウエオ"),
    ("k", "カキクケコ"),
    ("s", "サシスセソ"),
    ("t", "タチツテト"),
    ("n", "ナニヌネノ"),
    ("h", "ハヒフヘホ"),
    ("m", "マミムメモ"),
    ("r", "ラリルレロ"),
    ("g", "ガギグゲゴ"),
    ("z", "ザジズゼゾ"),
    ("d", "ダヂヅデド"),
    ("b", "バビブベボ"),
    ("p", "パピプペポ"),
)
_LETTERS = {kana: row + "aiueo"[at] for row, line in _ROWS for at, kana in enumerate(line)}
_LETTERS |= {"シ": "shi", "チ": "chi", "ツ": "tsu", "フ": "fu", "ジ": "ji", "ヂ": "ji", "ヅ": "zu"}
_LETTERS |= {"ヤ": "ya", "ユ": "yu", "ヨ": "yo", "ワ": "wa", "ヲ": "o", "ン": "n", "ヴ": "vu"}
_SMALL = {"ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o", "ャ": "ya", "ュ": "yu", "ョ": "yo"}
_PALATAL = ("j", "sh", "ch")
"""What swallows the y of a small letter: ジョ is jo."""


def romanise(word: str) -> str:
    """Return *word* in Latin letters (Hepburn, long vowels as short ones), if all is katakana.

    >>> romanise("メローニ"), romanise("ジョルジャ"), romanise("カッティ"), romanise("平和")
    ('meroni', 'joruja', 'katti', '')
    """
    plain = unicodedata.normalize("NFKC", word)
    if not all("ァ" <= character <= "ー" for character in plain):
        return ""
    latin, doubled = "", False
    for character in plain:
        letters = _LETTERS.get(character, "")
        if character in _SMALL:
            stem = latin[:-1] if latin[-1:] in set("aiueo") else latin
            small = _SMALL[character]
            latin = stem + (small.removeprefix("y") if stem.endswith(_PALATAL) else small)
        elif letters:
            latin += letters[0] + letters if doubled else letters
        doubled = character == "ッ"
    return latin
