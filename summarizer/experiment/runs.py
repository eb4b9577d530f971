"""A run: what was asked of which engine, what came out, and how it scored; a folder that stands by itself.

run.json           what was run: suite, engine, prompts, versions, settings
suite.jsonl        the reports and labels it ran over
briefs-1.jsonl     a brief or failure for each report, one file for each repeat
scores-1.jsonl     their scores
summary.json       every metric of the suite with its interval

and, where the suite has labelled stories:

stories.jsonl            their labels
dossier-1.json           the dossier of all briefs, one file for each repeat
dossier-scores-1.jsonl   its scores, story by story
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ValidationError

from ..errors import InputError
from ..evaluation.dossier_references import DossierReference
from ..evaluation.scores import DocumentScore
from ..evaluation.statistics import Interval, bootstrap
from ..models.base import Model
from ..models.brief import Brief
from ..models.dossier import Dossier
from ..models.outcome import Failure
from .suite import Case

FORMAT = "summarizer-run/1"


class RunInfo(Model):
    """What was run."""

    format: str = FORMAT
    name: str
    started: str
    """ISO 8601 in UTC."""
    suite: str
    suite_hash: str
    documents: int
    repeats: int
    engine: str
    model: str | None
    prompts: dict[str, str]
    """Hash of each prompt that replies were asked with."""
    schema_version: str
    software: str
    python: str
    libraries: dict[str, str]
    settings: dict[str, str]
    """What else changes an answer, as the user gave it."""


@dataclass(frozen=True)
class Run:
    """A run in memory; `results` and `scores` hold one list for each repeat, in the order of `cases`.

    `dossiers` and `dossier_scores` hold one for each repeat where the suite has labelled `stories`, else nothing.
    """

    info: RunInfo
    cases: tuple[Case, ...]
    results: tuple[tuple[Brief | Failure, ...], ...]
    scores: tuple[tuple[DocumentScore, ...], ...]
    stories: tuple[DossierReference, ...] = ()
    dossiers: tuple[Dossier, ...] = ()
    dossier_scores: tuple[tuple[DocumentScore, ...], ...] = ()

    @property
    def pooled(self) -> tuple[DocumentScore, ...]:
        """One score for each document: over repeats its shares are added up, which is their mean as a share."""
        return _pooled_all(self.scores)

    @property
    def pooled_stories(self) -> tuple[DocumentScore, ...]:
        """The same for each story of the dossier, labelled or of one report; none where there is no dossier."""
        return _pooled_all(self.dossier_scores)

    @cached_property
    def intervals(self) -> dict[str, Interval]:
        """Every metric of the suite with its interval: over documents, those of the dossier over stories."""
        return bootstrap(self.pooled) | bootstrap(self.pooled_stories)


def save_run(run: Run, folder: Path) -> None:
    """Write a run to a folder, which is made when missing.

    Raises:
        InputError: the folder holds another run, or cannot be written.
    """
    if (folder / "run.json").exists():
        raise InputError("there is a run already", document=str(folder), remedy="Name another folder with --out")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_lines(folder / "suite.jsonl", run.cases)
        for number, (results, scores) in enumerate(zip(run.results, run.scores, strict=True), 1):
            _write_lines(folder / f"briefs-{number}.jsonl", results)
            _write_lines(folder / f"scores-{number}.jsonl", scores)
        if run.stories:
            _save_dossiers(run, folder)
        summary = {name: interval.model_dump() for name, interval in run.intervals.items()}
        (folder / "summary.json").write_text(json.dumps(summary, indent=1) + "\n", "utf-8")
        (folder / "run.json").write_text(run.info.model_dump_json(indent=1) + "\n", "utf-8")
    except OSError as error:
        raise InputError(f"cannot be written ({error})", document=str(folder), remedy="Check the path") from error


def load_run(folder: Path) -> Run:
    """Read a run from its folder.

    Raises:
        InputError: it is none, or a file of it is broken.
    """
    if not (folder / "run.json").is_file():
        raise InputError(
            "is no run: it has no run.json", document=str(folder), remedy="Name what `eval run --out` wrote"
        )
    try:
        info = RunInfo.model_validate_json((folder / "run.json").read_text("utf-8"))
        cases = tuple(Case.model_validate_json(line) for line in _lines(folder / "suite.jsonl"))
        numbers = range(1, info.repeats + 1)
        results = tuple(tuple(map(read_result, _lines(folder / f"briefs-{n}.jsonl"))) for n in numbers)
        scores = tuple(
            tuple(DocumentScore.model_validate_json(line) for line in _lines(folder / f"scores-{n}.jsonl"))
            for n in numbers
        )
        dossiers = _load_dossiers(folder, numbers)
    except (OSError, ValueError) as error:
        said = str(error).splitlines()[0]
        raise InputError(f"cannot be read ({said})", document=str(folder), remedy="Run the evaluation again") from error
    return Run(info, cases, results, scores, *dossiers)


def read_result(line: str) -> Brief | Failure:
    """A brief or a failure from its JSON.

    Raises:
        ValidationError: it is neither.
    """
    try:
        return Brief.model_validate_json(line)
    except ValidationError:
        if '"kind"' not in line[:4000]:
            raise
        return Failure.model_validate_json(line)


class _Dossiers(NamedTuple):
    """What a run has of dossiers."""

    stories: tuple[DossierReference, ...] = ()
    dossiers: tuple[Dossier, ...] = ()
    scores: tuple[tuple[DocumentScore, ...], ...] = ()


def _save_dossiers(run: Run, folder: Path) -> None:
    _write_lines(folder / "stories.jsonl", run.stories)
    for number, (dossier, scores) in enumerate(zip(run.dossiers, run.dossier_scores, strict=True), 1):
        (folder / f"dossier-{number}.json").write_text(dossier.model_dump_json() + "\n", "utf-8")
        _write_lines(folder / f"dossier-scores-{number}.jsonl", scores)


def _load_dossiers(folder: Path, numbers: Iterable[int]) -> _Dossiers:
    """Nothing for a run of a suite without labelled stories."""
    if not (folder / "stories.jsonl").exists():
        return _Dossiers()
    return _Dossiers(
        tuple(DossierReference.model_validate_json(line) for line in _lines(folder / "stories.jsonl")),
        tuple(Dossier.model_validate_json((folder / f"dossier-{n}.json").read_text("utf-8")) for n in numbers),
        tuple(
            tuple(DocumentScore.model_validate_json(line) for line in _lines(folder / f"dossier-scores-{n}.jsonl"))
            for n in numbers
        ),
    )


def _pooled_all(scores: Sequence[tuple[DocumentScore, ...]]) -> tuple[DocumentScore, ...]:
    return scores[0] if len(scores) == 1 else tuple(_pooled(same) for same in zip(*scores, strict=True))


def _pooled(scores: Sequence[DocumentScore]) -> DocumentScore:
    shares = {
        name: type(share)(sum(s.shares[name].part for s in scores), sum(s.shares[name].whole for s in scores))
        for name, share in scores[0].shares.items()
    }
    failed = next((score.failed for score in scores if score.failed), None)
    return scores[0].model_copy(update={"shares": shares, "failed": failed})


def _write_lines(path: Path, records: Iterable[BaseModel]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for record in records:
            stream.write(record.model_dump_json() + "\n")


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").split("\n") if line]
