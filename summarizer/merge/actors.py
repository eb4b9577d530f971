"""Which actors of a story's reports are the same: by name, by description, by the part they take in the same event."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..models.draft import ParticipantRole
from .bonds import Bond, Known, Tie, bond, known, may_take_one_part
from .grouping import Grouping, Link
from .linked import Ref, Report

_NAMED = 1.0
"""By how much a name says more than a description."""


@dataclass
class Cast:
    """All actors of a story, and which are the same.

    Args:
        refs: of the actors, by report and place.
        known: what each is compared by.
        groups: which are the same; grows.
    """

    refs: tuple[Ref, ...]
    known: tuple[Known, ...]
    groups: Grouping
    _numbers: Mapping[Ref, int] = field(init=False)
    _bonds: dict[tuple[int, int], Bond] = field(init=False, default_factory=dict)
    _parts: dict[int, list[int]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._numbers = {ref: number for number, ref in enumerate(self.refs)}
        self.groups.link(self._links(), self.allows)
        self.settle()

    def _links(self) -> Iterator[Link]:
        """Links between those who are the same; keeps who may be a part of whom."""
        for one, other in self._near():
            found = self.bond(one, other)
            if found.tie is Tie.SAME:
                named = self.known[one].is_named and self.known[other].is_named
                yield Link(one, other, found.strength + _NAMED * named, found.why)
            elif found.tie is Tie.PART:
                self._parts.setdefault(one, []).append(other)
                self._parts.setdefault(other, []).append(one)

    def _near(self) -> Iterator[tuple[int, int]]:
        """Pairs of actors of different reports that can be one at all."""
        holders: dict[str, list[int]] = {}
        reports = self.groups.reports
        for number, each in enumerate(self.known):
            near = {other for token in each.tokens for other in holders.get(token, ())}
            yield from ((other, number) for other in sorted(near) if reports[other] != reports[number])
            for token in each.tokens:
                holders.setdefault(token, []).append(number)

    def root(self, document: str, actor: str) -> int | None:
        """The group of a report's actor; None when the report has no such actor."""
        number = self._numbers.get(Ref(document, actor))
        return None if number is None else self.groups.root(number)

    def bond(self, one: int, other: int) -> Bond:
        """What two actors are to each other."""
        pair = (one, other) if one < other else (other, one)
        if pair not in self._bonds:
            self._bonds[pair] = bond(self.known[pair[0]], self.known[pair[1]])
        return self._bonds[pair]

    def allows(self, one: int, other: int) -> bool:
        """Whether no two actors of two groups contradict each other."""
        return all(self.bond(*pair).tie is not Tie.CONTRARY for pair in self.groups.pairs(one, other))

    def is_named(self, root: int) -> bool:
        """Whether an actor of a group has a proper name."""
        return any(self.known[n].is_named for n in self.groups.members(root))

    def fits(self, one: int, other: int) -> bool:
        """Whether two groups may be one actor who plays one part in an event."""
        return not self.groups.clash(one, other) and all(
            may_take_one_part(self.known[a], self.known[b], self.bond(a, b)) for a, b in self.groups.pairs(one, other)
        )

    def may_be(self) -> Mapping[int, tuple[int, ...]]:
        """Groups that may be one of several others, with these."""
        found = {root: self._candidates(root) for root in self.groups.roots()}
        return {root: several for root, several in found.items() if len(several) > 1 and self._is_short(root, several)}

    def _is_short(self, root: int, others: Sequence[int]) -> bool:
        """Whether a group's names say less than all those that it may be."""
        size = max(len(self.known[n].described) for n in self.groups.members(root))
        return all(size < max(len(self.known[n].described) for n in self.groups.members(o)) for o in others)

    def _candidates(self, root: int) -> tuple[int, ...]:
        """Groups of which this one may be a part of the name, or the other way round; full names before bare ones."""
        found: dict[int, bool] = {}
        parts = {self.groups.root(n) for member in self.groups.members(root) for n in self._parts.get(member, ())}
        for other in sorted(parts):
            if not self.groups.clash(root, other) and self.allows(root, other):
                found[other] = all(self.known[n].is_bare for o in (root, other) for n in self.groups.members(o))
        full = tuple(other for other, bare in found.items() if not bare)
        return full or tuple(found)

    def settle(self) -> None:
        """Join what is named or described by a part to the one that it can be, as long as there is a single one."""
        settled = False
        while not settled:
            settled = True
            for root in self.groups.roots():
                if root not in self.groups.roots():
                    continue
                candidates = self._candidates(root)
                if candidates and self._is_single(root, candidates):
                    other = candidates[0]
                    best = max((self.bond(*p) for p in self.groups.pairs(root, other)), key=_worth)
                    self.groups.join(root, other, f"{best.why}, and no other fits")
                    settled = False

    def _is_single(self, root: int, candidates: tuple[int, ...]) -> bool:
        """Whether all candidates are one: there is one, or they are bare names that agree."""
        if len(candidates) == 1:
            rivals = self._candidates(candidates[0])
            others = (rival for rival in rivals if rival != root)
            return all(not self.groups.clash(root, rival) and self.allows(root, rival) for rival in others)
        return all(self.known[n].is_bare for c in (root, *candidates) for n in self.groups.members(c)) and all(
            self.bond(a, b).tie is Tie.PART and not self.groups.clash(a, b)
            for a, b in itertools.combinations((root, *candidates), 2)
        )


