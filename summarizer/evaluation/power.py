"""What a suite can show: the smallest difference it can detect, and how much repeated runs vary."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist, fmean, stdev

from ..models.base import Model
from .comparison import in_order_of
from .scores import DocumentScore, Share, summed


@dataclass(frozen=True)
class Demand:
    """What is asked of a test: its power, its two-sided error level, and how many metrics share that level."""

    power: float = 0.8
    alpha: float = 0.05
    comparisons: int = 1


class MinimumDifference(Model):
    """The smallest true difference of a metric that a paired test over a suite would find."""

    metric: str
    difference: float | None
    """None with fewer than two documents, and where no spread between documents is seen."""
    standard_deviation: float | None
    """Of a document's contribution to the difference."""
    n: int
    """Documents that bear on the metric."""
    power: float
    alpha: float
    comparisons: int


class RunSpread(Model):
    """A metric over repeated runs of the same suite."""

    metric: str
    mean: float | None
    standard_deviation: float | None
    """Between runs, with n - 1; None with fewer than two of them."""
    lowest: float | None
    highest: float | None
    n: int
    """Runs in which the metric is defined."""
    values: tuple[float | None, ...]


def detectable_difference(standard_deviation: float, n: int, demand: Demand = Demand()) -> float:
    """(z(1 - alpha / 2) + z(power)) x standard deviation / square root of n, alpha being divided by the comparisons.

    Args:
        standard_deviation: of the paired differences of documents.
        n: number of documents, at least 1.
        demand: power, error level and number of comparisons.

    Source: Cohen 1988, "Statistical power analysis for the behavioral sciences"; for language models Card et al. 2020,
    "With little power comes great responsibility", and Miller 2024, "Adding error bars to evals".
    """
    z = NormalDist().inv_cdf
    reach = z(1 - demand.alpha / (2 * demand.comparisons)) + z(demand.power)
    return reach * standard_deviation / math.sqrt(n)


def minimum_detectable_difference(
    scores: Sequence[DocumentScore],
    metric: str,
    other: Sequence[DocumentScore] | None = None,
    demand: Demand = Demand(),
) -> MinimumDifference:
    """The smallest difference of a metric that this suite can tell from chance.

    A document's contribution to a ratio of sums r is its first-order influence n (part - r whole) / sum of wholes
    (delta method). With a second run the contributions to the difference are known. With one run, another is assumed
    that varies as much and independently, which is cautious: runs over the same documents go up and down together.

    Args:
        scores: of a run.
        metric: its name.
        other: scores of another run over the same documents.
        demand: power, error level and number of comparisons.

    Raises:
        InputError: the runs are not over the same documents.
    """
    shares = [_share(score, metric) for score in scores]
    others = [_share(score, metric) for score in in_order_of(scores, other)] if other is not None else None
    bearing = [i for i, share in enumerate(shares) if share.whole or (others and others[i].whole)]
    n, spread = len(bearing), None
    influence = _influence([shares[i] for i in bearing])
    if others is None:
        spread = math.sqrt(2) * stdev(influence) if influence and n > 1 else None
    else:
        second = _influence([others[i] for i in bearing])
        if influence and second and n > 1:
            spread = stdev(two - one for one, two in zip(influence, second, strict=True))
    return MinimumDifference(
        metric=metric,
        difference=detectable_difference(spread, n, demand) if spread else None,
        standard_deviation=spread,
        n=n,
        power=demand.power,
        alpha=demand.alpha,
        comparisons=demand.comparisons,
    )


def repeated_runs(runs: Sequence[Sequence[DocumentScore]], metric: str) -> RunSpread:
    """How much a metric varies when the same suite is run again."""
    values = tuple(summed(scores, metric).value for scores in runs)
    known = [value for value in values if value is not None]
    return RunSpread(
        metric=metric,
        mean=fmean(known) if known else None,
        standard_deviation=stdev(known) if len(known) > 1 else None,
        lowest=min(known, default=None),
        highest=max(known, default=None),
        n=len(known),
        values=values,
    )


def _share(score: DocumentScore, metric: str) -> Share:
    return score.shares.get(metric, Share(0, 0))


def _influence(shares: Sequence[Share]) -> list[float] | None:
    whole = sum(share.whole for share in shares)
    if not whole:
        return None
    ratio = sum(share.part for share in shares) / whole
    return [len(shares) * (share.part - ratio * share.whole) / whole for share in shares]
