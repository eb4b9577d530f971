"""The fewest elements that meet all sets."""

from __future__ import annotations

import itertools
import string

from hypothesis import given
from hypothesis import strategies as st

from summarizer.merge.hitting import EXACT, fewest

LETTERS = list(string.ascii_lowercase[:7])
SETS = st.lists(st.frozensets(st.sampled_from(LETTERS), min_size=1, max_size=4), max_size=8)


def test_one_common_element_is_enough() -> None:
    """Four reports that can all have it from one ministry."""
    assert fewest([frozenset("ab"), frozenset("bc"), frozenset("b")], list("abc")) == ("b",)


def test_the_greedy_choice_is_bettered_where_it_is_not_the_least() -> None:
    """The element that meets most sets is no part of the least choice here."""
    sets = [frozenset(each) for each in ("pga", "pgb", "pr", "qgc", "qgd", "qs")]
    assert fewest(sets, list("gpqabcdrs")) == ("p", "q")


def test_of_several_choices_the_preferred_comes() -> None:
    """Equal choices are decided by the order, not by chance."""
    assert fewest([frozenset("ab")], list("ba")) == ("b",)


def test_nothing_is_met_by_nothing() -> None:
    """No reports, no origins."""
    assert fewest([], LETTERS) == ()


def test_many_sets_are_met_too() -> None:
    """Beyond the limit of the exact answer, every set is still met."""
    order = [f"{n:03}" for n in range(3 * EXACT)]
    sets = [frozenset((order[n], order[n + 1])) for n in range(len(order) - 1)]
    found = set(fewest(sets, order))
    assert all(found & each for each in sets)


@given(SETS)
def test_the_answer_meets_every_set_and_no_smaller_one_does(sets: list[frozenset[str]]) -> None:
    """Against trying all choices."""
    found = fewest(sets, LETTERS)
    assert all(set(found) & each for each in sets)
    smaller = itertools.combinations(LETTERS, max(0, len(found) - 1))
    assert not found or not any(all(set(choice) & each for each in sets) for choice in smaller)


@given(SETS, st.randoms(use_true_random=False))
def test_the_order_of_the_sets_does_not_matter(sets: list[frozenset[str]], chance: object) -> None:
    """The same origins, whichever report comes first."""
    shuffled = sets[:]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert fewest(shuffled, LETTERS) == fewest(sets, LETTERS)
