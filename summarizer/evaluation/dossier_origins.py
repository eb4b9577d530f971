"""Whether a dossier counts right how many origins its reports really have, and knows which reports share one."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from ..models.dossier import Merged, Story
from .dossier_references import DossierReference, ReferenceOrigins
from .dossier_told import Mention, Told
from .keywords import accepts
from .scores import ItemOutcome, Outcome, Share, Tally

Pairs = frozenset[tuple[str, str]]


def origin_shares(labels: DossierReference, told: Told, stories: Sequence[Story]) -> dict[str, Share]:
    """How often the number of independent origins is right, how far off it is, and shared origins found.

    Args:
        labels: of the story.
        told: the whole dossier.
        stories: of the dossier that tell this one.
    """
    counted = [(item.independent, counted_item(item, told, stories)) for item in labels.origins]
    found = [(wanted, item.independent_origins) for wanted, item in counted if item]
    return {
        "dossier.origins.found": Share(len(found), len(counted)),
        "dossier.origins.accuracy": Share(sum(wanted == number for wanted, number in found), len(counted)),
        "dossier.origins.error": Share(sum(abs(wanted - number) for wanted, number in found), len(found)),
        **_shared(labels, told, stories).shares("dossier.shared"),
    }


def origin_outcomes(labels: DossierReference, told: Told, stories: Sequence[Story]) -> Iterator[ItemOutcome]:
    """Each labelled count beside the dossier's, then pairs of reports whose common origin is missed or false."""
    for label in labels.origins:
        item = counted_item(label, told, stories)
        number = item.independent_origins if item else None
        yield ItemOutcome(
            kind="origins", outcome=Outcome.HIT if number == label.independent else Outcome.MISSED,
            reference=label.about, predicted=item and item.id,
            note="" if number in (None, label.independent) else f"{number}, not {label.independent}",
        )  # fmt: skip
    ours, theirs = predicted_pairs(told, stories), labelled_pairs(labels)
    for pair in sorted(ours | theirs):
        outcome = Outcome.HIT if pair in ours & theirs else Outcome.MISSED if pair in theirs else Outcome.FALSE
        shown = " + ".join(pair)
        yield ItemOutcome(
            kind="shared", outcome=outcome, reference=shown if pair in theirs else None,
            predicted=shown if pair in ours else None,
        )  # fmt: skip


def counted_item(label: ReferenceOrigins, told: Told, stories: Iterable[Story]) -> Merged | None:
    """The merged item whose count is compared with a label: the one with most of the labelled events.

    Where no merged event has one, or the label names none, it is the most widely reported item whose English has the
    label's keywords. None when there is neither.
    """
    stories = tuple(stories)
    wanted = {Mention(*mention) for mention in label.events.items()}
    events = [(len(wanted & told.event_mentions(event)), event) for story in stories for event in story.events]
    most = max(events, key=lambda entry: entry[0], default=None)
    if most and most[0]:
        return most[1]
    said = (item for story in stories for item, text in _texts(story) if accepts(label.accept, text))
    return max(said, key=lambda item: item.sources, default=None)


def labelled_pairs(labels: DossierReference) -> Pairs:
    """Pairs of reports that share an origin."""
    return _pairs(shared.documents for shared in labels.shared)


def predicted_pairs(told: Told, stories: Iterable[Story]) -> Pairs:
    """Pairs of reports that rest on one origin of the dossier."""
    return _pairs(told.named(origin.documents) for story in stories for origin in story.origins)


def _shared(labels: DossierReference, told: Told, stories: Iterable[Story]) -> Tally:
    ours, theirs = predicted_pairs(told, stories), labelled_pairs(labels)
    return Tally(len(ours & theirs), len(ours), len(theirs))


def _pairs(groups: Iterable[Iterable[str]]) -> Pairs:
    return frozenset(pair for group in groups for pair in itertools.combinations(sorted(set(group)), 2))


def _texts(story: Story) -> Iterator[tuple[Merged, str]]:
    """Merged items with their English: events, aims, background and statements."""
    yield from ((event, event.title) for event in story.events)
    yield from ((item, item.text) for group in (story.aims, story.statements) for item in group)
    yield from ((item, f"{item.topic}. {item.text}") for item in story.context)
