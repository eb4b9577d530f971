"""What speaks for two events of different reports being the same, in points: words, actors, type, place, date."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import sqrt

from ..models.brief import Event
from ..models.dates import bounds
from ..models.draft import ActorKind, Factuality, ParticipantRole
from ..models.plover import EventType
from ..text.folding import fold
from .actors import Cast
from .linked import Ref
from .wording import Weights, Wording, wording

ENOUGH = 1.8
"""Points from which two events may be the same."""
_WORDS, _ACTORS, _MORE_ACTORS, _NO_ACTORS = 2.5, 1.4, 0.3, 0.4
"""For titles all alike; for all actors in common; for two of them in the same roles; where one side names none."""
_NOTHING_TELLING = -0.4
"""For one actor in common and no word beside its name, and no place."""
_SAME_MODE, _SAME_TYPE, _CLOSE_TYPE, _OTHER_TYPE = 0.9, 0.7, 0.2, -0.1
_SAME_PLACE, _OTHER_PLACE = 0.5, -0.3
_SAME_COUNTRY, _OTHER_COUNTRY, _SAME_PEOPLES = 0.4, -0.3, 0.6
_SAME_DATE, _OTHER_DATE = 0.3, -0.2
"""Dates weigh little against: that reports date one event differently is what readers look for."""
_BOTH_MAIN = 0.3
_BOTH_AHEAD, _ONE_AHEAD = 0.3, -0.6
"""For two events that both lie ahead; where only one does."""
_OTHER_PERSONS = -0.6
"""For two events done by different persons with names."""
_TOLD = 1.5
"""For a title all told again in what the other report says beside its own title."""
_AHEAD = frozenset({Factuality.PLANNED, Factuality.HYPOTHETICAL})
_ORDINALS = frozenset("first second third fourth fifth sixth seventh eighth ninth tenth".split())
FAMILIES = (
    frozenset({EventType.CONSULT, EventType.AGREE, EventType.COOPERATE}),
    frozenset({EventType.ASSAULT, EventType.COERCE, EventType.MOBILIZE}),
    frozenset({EventType.AID, EventType.COOPERATE, EventType.SUPPORT}),
    frozenset({EventType.RETREAT, EventType.CONCEDE}),
    frozenset({EventType.REQUEST, EventType.THREATEN}),
    frozenset({EventType.ACCUSE, EventType.REJECT, EventType.PROTEST}),
)
"""Types between which coders of one event differ."""
_KINDS = {
    ActorKind.PERSON: 1.0,
    ActorKind.ASSET: 1.0,
    ActorKind.ORGANIZATION: 0.8,
    ActorKind.GROUP: 0.7,
    ActorKind.STATE: 0.4,
}
"""How telling an actor is by its kind."""
_OTHER_ROLE = 0.6
"""What sharing an actor counts when its role differs."""


@dataclass(frozen=True)
class Seen:
    """An event as it is compared.

    Args:
        ref: which one.
        event: of the brief.
        cast: groups of its actors, with their roles.
        peoples: countries of its actors.
        is_first: whether it is the first of its report.
        told: folded, the statements of its report that rest on the same sentences.
    """

    ref: Ref
    event: Event
    cast: Mapping[int, frozenset[ParticipantRole]]
    peoples: frozenset[str]
    is_first: bool
    told: str = ""
    title: str = field(init=False)
    ordinals: frozenset[str] = field(init=False)
    is_ahead: bool = field(init=False)
    place: frozenset[str] = field(init=False)
    days: tuple[date, date] | None = field(init=False)

    @property
    def doers(self) -> Iterator[int]:
        """The actors who do it."""
        return (root for root, roles in self.cast.items() if ParticipantRole.ACTOR in roles)

    def __post_init__(self) -> None:
        event = self.event
        object.__setattr__(self, "title", fold(event.title).replace("'s", ""))
        object.__setattr__(self, "is_ahead", event.factuality in _AHEAD)
        object.__setattr__(self, "ordinals", _ORDINALS.intersection(self.title.split()))
        object.__setattr__(self, "place", wording(event.place).stems if event.place else frozenset())
        object.__setattr__(self, "days", bounds(event.date) if event.date else None)


class Points:
    """Counts what speaks for two events of a story being the same.

    Args:
        seen: all events of the story.
        cast: its actors.
    """

    def __init__(self, seen: Sequence[Seen], cast: Cast):
        self._weights = Weights(each.event.title for each in seen)
        held = Counter(root for each in seen for root in each.cast)
        reports = Counter(root for root, _ in {(root, each.ref.document) for each in seen for root in each.cast})
        self._worth = {
            root: _KINDS[ActorKind(cast.known[root].kind)] / sqrt(count / reports[root]) for root, count in held.items()
        }
        self._named = {root for root in held if cast.is_named(root)}
        self._persons = {root for root in self._named if cast.known[root].kind == ActorKind.PERSON}
        self._names = {
            root: frozenset(word for n in cast.groups.members(root) for word in fold(cast.known[n].name).split())
            for root in held
        }
        countries = Counter(each.event.country for each in seen)
        self._told_by: dict[frozenset[int], frozenset[str]] = {}
        self._share = {country: count / len(seen) for country, count in countries.items()}

    def between(self, one: Seen, other: Seen) -> float:
        """All points; none where one is called the first and the other the second, or where nothing is in common."""
        if _turns_differ(one, other):
            return 0.0
        if one.cast.keys().isdisjoint(other.cast) and one.place.isdisjoint(other.place):
            first, second = wording(one.event.title), wording(other.event.title)
            if not self._weights.alike(first, second):
                return 0.0
        return sum(points for points, _ in self._all(one, other))

    def why(self, one: Seen, other: Seen) -> str:
        """What speaks for two events being the same, in English."""
        return ", ".join(told for points, told in self._all(one, other) if points > 0 and told)

    def _all(self, one: Seen, other: Seen) -> Iterator[tuple[float, str]]:
        both = frozenset(one.cast.keys() & other.cast.keys())
        names = self._names_of(both & self._named)
        words = self._words(one, other, names)
        same = [root for root in both if one.cast[root] & other.cast[root]]
        place = _place(one, other)
        yield _WORDS * words, "alike in words" if words >= 0.2 else ""
        if one.cast and other.cast:
            yield _ACTORS * self._actors(one, other, both), "with the same actors"
            yield _MORE_ACTORS * (len(same) > 1), ""
        else:
            yield _NO_ACTORS, ""
        weak = place[0] <= 0 and (len(same) < 2 or one.event.type is not other.event.type)
        yield _NOTHING_TELLING * (weak and not self._words(one, other, self._names_of(both))), ""
        yield _TOLD * self._told(one, other, names), ""
        yield _OTHER_PERSONS * self._persons_differ(one, other), ""
        yield _ahead(one, other)
        yield place
        yield _type(one.event, other.event)
        yield self._countries(one, other), ""
        yield _date(one, other)
        yield _BOTH_MAIN * (one.is_first and other.is_first), "the main event of both"

    def _names_of(self, roots: frozenset[int]) -> frozenset[str]:
        """Words of the names of these actors, who count by themselves."""
        found = self._told_by.get(roots)
        if found is None:
            found = self._told_by[roots] = frozenset(word for root in roots for word in self._names[root])
        return found

    def _words(self, one: Seen, other: Seen, names: frozenset[str]) -> float:
        """How alike two titles are beside these names."""
        return self._weights.alike(_without(one.title, names), _without(other.title, names))

    def _told(self, one: Seen, other: Seen, names: frozenset[str]) -> float:
        """How far each title is told again in what the other report says beside its own title."""
        there = self._weights.alike(_without(one.title, names), _without(other.told, names))
        back = self._weights.alike(_without(other.title, names), _without(one.told, names))
        return (there + back) / 2

    def _persons_differ(self, one: Seen, other: Seen) -> bool:
        """Whether each is done by persons with names, none of whom takes part in the other."""
        sides = ((one, other), (other, one))
        doers = [(self._persons.intersection(each.doers), beyond) for each, beyond in sides]
        return all(found and found.isdisjoint(beyond.cast) for found, beyond in doers)

    def _actors(self, one: Seen, other: Seen, both: Iterable[int]) -> float:
        """How far the actors are the same ones in the same roles, from 0 to 1."""
        found = sum(
            self._worth[root] * (1.0 if one.cast[root] & other.cast[root] else _OTHER_ROLE) for root in sorted(both)
        )
        if not found:
            return 0.0
        first, second = (sum(self._worth[root] for root in sorted(each.cast)) for each in (one, other))
        return found / sqrt(first * second)

    def _countries(self, one: Seen, other: Seen) -> float:
        """Where it is and whose people take part: a country says little where most of the story is in it."""
        a, b = one.event.country, other.event.country
        where = _SAME_COUNTRY * (1 - self._share[a]) if a == b else _OTHER_COUNTRY
        where = where if a and b else 0.0
        if min(len(one.peoples), len(other.peoples)) < 2:
            return where
        shared = len(one.peoples & other.peoples) / max(len(one.peoples), len(other.peoples))
        return where + _SAME_PEOPLES * shared


@functools.lru_cache(1 << 15)
def _without(text: str, names: frozenset[str]) -> Wording:
    return wording(" ".join(word for word in text.split() if word.strip(".,;:'") not in names))


def _ahead(one: Seen, other: Seen) -> tuple[float, str]:
    if one.is_ahead is not other.is_ahead:
        return _ONE_AHEAD, ""
    return (_BOTH_AHEAD, "both ahead") if one.is_ahead else (0.0, "")


def _turns_differ(one: Seen, other: Seen) -> bool:
    """Whether one is called the first and the other the second."""
    return bool(one.ordinals and other.ordinals) and one.ordinals != other.ordinals


def _type(one: Event, other: Event) -> tuple[float, str]:
    if one.type is other.type:
        points = _SAME_MODE if one.mode is not None and one.mode is other.mode else _SAME_TYPE
        return points, f"both {one.type.value}"
    if any({one.type, other.type} <= family for family in FAMILIES):
        return _CLOSE_TYPE, f"{one.type.value} and {other.type.value}"
    return _OTHER_TYPE, ""


def _place(one: Seen, other: Seen) -> tuple[float, str]:
    if not one.place or not other.place:
        return 0.0, ""
    shared = len(one.place & other.place) / min(len(one.place), len(other.place))
    return (_SAME_PLACE * shared, f"at {one.event.place}") if shared else (_OTHER_PLACE, "")


def _date(one: Seen, other: Seen) -> tuple[float, str]:
    if one.days is None or other.days is None:
        return 0.0, ""
    if one.days[0] <= other.days[1] and other.days[0] <= one.days[1]:
        return _SAME_DATE, "at the same time"
    return _OTHER_DATE, ""
