"""The laws of the alignment in a corpus file, as the writer keeps them and an editor may not.

In each group of links (one for each pair of texts and level, one over all texts):

1. ``type`` is the number of targets in each text, in the order of ``domains``;
2. the targets of a bead in one text are neighbours, in order;
3. every unit of a text is in exactly one bead: a ``link``, or a ``span`` without a partner;
4. every pair of texts has such a group on each level;
5. a bead of two texts lies inside one bead over all texts;
6. ``corresp`` of a unit names exactly its partners in the links of pairs;
7. a passage that was perhaps moved keeps to 1 and 2, shares no sentence with another one, and
   stands at two places: not all of its texts are joined by beads over all texts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, combinations, pairwise
from typing import NamedTuple

from lxml import etree

from parallel_statement.formats.tei.markup import TEI
from parallel_statement.formats.tei.profile import File, Violation
from parallel_statement.formats.xml import ID

_UNITS = {"paragraph": ("head", "dateline", "p"), "sentence": ("s",)}
_NWAY = "-nway"
_BEADS = {"linkGrp": "alignment", "spanGrp": "unaligned"}
_MOVES = {"linkGrp": "moved"}
"""Element of a group: its ``type``."""

_KIND = "correct type, or the targets"
_ALONE = "move it into a spanGrp, or a linkGrp"
_LEVEL = "point to units of the level that subtype names"
_ORDER = "put them in the order of the text, and add what lies between"
_ONCE = "remove it from one"
_NWAY_ADVICE = "join the links of all texts that it touches, or divide it"
_CORRESP = "correct corresp, or the link"

Address = tuple[str, str]
"""A text's key (the name of its file, unless a file holds several) and an id in it."""
Owners = Mapping[Address, str]
"""Of ids in a file that holds several texts, by its name: the key of the text."""
Homes = Mapping[str, Mapping[Address, int]]
"""By level, for every unit: the number of its bead over all texts."""


class _Bead(NamedTuple):
    """A ``link`` or a ``span`` without partners, with its targets as addresses."""

    node: etree._Element
    targets: tuple[Address, ...]
    texts: tuple[str, ...]
    """The key of each target's text."""
    alone: bool


@dataclass(frozen=True, slots=True)
class _Group:
    """The beads over the same texts on the same level."""

    level: str
    nway: bool
    texts: tuple[str, ...]
    """Keys of the texts, in the order of ``domains``."""
    beads: tuple[_Bead, ...]

    @property
    def targets(self) -> Iterator[Address]:
        """Those of all beads, one after the other."""
        return chain.from_iterable([bead.targets for bead in self.beads])


def alignment_violations(corpus: File, texts: Sequence[File]) -> Iterator[Violation]:
    """Yield where the alignment in *corpus* breaks a law; *texts* are those in it."""
    units = {(file.key, level): _positions(file, level) for file in texts for level in _UNITS}
    owners = {
        (file.name, node.get(ID, "")): file.key
        for file in texts
        if file.part
        for node in file.root.iter(etree.Element)
    }
    groups, moves = _groups(corpus, _BEADS, owners), _groups(corpus, _MOVES, owners)
    for group in (*groups, *moves):
        for text in group.texts:
            if (text, group.level) not in units:
                yield corpus.fault(
                    corpus.root, f"domains name {text}, which is not included", "include it"
                )
                return
        yield from _counted(corpus, group)
        yield from _ordered(corpus, group, units)
        yield from _once(corpus, group)
    for group in groups:
        yield from _covering(corpus, group, units)
    homes = _homes(groups)
    for group in moves:
        yield from _apart(corpus, group, homes)
    if groups:
        yield from _complete(corpus, groups, [file.key for file in texts], units)
    yield from _inside_nway(corpus, groups, homes)
    yield from _corresp(texts, groups, owners)


def _units(file: File, level: str) -> Iterator[etree._Element]:
    """Yield the units of *level* in the text of *file*, in order."""
    for text in file.root.iterchildren(f"{{{TEI}}}text"):
        yield from text.iter(*(f"{{{TEI}}}{name}" for name in _UNITS[level]))


def _positions(file: File, level: str) -> dict[Address, int]:
    """Return the units of *level* in the text of *file*, with the place of each in the order."""
    key = file.key
    return {(key, node.get(ID, "")): place for place, node in enumerate(_units(file, level))}


def _addresses(file: File, pointers: str, owners: Owners) -> tuple[Address, ...]:
    """Return the addresses that *pointers*, in *file*, mean."""
    places = map(file.places.__getitem__, pointers.split())
    if not owners:
        return tuple(places)
    return tuple([(owners.get(place, place[0]), place[1]) for place in places])


def _groups(corpus: File, types: Mapping[str, str], owners: Owners) -> list[_Group]:
    beads: dict[tuple[str, tuple[str, ...]], list[_Bead]] = defaultdict(list)
    for node in corpus.root.iterfind(f"{{{TEI}}}standOff/*"):
        alone = node.tag == f"{{{TEI}}}spanGrp"
        if node.get("type") != types.get(etree.QName(node).localname):
            continue
        domains = _addresses(corpus, node.get("corresp" if alone else "domains", ""), owners)
        key = node.get("subtype", ""), tuple(path for path, _ in domains)
        for child in node:
            targets = _addresses(corpus, child.get("target", ""), owners)
            texts = tuple([text for text, _ in targets])
            beads[key].append(_Bead(child, targets, texts, alone))
    return [
        _Group(subtype.removesuffix(_NWAY), subtype.endswith(_NWAY), texts, tuple(members))
        for (subtype, texts), members in beads.items()
        if subtype.removesuffix(_NWAY) in _UNITS
    ]


