"""Planted briefs for tests of merging: short calls for the items, everything else made up from them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from summarizer.merge.linked import Report, in_order
from summarizer.models.brief import (
    Actor,
    Aim,
    Brief,
    Checks,
    ContextItem,
    DocumentInfo,
    Event,
    Match,
    Origin,
    Participant,
    Provenance,
    Quoted,
    Span,
    Statement,
)


def quoted(text: str | None) -> Quoted | None:
    """A wording found in the report; None where there is none."""
    return None if text is None else Quoted(text=text, start=0, end=len(text), match=Match.EXACT)


def span(number: int = 1, text: str = "Sentence.") -> Span:
    """A sentence of the report."""
    return Span(sentence=number, start=0, end=len(text), text=text)


def actor(item: str, name: str, kind: str = "person", **more: Any) -> Actor:
    """An actor, by default a person without role, affiliation and country."""
    source = quoted(more.pop("source", name))
    fields = {"sector": None, "role": None, "affiliation": None, "country": None, "supported": True} | more
    return Actor(id=item, name=name, name_in_source=source, kind=kind, evidence=(span(),), **fields)


def event(item: str, title: str, plover: str = "CONSULT", cast: str = "", **more: Any) -> Event:
    """An event; `cast` lists participants such as `A1:actor A2:recipient`."""
    parts = tuple(Participant(actor=part.split(":")[0], role=part.split(":")[1]) for part in cast.split())
    fields = {
        "mode": None, "contexts": (), "factuality": "reported", "date": None, "date_in_source": None, "place": None,
        "place_in_source": None, "country": None, "origins": (), "supported": True,
    } | more  # fmt: skip
    return Event(id=item, title=title, type=plover, participants=parts, evidence=(span(),), **fields)


def aim(item: str, text: str, held_by: Sequence[str] = (), kind: str = "demand", **more: Any) -> Aim:
    """An aim."""
    source = quoted(more.pop("source", f"source of {text}"))
    fields = {"origins": (), "supported": True} | more
    return Aim(
        id=item, text=text, wording_in_source=source, kind=kind, held_by=tuple(held_by), evidence=(span(),), **fields
    )


def background(item: str, topic: str, text: str) -> ContextItem:
    """An item of context."""
    return ContextItem(id=item, topic=topic, text=text, evidence=(span(),), supported=True)


def origin(item: str, name: str, kind: str = "official_statement", sentence: int = 1) -> Origin:
    """An origin."""
    return Origin(id=item, name=name, kind=kind, evidence=(span(sentence),), supported=True)


def said(text: str, sentence: int = 1) -> Statement:
    """A statement of a bottom line or summary."""
    return Statement(text=text, evidence=(span(sentence),), supported=True)


@dataclass(frozen=True)
class Planted:
    """The items of a brief, and what tells its report."""

    id: str
    actors: Sequence[Actor] = ()
    events: Sequence[Event] = ()
    aims: Sequence[Aim] = ()
    context: Sequence[ContextItem] = ()
    origins: Sequence[Origin] = ()
    bottom_line: str = ""
    summary: Sequence[str] = ()
    language: str = "en"
    published: str | None = None
    more: dict[str, Any] = field(default_factory=dict)

    def brief(self) -> Brief:
        """The brief."""
        return Brief(
            schema_version="1.0",
            document=DocumentInfo(
                id=self.id, source=f"{self.id}.txt", sha256=hashlib.sha256(self.id.encode()).hexdigest(),
                language=self.language, title=None, published=self.published, outlet=None, url=None, characters=100,
                sentences=5,
            ),
            headline=f"Headline of {self.id}",
            bottom_line=said(self.bottom_line or f"Bottom line that only {self.id} has."),
            summary=tuple(map(said, self.summary)),
            actors=tuple(self.actors), events=tuple(self.events), aims=tuple(self.aims), context=tuple(self.context),
            origins=tuple(self.origins), caveats=(),
            checks=Checks(
                supported=0, unsupported=0, quotes={}, numbers_without_support=(), problems=(), warnings=()
            ),
            provenance=Provenance(
                engine="recorded", model=None, recorded=True, prompt=None, prompt_hash=None, request=None,
                schema_version="1.0", software="test", attempts=0, reasks=0, input_tokens=None, output_tokens=None,
                cost_usd=None, seconds=0.0, replied=None,
            ),
        )  # fmt: skip

    def report(self) -> Report:
        """The report of the brief, without its text."""
        return Report(self.brief())


def reports(*planted: Planted) -> tuple[Report, ...]:
    """The reports of a story in canonical order."""
    return in_order(each.report() for each in planted)


def meeting(document: str, number: int = 1, **more: Any) -> Planted:
    """One of several reports on one meeting: two ministers, a crowd, two events, one aim, some background.

    Args:
        document: id of the report.
        number: what differs: the spelling of a name, the day, how many came.
        more: fields of `Planted`.
    """
    spelling = ("Yusuf Demirkan", "Youssef Demirkan", "Yusuf Demirkan")[number % 3]
    people = 1000 * number
    fields: dict[str, Any] = {
        "actors": (
            actor("A1", spelling, role="Foreign Minister", country="TUR", sector="GOV"),
            actor("A2", "Elena Markou", role="foreign minister", country="GRC", sector="GOV"),
            actor("A3", f"{people} protesters", "group", country="GRC"),
        ),
        "events": (
            event(
                "E1", f"{spelling} meets Elena Markou in Volos", cast="A1:actor A2:recipient", mode="visit",
                date=f"2024-05-0{number}", place="Volos", country="GRC",
            ),
            event("E2", f"{people} protesters march against the visit", "PROTEST", "A3:actor", place="Volos"),
        ),
        "aims": (aim("G1", "Reopen the border crossing at Kipoi", ("A1", "A2"), "pledge"),),
        "context": (background("C1", "Border crossing", "The crossing at Kipoi has been shut since 2020."),),
        "bottom_line": f"Ministers {spelling} and Elena Markou met in Volos about the border crossing at Kipoi.",
        "summary": ("The two ministers pledged to reopen the border crossing at Kipoi.", f"Marchers: {people}."),
    }  # fmt: skip
    return Planted(document, **(fields | more))
