"""What a merged story claims, one line each: all that the account of it may say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..models.dossier import (
    Citation,
    Discrepancy,
    DossierActor,
    DossierAim,
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
    return _Claims(parts).all()


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


class _Claims:
    """Writes the claims of one story."""

    def __init__(self, parts: Parts):
        self._parts = parts
        self._actors = {actor.id: actor for actor in parts.actors}

    def all(self) -> tuple[Claim, ...]:
        parts = self._parts
        return (
            *(self._event(event) for event in parts.events),
            *(self._claim(aim, f"{aim.text} ({aim.kind.value}; held by {self._holders(aim)})") for aim in parts.aims),
            *(self._claim(item, f"{item.topic}: {item.text}") for item in parts.context),
            *(self._claim(statement, statement.text) for statement in parts.statements),
            *(self._discrepancy(each) for each in parts.discrepancies),
        )

    def _event(self, event: DossierEvent) -> Claim:
        told = [event.title]
        if event.factuality.value != "reported":
            told.append(event.factuality.value)
        if event.date:
            told.append(f"date {event.date}")
        if event.place:
            told.append(f"place {event.place}")
        cast = dict.fromkeys(each.actor for each in event.participants if each.actor in self._actors)
        if cast:
            told.append(f"taking part: {', '.join(_described(self._actors[i]) for i in cast)}")
        readings = [reading.value for attribute in event.attributes for reading in attribute.readings]
        dates = [reading.value for a in event.attributes if a.name == "date" for reading in a.readings]
        if event.date:
            dates.append(event.date)
        return self._claim(event, "; ".join(told), readings, tuple(dict.fromkeys(dates)))

    def _holders(self, aim: DossierAim) -> str:
        names = [self._actors[i].name for i in aim.held_by if i in self._actors]
        return ", ".join(names) or "nobody named"

    def _claim(self, item: Merged, text: str, more: Sequence[str] = (), dates: tuple[str, ...] = ()) -> Claim:
        origins = item.independent_origins
        standing = f"{self._share(item.sources)}, {origins} origin{'' if origins == 1 else 's'}"
        return Claim(item.id, text, standing, "\n".join((text, *more)), dates)

    def _discrepancy(self, each: Discrepancy) -> Claim:
        versions = [f"{reading.value} ({_reports(len(reading.documents))})" for reading in each.readings]
        sources = len({document for reading in each.readings for document in reading.documents})
        held = "\n".join((each.about, *(reading.value for reading in each.readings)))
        dates = tuple(reading.value for reading in each.readings) if each.attribute.value == "date" else ()
        standing = f"{each.kind.value}, {self._share(sources)}"
        return Claim(each.id, f"{each.about}: {' / '.join(versions)}", standing, held, dates)

    def _share(self, sources: int) -> str:
        """How many of the story's reports: `2 of 4 reports`."""
        return f"{sources} of {_reports(len(self._parts.reports))}"


def _described(actor: DossierActor) -> str:
    told = [part for part in (actor.role, actor.affiliation) if part]
    return f"{actor.name} ({', '.join(told)})" if told else actor.name


def _reports(count: int) -> str:
    return f"{count} report{'' if count == 1 else 's'}"
