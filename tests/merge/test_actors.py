"""Actors of different reports: who is the same, who stays apart, who stays open."""

from __future__ import annotations

import pytest

from summarizer.merge.bonds import Tie, bond, is_named, known
from summarizer.merge.linking import link
from summarizer.models.draft import ActorKind

from .stories import Planted, actor, event, reports


def groups(*planted: Planted) -> set[tuple[str, ...]]:
    """The groups of actors as `report.actor`."""
    linked = link(reports(*planted))
    return {tuple(f"{ref.document}.{ref.item}" for ref in group.refs) for group in linked.actors}


def test_one_person_in_several_spellings_is_one():
    """Three spellings and scripts of one name make one actor, with the reason."""
    story = reports(
        Planted("a", [actor("A1", "Ibrahim Kalin", source="İbrahim Kalın")], language="tr"),
        Planted("b", [actor("A1", "Ibrahim Kalin", source="Ιμπραχίμ Καλίν")], language="el"),
        Planted("c", [actor("A1", "Ibrahim Kalın", source="Ιμπραήμ Καλίν")], language="el"),
    )
    (group,) = link(story).actors
    assert len(group.refs) == 3
    assert group.why


def test_brothers_stay_apart():
    """The same surname with another given name is another person."""
    assert groups(
        Planted("a", [actor("A1", "Khalifa Haftar", country="LBY")]),
        Planted("b", [actor("A1", "Saddam Haftar", country="LBY")]),
    ) == {("a.A1",), ("b.A1",)}


def test_a_bare_surname_joins_the_only_one_it_can_be():
    """One full name in the story: the surname alone is that person."""
    assert groups(
        Planted("a", [actor("A1", "Anwar Sadat", country="EGY")]), Planted("b", [actor("A1", "Sadat", country="EGY")])
    ) == {("a.A1", "b.A1")}


def test_a_bare_surname_stays_open_between_two():
    """Two full names: the surname alone joins neither, even where its role is that of one, and says whom it may be."""
    linked = link(
        reports(
            Planted("a", [actor("A1", "Khalifa Haftar", role="field marshal", country="LBY")]),
            Planted("b", [actor("A1", "Saddam Haftar", role="deputy commander", country="LBY")]),
            Planted("c", [actor("A1", "Haftar", role="deputy commander", country="LBY")]),
        )
    )
    assert len(linked.actors) == 3
    bare = next(group for group in linked.actors if group.refs[0].document == "c")
    assert {linked.actors[other].refs[0].document for other in bare.may_be} == {"a", "b"}
    assert all(not group.may_be for group in linked.actors if group is not bare)


def test_a_report_that_has_both_tells_them_apart():
    """A bare surname beside one bearer of it in the same report is the other one."""
    both = Planted("c", [actor("A1", "Haftar"), actor("A2", "Saddam Haftar")])
    found = groups(Planted("a", [actor("A1", "Khalifa Haftar")]), Planted("b", [actor("A1", "Saddam Haftar")]), both)
    assert found == {("a.A1", "c.A1"), ("b.A1", "c.A2")}


def test_bare_surnames_alone_are_one():
    """Where no report has the full name, the same surname is the same person."""
    assert groups(Planted("a", [actor("A1", "Timochenko")]), Planted("b", [actor("A1", "Timochenko")])) == {
        ("a.A1", "b.A1")
    }


def test_an_alias_in_the_role_counts_as_a_name():
    """'known as' in a role joins a nom de guerre."""
    assert groups(
        Planted("a", [actor("A1", "Rodrigo Londono", role="commander, known as Timochenko")]),
        Planted("b", [actor("A1", "Timochenko")]),
    ) == {("a.A1", "b.A1")}


