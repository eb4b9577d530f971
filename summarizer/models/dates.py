"""Dates in EDTF, the Extended Date/Time Format of ISO 8601-2 (levels 0 and 1).

Plain years, months, days and intervals of them are read here; everything else (`2025-08~`, `2025-21`, `20XX`, ...) by
the edtf library, which is imported only then because it takes long to load.
"""

import calendar
import datetime as dt
import functools
import re
from typing import Annotated

from pydantic import AfterValidator

_PLAIN = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_DATETIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d[^/\n]*", re.ASCII)
_OPEN = ("", "..")


@functools.lru_cache(4096)
def bounds(text: str) -> tuple[dt.date, dt.date] | None:
    """First and last day that an EDTF date can mean; None when `text` is not EDTF or has no such days.

    >>> bounds("2025-08")
    (datetime.date(2025, 8, 1), datetime.date(2025, 8, 31))
    """
    first, slash, last = text.partition("/")
    if not slash:
        return _bounds_of_date(text)
    start, end = _bounds_of_date(first), _bounds_of_date(last)
    return (start[0], end[1]) if start and end and start[0] <= end[1] else None


def _bounds_of_date(text: str) -> tuple[dt.date, dt.date] | None:
    plain = _PLAIN.fullmatch(text)
    if not plain:
        return _bounds_by_library(text)
    year, month, day = (int(part) if part else None for part in plain.groups())
    try:
        lowest = dt.date(year or 0, 1 if month is None else month, 1 if day is None else day)
    except ValueError:  # no date, or a season, whose number stands for a month
        return _bounds_by_library(text)
    last = month or 12
    return lowest, dt.date(lowest.year, last, day or calendar.monthrange(lowest.year, last)[1])


def _bounds_by_library(text: str) -> tuple[dt.date, dt.date] | None:
    from edtf import parse_edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

    if "/" in text or text != text.strip():
        return None
    try:
        parsed = parse_edtf(text)
        low, high = parsed.lower_strict(), parsed.upper_strict()
        return dt.date(*low[:3]), dt.date(*high[:3])
    except (EDTFParseException, ValueError, TypeError, OverflowError, AttributeError, IndexError):
        return None


@functools.lru_cache(4096)
def is_edtf(text: str) -> bool:
    """Whether `text` is a date, a qualified date, or an interval that is in order and has one open end at most."""
    first, slash, last = text.partition("/")
    if slash and (first in _OPEN) != (last in _OPEN):
        return _bounds_of_date(last if first in _OPEN else first) is not None
    return bounds(text) is not None


def edtf(text: str) -> str:
    """`text` as EDTF: itself when it is, the day of an ISO 8601 date-time.

    Raises:
        ValueError: `text` is neither.
    """
    text = text.strip()
    stamp = _DATETIME.fullmatch(text)
    if stamp:
        text = stamp[1]
    if not is_edtf(text):
        raise ValueError(f"{text!r} is not an EDTF date (ISO 8601-2), such as 2025-08-26, 2025-08 or 2022/2023")
    return text


EdtfDate = Annotated[str, AfterValidator(edtf)]
"""A string that is checked to be EDTF."""
