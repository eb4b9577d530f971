"""The date of publication in the head of a page: a stamp (`23.07.2022 17:42`) or a dateline (`BERLIN, 10 May 1989 –`).

Only full dates count, with day, month and year; nothing is resolved or guessed. Months are read by name in the report's
language or in English, digits of any script are read, Chinese and Japanese dates also in numerals.
"""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from ..grounding.numerals import east_asian_number
from ..text import lexicon
from ..text.folding import fold

_LINES = 14
"""Lines of a page that are its head, empty ones not counted."""
_STAMP = 110
"""Characters of a line that can be a stamp, and nothing else."""
_DATELINE = 70
"""Characters within which a date that opens a longer line ends."""
_WORDS = 6
"""Words that may follow a date that opens a line."""
_TIME = re.compile(r"(?<!\d)\d{1,2}[:.]\d\d(?!\d)")
_CUE = re.compile(
    fold(
        r"\b(?:publi|posted|updated|date\b|giris|guncelleme|yayin|stand\b|veroffentl|aktualis|fecha|actualiz|pubblic"
        r"|aggiornat|опубл|обновл|оновлен|дата|ημερομηνια|δημοσιε|ενημερωσ|תאריך|פורסם|تاريخ|نشر|تحديث|شائع)|입력|수정|发布|發佈|更新|公開|掲載"
    )
)
_DATED = re.compile(r"\d{4}|\d[./-]\d{1,2}[./-]\d|年")
_NOISE = re.compile(r"[@#<>]|https?:")
_AFTER = re.compile(r"\s*(?:\.?\s*[-:|]|[)\]])")
_NUMERIC = re.compile(
    r"(?<![\d.,/-])(?:(\d{4})[-./](\d{1,2})[-./](\d{1,2})|(\d{1,2})[-./](\d{1,2})[-./](\d{4}|\d\d))(?![\d/-])"
)
_EAST_ASIAN = re.compile(
    r"(\d{4}|[一二][〇零一二三四五六七八九]{3})\s?[年년]\s?(\d{1,2}|[一二三四五六七八九十]{1,2})\s?[月월]\s?"
    r"(\d{1,2}|[一二三四五六七八九十]{1,3})\s?[日일]".replace("년", fold("년"))
    .replace("월", fold("월"))
    .replace("일", fold("일"))
)
_ERA = re.compile(
    r"(明治|大正|昭和|平成|令和)(元|[\d〇一二三四五六七八九十廿卅]{1,3})年(\d{1,2}|[一二三四五六七八九十]{1,2})月(\d{1,2}|[一二三四五六七八九十]{1,3})日"
)
_ERA_BEGINS = {"明治": 1868, "大正": 1912, "昭和": 1926, "平成": 1989, "令和": 2019}


class _Found(NamedTuple):
    """A date and where it stands in its folded line."""

    start: int
    end: int
    day: dt.date


def published_in(text: str, language: str) -> str | None:
    """The date of publication that the head of a page states, in EDTF; None when it states none.

    Args:
        text: the page.
        language: its ISO 639-1 code.
    """
    lines = [line for line in text[:4000].splitlines() if line.strip()][:_LINES]
    for raw in lines:
        if not _DATED.search(raw) or _NOISE.search(raw):
            continue
        line = fold(raw.strip())
        found = next(_dates(line, language), None)
        if found and (_is_stamp(line, found, language) or (found.end <= _DATELINE and _AFTER.match(line, found.end))):
            return found.day.isoformat()
    return None


def _is_stamp(line: str, found: _Found, language: str) -> bool:
    """Whether a short line says nothing but when: it opens with the date, or has a time, a weekday or a word for it."""
    if len(line) > _STAMP:
        return False
    if found.start == 0 and len(line[found.end :].split()) <= _WORDS:
        return True
    words = line[: found.start] + line[found.end :]
    return bool(_TIME.search(words) or _CUE.search(words)) or any(name in words for name in _weekdays(language))


def _dates(line: str, language: str) -> Iterator[_Found]:
    """The full dates of a folded line, leftmost first within each way of writing them."""
    for match in _NUMERIC.finditer(line):
        year, month, day = (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
        yield from _found(match, _century(int(year)), int(month), int(day))
    for match in _EAST_ASIAN.finditer(line):
        yield from _found(match, *(_number(part) for part in match.groups()))
    for match in _ERA.finditer(line):
        year = _ERA_BEGINS[match[1]] + _number(match[2]) - 1
        yield from _found(match, year, _number(match[3]), _number(match[4]))
    for match in _named(language).finditer(line):
        which = "1" if match["m1"] else "2"
        day, month, year = (match[f"{part}{which}"] for part in "dmy")
        yield from _found(match, int(year), _months(language)[month], int(day))


def _found(match: re.Match[str], year: int, month: int, day: int) -> Iterator[_Found]:
    if 1800 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]:
        yield _Found(match.start(), match.end(), dt.date(year, month, day))


def _century(year: int) -> int:
    return year if year > 99 else year + (2000 if year < 50 else 1900)


@functools.cache
def _months(language: str) -> dict[str, int]:
    english = {name: number for name, number in lexicon.months("en").items() if len(name) > 2}
    return english | {name: number for name, number in lexicon.months(language).items() if not name[0].isdigit()}


@functools.cache
def _weekdays(language: str) -> tuple[str, ...]:
    names = [*lexicon.weekdays(language), *lexicon.weekdays("en")]
    return tuple(name for name in names if len(name) > 3 or not name.isascii())


@functools.cache
def _named(language: str) -> re.Pattern[str]:
    """Day, month by name, year; or month, day, year; with ordinal endings, particles, another name in brackets."""
    months = "|".join(re.escape(name) for name in sorted(_months(language), key=len, reverse=True))
    small = r"(?:\s+(?:de|del|of|of the|d|ta|al)\s+|[\s,،]+)"
    return re.compile(
        rf"(?<![\d.,])(?P<d1>\d{{1,2}})(?:st|nd|rd|th|er|o|º|\.|-?(?:e|го|а|nci|inci|uncu))?{small}(?:[^\W\d]+\s*\()?"
        rf"(?P<m1>{months})[^\W\d]*\)?\.?(?:\s*\([^)\d]*\))?{small}(?P<y1>\d{{4}})(?!\d)"
        rf"|(?<![^\W\d])(?P<m2>{months})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{{4}})(?!\d)"
    )


def _number(text: str) -> int:
    """A number in digits or in Chinese numerals, with the short forms of calendars: 12, 十二, 廿一, 元, 一九九七."""
    return int(east_asian_number(text.replace("廿", "二十").replace("卅", "三十").replace("元", "一")))
