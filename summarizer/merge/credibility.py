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
    """The credibility of information, from 1 to 6, after AJP-2.1.

    The first row that fits holds:

    | case                                             | firm | weak |
    | ------------------------------------------------ | ---- | ---- |
    | not supported by its sentences, or no origin     | 6    | 6    |
    | told as hypothetical                             | 6    | 6    |
    | told as denied                                   | 5    | 5    |
    | more origins against it than for it              | 5    | 5    |
    | as many origins against it as for it             | 4    | 5    |
    | fewer origins against it than for it             | 3    | 4    |
    | none against it, 2 or more independent origins   | 1    | 2    |
    | none against it, 1 origin                        | 3    | 4    |

    *Firm* is what at least one named origin stands behind and what is reported as done; *weak* is what only unnamed
    origins say, or what every report tells as claimed or planned. 1 confirmed by other independent sources, 2 probably
    true, 3 possibly true, 4 doubtful, 5 improbable, 6 truth cannot be judged. Origins are counted as the fewest that
    can account for all reports, so two of them are two indeed. One more origin never makes it worse, one more against
    it never better.

    Args:
        basis: what is known.
    """
    if not basis.supported or basis.origins < 1 or basis.told_as is Factuality.HYPOTHETICAL:
        return 6
    if basis.told_as is Factuality.DENIED or basis.opposed > basis.origins:
        return 5
    weak = not basis.named or basis.told_as in (Factuality.CLAIMED, Factuality.PLANNED)
    if basis.opposed:
        return (4 if basis.opposed == basis.origins else 3) + weak
    return (1 if basis.origins > 1 else 3) + weak
