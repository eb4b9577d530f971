"""Pictures of a report, as SVG that stands inside the page and takes its colours."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

from ...evaluation.extras import extra
from .view import HEADLINES, Report, Row

_INK, _ACCENT, _OTHERS = "#010203", "#3b7dd8", ("#b07a2a", "#8a6bbf", "#4c9a6a")
_TREND = ("actors.f1", "events.f1", "aims.recall", "nuggets.vital")


def intervals(about: Report) -> str:
    """The headline metrics with their intervals, other runs as hollow marks."""
    rows = [row for row in about.headline_rows if row.metric not in ("forbidden", "failures")]
    figure, axes = _figure(height=0.42 * len(rows) + 0.9)
    for place, row in enumerate(reversed(rows)):
        _draw(axes, place, row)
    axes.set_yticks(range(len(rows)), [row.label for row in reversed(rows)])
    axes.set_xlim(-0.02, 1.02)
    axes.grid(axis="x", alpha=0.25)
    handles = [axes.plot([], [], "o", color=_ACCENT, label=about.run.info.name)[0]]
    for colour, other in zip(_OTHERS, about.others, strict=False):
        handles += axes.plot([], [], "D", color=colour, markerfacecolor="none", label=other.info.name)
    axes.legend(handles=handles, loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=4, frameon=False, labelcolor=_INK)
    return _svg(figure, "Metrics with 95% intervals")


def trend(about: Report) -> str:
    """A few metrics over the runs of the history; empty with fewer than two."""
    entries = about.history
    if len(entries) < 2:
        return ""
    figure, axes = _figure(height=2.8)
    for colour, metric in zip((_ACCENT, *_OTHERS), _TREND, strict=True):
        points = [(n, value) for n, entry in enumerate(entries) if (value := entry.metrics.get(metric)) is not None]
        axes.plot(*zip(*points, strict=True), "o-", color=colour, label=HEADLINES[metric]) if points else None
    names: Sequence[str] = [f"{entry.name}\n{entry.started[:10]}" for entry in entries]
    axes.set_xticks(range(len(names)), names)
    axes.grid(axis="y", alpha=0.25)
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=4, frameon=False, labelcolor=_INK)
    return _svg(figure, "Metrics over the runs of the history")


def _draw(axes: Any, place: int, row: Row) -> None:
    interval = row.interval
    if interval.value is not None:
        if interval.low is not None:
            axes.plot([interval.low, interval.high], [place, place], "-", color=_ACCENT, linewidth=2.5, alpha=0.6)
        axes.plot(interval.value, place, "o", color=_ACCENT)
    for colour, other in zip(_OTHERS, row.others, strict=False):
        if other is not None and other.value is not None:
            axes.plot(other.value, place, "D", color=colour, markerfacecolor="none")


def _figure(height: float) -> tuple[Any, Any]:
    extra("matplotlib")
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8.6, height), layout="constrained")
    axes = figure.subplots()
    axes.tick_params(colors=_INK)
    for side in axes.spines.values():
        side.set_visible(False)
    return figure, axes


def _svg(figure: Any, title: str) -> str:
    """The picture without file header, ids that repeat from run to run, and text in the page's colour."""
    from matplotlib import rc_context

    stream = io.StringIO()
    with rc_context({"svg.hashsalt": title, "svg.fonttype": "none", "text.color": _INK}):
        figure.savefig(stream, format="svg", transparent=True, metadata={"Date": None, "Creator": None, "Title": title})
    body = re.sub(r"\A.*?(?=<svg)", "", stream.getvalue(), flags=re.DOTALL)
    body = re.sub(r"<metadata>.*?</metadata>", "", body, flags=re.DOTALL).replace(_INK, "currentColor")
    return body.replace("<svg ", f'<svg role="img" aria-label="{title}" ', 1)
