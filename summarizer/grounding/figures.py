"""Numbers and dates in English text, and whether given sentences of a report hold them, in any script's digits.

A figure of the English text counts as held when a sentence has it in digits (with that language's separators, or
before a word for thousand, million, ...), as a number word, as a Chinese or Roman numeral, or when it is part of a date
that has been checked already. "One" and "two" are not figures: too many languages say them without a word.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from ..text import lexicon
from ..text.folding import fold, tokens

_MONTHS = {m: i for i, m in enumerate(
    "january february march april may june july august september october november december".split(), 1)}  # fmt: skip
_WEEKDAYS = {d: i for i, d in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())}
_UNITS = {w: i for i, w in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen".split())}  # fmt: skip
_TENS = {w: 10 * i for i, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_SCALES = {
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "bn": 10**9,
    "mn": 10**6,
}
_MONTH = "|".join(m.capitalize() for m in _MONTHS)
_DATE = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m1>{_MONTH})(?:,? (?P<y1>\d{{4}}))?"
    rf"|(?P<m2>{_MONTH}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,? (?P<y2>\d{{4}}))?"
    rf"|(?P<m3>{_MONTH}),? (?P<y3>\d{{4}})"
    r"|(?P<y4>\d{4})-(?P<m4>\d\d)-(?P<d4>\d\d))\b"
)
_LONE_MONTH = re.compile(
    r"\b(?:[Ii]n|[Ss]ince|[Dd]uring|[Uu]ntil|[Tt]hrough|[Ff]rom|[Ee]arly|[Mm]id-?|[Ll]ate|[Ll]ast|[Nn]ext|[Tt]his) ?"
    rf"(?P<month>{_MONTH})\b"
)
_WEEKDAY = re.compile(rf"\b({'|'.join(d.capitalize() for d in _WEEKDAYS)})\b")
_WORDS = re.compile(
    rf"\b(?:({'|'.join(_TENS)})(?:-({'|'.join(_UNITS)}))?|({'|'.join(_UNITS)}))\b(?: ({'|'.join(_SCALES)})\b)?",
    re.IGNORECASE,
)
_DIGITS = re.compile(rf"(?<![\d.,])\d+(?:[.,:]\d+)*(?:[\s-]({'|'.join(_SCALES)})\b)?", re.IGNORECASE)
_SPACED = re.compile(r"(?<!\d)\d{1,3}(?:[ ']\d{3})+(?!\d)")
_DATELIKE = re.compile(r"(?<![\d.,])(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}[./:]\d\d?)(?![\d.,]\d|\d)")
_ROMAN = re.compile(r"\b[IVXLC]{1,7}\b")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_CJK = re.compile("[〇零一二三四五六七八九十百千万萬亿億两兩]+")
_CJK_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_CJK_UNITS = {"十": 10, "百": 100, "千": 1000}
_CJK_BLOCKS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_CJK_LANGUAGES = frozenset({"zh", "ja", "yue", "wuu"})

Interval = tuple[dt.date, dt.date]
"""First and last day a date can mean."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number or date in English text; exactly one of `value`, `weekday` and the date parts is given."""

    text: str
    value: Decimal | None = None
    weekday: int | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None


def figures(english: str) -> list[Figure]:
    """The numbers and dates in an English text, each piece of it counted once."""
    found: list[Figure] = []

    def take_date(match: re.Match[str]) -> str:
        parts = {name[0]: text for name, text in match.groupdict().items() if text}
        month = _MONTHS.get(parts["m"].lower()) or int(parts["m"])
        found.append(Figure(match[0], year=_int(parts.get("y")), month=month, day=_int(parts.get("d"))))
        return " " * len(match[0])

    if any(c.isdigit() for c in english):
        english = _DATE.sub(take_date, english)
        found.extend(_numbers(english))
    found.extend(Figure(m["month"], month=_MONTHS[m["month"].lower()]) for m in _LONE_MONTH.finditer(english))
    found.extend(Figure(m[0], weekday=_WEEKDAYS[m[0].lower()]) for m in _WEEKDAY.finditer(english))
    found.extend(_number_words(english))
    return found


