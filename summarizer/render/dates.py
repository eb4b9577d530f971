"""Dates for a reader: `2025-08-24/2025-08-25` is "24 to 25 August 2025"."""

from __future__ import annotations

import datetime as dt
import re

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_DATE = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d{2}X{2}|\dX{3})(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?(?P<mark>[?~%]?)"
)
_PLAIN = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")
_OPEN = ("", "..")


def in_words(edtf: str) -> str:
    """An EDTF date as an English reader writes it; what has no plain words (sets, parts in doubt) is returned as it is.

    >>> in_words("2025-08~/2025-09-03")
    'about August 2025 to 3 September 2025'
    """
    first, slash, last = edtf.partition("/")
    if slash and last != first:
        return _interval(first, last) or edtf
    return _date(first) or edtf


def moment_in_words(iso: str) -> str:
    """An ISO 8601 date or date-time, such as "26 August 2025, 10:15 UTC"; anything else is returned as it is."""
    try:
        moment = dt.datetime.fromisoformat(iso)
    except ValueError:
        return iso
    day = f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"
    if len(iso) <= len("2025-08-26"):
        return day
    return f"{day}, {moment:%H:%M} {moment.tzname() or ''}".rstrip()


def _interval(first: str, last: str) -> str | None:
    if first in _OPEN or last in _OPEN:
        return _open_interval(first, last)
    start, end = _date(first), _date(last)
    if start is None or end is None:
        return None
    return f"{_without_what_both_have(first, last) or start} to {end}"


def _open_interval(first: str, last: str) -> str | None:
    known = _date(last if first in _OPEN else first)
    if known is None:
        return None
    if first in _OPEN:
        return f"until {known}" if first else f"until {known}, start not known"
    return f"from {known} on" if last else f"from {known}, end not known"


def _without_what_both_have(first: str, last: str) -> str | None:
    """The start of an interval without the year, or month and year, that its end repeats; None when it repeats none."""
    start, end = _PLAIN.fullmatch(first), _PLAIN.fullmatch(last)
    if not start or not end or start[1] != end[1] or bool(start[3]) != bool(end[3]):
        return None
    month = _month(start[2])
    if not start[3]:
        return month
    return str(int(start[3])) if start[2] == end[2] else f"{int(start[3])} {month}"


def _date(text: str) -> str | None:
    found = _DATE.fullmatch(text)
    body = _unqualified(found["year"], found["month"], found["day"]) if found else None
    if found is None or body is None:
        return None
    about = "about " if found["mark"] in ("~", "%") else ""
    doubt = " (uncertain)" if found["mark"] in ("?", "%") else ""
    return f"{about}{body}{doubt}"


def _unqualified(year: str, month: str | None, day: str | None) -> str | None:
    if "X" in year:
        return None if month else f"a year from {year.replace('X', '0')} to {year.replace('X', '9')}"
    number = str(int(year))
    if month is None:
        return number
    if month == "XX":
        return {None: f"a month of {number}", "XX": f"a day in {number}"}.get(day)
    name = _month(month)
    if name is None or (day and month in _SEASONS):
        return None
    named = f"{name} {number}"
    if day is None:
        return named
    return f"a day in {named}" if day == "XX" else f"{int(day)} {named}"


def _month(code: str) -> str | None:
    """The month or season of a two-digit code."""
    return _MONTHS[int(code) - 1] if 1 <= int(code) <= 12 else _SEASONS.get(code)
