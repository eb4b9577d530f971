"""Aims, background and statements of different reports that say the same."""

from __future__ import annotations

import pytest

from summarizer.merge.linked import Group
from summarizer.merge.linking import link
from summarizer.merge.wording import Weights, disagree, wording

from .stories import Planted, actor, aim, background, reports

FRONT = actor("A1", "Free Reefs Front", "organization")
UNION = actor("A2", "Captains' Union", "organization")


def named(groups: tuple[Group, ...]) -> set[tuple[str, ...]]:
    """Groups as `report.item`."""
    return {tuple(f"{ref.document}.{ref.item}" for ref in group.refs) for group in groups}


def aims(one: list, other: list) -> set[tuple[str, ...]]:
    """The groups of two reports' aims."""
    cast = (FRONT, UNION)
    return named(link(reports(Planted("a", cast, aims=one), Planted("b", cast, aims=other))).aims)


def statements(one: str, other: str) -> set[tuple[str, ...]]:
    """The groups of two reports' summaries of one statement."""
    linked = link(reports(Planted("a", summary=[one]), Planted("b", summary=[other])))
    return {group for group in named(linked.statements) if not any("bottom_line" in item for item in group)}


def test_one_demand_in_other_words_is_one_aim():
    """The same holder, most words, the same number."""
    assert aims(
        [aim("G1", "Release 14 prisoners from Kolm prison", ["A1"])],
        [aim("G1", "Free 14 comrades held in Kolm prison", ["A1"])],
    ) == {("a.G1", "b.G1")}


def test_each_demand_finds_its_own():
    """Demands of one holder in another order are matched one to one."""
    assert aims(
        [aim("G1", "Referendum in Teska under foreign observers", ["A1"]), aim("G2", "Autonomy for the Teska island group", ["A1"])],
        [aim("G1", "Hold a referendum in the Teshka islands", ["A1"]), aim("G2", "Wider autonomy for Teshka", ["A1"])],
    ) == {("a.G1", "b.G1"), ("a.G2", "b.G2")}  # fmt: skip


def test_the_same_wording_is_the_same_aim():
    """A slogan quoted in the same words, however it is put into English."""
    assert aims(
        [aim("G1", "First the reef", ["A1"], "slogan", source="Πρώτα ο ύφαλος")],
        [aim("G1", "Reefs come before gas", ["A2"], "slogan", source="πρώτα ο ύφαλος")],
    ) == {("a.G1", "b.G1")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (aim("G1", "Release 14 prisoners from Kolm prison", ["A1"]), aim("G1", "Release 19 prisoners from Kolm prison", ["A1"])),
        (aim("G1", "Attack while talks go on", ["A1"]), aim("G1", "Do not attack while talks go on", ["A1"])),
        (aim("G1", "Cancel the licence", ["A1"]), aim("G1", "Send daily reports to families", ["A1"])),
    ],
)  # fmt: skip
def test_other_aims_stay_apart(one, other):
    """Another number, a negation, other words."""
    assert aims([one], [other]) == {("a.G1",), ("b.G1",)}


def test_background_is_told_by_topic_and_text():
    """The same topic with nothing else in common is not the same background."""
    one = [
        background("C1", "Conflict toll", "The 52-year conflict left 260,000 dead, 45,000 missing."),
        background("C2", "Reaction", "Schoolteacher Marta Restrepo wept in the square."),
    ]
    other = [
        background("C1", "War toll", "In 52 years 260,000 lives were lost and 45,000 people went missing."),
        background("C2", "Reaction", "Bakers closed early."),
    ]
    linked = link(reports(Planted("a", context=one), Planted("b", context=other)))
    assert named(linked.context) == {("a.C1", "b.C1"), ("a.C2",), ("b.C2",)}


def test_statements_that_say_the_same_are_one():
    """High likeness and no contradiction."""
    assert statements(
        "Prime Minister Aldis Venmar refuses to revoke the gas licence of Norvane Energy.",
        "Aldis Venmar refuses to revoke Norvane Energy's licence for gas.",
    ) == {("a.summary 1", "b.summary 1")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The navy counts 214 hostages on the ferry.", "The navy counts 226 hostages on the ferry."),
        ("The navy has confirmed deaths on the ferry.", "The navy has not confirmed deaths on the ferry."),
        ("The navy surrounds the ferry.", "Bakers want a cheaper loan."),
    ],
)
def test_other_statements_stay_apart(one, other):
    """Another number, a negation on one side only, another matter."""
    assert statements(one, other) == {("a.summary 1",), ("b.summary 1",)}


def test_a_bottom_line_joins_its_own_summary_but_two_statements_of_a_summary_do_not_join():
    """Within one report."""
    text = "The navy surrounds the ferry off Cape Orlo."
    linked = link(reports(Planted("a", bottom_line=text, summary=[text, text])))
    assert sorted(map(len, named(linked.statements))) == [1, 2]
    assert not any({"a.summary 1", "a.summary 2"} <= set(group) for group in named(linked.statements))


def test_wording_leaves_out_what_does_not_count():
    """Function words, endings, case and accents; numbers and negation are kept by themselves."""
    one, other = wording("The ministers did NOT sign 21 treaties"), wording("A minister signs 21 treaty")
    assert one.stems == other.stems
    assert one.numbers == other.numbers
    assert (one.negated, other.negated) == (True, False)
    assert disagree(one, other)


def test_names_spelled_otherwise_count_as_one_word():
    """Norvane and Norven inside sentences of one story."""
    texts = ("Cancel the licence of Norvane", "Revoke the permit of Norven")
    alike = Weights(texts).alike(*map(wording, texts))
    assert alike > 0
    assert Weights(()).alike(*map(wording, texts)) == 0


def test_texts_without_words_are_alike_in_nothing():
    """No division by zero."""
    assert Weights([""]).alike(wording(""), wording("")) == 0.0
