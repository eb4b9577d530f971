"""A judged run: the judge's labels as metrics with intervals, kept in a file, and taken into a gate when it may be.

judge.nuggets.vital         vital nuggets that the summary says whole, by meaning
judge.nuggets.all           vital and okay ones together
judge.claims.supported      statements that their cited sentences carry whole
judge.claims.contradicted   statements that their cited sentences contradict; less is better

"partly" counts as not said and not supported. A report without a brief says no nugget; one without a reply of the judge
bears on no metric.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from ..errors import InputError
from ..evaluation.references import Salience
from ..evaluation.scores import DocumentScore, Share
from ..evaluation.statistics import Interval, bootstrap
from ..models.base import Model
from ..models.brief import Brief
from ..models.judgement import Carried, Kind, Said
from .gate import GateConfig
from .judge import Question, questions_about
from .judge_agreement import Agreement
from .judging import Answer, Judgement, Unjudged, unjudged
from .runs import Run
from .suite import Case

FORMAT = "summarizer-judged/1"

PREFIX = "judge."
_Shares = Mapping[str, Mapping[str, Share]]
_Scores = tuple[DocumentScore, ...]
_METRICS_OF = {Kind.NUGGET: "judge.nuggets.", Kind.CLAIM: "judge.claims."}


class JudgedRun(Model):
    """What a judge says of a run."""

    format: str = FORMAT
    run: str
    started: str
    """Both as the run has them."""
    models: tuple[str, ...]
    """Who judged, as the replies say."""
    prompts: dict[str, str]
    """Hash of each rubric."""
    agreement: tuple[Agreement, ...]
    """With judgements made by hand; empty when none were given."""
    intervals: dict[str, Interval]
    scores: tuple[DocumentScore, ...]
    judgements: tuple[Judgement, ...]
    unjudged: tuple[Unjudged, ...]


@dataclass(frozen=True, slots=True)
class Gated:
    """What a gate compares once judged runs are taken in, and what it leaves out."""

    base: tuple[DocumentScore, ...]
    new: tuple[DocumentScore, ...]
    config: GateConfig
    notes: tuple[str, ...]


def questions_of(run: Run) -> tuple[Question, ...]:
    """What is asked about a run's briefs, over all its repeats."""
    return tuple(
        question
        for results in run.results
        for case, result in zip(run.cases, results, strict=True)
        if isinstance(result, Brief)
        for question in questions_about(result, case.reference.document, case.reference.nuggets)
    )


def judged_run(
    run: Run, answers: Sequence[Answer], prompts: dict[str, str], agreement: tuple[Agreement, ...] = ()
) -> JudgedRun:
    """The record of a judged run.

    Args:
        run: that was judged.
        answers: to its questions.
        prompts: hash of each rubric.
        agreement: of the judge with people.
    """
    judgements = tuple(judgement for answer in answers for judgement in answer.judgements)
    scores = tuple(_score(run, number, judgements) for number in range(len(run.cases)))
    return JudgedRun(
        run=run.info.name, started=run.info.started, models=tuple(sorted({a.model for a in answers if a.model})),
        prompts=prompts, agreement=agreement, intervals=bootstrap(scores), scores=scores, judgements=judgements,
        unjudged=unjudged(answers),
    )  # fmt: skip


def read_judged(path: Path, run: Run) -> JudgedRun:
    """The record of a judged run, which must be of this run.

    Raises:
        InputError: it is none, or of another run.
    """
    remedy = "Name what `summarizer eval judge --out` wrote"
    try:
        judged = JudgedRun.model_validate_json(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, ValidationError) as error:
        said = str(error).splitlines()[0]
        raise InputError(f"is no judged run ({said})", document=str(path), remedy=remedy) from error
    if (judged.run, judged.started) != (run.info.name, run.info.started):
        raise InputError(f"judges the run {judged.run!r}, not {run.info.name!r}", document=str(path), remedy=remedy)
    return judged


