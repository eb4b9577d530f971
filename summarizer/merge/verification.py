"""From what a language model takes for discrepancies to discrepancies whose every reading is proven by words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..grounding.align import Located, Source
from ..grounding.figures import figures
from ..grounding.held import SourceFigures
from ..grounding.numerals import Passage
from ..models.brief import Quoted, Span, span_in
from ..models.comparison import Comparison, Difference, FoundDiscrepancy, FoundReading, FoundWording
from ..models.dates import bounds
from ..models.dossier import Citation, Discrepancy, DiscrepancyKind, FoundBy, Reading
from ..text.folding import fold
from .linked import Report
from .values import equal

_AT = re.compile(r"\[?R(\d{1,6})\.(\d{1,6})\]?")


@dataclass(frozen=True, slots=True)
class Verified:
    """Discrepancies that words prove, and for each of the others what is wrong with it."""

    discrepancies: tuple[Discrepancy, ...]
    refused: tuple[str, ...]


def label(number: int) -> str:
    """How a report is called in a request: R1, R2, ... in the order of the story."""
    return f"R{number}"


def verify(found: Comparison, reports: Sequence[Report]) -> Verified:
    """Keep what the reports carry.

    A reading keeps the reports in whose sentences its words stand and all numbers and dates of its value are found. A
    discrepancy needs two readings. Those that the model itself dismissed are neither kept nor refused.

    Args:
        found: a reply.
        reports: of the story, in the order in which the request numbered them.
    """
    proof = _Proof(reports)
    kept: list[Discrepancy] = []
    refused: list[str] = []
    for each in found.discrepancies:
        if each.kind is Difference.NONE:
            continue
        faults: list[str] = []
        readings = _distinct([r for reading in each.readings if (r := proof.reading(reading, faults))])
        if len(readings) >= 2:
            kept.append(_discrepancy(each, readings))
        else:
            refused.append(f"{each.about}: {'; '.join(faults) or 'there is only one reading'}")
    return Verified(tuple(kept), tuple(refused))


def _discrepancy(found: FoundDiscrepancy, readings: Sequence[Reading]) -> Discrepancy:
    return Discrepancy(
        id="", about=found.about, attribute=found.attribute, kind=DiscrepancyKind(found.kind.value),
        readings=tuple(readings), note=found.why or None, items=(), found_by=FoundBy.ENGINE,
    )  # fmt: skip


def _distinct(readings: Sequence[Reading]) -> list[Reading]:
    """Readings of the same value put together, however its numbers and dates are written."""
    found: list[Reading] = []
    for reading in readings:
        place = next((n for n, known in enumerate(found) if equal(known.value, reading.value)), None)
        if place is None:
            found.append(reading)
            continue
        known = found[place]
        evidence = (*known.evidence, *(c for c in reading.evidence if c not in known.evidence))
        documents = tuple(dict.fromkeys(c.document for c in evidence))
        found[place] = known.model_copy(update={"evidence": evidence, "documents": documents})
    return found


class _Proof:
    """Looks up words and figures in the reports of one story."""

    def __init__(self, reports: Sequence[Report]):
        self._reports = reports

    def reading(self, found: FoundReading, faults: list[str]) -> Reading | None:
        """A reading with the reports that carry it; None, and faults, when none does."""
        citations: dict[str, Citation] = {}
        for wording in found.wordings:
            citation = self._citation(found.value, wording, faults)
            if citation is None:
                continue
            known = citations.get(citation.document)
            citations[citation.document] = _joined(known, citation) if known else citation
        if not citations:
            return None
        return Reading(value=found.value, documents=tuple(citations), evidence=tuple(citations.values()))

    def _citation(self, value: str, wording: FoundWording, faults: list[str]) -> Citation | None:
        at = _AT.fullmatch(wording.at.strip())
        report = self._reports[int(at[1]) - 1] if at and 1 <= int(at[1]) <= len(self._reports) else None
        if at is None or report is None or int(at[2]) not in report.known:
            faults.append(f"there is no sentence {wording.at}")
            return None
        held = self._held(report, int(at[2]), wording.wording)
        if held is None:
            faults.append(f"“{wording.wording}” does not stand in {wording.at}")
            return None
        number, placed = held
        missing = self._missing(value, report, {int(at[2]), number})
        if missing:
            faults.append(f"“{missing}” is not in {wording.at}")
            return None
        span = span_of(report, number)
        quoted = Quoted(
            text=span.text[placed.start : placed.end], start=span.start + placed.start, end=span.start + placed.end,
            match=placed.match,
        )  # fmt: skip
        return Citation(document=report.id, item=None, spans=(span,), wordings=(quoted,))

    def _held(self, report: Report, cited: int, wording: str) -> tuple[int, Located] | None:
        """Where the wording stands: in the sentence cited, or else the first other one that has it to the letter."""
        language = report.brief.document.language
        sought = fold(wording)
        for number in (cited, *(n for n in report.known if n != cited)):
            if number != cited and (not sought or sought not in fold(report.known[number])):
                continue
            placed = Source(report.known[number], language).locate(wording)
            if placed:
                return number, placed
        return None

    def _missing(self, value: str, report: Report, numbers: set[int]) -> str | None:
        """A number or date of the value that none of these sentences holds, nor an event dated from one of them."""
        info = report.brief.document
        passages = [Passage(text, fold(text)) for n in sorted(numbers) if (text := report.known[n])]
        published = bounds(info.published) if info.published else None
        held = SourceFigures(passages, info.language)
        dates = [published] if published else []
        dates += [
            days
            for event in report.brief.all_events
            if event.date
            and not numbers.isdisjoint(s.sentence for s in event.evidence)
            and (days := bounds(event.date))
        ]
        return next((figure.text for figure in figures(value) if not held.holds(figure, dates)), None)


def span_of(report: Report, number: int) -> Span:
    """The span of a known sentence of a report."""
    for sentence in report.sentences:
        if sentence.number == number:
            assert report.text is not None
            return span_in(report.text, sentence, report.layout)
    return next(span for span in report.cited_spans if span.sentence == number)


def _joined(one: Citation, other: Citation) -> Citation:
    spans = (*one.spans, *(span for span in other.spans if span not in one.spans))
    return one.model_copy(update={"spans": spans, "wordings": (*one.wordings, *other.wordings)})
