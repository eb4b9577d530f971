"""What a language model fills about merged reports or parts of one: where they disagree, and accounts of them.

Keys and forms keep to what OpenAI's strict mode accepts, as those of the draft do.
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from .base import Model
from .dossier import DiscrepancyAttribute

_CITED = "Ids of the claims that carry it, the fewest that suffice."


class Difference(StrEnum):
    """What a comparison of readings comes to."""

    CONTRADICTION = "contradiction"
    GRANULARITY = "granularity"
    NONE = "none"
    """They can all be true, or are about different things: looked at and dismissed."""


class FoundWording(Model):
    """Words of one report."""

    at: str = Field(description="Number of the sentence, such as R2.14.")
    wording: str = Field(alias="src", description="1 to 10 words copied from it that give the value.")


class FoundReading(Model):
    """One value and who gives it."""

    value: str = Field(description="In English, at most 12 words.")
    wordings: tuple[FoundWording, ...] = Field(alias="in", description="One for each report that gives it.")


class FoundDiscrepancy(Model):
    """One thing that reports tell differently."""

    about: str = Field(description="What the values are of, at most 15 words.")
    attribute: DiscrepancyAttribute = Field(alias="attr")
    readings: tuple[FoundReading, ...] = Field(alias="r", description="Two or more different values.")
    why: str = Field(description="At most 15 words: why both cannot be true, or how they fit.")
    kind: Difference


class Comparison(Model):
    """Where the reports of one story disagree."""

    discrepancies: tuple[FoundDiscrepancy, ...] = Field(alias="d")


class AccountLine(Model):
    """A sentence and the claims that carry it."""

    text: str
    claims: tuple[str, ...] = Field(alias="ev", description=_CITED)


class TimelineLine(Model):
    """A dated step."""

    date: str | None = Field(description="EDTF as the cited claims give it, or null.")
    text: str
    claims: tuple[str, ...] = Field(alias="ev", description=_CITED)


class Overview(Model):
    """The opening of the brief of a long report, and which of its events weigh most, before any check."""

    headline: AccountLine = Field(description="At most 15 words.")
    bottom_line: AccountLine
    summary: tuple[AccountLine, ...] = Field(description="3 to 8 sentences.")
    main_events: tuple[str, ...] = Field(description="Ids of at most 8 events, the weightiest first.")


class AccountDraft(Model):
    """The account of a story, before any check."""

    headline: AccountLine = Field(description="At most 15 words.")
    bottom_line: AccountLine
    summary: tuple[AccountLine, ...] = Field(description="3 to 8 sentences.")
    timeline: tuple[TimelineLine, ...]
