"""Numbers and dates in English text: what an engine states and the report must hold.

"One" and "two" are not figures, nor is 1: too many languages say them without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

MONTHS = {m: i for i, m in enumerate(
    "january february march april may june july august september october november december".split(), 1)}  # fmt: skip
WEEKDAYS = {d: i for i, d in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())}
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
_DIGIT = re.compile(r"\d")
_MONTH = "|".join(m.capitalize() for m in MONTHS)
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
_WEEKDAY = re.compile(rf"\b({'|'.join(d.capitalize() for d in WEEKDAYS)})\b")
_WORDS = re.compile(
    rf"\b(?:({'|'.join(_TENS)})(?:-({'|'.join(_UNITS)}))?|({'|'.join(_UNITS)}))\b(?: ({'|'.join(_SCALES)})\b)?",
    re.IGNORECASE,
)
_OPENS_SENTENCE = re.compile(r"(?:\A|[.!?:;]\s+)[\W_]*\Z")
_DIGITS = re.compile(rf"(?<![\d.,])\d+(?:[.,:]\d+)*(?:[\s-]({'|'.join(_SCALES)})\b)?", re.IGNORECASE)


# Most texts name no month, day or number in words, and that is told much quicker than where they do.
_LETTERS, _SOME_MONTH = re.compile("[a-z]+"), re.compile(_MONTH)
_DAY_NAMES, _NUMBER_NAMES = frozenset(WEEKDAYS), frozenset({*_UNITS, *_TENS})


@dataclass(frozen=True, slots=True)
class Figure:
    """A number or date in English text; exactly one of `value`, `weekday` and the date parts is given."""

    text: str
    value: Decimal | None = None
    is_minutes: bool = False
    weekday: int | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None


def figures(english: str) -> list[Figure]:
    """The numbers and dates in an English text, each piece of it counted once."""
    found: list[Figure] = []

    def take_date(match: re.Match[str]) -> str:
        parts = {name[0]: text for name, text in match.groupdict().items() if text}
        month = MONTHS.get(parts["m"].lower()) or int(parts["m"])
        found.append(Figure(match[0], year=_int(parts.get("y")), month=month, day=_int(parts.get("d"))))
        return " " * len(match[0])

    words = frozenset(_LETTERS.findall(english.lower()))
    has_month = _SOME_MONTH.search(english)
    if _DIGIT.search(english):
        if has_month or "-" in english:
            english = _DATE.sub(take_date, english)
        found.extend(_numbers(english))
    if has_month:
        found.extend(Figure(m["month"], month=MONTHS[m["month"].lower()]) for m in _LONE_MONTH.finditer(english))
    if not _DAY_NAMES.isdisjoint(words):
        found.extend(Figure(m[0], weekday=WEEKDAYS[m[0].lower()]) for m in _WEEKDAY.finditer(english))
    if not _NUMBER_NAMES.isdisjoint(words):
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
            hours, *minutes = (Decimal(part) for part in re.findall(r"\d+", digits))
            yield Figure(match[0], value=hours)
            yield from (Figure(match[0], value=part, is_minutes=True) for part in minutes if part)
        elif digits.count(".") > 1:
            yield from (Figure(match[0], value=Decimal(part)) for part in digits.replace(",", ".").split(".") if part)
        else:
            value = Decimal(digits.replace(",", "")) * scale
            if value != 1:
                yield Figure(match[0], value=value)


def _number_words(english: str) -> Iterator[Figure]:
    for match in _WORDS.finditer(english):
        tens, unit, alone, scale = (part.lower() if part else "" for part in match.groups())
        if match[0][0].isupper() and not _OPENS_SENTENCE.search(english, 0, match.start()):
            continue  # a name: Carmen Martínez Ten
        value = _TENS.get(tens, 0) + _UNITS.get(unit or alone, 0)
        if value > 2 or (scale and value):
            yield Figure(match[0], value=Decimal(value * _SCALES.get(scale, 1)))
