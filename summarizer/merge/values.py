"""Values of readings, compared: a date is the same however it is written, and so is a number."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from ..grounding.figures import figures
from ..models.dates import bounds
from ..text.folding import fold
from .wording import wording

_EDTF = re.compile(r"\d{3}[\dX][\dX/?~%.-]{0,20}", re.ASCII)
_MOSTLY = 0.6
"""Share of the longer text's words that two texts have in common to say mostly the same."""


class Value(NamedTuple):
    """What of a value is compared.

    Args:
        days: first and last day, when the value is a date.
        numbers: of its figures.
        plain: folded, with figures as digits.
    """

    days: tuple[dt.date, dt.date] | None
    numbers: frozenset[Decimal]
    plain: str


@lru_cache(1 << 13)
def read(value: str) -> Value:
    """A value in English, or a date in EDTF.

    >>> read("Four warships").plain, read("20 August 2025").days == read("2025-08-20").days
    ('4 warships', True)
    """
    found = figures(value)
    plain = fold(value)
    for figure in found:
        if figure.value is not None and ":" not in figure.text:
            plain = re.sub(rf"(?<![\w.,]){re.escape(fold(figure.text))}(?![\w])", f"{figure.value:f}", plain, count=1)
    dates = [
        f"{figure.year:04}-{figure.month:02}" + (f"-{figure.day:02}" if figure.day else "")
        for figure in found
        if figure.year and figure.month
    ]
    if _EDTF.fullmatch(value.strip()):
        days = bounds(value.strip())
    else:
        days = bounds(dates[0]) if len(dates) == 1 and len(found) == 1 else None
    return Value(days, wording(value).numbers, plain)


def equal(one: str, other: str) -> bool:
    """Whether two values are one, word for word but for the way in which dates and numbers are written."""
    first, second = read(one), read(other)
    return first.days == second.days if first.days and second.days else first.plain == second.plain


def same(one: str, other: str) -> bool:
    """Whether two values of one attribute are the same: one date, as many of one thing, mostly the same words.

    >>> same("4 warships", "four navy warships"), same("25 August", "28 August")
    (True, False)
    """
    first, second = read(one), read(other)
    if first.plain == second.plain:
        return True
    if first.days or second.days:
        return first.days == second.days
    if bool(figures(one)) != bool(figures(other)) or first.numbers != second.numbers:
        return False
    if first.numbers:
        words, others = wording(one).stems, wording(other).stems
        return not words or not others or not words.isdisjoint(others)
    return mostly(one, other)


def mostly(one: str, other: str) -> bool:
    """Whether two texts have most of their words in common."""
    first, second = wording(one), wording(other)
    if not first.stems or not second.stems or first.negated != second.negated:
        return False
    return len(first.stems & second.stems) / max(len(first.stems), len(second.stems)) >= _MOSTLY
