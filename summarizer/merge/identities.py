"""Which origins of several reports are one: the institution behind a channel, a person, an agency, under any name.

A ministry's statement, its post and its spokesperson's briefing are one origin; so is the official word of a person and
that of the body to which a report says that the person belongs, because neither confirms the other. An interview is the
person's own word, the same person's in every report. Unnamed sources are never taken for the same by their
descriptions: "a senior official" fits many.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ..models.brief import Actor, Origin
from ..models.draft import ActorKind, OriginKind
from ..names import PLACE, Comparison, Mention, Verdict, blocking_keys, compare
from ..names.bodies import body as parts_of
from ..names.concepts import concept
from ..text.folding import fold
from .attribution import OWN
from .linked import Linked, Ref, Report

LIKE = 0.75
"""Similarity from which a name that is a part of another's is taken for it, when no other candidate is."""

_CHANNEL = (
    r"(?:statements?|announcements?|posts?|accounts?|communiqu[eé]s?|releases?|conferences?|services?|briefings?"
    r"|address(?:es)?|speech(?:es)?|remarks?|messages?|tweets?|bulletins?|reports?|tall(?:y|ies)|figures?"
    r"|websites?|web sites?|pages?|channels?|broadcasts?|spokes(?:person|people|man|men|woman|women)"
    r"|representatives?|officials?)"
)
_MEDIUM = (
    r"(?:social[- ]media|facebook|twitter|x|telegram|instagram|radio|audio|video|written|official|joint|press|news)"
)
_OF = re.compile(rf"^(?:the |an? )?(?:{_MEDIUM} )*{_CHANNEL} (?:of|by|from) (?:the )?", re.IGNORECASE)
_ITS = re.compile(
    rf"(?:(?:['’]s?)?(?: {_MEDIUM})*(?: {_CHANNEL})+(?: (?:on|in|to|by|at|from) .*)?|['’]s? office)$", re.IGNORECASE
)
_ASIDE = re.compile(r"\s*[(（]([^()（）]*)[)）]")
_PLACE = re.compile(r"^(?P<name>.+?) in (?P<place>[^\W\d_a-z]\S*(?: [^\W\d_a-z]\S*)*)$")
_SPOKEN = (OriginKind.INTERVIEW, OriginKind.EYEWITNESS)
_OFFICIAL = (OriginKind.OFFICIAL_STATEMENT, OriginKind.SOCIAL_MEDIA)
CARRIERS = (OriginKind.NEWS_AGENCY, OriginKind.MEDIA)


