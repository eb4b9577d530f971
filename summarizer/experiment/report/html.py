"""A report as one HTML page: no script, no network, light and dark, printable."""

from __future__ import annotations

from statistics import quantiles
from typing import Any

from . import plots
from .cards import cards
from .stories import DOSSIER_HEADLINES, slips, story_failures, story_rows, story_slices
from .view import HEADLINES, Report, agreement_lines, change, figure, span, tone


def to_html(about: Report) -> str:
    """The report."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader(__package__, "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = environment.get_template("page.html.j2")
    helpers = {"agreement_lines": agreement_lines, "figure": figure, "span": span, "change": change, "tone": tone}
    return page.render(
        about=about, headlines=HEADLINES, cards=list(cards(about.run)), intervals=plots.intervals(about),
        trend=plots.trend(about), latency=_latency(about.seconds), **_dossier(about), **helpers,
    )  # fmt: skip


def _dossier(about: Report) -> dict[str, Any]:
    """What the page shows of the dossier."""
    return {
        "dossier_headlines": DOSSIER_HEADLINES, "stories": story_slices(about), "story_rows": story_rows(about),
        "story_failures": story_failures(about), "slips": list(slips(about)),
    }  # fmt: skip


def _latency(seconds: tuple[float, ...]) -> str:
    """Median and 95th percentile in seconds."""
    if len(seconds) < 2:
        return "–"
    cuts = quantiles(seconds, n=20, method="inclusive")
    return f"{cuts[9]:.2f} s, 95% within {cuts[18]:.2f} s"
