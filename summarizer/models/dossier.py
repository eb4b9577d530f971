"""The dossier: reports grouped into stories, each with one account, every part of which says who reports it."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from .base import Model
from .brief import DocumentInfo, Quoted, Span
from .dates import EdtfDate
from .display import Displayed
from .draft import ActorKind, AimKind, Factuality, OriginKind, ParticipantRole
from .outcome import Failure
from .plover import EventContext, EventType, Mode, Sector

DOSSIER_VERSION = "1.0"
"""Version of the dossier's schema: the first number changes when a reader of the old one would break."""


class DiscrepancyKind(StrEnum):
    """How readings differ."""

    CONTRADICTION = "contradiction"
    """Both cannot be true of the same thing."""
    GRANULARITY = "granularity"
    """One is the other, coarser or rounded."""
    OMISSION = "omission"
    """Some reports do not say it."""


class DiscrepancyAttribute(StrEnum):
    """What readings are about."""

    DATE = "date"
    TIME = "time"
    NUMBER = "number"
    PLACE = "place"
    ROLE = "role"
    NAME = "name"
    ACTOR = "actor"
    ACTION = "action"
    FACTUALITY = "factuality"
    WORDING = "wording"
    CAUSE = "cause"
    OTHER = "other"


class FoundBy(StrEnum):
    """Who found a discrepancy."""

    RULES = "rules"
    ENGINE = "engine"
    BOTH = "both"


class Citation(Model):
    """Where one report says something."""

    document: str = Field(description="Id of the report.")
    item: str | None = Field(
        description="Item of its brief: an id such as A1 or E2, 'bottom_line' or 'summary 3'; None for sentences alone."
    )
    spans: tuple[Span, ...] = Field(description="The sentences.")
    wordings: tuple[Quoted, ...] = Field((), description="The very words, where they were asked for.")


class Reading(Model):
    """What some reports give for an attribute."""

    value: str = Field(description="In English; EDTF for dates, a code for countries.")
    documents: tuple[str, ...]
    evidence: tuple[Citation, ...]


class Attribute(Model):
    """An attribute of a merged item with all its readings, the most widely reported first."""

    name: str
    readings: tuple[Reading, ...]


class Merged(Model):
    """What every merged item has."""

    id: str
    reports: tuple[Citation, ...] = Field(description="Each report's item that went into it, with its evidence.")
    sources: int = Field(description="Reports that have it.")
    origins: tuple[str, ...] = Field(description="Ids of the fewest origins from which all its reports can have it.")
    independent_origins: int = Field(description="How many those are.")
    credibility: int = Field(
        ge=1, le=6, description="NATO scale (AJP-2.1): 1 confirmed ... 5 improbable, 6 cannot be judged."
    )
    supported: bool = Field(description="Whether at least one report's item passed the checks of grounding.")
    discrepancies: tuple[str, ...] = Field(description="Ids of the discrepancies that touch it.")
    why: tuple[str, ...] = Field(description="Why its items were taken for the same.")


class NameForm(Model):
    """A spelling of a name and the reports that have it."""

    text: str
    script: str = Field(description="Name of the script in Unicode, such as Latin or Arabic.")
    documents: tuple[str, ...]


class DossierActor(Merged):
    """An actor of one or several reports."""

    name: str
    kind: ActorKind
    names: tuple[NameForm, ...] = Field(description="All names in English and as the sources spell them.")
    sector: Sector | None
    role: str | None = Field(description="The most widely reported; all stand in `attributes`.")
    affiliation: str | None
    country: str | None
    attributes: tuple[Attribute, ...]
    may_be: tuple[str, ...] = Field(description="Ids of actors of whom it may be one: a bare surname, left open.")


class DossierParticipant(Model):
    """A merged actor's part in a merged event and who says so."""

    actor: str
    role: ParticipantRole
    documents: tuple[str, ...]


class DossierEvent(Merged):
    """An event of one or several reports."""

    type: EventType
    mode: Mode | None
    contexts: tuple[EventContext, ...]
    title: str
    factuality: Factuality
    date: EdtfDate | None
    place: str | None
    country: str | None
    participants: tuple[DossierParticipant, ...]
    attributes: tuple[Attribute, ...]
    main: bool = Field(description="Whether it is the first event of any report.")


