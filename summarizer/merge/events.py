"""Which events of a story's reports are the same."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..models.brief import Event
from ..models.dates import bounds
from ..models.draft import ParticipantRole
from ..text.folding import fold
from .actors import Cast, Part
from .agreement import Relation
from .containment import relation
from .event_points import ENOUGH, Points, Seen
from .grouping import Grouping, join_matches
from .linked import Ref, Report

_NEVER = -1000.0
"""Score of two events that cannot be one."""


@dataclass(frozen=True)
class Events:
    """All events of a story, and which are the same."""

    seen: tuple[Seen, ...]
    groups: Grouping

    def parts(self) -> Iterator[list[frozenset[Part]]]:
        """For each group of several events, who takes which part in each of them."""
        for root in self.groups.roots():
            members = self.groups.members(root)
            if len(members) > 1:
                casts = (self.seen[n].cast for n in members)
                yield [frozenset((role, actor) for actor, roles in cast.items() for role in roles) for cast in casts]

    def is_main(self, members: Sequence[int]) -> bool:
        """Whether one of these events is the first of its report."""
        return any(self.seen[n].is_first for n in members)


def events_of(reports: Sequence[Report], cast: Cast, one_report: bool = False) -> Events:
    """All events of reports in canonical order, the same ones together, at most one a report.

    Pairs of reports are matched in the best way one to one, and the matches joined while the events of a group fit
    each other on the whole (average linkage).

    Args:
        reports: of one story, or the parts of one report.
        cast: their actors.
        one_report: whether they are parts of one report. Several reports may date or place one event differently; one
            report that gives two days or two places tells of two events.
    """
    seen: list[Seen] = []
    numbers: list[int] = []
    for number, report in enumerate(reports):
        for place, event in enumerate(report.brief.all_events):
            ref = Ref(report.id, event.id)
            parts = _cast(event, report.id, cast), _peoples(event, report)
            seen.append(Seen(ref, event, *parts, place == 0, _told(event, report)))
            numbers.append(number)
    groups = Grouping(numbers)
    points = Points(seen, cast)
    pairs = (pair for pair in itertools.combinations(range(len(seen)), 2) if numbers[pair[0]] != numbers[pair[1]])
    scores = {(a, b): points.between(seen[a], seen[b]) for a, b in pairs}
    if one_report:
        scores |= dict.fromkeys((p for p in scores if _differ(seen[p[0]].event, seen[p[1]].event)), _NEVER)
    join_matches(groups, scores, ENOUGH, lambda a, b: points.why(seen[a], seen[b]))
    return Events(tuple(seen), groups)


def _differ(one: Event, other: Event) -> bool:
    """Whether two events of one report happen at other times or places, as it tells them."""
    if {span.sentence for span in one.evidence} & {span.sentence for span in other.evidence}:
        return one.date != other.date and one.place != other.place  # one sentence may tell of two
    days, others = (bounds(event.date) if event.date else None for event in (one, other))
    if days and others and (days[1] < others[0] or others[1] < days[0]):
        return True
    if one.place is None or other.place is None:
        return False
    found = relation(one.place, other.place)
    return found is Relation.APART or (
        found is Relation.UNKNOWN and not set(fold(one.place).split()) & set(fold(other.place).split())
    )


def _cast(event: Event, document: str, cast: Cast) -> Mapping[int, frozenset[ParticipantRole]]:
    found: dict[int, set[ParticipantRole]] = {}
    for part in event.participants:
        root = cast.root(document, part.actor)
        if root is not None:
            found.setdefault(root, set()).add(part.role)
    return {root: frozenset(roles) for root, roles in found.items()}


def _told(event: Event, report: Report) -> str:
    """Folded, the statements that rest on a sentence of an event."""
    brief = report.brief
    cited = {span.sentence for span in event.evidence}
    texts = (s.text for s in (brief.bottom_line, *brief.summary) if cited & {span.sentence for span in s.evidence})
    return fold(" ".join(texts)).replace("'s", "")


def _peoples(event: Event, report: Report) -> frozenset[str]:
    parts = {part.actor for part in event.participants}
    return frozenset(actor.country for actor in report.brief.actors if actor.id in parts and actor.country)
