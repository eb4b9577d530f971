"""Who of those recognised takes part in the main event, as actors of a draft, and who is only background."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...models.draft import Actor, ActorKind
from ...models.plover import SYMMETRIC, EventContext, EventType, Sector
from .extraction import Findings
from .organizations import Body

_MOST = {ActorKind.PERSON: 15, ActorKind.STATE: 6, ActorKind.ORGANIZATION: 6, ActorKind.GROUP: 3, ActorKind.ASSET: 4}
_VAGUE = frozenset({"ministry", "army"})
"""Kinds of organization that are left out when nothing says whose they are."""
_AIMED = frozenset({
    EventType.ASSAULT, EventType.COERCE, EventType.SANCTION, EventType.THREATEN, EventType.ACCUSE, EventType.REJECT,
    EventType.REQUEST, EventType.AID, EventType.SUPPORT, EventType.CONCEDE,
})  # fmt: skip
"""Types that one side does to another."""
_CONTEXT_OF = {
    Sector.MIL: EventContext.MILITARY, Sector.SPY: EventContext.INTELLIGENCE, Sector.JUD: EventContext.LEGAL,
}  # fmt: skip
_CONTEXT_CUES = {
    "migration": EventContext.MIGRATION, "economic": EventContext.ECONOMIC, "election": EventContext.ELECTION,
    "terrorism": EventContext.TERRORISM, "disaster": EventContext.ENVIRO_DISASTER, "disease": EventContext.DISEASE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """Someone or something recognised, not yet numbered."""

    name: str
    wording: str
    kind: ActorKind
    sector: Sector | None
    role: str | None
    country: str | None
    sentences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cast:
    """Actors of the draft, the ids of those who do it, those it is done to and those present, and the background."""

    actors: tuple[Actor, ...]
    doing: tuple[str, ...]
    undergoing: tuple[str, ...]
    attending: tuple[str, ...]
    background: tuple[Candidate, ...]


def cast(found: Findings) -> Cast:
    """The actors of a report: those of its event; where none was recognised, and no opinion, persons with a title."""
    candidates = sorted((*_persons(found), *_bodies(found), *_states(found)), key=lambda c: c.sentences[0])
    chosen: list[Candidate] = []
    rest: list[Candidate] = []
    for candidate in candidates:
        room = sum(c.kind == candidate.kind for c in chosen) < _MOST[candidate.kind]
        (chosen if room and _takes_part(candidate, found) else rest).append(candidate)
    actors = tuple(_actor(f"A{number}", candidate, found) for number, candidate in enumerate(chosen, 1))
    doing, undergoing, attending = _roles(actors, found)
    background = tuple(c for c in rest if c.kind != ActorKind.STATE)
    return Cast(actors, doing, undergoing, attending, background)


def contexts(found: Findings, actors: Sequence[Actor]) -> tuple[EventContext, ...]:
    """What the main event is about: by the sectors of its actors and by words in the sentences that tell it."""
    by_sector = [_CONTEXT_OF[actor.sector] for actor in actors if actor.sector in _CONTEXT_OF]
    passages = found.event.passages if found.event else ()
    cues = [hit.key for passage in passages for hit in found.lexicon.cues.find(passage)]
    return tuple(dict.fromkeys([*by_sector, *(_CONTEXT_CUES[cue] for cue in cues if cue in _CONTEXT_CUES)]))


def _persons(found: Findings) -> Iterable[Candidate]:
    for person in found.persons:
        yield Candidate(
            person.name, person.wording, ActorKind.PERSON, person.sector, person.role, person.country, person.sentences
        )


def _bodies(found: Findings) -> Iterable[Candidate]:
    """Organizations and ships, each once; one without a country is the one of its kind that has one."""
    groups: dict[tuple[str, str | None], list[Body]] = {}
    for body in found.bodies:
        groups.setdefault((body.key, body.country), []).append(body)
    for key, country in list(groups):
        owned = [other for other in groups if other != (key, country) and _is_closer(other, key, country)]
        if len(owned) == 1:
            groups[owned[0]] += groups.pop((key, country))
        elif key in _VAGUE and country is None:
            del groups[key, country]
    for (_, country), bodies in groups.items():
        full = [body for body in bodies if body.country == country] or bodies
        forms = Counter(body.wording for body in full)
        named = min(full, key=lambda b: (-forms[b.wording], b.key in _VAGUE, len(b.wording)))
        numbers = tuple(sorted({body.passage.number for body in bodies}))
        yield Candidate(named.name, named.wording, named.kind, named.sector, None, country, numbers)


def _is_closer(other: tuple[str, str | None], key: str, country: str | None) -> bool:
    """Whether another organization is what a vaguer name (`the ministry`, `the army`) means."""
    is_kind = other[0] == key or (key == "ministry" and other[0].startswith("ministry_"))
    is_kind = is_kind or (key == "army" and other[0] == "national_army")
    return is_kind and (country is None or (country == other[1] and other[0] != key))


def _states(found: Findings) -> Iterable[Candidate]:
    """Countries that a report names other than as the place where something is, or repeatedly by their adjective."""
    acting = [m for m in found.places if m.kind == "country" and not m.is_locative]
    adjectives = [m for m in found.places if m.kind == "adjective" and _tells(m.passage.number, found)]
    for code in dict.fromkeys(m.country for m in (*acting, *adjectives)):
        mine = [m for m in acting if m.country == code]
        if not mine:
            mine = [m for m in adjectives if m.country == code]
            if len(mine) < 2:
                continue
        wording = min((m.wording for m in mine), key=len)
        numbers = tuple(dict.fromkeys(m.passage.number for m in mine))
        yield Candidate(mine[0].name, wording, ActorKind.STATE, Sector.GOV, None, code, numbers)


def _takes_part(candidate: Candidate, found: Findings) -> bool:
    """Whether someone takes part: persons and ships when named outside the background, others with the event."""
    present = [number for number in candidate.sentences if number not in found.past]
    if found.event is None:
        is_titled = candidate.kind == ActorKind.PERSON and candidate.role is not None
        return is_titled and bool(present) and not found.is_opinion
    if candidate.kind in (ActorKind.PERSON, ActorKind.ASSET):
        return bool(present)
    return any(_tells(number, found) for number in present)


def _tells(number: int, found: Findings) -> bool:
    """Whether a sentence tells the main event: it has a cue of its type, or is one of the first."""
    lead = {passage.number for passage in found.reading.passages[:2]}
    return number in lead or (found.event is not None and number in found.event.mentioned)


def _actor(id_: str, candidate: Candidate, found: Findings) -> Actor:
    current = [number for number in candidate.sentences if number not in found.past] or list(candidate.sentences)
    return Actor(
        id=id_,
        name=candidate.name,
        name_in_source=candidate.wording,
        kind=candidate.kind,
        sector=candidate.sector,
        role=candidate.role,
        affiliation=None,
        country=candidate.country,
        evidence=tuple(current[:3]),
    )


def _roles(actors: Sequence[Actor], found: Findings) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    if found.event is None:
        return (), (), ()
    first = next((n for n in found.told if any(n in actor.evidence for actor in actors)), None)
    leading = [actor for actor in actors if first in actor.evidence]
    others = [actor for actor in actors if actor not in leading]
    if found.event.type in SYMMETRIC:
        return _ids(leading), (), _ids(others)
    if found.event.type in _AIMED:
        return _ids(leading[:1]), _ids(leading[1:]), ()
    return _ids(leading), (), ()


def _ids(actors: Iterable[Actor]) -> tuple[str, ...]:
    return tuple(actor.id for actor in actors)
