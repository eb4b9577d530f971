"""Which items of a story's reports are the same: actors, events, aims, background, statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from .actors import Cast, cast_of, join_by_parts
from .events import Events, events_of
from .grouping import Grouping
from .linked import Group, Linked, Ref, Report
from .texts import aims_of, context_of, statements_of

ROUNDS = 2
"""How often actors are joined by the parts that they take in the same events, and events by these actors."""


def link(reports: Sequence[Report], one_report: bool = False) -> Linked:
    """Group the items of one story's reports; the most widely reported groups come first, main events before others.

    Actors are joined by name and description first, then events by their actors; actors again by the parts that
    they take in the same events, and events by these actors.

    Args:
        reports: in canonical order (`in_order`).
        one_report: whether they are parts of one report, which tells of no event with two dates.
    """
    cast = cast_of(reports)
    events = events_of(reports, cast, one_report)
    for _ in range(ROUNDS if len(reports) > 1 else 0):
        if not join_by_parts(cast, list(events.parts())):
            break
        cast.settle()
        events = events_of(reports, cast, one_report)
    aims, context, statements = aims_of(reports, cast), context_of(reports), statements_of(reports)
    return Linked(
        tuple(reports),
        actors=_actors(cast, events),
        events=_groups(
            [each.ref for each in events.seen],
            events.groups,
            lambda members: not events.is_main(members),
        ),
        aims=_groups(aims.refs, aims.groups),
        context=_groups(context.refs, context.groups),
        statements=_groups(statements.refs, statements.groups),
    )


def _groups(
    refs: Sequence[Ref], groups: Grouping, last: Callable[[Sequence[int]], bool] = lambda _: False
) -> tuple[Group, ...]:
    """Groups as they are handed on: the most widely reported first, those that `last` is true of behind the others."""
    order = sorted(groups.roots(), key=lambda r: (last(groups.members(r)), -_spread(refs, groups.members(r)), r))
    return tuple(Group(tuple(refs[n] for n in groups.members(root)), groups.why(root)) for root in order)


def _spread(refs: Sequence[Ref], members: Sequence[int]) -> int:
    """In how many reports a group is."""
    return len({refs[n].document for n in members})


def _actors(cast: Cast, events: Events) -> tuple[Group, ...]:
    """Groups of actors: the most widely reported first, then those who take part in the most events."""
    busy = Counter(root for each in events.seen for root in each.cast)
    groups = cast.groups
    order = sorted(groups.roots(), key=lambda root: (-_spread(cast.refs, groups.members(root)), -busy[root], root))
    at = {root: position for position, root in enumerate(order)}
    doubts = cast.may_be()
    return tuple(
        Group(
            tuple(cast.refs[n] for n in groups.members(root)),
            groups.why(root),
            tuple(sorted(at[other] for other in doubts.get(root, ()))),
        )
        for root in order
    )
