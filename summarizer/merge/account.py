"""The account of a story: checked against the claims that it cites, or composed of them without a language model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..grounding.figures import MONTHS, WEEKDAYS, figures
from ..grounding.held import Interval, SourceFigures
from ..grounding.numerals import Passage
from ..models.comparison import AccountDraft, AccountLine, TimelineLine
from ..models.dates import bounds
from ..text.folding import fold, token_texts
from .claims import Claim
from .parts import Parts

_NAME = re.compile(r"[^\W\d_][^\W_]*(?:[-'’][^\W_]+)*")
_OPENS = re.compile(r"(?:\A|[.!?:;]|[.!?:;]['\"”’)]*)\s*[\"“‘'(]*\Z")
_COUNTS = re.compile(
    r"\b(?:[\w-]+ (?:out )?of (?:the |all )?)?[\w-]+ (?:other |independent |more )?(?:reports?|origins?|sources?)\b",
    re.I,
)
_EDTF = re.compile(r"\b\d{4}-\d\d(?:-\d\d)?\b")
_CALENDAR = frozenset({*MONTHS, *WEEKDAYS})
_STEM = 4
_MOST_IN_SUMMARY, _MOST_IN_TIMELINE = 6, 12


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a line of an account is not supported: its place ("headline", "summary 2") and what is wrong."""

    line: str
    message: str


def account_faults(draft: AccountDraft, claims: Sequence[Claim]) -> tuple[Fault, ...]:
    """What the claims do not carry, line by line: claims that do not exist, figures, dates and names not in them."""
    known = {claim.id: claim for claim in claims}
    found: list[Fault] = []
    for line, text, cited in lines(draft):
        found += [Fault(line, f"{line} {message}") for message in _faults(text, cited, known)]
    for number, entry in enumerate(draft.timeline, 1):
        dates = {date for i in entry.claims if i in known for date in known[i].dates}
        if entry.date is not None and entry.date not in dates:
            line = f"timeline {number}"
            found.append(Fault(line, f"{line} has the date {entry.date}, which no claim it cites gives"))
    return tuple(found)


def lines(draft: AccountDraft) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Every line of an account: its place, text and cited claims."""
    yield "headline", draft.headline.text, draft.headline.claims
    yield "bottom_line", draft.bottom_line.text, draft.bottom_line.claims
    yield from ((f"summary {n}", line.text, line.claims) for n, line in enumerate(draft.summary, 1))
    yield from ((f"timeline {n}", line.text, line.claims) for n, line in enumerate(draft.timeline, 1))


def _faults(text: str, cited: Sequence[str], known: Mapping[str, Claim]) -> Iterator[str]:
    if not text.strip():
        yield "says nothing"
    if not cited:
        yield "cites no claim"
    for missing in (i for i in cited if i not in known):
        yield f"cites {missing!r}, which is no claim"
    claims = [known[i] for i in cited if i in known]
    if not claims:
        return
    said = _EDTF.sub(" ", "\n".join(claim.held for claim in claims))  # their days are no numbers of anything
    held = SourceFigures([Passage(said, fold(said))], "en")
    dates: list[Interval] = [d for claim in claims for date in claim.dates if (d := bounds(date))]
    for figure in figures(_COUNTS.sub(" ", text)):
        if not held.holds(figure, dates):
            yield f"says “{figure.text}”, which is not in the claims it cites"
    yield from _miscounts(text, claims)
    folded = fold(said)
    words = set(token_texts(folded, 0, len(folded)))
    for name in _names(text):
        if not _is_said(name, words):
            yield f"names “{name}”, which is not in the claims it cites"


def _miscounts(text: str, claims: Sequence[Claim]) -> Iterator[str]:
    """Counts of reports or origins that no claim cited has."""
    said = _EDTF.sub(" ", "\n".join(f"{claim.standing}; {claim.text}" for claim in claims))
    held = SourceFigures([Passage(said, fold(said))], "en")
    for phrase in _COUNTS.findall(text):
        if any(not held.holds(figure) for figure in figures(phrase)):
            yield f"counts “{phrase}”, which no claim it cites has"


def _names(text: str) -> Iterator[str]:
    """Words with a capital that do not open a sentence."""
    for match in _NAME.finditer(text):
        word = match[0]
        if not word[0].isupper() or len(word) < 3 or fold(word) in _CALENDAR:
            continue
        if not _OPENS.search(text, 0, match.start()):
            yield word


def _is_said(name: str, words: set[str]) -> bool:
    """Whether claims have the name, or another form of it: Turkish for Turkey, Haftar's for Haftar."""
    for part in re.split(r"[-'’]", fold(name)):
        if len(part) < 3 or part in words:
            continue
        if not any(word[:_STEM] == part[:_STEM] for word in words if len(word) >= _STEM):
            return False
    return True


def compose(parts: Parts) -> AccountDraft:
    """An account made of claims as they stand: without a language model, and without a sentence of its own.

    The first event (else the first statement) is the headline, statements that most origins stand behind the summary.
    The account of a single report is that of its brief.
    """
    ranked = sorted(parts.statements, key=lambda s: (-s.independent_origins, -s.sources, int(s.id[1:])))
    opening = [s for s in parts.statements if any(c.item == "bottom_line" for c in s.reports)]
    bottom = max(opening or ranked, key=lambda s: (s.independent_origins, s.sources, -int(s.id[1:])))
    first = parts.events[0] if parts.events else None
    headline = AccountLine(text=first.title if first else bottom.text, claims=(first.id if first else bottom.id,))
    if len(parts.reports) == 1:
        headline = headline.model_copy(update={"text": parts.reports[0].headline})
    rest = [s for s in ranked if s.id != bottom.id][:_MOST_IN_SUMMARY]
    return AccountDraft(
        headline=headline,
        bottom_line=AccountLine(text=bottom.text, claims=(bottom.id,)),
        summary=tuple(AccountLine(text=s.text, claims=(s.id,)) for s in rest),
        timeline=_timeline(parts),
    )


def _timeline(parts: Parts) -> tuple[TimelineLine, ...]:
    """The story's most widely told events, those with a date first and in order."""
    told = sorted(parts.events, key=lambda e: (not e.main, -e.independent_origins, -e.sources, int(e.id[1:])))
    chosen = sorted(told[:_MOST_IN_TIMELINE], key=lambda e: (e.date is None, _first_day(e.date), int(e.id[1:])))
    return tuple(TimelineLine(date=event.date, text=event.title, claims=(event.id,)) for event in chosen)


def _first_day(date: str | None) -> str:
    interval = bounds(date) if date else None
    return interval[0].isoformat() if interval else date or ""
