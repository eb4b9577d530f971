"""Where the reports of a story differ, by rules alone: in what their merged items give for the same attribute.

The rules say only what is certain. Two values whose relation they do not know are no finding, and what only one report
gives is none either: silence has no words that could prove it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..models.dossier import Discrepancy
from .event_rules import of_event
from .linked import Linked
from .number_rules import Numbers
from .role_rules import of_actor, of_functions


def by_rules(linked: Linked) -> tuple[Discrepancy, ...]:
    """The discrepancies of a story, each reading with the sentences that prove it; without ids.

    Args:
        linked: the story's reports with their items grouped.
    """
    return tuple(_found(linked))


def _found(linked: Linked) -> Iterator[Discrepancy]:
    for name, group in linked.named():
        if len({ref.document for ref in group.refs}) < 2:
            continue
        if name.startswith("E"):
            yield from of_event(linked, name, group)
        elif name.startswith("A"):
            yield from of_actor(linked, name, group)
    yield from of_functions(linked)
    yield from Numbers(linked).found()
