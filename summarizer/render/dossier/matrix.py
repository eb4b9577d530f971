"""Which report has which claim: the matrix of a story."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ...models.dossier import Citation, Discrepancy, DiscrepancyKind, Merged, Reading, Story
from ..cleaning import clean
from .passages import Passages
from .shapes import Block, Cell, Entry, Line, Support
from .words import value_in_words

HAS_IT, OTHER, SILENT = "has it", "other version", "silent"


class Matrix:
    """Makes the matrix of one story.

    Args:
        story: of which.
        passages: the sentences it cites.
        labels: R1, R2, ... by ids of reports: the columns.
    """

    def __init__(self, story: Story, passages: Passages, labels: Mapping[str, str]):
        self._passages, self._labels = passages, labels
        self._discrepancies = {one.id: one for one in story.discrepancies}

    def block(self, title: str, items: Sequence[Merged], entries: Sequence[Entry]) -> Block:
        """A line for each of these items, which are shown by these entries."""
        pairs = zip(items, entries, strict=True)
        return Block(title, tuple(Line(entry, tuple(self._cells(item))) for item, entry in pairs))

    def _cells(self, item: Merged) -> Iterator[Cell]:
        touching = [self._discrepancies[key] for key in item.discrepancies if key in self._discrepancies]
        having = {citation.document for citation in item.reports}
        for document in self._labels:
            citations = tuple(citation for citation in item.reports if citation.document == document)
            other = next(_other_versions(touching, document, having), None)
            if other is not None:
                one, reading = other
                proof = tuple(citation for citation in reading.evidence if citation.document == document)
                cell = Cell(OTHER, self._support(citations + proof), value_in_words(one.attribute, reading.value))
                yield replace(cell, discrepancy=clean(one.id))
            elif citations:
                yield Cell(HAS_IT, self._support(citations))
            else:
                yield Cell(SILENT, Support())

    def _support(self, citations: Sequence[Citation]) -> Support:
        return Support(self._passages.refs(citations), self._passages.words(citations))


def split(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The lines on which several reports have something to say, and those that one report tells alone."""
    several = (Block(block.title, tuple(line for line in block.lines if _voices(line) > 1)) for block in blocks)
    alone = (Block(block.title, tuple(line for line in block.lines if _voices(line) < 2)) for block in blocks)
    return tuple(block for block in several if block.lines), tuple(block for block in alone if block.lines)


def _voices(line: Line) -> int:
    return sum(cell.says != SILENT for cell in line.cells)


def _other_versions(
    touching: Sequence[Discrepancy], document: str, having: set[str]
) -> Iterator[tuple[Discrepancy, Reading]]:
    """Readings of this report that are not the usual one: what most reports of the item say, else most reports."""
    for one in touching:
        if one.kind != DiscrepancyKind.OMISSION:
            said = [(len(having.intersection(r.documents)), len(r.documents)) for r in one.readings]
            usual = one.readings[said.index(max(said))] if said else None
            for reading in one.readings:
                if reading is not usual and document in reading.documents:
                    yield one, reading
