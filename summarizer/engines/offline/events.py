"""The main event of a report: its PLOVER type, the sentences that tell it, its place.

Each cue in one of the first sentences counts for its type, more in the headline and the sentences after it; background
does not count. The type with the highest sum is the event's; a tie goes to the type that `concepts.toml` names first.
There is no event without a cue early in the report, in an opinion, or where no early sentence names anyone or a place.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ...models.plover import MODES_OF, EventType, Mode
from .lexicon import Lexicon, concepts
from .places import Mention
from .reading import Passage, Reading

_WEIGHTS = (4, 3, 3, 2, 1, 1, 1, 1)
"""What a cue counts in the first passages of a report."""
_EARLY = 4
_TOLD_IN = 4  # sentences of evidence at most
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Found:
    """The main event.

    Args:
        passages: the first ones that tell it, its evidence.
        mentioned: numbers of all sentences outside the background that have a cue of its type.
    """

    type: EventType
    mode: Mode | None
    passages: tuple[Passage, ...]
    mentioned: frozenset[int]


def background(reading: Reading, lexicon: Lexicon, dated: frozenset[int]) -> frozenset[int]:
    """Numbers of the sentences that tell what was before: with a year of the past, or words such as "for years".

    Args:
        reading: the report.
        lexicon: words of its language.
        dated: sentences with a full date, whose year is part of it.
    """
    published = reading.document.published
    this_year = int(published[:4]) if published and published[:4].isdigit() else None
    found = set()
    for place, passage in enumerate(reading.passages):
        digits = "".join(str(int(c)) if c.isdecimal() else c for c in passage.text)
        years = [int(year) for year in _YEAR.findall(digits)] if passage.number not in dated else []
        is_past = any(this_year is None or year < this_year for year in years)
        is_said = any(hit.key == "background" for hit in lexicon.cues.find(passage))
        if place >= 2 and (is_past or (is_said and place >= 3)):
            found.add(passage.number)
    return frozenset(found)


def find_event(reading: Reading, lexicon: Lexicon, past: frozenset[int], named: frozenset[int]) -> Found | None:
    """The main event, or None.

    Args:
        reading: the report.
        lexicon: words of its language.
        past: sentences that are background.
        named: sentences that name an actor or a place.
    """
    lead = [passage for passage in reading.passages if passage.number not in past][: len(_WEIGHTS)]
    if any(hit.key == "opinion" for passage in lead[:3] for hit in lexicon.cues.find(passage)):
        return None
    scores: Counter[str] = Counter()
    modes: dict[str, Counter[str]] = defaultdict(Counter)
    told: dict[str, list[Passage]] = defaultdict(list)
    for place, passage in enumerate(lead):
        for hit in lexicon.events.find(passage):
            kind, _, mode = hit.key.partition("/")
            scores[kind] += _WEIGHTS[place]
            if mode:
                modes[kind][mode] += _WEIGHTS[place]
            if not told[kind] or told[kind][-1] is not passage:
                told[kind].append(passage)
    order = list(concepts()["events"])
    early = {passage.number for passage in lead[:_EARLY]}
    for kind in sorted(scores, key=lambda k: (-scores[k], order.index(k))):
        passages = told[kind]
        if any(p.number in early for p in passages) and any(number in named for number in early):
            mode = next((mode for mode, _ in modes[kind].most_common(1)), "")
            mentioned = _mentioned(kind, reading, lexicon, past)
            return Found(EventType(kind), _mode(kind, mode), tuple(passages[:_TOLD_IN]), mentioned)
    return None


def _mentioned(kind: str, reading: Reading, lexicon: Lexicon, past: frozenset[int]) -> frozenset[int]:
    current = (passage for passage in reading.passages if passage.number not in past)
    return frozenset(p.number for p in current if any(h.key.split("/")[0] == kind for h in lexicon.events.find(p)))


def _mode(kind: str, mode: str) -> Mode | None:
    allowed = MODES_OF.get(EventType(kind), ())
    return Mode(mode) if mode and Mode(mode) in allowed else None


def event_place(event: Found, places: Sequence[Mention], reading: Reading) -> Mention | None:
    """Where an event takes place: a city in its sentences, else a country.

    A place at which something is said to be counts more than one that is only named, an early one more than a late one.
    """
    numbers = [passage.number for passage in event.passages]
    first = [passage.number for passage in reading.passages[:3]]
    cities = [m for m in places if m.kind == "city" and m.passage.number in (*numbers, *first)]
    countries = [m for m in places if m.kind == "country" and m.passage.number in (*numbers, *first)]
    often = Counter(m.country for m in places)
    for group in (cities, countries):
        if group:
            return min(group, key=lambda m: (not m.is_locative, m.passage.number, -often[m.country], m.first))
    adjectives = [m for m in places if m.passage.number in (*numbers, *first)]
    return min(adjectives, key=lambda m: (m.passage.number, m.first), default=None)
