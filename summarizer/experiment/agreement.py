"""How far two annotators agree, by the scorer that scores engines: the human ceiling."""

from __future__ import annotations

from collections.abc import Sequence

from ..evaluation.dossier_agreement import score_labels
from ..evaluation.dossier_references import DossierReference
from ..evaluation.reading import Labelled
from ..evaluation.references import Reference, ReferenceActor, ReferenceEvent, Salience
from ..evaluation.scores import DocumentScore
from ..evaluation.scoring import score_brief
from ..grounding.check import ground
from ..models import draft as d
from ..models.brief import SCHEMA_VERSION, Brief, Provenance
from ..models.document import Document, Sentence
from ..sentences import split
from ..version import __version__
from .suite import Suite


def agreement(suite: Suite, second: Sequence[Labelled]) -> tuple[DocumentScore, ...]:
    """The scores of a second annotator's labels, taken for a brief, against the suite's own.

    Args:
        suite: reports with the first annotator's labels.
        second: labels of some of the same reports.
    """
    first = {case.reference.document: case for case in suite.cases}
    found = []
    for labelled in second:
        case = first[labelled.reference.document]
        brief = brief_of(labelled.reference, case.document)
        found.append(score_brief(brief, case.reference, case.document.text))
    return tuple(found)


def dossier_agreement(suite: Suite, second: Sequence[DossierReference]) -> tuple[DocumentScore, ...]:
    """The scores of a second annotator's labels of stories against the suite's own, where both labelled a story.

    Args:
        suite: reports and stories with the first annotator's labels.
        second: labels of some of the same stories.
    """
    first = {labels.story: labels for labels in suite.stories}
    known = [labels for labels in second if labels.story in first]
    return tuple(score_labels(first[labels.story], labels, suite.references) for labels in known)


def brief_of(reference: Reference, document: Document) -> Brief:
    """The brief that an engine would have made that knows just these labels; okay items are left out."""
    sentences = split(document.text, document.language)
    nowhere = Provenance(
        engine="annotator", model=reference.annotator, recorded=False, prompt=None, prompt_hash=None, request=None,
        schema_version=SCHEMA_VERSION, software=f"summarizer {__version__}", attempts=0, reasks=0, input_tokens=None,
        output_tokens=None, cost_usd=None, seconds=0.0, replied=None,
    )  # fmt: skip
    return ground(draft_of(reference, sentences), document, sentences, nowhere)


def draft_of(reference: Reference, sentences: Sequence[Sentence]) -> d.Draft:
    """The draft that holds the required labels of a reference, each with all sentences as evidence."""
    everywhere = tuple(sentence.number for sentence in sentences)
    ids = {actor.id: f"A{number}" for number, actor in enumerate(reference.actors, 1)}
    statements = tuple(d.Statement(text=n.text, evidence=everywhere) for n in reference.nuggets if _counts(n.salience))
    main = reference.main_event
    headline = main.title if main else "No event"
    return d.Draft(
        headline=headline,
        bottom_line=statements[0] if statements else d.Statement(text=headline, evidence=everywhere),
        summary=statements,
        actors=tuple(_actor(a, ids[a.id], everywhere) for a in reference.actors if _counts(a.salience)),
        events=tuple(_event(e, ids, everywhere) for e in _main_first(reference) if _counts(e.salience)),
        aims=tuple(
            d.Aim(
                text=aim.text, wording_in_source=(aim.in_source or ("",))[0], kind=(aim.kind or (d.AimKind.GOAL,))[0],
                held_by=tuple(ids[i] for i in aim.held_by), origins=(), evidence=everywhere,
            )
            for aim in reference.aims if _counts(aim.salience)
        ),
        context=tuple(
            d.ContextItem(topic=c.topic, text=c.text, evidence=everywhere)
            for c in reference.context if _counts(c.salience)
        ),
        origins=(),
        caveats=tuple(d.Statement(text=c.text, evidence=everywhere) for c in reference.caveats if _counts(c.salience)),
    )  # fmt: skip


def _actor(actor: ReferenceActor, name: str, evidence: tuple[int, ...]) -> d.Actor:
    return d.Actor(
        id=name, name=actor.names[0], name_in_source=(actor.in_source or actor.names)[0],
        kind=(actor.kind or (d.ActorKind.PERSON,))[0], sector=None, role=_first(actor.role),
        affiliation=_first(actor.affiliation), country=_first(actor.country), evidence=evidence,
    )  # fmt: skip


def _event(event: ReferenceEvent, ids: dict[str, str], evidence: tuple[int, ...]) -> d.Event:
    taking = {
        role: tuple(ids[p.actor] for p in event.participants if p.role is role and _counts(p.salience))
        for role in d.ParticipantRole
    }
    return d.Event(
        type=event.type[0], mode=None, contexts=(), title=event.title,
        factuality=(event.factuality or (d.Factuality.REPORTED,))[0], date=event.date[0] if event.date else None,
        date_in_source=None, place=_first(event.place), place_in_source=None, country=_first(event.country),
        actors=taking[d.ParticipantRole.ACTOR], recipients=taking[d.ParticipantRole.RECIPIENT],
        attendees=taking[d.ParticipantRole.ATTENDEE], mediators=taking[d.ParticipantRole.MEDIATOR], origins=(),
        evidence=evidence,
    )  # fmt: skip


def _main_first(reference: Reference) -> list[ReferenceEvent]:
    return sorted(reference.events, key=lambda event: event.salience is not Salience.MAIN)


def _counts(salience: Salience) -> bool:
    return salience is not Salience.OKAY


def _first(values: Sequence[str]) -> str | None:
    return values[0] if values else None
