"""What is shown of a dossier, in which order and in which words: every renderer only typesets this."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from ...models.dossier import Discrepancy, DiscrepancyKind, Dossier, Reading, Story, StoryProvenance, TimelineEntry
from ...models.outcome import Failure
from ..cleaning import clean
from ..dates import in_words
from ..runs import Run, address, joined, plain, quoted
from ..words import counted, language_in_words
from .entries import Entries, in_language
from .matrix import Matrix
from .passages import Passages
from .shapes import (
    Block,
    DiscrepancyView,
    DossierView,
    Entry,
    Person,
    Quotation,
    ReadingView,
    ReportView,
    Step,
    StoryView,
    Support,
    Tie,
)
from .words import FOUND_BY, KINDS, attribute_in_words, foreign, value_in_words

_SYMBOLS = {DiscrepancyKind.CONTRADICTION: "≠", DiscrepancyKind.GRANULARITY: "≈", DiscrepancyKind.OMISSION: "∅"}


def view(dossier: Dossier) -> DossierView:
    """The view of a dossier."""
    stories = tuple(_Story(story).view() for story in dossier.stories)
    reports = counted(sum(len(story.reports) for story in stories), "report")
    told = f"{len(stories):,} story" if len(stories) == 1 else f"{len(stories):,} stories"
    return DossierView(
        title=f"{told}, {reports}",
        stories=stories,
        left_out=_not_empty(
            {
                "Reports left out: the same text as another": map(clean, dossier.duplicates),
                "Reports without a brief": map(_failure, dossier.failures),
            }
        ),
    )


class _Story:
    def __init__(self, story: Story):
        self._story = story
        self._labels = {report.document.id: f"R{number}" for number, report in enumerate(story.reports, 1)}
        self._passages = Passages(story, self._labels)
        self._entries = Entries(story, self._passages, self._labels)

    def view(self) -> StoryView:
        story, entries = self._story, self._entries
        events = tuple(map(entries.event, story.events))
        aims = tuple(map(entries.aim, story.aims))
        background = tuple(map(entries.background, story.context))
        people, ties = self._network()
        cited = {claim for line in (story.headline, story.bottom_line, *story.summary) for claim in line.claims}
        return StoryView(
            headline=entries.sentence(story.headline),
            bottom_line=entries.sentence(story.bottom_line),
            summary=tuple(map(entries.sentence, story.summary)),
            reports=tuple(self._reports()),
            discrepancies=tuple(map(self._discrepancy, story.discrepancies)),
            timeline=tuple(map(self._step, story.timeline)),
            events=events,
            actors=tuple(map(entries.actor, story.actors)),
            aims=aims,
            background=background,
            statements=tuple(entries.statement(one) for one in story.statements if one.id not in cited),
            origins=tuple(map(entries.origin, story.origins)),
            matrix=self._matrix(events, aims, background),
            people=people,
            ties=ties,
            languages=tuple(dict.fromkeys(clean(language_in_words(r.document.language)) for r in story.reports)),
            checks=_checks(story),
            counts=_counts(story),
            provenance=clean("; ".join(_provenance(story.provenance))),
        )

    def _reports(self) -> Iterator[ReportView]:
        origins = {origin.id: clean(origin.name) or "(empty)" for origin in self._story.origins}
        for report in self._story.reports:
            document = report.document
            label = self._labels[document.id]
            about: list[Sequence[Run]] = [(plain(document.id),), (plain(language_in_words(document.language)),)]
            if document.published:
                about.append((plain(in_words(document.published)),))
            if document.outlet:
                about.append((plain(document.outlet),))
            if document.title:
                about.append((Run("“"), foreign(document.title, document.language), Run("”")))
            if document.url:
                about.append((address(document.url),))
            yield ReportView(
                label=label,
                id=clean(document.id),
                language=clean(language_in_words(document.language)),
                about=joined(about, " · "),
                headline=clean(report.headline) or "(empty)",
                origins=tuple(origins.get(origin, clean(origin)) for origin in report.origins),
                passages=tuple(passage for passage in self._passages.all if passage.report == label),
            )

    def _discrepancy(self, one: Discrepancy) -> DiscrepancyView:
        titles = self._entries.titles
        return DiscrepancyView(
            label=clean(one.id),
            about=clean(one.about) or "(empty)",
            attribute=attribute_in_words(one.attribute),
            kind=KINDS[one.kind],
            symbol=_SYMBOLS[one.kind],
            found_by=FOUND_BY[one.found_by],
            note=clean(one.note) if one.note else None,
            readings=tuple(self._reading(one, reading) for reading in one.readings),
            items=tuple(titles.get(item, clean(item)) for item in one.items),
        )

    def _reading(self, one: Discrepancy, reading: Reading) -> ReadingView:
        quotations = []
        for document, label in self._labels.items():
            own = [citation for citation in reading.evidence if citation.document == document]
            language = self._passages.language(document)
            said = dict.fromkeys(words for citation in own for words in citation.wordings)
            passages = [passage for ref in self._passages.refs(own) for passage in ref.passages]
            if own:
                words = tuple(in_language(quoted(wording), language) for wording in said)
                name = clean(language_in_words(language))
                quotations.append(Quotation(label, name, words, tuple(passages), self._passages.words(own)))
        support = Support(
            self._passages.refs(reading.evidence, reading.documents), self._passages.words(reading.evidence)
        )
        return ReadingView(value_in_words(one.attribute, reading.value), support, tuple(quotations))

    def _step(self, step: TimelineEntry) -> Step:
        support = Support(
            self._passages.refs(step.reports), self._passages.words(step.reports), step.independent_origins,
            discrepancies=tuple(map(clean, step.discrepancies)) if step.disputed else (),
        )  # fmt: skip
        when = value_in_words("date", step.date) if step.date else "no date"
        return Step(step.date, when, Entry("", (plain(step.text),), support), step.disputed)

    def _matrix(
        self, events: tuple[Entry, ...], aims: tuple[Entry, ...], background: tuple[Entry, ...]
    ) -> tuple[Block, ...]:
        matrix = Matrix(self._story, self._passages, self._labels)
        blocks = (
            matrix.block("Events", self._story.events, events),
            matrix.block("Aims", self._story.aims, aims),
            matrix.block("Background", self._story.context, background),
        )
        return tuple(block for block in blocks if block.lines)

    def _network(self) -> tuple[tuple[Person, ...], tuple[Tie, ...]]:
        """Actors who take part in an event with another, and with whom."""
        known = {actor.id: actor for actor in self._story.actors}
        place = {key: number for number, key in enumerate(known)}
        shared: dict[tuple[str, str], list[str]] = defaultdict(list)
        for event in self._story.events:
            taking = sorted({part.actor for part in event.participants if part.actor in known}, key=place.__getitem__)
            for pair in combinations(taking, 2):
                shared[pair].append(clean(event.title))
        met = {key for pair in shared for key in pair}
        people = (Person(key, clean(actor.name) or "(empty)", actor.kind) for key, actor in known.items() if key in met)
        pairs = sorted(shared, key=lambda pair: (place[pair[0]], place[pair[1]]))
        return tuple(people), tuple(Tie(*pair, tuple(shared[pair])) for pair in pairs)


def _failure(failure: Failure) -> str:
    message = failure.message.removeprefix(f"{failure.document}: ")
    return f"{clean(failure.document) or 'a document without a name'}: {clean(failure.kind)}: {clean(message)}"


def _counts(story: Story) -> str:
    nouns = {"report": story.reports, "origin": story.origins, "difference": story.discrepancies}
    parts = [counted(len(found), noun) for noun, found in nouns.items()]
    dropped = counted(len(story.checks.sentences_dropped), "sentence")
    return f"{', '.join(parts)}; {dropped} of the account dropped"


def _checks(story: Story) -> tuple[tuple[str, tuple[str, ...]], ...]:
    checks = story.checks
    parts: dict[str, Iterable[str]] = {
        "Sentences of the account left out, since nothing supports them": map(clean, checks.sentences_dropped),
        "Differences that the language model claimed and no sentence proves": map(clean, checks.discrepancies_refused),
        "Warnings": map(clean, checks.warnings),
        "Questions to the language model without a usable reply": map(_failure, checks.failures),
    }
    return _not_empty(parts)


def _not_empty(parts: Mapping[str, Iterable[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    shown = ((title, tuple(text or "(empty)" for text in texts)) for title, texts in parts.items())
    return tuple((title, texts) for title, texts in shown if texts)


def _provenance(made: StoryProvenance) -> Iterator[str]:
    account = "composed from the claims without a language model"
    yield f"Account {account if made.account == 'offline' else f'by a language model ({made.account})'}"
    compared = "by rules alone" if made.discrepancies == "offline" else f"by rules and a model ({made.discrepancies})"
    yield f"differences found {compared}"
    if made.model:
        yield f"model {made.model}"
    if made.prompts:
        yield f"prompts {', '.join(made.prompts)}"
    if made.attempts or made.requests:
        again = f" ({made.reasks} to mend a reply)" if made.reasks else ""
        yield f"{counted(made.attempts, 'request')}{again}" if made.attempts else "recorded replies, nothing was asked"
    if made.input_tokens is not None and made.output_tokens is not None:
        yield f"{made.input_tokens:,} tokens in, {made.output_tokens:,} out"
    if made.cost_usd is not None:
        yield f"USD {made.cost_usd:.4f}"
    yield f"{made.seconds:.1f} s"
