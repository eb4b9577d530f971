"""How well a grouping agrees with a reference grouping."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from typing import NamedTuple

from .scores import Share


class PrecisionRecall(NamedTuple):
    """Precision and recall with numerators of their own; sums of either over documents give those of a suite."""

    precision: Share
    recall: Share

    @property
    def f1(self) -> float | None:
        """Their harmonic mean; 0 where only one side has anything, None where neither has."""
        if not self.precision.whole and not self.recall.whole:
            return None
        one, other = self.precision.value or 0.0, self.recall.value or 0.0
        return 2 * one * other / (one + other) if one + other else 0.0

    def shares(self, name: str) -> dict[str, Share]:
        """NAME.precision and NAME.recall as sums; NAME.f1 as one document's value, whose mean is that of a suite."""
        value = self.f1
        return {
            f"{name}.precision": self.precision,
            f"{name}.recall": self.recall,
            f"{name}.f1": Share(0, 0) if value is None else Share(value, 1),
        }


def b_cubed(predicted: Sequence[Collection[Hashable]], reference: Sequence[Collection[Hashable]]) -> PrecisionRecall:
    """B-cubed: for each item, how much of its group is right, and how much of its true group is there.

    Precision is the mean over predicted items, recall the mean over reference items. An item that stands only on one
    side counts there with 0 (Pradhan et al. 2014). An item must not stand in two groups of one side.

    Args:
        predicted: groups of items.
        reference: the true groups.

    Source: Bagga & Baldwin 1998, "Algorithms for scoring coreference chains"; Pradhan et al. 2014, "Scoring coreference
    partitions of predicted mentions: a reference implementation", for items missing on one side.
    """
    return PrecisionRecall(_share(predicted, reference), _share(reference, predicted))


def _share(groups: Sequence[Collection[Hashable]], others: Sequence[Collection[Hashable]]) -> Share:
    home = {item: set(group) for group in others for item in group}
    part, whole = 0.0, 0
    for group in groups:
        members = set(group)
        part += sum(len(members & home.get(item, set())) for item in members) / len(members) if members else 0.0
        whole += len(members)
    return Share(part, whole)
