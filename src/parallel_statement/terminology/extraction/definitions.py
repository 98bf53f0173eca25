"""Short forms that the text itself introduces: "Agreement (ACSA)", 協定（以下「本協定」という。）.

What stands in parentheses is a short form if it is an acronym, or a quotation that is introduced as
one or stands there almost alone; the full form ends before the parentheses. Where it begins, the
other languages say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from parallel_statement.languages.quantity import fold_width
from parallel_statement.languages.short_forms import introductions
from parallel_statement.model import LanguageTag, Span, Version

_PARENTHESES = re.compile(r"[(（]([^()（）]{2,80})[)）]")
_ACRONYM = re.compile(r"[A-Z][A-Z0-9&-]*[A-Z0-9]")
_QUOTED = re.compile(
    "“([^“”]{2,60})”|«([^«»]{2,60})»|「([^「」]{2,60})」|『([^『』]{2,60})』"
    '|"([^"]{2,60})"|‘([^‘]{2,60})’(?!\\w)'
)
_LITTLE = 4
"""Letters that may stand beside a quotation that nothing introduces: (the "Fund")."""
_WORDS_A_LETTER = 3
"""Words, small ones too, that may stand for a letter."""


@dataclass(frozen=True, slots=True)
class ShortForm:
    """A short form in parentheses."""

    language: LanguageTag
    sentence: str
    """Id of the sentence that holds it."""
    end: int
    """Where in the sentence's own words the full form ends."""
    text: str
    span: Span
    """In the version's text."""


def is_acronym(text: str) -> bool:
    """Return whether *text* is made of capitals, in any width."""
    return bool(_ACRONYM.fullmatch(fold_width(text)))


def find_short_forms(version: Version) -> Iterator[ShortForm]:
    """Yield the short forms that *version* introduces, in order."""
    for sentence in version.sentences:
        view = version.document.view(sentence.span)
        for match in _PARENTHESES.finditer(view.text):
            place = _introduced(match[1], version.language)
            if place is None:
                continue
            start, end = (match.start(1) + at for at in place)
            full = view.text[: match.start()].rstrip('"”’»」』 \u3000')
            if full:
                said = view.text[start:end].strip()
                yield ShortForm(
                    version.language, sentence.id, len(full), said, view.span(start, end)
                )


def _introduced(inside: str, language: LanguageTag) -> Span | None:
    """Return where in *inside*, what parentheses hold, a short form stands, if they give one."""
    if is_acronym(inside.strip()):
        return Span(0, len(inside))
    quoted = _QUOTED.search(inside)
    if quoted is None:
        return None
    around = (inside[: quoted.start()] + inside[quoted.end() :]).casefold()
    introduced = any(words in around for words in introductions(language))
    little = sum(character.isalnum() for character in around) <= _LITTLE
    return Span(*quoted.span(quoted.lastindex or 0)) if introduced or little else None


def join_short_forms(
    sides: Mapping[LanguageTag, Sequence[ShortForm]],
) -> Iterator[Mapping[LanguageTag, ShortForm]]:
    """Yield the short forms of one bead that belong together: those alike, then those left over."""
    left = {tag: list(forms) for tag, forms in sides.items()}
    for name in dict.fromkeys(_folded(each) for forms in sides.values() for each in forms):
        group = {tag: found for tag, forms in left.items() if (found := _take(forms, name))}
        if len(group) > 1:
            yield group
        else:
            for tag, each in group.items():
                left[tag].append(each)
    rest = {tag: forms for tag, forms in left.items() if forms}
    if len(rest) > 1 and all(len(forms) == 1 for forms in rest.values()):
        yield {tag: forms[0] for tag, forms in rest.items()}
    else:
        for tag, forms in rest.items():
            yield from ({tag: each} for each in forms)


def _take(forms: list[ShortForm], name: str) -> ShortForm | None:
    """Take the short form of this *name* out of *forms*, if there is one."""
    found = next((each for each in forms if _folded(each) == name), None)
    if found:
        forms.remove(found)
    return found


def _folded(form: ShortForm) -> str:
    return fold_width(form.text).casefold()


def is_explained(acronym: str, before: str) -> bool:
    """Return whether the words *before* an acronym have its letters, in order, from an initial on.

    >>> is_explained("JAXA", "the Japan Aerospace Exploration Agency ")
    True
    >>> is_explained("USA", "in Chicago ")
    False
    """
    letters = [letter for letter in acronym.casefold() if letter.isalpha()]
    words = re.findall(r"[^\W\d_]+", before.casefold())[-_WORDS_A_LETTER * len(letters) :]
    for first, word in enumerate(words):
        if word[0] == letters[0] and len(words) - first > 1:
            rest = iter("".join(words[first:]))
            if all(letter in rest for letter in letters):
                return True
    return False
