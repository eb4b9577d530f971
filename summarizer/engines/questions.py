"""What engines are asked about a story: where its reports disagree, and the account of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..grounding.figures import WEEKDAYS
from ..merge.account import account_faults, compose
from ..merge.claims import Claim
from ..merge.linked import Report
from ..merge.parts import Parts
from ..merge.verification import label, verify
from ..models.comparison import AccountDraft, Comparison
from ..models.dates import bounds
from ..models.exchange import Request
from ..models.json_schema import reply_schema
from ..prompts import Prompts
from .base import Reading
from .prompted import MAX_FAULTS, parsed


@dataclass(frozen=True, slots=True)
class DiscrepancyQuestion:
    """Where reports on one story disagree.

    Args:
        about: what the story is called in messages.
        reports: in the order in which they are numbered; all their known sentences are shown.
    """

    about: str
    reports: tuple[Report, ...]

    def request(self, prompts: Prompts) -> Request:
        """The request that shows the reports' numbered sentences."""
        shown = [_shown(label(number), report) for number, report in enumerate(self.reports, 1)]
        return prompts.ask("discrepancies", self.about, {"reports": shown}, reply_schema(Comparison))

    def read(self, reply: str) -> Reading[Comparison]:
        """The discrepancies in a reply; those that no words prove are faults."""
        read = parsed(Comparison, reply)
        if read.draft is None:
            return read
        return Reading(read.draft, verify(read.draft, self.reports).refused[:MAX_FAULTS])

    def offline(self) -> Comparison:
        """None: rules find what they find."""
        return Comparison(discrepancies=())


@dataclass(frozen=True, slots=True)
class AccountQuestion:
    """The account of a story, from its claims.

    Args:
        about: what the story is called in messages.
        parts: the merged story.
        claims: of the story, as they are shown.
    """

    about: str
    parts: Parts
    claims: tuple[Claim, ...]

    def request(self, prompts: Prompts) -> Request:
        """The request that shows the claims."""
        shown = [{"id": claim.id, "standing": claim.standing, "text": claim.text} for claim in self.claims]
        data = {"reports": str(len(self.parts.reports)), "claims": shown}
        return prompts.ask("account", self.about, data, reply_schema(AccountDraft))

    def read(self, reply: str) -> Reading[AccountDraft]:
        """The account in a reply; sentences that the claims do not carry are faults."""
        read = parsed(AccountDraft, reply)
        if read.draft is None:
            return read
        faults = account_faults(read.draft, self.claims)
        return Reading(read.draft, tuple(fault.message for fault in faults[:MAX_FAULTS]))

    def offline(self) -> AccountDraft:
        """An account composed of claims."""
        return compose(self.parts)


def parts_of(reports: Sequence[Report], most: int) -> Iterator[tuple[Report, ...]]:
    """Groups of reports whose sentences have at most so many characters; every two reports stand in one of them.

    Reports that fit together are one group. Otherwise they are cut into runs of half the size, and each two runs are
    a group. A single report larger than that is read with one run at a time, and the groups are larger.

    Args:
        reports: of one story.
        most: characters.
    """
    sizes = [sum(map(len, report.known.values())) for report in reports]
    if sum(sizes) <= most:
        yield tuple(reports)
        return
    runs: list[list[Report]] = []
    room = 0
    for report, size in zip(reports, sizes, strict=True):
        if not runs or size > room:
            runs.append([])
            room = most // 2
        runs[-1].append(report)
        room -= size
    for number, run in enumerate(runs):
        for other in runs[number + 1 :]:
            yield (*run, *other)


def _shown(name: str, report: Report) -> dict[str, Any]:
    info = report.brief.document
    sentences = [{"number": f"{name}.{number}", "text": text} for number, text in report.known.items()]
    return {
        "label": name, "language": info.language, "published": info.published or "",
        "weekday": _weekday(info.published), "outlet": info.outlet or "", "title": info.title or "",
        "sentences": sentences,
    }  # fmt: skip


def _weekday(date: str | None) -> str:
    """The English weekday of a day; empty for a month, a year or none."""
    interval = bounds(date) if date else None
    if interval is None or interval[0] != interval[1]:
        return ""
    return next(name for name, number in WEEKDAYS.items() if number == interval[0].weekday()).capitalize()
