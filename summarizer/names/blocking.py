"""Keys for finding candidates: two mentions of the same one share at least one."""

from __future__ import annotations

import functools
import re

from ..models.draft import ActorKind
from . import bodies, persons, places
from .mention import PLACE, Mention
from .sounds import Word

_CLASSES = str.maketrans(
    "bpfvwtdTkgcqXGhsSzZQCJjlrmn", "PPPPPTTTKKKKKKKSSSSSSSSLLMM", "aeiouy"
)
_REPEATED = re.compile(r"(.)\1+")


@functools.lru_cache(1 << 16)
def _keys(word: Word) -> frozenset[str]:
    return frozenset(_REPEATED.sub(r"\1", sounds.translate(_CLASSES))[:4] or sounds[:1] for sounds in word.sounds)


@functools.lru_cache(1 << 15)
def blocking_keys(mention: Mention) -> frozenset[str]:
    """Short strings of which two mentions of the same one share at least one.

    Args:
        mention: who or what is named.
    """
    kind = str(mention.kind)
    if kind == ActorKind.PERSON:
        found = [w for form in persons.forms(mention) for reading in form.readings for w in reading]
        return frozenset(f"p{key}" for w in found for key in _keys(w))
    if kind in (PLACE, ActorKind.STATE):
        return _place_keys(mention)
    return _body_keys(mention)


def _place_keys(mention: Mention) -> frozenset[str]:
    named = [places.place(mention.name)] if mention.name else []
    named += [places.place(mention.wording, mention.language)] if mention.wording else []
    found = {f"c{form.country}" for form in named if form.country}
    found |= {f"l{form.known}" for form in named if form.known}
    return frozenset(found | {f"l{key}" for f in named for r in f.readings for w in r for key in _keys(w)})


def _body_keys(mention: Mention) -> frozenset[str]:
    named = [bodies.body(mention.name)] if mention.name else []
    named += [bodies.body(mention.wording, mention.language)] if mention.wording else []
    found = {f"a{letters}" for form in named for letters in form.acronyms | form.initials}
    return frozenset(found | {f"b{key}" for form in named for w in form.reading for key in _keys(w)})
