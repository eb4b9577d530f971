"""Whether an attribute of a predicted item is one of the values that its label accepts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from ..models.brief import Actor, Event
from ..models.countries import today
from ..models.dates import bounds
from .names import names_it
from .references import ReferenceActor, ReferenceEvent


class Verdict(NamedTuple):
    """One attribute of an aligned pair whose label states it."""

    attribute: str
    right: bool
    note: str
    """What differs: "date: 2025-08-25, not 2025-08-26"."""


def event_verdicts(event: Event, label: ReferenceEvent) -> Iterator[Verdict]:
    """Type, date, place, country and factuality, each where the label states it.

    A date is right when it means the same days as an accepted one; null among the accepted dates means that leaving it
    open is right. A place is right when it is or contains an accepted form.
    """
    yield _verdict("type", event.type, label.type)
    if label.date:
        accepted = [str(date) for date in label.date if date is not None]
        yield _made("date", event.date, label.date, is_date(event.date, label.date), accepted)
    if label.place:
        yield _made("place", event.place, label.place, bool(event.place and names_it(event.place, label.place)))
    if label.country:
        yield _country(event.country, label.country)
    if label.factuality:
        yield _verdict("factuality", event.factuality, label.factuality)


def actor_verdicts(actor: Actor, label: ReferenceActor) -> Iterator[Verdict]:
    """Kind, role, country and affiliation, each where the label states it; role and affiliation as places are."""
    if label.kind:
        yield _verdict("kind", actor.kind, label.kind)
    if label.role:
        yield _made("role", actor.role, label.role, bool(actor.role and names_it(actor.role, label.role)))
    if label.country:
        yield _country(actor.country, label.country)
    if label.affiliation:
        right = bool(actor.affiliation and names_it(actor.affiliation, label.affiliation))
        yield _made("affiliation", actor.affiliation, label.affiliation, right)


def _country(code: str | None, accepted: Sequence[str]) -> Verdict:
    """A country of the past and what stands on its ground today count as the same."""
    right = code is not None and today(code) in {today(other) for other in accepted}
    return _made("country", code, accepted, right)


def is_date(date: str | None, accepted: Collection[str | None]) -> bool:
    """Whether an EDTF date means the same days as an accepted one; None is right where None is accepted."""
    if date is None or date in accepted:
        return date in accepted
    days = bounds(date)
    return days is not None and any(bounds(other) == days for other in accepted if other is not None)


def dates_overlap(one: str, other: str) -> bool:
    """Whether two EDTF dates can mean the same day; an open end of an interval reaches everywhere."""
    (first, last), (start, end) = _reach(one), _reach(other)
    return first <= end and start <= last


class _Reach(NamedTuple):
    first: dt.date
    last: dt.date


def _reach(date: str) -> _Reach:
    whole = bounds(date)
    if whole:
        return _Reach(*whole)
    start, _, end = date.partition("/")
    low, high = bounds(start), bounds(end)
    return _Reach(low[0] if low else dt.date.min, high[1] if high else dt.date.max)


def _verdict(attribute: str, value: str | None, accepted: Sequence[str]) -> Verdict:
    return _made(attribute, value, accepted, value in accepted)


def _made(
    attribute: str,
    value: str | None,
    accepted: Sequence[str | None],
    right: bool,
    shown: Sequence[str] | None = None,
) -> Verdict:
    wanted = " or ".join(shown if shown is not None else map(str, accepted)) or "open"
    return Verdict(attribute, right, "" if right else f"{attribute}: {value or 'open'}, not {wanted}")
