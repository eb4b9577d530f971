"""Keys for finding candidates: two mentions of the same one share at least one."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from ..models.draft import ActorKind
from . import bodies, persons, places
from .mention import PLACE, Mention
from .sounds import Word

_DROPPED = "aeiouyA"
_HEARD = str.maketrans("bpfvwtdTkgcqXGhsSzZQCJjlrmn", "PPPPPTTTKKKKKKKSSSSSSSSLLMM", _DROPPED)
_FAINT = str.maketrans("bpfvtdTkgcqXsSzZQCJjlrmn", "PPPPTTTKKSSKSSSSSSSSLLMM", _DROPPED + "wGh")
"""Classes of sounds that transcriptions swap, with and without those that they drop."""

_REPEATED = re.compile(r"(.)\1+")
_SIZE = 5
_LONG = 4
"""From this many classes on, a word is also found by all but one of them (Garbe's symmetric deletion)."""


@functools.lru_cache(1 << 16)
def _keys(word: Word) -> frozenset[str]:
    return frozenset(key for sounds in word.sounds for key in _of(sounds))


def _of(sounds: str) -> Iterator[str]:
    plain = sounds.replace("ng", "n")
    first = plain[0] + plain[1:].replace("h", "")
    starts = [first.translate(_HEARD), plain.translate(_FAINT)]
    if plain[0] in "jJG":
        starts.append(plain[1:].translate(_FAINT))
    for classes in dict.fromkeys(_REPEATED.sub(r"\1", start)[:_SIZE] or "V" for start in starts):
        yield classes
        if len(classes) >= _LONG:
            yield from (classes[:i] + classes[i + 1 :] for i in range(len(classes)))


@functools.lru_cache(1 << 15)
def blocking_keys(mention: Mention) -> frozenset[str]:
    """Short strings of which two mentions of the same one share at least one.

    Args:
        mention: who or what is named.
    """
    if mention.kind == ActorKind.PERSON:
        found = [w for form in persons.forms(mention) for reading in form.readings for w in reading if not w.initial]
        return frozenset(f"p{key}" for w in found for key in _keys(w))
    if mention.kind in (PLACE, ActorKind.STATE):
        return _place_keys(mention)
    return _body_keys(mention)


def _place_keys(mention: Mention) -> frozenset[str]:
    named = places.forms(mention)
    found = {f"c{form.country}" for form in named if form.country}
    found |= {f"l{form.known}" for form in named if form.known}
    return frozenset(found | {f"l{key}" for f in named for r in f.readings for w in r for key in _keys(w)})


def _body_keys(mention: Mention) -> frozenset[str]:
    named = bodies.forms(mention)
    found = {f"a{letters}" for form in named for letters in form.acronyms | form.initials}
    found |= {f"k{form.known}" for form in named if form.known}
    return frozenset(found | {f"b{key}" for form in named for w in form.reading for key in _keys(w)})
