"""Agreement of two judges beyond chance."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Sequence
from statistics import NormalDist

from ..errors import InputError
from ..models.base import Model


class Kappa(Model):
    """Cohen's kappa of two judges with a large-sample interval."""

    kappa: float | None
    """None without items, and where both judges always say the same one thing."""
    low: float | None
    high: float | None
    standard_error: float | None
    observed: float | None
    """Share of items on which they agree."""
    expected: float | None
    """Share on which they would agree by chance."""
    n: int
    level: float


def cohen_kappa(one: Sequence[Hashable], other: Sequence[Hashable], level: float = 0.95) -> Kappa:
    """Cohen's kappa of two judges of the same items.

    Args:
        one: what one judge says of each item.
        other: what the other says of the same items, in the same order.
        level: of the interval, which is kappa and so many standard errors to both sides, within -1 and 1.

    Raises:
        InputError: the judges did not judge equally many items.

    Source: Cohen 1960, "A coefficient of agreement for nominal scales"; standard error by Fleiss, Cohen & Everitt 1969,
    "Large sample standard errors of kappa and weighted kappa".
    """
    n = len(one)
    if len(other) != n:
        raise InputError(f"{n} and {len(other)} judgements", remedy="Give one judgement of each judge for each item")
    cells = {pair: count / n for pair, count in Counter(zip(one, other, strict=True)).items()}
    rows = {label: count / n for label, count in Counter(one).items()}
    columns = {label: count / n for label, count in Counter(other).items()}
    observed = math.fsum(share for (a, b), share in cells.items() if a == b)
    expected = math.fsum(share * columns.get(label, 0.0) for label, share in rows.items())
    if not n or math.isclose(expected, 1):
        known = {"observed": observed, "expected": expected} if n else {"observed": None, "expected": None}
        return Kappa(kappa=None, low=None, high=None, standard_error=None, n=n, level=level, **known)
    kappa = (observed - expected) / (1 - expected)
    agreeing = math.fsum(
        share * (1 - (rows[a] + columns[b]) * (1 - kappa)) ** 2 for (a, b), share in cells.items() if a == b
    )
    differing = (1 - kappa) ** 2 * math.fsum(
        share * (columns.get(a, 0.0) + rows.get(b, 0.0)) ** 2 for (a, b), share in cells.items() if a != b
    )
    chance = (kappa - expected * (1 - kappa)) ** 2
    error = math.sqrt(max(0.0, agreeing + differing - chance) / n) / (1 - expected)
    reach = NormalDist().inv_cdf((1 + level) / 2) * error
    return Kappa(
        kappa=kappa,
        low=max(-1.0, kappa - reach),
        high=min(1.0, kappa + reach),
        standard_error=error,
        observed=observed,
        expected=expected,
        n=n,
        level=level,
    )
