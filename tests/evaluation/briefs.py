"""Briefs of an invented report: one that says just what its reference says, and changed ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from summarizer.evaluation import Reference, read_reference
from summarizer.models import brief as b
from summarizer.models.base import Model
from summarizer.models.draft import ActorKind, AimKind, Factuality

M = TypeVar("M", bound=Model)
DATA = Path(__file__).parent / "data"
REPORT = (DATA / "el_lighthouse.txt").read_text("utf-8")
LABELS = DATA / "references" / "el_lighthouse.yaml"

PROVENANCE = b.Provenance(
    engine="live", model="m", recorded=False, prompt="brief", prompt_hash="0" * 12, request="0" * 64, schema_version="1.0",
    software="summarizer 0", attempts=2, reasks=1, input_tokens=900, output_tokens=300, cost_usd=0.002, seconds=1.5,
    replied=None,
)  # fmt: skip


def reference() -> Reference:
    """The labels of the invented report."""
    return read_reference(LABELS)


def quoted(text: str, source: str = REPORT, match: b.Match = b.Match.EXACT) -> b.Quoted:
    """A wording with its place in a report, if it stands there."""
    at = source.find(text)
    return b.Quoted(text=text, start=at if at >= 0 else None, end=at + len(text) if at >= 0 else None, match=match)


def statement(text: str) -> b.Statement:
    """A supported statement."""
    return b.Statement(text=text, evidence=(), supported=True)


def first(values: Sequence[Any], otherwise: Any = None) -> Any:
    """The first accepted value."""
    return values[0] if values else otherwise


def words(accept: Sequence[Sequence[str]]) -> str:
    """A text that holds the keywords of the first alternative."""
    return " ".join(accept[0])


def brief_of(labels: Reference, text: str = REPORT) -> b.Brief:
    """A brief that says what a reference says, okay items included, main event first."""
    events = sorted(labels.events, key=lambda event: event.salience != "main")
    return b.Brief(
        schema_version="1.0",
        document=b.DocumentInfo(
            id=labels.document, source=labels.document, sha256="0" * 64, language=labels.language, title=None,
            published=labels.published, outlet=None, url=None, characters=len(text), sentences=1,
        ),
        headline="News",
        bottom_line=statement("What the report says."),
        summary=tuple(statement(words(nugget.accept)) for nugget in labels.nuggets),
        actors=tuple(
            b.Actor(
                id=f"A{number}", name=label.names[0], name_in_source=quoted(first(label.in_source, label.names[0]), text),
                kind=first(label.kind, ActorKind.PERSON), sector=None, role=first(label.role),
                affiliation=first(label.affiliation), country=first(label.country), evidence=(), supported=True,
            )
            for number, label in enumerate(labels.actors, 1)
        ),
        events=tuple(
            b.Event(
                id=f"E{number}", type=label.type[0], mode=None, contexts=(), title=label.title,
                factuality=first(label.factuality, Factuality.REPORTED), date=first(label.date), date_in_source=None,
                place=first(label.place), place_in_source=None, country=first(label.country),
                participants=tuple(
                    b.Participant(actor=_id_of(labels, part.actor), role=part.role) for part in label.participants
                ),
                origins=(), evidence=(), supported=True,
            )
            for number, label in enumerate(events, 1)
        ),
        aims=tuple(
            b.Aim(
                id=f"G{number}", text=words(label.accept), wording_in_source=quoted(first(label.in_source, "-"), text),
                kind=first(label.kind, AimKind.GOAL), held_by=tuple(_id_of(labels, actor) for actor in label.held_by),
                origins=(), evidence=(), supported=True,
            )
            for number, label in enumerate(labels.aims, 1)
        ),
        context=tuple(
            b.ContextItem(id=f"C{number}", topic=label.topic, text=words(label.accept), evidence=(), supported=True)
            for number, label in enumerate(labels.context, 1)
        ),
        origins=(),
        caveats=tuple(statement(words(caveat.accept)) for caveat in labels.caveats),
        checks=b.Checks(
            supported=9, unsupported=1, quotes={b.Match.EXACT: 6, b.Match.FOLDED: 2, b.Match.UNSUPPORTED: 2},
            numbers_without_support=(), problems=(), warnings=(),
        ),
        provenance=PROVENANCE,
    )  # fmt: skip


def with_item(brief: b.Brief, kind: str, number: int, /, **changes: Any) -> b.Brief:
    """A brief whose item `number` (from 0) of `events`, `actors`, `aims` or `context` says something else."""
    items = list(getattr(brief, kind))
    items[number] = changed(items[number], **changes)
    return brief.model_copy(update={kind: tuple(items)})


def changed(item: M, /, **changes: Any) -> M:
    """An item with other values, which are validated."""
    return type(item).model_validate(dict(item) | changes)


def only(brief: b.Brief, kind: str, keep: Callable[[Any], bool]) -> b.Brief:
    """A brief with some of its items of a kind."""
    return brief.model_copy(update={kind: tuple(filter(keep, getattr(brief, kind)))})


def _id_of(labels: Reference, actor: str) -> str:
    return f"A{[label.id for label in labels.actors].index(actor) + 1}"
