"""Dates in a report's own words: full dates, and weekdays or "yesterday" where the date of publication is known.

Nothing is guessed: a day without a year, a weekday and "yesterday" are resolved only against the date of publication;
years of other calendars are left alone.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ...text.folding import is_unspaced
from .calendars import Calendar, Spoken, calendar_of
from .lexicon import Lexicon
from .reading import Passage, Reading, Word

_NUMERIC = re.compile(r"(?<![\d.,/-])(\d{1,4})([./-])(\d{1,2})\2(\d{2,4})(?![\d/-]|[.,]\d)")
_UNITS = {"年": "y", "년": "y", "月": "m", "월": "m", "日": "d", "일": "d", "号": "d", "號": "d"}
_DURATION = frozenset("間目以前後间内")
_MONTH_FIRST = frozenset({"en", "az", "hu", "lt", "lv", "kk", "ky", "uz", "mn", "eu"})
"""Languages that write the month before the day."""
_HEADER = frozenset({"date", "published"})


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date that `document.text[start:end]` gives.

    Args:
        edtf: the day, or the month when no day is given.
        is_relative: whether it was resolved against the date of publication.
    """

    edtf: str
    start: int
    end: int
    sentence: int
    is_relative: bool = False


class _Day(NamedTuple):
    year: int | None
    month: int | None
    day: int | None
    first: int
    last: int


def find_dates(reading: Reading, lexicon: Lexicon) -> list[DateMention]:
    """Every date that the body of a report gives, in their order."""
    calendar = calendar_of(reading.language)
    published = _day_of(reading.document.published)
    found: list[DateMention] = []
    for passage in reading.passages:
        found.extend(_numeric(passage, calendar))
        for day in (*_named(passage, calendar, reading.language, lexicon.endings), *_with_units(passage)):
            mention = _mention(passage, day, published)
            if mention:
                found.append(mention)
        if published:
            found.extend(_relative(passage, calendar, published, lexicon))
    return sorted(found, key=lambda mention: (mention.start, -mention.end))


def best_date(mentions: Sequence[DateMention], sentences: Sequence[int]) -> DateMention | None:
    """The date of an event told in these sentences: a full date before a relative one before a month."""
    there = [mention for number in sentences for mention in mentions if mention.sentence == number]
    return min(there, key=lambda m: (len(m.edtf) < 10, m.is_relative), default=None)


def _day_of(published: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(published) if published and len(published) == 10 else None
    except ValueError:
        return None


def _mention(passage: Passage, day: _Day, published: dt.date | None) -> DateMention | None:
    year = day.year
    if year is None:
        year = _nearest_year(day, published) if published else None
    if year is None or not 1900 <= year <= 2099 or day.month is None:
        return None
    try:
        text = dt.date(year, day.month, day.day or 1).isoformat()
    except ValueError:
        return None
    edtf = text if day.day else text[:7]
    words = passage.words[day.first : day.last]
    return DateMention(edtf, words[0].start, words[-1].end, passage.number, is_relative=day.year is None)


def _nearest_year(day: _Day, published: dt.date) -> int | None:
    """The year that puts a day and month closest to the date of publication."""
    if day.month is None or day.day is None:
        return None
    years = (published.year - 1, published.year, published.year + 1)
    close = [(abs((moment - published).days), moment.year) for y in years if (moment := _date(y, day.month, day.day))]
    return min(close)[1] if close else None


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _numeric(passage: Passage, calendar: Calendar) -> Iterator[DateMention]:
    """2025-08-25, 25.08.2025, 25/8/2025; in the order of the language where both orders would do."""
    digits = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in passage.text)
    for match in _NUMERIC.finditer(digits):
        if digits[: match.start()].strip(" :").lower() in _HEADER:
            continue
        a, b, c = int(match[1]), int(match[3]), int(match[4])
        if len(match[1]) == 4:
            year, month, day = a, b, c
        elif len(match[4]) == 4:
            year, (day, month) = c, (a, b) if calendar.order != "MDY" or a > 12 else (b, a)
            if calendar.order == "MDY" and match[2] == "/" and a <= 12 and b <= 12 and a != b:
                continue  # English is written with both orders
        else:
            continue
        moment = _date(year, month, day) if 1900 <= year <= 2099 else None
        if moment:
            start = passage.start + match.start()
            yield DateMention(moment.isoformat(), start, passage.start + match.end(), passage.number)


def _named(passage: Passage, calendar: Calendar, language: str, endings: int) -> Iterator[_Day]:
    """25 August 2025, August 25, 2025, 25 de agosto de 2025, 2025-ci il avqustun 25-də."""
    words = passage.words
    for at, word in enumerate(words):
        month = _month(word, calendar, endings)
        if month is None or (calendar.writes_capitals and word.raw[0].islower()):
            continue
        first, last = at, at + 1
        day = year = None
        before = next((k for k in (at - 1, at - 2) if k >= 0 and _is_day(words[k]) and _only_short(words, k, at)), None)
        if before is not None:
            day, first = int(words[before].text), before
        elif language in _MONTH_FIRST and last < len(words) and _is_day(words[last]):
            day, last = int(words[last].text), last + 1
        for k in (last, last + 1):
            if k < len(words) and _is_year(words[k]) and _only_short(words, last - 1, k):
                year, last = int(words[k].text), k + 1
                break
        else:
            for k in range(first - 1, max(-1, first - 4), -1):
                if _is_year(words[k]):
                    year, first = int(words[k].text), k
                    break
        if (day and year) or ((day or year) and len(word.text) > 2):
            yield _Day(year, month, day, first, last)


