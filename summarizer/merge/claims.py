"""What a merged story claims, one line each: all that the account of it may say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..models.dossier import (
    Citation,
    Discrepancy,
    DossierActor,
    DossierEvent,
    Merged,
)
from .parts import Parts


@dataclass(frozen=True, slots=True)
class Claim:
    """One line that the account can cite.

    Args:
        id: of the merged item or the discrepancy: E1, G1, C1, S1, D1.
        text: the claim, in English.
        standing: how many reports make it, and on how many origins they rest.
        held: English that counts as said by it: its text, those of its sources, names of its actors.
        dates: EDTF dates that it gives.
    """

    id: str
    text: str
    standing: str
    held: str
    dates: tuple[str, ...] = ()


def claims_of(parts: Parts) -> tuple[Claim, ...]:
    """The claims of a story: events, aims, background, statements, discrepancies."""
    actors = {actor.id: actor for actor in parts.actors}
    return (
        *(_event(event, actors) for event in parts.events),
        *(
            _claim(aim, f"{aim.text} ({aim.kind.value}; held by {_names(aim.held_by, actors) or 'nobody named'})")
            for aim in parts.aims
        ),
        *(_claim(item, f"{item.topic}: {item.text}") for item in parts.context),
        *(_claim(statement, statement.text) for statement in parts.statements),
        *(_discrepancy(each) for each in parts.discrepancies),
    )


def citations(parts: Parts) -> Mapping[str, tuple[Citation, ...]]:
    """Where the reports say what each claim says, by the claim's id."""
    found: dict[str, tuple[Citation, ...]] = {item.id: item.reports for item in merged_items(parts)}
    for each in parts.discrepancies:
        found[each.id] = tuple(citation for reading in each.readings for citation in reading.evidence)
    return found


def merged_items(parts: Parts) -> Iterator[Merged]:
    """Events, aims, background and statements."""
    yield from parts.events
    yield from parts.aims
    yield from parts.context
    yield from parts.statements


def _event(event: DossierEvent, actors: Mapping[str, DossierActor]) -> Claim:
    told = [event.title]
    if event.factuality.value != "reported":
        told.append(event.factuality.value)
    if event.date:
        told.append(f"date {event.date}")
    if event.place:
        told.append(f"place {event.place}")
    cast = [_described(actors[each.actor]) for each in event.participants if each.actor in actors]
    if cast:
        told.append(f"taking part: {', '.join(cast)}")
    readings = [r.value for attribute in event.attributes for r in attribute.readings]
    dates = [r.value for a in event.attributes if a.name == "date" for r in a.readings]
    if event.date:
        dates.append(event.date)
    return _claim(event, "; ".join(told), (*readings,), tuple(dict.fromkeys(dates)))


def _described(actor: DossierActor) -> str:
    told = [part for part in (actor.role, actor.affiliation) if part]
    return f"{actor.name} ({', '.join(told)})" if told else actor.name


def _names(ids: tuple[str, ...], actors: Mapping[str, DossierActor]) -> str:
    return ", ".join(actors[i].name for i in ids if i in actors)


def _claim(item: Merged, text: str, more: tuple[str, ...] = (), dates: tuple[str, ...] = ()) -> Claim:
    return Claim(item.id, text, _standing(item.sources, item.independent_origins), "\n".join((text, *more)), dates)


def _discrepancy(each: Discrepancy) -> Claim:
    versions = [f"{reading.value} ({_reports(len(reading.documents))})" for reading in each.readings]
    sources = len({document for reading in each.readings for document in reading.documents})
    text = f"{each.about}: {' / '.join(versions)}"
    dates = tuple(r.value for r in each.readings) if each.attribute.value == "date" else ()
    return Claim(each.id, text, f"{each.kind.value}, {_reports(sources)}", text, dates)


def _standing(sources: int, origins: int) -> str:
    return f"{_reports(sources)}, {origins} origin{'' if origins == 1 else 's'}"


def _reports(count: int) -> str:
    return f"{count} report{'' if count == 1 else 's'}"
