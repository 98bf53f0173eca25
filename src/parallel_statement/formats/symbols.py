"""What the characters of the font Symbol show.

Word writes them as codes of the font, often moved to Unicode's private area (U+F020 to U+F0FE).
The table is the font's own encoding; the places of its upper part that show nothing, pieces of
tall brackets or registered marks in other type faces are left out.
"""

from __future__ import annotations

_LOWER = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?"
    "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"
    "\0αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
)
"""0x20 to 0x7E; a zero stands for what has no character."""
_UPPER = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…\0\0↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"
"""0xA0 to 0xE5."""
_SYMBOLS = {
    **{0x20 + place: character for place, character in enumerate(_LOWER) if character != "\0"},
    **{0xA0 + place: character for place, character in enumerate(_UPPER) if character != "\0"},
    0xF1: "〉",
    0xF2: "∫",
}
_PRIVATE = range(0xE000, 0xF900)
_MOVED = range(0xF000, 0xF100)


def shown(font: str, code: int) -> str:
    """Return the character that *code* of *font* shows, or "" if Unicode does not tell.

    >>> shown("Symbol", 0xF0B1), shown("Wingdings", 0xF04A), shown("Arial", 0x2713)
    ('±', '', '✓')
    """
    if font.casefold() == "symbol" and (code in _MOVED or code < 0x100):
        return _SYMBOLS.get(code & 0xFF, "")
    if code in _PRIVATE or font.casefold().startswith(("wingdings", "webdings")) or code < 0x20:
        return ""
    return chr(code)
