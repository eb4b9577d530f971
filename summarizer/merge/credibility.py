"""How credible a piece of information is, by a stated rule on the NATO scale."""

from __future__ import annotations

from dataclasses import dataclass

from ..models.draft import Factuality


@dataclass(frozen=True, slots=True)
class Basis:
    """What the rule looks at.

    Args:
        origins: independent origins that say so.
        opposed: independent origins that contradict it.
        supported: whether it passed the checks of grounding in at least one report.
        named: whether at least one of its origins is named (no unnamed source, no anonymous post).
        told_as: how events are presented by the reports that commit themselves most.
    """

    origins: int
    opposed: int = 0
    supported: bool = True
    named: bool = True
    told_as: Factuality | None = None


def credibility(basis: Basis) -> int:
    """1 confirmed, 2 probably true, 3 possibly true, 4 doubtful, 5 improbable, 6 cannot be judged."""
    raise NotImplementedError
