"""Glossary entries proposed from aligned texts, in all languages at once.

::

    candidates    stretches of each sentence that may be terms, by their form
    definitions   full forms that the text itself gives a short form: "... Agreement (ACSA)"
    association   how well two candidates of a bead render one another
    linking       one candidate a language, all pairs agreeing: the best first, none twice
    proposals     what was linked anywhere in the texts, most likely terms first
    entries       proposals as a glossary to edit, with the places that show them
"""
