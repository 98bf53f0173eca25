"""Japanese content words, by UniDic's parts of speech."""

from __future__ import annotations

from functools import lru_cache

from parallel_statement.languages.ja_words import Morpheme, morphemes
from parallel_statement.languages.tables import read_table
from parallel_statement.model import Span

_PARTS = ("名詞", "動詞", "形容詞", "形状詞", "副詞")
_LIGHT = frozenset(read_table(__package__, "ja_phrases.toml")["light"].split())


@lru_cache(maxsize=1 << 13)
def find_content(text: str) -> tuple[Span, ...]:
    """Return the content words of the sentence *text*; a suffix belongs to the word before it.

    >>> text = "年金制度の包括的な改革"
    >>> [text[span.start : span.end] for span in find_content(text)]
    ['年金', '制度', '包括的', '改革']
    """
    found: list[Span] = []
    goes_on = False
    for each in morphemes(text):
        if goes_on and each.part_of_speech == "接尾辞" and found[-1].end == each.span.start:
            found[-1] = Span(found[-1].start, each.span.end)
            continue
        goes_on = _is_content(each)
        if goes_on:
            found.append(each.span)
    return tuple(found)


def _is_content(each: Morpheme) -> bool:
    ending = len(each.text) == 1 and "ぁ" <= each.text <= "ん"
    return (
        each.part_of_speech in _PARTS
        and each.subclass != "数詞"
        and each.lemma not in _LIGHT
        and not ending
    )
