"""How alike an item of a brief and an item of a reference are: what `align` needs to say which is which.

Each measure is from 0 to 1, and its threshold stands beside it. What an item says about itself (role, affiliation,
factuality, mode) is scored on aligned pairs and does not decide which pairs there are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from ..grounding.align import Source
from ..models.brief import Actor, Aim, ContextItem, Event, Match, Quoted
from ..models.draft import ActorKind
from ..models.plover import EventType
from ..text.folding import fold, token_texts
from .attributes import dates_overlap
from .keywords import accepts
from .names import name_similarity, names_it, share_a_word, shared_words
from .references import ReferenceActor, ReferenceAim, ReferenceContext, ReferenceEvent

ACTOR_THRESHOLD = 0.7
"""Two spellings of a name have seven tenths of their letters in common."""

EVENT_THRESHOLD = 0.5
"""Half of what brief and label state about an event agrees."""

AIM_THRESHOLD = CONTEXT_THRESHOLD = 0.5
"""The keywords of an alternative occur, or, for an aim, its source wording overlaps the label's."""

SAME_TITLE = 0.5
"""An event of another type may still be the labelled one when their titles share half of their letters."""

_PART_OF_NAME = 0.75
_CLASSES = (
    {EventType.AGREE, EventType.CONSULT, EventType.SUPPORT, EventType.CONCEDE},
    {EventType.COOPERATE, EventType.AID, EventType.RETREAT},
    {EventType.REQUEST, EventType.ACCUSE, EventType.REJECT, EventType.THREATEN},
    {EventType.PROTEST, EventType.SANCTION, EventType.MOBILIZE, EventType.COERCE, EventType.ASSAULT},
)
"""PLOVER's quad classes: verbal and material cooperation, verbal and material conflict."""


def actor_similarity(actor: Actor, label: ReferenceActor) -> float:
    """The likeness of the best pair of names: English to English, source wording to source wording, across scripts.

    A person may be called by part of the name ("Haftar", "Khalifa Haftar"); nobody else may, lest an army be its
    country. Two states are one when their countries are, and never otherwise. A person that is labelled as something
    else, or the reverse, is less alike by 0.2; another kind or country by 0.01, which only breaks ties.
    """
    least = 0.0
    if actor.kind is ActorKind.STATE and ActorKind.STATE in label.kind and actor.country and label.country:
        if actor.country not in label.country:
            return 0.0
        least = _PART_OF_NAME
    by_part = actor.kind is ActorKind.PERSON and (not label.kind or ActorKind.PERSON in label.kind)
    if not least and not share_a_word((actor.name, actor.name_in_source.text), label.names + label.in_source):
        return 0.0
    best = max(least, *(_likeness(pair, by_part) for pair in _spellings(actor, label)))
    best -= 0.2 * _differ_as_persons(actor.kind, label.kind)
    best -= 0.01 * bool(label.kind and actor.kind not in label.kind)
    best -= 0.01 * bool(label.country and actor.country not in label.country)
    return max(0.0, best)


def event_similarity(event: Event, label: ReferenceEvent, actors: Mapping[str, str]) -> float:
    """The weighted mean of what brief and label both state: type 3, participants 3, title 2, date, place, country 1.

    0 unless the type is an accepted one or the titles agree (`SAME_TITLE`). A type of the same PLOVER quad class counts
    half. Participants are compared as sets, whatever their roles; dates agree when they overlap.

    Args:
        event: of the brief.
        label: of the reference.
        actors: id of the label for each id of an actor of the brief that has one.
    """
    title = name_similarity(event.title, label.title)
    if event.type not in label.type and title < SAME_TITLE:
        return 0.0
    parts = [_Part(3, _type_agreement(event.type, label.type)), _Part(2, title)]
    ours = {actors.get(participant.actor, "") for participant in event.participants}
    theirs = {participant.actor for participant in label.participants}
    if ours and theirs:
        parts.append(_Part(3, 2 * len(ours & theirs) / (len(ours) + len(theirs))))
    accepted = [date for date in label.date if date is not None]
    if event.date and accepted:
        parts.append(_Part(1, any(dates_overlap(event.date, date) for date in accepted)))
    if event.place and label.place:
        parts.append(_Part(1, names_it(event.place, label.place)))
    if event.country and label.country:
        parts.append(_Part(1, event.country in label.country))
    return sum(part.weight * part.agreement for part in parts) / sum(part.weight for part in parts)


