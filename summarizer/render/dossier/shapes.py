"""The parts of a view of a dossier. All text in them is clean (`cleaning.clean`)."""

from __future__ import annotations

from dataclasses import dataclass

from ..runs import Row, Run
from .passages import Passage, Ref


@dataclass(frozen=True, slots=True)
class Support:
    """What something rests on.

    Args:
        refs: the reports that have it, and the sentences.
        words: numbers of the wordings that it quotes.
        origins: how many independent origins stand behind it.
        credibility: grade, 1 to 6; None for what is not graded.
        discrepancies: labels of the discrepancies that touch it.
        supported: whether it passed the checks of grounding in at least one report.
    """

    refs: tuple[Ref, ...] = ()
    words: tuple[int, ...] = ()
    origins: int = 0
    credibility: int | None = None
    discrepancies: tuple[str, ...] = ()
    supported: bool = True


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a story says.

    Args:
        id: such as E1; empty for sentences of the account.
        runs: its text.
        support: what it rests on.
        rows: its details.
    """

    id: str
    runs: tuple[Run, ...]
    support: Support
    rows: tuple[Row, ...] = ()

    @property
    def text(self) -> str:
        """Its text without styles."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report.

    Args:
        label: R1, R2, ... in the order of the story.
        about: its facts: id, date, outlet, language, size.
        headline: of its brief.
        origins: what it rests on.
        passages: its cited sentences.
    """

    label: str
    id: str
    language: str
    about: tuple[Run, ...]
    headline: str
    origins: tuple[str, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """What one report says: the very words, where they were asked for, and the sentences that hold them."""

    report: str
    language: str
    words: tuple[tuple[Run, ...], ...]
    passages: tuple[Passage, ...]
    marked: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReadingView:
    """One of the readings of a discrepancy."""

    value: str
    support: Support
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class DiscrepancyView:
    """Readings that differ.

    Args:
        label: its id, such as D1.
        kind: in words.
        attribute: what the readings are about, in words.
        found_by: in words.
        items: names of the merged items that it touches.
        symbol: of its kind.
    """

    label: str
    about: str
    attribute: str
    kind: str
    symbol: str
    found_by: str
    note: str | None
    readings: tuple[ReadingView, ...]
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """An entry of the timeline.

    Args:
        date: EDTF, or None.
        when: the date in words.
        disputed: whether the reports differ on it.
    """

    date: str | None
    when: str
    entry: Entry
    disputed: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """What one report does about one claim.

    Args:
        says: "has it", "other version" or "silent".
        support: its sentences.
        value: what its version is, if it is another.
        discrepancy: label of the discrepancy it is a version in.
    """

    says: str
    support: Support
    value: str = ""
    discrepancy: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A claim with a cell for each report."""

    entry: Entry
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of the matrix that belong together."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """An actor as a node of the picture: its id, name and kind."""

    id: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Tie:
    """Two actors and the titles of the events in which both take part."""

    first: str
    second: str
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoryView:
    """A story, ready to be typeset."""

    headline: Entry
    bottom_line: Entry
    summary: tuple[Entry, ...]
    reports: tuple[ReportView, ...]
    discrepancies: tuple[DiscrepancyView, ...]
    timeline: tuple[Step, ...]
    events: tuple[Entry, ...]
    actors: tuple[Entry, ...]
    aims: tuple[Entry, ...]
    background: tuple[Entry, ...]
    statements: tuple[Entry, ...]
    origins: tuple[Entry, ...]
    matrix: tuple[Block, ...]
    people: tuple[Person, ...]
    ties: tuple[Tie, ...]
    languages: tuple[str, ...]
    checks: tuple[tuple[str, tuple[str, ...]], ...]
    counts: str
    provenance: str

    @property
    def names(self) -> dict[str, str]:
        """Names of the people by their ids."""
        return {person.id: person.name for person in self.people}


@dataclass(frozen=True, slots=True)
class DossierView:
    """A dossier, ready to be typeset.

    Args:
        title: what it holds, in a line.
        stories: in the order of the dossier.
        left_out: titles and lines of what is in no story; none is empty.
    """

    title: str
    stories: tuple[StoryView, ...]
    left_out: tuple[tuple[str, tuple[str, ...]], ...]
