"""A model as a user would write it, a document for it, and a reply that fills it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, Field

from summarizer.models.extraction import Evidence, Quoted

PAY = "The court of Norvale orders the Harbour Company to pay 1,250.50 marks to Ada Lind."
REPAIR = "The Harbour Company must repair the crane within 30 days."
APPEAL = "Ada Lind said that the crane fell on her boat."
TEXT = f"{PAY}\n{REPAIR}\n{APPEAL}"


class Order(BaseModel):
    """One thing that is ordered."""

    text: str = Field(description="In English.")
    wording: Quoted
    amount: Decimal | None = None
    evidence: Evidence


class Ruling(BaseModel):
    """List what the court orders."""

    court: Quoted
    decided: dt.date | None
    orders: list[Order]
    dissent: Quoted | None = None
    instance: int = 1


def order(**fields: Any) -> dict[str, Any]:
    """An order of a reply, with some of its fields replaced."""
    usual = {
        "text": "Pay 1,250.50 marks to Ada Lind", "wording": "to pay 1,250.50 marks", "amount": "1250.50",
        "evidence": [1],
    }  # fmt: skip
    return usual | fields


def ruling(*orders: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A reply about `TEXT`, with some of its fields replaced."""
    given = list(orders) or [order()]
    usual = {"court": "court of Norvale", "decided": None, "orders": given, "dissent": None, "instance": None}
    return usual | fields
