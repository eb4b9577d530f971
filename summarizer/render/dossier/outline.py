"""A story as sections of items, as Markdown and the terminal typeset it: most important first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..runs import Item, Row, Run, Section, Style, joined, plain
from ..words import counted
from .passages import Ref
from .shapes import DiscrepancyView, Entry, ReadingView, ReportView, Step, StoryView, Support
from .words import credibility_in_words

NOTICE = (
    "R1:3 is sentence 3 of report R1. Origins are those from whom the reports have it; "
    "credibility is graded on the NATO scale, 1 confirmed to 5 improbable, 6 cannot be judged."
)
"""How to read references."""


def headline(story: StoryView) -> Item:
    """The headline with what it rests on."""
    return _item(story.headline, strong=True)


def outline(story: StoryView) -> tuple[Section, ...]:
    """All sections that have items, in the order of reading; the last are the sentences of each report."""
    sections = (
        Section("Bottom line", (_item(story.bottom_line),)),
        Section("Summary", _items(story.summary)),
        Section("Reports", tuple(map(_report, story.reports))),
        Section("Where the reports differ", tuple(map(_discrepancy, story.discrepancies))),
        Section("Timeline", tuple(map(_step, story.timeline))),
        Section("Events", _items(story.events)),
        Section("Who takes part", _items(story.actors)),
        Section("What they want", _items(story.aims)),
        Section("Background", _items(story.background)),
        Section("What else the reports say", _items(story.statements)),
        Section("Where the reports have it from", _items(story.origins)),
        Section("Original sentences", tuple(_evidence(story.reports))),
        Section("Checks", tuple(_checks(story))),
        Section("Provenance", (Item((plain(story.provenance),)),)),
    )
    return tuple(section for section in sections if section.items)


def _items(entries: Iterable[Entry]) -> tuple[Item, ...]:
    return tuple(map(_item, entries))


def _item(entry: Entry, strong: bool = False) -> Item:
    runs = tuple(Run(run.text, Style.STRONG) for run in entry.runs) if strong else entry.runs
    rests = support_in_words(entry.support)
    tail = (Run(" "), Run(rests, Style.FAINT)) if rests else ()
    return Item((*runs, *tail), mark=mark(entry.support), rows=entry.rows)


def support_in_words(support: Support) -> str:
    """What something rests on: "[R1:2,3; R4:1] 2 origins, probably true (2)"."""
    parts = []
    if support.origins:
        parts.append(counted(support.origins, "origin"))
    if support.credibility is not None:
        parts.append(credibility_in_words(support.credibility))
    return f"{_refs(support.refs)} {', '.join(parts)}".strip()


def mark(support: Support) -> str | None:
    """A warning in words: that no report's text carries it, or that sources say otherwise."""
    parts = [] if support.supported else ["unsupported"]
    if support.discrepancies:
        parts.append(f"sources differ: {', '.join(support.discrepancies)}")
    return "; ".join(parts) or None


def _refs(refs: Sequence[Ref]) -> str:
    shown = []
    for ref in refs:
        numbers = ",".join(str(number) for number in dict.fromkeys(passage.sentence for passage in ref.passages))
        shown.append(f"{ref.report}:{numbers}" if numbers else ref.report)
    return f"[{'; '.join(shown)}]" if shown else ""


def _report(report: ReportView) -> Item:
    origins = (Row("Rests on", (plain("; ".join(report.origins)),)),) if report.origins else ()
    runs = (Run(report.label, Style.STRONG), Run(" "), *report.about)
    return Item(runs, rows=(Row("Headline", (plain(report.headline),)), *origins))


def _discrepancy(one: DiscrepancyView) -> Item:
    kind = f", {one.attribute}: {one.kind} ({one.found_by})"
    rows = [row for number, reading in enumerate(one.readings, 1) for row in _reading(number, reading)]
    touched = (Row("Touches", (plain("; ".join(one.items)),)),) if one.items else ()
    note = (Row("Note", (plain(one.note),)),) if one.note else ()
    return Item((Run(f"{one.label} {one.about}", Style.STRONG), Run(kind, Style.FAINT)), rows=(*rows, *note, *touched))


def _reading(number: int, reading: ReadingView) -> Iterator[Row]:
    """The reading, and under it what each report says in its own words."""
    refs = _refs(reading.support.refs)
    tail = (Run(" "), Run(refs, Style.FAINT)) if refs else ()
    yield Row(f"Version {number}", (Run(reading.value, Style.STRONG), *tail))
    for said in reading.quotations:
        sentences = [(Run("“"), Run(passage.text, Style.SOURCE), Run("”")) for passage in said.passages]
        texts = said.words or sentences
        yield Row(f"{said.report} {said.language}", joined(texts, " … ") or (Run("no sentence known"),))


def _step(step: Step) -> Item:
    disputed = ["the date or the event is disputed"] if step.disputed and not step.entry.support.discrepancies else []
    item = _item(step.entry)
    marks = [*disputed, *([item.mark] if item.mark else [])]
    return Item((Run(f"{step.when}:", Style.STRONG), Run(" "), *item.runs), mark="; ".join(marks) or None)


def _evidence(reports: Iterable[ReportView]) -> Iterator[Item]:
    for report in reports:
        rows = tuple(Row(f"{p.report}:{p.sentence}", (Run(p.text, Style.SOURCE),)) for p in report.passages)
        if rows:
            yield Item((Run(f"{report.label} {report.id}", Style.STRONG), Run(f", {report.language}")), rows=rows)


def _checks(story: StoryView) -> Iterator[Item]:
    yield Item((plain(story.counts),))
    for title, texts in story.checks:
        yield from (Item((Run(f"{title}:", Style.STRONG), Run(" "), plain(text))) for text in texts)
