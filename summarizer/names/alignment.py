"""Which words of two names go together."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from .sounds import Word, joined


class Pair(NamedTuple):
    """Two words that are one: their indices and how alike they are."""

    one: int
    other: int
    score: float


class Alignment(NamedTuple):
    """The words of two names, put together where they are alike."""

    one: tuple[Word, ...]
    other: tuple[Word, ...]
    pairs: tuple[Pair, ...]

    @property
    def left_one(self) -> list[int]:
        """Words of the first that have no partner."""
        taken = {pair.one for pair in self.pairs}
        return [i for i in range(len(self.one)) if i not in taken]

    @property
    def left_other(self) -> list[int]:
        """Words of the second that have no partner."""
        taken = {pair.other for pair in self.pairs}
        return [i for i in range(len(self.other)) if i not in taken]

    @property
    def similarity(self) -> float:
        """Mean similarity of the pairs by the share of words that have a partner."""
        total = len(self.one) + len(self.other)
        return 2 * sum(pair.score for pair in self.pairs) / total if total else 0.0


def align(
    one: tuple[Word, ...], other: tuple[Word, ...], score: Callable[[Word, Word], float], least: float
) -> Alignment:
    """The best pairs of words of two names, each word once; two words of one may be written as one in the other.

    Args:
        one: words of a name.
        other: words of another.
        score: how alike two words are, from 0 to 1.
        least: similarity from which on two words are a pair.
    """
    best = _align(one, other, score, least)
    if not best.left_one and not best.left_other:
        return best
    for i in range(len(one) - 1):
        if len(one) > 2 or len(other) < 3:
            best = _better(best, _align(_merged(one, i), other, score, least))
    for i in range(len(other) - 1):
        best = _better(best, _align(one, _merged(other, i), score, least))
    return best


def _merged(several: tuple[Word, ...], at: int) -> tuple[Word, ...]:
    return (*several[:at], joined(several[at], several[at + 1]), *several[at + 2 :])


def _better(one: Alignment, other: Alignment) -> Alignment:
    def rest(found: Alignment) -> tuple[int, float]:
        return len(found.one) + len(found.other) - 2 * len(found.pairs), -found.similarity

    return other if len(other.pairs) >= len(one.pairs) and rest(other) < rest(one) else one


def _align(
    one: tuple[Word, ...], other: tuple[Word, ...], score: Callable[[Word, Word], float], least: float
) -> Alignment:
    found = [
        Pair(i, j, ratio) for i, a in enumerate(one) for j, b in enumerate(other) if (ratio := score(a, b)) >= least
    ]
    found.sort(key=lambda pair: (-pair.score, abs(pair.one - pair.other), pair.one))
    chosen: list[Pair] = []
    for pair in found:
        if all(pair.one != earlier.one and pair.other != earlier.other for earlier in chosen):
            chosen.append(pair)
    return Alignment(one, other, tuple(sorted(chosen)))
