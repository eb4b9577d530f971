"""Counts and measures in English text, and whether two of them can both be true."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.merge.agreement import Relation
from summarizer.merge.quantities import Quantity, comparable, quantities, relation


def only(text: str) -> Quantity:
    """The one quantity of a text."""
    (found,) = quantities(text)
    return found


@pytest.mark.parametrize(
    ("text", "value", "counted"),
    [
        ("Rebels hold 18 soldiers", 18, {"soldier"}),
        ("27 women and children are freed", 27, {"woman", "child"}),
        ("A 15-member team leaves", 15, {"member"}),
        ("Almost 70,000 people crossed", 70_000, {"person"}),
        ("25 million tonnes of grain", 25_000_000, {"tonne"}),
        ("Five Navy warships encircle the island", 5, {"warship"}),
        ("A turnout of 43 per cent", 43, {"percent"}),
        ("A turnout of 43%", 43, {"percent"}),
        ("Bus strike enters its second week after 12 days", 12, {"day"}),
    ],
)
def test_a_number_is_read_with_what_it_counts(text: str, value: int, counted: set[str]) -> None:
    """Digits, words and scales; nouns in the singular, names in between passed over."""
    found = only(text)
    assert (found.value, set(found.counted)) == (Decimal(value), counted)


@pytest.mark.parametrize(
    "text",
    [
        "The radius grew from 10 to 20 km",
        "4 of 7 ships left",
        "6 more ships left",
        "Another 6 ships left",
        "They ate 3 meals per day",
        "Talks began on 12 March and ended in 1998",
        "Talks began at 10:30",
        "Unit 4 doors opened",
        "Evacuation of 210,000 ordered",
        "It paid $30 fees",
        "5 Senate and 5 Chamber seats",
        "The 5+5 commissions meet",
    ],
)
def test_what_could_be_taken_for_another_number_is_left_alone(text: str) -> None:
    """Changes, parts, differences, rates, dates, labels, sums and numbers without a noun."""
    assert quantities(text) == ()


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("14 prisoners", "19 prisoners", Relation.APART),
        ("14 prisoners", "fourteen prisoners", Relation.SAME),
        ("about 210,000 people", "210,000 people", Relation.SAME),
        ("almost 70,000 people", "68,000 people", Relation.NESTED),
        ("over 60,000 people", "68,000 people", Relation.NESTED),
        ("over 60,000 people", "95,000 people", Relation.UNKNOWN),
        ("over 60,000 people", "52,000 people", Relation.APART),
        ("no fewer than 60 people", "80 people", Relation.UNKNOWN),
        ("no more than 60 people", "80 people", Relation.APART),
        ("up to 60 people", "30 people", Relation.UNKNOWN),
        ("about 20 villages", "18 villages", Relation.NESTED),
        ("about 20 villages", "14 villages", Relation.APART),
        ("2 to 3 years", "3 years", Relation.NESTED),
        ("2 to 3 years", "5 years", Relation.APART),
        ("about 3,500 people", "5,000 people", Relation.APART),
        ("170,000 people", "168,200 people", Relation.NESTED),
        ("1217 people", "1230 people", Relation.APART),
    ],
)
def test_rounding_is_granularity_and_the_rest_a_contradiction(one: str, other: str, expected: Relation) -> None:
    """What a qualifier leaves open is said to be unknown; both ways round."""
    first, second = only(one), only(other)
    assert relation(first, second) is relation(second, first) is expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12 armed people boarded the ferry", "250 people were on the ferry"),
        ("12 crates were unloaded at night", "15 boxes were unloaded at night"),
        ("12 crates were unloaded", "15 crates burned"),
        ("In the first round 12 deputies voted", "In the second round 15 deputies voted"),
        ("Work lasted 3 days", "Rain lasted 5 days"),
        ("210,000 residents around two plants must leave", "80,000 residents around the plants must leave"),
    ],
)
def test_numbers_of_different_things_are_not_compared(one: str, other: str) -> None:
    """Other kinds, nouns, doings, rounds and measures."""
    assert not comparable(only(one), only(other))


def test_numbers_of_one_thing_are_compared() -> None:
    """The same noun and something in common beside it."""
    assert comparable(only("Five warships encircle the ship"), only("4 navy warships surround the ship"))


@settings(deadline=None)
@given(st.integers(2, 10**7), st.sampled_from(["", "about ", "almost ", "over ", "up to ", "at least "]))
def test_a_number_never_contradicts_itself(value: int, qualifier: str) -> None:
    """Qualified or not, with commas or without."""
    first, second = only(f"{qualifier}{value:,} sacks"), only(f"{value} sacks")
    assert relation(first, second) is Relation.SAME


@settings(deadline=None)
@given(st.integers(3, 10**6), st.integers(3, 10**6))
def test_the_relation_is_symmetric_and_of_exact_small_numbers_certain(one: int, other: int) -> None:
    """Numbers below a thousand are not taken for rounded."""
    first, second = only(f"{one} sacks"), only(f"{other} sacks")
    found = relation(first, second)
    assert found is relation(second, first)
    if max(one, other) < 1000:
        assert found is (Relation.SAME if one == other else Relation.APART)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    """No text breaks the reading, and what is read has bounds in order."""
    assert all(found.low <= found.high for found in quantities(text))
