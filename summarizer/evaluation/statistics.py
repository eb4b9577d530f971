"""How sure a suite's metrics are: bootstrap intervals over its documents.

A metric is one sum over another (`scores.Share`), so a resample of the documents is a row of counts, and all metrics of
many resamples are one matrix product. Everything is seeded: the same scores and seed give the same interval.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..models.base import Model
from .extras import extra
from .scores import DocumentScore, Share

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SAMPLES = 10_000
SEED = 20_250_826
CELLS = 1_000_000
"""Counts held at a time, so that memory does not grow with documents times samples."""


class Interval(Model):
    """A metric of a suite with a percentile bootstrap interval."""

    metric: str
    value: float | None
    """None where no document has anything to be a share of."""
    low: float | None
    high: float | None
    """None with fewer than two documents that bear on the metric."""
    n: int
    """Documents that bear on the metric."""
    level: float
    samples: int


class Sums(NamedTuple):
    """A metric of each document, as columns: shapes (documents, metrics)."""

    parts: Floats
    wholes: Floats

    @property
    def bearing(self) -> list[int]:
        """For each metric the number of documents with a whole."""
        return [int(count) for count in (self.wholes > 0).sum(axis=0)]

    @property
    def values(self) -> Floats:
        """Each metric of the suite; not a number where it is undefined."""
        return quotient(self.parts.sum(axis=0), self.wholes.sum(axis=0))


def bootstrap(
    scores: Sequence[DocumentScore],
    metrics: Sequence[str] | None = None,
    samples: int = SAMPLES,
    seed: int = SEED,
    level: float = 0.95,
) -> dict[str, Interval]:
    """A percentile bootstrap interval over documents for each metric.

    The documents are drawn with replacement `samples` times; each draw serves all metrics. A draw in which a metric is
    undefined does not count for it.

    Args:
        scores: of the documents of one run.
        metrics: names; all that the first document has, when None.
        samples: number of draws.
        seed: of the draws.
        level: share of the draws inside the interval.

    Raises:
        MissingExtra: numpy is not installed.

    Source: Efron & Tibshirani 1993, "An introduction to the bootstrap", chapter 13.
    """
    names = tuple(metrics) if metrics is not None else tuple(scores[0].shares) if scores else ()
    table = sums_of(scores, names)
    bearing = table.bearing
    drawn = _resampled(table, samples, seed) if any(count > 1 for count in bearing) else None
    found = {}
    for column, name in enumerate(names):
        ends = ends_of(drawn[:, column], level) if drawn is not None and bearing[column] > 1 else Ends(None, None)
        found[name] = Interval(
            metric=name,
            value=defined(table.values[column]),
            low=ends.low,
            high=ends.high,
            n=bearing[column],
            level=level,
            samples=samples,
        )
    return found


def bootstrap_interval(
    scores: Sequence[DocumentScore], metric: str, samples: int = SAMPLES, seed: int = SEED, level: float = 0.95
) -> Interval:
    """The interval of one metric, as `bootstrap` gives it."""
    return bootstrap(scores, (metric,), samples, seed, level)[metric]


def sums_of(scores: Sequence[DocumentScore], metrics: Sequence[str]) -> Sums:
    """The shares of documents as two tables; a metric that a document does not have is 0 of 0."""
    np = extra("numpy")
    none = Share(0, 0)
    flat = np.array([[score.shares.get(name, none) for name in metrics] for score in scores], dtype=np.float64)
    table = flat.reshape(len(scores), len(metrics), 2)
    return Sums(table[:, :, 0], table[:, :, 1])


def draws(documents: int, samples: int, seed: int) -> Iterator[Floats]:
    """How often each document is drawn in each sample: tables (samples of a chunk, documents), chunk after chunk."""
    np = extra("numpy")
    rng = np.random.default_rng(seed)
    rows = max(1, CELLS // max(documents, 1))
    for start in range(0, samples, rows):
        size = min(rows, samples - start)
        drawn = rng.integers(0, documents, size=(size, documents), dtype=np.int32)
        drawn += (np.arange(size, dtype=np.int32) * documents)[:, None]
        counts = np.bincount(drawn.ravel(), minlength=size * documents)
        yield counts.reshape(size, documents).astype(np.float64)


def quotient(parts: Floats, wholes: Floats) -> Floats:
    """Parts by wholes; not a number where the whole is 0."""
    np = extra("numpy")
    result: Floats = np.full(parts.shape, np.nan)
    np.divide(parts, wholes, out=result, where=wholes > 0)
    return result


class Ends(NamedTuple):
    """An interval."""

    low: float | None
    high: float | None


def ends_of(values: Floats, level: float) -> Ends:
    """The middle `level` of the values that are numbers; None without any."""
    np = extra("numpy")
    known = values[~np.isnan(values)]
    if not known.size:
        return Ends(None, None)
    low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2])
    return Ends(float(low), float(high))


def defined(value: float) -> float | None:
    """A number, or None for what is not one."""
    return float(value) if value == value else None  # noqa: PLR0124


def _resampled(table: Sums, samples: int, seed: int) -> Floats:
    """The metrics in each sample: shape (samples, metrics)."""
    np = extra("numpy")
    both = np.hstack([table.parts, table.wholes])
    summed = np.vstack([counts @ both for counts in draws(len(both), samples, seed)])
    parts, wholes = np.hsplit(summed, 2)
    return quotient(parts, wholes)
