"""What an engine fills for one report: English fields, sentence numbers as evidence, wording of the source verbatim.

The JSON Schema of `Draft` goes to language models, so its keys are short (a third of a reply's bytes were keys): each
field has its public name in Python and its wire name as alias. It keeps to what OpenAI's strict mode accepts: every
field required, nullable instead of optional, closed objects, no defaults, no length keywords.
"""

from enum import StrEnum

from pydantic import Field

from .base import Model
from .countries import CountryCode
from .plover import EventContext, EventType, Mode, Sector

Evidence = tuple[int, ...]
_EVIDENCE = "Numbers of the sentences that say this."
_COUNTRY = "ISO 3166-1 alpha-3 code such as LBY, or null."


class ActorKind(StrEnum):
    """What an actor is; `asset` is a ship, aircraft or unit named as taking part."""

    PERSON = "person"
    ORGANIZATION = "organization"
    STATE = "state"
    GROUP = "group"
    ASSET = "asset"


class Factuality(StrEnum):
    """How the report presents an event."""

    REPORTED = "reported"
    CLAIMED = "claimed"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"
    DENIED = "denied"


class ParticipantRole(StrEnum):
    """What an actor does in an event."""

    ACTOR = "actor"
    RECIPIENT = "recipient"
    ATTENDEE = "attendee"
    MEDIATOR = "mediator"


class AimKind(StrEnum):
    """What sort of wish an actor states."""

    GOAL = "goal"
    SLOGAN = "slogan"
    DEMAND = "demand"
    AGENDA = "agenda"
    PLEDGE = "pledge"
    THREAT = "threat"


class OriginKind(StrEnum):
    """Where a report says it has its information from."""

    OFFICIAL_STATEMENT = "official_statement"
    INTERVIEW = "interview"
    NEWS_AGENCY = "news_agency"
    MEDIA = "media"
    SOCIAL_MEDIA = "social_media"
    UNNAMED_SOURCE = "unnamed_source"
    EYEWITNESS = "eyewitness"
    DOCUMENT = "document"


class Statement(Model):
    """An English sentence or two with the sentences of the report that carry it."""

    text: str
    evidence: Evidence = Field(alias="ev", description=_EVIDENCE)


class Actor(Model):
    """One who takes part in an event or holds an aim."""

    id: str = Field(description="A1, A2, ...")
    name: str = Field(description="Usual English form of the name the report gives, no title.")
    name_in_source: str = Field(alias="src", description="The name exactly as the report spells it.")
    kind: ActorKind
    sector: Sector | None = Field(description="PLOVER sector, or null.")
    role: str | None = Field(description="Title or function as the report gives it, in English, or null.")
    affiliation: str | None = Field(alias="org", description="Body it belongs to according to the report, or null.")
    country: CountryCode | None = Field(alias="iso3", description=_COUNTRY)
    evidence: Evidence = Field(alias="ev", description=_EVIDENCE)


class Event(Model):
    """Something done by someone, typed by PLOVER."""

    type: EventType
    mode: Mode | None = Field(description="A mode that fits the type, or null.")
    contexts: tuple[EventContext, ...] = Field(alias="ctx", description="What it is about; may be empty.")
    title: str = Field(description="One line: who did what.")
    factuality: Factuality = Field(alias="fact")
    date: str | None = Field(description="EDTF (2025-08-25, 2025-08, 2022, 2024/2025), or null.")
    date_in_source: str | None = Field(alias="date_src", description="Words of the report that give the date, or null.")
    place: str | None = Field(description="Most exact place, in English, or null.")
    place_in_source: str | None = Field(alias="place_src", description="Words of the report that name it, or null.")
    country: CountryCode | None = Field(alias="iso3", description=_COUNTRY)
    actors: tuple[str, ...] = Field(alias="by", description="Ids of the actors who do it.")
    recipients: tuple[str, ...] = Field(alias="to", description="Ids of those it is done to, or who are visited.")
    attendees: tuple[str, ...] = Field(alias="with", description="Ids of those present.")
    mediators: tuple[str, ...] = Field(alias="med", description="Ids of mediators.")
    origins: tuple[str, ...] = Field(alias="via", description="Ids of origins.")
    evidence: Evidence = Field(alias="ev", description=_EVIDENCE)

    @property
    def participants(self) -> tuple[tuple[str, ParticipantRole], ...]:
        """(actor id, role) of all who take part."""
        groups = (
            (self.actors, ParticipantRole.ACTOR),
            (self.recipients, ParticipantRole.RECIPIENT),
            (self.attendees, ParticipantRole.ATTENDEE),
            (self.mediators, ParticipantRole.MEDIATOR),
        )
        return tuple((actor, role) for ids, role in groups for actor in ids)


class Aim(Model):
    """What an actor says it wants."""

    text: str = Field(description="The aim, in English.")
    wording_in_source: str = Field(alias="src", description="The words of the report that state it, verbatim, short.")
    kind: AimKind
    held_by: tuple[str, ...] = Field(alias="by", description="Ids of actors.")
    origins: tuple[str, ...] = Field(alias="via", description="Ids of origins.")
    evidence: Evidence = Field(alias="ev", description=_EVIDENCE)


class ContextItem(Model):
    """Background that the report itself gives."""

    topic: str
    text: str
    evidence: Evidence = Field(alias="ev", description=_EVIDENCE)


class Origin(Model):
    """Where the report says it has its information from."""

    id: str = Field(description="O1, O2, ...")
    name: str = Field(description="In English.")
    kind: OriginKind
    evidence: Evidence = Field(alias="ev", description=_EVIDENCE)


class Draft(Model):
    """A brief before any check."""

    headline: str = Field(description="One line.")
    bottom_line: Statement
    summary: tuple[Statement, ...] = Field(description="2 to 6 statements.")
    actors: tuple[Actor, ...]
    events: tuple[Event, ...] = Field(description="Main event first; empty when the report tells none.")
    aims: tuple[Aim, ...]
    context: tuple[ContextItem, ...]
    origins: tuple[Origin, ...]
    caveats: tuple[Statement, ...]
