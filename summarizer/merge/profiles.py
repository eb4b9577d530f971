"""What tells one report's story from another's, in less than 2 kB: names, places, dates, type, words, numbers.

Words and names are held as CRC-32 numbers, so that they are the same in every process.
"""

from __future__ import annotations

import functools
import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..models.brief import Actor, Brief, Event
from ..models.dates import bounds
from .spelling import BARE, actor_keys, is_telling, key_of, skeleton

NAMES, LONE, ANCHORS, NUMBERS = 24, 20, 12, 8
"""How many of each a profile keeps at most, the main event's first."""
BITS = 2048
"""Words are bits of a number of so many bits; few of a report's 60 or so fall on the bit of another."""
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
        document: CRC-32 of the report's hash: the same text is the same story.
        language: of the report.
        names: keys of the full names of persons, organisations and ships (see `spelling`), the main event's first.
        lone: proper nouns alone: surnames without a given name, places, other names in titles and the bottom line.
        anchors: the proper nouns that are looked at first, the main event's before others: surnames, names, places.
        main: how many proper nouns of the main event there are among `anchors`.
        words: the other words of the English text, as bits.
        numbers: figures of two digits and more in the headline, the bottom line and the summary.
        types: of the events, the main event's first.
        countries: of the events, the main event's first.
        happened: first and last day (proleptic ordinals) of the main event, if that is known to a month.
        published: day of publication (ordinal).
    """

    document: int
    language: str
    names: tuple[int, ...]
    lone: tuple[int, ...]
    anchors: tuple[int, ...]
    main: int
    words: int
    numbers: tuple[int, ...]
    types: tuple[str, ...]
    countries: tuple[str, ...]
    happened: tuple[int, int] | None
    published: int | None


def profile(brief: Brief) -> Profile:
    """The profile of a brief."""
    main = brief.events[:1]
    names, of_main = _names(brief, brief.events), _names(brief, main)
    held = frozenset(word for actor in brief.actors for word in _WORD.findall(actor.name))
    held -= {word for event in brief.events for word in _WORD.findall(event.place or "")}
    titles = [event.title for event in brief.events]
    themes = _themes([*_places(brief.events), brief.headline, brief.bottom_line.text, *titles], held)
    main_themes = _themes([*_places(main), *titles[:1]], held)
    first = dict.fromkeys((*(key >> 8 for key in of_main), *main_themes))
    said = [brief.headline, brief.bottom_line.text, *(statement.text for statement in brief.summary)]
    return Profile(
        document=zlib.crc32(brief.document.sha256.encode()),
        language=brief.document.language,
        names=tuple(key for key in names if key & 255 != BARE)[:NAMES],
        lone=tuple(dict.fromkeys((*(key >> 8 for key in names if key & 255 == BARE), *themes)))[:LONE],
        anchors=tuple(dict.fromkeys((*first, *(key >> 8 for key in names), *themes)))[:ANCHORS],
        main=min(len(first), ANCHORS),
        words=_bits([*said, *titles]),
        numbers=_numbers(said),
        types=tuple(dict.fromkeys(str(event.type) for event in brief.events)),
        countries=tuple(dict.fromkeys(event.country for event in brief.events if event.country)),
        happened=_days(main[0].date) if main else None,
        published=_published(brief.document.published),
    )


def _names(brief: Brief, events: Sequence[Event]) -> list[int]:
    """Keys of those who take part in events, in order, then of the other actors unless it is the main event alone."""
    actors = {actor.id: actor for actor in brief.actors}
    taking = [actors[part.actor] for event in events for part in event.participants if part.actor in actors]
    return _keys(taking if len(events) == 1 else [*taking, *brief.actors])


def _keys(actors: Iterable[Actor]) -> list[int]:
    return list(dict.fromkeys(key for actor in actors for key in actor_keys(actor)))


def _places(events: Iterable[Event]) -> list[str]:
    return [event.place for event in events if event.place]


def _themes(texts: Iterable[str], held: frozenset[str]) -> list[int]:
    """Keys of the proper nouns of English texts."""
    words = dict.fromkeys(word.removesuffix("'s").removesuffix("’s") for text in texts for word in _WORD.findall(text))
    proper = (word for word in words if word[0].isupper() and word not in held and is_telling(word))
    return list(dict.fromkeys(key_of(skeleton(word)) >> 8 for word in proper))


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


def _published(date: str | None) -> int | None:
    days = _days(date)
    return days[0] if days else None
