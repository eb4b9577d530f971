"""Reports that are too long for one request: read in parts, which are merged like the reports of a story.

    sentences ──in_parts──▶ overlapping runs ──fill──▶ drafts ──merge──▶ one draft ──ground──▶ one brief

Each wave of parts is as large as all before it (1, 1, 2, 4, ...), so that parts are drafted in parallel and yet know
the actors that earlier ones named.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .engines.base import Asks, BriefTask, Engine, Filled
from .engines.origin import provenance
from .engines.overview import OverviewQuestion, as_account, composed
from .engines.reading_parts import Run
from .errors import EngineError, InvalidReply, MissingReply, TransportError
from .grounding.check import ground
from .merge.account import account_faults
from .merge.claims import Claim
from .merge.linked import Report, in_order
from .merge.merging import merge_reports
from .merge.parts import Parts
from .merge.whole import shown_claims, whole
from .models.brief import Brief
from .models.comparison import Overview
from .models.document import Document, Part, Sentence
from .models.draft import Draft
from .models.exchange import Usage
from .telemetry.stages import stage

_AT_ONCE = 8
"""Parts of one report under way at once."""
_MOST_KNOWN = 60
"""Actors of earlier parts that a part is told of."""
_MOST_CLAIMS = 100_000
"""Characters of claims from which the opening is written."""


async def brief_in_parts(
    document: Document, sentences: Sequence[Sentence], runs: Sequence[Run], engine: Engine
) -> Brief:
    """The checked brief of a long report.

    A part whose reply cannot be used is left out, which a warning says; replies that were got are kept by
    the store, so that a run that failed for want of a server goes on where it was.

    Args:
        document: the report.
        sentences: all of them.
        runs: the parts in which it is read.
        engine: fills the drafts and writes the opening.

    Raises:
        MissingReply, TransportError: there is no reply to a part or to the question for the opening.
        EngineError: no part could be drafted.
    """
    read = await _Reading(document, sentences, engine).all(runs)
    reports = in_order(read.reports)
    with stage("merge"):
        parts = merge_reports(reports, one_report=True)
    opening = await _opening(document, parts, engine)
    made = whole(reports, parts, opening.overview)
    filled = _together(made.draft, [*read.filled, *opening.filled])
    with stage("ground"):
        brief = ground(made.draft, document, sentences, provenance(engine.name, filled))
    warnings = (*read.warnings, *opening.warnings, *brief.checks.warnings)
    return brief.model_copy(
        update={
            "events": brief.events[: made.main_events],
            "minor_events": brief.events[made.main_events :],
            "checks": brief.checks.model_copy(update={"warnings": warnings}),
            "provenance": brief.provenance.model_copy(update={"parts": len(runs)}),
        }
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """What came of the parts: a report for each that was drafted, and what is missing."""

    reports: tuple[Report, ...]
    filled: tuple[Filled[Draft], ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Opening:
    overview: Overview
    filled: tuple[Filled[Overview], ...] = ()
    warnings: tuple[str, ...] = ()


class _Reading:
    """The parts of one report being drafted."""

    def __init__(self, document: Document, sentences: Sequence[Sentence], engine: Engine):
        self._document = document
        self._sentences = sentences
        self._engine = engine
        self._gate = asyncio.Semaphore(_AT_ONCE)

    async def all(self, runs: Sequence[Run]) -> _Read:
        done: list[tuple[Report, Filled[Draft]]] = []
        warnings: list[str] = []
        numbered = list(enumerate(runs, 1))
        for wave in _waves(numbered):
            known = _known([report.brief for report, _ in done])
            tasks = [self._one(run, Part(number, len(runs), known)) for number, run in wave]
            results = await asyncio.gather(*tasks, return_exceptions=True)
            broken = [result for result in results if isinstance(result, BaseException)]
            for error in broken:
                if not isinstance(error, EngineError) or isinstance(error, (MissingReply, TransportError)):
                    raise error
            for (number, run), result in zip(wave, results, strict=True):
                if isinstance(result, BaseException):
                    warnings.append(self._gap(number, run, len(runs), str(result)))
                else:
                    done.append(result)
        if not done:
            raise InvalidReply(
                f"none of its {len(runs)} parts could be drafted: {warnings[0]}",
                document=self._document.id,
                remedy="Try another model, or smaller parts (--part)",
            )
        return _Read(tuple(report for report, _ in done), tuple(filled for _, filled in done), tuple(warnings))

    async def _one(self, run: Run, part: Part) -> tuple[Report, Filled[Draft]]:
        async with self._gate:
            filled = await self._engine.fill(BriefTask(self._document, run, part))
        with stage("ground"):
            brief = ground(filled.draft, self._document, self._sentences, provenance(self._engine.name, filled))
        named = brief.document.model_copy(update={"id": f"part {part.number:04}"})
        return Report(brief.model_copy(update={"document": named})), filled

    def _gap(self, number: int, run: Run, of: int, why: str) -> str:
        layout = self._document.layout
        first, last = run[0], run[-1]
        where = f"sentences {first.number} to {last.number}"
        if layout:
            begin, end = layout.number_at(first.start), layout.number_at(last.start)
            where += f", {layout.unit}s {begin} to {end}"
        return f"part {number} of {of} ({where}) is missing in this brief: {why}"


def _waves(parts: Sequence[tuple[int, Run]]) -> Iterator[Sequence[tuple[int, Run]]]:
    """Parts in waves, each as large as all before it together."""
    begin = 0
    while begin < len(parts):
        size = max(1, begin)
        yield parts[begin : begin + size]
        begin += size


def _known(briefs: Sequence[Brief]) -> tuple[str, ...]:
    """Actors with what they are, those first who are in the most parts and events."""
    told: dict[str, str] = {}
    busy: Counter[str] = Counter()
    for brief in briefs:
        acting = Counter(each.actor for event in brief.all_events for each in event.participants)
        for actor in brief.actors:
            about = ", ".join(part for part in (actor.role, actor.affiliation) if part)
            told.setdefault(actor.name, f"{actor.name} ({about})" if about else actor.name)
            busy[actor.name] += 1 + acting[actor.id]
    return tuple(told[name] for name, _ in busy.most_common(_MOST_KNOWN))


async def _opening(document: Document, parts: Parts, engine: Engine) -> _Opening:
    """The opening: the engine's as far as the claims carry it, else one composed of claims."""
    if not isinstance(engine, Asks):
        return _Opening(composed(parts))
    claims = shown_claims(parts, _MOST_CLAIMS)
    try:
        filled = await engine.ask(OverviewQuestion(document.id, parts, claims))
    except (MissingReply, TransportError):
        raise
    except EngineError as error:
        return _Opening(composed(parts), (), (f"the opening is composed of claims: {error.message}",))
    return _supported(filled, parts, claims)


