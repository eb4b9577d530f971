"""Discrepancies of a dossier against the labelled ones: which are found, which are false, which readings they have.

A discrepancy is a labelled one when at least two of its readings are two different labelled readings: the value holds
the keywords of one (or is the same date) and a document has both. Discrepancies are then paired one to one so that the
readings in common are most; between equal pairings one of the same kind, then a vital label, is preferred.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ..models.countries import country_name, is_country
from ..models.dates import is_edtf
from ..models.dossier import DiscrepancyAttribute, DiscrepancyKind
from .alignment import Pair, best_pairs
from .attributes import is_date
from .dossier_references import ReferenceDiscrepancy, ReferenceReading
from .keywords import accepts
from .references import Salience
from .scores import ItemOutcome, Outcome, Share, Tally

LEAST_READINGS = 2
"""Readings that two discrepancies must have in common to be the same."""

_SAME_KIND, _REQUIRED = 1e-3, 1e-6
_DAY = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?", re.ASCII)
_CONTRADICTION, _GRANULARITY = DiscrepancyKind.CONTRADICTION, DiscrepancyKind.GRANULARITY


class Said(NamedTuple):
    """A reading: what these reports give."""

    value: str
    documents: frozenset[str]


@dataclass(frozen=True)
class Finding:
    """A discrepancy as somebody found it, whether a tool or another annotator.

    Args:
        kind: contradiction or granularity.
        about: what it is about, for reports.
        readings: with the documents named as in the references.
    """

    kind: DiscrepancyKind
    about: str
    readings: tuple[Said, ...]

    @property
    def shown(self) -> str:
        """What it says and where, in one line."""
        return _shown(self.about, self.readings)


class Found(NamedTuple):
    """A finding that is a labelled discrepancy, and its readings (by position) that are labelled ones."""

    finding: Finding
    label: ReferenceDiscrepancy
    readings: tuple[Pair, ...]


@dataclass(frozen=True)
class LaidFindings:
    """The findings about a story laid against its labels."""

    findings: Sequence[Finding]
    labels: Sequence[ReferenceDiscrepancy]

    @cached_property
    def pairs(self) -> tuple[Found, ...]:
        """The findings that are labelled, each with its label."""
        same = [[common_readings(finding, label) for label in self.labels] for finding in self.findings]
        table = [[self._likeness(i, j, len(readings)) for j, readings in enumerate(row)] for i, row in enumerate(same)]
        return tuple(
            Found(self.findings[pair.predicted], self.labels[pair.reference], same[pair.predicted][pair.reference])
            for pair in best_pairs(table)
        )

    def shares(self) -> dict[str, Share]:
        """Every metric of discrepancies."""
        required = [pair for pair in self.pairs if is_required(pair.label)]
        contradictions = sum(finding.kind is _CONTRADICTION for finding in self.findings)
        false = sum(pair.finding.kind is _CONTRADICTION and pair.label.kind is _GRANULARITY for pair in self.pairs)
        readings = [pair for found in required for pair in self._checked(found)]
        return {
            **self._tally(_CONTRADICTION).shares("dossier.discrepancies"),
            "dossier.discrepancies.recall_all": self._recall_all(_CONTRADICTION),
            "dossier.discrepancies.kind": Share(sum(p.finding.kind is p.label.kind for p in required), len(required)),
            "dossier.false_contradictions": Share(false, 1) if self.labels else Share(0, 0),
            "dossier.false_contradictions.share": Share(false, contradictions),
            **self._tally(_GRANULARITY).shares("dossier.granularity"),
            "dossier.granularity.recall_all": self._recall_all(_GRANULARITY),
            "dossier.readings.recall": Share(
                len(readings), sum(len(label.readings) for label in self.labels if is_required(label))
            ),
            "dossier.readings.documents": Share(sum(readings), len(readings)),
        }

    def outcomes(self) -> Iterator[ItemOutcome]:
        """What became of every label, in order, then the findings that have none."""
        of_label = {pair.label.id: pair.finding for pair in self.pairs}
        for label in self.labels:
            finding = of_label.get(label.id)
            wrong = finding is not None and finding.kind is not label.kind
            yield ItemOutcome(
                kind=label.kind.value, outcome=_outcome(label, finding), reference=f"{label.id} {label_shown(label)}",
                predicted=finding and finding.shown,
                note=f"kind: {finding.kind.value}, not {label.kind.value}" if finding and wrong else "",
            )  # fmt: skip
        labelled = [pair.finding for pair in self.pairs]
        for finding in self.findings:
            if not any(finding is other for other in labelled):
                yield ItemOutcome(kind=finding.kind.value, outcome=Outcome.FALSE, predicted=finding.shown)

    def _likeness(self, finding: int, label: int, readings: int) -> float:
        if readings < LEAST_READINGS:
            return 0.0
        same_kind = self.findings[finding].kind is self.labels[label].kind
        return readings + _SAME_KIND * same_kind + _REQUIRED * is_required(self.labels[label])

    def _tally(self, kind: DiscrepancyKind) -> Tally:
        """Matches of a kind; a finding that is an okay label, and an okay label, count on neither side."""
        ours = [pair for pair in self.pairs if pair.finding.kind is kind]
        spared = sum(not is_required(pair.label) for pair in ours)
        return Tally(
            sum(pair.label.kind is kind and is_required(pair.label) for pair in ours),
            sum(finding.kind is kind for finding in self.findings) - spared,
            sum(label.kind is kind and is_required(label) for label in self.labels),
        )

    def _recall_all(self, kind: DiscrepancyKind) -> Share:
        hits = sum(pair.finding.kind is kind and pair.label.kind is kind for pair in self.pairs)
        return Share(hits, sum(label.kind is kind for label in self.labels))

    @staticmethod
    def _checked(found: Found) -> Iterator[bool]:
        """For each labelled reading that is found, whether just the right documents have it."""
        for pair in found.readings:
            theirs = found.label.readings[pair.reference]
            yield found.finding.readings[pair.predicted].documents == frozenset(theirs.documents)


def common_readings(finding: Finding, label: ReferenceDiscrepancy) -> tuple[Pair, ...]:
    """The readings of a finding that are readings of a label, one to one."""
    table = [
        [float(_is_reading(said, reading, label.attribute)) for reading in label.readings] for said in finding.readings
    ]
    return best_pairs(table)


def is_required(label: ReferenceDiscrepancy) -> bool:
    """Whether a dossier must have it."""
    return label.salience is Salience.VITAL


def label_shown(label: ReferenceDiscrepancy) -> str:
    """What a label says and where, in one line."""
    return _shown(label.about, (Said(reading.value, frozenset(reading.documents)) for reading in label.readings))


def in_words(value: str) -> str:
    """A value with what people write for it: dates in English, the name of a country for its code."""
    plain = _DAY.fullmatch(value)
    if plain and is_edtf(value) and 1 <= int(plain[2]) <= 12:
        year, month, day = plain[1], calendar.month_name[int(plain[2])], plain[3]
        if day is None:
            return f"{value}; {month} {year}"
        return f"{value}; {int(day)} {month} {year}; {month} {int(day)}, {year}"
    return f"{value}; {country_name(value)}" if is_country(value) else value


def _is_reading(said: Said, reading: ReferenceReading, attribute: DiscrepancyAttribute) -> bool:
    if said.documents.isdisjoint(reading.documents):
        return False
    if accepts(reading.accept, in_words(said.value)):
        return True
    return attribute is DiscrepancyAttribute.DATE and is_edtf(reading.value) and is_date(said.value, (reading.value,))


def _outcome(label: ReferenceDiscrepancy, finding: Finding | None) -> Outcome:
    if finding and finding.kind is _CONTRADICTION and label.kind is _GRANULARITY:
        return Outcome.FALSE
    if not is_required(label):
        return Outcome.ALLOWED
    return Outcome.HIT if finding and finding.kind is label.kind else Outcome.MISSED


def _shown(about: str, readings: Iterable[Said]) -> str:
    return f"{about}: " + "; ".join(f"{value} ({', '.join(sorted(documents))})" for value, documents in readings)
