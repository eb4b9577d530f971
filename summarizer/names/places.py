"""Names of places and states: countries by code, well-known cities by their names in CLDR, the rest by ear."""

from __future__ import annotations

import functools
from typing import NamedTuple

from ..text.folding import fold
from . import atlas
from .alignment import align
from .judged import Judged, listed, same_name
from .mention import Mention, Verdict
from .readings import Reading, readings
from .scripts import split
from .sounds import alike, alike_across
from .tables import words

PLACE_WORD = 0.83
"""Least similarity of two words of places: Izmir is not Izmit."""


class Place(NamedTuple):
    """A form of a place's name."""

    country: str | None
    """Alpha-3 code, when the place is a country."""
    known: str | None
    """Folded usual English name, when it is well known."""
    readings: tuple[Reading, ...]
    sorts: frozenset[str]
    """Words such as airport or river: what sort of place it is."""


@functools.lru_cache(1 << 14)
def place(text: str, language: str | None = None) -> Place:
    """A place's name, looked up and taken apart.

    Args:
        text: a name in any script.
        language: ISO 639 code of the text.
    """
    sorts, plain, particles = (words("places", key) for key in ("sorts", "plain", "particles"))
    written = split(text.replace(",", " "))
    kept = [w for w in written if fold(w) not in sorts | plain | particles] or written
    return Place(
        atlas.country(text, language),
        atlas.city(text, language) or atlas.city(" ".join(kept), language),
        readings(tuple(kept), language),
        frozenset(folded for w in written if (folded := fold(w)) in sorts),
    )


def judge(one: Place, other: Place) -> Judged:
    """Whether two forms can name one place."""
    if one.country and other.country:
        if one.country == other.country:
            return Judged(Verdict.SAME, 1.0, f"both are {atlas.called(one.country)}")
        both = f"{atlas.called(one.country)} is not {atlas.called(other.country)}"
        return Judged(Verdict.DIFFERENT, 0.0, both)
    if one.known and one.known == other.known:
        return _sorted(one, other, Judged(Verdict.SAME, 1.0, f"both are names of {one.known.title()}"))
    if one.known and other.known:
        return Judged(Verdict.DIFFERENT, 0.0, f"{one.known.title()} is not {other.known.title()}")
    found = [_by_ear(a, b) for a in one.readings for b in other.readings]
    return _sorted(one, other, max(found, key=lambda judged: judged.similarity))


def _sorted(one: Place, other: Place, judged: Judged) -> Judged:
    if judged.verdict is Verdict.SAME and one.sorts != other.sorts:
        sort = min(one.sorts ^ other.sorts)
        verdict = Verdict.DIFFERENT if one.sorts and other.sorts else Verdict.OPEN
        return Judged(verdict, judged.similarity, f"only one is called '{sort}'")
    return judged


def _by_ear(one: Reading, other: Reading) -> Judged:
    found = align(one, other, alike_across, PLACE_WORD)
    names = f"{listed(one)} and {listed(other)}"
    if not found.pairs or (found.left_one and found.left_other):
        best = max((alike(a, b) for a in one for b in other), default=0.0)
        return Judged(Verdict.DIFFERENT, min(best, 0.85), f"{names} are different names")
    if found.left_one or found.left_other:
        return Judged(Verdict.OPEN, found.similarity, f"of {names}, one is a part of the other")
    why = "; ".join(same_name(found.one[p.one], found.other[p.other]) for p in found.pairs)
    return Judged(Verdict.SAME, found.similarity, why)


def forms(mention: Mention) -> tuple[Place, ...]:
    """The forms of a mention, English first."""
    named = (place(mention.name),) if mention.name else ()
    return (*named, place(mention.wording, mention.language)) if mention.wording else named