def _supported(filled: Filled[Overview], parts: Parts, claims: Sequence[Claim]) -> _Opening:
    """An opening without the lines that the claims do not carry; what cannot be left out is composed."""
    faults = account_faults(as_account(filled.draft), claims)
    broken = {fault.line for fault in faults}
    own = composed(parts)
    said = filled.draft
    overview = Overview(
        headline=own.headline if "headline" in broken else said.headline,
        bottom_line=own.bottom_line if "bottom_line" in broken else said.bottom_line,
        summary=tuple(line for n, line in enumerate(said.summary, 1) if f"summary {n}" not in broken),
        main_events=said.main_events or own.main_events,
    )
    return _Opening(overview, (filled,), tuple(f"left out of the opening: {fault.message}" for fault in faults))


def _together(draft: Draft, filled: Sequence[Filled[Draft] | Filled[Overview]]) -> Filled[Draft]:
    """One answer of many: the last one's model and prompt, the sum of what they took."""
    last = filled[-1]
    return Filled(
        draft=draft,
        model=last.model,
        prompt=last.prompt,
        request=last.request,
        recorded=all(each.recorded for each in filled),
        reasks=sum(each.reasks for each in filled),
        usage=sum((each.usage for each in filled), Usage()),
        seconds=sum(each.seconds for each in filled),
        replied=max((each.replied for each in filled if each.replied), default=None),
    )
