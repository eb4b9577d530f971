"""Which briefs tell one story: a rule for two profiles, and the groups that it connects.

Two profiles belong together when they share several proper nouns and enough else speaks for it: names, words, numbers,
dates, the type of the main event. The rule looks at the two alone, and a story is what it connects; so the order of
reports does not matter, and another report never takes two apart. Only profiles that share a pair of proper nouns (and,
where many do, the fortnight) are compared at all, so that the cost grows with the number of reports and not with its
square. The method is that of blocking in record linkage (Christen 2012, "Data Matching", chapter 4), with the
transitive closure of matches by union-find.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from math import sqrt
from typing import NamedTuple

from .profiles import Profile

SPAN = 14
"""Days that two reports of one story may lie apart."""
FULL = 64
"""Profiles a pair of proper nouns holds; one that is full goes on by fortnights, each of which holds as many."""
ENOUGH = 3.0
"""Points from which two reports belong together."""
BROAD = 10
"""Proper nouns from which a report counts as broad: what it shares with another counts for less."""


class Evidence(NamedTuple):
    """What two profiles have in common, in points, and how many proper nouns.

    Args:
        nouns: proper nouns of both.
        names: a full name 1, a lone surname, place or other name 1/2; half as much again when it belongs to the main
            event of both; less for broad reports.
        words: by how alike the other words are.
        numbers: 1/2 each, two at most.
        days: 1 when the dates are next to each other, 1/2 when near.
        type: 1/2 when the main events are of one type.
    """

    nouns: int
    names: float
    words: float
    numbers: float
    days: float
    type: float

    @property
    def points(self) -> float:
        """All together."""
        return self.names + self.words + self.numbers + self.days + self.type


def why(one: Profile, other: Profile) -> str | None:
    """The reason, in English, why two profiles belong to one story; None when they do not."""
    if one.document == other.document:
        return "the same text"
    if len(set(one.anchors).intersection(other.anchors)) < 2:
        return None
    days = days_apart(one, other)
    if days is not None and days > SPAN:
        return None
    found = evidence(one, other, days)
    if found.nouns < (3 if days is None else 2) or found.points < ENOUGH:
        return None
    return _told(found, days)


def _told(found: Evidence, days: int | None) -> str:
    parts = [f"{found.nouns} proper nouns in common"]
    parts += ["figures in common"] if found.numbers else []
    parts += ["alike in words"] if found.words >= 1 else []
    parts += ["main events of one type"] if found.type else []
    parts += ["no date to compare" if days is None else f"{days} days apart" if days != 1 else "1 day apart"]
    return ", ".join(parts)


def days_apart(one: Profile, other: Profile) -> int | None:
    """Days between what two profiles tell of, or between their publication where that is not known.

    None when one of them has no date at all.
    """
    if one.happened and other.happened:
        return max(0, one.happened[0] - other.happened[1], other.happened[0] - one.happened[1])
    if one.published and other.published:
        return abs(one.published - other.published)
    first, second = one.happened or _day(one.published), other.happened or _day(other.published)
    return max(0, first[0] - second[1], second[0] - first[1]) if first and second else None


def _day(day: int | None) -> tuple[int, int] | None:
    return (day, day) if day else None


def evidence(one: Profile, other: Profile, days: int | None) -> Evidence:
    """What speaks for two profiles of one story; `days` as from `days_apart`."""
    full = {key >> 8 for key in set(one.names).intersection(other.names)}
    surnames, others = {key >> 8 for key in one.names}, {key >> 8 for key in other.names}
    lone = set(one.lone).intersection(others.union(other.lone)) | surnames.intersection(other.lone)
    lone -= full
    main = set(one.anchors[: one.main]).intersection(other.anchors[: other.main])
    names = len(full) + len(lone) / 2 + len(main & full) / 2 + len(main & lone) / 4
    size = (len(surnames) + len(one.lone)) * (len(others) + len(other.lone))
    return Evidence(
        nouns=len(full) + len(lone),
        names=min(names, 5.0) * min(1.0, BROAD / sqrt(size)) if size else 0.0,
        words=10 * max(0.0, min(_alike(one.words, other.words) - 0.1, 0.3)),
        numbers=min(2, len(set(one.numbers).intersection(other.numbers))) / 2,
        days=0.0 if days is None or days > 3 else 1.0 if days <= 1 else 0.5,
        type=0.5 if one.types and one.types[:1] == other.types[:1] else 0.0,
    )


def _alike(one: int, other: int) -> float:
    """Cosine of two sets of bits."""
    size = one.bit_count() * other.bit_count()
    return (one & other).bit_count() / sqrt(size) if size else 0.0


class Stories:
    """Stories of the profiles added so far."""

    def __init__(self) -> None:
        self._profiles: list[Profile] = []
        self._above: list[int] = []
        self._holders: dict[object, list[int]] = {}
        self._texts: dict[int, int] = {}

    def add(self, profile: Profile) -> None:
        """Let a profile join a story, open one, or connect several."""
        number = len(self._profiles)
        self._profiles.append(profile)
        self._above.append(number)
        same = self._texts.setdefault(profile.document, number)
        if same != number:
            self._join(same, number)
        root = self._root(number)
        for found in self._candidates(profile, number):
            other = self._root(found)
            if other != root and why(profile, self._profiles[found]) is not None:
                root = self._join(root, other)

    def groups(self) -> tuple[tuple[int, ...], ...]:
        """Positions of the profiles by story, in order of adding; the story of the earliest first."""
        members: dict[int, list[int]] = {}
        for number in range(len(self._above)):
            members.setdefault(self._root(number), []).append(number)
        return tuple(map(tuple, members.values()))

    def _candidates(self, profile: Profile, number: int) -> set[int]:
        """Those that share a pair of proper nouns; lists the profile itself under its pairs."""
        found: set[int] = set()
        fortnights = _fortnights(profile)
        for pair in itertools.combinations(sorted(profile.anchors), 2):
            holders = self._holders.setdefault(pair, [])
            found.update(holders)
            if len(holders) < FULL:
                holders.append(number)
                continue
            for fortnight in fortnights:
                for near in (fortnight - 1, fortnight + 1, fortnight):
                    later = self._holders.get((*pair, near), [])
                    found.update(later)
                if len(later) < FULL:
                    self._holders.setdefault((*pair, fortnight), later).append(number)
        return found - {number}

    def _root(self, number: int) -> int:
        above = self._above
        while above[number] != number:
            above[number] = number = above[above[number]]
        return number

    def _join(self, one: int, other: int) -> int:
        first, second = sorted((self._root(one), self._root(other)))
        self._above[second] = first
        return first


def _fortnights(profile: Profile) -> range | tuple[int, ...]:
    """Numbers of the fortnights that a profile tells of or was published in."""
    days = {profile.published} if profile.published else set()
    if profile.happened:
        days.update(profile.happened)
    return tuple(sorted({day // SPAN for day in days}))


def _content(profile: Profile) -> tuple[object, ...]:
    return profile.document, profile.language, profile.names, profile.lone, profile.words


def cluster(profiles: Iterable[Profile]) -> tuple[tuple[int, ...], ...]:
    """Positions of profiles by story; the same stories whatever the order."""
    given = list(profiles)
    order = sorted(range(len(given)), key=lambda number: _content(given[number]))
    stories = Stories()
    for number in order:
        stories.add(given[number])
    groups = (tuple(sorted(order[number] for number in group)) for group in stories.groups())
    return tuple(sorted(groups))
