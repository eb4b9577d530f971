"""What engines are asked about a long report once its parts are merged: its opening, and which events weigh most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..merge.account import account_faults, compose
from ..merge.claims import Claim
from ..merge.parts import Parts
from ..merge.whole import MOST_EVENTS, part_numbers
from ..models.comparison import AccountDraft, Overview
from ..models.exchange import Request
from ..models.json_schema import reply_schema
from ..prompts import Prompts
from .base import Reading
from .prompted import MAX_FAULTS, parsed


@dataclass(frozen=True, slots=True)
class OverviewQuestion:
    """The opening of the brief of a long report.

    Args:
        about: the report's id.
        parts: its parts, merged.
        claims: of them, as they are shown.
    """

    about: str
    parts: Parts
    claims: tuple[Claim, ...]

    def request(self, prompts: Prompts) -> Request:
        """The request that shows the claims, each with the parts that have it."""
        numbers = part_numbers(self.parts)
        shown = [{"id": claim.id, "parts": numbers[claim.id], "text": claim.text} for claim in self.claims]
        data = {"parts": str(len(self.parts.reports)), "claims": shown}
        return prompts.ask("overview", self.about, data, reply_schema(Overview))

    def read(self, reply: str) -> Reading[Overview]:
        """The opening in a reply; sentences that the claims do not carry are faults."""
        read = parsed(Overview, reply)
        if read.draft is None:
            return read
        told = account_faults(as_account(read.draft), self.claims)
        faults = [fault.message for fault in told]
        faults += _event_faults(read.draft, self.claims)
        return Reading(read.draft, tuple(faults[:MAX_FAULTS]))

    def offline(self) -> Overview:
        """An opening composed of claims."""
        return composed(self.parts)


def as_account(overview: Overview) -> AccountDraft:
    """The lines of an opening as an account, to be checked like one."""
    return AccountDraft(
        headline=overview.headline, bottom_line=overview.bottom_line, summary=overview.summary, timeline=()
    )


def composed(parts: Parts) -> Overview:
    """An opening made of claims as they stand; events in the order in which the parts tell them, main ones first."""
    account = compose(parts)
    ranked = sorted(parts.events, key=lambda event: (not event.main, -event.sources, int(event.id[1:])))
    return Overview(
        headline=account.headline,
        bottom_line=account.bottom_line,
        summary=account.summary,
        main_events=tuple(event.id for event in ranked[:MOST_EVENTS]),
    )


def _event_faults(overview: Overview, claims: tuple[Claim, ...]) -> Iterator[str]:
    known = {claim.id for claim in claims if claim.id.startswith("E")}
    chosen = overview.main_events
    yield from (f"main_events names {each!r}, which is no event" for each in chosen if each not in known)
    if len(chosen) > MOST_EVENTS:
        yield f"main_events names {len(chosen)} events; at most {MOST_EVENTS}"
    if len(set(chosen)) < len(chosen):
        yield "main_events names an event twice"
    if known and not chosen:
        yield "main_events is empty, but there are events"
