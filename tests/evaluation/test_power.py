"""What a suite can show, and how much runs vary."""

from __future__ import annotations

import math
import statistics

import pytest

from summarizer.errors import InputError
from summarizer.evaluation import (
    Demand,
    detectable_difference,
    minimum_detectable_difference,
    repeated_runs,
)

from .test_statistics import scores_of


def test_a_difference_of_three_points_needs_about_a_thousand_documents() -> None:
    # Miller 2024: a variance of 1/9 of the paired differences, 5% error, 80% power.
    assert detectable_difference(1 / 3, 969) == pytest.approx(0.03, abs=1e-5)


@pytest.mark.parametrize(
    ("demand", "reach"),
    [(Demand(), 1.959964 + 0.841621), (Demand(power=0.9), 1.959964 + 1.281552), (Demand(alpha=0.1), 1.644854 + 0.841621),
     (Demand(comparisons=10), 2.807034 + 0.841621)],
)  # fmt: skip
def test_power_error_level_and_comparisons_are_standard_normal_quantiles(demand: Demand, reach: float) -> None:
    assert detectable_difference(2, 16, demand) == pytest.approx(reach * 2 / 4, rel=1e-6)


def test_four_times_the_documents_detect_half_the_difference() -> None:
    assert detectable_difference(1, 400) == pytest.approx(detectable_difference(1, 100) / 2)


def test_with_one_run_another_that_varies_as_much_is_assumed() -> None:
    found = minimum_detectable_difference(scores_of(*[(1, 1), (0, 1)] * 50), "m")
    spread = math.sqrt(2) * statistics.stdev([1, 0] * 50)
    assert found.standard_deviation == pytest.approx(spread)
    assert found.difference == pytest.approx(detectable_difference(spread, 100))
    assert (found.n, found.power, found.alpha, found.comparisons) == (100, 0.8, 0.05, 1)


def test_with_two_runs_their_paired_differences_count() -> None:
    first, second = scores_of((1, 1), (0, 1), (1, 1), (0, 1)), scores_of((1, 1), (1, 1), (1, 1), (0, 1))
    found = minimum_detectable_difference(first, "m", second[::-1])
    assert found.standard_deviation == pytest.approx(statistics.stdev([0, 1, 0, 0]))


def test_contributions_to_a_ratio_weigh_by_their_wholes() -> None:
    # r = 6/8; contributions 2 (1 - 6/8 x 2) / 8 and 2 (5 - 6/8 x 6) / 8.
    found = minimum_detectable_difference(scores_of((1, 2), (5, 6)), "m")
    assert found.standard_deviation == pytest.approx(math.sqrt(2) * statistics.stdev([-1 / 8, 1 / 8]))


def test_documents_that_do_not_bear_on_a_metric_do_not_count() -> None:
    shares = [(1, 1), (0, 1)] * 5
    assert minimum_detectable_difference(scores_of(*shares, (0, 0)), "m") == minimum_detectable_difference(
        scores_of(*shares), "m"
    )


@pytest.mark.parametrize("shares", [[], [(1, 2)], [(0, 0), (0, 0)], [(1, 1), (1, 1), (1, 1)]])
def test_without_a_spread_nothing_can_be_said(shares: list[tuple[float, float]]) -> None:
    assert minimum_detectable_difference(scores_of(*shares), "m").difference is None


def test_runs_over_different_documents_are_refused() -> None:
    with pytest.raises(InputError, match="only one of the two runs"):
        minimum_detectable_difference(scores_of((1, 1)), "m", scores_of((1, 1), (1, 1)))


def test_repeated_runs_have_a_mean_and_a_spread() -> None:
    runs = [scores_of((right, 10)) for right in (6, 8, 7)]
    found = repeated_runs(runs, "m")
    assert (found.mean, found.lowest, found.highest, found.n) == (pytest.approx(0.7), 0.6, 0.8, 3)
    assert found.standard_deviation == pytest.approx(0.1)
    assert found.values == (0.6, 0.8, 0.7)


def test_runs_in_which_a_metric_is_undefined_are_left_out() -> None:
    found = repeated_runs([scores_of((1, 2)), scores_of((0, 0))], "m")
    assert (found.mean, found.standard_deviation, found.n, found.values) == (0.5, None, 1, (0.5, None))
    assert repeated_runs([], "m").mean is None
