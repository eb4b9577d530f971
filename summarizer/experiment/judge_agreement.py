"""How far a judge agrees with people, from judgements made by hand, and whether that is enough to use it for a gate.

A file of judgements holds one JSON object a line:

    {"kind": "claim", "document": "el_bridge.txt", "item": "summary 2", "text": "The bridge opened on Monday.",
     "evidence": ["..."], "label": "supported", "annotator": "ab"}
    {"kind": "nugget", "document": "el_bridge.txt", "item": "the bridge opened", "text": "The bridge opened",
     "summary": "Bridge open again\\n...", "label": "yes", "annotator": "ab"}
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError, model_validator

from ..errors import ReferenceFault
from ..evaluation.agreement import Kappa, cohen_kappa
from ..models.base import Model
from ..models.judgement import LABELS, Kind
from .judge import Item, Question, claim_question, nugget_question
from .judging import Answer

_KINDS = (Kind.CLAIM, Kind.NUGGET)
_REMEDY = "Mend the line; see summarizer eval judge --help"


class HandJudgement(Model):
    """One judgement made by hand."""

    kind: Kind
    document: str
    item: str
    """Which statement ("summary 2") or which nugget."""
    text: str
    """The English that is judged: the statement, or the fact."""
    evidence: tuple[str, ...] = ()
    """For a statement the sentences that it cites."""
    summary: str = ""
    """For a nugget the whole English summary, one statement a line."""
    label: str
    annotator: str

    @model_validator(mode="after")
    def _fits_its_kind(self) -> HandJudgement:
        if self.kind not in _KINDS:
            raise ValueError(f"a {self.kind} is not labelled by hand; kinds are {', '.join(_KINDS)}")
        if self.label not in LABELS[self.kind]:
            raise ValueError(f"{self.label!r} is no label of a {self.kind}; labels are {', '.join(LABELS[self.kind])}")
        if self.kind is Kind.NUGGET and not self.summary.strip():
            raise ValueError("a nugget needs `summary`, the text that says it or not")
        if self.kind is Kind.NUGGET and self.evidence:
            raise ValueError("a nugget has no `evidence`")
        if self.kind is Kind.CLAIM and (self.summary or "evidence" not in self.model_fields_set):
            raise ValueError("a claim needs `evidence`, the sentences that it cites, and no `summary`")
        return self


class Thresholds(Model):
    """What a judge must reach for a kind of judgement before a gate uses it.

    The values are conventions: Landis & Koch 1977, "The measurement of observer agreement for categorical data", call
    kappa above 0.6 substantial and above 0.4 moderate.
    """

    kappa: float = 0.6
    low: float = 0.4
    """Lower end of its interval."""
    items: int = 20
    """Fewer say nothing: a judge that agrees on all of three has an interval of no width."""


class Agreement(Model):
    """How far the judge agrees with people on one kind of judgement."""

    kind: Kind
    kappa: Kappa
    unjudged: int
    """Judgements made by hand to which the judge has no reply."""
    usable: bool
    """Whether a gate may use the judge for this kind."""
    why: str
    """Why not; empty when it may."""


@dataclass(frozen=True, slots=True)
class HandQuestion:
    """A question about hand-labelled items, and their labels in its order."""

    question: Question
    labels: tuple[str, ...]


def read_judgements(path: Path) -> tuple[HandJudgement, ...]:
    """The judgements in a file, or in all `*.jsonl` of a folder.

    Raises:
        ReferenceFault: a line is none, or two of one annotator are about the same; the message names file and line.
    """
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    found: dict[tuple[object, ...], str] = {}
    judgements = []
    for file in files:
        for line in _read_lines(file):
            judgement = _read(line)
            key = (*judgement.model_copy(update={"label": ""}).model_dump().values(),)
            if key in found:
                raise ReferenceFault(f"judges the same as {found[key]}", document=line.place, remedy="Keep one of them")
            found[key] = line.place
            judgements.append(judgement)
    if not judgements:
        raise ReferenceFault("there are no judgements", document=str(path), remedy="Name a file of judgements")
    return tuple(judgements)


def hand_questions(judgements: Sequence[HandJudgement]) -> tuple[HandQuestion, ...]:
    """What a judge is asked to be compared with people: all items of one document and summary at once."""
    groups: dict[tuple[str, ...], list[HandJudgement]] = {}
    for each in judgements:
        groups.setdefault((each.kind, each.document, each.summary, each.annotator), []).append(each)
    return tuple(HandQuestion(_question(group), tuple(each.label for each in group)) for group in groups.values())


def agreements(
    asked: Sequence[HandQuestion], answers: Sequence[Answer], thresholds: Thresholds
) -> tuple[Agreement, ...]:
    """Agreement for each kind of judgement that was made by hand.

    Args:
        asked: by `hand_questions`.
        answers: the judge's, in the same order.
        thresholds: what the judge must reach.
    """
    found = []
    for kind in _KINDS:
        both = [(a.labels, b) for a, b in zip(asked, answers, strict=True) if a.question.kind is kind]
        if not both:
            continue
        people = [label for labels, answer in both if not answer.error for label in labels]
        judge = [verdict.label for _, answer in both for verdict in answer.verdicts]
        kappa = cohen_kappa(people, judge)
        missing = sum(len(labels) for labels, answer in both if answer.error)
        why = _why_not(kappa, thresholds)
        found.append(Agreement(kind=kind, kappa=kappa, unjudged=missing, usable=not why, why=why))
    return tuple(found)


def _why_not(kappa: Kappa, least: Thresholds) -> str:
    if kappa.n < least.items:
        return f"it is compared on {kappa.n} items, fewer than {least.items}"
    if kappa.kappa is None or kappa.low is None:
        return "kappa is undefined: all items have one label"
    if kappa.kappa < least.kappa:
        return f"kappa is {kappa.kappa:.2f}, below {least.kappa:.2f}"
    if kappa.low < least.low:
        return f"the interval of kappa begins at {kappa.low:.2f}, below {least.low:.2f}"
    return ""


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    place: str


def _read_lines(path: Path) -> Iterator[_Line]:
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ReferenceFault(f"cannot be read ({error})", document=str(path), remedy="Check the path") from error
    return (_Line(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip())


def _read(line: _Line) -> HandJudgement:
    try:
        return HandJudgement.model_validate_json(line.text)
    except ValidationError as error:
        entry = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in entry["loc"])
        said = entry["msg"].removeprefix("Value error, ")
        message = f"{field}: {said}" if field else said
        raise ReferenceFault(message, document=line.place, remedy=_REMEDY) from error


def _question(group: Sequence[HandJudgement]) -> Question:
    first = group[0]
    items = [Item(each.item, each.text, each.evidence) for each in group]
    if first.kind is Kind.NUGGET:
        return nugget_question(first.document, first.summary, items)
    return claim_question(first.document, items)
