"""Ranks, functions and types of ships that English roles name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.merge.agreement import Relation
from summarizer.merge.ranks import office_relation, offices, rank_relation, ranks, ship_relation, ships


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("Rear Admiral leading the squadron", {"rear admiral"}),
        ("major general, head of delegation", {"major general"}),
        ("Commodore, commander of the blockade", {"commodore"}),
        ("Turkish lieutenant-colonel", {"lieutenant colonel"}),
        ("consul general in Athens", set()),
        ("secretary-general", set()),
        ("general secretary", set()),
        ("captain's wife", set()),
        ("retired colonel", set()),
        ("chief of the General Staff", set()),
        ("baker", set()),
    ],
)
def test_a_role_gives_a_rank_only_where_it_is_one(role: str, expected: set[str]) -> None:
    """The longest name counts; offices and relatives have none."""
    assert ranks(role) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("rear admiral", "commodore", Relation.APART),
        ("captain", "commodore", Relation.APART),
        ("major general", "general", Relation.NESTED),
        ("rear admiral", "admiral", Relation.NESTED),
        ("major general", "lieutenant general", Relation.APART),
        ("field marshal", "general", Relation.UNKNOWN),
        ("colonel", "lieutenant colonel", Relation.UNKNOWN),
        ("colonel", "baker", Relation.UNKNOWN),
    ],
)
def test_ranks_contradict_unless_one_is_said_for_the_other(one: str, other: str, expected: Relation) -> None:
    """Plain ranks are coarser; forms of address are left open."""
    assert rank_relation(ranks(one), ranks(other)) is rank_relation(ranks(other), ranks(one)) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("frigate", "corvette", Relation.APART),
        ("ship", "corvette", Relation.NESTED),
        ("warship", "corvette", Relation.NESTED),
        ("passenger ship", "ferry", Relation.NESTED),
        ("ferry", "frigate", Relation.APART),
        ("vessel", "corvette", Relation.UNKNOWN),
        ("yacht", "icebreaker", Relation.UNKNOWN),
    ],
)
def test_types_of_ships(one: str, other: str, expected: Relation) -> None:
    """One ship is not of two types of warships, nor both a warship and a ferry."""
    assert ship_relation(one, other) is ship_relation(other, one) is expected


def test_ships_are_read_one_by_one_and_not_in_the_plural() -> None:
    """The longest name counts, and a fleet is no ship."""
    assert ships("Navy aircraft carrier and a patrol boat") == {"aircraft carrier", "patrol boat"}
    assert ships("four frigates") == frozenset()


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("commander", "deputy commander", Relation.APART),
        ("Minister of Works", "deputy works minister", Relation.APART),
        ("vice president", "former vice president", Relation.APART),
        ("premier", "prime minister", Relation.SAME),
        ("president", "chairman", Relation.UNKNOWN),
        ("defence minister", "foreign minister", Relation.UNKNOWN),
        ("minister", "foreign minister", Relation.UNKNOWN),
        ("acting commander", "deputy commander", Relation.UNKNOWN),
        ("foreign minister (resigned)", "foreign minister", Relation.UNKNOWN),
    ],
)
def test_functions_exclude_each_other_only_as_deputy_or_former(one: str, other: str, expected: Relation) -> None:
    """Two titles that one person can hold at once say nothing."""
    (first,), (second,) = offices(one), offices(other)
    assert office_relation(first, second) is office_relation(second, first) is expected


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_role_can_be_read(role: str) -> None:
    """No text breaks the reading, and no rank or function contradicts itself."""
    assert rank_relation(ranks(role), ranks(role)) in (Relation.SAME, Relation.UNKNOWN)
    assert all(office_relation(each, each) in (Relation.SAME, Relation.UNKNOWN) for each in offices(role))
