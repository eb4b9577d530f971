"""Quotes of invented reports, of which it is known where they stand, or that they must be refused.

Of each kind there are some quotes a source; the same arguments give the same cases in every process.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from . import news


class Kind(StrEnum):
    """What was done to a quote."""

    EXACT = "exact"
    """Copied."""
    CASE_SPACE = "case and white space"
    """Some words in capitals, spaces doubled or turned into line breaks."""
    UNICODE = "Unicode variants"
    """Decomposed accents, other quotation marks, Arabic for Persian letters, ligatures, soft hyphens, other digits."""
    EDITED = "1-2 words edited"
    """One or two plain inner words replaced, dropped or inserted: never a number, a name or a negation."""
    ABSENT = "absent"
    """Same language and vocabulary, but not in the source."""
    STITCHED = "stitched"
    """Half of one passage and half of another, as invented quotes often are."""
    NUMBER = "changed number"
    """Other digits."""
    NUMBER_WORD = "changed number word"
    """Fifty for twelve, a million for a thousand."""
    NAME = "changed name"
    """Another given name or another surname."""
    NEGATION = "changed negation"
    """Dropped or added."""


REFUSED = frozenset({Kind.ABSENT, Kind.STITCHED, Kind.NUMBER, Kind.NUMBER_WORD, Kind.NAME, Kind.NEGATION})
"""Kinds that have no right place."""

_PLANTED = frozenset(set(Kind) - REFUSED)
_APART = 300
_TRIES = 20_000
_DIGITS = re.compile(r"\d+(?:,\d+)*")
_VARIANTS = str.maketrans({
    "“": '"', "”": "″", "«": '"', "»": "“", "ی": "ي", "ک": "ك", "\u200c": None, "，": ",", "。": ".", "،": ",",
    "ﬁ": "fi", "-": "‑",
})  # fmt: skip
_DIGIT_FORMS = {"fa": 0x06F0, "zh": 0xFF10}


@dataclass(frozen=True, slots=True)
class Case:
    """A quote; `source[start:end]` is its right place, both None when it has none and must be refused."""

    kind: Kind
    quote: str
    start: int | None = None
    end: int | None = None

    def accepts(self, start: int | None, end: int | None) -> bool:
        """Whether an answer is right: no span where there is none, else one that shares 0.95 (edited: 0.8) of both."""
        if self.start is None or self.end is None or start is None or end is None:
            return start is None and self.start is None
        shared = min(end, self.end) - max(start, self.start)
        return shared >= (0.8 if self.kind is Kind.EDITED else 0.95) * (max(end, self.end) - min(start, self.start))


@dataclass(frozen=True, slots=True)
class CaseSet:
    """A source with its quotes, those of one kind in the order of the source."""

    language: str
    source: str
    names: tuple[str, ...]
    """The names of persons in the source, as a draft would list them."""
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Which cases are made: size of the source in characters, quotes of each kind, and a seed."""

    language: str
    size: int
    each: int
    seed: int = 0


@dataclass(frozen=True, slots=True)
class _Piece:
    quote: str
    start: int
    end: int


def case_set(plan: Plan) -> CaseSet:
    """The source and quotes of a plan; fewer quotes than asked for where the source has no room for them."""
    rng = random.Random(f"cases {plan.language} {plan.size} {plan.seed}")
    source = news.text(rng, plan.language, plan.size)
    words = [match.span() for match in re.finditer(r"\S+", source)]
    maker = _Maker(rng, plan.language, source, words)
    cases = [case for kind in Kind for case in maker.cases(kind, plan.each)]
    facts = news.FACTS[plan.language]
    names = tuple(name for name in (*facts.given, *facts.surnames) if name in source)
    return CaseSet(plan.language, source, names, tuple(cases))


