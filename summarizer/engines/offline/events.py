"""The main event of a report: its PLOVER type, the sentences that tell it, its place.

Each cue counts for its type, most in the headline and the sentences after it; background does not count. The type with
the highest sum is the event's; a tie goes to the type that `concepts.toml` names first. There is no event where too
little tells it: one sentence among the first ones, or three anywhere, and someone or some place named.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ...models.plover import MODES_OF, EventType, Mode
from .lexicon import Lexicon, concepts
from .mentions import Mention
from .reading import Passage, Reading

_WEIGHTS = (4.0, 3.0, 3.0, 2.0, 1.0, 1.0, 1.0, 1.0)
"""What a cue counts in the first passages of a report."""
_LATER = 0.5
"""What it counts further on."""
_EARLY = 4
_ENOUGH = 3
"""Sentences with a cue that make an event of what the first sentences do not announce, as in a feature."""
_TOLD_IN = 4  # sentences of evidence at most
_LEAD = 3
_PLACED = 5  # first sentences in which the place is looked for
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


def is_opinion(reading: Reading, lexicon: Lexicon) -> bool:
    """Whether one of the first sentences says that an opinion follows."""
    return any(hit.key == "opinion" for passage in reading.passages[:_LEAD] for hit in lexicon.cues.find(passage))


def find_event(reading: Reading, lexicon: Lexicon, past: frozenset[int], named: frozenset[int]) -> Found | None:
    """The main event, or None.

    Args:
        reading: the report.
        lexicon: words of its language.
        past: sentences that are background.
        named: sentences that name an actor or a place.
    """
    told = [passage for passage in reading.passages if passage.number not in past]
    scores: Counter[str] = Counter()
    modes: dict[str, Counter[str]] = defaultdict(Counter)
    telling: dict[str, dict[int, Passage]] = defaultdict(dict)
    for place, passage in enumerate(told):
        weight = _WEIGHTS[place] if place < len(_WEIGHTS) else _LATER
        for hit in lexicon.events.find(passage):
            kind, _, mode = hit.key.partition("/")
            scores[kind] += weight  # type: ignore[assignment]
            if mode:
                modes[kind][mode] += weight  # type: ignore[assignment]
            telling[kind][passage.number] = passage
    order = list(concepts()["events"])
    early = {passage.number for passage in told[:_EARLY]}
    for kind in sorted(scores, key=lambda k: (-scores[k], order.index(k))):
        passages = telling[kind]
        is_news = not early.isdisjoint(passages) or len(passages) >= _ENOUGH
        if is_news and not named.isdisjoint(early | set(passages)):
            mode = next((mode for mode, _ in modes[kind].most_common(1)), "")
            first = tuple(passages.values())[:_TOLD_IN]
            return Found(EventType(kind), _mode(kind, mode), first, frozenset(passages))
    return None


def _mode(kind: str, mode: str) -> Mode | None:
    allowed = MODES_OF.get(EventType(kind), ())
    return Mode(mode) if mode and Mode(mode) in allowed else None


def event_place(event: Found, places: Sequence[Mention], reading: Reading, past: frozenset[int]) -> Mention | None:
    """Where an event takes place: a city in its sentences or the first ones, else a country, else an adjective's.

    A place at which something is said to be goes before one in a dateline, that before one that is only named, and an
    early one before a late one.
    """
    told = {passage.number for passage in event.passages}
    near = told | {passage.number for passage in reading.passages[:_PLACED]}
    often = Counter(m.country for m in places if m.passage.number not in past)
    for kind in ("city", "country", "adjective"):
        there = [m for m in places if m.kind == kind and m.passage.number in near]
        if there:
            return min(
                there,
                key=lambda m: (not m.is_locative, not m.is_dateline, m.passage.number, -often[m.country], m.first),
            )
    return None
