"""The sentences that a story cites, each once and numbered, and references to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from ...models.brief import Span
from ...models.dossier import Citation, Merged, Story
from ..cleaning import clean
from .words import direction, tag


class Piece(NamedTuple):
    """A piece of a passage and the numbers of the wordings that it belongs to."""

    text: str
    words: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A cited sentence of a report.

    Args:
        number: among the passages of its story, from 1.
        report: label of its report, such as R1.
        sentence: its number in the report.
        pieces: its text, cut where a cited wording begins or ends.
        language: its tag (BCP 47).
    """

    number: int
    report: str
    sentence: int
    pieces: tuple[Piece, ...]
    language: str

    @property
    def text(self) -> str:
        """The whole sentence."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def direction(self) -> str:
        """Of its text, "rtl" or "ltr"."""
        return direction(self.text)


@dataclass(frozen=True, slots=True)
class Ref:
    """What a claim cites in one report.

    Args:
        report: the report's label.
        passages: the sentences, in their order; empty when none are known.
    """

    report: str
    passages: tuple[Passage, ...]


class _Place(NamedTuple):
    document: str
    start: int
    end: int


class Passages:
    """All passages of a story.

    Args:
        story: whose citations are collected.
        labels: the labels of its reports by their ids.
    """

    def __init__(self, story: Story, labels: Mapping[str, str]):
        self._labels = labels
        self._languages = {report.document.id: tag(report.document.language) for report in story.reports}
        cited = list(_citations(story))
        self._words = {place: number for number, place in enumerate(_wordings(cited), 1)}
        self._words_of: dict[str, list[_Place]] = defaultdict(list)
        for place in self._words:
            self._words_of[place.document].append(place)
        spans = {_Place(c.document, span.start, span.end): span for c in cited for span in c.spans}
        order = {document: number for number, document in enumerate(labels)}
        known = sorted((place for place in spans if place.document in order), key=lambda p: (order[p[0]], p[1:]))
        self._passages = {place: self._passage(n, place, spans[place]) for n, place in enumerate(known, 1)}

    @property
    def all(self) -> tuple[Passage, ...]:
        """By report, in the order of the text."""
        return tuple(self._passages.values())

    def language(self, document: str) -> str:
        """The tag of a report's language."""
        return self._languages.get(document, "und")

    def refs(self, citations: Iterable[Citation], documents: Iterable[str] = ()) -> tuple[Ref, ...]:
        """What these citations cite, a reference a report, in the order of the reports.

        Args:
            citations: where reports say something.
            documents: reports to be named though no sentence of theirs is cited.
        """
        places: dict[str, set[_Place]] = {document: set() for document in documents}
        for citation in citations:
            found = {_Place(citation.document, span.start, span.end) for span in citation.spans}
            places.setdefault(citation.document, set()).update(found)
        return tuple(
            Ref(label, tuple(self._passages[place] for place in sorted(places[document])))
            for document, label in self._labels.items()
            if document in places
        )

    def words(self, citations: Iterable[Citation]) -> tuple[int, ...]:
        """Numbers of the wordings that these citations quote."""
        return tuple(sorted(self._words[place] for place in _wordings(citations)))

    def _passage(self, number: int, place: _Place, span: Span) -> Passage:
        inside = [word for word in self._words_of[place.document] if word.start < place.end and place.start < word.end]
        edges = {place.start, place.end}
        edges |= {edge for word in inside for edge in word[1:] if place.start < edge < place.end}
        cuts = sorted(edges)
        pieces = (
            Piece(
                _tidy(span.text[start - place.start : end - place.start]),
                tuple(self._words[word] for word in inside if word.start <= start and end <= word.end),
            )
            for start, end in pairwise(cuts)
        )
        kept = tuple(piece for piece in pieces if piece.text) or (Piece("(empty)", ()),)
        return Passage(number, self._labels[place.document], span.sentence, kept, self.language(place.document))


def _citations(story: Story) -> Iterable[Citation]:
    for line in (story.headline, story.bottom_line, *story.summary, *story.timeline):
        yield from line.reports
    groups: tuple[tuple[Merged, ...], ...] = (
        story.actors, story.events, story.aims, story.context, story.statements,
    )  # fmt: skip
    for group in groups:
        for merged in group:
            yield from merged.reports
    for discrepancy in story.discrepancies:
        for reading in discrepancy.readings:
            yield from reading.evidence


def _wordings(citations: Iterable[Citation]) -> dict[_Place, None]:
    return {
        _Place(citation.document, words.start, words.end): None
        for citation in citations
        for words in citation.wordings
        if words.start is not None and words.end is not None and words.start < words.end
    }


def _tidy(piece: str) -> str:
    """A piece cleaned, with the spaces at its ends that keep it apart from its neighbours."""
    return clean(f"|{piece}|")[1:-1]