@dataclass(frozen=True, slots=True)
class _Maker:
    rng: random.Random
    language: str
    source: str
    words: list[tuple[int, int]]

    def cases(self, kind: Kind, count: int) -> list[Case]:
        made: list[Case] = []
        for _ in range(_TRIES):
            if len(made) == count:
                break
            case = self._case(kind)
            # langextract never gives two quotes the same words, so none of a kind overlap
            if case and all(case.quote != other.quote and not _overlap(case, other) for other in made):
                made.append(case)
        return sorted(made, key=lambda case: case.start or 0)

    def _case(self, kind: Kind) -> Case | None:
        if kind is Kind.ABSENT:
            elsewhere = news.text(self.rng, self.language, 600)
            words = [match.span() for match in re.finditer(r"\S+", elsewhere)]
            piece = _Maker(self.rng, self.language, elsewhere, words)._piece()
            return Case(kind, piece.quote) if piece and piece.quote not in self.source else None
        piece = self._piece()
        if piece is None or self.source.count(piece.quote) != 1:
            return None
        quote = self._stitched(piece) if kind is Kind.STITCHED else _CHANGES[kind](self.rng, piece.quote, self.language)
        if quote is None or (kind is not Kind.EXACT and quote in self.source):
            return None
        return Case(kind, quote, piece.start, piece.end) if kind in _PLANTED else Case(kind, quote)

    def _piece(self) -> _Piece | None:
        """8 to 20 words (16 to 40 characters of Chinese) of one paragraph that cut no number."""
        start, end = self._borders()
        quote = self.source[start:end]
        whole = quote[:1].isalnum() and quote[-1:].isalnum() and "\n" not in quote
        return _Piece(quote, start, end) if whole and not (self._in_number(start) or self._in_number(end)) else None

    def _in_number(self, at: int) -> bool:
        near = self.source[max(0, at - 8) : at + 8]
        return any(match.start() < min(at, 8) < match.end() for match in _DIGITS.finditer(near))

    def _borders(self) -> tuple[int, int]:
        if self.language == "zh":
            start = self.rng.randrange(len(self.source) - 50)
            return start, start + self.rng.randint(16, 40)
        first = self.rng.randrange(len(self.words) - 22)
        return self.words[first][0], self.words[first + self.rng.randint(8, 20) - 1][1]

    def _stitched(self, piece: _Piece) -> str | None:
        other = self._piece()
        if other is None or abs(other.start - piece.start) < _APART:
            return None
        return _half(piece.quote, second=False) + _half(other.quote, second=True)


def _overlap(one: Case, other: Case) -> bool:
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return False
    return one.start < other.end and other.start < one.end


def _half(quote: str, second: bool) -> str:
    units = re.findall(r"\s*\S+", quote) if " " in quote else list(quote)
    middle = len(units) // 2
    return "".join(units[middle:] if second else units[:middle])


def _case_space(rng: random.Random, quote: str, language: str) -> str:
    if language == "zh":
        between = [at for at in range(4, len(quote) - 4) if not _DIGITS.fullmatch(quote[at - 1 : at + 1].strip(","))]
        at = rng.choice(between)
        return f"{quote[:at]}\n{quote[at:]}"
    words = [word.upper() if rng.random() < 0.3 else word for word in quote.split(" ")]
    at = rng.randrange(1, len(words))
    space, wide = rng.choice([" ", "  "]), rng.choice(["\n", "  ", "\u00a0"])
    return space.join(words[:at]) + wide + " ".join(words[at:])


def _unicode(rng: random.Random, quote: str, language: str) -> str | None:
    zero = _DIGIT_FORMS.get(language)
    changed = unicodedata.normalize("NFD", quote).translate(_VARIANTS)
    if zero:
        changed = "".join(chr(zero + int(char)) if char in "0123456789" else char for char in changed)
    if language == "en":
        changed = changed.replace("fi", "ﬁ").replace("fl", "ﬂ")
        long = [match.start() for match in re.finditer(r"[a-z]{8}", changed)]
        at = rng.choice(long) + 4 if long else 0
        changed = f"{changed[:at]}\u00ad{changed[at:]}" if long else changed
    return changed if changed != quote else None


