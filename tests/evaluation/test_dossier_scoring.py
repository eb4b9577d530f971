"""The score of a whole dossier: records for each story, every metric by hand, failures, splits and empty input."""

from __future__ import annotations

import re
from typing import Any

import pytest

from summarizer.evaluation import Share, bootstrap, dossier_scoring, score_dossier, summed
from summarizer.evaluation.dossier_references import DossierReference
from summarizer.evaluation.scores import DocumentScore, is_better_lower
from summarizer.models.dossier import Dossier
from summarizer.models.outcome import Failure

from . import dossiers as made
from .briefs import changed

LABELLED = made.references()
BRIEFS = made.briefs(LABELLED)
A, B, C, LONE = BRIEFS
DEAD = {"12": ["a"], "20": ["b", "c"]}
LABELS = made.labels(
    discrepancies=[
        {"id": "D1", "salience": "vital", "kind": "contradiction", "attribute": "number", "about": "the dead",
         "readings": [{"value": "12", "documents": ["a.txt"], "accept": [["12"]]},
                      {"value": "20", "documents": ["b.txt", "c.txt"], "accept": [["20"]]}]},
    ],
    never=[[{"a.txt": "mira"}, {"b.txt": "tarek"}]],
    origins=[{"about": "the meeting", "accept": [["meeting"]], "events": {"a.txt": "E1", "b.txt": "E1"}, "independent": 2}],
    shared=[{"documents": ["b.txt", "c.txt"], "origin": "an agency", "accept": [["agency"]]}],
)  # fmt: skip
PARTS: dict[str, Any] = {
    "actors": (
        made.actor("A1", ("a", "A1"), ("b", "A1"), ("c", "A1")),
        made.actor("A2", ("a", "A2"), ("b", "A2"), ("c", "A2")),
    ),
    "events": (made.event("E1", ("a", "E1"), ("b", "E1"), independent=2),),
    "origins": (made.origin("O1", "b", "c"),),
    "discrepancies": (made.discrepancy("contradiction", "the dead", DEAD),),
    "summary": (made.told("It rained."), made.told("Ships left.", 3)),
    "checks": made.checks(dropped=["Nobody knows."]),
}
GOOD = made.dossier(made.story([A, B, C], **PARTS), made.story([LONE]))


def score(told: Dossier, labels: DossierReference = LABELS, briefs: Any = BRIEFS) -> dict[str, DocumentScore]:
    return {score.document: score for score in score_dossier(told, briefs, [labels], LABELLED)}


def test_there_is_a_record_for_each_story_and_each_other_report() -> None:
    assert list(score(GOOD)) == ["port", "lone.txt"]


def test_a_worked_example_of_every_metric() -> None:
    shares = score(GOOD)["port"].shares
    values = {name.removeprefix("dossier."): share for name, share in shares.items() if share.whole}
    assert values == {
        "stories.b_cubed.precision": Share(3, 3), "stories.b_cubed.recall": Share(3, 3), "stories.b_cubed.f1": Share(3, 3),
        "actors.b_cubed.precision": Share(6, 6), "actors.b_cubed.recall": Share(6, 6), "actors.b_cubed.f1": Share(6, 6),
        "actors.wrongly_merged": Share(0, 1),
        "discrepancies.precision": Share(1, 1), "discrepancies.recall": Share(1, 1), "discrepancies.f1": Share(2, 2),
        "discrepancies.recall_all": Share(1, 1), "discrepancies.kind": Share(1, 1),
        "false_contradictions": Share(0, 1), "false_contradictions.share": Share(0, 1),
        "readings.recall": Share(2, 2), "readings.documents": Share(2, 2),
        "origins.found": Share(1, 1), "origins.accuracy": Share(1, 1), "origins.error": Share(0, 1),
        "shared.precision": Share(1, 1), "shared.recall": Share(1, 1), "shared.f1": Share(2, 2),
        "account.dropped": Share(1, 5), "account.sourced": Share(2, 4), "account.nuggets": Share(3, 3),
        "items": Share(3, 1),
        "cost.usd": Share(0.5, 1), "cost.requests": Share(2, 1), "cost.input_tokens": Share(100, 1),
        "cost.output_tokens": Share(10, 1), "cost.seconds": Share(3, 1), "cost.reasks": Share(0, 1),
        "failures": Share(0, 1),
    }  # fmt: skip


def test_every_metric_is_in_the_table_of_the_module() -> None:
    named = set()
    for row in re.findall(r"^\| `([^`]+)`", dossier_scoring.__doc__ or "", re.MULTILINE):
        first, *others = row.split()
        named |= {first, *(first.rpartition(".")[0] + other for other in others)}
    assert {name.removeprefix("dossier.") for name in score(GOOD)["port"].shares} == named


def test_a_suite_adds_up_over_stories_and_lone_reports_bear_on_their_own_metrics_only() -> None:
    scores = tuple(score(GOOD).values())
    assert summed(scores, "dossier.stories.b_cubed.f1") == Share(4, 4)
    intervals = bootstrap(scores, samples=10)
    assert {name for name, interval in intervals.items() if interval.n == 2} == {
        "dossier.stories.b_cubed.precision", "dossier.stories.b_cubed.recall", "dossier.stories.b_cubed.f1",
    }  # fmt: skip


