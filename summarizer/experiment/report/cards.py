"""Each document of a run for the HTML page: its text, and every label beside what was said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ...evaluation.scores import DocumentScore, ItemOutcome, Outcome
from ...models.brief import Brief
from ...models.outcome import Failure
from ..runs import Run
from ..suite import Case
from .marking import Piece, pieces
from .view import HEADLINES, figure, tone

RTL = frozenset({"ar", "fa", "he", "ur", "ps", "sd", "ug", "yi", "dv", "ckb"})
_KINDS = {"event": "Events", "actor": "Actors", "aim": "Aims", "context": "Background", "nugget": "Nuggets",
          "caveat": "Caveats", "forbidden": "Forbidden"}  # fmt: skip


class Line(NamedTuple):
    """One label beside what was said."""

    outcome: str
    reference: str
    predicted: str
    note: str


class Group(NamedTuple):
    """The lines of one kind."""

    name: str
    lines: tuple[Line, ...]


class Metric(NamedTuple):
    """One figure with its colour."""

    label: str
    value: str
    tone: str


@dataclass(frozen=True)
class Card:
    """One document."""

    name: str
    language: str
    direction: str
    headline: str
    failed: str | None
    metrics: tuple[Metric, ...]
    text: tuple[Piece, ...]
    summary: tuple[str, ...]
    groups: tuple[Group, ...]
    problems: tuple[str, ...]


def cards(run: Run) -> Iterator[Card]:
    """A card for each document, from the first repeat."""
    for case, result, score in zip(run.cases, run.results[0], run.scores[0], strict=True):
        yield _card(case, result, score)


def _card(case: Case, result: Brief | Failure, score: DocumentScore) -> Card:
    brief = result if isinstance(result, Brief) else None
    texts = _texts(case, brief)
    lines: dict[str, list[Line]] = {}
    for item in score.items:
        lines.setdefault(item.kind, []).append(_line(item, texts))
    shares = (
        (label, score.shares[metric].value, metric) for metric, label in HEADLINES.items() if metric in score.shares
    )
    return Card(
        name=score.document,
        language=score.language,
        direction="rtl" if score.language in RTL else "ltr",
        headline=brief.headline if brief else "no brief",
        failed=score.failed,
        metrics=tuple(Metric(label, figure(value), tone(metric, value)) for label, value, metric in shares),
        text=tuple(pieces(case.document.text, case.reference, brief)),
        summary=(brief.bottom_line.text, *(s.text for s in brief.summary)) if brief else (),
        groups=tuple(Group(name, tuple(lines[kind])) for kind, name in _KINDS.items() if kind in lines),
        problems=tuple(f"{p.item}: {p.message}" for p in brief.checks.problems) if brief else (),
    )


def _line(item: ItemOutcome, texts: Mapping[tuple[str, str], str]) -> Line:
    kind = item.kind
    reference = texts.get((f"{kind} label", item.reference), item.reference) if item.reference else ""
    predicted = texts.get((kind, item.predicted), item.predicted) if item.predicted else ""
    outcome = "off" if item.outcome is Outcome.HIT and item.note else item.outcome.value
    return Line(outcome, reference, predicted, item.note)


def _texts(case: Case, brief: Brief | None) -> dict[tuple[str, str], str]:
    """What stands for each id of a label or an item."""
    reference = case.reference
    texts = {("event label", e.id): f"{'/'.join(e.type)}: {e.title}" for e in reference.events}
    texts |= {("actor label", a.id): a.names[0] for a in reference.actors}
    texts |= {("aim label", a.id): a.text for a in reference.aims}
    texts |= {("context label", c.id): f"{c.topic}: {c.text}" for c in reference.context}
    if brief:
        texts |= {("event", e.id): f"{e.type}: {e.title}" for e in brief.all_events}
        texts |= {("actor", a.id): a.name for a in brief.actors}
        texts |= {("aim", a.id): a.text for a in brief.aims}
        texts |= {("context", c.id): f"{c.topic}: {c.text}" for c in brief.context}
    return texts
