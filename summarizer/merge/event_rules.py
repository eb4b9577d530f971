"""Discrepancies inside merged events: when, where, in which country, whether at all, and what was done."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from ..models.brief import Event, Match, Quoted
from ..models.countries import FORMER
from ..models.dates import bounds
from ..models.dossier import Discrepancy, DiscrepancyAttribute
from ..models.draft import Factuality
from . import containment
from .agreement import Relation
from .findings import Told, Topic, cited, discrepancy
from .linked import Group, Linked, Ref

_UNSURE = re.compile("[~?%XuU]")
_ZONE = re.compile(r"\b(?:local|[A-Z][a-z]+|GMT|UTC) time\b|\b(?:GMT|UTC|CET|EST|EDT)\b")
_HAPPENED = frozenset({Factuality.REPORTED, Factuality.CLAIMED})
_DISPUTED = frozenset(
    frozenset(pair.split("-"))
    for pair in "ISR-PSE ISR-SYR SRB-XKX CHN-TWN CHN-HKG CHN-MAC RUS-UKR MAR-ESH ARM-AZE GEO-RUS IND-PAK CHN-IND "
    "MDA-RUS CYP-TUR ARG-FLK USA-PRI SDN-SSD".split()
)
"""Pairs of countries of which one report's can be the other report's name for the same ground."""
_OPPOSITE = frozenset(
    frozenset(pair)
    for pair in (
        (("RETREAT", "release"), ("ASSAULT", "abduct")),
        (("RETREAT", "release"), ("COERCE", "arrest")),
        (("RETREAT", "withdraw"), ("MOBILIZE", "troops")),
        (("AGREE", None), ("REJECT", None)),
    )
)


class _When(NamedTuple):
    """First and last day of an event; whether the date is unsure, told in another clock's time, or still to come."""

    first: dt.date
    last: dt.date
    unsure: bool
    zoned: bool
    happened: bool


class _Where(NamedTuple):
    """A place, its country, and whether the event has happened."""

    place: str
    country: str | None
    happened: bool


def of_event(linked: Linked, name: str, group: Group) -> Iterator[Discrepancy]:
    """The discrepancies of one merged event.

    Args:
        linked: the story.
        name: id of the merged event.
        group: its items.
    """
    events = [(ref, item) for ref in group.refs if isinstance(item := linked.item(ref), Event)]
    title = events[0][1].title
    found = (
        discrepancy(
            Topic(f"Date: {title}", DiscrepancyAttribute.DATE, (name,)),
            [when for ref, event in events if (when := _when(linked, ref, event))],
            _apart_in_time,
        ),
        discrepancy(
            Topic(f"Place: {title}", DiscrepancyAttribute.PLACE, (name,)),
            [where for ref, event in events if (where := _where(linked, ref, event))],
            _apart_in_place,
        ),
        discrepancy(
            Topic(f"Whether it happened: {title}", DiscrepancyAttribute.FACTUALITY, (name,)),
            [told for ref, event in events if (told := _told(linked, ref, _claimed(event), event))],
            _denied,
        ),
        discrepancy(
            Topic(f"What was done: {title}", DiscrepancyAttribute.ACTION, (name,)),
            [told for ref, event in events if (told := _told(linked, ref, event.title, event))],
            _opposite,
        ),
    )
    yield from filter(None, found)


def _when(linked: Linked, ref: Ref, event: Event) -> Told[_When] | None:
    days = bounds(event.date) if event.date else None
    if not days or not event.date or not _proven(event.date_in_source):
        return None
    zoned = any(_ZONE.search(text) for text in _beside(linked, ref, event))
    when = _When(*days, bool(_UNSURE.search(event.date)), zoned, event.factuality in _HAPPENED)
    citation = cited(linked, ref, event.date_in_source)
    return Told(event.date, when, citation) if citation else None


def _where(linked: Linked, ref: Ref, event: Event) -> Told[_Where] | None:
    if not event.place or not _proven(event.place_in_source):
        return None
    citation = cited(linked, ref, event.place_in_source)
    where = _Where(event.place, event.country, event.factuality in _HAPPENED)
    return Told(event.place, where, citation) if citation else None


def _told(linked: Linked, ref: Ref, value: str, event: Event) -> Told[Event] | None:
    citation = cited(linked, ref)
    return Told(value, event, citation) if citation and event.supported else None


def _claimed(event: Event) -> str:
    return f"{event.title} ({event.factuality.value})"


def _proven(wording: Quoted | None) -> bool:
    return wording is not None and wording.match is not Match.UNSUPPORTED


def _beside(linked: Linked, ref: Ref, event: Event) -> Iterator[str]:
    """English texts of the report that rest on a sentence of the event."""
    sentences = {span.sentence for span in event.evidence}
    brief = linked.report(ref.document).brief
    texts = [(item.text, item.evidence) for item in (brief.bottom_line, *brief.summary)]
    texts += [(item.text, item.evidence) for item in brief.context]
    yield from (text for text, evidence in texts if any(span.sentence in sentences for span in evidence))
    yield event.title


def _apart_in_time(one: _When, other: _When) -> Relation:
    """Days apart contradict; days within others are coarser.

    A plan is not compared with what came of it, nor neighbouring days when a report tells them by another clock.
    """
    if (one.first, one.last) == (other.first, other.last) or one.happened != other.happened:
        return Relation.UNKNOWN
    if one.first <= other.last and other.first <= one.last:
        return Relation.NESTED
    gap = max(other.first - one.last, one.first - other.last)
    if one.unsure or other.unsure or (gap.days == 1 and (one.zoned or other.zoned)):
        return Relation.UNKNOWN
    return Relation.APART


def _apart_in_place(one: _Where, other: _Where) -> Relation:
    if one.happened != other.happened:
        return Relation.UNKNOWN
    found = containment.relation(one.place, other.place)
    if found is Relation.UNKNOWN and one.country and other.country and _abroad(one.country, other.country):
        return Relation.APART
    return found


def _abroad(one: str, other: str) -> bool:
    """Whether two codes are of two countries that nobody takes for one."""
    first, second = (FORMER.get(code, ("", code))[1] for code in (one, other))
    return first != second and frozenset({first, second}) not in _DISPUTED


def _denied(one: Event, other: Event) -> Relation:
    stances = {one.factuality, other.factuality}
    return Relation.APART if stances == {Factuality.REPORTED, Factuality.DENIED} else Relation.UNKNOWN


def _opposite(one: Event, other: Event) -> Relation:
    if one.factuality not in _HAPPENED or other.factuality not in _HAPPENED:
        return Relation.UNKNOWN
    pair = frozenset((event.type.value, event.mode.value if event.mode else None) for event in (one, other))
    return Relation.APART if pair in _OPPOSITE else Relation.UNKNOWN