def _counted(corpus: File, group: _Group) -> Iterator[Violation]:
    """Law 1."""
    kind_of = _kinds(group.texts)
    for bead in group.beads:
        kind, in_order, filled = kind_of(bead.texts)
        stated = bead.node.get("type")
        if stated != kind or not in_order:
            yield corpus.fault(bead.node, f"type is {stated}, but the targets are {kind}", _KIND)
        if bead.alone != (filled < 2):
            yield corpus.fault(
                bead.node, "a link has targets in two texts, a lone span in one", _ALONE
            )


def _kinds(texts: Sequence[str]) -> Callable[[tuple[str, ...]], tuple[str, bool, int]]:
    """Return a function of the texts of a bead's targets, which are mostly the same ones.

    It gives the bead's type, whether they are in the order of *texts*, and how many they are.
    """
    ranks = {text: rank for rank, text in enumerate(texts)}

    @cache
    def kind(paths: tuple[str, ...]) -> tuple[str, bool, int]:
        order = [ranks.get(path, len(texts)) for path in paths]
        counts = [order.count(ranks[text]) for text in texts]
        return "-".join(map(str, counts)), order == sorted(order), len(counts) - counts.count(0)

    return kind


def _ordered(
    corpus: File, group: _Group, units: Mapping[tuple[str, str], Mapping[Address, int]]
) -> Iterator[Violation]:
    """Law 2."""
    known = set().union(*(units[text, group.level] for text in group.texts))
    for bead in group.beads:
        if known.issuperset(bead.targets) and len(bead.texts) == len(set(bead.texts)):
            continue  # none has a neighbour
        for text in group.texts:
            positions = units[text, group.level]
            places = [positions.get(target, -1) for target in bead.targets if target[0] == text]
            if -1 in places:
                yield corpus.fault(bead.node, f"a target is no {group.level} of {text}", _LEVEL)
            elif any(other != place + 1 for place, other in pairwise(places)):
                yield corpus.fault(
                    bead.node, f"the targets in {text} are not neighbours in order", _ORDER
                )


def _once(corpus: File, group: _Group) -> Iterator[Violation]:
    """Law 3: no unit twice."""
    targets = Counter(group.targets)
    if len(targets) == targets.total():
        return
    seen: set[Address] = set()
    for bead in group.beads:
        for target in bead.targets:
            if target in seen:
                message = f"{target[1]} is in a second bead of this group"
                yield corpus.fault(bead.node, message, _ONCE)
            seen.add(target)


def _covering(
    corpus: File, group: _Group, units: Mapping[tuple[str, str], Mapping[Address, int]]
) -> Iterator[Violation]:
    """Law 3: every unit once."""
    seen = set(group.targets)
    for text in group.texts:
        positions = units[text, group.level]
        for _, missing in sorted(positions.keys() - seen, key=positions.__getitem__):
            others = " and ".join(group.texts)
            message = f"{missing} is in no bead of the {group.level} alignment of {others}"
            yield corpus.fault(corpus.root, message, "add a link or an unaligned span for it")


def _complete(
    corpus: File,
    groups: Sequence[_Group],
    texts: Sequence[str],
    units: Mapping[tuple[str, str], Mapping[Address, int]],
) -> Iterator[Violation]:
    """Law 4."""
    present = {(group.level, frozenset(group.texts)) for group in groups if not group.nway}
    for level in _UNITS:
        for one, other in combinations(texts, 2):
            needed = units[one, level] or units[other, level]
            if needed and (level, frozenset((one, other))) not in present:
                message = f"there is no {level} alignment of {one} and {other}"
                yield corpus.fault(corpus.root, message, "add its linkGrp")


def _homes(groups: Sequence[_Group]) -> Homes:
    homes: dict[str, dict[Address, int]] = {level: {} for level in _UNITS}
    for group in groups:
        if group.nway:
            homes[group.level].update(
                (target, number)
                for number, bead in enumerate(group.beads)
                for target in bead.targets
            )
    return homes


def _apart(corpus: File, group: _Group, homes: Homes) -> Iterator[Violation]:
    """Law 7."""
    for move in group.beads:
        places: list[set[int | None]] = []
        for text in group.texts:
            beads = {homes[group.level].get(t) for t in move.targets if t[0] == text}
            joined = [place for place in places if place & beads]
            places = [place for place in places if not place & beads]
            places += [beads.union(*joined)] if beads else []
        if len(places) < 2:
            yield corpus.fault(
                move.node, "stands at one place only: beads join its texts", "remove it"
            )


def _inside_nway(corpus: File, groups: Sequence[_Group], homes: Homes) -> Iterator[Violation]:
    """Law 5."""
    for group in groups:
        home = homes[group.level]
        if group.nway or not home:
            continue
        for bead in group.beads:
            if len(set(map(home.get, bead.targets))) > 1:
                yield corpus.fault(
                    bead.node, "not inside one bead of the alignment of all texts", _NWAY_ADVICE
                )


def _corresp(
    texts: Sequence[File], groups: Sequence[_Group], owners: Owners
) -> Iterator[Violation]:
    """Law 6."""
    joined: dict[Address, list[tuple[Address, ...]]] = defaultdict(list)
    for group in groups:
        for bead in group.beads:
            for target in () if group.nway else bead.targets:
                joined[target].append(bead.targets)
    for file in texts:
        key = file.key
        for level in _UNITS:
            for node in _units(file, level):
                stated = _addresses(file, node.get("corresp", ""), owners)
                beside = chain.from_iterable(joined[key, node.get(ID, "")])
                recorded = {each for each in beside if each[0] != key}
                if set(stated) != recorded or len(stated) != len(recorded):
                    wanted = " ".join(sorted(identity for _, identity in recorded)) or "nothing"
                    yield file.fault(
                        node, f"corresp is not what the links say, which is: {wanted}", _CORRESP
                    )
