"""The checked brief: every sentence number and wording of a draft resolved to characters of the report."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from .base import Model
from .dates import EdtfDate
from .display import Displayed
from .document import Layout, Sentence
from .draft import ActorKind, AimKind, Factuality, OriginKind, ParticipantRole
from .plover import EventContext, EventType, Mode, Sector

SCHEMA_VERSION = "1.1"
"""Version of the brief's schema: the first number changes when a reader of the old one would break."""


class Match(StrEnum):
    """How a wording was found in the report."""

    EXACT = "exact"
    FOLDED = "folded"
    FUZZY = "fuzzy"
    UNSUPPORTED = "unsupported"


class Span(Model):
    """A piece of the report: `document.text[start:end] == text`, in code points."""

    sentence: int = Field(description="Number of the sentence, from 1.")
    start: int
    end: int
    text: str
    page: int | None = Field(None, description="Page on which it begins, from 1, if the report has pages.")
    paragraph: int | None = Field(None, description="Its paragraph, from 1, if the report's format has them.")


def span_in(text: str, sentence: Sentence, layout: Layout | None = None) -> Span:
    """A sentence of a text, with the page or paragraph in which it begins."""
    number, start, end = sentence
    place = {layout.unit.value: layout.number_at(start)} if layout else {}
    return Span(sentence=number, start=start, end=end, text=text[start:end], **place)


class Quoted(Model):
    """A wording of the source and where it stands; no offsets when it stands nowhere."""

    text: str = Field(description="The report's own characters when found, the engine's otherwise.")
    start: int | None
    end: int | None
    match: Match


class Checked(Model):
    """What every checked item has."""

    evidence: tuple[Span, ...]
    supported: bool = Field(description="False when a check failed; `checks.problems` says which.")


class Statement(Checked):
    """An English sentence or two."""

    text: str


class Actor(Checked):
    """One who takes part in an event or holds an aim."""

    id: str
    name: str
    name_in_source: Quoted
    kind: ActorKind
    sector: Sector | None
    role: str | None
    affiliation: str | None
    country: str | None = Field(description="ISO 3166-1 alpha-3.")


class Participant(Model):
    """An actor's part in an event."""

    actor: str
    role: ParticipantRole


class Event(Checked):
    """Something done by someone, typed by PLOVER."""

    id: str
    type: EventType
    mode: Mode | None
    contexts: tuple[EventContext, ...]
    title: str
    factuality: Factuality
    date: EdtfDate | None = Field(description="EDTF (ISO 8601-2).")
    date_in_source: Quoted | None
    place: str | None
    place_in_source: Quoted | None
    country: str | None = Field(description="ISO 3166-1 alpha-3.")
    participants: tuple[Participant, ...]
    origins: tuple[str, ...]


class Aim(Checked):
    """What an actor says it wants."""

    id: str
    text: str
    wording_in_source: Quoted
    kind: AimKind
    held_by: tuple[str, ...]
    origins: tuple[str, ...]


class ContextItem(Checked):
    """Background that the report itself gives."""

    id: str
    topic: str
    text: str


class Origin(Checked):
    """Where the report says it has its information from."""

    id: str
    name: str
    kind: OriginKind


class Problem(Model):
    """Why an item is not supported."""

    item: str = Field(description="Id of the item, or 'headline', 'bottom_line', 'summary 2', 'caveat 1'.")
    message: str


class Checks(Model):
    """Outcome of grounding."""

    supported: int = Field(description="Items that passed every check.")
    unsupported: int = Field(description="Items that failed one.")
    quotes: dict[Match, int] = Field(description="Wordings of the source by how they were found.")
    numbers_without_support: tuple[str, ...] = Field(
        description="Numbers and dates in English text that no cited sentence holds."
    )
    problems: tuple[Problem, ...] = Field(description="What makes items unsupported.")
    warnings: tuple[str, ...] = Field(description="What a careful reader should know; nothing is marked for it.")


class DocumentInfo(Model):
    """The report that a brief is about, without its text."""

    id: str
    source: str
    sha256: str
    language: str
    title: str | None
    published: EdtfDate | None
    outlet: str | None
    url: str | None
    author: str | None = None
    pages: int | None = Field(None, description="How many pages it has, if it has pages.")
    characters: int = Field(description="Length of the text in code points.")
    sentences: int


class Provenance(Model):
    """Where a brief comes from."""

    engine: str = Field(description="live, recorded, batch or offline.")
    model: str | None
    recorded: bool = Field(description="True when the reply came from a store or a recording and nothing was asked.")
    prompt: str | None = Field(description="Name of the prompt.")
    prompt_hash: str | None = Field(description="First 12 hexadecimal digits of the SHA-256 of its templates.")
    request: str | None = Field(description="Hash of the request that the accepted reply answers.")
    schema_version: str
    software: str
    parts: int = Field(1, description="Parts in which the report was read; 1 when it was read as a whole.")
    attempts: int = Field(
        description="Requests sent for this brief, retries and re-asks included; 0 when recorded or offline."
    )
    reasks: int = Field(description="Replies that failed validation and were asked again.")
    input_tokens: int | None
    output_tokens: int | None
    cost_usd: float | None = Field(description="None when the model's price is not known.")
    seconds: float
    replied: str | None = Field(description="When the reply was made, ISO 8601.")


class Brief(Displayed, Model):
    """One report in checked English."""

    schema_version: str
    document: DocumentInfo
    headline: str
    bottom_line: Statement
    summary: tuple[Statement, ...]
    actors: tuple[Actor, ...]
    events: tuple[Event, ...]
    minor_events: tuple[Event, ...] = Field((), description="Further events of a long report, numbered on.")
    aims: tuple[Aim, ...]
    context: tuple[ContextItem, ...]
    origins: tuple[Origin, ...]
    caveats: tuple[Statement, ...]
    checks: Checks
    provenance: Provenance

    @property
    def all_events(self) -> tuple[Event, ...]:
        """Its events, then the minor ones of a long report."""
        return (*self.events, *self.minor_events)
