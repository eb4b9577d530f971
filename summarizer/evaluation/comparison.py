"""Whether two runs over the same documents differ: paired tests, and correction for testing many metrics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ..errors import InputError
from ..models.base import Model
from .extras import extra
from .scores import DocumentScore
from .statistics import CELLS, SAMPLES, SEED, Ends, Sums, defined, draws, ends_of, quotient, sums_of

if TYPE_CHECKING:
    from .statistics import Floats

_ROUNDING = 1e-12


class Difference(Model):
    """A metric in two runs over the same documents; differences are the second run less the first."""

    metric: str
    first: float | None
    second: float | None
    difference: float | None
    """None where the metric is undefined in a run."""
    low: float | None
    high: float | None
    """Paired percentile bootstrap interval of the difference; None with fewer than two documents."""
    p_bootstrap: float | None
    """Two-sided: twice the share of resamples on the other side of 0."""
    p_permutation: float | None
    """Two-sided: the share of random exchanges of the runs that differ at least as much."""
    p_holm: float | None
    """`p_permutation` corrected for all metrics tested together."""
    n: int
    """Documents that bear on the metric in either run."""
    samples: int


def paired_test(
    first: Sequence[DocumentScore],
    second: Sequence[DocumentScore],
    metric: str,
    samples: int = SAMPLES,
    seed: int = SEED,
) -> Difference:
    """The difference of one metric, as `paired_tests` gives it; nothing to correct for."""
    return paired_tests(first, second, (metric,), samples, seed)[metric]


def paired_tests(
    first: Sequence[DocumentScore],
    second: Sequence[DocumentScore],
    metrics: Sequence[str],
    samples: int = SAMPLES,
    seed: int = SEED,
) -> dict[str, Difference]:
    """Differences of metrics between two runs, document by document.

    The bootstrap draws documents with both their scores. The permutation test exchanges the two scores of a document
    by the toss of a coin, which flips the sign of its share in the difference; it assumes nothing but that the runs
    could be exchanged.

    Args:
        first: scores of one run.
        second: scores of another run over the same documents, in any order.
        metrics: names; the correction is for all of them.
        samples: number of draws, and of exchanges.
        seed: of both.

    Raises:
        InputError: the runs are not over the same documents, or one scores a document twice.
        MissingExtra: numpy is not installed.

    Source: Efron & Tibshirani 1993 for the bootstrap; Noreen 1989, "Computer-intensive methods for testing hypotheses",
    and Yeh 2000, "More accurate tests for the statistical significance of result differences", for the exchange;
    Phipson & Smyth 2010, "Permutation p-values should never be zero", for counting the observed difference among them.
    """
    one = sums_of(first, metrics)
    other = sums_of(in_order_of(first, second), metrics)
    drawn = _drawn(one, other, samples, seed) if len(first) > 1 else None
    exchanged = _exchanged(one, other, samples, seed) if len(first) > 1 else None
    observed = other.values - one.values
    bearing = ((one.wholes > 0) | (other.wholes > 0)).sum(axis=0)
    found = {}
    for column, name in enumerate(metrics):
        difference = defined(observed[column])
        tested = drawn is not None and exchanged is not None and difference is not None and bearing[column] > 1
        ends = ends_of(drawn[:, column], 0.95) if drawn is not None and tested else Ends(None, None)
        found[name] = Difference(
            metric=name,
            first=defined(one.values[column]),
            second=defined(other.values[column]),
            difference=difference,
            low=ends.low,
            high=ends.high,
            p_bootstrap=_two_sided(drawn[:, column]) if drawn is not None and tested else None,
            p_permutation=_as_far(exchanged[:, column], difference) if exchanged is not None and tested else None,
            p_holm=None,
            n=int(bearing[column]),
            samples=samples,
        )
    corrected = holm({name: result.p_permutation for name, result in found.items()})
    return {name: result.model_copy(update={"p_holm": corrected[name]}) for name, result in found.items()}


def holm(p_values: Mapping[str, float | None]) -> dict[str, float | None]:
    """P-values corrected for their number by Holm's step-down method; None stays None and does not count.

    The k-th smallest of m is multiplied by m - k + 1, is never smaller than the one before it, and at most 1.

    Source: Holm 1979, "A simple sequentially rejective multiple test procedure".
    """
    known = sorted((p, name) for name, p in p_values.items() if p is not None)
    corrected: dict[str, float | None] = dict.fromkeys(p_values)
    least = 0.0
    for rank, (p, name) in enumerate(known):
        least = max(least, min(1.0, (len(known) - rank) * p))
        corrected[name] = least
    return corrected


def in_order_of(first: Sequence[DocumentScore], second: Sequence[DocumentScore]) -> list[DocumentScore]:
    """The scores of the second run in the order of the first's documents."""
    by_name = {score.document: score for score in second}
    names = [score.document for score in first]
    if len(by_name) != len(second) or len(set(names)) != len(names):
        raise InputError("a run scores a document twice", remedy="Give one score for each document")
    for name in (*names, *by_name):
        if name not in by_name or name not in set(names):
            raise InputError(
                "only one of the two runs scores it", document=name, remedy="Compare runs over the same documents"
            )
    return [by_name[name] for name in names]


def _drawn(one: Sums, other: Sums, samples: int, seed: int) -> Floats:
    """The differences in each resample of the documents: shape (samples, metrics)."""
    np = extra("numpy")
    columns = np.hstack([one.parts, one.wholes, other.parts, other.wholes])
    summed = np.vstack([counts @ columns for counts in draws(len(columns), samples, seed)])
    parts, wholes, other_parts, other_wholes = np.hsplit(summed, 4)
    difference: Floats = quotient(other_parts, other_wholes) - quotient(parts, wholes)
    return difference


def _exchanged(one: Sums, other: Sums, samples: int, seed: int) -> Floats:
    """The differences after each random exchange of scores: shape (samples, metrics)."""
    np = extra("numpy")
    before, after = np.hstack([one.parts, one.wholes]), np.hstack([other.parts, other.wholes])
    change = after - before
    moved = np.vstack([heads @ change for heads in _tosses(len(change), samples, seed)])
    parts, wholes = np.hsplit(before.sum(axis=0) + moved, 2)
    other_parts, other_wholes = np.hsplit(after.sum(axis=0) - moved, 2)
    difference: Floats = quotient(other_parts, other_wholes) - quotient(parts, wholes)
    return difference


def _tosses(documents: int, samples: int, seed: int) -> Iterator[Floats]:
    np = extra("numpy")
    rng = np.random.default_rng(seed)
    rows = max(1, CELLS // documents)
    for start in range(0, samples, rows):
        size = (min(rows, samples - start), documents)
        yield rng.integers(0, 2, size=size, dtype=np.int8).astype(np.float64)


def _two_sided(differences: Floats) -> float | None:
    np = extra("numpy")
    known = differences[~np.isnan(differences)]
    if not known.size:
        return None
    tail = min(int((known <= _ROUNDING).sum()), int((known >= -_ROUNDING).sum()))
    return float(min(1.0, 2 * (tail + 1) / (known.size + 1)))


def _as_far(differences: Floats, observed: float | None) -> float | None:
    np = extra("numpy")
    known = differences[~np.isnan(differences)]
    if observed is None or not known.size:
        return None
    return float((1 + (np.abs(known) >= abs(observed) - _ROUNDING).sum()) / (known.size + 1))
