"""Putting items into groups, best links first, and pairing the items of two reports in the best way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

LOOSER = 0.93
"""What two groups must reach on average, as a share of what a pair must."""


@dataclass(frozen=True, slots=True)
class Link:
    """Two items that may be the same.

    Args:
        one, other: their numbers, the smaller one first.
        strength: how strongly that is believed; the strongest are joined first.
        why: the reason, in English.
    """

    one: int
    other: int
    strength: float
    why: str


@dataclass
class Grouping:
    """Groups of items that grow by links; the clustering is agglomerative, with cannot-links.

    Args:
        reports: the number of each item's report; two items of one report never come together...
        several: ... unless this is true.
    """

    reports: Sequence[int]
    several: bool = False
    _root: list[int] = field(init=False)
    _members: dict[int, list[int]] = field(init=False)
    _why: dict[int, list[str]] = field(init=False)

    def __post_init__(self) -> None:
        self._root = list(range(len(self.reports)))
        self._members = {number: [number] for number in self._root}
        self._why = {number: [] for number in self._root}

    def root(self, item: int) -> int:
        """The number of an item's group: that of its first item."""
        return self._root[item]

    def members(self, item: int) -> Sequence[int]:
        """The items of an item's group, in order."""
        return self._members[self._root[item]]

    def why(self, item: int) -> tuple[str, ...]:
        """Why the items of an item's group are taken for the same."""
        return tuple(dict.fromkeys(self._why[self._root[item]]))

    def roots(self) -> tuple[int, ...]:
        """The first items of all groups."""
        return tuple(self._members)

    def clash(self, one: int, other: int) -> bool:
        """Whether two items' groups are one group or hold items of one report."""
        if self._root[one] == self._root[other]:
            return True
        if self.several:
            return False
        return not {self.reports[n] for n in self.members(one)}.isdisjoint(self.reports[n] for n in self.members(other))

    def join(self, one: int, other: int, why: str) -> None:
        """Make one group of two items' groups."""
        first, second = sorted((self._root[one], self._root[other]))
        for number in self._members[second]:
            self._root[number] = first
        self._members[first] = sorted(self._members[first] + self._members.pop(second))
        self._why[first] += [*self._why.pop(second), why]

    def link(self, links: Iterable[Link], allows: Callable[[int, int], bool]) -> None:
        """Join along links, the strongest first.

        Args:
            links: in any order.
            allows: whether two groups, given by the numbers of their first items, may become one.
        """
        for each in sorted(links, key=lambda link: (-link.strength, link.one, link.other)):
            if not self.clash(each.one, each.other) and allows(self._root[each.one], self._root[each.other]):
                self.join(each.one, each.other, each.why)

    def pairs(self, one: int, other: int) -> Iterator[tuple[int, int]]:
        """Every pair of items across two items' groups, the smaller number first."""
        for a in self.members(one):
            for b in self.members(other):
                yield (a, b) if a < b else (b, a)


def best_pairs(scores: Mapping[tuple[int, int], float]) -> tuple[tuple[int, int], ...]:
    """The pairs of an assignment of rows to columns with the greatest sum; a pair without a score is none.

    Kuhn and Munkres, by shortest augmenting paths with potentials (Jonker and Volgenant 1987).
    """
    rows = sorted({row for row, _ in scores})
    columns = sorted({column for _, column in scores})
    if len(rows) == len(scores) == len(columns):
        return tuple(sorted(scores))
    costs = [[-scores.get((row, column), 0.0) for column in columns] + [0.0] * len(rows) for row in rows]
    assigned = _assign(costs)
    pairs = ((rows[r], columns[c]) for r, c in enumerate(assigned) if c < len(columns))
    return tuple(pair for pair in pairs if pair in scores)


def _assign(costs: Sequence[Sequence[float]]) -> list[int]:
    """The column of each row at the least sum of costs; there are at least as many columns as rows."""
    height, width = len(costs), len(costs[0])
    prices = [0.0] * height, [0.0] * width
    owner: list[int | None] = [None] * width
    for row in range(height):
        before, end = _cheapest_path(costs, prices, owner, row)
        at: int | None = end
        while at is not None:
            earlier = before[at]
            owner[at] = row if earlier is None else owner[earlier]
            at = earlier
    found = [0] * height
    for column, holder in enumerate(owner):
        if holder is not None:
            found[holder] = column
    return found


def _cheapest_path(
    costs: Sequence[Sequence[float]], prices: tuple[list[float], list[float]], owner: Sequence[int | None], row: int
) -> tuple[list[int | None], int]:
    """The cheapest way from a row to a free column over owned ones; changes the prices accordingly.

    Returns:
        For each column the one before it on the way, and the free column at its end.
    """
    of_row, of_column = prices
    width = len(of_column)
    least, before = [float("inf")] * width, list[int | None]([None] * width)
    seen: list[int] = []
    at, current = None, row
    while True:
        for column in range(width):
            if column not in seen:
                cost = costs[current][column] - of_row[current] - of_column[column]
                if cost < least[column]:
                    least[column], before[column] = cost, at
        at = min((column for column in range(width) if column not in seen), key=least.__getitem__)
        step = least[at]
        of_row[row] += step
        for column in seen:
            of_row[owner[column] or 0] += step
            of_column[column] -= step
        for column in range(width):
            if column not in seen:
                least[column] -= step
        holder = owner[at]
        if holder is None:
            return before, at
        seen.append(at)
        current = holder


def join_matches(
    groups: Grouping, scores: Mapping[tuple[int, int], float], enough: float, why: Callable[[int, int], str]
) -> None:
    """Join items of different reports: each two reports matched one to one in the best way, the best matches first.

    Two groups become one while their items fit each other on average (average linkage), so that one good pair does not
    bind together what does not belong together.

    Args:
        groups: of the items; they grow.
        scores: of pairs of items of different reports, the smaller number first.
        enough: least score of a match; two groups must reach `LOOSER` times as much on average.
        why: the reason for a match, in English.
    """
    tables: dict[tuple[int, int], dict[tuple[int, int], float]] = {}
    for (a, b), score in scores.items():
        if score >= enough:
            tables.setdefault((groups.reports[a], groups.reports[b]), {})[a, b] = score
    matches = [(a, b, table[a, b]) for table in tables.values() for a, b in best_pairs(table)]

    def fits(one: int, other: int) -> bool:
        between = [scores[pair] for pair in groups.pairs(one, other)]
        return sum(between) >= LOOSER * enough * len(between)

    groups.link((Link(a, b, score, why(a, b)) for a, b, score in matches), fits)
