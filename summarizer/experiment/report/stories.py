"""The part of a report that is about the dossier: its metrics, each labelled story, and what was missed or false."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ...evaluation.comparison import Difference
from ...evaluation.scores import DocumentScore, ItemOutcome, Outcome
from ...evaluation.statistics import Interval
from ..comparing import Runs
from .view import Report, Row, Slice

DOSSIER_HEADLINES = {
    "dossier.stories.b_cubed.f1": "Reports in the right story, B-cubed F1",
    "dossier.actors.b_cubed.f1": "Mentions with the right actor, B-cubed F1",
    "dossier.actors.wrongly_merged": "Actors wrongly merged, a story",
    "dossier.discrepancies.recall": "Vital contradictions found",
    "dossier.discrepancies.precision": "Contradictions right",
    "dossier.discrepancies.f1": "Contradictions, F1",
    "dossier.false_contradictions": "False contradictions, a story",
    "dossier.readings.recall": "Readings found",
    "dossier.origins.accuracy": "Independent origins right",
    "dossier.shared.f1": "Shared origins, F1",
    "dossier.account.sourced": "Account carried by two reports",
    "dossier.account.nuggets": "Vital nuggets in the account",
    "dossier.failures": "Stories with a failure",
}
"""The metrics of the dossier that come first, in words."""

_KINDS = {"contradiction": "contradiction", "granularity": "granularity", "never": "actors merged",
          "origins": "origins counted", "shared": "origin shared"}  # fmt: skip
_WRONG = (Outcome.MISSED, Outcome.FALSE)


class Slip(NamedTuple):
    """Something about a story that was missed or is false."""

    story: str
    kind: str
    outcome: str
    text: str
    """The label, or the finding without one, with its documents."""
    note: str


def story_rows(about: Report) -> tuple[Row, ...]:
    """The headline metrics of the dossier beside other runs."""
    found: dict[str, Interval] = about.run.intervals
    metrics = tuple(metric for metric in DOSSIER_HEADLINES if metric in found)
    differences: dict[str, Difference] = {}
    if about.base and about.base.pooled_stories:
        differences = Runs.of(about.base, about.run).differences(metrics)
    return tuple(
        Row(
            metric, DOSSIER_HEADLINES[metric], found[metric], tuple(o.intervals.get(metric) for o in about.others),
            differences.get(metric),
        )
        for metric in metrics
    )  # fmt: skip


def story_slices(about: Report) -> tuple[Slice, ...]:
    """The headline metrics of each labelled story."""
    return tuple(
        Slice(score.document, 1, tuple(_value(score, metric) for metric in DOSSIER_HEADLINES))
        for score in _labelled(about)
    )


def slips(about: Report) -> Iterator[Slip]:
    """What is missed or false in the dossier of the first repeat, contradictions first, story by story."""
    scores = about.run.dossier_scores[0] if about.run.dossier_scores else ()
    for kind, name in _KINDS.items():
        for score in scores:
            for item in score.items:
                if item.kind == kind and item.outcome in _WRONG:
                    yield Slip(score.document, name, item.outcome.value, *_said(item))


def story_failures(about: Report) -> tuple[DocumentScore, ...]:
    """The stories about which something has no reply."""
    return tuple(score for score in about.run.pooled_stories if score.failed)


class _Said(NamedTuple):
    text: str
    note: str


def _said(item: ItemOutcome) -> _Said:
    both = item.reference and item.predicted and item.reference != item.predicted
    said = f"the dossier: {item.predicted}" if both else ""
    return _Said(item.reference or item.predicted or "", "; ".join(filter(None, (item.note, said))))


def _labelled(about: Report) -> tuple[DocumentScore, ...]:
    names = {labels.story for labels in about.run.stories}
    return tuple(score for score in about.run.pooled_stories if score.document in names)


def _value(score: DocumentScore, metric: str) -> float | None:
    share = score.shares.get(metric)
    return share.value if share else None