def _worth(found: Bond) -> tuple[bool, float]:
    return found.tie is Tie.PART, found.strength


def cast_of(reports: Sequence[Report]) -> Cast:
    """All actors of reports in canonical order, those that are the same by name or description together."""
    refs: list[Ref] = []
    kept: list[Known] = []
    numbers: list[int] = []
    for number, report in enumerate(reports):
        for actor in report.brief.actors:
            refs.append(Ref(report.id, actor.id))
            kept.append(known(actor, report.brief.document.language))
            numbers.append(number)
    return Cast(tuple(refs), tuple(kept), Grouping(numbers))


Part = tuple[ParticipantRole, int]
"""A role in an event, and the group of the actor who has it."""


def join_by_parts(cast: Cast, events: Sequence[Sequence[frozenset[Part]]]) -> bool:
    """Join actors who take the same part in the same event, when no name contradicts and no other one is there.

    Two names that share a word (one name, translated twice) go before a name and a description, and what several
    events say goes before what one says.

    Args:
        cast: whose groups grow.
        events: for each merged event, the parts that each of its reports gives.

    Returns:
        Whether any were joined.
    """
    before = len(cast.groups.roots())
    settled = False
    while not settled:
        found = Counter(pair for parts in events for pair in _pairs(cast, parts))
        best = min(found, key=lambda pair: (not pair.named, -found[pair], pair), default=None)
        settled = best is None
        if best is not None:
            cast.groups.join(best.one, best.other, f"the only ones left who are {best.role} in the same event")
    return len(cast.groups.roots()) < before


class _Pair(NamedTuple):
    """Two groups of actors who play the same part; whether both have names."""

    one: int
    other: int
    role: str
    named: bool


def _pairs(cast: Cast, parts: Sequence[frozenset[Part]]) -> Iterator[_Pair]:
    """Of one merged event: groups that fit each other and nobody else, role by role, each pair once."""
    found: dict[_Pair, None] = {}
    for role in ParticipantRole:
        sides = dict.fromkeys(frozenset(cast.groups.root(n) for r, n in side if r is role) for side in parts)
        for left, right in itertools.combinations(sides, 2):
            fits = [(a, b) for a in sorted(left - right) for b in sorted(right - left) if cast.fits(a, b)]
            named = [pair for pair in fits if all(cast.is_named(root) for root in pair)]
            if len(named or fits) == 1:
                one, other = sorted((named or fits)[0])
                found[_Pair(one, other, role.value, bool(named))] = None
    yield from found
