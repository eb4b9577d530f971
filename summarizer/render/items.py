"""The items of a brief as a view shows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from ..models.brief import Aim, Brief, Checked, Event, Match, Quoted, Statement
from ..models.countries import country_name
from ..models.draft import ParticipantRole
from .cleaning import clean
from .dates import in_words
from .runs import Item, Row, Run, Section, Style, joined, plain, quoted, strong
from .words import FACTUALITY, ORIGIN_KINDS, ROLES, context_in_words

_Runs = tuple[Run, ...]


class Items:
    """Makes the sections of one brief.

    `names` holds, by the id that checks use, what a reader knows an item by.
    """

    def __init__(self, brief: Brief):
        self._brief = brief
        self._problems: dict[str, list[str]] = defaultdict(list)
        for problem in brief.checks.problems:
            self._problems[problem.item].append(clean(problem.message))
        self._named = {actor.id: self._name(actor.id, actor.name, actor) for actor in brief.actors}
        self._named |= {origin.id: self._name(origin.id, origin.name, origin) for origin in brief.origins}
        self.names = _names(brief)

    def headline(self) -> Item:
        """The headline; it cites the whole report and so has no notes."""
        return Item((strong(self._brief.headline),), mark=self._mark("headline", supported=True))

    def sections(self) -> tuple[Section, ...]:
        """All sections that have items, in the order of reading."""
        brief = self._brief
        events = [self._event(event) for event in brief.events]
        first = Section("Main event", tuple(events[:1])) if events else _NO_EVENT
        summary = (self._statement(f"summary {n}", s) for n, s in enumerate(brief.summary, 1))
        caveats = (self._statement(f"caveat {n}", s) for n, s in enumerate(brief.caveats, 1))
        sections = (
            Section("Bottom line", (self._statement("bottom_line", brief.bottom_line),)),
            Section("Summary", tuple(summary)),
            first,
            Section("Other events", tuple(events[1:])),
            Section("Minor events", tuple(map(self._minor, brief.minor_events))),
            Section("Who takes part", self._actors()),
            Section("What they want", tuple(map(self._aim, brief.aims))),
            Section("Background", self._background()),
            Section("Where the report has it from", self._origins()),
            Section("Caveats", tuple(caveats)),
        )
        return tuple(section for section in sections if section.items)

    def _statement(self, item: str, statement: Statement) -> Item:
        return self._item(item, (plain(statement.text),), statement)

    def _event(self, event: Event) -> Item:
        kind = f"{event.type} ({event.mode})" if event.mode else str(event.type)
        if event.contexts:
            kind += f"; {', '.join(map(context_in_words, event.contexts))}"
        rows = [
            Row("Type", (Run(kind),)),
            Row("Status", (Run(FACTUALITY[event.factuality]),)),
            Row("Date", _date(event)),
            Row("Place", _place(event)),
            *self._participants(event),
            Row("Source", self._names(event.origins)),
        ]
        return self._item(event.id, (strong(event.title),), event, rows)

    def _minor(self, event: Event) -> Item:
        """An event in one line: its title, and when it was."""
        when = (Run(f" ({in_words(event.date)})"),) if event.date else ()
        return self._item(event.id, (plain(event.title), *when), event)

    def _participants(self, event: Event) -> Iterable[Row]:
        for role in ParticipantRole:
            ids = [participant.actor for participant in event.participants if participant.role == role]
            label = ROLES[role] if len(ids) < 2 else f"{ROLES[role]}s"
            yield Row(label, self._names(ids))

    def _actors(self) -> tuple[Item, ...]:
        items = []
        for actor in self._brief.actors:
            runs: list[Run] = [strong(actor.name)]
            if _adds(actor.name_in_source, actor.name):
                runs += [Run(" "), *quoted(actor.name_in_source)]
            country = country_name(actor.country) if actor.country else None
            about = [(plain(text),) for text in (actor.role, actor.affiliation, country) if text]
            runs += [Run(", "), *joined(about, ", ")] if about else []
            items.append(self._item(actor.id, runs, actor))
        return tuple(items)

    def _aim(self, aim: Aim) -> Item:
        label = f"{aim.kind.capitalize()} of" if aim.held_by else aim.kind.capitalize()
        rows = [
            Row(label, self._names(aim.held_by) or (Run("nobody named"),)),
            Row("Wording", quoted(aim.wording_in_source)),
            Row("Source", self._names(aim.origins)),
        ]
        return self._item(aim.id, (strong(aim.text),), aim, rows)

    def _background(self) -> tuple[Item, ...]:
        return tuple(
            self._item(item.id, (strong(item.topic), Run(": "), plain(item.text)), item) for item in self._brief.context
        )

    def _origins(self) -> tuple[Item, ...]:
        return tuple(
            self._item(origin.id, (strong(origin.name), Run(f", {ORIGIN_KINDS[origin.kind]}")), origin)
            for origin in self._brief.origins
        )

    def _item(self, item: str, runs: Sequence[Run], checked: Checked, rows: Iterable[Row] = ()) -> Item:
        notes = sorted({span.sentence for span in checked.evidence})
        shown = tuple(row for row in rows if row.runs)
        return Item(tuple(runs), tuple(notes), self._mark(item, checked.supported), shown)

    def _mark(self, item: str, supported: bool) -> str | None:
        reasons = self._problems.get(item)
        if reasons:
            return f"unsupported: {'; '.join(reasons)}"
        return None if supported else "unsupported"

    def _name(self, item: str, name: str, checked: Checked) -> _Runs:
        if self._mark(item, checked.supported) is None:
            return (plain(name),)
        return (plain(name), Run(" "), Run("[unsupported]", Style.MARK))

    def _names(self, ids: Iterable[str]) -> _Runs:
        return joined((self._named.get(item) or (plain(item),) for item in ids), "; ")


_NO_EVENT = Section("Events", (Item((Run("The report tells of no event."),)),))


def _date(event: Event) -> _Runs:
    wording = [quoted(event.date_in_source)] if event.date_in_source else []
    if event.date is None:
        return joined([*wording, (Run("no date worked out"),)], ", ") if wording else ()
    words = in_words(event.date)
    written = words if words == event.date else f"{words} ({event.date})"
    return joined([(plain(written),), *wording], ", ")


def _place(event: Event) -> _Runs:
    country = country_name(event.country) if event.country else None
    names = dict.fromkeys(name for name in (event.place, country) if name)
    source = event.place_in_source
    wording = [quoted(source)] if source and _adds(source, event.place) else []
    return joined([*((plain(name),) for name in names), *wording], ", ")


def _adds(wording: Quoted, english: str | None) -> bool:
    """Whether a wording tells more than the English text: the report may write a name just so."""
    return wording.match != Match.EXACT or wording.text != english


def _names(brief: Brief) -> dict[str, str]:
    names = {"headline": "Headline", "bottom_line": "Bottom line"}
    names |= {f"summary {n}": f"Summary {n}" for n, _ in enumerate(brief.summary, 1)}
    names |= {f"caveat {n}": f"Caveat {n}" for n, _ in enumerate(brief.caveats, 1)}
    names |= {context.id: f"Background “{clean(context.topic)}”" for context in brief.context}
    names |= {aim.id: f"Aim “{clean(aim.text)}”" for aim in brief.aims}
    names |= {event.id: f"Event “{clean(event.title)}”" for event in brief.all_events}
    names |= {origin.id: clean(origin.name) for origin in brief.origins}
    return names | {actor.id: clean(actor.name) for actor in brief.actors}