def _is_day(word: Word) -> bool:
    return word.text.isdigit() and 1 <= int(word.text) <= 31 and len(word.text) <= 2


def _is_year(word: Word) -> bool:
    return word.text.isdigit() and len(word.text) == 4


def _only_short(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether no word or only one of up to three letters (de, of, th, del) stands between two words."""
    between = words[first + 1 : last]
    return len(between) <= 1 and all(len(word.text) <= 3 and not word.text.isdigit() for word in between)


def _month(word: Word, calendar: Calendar, endings: int) -> int | None:
    for form in word.forms:
        for cut in range(endings + 1):
            name = form[: len(form) - cut]
            if cut and len(name) < 4:
                break
            if name in calendar.months:
                return calendar.months[name]
    return None


def _with_units(passage: Passage) -> Iterator[_Day]:
    """2025年8月25日, 2025년 8월 25일, and a day alone, as East Asian reports give it."""
    words = passage.words
    at = 0
    while at < len(words) - 1:
        first, values = at, dict[str, int]()
        while at < len(words) - 1 and words[at].text.isdigit() and (unit := _UNITS.get(words[at + 1].text[0])):
            if unit in values or (values and "ymd".index(unit) < max(map("ymd".index, values))):
                break
            values[unit] = int(words[at].text)
            at += 2
        if "d" in values and not (at < len(words) and words[at].text[0] in _DURATION) and _ends_plainly(words[at - 1]):
            yield _Day(values.get("y"), values.get("m"), values["d"], first, at)
        elif "y" in values and "m" in values:
            yield _Day(values["y"], values["m"], None, first, at)
        at = max(at, first + 1)


def _ends_plainly(word: Word) -> bool:
    """Whether a unit is not the beginning of a longer word, as in 3일간 (for three days)."""
    return is_unspaced(word.text[0]) or word.text in ("일", "일에", "일부터", "일의", "일은")


def _relative(passage: Passage, calendar: Calendar, published: dt.date, lexicon: Lexicon) -> Iterator[DateMention]:
    words = passage.words
    coming = {place for hit in lexicon.cues.find(passage) if hit.key == "next" for place in range(hit.first, hit.last)}
    for at in range(len(words)):
        for table, is_weekday in ((calendar.weekdays, True), (calendar.days_ago, False)):
            size, value = _longest(words, at, table, lexicon.endings if is_weekday else 0)
            if not size or coming & {at - 1, at + size}:
                continue
            if is_weekday and not _is_weekday(words, at, size, calendar):
                continue
            back = (published.weekday() - value) % 7 if is_weekday else value
            moment = published - dt.timedelta(days=back)
            start, end = words[at].start, words[at + size - 1].end
            yield DateMention(moment.isoformat(), start, end, passage.number, is_relative=True)
    for day in _with_units(passage):
        if day.month is None and day.year is None and day.day is not None:
            moment = published if day.day <= published.day else published.replace(day=1) - dt.timedelta(days=1)
            given = _date(moment.year, moment.month, day.day)
            if given:
                start, end = words[day.first].start, words[day.last - 1].end
                yield DateMention(given.isoformat(), start, end, passage.number, is_relative=True)


def _is_weekday(words: Sequence[Word], at: int, size: int, calendar: Calendar) -> bool:
    """Whether a word that may be a weekday is one: written with a capital where the language does, or called a day."""
    if not calendar.writes_capitals or words[at].is_capital:
        return True
    following = words[at + size].text if at + size < len(words) else ""
    return any(following.startswith(word) for word in calendar.day_words)


class _Length(NamedTuple):
    size: int
    value: int


def _longest(words: Sequence[Word], at: int, table: Spoken, endings: int) -> _Length:
    """How many words from a place on are an entry of a table, the last one with any case ending, and its value."""
    best = _Length(0, 0)
    for start in dict.fromkeys(form[:2] for form in words[at].forms):
        for names, value in table.get(start, ()):
            if len(names) > best.size and _are(words[at : at + len(names)], names, endings):
                best = _Length(len(names), value)
    return best


def _are(words: Sequence[Word], names: Sequence[str], endings: int) -> bool:
    if len(words) < len(names) or not all(n in w.forms for n, w in zip(names[:-1], words[:-1], strict=True)):
        return False
    last = names[-1]
    spare = endings if len(last) >= 4 else 0
    return any(form.startswith(last) and len(form) - len(last) <= spare for form in words[-1].forms)