def aim_similarity(aim: Aim, label: ReferenceAim, actors: Mapping[str, str], source: Source | None = None) -> float:
    """At least 0.8 when the English text holds the keywords or the source wordings overlap, else 0.

    The rest, up to 1, is for both of them, for a holder in common and for like texts, which only says which of several
    matches is meant. The arguments are those of `event_similarity` and `wording_agrees`.
    """
    said = accepts(label.accept, aim.text)
    quoted = wording_agrees(aim.wording_in_source, label.in_source, source)
    if not said and not quoted:
        return 0.0
    holders = {actors.get(actor, "") for actor in aim.held_by} & set(label.held_by)
    return 0.8 + 0.08 * (said and quoted) + 0.06 * bool(holders) + 0.06 * name_similarity(aim.text, label.text)


def context_similarity(item: ContextItem, label: ReferenceContext) -> float:
    """At least 0.8 when topic and text hold the keywords, else 0; the rest is for like topics and texts."""
    if not accepts(label.accept, f"{item.topic}. {item.text}"):
        return 0.0
    return 0.8 + 0.1 * name_similarity(item.topic, label.topic) + 0.1 * name_similarity(item.text, label.text)


def wording_agrees(quoted: Quoted, accepted: Collection[str], source: Source | None = None) -> bool:
    """Whether a wording of the report overlaps one of the accepted wordings; one that stands nowhere never does.

    Args:
        quoted: from the brief.
        accepted: from the label.
        source: the report; with it, wordings overlap also when their places do, and not only when one contains the
            other or two thirds of the shorter one's words are in the longer one.
    """
    if quoted.match is Match.UNSUPPORTED:
        return False
    if source is not None and quoted.start is not None and quoted.end is not None:
        found = (source.locate(wording, [(quoted.start, quoted.end)]) for wording in accepted)
        if any(place and place.start < quoted.end and quoted.start < place.end for place in found):
            return True
    return any(_words_overlap(quoted.text, wording) for wording in accepted)


class _Part(NamedTuple):
    weight: float
    agreement: float


class _Spellings(NamedTuple):
    one: str
    other: str


def _spellings(actor: Actor, label: ReferenceActor) -> Iterator[_Spellings]:
    for name in label.names:
        yield _Spellings(actor.name, name)
    for wording in label.in_source:
        yield _Spellings(actor.name_in_source.text, wording)
        yield _Spellings(actor.name, wording)


def _differ_as_persons(kind: ActorKind, accepted: Collection[ActorKind]) -> bool:
    """Whether one side is a person and the other cannot be."""
    if kind is ActorKind.PERSON:
        return bool(accepted) and kind not in accepted
    return set(accepted) == {ActorKind.PERSON}


def _likeness(pair: _Spellings, by_part: bool) -> float:
    shared = shared_words(pair.one, pair.other)
    part = by_part and (shared.covers_first or shared.covers_second)
    return max(shared.similarity, _PART_OF_NAME if part else 0.0)


def _type_agreement(one: EventType, accepted: Collection[EventType]) -> float:
    if one in accepted:
        return 1.0
    return 0.5 if any(one in kinds and kinds & set(accepted) for kinds in _CLASSES) else 0.0


def _words_overlap(one: str, other: str) -> bool:
    first, second = fold(one), fold(other)
    if not first or not second:
        return False
    if first in second or second in first:
        return True
    words, others = (set(token_texts(text, 0, len(text))) for text in (first, second))
    return bool(words and others) and 3 * len(words & others) >= 2 * min(len(words), len(others))
