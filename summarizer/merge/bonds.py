"""What binds two actors of different reports, or keeps them apart: their names and how they are described."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from ..models.brief import Actor, Match
from ..models.draft import ActorKind
from ..models.plover import Sector
from ..names import Comparison, Mention, Verdict, atlas, blocking_keys, compare, concepts
from ..text.folding import fold
from .wording import stem, wording

ALIKE = 0.75
"""Least likeness of two descriptions of the same one."""
BARE = 0.95
"""Least likeness of a single name to the part of a full name that it may be."""

_ALIAS = re.compile(
    r"(?:known as|alias|aka|a\.k\.a\.|nom de guerre|real name)\s+[\"'“‘]?((?:[^\W\d_a-z][\w’'-]*\s?){1,3})"
)
_BRACKETED = re.compile(r"\(([^)]+)\)")
_NAME_WORD = re.compile(r"[^\W\d_][\w’'.-]*")
_PARTICLES = frozenset(
    "a al as ad ar an ash el ul bin ben ibn bint abu umm de da do dos das del della di du la le les lo van von der den "
    "ter ten zu zur of the and for in on at to y e i und et".split()
)
"""Words without a capital that stand in names."""
_PARTICLE = re.compile(rf"(?:{'|'.join(sorted(_PARTICLES))})[-'’]", re.IGNORECASE)
_NAMELESS = frozenset("unnamed unknown unidentified anonymous".split())
_NATIONALS = frozenset(map(stem, "citizens people population nationals public voters inhabitants".split()))
"""Stems that say no more of a group than the name of its country does."""
_RULERS = frozenset(map(stem, "government authorities side leadership".split()))
"""Stems of those who act for a state."""
_BODIES = frozenset({ActorKind.STATE, ActorKind.ORGANIZATION, ActorKind.GROUP})


class Tie(Enum):
    """What two actors are to each other."""

    SAME = "same"
    PART = "part"
    """One is named or described by a part of what the other is: the same one only where no second candidate is."""
    UNKNOWN = "unknown"
    CONTRARY = "contrary"


class Bond(NamedTuple):
    """What two actors are to each other, how strongly (from 0 to 1), and why."""

    tie: Tie
    strength: float = 0.0
    why: str = ""


_UNKNOWN = Bond(Tie.UNKNOWN)
_CONTRARY = Bond(Tie.CONTRARY)


@dataclass(frozen=True, slots=True)
class Known:
    """What an actor is compared by.

    Args:
        mentions: its name, and others that its name or role tells.
        is_named: whether its name is a proper name and no description.
        is_bare: whether it is a person with a single name.
        described: stems of its name, without its country.
        office: stems of its name, role and affiliation, without its country.
        sector: PLOVER sector.
        keys: of its name; those of names that are one, or of which one is a part of the other, have one in common.
        tokens: the same for all that two actors can be one by: names, words of descriptions, countries.
        is_nation: whether it is a country's people, or all that is said of it is its country.
        is_government: whether it is a country's government.
    """

    mentions: tuple[Mention, ...]
    is_named: bool
    is_bare: bool
    described: frozenset[str]
    office: frozenset[str]
    sector: Sector | None
    keys: frozenset[str]
    tokens: frozenset[str]
    is_nation: bool
    is_government: bool

    @property
    def name(self) -> str:
        """In English."""
        return self.mentions[0].name or ""

    @property
    def kind(self) -> str:
        """Person, organization, state, group or asset."""
        return str(self.mentions[0].kind)

    @property
    def is_person(self) -> bool:
        """Whether it is a person."""
        return self.kind == ActorKind.PERSON

    @property
    def country(self) -> str | None:
        """Alpha-3 code."""
        return self.mentions[0].country


def known(actor: Actor, language: str) -> Known:
    """What an actor of a report in this language is compared by."""
    named = is_named(actor.name, actor.kind, actor.role)
    is_person, is_state = actor.kind is ActorKind.PERSON, actor.kind is ActorKind.STATE
    described, told = _stems(actor.name)
    office = described | _stems(f"{actor.role or ''} {actor.affiliation or ''}")[0]
    country = actor.country or (None if is_person else told)
    mentions = tuple(_mentions(actor, country, language if named else None))
    keys = frozenset(key for mention in mentions for key in blocking_keys(mention)) if named else frozenset[str]()
    nation = actor.kind is ActorKind.GROUP and country is not None and described <= _NATIONALS
    government = not is_state and country is not None and bool(described) and described <= _RULERS
    of_country = [f"of {country}"] if is_state or nation or government else []
    return Known(
        mentions=mentions,
        is_named=named,
        is_bare=named and is_person and len(_name_words(actor.name)) == 1,
        described=described,
        office=office,
        sector=actor.sector,
        keys=keys,
        tokens=keys.union(of_country, (f"stem {stem}" for stem in office)),
        is_nation=nation,
        is_government=government,
    )


def _mentions(actor: Actor, country: str | None, language: str | None) -> Iterator[Mention]:
    """An actor's name, spelled as in the source if it is one (`language` is given), and names that its role tells."""
    found = actor.name_in_source
    source = found.text if language and found.match is not Match.UNSUPPORTED else None
    yield Mention(actor.name, source, actor.kind, actor.role, actor.affiliation, country, language)
    if actor.kind is ActorKind.PERSON:
        for name in (*_BRACKETED.findall(actor.name), *_ALIAS.findall(actor.role or "")):
            yield Mention(name.strip(), None, actor.kind, country=country)


