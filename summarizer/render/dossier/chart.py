"""Where the parts of the timeline's picture stand.

Distances grow with the logarithm of the time between dates, so that a background of years and a week of events both
have room; how long each gap is stands in words beside it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from textwrap import wrap
from typing import NamedTuple

from ...models.dates import bounds
from ..words import counted
from .shapes import Step

HEIGHT_OF_DOT, RADIUS = 30, 11
_MARGIN, _NARROWEST, _A_TENFOLD = 54, 102, 26
_LONGEST_LINE = 14


class Dot(NamedTuple):
    """A step: its number in the list below, its place, and what is told by its shape."""

    number: int
    x: float
    y: float
    single: bool
    disputed: bool
    title: str


class Label(NamedTuple):
    """Lines of text under the axis, or a word between two dates."""

    x: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """The picture, in pixels.

    Args:
        axis: height of the axis.
        end: where the dated part of the axis ends; None when nothing is dated.
        undated: where steps stand whose date is not known, or open at one end; None when there are none.
    """

    width: float
    height: float
    axis: float
    end: float | None
    undated: float | None
    dots: tuple[Dot, ...]
    dates: tuple[Label, ...]
    gaps: tuple[Label, ...]


class _Column(NamedTuple):
    first: int
    last: int
    date: str


def chart(steps: Sequence[Step]) -> Chart:
    """The picture of a timeline; dates without a first and a last day stand with those not known."""
    dates = {step.date: bounds(step.date) for step in steps if step.date}
    known = {date: found for date, found in dates.items() if found}
    columns = sorted(_Column(found[0].toordinal(), found[1].toordinal(), date) for date, found in known.items())
    places = dict(zip((column.date for column in columns), _places(columns), strict=True))
    end = max(places.values(), default=None)
    is_undated = any(step.date not in places for step in steps)
    undated = (_MARGIN if end is None else end + _NARROWEST) if is_undated else None
    stacked: dict[float, int] = {}
    at = []
    for step in steps:
        x = places.get(step.date or "", undated or 0.0)
        stacked[x] = stacked.get(x, 0) + 1
        at.append((x, stacked[x]))
    axis = max(stacked.values(), default=0) * HEIGHT_OF_DOT + 16.0
    dots = tuple(
        Dot(number, x, axis - level * HEIGHT_OF_DOT + 6, step.entry.support.origins < 2, step.disputed, step.when)
        for number, (step, (x, level)) in enumerate(zip(steps, at, strict=True), 1)
    )
    labels = {x: next(step.when for step in steps if step.date == date) for date, x in places.items()}
    dated = tuple(Label(x, tuple(wrap(text, _LONGEST_LINE, break_long_words=False))) for x, text in labels.items())
    tallest = max((len(label.lines) for label in dated), default=0)
    return Chart(
        width=(undated or end or 0.0) + _MARGIN,
        height=axis + 20 + 17 * max(2, tallest),
        axis=axis,
        end=end,
        undated=undated,
        dots=dots,
        dates=dated + ((Label(undated, ("no exact", "date")),) if undated else ()),
        gaps=tuple(_gaps(columns, places)),
    )


def _places(columns: Sequence[_Column]) -> list[float]:
    places = [float(_MARGIN)] if columns else []
    for one, other in pairwise(columns):
        places.append(round(places[-1] + _NARROWEST + _A_TENFOLD * math.log10(1 + other.first - one.first), 1))
    return places


def _gaps(columns: Sequence[_Column], places: dict[str, float]) -> Iterable[Label]:
    for one, other in pairwise(columns):
        words = elapsed(other.first - one.last)
        if words:
            yield Label(round((places[one.date] + places[other.date]) / 2, 1), (words,))


def elapsed(days: int) -> str:
    """How long, roughly, in words; empty for no time.

    >>> elapsed(400)
    '13 months'
    """
    if days < 1:
        return ""
    if days < 60:
        return counted(days, "day")
    return counted(round(days / 30.44), "month") if days < 730 else counted(round(days / 365.25), "year")
