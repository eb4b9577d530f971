"""One story out of several reports: the same items together, with their origins, discrepancies and credibility."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import TypeVar

from ..models.dossier import Discrepancy, StoryReport
from .assembling import Assembly
from .combining import combine
from .discrepancies import by_rules
from .linked import Group, Linked, Report
from .linking import link
from .origins import Origins, origins_of
from .parts import Parts

M = TypeVar("M")


def merge_reports(reports: Sequence[Report], found: Sequence[Discrepancy] = (), one_report: bool = False) -> Parts:
    """Merge the reports of one story, or the parts of one report.

    Args:
        reports: in canonical order (`in_order`), each with an id of its own.
        found: discrepancies between them that an engine found and spans prove.
        one_report: whether they are the parts of one report.

    Returns:
        The merged items, numbered by kind as in `Linked.named`: the most widely reported first, main events before
        others.
    """
    linked = link(reports, one_report)
    origins = origins_of(linked)
    discrepancies = combine(by_rules(linked), found, linked)
    assembly = Assembly(linked, origins, discrepancies)
    return Parts(
        id=_id(reports),
        reports=tuple(_report(report, origins) for report in reports),
        actors=_each(linked, "A", assembly.actor),
        events=_each(linked, "E", assembly.event),
        aims=_each(linked, "G", assembly.aim),
        context=_each(linked, "C", assembly.context),
        statements=_each(linked, "S", assembly.statement),
        origins=origins.origins,
        discrepancies=discrepancies,
        behind=origins,
    )


def _each(linked: Linked, letter: str, make: Callable[[str, Group], M]) -> tuple[M, ...]:
    return tuple(make(name, group) for name, group in linked.named() if name.startswith(letter))


def _id(reports: Sequence[Report]) -> str:
    hashes = sorted(report.brief.document.sha256 for report in reports)
    return hashlib.sha256("".join(hashes).encode()).hexdigest()[:12]


def _report(report: Report, origins: Origins) -> StoryReport:
    resting = tuple(origin.id for origin in origins.origins if report.id in origin.documents)
    return StoryReport(document=report.brief.document, headline=report.brief.headline, origins=resting)
