"""Counts and measures in English text: how much of what, and whether two of them can both be true.

Only what is counted in so many words is read: `18 gunmen`, `almost 70,000 people`, `a 15-member team`. Numbers without
a noun behind them, parts of a whole (`4 of 7`), differences (`6 more`), changes (`from 10 to 20 km`), rates (`3 per
day`), dates and clock times are left alone, because they could be mistaken for another number.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from ..grounding.figures import MONTHS, Figure, figures
from ..text.folding import fold
from .agreement import Relation
from .wording import stem, wording

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CLAUSE = re.compile(r"[;:!?]|[.,](?=\s|\Z)|\s[–—-]\s|\b(?:while|but|although|whereas)\b")
_AFTER = re.compile(r"\s*(?:to|–|-|or)\s*(\d[\d,.]*)(?![\d:])")
_PARTIAL = re.compile(
    r"\b(?:another|other|further|additional|extra|from|between|by|no\.?|nr\.?|number|unit|reactor|article|page|level)"
    r"\s*$",
    re.I,
)
_SHARE = "one|two|three|four|five|six|seven|eight|nine|ten|half|most|some|many|none|all"
_SUMMAND = re.compile(
    rf"(?:\d(?:\s+\w+){{0,3}}\s+(?:to|and|or|plus)|\b(?:\d+|{_SHARE}) of(?: the| its)?|\d|[-–/])\s*$", re.I
)
"""Before a number that is one of two: `5 and 7`, `4 of 7`."""
_UNIT = re.compile(r"-(?P<word>[^\W\d_]+)|\s?%| per cent\b")
_JOINED = re.compile(r" (?:and|or) ([a-z][^\W\d_]*)")
FURTHEST = 5
"""Words behind a number among which its noun is looked for."""
_PER = re.compile(r"\b(?:per|each|every|apiece|daily)\b(?!\s+cent)|\ba(?:n)? (?:day|week|month|year|hour)\b", re.I)
_CURRENCY = re.compile(r"[$€£¥₺₽]\s*$")

_QUALIFIERS = tuple(
    (re.compile(rf"\b(?:{'|'.join(words.split(';'))})\s*$", re.I), meaning)
    for words, meaning in (
        ("about;around;approximately;roughly;some;circa;an estimated", "around"),
        ("almost;nearly;close to", "below"),
        ("at least;no fewer than;no less than;not less than", "above"),
        ("at most;no more than;not more than;up to;less than;fewer than;under", "at most"),
        ("over;above;exceeding;more than", "above"),
    )
)
"""What can stand before a number; the first that fits counts, as `no more than` has `more than` in it."""

_STOP = frozenset(
    "a an the of to in on at by for from with within without into onto and or but nor as than that which who whom "
    "whose is are was were be been being has have had will would can could may might must shall should do does did "
    "this these those near off over under before after during until since about around between among against "
    "through per there here not".split()
)
_MORE = frozenset("more other others further additional extra new later earlier times".split())
_SINGULAR_S = ("ss", "us", "is")
_PLURALS = {
    "people": "person", "persons": "person", "men": "man", "women": "woman", "children": "child", "dead": "dead",
    "missing": "missing", "injured": "injured", "wounded": "injured", "killed": "dead", "personnel": "personnel",
    "police": "police", "percent": "percent", "per-cent": "percent", "km": "kilometre", "kilometers": "kilometre",
    "kilometer": "kilometre", "meters": "metre", "meter": "metre", "tons": "tonne", "residents": "person",
    "inhabitants": "person", "deaths": "dead", "detained": "detained", "arrested": "arrested",
}  # fmt: skip
"""Words that count without a plural's ending, or that count the same as another."""
_GROWING = frozenset("dead missing injured fatality casualty victim body survivor arrested detained".split())
"""What is counted anew every hour of a disaster: two such counts are of two moments unless that is excluded."""
MEASURES = frozenset(
    "second minute hour day week month year kilometre metre mile percent tonne dollar euro kg degree point time".split()
)
"""Units that go with anything: what is measured stands elsewhere in the clause."""
_FINE = Decimal("0.05")


class Quantity(NamedTuple):
    """How much of what a text says there is.

    Args:
        text: as it stands, from the qualifier to the noun, without names in between.
        figure: the number, for looking it up in a report.
        value: of the number.
        low, high: what the words allow, ends included.
        ranges: whether it is a range, `2 to 3`.
        up, down: whether more than `high` or less than `low` is not excluded (`more than 60`, `up to 60`).
        noun: as it stands.
        counted: the noun or nouns, in the singular.
        kind: stems of the words between the number and the noun; no names.
        about: stems of the other words of the clause; no names.
    """

    text: str
    figure: Figure
    value: Decimal
    low: Decimal
    high: Decimal
    ranges: bool
    up: bool
    down: bool
    noun: str
    counted: frozenset[str]
    kind: frozenset[str]
    about: frozenset[str]

    @property
    def grows(self) -> bool:
        """Whether it is a count that changes by the hour."""
        return not self.counted.isdisjoint(_GROWING)


