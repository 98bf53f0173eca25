"""Data categories of TBX (ISO 30042, DatCatInfo) and what they are called here."""

from __future__ import annotations

from collections.abc import Mapping

from parallel_statement.model import DesignationStatus, DesignationType, Gender

STATUSES: Mapping[DesignationStatus, str] = {
    "preferred": "preferredTerm-admn-sts",
    "admitted": "admittedTerm-admn-sts",
    "deprecated": "deprecatedTerm-admn-sts",
    "superseded": "supersededTerm-admn-sts",
}
"""Status and the value of administrativeStatus that is written."""

STATUSES_READ: Mapping[str, DesignationStatus] = {
    "preferredterm": "preferred",
    "preferred": "preferred",
    "admittedterm": "admitted",
    "admitted": "admitted",
    "deprecatedterm": "deprecated",
    "deprecated": "deprecated",
    "notrecommended": "deprecated",
    "forbidden": "deprecated",
    "supersededterm": "superseded",
    "superseded": "superseded",
    "obsolete": "superseded",
}
"""Values that are read, in lower case and without ``-admn-sts``: of all versions and of tools."""

TYPES: Mapping[DesignationType, str] = {
    "full form": "fullForm",
    "acronym": "acronym",
    "abbreviation": "abbreviation",
    "short form": "shortForm",
    "variant": "variant",
    "phrase": "phrase",
}
"""Type and the value of termType that is written."""

TYPES_READ: Mapping[str, DesignationType] = {
    **{value: kind for kind, value in TYPES.items()},
    "phraseologicalUnit": "phrase",
}

GENDERS_READ: Mapping[str, Gender] = {
    "masculine": "masculine",
    "feminine": "feminine",
    "neuter": "neuter",
    "other": "other",
    "otherGender": "other",
}

PARTS_OF_SPEECH = ("adjective", "adverb", "noun", "other", "verb")
"""The values of partOfSpeech in TBX-Basic."""
NEAREST_PART_OF_SPEECH: Mapping[str, str] = {"proper noun": "noun"}
"""What stands for a part of speech that TBX-Basic lacks; all others are "other"."""
PARTS_OF_SPEECH_READ: Mapping[str, str] = {"properNoun": "proper noun"}