def test_a_contradiction_found_in_a_lone_report_is_false_there() -> None:
    noise = made.discrepancy("contradiction", "the rain", {"1": ["lone"], "2": ["lone"]})
    lone = score(made.dossier(made.story([A, B, C], **PARTS), made.story([LONE], discrepancies=(noise,))))["lone.txt"]
    assert lone.shares["dossier.discrepancies.precision"] == Share(0, 1)
    assert lone.shares["dossier.false_contradictions"] == Share(0, 0)
    assert [item.predicted for item in lone.items] == ["the rain: 1 (lone.txt); 2 (lone.txt)"]


def test_an_omission_is_not_scored() -> None:
    silent = made.discrepancy("omission", "the dead", DEAD)
    shares = score(made.dossier(made.story([A, B, C], discrepancies=(silent,)), made.story([LONE])))["port"].shares
    assert shares["dossier.discrepancies.precision"] == Share(0, 0)
    assert shares["dossier.discrepancies.recall"] == Share(0, 1)


def test_a_story_told_in_two_parts_is_scored_on_both() -> None:
    told = made.dossier(made.story([A, B], **PARTS), made.story([C]), made.story([LONE]))
    shares = score(told)["port"].shares
    assert shares["dossier.cost.usd"] == Share(1.0, 1)
    assert shares["dossier.items"] == Share(3, 1)
    assert shares["dossier.account.sourced"] == Share(3, 6)


def test_a_cost_that_is_not_known_is_undefined_and_not_nothing() -> None:
    story = made.story([A, B, C])
    unknown = changed(story, provenance=changed(story.provenance, cost_usd=None))
    shares = score(made.dossier(unknown, made.story([LONE])))["port"].shares
    assert shares["dossier.cost.usd"].value is None
    assert shares["dossier.cost.seconds"].value == 3


def test_a_question_without_a_reply_is_a_named_failure_of_its_story_only() -> None:
    failure = Failure(document="a + b + c", kind="MissingReply", message="no reply")
    told = made.dossier(made.story([A, B, C], checks=made.checks(failure)), made.story([LONE]))
    scores = score(told)
    assert scores["port"].failed == "MissingReply: no reply"
    assert scores["port"].shares["dossier.failures"] == Share(1, 1)
    assert scores["port"].shares["dossier.discrepancies.recall"] == Share(0, 1)
    assert scores["lone.txt"].failed is None


def test_a_story_that_could_not_be_made_is_a_failure_and_misses_everything() -> None:
    failures = (
        Failure(document="a + b + c", kind="InputError", message="too large"),
        Failure(document="lone", kind="InputError", message="of another story"),
    )
    told = changed(made.dossier(made.story([LONE])), failures=failures)
    port = score(told)["port"]
    assert port.failed == "InputError: too large"
    assert port.shares["dossier.stories.b_cubed.recall"] == Share(0, 3)
    assert port.shares["dossier.discrepancies.recall"] == Share(0, 1)


def test_a_report_without_a_brief_is_a_failure_and_its_mentions_are_not_the_dossiers_to_find() -> None:
    told = made.dossier(made.story([A, B]), made.story([LONE]))
    port = score(told, briefs=[A, B, LONE])["port"]
    assert port.failed == "c.txt has no brief"
    assert port.shares["dossier.stories.b_cubed.recall"] == Share(pytest.approx(4 / 3), 3)
    assert port.shares["dossier.actors.b_cubed.recall"].whole == 4


def test_an_empty_dossier_misses_everything_and_has_no_precision() -> None:
    shares = score(made.dossier(), briefs=[])["port"].shares
    for metric in (
        "stories.b_cubed.recall",
        "discrepancies.recall",
        "readings.recall",
        "origins.accuracy",
        "account.nuggets",
    ):
        assert shares[f"dossier.{metric}"].value == 0, metric
    for metric in (
        "stories.b_cubed.precision",
        "discrepancies.precision",
        "account.dropped",
        "cost.usd",
        "actors.b_cubed.f1",
    ):
        assert shares[f"dossier.{metric}"].value is None, metric


def test_labels_without_anything_leave_their_metrics_undefined() -> None:
    bare = made.labels(actors=())
    shares = score(made.dossier(made.story([A, B, C]), made.story([LONE])), bare)["port"].shares
    for metric in ("discrepancies.f1", "false_contradictions", "readings.recall", "origins.accuracy", "shared.f1"):
        assert shares[f"dossier.{metric}"].value is None, metric


def test_less_is_better_of_what_is_wrong_or_costs() -> None:
    worse = {name for name in score(GOOD)["port"].shares if is_better_lower(name)}
    assert worse == {
        f"dossier.{name}"
        for name in (
            "actors.wrongly_merged", "false_contradictions", "false_contradictions.share", "origins.error",
            "account.dropped", "failures", "cost.usd", "cost.requests", "cost.input_tokens", "cost.output_tokens",
            "cost.seconds", "cost.reasks",
        )
    }  # fmt: skip
