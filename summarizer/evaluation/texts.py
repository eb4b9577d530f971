"""What the English of a brief says, must not say and owns up to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..models.brief import Brief
from ..text.folding import fold
from .keywords import accepts, said_in
from .references import Caveat, Forbidden, Nugget, Reference, Salience
from .scores import Share


class NuggetRecall(NamedTuple):
    """Nuggets that a text says, by nuggets."""

    vital: Share
    all: Share
    """Vital and okay ones together."""
    said: tuple[bool, ...]
    """For each nugget, in order."""


class Place(NamedTuple):
    """An English text of a brief and where it stands: headline, bottom_line, summary 2, actor A1, caveat 1, ..."""

    name: str
    text: str


class Said(NamedTuple):
    """What a brief says of the nuggets, forbidden patterns and caveats of a reference, in its order."""

    nuggets: NuggetRecall
    forbidden: tuple[str | None, ...]
    """Where a pattern is hit; empty without a brief."""
    caveats: tuple[int | None, ...]
    """Index of the caveat that says it."""


def said_by(brief: Brief | None, reference: Reference) -> Said:
    """What a brief says; without a brief no nugget and no caveat, and nothing forbidden either."""
    if brief is None:
        return Said(nugget_recall("", reference.nuggets), (), caveat_recall((), reference.caveats))
    return Said(
        nugget_recall(summary_text(brief), reference.nuggets),
        forbidden_hits(brief, reference.forbidden),
        caveat_recall([caveat.text for caveat in brief.caveats], reference.caveats),
    )


def nugget_recall(text: str, nuggets: Sequence[Nugget]) -> NuggetRecall:
    """How many nuggets a summary says, judged by their keywords in the whole text.

    The keywords of an alternative may stand in different statements: whether a fact is told in one sentence or in two
    is style, and the keywords are written to be telling together. See Voorhees 2003, "Overview of the TREC 2003
    question answering track", for vital and okay nuggets.
    """
    said = tuple(accepts(nugget.accept, text) for nugget in nuggets)
    vital = [one for one, nugget in zip(said, nuggets, strict=True) if nugget.salience is not Salience.OKAY]
    return NuggetRecall(Share(sum(vital), len(vital)), Share(sum(said), len(said)), said)


def summary_text(brief: Brief) -> str:
    """Headline, bottom line and summary: what is read first, and where nuggets are looked for."""
    return "\n".join((brief.headline, brief.bottom_line.text, *(statement.text for statement in brief.summary)))


def english_texts(brief: Brief) -> Iterator[Place]:
    """Every English text and name of a brief."""
    yield Place("headline", brief.headline)
    yield Place("bottom_line", brief.bottom_line.text)
    for number, statement in enumerate(brief.summary, 1):
        yield Place(f"summary {number}", statement.text)
    for actor in brief.actors:
        yield _place(f"actor {actor.id}", actor.name, actor.role, actor.affiliation)
    for event in brief.all_events:
        yield _place(f"event {event.id}", event.title, event.date, event.place)
    for aim in brief.aims:
        yield _place(f"aim {aim.id}", aim.text)
    for item in brief.context:
        yield _place(f"context {item.id}", item.topic, item.text)
    for origin in brief.origins:
        yield _place(f"origin {origin.id}", origin.name)
    for number, statement in enumerate(brief.caveats, 1):
        yield Place(f"caveat {number}", statement.text)


def forbidden_hits(brief: Brief, forbidden: Sequence[Forbidden]) -> tuple[str | None, ...]:
    """For each pattern the first place of the brief that it matches, or None.

    Patterns are searched in each text as it stands and folded, whatever the case: "saddam" matches "Saddām".
    """
    places = tuple(english_texts(brief))
    return tuple(_first_hit(re.compile(item.pattern, re.IGNORECASE), places) for item in forbidden)


def caveat_recall(texts: Sequence[str], caveats: Sequence[Caveat]) -> tuple[int | None, ...]:
    """For each labelled caveat the index of the first text that holds its keywords, or None; one text must hold all."""
    return tuple(said_in(caveat.accept, texts) for caveat in caveats)


def _first_hit(pattern: re.Pattern[str], places: Sequence[Place]) -> str | None:
    return next(
        (place.name for place in places if pattern.search(place.text) or pattern.search(fold(place.text))), None
    )


def _place(name: str, *texts: str | None) -> Place:
    return Place(name, "\n".join(filter(None, texts)))
