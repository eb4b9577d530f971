"""Running a suite: briefs of its reports, and a dossier of them all, scored against its labels."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import platform
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..dossiers import DossierOptions, dossier
from ..engines.base import Engine
from ..evaluation.dossier_scoring import score_dossier
from ..evaluation.scores import DocumentScore
from ..evaluation.scoring import score_brief, score_failure
from ..merge.linked import Report
from ..models.brief import SCHEMA_VERSION, Brief
from ..models.document import Document
from ..models.dossier import Dossier
from ..models.outcome import Failure
from ..pipeline import briefs, run_sync
from ..sentences import split
from ..version import __version__
from .runs import Run, RunInfo
from .suite import Case, Suite

_LIBRARIES = ("aiohttp", "instructor", "pydantic", "sentencex", "py3langid", "rapidfuzz", "numpy", "scipy")

Result = Brief | Failure
Step = Callable[[Result], None]


@dataclass(frozen=True)
class RunOptions:
    """How a suite is run.

    Args:
        name: of the run, in reports.
        model: as the user named it.
        jobs: documents, and stories, under way at once.
        context: characters of reports that one request about a story may hold.
        settings: what else changes an answer, for the record.
        step: called with every result as it comes.
    """

    name: str
    model: str | None = None
    jobs: int = 8
    context: int = DossierOptions().context
    settings: dict[str, str] = field(default_factory=dict)
    step: Step | None = None


def run_suite(suite: Suite, engines: Sequence[Engine], options: RunOptions) -> Run:
    """Make and score briefs of every report of a suite, once with each engine given.

    Where the suite has labelled stories, the same engine then makes one dossier of all briefs, which is scored too. A
    question about a story that has no reply is a failure of that story and stops nothing.

    Args:
        suite: the labelled reports.
        engines: one for each repeat; they are closed.
        options: name, model and so on.
    """
    started = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    made = [run_sync(_made(suite, engine, options)) for engine in engines]
    results = tuple(tuple(each.results) for each in made)
    scores = tuple(score_results(suite.cases, each) for each in results)
    dossiers = tuple(each.dossier for each in made if each.dossier)
    info = RunInfo(
        name=options.name, started=started, suite=suite.name, suite_hash=suite.hash, documents=len(suite.cases),
        repeats=len(engines), engine=engines[0].name, model=options.model, prompts=_prompts(results[0], dossiers),
        schema_version=SCHEMA_VERSION, software=f"summarizer {__version__}", python=platform.python_version(),
        libraries=_versions(), settings=options.settings,
    )  # fmt: skip
    dossier_scores = tuple(_score_dossier(suite, each.dossier, each.results) for each in made if each.dossier)
    return Run(info, suite.cases, results, scores, suite.stories, dossiers, dossier_scores)


def score_results(cases: Sequence[Case], results: Sequence[Result]) -> tuple[DocumentScore, ...]:
    """The scores of results, in the order of the cases they belong to."""
    return tuple(_score(case, result) for case, result in zip(cases, results, strict=True))


def _score(case: Case, result: Result) -> DocumentScore:
    if isinstance(result, Failure):
        return score_failure(case.reference, f"{result.kind}: {result.message}")
    return score_brief(result, case.reference, case.document.text)


class _Made(NamedTuple):
    results: list[Result]
    dossier: Dossier | None


def _score_dossier(suite: Suite, told: Dossier, results: Sequence[Result]) -> tuple[DocumentScore, ...]:
    made = [result for result in results if isinstance(result, Brief)]
    return score_dossier(told, made, suite.stories, suite.references)


async def _made(suite: Suite, engine: Engine, options: RunOptions) -> _Made:
    try:
        results = await _all_briefs(suite, engine, options)
        return _Made(results, await _dossier(suite, results, engine, options) if suite.stories else None)
    finally:
        await engine.close()


async def _dossier(suite: Suite, results: Sequence[Result], engine: Engine, options: RunOptions) -> Dossier:
    reports = [
        Report(result, case.document.text, split(case.document.text, case.document.language))
        for case, result in zip(suite.cases, results, strict=True)
        if isinstance(result, Brief)
    ]
    failures = [result for result in results if isinstance(result, Failure)]
    return await dossier(reports, engine, DossierOptions(options.context, options.jobs), failures)


async def _all_briefs(suite: Suite, engine: Engine, options: RunOptions) -> list[Result]:
    documents: list[Document] = [case.document for case in suite.cases]
    found: list[Result] = []
    stream: AsyncIterator[Result] = briefs(documents, engine, options.jobs)
    async for result in stream:
        if options.step:
            options.step(result)
        found.append(result)
    return found


def _prompts(results: Sequence[Result], dossiers: Sequence[Dossier]) -> dict[str, str]:
    origins = [result.provenance for result in results if isinstance(result, Brief)]
    found = {origin.prompt: origin.prompt_hash for origin in origins if origin.prompt and origin.prompt_hash}
    named = (prompt for told in dossiers[:1] for story in told.stories for prompt in story.provenance.prompts)
    return found | {name: value for name, _, value in (prompt.partition("@") for prompt in named)}


def _versions() -> dict[str, str]:
    found = {}
    for name in _LIBRARIES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found
