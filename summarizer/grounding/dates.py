"""Whether the date of an event follows from the report's own words and its date of publication."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..models.brief import Quoted
from ..models.dates import bounds
from ..text import lexicon
from .figures import Figure
from .held import SourceFigures, named
from .numerals import Passage, east_asian_number

_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_SHORT_YEAR = re.compile(r"(?<![\d.,/-])\d{1,2}[./-]\d{1,2}[./-](\d\d)(?![\d])")
_DAY = re.compile(r"(?<![\d.,:])(\d{1,2})(?![\d:]|[.,]\d)")
_CHINESE_YEAR = re.compile("[一二][〇零一二三四五六七八九]{3}(?=年)")
_OTHER_CALENDAR = re.compile(
    r"(?<!\d)(1[34]\d\d|25[56]\d)(?!\d)|(?:明治|大正|昭和|平成|令和|民國|民国)[\d元〇一二三四五六七八九十廿卅]"
)
"""Solar and lunar Hijri and Buddhist years, and those of eras, which are not compared digit by digit."""
_NOTHING = Passage("", "")


@dataclass(frozen=True, slots=True)
class DateFindings:
    """What is wrong with a date (`problems`) and what is only odd about it (`warnings`)."""

    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DateEvidence:
    """What a report says about time: its language, date of publication, whole folded text, and the cited sentences."""

    language: str
    published: str | None
    folded: str
    cited: Sequence[Passage]


def _years_in(folded: str) -> set[int]:
    """The years that a text can name: four digits, the last two of a date such as 18.9.78, or 一九九七年."""
    short = [int(year) for year in _SHORT_YEAR.findall(folded)]
    years = {int(year) for year in _YEAR.findall(folded)}
    years |= {century + year for century in (1900, 2000) for year in short}
    return years | {int(east_asian_number(year)) for year in _CHINESE_YEAR.findall(folded)}


def check_date(date: str, wording: Quoted | None, evidence: DateEvidence) -> DateFindings:
    """Compare an EDTF date with the words that are said to give it.

    Args:
        date: valid EDTF.
        wording: the report's words, located or not; None when the draft names none.
        evidence: what the report says about time.
    """
    interval = bounds(date)
    if interval is None:
        return DateFindings()
    said = Passage.of(wording.text) if wording else _NOTHING
    if _OTHER_CALENDAR.search(said.folded or " ".join(passage.folded for passage in evidence.cited)):
        return DateFindings()
    problems = [p for p in (_year_problem(date, said, evidence), _day_problem(date, said, evidence)) if p]
    return DateFindings(tuple(problems), _weekday_warnings(date, said, evidence.language))


def _year_problem(date: str, said: Passage, evidence: DateEvidence) -> str | None:
    low, high = bounds(date) or (None, None)
    assert low is not None
    assert high is not None
    years = _years_in(said.folded)
    if years:
        return (
            None
            if any(low.year <= y <= high.year for y in years)
            else f"the date {date} is not in the year of “{said.text}”"
        )
    published = bounds(evidence.published) if evidence.published else None
    if published and low.year - 1 <= published[0].year <= high.year + 1:
        return None
    if any(low.year <= y <= high.year for y in _years_in(evidence.folded)) or _OTHER_CALENDAR.search(evidence.folded):
        return None
    return f"nothing in the report gives the year of {date}"


def _day_problem(date: str, said: Passage, evidence: DateEvidence) -> str | None:
    """A month or day in the words that is not the date's, or a date that no words give."""
    low, high = bounds(date) or (None, None)
    assert low is not None
    assert high is not None
    if not said.folded:
        cited = SourceFigures(evidence.cited, evidence.language)
        day = low.day if low == high else None
        month = low.month if (low.year, low.month) == (high.year, high.month) else None
        spoken = (
            cited.holds(Figure(date, month=month, day=day))
            if month
            else cited.holds(Figure(date, value=Decimal(low.year)))
        )
        return None if spoken or evidence.published == date else f"no words of the report give the date {date}"
    months = named(said.folded, evidence.language, is_month=True)
    if not months or low.year != high.year:
        return None
    if not any(low.month <= m <= high.month for m in months):
        return f"the date {date} is not in the month of “{said.text}”"
    days = {int(d) for d in _DAY.findall(said.folded) if 1 <= int(d) <= 31}
    if low == high and days and low.day not in days:
        return f"the date {date} is not the day of “{said.text}”"
    return None


def _weekday_warnings(date: str, said: Passage, language: str) -> tuple[str, ...]:
    low, high = bounds(date) or (None, None)
    if not said.folded or low is None or low != high or any(c.isdigit() for c in said.folded):
        return ()
    spoken = named(said.folded, language, is_month=False)
    if not spoken or low.weekday() in spoken:
        return ()
    right = {number: name for name, number in lexicon.weekdays("en").items() if len(name) > 5}[low.weekday()]
    return (f"{date} is a {right.capitalize()}, but the report says “{said.text}”",)
