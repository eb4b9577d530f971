"""B-cubed against published worked examples and hand counts."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.evaluation import PrecisionRecall, Share, b_cubed

TRUTH = ["12345", "67", "89ABC"]


@pytest.mark.parametrize(("response", "precision"), [(["12345", "6789ABC"], 16 / 21), (["1234589ABC", "67"], 7 / 12)])
def test_the_example_of_bagga_and_baldwin(response: list[str], precision: float) -> None:
    # Bagga & Baldwin 1998: 76% and 58% precision, 100% recall.
    found = b_cubed(response, TRUTH)
    assert found.precision.value == pytest.approx(precision)
    assert found.recall.value == 1


def test_the_example_of_pradhan_and_others_with_items_on_one_side_only() -> None:
    # Pradhan et al. 2014: precision 4/8, recall 35/12 of 7, F1 0.46 (rounded up from 0.4545).
    found = b_cubed(["ab", "cd", "fghi"], ["abc", "defg"])
    assert found.precision.value == pytest.approx(0.5)
    assert found.recall.value == pytest.approx(35 / 12 / 7)
    assert found.f1 == pytest.approx(5 / 11)


def test_all_in_one_group_and_each_alone() -> None:
    assert b_cubed(["abcd"], ["ab", "cd"]) == PrecisionRecall(Share(2, 4), Share(4, 4))
    assert b_cubed(["a", "b", "c", "d"], ["ab", "cd"]) == PrecisionRecall(Share(4, 4), Share(2, 4))


def test_without_items_nothing_is_defined() -> None:
    found = b_cubed([], [])
    assert (found.precision.value, found.recall.value, found.f1) == (None, None, None)
    assert found.shares("stories")["stories.f1"] == Share(0, 0)


def test_items_on_one_side_only_count_as_wrong() -> None:
    assert b_cubed(["ab"], []) == PrecisionRecall(Share(0, 2), Share(0, 0))
    assert b_cubed([], ["ab"]).f1 == 0
    assert b_cubed([""], []).f1 is None


def test_the_f1_of_a_document_is_a_share_of_one() -> None:
    assert b_cubed(["abcd"], ["ab", "cd"]).shares("stories") == {
        "stories.precision": Share(2, 4), "stories.recall": Share(4, 4), "stories.f1": Share(pytest.approx(2 / 3), 1),
    }  # fmt: skip


GROUPS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 3)).map(
    lambda home: ["".join(item for item in home if home[item] == number) for number in sorted(set(home.values()))]
)


@settings(max_examples=50, deadline=None)
@given(GROUPS, GROUPS, st.randoms(use_true_random=False))
def test_order_does_not_matter_and_the_sides_mirror_each_other(one: list[str], other: list[str], random: Any) -> None:
    found = b_cubed(one, other)
    mirrored = b_cubed(random.sample(other, len(other)), random.sample(one, len(one)))
    assert (mirrored.recall.part, mirrored.precision.part) == pytest.approx((found.precision.part, found.recall.part))
    assert b_cubed(one, one).f1 in (None, 1)
