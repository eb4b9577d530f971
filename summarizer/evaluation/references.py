"""Hand-labelled references: what a brief of one report should hold, in YAML, checked against the report itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, field_validator, model_validator

from ..models.base import Model
from ..models.countries import is_country
from ..models.dates import EdtfDate
from ..models.draft import ActorKind, AimKind, Factuality, ParticipantRole
from ..models.plover import SYMMETRIC, EventType


class Salience(StrEnum):
    """How much an item matters: `okay` items are neither required nor penalised."""

    MAIN = "main"
    VITAL = "vital"
    OKAY = "okay"


def _listed(value: Any) -> Any:
    """One accepted value stands for a list of one."""
    return value if isinstance(value, (list, tuple)) else [value]


def _dated(value: Any) -> Any:
    """YAML reads an unquoted 2025-08-25 as a date and 2025 as a number."""
    return [None if item is None else str(item) for item in _listed(value)]


Accepted = Annotated[tuple[str, ...], BeforeValidator(_listed)]
Keywords = tuple[tuple[str, ...], ...]
"""Alternatives, each a list of keywords that must all occur."""


class Participant(Model):
    """An actor's part in an event."""

    actor: str
    role: ParticipantRole
    salience: Salience = Salience.VITAL


class ReferenceActor(Model):
    """One who takes part in an event or holds an aim."""

    id: str
    names: Accepted = Field(min_length=1)
    in_source: Accepted = ()
    kind: Annotated[tuple[ActorKind, ...], BeforeValidator(_listed)] = ()
    role: Accepted = ()
    affiliation: Accepted = ()
    country: Accepted = ()
    salience: Salience = Salience.VITAL


class ReferenceEvent(Model):
    """An event with every acceptable value of each attribute."""

    id: str
    salience: Salience
    type: Annotated[tuple[EventType, ...], BeforeValidator(_listed)] = Field(min_length=1)
    title: str
    factuality: Annotated[tuple[Factuality, ...], BeforeValidator(_listed)] = ()
    date: Annotated[tuple[EdtfDate | None, ...], BeforeValidator(_dated)] = (None,)
    place: Accepted = ()
    country: Accepted = ()
    participants: tuple[Participant, ...] = ()

    @property
    def is_symmetric(self) -> bool:
        """Whether actor and recipient are not told apart."""
        return bool(SYMMETRIC & set(self.type))


class ReferenceAim(Model):
    """What an actor says it wants."""

    id: str
    salience: Salience
    kind: Annotated[tuple[AimKind, ...], BeforeValidator(_listed)] = ()
    text: str
    accept: Keywords = Field(min_length=1)
    in_source: Accepted = ()
    held_by: tuple[str, ...] = ()


class ReferenceContext(Model):
    """Background that the report gives."""

    id: str
    salience: Salience
    topic: str
    text: str
    accept: Keywords = Field(min_length=1)


class Nugget(Model):
    """Something that the English summary must or may say."""

    salience: Salience
    text: str
    accept: Keywords = Field(min_length=1)


class Forbidden(Model):
    """What must not appear anywhere in a brief."""

    why: str
    pattern: str

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, value: str) -> str:
        try:
            re.compile(value)
        except re.error as error:
            raise ValueError(f"is no regular expression ({error})") from error
        return value


class Caveat(Model):
    """What is unclear or self-contradictory in the report."""

    text: str
    accept: Keywords = Field(min_length=1)
    salience: Salience = Salience.VITAL


class Status(StrEnum):
    """Whether a person has corrected the labels."""

    DRAFT = "draft"
    FINAL = "final"


class Reference(Model):
    """The labels of one report."""

    document: str
    language: str
    published: Annotated[EdtfDate | None, BeforeValidator(lambda v: None if v is None else str(v))]
    annotator: str
    status: Status = Status.FINAL
    events: tuple[ReferenceEvent, ...] = ()
    actors: tuple[ReferenceActor, ...] = ()
    aims: tuple[ReferenceAim, ...] = ()
    context: tuple[ReferenceContext, ...] = ()
    nuggets: tuple[Nugget, ...] = ()
    forbidden: tuple[Forbidden, ...] = ()
    caveats: tuple[Caveat, ...] = ()

    @model_validator(mode="after")
    def _is_consistent(self) -> Reference:
        faults = list(self._faults())
        if faults:
            raise ValueError("; ".join(faults))
        return self

    @property
    def main_event(self) -> ReferenceEvent | None:
        """The event that the report announces as news."""
        return next((event for event in self.events if event.salience is Salience.MAIN), None)

    def _faults(self) -> Iterator[str]:
        ids = [item.id for group in (self.events, self.actors, self.aims, self.context) for item in group]
        for double in (i for i, n in Counter(ids).items() if n > 1):
            yield f"the id {double!r} is used twice"
        if sum(event.salience is Salience.MAIN for event in self.events) > 1:
            yield "more than one event is main"
        actors = {actor.id for actor in self.actors}
        used = [p.actor for event in self.events for p in event.participants]
        used += [actor for aim in self.aims for actor in aim.held_by]
        for missing in sorted(set(used) - actors):
            yield f"there is no actor {missing!r}"
        said = {code for group in (self.events, self.actors) for item in group for code in item.country}
        for code in sorted(code for code in said if not is_country(code)):
            yield f"{code!r} is no country code (ISO 3166-1 alpha-3)"
