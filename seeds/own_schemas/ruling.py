"""A court's ruling as data: an example of a schema of one's own for `summarizer extract`."""

import datetime as dt
from decimal import Decimal
from enum import StrEnum

from pydantic import BaseModel, Field

from summarizer import Evidence, Quoted


class Role(StrEnum):
    """What a party is in the proceedings."""

    CLAIMANT = "claimant"
    DEFENDANT = "defendant"
    APPELLANT = "appellant"
    RESPONDENT = "respondent"
    OTHER = "other"


class Party(BaseModel):
    """One who sues, is sued, or takes part beside them."""

    name: Quoted
    role: Role
    represented_by: Quoted | None = Field(description="Counsel or legal representative.")
    evidence: Evidence


class Deadline(BaseModel):
    """By when something has to be done."""

    text: str = Field(description="The deadline in one English line, with the event from which it runs.")
    wording: Quoted
    days: int | None = Field(description="Length, if it is stated in days.")
    ends_on: dt.date | None = Field(description="Last day, only if the ruling names it.")
    evidence: Evidence


class Order(BaseModel):
    """One thing that the court orders, grants or refuses."""

    text: str = Field(description="What is ordered, to whom, in one English sentence.")
    wording: Quoted = Field(description="The operative words.")
    amount: Decimal | None = Field(description="Principal sum of money, if one is to be paid.")
    currency: str | None = Field(description="ISO 4217 code of the amount.")
    deadline: Deadline | None
    evidence: Evidence


class Citation(BaseModel):
    """A provision or an earlier decision that the ruling rests on."""

    wording: Quoted = Field(description="The citation as it is written, with section and paragraph.")
    decides: str = Field(description="What the court takes from it, in one English line.")
    evidence: Evidence


class Ruling(BaseModel):
    """A ruling of a court."""

    court: Quoted
    case_number: Quoted | None
    decided_on: dt.date | None
    subject: str = Field(description="What the dispute is about, in one English sentence.")
    parties: list[Party]
    orders: list[Order]
    citations: list[Citation]
    deadlines: list[Deadline] = Field(description="Deadlines that belong to no order, such as for an appeal.")
    evidence: Evidence = Field(description="Where court, number, date and subject are stated.")
