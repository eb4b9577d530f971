"""Bootstrap intervals: seeded, over documents, undefined where there is nothing."""

from __future__ import annotations

import random
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.evaluation import DocumentScore, Interval, Share, bootstrap, bootstrap_interval, summed
from summarizer.evaluation.statistics import draws


def scores_of(*shares: tuple[float, float], metric: str = "m") -> list[DocumentScore]:
    """One document for each (part, whole)."""
    return [
        DocumentScore(document=f"d{number}", language="en", shares={metric: Share(*share)})
        for number, share in enumerate(shares)
    ]


HALF = scores_of(*[(1, 1), (0, 1)] * 50)


def test_the_interval_is_about_that_of_theory() -> None:
    # 100 documents, half of them right: 0.5 and 1.96 x 0.05 to both sides.
    found = bootstrap_interval(HALF, "m")
    assert (found.value, found.n, found.level, found.samples) == (0.5, 100, 0.95, 10_000)
    assert found.low == pytest.approx(0.402, abs=0.015)
    assert found.high == pytest.approx(0.598, abs=0.015)


def test_a_narrower_level_is_a_narrower_interval() -> None:
    wide, narrow = bootstrap_interval(HALF, "m"), bootstrap_interval(HALF, "m", level=0.5)
    assert wide.low is not None
    assert narrow.low is not None
    assert wide.low < narrow.low < 0.5


def test_the_same_seed_gives_the_same_interval_and_another_seed_another() -> None:
    scores = scores_of(*[(random.Random(n).random(), 1.0) for n in range(30)])
    assert bootstrap_interval(scores, "m", 500, seed=1) == bootstrap_interval(scores, "m", 500, seed=1)
    assert bootstrap_interval(scores, "m", 500, seed=1) != bootstrap_interval(scores, "m", 500, seed=2)


def test_all_metrics_are_drawn_together_and_alone_alike() -> None:
    scores = [
        DocumentScore(document=str(n), language="en", shares={"a": Share(n % 3, 3), "b": Share(n % 2, 2)})
        for n in range(40)
    ]
    together = bootstrap(scores, samples=300)
    assert list(together) == ["a", "b"]
    assert together["b"] == bootstrap_interval(scores, "b", 300)


def test_documents_weigh_by_their_wholes() -> None:
    found = bootstrap_interval(scores_of((9, 10), (0, 1)), "m", 200)
    assert found.value == pytest.approx(9 / 11)


def test_a_metric_of_no_document_is_undefined() -> None:
    expected = Interval(metric="m", value=None, low=None, high=None, n=0, level=0.95, samples=200)
    assert bootstrap_interval(scores_of((0, 0), (0, 0)), "m", 200) == expected
    assert bootstrap_interval(HALF, "unheard of", 200).value is None
    assert bootstrap([], ["m"], 200)["m"].value is None
    assert bootstrap([]) == {}


def test_one_document_has_a_value_and_no_interval() -> None:
    found = bootstrap_interval(scores_of((1, 2), (0, 0)), "m", 200)
    assert (found.value, found.low, found.high, found.n) == (0.5, None, None, 1)


def test_draws_without_the_metric_do_not_count() -> None:
    # Two of ten documents bear on it; many draws miss both.
    found = bootstrap_interval(scores_of((1, 1), (1, 1), *[(0, 0)] * 8), "m", 500)
    assert (found.value, found.low, found.high, found.n) == (1, 1, 1, 2)


def test_documents_without_the_metric_do_not_move_it() -> None:
    assert bootstrap_interval([*HALF, *scores_of(*[(0, 0)] * 5)], "m", 50).value == 0.5


def test_every_draw_has_as_many_documents_as_there_are() -> None:
    counts = list(draws(7, 1000, seed=3))
    assert sum(map(len, counts)) == 1000
    assert all((chunk.sum(axis=1) == 7).all() for chunk in counts)
    mean = sum(chunk.sum(axis=0) for chunk in counts) / 1000
    assert mean == pytest.approx([1] * 7, abs=0.15)


def test_memory_does_not_grow_with_documents_times_samples() -> None:
    def peak(samples: int) -> int:
        tracemalloc.start()
        bootstrap_interval(scores, "m", samples)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    scores = scores_of(*[(n % 2, 1) for n in range(4000)])
    assert peak(4000) < 1.2 * peak(500)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(3, 5)) | st.just((0, 0)), min_size=1, max_size=8))
def test_values_are_those_of_the_sums_and_lie_in_their_interval(shares: list[tuple[int, int]]) -> None:
    scores = scores_of(*shares)
    found = bootstrap_interval(scores, "m", 100)
    assert found.value == pytest.approx(summed(scores, "m").value)
    assert found.n == sum(whole > 0 for _, whole in shares)
    if found.low is not None and found.high is not None:
        assert 0 <= found.low <= found.high <= 1
