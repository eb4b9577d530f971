"""From briefs to a dossier: stories found, their reports compared and merged, an account written and checked."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from .engines.base import Asks, Engine, Filled, Question
from .engines.questions import AccountQuestion, DiscrepancyQuestion, parts_of
from .errors import EngineError, SummarizerError
from .merge.account import account_faults, compose
from .merge.claims import claims_of
from .merge.linked import Report, canonical_key, in_order
from .merge.merging import merge_reports
from .merge.parts import Parts
from .merge.profiles import Profile, profile
from .merge.stories import cluster
from .merge.telling import Telling, told
from .merge.verification import Verified, verify
from .models.brief import Brief
from .models.document import Document
from .models.dossier import DOSSIER_VERSION, Discrepancy, Dossier, Story, StoryChecks, StoryProvenance
from .models.exchange import Usage
from .models.outcome import Failure
from .pipeline import briefs
from .sentences import split
from .telemetry import work as telemetry
from .telemetry.events import fault
from .telemetry.stages import stage

R = TypeVar("R")
OFFLINE = "offline"
LONG = 60_000
"""Characters of a report from which only its cited sentences are compared with those of others."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DossierOptions:
    """How a dossier is made.

    Args:
        context: characters of reports that one request may hold.
        jobs: stories under way at once, at least 1.
    """

    context: int = 120_000
    jobs: int = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """What is held of each report to find stories.

    Args:
        key: its place in canonical order: date of publication, id, hash of its text.
        profile: what tells stories apart.
    """

    key: tuple[str, str, str]
    profile: Profile


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Positions of reports, story by story, the most widely reported first; and which equal another's text."""

    stories: tuple[tuple[int, ...], ...]
    duplicates: tuple[str, ...]


def entry_of(brief: Brief) -> Entry:
    """What is held of a report."""
    return Entry(canonical_key(brief), profile(brief))


def arrange(entries: Sequence[Entry]) -> Arrangement:
    """Find the stories; the order of the entries does not matter but for their positions."""
    with stage("merge"):
        return _arranged(entries)


def _arranged(entries: Sequence[Entry]) -> Arrangement:
    first: dict[str, int] = {}
    left_out: list[str] = []
    order = sorted(range(len(entries)), key=lambda place: entries[place].key)
    for place in order:
        _, name, text = entries[place].key
        known = first.setdefault(text, place)
        if known != place:
            left_out.append(f"{name} = {entries[known].key[1]}")
    distinct = list(first.values())
    groups = [tuple(distinct[n] for n in group) for group in cluster(entries[place].profile for place in distinct)]
    groups.sort(key=lambda group: (-len(group), [entries[place].key for place in group]))
    return Arrangement(tuple(groups), tuple(left_out))


async def stories(
    shelf: Sequence[Report], groups: Sequence[Sequence[int]], engine: Engine, options: DossierOptions
) -> AsyncIterator[Story | Failure]:
    """The stories that these groups of reports tell, in their order, some at a time; a failure for one that broke.

    Args:
        shelf: reports by position, each fetched when its story is told.
        groups: positions, as `arrange` gives them.
        engine: compares and writes; one that cannot be asked is treated like the offline engine.
        options: limits.
    """
    under_way: deque[asyncio.Task[Story | Failure]] = deque()

    async def one(group: Sequence[int]) -> Story | Failure:
        reports = [shelf[place] for place in group]
        try:
            return await story_of(reports, engine, options)
        except SummarizerError as error:
            return Failure.of(error.about(_label(reports)))
        except Exception as error:  # a fault of ours must not cost the other stories
            fault(_log, _label(reports), error)
            message = f"unexpected {type(error).__name__}: {error}"
            remedy = "Please report it, with the briefs if you may"
            return Failure.of(SummarizerError(message, document=_label(reports), remedy=remedy))

    try:
        for group in groups:
            under_way.append(asyncio.create_task(one(group)))
            if len(under_way) >= max(1, options.jobs):
                yield await under_way.popleft()
        while under_way:
            yield await under_way.popleft()
    finally:
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)


async def dossier(
    reports: Sequence[Report],
    engine: Engine,
    options: DossierOptions = DossierOptions(),
    failures: Iterable[Failure] = (),
) -> Dossier:
    """The dossier of some reports; the order in which they come does not matter.

    Args:
        reports: their ids must differ; the same text twice is one report.
        engine: compares and writes; one that cannot be asked is treated like the offline engine.
        options: limits.
        failures: reports that have no brief.
    """
    found = arrange([entry_of(report.brief) for report in reports])
    results = [result async for result in stories(reports, found.stories, engine, options)]
    broken = [result for result in results if isinstance(result, Failure)]
    return Dossier(
        schema_version=DOSSIER_VERSION,
        stories=tuple(result for result in results if isinstance(result, Story)),
        duplicates=found.duplicates,
        failures=(*failures, *broken),
    )


