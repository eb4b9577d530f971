"""Shares and tallies: a metric is one sum over another."""

from __future__ import annotations

import pytest

from summarizer.evaluation import DocumentScore, Share, Tally, is_better_lower, summed


def _score(**shares: Share) -> DocumentScore:
    return DocumentScore(document="d", language="en", shares=shares)


def test_a_share_of_nothing_is_undefined() -> None:
    assert Share(0, 0).value is None
    assert Share(0, 2).value == 0
    assert Share(1, 2).value == 0.5


def test_a_tally_gives_precision_recall_and_their_harmonic_mean() -> None:
    shares = Tally(matched=2, predicted=4, reference=3).shares("events")
    assert {name: share.value for name, share in shares.items()} == {
        "events.precision": pytest.approx(0.5),
        "events.recall": pytest.approx(2 / 3),
        "events.f1": pytest.approx(2 * 0.5 * (2 / 3) / (0.5 + 2 / 3)),
    }


def test_a_suite_is_sum_over_sum_and_a_document_without_the_metric_does_not_move_it() -> None:
    scores = [_score(m=Share(1, 2)), _score(m=Share(3, 4)), _score(m=Share(0, 0)), _score()]
    assert summed(scores, "m") == Share(4, 6)
    assert summed([], "m").value is None


@pytest.mark.parametrize("metric", ["forbidden", "failures", "cost.usd", "grounding.unsupported"])
def test_of_some_metrics_less_is_better(metric: str) -> None:
    assert is_better_lower(metric)


def test_of_the_others_more_is_better() -> None:
    assert not is_better_lower("events.f1")
