"""What a person has decided of an alignment: locks, their names, and which of them agree."""

from parallel_statement.locking.decisions import (
    Decisions,
    Pair,
    content,
    in_reading_order,
    meet,
    reading_order,
)
from parallel_statement.locking.keeping import Keeper, fixed_pairs, obeys
from parallel_statement.locking.naming import (
    BEAD,
    FoundBead,
    FoundPairBead,
    bead_name,
    describe,
    find_bead,
    holding,
    local,
    rank,
    segment_name,
)
from parallel_statement.locking.refusal import Refusals

__all__ = [
    "BEAD",
    "Decisions",
    "FoundBead",
    "FoundPairBead",
    "Keeper",
    "Pair",
    "Refusals",
    "bead_name",
    "content",
    "describe",
    "find_bead",
    "fixed_pairs",
    "holding",
    "in_reading_order",
    "local",
    "meet",
    "obeys",
    "rank",
    "reading_order",
    "segment_name",
]
