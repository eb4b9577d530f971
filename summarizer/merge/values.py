"""Values of readings, compared: a date is the same however it is written, and so is a number."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from ..grounding.figures import Figure, figures
from ..models.dates import bounds
from ..text.folding import fold
from .wording import wording

_EDTF = re.compile(r"\d{3}[\dX][\dX/?~%.-]{0,20}", re.ASCII)
_MOSTLY = 0.6
"""Share of the longer text's words that two texts have in common to say mostly the same."""
_CHANGING = frozenset("acting assistant co deputy ex first former future interim junior sub under vice".split())
"""Words that make another office or thing of what they stand before."""


class Value(NamedTuple):
    """What of a value is compared.

    Args:
        days: first and last day, when the value is a date with its year.
        figures: numbers and dates in it, without their spelling.
        plain: folded, with numbers as digits.
    """

    days: tuple[dt.date, dt.date] | None
    figures: frozenset[Figure]
    plain: str


@lru_cache(1 << 13)
def read(value: str) -> Value:
    """A value in English, or a date in EDTF.

    >>> read("Four warships").plain, read("20 August 2025").days == read("2025-08-20").days
    ('4 warships', True)
    """
    text = value.strip()
    if _EDTF.fullmatch(text):
        return Value(bounds(text), frozenset(), text)
    found = figures(text)
    plain = fold(text)
    for figure in found:
        if figure.value is not None and ":" not in figure.text:
            plain = re.sub(rf"(?<![\w.,]){re.escape(fold(figure.text))}(?!\w)", f"{figure.value:f}", plain, count=1)
    days = _days(found[0]) if len(found) == 1 else None
    return Value(days, frozenset(replace(figure, text="") for figure in found), plain)


def _days(figure: Figure) -> tuple[dt.date, dt.date] | None:
    if figure.year is None or figure.month is None:
        return None
    day = "" if figure.day is None else f"-{figure.day:02}"
    return bounds(f"{figure.year:04}-{figure.month:02}{day}")


def equal(one: str, other: str) -> bool:
    """Whether two values are one, word for word but for the way in which dates and numbers are written."""
    first, second = read(one), read(other)
    return first.days == second.days if first.days and second.days else first.plain == second.plain


def same(one: str, other: str) -> bool:
    """Whether two values of one attribute are the same: one date, as many of one thing, mostly the same words.

    >>> same("4 warships", "four navy warships"), same("25 August", "28 August"), same("25 August", "2025-08-25")
    (True, False, True)
    """
    first, second = read(one), read(other)
    if first.plain == second.plain:
        return True
    if first.days or second.days:
        return first.days == second.days or _is_day(first, second) or _is_day(second, first)
    if first.figures != second.figures:
        return False
    if first.figures:
        words, others = wording(one).stems, wording(other).stems
        return not words or not others or not words.isdisjoint(others)
    if _CHANGING & set(re.findall(r"[a-z]+", first.plain)) != _CHANGING & set(re.findall(r"[a-z]+", second.plain)):
        return False
    return mostly(one, other)


def fit(one: str, other: str) -> bool:
    """Whether one report can give both values of one thing: not two days, each with its year, that differ."""
    first, second = read(one), read(other)
    return not (first.days and second.days) or first.days == second.days


def same_count(one: str, other: str) -> bool:
    """Whether two values count the same and as many of it, whatever else they say: their first figures are equal.

    >>> same_count("170,000 people ordered to leave a radius of 20 km", "170,000 people")
    True
    """
    first, second = (next((f for f in figures(text) if f.value is not None), None) for text in (one, other))
    if first is None or second is None or first.value != second.value:
        return False
    return not wording(one).stems.isdisjoint(wording(other).stems)


def _is_day(bare: Value, dated: Value) -> bool:
    """Whether a day without its year is the day of a date."""
    if bare.days or not dated.days or dated.days[0] != dated.days[1] or len(bare.figures) != 1:
        return False
    (figure,) = bare.figures
    return (figure.month, figure.day) == (dated.days[0].month, dated.days[0].day)


def mostly(one: str, other: str) -> bool:
    """Whether two texts have most of their words in common."""
    first, second = wording(one), wording(other)
    if not first.stems or not second.stems or first.negated != second.negated:
        return False
    return len(first.stems & second.stems) / max(len(first.stems), len(second.stems)) >= _MOSTLY
