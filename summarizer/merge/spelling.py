"""Names as numbers that stay the same when a name is spelled otherwise: consonants by sound, CRC-32 of them.

A person is known by surname and one initial, so that Helmut Kohl is H. Kohl and Khalifa Haftar is not Saddam Haftar; an
organisation, ship or unit by all its words. A key is a hash of the word or words, shifted by eight bits, and in these
bits the initial that goes with it (`BARE`: none). `summarizer.names.compare` is surer, but needs the names themselves
and much more time.
"""

from __future__ import annotations

import functools
import re
import zlib

from ..models.brief import Actor
from ..models.draft import ActorKind
from ..models.plover import Sector
from ..names.atlas import country
from ..names.concepts import concept
from ..names.sounds import word as spoken
from ..names.tables import words as listed
from ..text.folding import fold
from ..text.lexicon import months, titles, weekdays

BARE = 0
"""Low bits of the key of a surname alone."""
_WHOLE = 1
"""Low bits of the key of a name that is not a person's."""

_SPLIT = re.compile(r"[\s\-–‐_/,.;:()\[\]\"“”„«»]+")
_ALIAS = re.compile(r"\(([^)]+)\)")
_VOWEL = re.compile("[aeiouyj]")
_DROPPED = re.compile("(?<=.)(?:[aeiouyj]|h(?![aeiou]))")
_REPEATED = re.compile(r"(.)\1+")
_COMPASS = frozenset(f"{point}{end}" for point in ("north", "south", "east", "west") for end in ("", "ern"))
_ALIKE = str.maketrans("cqXGSzZQCJvw", "kkhgssssssff")
"""Sound codes (`names/sounds.toml`) that spellings of one name mix up."""
_VOWELS_ALIKE = str.maketrans("euyj", "ioii")


@functools.lru_cache(1 << 16)
def skeleton(word: str) -> str:
    """What spellings of one name agree in: its consonants by sound, with a mark for a vowel at its beginning.

    A short one keeps its first inner vowel, coarsely.

    >>> skeleton("Gorbachev") == skeleton("Gorbatschow"), skeleton("Kohl") == skeleton("Calle")
    (True, False)
    """
    sounds = next(iter(spoken(word).sounds), "")
    consonants = _DROPPED.sub("", _VOWEL.sub("a", sounds[:1]) + sounds[1:]).translate(_ALIKE)
    consonants = _REPEATED.sub(r"\1", consonants)
    vowel = _VOWEL.search(sounds, 1) if len(consonants) < 3 else None
    return consonants + vowel[0].translate(_VOWELS_ALIKE) if vowel else consonants


@functools.lru_cache(1 << 16)
def is_telling(word: str) -> bool:
    """Whether a word tells one name from others: no country or people, no word of bodies, offices, sorts of places."""
    folded = fold(word)
    if len(folded) < 3 or folded in _common():
        return False
    return concept(word) is None and country(word, "en") is None


@functools.cache
def _common() -> frozenset[str]:
    sorts = listed("places", "sorts") | listed("places", "plain") | listed("bodies", "slight")
    own = sorts | _COMPASS | months("en").keys() | weekdays("en").keys()
    return titles() | listed("persons", "titles") | _particles() | own


def _particles() -> frozenset[str]:
    return listed("persons", "particles")


def is_proper(word: str) -> bool:
    """Whether a word begins with a capital, or with a letter of a script without."""
    return word[:1].isalpha() and not word[:1].islower()


@functools.lru_cache(1 << 16)
def hash_of(word: str) -> int:
    """32 bits for a word in any of its spellings."""
    return zlib.crc32(skeleton(word).encode())


def actor_keys(actor: Actor) -> tuple[int, ...]:
    """Keys of an actor's name and of the alias in brackets behind it; none for states, offices and nameless groups."""
    if actor.kind is ActorKind.STATE or actor.sector is Sector.IGO:
        return ()
    alias = _ALIAS.search(actor.name)
    names = (_ALIAS.sub(" ", actor.name), alias[1]) if alias else (actor.name,)
    of_name = _person if actor.kind is ActorKind.PERSON else _body
    return tuple(dict.fromkeys(key for name in names for key in of_name(name)))


@functools.lru_cache(1 << 16)
def _person(name: str) -> tuple[int, ...]:
    """The surname with each initial; by itself when no given name stands before it."""
    words = [word for word in _words(name) if fold(word) not in _particles() and skeleton(word)]
    if not words or not all(map(is_proper, words)) or not any(map(is_telling, words)):
        return ()
    surname = hash_of(words[-1]) << 8
    return tuple(dict.fromkeys(surname | ord(skeleton(word)[0]) & 255 for word in words[:-1][:3])) or (surname | BARE,)


@functools.lru_cache(1 << 16)
def _body(name: str) -> tuple[int, ...]:
    """All words together; none when these are fewer than two and no acronym, or all of them stand in many names."""
    words = [word for word in _words(name) if is_proper(word) and fold(word) not in _particles()]
    acronym = len(words) == 1 and words[0].isupper() and len(words[0]) > 2
    if (len(words) < 2 and not acronym) or not any(map(is_telling, words)):
        return ()
    return (zlib.crc32(" ".join(sorted(set(map(skeleton, words)))).encode()) << 8 | _WHOLE,)


def _words(name: str) -> list[str]:
    return [word for word in _SPLIT.split(name) if word]
