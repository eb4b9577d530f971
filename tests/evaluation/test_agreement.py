"""Cohen's kappa against published examples."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.errors import InputError
from summarizer.evaluation import Kappa, cohen_kappa


def _judged(table: list[list[int]], level: float = 0.95) -> Kappa:
    """Judgements that give a table: rows are the first judge's, columns the second's."""
    pairs = [(i, j) for i, row in enumerate(table) for j, count in enumerate(row) for _ in range(count)]
    return cohen_kappa([one for one, _ in pairs], [other for _, other in pairs], level)


def test_the_example_of_the_sas_manual() -> None:
    # As statsmodels tests it: kappa, its standard error and 95% limits.
    found = _judged([[0, 4, 1], [0, 8, 0], [0, 1, 5]])
    assert (found.kappa, found.standard_error, found.low, found.high) == pytest.approx(
        (0.4842, 0.1380, 0.2137, 0.7547), abs=5e-5
    )
    assert found.n == 19


def test_the_example_of_the_r_package_statpsych() -> None:
    found = _judged([[31, 12], [4, 58]])
    assert (found.kappa, found.standard_error, found.low, found.high) == pytest.approx(
        (0.6756757, 0.07344761, 0.5317210, 0.8196303), abs=5e-8
    )


def test_the_example_of_fifty_applications() -> None:
    found = _judged([[20, 5], [10, 15]])
    assert (found.observed, found.expected, found.kappa) == pytest.approx((0.7, 0.5, 0.4))


def test_perfect_agreement_is_one_and_complete_disagreement_is_negative() -> None:
    assert _judged([[5, 0], [0, 5]]).kappa == 1
    assert _judged([[5, 0], [0, 5]]).high == 1
    assert _judged([[0, 5], [5, 0]]).kappa == -1


def test_a_higher_level_is_a_wider_interval() -> None:
    narrow, wide = _judged([[20, 5], [10, 15]], 0.8), _judged([[20, 5], [10, 15]], 0.99)
    assert narrow.low is not None
    assert wide.low is not None
    assert wide.low < narrow.low


@pytest.mark.parametrize("judgements", [[], ["yes"], ["yes", "yes"]])
def test_kappa_is_undefined_when_chance_alone_would_agree(judgements: list[str]) -> None:
    found = cohen_kappa(judgements, judgements)
    assert (found.kappa, found.low, found.high, found.standard_error, found.n) == (
        None,
        None,
        None,
        None,
        len(judgements),
    )


def test_unequal_numbers_of_judgements_are_refused() -> None:
    with pytest.raises(InputError, match="2 and 1 judgements"):
        cohen_kappa(["yes", "no"], ["yes"])


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), max_size=30))
def test_kappa_is_symmetric_and_within_its_interval(pairs: list[tuple[str, str]]) -> None:
    one, other = [a for a, _ in pairs], [b for _, b in pairs]
    found, mirrored = cohen_kappa(one, other), cohen_kappa(other, one)
    assert found.kappa == pytest.approx(mirrored.kappa)
    assert found.standard_error == pytest.approx(mirrored.standard_error)
    if found.kappa is not None and found.low is not None and found.high is not None:
        assert -1 <= found.low <= found.kappa <= found.high <= 1
