"""One-to-one alignment of predicted with reference items."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from .extras import extra

P = TypeVar("P")
R = TypeVar("R")
_TIE = 1e-9


class Pair(NamedTuple):
    """A predicted and a reference item that are the same, by their indices."""

    predicted: int
    reference: int
    similarity: float


def align(
    predicted: Sequence[P], reference: Sequence[R], similarity: Callable[[P, R], float], threshold: float = 0.0
) -> tuple[Pair, ...]:
    """The one-to-one alignment of the greatest total similarity, in the order of the predicted items.

    Of alignments whose totals differ by less than a billionth, the one that pairs earlier with earlier items is taken.

    Args:
        predicted: items of any kind.
        reference: items of any kind.
        similarity: how alike a predicted and a reference item are; at least 0, larger is better.
        threshold: pairs less alike than this, and pairs with nothing in common, are never made.

    Raises:
        MissingExtra: scipy is not installed.

    Source: the assignment problem (Kuhn 1955), as CEAF uses it (Luo 2005, "On coreference resolution performance
    metrics").
    """
    if not predicted or not reference:
        return ()
    table = [[similarity(one, other) for other in reference] for one in predicted]
    return best_pairs([[value if value >= threshold else 0.0 for value in row] for row in table])


def best_pairs(table: Sequence[Sequence[float]]) -> tuple[Pair, ...]:
    """The pairs of rows and columns of the greatest total; cells of 0 are never chosen.

    Args:
        table: one row for each predicted, one column for each reference item; no negative numbers.
    """
    if not table or not table[0]:
        return ()
    rows, columns = len(table), len(table[0])
    if rows == columns == 1:
        return (Pair(0, 0, table[0][0]),) if table[0][0] > 0 else ()
    # A product of two falling numbers is largest in total where both orders agree.
    scale = _TIE / (rows * columns * min(rows, columns))
    weighed = [
        [value + scale * (rows - i) * (columns - j) if value > 0 else 0.0 for j, value in enumerate(row)]
        for i, row in enumerate(table)
    ]
    first, second = extra("scipy.optimize").linear_sum_assignment(weighed, maximize=True)
    chosen = zip(first.tolist(), second.tolist(), strict=True)
    return tuple(Pair(i, j, table[i][j]) for i, j in chosen if table[i][j] > 0)
