"""An invented world and its news for a year, seeded: who is known how well, where, and what happens to them.

Popularity of persons, bodies, towns and countries follows Zipf's law. One story in five is a sibling of another:
the same two leading persons in the same town and week, but another matter.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

_T = TypeVar("_T")

TYPES = tuple(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE "
    "ASSAULT".split()
)
_STARTS = "b br c d dr f g gr h k kh kr l m n p pr r s sh st t tr v w y z".split()
_VOWELS = "a a a e e i i o o u ai ou".split()
_ENDS = ("", "", "", "n", "r", "l", "s", "m", "k", "t", "nd", "rk", "v", "sh")
_BODIES = "Front;Union;League;Movement;Ministry of Transport;Committee;Bank;Shipping Lines;Rights Watch;Party".split(
    ";"
)
COUNTRIES = (
    "AGO ARG AUS AZE BGD BOL BRA CAN CHL CHN COD COL CUB DEU DZA ECU EGY ESP ETH FIN FRA GBR GEO GHA GRC HUN IDN IND IRN "
    "IRQ ISR ITA JOR JPN KAZ KEN KOR LBN LBY MAR MEX MLI MMR MOZ MYS NER NGA NLD NOR PAK PER PHL POL ROU RUS SAU SDN SEN "
    "SRB SWE SYR THA TUN TUR TZA UGA UKR USA UZB VEN VNM YEM ZAF ZMB ZWE"
).split()


_FLAT = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """A person, body or ship: its name in English, and what a brief says of it."""

    name: str
    kind: str
    country: str
    role: str | None


@dataclass(frozen=True, slots=True)
class Happening:
    """One story: what all its reports draw from; days are counted from the first of the year.

    Args:
        types: of its events, the main one first.
        figures: those who take part, the leading ones first.
        words: plain words that this story alone has by chance.
        field: plain words of its subject, which stories of many countries share.
        proper: names of things, places and plans that only this story knows.
    """

    number: int
    day: int
    country: str
    town: str
    district: str
    types: tuple[str, ...]
    figures: tuple[Figure, ...]
    words: tuple[str, ...]
    field: tuple[str, ...]
    numbers: tuple[int, ...]
    proper: tuple[str, ...]


class World:
    """All that is known of it.

    Args:
        seed: the same gives the same.
        size: stories a year; the better known the world, the more there is of everything.
    """

    def __init__(self, seed: int, size: int):
        self.random = random.Random(seed)
        self.size = size
        words = {self.word(2 + number % 2).lower() for number in range(11000)}
        self.vocabulary = sorted(words)
        self.random.shuffle(self.vocabulary)
        self.common = self.vocabulary[5600:]
        people = max(400, size // 4)
        surnames = [self.word(2 + number % 2) for number in range(people // 2)]
        given = [self.word(2) for _ in range(300)]
        roles = ("President", "foreign minister", "general", "spokeswoman", "mayor", None, None)
        self.figures: dict[str, list[Figure]] = {}
        self.towns: dict[str, list[str]] = {}
        for country in COUNTRIES:
            self.figures[country] = []
            self.towns[country] = [self.word(2 + number % 2) for number in range(max(20, size // 200))]
        for _ in range(people):
            country = self.popular(COUNTRIES)
            name = f"{self.random.choice(given)} {self.random.choice(surnames)}"
            self.figures[country].append(Figure(name, "person", country, self.random.choice(roles)))
        for number in range(people // 2):
            country = self.popular(COUNTRIES)
            ship = number % 5 == 0
            name = f"MV {self.word(2)} {self.word(2)}" if ship else f"{self.word(2)} {self.random.choice(_BODIES)}"
            self.figures[country].append(Figure(name, "asset" if ship else "organization", country, None))
        for figures in self.figures.values():
            figures += [Figure(f"{self.word(2)} {self.word(2)}", "person", "USA", None) for _ in range(5)]
            self.random.shuffle(figures)

    def word(self, syllables: int) -> str:
        """A capitalised invented word."""
        pick = self.random.choice
        return "".join(pick(_STARTS) + pick(_VOWELS) + pick(_ENDS) for _ in range(syllables)).capitalize()

    def popular(self, things: Sequence[_T]) -> _T:
        """One of them, the first ones more often: about 1/(rank + 5), the law of Zipf and Mandelbrot."""
        rank = _FLAT * ((len(things) + _FLAT) / _FLAT) ** self.random.random() - _FLAT
        return things[min(int(rank), len(things) - 1)]

    @cached_property
    def stories(self) -> list[Happening]:
        """All stories of the year."""
        done: list[Happening] = []
        for number in range(self.size):
            parent = self.random.choice(done[-200:]) if done and self.random.random() < 0.33 else None
            done.append(self._story(number, parent))
        return done

    def _story(self, number: int, parent: Happening | None) -> Happening:
        pick = self.random
        country = parent.country if parent else self.popular(COUNTRIES)
        figures = list(parent.figures[:2]) if parent else []
        size = pick.randint(4, 10)
        while len(figures) < size:
            home = country if pick.random() < 0.7 else self.popular(COUNTRIES)
            figure = self.popular(self.figures[home])
            if figure not in figures:
                figures.append(figure)
        start = 2000 + 60 * pick.randrange(60)
        shares = parent is not None and pick.random() < 0.3
        field = parent.field if parent and shares else tuple(self.vocabulary[start : start + 60])
        return Happening(
            number,
            day=parent.day + pick.randint(-3, 3) if parent else pick.randrange(365),
            country=country,
            town=parent.town if parent else self.popular(self.towns[country]),
            district=self.word(2),
            types=tuple(self.popular(TYPES) for _ in range(5)),
            figures=tuple(figures),
            words=tuple(pick.sample(self.vocabulary[:2000], 25)),
            field=field,
            numbers=tuple(pick.randrange(10, 10 ** pick.randint(2, 5)) for _ in range(4)),
            proper=tuple(self.word(2) for _ in range(3)),
        )


def iso(day: int) -> str:
    """A day of the invented year, counted from 0, as an ISO date."""
    return (dt.date(2024, 1, 1) + dt.timedelta(days=day)).isoformat()
