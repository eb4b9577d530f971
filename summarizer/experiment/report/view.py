"""What all reports show: figures beside the base run and other runs, by language and by document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ...evaluation.comparison import Difference, paired_tests
from ...evaluation.scores import DocumentScore, is_better_lower, summed
from ...evaluation.statistics import Interval
from ...models.brief import Brief
from ..comparing import stories_of
from ..gate import GateConfig, Verdict, judge
from ..history import Entry
from ..judge_scores import JudgedRun
from ..runs import Run

HEADLINES = {
    "actors.f1": "Actors, F1",
    "events.f1": "Events, F1",
    "events.main_first": "Main event first",
    "events.date": "Dates right",
    "participants.f1": "Participants, F1",
    "aims.recall": "Aims found",
    "context.recall": "Background found",
    "nuggets.vital": "Vital nuggets said",
    "forbidden": "Forbidden, a report",
    "grounding.supported": "Items supported",
    "failures": "Reports without a brief",
}
"""The metrics that come first, in words."""


class Row(NamedTuple):
    """One metric of the run beside other runs."""

    metric: str
    label: str
    interval: Interval
    others: tuple[Interval | None, ...]
    difference: Difference | None


class Slice(NamedTuple):
    """The headline metrics of some documents."""

    name: str
    n: int
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Report:
    """A run, and what it is seen beside.

    Args:
        run: what is reported.
        others: further runs over the same suite: the offline floor, a baseline.
        base: run it is compared with, document by document.
        history: earlier runs, oldest first.
        gate: rules whose verdict is shown, when there is a base.
        judged: what a judge says of the run, with its agreement with people.
    """

    run: Run
    others: tuple[Run, ...] = ()
    base: Run | None = None
    history: tuple[Entry, ...] = ()
    gate: GateConfig | None = None
    judged: JudgedRun | None = None

    @cached_property
    def verdict(self) -> Verdict | None:
        """What the gate says of the run; None without gate or base."""
        return (
            judge(self.base.pooled, self.run.pooled, self.gate, stories_of(self.base, self.run))
            if self.base and self.gate
            else None
        )

    @cached_property
    def differences(self) -> dict[str, Difference]:
        """Differences to the base run, of the headline metrics."""
        if self.base is None:
            return {}
        return paired_tests(self.base.pooled, self.run.pooled, tuple(HEADLINES))

    @cached_property
    def headline_rows(self) -> tuple[Row, ...]:
        """The headline metrics."""
        return tuple(self._row(metric, label) for metric, label in HEADLINES.items() if metric in self.run.intervals)

    @cached_property
    def all_rows(self) -> tuple[Row, ...]:
        """Every metric that is defined."""
        return tuple(self._row(name, name) for name, i in self.run.intervals.items() if i.value is not None)

    @cached_property
    def languages(self) -> tuple[Slice, ...]:
        """The headline metrics by language."""
        scores = self.run.pooled
        codes = sorted({score.language for score in scores})
        return tuple(_slice(code, [score for score in scores if score.language == code]) for code in codes)

    @cached_property
    def documents(self) -> tuple[Slice, ...]:
        """The headline metrics by document."""
        return tuple(_slice(score.document, [score]) for score in self.run.pooled)

    @property
    def failures(self) -> tuple[DocumentScore, ...]:
        """The documents without a brief."""
        return tuple(score for score in self.run.pooled if score.failed)

    @property
    def seconds(self) -> tuple[float, ...]:
        """Seconds that each brief took, in order of size."""
        briefs = [result for results in self.run.results for result in results if isinstance(result, Brief)]
        return tuple(sorted(brief.provenance.seconds for brief in briefs))

    def _row(self, metric: str, label: str) -> Row:
        others = tuple(other.intervals.get(metric) for other in self.others)
        return Row(metric, label, self.run.intervals[metric], others, self.differences.get(metric))


def figure(value: float | None) -> str:
    """Three decimals; a dash for what is undefined."""
    return "–" if value is None else f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3f}"


def span(interval: Interval) -> str:
    """The ends of an interval; empty where there is none."""
    return "" if interval.low is None else f"{figure(interval.low)}–{figure(interval.high)}"


def change(difference: Difference | None) -> str:
    """A difference with its sign and whether it is significant."""
    if difference is None or difference.difference is None:
        return ""
    starred = difference.p_holm is not None and difference.p_holm < 0.05
    return f"{difference.difference:+.3f}{' *' if starred else ''}"


def agreement_lines(judged: JudgedRun) -> Iterator[str]:
    """How far the judge agrees with people, a sentence for each kind of judgement, and whether a gate may use it."""
    if not judged.agreement:
        yield "The judge was compared with no judgements made by hand; no gate uses it."
    for each in judged.agreement:
        kappa = each.kappa
        between = "" if kappa.low is None else f" ({figure(kappa.low)} to {figure(kappa.high)})"
        use = "a gate may use it" if each.usable else f"not used for the gate: {each.why}"
        yield f"{each.kind}: kappa {figure(kappa.kappa)}{between}, n = {kappa.n}; {use}"


def tone(metric: str, value: float | None) -> str:
    """good, fair, poor or none: the colour of a figure; metrics of which less is better are good only at 0."""
    if value is None:
        return "none"
    if is_better_lower(metric):
        return "good" if value == 0 else "poor"
    return "good" if value >= 0.9 else "fair" if value >= 0.7 else "poor"


def _slice(name: str, scores: Sequence[DocumentScore]) -> Slice:
    return Slice(name, len(scores), tuple(summed(scores, metric).value for metric in HEADLINES))
