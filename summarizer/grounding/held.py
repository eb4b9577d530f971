"""Whether given sentences of a report hold a number or date of an English text.

A figure counts as held when a sentence has it in digits (with that language's separators, or before a word for
thousand, million, ...), as a number word, as a Chinese or Roman numeral, or when it is part of a date that has been
checked already.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal
from typing import NamedTuple

from ..text import lexicon
from ..text.folding import tokens
from .figures import MONTHS, WEEKDAYS, Figure
from .numerals import CJK_LANGUAGES, DATELIKE, Passage, digit_values, months_in, spelled_values

_DROPPED = "αεηιοσυωаяыиіуюaeiou"
"""Letters at the end of a name that give way to other endings."""
_HALF = Decimal("0.5")
Interval = tuple[dt.date, dt.date]
"""First and last day a date can mean."""


@dataclass(slots=True)
class SourceFigures:
    """The figures of some sentences of a report, read on first need.

    Args:
        sentences: the passages.
        language: ISO 639-1 code of the report.
    """

    sentences: Sequence[Passage]
    language: str
    _values: frozenset[Decimal] | None = field(default=None, init=False)
    _spelled: frozenset[Decimal] | None = field(default=None, init=False)

    def holds(self, figure: Figure, known: Iterable[Interval] = ()) -> bool:
        """Whether the sentences say the figure, or a date in `known` does."""
        intervals = tuple(known)
        if figure.weekday is not None:
            return self._holds_weekday(figure.weekday, intervals)
        if figure.value is not None:
            return self._holds_value(figure) or any(figure.value in (a.year, b.year) for a, b in intervals)
        if any(_fits(figure, interval) for interval in intervals):
            return True
        day_and_month = (figure.day is None or self._holds_number(Decimal(figure.day))) and self._holds_month(
            figure.month or 0
        )
        years = [a.year for a, _ in intervals]
        return day_and_month and (
            figure.year is None or self._holds_number(Decimal(figure.year)) or figure.year in years
        )

    def _holds_value(self, figure: Figure) -> bool:
        value = figure.value or Decimal(0)
        if self._holds_count(value):
            return True
        if figure.is_minutes:
            return value == 30 and self._has_word(lexicon.halves())
        whole = value.to_integral_value(ROUND_FLOOR)
        return value - whole == _HALF and self._holds_count(whole) and self._has_word(lexicon.halves())

    def _holds_count(self, value: Decimal) -> bool:
        """The number as it is; two also as `both`, or as the ending of a noun."""
        if self._holds_number(value):
            return True
        return value == 2 and (lexicon.has_dual(self.language) or self._has_word(lexicon.twos(self.language)))

    def _has_word(self, beginnings: Sequence[str]) -> bool:
        """Whether a word is one of these, or begins with one of at least four letters."""
        short, long = frozenset(beginnings), tuple(word for word in beginnings if len(word) > 3)
        words = [token.text for sentence in self.sentences for token in tokens(sentence.folded)]
        return any(word in short or word.startswith(long) for word in words)

    def _holds_number(self, value: Decimal) -> bool:
        if self._values is None:
            self._values = frozenset().union(*(digit_values(s.folded, self.language) for s in self.sentences))
        if value in self._values:
            return True
        if self._spelled is None:
            self._spelled = frozenset().union(*(spelled_values(s, self.language) for s in self.sentences))
        return value in self._spelled

    def _holds_month(self, month: int) -> bool:
        if self._holds_name(month, is_month=True):
            return True
        if self.language in CJK_LANGUAGES and any(month in months_in(s.folded) for s in self.sentences):
            return True
        return any(
            month in map(int, re.findall(r"\d+", m[0])) for s in self.sentences for m in DATELIKE.finditer(s.folded)
        )

    def _holds_weekday(self, weekday: int, known: tuple[Interval, ...]) -> bool:
        names = lexicon.weekdays(self.language)
        return (
            not names
            or self._holds_name(weekday, is_month=False)
            or any(a == b and a.weekday() == weekday for a, b in known)
        )

    def _holds_name(self, number: int, is_month: bool) -> bool:
        if any(number in named(s.folded, self.language, is_month) for s in self.sentences):
            return True
        english = MONTHS if is_month else WEEKDAYS  # of posts and quotations within a report in another language
        return any(english.get(t.text) == number for s in self.sentences for t in tokens(s.folded))


def named(folded: str, language: str, is_month: bool) -> set[int]:
    """Numbers of the months (or weekdays) that a folded text names; endings may follow the name, as in `avqustun`."""
    found: dict[int, _Name] = {}  # by start of the match, the longest
    for name in _names(language, is_month):
        size = len(name.stem)
        at = folded.find(name.stem)
        while at >= 0:
            opens = at == 0 or not folded[at - 1].isalpha() or language in CJK_LANGUAGES | {"ar", "he"}
            if opens and _ending(folded, at + size) <= name.ending and (at not in found or size > len(found[at].stem)):
                found[at] = name
            at = folded.find(name.stem, at + 1)
    return {name.number for name in found.values()}


class _Name(NamedTuple):
    """How a month or weekday begins in a text, its number, and how many letters may follow."""

    stem: str
    number: int
    ending: int


@functools.cache
def _names(language: str, is_month: bool) -> tuple[_Name, ...]:
    """The spellings of months or weekdays; abbreviations take no endings."""
    names = lexicon.months(language) if is_month else lexicon.weekdays(language)
    found = []
    for name, number in names.items():
        if len(name) <= 4 and any(len(other) > 4 and other.startswith(name) for other in names):
            found.append(_Name(name, number, 0))
        else:
            stem = name[:-1] if len(name) >= 6 and name[-1] in _DROPPED else name
            found.append(_Name(stem, number, 6))
    return tuple(found)


def _ending(folded: str, at: int) -> int:
    """How many letters follow a position."""
    end = at
    while end < len(folded) and folded[end].isalpha():
        end += 1
    return end - at


def _fits(figure: Figure, interval: Interval) -> bool:
    low, high = interval
    if figure.day is not None:
        return any(d.day == figure.day and d.month == figure.month and figure.year in (None, d.year) for d in interval)
    return any(d.month == figure.month and figure.year in (None, d.year) for d in (low, high))
