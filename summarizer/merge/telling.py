"""The account as it is shown: only supported lines, each with its reports, origins and credibility."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..models.comparison import AccountDraft, AccountLine, TimelineLine
from ..models.dossier import AccountStatement, Citation, DiscrepancyKind, TimelineEntry
from .account import Fault
from .claims import citations, merged_items
from .credibility import Basis, credibility
from .linked import Ref
from .parts import Parts


@dataclass(frozen=True, slots=True)
class Telling:
    """The account of a story, and the lines without support that were left out of it."""

    headline: AccountStatement
    bottom_line: AccountStatement
    summary: tuple[AccountStatement, ...]
    timeline: tuple[TimelineEntry, ...]
    dropped: tuple[str, ...]


def told(
    draft: AccountDraft, parts: Parts, faults: Sequence[Fault] = (), instead: AccountDraft | None = None
) -> Telling:
    """The supported lines of a draft.

    Args:
        draft: of the account.
        parts: the merged story.
        faults: of the draft; lines that have one are dropped.
        instead: whose headline and bottom line stand for those that are dropped.
    """
    teller = _Teller(parts)
    reasons = {fault.line: fault.message for fault in reversed(faults)}
    spare = instead or draft
    texts = {"headline": draft.headline.text, "bottom_line": draft.bottom_line.text}
    texts |= {f"summary {n}": line.text for n, line in enumerate(draft.summary, 1)}
    texts |= {f"timeline {n}": line.text for n, line in enumerate(draft.timeline, 1)}
    return Telling(
        headline=teller.statement(spare.headline if "headline" in reasons else draft.headline),
        bottom_line=teller.statement(spare.bottom_line if "bottom_line" in reasons else draft.bottom_line),
        summary=tuple(
            teller.statement(line) for n, line in enumerate(draft.summary, 1) if f"summary {n}" not in reasons
        ),
        timeline=tuple(
            teller.entry(line) for n, line in enumerate(draft.timeline, 1) if f"timeline {n}" not in reasons
        ),
        dropped=tuple(f"{texts[line]} [{message}]" for line, message in reasons.items()),
    )


class _Teller:
    def __init__(self, parts: Parts):
        self._parts = parts
        self._citations = citations(parts)
        self._items = {item.id: item for item in merged_items(parts)}
        self._disputes = {each.id: each for each in parts.discrepancies}

    def statement(self, line: AccountLine) -> AccountStatement:
        reports = self._reports(line.claims)
        origins = self._origins(reports)
        touched = self._touched(line.claims)
        return AccountStatement(
            text=line.text, claims=line.claims, reports=reports, sources=len({c.document for c in reports}),
            origins=origins, independent_origins=len(origins), discrepancies=touched,
            credibility=self._credibility(line.claims, len(origins)),
        )  # fmt: skip

    def entry(self, line: TimelineLine) -> TimelineEntry:
        told = self.statement(AccountLine(text=line.text, claims=line.claims))
        kinds = {self._disputes[i].kind for i in told.discrepancies}
        return TimelineEntry(**dict(told), date=line.date, disputed=DiscrepancyKind.CONTRADICTION in kinds)

    def _reports(self, claims: Iterable[str]) -> tuple[Citation, ...]:
        """What the cited claims rest on, each citation once."""
        return tuple(dict.fromkeys(c for i in claims for c in self._citations.get(i, ())))

    def _origins(self, reports: Sequence[Citation]) -> tuple[str, ...]:
        refs = [Ref(c.document, c.item) for c in reports if c.item]
        if not refs:  # only discrepancies are cited
            documents = {c.document for c in reports}
            refs = [ref for ref in self._parts.behind.behind if ref.document in documents]
        return self._parts.behind.fewest(refs)

    def _credibility(self, claims: Iterable[str], origins: int) -> int:
        """That of the weakest item cited; a sentence that cites a disagreement alone says only what is so."""
        cited = [self._items[i].credibility for i in claims if i in self._items]
        return max(cited) if cited else credibility(Basis(origins=origins))

    def _touched(self, claims: Iterable[str]) -> tuple[str, ...]:
        found = [i for i in claims if i in self._disputes]
        found += [d for i in claims if i in self._items for d in self._items[i].discrepancies]
        return tuple(dict.fromkeys(found))
