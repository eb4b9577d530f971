"""What is compared, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from ..models.draft import ActorKind

PLACE: Final = "place"
"""The kind of a mention that is no actor."""


class Verdict(StrEnum):
    """Whether two mentions name the same one."""

    SAME = "same"
    DIFFERENT = "different"
    OPEN = "open"
    """One name is a part of the other, so it is the same one only where no second candidate is."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One who, or a place that, a report names.

    Args:
        name: usual English form, as an engine gave it; None when only the wording is known.
        wording: as the source spells it, in its script; None when unknown.
        kind: what is named.
        role: title or function, in English.
        affiliation: body it belongs to, in English.
        country: ISO 3166-1 alpha-3.
        language: ISO 639 code of the wording.
    """

    name: str | None
    wording: str | None
    kind: ActorKind | Literal["place"]
    role: str | None = None
    affiliation: str | None = None
    country: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is known about two mentions.

    Args:
        verdict: whether they name the same one.
        similarity: of the names, from 0 to 1.
        why: part of a plain English sentence.
    """

    verdict: Verdict
    similarity: float
    why: str