def test_two_actors_of_one_report_are_never_one():
    """A report that names two keeps them two, whatever their names."""
    twice = [actor("A1", "Elena Markou"), actor("A2", "Elena Markou")]
    found = groups(Planted("a", twice), Planted("b", [actor("A1", "Elena Markou")]))
    assert {len(group) for group in found} == {1, 2}
    assert not any({"a.A1", "a.A2"} <= set(group) for group in found)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (actor("A1", "Turkish delegation", "group", country="TUR"), actor("A1", "Turkish military delegation", "group", country="TUR")),
        (actor("A1", "Gunmen", "group"), actor("A1", "gunmen", "group")),
        (actor("A1", "214 hostages", "group"), actor("A1", "hostages", "group")),
        (actor("A1", "GDR citizens", "group", country="DDR"), actor("A1", "East Germans", "group", country="DDR")),
        (actor("A1", "Sarvona Navy", "organization"), actor("A1", "navy", "organization")),
        (actor("A1", "Jordan", "state", country="JOR"), actor("A1", "Jordanian government", "organization", country="JOR")),
        (actor("A1", "Sergei Shoigu", role="defence minister", country="RUS"), actor("A1", "Russian defence minister", country="RUS")),
    ],
)  # fmt: skip
def test_descriptions_of_the_same_are_one(one, other):
    """Groups and offices that words and country tell."""
    assert groups(Planted("a", [one]), Planted("b", [other])) == {("a.A1", "b.A1")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (actor("A1", "Turkish delegation", "group", country="TUR"), actor("A1", "Libyan delegation", "group", country="LBY")),
        (actor("A1", "PLO", "organization"), actor("A1", "PLO Executive Committee", "organization")),
        (actor("A1", "Boeing", "organization"), actor("A1", "Airbus", "organization")),
        (actor("A1", "gunmen", "group"), actor("A1", "fishermen", "group")),
        (actor("A1", "Kestria", "state"), actor("A1", "Sarvona", "state")),
        (actor("A1", "Washington", "person"), actor("A1", "Washington", "state", country="USA")),
    ],
)  # fmt: skip
def test_others_stay_apart(one, other):
    """Another country, a body within a body, another name, another kind."""
    assert groups(Planted("a", [one]), Planted("b", [other])) == {("a.A1",), ("b.A1",)}


def test_a_name_translated_twice_is_one_by_its_part_in_the_event():
    """Two translations that share a word join where both take the same part in the same event and nobody else does."""
    ship = actor("A2", "Halcyon Star", "asset")
    found = groups(
        Planted("a", [actor("A1", "Free Reefs Front", "organization"), ship],
                [event("E1", "Free Reefs Front seizes Halcyon Star", "ASSAULT", "A1:actor A2:recipient", mode="abduct")]),
        Planted("b", [actor("A1", "Free Rocks Force", "group"), ship],
                [event("E1", "Free Rocks Force seizes ferry Halcyon Star", "ASSAULT", "A1:actor A2:recipient", mode="abduct")]),
    )  # fmt: skip
    assert found == {("a.A1", "b.A1"), ("a.A2", "b.A2")}


def test_two_who_could_be_it_are_left_apart():
    """No guess where two groups of one report play the part."""
    ship = actor("A3", "Halcyon Star", "asset")
    found = groups(
        Planted("a", [actor("A1", "hijackers", "group"), actor("A2", "sympathisers", "group"), ship],
                [event("E1", "Halcyon Star seized off the cape", "ASSAULT", "A1:actor A2:actor A3:recipient", mode="abduct")]),
        Planted("b", [actor("A1", "gunmen", "group"), ship],
                [event("E1", "Halcyon Star seized off the cape", "ASSAULT", "A1:actor A3:recipient", mode="abduct")]),
    )  # fmt: skip
    assert ("b.A1",) in found


def test_different_persons_are_not_joined_by_their_part():
    """Two names contradict each other even where both take the same part in one event."""
    found = groups(
        Planted("a", [actor("A1", "Khalifa Haftar", sector="MIL")], [event("E1", "Haftar visits the ship in port", cast="A1:actor")]),
        Planted("b", [actor("A1", "Saddam Haftar", sector="MIL")], [event("E1", "Haftar visits the ship in port", cast="A1:actor")]),
    )  # fmt: skip
    assert found == {("a.A1",), ("b.A1",)}


@pytest.mark.parametrize(
    ("name", "kind", "named"),
    [
        ("Ursula von der Leyen", ActorKind.PERSON, True),
        ("Anwar el-Sadat", ActorKind.PERSON, True),
        ("duty border officer", ActorKind.PERSON, False),
        ("Unnamed OKP Deputy", ActorKind.PERSON, False),
        ("GDR citizens", ActorKind.GROUP, False),
        ("Gunmen", ActorKind.GROUP, False),
        ("Free Rocks Force", ActorKind.GROUP, True),
        ("FARC", ActorKind.ORGANIZATION, True),
        ("", ActorKind.PERSON, False),
    ],
)
def test_names_are_told_from_descriptions(name, kind, named):
    """By capitals, particles and kind."""
    assert is_named(name, kind) is named


def test_a_bond_is_the_same_both_ways():
    """The order of two actors does not matter."""
    some = [
        known(actor("A1", name, kind, country=country), "en")
        for name, kind, country in (
            ("Haftar", "person", "LBY"), ("Khalifa Haftar", "person", None), ("navy", "organization", None),
            ("Sarvona Navy", "organization", None), ("gunmen", "group", None), ("Libya", "state", "LBY"),
            ("Libyan government", "organization", "LBY"), ("Libyans", "group", "LBY"), ("people of Libya", "group", "LBY"),
        )
    ]  # fmt: skip
    assert all(bond(a, b).tie is bond(b, a).tie for a in some for b in some)
    assert bond(some[0], some[1]).tie is Tie.PART
