"""What reports give for one thing, compared two by two: the discrepancy in it, or none."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from ..models.brief import Match, Quoted, Span
from ..models.dossier import Citation, Discrepancy, DiscrepancyAttribute, DiscrepancyKind, FoundBy, Reading
from .agreement import Relation
from .linked import Linked, Ref
from .values import read

T = TypeVar("T")
_TELLING = (Relation.APART, Relation.NESTED)


@dataclass(frozen=True, slots=True)
class Told(Generic[T]):
    """A value that a report gives.

    Args:
        value: in English.
        what: the value as it is compared.
        citation: where the report says it.
    """

    value: str
    what: T
    citation: Citation


@dataclass(frozen=True, slots=True)
class Topic:
    """What values are of.

    Args:
        about: in English.
        attribute: which attribute.
        items: ids of the merged items that it touches.
        note: why the values differ, if that needs saying.
    """

    about: str
    attribute: DiscrepancyAttribute
    items: tuple[str, ...]
    note: str | None = None


def discrepancy(topic: Topic, told: Sequence[Told[T]], relation: Callable[[T, T], Relation]) -> Discrepancy | None:
    """The discrepancy between values of one thing; None when no two reports differ for certain.

    It has every value that differs from one of another report. One pair that cannot both be true makes it a
    contradiction; all pairs are looked at alone, so that a further report takes nothing away.

    Args:
        topic: what the values are of.
        told: the values, in the order of their reports.
        relation: how two values stand to each other.
    """
    kept: set[str] = set()
    kinds: set[Relation] = set()
    for one, other in itertools.combinations(told, 2):
        if one.citation.document == other.citation.document or read(one.value).plain == read(other.value).plain:
            continue
        found = relation(one.what, other.what)
        if found in _TELLING:
            kinds.add(found)
            kept |= {read(one.value).plain, read(other.value).plain}
    if not kinds:
        return None
    kind = DiscrepancyKind.CONTRADICTION if Relation.APART in kinds else DiscrepancyKind.GRANULARITY
    return Discrepancy(
        id="", about=topic.about, attribute=topic.attribute, kind=kind,
        readings=readings((each.value, each.citation) for each in told if read(each.value).plain in kept),
        note=topic.note, items=topic.items, found_by=FoundBy.RULES,
    )  # fmt: skip


def readings(values: Iterable[tuple[str, Citation]]) -> tuple[Reading, ...]:
    """Values with the reports that give them, each value once, the most widely reported first."""
    by_value: dict[str, tuple[str, dict[Citation, None]]] = {}
    for value, citation in values:
        by_value.setdefault(read(value).plain, (value, {}))[1][citation] = None
    found = [
        Reading(value=value, documents=tuple(dict.fromkeys(c.document for c in citations)), evidence=tuple(citations))
        for value, citations in by_value.values()
    ]
    return tuple(sorted(found, key=lambda reading: -len(reading.documents)))


def cited(linked: Linked, ref: Ref, wording: Quoted | None = None) -> Citation | None:
    """Where an item stands, narrowed to the sentence of its wording; None when no sentence carries it."""
    spans = linked.item(ref).evidence
    if not spans:
        return None
    if wording is None or wording.start is None or wording.match is Match.UNSUPPORTED:
        return Citation(document=ref.document, item=ref.item, spans=spans)
    holding = tuple(span for span in spans if _holds(span, wording.start))
    return Citation(document=ref.document, item=ref.item, spans=holding or spans, wordings=(wording,))


def _holds(span: Span, place: int) -> bool:
    return span.start <= place < span.end
