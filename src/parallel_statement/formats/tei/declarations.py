"""How the texts are encoded, in the words of the header."""

from __future__ import annotations

from lxml import etree

from parallel_statement.formats.tei.body import RENDITIONS
from parallel_statement.formats.tei.markup import element, paragraph

EDITORIAL_DECLARATION = {
    "correction": "Nothing was corrected in the wording.",
    "normalization": (
        "The wording of a sentence is that of the source, character by character, but for this:"
        " lines that only the page broke are joined, with a space, or with nothing after a hyphen"
        " and in a language that writes no spaces; marks of the file format (of Markdown or of a"
        " conversion: markup, list markers, escapes), hidden text, and what belongs to the page"
        " (page numbers, running heads, navigation, readings beside characters) are left out; an"
        " entity, and a ligature or variant form that a PDF holds, is the character that it shows;"
        " runs of white space in HTML and PDF are one space. Between two"
        " sentences stands one space, or nothing in a language that writes none, whatever white"
        " space the source has there; white space around paragraphs is not kept. Control"
        " characters are left out; any other that XML does not allow is a g whose n gives its code"
        " point. What else the file holds and the text does not is named in notesStmt."
    ),
    "hyphenation": "Hyphens are those of the source.",
    "quotation": "Quotation marks are characters of the text.",
    "segmentation": (
        "The text is cut into head, dateline and p, and these into s. A paragraph's number or"
        " other label is a label outside s. A page break is a pb where it falls, inside p, s or"
        " term if need be, or before the first words; n is the number of the page that begins;"
        ' break="no" says that no white space stands there.'
    ),
    "interpretation": (
        "A term is a designation of the concept that ref points to; type gives its status unless"
        " that is preferred. The links in the standOff of the corpus file are the record of the"
        " alignment, and every corresp is computed from those between two texts. The type of a"
        " link is the number of its targets in each text, in the order of domains. A span in a"
        " spanGrp of type unaligned holds what has no counterpart. A link in a linkGrp of type"
        " moved joins what may be one passage at several places, which no other link joins. cert is"
        " the probability that the aligner gives. An annotation is a possible fault, to be judged"
        " by a person: target gives the sentences, ptr the place in them, as element, offset and"
        " length."
    ),
}


def declarations() -> list[etree._Element]:
    """Return ``editorialDecl``, ``tagsDecl`` and ``refsDecl``, the same in every file."""
    editorial = [
        element(name, None, paragraph(words)) for name, words in EDITORIAL_DECLARATION.items()
    ]
    renditions = [
        element("rendition", {"scheme": "css", "selector": f"hi[rend='{rend}']"}, css)
        for rend, css in RENDITIONS.values()
    ]
    sentence = element(
        "citeStructure", {"match": "s", "use": "@n", "unit": "sentence", "delim": "."}
    )
    citation = element(
        "citeStructure", {"match": "//body//p", "use": "@n", "unit": "paragraph"}, sentence
    )
    return [
        element("editorialDecl", None, *editorial),
        element("tagsDecl", None, *renditions),
        element("refsDecl", None, citation),
    ]
