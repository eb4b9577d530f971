"""The text of a report cut into pieces: what labels and brief point to, and whether they agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ...evaluation.reading import wordings
from ...evaluation.references import Reference
from ...grounding.align import Source
from ...models.brief import Brief, Quoted


class Piece(NamedTuple):
    """A piece of the text; `mark` is hit (labels and brief), missed (labels only), false (brief only) or empty."""

    text: str
    mark: str


class _Span(NamedTuple):
    start: int
    end: int


def pieces(text: str, reference: Reference, brief: Brief | None) -> list[Piece]:
    """The whole text in pieces that join to it.

    Args:
        text: the report as read.
        reference: its labels; the wordings they name are looked up.
        brief: what was made of it, if anything was.
    """
    labelled = _places(text, reference)
    said = [_Span(q.start, q.end) for q in _quoted(brief) if q.start is not None and q.end is not None]
    inside = [_levels(len(text), spans) for spans in (labelled, said)]
    return list(_cut(text, inside[0], inside[1]))


def _places(text: str, reference: Reference) -> list[_Span]:
    source = Source(text, reference.language)
    found = (source.locate(wording) for wording in wordings(reference))
    return [_Span(place.start, place.end) for place in found if place]


def _quoted(brief: Brief | None) -> Iterator[Quoted]:
    if brief is None:
        return
    yield from (actor.name_in_source for actor in brief.actors)
    yield from (aim.wording_in_source for aim in brief.aims)


def _levels(length: int, spans: Iterable[_Span]) -> bytearray:
    inside = bytearray(length)
    for start, end in spans:
        inside[start:end] = b"\1" * (end - start)
    return inside


def _cut(text: str, labelled: bytearray, said: bytearray) -> Iterator[Piece]:
    marks = {(0, 0): "", (1, 1): "hit", (1, 0): "missed", (0, 1): "false"}
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or (labelled[at], said[at]) != (labelled[start], said[start]):
            yield Piece(text[start:at], marks[labelled[start], said[start]])
            start = at