def is_named(name: str, kind: ActorKind, role: str | None = None) -> bool:
    """Whether an English name is a proper name and no description.

    >>> is_named("Ursula von der Leyen", ActorKind.PERSON), is_named("duty officer", ActorKind.PERSON)
    (True, False)
    >>> is_named("Free Reefs Front", ActorKind.GROUP), is_named("Gunmen", ActorKind.GROUP)
    (True, False)
    """
    words = _name_words(_BRACKETED.sub(" ", name))
    if not words or fold(words[0]) in _NAMELESS or any(_PARTICLE.sub("", word)[:1].islower() for word in words):
        return False
    if kind is ActorKind.GROUP:
        return len(words) > 1
    return kind is not ActorKind.PERSON or fold(name) != fold(role or "")


def _name_words(name: str) -> list[str]:
    return [word for word in _NAME_WORD.findall(name) if fold(word) not in _PARTICLES]


@functools.lru_cache(1 << 14)
def _stems(text: str) -> tuple[frozenset[str], str | None]:
    """Stems of a description without its country and without what says that there is no name; the country."""
    words = _NAME_WORD.findall(text)
    kept, country, at = list[str](), None, 0
    while at < len(words):
        size = next((n for n in (2, 1) if _country(" ".join(words[at : at + n]))), 0)
        if size:
            country = country or _country(" ".join(words[at : at + size]))
        elif fold(words[at]) not in _NAMELESS:
            kept.append(words[at])
        at += size or 1
    return wording(" ".join(kept)).stems, country


def _country(words: str) -> str | None:
    """The country that English words name, or whose people they name; a word without a capital names none."""
    if not words[:1].isupper():
        return None
    one = words.removesuffix("s") if len(words) > 4 else words
    return next((code for name in (words, one, f"{one}y") if (code := atlas.country(name, "en"))), None)


def bond(one: Known, other: Known) -> Bond:
    """What two actors of different reports are to each other."""
    if one.is_person != other.is_person:
        return _CONTRARY
    if one.country == other.country and (one.is_nation or other.is_nation or one.is_government or other.is_government):
        found = _of_country(one, other)
        if found is not None:
            return found
    if one.is_named and other.is_named:
        return _persons(one, other) if one.is_person else _bodies(one, other)
    if one.country and other.country and one.country != other.country:
        return _CONTRARY
    if one.is_person and (one.is_named or other.is_named):
        return _office(one, other) if one.is_named else _office(other, one)
    return _descriptions(one, other)


