"""Whether one place lies in another, is the same, or cannot be the same: by the words of their English names alone."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import NamedTuple

from ..names import atlas
from ..text.folding import fold
from .agreement import Relation

_GROUNDS = {
    word: kind
    for kind, words in {
        "port": "port harbour harbor dock docks quay pier",
        "airport": "airport airfield airbase",
        "prison": "prison jail penitentiary",
        "hospital": "hospital clinic",
        "school": "school university",
        "worship": "church mosque synagogue cathedral temple",
        "station": "station",
        "stadium": "stadium",
        "headquarters": "headquarters",
        "embassy": "embassy consulate",
        "palace": "palace",
        "parliament": "parliament",
        "factory": "factory refinery plant",
        "beach": "beach",
    }.items()
    for word in words.split()
}
"""Words for grounds that have a use of their own, so that one of them is none of the others."""
_SHARED = (frozenset({"palace", "parliament"}), frozenset({"palace", "headquarters"}), frozenset({"embassy", "palace"}),
           frozenset({"headquarters", "parliament"}), frozenset({"headquarters", "embassy"}),
           frozenset({"headquarters", "station"}), frozenset({"headquarters", "factory"}))  # fmt: skip
"""Uses that one building can have."""
_PARTS = frozenset(
    "centre center outskirts suburb suburbs north south east west coast area room hall side edge".split()
)
"""Words for a part of the place that `of` names."""
_SMALL = frozenset("the a an of in at near off on to al el and".split())
_VAGUE = re.compile(r"^(?:near|off|outside|around|close to|towards?|between|along|over|en route)\b", re.I)
_SEVERAL = re.compile(r"\band\b|[;/]|\bor\b|\d")
_IN = re.compile(r",\s*|\s+in\s+|\s+\(|\)")
_WORD = re.compile(r"[^\W_]+")


class _Place(NamedTuple):
    """A place and what it lies in, from the smallest to the largest; sets of folded words."""

    chain: tuple[frozenset[str], ...]
    grounds: frozenset[str]
    cities: frozenset[str]
    vague: bool


def relation(one: str, other: str) -> Relation:
    """How two places stand to each other.

    >>> relation("Benghazi", "port of Benghazi"), relation("port of Benghazi", "General Command headquarters")
    (<Relation.NESTED: 'nested'>, <Relation.APART: 'apart'>)
    """
    if fold(one) == fold(other):
        return Relation.SAME
    first, second = _place(one), _place(other)
    if _SEVERAL.search(f"{one} {other}") or not first.chain or not second.chain:
        return Relation.UNKNOWN
    elsewhere = _elsewhere(first, second)
    if first.chain[0] == second.chain[0]:
        return Relation.UNKNOWN if elsewhere else Relation.SAME
    if first.vague or second.vague:
        return Relation.UNKNOWN
    if _within(first, second) or _within(second, first):
        return Relation.NESTED
    return Relation.APART if elsewhere or _other_grounds(first, second) else Relation.UNKNOWN


def _within(small: _Place, large: _Place) -> bool:
    """Whether the larger place is one of those that the smaller is said to lie in."""
    return any(part == large.chain[0] for part in small.chain[1:])


def _elsewhere(one: _Place, other: _Place) -> bool:
    """Whether each is in a well-known city and none in both."""
    return bool(one.cities and other.cities) and not one.cities & other.cities


def _other_grounds(one: _Place, other: _Place) -> bool:
    if len(one.grounds) != 1 or len(other.grounds) != 1 or one.grounds == other.grounds:
        return False
    return one.grounds | other.grounds not in _SHARED


@functools.lru_cache(1 << 12)
def _place(text: str) -> _Place:
    plain = _VAGUE.sub("", text.strip())
    parts = [piece for part in _IN.split(plain) for piece in _opened(part)]
    chain = tuple(words for part in parts if (words := _words(_city(part) or part)))
    grounds = frozenset(_GROUNDS[word] for part in chain[:2] for word in part if word in _GROUNDS)
    cities = frozenset(city for part in parts if (city := _city(part)))
    return _Place(chain, grounds, cities, plain != text.strip())


def _opened(part: str) -> Sequence[str]:
    """`port of Benghazi` and `Benghazi port` as a port and Benghazi."""
    head, of, rest = part.partition(" of ")
    kind = _last(head)
    if of and (kind in _GROUNDS or kind in _PARTS):
        return head, *_opened(rest)
    kind = _last(part)
    before = part.strip().rpartition(" ")[0]
    if before and kind in _GROUNDS and _city(before):
        return kind, before
    return (part,)


def _last(text: str) -> str:
    words = _WORD.findall(fold(text))
    return words[-1] if words else ""


def _words(part: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(fold(part)) if word not in _SMALL)


def _city(part: str) -> str | None:
    """The name of a well-known city; a country is none."""
    name = re.sub(r"^\s*the\s+", "", part, flags=re.I).strip()
    return None if atlas.country(name, "en") else atlas.city(name, "en")
