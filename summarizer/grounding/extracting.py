"""From a user's model as it was filled to a checked one: wordings and evidence found in the document, the rest named.

Validation resolves each wording and each sentence number by itself (`models.extraction`). What takes the whole model is
done here: a wording is best found in the sentences that are cited beside it, and so are the numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, RootModel

from ..models import brief as b
from ..models.dates import bounds
from ..models.document import Document, Sentence
from ..models.extraction import EXTRACTION_VERSION, Evidence, Extraction, ExtractionChecks, Quoted
from ..models.records import changed, fields_of, is_record
from .align import Located, Source, whole
from .figures import Figure, figures
from .held import Interval, SourceFigures
from .numerals import Passage

M = TypeVar("M", bound=BaseModel)
Path = tuple[str, ...]


class Lookup:
    """A document in which wordings and sentences are looked up, each once (`models.extraction.Places`).

    Args:
        document: what was read.
        sentences: its numbered sentences, as the engine saw them.
    """

    def __init__(self, document: Document, sentences: Sequence[Sentence]):
        self.document = document
        self.sentences = sentences
        self._source = Source(document.text, document.language)
        self._found: dict[str, Located | None] = {}
        self._sentences: dict[int, Source] = {}
        self._passages: dict[int, Passage] = {}

    def quoted(self, wording: str) -> b.Quoted:
        """The wording with its best place, or without one."""
        if wording not in self._found:
            self._found[wording] = self._source.locate(wording)
        place = self._found[wording]
        if place is None:
            return b.Quoted(text=wording, start=None, end=None, match=b.Match.UNSUPPORTED)
        return self._at(place)

    def nearer(self, wording: Quoted, spans: Sequence[b.Span]) -> Quoted:
        """A wording that was found, moved into one of these sentences when it stands there too."""
        if wording.start is None or wording.end is None or _within(wording.start, wording.end, spans):
            return wording
        for span in spans:
            sentence = self._sentences.setdefault(span.sentence, Source(span.text, self.document.language))
            place = sentence.locate(wording.text)
            if place and place.match is not b.Match.FUZZY:
                match = place.match if wording.match is b.Match.EXACT else wording.match
                moved = self._at(Located(span.start + place.start, span.start + place.end, match))
                return wording.model_copy(update=dict(moved))
        return wording

    def span(self, number: int) -> b.Span:
        """The sentence with this number.

        Raises:
            ValueError: there is none.
        """
        if not 1 <= number <= len(self.sentences):
            raise ValueError(f"there is no sentence {number}, the document has sentences 1 to {len(self.sentences)}")
        return b.span_in(self.document.text, self.sentences[number - 1], self.document.layout)

    def sentence_at(self, position: int) -> int | None:
        """Number of the sentence in which a position lies."""
        return next((s.number for s in self.sentences if s.start <= position < s.end), None)

    def passages(self, spans: Iterable[b.Span]) -> list[Passage]:
        """Sentences for looking up numbers in them."""
        return [self._passages.setdefault(s.sentence, Passage.of(s.text)) for s in spans]

    def _at(self, place: Located) -> b.Quoted:
        text = self.document.text[place.start : place.end]
        return b.Quoted(text=text, start=place.start, end=place.end, match=place.match)


@dataclass(frozen=True, slots=True)
class Checked(Generic[M]):
    """A filled model with every place that the document has for it, and how its checks ended."""

    data: M
    checks: ExtractionChecks


def check(data: M, lookup: Lookup) -> Checked[M]:
    """Check a filled model against its document.

    Args:
        data: a model validated in the context of the document.
        lookup: the document.
    """
    pass_ = _Pass(lookup)
    checked: M = pass_.value(data, (), _Cited(()))
    return Checked(checked, pass_.checks())


def document_info(document: Document, sentences: Sequence[Sentence]) -> b.DocumentInfo:
    """What is told of a document without its text."""
    counted = {"characters": len(document.text), "sentences": len(sentences)}
    same = b.DocumentInfo.model_fields.keys() - counted.keys()
    return b.DocumentInfo(**{name: getattr(document, name) for name in same}, **counted)


def extraction(checked: Checked[M], document: b.DocumentInfo, provenance: b.Provenance) -> Extraction[M]:
    """The result for one document, of a type that knows the user's model, so that it can be written and read."""
    data: M = checked.data
    kind: Any = Extraction.__class_getitem__(type(data))
    provenance = provenance.model_copy(update={"schema_version": EXTRACTION_VERSION})
    found: Extraction[M] = kind(
        schema_name=type(data).__name__, document=document, data=data, checks=checked.checks, provenance=provenance
    )
    return found


@dataclass(slots=True)
class _Cited:
    """The evidence of one record, and the figures of its sentences, read on first need."""

    evidence: tuple[Evidence, ...]
    held: SourceFigures | None = None

    @property
    def spans(self) -> tuple[b.Span, ...]:
        return tuple(span for evidence in self.evidence for span in evidence)


