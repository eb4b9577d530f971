"""What a run writes of a document: one JSON line, the same whenever and however often it was interrupted."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, TypeAlias

from ..models.brief import Brief
from ..models.extraction import Extraction
from ..models.outcome import Failure

Result: TypeAlias = "Brief | Extraction[Any] | Failure"
_OF_THE_RUN = {"provenance": {"engine", "recorded", "attempts", "cost_usd", "seconds", "replied"}}
"""What depends on when and how often a reply was asked for; the store has it, under the hash of the request."""


@dataclass(frozen=True, slots=True)
class Record:
    """One line of a run's output.

    Attributes:
        line: JSON without the line's end.
        failed: the kind of the error, None for a result.
    """

    line: str
    failed: str | None = None


def record_of(result: Result) -> Record:
    """The record of a brief, an extraction or a failure."""
    if isinstance(result, Failure):
        return Record(result.model_dump_json(), result.kind)
    return Record(result.model_dump_json(exclude=_OF_THE_RUN))


def failure_in(line: str) -> Failure | None:
    """The failure that a record tells of, None when it is a result."""
    return Failure.model_validate_json(line) if line.startswith('{"document":"') else None


def columns_of(line: str) -> dict[str, Any]:
    """A record as a row of a table: what is asked for most in columns of its own, all of it in `record`."""
    value = json.loads(line)
    about = value["document"]
    if isinstance(about, str):
        return {"id": about, "failure": value["kind"], "message": value["message"], "record": line}
    row = {name: about[name] for name in ("id", "source", "sha256", "language", "title", "published", "outlet", "url")}
    told = value.get("bottom_line") or {}
    row |= {"headline": value.get("headline"), "bottom_line": told.get("text")}
    return row | {"unsupported": value["checks"]["unsupported"], "record": line}
