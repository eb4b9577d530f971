"""What a judge fills: a second language model's labels, with short keys, in what OpenAI's strict mode accepts."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from .base import Model

_WHY = "At most 12 English words."


class Kind(StrEnum):
    """What is judged."""

    NUGGET = "nugget"
    """Whether the English summary says a fact."""
    CLAIM = "claim"
    """Whether the cited sentences carry an English statement."""
    PREFERENCE = "preference"
    """Which of two briefs of one report is better."""


class Said(StrEnum):
    """Whether a summary says a fact."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Carried(StrEnum):
    """Whether cited sentences carry a statement."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    CONTRADICTED = "contradicted"
    NOT_IN_SOURCE = "not_in_source"


class Better(StrEnum):
    """Which of two briefs is better."""

    FIRST = "first"
    SECOND = "second"
    TIE = "tie"


class NuggetVerdict(Model):
    """The label of one fact."""

    number: int = Field(alias="n", description="Number of the fact.")
    why: str = Field(description=_WHY)
    label: Said = Field(alias="is")


class NuggetVerdicts(Model):
    """The labels of all facts, in order."""

    verdicts: tuple[NuggetVerdict, ...] = Field(alias="v")


class ClaimVerdict(Model):
    """The label of one statement."""

    number: int = Field(alias="n", description="Number of the statement.")
    why: str = Field(description=_WHY)
    label: Carried = Field(alias="is")


class ClaimVerdicts(Model):
    """The labels of all statements, in order."""

    verdicts: tuple[ClaimVerdict, ...] = Field(alias="v")


class PreferenceVerdict(Model):
    """Which of two briefs is better."""

    why: str = Field(description="At most 25 English words.")
    label: Better = Field(alias="is")


LABELS: dict[Kind, tuple[str, ...]] = {
    Kind.NUGGET: tuple(Said),
    Kind.CLAIM: tuple(Carried),
    Kind.PREFERENCE: tuple(Better),
}
"""The labels of each kind of judgement."""
