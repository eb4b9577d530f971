"""Ranks, functions and types of ships in English roles: which one man, one office or one ship can have at once."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..text.folding import fold
from .agreement import Relation

_RANKS: Mapping[str, str] = {
    rank: wide
    for wide, ranks in {
        "": "field marshal;marshal;general;colonel;lieutenant colonel;major;captain;lieutenant;admiral;commodore;"
        "brigadier;sergeant;corporal;air marshal",
        "general": "colonel general;lieutenant general;major general;brigadier general",
        "admiral": "fleet admiral;vice admiral;rear admiral",
        "lieutenant": "first lieutenant;second lieutenant;sub-lieutenant",
        "sergeant": "staff sergeant;sergeant major",
        "marshal": "",
    }.items()
    for rank in ranks.split(";")
    if rank
}
"""Ranks, each with the plain one that it is also called by; empty for those that stand for themselves."""
_RANK = re.compile(
    rf"(?:[^\W\d_]+ )*?(?:(?P<before>[^\W\d_]+) )??(?P<rank>{'|'.join(sorted(_RANKS, key=len, reverse=True))})"
    r"(?: (?:of|in|for|from|at|with|who|leading|commanding|heading)\b.*)?"
)
_CIVIL = frozenset("consul secretary director attorney inspector surgeon governor solicitor auditor prosecutor".split())
"""Words before `general` that make an office of it."""
_ALSO = {
    frozenset(pair.split("/"))
    for pair in (
        "lieutenant colonel/colonel;brigadier general/brigadier;field marshal/marshal;air marshal/marshal;"
        "field marshal/general;marshal/general;colonel general/colonel;lieutenant general/lieutenant;"
        "captain/colonel;sergeant major/major;lieutenant colonel/lieutenant;major general/major;brigadier/general"
    ).split(";")
}
"""Pairs of which the one is said, or mistaken in translation, for the other."""
_SHIPS: Mapping[str, str] = {
    ship: wide
    for wide, ships in {
        "": "ship;vessel;boat",
        "ship": "warship;naval ship;navy ship;passenger ship;merchant ship;tanker;freighter;cargo ship;container ship;"
        "bulk carrier;trawler;yacht;hospital ship;icebreaker",
        "warship": "frigate;corvette;destroyer;cruiser;submarine;aircraft carrier;minesweeper;minehunter;"
        "landing ship;battleship;patrol boat;patrol ship;gunboat",
        "passenger ship": "ferry;cruise ship;ocean liner",
    }.items()
    for ship in ships.split(";")
}
"""Types of ships, each with the wider one that it belongs to."""
_CIVILIAN = frozenset("passenger ship;tanker;freighter;cargo ship;container ship;bulk carrier;trawler".split(";"))

_EARLIER = re.compile(r"\b(?:former|formerly|ex)\b", re.I)
_PASSING = re.compile(
    r"\b(?:outgoing|resigned|resigning|late|retired|ousted|dismissed|then|emeritus|acting|interim|incoming|designate|"
    r"elect|appointed|new|next|future|caretaker|co|honorary|candidate)\b",
    re.I,
)
_DEPUTY = re.compile(r"\b(?:deputy|vice|assistant|second-in-command|under)\b", re.I)
_OFFICES = "commander chief head director president chairman governor mayor king minister chancellor leader".split()
_ALIASES = {"chairwoman": "chairman", "chair": "chairman", "chairperson": "chairman", "premier": "prime minister",
            "queen": "king", "commander-in-chief": "commander", "chief commander": "commander"}  # fmt: skip
_OFFICE = re.compile(
    rf"\b(prime minister|secretary[- ]general|director[- ]general|director general|governing mayor|"
    rf"{'|'.join((*_ALIASES, *_OFFICES))})\b",
    re.I,
)
_SPLIT = re.compile(r"[;,/]|\band\b(?!\s+(?:security|defen[cs]e|commerce|culture|trade))")
_SMALL = frozenset("the of for in to a an his her its and on from at".split())
_WORD = re.compile(r"[^\W\d_]+")


class Office(NamedTuple):
    """A function that a role names.

    Args:
        name: what it is called: commander, minister.
        field: words that tell which: foreign, defence, police.
        deputy: whether it is that of a deputy.
        former: whether it is said to be over.
        passing: whether it is held for a while, or not yet.
    """

    name: str
    field: frozenset[str]
    deputy: bool
    former: bool
    passing: bool

    @property
    def title(self) -> str:
        """In plain English, such as `deputy commander`."""
        return " ".join([*(["deputy"] if self.deputy else ()), *sorted(self.field), self.name])


@functools.lru_cache(1 << 12)
def ranks(role: str) -> frozenset[str]:
    """The ranks that a role gives its holder; none of one who has left the service, nor `consul general`."""
    if _EARLIER.search(role) or _PASSING.search(role):
        return frozenset()
    found = (_RANK.fullmatch(fold(part).replace("-", " ").strip()) for part in _SPLIT.split(role))
    return frozenset(match["rank"] for match in found if match and match["before"] not in _CIVIL)


@functools.lru_cache(1 << 12)
def ships(text: str) -> frozenset[str]:
    """The types of single ships that a text names."""
    return frozenset(_named(text, tuple(_SHIPS)))


@functools.lru_cache(1 << 12)
def offices(role: str) -> tuple[Office, ...]:
    """The functions that a role names."""
    return tuple(office for part in _SPLIT.split(role) if (office := _office(part)))


def rank_relation(one: frozenset[str], other: frozenset[str]) -> Relation:
    """How the ranks of one man in two reports stand to each other; nothing is said where a report gives several."""
    if len(one) != 1 or len(other) != 1:
        return Relation.UNKNOWN
    first, second = min(one), min(other)
    if first == second:
        return Relation.SAME
    if _RANKS[first] == second or _RANKS[second] == first:
        return Relation.NESTED
    return Relation.UNKNOWN if frozenset({first, second}) in _ALSO else Relation.APART


def ship_relation(one: str, other: str) -> Relation:
    """How two types of one ship stand to each other."""
    if one == other:
        return Relation.SAME
    if other in _wider(one) or one in _wider(other):
        return Relation.NESTED
    warlike = "warship" in (*_wider(one), one) and "warship" in (*_wider(other), other)
    mixed = {"warship", *_CIVILIAN} & {one, *_wider(one)} and {"warship", *_CIVILIAN} & {other, *_wider(other)}
    if warlike or (mixed and not {one, other} & {"naval ship", "navy ship", "ship", "vessel", "boat"}):
        return Relation.APART
    return Relation.UNKNOWN


def office_relation(one: Office, other: Office) -> Relation:
    """How two functions of one person in one body stand to each other.

    Only a deputy and a principal of the same function exclude each other, and one who holds it and one who no longer
    does; two functions that differ otherwise can both be held.
    """
    if one.name != other.name or one.field != other.field or one.passing or other.passing:
        return Relation.UNKNOWN
    if one.deputy != other.deputy:
        return Relation.UNKNOWN if one.former or other.former else Relation.APART
    return Relation.APART if one.former != other.former else Relation.SAME


def _wider(ship: str) -> tuple[str, ...]:
    found = []
    while ship:
        ship = _SHIPS[ship]
        found.append(ship)
    return tuple(filter(None, found))


def _named(text: str, names: tuple[str, ...]) -> Iterator[str]:
    """The names that stand in a text; one inside a longer one does not count, nor does a plural."""
    rest = fold(text).replace("-", " ")
    for name in sorted(names, key=lambda n: (-len(n), n)):
        pattern = rf"(?<![^\W_]){name.replace('-', ' ')}(?![^\W_])"
        if re.search(pattern, rest):
            yield name
            rest = re.sub(pattern, " | ", rest)


def _office(part: str) -> Office | None:
    match = _OFFICE.search(part)
    if match is None:
        return None
    before, after = part[: match.start()], part[match.end() :]
    name = fold(match[1]).replace("-", " ")
    name = _ALIASES.get(fold(match[1]), name)
    words = _WORD.findall(fold(_EARLIER.sub(" ", _DEPUTY.sub(" ", _PASSING.sub(" ", f"{before} {after}")))))
    return Office(
        name, frozenset(words) - _SMALL, bool(_DEPUTY.search(before)), bool(_EARLIER.search(part)),
        bool(_PASSING.search(part)),
    )  # fmt: skip
