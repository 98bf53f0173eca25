"""How many concepts of a glossary `align terms` proposes without knowing it, and how soon.

    python -m benchmarks.term_extraction

For two texts with a glossary: the statement in texts/, on which the method was tuned, and the text
in tests/data/checks/second, on which nothing was. A concept is found if a proposal names it in
every language, by the rules by which its terms are found in texts. Precision counts the proposals
that name a concept; a good term that the glossary lacks counts against it, so the first proposals
of the statement were also judged by hand (tests/data/terminology/statement-proposals.csv).
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

import parallel_statement as ps
from parallel_statement import encoders
from parallel_statement.encoders.base import Encoder
from parallel_statement.model import Glossary, ParallelText
from parallel_statement.terminology.extraction.proposals import Proposal
from parallel_statement.terminology.matching import named_concepts
from parallel_statement.workspace import open_files

ROOT = Path(__file__).parent.parent
JUDGED = ROOT / "tests" / "data" / "terminology" / "statement-proposals.csv"
STATEMENT, SECOND = ROOT / "texts", ROOT / "tests" / "data" / "checks" / "second"
LANGUAGES = ("en", "it", "ja")
DEPTHS = (50, 100, 150)


def align(folder: Path, languages: Sequence[str], encoder: Encoder) -> ParallelText:
    """Return the text in *folder*, which has a folder or a file a language."""
    paths = {tag: [*folder.glob(f"{tag}/*.md"), folder / f"{tag}.md"][0] for tag in languages}
    (entry,) = open_files(paths).entries
    return ps.align([ps.segment(document) for document in entry.load()], encoder)


def named(proposal: Proposal, glossary: Glossary) -> set[str]:
    """Return the concepts of *glossary* that *proposal* names in each of its languages."""
    sides = []
    for tag, term in proposal.terms.items():
        forms = filter(None, (term, proposal.short_forms.get(tag)))
        sides.append({name for form in forms for name in named_concepts(form, glossary, tag)})
    return set.intersection(*sides)


def measure(
    proposals: Sequence[Proposal], glossary: Glossary, languages: Sequence[str], depth: int
) -> tuple[float, float]:
    """Return recall and precision of the first *depth* of *proposals*."""
    found = [
        named(each, glossary) if len(each.terms) == len(languages) else set()
        for each in proposals[:depth]
    ]
    return len(set().union(*found)) / len(glossary.concepts), sum(map(bool, found)) / depth


def judged(proposals: Sequence[Proposal], depth: int) -> Counter[str]:
    """Return how the first *depth* of *proposals* were judged by hand."""
    with JUDGED.open(encoding="utf-8", newline="") as file:
        verdicts = {
            tuple(row[tag] for tag in LANGUAGES): row["verdict"] for row in csv.DictReader(file)
        }
    terms = (tuple(each.terms.get(tag, "") for tag in LANGUAGES) for each in proposals[:depth])
    return Counter(verdicts.get(each, "not judged") for each in terms)


def report(encoder: Encoder) -> Iterator[str]:
    for name, folder in (("statement", STATEMENT), ("second", SECOND)):
        glossary = ps.read_glossary(folder / "glossary.csv")
        for languages in (LANGUAGES, *combinations(LANGUAGES, 2)):
            found = ps.propose_terms([align(folder, languages, encoder)], None, encoder)
            for depth in DEPTHS:
                recall, precision = measure(found, glossary, languages, depth)
                yield (
                    f"{name} {'-'.join(languages)}: first {depth} of {len(found)}: "
                    f"recall {recall:.3f}, precision {precision:.3f}"
                )
                if folder == STATEMENT and languages == LANGUAGES:
                    counts = judged(found, depth).most_common()
                    yield f"  by hand: {', '.join(f'{n} {verdict}' for verdict, n in counts)}"


if __name__ == "__main__":
    for line in report(encoders.load()):
        print(line)