@functools.lru_cache(1 << 13)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The counts and measures of an English text."""
    found = []
    for start, end in _clauses(text):
        clause = text[start:end]
        found += [q for figure, at in _placed(clause) if (q := _quantity(clause, figure, at))]
    return tuple(found)


def relation(one: Quantity, other: Quantity) -> Relation:
    """How two counts of one thing stand to each other."""
    if one.value == other.value and one.ranges == other.ranges:
        return Relation.SAME
    if _allows(one, other) or _allows(other, one):
        return Relation.NESTED
    lower, upper = sorted((one, other), key=lambda quantity: quantity.value)
    if lower.up or upper.down or lower.high >= upper.low:
        return Relation.UNKNOWN
    return Relation.APART


def comparable(one: Quantity, other: Quantity) -> bool:
    """Whether two texts that tell of one thing count the same in it: the same noun, and another word in common."""
    if one.counted != other.counted:
        return False
    if one.kind != other.kind and ("person" in one.counted or not _nested(one.kind, other.kind)):
        return False
    shared = one.about & other.about
    return len(shared) >= (2 if one.counted & MEASURES else 1) and not (one.about ^ other.about) & _DISTINGUISHING


_DISTINGUISHING = frozenset(
    map(stem, "two first second third fourth fifth last previous initial final total maximum minimum".split())
)


def _nested(one: frozenset[str], other: frozenset[str]) -> bool:
    return one <= other or other <= one


def _allows(wide: Quantity, narrow: Quantity) -> bool:
    return wide.low <= narrow.value <= wide.high


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _CLAUSE.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _placed(clause: str) -> Iterator[tuple[Figure, re.Match[str]]]:
    """The plain numbers of a clause with their places."""
    used: dict[str, int] = {}
    for figure in figures(clause):
        if figure.value is None or ":" in figure.text or figure.text.count(".") > 1:
            continue
        pattern = re.compile(rf"(?<![\w.,+/:]){re.escape(figure.text)}(?![\w+/:]|[.,]\d)")
        match = pattern.search(clause, used.get(figure.text, 0))
        if match:
            used[figure.text] = match.end()
            yield figure, match


def _quantity(clause: str, figure: Figure, at: re.Match[str]) -> Quantity | None:
    before, end = clause[: at.start()], at.end()
    value = last = figure.value or Decimal(0)
    span = _AFTER.match(clause, end)
    if span:
        last, end = Decimal(span[1].rstrip(".,").replace(",", "")), span.end(1)
    modifier, opening = next(((k, m.start()) for p, k in _QUALIFIERS if (m := p.search(before))), ("", at.start()))
    earlier = clause[:opening]
    if last < value or _PARTIAL.search(earlier) or _CURRENCY.search(before) or _PER.search(clause):
        return None
    if _SUMMAND.search(earlier) or _is_date(earlier, clause[end:]):
        return None
    noun = _noun(clause, end)
    if noun is None:
        return None
    low, high = (value, last) if span else _allowed(value, modifier)
    plain = [word for word in _WORD.findall(noun.between) if word[0].islower()]
    return Quantity(
        text=" ".join([clause[opening:end].strip(), *plain, noun.written]), figure=figure, value=value, low=low,
        high=high, ranges=last > value, up=modifier == "above", down=modifier == "at most", noun=noun.written,
        counted=noun.counted, kind=_plain(noun.between),
        about=_plain(f"{earlier} {noun.between} {clause[noun.end :]}"),
    )  # fmt: skip


def _plain(text: str) -> frozenset[str]:
    """Stems of the words that are no names."""
    return wording(" ".join(word for word in _WORD.findall(text) if word[0].islower())).stems


def _is_date(before: str, after: str) -> bool:
    words = (*_WORD.findall(before)[-1:], *_WORD.findall(after)[:1])
    return any(word.lower() in MONTHS for word in words)


def _allowed(value: Decimal, modifier: str) -> tuple[Decimal, Decimal]:
    """Least and greatest number that a qualified or rounded number stands for."""
    unit = _unit(value)
    if modifier == "around":
        slack = max(unit / 2, abs(value) * _FINE)
        return value - slack, value + slack
    if modifier in ("below", "at most"):
        return value - unit, value
    if modifier == "above":
        return value, value + unit
    slack = unit / 2 - 1 if value >= 1000 and unit > 2 else Decimal(0)
    return value - slack, value + slack


def _unit(value: Decimal) -> Decimal:
    """The place of the last digit that is not nought: 100 for 68,900, 1 for 21, 0.1 for 8.8."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)


class _Noun(NamedTuple):
    """What is counted, as written and in the singular, the words before it, and where it ends."""

    written: str
    counted: frozenset[str]
    between: str
    end: int


def _noun(clause: str, at: int) -> _Noun | None:
    """The noun that a number stands before; None when it stands before none."""
    unit = _UNIT.match(clause, at)
    if unit:
        word = fold(unit["word"] or "percent")
        return _Noun(f"{word}s" if unit["word"] else word, frozenset({_singular(word) or word}), "", unit.end())
    end = at
    for match in itertools.islice(_WORD.finditer(clause, at), FURTHEST):
        word = fold(match[0])
        if clause[end : match.start()].strip(" '\"“") or word in _STOP or word in _MORE:
            return None
        end = match.end()
        head = _singular(word) if match[0][0].islower() else None
        if head:
            joined = _JOINED.match(clause, end)
            second = _singular(fold(joined[1])) if joined else None
            counted = frozenset(filter(None, (head, second)))
            end = joined.end() if joined and second else end
            return _Noun(clause[match.start() : end], counted, clause[at : match.start()], end)
    return None


def _singular(word: str) -> str | None:
    """A plural's singular, roughly; None for what is no plural."""
    if word in _PLURALS:
        return _PLURALS[word]
    if word.endswith("men"):
        return word[:-2] + "an"
    if not word.endswith("s") or word.endswith(_SINGULAR_S) or len(word) < 3 or "'" in word:
        return None
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word[:-1]