def gated(base: Run, new: Run, config: GateConfig, judged: Sequence[JudgedRun] = ()) -> Gated:
    """The scores of two runs with those of their judged metrics that a gate may use, and the rules that then hold.

    Rules about a judge's metrics are left out, with a note, where there is no judged run, the two were judged by
    different judges, or the judge does not agree enough with people. Only documents that were judged in both count.

    Args:
        base: the accepted run.
        new: the run in question.
        config: rules, about judged metrics too.
        judged: the records of both, base first, or none.
    """
    reasons = {kind: _why_unused(kind, judged) for kind in _METRICS_OF}
    used = tuple(_METRICS_OF[kind] for kind, why in reasons.items() if not why)
    rules = {
        name: rule for name, rule in config.metrics.items() if not name.startswith(PREFIX) or name.startswith(used)
    }
    notes = tuple(
        f"the judge is not used for {_METRICS_OF[kind]}*: {why}"
        for kind, why in reasons.items()
        if why and any(name.startswith(_METRICS_OF[kind]) for name in config.metrics)
    )
    shares = [{score.document: score.shares for score in record.scores} for record in judged] or [{}, {}]
    return Gated(
        base=_with(base.pooled, shares[0], shares[1], used),
        new=_with(new.pooled, shares[1], shares[0], used),
        config=config.model_copy(update={"metrics": rules}),
        notes=notes,
    )


def _score(run: Run, number: int, judgements: Sequence[Judgement]) -> DocumentScore:
    case = run.cases[number]
    mine = [judgement for judgement in judgements if judgement.document == case.reference.document]
    failed = sum(not isinstance(results[number], Brief) for results in run.results)
    nuggets = [each for each in mine if each.kind is Kind.NUGGET]
    vital = [each for each in nuggets if each.salience is not Salience.OKAY]
    claims = [each for each in mine if each.kind is Kind.CLAIM]
    shares = {
        "judge.nuggets.vital": _share(vital, Said.YES, failed * _nuggets(case, vital_only=True)),
        "judge.nuggets.all": _share(nuggets, Said.YES, failed * _nuggets(case, vital_only=False)),
        "judge.claims.supported": _share(claims, Carried.SUPPORTED, 0),
        "judge.claims.contradicted": _share(claims, Carried.CONTRADICTED, 0),
    }
    return DocumentScore(document=case.reference.document, language=case.reference.language, shares=shares)


def _nuggets(case: Case, vital_only: bool) -> int:
    return sum(not vital_only or nugget.salience is not Salience.OKAY for nugget in case.reference.nuggets)


def _share(judgements: Sequence[Judgement], label: str, lost: int) -> Share:
    return Share(sum(judgement.label == label for judgement in judgements), len(judgements) + lost)


def _why_unused(kind: Kind, judged: Sequence[JudgedRun]) -> str:
    if not judged:
        return "no judged runs are given (--judged)"
    base, new = judged
    if (base.models, base.prompts) != (new.models, new.prompts):
        return "the two runs were judged by different judges or rubrics"
    found = [each for record in judged for each in record.agreement if each.kind is kind]
    if len(found) < len(judged):
        return "its agreement with judgements made by hand is not known (--judgements)"
    return next((each.why for each in found if not each.usable), "")


def _with(scores: Sequence[DocumentScore], mine: _Shares, theirs: _Shares, used: tuple[str, ...]) -> _Scores:
    """Scores with those judged shares that may be used; of 0 where the same document has none in the other run."""
    found = []
    for score in scores:
        judged, other = mine.get(score.document, {}), theirs.get(score.document, {})
        extra = {
            name: share if name in other and other[name].whole else Share(0, 0)
            for name, share in judged.items()
            if name.startswith(used)
        }
        found.append(score.model_copy(update={"shares": {**score.shares, **extra}}))
    return tuple(found)