@dataclass(slots=True)
class _Pass:
    """One walk through a filled model."""

    lookup: Lookup
    quotes: Counter[b.Match] = field(default_factory=Counter)
    problems: list[b.Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    supported: int = 0
    published: tuple[Interval, ...] = ()

    def __post_init__(self) -> None:
        published = self.lookup.document.published
        interval = bounds(published) if published else None
        self.published = (interval,) if interval else ()
        self.warnings += self.lookup.document.warnings

    def checks(self) -> ExtractionChecks:
        return ExtractionChecks(
            supported=self.supported,
            unsupported=len(self.problems),
            quotes={match: self.quotes[match] for match in b.Match},
            problems=tuple(self.problems),
            warnings=tuple(dict.fromkeys(self.warnings)),
        )

    def record(self, record: Any, path: Path) -> Any:
        """A record with its values checked, but for defaults that nobody gave; the same one when nothing was moved."""
        given = [each for each in fields_of(record) if each.is_set]
        cited = _Cited(tuple(_evidence_in(each.value for each in given)))
        new = {each.name: self.value(each.value, (*path, each.known_as), cited) for each in given}
        moved = {each.name: new[each.name] for each in given if new[each.name] is not each.value}
        return changed(record, moved) if moved else record

    def value(self, value: Any, path: Path, cited: _Cited) -> Any:
        """A value of a record, checked; the same one when nothing was moved."""
        if isinstance(value, Quoted):
            return self._quoted(value, path, cited)
        if isinstance(value, Evidence):
            self._evidence(value, path)
        elif is_record(value):
            return self.record(value, path)
        elif isinstance(value, RootModel):
            root = self.value(value.root, path, cited)
            return value if root is value.root else changed(value, {"root": root})
        elif isinstance(value, Mapping):
            items = {key: self.value(each, (*path, str(key)), cited) for key, each in value.items()}
            return items if any(items[key] is not each for key, each in value.items()) else value
        elif isinstance(value, (list, tuple, set, frozenset)):
            return self._collection(value, path, cited)
        elif cited.evidence:
            self._number(value, path, cited)
        return value

    def _collection(self, value: Any, path: Path, cited: _Cited) -> Any:
        new = [self.value(each, (*path, str(number)), cited) for number, each in enumerate(value)]
        if all(one is other for one, other in zip(new, value, strict=True)):
            return value
        return value._make(new) if hasattr(value, "_make") else type(value)(new)

    def _quoted(self, wording: Quoted, path: Path, cited: _Cited) -> Quoted:
        spans = cited.spans
        wording = self.lookup.nearer(wording, spans) if spans else wording
        self.quotes[wording.match] += 1
        if wording.start is None or wording.end is None:
            said = f"the wording “{wording.text}” does not stand in the document" if wording.text else "it is empty"
            self._problem(path, said)
            return wording
        self.supported += 1
        if spans and not _within(wording.start, wording.end, spans):
            there = self.lookup.sentence_at(wording.start)
            self.warnings.append(f"{_named(path)}: it stands in sentence {there}, not in those cited")
        return wording

    def _evidence(self, evidence: Evidence, path: Path) -> None:
        if len(evidence):
            self.supported += 1
        else:
            self._problem(path, "it cites no sentence")

    def _number(self, value: Any, path: Path, cited: _Cited) -> None:
        """Warn of each number and date in a value that no sentence cited beside it holds."""
        for figure in _figures_in(value):
            if cited.held is None:
                cited.held = SourceFigures(self.lookup.passages(cited.spans), self.lookup.document.language)
            if cited.held.holds(figure, self.published) or any(_holds(s, figure) for s in cited.held.sentences):
                continue
            self.warnings.append(f"{_named(path)}: “{figure.text}” is not in the sentences cited")

    def _problem(self, path: Path, message: str) -> None:
        self.problems.append(b.Problem(item=_named(path), message=message))


def _evidence_in(values: Iterable[Any]) -> Iterator[Evidence]:
    """The evidence of a record, also in its lists, but not that of records in it."""
    for value in values:
        if isinstance(value, Evidence):
            yield value
        elif isinstance(value, Mapping):
            yield from _evidence_in(value.values())
        elif isinstance(value, (list, tuple)):
            yield from _evidence_in(value)


def _figures_in(value: Any) -> list[Figure]:
    if type(value) is str:
        return figures(value)
    if isinstance(value, (bool, Enum)) or not isinstance(value, (int, float, Decimal)):
        return []
    number = abs(Decimal(str(value)))
    return [Figure(str(value), value=number)] if number.is_finite() and number > 1 else []


def _holds(passage: Passage, figure: Figure) -> bool:
    """Whether a figure stands there as it is written, as in a text in the document's own language: 1.250,00."""
    at = passage.text.find(figure.text)
    return at >= 0 and whole(passage.text, at, at + len(figure.text))


def _within(start: int, end: int, spans: Sequence[b.Span]) -> bool:
    """Whether a wording begins in one of these sentences and ends in one."""
    return all(any(s.start <= at < s.end for s in spans) for at in (start, end - 1))


def _named(path: Path) -> str:
    return ".".join(path) or "the whole"
