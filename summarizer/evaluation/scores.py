"""What scoring one brief gives: a share for each metric, and what became of each item.

Every metric of a suite is one sum over another: `sum(part) / sum(whole)` over its documents. So a document to which a
metric does not apply has a whole of 0 and never moves it, undefined is None and never 0 or 1, and resampling documents
is two matrix products whatever the metric.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from ..models.base import Model


class Share(NamedTuple):
    """A part of a whole: hits of predictions, matches of labels, or one document's value of one document."""

    part: float
    whole: float

    @property
    def value(self) -> float | None:
        """The share, or None where there is nothing to be a share of."""
        return self.part / self.whole if self.whole else None


class Tally(NamedTuple):
    """Matches between predicted and reference items; okay items count on neither side."""

    matched: float
    predicted: float
    reference: float

    def shares(self, name: str) -> dict[str, Share]:
        """Precision, recall and F1 as shares, named NAME.precision, NAME.recall and NAME.f1."""
        return {
            f"{name}.precision": Share(self.matched, self.predicted),
            f"{name}.recall": Share(self.matched, self.reference),
            f"{name}.f1": Share(2 * self.matched, self.predicted + self.reference),
        }

    def __add__(self, other: object) -> Tally:
        if not isinstance(other, Tally):
            return NotImplemented
        return Tally(*(one + another for one, another in zip(self, other, strict=True)))


class Outcome(StrEnum):
    """What became of an item."""

    HIT = "hit"
    """Predicted and labelled."""
    MISSED = "missed"
    """Labelled as main or vital, not predicted."""
    FALSE = "false"
    """Predicted, labelled nowhere."""
    ALLOWED = "allowed"
    """Predicted and labelled as okay, or labelled as okay and not predicted."""


class ItemOutcome(Model):
    """One labelled or predicted item, for reports: which is which, and what differs."""

    kind: str
    """actor, event, aim, context, nugget, forbidden or caveat."""
    outcome: Outcome
    reference: str | None = None
    """Id or text of the label."""
    predicted: str | None = None
    """Id of the brief's item, or the place of the text."""
    note: str = ""
    """What differs on a hit: "date: 2025-08-25, not 2025-08-26"."""


class DocumentScore(Model):
    """The scores of one brief, or of a failure, against one reference."""

    document: str
    language: str
    failed: str | None = None
    """Why there is no brief; everything labelled is then missed."""
    shares: Mapping[str, Share]
    items: tuple[ItemOutcome, ...] = ()


LOWER_IS_BETTER = (
    "forbidden", "failures", "cost.", "grounding.unsupported", "judge.claims.contradicted", "dossier.failures",
    "dossier.cost.", "dossier.false_contradictions", "dossier.actors.wrongly_merged", "dossier.origins.error",
    "dossier.account.dropped",
)  # fmt: skip
"""Metrics, or beginnings of their names, of which less is better."""


def is_better_lower(metric: str) -> bool:
    """Whether less of a metric is better."""
    return metric.startswith(LOWER_IS_BETTER)


def summed(scores: Iterable[DocumentScore], metric: str) -> Share:
    """The sums of a metric over documents."""
    shares = [score.shares.get(metric, Share(0, 0)) for score in scores]
    return Share(sum(share.part for share in shares), sum(share.whole for share in shares))
