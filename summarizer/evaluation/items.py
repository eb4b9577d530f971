"""Items of a brief laid one to one against the items of a reference, and what follows from that."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from ..grounding.align import Source
from ..models import brief as b
from ..models.draft import ParticipantRole
from . import matching
from .alignment import align
from .references import Reference, ReferenceActor, ReferenceAim, ReferenceContext, ReferenceEvent, Salience
from .scores import ItemOutcome, Outcome, Tally

P = TypeVar("P", b.Actor, b.Event, b.Aim, b.ContextItem)
R = TypeVar("R", ReferenceActor, ReferenceEvent, ReferenceAim, ReferenceContext)
_TIE = 1e-6


class Couple(NamedTuple, Generic[P, R]):
    """An item of a brief and its label."""

    item: P
    label: R


@dataclass(frozen=True)
class Laid(Generic[P, R]):
    """Predicted and reference items of one kind with the pairs that are the same."""

    predicted: Sequence[P]
    reference: Sequence[R]
    pairs: Sequence[Couple[P, R]]

    @cached_property
    def scored(self) -> list[Couple[P, R]]:
        """The pairs whose label is required."""
        return [pair for pair in self.pairs if is_required(pair.label)]

    @cached_property
    def label_of(self) -> dict[str, R]:
        """The label for each id of a predicted item that has one."""
        return {item.id: label for item, label in self.pairs}

    def tally(self) -> Tally:
        """Matches; an item that matches an okay label, and an okay label, count on neither side."""
        matched = len(self.scored)
        spared = len(self.pairs) - matched
        return Tally(matched, len(self.predicted) - spared, sum(map(is_required, self.reference)))

    def outcomes(self, kind: str, note: Callable[[P, R], str]) -> Iterator[ItemOutcome]:
        """What became of every label, in order, then the predicted items that have none."""
        found = {label.id: item for item, label in self.pairs}
        for label in self.reference:
            item = found.get(label.id)
            outcome = Outcome.ALLOWED if not is_required(label) else Outcome.HIT if item else Outcome.MISSED
            said = note(item, label) if item else ""
            yield ItemOutcome(kind=kind, outcome=outcome, reference=label.id, predicted=item and item.id, note=said)
        for item in self.predicted:
            if item.id not in self.label_of:
                yield ItemOutcome(kind=kind, outcome=Outcome.FALSE, predicted=item.id)


@dataclass(frozen=True)
class LaidBrief:
    """A brief laid against its reference."""

    actors: Laid[b.Actor, ReferenceActor]
    events: Laid[b.Event, ReferenceEvent]
    aims: Laid[b.Aim, ReferenceAim]
    context: Laid[b.ContextItem, ReferenceContext]


def lay(brief: b.Brief | None, reference: Reference, source: Source | None = None) -> LaidBrief:
    """Every item of a brief with its label; without a brief every label is alone."""
    actors = _laid(brief.actors if brief else (), reference.actors, matching.actor_similarity, matching.ACTOR_THRESHOLD)
    ids = {item: label.id for item, label in actors.label_of.items()}
    return LaidBrief(
        actors,
        _laid(
            brief.all_events if brief else (),
            reference.events,
            lambda event, label: matching.event_similarity(event, label, ids),
            matching.EVENT_THRESHOLD,
        ),
        _laid(
            brief.aims if brief else (),
            reference.aims,
            lambda aim, label: matching.aim_similarity(aim, label, ids, source),
            matching.AIM_THRESHOLD,
        ),
        _laid(
            brief.context if brief else (),
            reference.context,
            matching.context_similarity,
            matching.CONTEXT_THRESHOLD,
        ),
    )


def is_required(label: ReferenceActor | ReferenceEvent | ReferenceAim | ReferenceContext) -> bool:
    """Whether a brief must have it."""
    return label.salience is not Salience.OKAY


class Part(NamedTuple):
    """A participant: the label's id of an actor, or "" for one without a label, in a role."""

    actor: str
    role: str


def participants(laid: LaidBrief) -> Tally:
    """Participants of all events: the right actor in the right role of the right event.

    Those of an event without a label are false, those of a label without an event are missed; an okay event takes its
    participants with it. Where a label's type is symmetric, actor and recipient are one role.
    """
    total = Tally(0, 0, 0)
    ids = {item: label.id for item, label in laid.actors.label_of.items()}
    for event, label in laid.events.scored:
        total += _parts(event, label, ids)
    taken = {label.id for _, label in laid.events.pairs}
    for event in laid.events.predicted:
        if event.id not in laid.events.label_of:
            total += Tally(0, len(event.participants), 0)
    for label in laid.events.reference:
        if is_required(label) and label.id not in taken:
            total += Tally(0, 0, sum(part.salience is not Salience.OKAY for part in label.participants))
    return total


def role_in(label: ReferenceEvent | None, role: ParticipantRole, symmetric: bool = False) -> str:
    """The role, recipients being actors where the label's type (or, without a label, the event's own) is symmetric."""
    merged = label.is_symmetric if label else symmetric
    return ParticipantRole.ACTOR if merged and role is ParticipantRole.RECIPIENT else role


def _parts(event: b.Event, label: ReferenceEvent, ids: dict[str, str]) -> Tally:
    wanted = [part for part in label.participants if part.salience is not Salience.OKAY]
    required = {Part(part.actor, role_in(label, part.role)) for part in wanted}
    spared = {Part(part.actor, role_in(label, part.role)) for part in label.participants} - required
    said = [Part(ids.get(part.actor, ""), role_in(label, part.role)) for part in event.participants]
    allowed = len(spared & set(said))
    return Tally(len(required & set(said)), len(said) - allowed, len(required))


def _laid(
    predicted: Sequence[P], reference: Sequence[R], similarity: Callable[[P, R], float], threshold: float
) -> Laid[P, R]:
    """The pairs, found in the order of the ids: a tie must not depend on how a brief or a reference lists its items."""
    ours, theirs = sorted(predicted, key=_id), sorted(reference, key=_id)

    def preferring_required(item: P, label: R) -> float:
        value = similarity(item, label)
        return value + _TIE if value and is_required(label) else value

    pairs = align(ours, theirs, preferring_required, threshold)
    couples = [Couple(ours[pair.predicted], theirs[pair.reference]) for pair in pairs]
    return Laid(predicted, reference, couples)


def _id(item: P | R) -> str:
    return item.id
