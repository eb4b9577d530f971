"""Tables of `summarizer eval` in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.table import Table

from ..evaluation.comparison import Difference
from ..evaluation.power import MinimumDifference
from ..evaluation.statistics import Interval
from ..experiment.history import Entry

TREND = (
    "actors.f1", "events.f1", "events.main_first", "aims.recall", "nuggets.vital", "forbidden", "cost.usd",
    "dossier.discrepancies.f1",
)  # fmt: skip
"""Metrics that a history shows in a terminal."""


def print_metrics(intervals: Iterable[Interval], title: str) -> None:
    """Every metric with its interval and its number of documents."""
    table = _table(title, "metric", "value", "95% interval", "n")
    for interval in intervals:
        between = "" if interval.low is None else f"{number(interval.low)} to {number(interval.high)}"
        table.add_row(interval.metric, number(interval.value), between, str(interval.n))
    _console().print(table)


def print_differences(differences: Iterable[Difference], least: Mapping[str, MinimumDifference], title: str) -> None:
    """Every metric in both runs, its difference, and how sure that is."""
    table = _table(title, "metric", "base", "new", "difference", "95% interval", "p (Holm)", "detectable", "n")
    for each in differences:
        between = "" if each.low is None else f"{number(each.low)} to {number(each.high)}"
        smallest = least[each.metric].difference if each.metric in least else None
        cells = (number(each.first), number(each.second), number(each.difference), between)
        table.add_row(each.metric, *cells, number(each.p_holm), number(smallest), str(each.n))
    _console().print(table)


def print_history(entries: Sequence[Entry]) -> None:
    """The runs of a history, oldest first."""
    table = _table(f"{len(entries)} runs", "started", "run", "model", "accepted", *TREND)
    for entry in entries:
        figures = [number(entry.metrics.get(metric)) for metric in TREND]
        table.add_row(entry.started, entry.name, entry.model or entry.engine, "yes" if entry.accepted else "", *figures)
    _console().print(table)


def number(value: float | None) -> str:
    """Three decimals; a dash for what is undefined."""
    return "–" if value is None else f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3f}"


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", box=None, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(column, justify="left" if column in ("metric", "run", "model", "started") else "right")
    return table


def _console() -> Console:
    return Console(width=None if Console().is_terminal else 140)