def _int(text: str | None) -> int | None:
    return int(text) if text else None


def _numbers(english: str) -> Iterator[Figure]:
    for match in _DIGITS.finditer(english):
        digits = match[0].split()[0].split("-")[0] if match[1] else match[0]
        digits = re.match(r"\d+(?:[.,:]\d+)*", digits)[0]  # type: ignore[index]
        scale = _SCALES[match[1].lower()] if match[1] else 1
        if ":" in digits:
            yield from (Figure(match[0], value=Decimal(part)) for part in re.findall(r"\d+", digits))
        elif digits.count(".") > 1:
            yield from (Figure(match[0], value=Decimal(part)) for part in digits.replace(",", ".").split(".") if part)
        else:
            yield Figure(match[0], value=Decimal(digits.replace(",", "")) * scale)


def _number_words(english: str) -> Iterator[Figure]:
    for match in _WORDS.finditer(english):
        tens, unit, alone, scale = (part.lower() if part else "" for part in match.groups())
        value = _TENS.get(tens, 0) + _UNITS.get(unit or alone, 0)
        if value > 2 or (scale and value):
            yield Figure(match[0], value=Decimal(value * _SCALES.get(scale, 1)))


class Passage(NamedTuple):
    """A sentence of a report, as it was read and folded."""

    text: str
    folded: str

    @classmethod
    def of(cls, text: str) -> Passage:
        """A passage of a text that has not been folded yet."""
        return cls(text, fold(text))


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
            return self._holds_number(figure.value) or any(figure.value in (a.year, b.year) for a, b in intervals)
        if any(_fits(figure, interval) for interval in intervals):
            return True
        day_and_month = (figure.day is None or self._holds_number(Decimal(figure.day))) and self._holds_month(
            figure.month or 0
        )
        years = [a.year for a, _ in intervals]
        return day_and_month and (
            figure.year is None or self._holds_number(Decimal(figure.year)) or figure.year in years
        )

    def _holds_number(self, value: Decimal) -> bool:
        if self._values is None:
            self._values = frozenset().union(*(_digit_values(s.folded, self.language) for s in self.sentences))
        if value in self._values:
            return True
        if self._spelled is None:
            self._spelled = frozenset().union(*(_spelled_values(s, self.language) for s in self.sentences))
        return value in self._spelled

    def _holds_month(self, month: int) -> bool:
        if self._holds_name(month, is_month=True):
            return True
        return any(
            month in map(int, re.findall(r"\d+", m[0])) for s in self.sentences for m in _DATELIKE.finditer(s.folded)
        )

    def _holds_weekday(self, weekday: int, known: tuple[Interval, ...]) -> bool:
        names = lexicon.weekdays(self.language)
        return (
            not names
            or self._holds_name(weekday, is_month=False)
            or any(a == b and a.weekday() == weekday for a, b in known)
        )

    def _holds_name(self, number: int, is_month: bool) -> bool:
        return any(number in named(s.folded, self.language, is_month) for s in self.sentences)


def named(folded: str, language: str, is_month: bool) -> set[int]:
    """Numbers of the months (or weekdays) that a folded text names; endings may follow the name, as in `avqustun`."""
    names = lexicon.months(language) if is_month else lexicon.weekdays(language)
    found: dict[int, tuple[int, int]] = {}  # start of a match -> (length of the name, number)
    for name, number in names.items():
        stem = name if len(name) < 6 or name[-1] not in "αεηιοσυωаяыиіую" else name[:-1]
        at = folded.find(stem)
        while at >= 0:
            opens = at == 0 or not folded[at - 1].isalpha() or language in _CJK_LANGUAGES | {"ar", "he"}
            if opens and _ending(folded, at + len(stem)) <= 6 and len(stem) > found.get(at, (0, 0))[0]:
                found[at] = (len(stem), number)
            at = folded.find(stem, at + 1)
    return {number for _, number in found.values()}


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


