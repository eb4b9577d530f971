"""One-to-one alignment: optimal, above a threshold, the same every time."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.evaluation import Pair, align
from summarizer.evaluation.alignment import best_pairs
from summarizer.models.base import Model

TABLES = st.integers(0, 4).flatmap(
    lambda columns: st.lists(
        st.lists(st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]), min_size=columns, max_size=columns), max_size=4
    )
)


class Word(Model):
    """Any pydantic model will do."""

    text: str


def _best_total(table: list[list[float]]) -> float:
    rows, columns = len(table), len(table[0]) if table else 0
    if rows > columns:
        return _best_total([list(column) for column in zip(*table, strict=True)]) if columns else 0.0
    chosen = itertools.permutations(range(columns), rows)
    return max(sum(table[i][j] for i, j in enumerate(order)) for order in chosen)


def test_items_of_any_kind_are_aligned() -> None:
    found = align(
        [Word(text="harbour"), Word(text="mayor")],
        [Word(text="mayors"), Word(text="port"), Word(text="harbours")],
        lambda one, other: float(other.text.startswith(one.text)),
    )
    assert found == (Pair(0, 2, 1.0), Pair(1, 0, 1.0))


def test_the_whole_is_optimal_not_each_choice() -> None:
    # Greedily the first row would take 0.9 and leave the second with nothing.
    assert best_pairs([[0.9, 0.8], [0.7, 0.0]]) == (Pair(0, 1, 0.8), Pair(1, 0, 0.7))


def test_pairs_below_the_threshold_are_not_made() -> None:
    likeness = {("a", "x"): 0.69, ("a", "y"): 0.1, ("b", "x"): 0.7, ("b", "y"): 0.2}
    found = align("ab", "xy", lambda one, other: likeness[one, other], threshold=0.7)
    assert found == (Pair(1, 0, 0.7),)


def test_items_with_nothing_in_common_are_not_paired_even_without_a_threshold() -> None:
    assert align("ab", "cd", lambda one, other: 0.0) == ()


@pytest.mark.parametrize(("predicted", "reference"), [("", ""), ("a", ""), ("", "a")])
def test_without_items_on_a_side_there_are_no_pairs(predicted: str, reference: str) -> None:
    assert align(predicted, reference, lambda one, other: 1.0) == ()


def test_a_second_prediction_of_the_same_stays_alone() -> None:
    assert align("aa", "a", lambda one, other: 1.0) == (Pair(0, 0, 1.0),)


def test_of_equal_alignments_earlier_items_go_with_earlier_ones() -> None:
    assert align("abc", "xy", lambda one, other: 1.0) == (Pair(0, 0, 1.0), Pair(1, 1, 1.0))
    assert align("ab", "xyz", lambda one, other: 0.5) == (Pair(0, 0, 0.5), Pair(1, 1, 0.5))


@settings(max_examples=50, deadline=None)
@given(TABLES)
def test_no_alignment_has_a_greater_total(table: list[list[float]]) -> None:
    pairs = best_pairs(table)
    assert sum(pair.similarity for pair in pairs) == pytest.approx(_best_total(table))
    assert len({pair.predicted for pair in pairs}) == len({pair.reference for pair in pairs}) == len(pairs)
    assert all(pair.similarity == table[pair.predicted][pair.reference] > 0 for pair in pairs)
