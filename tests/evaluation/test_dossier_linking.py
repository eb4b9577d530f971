"""Reports in stories and mentions with actors: B-cubed against hand counts and the published examples."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.evaluation.clustering import b_cubed
from summarizer.evaluation.dossier_linking import actor_outcomes, actor_shares, b_cubed_of, story_shares, true_actors
from summarizer.evaluation.dossier_told import Mention, Told, home_of, units_of
from summarizer.evaluation.scores import Share

from . import dossiers as made

TRUTH = ["12345", "67", "89ABC"]
MIRA = [("a", "A1"), ("b", "A1"), ("c", "A1")]
TAREK = [("a", "A2"), ("b", "A2"), ("c", "A2")]


@pytest.mark.parametrize(("response", "precision"), [(["12345", "6789ABC"], 16 / 21), (["1234589ABC", "67"], 7 / 12)])
def test_the_example_of_bagga_and_baldwin(response: list[str], precision: float) -> None:
    found = b_cubed_of("123456789ABC", response, TRUTH, "x")
    assert found["x.precision"].value == pytest.approx(precision)
    assert found["x.recall"] == Share(12, 12)


def test_the_f1_of_an_item_is_dices_coefficient_and_that_of_a_suite_their_mean() -> None:
    # 1-5 alone are right (1 each); 6, 7: 2 of 7 are theirs; 8-C: 5 of 7.
    found = b_cubed_of("123456789ABC", ["12345", "6789ABC"], TRUTH, "x")
    assert found["x.f1"] == Share(pytest.approx(5 + 2 * (2 * 2) / (7 + 2) + 5 * (2 * 5) / (7 + 5)), 12)


def test_items_on_one_side_only_cost_what_that_side_measures() -> None:
    assert b_cubed_of("ab", ["a"], ["ab"], "x") == {
        "x.precision": Share(1, 1), "x.recall": Share(0.5, 2), "x.f1": Share(pytest.approx(2 / 3), 2),
    }  # fmt: skip
    assert b_cubed_of("ab", ["ab"], ["a"], "x") == {
        "x.precision": Share(0.5, 2), "x.recall": Share(1, 1), "x.f1": Share(pytest.approx(2 / 3), 2),
    }  # fmt: skip


def test_only_the_items_given_count() -> None:
    assert b_cubed_of("67", ["12345", "6789ABC"], TRUTH, "x")["x.precision"] == Share(pytest.approx(4 / 7), 2)


def test_without_items_nothing_is_defined() -> None:
    assert set(b_cubed_of("", [], [], "x").values()) == {Share(0, 0)}
    assert set(b_cubed_of("z", ["ab"], ["ab"], "x").values()) == {Share(0, 0)}


GROUPS = st.lists(st.integers(0, 3), min_size=8, max_size=8).map(
    lambda homes: ["".join(item for item, home in zip("abcdefgh", homes, strict=True) if home == n) for n in set(homes)]
)


@given(GROUPS, GROUPS)
def test_parts_of_the_items_add_up_to_b_cubed_of_all(one: list[str], other: list[str]) -> None:
    whole = b_cubed(one, other)
    parts = [b_cubed_of(items, one, other, "x") for items in ("abc", "defgh")]
    for name, share in (("x.precision", whole.precision), ("x.recall", whole.recall)):
        assert sum(part[name].part for part in parts) == pytest.approx(share.part)
        assert sum(part[name].whole for part in parts) == share.whole


def test_the_units_are_labelled_stories_and_reports_of_none() -> None:
    units = units_of([made.labels()], made.references())
    assert [(unit.name, unit.documents) for unit in units] == [
        ("port", ("a.txt", "b.txt", "c.txt")), ("lone.txt", ("lone.txt",)),
    ]  # fmt: skip
    assert home_of(frozenset({"c.txt", "lone.txt"}), units).name == "port"
    assert home_of(frozenset({"lone.txt"}), units).name == "lone.txt"


def test_a_report_in_a_story_of_others_costs_both() -> None:
    labelled = made.references()
    a, b, c, lone = made.briefs(labelled)
    told = Told(made.dossier(made.story([a, b]), made.story([c, lone])), (a, b, c, lone), labelled)
    units = units_of([made.labels()], labelled)
    assert story_shares(units[0], told, units) == {
        "dossier.stories.b_cubed.precision": Share(2.5, 3),
        "dossier.stories.b_cubed.recall": Share(pytest.approx(2 / 3 + 2 / 3 + 1 / 3), 3),
        "dossier.stories.b_cubed.f1": Share(pytest.approx(4 / 5 + 4 / 5 + 2 / 5), 3),
    }
    assert story_shares(units[1], told, units)["dossier.stories.b_cubed.f1"] == Share(pytest.approx(2 / 3), 1)


def test_a_report_without_a_brief_is_missing_from_its_story() -> None:
    labelled = made.references()
    a, b, _, lone = made.briefs(labelled)
    told = Told(made.dossier(made.story([a, b]), made.story([lone])), (a, b, lone), labelled)
    units = units_of([made.labels()], labelled)
    shares = story_shares(units[0], told, units)
    assert shares["dossier.stories.b_cubed.precision"] == Share(2, 2)
    assert shares["dossier.stories.b_cubed.recall"] == Share(pytest.approx(4 / 3), 3)


def test_actors_put_together_as_labelled_have_full_marks() -> None:
    told = made.told_of(made.story((), actors=(made.actor("A1", *MIRA), made.actor("A2", *TAREK))))
    shares = actor_shares(made.labels(), told)
    assert [shares[f"dossier.actors.b_cubed.{part}"] for part in ("precision", "recall", "f1")] == [Share(6, 6)] * 3


def test_a_mention_with_the_wrong_actor_is_counted_by_hand() -> None:
    # Predicted: mira a, b + tarek c; mira c; tarek a, b. Truth: three and three.
    actors = (
        made.actor("A1", *MIRA[:2], TAREK[2]), made.actor("A2", MIRA[2]), made.actor("A3", *TAREK[:2]),
    )  # fmt: skip
    shares = actor_shares(made.labels(), made.told_of(made.story((), actors=actors)))
    assert shares["dossier.actors.b_cubed.precision"] == Share(pytest.approx(2 / 3 * 2 + 1 / 3 + 1 + 2), 6)
    assert shares["dossier.actors.b_cubed.recall"] == Share(pytest.approx(2 / 3 * 2 + 1 / 3 + 1 / 3 + 2 / 3 * 2), 6)


def test_mentions_of_other_stories_and_unlabelled_actors_are_left_out() -> None:
    actors = (made.actor("A1", *MIRA, ("lone", "A1"), ("a", "A9")), made.actor("A2", *TAREK))
    shares = actor_shares(made.labels(), made.told_of(made.story((), actors=actors)))
    assert shares["dossier.actors.b_cubed.f1"] == Share(6, 6)


def test_an_actor_of_one_report_is_a_group_of_one() -> None:
    labelled = made.references() | {"c.txt": made.reference("c.txt", ("mira", "tarek", "isla"))}
    truth = true_actors(made.labels(), labelled)
    assert frozenset({Mention("c.txt", "isla")}) in truth
    assert sorted(map(len, truth)) == [1, 3, 3]


@pytest.mark.parametrize(("together", "merged"), [([*MIRA, TAREK[0]], 1), (MIRA, 0)])
def test_actors_that_must_stay_apart_are_counted_when_they_do_not(together: list[tuple[str, str]], merged: int) -> None:
    apart = made.labels(never=[[{"b.txt": "mira"}, {"a.txt": "tarek"}], [{"c.txt": "mira"}, {"c.txt": "tarek"}]])
    told = made.told_of(made.story((), actors=(made.actor("A1", *together),)))
    assert actor_shares(apart, told)["dossier.actors.wrongly_merged"] == Share(merged, 1)
    said = [item.predicted for item in actor_outcomes(apart, told)]
    assert said == ["mira (b.txt) = tarek (a.txt)"] * merged


def test_without_pairs_that_must_stay_apart_their_count_is_undefined() -> None:
    assert actor_shares(made.labels(), made.told_of())["dossier.actors.wrongly_merged"].value is None


def test_mentions_that_no_merged_actor_has_cost_recall() -> None:
    shares = actor_shares(made.labels(), made.told_of())
    assert shares["dossier.actors.b_cubed.recall"] == Share(0, 6)
    assert shares["dossier.actors.b_cubed.precision"].value is None
