"""Codes of the schema in the words of a reader."""

from __future__ import annotations

from ..models.brief import Match
from ..models.draft import Factuality, OriginKind, ParticipantRole
from ..models.plover import EventContext

FACTUALITY = {
    Factuality.REPORTED: "reported as fact",
    Factuality.CLAIMED: "claimed, not adopted by the report",
    Factuality.PLANNED: "planned, not yet done",
    Factuality.HYPOTHETICAL: "hypothetical",
    Factuality.DENIED: "denied",
}

ORIGIN_KINDS = {
    OriginKind.OFFICIAL_STATEMENT: "official statement",
    OriginKind.INTERVIEW: "interview",
    OriginKind.NEWS_AGENCY: "news agency",
    OriginKind.MEDIA: "media",
    OriginKind.SOCIAL_MEDIA: "social media",
    OriginKind.UNNAMED_SOURCE: "unnamed source",
    OriginKind.EYEWITNESS: "eyewitness",
    OriginKind.DOCUMENT: "document",
}

ROLES = {
    ParticipantRole.ACTOR: "Actor",
    ParticipantRole.RECIPIENT: "Recipient",
    ParticipantRole.ATTENDEE: "Attendee",
    ParticipantRole.MEDIATOR: "Mediator",
}

MATCHES = {
    Match.EXACT: "exact",
    Match.FOLDED: "in another spelling",
    Match.FUZZY: "only approximate",
    Match.UNSUPPORTED: "not in the report",
}

_CONTEXTS = {
    EventContext.ENVIRO_DISASTER: "environmental disaster",
    EventContext.RIGHTS_FREEDOMS: "rights and freedoms",
    EventContext.RELIGION_ETHNICITY: "religion and ethnicity",
    EventContext.LGBT: "LGBT",
    EventContext.CBRN: "CBRN",
}


def context_in_words(context: EventContext) -> str:
    """What an event is about: "human rights"."""
    return _CONTEXTS.get(context, context.replace("_", " "))


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 request", "1,234 requests"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def language_in_words(code: str) -> str:
    """The English name of an ISO 639 code (CLDR); the code itself when it has none."""
    from babel import Locale

    return str(Locale("en").languages.get(code, code))