def _edited(rng: random.Random, quote: str, language: str) -> str | None:
    step = 2 if language == "zh" else 1  # a Chinese word has two characters here
    units = list(quote) if language == "zh" else quote.split(" ")
    joint = "" if language == "zh" else " "
    for _ in range(rng.randint(1, 2)):
        at = rng.randrange(2 * step, len(units) - 3 * step + 1)
        if not all(_is_plain(unit, language) for unit in units[at - 1 : at + step + 1]):
            return None
        action = rng.choice(["replace", "drop", "insert"])
        new = [] if action == "drop" else list(rng.choice(news.stock(language))) if step > 1 else [_word(rng, language)]
        units[at : at + (0 if action == "insert" else step)] = new
    return joint.join(units)


def _word(rng: random.Random, language: str) -> str:
    return rng.choice(news.stock(language))


def _is_plain(unit: str, language: str) -> bool:
    """Whether a word (character of Chinese) is no number, no negation, no name and does not look like one."""
    facts = news.FACTS[language]
    special = (*facts.given, *facts.surnames, *facts.negations, *facts.amounts)
    if language == "zh":
        return unit.isalpha() and unit not in "".join(special)
    bare = unit.strip("“”«»,،")
    return not any(char.isdigit() for char in unit) and bare not in special and unit[:1].lower() == unit[:1]


def _number(rng: random.Random, quote: str, language: str) -> str | None:
    found = _DIGITS.search(quote)
    if not found:
        return None
    old = int(found[0].replace(",", ""))
    new = rng.choice([old + 1, old * 10, old // 2 + 1, int(str(old)[::-1].lstrip("0") or "7")])
    if new == old:
        return None
    return f"{quote[: found.start()]}{new:,}{quote[found.end() :]}"


def _number_word(rng: random.Random, quote: str, language: str) -> str | None:
    facts = news.FACTS[language]
    units = re.split("(" + "|".join(facts.amounts) + ")", quote) if language == "zh" else re.split(r"(\s)", quote)
    held = [i for i, unit in enumerate(units) if unit in facts.amounts]
    if not held:
        return None
    units[held[0]] = rng.choice([amount for amount in facts.amounts if amount != units[held[0]]])
    return "".join(units)


def _name(rng: random.Random, quote: str, language: str) -> str | None:
    facts = news.FACTS[language]
    for group in rng.sample([facts.given, facts.surnames], 2):
        for name in group:
            # a single Chinese character may stand in other words: only beside a surname it is a name
            beside = name if language != "zh" or len(name) > 1 else next((s + name for s in facts.surnames), name)
            if beside in quote:
                other = rng.choice([n for n in group if n != name])
                return quote.replace(beside, beside.replace(name, other), 1)
    return None


def _negation(rng: random.Random, quote: str, language: str) -> str | None:
    facts = news.FACTS[language]
    units = list(quote) if language == "zh" else quote.split(" ")
    joint = facts.space
    if language == "zh":
        held = next((n for n in facts.negations if n in quote), None)
        if held:
            return quote.replace(held, "", 1)
    elif any(n in units[1:-1] for n in facts.negations):
        at = next(i for i, unit in enumerate(units[1:-1], 1) if unit in facts.negations)
        # "a not a" without its negation would be an honest "a" of the source with one "a" too many
        return joint.join(units[:at] + units[at + 1 :]) if units[at - 1] != units[at + 1] else None
    at = rng.randrange(2, len(units) - 2)
    if not units[at].isalpha():
        return None
    return joint.join([*units[:at], rng.choice(facts.negations), *units[at:]])


_CHANGES: dict[Kind, Callable[[random.Random, str, str], str | None]] = {
    Kind.EXACT: lambda rng, quote, language: quote,
    Kind.CASE_SPACE: _case_space,
    Kind.UNICODE: _unicode,
    Kind.EDITED: _edited,
    Kind.NUMBER: _number,
    Kind.NUMBER_WORD: _number_word,
    Kind.NAME: _name,
    Kind.NEGATION: _negation,
}
