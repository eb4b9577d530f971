"""A story whose reports are merged, before anything is written about it."""

from __future__ import annotations

from dataclasses import dataclass

from ..models.dossier import (
    Discrepancy,
    DossierActor,
    DossierAim,
    DossierContext,
    DossierEvent,
    DossierOrigin,
    DossierStatement,
    StoryReport,
)
from .origins import Origins


@dataclass(frozen=True, slots=True)
class Parts:
    """A story without its account.

    Args:
        id: the same for the same reports.
        behind: the origins with what rests on them, to count them for any set of items.
    """

    id: str
    reports: tuple[StoryReport, ...]
    actors: tuple[DossierActor, ...]
    events: tuple[DossierEvent, ...]
    aims: tuple[DossierAim, ...]
    context: tuple[DossierContext, ...]
    statements: tuple[DossierStatement, ...]
    origins: tuple[DossierOrigin, ...]
    discrepancies: tuple[Discrepancy, ...]
    behind: Origins
