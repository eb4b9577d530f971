"""The fewest elements that meet all sets: a minimum hitting set."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

EXACT = 16
"""Up to this many different sets the answer is the least possible; beyond, the greedy one (Johnson 1974)."""


def fewest(sets: Iterable[frozenset[str]], order: Sequence[str]) -> tuple[str, ...]:
    """The fewest elements of which every set holds at least one; of several such choices the earliest in `order`.

    Args:
        sets: none of them empty.
        order: all elements, the preferred first; the answer comes in this order.
    """
    needed = _needed(sets)
    hits: dict[int, str] = {}
    for element in order:
        bits = sum(1 << number for number, each in enumerate(needed) if element in each)
        if bits:
            hits.setdefault(bits, element)
    useful = [bits for bits in hits if not any(bits != other and bits & other == bits for other in hits)]
    every = (1 << len(needed)) - 1
    chosen = _greedy(useful, every)
    if len(needed) <= EXACT:
        for size in range(1, len(chosen)):
            found = _exactly(useful, every, size)
            if found is not None:
                chosen = found
                break
    rank = {element: place for place, element in enumerate(order)}
    return tuple(sorted((hits[bits] for bits in chosen), key=rank.__getitem__))


def _needed(sets: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """Sets without those that hold another one: what meets the smaller meets the larger."""
    distinct = sorted(set(sets), key=lambda each: (len(each), sorted(each)))
    return [each for place, each in enumerate(distinct) if not any(less < each for less in distinct[:place])]


def _greedy(useful: Sequence[int], every: int) -> list[int]:
    chosen: list[int] = []
    left = every
    while left:
        best = max(useful, key=lambda bits: (bits & left).bit_count())
        chosen.append(best)
        left &= ~best
    return chosen


def _exactly(useful: Sequence[int], left: int, size: int) -> list[int] | None:
    """A choice of at most `size` that meets all sets left: one of them must meet the first."""
    if not left:
        return []
    if size == 0:
        return None
    first = left & -left
    for bits in useful:
        if bits & first:
            rest = _exactly(useful, left & ~bits, size - 1)
            if rest is not None:
                return [bits, *rest]
    return None