class Key(NamedTuple):
    """An origin of a brief: ids of its document and its own."""

    document: str
    origin: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who an origin is.

    Args:
        key: which origin.
        kind: of it.
        mention: its name without channel and place.
        country: of it, when its name or the report tells.
        place: where it sits, when its name tells.
        actor: the actor of the brief that it is.
        body: the institution for which a person speaks officially.
    """

    key: Key
    kind: OriginKind
    mention: Mention
    country: str | None = None
    place: Mention | None = None
    actor: Ref | None = None
    body: Mention | None = None

    @property
    def located(self) -> bool:
        """Whether it is known whose it is."""
        return bool(self.country or self.place)


class Same(NamedTuple):
    """Two origins that are one, and why."""

    one: Key
    other: Key
    why: str


def identities(linked: Linked) -> Iterator[Identity]:
    """Who the origins of all briefs are, as far as they are named; a report's own work is its outlet's."""
    for report in linked.reports:
        outlet = report.brief.document.outlet
        if outlet:
            mention = Mention(outlet, None, ActorKind.ORGANIZATION)
            yield Identity(Key(report.id, OWN), OriginKind.MEDIA, mention)
        for origin in report.brief.origins:
            if origin.kind is not OriginKind.UNNAMED_SOURCE:
                yield _identity(report, origin)


def plain_name(name: str) -> str:
    """The institution or person in an origin's name: "Ministry's post on a network" is "Ministry".

    Args:
        name: in English.
    """
    bare = " ".join(_ASIDE.sub(" ", name).split(",")[0].split())
    bare = _OF.sub("", bare)
    return _ITS.sub("", bare) or bare


def _identity(report: Report, origin: Origin) -> Identity:
    key = Key(report.id, origin.id)
    if origin.kind is OriginKind.DOCUMENT:
        return Identity(key, origin.kind, Mention(fold(origin.name), None, ActorKind.ORGANIZATION))
    plain = plain_name(origin.name)
    place = _PLACE.match(plain)
    plain = place["name"] if place else plain
    where = Mention(place["place"], None, PLACE) if place else None
    actor = None if origin.kind in CARRIERS else _actor(report, plain)
    if actor is not None:
        body = _body(actor) if origin.kind in _OFFICIAL else None
        mention = Mention(actor.name, None, actor.kind, actor.role, actor.affiliation, actor.country)
        return Identity(key, origin.kind, mention, actor.country, where, Ref(report.id, actor.id), body)
    if origin.kind in _SPOKEN:
        return Identity(key, origin.kind, Mention(plain, None, ActorKind.PERSON))
    acronym = _ASIDE.search(origin.name)
    name = f"{plain} ({acronym[1]})" if acronym and acronym[1].isupper() else plain
    return Identity(key, origin.kind, Mention(name, None, ActorKind.ORGANIZATION), parts_of(name).country, where)


def _actor(report: Report, plain: str) -> Actor | None:
    """The actor that a name means: called the same, or the one person with that surname."""
    name = fold(plain)
    same = [a for a in report.brief.actors if fold(a.name) == name]
    if same:
        return same[0]
    words = set(name.split())
    people = [a for a in report.brief.actors if a.kind is ActorKind.PERSON and words.issuperset(fold(a.name).split())]
    if not people and len(words) < 3:
        surname = name.split()[-1]
        people = [a for a in report.brief.actors if a.kind is ActorKind.PERSON and surname == fold(a.name).split()[-1]]
    return people[0] if len(people) == 1 else None


def _body(actor: Actor) -> Mention | None:
    if actor.kind is not ActorKind.PERSON or not actor.affiliation:
        return None
    return Mention(actor.affiliation, None, ActorKind.ORGANIZATION, country=actor.country)


def same_origins(linked: Linked) -> tuple[Same, ...]:
    """The pairs of origins that are one, by their names; in a stable order.

    A name that fits several and says not whose it is ("Ministry of Defence" beside those of two countries) is joined
    to none of them.

    Args:
        linked: reports of a story.
    """
    found = list(identities(linked))
    judged = dict(_judged(found, linked))
    candidates: dict[int, set[int]] = defaultdict(set)
    for a, b in judged:
        candidates[a].add(b)
        candidates[b].add(a)
    across = (
        Same(found[a].key, found[b].key, each.why)
        for (a, b), each in judged.items()
        if _certain(found, candidates, a, b) and (each.verdict is Verdict.SAME or _closed(candidates, a, b))
    )
    return (*_within(found, linked), *across)


def _certain(found: Sequence[Identity], candidates: Mapping[int, set[int]], a: int, b: int) -> bool:
    """Whether neither of two origins is without a country and fits those of several."""
    countries = ({found[n].country for n in candidates[side]} - {None} for side in (a, b) if not found[side].country)
    return all(len(each) < 2 for each in countries)


def _closed(candidates: Mapping[int, set[int]], a: int, b: int) -> bool:
    """Whether all that fits one of two origins fits the other."""
    return candidates[a] - {b} == candidates[b] - {a}


def _within(found: Sequence[Identity], linked: Linked) -> Iterator[Same]:
    """Origins of one brief: the same under two channels, or a short name ("Ministry") of the only one that it fits."""
    by_report: dict[str, list[Identity]] = defaultdict(list)
    for identity in found:
        by_report[identity.key.document].append(identity)
    for group in by_report.values():
        keys = [_keys(identity, linked) for identity in group]
        for a, b in itertools.combinations(range(len(group)), 2):
            if keys[a].isdisjoint(keys[b]):
                continue
            one, other = group[a], group[b]
            judged = _judge(one, other)
            if judged.verdict is Verdict.SAME or (judged.verdict is Verdict.OPEN and _only(group, one, other)):
                yield Same(one.key, other.key, judged.why)


def _only(group: Sequence[Identity], one: Identity, other: Identity) -> bool:
    """Whether two official channels are meant of which the shorter name fits nothing but the other."""
    if one.kind not in _OFFICIAL or other.kind not in _OFFICIAL:
        return False
    short = min((one, other), key=lambda each: len(each.mention.name or ""))
    fitting = [i for i in group if i is not short and _judge(short, i).verdict is not Verdict.DIFFERENT]
    return len(fitting) == 1


def _judged(found: Sequence[Identity], linked: Linked) -> Iterator[tuple[tuple[int, int], Comparison]]:
    """Pairs of origins of different reports that can be one: the same, or open with names much alike."""
    holders: dict[str, list[int]] = defaultdict(list)
    for number, identity in enumerate(found):
        for key in _keys(identity, linked):
            holders[key].append(number)
    pairs = {pair for numbers in holders.values() for pair in itertools.combinations(numbers, 2)}
    languages = {report.id: report.brief.document.language for report in linked.reports}
    for a, b in sorted(pairs):
        one, other = found[a], found[b]
        if one.key.document == other.key.document:
            continue
        if one.actor and other.actor and linked.actor_of.get(one.actor, -1) == linked.actor_of.get(other.actor, -2):
            yield (a, b), Comparison(Verdict.SAME, 1.0, "the same actor")
            continue
        home = languages[one.key.document] == languages[other.key.document]
        if _bare(one) and _bare(other) and not home:
            continue  # the ministry of each report's own country
        judged = _judge(one, other)
        surname = ActorKind.PERSON in (one.mention.kind, other.mention.kind)
        part = judged.verdict is Verdict.OPEN and judged.similarity >= LIKE and not surname
        if judged.verdict is Verdict.SAME or part:
            yield (a, b), judged


def _bare(identity: Identity) -> bool:
    """Whether a name is of one or two common words ("Foreign Ministry") and says not whose."""
    if identity.located or identity.mention.kind is ActorKind.PERSON or identity.kind in CARRIERS:
        return False
    words = (identity.mention.name or "").split()
    return len(parts_of(identity.mention.name or "").reading) < 3 and all(concept(word) is not None for word in words)


def _keys(identity: Identity, linked: Linked) -> set[str]:
    if identity.kind is OriginKind.DOCUMENT:
        return {f"={identity.mention.name}"}
    found = set(blocking_keys(identity.mention))
    if identity.actor is None:
        found |= blocking_keys(replace(identity.mention, kind=ActorKind.PERSON))
    if identity.body is not None:
        found |= blocking_keys(identity.body)
    if identity.actor is not None and identity.actor in linked.actor_of:
        found.add(f"={linked.actor_of[identity.actor]}")
    return found


_DIFFERENT = Comparison(Verdict.DIFFERENT, 0.0, "")


def _judge(one: Identity, other: Identity) -> Comparison:
    """Whether two origins are one."""
    if OriginKind.DOCUMENT in (one.kind, other.kind):
        same = one.kind is other.kind and one.mention.name == other.mention.name
        return Comparison(Verdict.SAME, 1.0, "documents of one name") if same else _DIFFERENT
    if (one.kind in CARRIERS) != (other.kind in CARRIERS):
        return _DIFFERENT
    if one.place and other.place and compare(one.place, other.place).verdict is Verdict.DIFFERENT:
        return _DIFFERENT
    first, second = one.mention, other.mention
    people = (first.kind is ActorKind.PERSON) + (second.kind is ActorKind.PERSON)
    if people == 1:
        if _speaks_for(one, other) or _speaks_for(other, one):
            return Comparison(Verdict.SAME, 1.0, "one speaks for the other")
        if one.actor and other.actor:
            return _DIFFERENT
        first, second = replace(first, kind=ActorKind.PERSON), replace(second, kind=ActorKind.PERSON)
    return compare(first, second)


def _speaks_for(person: Identity, body: Identity) -> bool:
    """Whether a report's person belongs to an institution, of the same country as far as two reports are concerned."""
    if person.body is None or body.kind not in _OFFICIAL:
        return False
    if person.key.document != body.key.document and (not person.country or person.country != body.country):
        return False
    return compare(person.body, body.mention).verdict is Verdict.SAME
