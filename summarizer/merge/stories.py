"""Which briefs tell one story: a rule for two profiles, and the groups that it connects.

Two profiles belong together when they share several proper nouns and enough else speaks for it: names, words, numbers,
dates, the types of events. The rule looks at the two alone, and a story is what it connects; so the order of
reports does not matter, and another report never takes two apart. Only profiles that share a pair of proper nouns (and,
where many do, the fortnight) are compared at all, so that the cost grows with the number of reports and not with its
square. The method is that of blocking in record linkage (Christen 2012, "Data Matching", chapter 4), with the
transitive closure of matches by union-find.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from .profiles import Profile

SPAN = 14
"""Days that two reports of one story may lie apart."""
FULL = 64
"""Profiles that a pair of proper nouns holds; one that is full goes on by fortnights, each of which holds as many."""
ENOUGH = 7.5
"""Points from which two reports belong together."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for two profiles of one story.

    Args:
        nouns: how many proper nouns both have; a person counts when surname and initial agree, or one has no initial.
        cover: cosine of their proper nouns, so that a broad report is not close to each of those it touches.
        words: cosine of their other words.
        types: cosine of the types of their events.
        numbers: how many figures both have.
        beside: how many of the two main events have no proper noun in common with the other report.
        days: days between them; None when one has no date.
    """

    nouns: int
    cover: float
    words: float
    types: float
    numbers: int
    beside: int
    days: int | None

    @property
    def points(self) -> float:
        """The evidence weighed: no kind of it is enough alone, every day between the reports counts against.

        The weights are round numbers near those by which the evaluation's reports fall into their stories and the
        invented ones of `tests/bench` fall best.
        """
        kinds = 4 * min(self.cover, 0.7) + 25 * min(max(self.words - 0.1, 0.0), 0.25) + 4.5 * self.types
        counts = min(self.nouns, 6) / 5 + min(self.numbers, 2)
        return kinds + counts - 2.0 * self.beside - 0.6 * (self.days or 0)

    @property
    def suffices(self) -> bool:
        """Whether it makes one story: two proper nouns are asked for, three without dates."""
        if self.days is None:
            return self.nouns >= 3 and self.points >= ENOUGH
        return self.nouns >= 2 and self.days <= SPAN and self.points >= ENOUGH

    def __str__(self) -> str:
        parts = [f"{self.nouns} proper nouns in common"]
        parts += [f"{self.numbers} figures in common"] if self.numbers else []
        parts += ["alike in words"] if self.words >= 0.2 else []
        parts += ["events of the same types"] if self.types >= 0.5 else []
        parts += ["no date to compare" if self.days is None else f"days between them: {self.days}"]
        return ", ".join(parts)


def why(one: Profile, other: Profile) -> str | None:
    """The reason, in English, why two profiles belong to one story; None when they do not. Symmetric."""
    if one.document == other.document:
        return "the same text"
    if len(set(one.anchors).intersection(other.anchors)) < 2:
        return None
    found = sufficient(one, other)
    return str(found) if found else None


def sufficient(one: Profile, other: Profile) -> Evidence | None:
    """What speaks for one story when it suffices, else None; most pairs are turned down before all is gathered."""
    days = days_apart(one, other)
    if days is not None and days > SPAN:
        return None
    shared = set(one.nouns).intersection(other.nouns)
    if not _evidence(one, other, shared).suffices:
        return None
    found = _evidence(one, other, shared - _namesakes(one, other))
    return found if found.suffices else None


def _evidence(one: Profile, other: Profile, shared: set[int]) -> Evidence:
    return Evidence(
        nouns=len(shared),
        cover=_cosine(len(shared), len(one.nouns), len(other.nouns)),
        words=_cosine((one.words & other.words).bit_count(), one.words.bit_count(), other.words.bit_count()),
        types=_cosine((one.types & other.types).bit_count(), one.types.bit_count(), other.types.bit_count()),
        numbers=len(set(one.numbers).intersection(other.numbers)),
        beside=_lies_beside(one, shared) + _lies_beside(other, shared),
        days=days_apart(one, other),
    )


def _lies_beside(profile: Profile, shared: set[int]) -> bool:
    return profile.main > 0 and shared.isdisjoint(profile.nouns[: profile.main])


def _namesakes(one: Profile, other: Profile) -> set[int]:
    """Surnames that both have, each with another initial."""
    full = {key >> 8 for key in set(one.names).intersection(other.names)}
    return {key >> 8 for key in one.names}.intersection(key >> 8 for key in other.names) - full


def _cosine(both: int, one: int, other: int) -> float:
    return both / sqrt(one * other) if both else 0.0


def days_apart(one: Profile, other: Profile) -> int | None:
    """Days between the main events of two profiles, or where one is not known, between their days of publication.

    None when one of them has no date at all.
    """
    if one.happened and other.happened:
        return _between(one.happened, other.happened)
    if one.published and other.published:
        return _between(one.published, other.published)
    first, second = one.happened or one.published, other.happened or other.published
    return _between(first, second) if first and second else None


def _between(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(0, one[0] - other[1], other[0] - one[1])


class Stories:
    """The stories of the profiles added so far, each known by its position in order of adding."""

    def __init__(self) -> None:
        self._profiles: list[Profile] = []
        self._above: list[int] = []
        """Another profile of the same story, nearer to the one that stands for it, or that one itself."""
        self._texts: dict[int, int] = {}
        self._holders = _Holders()

    def add(self, profile: Profile) -> None:
        """Let a profile join a story, open one, or connect several."""
        number = len(self._profiles)
        self._profiles.append(profile)
        self._above.append(number)
        root = self._join(number, self._texts.setdefault(profile.document, number))
        for found in self._holders.sharing(profile, number):
            other = self._root(found)
            if other != root and sufficient(profile, self._profiles[found]):
                root = self._join(root, other)

    def groups(self) -> tuple[tuple[int, ...], ...]:
        """Positions of the profiles by story, each in order; the story with the earliest profile first."""
        members: dict[int, list[int]] = {}
        for number in range(len(self._above)):
            members.setdefault(self._root(number), []).append(number)
        return tuple(map(tuple, members.values()))

    def _root(self, number: int) -> int:
        above = self._above
        while above[number] != number:
            above[number] = number = above[above[number]]
        return number

    def _join(self, one: int, other: int) -> int:
        first, second = sorted((self._root(one), self._root(other)))
        self._above[second] = first
        return first


class _Holders:
    """Profiles by the pairs of proper nouns that they hold."""

    def __init__(self) -> None:
        self._of: dict[int, int | list[int]] = {}
        """One position, or several: most pairs are held by a single profile, and a list for each would fill memory."""

    def sharing(self, profile: Profile, number: int) -> set[int]:
        """Profiles that share a pair with this one, which is held from now on too."""
        found: set[int] = set()
        fortnights = _fortnights(profile)
        for one, other in itertools.combinations(sorted(profile.anchors), 2):
            pair = one << 32 | other
            if self._hold(pair, number, found):
                continue
            for near in {fortnight + step for fortnight in fortnights for step in (-1, 1)} - fortnights:
                self._look(_in_fortnight(pair, near), found)
            for fortnight in fortnights:
                self._hold(_in_fortnight(pair, fortnight), number, found)
        return found

    def _look(self, key: int, found: set[int]) -> None:
        held = self._of.get(key)
        if isinstance(held, list):
            found.update(held)
        elif held is not None:
            found.add(held)

    def _hold(self, key: int, number: int, found: set[int]) -> bool:
        """Add what a key holds to what was found, and the profile to it unless it is full."""
        held = self._of.setdefault(key, number)
        if isinstance(held, list):
            found.update(held)
            if len(held) == FULL:
                return False
            held.append(number)
        elif held != number:
            found.add(held)
            self._of[key] = [held, number]
        return True


def _in_fortnight(pair: int, fortnight: int) -> int:
    return (pair << 32 | fortnight) + (1 << 96)


def _fortnights(profile: Profile) -> set[int]:
    """Numbers of the fortnights that a profile tells of or was published in."""
    known = [days for days in (profile.happened, profile.published) if days]
    return {day // SPAN for first, last in known for day in range(first, last + 1)}


def cluster(profiles: Iterable[Profile]) -> tuple[tuple[int, ...], ...]:
    """Positions of profiles by story; the same stories whatever the order.

    Args:
        profiles: read once; kept in memory all at the same time.
    """
    given = list(profiles)
    order = sorted(range(len(given)), key=lambda number: given[number].order)
    stories = Stories()
    for number in order:
        stories.add(given[number])
    return tuple(sorted(tuple(sorted(order[place] for place in group)) for group in stories.groups()))
