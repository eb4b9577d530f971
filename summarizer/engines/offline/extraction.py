"""Everything the offline engine recognises in one report, before any English is composed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...models.document import Document, Sentence
from . import noise
from .dates import DateMention, best_date, find_dates
from .events import Found, background, event_place, find_event, is_opinion
from .lexicon import Lexicon, lexicon
from .mentions import Mention
from .organizations import Body, find_organizations
from .origins import Source, find_origins
from .people import known
from .persons import Person, find_persons
from .places import find_places
from .quotes import Quote, find_aims
from .reading import Reading, passage, read

_LEAD = 3
_READ = 400
"""Sentences of body that are read; a report tells its news long before."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What was recognised in a report.

    Args:
        reading: its body.
        lexicon: the words that were looked for.
        places: countries and cities.
        bodies: organizations and ships.
        persons: those named.
        past: numbers of the sentences that are background.
        is_opinion: whether it calls itself an opinion.
        event: the main event, if there is one.
        place: where it takes place.
        date: when.
        aims: quoted slogans, demands, goals.
        origins: where the report has it from.
    """

    reading: Reading
    lexicon: Lexicon
    places: tuple[Mention, ...]
    bodies: tuple[Body, ...]
    persons: tuple[Person, ...]
    past: frozenset[int]
    is_opinion: bool
    event: Found | None
    place: Mention | None
    date: DateMention | None
    aims: tuple[Quote, ...]
    origins: tuple[Source, ...]

    @property
    def told(self) -> tuple[int, ...]:
        """Numbers of the sentences that tell the main event."""
        return tuple(p.number for p in self.event.passages) if self.event else ()


def extract(document: Document, sentences: Sequence[Sentence]) -> Findings:
    """Everything that is recognised in a report; its numbered sentences are those the evidence will cite."""
    words = lexicon(document.language)
    page = [passage(document, sentence) for sentence in sentences[: 2 * _READ]]
    reading = read(document, noise.body(page, document.text, words.cues)[:_READ])
    found = find_places(reading, words)
    bodies = find_organizations(reading, words, found)
    cued = {(body.passage.number, at) for body in bodies for at in range(body.first, body.last)}
    places = [m for m in found if m.kind != "city" or m.is_locative or (m.passage.number, m.first) not in cued]
    known_of = [known(p, words, bodies, places) for p in reading.passages]
    persons = find_persons(reading, words, known_of, places)
    places = _without_names(places, persons)
    mentions = find_dates(reading, words)
    past = background(reading, words, frozenset(m.sentence for m in mentions if len(m.edtf) == 10))
    named = frozenset(_numbers(places, bodies, persons))
    opinion = is_opinion(reading, words)
    event = None if opinion else find_event(reading, words, past, named)
    return Findings(
        reading=reading,
        lexicon=words,
        places=tuple(places),
        bodies=tuple(bodies),
        persons=tuple(persons),
        past=past,
        is_opinion=opinion,
        event=event,
        place=event_place(event, places, reading, past) if event else None,
        date=_date(event, mentions, reading, past) if event else None,
        aims=tuple(find_aims(reading, words, past)),
        origins=tuple(find_origins(reading, words, bodies)),
    )


def _date(event: Found, mentions: Sequence[DateMention], reading: Reading, past: frozenset[int]) -> DateMention | None:
    """The date in the sentences of the event, else one in the first sentences of the report."""
    first = [passage.number for passage in reading.passages[:_LEAD] if passage.number not in past]
    return best_date(mentions, [p.number for p in event.passages]) or best_date(mentions, first)


def _without_names(places: Iterable[Mention], persons: Sequence[Person]) -> list[Mention]:
    """The places without cities that are part of a person's name."""
    names = {word for person in persons if len(person.wording.split()) > 1 for word in person.wording.split()}
    return [m for m in places if m.kind != "city" or m.is_locative or m.wording not in names]


def _numbers(places: Sequence[Mention], bodies: Sequence[Body], persons: Sequence[Person]) -> Iterable[int]:
    yield from (m.passage.number for m in places)
    yield from (b.passage.number for b in bodies)
    yield from (number for person in persons for number in person.sentences)
