"""What the commands of `summarizer eval` do."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import click

from ..documents import load
from ..engines.base import Engine
from ..errors import InputError
from ..evaluation.dossier_references import FOLDER, read_dossier_references
from ..evaluation.power import Demand, minimum_detectable_difference
from ..evaluation.reading import read_references
from ..evaluation.scores import DocumentScore
from ..evaluation.statistics import bootstrap
from ..experiment import agreement as agreeing
from ..experiment import gate as gates
from ..experiment import history as histories
from ..experiment.baselines import LeadEngine
from ..experiment.comparing import STORIES, Runs, stories_of
from ..experiment.judge_scores import gated, read_judged
from ..experiment.labelling import skeleton
from ..experiment.running import RunOptions, run_suite, score_results
from ..experiment.runs import Run, load_run, read_result, save_run
from ..experiment.suite import Case, load_suite
from ..models.brief import Brief
from ..models.document import Document
from ..models.outcome import Failure
from ..pipeline import brief_one, run_sync
from ..settings import Settings, build_engine, build_source, load_settings, open_store
from . import ALL_DONE, NOTHING_RAN, SOME_FAILED
from .eval_tables import print_differences, print_history, print_metrics
from .files import atomic
from .observing import observing
from .progress import Progress
from .session import reading_of

LEAD = "lead-3"


def check(folder: Path) -> int:
    """Load a suite; a fault in it is raised."""
    suite = load_suite(folder)
    languages = sorted({case.reference.language for case in suite.cases})
    click.echo(f"{len(suite.cases)} labelled reports in {len(languages)} languages: {', '.join(languages)}")
    if suite.stories:
        click.echo(f"{len(suite.stories)} labelled stories: {', '.join(labels.story for labels in suite.stories)}")
    return ALL_DONE


def run(folder: Path, given: dict[str, Any]) -> int:
    """Run a suite, write the run folder, print its metrics."""
    progress = Progress(quiet=given["quiet"])
    suite = load_suite(folder).only(given["only"])
    out: Path = given["out"]
    if (out / "run.json").exists():
        raise InputError("there is a run already", document=str(out), remedy="Name another folder with --out")
    fields = {name: value for name, value in given.items() if name in Settings.model_fields}
    settings = load_settings(fields)
    with ExitStack() as stack, progress.counter(to_terminal=False):
        stack.enter_context(observing(given, settings.log_text, progress))
        engines = [_engine(settings, number, stack) for number in range(given["repeats"])]
        options = RunOptions(
            name=given["name"] or out.name, model=settings.model, jobs=settings.jobs, context=settings.context,
            settings=_answering(settings), step=lambda _: progress.step(),
        )  # fmt: skip
        done = run_suite(suite, engines, options)
    save_run(done, out)
    print_metrics(done.intervals.values(), f"{done.info.name}: {len(suite.cases)} reports")
    failed = sum(isinstance(result, Failure) for results in done.results for result in results)
    for result in (each for results in done.results for each in results):
        if isinstance(result, Failure):
            progress.error(f"{result.kind}: {result.message}")
    for story in (each for told in done.dossier_scores for each in told if each.failed):
        progress.error(f"story {story.document}: {story.failed}")
    progress.note(f"written to {out}")
    everything = len(suite.cases) * len(engines)
    return ALL_DONE if not failed else NOTHING_RAN if failed == everything else SOME_FAILED


def score(briefs: Path, folder: Path, as_json: bool) -> int:
    """Score the briefs of a file."""
    suite = load_suite(folder)
    by_name = {case.reference.document: case for case in suite.cases}
    try:
        lines = [line for line in briefs.read_text("utf-8").split("\n") if line.strip()]
        results = [read_result(line) for line in lines]
    except (OSError, ValueError) as error:
        said = str(error).splitlines()[0]
        remedy = "Name what `summarizer brief --format jsonl` wrote"
        raise InputError(f"holds no briefs ({said})", document=str(briefs), remedy=remedy) from error
    cases = [_case_of(result, by_name, briefs) for result in results]
    scores = score_results(cases, results)
    intervals = bootstrap(scores)
    if as_json:
        click.echo(json.dumps({name: interval.model_dump() for name, interval in intervals.items()}, indent=1))
    else:
        print_metrics(intervals.values(), f"{len(scores)} of {len(suite.cases)} reports")
    return ALL_DONE


def compare(base: Path, new: Path) -> int:
    """Print the differences of two runs."""
    first, second = load_run(base), load_run(new)
    runs, metrics = Runs.of(first, second), _shared_metrics(first, second)
    differences = runs.differences(metrics)
    demand = Demand(comparisons=len(metrics))
    least = {}
    for metric in metrics:
        base_, new_ = runs.stories if metric.startswith(STORIES) else (runs.base, runs.new)
        least[metric] = minimum_detectable_difference(base_, metric, new_, demand)
    print_differences(differences.values(), least, f"{second.info.name} against {first.info.name}")
    return ALL_DONE


def gate(base: Path, new: Path, config: Path, judged: Sequence[Path]) -> int:
    """Say whether a run passes; exit code 1 when it does not."""
    first, second = load_run(base), load_run(new)
    records = [read_judged(path, run_) for path, run_ in zip(judged, (first, second), strict=False)]
    compared = gated(first, second, gates.read_gate(config), records)
    verdict = gates.judge(compared.base, compared.new, compared.config, stories_of(first, second))
    for note in compared.notes:
        click.echo(note)
    for finding in verdict.findings:
        click.echo(f"FAILED {finding.metric} {finding.why}")
        if finding.documents:
            click.echo(f"       worst: {', '.join(finding.documents)}")
    if verdict.passed:
        click.echo(f"passed: {len(verdict.differences)} metrics of {second.info.name} against {first.info.name}")
    return ALL_DONE if verdict.passed else SOME_FAILED


def report(folders: Sequence[Path], given: dict[str, Any]) -> int:
    """Write the reports that are asked for."""
    from ..experiment import report as reporting

    wanted = {kind: path for kind in ("html", "markdown", "junit") if (path := given[kind])}
    if not wanted:
        raise click.UsageError("Name what to write: --html, --markdown or --junit.")
    runs = [load_run(folder) for folder in folders]
    about = reporting.Report(
        run=runs[0],
        others=tuple(runs[1:]),
        base=load_run(given["base"]) if given["base"] else None,
        history=histories.read_history(given["history"]) if given["history"] else (),
        gate=gates.read_gate(given["config"]) if given["config"] else None,
        judged=read_judged(given["judged"], runs[0]) if given["judged"] else None,
    )
    for kind, path in wanted.items():
        with atomic(path) as stream:
            stream.write(reporting.write(about, kind))
        click.echo(f"written to {path}", err=True)
    return ALL_DONE


def history(path: Path, add: Path | None, accept: bool) -> int:
    """Add a run to a history, or print it."""
    if accept and not add:
        raise click.UsageError("--accept needs --add RUN.")
    if add:
        done = load_run(add)
        histories.append(path, histories.entry_of(done, accept))
        if accept:
            _keep(add, path.parent / "accepted")
    print_history(histories.read_history(path))
    return ALL_DONE


def agreement(folder: Path, second: Path) -> int:
    """Print the scores of a second annotator."""
    suite = load_suite(folder)
    texts = {case.reference.document: case.document.text for case in suite.cases}
    scores = agreeing.agreement(suite, read_references(second, texts))
    human = [i for i in bootstrap(scores).values() if not i.metric.startswith(("cost.", "grounding.", "failures"))]
    print_metrics(human, f"second annotator, {len(scores)} reports")
    told = agreeing.dossier_agreement(suite, read_dossier_references(second / FOLDER, suite.references))
    if told:
        print_metrics(bootstrap(told).values(), f"second annotator, {len(told)} stories")
    return ALL_DONE


def label(path: Path, output: Path | None, given: dict[str, Any]) -> int:
    """Write the skeleton of a reference."""
    settings = load_settings({name: value for name, value in given.items() if name in Settings.model_fields})
    document = next(iter(load((str(path),), reading_of(given), None)))
    if not isinstance(document, Document):
        raise document
    with ExitStack() as stack:
        brief = run_sync(_brief_and_close(document, _engine(settings, 0, stack)))
    text = skeleton(brief, path.name)
    if output:
        with atomic(output) as stream:
            stream.write(text)
        click.echo(f"written to {output}", err=True)
    else:
        click.echo(text, nl=False)
    return ALL_DONE


async def _brief_and_close(document: Document, engine: Engine) -> Brief:
    try:
        return await brief_one(document, engine)
    finally:
        await engine.close()


def _engine(settings: Settings, repeat: int, stack: ExitStack) -> Engine:
    """An engine for one repeat; repeats after the first ask anew and are kept apart in the store."""
    if settings.model == LEAD and settings.replies is None:
        return LeadEngine()
    settings = settings.model_copy(update={"repeat": repeat})
    store = open_store(settings)
    if store:
        stack.enter_context(closing(store))
    return build_engine(settings, build_source(settings, store))


def _answering(settings: Settings) -> dict[str, str]:
    """The settings that change an answer, as far as they are given."""
    names = ("base_url", "mode", "temperature", "max_tokens", "seed", "reasks")
    return {name: str(value) for name in names if (value := getattr(settings, name)) is not None}


def _case_of(result: Brief | Failure, cases: dict[str, Case], briefs: Path) -> Case:
    names = [result.document] if isinstance(result, Failure) else [result.document.source, result.document.id]
    for name in names:
        short = Path(name).name
        for known in (short, f"{short}.txt"):
            if known in cases:
                return cases[known]
    raise InputError(
        f"there is no reference for {names[0]}", document=str(briefs), remedy="Score briefs of the suite's own reports"
    )


def _shared_metrics(one: Run, other: Run) -> tuple[str, ...]:
    def names(scores: Iterable[DocumentScore]) -> list[str]:
        return list(dict.fromkeys(name for score in scores for name in score.shares))

    known = set(names((*other.pooled, *other.pooled_stories)))
    return tuple(name for name in names((*one.pooled, *one.pooled_stories)) if name in known)


def _keep(run_: Path, place: Path) -> None:
    """Put a copy of a run in the place of the one that was accepted before."""
    fresh = place.with_name(f".{place.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(run_, fresh)
    shutil.rmtree(place, ignore_errors=True)
    fresh.rename(place)
