"""Origins counted and shared, against labels, by hand."""

from __future__ import annotations

from typing import Any

import pytest

from summarizer.evaluation.dossier_origins import counted_item, origin_outcomes, origin_shares
from summarizer.evaluation.dossier_references import DossierReference
from summarizer.evaluation.scores import Share

from . import dossiers as made


def labels(*origins: dict[str, Any], shared: tuple[dict[str, Any], ...] = ()) -> DossierReference:
    return made.labels(origins=[{"about": "x", "accept": [["talks"]], **each} for each in origins], shared=shared)


MEETING = {"events": {"a.txt": "E1", "b.txt": "E1", "c.txt": "E1"}, "independent": 2}
CLOSED = {"events": {"a.txt": "E2", "b.txt": "E2"}, "independent": 2}


def test_numbers_right_wrong_and_missing() -> None:
    story = made.story((), events=(
        made.event("E1", ("a", "E1"), ("b", "E1"), ("c", "E1"), independent=2),
        made.event("E2", ("a", "E2"), ("b", "E2"), independent=5),
    ))  # fmt: skip
    unsaid = {"independent": 1}
    shares = origin_shares(labels(MEETING, CLOSED, unsaid), made.told_of(story), [story])
    assert shares["dossier.origins.accuracy"] == Share(1, 3)
    assert shares["dossier.origins.error"] == Share(3, 2)
    assert shares["dossier.origins.found"] == Share(2, 3)


def test_of_split_events_the_one_with_most_of_the_labelled_ones_counts() -> None:
    one = made.event("E1", ("c", "E1"), independent=9)
    two = made.event("E2", ("a", "E1"), ("b", "E1"), independent=2)
    story = made.story((), events=(one, two))
    item = counted_item(labels(MEETING).origins[0], made.told_of(story), [story])
    assert item == two


def test_without_a_merged_event_the_most_reported_item_with_the_keywords_counts() -> None:
    few, many = made.statement("Talks were held.", "a"), made.statement("The talks failed.", "a", "b", independent=2)
    other = made.statement("It rained.", "a", "b", "c", independent=3)
    story = made.story((), statements=(few, many, other))
    for label in (labels({"independent": 2}), labels(MEETING)):
        assert counted_item(label.origins[0], made.told_of(story), [story]) == many


def test_events_are_looked_up_in_the_stories_given_only() -> None:
    story = made.story((), events=(made.event("E1", ("a", "E1")),))
    assert counted_item(labels(MEETING).origins[0], made.told_of(story), []) is None


def test_pairs_of_reports_with_one_origin() -> None:
    story = made.story(
        (), origins=(made.origin("O1", "a", "b", "c"), made.origin("O2", "a", "b"), made.origin("O3", "c"))
    )
    shared = ({"documents": ["b.txt", "a.txt"], "origin": "Reuters", "accept": [["reuters"]]},)
    shares = origin_shares(labels(shared=shared), made.told_of(story), [story])
    assert shares["dossier.shared.precision"] == Share(1, 3)
    assert shares["dossier.shared.recall"] == Share(1, 1)
    assert shares["dossier.shared.f1"] == Share(2, 4)


def test_outcomes_say_by_how_much_and_which_pairs() -> None:
    story = made.story(
        (), origins=(made.origin("O1", "b", "c"),), events=(made.event("E1", ("a", "E1"), independent=3),)
    )
    shared = ({"documents": ["a.txt", "b.txt"], "origin": "Reuters", "accept": [["reuters"]]},)
    said = [
        (item.kind, item.outcome.value, item.reference, item.predicted, item.note)
        for item in origin_outcomes(labels(MEETING, shared=shared), made.told_of(story), [story])
    ]
    assert said == [
        ("origins", "missed", "x", "E1", "3, not 2"),
        ("shared", "missed", "a.txt + b.txt", None, ""),
        ("shared", "false", None, "b.txt + c.txt", ""),
    ]


@pytest.mark.parametrize(
    "metric", ["origins.accuracy", "origins.error", "origins.found", "shared.precision", "shared.f1"]
)
def test_without_labels_nothing_is_defined(metric: str) -> None:
    assert origin_shares(labels(), made.told_of(), [])[f"dossier.{metric}"].value is None
