"""Names as keys that other spellings share and other names do not."""

from __future__ import annotations

from typing import Any

import pytest

from summarizer.merge.spelling import BARE, actor_keys, is_telling, skeleton
from summarizer.models.brief import Actor

from .made import Told, made


def actor(name: str, kind: str = "person", **values: Any) -> Actor:
    plain = made(Told("a", people=("Mira Toldane",))).actors[0]
    return Actor.model_validate(plain.model_dump() | {"name": name, "kind": kind, **values})


@pytest.mark.parametrize(
    "names",
    [
        ("Gorbachev", "Gorbatschow"), ("Zelensky", "Selenskyj", "Zelenskiy"), ("Hadran", "Hadrane", "Hadren"),
        ("Kubrakov", "Kubrakow", "Koubrakof"), ("Haftar", "Hafter", "Hiftar"), ("Mohamed", "Muhammad", "Mohammed"),
        ("Ivanov", "Iwanow"), ("Straße", "Strasse"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_have_one_skeleton(names: tuple[str, ...]) -> None:
    assert len(set(map(skeleton, names))) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("Kohl", "Calle"), ("Toldane", "Vennik"), ("Sadat", "Arafat"), ("Kan", "Kim")]
)
def test_other_names_have_other_skeletons(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


def test_a_given_name_and_its_initial_give_one_key() -> None:
    assert actor_keys(actor("Helmut Kohl")) == actor_keys(actor("H. Kohl"))


def test_namesakes_share_the_surname_and_no_key() -> None:
    """The surname is what is above the low eight bits."""
    (one,), (other,) = actor_keys(actor("Khalifa Haftar")), actor_keys(actor("Saddam Haftar"))
    assert one != other
    assert one >> 8 == other >> 8


def test_a_surname_alone_is_marked_as_such() -> None:
    (key,) = actor_keys(actor("Haftar"))
    assert key & 255 == BARE
    assert key >> 8 == actor_keys(actor("Khalifa Haftar"))[0] >> 8


def test_an_alias_in_brackets_is_a_name_too() -> None:
    assert set(actor_keys(actor("Timoleon"))) < set(actor_keys(actor("Rodrigo Londo (Timoleon)")))


def test_an_acronym_in_brackets_is_a_name_of_the_body() -> None:
    whole = actor_keys(actor("Reef Defence League (RDL)", "organization"))
    assert set(actor_keys(actor("RDL", "organization"))) < set(whole)


@pytest.mark.parametrize(
    ("name", "kind", "values"),
    [
        ("France", "state", {}), ("United Nations", "organization", {"sector": "IGO"}), ("Prime Minister", "person", {}),
        ("unnamed official of the port", "person", {}), ("Ministry of Defence", "organization", {}),
        ("families", "group", {}), ("Turkish delegation", "group", {}), ("...", "person", {}),
    ],
)  # fmt: skip
def test_states_great_bodies_offices_and_the_nameless_have_no_key(name: str, kind: str, values: dict[str, Any]) -> None:
    assert actor_keys(actor(name, kind, **values)) == ()


@pytest.mark.parametrize("word", ["France", "French", "Minister", "Monday", "March", "Parliament", "of", "Al"])
def test_common_words_tell_nothing(word: str) -> None:
    assert not is_telling(word)


@pytest.mark.parametrize("word", ["Benghazi", "Toldane", "Fukushima"])
def test_names_tell(word: str) -> None:
    assert is_telling(word)
