"""What makes a reply that fits the schema still wrong: checked before it is accepted, so that it can be asked again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..models.countries import ALPHA2_OF
from ..models.dates import edtf
from ..models.draft import Draft, Event
from ..models.plover import MODES_OF


def draft_faults(draft: Draft, sentences: int) -> list[str]:
    """The faults of a draft, as sentences for the engine that made it; empty when there are none.

    Args:
        draft: a reply that fits the schema.
        sentences: how many sentences the report has.
    """
    return [*_reference_faults(draft), *_event_faults(draft), *_country_faults(draft), *_evidence_faults(draft, sentences)]


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


def _reference_faults(draft: Draft) -> Iterator[str]:
    actors, origins = [a.id for a in draft.actors], [o.id for o in draft.origins]
    for kind, ids in (("actor", actors), ("origin", origins)):
        for double in sorted({i for i in ids if ids.count(i) > 1}):
            yield f"the {kind} id {double} is used twice"
    named = [(f"event {n}", p.actor) for n, e in enumerate(draft.events, 1) for p in e.participants]
    named += [(f"aim {n}", actor) for n, aim in enumerate(draft.aims, 1) for actor in aim.held_by]
    for where, actor in named:
        if actor not in actors:
            yield f"{where} names the actor {actor!r}, who is not among the actors"
    for n, item in enumerate((*draft.events, *draft.aims), 1):
        for origin in item.origins:
            if origin not in origins:
                where = f"event {n}" if n <= len(draft.events) else f"aim {n - len(draft.events)}"
                yield f"{where} names the origin {origin!r}, which is not among the origins"


def _event_faults(draft: Draft) -> Iterator[str]:
    for n, event in enumerate(draft.events, 1):
        if event.date is not None and not is_date(event.date):
            yield f"the date {event.date!r} of event {n} is not EDTF (such as 2025-08-25 or 2025-08) nor null"
        if not fits_mode(event):
            allowed = ", ".join(MODES_OF.get(event.type, ())) or "none"
            yield f"the mode {event.mode} of event {n} does not fit {event.type}; modes that do: {allowed}"


def _country_faults(draft: Draft) -> Iterator[str]:
    for where, items in (("actor", draft.actors), ("event", draft.events)):
        for n, item in enumerate(items, 1):
            if item.country is not None and item.country not in ALPHA2_OF:
                yield f"the country {item.country!r} of {where} {n} is not an ISO 3166-1 alpha-3 code nor null"


def _evidence_faults(draft: Draft, sentences: int) -> Iterator[str]:
    groups: tuple[tuple[str, Iterable[object]], ...] = (
        ("bottom_line", (draft.bottom_line,)), ("summary", draft.summary), ("actor", draft.actors),
        ("event", draft.events), ("aim", draft.aims), ("context", draft.context), ("origin", draft.origins),
        ("caveat", draft.caveats),
    )  # fmt: skip
    for name, items in groups:
        for n, item in enumerate(items, 1):
            cited: tuple[int, ...] = item.evidence  # type: ignore[attr-defined]
            wrong = [number for number in cited if not 1 <= number <= sentences]
            if wrong:
                yield f"{name} {n} cites sentence {wrong[0]}, but the report has sentences 1 to {sentences}"
            elif not cited and name != "caveat":
                yield f"{name} {n} cites no sentence"
