"""A draft from what was recognised: English composed of names, types, places and dates, each with its sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...models.countries import country_name
from ...models.draft import Actor, ActorKind, Aim, ContextItem, Draft, Event, Factuality, Origin, Statement
from .casting import Cast, cast, contexts
from .dates import DateMention
from .extraction import Findings
from .lexicon import concepts

NO_MODEL = (
    "Made without a language model: nothing was translated and names are transliterated. Only persons, organizations, "
    "places, dates, quoted slogans and the type of the main event were sought. Whether an event is claimed, planned or "
    "denied was not judged."
)
"""The caveat that every draft of the offline engine has."""
_MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class _Writer:
    """What the pieces of a draft are made from."""

    found: Findings
    cast: Cast

    @property
    def date(self) -> DateMention | None:
        return self.found.date

    def statement(self, text: str, evidence: Iterable[int]) -> Statement:
        """A statement with its sentences; the first sentence where nothing was recognised."""
        passages = self.found.reading.passages
        fallback = (passages[0].number if passages else 1,)
        return Statement(text=text, evidence=tuple(sorted(set(evidence))) or fallback)


def compose(found: Findings) -> Draft:
    """The draft of a report from what was recognised in it."""
    writer = _Writer(found, cast(found))
    origins = _origins(found)
    return Draft(
        headline=_headline(writer),
        bottom_line=_bottom_line(writer),
        summary=tuple(_summary(writer)),
        actors=writer.cast.actors,
        events=tuple(_events(writer, origins)),
        aims=tuple(_aims(writer)),
        context=tuple(_context(writer)),
        origins=origins,
        caveats=tuple(_caveats(writer)),
    )


def _headline(writer: _Writer) -> str:
    found = writer.found
    if found.event is None:
        return f"No event recognised in a report in {_language(found.reading.language)}"
    when = f" ({writer.date.edtf})" if writer.date else ""
    return f"{_capital(_noun(found))} reported{_where(writer)}{when}"


def _bottom_line(writer: _Writer) -> Statement:
    found = writer.found
    if found.event is None:
        others = writer.cast.background[:_MOST_NAMED]
        more = f" The report names {_names([c.name for c in others])}." if others else ""
        return writer.statement(f"No event was recognised.{more}", [c.sentences[0] for c in others])
    when = f", {writer.date.edtf}" if writer.date else ""
    taking = [actor for actor in writer.cast.actors if actor.kind != ActorKind.ASSET][:_MOST_NAMED]
    who = f"; named with it: {_names([a.name for a in taking])}" if taking else ""
    text = f"The report tells of {_article(_noun(found))}{_where(writer)}{when}{who}."
    return writer.statement(text, [*_event_evidence(writer), *(actor.evidence[0] for actor in taking)])


def _summary(writer: _Writer) -> Iterable[Statement]:
    found, actors = writer.found, writer.cast.actors
    if found.event:
        text = f"Type of the main event by its words: {_noun(found)} (PLOVER {found.event.type}){_where(writer)}."
        yield writer.statement(text, _event_evidence(writer))
    groups = (
        ("Persons named", [a for a in actors if a.kind == ActorKind.PERSON]),
        ("States and organizations named", [a for a in actors if a.kind not in _APART]),
        ("Ships named", [a for a in actors if a.kind == ActorKind.ASSET]),
    )
    for label, members in groups:
        if members:
            shown = members[:_MOST_NAMED]
            text = f"{label}: {_names([_with_role(a) for a in shown])}."
            yield writer.statement(text, [a.evidence[0] for a in shown])
    for quote in found.aims[:1]:
        text = f"It quotes a {quote.kind} in the original wording: “{quote.wording}”."
        yield writer.statement(text, [quote.passage.number])
    if found.origins:
        text = f"It names as its sources: {_names([o.name for o in found.origins])}."
        yield writer.statement(text, [n for o in found.origins for n in o.sentences[:1]])
    if found.event is None:
        countries = list(dict.fromkeys(m.name for m in found.places))
        text = f"Places named: {_names(countries)}." if countries else "No place was recognised."
        yield writer.statement(text, [m.passage.number for m in found.places][:_MOST_NAMED])


_APART = (ActorKind.PERSON, ActorKind.ASSET)


def _with_role(actor: Actor) -> str:
    return f"{actor.name} ({actor.role})" if actor.role else actor.name


def _event_evidence(writer: _Writer) -> tuple[int, ...]:
    found = writer.found
    numbers = list(found.told)
    if writer.date:
        numbers.append(writer.date.sentence)
    if found.place:
        numbers.append(found.place.passage.number)
    return tuple(sorted(set(numbers)))


def _events(writer: _Writer, origins: Sequence[Origin]) -> Iterable[Event]:
    found = writer.found
    if found.event is None:
        return
    evidence = _event_evidence(writer)
    document = found.reading.document
    yield Event(
        type=found.event.type,
        mode=found.event.mode,
        contexts=contexts(found, writer.cast.actors),
        title=f"{_capital(_noun(found))}{_where(writer)}",
        factuality=Factuality.REPORTED,
        date=writer.date.edtf if writer.date else None,
        date_in_source=document.text[writer.date.start : writer.date.end] if writer.date else None,
        place=found.place.name if found.place else None,
        place_in_source=found.place.wording if found.place else None,
        country=found.place.country if found.place else None,
        actors=writer.cast.doing,
        recipients=writer.cast.undergoing,
        attendees=writer.cast.attending,
        mediators=(),
        origins=tuple(o.id for o in origins if set(o.evidence) & set(evidence)),
        evidence=evidence,
    )


def _aims(writer: _Writer) -> Iterable[Aim]:
    for quote in writer.found.aims:
        number = quote.passage.number
        yield Aim(
            text=f"{_capital(quote.kind)} in the original wording: “{quote.wording}”",
            wording_in_source=quote.wording,
            kind=quote.kind,
            held_by=tuple(a.id for a in writer.cast.actors if number in a.evidence and a.kind != ActorKind.ASSET),
            origins=(),
            evidence=(number,),
        )


def _context(writer: _Writer) -> Iterable[ContextItem]:
    others = writer.cast.background[:_MOST_NAMED]
    if others and writer.found.event:
        evidence = tuple(sorted({candidate.sentences[0] for candidate in others}))
        text = f"Also named, outside the main event: {_names([c.name for c in others])}."
        yield ContextItem(topic="Also named", text=text, evidence=evidence)


def _origins(found: Findings) -> tuple[Origin, ...]:
    return tuple(
        Origin(id=f"O{number}", name=source.name, kind=source.kind, evidence=source.sentences[:3])
        for number, source in enumerate(found.origins, 1)
    )


def _caveats(writer: _Writer) -> Iterable[Statement]:
    yield Statement(text=NO_MODEL, evidence=())
    language = writer.found.reading.language
    if writer.found.lexicon.code is None:
        text = f"There is no word list for {_language(language)}: events and titles could not be recognised."
        yield Statement(text=text, evidence=())
    if writer.found.event and writer.date is None:
        yield Statement(text="No date was recognised that the report gives the event.", evidence=())


def _noun(found: Findings) -> str:
    nouns: dict[str, str] = concepts()["events"]
    return nouns[found.event.type] if found.event else "event"


def _where(writer: _Writer) -> str:
    place = writer.found.place
    if place is None:
        return ""
    country = country_name(place.country)
    return f" in {place.name}, {country}" if place.kind == "city" and place.name != country else f" in {country}"


def _names(names: Sequence[str]) -> str:
    """Names as English lists them, the first ones only when there are many."""
    shown = list(dict.fromkeys(names))
    more = len(shown) > _MOST_NAMED
    shown = [*shown[:_MOST_NAMED], "others"] if more else shown
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else "".join(shown)


def _article(noun: str) -> str:
    if noun in ("aid", "cooperation", "coercion", "support"):
        return noun
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _language(code: str) -> str:
    from babel import Locale

    return str(Locale("en").languages.get(code, f"the language {code}"))
