"""Properties of the score of a brief: what never moves it."""

from __future__ import annotations

import random
from typing import Any

import pytest

from summarizer.evaluation import DocumentScore, Reference, score_brief, summed
from summarizer.models.brief import Brief

from .briefs import REPORT, brief_of, only, quoted, reference, with_item

LABELS = reference()
BRIEF = brief_of(LABELS)
UNLABELLED = Reference(document="b", language="el", published="2024-03-04", annotator="t1")
EACH_DOCUMENT = ("language", "published", "cost.", "failures", "grounding.")
"""Metrics that have a value for every brief, whatever is labelled."""


def test_a_document_without_labels_and_predictions_moves_no_metric_of_labels() -> None:
    nothing = score_brief(brief_of(UNLABELLED), UNLABELLED)
    partial = score_brief(only(BRIEF, "events", lambda event: event.id != "E2"), LABELS, REPORT)
    for name in partial.shares:
        if not name.startswith(EACH_DOCUMENT):
            assert summed([partial, nothing], name) == partial.shares[name], name


def _shuffled(brief: Brief, labels: Reference, chance: random.Random) -> tuple[Brief, Reference]:
    """Both with their lists in another order; the first event stays first."""

    def mixed(items: Any) -> tuple[Any, ...]:
        return tuple(chance.sample(items, len(items)))

    events = [event.model_copy(update={"participants": mixed(event.participants)}) for event in brief.events]
    ours = {"actors": mixed(brief.actors), "events": (*events[:1], *mixed(events[1:])), "aims": mixed(brief.aims),
            "context": mixed(brief.context), "caveats": mixed(brief.caveats), "summary": mixed(brief.summary)}  # fmt: skip
    kinds = ("actors", "events", "aims", "context", "nuggets", "forbidden", "caveats")
    return brief.model_copy(update=ours), labels.model_copy(
        update={kind: mixed(getattr(labels, kind)) for kind in kinds}
    )


def _mutilated(chance: random.Random) -> Brief:
    """The perfect brief with items dropped, doubled and changed."""
    brief = BRIEF
    for kind in ("actors", "events", "aims", "context"):
        brief = only(brief, kind, lambda _item: chance.random() < 0.8)
        items = getattr(brief, kind)
        doubled = tuple(item.model_copy(update={"id": f"X{item.id}"}) for item in items if chance.random() < 0.3)
        brief = brief.model_copy(update={kind: (*items, *doubled)})
    changes = [
        {"date": "2024"}, {"title": "Talks"}, {"type": "ACCUSE"}, {"place": "Koralli", "country": "TUR"}, {"participants": ()},
    ]  # fmt: skip
    for number in range(len(brief.events)):
        if chance.random() < 0.5:
            brief = with_item(brief, "events", number, **chance.choice(changes))
    for number in range(len(brief.actors)):
        if chance.random() < 0.3:
            brief = with_item(brief, "actors", number, name="Kallidi", name_in_source=quoted("Η Καλλίδη"))
    return brief


@pytest.mark.parametrize("seed", range(40))
def test_the_order_of_items_does_not_matter(seed: int) -> None:
    chance = random.Random(seed)
    brief = _mutilated(chance)
    score = score_brief(brief, LABELS, REPORT)
    mixed, labels = _shuffled(brief, LABELS, chance)
    again = score_brief(mixed, labels, REPORT)
    assert again.shares == score.shares
    assert _matches(again) == _matches(score)
    for name, share in score.shares.items():
        if not name.startswith(("cost.", "forbidden")):
            assert 0 <= share.part <= share.whole, name


def _matches(score: DocumentScore) -> list[str]:
    """Outcomes in any order; a pattern or a caveat may be found in another place first."""
    places = ("forbidden", "caveat")
    return sorted(
        repr(item.model_copy(update={"predicted": None}) if item.kind in places else item) for item in score.items
    )
