"""Which events of a story's reports are the same: by type, who takes part, words, place and date."""

from __future__ import annotations

import functools
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from ..models.brief import Event
from ..models.dates import bounds
from ..models.draft import ActorKind, ParticipantRole
from ..models.plover import EventType
from ..text.folding import fold
from .actors import Cast
from .grouping import Grouping, join_matches
from .linked import Ref, Report
from .wording import Weights, Wording, wording

ENOUGH = 1.8
"""Points from which two events may be the same."""
FAMILIES = (
    frozenset({EventType.CONSULT, EventType.AGREE, EventType.COOPERATE}),
    frozenset({EventType.ASSAULT, EventType.COERCE}),
    frozenset({EventType.MOBILIZE, EventType.COERCE}),
    frozenset({EventType.AID, EventType.COOPERATE, EventType.SUPPORT}),
    frozenset({EventType.RETREAT, EventType.CONCEDE}),
    frozenset({EventType.REQUEST, EventType.THREATEN}),
    frozenset({EventType.ACCUSE, EventType.REJECT, EventType.PROTEST}),
)
"""Types between which coders of one event often differ."""
_WEIGHTS = {
    ActorKind.PERSON: 1.0, ActorKind.ASSET: 1.0, ActorKind.ORGANIZATION: 0.8, ActorKind.GROUP: 0.7, ActorKind.STATE: 0.4,
}  # fmt: skip
_ORDINALS = frozenset("first second third fourth fifth sixth seventh eighth ninth tenth".split())
_OTHER_ROLE = 0.6
"""What sharing an actor counts when its role differs."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An event as it is compared.

    Args:
        ref: which one.
        event: of the brief.
        cast: groups of its actors, with their roles.
        countries: of its actors.
        first: whether it is the first of its report.
    """

    ref: Ref
    event: Event
    cast: Mapping[int, frozenset[ParticipantRole]]
    countries: frozenset[str]
    first: bool


@dataclass(frozen=True)
class Events:
    """All events of a story, and which are the same."""

    seen: tuple[Seen, ...]
    groups: Grouping


def events_of(reports: Sequence[Report], cast: Cast) -> Events:
    """All events of reports in canonical order, the same ones together, at most one a report.

    Pairs of reports are matched in the best way one to one, and the matches joined while the events of a group fit
    each other on the whole (average linkage).
    """
    seen: list[Seen] = []
    numbers: list[int] = []
    for number, report in enumerate(reports):
        for event in report.brief.events:
            first = event is report.brief.events[0]
            seen.append(
                Seen(Ref(report.id, event.id), event, _cast(event, report.id, cast), _lands(event, report), first)
            )
            numbers.append(number)
    groups = Grouping(numbers)
    scorer = _Scorer(seen, cast)
    scores = {
        (a, b): scorer.points(seen[a], seen[b])
        for a, b in itertools.combinations(range(len(seen)), 2)
        if numbers[a] != numbers[b]
    }
    join_matches(groups, scores, ENOUGH, lambda a, b: scorer.why(seen[a], seen[b]))
    return Events(tuple(seen), groups)


def _cast(event: Event, document: str, cast: Cast) -> Mapping[int, frozenset[ParticipantRole]]:
    found: dict[int, set[ParticipantRole]] = {}
    for part in event.participants:
        root = cast.root(document, part.actor)
        if root is not None:
            found.setdefault(root, set()).add(part.role)
    return {root: frozenset(roles) for root, roles in found.items()}


def _lands(event: Event, report: Report) -> frozenset[str]:
    parts = {part.actor for part in event.participants}
    return frozenset(actor.country for actor in report.brief.actors if actor.id in parts and actor.country)


