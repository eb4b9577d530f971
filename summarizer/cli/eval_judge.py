"""What `summarizer eval judge` and `eval prefer` do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from ..engines.batch import Pending
from ..engines.prompted import ReplySource
from ..engines.recorded import Remembering, Stored, recording_text
from ..engines.wire import OutputMode
from ..errors import ConfigurationError
from ..evaluation.statistics import bootstrap
from ..experiment.judge import Question
from ..experiment.judge_agreement import Agreement, Thresholds, agreements, hand_questions, read_judgements
from ..experiment.judge_scores import judged_run, questions_of
from ..experiment.judging import Answer, Judge, unjudged
from ..experiment.preference import compared, preference_scores, preferences
from ..experiment.runs import load_run
from ..models.exchange import Request
from ..pipeline import run_sync
from ..prompts import Prompts
from ..settings import Settings, build_source, load_settings, open_ledger, open_store
from . import ALL_DONE, NOTHING_RAN, SOME_FAILED
from .batch_run import write_batch
from .eval_tables import number, print_metrics
from .files import atomic
from .progress import Progress

_RECORDING = {"what": "Replies of a judge, recorded by summarizer eval --record"}


def judge(folder: Path, given: dict[str, Any]) -> int:
    """Judge the briefs of a run, and the judge."""
    session = _Session.of(given)
    run = load_run(folder)
    thresholds = Thresholds(kappa=given["least_kappa"], low=given["least_low"], items=given["least_items"])
    by_hand = hand_questions(read_judgements(given["judgements"])) if given["judgements"] else ()
    questions = questions_of(run)
    everything = (*questions, *(each.question for each in by_hand))
    if given["export"]:
        return session.export(everything, given["export"])
    answers = session.answers(everything)
    ours, theirs = answers[: len(questions)], answers[len(questions) :]
    found = agreements(by_hand, theirs, thresholds)
    record = judged_run(run, ours, session.prompts_of(questions), found)
    if given["out"]:
        with atomic(given["out"]) as stream:
            stream.write(record.model_dump_json(indent=1) + "\n")
    print_metrics(record.intervals.values(), f"{run.info.name}, judged: {len(run.cases)} reports")
    for each in found:
        click.echo(_agreement_line(each))
    if not found:
        click.echo("not used for the gate: no judgements made by hand were given (--judgements)")
    if given["out"]:
        session.progress.note(f"written to {given['out']}")
    return session.finish(answers)


def prefer(first: Path, second: Path, given: dict[str, Any]) -> int:
    """Say which of two runs has the better briefs."""
    session = _Session.of(given)
    one, other = load_run(first), load_run(second)
    pairs = compared(one, other)
    left_out = len(one.cases) - len(pairs)
    if left_out:
        session.progress.note(f"{left_out} reports without a brief in both runs are left out")
    questions = [question for pair in pairs for question in (pair.in_order, pair.swapped)]
    if given["export"]:
        return session.export(questions, given["export"])
    answers = session.answers(questions)
    found = preferences(pairs, answers)
    if given["out"]:
        with atomic(given["out"]) as stream:
            stream.writelines(each.model_dump_json() + "\n" for each in found)
        session.progress.note(f"written to {given['out']}")
    click.echo(f"first: {one.info.name}, second: {other.info.name}")
    print_metrics(bootstrap(preference_scores(pairs, found)).values(), f"{len(found)} reports in both orders")
    return session.finish(answers)


@dataclass(frozen=True)
class _Session:
    """The judge that was asked for, and how its replies are come by."""

    settings: Settings
    prompts: Prompts
    progress: Progress
    record: Path | None

    @classmethod
    def of(cls, given: dict[str, Any]) -> _Session:
        settings = load_settings({name: value for name, value in given.items() if name in Settings.model_fields})
        if settings.offline:
            remedy = "Name it with --model, such as openai/gpt-4o-mini, or its replies with --replies"
            raise ConfigurationError("a judge needs a language model", remedy=remedy)
        if given["export"] and (given["replies"] or given["record"] or given["out"]):
            raise click.UsageError("--export asks nothing: it goes with neither --replies, --record nor --out.")
        if given["export"] and not settings.live:
            remedy = "Name --model, and no recording in SUMMARIZER_REPLIES"
            raise ConfigurationError("a batch needs a model", remedy=remedy)
        return cls(settings, Prompts(settings.prompt_dir), Progress(quiet=given["quiet"]), given["record"])

    def answers(self, questions: Sequence[Question]) -> tuple[Answer, ...]:
        """Ask everything; a recording is written when it is asked for."""
        with self._source() as source, self.progress.counter(to_terminal=False):
            return self._ask(source, questions)

    def export(self, questions: Sequence[Question], output: Path) -> int:
        """Write what has no reply yet as batch files."""
        settings = self.settings
        pending: list[Request] = []
        with closing(open_ledger(settings)) as store:
            self._ask(Stored(store, settings.answer_settings, Pending(pending.append)), questions)
            mode = settings.mode or OutputMode.JSON_SCHEMA
            names = write_batch(pending, store, settings, mode, output)
        self.progress.note(f"{len(pending)} requests to the judge in {names}")
        return ALL_DONE

    def prompts_of(self, questions: Sequence[Question]) -> dict[str, str]:
        """Hash of each rubric that was used."""
        return {task: self.prompts.info(task).hash for task in sorted({question.task for question in questions})}

    def finish(self, answers: Sequence[Answer]) -> int:
        """Name what has no reply; the exit code."""
        missing = unjudged(answers)
        for each in missing:
            self.progress.error(f"{each.kind} judgements: {each.error}")
        if not missing:
            return ALL_DONE
        return NOTHING_RAN if len(missing) == len(answers) else SOME_FAILED

    def _ask(self, source: ReplySource, questions: Sequence[Question]) -> tuple[Answer, ...]:
        judging = Judge(self.prompts, source, self.settings.reasks, self.progress.step)

        async def ask() -> tuple[Answer, ...]:
            try:
                return await judging.answers(questions, self.settings.jobs)
            finally:
                await source.close()

        return run_sync(ask())

    @contextmanager
    def _source(self) -> Iterator[ReplySource]:
        with ExitStack() as stack:
            store = open_store(self.settings)
            if store:
                stack.enter_context(closing(store))
            source = build_source(self.settings, store)
            assert source is not None
            if not self.record:
                yield source
                return
            recording = stack.enter_context(atomic(self.record))
            remembered = Remembering(source)
            yield remembered
            days = sorted({entry.reply.replied[:10] for entry in remembered.replies})
            recording.write(recording_text(remembered.replies, {**_RECORDING, "replied": days}))
            self.progress.note(f"{len(remembered.replies)} replies written to {self.record}")


def _agreement_line(found: Agreement) -> str:
    kappa = found.kappa
    between = "" if kappa.low is None else f" ({number(kappa.low)} to {number(kappa.high)})"
    missing = f", {found.unjudged} without a reply" if found.unjudged else ""
    about = f"{found.kind} judgements against hand labels: kappa {number(kappa.kappa)}{between}, n = {kappa.n}{missing}"
    return f"{about}: " + ("may be used for the gate" if found.usable else f"not used for the gate: {found.why}")
