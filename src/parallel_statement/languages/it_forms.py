"""Forms of Italian words: lemmas of simplemma, paradigms, and what is outside both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from parallel_statement.languages.base import Keys, MatchingRule, Variants
from parallel_statement.languages.tables import read_table
from parallel_statement.languages.words import lemma

_FUNCTION_WORDS = {  # an article makes no other term: "sicurezza del gas", "sicurezza di gas"
    form: word
    for word, forms in {
        "di": "di d del dello dell della dei degli delle",
        "a": "a ad al allo all alla ai agli alle",
        "da": "da dal dallo dall dalla dai dagli dalle",
        "in": "in nel nello nell nella nei negli nelle",
        "su": "su sul sullo sull sulla sui sugli sulle",
        "con": "con col coi",
        "il": "il lo l la i gli le",
        "un": "un uno una",
        "e": "e ed",
        "o": "o od",
    }.items()
    for form in forms.split()
}
_SPELLINGS = Variants(
    patterns=(
        (re.compile(r"^obbiettiv"), "obiettiv"),
        (re.compile(r"^(sovr|sopr)(?=inten)"), "sopr"),
        (re.compile(r"(?<=nun)zi"), "ci"),
        (re.compile(r"^famigliar"), "familiar"),
    )
)
_PARADIGM = {  # endings of an inflected noun or adjective, and of its dictionary form
    "archi": ("arco", "arca"),
    "chi": ("co",),
    "che": ("ca",),
    "eghi": ("ego", "ega"),
    "ghi": ("go",),
    "ghe": ("ga",),
    "cie": ("cia", "cie"),
    "gie": ("gia",),
    "ci": ("co", "ce", "cio"),
    "gi": ("go", "ge", "gio"),
    "ce": ("cia",),
    "ge": ("gia",),
    "isti": ("isto", "ista"),
    "ammi": ("ammo", "amma"),
    "emi": ("emo", "ema"),
    "omi": ("omo", "oma"),
    "auti": ("auto", "auta"),
    "eti": ("eto", "eta"),
    "i": ("o", "e", "io"),
    "e": ("a",),
}
_REFLEXIVE = ("arsi", "ersi", "irsi")
_INFINITIVES = ("are", "ere", "ire", "rre")
_SHORTEST_STEM = 3
_VOWELS = "oaie"


@lru_cache(maxsize=1 << 16)
def analyse_word(word: str) -> Keys:
    """Return the lemmas of simplemma and the singulars of which *word* may be the plural.

    A noun keeps its gender, so that "porta" is no form of "porto"; a participle does not.
    """
    import simplemma

    if word in _FUNCTION_WORDS:
        return {_FUNCTION_WORDS[word]: "spelling"}
    found: dict[str, MatchingRule] = {word: "exact"}
    found.setdefault(_SPELLINGS.unite(word), "spelling")
    for base in _irregular_bases(word):
        found.setdefault(base, "normal form" if word.endswith(_REFLEXIVE) else "paradigm")
    for form in (_SPELLINGS.unite(word), lemma(word, "it")):
        for base in (form, lemma(form, "it")):
            found.setdefault(_SPELLINGS.unite(base), _rule(word, base))
    stem = word[:-1]
    if word[-1] in _VOWELS and len(stem) >= _SHORTEST_STEM:
        verb = lemma(lemma(stem + "o", "it"), "it")
        if verb.endswith(_INFINITIVES):
            found.setdefault(verb, "lemma")
        for base in _bases(_SPELLINGS.unite(word)):
            found.setdefault(base, "paradigm")
        if not simplemma.is_known(word, "it"):
            found.setdefault(f"{stem}-", "stem")
    return found


def _rule(word: str, base: str) -> MatchingRule:
    """Return how sure a lemma is: simplemma takes some nouns for the feminine of another."""
    return "stem" if word.endswith(("a", "e")) and base == word[:-1] + "o" else "lemma"


def _irregular_bases(word: str) -> Iterator[str]:
    """Yield the singular, or the infinitive, of a form outside all paradigms."""
    if word in _forms("plurals"):
        yield _forms("plurals")[word]
    if word.endswith(_REFLEXIVE):  # "impegnarsi", "riunirsi"; the lemma has no pronoun
        yield word.removesuffix("si") + "e"
    masculine = word[:-1] + "o"
    for participle, infinitive in _forms("participles").items():
        if masculine.endswith(participle):
            yield masculine.removesuffix(participle) + infinitive


@cache
def _forms(kind: str) -> dict[str, str]:
    words = read_table(__package__, "it_forms.toml")[kind].split()
    return dict(zip(words[::2], words[1::2], strict=True))


def _bases(word: str) -> tuple[str, ...]:
    """Return what *word* may be the plural of."""
    for ending, bases in _PARADIGM.items():
        stem = word.removesuffix(ending)
        if stem != word and len(stem) + len(ending) > _SHORTEST_STEM:
            return tuple(stem + base for base in bases)
    return ()