class _Scorer:
    """Points for two events being the same, from what each of their parts says."""

    def __init__(self, seen: Sequence[Seen], cast: Cast):
        self._weights = Weights(each.event.title for each in seen)
        self._worth = self._worths(seen, cast)
        lands = Counter(each.event.country for each in seen)
        self._share = {land: count / len(seen) for land, count in lands.items()}
        self._proper = {root: cast.is_named(root) for root in self._worth}
        self._names = {
            root: frozenset(word for n in cast.groups.members(root) for word in _title_words(cast.known[n].name))
            for root in self._worth
        }

    @staticmethod
    def _worths(seen: Sequence[Seen], cast: Cast) -> Mapping[int, float]:
        """What sharing an actor counts: more for persons than for states, less for one who is in many events."""
        counts = Counter(root for each in seen for root in each.cast)
        reports = Counter(root for root, _ in {(root, each.ref.document) for each in seen for root in each.cast})
        return {
            root: _WEIGHTS[ActorKind(cast.known[root].kind)] / sqrt(count / reports[root])
            for root, count in counts.items()
        }

    def points(self, one: Seen, other: Seen) -> float:
        """All together."""
        return sum(points for points, _ in self._parts(one, other))

    def why(self, one: Seen, other: Seen) -> str:
        """What speaks most for two events being the same, in English."""
        return ", ".join(told for points, told in self._parts(one, other) if points > 0 and told)

    def _parts(self, one: Seen, other: Seen) -> Iterator[tuple[float, str]]:
        a, b = one.event, other.event
        both = one.cast.keys() & other.cast.keys()
        words = self._words(a.title, b.title, [root for root in both if self._proper[root]])
        place = _place(a, b)
        same = [root for root in both if one.cast[root] & other.cast[root]]
        yield 2.5 * words, "alike in words" if words >= 0.2 else ""
        if one.cast and other.cast:
            yield 1.4 * self._shared(one, other), "with the same actors"
            yield (0.3, "") if len(same) > 1 else (0.0, "")
        else:
            yield 0.4, ""
        bare = place[0] <= 0 and (len(same) < 2 or a.type is not b.type)
        yield (-0.4, "") if bare and not self._words(a.title, b.title, both) else (0.0, "")
        yield place
        yield _type(a, b)
        yield self._land(one, other)
        yield _date(a, b)
        yield (
            (-2.0, "")
            if _ordinals(a.title).symmetric_difference(_ordinals(b.title) or _ordinals(a.title)) and _ordinals(a.title)
            else (0.0, "")
        )
        yield (0.3, "the main event of both") if one.first and other.first else (0.0, "")

    def _land(self, one: Seen, other: Seen) -> tuple[float, str]:
        """Where it is and whose people take part, by countries: little where a story is in one country only."""
        a, b = one.event.country, other.event.country
        where = 0.4 * (1 - self._share[a]) if a and a == b else -0.3 if a and b else 0.0
        first, second = one.countries, other.countries
        both = len(first & second) / max(len(first), len(second)) if len(first) > 1 and len(second) > 1 else 0.0
        return where + 0.6 * both, ""

    def _words(self, one: str, other: str, both: Iterable[int]) -> float:
        """How alike two titles are beside the names of the actors that both have, who count by themselves."""
        names = frozenset(word for root in both for word in self._names[root])
        return self._weights.alike(_without(one, names), _without(other, names))

    def _shared(self, one: Seen, other: Seen) -> float:
        """How far the actors are the same ones in the same roles, from 0 to 1."""
        both = sorted(one.cast.keys() & other.cast.keys())
        found = sum(self._worth[root] * (1.0 if one.cast[root] & other.cast[root] else _OTHER_ROLE) for root in both)
        size = [sum(self._worth[root] for root in sorted(each.cast)) for each in (one, other)]
        return found / sqrt(size[0] * size[1]) if found else 0.0


@functools.lru_cache(1 << 13)
def _title_words(title: str) -> tuple[str, ...]:
    return tuple(fold(title).replace("'s", "").split())


def _without(title: str, names: frozenset[str]) -> Wording:
    return wording(" ".join(word for word in _title_words(title) if word.strip(".,;:'") not in names))


def _ordinals(title: str) -> frozenset[str]:
    return _ORDINALS.intersection(_title_words(title))


def _type(one: Event, other: Event) -> tuple[float, str]:
    if one.type is other.type:
        same_mode = one.mode is not None and one.mode is other.mode
        return (0.9 if same_mode else 0.7), f"both {one.type.value}"
    if any({one.type, other.type} <= family for family in FAMILIES):
        return 0.2, f"{one.type.value} and {other.type.value}"
    return -0.1, ""


def _place(one: Event, other: Event) -> tuple[float, str]:
    if not one.place or not other.place:
        return 0.0, ""
    first, second = wording(one.place).stems, wording(other.place).stems
    if not first or not second:
        return 0.0, ""
    shared = len(first & second) / min(len(first), len(second))
    return (0.5 * shared, f"at {one.place}") if shared else (-0.1, "")


def _date(one: Event, other: Event) -> tuple[float, str]:
    first, second = (bounds(each.date) if each.date else None for each in (one, other))
    if not first or not second:
        return 0.0, ""
    if first[0] <= second[1] and second[0] <= first[1]:
        return 0.3, "at the same time"
    return -0.2, ""
