"""What the steps of merging hand to each other: items of briefs grouped by what they are about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from ..models.brief import Actor, Aim, Brief, ContextItem, Event, Span, Statement
from ..models.document import Layout, Sentence
from ..models.dossier import Citation

Item = Actor | Event | Aim | ContextItem | Statement


class Ref(NamedTuple):
    """An item of a brief: id of its document, id of the item (A1, E2, G1, C1, bottom_line, 'summary 2')."""

    document: str
    item: str


@dataclass(frozen=True)
class Report:
    """A brief, with the sentences of its report as far as they are known.

    Args:
        brief: of the report.
        text: of the report; None when only the brief was given.
        sentences: numbered, offsets into `text`; empty without a text.
        layout: its pages or paragraphs, if it has them.
    """

    brief: Brief
    text: str | None = None
    sentences: tuple[Sentence, ...] = ()
    layout: Layout | None = None

    @property
    def id(self) -> str:
        """Id of the document."""
        return self.brief.document.id

    @cached_property
    def known(self) -> Mapping[int, str]:
        """Sentences by number: all of them, or those that the brief cites."""
        if self.text is not None:
            return {s.number: self.text[s.start : s.end] for s in self.sentences}
        return {span.sentence: span.text for span in self.cited_spans}

    @cached_property
    def cited_spans(self) -> tuple[Span, ...]:
        """The sentences that the brief cites, each once, in order."""
        items = (*self.items.values(), *self.brief.origins, *self.brief.caveats)
        return tuple(sorted({span for item in items for span in item.evidence}, key=lambda span: span.sentence))

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Actors, events, aims, context and statements by their ids."""
        brief = self.brief
        found: dict[str, Item] = {"bottom_line": brief.bottom_line}
        found |= {f"summary {number}": statement for number, statement in enumerate(brief.summary, 1)}
        for group in (brief.actors, brief.all_events, brief.aims, brief.context):
            found |= {item.id: item for item in group}
        return found


@dataclass(frozen=True, slots=True)
class Group:
    """Items that are taken for the same, in the order of their reports.

    Args:
        refs: at most one item a report, except for statements.
        why: reasons, in English.
        may_be: positions (among the groups of its kind) of those that it may be the same as, left open.
    """

    refs: tuple[Ref, ...]
    why: tuple[str, ...] = ()
    may_be: tuple[int, ...] = ()


@dataclass(frozen=True)
class Linked:
    """The reports of one story with their items grouped; order and groups do not depend on the order of input.

    Args:
        reports: in canonical order.
        actors, events, aims, context, statements: every item of every report is in exactly one group of its kind.
    """

    reports: tuple[Report, ...]
    actors: tuple[Group, ...] = ()
    events: tuple[Group, ...] = ()
    aims: tuple[Group, ...] = ()
    context: tuple[Group, ...] = ()
    statements: tuple[Group, ...] = ()
    _by_id: dict[str, Report] = field(default_factory=dict, repr=False, compare=False)
    _citations: dict[Ref, Citation] = field(default_factory=dict, repr=False, compare=False)

    def report(self, document: str) -> Report:
        """The report with this id."""
        if not self._by_id:
            self._by_id.update({report.id: report for report in self.reports})
        return self._by_id[document]

    def item(self, ref: Ref) -> Item:
        """The item that a reference means."""
        return self.report(ref.document).items[ref.item]

    def citation(self, ref: Ref) -> Citation:
        """An item of a report with its evidence; many merged values cite one item."""
        if ref not in self._citations:
            self._citations[ref] = Citation(document=ref.document, item=ref.item, spans=self.item(ref).evidence)
        return self._citations[ref]

    @cached_property
    def actor_of(self) -> Mapping[Ref, int]:
        """Position of the group of each actor."""
        return {ref: number for number, group in enumerate(self.actors) for ref in group.refs}

    def named(self) -> Iterator[tuple[str, Group]]:
        """Every group with the id of its merged item: A1, E1, G1, C1, S1, ..."""
        kinds = (("A", self.actors), ("E", self.events), ("G", self.aims), ("C", self.context), ("S", self.statements))
        for letter, groups in kinds:
            for number, group in enumerate(groups, 1):
                yield f"{letter}{number}", group


def canonical_key(brief: Brief) -> tuple[str, str, str]:
    """Where a report stands among others: date of publication (unknown last), then id, then hash of its text."""
    info = brief.document
    return info.published or "~", info.id, info.sha256


def in_order(reports: Iterable[Report]) -> tuple[Report, ...]:
    """Reports in canonical order."""
    return tuple(sorted(reports, key=lambda report: canonical_key(report.brief)))
