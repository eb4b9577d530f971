"""Labels, briefs and dossiers of an invented story in three reports (a, b, c), beside a report of its own (lone)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from summarizer.evaluation.dossier_references import DossierReference
from summarizer.evaluation.dossier_told import Told
from summarizer.evaluation.references import (
    Nugget,
    Participant,
    Reference,
    ReferenceActor,
    ReferenceEvent,
    Salience,
)
from summarizer.models import dossier as d
from summarizer.models.brief import Brief
from summarizer.models.draft import ActorKind, Factuality, ParticipantRole
from summarizer.models.outcome import Failure
from summarizer.models.plover import EventType

from .briefs import brief_of, changed

DOCUMENTS = ("a.txt", "b.txt", "c.txt", "lone.txt")
NAMES = {"mira": "Mira Solvang", "tarek": "Tarek Odun", "isla": "Isla Brant"}
_COMMON: dict[str, Any] = {
    "origins": ("O1",), "independent_origins": 1, "credibility": 3, "supported": True, "discrepancies": (), "why": (),
}  # fmt: skip


def reference(document: str, actors: Iterable[str] = ("mira", "tarek")) -> Reference:
    """The labels of a report: its actors meet in Port Elin (E1), and close the port (E2)."""
    parts = tuple(Participant(actor=actor, role=ParticipantRole.ACTOR) for actor in actors)
    return Reference(
        document=document, language="en", published=None, annotator="t",
        actors=tuple(ReferenceActor(id=a, names=(NAMES[a],), kind=(ActorKind.PERSON,)) for a in actors),
        events=(
            ReferenceEvent(id="E1", salience=Salience.MAIN, type=(EventType.CONSULT,), title="Meeting in Port Elin", participants=parts),
            ReferenceEvent(id="E2", salience=Salience.VITAL, type=(EventType.SANCTION,), title="Harbour closed to foreign ships"),
        ),
        nuggets=(
            Nugget(salience=Salience.VITAL, text="They met", accept=(("met",),)),
            Nugget(salience=Salience.OKAY, text="It rained", accept=(("rain",),)),
        ),
    )  # fmt: skip


def references() -> dict[str, Reference]:
    """The labels of all four reports."""
    return {name: reference(name) for name in DOCUMENTS}


def labels(**changes: Any) -> DossierReference:
    """The labels of the story."""
    values: dict[str, Any] = {
        "story": "port", "documents": ("a.txt", "b.txt", "c.txt"), "annotator": "t",
        "actors": [
            {"name": NAMES[actor], "mentions": {"a.txt": actor, "b.txt": actor, "c.txt": actor}}
            for actor in ("mira", "tarek")
        ],
    }  # fmt: skip
    return DossierReference.model_validate(values | changes)


def briefs(labelled: Mapping[str, Reference]) -> tuple[Brief, ...]:
    """Briefs that say what the labels say: their actors are A1, A2, ..., their events E1 and E2; ids without suffix."""
    made = []
    for reference_ in labelled.values():
        brief = brief_of(reference_, "")
        made.append(changed(brief, document=changed(brief.document, id=reference_.document.removesuffix(".txt"))))
    return tuple(made)


def cited(*items: tuple[str, str]) -> tuple[d.Citation, ...]:
    """Citations of items of briefs."""
    return tuple(d.Citation(document=document, item=item, spans=()) for document, item in items)


def actor(name: str, *items: tuple[str, str]) -> d.DossierActor:
    """A merged actor."""
    return d.DossierActor(
        id=name, reports=cited(*items), sources=len(items), name=name, kind=ActorKind.PERSON, names=(), sector=None,
        role=None, affiliation=None, country=None, attributes=(), may_be=(), **_COMMON,
    )  # fmt: skip


def event(name: str, *items: tuple[str, str], independent: int = 1, title: str = "Meeting") -> d.DossierEvent:
    """A merged event."""
    common = _COMMON | {"independent_origins": independent}
    return d.DossierEvent(
        id=name, reports=cited(*items), sources=len(items), type=EventType.CONSULT, mode=None, contexts=(), title=title,
        factuality=Factuality.REPORTED, date=None, place=None, country=None, participants=(), attributes=(), main=True,
        **common,
    )  # fmt: skip


def statement(text: str, *documents: str, independent: int = 1) -> d.DossierStatement:
    """A merged statement of briefs."""
    common = _COMMON | {"independent_origins": independent}
    items = cited(*((document, "bottom_line") for document in documents))
    return d.DossierStatement(id="S1", reports=items, sources=len(documents), text=text, **common)


def told(text: str, sources: int = 1) -> d.AccountStatement:
    """A sentence of an account."""
    return d.AccountStatement(
        text=text, claims=(), reports=(), sources=sources, origins=(), independent_origins=1, credibility=3,
        discrepancies=(),
    )  # fmt: skip


def origin(name: str, *documents: str) -> d.DossierOrigin:
    """An origin on which reports rest."""
    return d.DossierOrigin(id=name, name=name, kind=None, documents=documents, why=())


def discrepancy(
    kind: str, about: str, readings: Mapping[str, Iterable[str]], attribute: str = "number"
) -> d.Discrepancy:
    """A discrepancy whose readings are given as {value: ids of documents}."""
    return d.Discrepancy(
        id="D1", about=about, attribute=d.DiscrepancyAttribute(attribute), kind=d.DiscrepancyKind(kind),
        readings=tuple(d.Reading(value=value, documents=tuple(ids), evidence=()) for value, ids in readings.items()),
        note=None, items=(), found_by=d.FoundBy.ENGINE,
    )  # fmt: skip


def story(labelled: Iterable[Brief], **changes: Any) -> d.Story:
    """A story of some briefs, with nothing in it but what is given."""
    made = tuple(labelled)
    values: dict[str, Any] = {
        "id": "s", "headline": told("News"), "bottom_line": told("They met.", 2), "summary": (), "timeline": (),
        "reports": tuple(d.StoryReport(document=brief.document, headline="News", origins=()) for brief in made),
        "actors": (), "events": (), "aims": (), "context": (), "statements": (), "origins": (), "discrepancies": (),
        "checks": d.StoryChecks(sentences_dropped=(), discrepancies_refused=(), warnings=(), failures=()),
        "provenance": d.StoryProvenance(
            account="live", discrepancies="live", model="m", requests=(), prompts=(), attempts=2, reasks=0,
            input_tokens=100, output_tokens=10, cost_usd=0.5, seconds=3.0,
        ),
    }  # fmt: skip
    return d.Story(**(values | changes))


def checks(*failures: Failure, dropped: Iterable[str] = ()) -> d.StoryChecks:
    """Checks of a story with failures and dropped sentences."""
    return d.StoryChecks(sentences_dropped=tuple(dropped), discrepancies_refused=(), warnings=(), failures=failures)


def dossier(*stories: d.Story) -> d.Dossier:
    """A dossier of stories."""
    return d.Dossier(schema_version="1.0", stories=stories, duplicates=(), failures=())


def told_of(*stories: d.Story) -> Told:
    """A dossier of stories beside briefs that say what the labels of all four reports say."""
    labelled = references()
    return Told(dossier(*stories), briefs(labelled), labelled)
