"""What a story says, entry by entry: text, details, and what each rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from ...models.countries import country_name
from ...models.dossier import (
    AccountStatement,
    Attribute,
    DossierActor,
    DossierAim,
    DossierContext,
    DossierEvent,
    DossierOrigin,
    DossierStatement,
    Merged,
    NameForm,
    Story,
)
from ...models.draft import ActorKind, ParticipantRole
from ..cleaning import clean
from ..runs import Row, Run, Style, joined, plain, quoted, strong
from ..words import FACTUALITY, ORIGIN_KINDS, ROLES, context_in_words
from .passages import Passages
from .shapes import Entry, Support
from .words import foreign, value_in_words

_LONGEST_LABEL = 24


class Entries:
    """Makes the entries of one story.

    Args:
        story: of which.
        passages: the sentences it cites.
        labels: R1, R2, ... by ids of reports.
    """

    def __init__(self, story: Story, passages: Passages, labels: Mapping[str, str]):
        self._story, self._passages, self._labels = story, passages, labels
        self._names = {actor.id: clean(actor.name) or "(empty)" for actor in story.actors}
        self.titles = self._names | {event.id: clean(event.title) for event in story.events}
        self.titles |= {aim.id: clean(aim.text) for aim in story.aims}
        self.titles |= {item.id: clean(item.text) for item in story.context}
        self.titles |= {statement.id: clean(statement.text) for statement in story.statements}

    def sentence(self, line: AccountStatement) -> Entry:
        """A sentence of the account."""
        support = Support(
            self._passages.refs(line.reports), self._passages.words(line.reports), line.independent_origins,
            line.credibility, tuple(map(clean, line.discrepancies)),
        )  # fmt: skip
        return Entry("", (plain(line.text),), support)

    def statement(self, statement: DossierStatement) -> Entry:
        """What a brief says and the account does not repeat."""
        return self._entry(statement, (plain(statement.text),))

    def actor(self, actor: DossierActor) -> Entry:
        """An actor: names in every script, readings of what is said of them, who it may be."""
        given = {"role": actor.role, "affiliation": actor.affiliation, "country": actor.country}
        about = [value_in_words(name, value) for name, value in given.items() if value]
        if actor.kind != ActorKind.PERSON:
            about.append(actor.kind)
        runs = [strong(actor.name), *([Run(f", {', '.join(about)}")] if about else [])]
        rows = [*self._spellings(actor), *self._readings(actor.attributes, skip_sole=given)]
        if actor.may_be:
            named = [(plain(self._names.get(other, other)),) for other in actor.may_be]
            rows.append(Row("May be", (*joined(named, " or "), Run(" (left open)"))))
        return self._entry(actor, runs, rows)

    def event(self, event: DossierEvent) -> Entry:
        """An event: its type, status, date, place, participants, readings."""
        kind = f"{event.type} ({event.mode})" if event.mode else str(event.type)
        if event.contexts:
            kind += f"; {', '.join(map(context_in_words, event.contexts))}"
        country = country_name(event.country) if event.country else None
        place = ", ".join(dict.fromkeys(clean(name) for name in (event.place, country) if name))
        given = {"date": event.date, "place": event.place, "country": event.country, "factuality": event.factuality}
        rows = [
            Row("Type", (Run(kind),)),
            Row("Status", (Run(FACTUALITY[event.factuality]),)),
            Row("Date", (Run(value_in_words("date", event.date) if event.date else "not known"),)),
            Row("Place", (Run(place),) if place else ()),
            *self._participants(event),
            *self._readings(event.attributes, skip_sole=given | {"title": event.title, "type": event.type}),
        ]
        return self._entry(event, [strong(event.title)], rows)

    def aim(self, aim: DossierAim) -> Entry:
        """An aim: who holds it and in which words."""
        held = [(plain(self._names.get(actor, actor)),) for actor in aim.held_by]
        label = f"{aim.kind.capitalize()} of" if held else aim.kind.capitalize()
        rows = [Row(label, joined(held, "; ") or (Run("nobody named"),)), self._wordings(aim)]
        return self._entry(aim, [strong(aim.text)], rows)

    def background(self, item: DossierContext) -> Entry:
        """Background."""
        return self._entry(item, [strong(item.topic), Run(": "), plain(item.text)])

    def origin(self, origin: DossierOrigin) -> Entry:
        """One from whom reports have what they say, and why they are taken to."""
        kind = ORIGIN_KINDS[origin.kind] if origin.kind else "the report's own work"
        refs = self._passages.refs((), origin.documents)
        return Entry(clean(origin.id), (strong(origin.name), Run(f", {kind}")), Support(refs), _why(origin.why))

    def reports(self, documents: Iterable[str]) -> str:
        """Labels of reports: "R1, R3"."""
        return ", ".join(self._labels.get(document, clean(document)) for document in documents)

    def _entry(self, merged: Merged, runs: Sequence[Run], rows: Sequence[Row] = ()) -> Entry:
        support = Support(
            self._passages.refs(merged.reports), self._passages.words(merged.reports), merged.independent_origins,
            merged.credibility, tuple(map(clean, merged.discrepancies)), merged.supported,
        )  # fmt: skip
        shown = tuple(row for row in (*rows, *_why(merged.why)) if row.runs)
        return Entry(clean(merged.id), tuple(runs), support, shown)

    def _spellings(self, actor: DossierActor) -> Iterable[Row]:
        in_source = {(c.document, words.text) for c in actor.reports for words in c.wordings}
        forms = sorted(actor.names, key=lambda form: (form.script != "Latin", form.script))
        for script, group in groupby(forms, lambda form: form.script):
            parts = [self._spelling(form, in_source) for form in group]
            yield Row(_label(f"In {script}"), joined(parts, "; "))

    def _spelling(self, form: NameForm, in_source: set[tuple[str, str]]) -> tuple[Run, ...]:
        quoting = [document for document in form.documents if (document, form.text) in in_source]
        if not quoting and form.script != "Latin":
            quoting = list(form.documents)
        name = foreign(form.text, self._passages.language(quoting[0])) if quoting else plain(form.text)
        said_by = self.reports(form.documents)
        return (name, Run(f" ({said_by})")) if said_by else (name,)

    def _readings(self, attributes: Iterable[Attribute], skip_sole: Mapping[str, object]) -> Iterable[Row]:
        """A row for each attribute, without those that the entry tells already and on which all agree."""
        for attribute in attributes:
            if len(attribute.readings) < 2 and attribute.name in skip_sole:
                continue
            parts = [
                (Run(value_in_words(attribute.name, reading.value)), Run(f" ({self.reports(reading.documents)})"))
                for reading in attribute.readings
            ]
            word = attribute.name.replace("_", " ").capitalize()
            yield Row(_label(f"{word}, by report" if len(parts) > 1 else word), joined(parts, "; "))

    def _participants(self, event: DossierEvent) -> Iterable[Row]:
        everybody = {citation.document for citation in event.reports}
        for role in ParticipantRole:
            parts = []
            for taking in (part for part in event.participants if part.role == role):
                name = plain(self._names.get(taking.actor, taking.actor))
                some = set(taking.documents) != everybody and bool(taking.documents)
                parts.append((name, Run(f" ({self.reports(taking.documents)})")) if some else (name,))
            if parts:
                yield Row(ROLES[role] if len(parts) < 2 else f"{ROLES[role]}s", joined(parts, "; "))

    def _wordings(self, aim: DossierAim) -> Row:
        parts = []
        for citation in aim.reports:
            for words in citation.wordings:
                said = in_language(quoted(words), self._passages.language(citation.document))
                parts.append((*said, Run(f" ({self.reports([citation.document])})")))
        return Row("Wording", joined(parts, "; "))


def in_language(runs: Iterable[Run], language: str) -> tuple[Run, ...]:
    """The same runs, the report's own words among them with their language."""
    return tuple(foreign(run.text, language) if run.style is Style.SOURCE else run for run in runs)


def _why(reasons: Sequence[str]) -> tuple[Row, ...]:
    texts = list(dict.fromkeys(filter(None, map(clean, reasons))))
    return (Row("Why", (Run("; ".join(texts)),)),) if texts else ()


def _label(text: str) -> str:
    label = clean(text)
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1]}…"
