"""What an archive has said in place of a sentence: exact and fuzzy matches.

The score is what translators know from their tools: 100 for the same sentence, 99 where only case,
width or spacing differ, below that the share of words that need no edit (Levenshtein 1966, over
words).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from parallel_statement import languages
from parallel_statement.memory.database import Memory
from parallel_statement.memory.words import index_word, plain_hash
from parallel_statement.model import LanguageTag

EXACT = 100
_SAME_WORDS = 99
_MOST_FUZZY = 98
_TELLING = 12
"""Words of a sentence by which others are looked for, the rarest ones."""
_COMMON = 20_000
"""Sides that have a word; one that more have tells little."""
_CANDIDATES = 60
"""Sentences that are compared word by word, those that share the most telling words."""


class Recollection(NamedTuple):
    """A sentence that was said before, and how it was rendered."""

    score: int
    """0 to 100."""
    source: str
    targets: Mapping[LanguageTag, str]
    document: str
    title: str
    date: str
    bead: str
    status: str
    posterior: float


def recall(
    memory: Memory,
    sentence: str,
    source: LanguageTag,
    targets: Collection[LanguageTag],
    *,
    least: int = 70,
    most: int = 5,
) -> tuple[Recollection, ...]:
    """Return what is most like *sentence* in *memory*, the best first, then the newest.

    Of several beads that say the same in all languages, the newest stands for all.

    Args:
        memory: Where to look.
        sentence: In the language *source*.
        source: As its documents are tagged in the memory.
        targets: The languages to render it in; a bead that has none of them is passed over.
        least: Score from which a match is one.
        most: How many to return.
    """
    words = _words(sentence, source)
    scored = (
        (_score(sentence, words, text, source, least), bead)
        for bead, text in _alike(memory, sentence, source)
    )
    found = [
        each
        for score, bead in scored
        if score >= least
        for each in _recollections(memory, bead, score, source, targets)
    ]
    found.sort(key=lambda each: (each.document, each.bead))
    found.sort(key=lambda each: (each.score, each.date), reverse=True)
    distinct = {(each.source, tuple(each.targets.items())): each for each in reversed(found)}
    return tuple([each for each in found if each in distinct.values()][:most])


def _alike(memory: Memory, sentence: str, source: LanguageTag) -> Iterator[tuple[int, str]]:
    """Yield beads and what they say in *source*: what is equal, and what shares telling words."""
    rows = memory.connection.execute(
        "SELECT bead, text FROM side WHERE plain = ? AND language = ?",
        (plain_hash(sentence, source), source),
    ).fetchall()
    yield from rows
    known = {bead for bead, _ in rows}
    for place in _sharing(memory, sentence, source):
        bead, text = memory.connection.execute(
            "SELECT bead, text FROM side WHERE number = ?", (place,)
        ).fetchone()
        if bead not in known:
            yield bead, text


def _sharing(memory: Memory, sentence: str, source: LanguageTag) -> list[int]:
    """Return the sides that share the most telling words of *sentence*."""
    tokens = languages.get(source).analyse(sentence)
    words = dict.fromkeys(index_word(next(iter(token.keys)), source) for token in tokens)
    frequency = {
        word: int(count)
        for word in words
        for (count,) in memory.connection.execute(
            "SELECT doc FROM frequency WHERE term = ?", (word,)
        )
    }
    telling = sorted(frequency, key=lambda word: (frequency[word], word))
    shared: dict[int, float] = defaultdict(float)
    for word in telling[:_TELLING]:
        rows = memory.connection.execute(
            "SELECT rowid FROM words WHERE words MATCH ? LIMIT ?", (f'"{word}"', _COMMON)
        )
        weight = 1 / math.log2(2 + frequency[word])
        for (place,) in rows:
            shared[place] += weight
    ranked = sorted(shared.items(), key=lambda item: (-item[1], item[0]))
    return [place for place, _ in ranked[:_CANDIDATES]]


def _recollections(
    memory: Memory,
    bead: int,
    score: int,
    source: LanguageTag,
    targets: Collection[LanguageTag],
) -> Iterator[Recollection]:
    rows = memory.connection.execute(
        "SELECT document.id, title, date, bead.id, status, posterior, language, text "
        "FROM side JOIN bead ON bead.number = side.bead "
        "JOIN document ON document.number = bead.document WHERE bead.number = ?",
        (bead,),
    ).fetchall()
    texts = {language: text for *_, language, text in rows}
    rendered = {tag: texts[tag] for tag in targets if tag in texts}
    if rendered:
        document, title, date, identifier, status, posterior, *_ = rows[0]
        yield Recollection(
            score, texts[source], rendered, document, title, date, identifier, status, posterior
        )


def _words(text: str, tag: LanguageTag) -> list[str]:
    return [token.text.casefold() for token in languages.get(tag).analyse(text)]


def _score(sentence: str, words: Iterable[str], text: str, source: LanguageTag, least: int) -> int:
    """Return how alike two sentences are, from 0 to 100; 0 if below *least*."""
    from rapidfuzz.distance import Levenshtein

    if text.split() == sentence.split():
        return EXACT
    if plain_hash(text, source) == plain_hash(sentence, source):
        return _SAME_WORDS
    likeness = Levenshtein.normalized_similarity(
        list(words), _words(text, source), score_cutoff=least / 100
    )
    return min(int(100 * likeness), _MOST_FUZZY)
