"""Events of a brief and of its reference as templates, for the field's metrics: roles filled with source spellings.

Okay events, and okay participants of the others, are left out on both sides, because those metrics do not know them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..models import brief as b
from ..models.plover import SYMMETRIC
from ..text.folding import fold
from .items import LaidBrief, Part, is_required, role_in
from .references import ReferenceActor, ReferenceEvent, Salience
from .template_filling import Filler, Template


class Filled(NamedTuple):
    """An event as a template, and which actor (by id) fills which slot."""

    template: Template
    parts: tuple[Part, ...]


def predicted_events(laid: LaidBrief) -> list[Filled]:
    """The events of a brief; each actor is one mention, its source spelling."""
    actors = {actor.id: actor for actor in laid.actors.predicted}
    labels = laid.events.label_of
    events = (event for event in laid.events.predicted if event.id not in labels or is_required(labels[event.id]))
    return [_predicted(event, laid, actors) for event in events]


def reference_events(laid: LaidBrief) -> list[Filled]:
    """The required events of a reference; each actor is all its spellings in the source, or its names without any."""
    actors = {actor.id: actor for actor in laid.actors.reference}
    return [_reference(label, actors) for label in laid.events.reference if is_required(label)]


def of_document(events: Iterable[Filled]) -> list[Filler]:
    """Every actor once in each of its roles, as if the document had one template."""
    found = {part: filler for one in events for part, filler in zip(one.parts, one.template.fillers, strict=True)}
    return list(found.values())


def _predicted(event: b.Event, laid: LaidBrief, actors: dict[str, b.Actor]) -> Filled:
    label = laid.events.label_of.get(event.id)
    spared = {
        Part(part.actor, role_in(label, part.role))
        for part in (label.participants if label else ())
        if part.salience is Salience.OKAY
    }
    ids = {item: actor.id for item, actor in laid.actors.label_of.items()}
    said = (
        Part(part.actor, role_in(label, part.role, event.type in SYMMETRIC))
        for part in event.participants
        if part.actor in actors
    )
    parts = tuple(part for part in said if Part(ids.get(part.actor, ""), part.role) not in spared)
    fillers = tuple(Filler(role=part.role, mentions=(fold(actors[part.actor].name_in_source.text),)) for part in parts)
    return Filled(Template(types=(event.type,), fillers=fillers), parts)


def _reference(label: ReferenceEvent, actors: dict[str, ReferenceActor]) -> Filled:
    parts = tuple(
        Part(part.actor, role_in(label, part.role)) for part in label.participants if part.salience is not Salience.OKAY
    )
    fillers = tuple(Filler(role=part.role, mentions=_mentions(actors[part.actor])) for part in parts)
    return Filled(Template(types=label.type, fillers=fillers), parts)


def _mentions(actor: ReferenceActor) -> tuple[str, ...]:
    return tuple(map(fold, actor.in_source or actor.names))
