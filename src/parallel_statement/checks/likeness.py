"""When two short words are so alike that one may be the other, misspelt."""

from __future__ import annotations


def is_swapped(first: str, second: str) -> bool:
    """Return whether two words differ in the order of two neighbouring letters.

    >>> is_swapped("GCAP", "GCPA"), is_swapped("GCAP", "GCAB")
    (True, False)
    """
    return len(first) == len(second) and any(
        first[:at] + first[at + 1] + first[at] + first[at + 2 :] == second
        for at in range(len(first) - 1)
        if first[at] != first[at + 1]
    )


def differ_in_one(first: str, second: str) -> bool:
    """Return whether two words differ in one letter that is another, added or left out.

    >>> differ_in_one("GCAP", "GCAB"), differ_in_one("GCAP", "GCP"), differ_in_one("EU", "EU")
    (True, True, False)
    """
    if len(first) == len(second):
        return sum(a != b for a, b in zip(first, second, strict=True)) == 1
    short, long = sorted((first, second), key=len)
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
