"""What makes a reply that fits the schema still wrong: checked before it is accepted, so that it can be asked again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from ..models.countries import is_country
from ..models.dates import edtf
from ..models.draft import Draft, Event, Evidence
from ..models.plover import MODES_OF


def draft_faults(draft: Draft, sentences: range) -> list[str]:
    """The faults of a draft, as sentences for the engine that made it; empty when there are none.

    Args:
        draft: a reply that fits the schema.
        sentences: numbers of the sentences that were shown.
    """
    return [fault for found in _by_kind(draft, sentences).values() for fault in found]


def fault_kinds(draft: Draft, sentences: range) -> tuple[str, ...]:
    """Which kinds of faults a draft has: names that hold no word of it."""
    return tuple(kind for kind, found in _by_kind(draft, sentences).items() if any(found))


def is_date(text: str) -> bool:
    """Whether a draft's date can be read as EDTF."""
    try:
        edtf(text)
    except ValueError:
        return False
    return True


def fits_mode(event: Event) -> bool:
    """Whether the mode of an event is one of its type."""
    return event.mode is None or event.mode in MODES_OF.get(event.type, ())


def _by_kind(draft: Draft, sentences: range) -> dict[str, Iterator[str]]:
    return {
        "empty": _empty_faults(draft),
        "reference": _reference_faults(draft),
        "event": _event_faults(draft),
        "country": _country_faults(draft),
        "evidence": _evidence_faults(draft, sentences),
    }


def _empty_faults(draft: Draft) -> Iterator[str]:
    texts = {"headline": draft.headline, "bottom_line": draft.bottom_line.text}
    texts |= {f"summary {n}": statement.text for n, statement in enumerate(draft.summary, 1)}
    texts |= {f"event {n}": event.title for n, event in enumerate(draft.events, 1)}
    texts |= {f"aim {n}": aim.text for n, aim in enumerate(draft.aims, 1)}
    texts |= {f"context {n}": item.text for n, item in enumerate(draft.context, 1)}
    yield from (f"{where} says nothing" for where, text in texts.items() if not text.strip())


def _reference_faults(draft: Draft) -> Iterator[str]:
    actors, origins = [a.id for a in draft.actors], [o.id for o in draft.origins]
    for kind, ids in (("actor", actors), ("origin", origins)):
        for double in sorted({i for i in ids if ids.count(i) > 1}):
            yield f"the {kind} id {double} is used twice"
    named = [(f"event {n}", actor) for n, e in enumerate(draft.events, 1) for actor, _ in e.participants]
    named += [(f"aim {n}", actor) for n, aim in enumerate(draft.aims, 1) for actor in aim.held_by]
    for where, actor in named:
        if actor not in actors:
            yield f"{where} names the actor {actor!r}, who is not among the actors"
    via = [(f"event {n}", e.origins) for n, e in enumerate(draft.events, 1)]
    via += [(f"aim {n}", aim.origins) for n, aim in enumerate(draft.aims, 1)]
    for place, used in via:
        for origin in used:
            if origin not in origins:
                yield f"{place} names the origin {origin!r}, which is not among the origins"


def _event_faults(draft: Draft) -> Iterator[str]:
    for n, event in enumerate(draft.events, 1):
        if event.date is not None and not is_date(event.date):
            yield f"the date {event.date!r} of event {n} is not EDTF (such as 2025-08-25 or 2025-08) nor null"
        if not fits_mode(event):
            allowed = ", ".join(MODES_OF.get(event.type, ())) or "none"
            yield f"the mode {event.mode} of event {n} does not fit {event.type}; modes that do: {allowed}"


def _country_faults(draft: Draft) -> Iterator[str]:
    said = [(f"actor {n}", actor.country) for n, actor in enumerate(draft.actors, 1)]
    said += [(f"event {n}", event.country) for n, event in enumerate(draft.events, 1)]
    for where, country in said:
        if country is not None and not is_country(country):
            yield f"the country {country!r} of {where} is not an ISO 3166-1 alpha-3 code nor null"


def _evidence_faults(draft: Draft, sentences: range) -> Iterator[str]:
    cited: list[tuple[str, Evidence]] = [("bottom_line", draft.bottom_line.evidence)]
    for name, items in _groups(draft):
        cited += [(f"{name} {n}", item.evidence) for n, item in enumerate(items, 1)]
    for where, numbers in cited:
        wrong = [number for number in numbers if number not in sentences]
        if wrong:
            yield f"{where} cites sentence {wrong[0]}, but the report has sentences {sentences[0]} to {sentences[-1]}"
        elif not numbers and not where.startswith("caveat"):
            yield f"{where} cites no sentence"


class _Cites(Protocol):
    @property
    def evidence(self) -> Evidence: ...


def _groups(draft: Draft) -> Iterator[tuple[str, Sequence[_Cites]]]:
    yield from (("summary", draft.summary), ("actor", draft.actors), ("event", draft.events), ("aim", draft.aims))
    yield from (("context", draft.context), ("origin", draft.origins), ("caveat", draft.caveats))
