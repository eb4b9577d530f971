"""What tells one report's story from another's, in less than 2 kB: names, places, dates, type, words, numbers.

Words and names are held as CRC-32 numbers, so that they are the same in every process.
"""

from __future__ import annotations

import functools
import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..models.brief import Actor, Brief, Event
from ..models.dates import bounds
from ..models.plover import EventType
from .spelling import BARE, actor_keys, hash_of, is_telling

NOUNS, NAMES, NUMBERS = 32, 20, 8
"""How many of each a profile keeps at most, the main event's first."""
ANCHORS = 12
"""Proper nouns of which two reports of one story share two."""
MAIN, MAIN_LONE = 4, 2
"""How many of the main event's come first among `nouns`."""
BITS = 4096
"""Words are bits of a number of so many bits; few of a report's 100 or so fall on the bit of another."""
_TYPES = {type_: place for place, type_ in enumerate(EventType)}
FINE = 31
"""Days that a date may span to count as a date."""

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_FUNCTION_WORDS = frozenset(
    "about above after again against also although among another around back because been before being below between "
    "both could does down during each even ever every first from further have having here himself however into itself "
    "just last like made make many more most much must near never next only other over same says said should since "
    "some still such than that their them then there these they this those though three through toward towards under "
    "until upon very want wants were what when where whether which while whom whose will with within without would "
    "your named report reported reports tells".split()
)


@dataclass(frozen=True, slots=True)
class Profile:
    """What of a report tells its story.

    Args:
        document: hash of the report's text: the same text is the same story.
        nouns: hashes of proper nouns: surnames, other names, places, what titles and the bottom line name besides;
            those of the main event first.
        main: how many of the first of `nouns` belong to the main event.
        names: keys of full names, which tell people of one surname apart (see `spelling`).
        words: the other words of the English text, as bits.
        numbers: figures of two digits and more in the headline, the bottom line and the summary.
        types: of the events, as bits.
        happened: first and last day (proleptic ordinals) of the main event, if that is known to a month.
        published: the same of its publication.
    """

    document: int
    nouns: tuple[int, ...]
    main: int
    names: tuple[int, ...]
    words: int
    numbers: tuple[int, ...]
    types: int
    happened: tuple[int, int] | None
    published: tuple[int, int] | None

    @property
    def anchors(self) -> tuple[int, ...]:
        """The proper nouns by which reports on the same are found."""
        return self.nouns[:ANCHORS]

    @property
    def order(self) -> tuple[object, ...]:
        """Something to sort by, the same for the same report in every process."""
        return self.document, self.nouns, self.names, self.words, self.numbers


def profile(brief: Brief) -> Profile:
    """The profile of a brief."""
    main = brief.events[:1]
    of_main = _keys(_taking_part(brief, main))
    names = _keys([*_taking_part(brief, brief.all_events), *brief.actors])
    held = frozenset(word for actor in brief.actors for word in _WORD.findall(actor.name))
    held -= {word for event in brief.all_events for word in _WORD.findall(event.place or "")}
    titles = [event.title for event in brief.all_events]
    themes = _themes(_places(brief.all_events), [brief.headline, brief.bottom_line.text, *titles], held)
    main_themes = _themes(_places(main), titles[:1], held)
    first = (*(key >> 8 for key in of_main[:MAIN]), *main_themes[:MAIN_LONE])
    said = [brief.headline, brief.bottom_line.text, *(statement.text for statement in brief.summary)]
    return Profile(
        document=_identity(brief.document.sha256),
        nouns=tuple(dict.fromkeys((*first, *(key >> 8 for key in names), *themes)))[:NOUNS],
        main=len(set(first)),
        names=tuple(key for key in names if key & 255 != BARE)[:NAMES],
        words=_bits([*said, *titles, *_background(brief)]),
        numbers=_numbers(said),
        types=sum({1 << _TYPES[event.type] for event in brief.all_events}),
        happened=_days(main[0].date) if main else None,
        published=_days(brief.document.published),
    )


def _identity(sha256: str) -> int:
    return int.from_bytes(hashlib.blake2b(sha256.encode(), digest_size=8).digest(), "big")


def _background(brief: Brief) -> Iterator[str]:
    yield from (aim.text for aim in brief.aims)
    for item in brief.context:
        yield from (item.topic, item.text)


def _taking_part(brief: Brief, events: Iterable[Event]) -> list[Actor]:
    actors = {actor.id: actor for actor in brief.actors}
    return [actors[part.actor] for event in events for part in event.participants if part.actor in actors]


def _keys(actors: Iterable[Actor]) -> list[int]:
    return list(dict.fromkeys(key for actor in actors for key in actor_keys(actor)))


def _places(events: Iterable[Event]) -> list[str]:
    return [event.place for event in events if event.place]


def _themes(places: Iterable[str], sentences: Iterable[str], held: frozenset[str]) -> list[int]:
    """Hashes of the proper nouns of places and of English sentences, whose first words are capitalised anyhow."""
    words = [word for place in places for word in _WORD.findall(place)]
    words += [word for sentence in sentences for word in _WORD.findall(sentence)[1:]]
    plain = dict.fromkeys(word.removesuffix("'s").removesuffix("’s") for word in words)
    proper = (word for word in plain if word[0].isupper() and word not in held and is_telling(word))
    return list(dict.fromkeys(hash_of(word) for word in proper))


def _bits(texts: Iterable[str]) -> int:
    bits = 0
    for word in {word for text in texts for word in _WORD.findall(text)}:
        bits |= _bit(word)
    return bits


@functools.lru_cache(1 << 16)
def _bit(word: str) -> int:
    """The bit of a plain word by its first six letters; 0 for names, short words and function words."""
    plain = word[0].islower() and len(word) > 3 and word not in _FUNCTION_WORDS
    return 1 << zlib.crc32(word[:6].encode()) % BITS if plain else 0


def _numbers(texts: Iterable[str]) -> tuple[int, ...]:
    found = (match.replace(",", "").replace(".", "") for text in texts for match in _NUMBER.findall(text))
    return tuple(sorted({int(digits[:9]) for digits in found if len(digits) > 1}))[-NUMBERS:]


def _days(date: str | None) -> tuple[int, int] | None:
    found = bounds(date) if date else None
    if not found or (found[1] - found[0]).days >= FINE:
        return None
    return found[0].toordinal(), found[1].toordinal()
