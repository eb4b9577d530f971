"""What the grounding check would refuse is taken out of a draft before it is handed on.

Nearly all that the engine composes is copied from the report and passes. What does not: a quoted Dutch "ten" or a name
such as "Ben Six", which the check reads as an English number.
"""

from __future__ import annotations

from ...grounding.check import ground
from ...models.brief import SCHEMA_VERSION, Provenance
from ...models.draft import Aim, Draft, Event, Statement
from ..base import BriefTask

_ROUNDS = 3
_UNCHECKED = Provenance(
    engine="offline", model=None, recorded=False, prompt=None, prompt_hash=None, request=None,
    schema_version=SCHEMA_VERSION, software="", attempts=0, reasks=0, input_tokens=None, output_tokens=None,
    cost_usd=None, seconds=0.0, replied=None,
)  # fmt: skip


def supported(draft: Draft, task: BriefTask) -> Draft:
    """The draft without what its report does not support.

    Texts are first put more plainly, with no figure in them; what is still refused is left out.
    """
    for _ in range(_ROUNDS):
        checks = ground(draft, task.document, task.sentences, _UNCHECKED).checks
        refused = frozenset(problem.item for problem in checks.problems)
        if not refused:
            break
        draft = _reduced(draft, refused)
    return draft


def _reduced(draft: Draft, refused: frozenset[str]) -> Draft:
    actors = tuple(actor for actor in draft.actors if actor.id not in refused)
    kept = frozenset(actor.id for actor in actors)
    aims = [(f"G{n}", aim) for n, aim in enumerate(draft.aims, 1)]
    return draft.model_copy(
        update={
            "headline": "Report" if "headline" in refused else draft.headline,
            "bottom_line": _plainer(draft.bottom_line) if "bottom_line" in refused else draft.bottom_line,
            "summary": tuple(s for n, s in enumerate(draft.summary, 1) if f"summary {n}" not in refused),
            "actors": actors,
            "events": tuple(_event(e, f"E{n}" in refused, kept) for n, e in enumerate(draft.events, 1)),
            "aims": tuple(aim for id_, a in aims if (aim := _aim(a, id_ in refused, kept)) is not None),
            "context": tuple(c for n, c in enumerate(draft.context, 1) if f"C{n}" not in refused),
            "origins": tuple(o for o in draft.origins if o.id not in refused),
        }
    )


def _plainer(statement: Statement) -> Statement:
    return statement.model_copy(update={"text": "What the report tells was not recognised in full."})


def _event(event: Event, is_refused: bool, actors: frozenset[str]) -> Event:
    """An event without its date and place in words when it was refused, and without actors that are gone."""
    update: dict[str, object] = {
        "actors": tuple(a for a in event.actors if a in actors),
        "recipients": tuple(a for a in event.recipients if a in actors),
        "attendees": tuple(a for a in event.attendees if a in actors),
    }
    if is_refused:
        update |= {"title": event.type.capitalize(), "date": None, "date_in_source": None}
    return event.model_copy(update=update)


def _aim(aim: Aim, is_refused: bool, actors: frozenset[str]) -> Aim | None:
    plain = f"A {aim.kind} in the report's own wording"
    if is_refused and aim.text == plain:
        return None
    update: dict[str, object] = {"held_by": tuple(a for a in aim.held_by if a in actors)}
    return aim.model_copy(update=update | ({"text": plain} if is_refused else {}))
