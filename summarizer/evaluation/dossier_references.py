"""Hand labels of stories that several reports tell: what a dossier should hold, one YAML file for each story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import AfterValidator, Field, model_validator

from ..models.base import Model
from ..models.dossier import DiscrepancyAttribute, DiscrepancyKind
from .label_files import LabelFile, Place, read_labels
from .references import Keywords, Reference, Salience

FOLDER = "dossiers"
"""Where these files stand, in the folder of the labels of single reports."""


def _keywords(accept: Keywords) -> Keywords:
    if any(not alternative or not all(word.strip() for word in alternative) for alternative in accept):
        raise ValueError("has an alternative without keywords")
    return accept


def _no_main(salience: Salience) -> Salience:
    if salience is Salience.MAIN:
        raise ValueError("is vital or okay; main is for events")
    return salience


def _no_omission(kind: DiscrepancyKind) -> DiscrepancyKind:
    if kind is DiscrepancyKind.OMISSION:
        raise ValueError("is contradiction or granularity; omissions are not listed")
    return kind


Accept = Annotated[Keywords, Field(min_length=1), AfterValidator(_keywords)]
Mentions = Annotated[dict[str, str], Field(min_length=1)]
"""Ids in the references of single reports, by the names of their documents."""


class ReferenceReading(Model):
    """What some reports give."""

    value: str
    documents: tuple[str, ...] = Field(min_length=1)
    accept: Accept


class ReferenceDiscrepancy(Model):
    """One thing of which reports say different things."""

    id: str
    salience: Annotated[Salience, AfterValidator(_no_main)]
    kind: Annotated[DiscrepancyKind, AfterValidator(_no_omission)]
    attribute: DiscrepancyAttribute
    about: str
    readings: tuple[ReferenceReading, ...] = Field(min_length=2)

    @property
    def documents(self) -> tuple[str, ...]:
        """The reports that have a reading, each once, in order."""
        return tuple(dict.fromkeys(name for reading in self.readings for name in reading.documents))

    @model_validator(mode="after")
    def _is_between_reports(self) -> ReferenceDiscrepancy:
        for reading in self.readings:
            if len(set(reading.documents)) < len(reading.documents):
                raise ValueError(f"reading {reading.value!r} names a document twice")
        if len({frozenset(reading.documents) for reading in self.readings}) == 1:
            raise ValueError("the same documents have every reading, so that no two of them differ")
        return self


class LinkedActor(Model):
    """An actor that several reports name."""

    name: str
    mentions: dict[str, str] = Field(min_length=2)


class ReferenceOrigins(Model):
    """How many origins an event or a figure has at least."""

    about: str
    accept: Accept
    events: dict[str, str] = Field(default_factory=dict)
    independent: int = Field(ge=1)


class SharedOrigin(Model):
    """Reports that have a passage from one origin."""

    documents: tuple[str, ...] = Field(min_length=2)
    origin: str
    accept: Accept


class DossierReference(Model):
    """The labels of one story."""

    story: str
    documents: tuple[str, ...] = Field(min_length=2)
    annotator: str
    actors: tuple[LinkedActor, ...] = ()
    never: tuple[tuple[Mentions, Mentions], ...] = ()
    discrepancies: tuple[ReferenceDiscrepancy, ...] = ()
    origins: tuple[ReferenceOrigins, ...] = ()
    shared: tuple[SharedOrigin, ...] = ()


def read_dossier_references(folder: Path, references: Mapping[str, Reference]) -> tuple[DossierReference, ...]:
    """The stories labelled in a folder, in the order of their file names; none where there is no folder.

    Args:
        folder: holds the YAML files.
        references: labels of the single reports, by the names of their documents.

    Raises:
        ReferenceFault: a file does not keep to the format, or names what no reference has; the message says the line.
        MissingExtra: pyyaml is not installed.
    """
    home: dict[str, str] = {}
    found = []
    for path in sorted(folder.glob("*.yaml")):
        file = read_labels(path, DossierReference)
        if file.labels.story != path.stem:
            raise file.fault(f"tells of {file.labels.story}", ("story",), f"Name the file {file.labels.story}.yaml")
        for fault in _faults(file.labels, references):
            raise file.fault(fault.message, fault.place, fault.remedy)
        _refuse_two_stories(file, home)
        found.append(file.labels)
    return tuple(found)


def _refuse_two_stories(file: LabelFile[DossierReference], home: dict[str, str]) -> None:
    for place, name in enumerate(file.labels.documents):
        if name in home:
            message = f"{name} is a report of {home[name]} already"
            raise file.fault(message, ("documents", place), "Leave it in one story")
        home[name] = file.labels.story


class _Fault(NamedTuple):
    place: Place
    message: str
    remedy: str


def _faults(labels: DossierReference, references: Mapping[str, Reference]) -> Iterator[_Fault]:
    """What the format alone does not rule out."""
    for number, name in enumerate(labels.documents):
        if name not in references:
            yield _Fault(
                ("documents", number), f"there is no labelled report {name}", "Correct the name, or label the report"
            )
        if name in labels.documents[:number]:
            yield _Fault(("documents", number), f"{name} is named twice", "Keep one of them")
    for place, name in _documents(labels):
        if name not in labels.documents:
            yield _Fault(place, f"{name} is no report of this story", "Correct it, or add it to `documents`")
    yield from _unknown_ids(labels, references)
    yield from _doubled(labels)
    for number, item in enumerate(labels.origins):
        most = len(item.events) or len(labels.documents)
        if item.independent > most:
            yield _Fault(
                ("origins", number, "independent"), f"{most} reports have {most} origins at most", "Correct the number"
            )


class _Named(NamedTuple):
    place: Place
    document: str


def _documents(labels: DossierReference) -> Iterator[_Named]:
    """Every document that the labels name, apart from the list of documents."""
    for place, mentions in (*_mentions(labels), *_events(labels)):
        yield from (_Named((*place, name), name) for name in mentions)
    for number, discrepancy in enumerate(labels.discrepancies):
        for at, reading in enumerate(discrepancy.readings):
            place = ("discrepancies", number, "readings", at, "documents")
            yield from (_Named((*place, i), name) for i, name in enumerate(reading.documents))
    for number, shared in enumerate(labels.shared):
        yield from (_Named(("shared", number, "documents", i), name) for i, name in enumerate(shared.documents))


class _Ids(NamedTuple):
    place: Place
    of_document: dict[str, str]


def _mentions(labels: DossierReference) -> Iterator[_Ids]:
    for number, actor in enumerate(labels.actors):
        yield _Ids(("actors", number, "mentions"), actor.mentions)
    for number, pair in enumerate(labels.never):
        yield from (_Ids(("never", number, side), mentions) for side, mentions in enumerate(pair))


def _events(labels: DossierReference) -> Iterator[_Ids]:
    for number, item in enumerate(labels.origins):
        yield _Ids(("origins", number, "events"), item.events)


def _unknown_ids(labels: DossierReference, references: Mapping[str, Reference]) -> Iterator[_Fault]:
    actors = {name: {actor.id for actor in references[name].actors} for name in labels.documents if name in references}
    events = {name: {event.id for event in references[name].events} for name in actors}
    for kind, known, groups in (("actor", actors, _mentions(labels)), ("event", events, _events(labels))):
        for place, mentions in groups:
            for name, item in mentions.items():
                if item not in known.get(name, ()):
                    message = f"the reference of {name} has no {kind} {item!r}"
                    yield _Fault((*place, name), message, "Take the id from its reference")


def _doubled(labels: DossierReference) -> Iterator[_Fault]:
    owner: dict[tuple[str, str], str] = {}
    for number, actor in enumerate(labels.actors):
        for mention in actor.mentions.items():
            if mention in owner:
                message = f"{mention[1]} is a mention of {owner[mention]} already"
                yield _Fault(("actors", number, "mentions", mention[0]), message, "Leave it to one of them")
            owner[mention] = f"actor {number + 1} ({actor.name})"
    for number, (one, other) in enumerate(labels.never):
        both = {owner.get(mention, mention) for mention in one.items()}
        if both & {owner.get(mention, mention) for mention in other.items()}:
            yield _Fault(("never", number), "the two are one actor in `actors`", "Correct one of the two")
    used = Counter(discrepancy.id for discrepancy in labels.discrepancies)
    for number, discrepancy in enumerate(labels.discrepancies):
        if used[discrepancy.id] > 1:
            message = f"the id {discrepancy.id!r} is used twice"
            yield _Fault(("discrepancies", number, "id"), message, "Number them anew")
