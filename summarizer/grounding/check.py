"""From a draft to a brief: each item of the draft becomes a checked item of the brief.

Nothing is dropped but references to what does not exist, and each of those is a problem that is listed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..models import brief as b
from ..models import draft as d
from ..models.countries import is_country
from ..models.dates import bounds, edtf
from ..models.document import Document, Sentence
from ..text.folding import fold, tokens
from .align import Source
from .dates import DateEvidence, check_date
from .faults import fits_mode, is_date
from .figures import Figure, figures
from .held import Interval, SourceFigures
from .numerals import Passage
from .people import added_name, name_stems, sounds_in


def ground(draft: d.Draft, document: Document, sentences: Sequence[Sentence], provenance: b.Provenance) -> b.Brief:
    """Check a draft against its report.

    Args:
        draft: what an engine filled.
        document: the report.
        sentences: its numbered sentences, as the engine saw them.
        provenance: where the draft comes from.
    """
    return _Check(draft, document, sentences).brief(provenance)


@dataclass(slots=True)
class _Findings:
    """What has been found so far."""

    problems: list[b.Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)
    quotes: Counter[b.Match] = field(default_factory=Counter)
    items: set[str] = field(default_factory=set)
    dates: list[Interval] = field(default_factory=list)
    """Dates that a check has confirmed."""

    def problem(self, item: str, message: str) -> None:
        problem = b.Problem(item=item, message=message)
        if problem not in self.problems:
            self.problems.append(problem)

    def supported(self, item: str) -> bool:
        self.items.add(item)
        return all(p.item != item for p in self.problems)


class _Check:
    """One draft being checked against one report."""

    def __init__(self, draft: d.Draft, document: Document, sentences: Sequence[Sentence]):
        names = frozenset(
            token.text
            for actor in draft.actors
            if actor.kind == d.ActorKind.PERSON
            for token in tokens(fold(actor.name_in_source))
        )
        self.draft = draft
        self.document = document
        self.sentences = sentences
        self.source = Source(document.text, document.language, names)
        self.found = _Findings()
        self.passages: dict[int, Passage] = {}
        self.stems = {actor.name: stems for actor in draft.actors if (stems := name_stems(actor))}
        self.found.warnings += document.warnings
        published = bounds(document.published) if document.published else None
        if published:
            self.found.dates.append(published)

    def brief(self, provenance: b.Provenance) -> b.Brief:
        draft = self.draft
        origins = tuple(self.origin(o) for o in draft.origins)
        actors = tuple(self.actor(a) for a in draft.actors)
        events = tuple(self.event(f"E{n}", e) for n, e in enumerate(draft.events, 1))
        body = {
            "headline": self.headline(),
            "bottom_line": self.statement("bottom_line", draft.bottom_line),
            "summary": tuple(self.statement(f"summary {n}", s) for n, s in enumerate(draft.summary, 1)),
            "actors": actors,
            "events": events,
            "aims": tuple(self.aim(f"G{n}", a) for n, a in enumerate(draft.aims, 1)),
            "context": tuple(self.context(f"C{n}", c) for n, c in enumerate(draft.context, 1)),
            "origins": origins,
            "caveats": tuple(self.statement(f"caveat {n}", s) for n, s in enumerate(draft.caveats, 1)),
        }
        return b.Brief(
            schema_version=b.SCHEMA_VERSION, document=self.info(), **body, checks=self.checks(), provenance=provenance
        )  # fmt: skip

    def info(self) -> b.DocumentInfo:
        doc = self.document
        return b.DocumentInfo(
            id=doc.id, source=doc.source, sha256=doc.sha256, language=doc.language, title=doc.title,
            published=doc.published, outlet=doc.outlet, url=doc.url, author=doc.author, pages=doc.pages,
            characters=len(doc.text), sentences=len(self.sentences),
        )  # fmt: skip

    def checks(self) -> b.Checks:
        found = self.found
        failed = found.items & {p.item for p in found.problems}
        return b.Checks(
            supported=len(found.items) - len(failed),
            unsupported=len(failed),
            quotes={match: found.quotes[match] for match in b.Match},
            numbers_without_support=tuple(dict.fromkeys(found.figures)),
            problems=tuple(found.problems),
            warnings=tuple(dict.fromkeys(found.warnings)),
        )

    def headline(self) -> str:
        self.check_text("headline", self.draft.headline, tuple(s.number for s in self.sentences))
        self.found.supported("headline")
        return self.draft.headline

    def statement(self, item: str, statement: d.Statement) -> b.Statement:
        evidence = self.evidence(item, statement.evidence, required=not item.startswith("caveat"))
        self.check_text(item, statement.text, statement.evidence)
        self.warn_of_names(item, statement.text, statement.evidence)
        return b.Statement(text=statement.text, evidence=evidence, supported=self.found.supported(item))

    def actor(self, actor: d.Actor) -> b.Actor:
        item = actor.id
        if item in self.found.items:
            self.found.problem(item, f"the id {item} is used twice")
        evidence = self.evidence(item, actor.evidence)
        quoted = self.quote(item, "name", actor.name_in_source, evidence)
        added = added_name(actor, self.source.folded.text)
        if added:
            self.found.problem(item, f"the report gives the name as “{quoted.text}”, without “{added}”")
        return b.Actor(
            id=item, name=actor.name, name_in_source=quoted, kind=actor.kind, sector=actor.sector, role=actor.role,
            affiliation=actor.affiliation, country=self.country(item, actor.country), evidence=evidence,
            supported=self.found.supported(item),
        )  # fmt: skip

    def event(self, item: str, event: d.Event) -> b.Event:
        evidence = self.evidence(item, event.evidence)
        dated = self.quote(item, "date", event.date_in_source, evidence) if event.date_in_source else None
        placed = self.quote(item, "place", event.place_in_source, evidence) if event.place_in_source else None
        date = self.date(item, event.date, dated, evidence)
        mode = event.mode
        if not fits_mode(event):
            self.found.warnings.append(f"{item}: the mode {event.mode} does not fit {event.type} and is left out")
            mode = None
        self.check_text(item, event.title, event.evidence)
        return b.Event(
            id=item, type=event.type, mode=mode, contexts=event.contexts, title=event.title,
            factuality=event.factuality, date=date, date_in_source=dated, place=event.place, place_in_source=placed,
            country=self.country(item, event.country), participants=self.participants(item, event),
            origins=self.known_origins(item, event.origins), evidence=evidence, supported=self.found.supported(item),
        )  # fmt: skip

    def aim(self, item: str, aim: d.Aim) -> b.Aim:
        evidence = self.evidence(item, aim.evidence)
        quoted = self.quote(item, "wording", aim.wording_in_source, evidence)
        self.check_text(item, aim.text, aim.evidence)
        actors = {a.id for a in self.draft.actors}
        for missing in [i for i in aim.held_by if i not in actors]:
            self.found.problem(item, f"held by {missing!r}, who is not among the actors")
        return b.Aim(
            id=item, text=aim.text, wording_in_source=quoted, kind=aim.kind, evidence=evidence,
            held_by=tuple(i for i in aim.held_by if i in actors), origins=self.known_origins(item, aim.origins),
            supported=self.found.supported(item),
        )  # fmt: skip

    def context(self, item: str, context: d.ContextItem) -> b.ContextItem:
        evidence = self.evidence(item, context.evidence)
        self.check_text(item, context.text, context.evidence)
        self.warn_of_names(item, context.text, context.evidence)
        return b.ContextItem(
            id=item, topic=context.topic, text=context.text, evidence=evidence, supported=self.found.supported(item)
        )

    def origin(self, origin: d.Origin) -> b.Origin:
        evidence = self.evidence(origin.id, origin.evidence)
        return b.Origin(
            id=origin.id,
            name=origin.name,
            kind=origin.kind,
            evidence=evidence,
            supported=self.found.supported(origin.id),
        )

    def evidence(self, item: str, numbers: Iterable[int], required: bool = True) -> tuple[b.Span, ...]:
        """The spans of the cited sentences; a problem for each that does not exist, or when there is none."""
        spans = []
        for number in dict.fromkeys(numbers):
            if not 1 <= number <= len(self.sentences):
                self.found.problem(item, f"cites sentence {number}, but the report has {len(self.sentences)}")
                continue
            spans.append(b.span_in(self.document.text, self.sentences[number - 1], self.document.layout))
        if not spans and required and not any(p.item == item for p in self.found.problems):
            self.found.problem(item, "cites no sentence")
        return tuple(spans)

    def quote(self, item: str, what: str, wording: str, evidence: Sequence[b.Span]) -> b.Quoted:
        near = [(span.start, span.end) for span in evidence]
        place = self.source.locate(wording, near)
        if place is None:
            self.found.quotes[b.Match.UNSUPPORTED] += 1
            self.found.problem(item, f"the {what} “{wording}” does not stand in the report")
            return b.Quoted(text=wording, start=None, end=None, match=b.Match.UNSUPPORTED)
        self.found.quotes[place.match] += 1
        if near and not any(start <= place.start and place.end <= end for start, end in near):
            there = next((s.number for s in self.sentences if s.start <= place.start < s.end), None)
            self.found.warnings.append(f"{item}: the {what} stands in sentence {there}, not in those cited")
        text = self.document.text[place.start : place.end]
        return b.Quoted(text=text, start=place.start, end=place.end, match=place.match)

    def country(self, item: str, code: str | None) -> str | None:
        if code is None or is_country(code):
            return code
        self.found.problem(item, f"{code!r} is no country (ISO 3166-1 alpha-3)")
        return None

    def date(self, item: str, date: str | None, wording: b.Quoted | None, evidence: Sequence[b.Span]) -> str | None:
        if date is None:
            return None
        if not is_date(date):
            self.found.problem(item, f"{date!r} is no date (EDTF)")
            return None
        date = edtf(date)
        doc = self.document
        cited = [self.passage(span.sentence) for span in evidence]
        said = DateEvidence(doc.language, doc.published, self.source.folded.text, cited)
        findings = check_date(date, wording, said)
        for message in findings.problems:
            self.found.problem(item, message)
        self.found.warnings.extend(f"{item}: {message}" for message in findings.warnings)
        interval = bounds(date)
        if interval and not findings.problems and (wording is None or wording.match != b.Match.UNSUPPORTED):
            self.found.dates.append(interval)
        return date

    def participants(self, item: str, event: d.Event) -> tuple[b.Participant, ...]:
        actors = {a.id for a in self.draft.actors}
        kept = []
        for actor, role in event.participants:
            if actor in actors:
                kept.append(b.Participant(actor=actor, role=role))
            else:
                self.found.problem(item, f"names {actor!r} as taking part, who is not among the actors")
        return tuple(kept)

    def known_origins(self, item: str, ids: Iterable[str]) -> tuple[str, ...]:
        known = {o.id for o in self.draft.origins}
        for missing in [i for i in ids if i not in known]:
            self.found.warnings.append(f"{item}: the origin {missing!r} is not among the origins and is left out")
        return tuple(i for i in ids if i in known)

    def cited(self, numbers: Iterable[int]) -> list[Passage]:
        """The sentences with these numbers, as far as they exist."""
        return [self.passage(n) for n in numbers if 1 <= n <= len(self.sentences)]

    def passage(self, number: int) -> Passage:
        """A sentence with its part of the folded text, which is made once for the whole report."""
        known = self.passages.get(number)
        if known is None:
            _, start, end = self.sentences[number - 1]
            folded = self.source.folded
            text = folded.text[folded.position(start) : folded.position(end)].rstrip()
            known = self.passages[number] = Passage(self.document.text[start:end], text)
        return known

    def check_text(self, item: str, english: str, numbers: Sequence[int]) -> None:
        """A problem for an empty text, and for every number or date of it that no cited sentence holds."""
        if not english.strip():
            self.found.problem(item, "says nothing")
        asked = figures(english)
        if not asked:
            return
        held = SourceFigures(self.cited(numbers), self.document.language)
        for figure in asked:
            if held.holds(figure, self.found.dates):
                continue
            self.found.figures.append(figure.text)
            self.found.problem(item, f"“{figure.text}” is not in the sentences cited{self.elsewhere(figure, numbers)}")

    def elsewhere(self, figure: Figure, cited: Sequence[int]) -> str:
        for sentence in self.sentences:
            if sentence.number in cited:
                continue
            if SourceFigures(self.cited([sentence.number]), self.document.language).holds(figure):
                return f", but sentence {sentence.number} has it"
        return ""

    def warn_of_names(self, item: str, english: str, numbers: Sequence[int]) -> None:
        """A warning for a person named in an English text whom another sentence names, but none that is cited."""
        named = [(name, stems) for name, stems in self.stems.items() if stems[0] in english]
        if not named:
            return
        cited = " ".join(passage.folded for passage in self.cited(numbers))
        for name, (last, *stems) in named:
            if fold(last) in cited or any(stem in cited for stem in stems) or sounds_in(last, cited):
                continue
            there = [s.number for s in self.sentences if stems[-1] in self.passage(s.number).folded]
            if there:
                self.found.warnings.append(f"{item}: names {name}, whom sentence {there[0]} names but no cited one")