async def reports_of(
    documents: Iterable[Document | SummarizerError], engine: Engine, jobs: int = 8, most: int = LONG
) -> AsyncIterator[Report | Failure]:
    """A report with its brief, or a failure, for each document, in their order.

    Of one that has more than `most` characters only the sentences that its brief cites are kept.
    """
    under_way: dict[str, Document] = {}

    def noted() -> Iterator[Document | SummarizerError]:
        for document in documents:
            if isinstance(document, Document):
                under_way[document.id] = document
            yield document

    async for result in briefs(noted(), engine, jobs):
        if isinstance(result, Failure):
            under_way.pop(result.document, None)
            yield result
        else:
            document = under_way.pop(result.document.id)
            if len(document.text) > most:  # its brief's sentences stand for it; the whole would not fit beside another
                yield Report(result)
            else:
                yield Report(result, document.text, split(document.text, document.language), document.layout)


async def story_of(reports: Sequence[Report], engine: Engine, options: DossierOptions) -> Story:
    """One story of all these reports: compared by the engine and by rules, merged, told.

    A question to the engine that has no usable reply is noted in `checks.failures`, and what rules find and compose
    stands for it.
    """
    reports = in_order(reports)
    label = _label(reports)
    with telemetry.on_story(label, len(reports), bool(getattr(engine, "log_text", False))) as work:
        story = await _story(reports, _Record(engine, label), options)
        telemetry.told(work, story)
    return story


async def _story(reports: Sequence[Report], record: _Record, options: DossierOptions) -> Story:
    found = await _compared(reports, record, options)
    with stage("merge"):
        parts = merge_reports(reports, found.discrepancies)
    telling = await _told(parts, record)
    return Story(
        id=parts.id, headline=telling.headline, bottom_line=telling.bottom_line, summary=telling.summary,
        timeline=telling.timeline, reports=parts.reports, actors=parts.actors, events=parts.events, aims=parts.aims,
        context=parts.context, statements=parts.statements, origins=parts.origins, discrepancies=parts.discrepancies,
        checks=StoryChecks(
            sentences_dropped=telling.dropped, discrepancies_refused=found.refused,
            warnings=tuple(record.warnings), failures=tuple(record.failures),
        ),
        provenance=record.provenance(),
    )  # fmt: skip


async def _compared(reports: Sequence[Report], record: _Record, options: DossierOptions) -> Verified:
    """Discrepancies between reports that the engine finds, group by group of what fits its context."""
    if len(reports) < 2:
        return Verified((), ())
    kept: list[Discrepancy] = []
    refused: list[str] = []
    groups = tuple(parts_of(reports, options.context))
    record.warnings += _warnings(reports, len(groups))
    for group in groups:
        filled = await record.ask(DiscrepancyQuestion(record.about, group), "discrepancies")
        if filled is not None:
            verified = verify(filled.draft, group)
            kept += verified.discrepancies
            refused += verified.refused
    return Verified(tuple(kept), tuple(refused))


async def _told(parts: Parts, record: _Record) -> Telling:
    """The account: the engine's, where it is supported; what stands alone is told as its brief tells it."""
    composed = compose(parts)
    if len(parts.reports) < 2 or record.failures:  # an account that knows of no comparison would hide that
        return told(composed, parts)
    claims = claims_of(parts)
    filled = await record.ask(AccountQuestion(record.about, parts, claims), "account")
    if filled is None:
        return told(composed, parts)
    return told(filled.draft, parts, account_faults(filled.draft, claims), composed)


@dataclass(slots=True)
class _Record:
    """Asks an engine, and keeps what is to be said about how a story was made."""

    engine: Engine
    about: str
    failures: list[Failure] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    filled: dict[str, list[Filled[object]]] = field(default_factory=dict)

    async def ask(self, question: Question[R], what: str) -> Filled[R] | None:
        """The engine's answer; None when there is none, which is noted."""
        if not isinstance(self.engine, Asks):
            return Filled(question.offline())
        try:
            answer = await self.engine.ask(question)
        except EngineError as error:
            self.failures.append(Failure.of(error.about(question.about)))
            return None
        if answer.prompt is not None:
            self.filled.setdefault(what, []).append(answer)  # type: ignore[arg-type]
        return answer

    def provenance(self) -> StoryProvenance:
        """Where the account and the discrepancies come from."""
        answers = [answer for group in self.filled.values() for answer in group]
        usage = sum((answer.usage for answer in answers), Usage())
        prompts = {f"{a.prompt.name}@{a.prompt.hash}" for a in answers if a.prompt}
        return StoryProvenance(
            account=self.engine.name if "account" in self.filled else OFFLINE,
            discrepancies=self.engine.name if "discrepancies" in self.filled else OFFLINE,
            model=next((answer.model for answer in answers), None),
            requests=tuple(answer.request for answer in answers if answer.request),
            prompts=tuple(sorted(prompts)),
            attempts=usage.requests,
            reasks=sum(answer.reasks for answer in answers),
            input_tokens=usage.input_tokens,
            output_tokens=usage.output_tokens,
            cost_usd=usage.cost_usd,
            seconds=round(sum(answer.seconds for answer in answers), 3),
        )


def _warnings(reports: Sequence[Report], parts: int) -> Iterator[str]:
    """What a careful reader should know of how reports were compared."""
    partly = [report.id for report in reports if report.text is None]
    if partly:
        yield f"only the sentences that their briefs cite were compared of {', '.join(partly)}"
    if parts > 1:
        yield f"the reports do not fit into one request and were compared in {parts} parts, each two in one of them"


def _label(reports: Sequence[Report]) -> str:
    return " + ".join(report.id for report in reports)
