"""Two runs compared document by document, corrected for the number of metrics."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.errors import InputError
from summarizer.evaluation import DocumentScore, Share, holm, paired_test, paired_tests

from .test_statistics import scores_of

BASE = scores_of(*[(n % 2, 1) for n in range(40)])
BETTER = scores_of(*[(1, 1) if n % 4 else (0, 1) for n in range(40)])


def test_a_run_compared_with_itself_does_not_differ() -> None:
    found = paired_test(BASE, BASE, "m", 200)
    assert (found.difference, found.low, found.high) == (0, 0, 0)
    assert (found.p_bootstrap, found.p_permutation, found.p_holm) == (1, 1, 1)


def test_a_clear_difference_is_found() -> None:
    found = paired_test(BASE, BETTER, "m")
    assert (found.first, found.second, found.difference) == (0.5, 0.75, 0.25)
    assert found.n == 40
    assert found.low is not None
    assert found.low > 0
    assert found.p_permutation is not None
    assert found.p_permutation < 0.01
    assert found.p_bootstrap is not None
    assert found.p_bootstrap < 0.01


def test_the_permutation_test_agrees_with_the_count_of_all_exchanges() -> None:
    # Ten documents gain, none loses: only no exchange and the exchange of all differ as much, 2 of 1024.
    first, second = scores_of(*[(0, 1)] * 10), scores_of(*[(1, 1)] * 10)
    found = paired_test(first, second, "m", 20_000)
    assert found.p_permutation == pytest.approx(2 / 1024, abs=0.001)


def test_gains_and_losses_that_cancel_out_are_no_difference() -> None:
    first, second = scores_of((1, 1), (0, 1), (1, 1), (0, 1)), scores_of((0, 1), (1, 1), (0, 1), (1, 1))
    found = paired_test(first, second, "m", 500)
    assert found.difference == 0
    assert found.p_permutation == 1


def test_the_direction_turns_with_the_runs() -> None:
    one, other = paired_test(BASE, BETTER, "m", 500), paired_test(BETTER, BASE, "m", 500)
    assert other.difference == -0.25
    assert other.high is not None
    assert one.low is not None
    assert other.high == pytest.approx(-one.low)


def test_documents_are_paired_by_name_whatever_their_order() -> None:
    mixed = random.Random(1).sample(BETTER, len(BETTER))
    assert paired_test(BASE, mixed, "m", 300) == paired_test(BASE, BETTER, "m", 300)


def test_the_seed_decides() -> None:
    one, again, other = (paired_test(BASE, BETTER, "m", 300, seed=seed) for seed in (1, 1, 2))
    assert one == again
    assert one != other


def test_a_metric_that_a_run_does_not_define_is_not_tested() -> None:
    nothing = scores_of(*[(0, 0)] * 40)
    found = paired_test(nothing, BASE, "m", 100)
    assert (found.first, found.second, found.difference) == (None, 0.5, None)
    assert (found.low, found.high, found.p_bootstrap, found.p_permutation, found.p_holm) == (None,) * 5
    assert found.n == 40


def test_one_document_is_not_enough_to_test() -> None:
    found = paired_test(scores_of((0, 1)), scores_of((1, 1)), "m", 100)
    assert (found.difference, found.n, found.low, found.p_permutation) == (1, 1, None, None)


def test_without_documents_nothing_is_defined() -> None:
    assert paired_test([], [], "m", 100).difference is None


def test_metrics_tested_together_are_corrected_together() -> None:
    def run(right: int) -> list[DocumentScore]:
        return [
            DocumentScore(
                document=str(n),
                language="en",
                shares={"a": Share(n < right, 1), "b": Share(n % 2, 1), "c": Share(0, 0)},
            )
            for n in range(30)
        ]

    found = paired_tests(run(10), run(20), ["a", "b", "c"], 1000)
    assert found["a"].p_permutation is not None
    assert found["a"].p_holm == pytest.approx(2 * found["a"].p_permutation)
    assert found["b"].p_holm == 1
    assert found["c"].p_holm is None


@pytest.mark.parametrize(("first", "second"), [(BASE[:2], BASE[:3]), (BASE[:3], BASE[:2])])
def test_runs_over_different_documents_are_refused(first: list[DocumentScore], second: list[DocumentScore]) -> None:
    with pytest.raises(InputError, match=r"d2: only one of the two runs scores it\. Compare"):
        paired_test(first, second, "m", 10)


def test_a_document_scored_twice_is_refused() -> None:
    with pytest.raises(InputError, match="scores a document twice"):
        paired_test([BASE[0], BASE[0]], [BASE[0], BASE[1]], "m", 10)


def test_holm_of_a_published_example() -> None:
    # The example that most introductions use: at 0.05 the first and the last are rejected.
    assert holm({"h1": 0.01, "h2": 0.04, "h3": 0.03, "h4": 0.005}) == pytest.approx(
        {"h1": 0.03, "h2": 0.06, "h3": 0.06, "h4": 0.02}
    )


def test_holm_leaves_out_what_was_not_tested() -> None:
    assert holm({"a": 0.02, "b": None}) == {"a": 0.02, "b": None}
    assert holm({}) == {}


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_holm_keeps_the_order_and_is_between_the_raw_and_the_bonferroni_value(values: list[float]) -> None:
    raw = {str(number): value for number, value in enumerate(values)}
    corrected = holm(raw)
    ranked = sorted(raw, key=lambda name: raw[name])
    found = [corrected[name] or 0.0 for name in ranked]
    assert found == sorted(found)
    for name, value in zip(ranked, found, strict=True):
        assert raw[name] <= value <= min(1, len(values) * raw[name]) or math.isclose(value, max(found))
        assert value <= 1