class DossierAim(Merged):
    """An aim that one or several reports ascribe to actors."""

    text: str
    kind: AimKind
    held_by: tuple[str, ...]


class DossierContext(Merged):
    """Background that one or several reports give."""

    topic: str
    text: str


class DossierStatement(Merged):
    """A statement of one brief's bottom line or summary, with those of others that say the same."""

    text: str


class DossierOrigin(Model):
    """One from whom reports have what they say: an agency, a ministry, a witness, or a report's own work."""

    id: str
    name: str
    kind: OriginKind | None = Field(description="None for a report that names nobody: its own work.")
    documents: tuple[str, ...]
    why: tuple[str, ...] = Field(description="Why these reports are taken to rest on it.")


class Discrepancy(Model):
    """Readings of one thing that differ between reports."""

    id: str
    about: str
    attribute: DiscrepancyAttribute
    kind: DiscrepancyKind
    readings: tuple[Reading, ...] = Field(description="At least two, each proven by spans.")
    note: str | None
    items: tuple[str, ...] = Field(description="Ids of the merged items that it touches.")
    found_by: FoundBy


class AccountStatement(Model):
    """A sentence of the account and what it rests on."""

    text: str
    claims: tuple[str, ...] = Field(description="Ids of the merged items that it cites.")
    reports: tuple[Citation, ...]
    sources: int
    origins: tuple[str, ...]
    independent_origins: int
    credibility: int = Field(ge=1, le=6)
    discrepancies: tuple[str, ...] = Field(description="Ids of the discrepancies that touch what it cites.")


class TimelineEntry(AccountStatement):
    """A step of the story."""

    date: EdtfDate | None
    disputed: bool = Field(description="Whether a contradiction touches what it cites.")


class StoryReport(Model):
    """A report of a story."""

    document: DocumentInfo
    headline: str
    origins: tuple[str, ...] = Field(description="Ids of the story's origins that it rests on.")


class StoryChecks(Model):
    """What was checked and left out when a story was made."""

    sentences_dropped: tuple[str, ...] = Field(description="Sentences of the account without support, not shown in it.")
    discrepancies_refused: tuple[str, ...] = Field(
        description="What the language model took for a discrepancy and no span proves, with the reason."
    )
    warnings: tuple[str, ...]
    failures: tuple[Failure, ...] = Field(description="Questions to the language model that have no usable reply.")


class StoryProvenance(Model):
    """Where the account and the discrepancies come from."""

    account: str = Field(description="live, recorded, batch: a language model wrote it; offline: composed from claims.")
    discrepancies: str = Field(description="The same; offline: by rules alone.")
    model: str | None
    requests: tuple[str, ...] = Field(description="Hashes of the requests whose replies were used.")
    prompts: tuple[str, ...] = Field(description="NAME@HASH of each prompt used.")
    attempts: int
    reasks: int
    input_tokens: int | None
    output_tokens: int | None
    cost_usd: float | None
    seconds: float


class Story(Displayed, Model):
    """Reports on one story, merged."""

    id: str = Field(description="The same for the same reports, whatever else is in the dossier.")
    headline: AccountStatement
    bottom_line: AccountStatement
    summary: tuple[AccountStatement, ...]
    timeline: tuple[TimelineEntry, ...]
    reports: tuple[StoryReport, ...]
    actors: tuple[DossierActor, ...]
    events: tuple[DossierEvent, ...]
    aims: tuple[DossierAim, ...]
    context: tuple[DossierContext, ...]
    statements: tuple[DossierStatement, ...]
    origins: tuple[DossierOrigin, ...]
    discrepancies: tuple[Discrepancy, ...]
    checks: StoryChecks
    provenance: StoryProvenance


class Dossier(Displayed, Model):
    """Several reports, grouped into the stories that they tell; a report of its own story stands alone in it."""

    schema_version: str
    stories: tuple[Story, ...] = Field(description="The most widely reported first.")
    duplicates: tuple[str, ...] = Field(description="Reports left out because their text equals another's: ID = ID.")
    failures: tuple[Failure, ...] = Field(description="Reports without a brief, and why.")
