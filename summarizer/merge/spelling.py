"""Names as numbers that stay the same when a name is spelled otherwise: consonants by sound, CRC-32 of them.

A person is known by surname and one initial, so that `Helmut Kohl` is `H. Kohl` and Khalifa Haftar is not Saddam
Haftar; an organisation, ship or unit by all its words. A key is a hash of the word or words, shifted by eight bits, and
in these bits what kind of initial goes with it (`BARE`: none).
"""

from __future__ import annotations

import functools
import re
import zlib

from ..models.brief import Actor
from ..models.draft import ActorKind
from ..models.plover import Sector
from ..text.folding import fold

BARE = 0
"""Low bits of the key of a surname alone."""
_WHOLE = 1
"""Low bits of the key of a name that is not a person's."""

_SPLIT = re.compile(r"[\s\-–‐_/,.;:()\[\]\"“”„«»]+")
_ALIAS = re.compile(r"\(([^)]+)\)")
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"tsch|tch|sch|ch|sh|zh|ts|tz|cz|dz|dj|z", "s"),
        (r"ph|v|w", "f"),
        (r"th", "t"),
        (r"dh", "d"),
        (r"gh", "g"),
        (r"rh", "r"),
        (r"kh|x", "h"),
        (r"ck|q|c", "k"),
        (r"(?<=.)[aeiouyj']+|(?<=.)h(?![aeiouy])", ""),
        (r"^[aeiouyj']", "a"),
        (r"(.)\1+", r"\1"),
    )
)
_VOWELS = re.compile("[aeiouy]")
_VOWEL_CLASSES = str.maketrans("eyu", "iio")
"""A short skeleton keeps a vowel, coarsely: Kohl is not Quill."""
_PARTICLES = frozenset("a al el ul ben bin ibn de da do dos das del della di du la le van von der den ter ten of the and for in on at to".split())
_GENERIC = frozenset(
    "affairs agency air airport ambassador army assembly authorities authority bank board bureau cabinet capital center central "
    "centre chamber chief city coast command commander commission commissioner committee communist conference congress council "
    "court crown defence defense delegation democratic department deputy director district east eastern economy emperor "
    "embassy external federal federation finance force forces foreign former front general government governor great guard "
    "head headquarters high house intelligence interior international joint justice king leader member military minister "
    "ministers ministry mission mr mrs national nations naval navy north northern office official operations organisation organization opposition palace "
    "parliament party peace people police port premier president presidency prime prince princess prosecutor province queen region regional "
    "representative republic republican royal saudi secretariat secretary security senate senior service services ship social socialist south "
    "southern speaker spokesman spokesperson spokeswoman staff state states street supreme trade treasury union unit united unnamed "
    "west western workers world january february march april june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday".split()
)
"""Words of institutions, offices and calendars: they stand in many names and tell none."""
_PEOPLES = frozenset("american british danish dutch english european french greek polish soviet spanish swiss arab arabs african asian".split())


@functools.lru_cache(1 << 16)
def skeleton(word: str) -> str:
    """The consonants of a word by sound, with a mark for a vowel at its beginning; spellings of one name agree in it.

    >>> skeleton("Gaddafi"), skeleton("Hadrane") == skeleton("Hadren")
    ('gdf', True)
    """
    folded = sounds = fold(word)
    for pattern, sound in _SOUNDS:
        sounds = pattern.sub(sound, sounds)
    if len(sounds) > 2:
        return sounds
    vowels = _VOWELS.findall(folded, 1)
    return sounds + vowels[0].translate(_VOWEL_CLASSES) if vowels else sounds


@functools.cache
def _countries() -> tuple[frozenset[str], int]:
    """Beginnings of the names of countries and their peoples, and the length of the longest."""
    from babel import Locale

    words = {word for name in Locale("en").territories.values() for word in fold(str(name)).split() if len(word) > 3}
    stems = frozenset(word[: max(4, len(word) - 2)] for word in words if word.isalpha()) - _GENERIC
    return stems, max(map(len, stems))


@functools.lru_cache(1 << 16)
def is_telling(word: str) -> bool:
    """Whether a capitalised word tells one name from others: neither generic nor a country or its people."""
    folded = fold(word)
    if len(folded) < 3 or folded in _GENERIC or folded in _PARTICLES or folded in _PEOPLES:
        return False
    stems, longest = _countries()
    return not any(folded[:size] in stems for size in range(4, min(longest, len(folded)) + 1))


def is_proper(word: str) -> bool:
    """Whether a word begins with a capital, or is of a script without."""
    return word[:1].upper() == word[:1] and word[:1].isalpha()


@functools.lru_cache(1 << 16)
def key_of(text: str) -> int:
    """The key of a word or of words by sound."""
    return zlib.crc32(text.encode()) << 8


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
    words = [word for word in _words(name) if word.lower() not in _PARTICLES]
    if not words or not all(map(is_proper, words)) or not any(map(is_telling, words)):
        return ()
    *given, last = [sound for sound in map(skeleton, words) if sound]
    if not given:
        return (key_of(last) | BARE,)
    return tuple(dict.fromkeys(key_of(last) | ord(sound[0]) & 255 for sound in given[:3]))


@functools.lru_cache(1 << 16)
def _body(name: str) -> tuple[int, ...]:
    words = [word for word in _words(name) if is_proper(word) and word.lower() not in _PARTICLES]
    telling = [word for word in words if is_telling(word)]
    acronym = len(words) == 1 and words[0].isupper() and len(words[0]) >= 3
    if (len(words) < 2 and not acronym) or not telling:
        return ()
    return (key_of(" ".join(sorted(set(map(skeleton, words))))) | _WHOLE,)


def _words(name: str) -> list[str]:
    return [word for word in _SPLIT.split(name) if word]
