"""Running a suite: briefs of its reports, scored against its labels."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import platform
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field

from ..engines.base import Engine
from ..evaluation.scores import DocumentScore
from ..evaluation.scoring import score_brief, score_failure
from ..models.brief import SCHEMA_VERSION, Brief
from ..models.document import Document
from ..models.outcome import Failure
from ..pipeline import briefs, run_sync
from ..version import __version__
from .runs import Run, RunInfo
from .suite import Case, Suite

_LIBRARIES = ("openai", "instructor", "pydantic", "sentencex", "py3langid", "rapidfuzz", "numpy", "scipy")

Result = Brief | Failure
Step = Callable[[Result], None]


@dataclass(frozen=True)
class RunOptions:
    """How a suite is run.

    Args:
        name: of the run, in reports.
        model: as the user named it.
        jobs: documents under way at once.
        settings: what else changes an answer, for the record.
        step: called with every result as it comes.
    """

    name: str
    model: str | None = None
    jobs: int = 8
    settings: dict[str, str] = field(default_factory=dict)
    step: Step | None = None


def run_suite(suite: Suite, engines: Sequence[Engine], options: RunOptions) -> Run:
    """Make and score briefs of every report of a suite, once with each engine given.

    Args:
        suite: the labelled reports.
        engines: one for each repeat; they are closed.
        options: name, model and so on.
    """
    started = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    results = tuple(tuple(run_sync(_all_briefs(suite, engine, options))) for engine in engines)
    scores = tuple(score_results(suite.cases, each) for each in results)
    info = RunInfo(
        name=options.name, started=started, suite=suite.name, suite_hash=suite.hash, documents=len(suite.cases),
        repeats=len(engines), engine=engines[0].name, model=options.model, prompts=_prompts(results[0]),
        schema_version=SCHEMA_VERSION, software=f"summarizer {__version__}", python=platform.python_version(),
        libraries=_versions(), settings=options.settings,
    )  # fmt: skip
    return Run(info, suite.cases, results, scores)


def score_results(cases: Sequence[Case], results: Sequence[Result]) -> tuple[DocumentScore, ...]:
    """The scores of results, in the order of the cases they belong to."""
    return tuple(_score(case, result) for case, result in zip(cases, results, strict=True))


def _score(case: Case, result: Result) -> DocumentScore:
    if isinstance(result, Failure):
        return score_failure(case.reference, f"{result.kind}: {result.message}")
    return score_brief(result, case.reference, case.document.text)


async def _all_briefs(suite: Suite, engine: Engine, options: RunOptions) -> list[Result]:
    documents: list[Document] = [case.document for case in suite.cases]
    found: list[Result] = []
    stream: AsyncIterator[Result] = briefs(documents, engine, options.jobs)
    try:
        async for result in stream:
            if options.step:
                options.step(result)
            found.append(result)
    finally:
        await engine.close()
    return found


def _prompts(results: Sequence[Result]) -> dict[str, str]:
    origins = [result.provenance for result in results if isinstance(result, Brief)]
    return {origin.prompt: origin.prompt_hash for origin in origins if origin.prompt and origin.prompt_hash}


def _versions() -> dict[str, str]:
    found = {}
    for name in _LIBRARIES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found