@functools.lru_cache(2048)
def _digit_values(folded: str, language: str) -> frozenset[Decimal]:
    """Every number that digits in a folded text can mean, with and without the scale word behind it."""
    values: set[Decimal] = set()
    words = tokens(folded)
    for i, token in enumerate(words):
        if not token.text[0].isdigit():
            continue
        readings = _readings(token.text)
        scale = _scale(words[i + 1].text, language) if i + 1 < len(words) else 1
        values |= {reading * scale for reading in readings}
    for match in _SPACED.finditer(folded):
        values.add(Decimal(re.sub(r"\D", "", match[0])))
    for match in _DATELIKE.finditer(folded):
        values |= {Decimal(part) for part in re.findall(r"\d+", match[0])}
    return frozenset(values)


def _readings(token: str) -> set[Decimal]:
    """What a number with separators can mean: 12.345 is 12345 or 12.345, 12.5 is 12.5."""
    groups = re.split(r"[.,]", token)
    if len(groups) == 1:
        return {Decimal(token)}
    readings = {Decimal(f"{''.join(groups[:-1])}.{groups[-1]}")}
    if all(len(g) == 3 for g in groups[1:]):
        readings.add(Decimal("".join(groups)))
    if len(groups) > 2 and len({len(g) for g in groups[1:]}) > 1:
        readings |= {Decimal(g) for g in groups}
    return readings


def _scale(word: str, language: str) -> int:
    scales = lexicon.scales(language)
    while word:
        if word in scales:
            return scales[word]
        word = word[:-1] if len(word) > 4 else ""
    return 1


def _spelled_values(sentence: Passage, language: str) -> frozenset[Decimal]:
    """Every number that a text spells out in number words, Chinese or Roman numerals."""
    values = {Decimal(_roman(m[0])) for m in _ROMAN.finditer(sentence.text)}
    if language in _CJK_LANGUAGES:
        values |= {Decimal(_cjk(m[0])) for m in _CJK.finditer(sentence.text)}
    names = lexicon.number_words(language)
    words = [t.text for t in tokens(sentence.folded)]
    for i in range(len(words)):
        following = words[i + 1] if i + 1 < len(words) else ""
        value = (
            names.get(f"{words[i]}-{following}") or names.get(f"{words[i]} {following}") or _word_value(words[i], names)
        )
        if value:
            values |= {Decimal(value), Decimal(value * _scale(following, language))}
    return frozenset(values)


def _word_value(word: str, spelled: Mapping[str, int]) -> int | None:
    """The number a word spells, up to four letters of ending apart."""
    if word in spelled:
        return spelled[word]
    best: tuple[int, int] | None = None
    for name, value in spelled.items():
        stem = name[:-1] if len(name) >= 4 else name
        if (
            len(stem) >= 3
            and word.startswith(stem)
            and len(word) - len(stem) <= 4
            and (best is None or len(stem) > best[0])
        ):
            best = len(stem), value
    return best[1] if best else None


def _roman(text: str) -> int:
    values = [_ROMAN_VALUES[c] for c in text]
    return sum(-v if i + 1 < len(values) and v < values[i + 1] else v for i, v in enumerate(values))


def _cjk(text: str) -> int:
    """Value of a Chinese or Japanese numeral; digits in a row (二〇二五) are read one by one."""
    if all(c in _CJK_DIGITS for c in text):
        return int("".join(str(_CJK_DIGITS[c]) for c in text))
    total = block = digit = 0
    for char in text:
        if char in _CJK_DIGITS:
            digit = _CJK_DIGITS[char]
        elif char in _CJK_UNITS:
            block += (digit or 1) * _CJK_UNITS[char]
            digit = 0
        else:
            total += (block + digit or 1) * _CJK_BLOCKS[char]
            block = digit = 0
    return total + block + digit