def _of_country(one: Known, other: Known) -> Bond | None:
    """What is said by the country: its people by different words, or its government and itself."""
    if one.is_nation and other.is_nation:
        return Bond(Tie.SAME, 0.8, f"'{one.name}' and '{other.name}' are a country's people")
    if ActorKind.STATE not in (one.kind, other.kind):
        return _UNKNOWN if one.is_nation or other.is_nation else None
    if one.is_government or other.is_government:
        return Bond(Tie.PART, 0.85, f"'{one.name}' and '{other.name}' act for one state")
    return None


def _persons(one: Known, other: Known) -> Bond:
    if one.keys.isdisjoint(other.keys):
        return _CONTRARY
    pairs = itertools.product(one.mentions, other.mentions)
    first = compare(*next(pairs))
    if first.verdict is Verdict.SAME:
        tie = Tie.PART if one.is_bare and other.is_bare else Tie.SAME
        return Bond(tie, first.similarity, first.why)
    aliases = [found for pair in pairs if (found := compare(*pair)).verdict is Verdict.SAME]
    if aliases:
        best = max(aliases, key=lambda found: found.similarity)
        return Bond(Tie.PART, best.similarity, f"by another name {best.why}")
    if first.verdict is Verdict.OPEN and first.similarity >= BARE:
        return Bond(Tie.PART, first.similarity, first.why)
    return _CONTRARY


def _bodies(one: Known, other: Known) -> Bond:
    if not one.keys.isdisjoint(other.keys):
        found = compare(one.mentions[0], other.mentions[0])
        if found.verdict is Verdict.SAME:
            return Bond(Tie.SAME, found.similarity, found.why)
        if found.verdict is Verdict.OPEN:
            return _part(one, other, found)
    if one.country and other.country and one.country != other.country:
        return _CONTRARY
    kinds = {one.kind, other.kind}
    translated = one.described & other.described and kinds <= _BODIES
    return _UNKNOWN if translated or (ActorKind.STATE in kinds and len(kinds) > 1) else _CONTRARY


def _part(one: Known, other: Known, found: Comparison) -> Bond:
    """A name that is a part of another's: 'navy' may be 'Sarvona Navy', but a party is not its youth wing."""
    shorter = min((_name_words(each.name) for each in (one, other)), key=len)
    generic = all(concepts.concept(word) is not None for word in shorter)
    if generic or ActorKind.ASSET in (one.kind, other.kind):
        return Bond(Tie.PART, found.similarity, found.why)
    return Bond(Tie.UNKNOWN, found.similarity)


def _office(named: Known, described: Known) -> Bond:
    """A person by name and one by office: 'the defence minister' may be the one whose role is that."""
    if len(described.described) > 1 and described.described <= named.office - named.described:
        return Bond(Tie.PART, 0.8, f"'{described.name}' is the office of {named.name}")
    return _UNKNOWN


def _descriptions(one: Known, other: Known) -> Bond:
    """Two of whom one at least is described: by the words."""
    first, second = one.described, other.described
    shared = len(first & second)
    if not shared or (shared == 1 and one.is_person):
        return _UNKNOWN
    names = f"'{one.name}' and '{other.name}'"
    likeness = 2 * shared / (len(first) + len(second))
    if likeness >= ALIKE:
        return Bond(Tie.SAME, likeness, f"{names} describe the same")
    if shared == min(len(first), len(second)):
        return Bond(Tie.PART, likeness, f"of {names}, one says more than the other")
    return _UNKNOWN


def may_take_one_part(one: Known, other: Known, bound: Bond) -> bool:
    """Whether nothing speaks against two actors being one who plays the same part in the same event.

    Args:
        one: an actor.
        other: another.
        bound: what they are to each other.
    """
    if one.country and other.country and one.country != other.country:
        return False
    if one.is_person and ((one.is_named and other.is_named) or one.sector is not other.sector):
        return False
    if one.kind != other.kind and not {one.kind, other.kind} <= _BODIES:
        return False
    return bound.tie is not Tie.CONTRARY
