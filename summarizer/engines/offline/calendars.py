"""Words for months, weekdays and days near to today, in many languages.

They are dateparser's own translation data, which hold CLDR's names and inflected forms of them.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, NamedTuple

from ...text.folding import fold, is_unspaced, tokens
from .reading import Word

_MONTHS = "january february march april may june july august september october november december".split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_AMBIGUOUS = frozenset({"कल"})  # yesterday and tomorrow


class Name(NamedTuple):
    """A name in one or more folded words, and the number that it means."""

    words: tuple[str, ...]
    value: int


Spoken = Mapping[str, tuple[Name, ...]]
"""Names by the first two letters of their first word."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """A language's words for time, as folded words.

    Args:
        months: numbers of the months by name.
        weekdays: numbers of the weekdays, Monday being 0.
        days_ago: 0 for today, 1 for yesterday, 2 for the day before.
        day_words: words for day.
        order: of numeric dates: DMY, MDY or YMD.
        writes_capitals: whether the language writes weekdays with a capital.
    """

    months: Mapping[str, int]
    weekdays: Spoken
    days_ago: Spoken
    day_words: frozenset[str]
    order: str
    writes_capitals: bool


@functools.cache
def calendar_of(language: str) -> Calendar:
    """The calendar words of a language; empty ones where dateparser has no data."""
    info = _translations(language)
    weekday_names = [name for day in _WEEKDAYS for name in info.get(day, ())]
    ago = {"0 day ago": 0, "1 day ago": 1, "2 day ago": 2}
    return Calendar(
        months={fold(n).rstrip("."): k for k, m in enumerate(_MONTHS, 1) for n in info.get(m, ()) if len(fold(n)) > 1},
        weekdays=_spoken(
            Name(words, number)
            for number, day in enumerate(_WEEKDAYS)
            for name in info.get(day, ())
            if _is_telling(words := _split(name))
        ),
        days_ago=_spoken(
            Name(words, days)
            for key, days in ago.items()
            for name in info.get("relative-type", {}).get(key, ())
            if (words := _split(name)) and name not in _AMBIGUOUS
        ),
        day_words=frozenset(fold(name) for name in info.get("day", ()) if len(name) > 2),
        order=str(info.get("date_order", "DMY")),
        writes_capitals=bool(weekday_names) and _writes_capitals(language),
    )


def _spoken(names: Iterable[Name]) -> Spoken:
    table: dict[str, list[Name]] = defaultdict(list)
    for name in dict.fromkeys(names):
        table[name.words[0][:2]].append(name)
    return {start: tuple(entries) for start, entries in table.items()}


def _is_telling(words: tuple[str, ...]) -> bool:
    """Whether a weekday's name is no abbreviation and no other word (Hebrew calls them first, second, ...)."""
    size = sum(map(len, words))
    if words and is_unspaced(words[0][0]):
        return size >= 2
    return size >= (3 if words and "가" <= words[0][0] <= "힣" else 5 if len(words) == 1 else 4)


def _split(name: str) -> tuple[str, ...]:
    return tuple(token.text for token in tokens(fold(name)))


def _translations(language: str) -> Mapping[str, Any]:
    try:
        info: Mapping[str, Any] = import_module(f"dateparser.data.date_translation_data.{language}").info
    except ModuleNotFoundError:
        return {}
    return info


def _writes_capitals(language: str) -> bool:
    from babel import Locale, UnknownLocaleError

    try:
        name = str(Locale.parse(language).days["format"]["wide"][0])
    except (UnknownLocaleError, ValueError):
        return False
    return name[0].isupper()


def is_calendar_word(word: Word, language: str) -> bool:
    """Whether a word with a capital is the name of a month or weekday, in a language that writes those so."""
    calendar = calendar_of(language)
    if len(word.text) < 4 or not calendar.writes_capitals:
        return False
    return word.text in calendar.months or any(
        name.words[0] in word.forms for name in calendar.weekdays.get(word.text[:2], ())
    )
