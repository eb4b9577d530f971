"""Which aims, background and statements of a story's reports say the same."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import NamedTuple

from ..models.brief import Aim, ContextItem
from ..models.draft import AimKind
from ..text.folding import fold
from .actors import Cast
from .grouping import Grouping, join_matches
from .linked import Ref, Report
from .wording import Weights, disagree, wording

AIM, CONTEXT, STATEMENT = 0.55, 0.32, 0.56
"""Least likeness of two aims, two items of background, two statements."""
_HOLDER, _KIND, _HEAD = 0.25, 0.1, 0.05
"""What it counts when two aims have a holder, and the sort of wish, in common, and when the first word of one, which
says what is wanted, stands in the other."""
_LEAST = 0.1
"""Least likeness of the texts alone of two items of background on one topic."""
_TOPIC = 0.35
"""Share of the topic in the likeness of two items of background."""
BOTTOM_LINE = "bottom_line"


class Texts(NamedTuple):
    """Items that are texts, and which of them say the same."""

    refs: tuple[Ref, ...]
    groups: Grouping


def _matched(
    refs: Sequence[Ref], numbers: Sequence[int], score: Callable[[int, int], float], enough: float, why: str
) -> Texts:
    groups = Grouping(numbers)
    pairs = itertools.combinations(range(len(refs)), 2)
    scores = {(a, b): score(a, b) for a, b in pairs if numbers[a] != numbers[b]}
    join_matches(groups, scores, enough, lambda _a, _b: why)
    return Texts(tuple(refs), groups)


def aims_of(reports: Sequence[Report], cast: Cast) -> Texts:
    """All aims, the same ones together, at most one a report: alike in words, held by the same actors."""
    refs, numbers, aims, holders = [], [], list[Aim](), []
    for number, report in enumerate(reports):
        for aim in report.brief.aims:
            refs.append(Ref(report.id, aim.id))
            numbers.append(number)
            aims.append(aim)
            holders.append({root for actor in aim.held_by if (root := cast.root(report.id, actor)) is not None})
    weights = Weights(aim.text for aim in aims)

    def score(a: int, b: int) -> float:
        one, other = aims[a], aims[b]
        if fold(one.wording_in_source.text) == fold(other.wording_in_source.text):
            return 1.0
        first, second = wording(one.text), wording(other.text)
        words = weights.alike(first, second)
        if not words or disagree(first, second):
            return words / 2
        kinds = (one.kind is other.kind) + (one.kind is other.kind is AimKind.SLOGAN)
        heads = (first.head in second.stems) + (second.head in first.stems)
        return words + _HOLDER * bool(holders[a] & holders[b]) + _KIND * kinds + _HEAD * heads

    return _matched(refs, numbers, score, AIM, "aims alike in words and holders")


def context_of(reports: Sequence[Report]) -> Texts:
    """All background, the same items together, at most one a report: alike in topic and words."""
    refs, numbers, items = [], [], list[ContextItem]()
    for number, report in enumerate(reports):
        for item in report.brief.context:
            refs.append(Ref(report.id, item.id))
            numbers.append(number)
            items.append(item)
    weights = Weights(f"{item.topic} {item.text}" for item in items)

    def score(a: int, b: int) -> float:
        one, other = items[a], items[b]
        topic = weights.alike(wording(one.topic), wording(other.topic))
        text = weights.alike(wording(one.text), wording(other.text))
        return _TOPIC * topic + (1 - _TOPIC) * text if text >= _LEAST else 0.0

    return _matched(refs, numbers, score, CONTEXT, "background on the same topic, alike in words")


def statements_of(reports: Sequence[Report]) -> Texts:
    """All statements, those together that say the same with no other number and no negation on one side only.

    A report's bottom line and a statement of its summary may stand together; two statements of one summary do not.
    """
    refs, numbers, texts = [], [], []
    for number, report in enumerate(reports):
        brief = report.brief
        names = (BOTTOM_LINE, *(f"summary {n}" for n in range(1, len(brief.summary) + 1)))
        for name, statement in zip(names, (brief.bottom_line, *brief.summary), strict=True):
            refs.append(Ref(report.id, name))
            numbers.append(2 * number + (name == BOTTOM_LINE))
            texts.append(statement.text)
    weights = Weights(texts)

    def score(a: int, b: int) -> float:
        first, second = wording(texts[a]), wording(texts[b])
        return 0.0 if disagree(first, second) else weights.alike(first, second)

    return _matched(refs, numbers, score, STATEMENT, "statements that say the same")
