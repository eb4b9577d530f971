"""Values of readings, compared whatever the way in which dates and numbers are written."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.merge.values import equal, same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("four warships", "4 warships"),
        ("20 August 2025", "2025-08-20"),
        ("70,000 people", "70 thousand people"),
        ("The Port of Athens", "the port of athens"),
    ],
)
def test_one_value_in_two_spellings_is_equal(one: str, other: str) -> None:
    """Number words, dates, thousands, case."""
    assert equal(one, other)
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("before noon", "after noon"),
        ("3 dead", "3 missing"),
        ("about 80 people", "80 people"),
        ("25 August", "28 August"),
        ("2025-08-20", "2025-08"),
    ],
)
def test_values_that_differ_in_a_word_are_not_equal(one: str, other: str) -> None:
    """Small words and qualifiers can be all the difference."""
    assert not equal(one, other)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("4 warships", "four navy warships", True),
        ("4 warships", "4 days", False),
        ("4 warships", "5 warships", False),
        ("port of Athens", "the port in Athens", True),
        ("port of Athens", "army headquarters", False),
        ("treaty signed", "treaty not signed", False),
        ("25 August", "28 August", False),
        ("March 2025", "2025-03", True),
        ("25 August", "2025-08-25", True),
        ("26 August", "2025-08-25", False),
        ("before Monday", "before Tuesday", False),
    ],
)
def test_values_of_one_attribute_are_the_same_in_numbers_and_most_words(one: str, other: str, expected: bool) -> None:
    """Numbers with a noun in common, dates, words."""
    assert same(one, other) is same(other, one) is expected


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_values_can_be_compared(one: str, other: str) -> None:
    """Symmetric, and each value is its own."""
    assert equal(one, one)
    assert same(one, one)
    assert equal(one, other) is equal(other, one)
    assert same(one, other) is same(other, one)
