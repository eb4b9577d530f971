"""Whether one place lies in another, by its words."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.merge.agreement import Relation
from summarizer.merge.containment import relation


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Athens", "port of Athens", Relation.NESTED),
        ("Athens", "Athens port", Relation.NESTED),
        ("Athens port", "the port of Athens", Relation.SAME),
        ("port, Athens", "Athens", Relation.NESTED),
        ("Paris", "Paris, France", Relation.SAME),
        ("Blue Hall of the town house, Paris", "Paris", Relation.NESTED),
        ("outskirts of Cairo", "Cairo", Relation.NESTED),
        ("army headquarters, Dolna", "port of Athens", Relation.APART),
        ("hospital in Dolna", "airport", Relation.APART),
        ("Damascus", "Beirut", Relation.APART),
        ("Kyiv", "Kiev", Relation.SAME),
        ("Dolna", "Athens", Relation.UNKNOWN),
        ("army headquarters, Dolna", "Athens", Relation.UNKNOWN),
        ("presidential palace", "parliament", Relation.UNKNOWN),
        ("near Dolna", "port of Athens", Relation.UNKNOWN),
        ("Cairo and Damascus", "Beirut", Relation.UNKNOWN),
        ("Cairo", "Egypt", Relation.UNKNOWN),
        ("20 km radius of the plant", "Athens", Relation.UNKNOWN),
        ("", "Athens", Relation.UNKNOWN),
    ],
)
def test_places_stand_to_each_other_as_their_words_say(one: str, other: str, expected: Relation) -> None:
    """Containers, grounds with a use of their own and well-known cities; nothing is said of the rest."""
    assert relation(one, other) is relation(other, one) is expected


_NAMES = st.sampled_from(["Athens", "Dolna", "Cairo", "Old Mill"])


@settings(deadline=None)
@given(
    _NAMES,
    st.sampled_from(["port", "airport", "hospital", "suburbs", "centre"]),
    st.sampled_from(["{1} of {0}", "{1}, {0}", "{1} in {0}"]),
)
def test_what_lies_in_a_place_never_contradicts_it(name: str, part: str, pattern: str) -> None:
    """A part of a place against the place."""
    assert relation(pattern.format(name, part), name) is not Relation.APART


@settings(deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_the_relation_of_any_two_texts_is_symmetric(one: str, other: str) -> None:
    """Hostile names break nothing."""
    assert relation(one, other) is relation(other, one)


def test_two_grounds_of_one_town_are_apart() -> None:
    """A port is no airport, even of one town."""
    grounds = ["port of Dolna", "airport of Dolna", "prison of Dolna"]
    assert {relation(a, b) for a, b in itertools.combinations(grounds, 2)} == {Relation.APART}
