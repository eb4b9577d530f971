"""Which of two runs has the better briefs, report by report, by a judge that is asked in both orders.

A judge tends to prefer a place (Zheng et al. 2023, "Judging LLM-as-a-judge with MT-Bench and Chatbot Arena"), so a
preference counts only when both orders agree on it; else the report is a tie.

prefer.first          reports whose brief of the first run is preferred
prefer.second         reports whose brief of the second run is preferred
prefer.tie            the others
prefer.second_or_half reports preferred in the second run and half the ties; 0.5 means no difference
prefer.same_choice    reports on which both orders agree: how steady the judge is
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..errors import InputError
from ..evaluation.scores import DocumentScore, Share
from ..models.base import Model
from ..models.brief import Brief
from ..models.document import Document
from ..models.judgement import Better
from .judge import Question, preference_question
from .judging import Answer
from .runs import Run

_SWAPPED = {Better.FIRST.value: Better.SECOND.value, Better.SECOND.value: Better.FIRST.value}


class Preference(Model):
    """Which brief of a report is preferred."""

    document: str
    better: Better
    """Of the runs, whatever the order they were shown in."""
    same_choice: bool
    """Whether both orders agree; if not, it is a tie."""
    why: str
    """The judge's words on the first order."""
    why_swapped: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A report that has a brief in both runs, and the two questions about it."""

    document: str
    language: str
    in_order: Question
    swapped: Question


def compared(first: Run, second: Run) -> tuple[Compared, ...]:
    """The reports of which both runs have a brief, with what is asked about them; of repeats the first counts.

    Raises:
        InputError: there is none.
    """
    others = {
        case.document.sha256: result
        for case, result in zip(second.cases, second.results[0], strict=True)
        if isinstance(result, Brief)
    }
    found = [
        _compared(case.reference.document, case.document, result, others[case.document.sha256])
        for case, result in zip(first.cases, first.results[0], strict=True)
        if isinstance(result, Brief) and case.document.sha256 in others
    ]
    if not found:
        message = f"the runs {first.info.name!r} and {second.info.name!r} have no report with a brief in both"
        raise InputError(message, remedy="Name two runs of the same suite")
    return tuple(found)


def preferences(pairs: Sequence[Compared], answers: Sequence[Answer]) -> tuple[Preference, ...]:
    """The preference for each report that has an answer in both orders.

    Args:
        pairs: the reports.
        answers: two for each report: in order, then swapped.
    """
    found = []
    for number, pair in enumerate(pairs):
        one, other = answers[2 * number], answers[2 * number + 1]
        if not one.verdicts or not other.verdicts:
            continue
        (straight,), (swapped,) = one.verdicts, other.verdicts
        same = straight.label == _SWAPPED.get(swapped.label, swapped.label)
        better = Better(straight.label) if same else Better.TIE
        found.append(
            Preference(
                document=pair.document, better=better, same_choice=same, why=straight.why, why_swapped=swapped.why
            )
        )
    return tuple(found)


def preference_scores(pairs: Sequence[Compared], found: Sequence[Preference]) -> tuple[DocumentScore, ...]:
    """The preferences as metrics of documents."""
    languages = {pair.document: pair.language for pair in pairs}
    return tuple(
        DocumentScore(
            document=each.document,
            language=languages[each.document],
            shares={
                "prefer.first": Share(each.better is Better.FIRST, 1),
                "prefer.second": Share(each.better is Better.SECOND, 1),
                "prefer.tie": Share(each.better is Better.TIE, 1),
                "prefer.second_or_half": Share((each.better is Better.SECOND) + (each.better is Better.TIE) / 2, 1),
                "prefer.same_choice": Share(each.same_choice, 1),
            },
        )
        for each in found
    )


def _compared(name: str, document: Document, first: Brief, second: Brief) -> Compared:
    return Compared(
        document=name,
        language=document.language,
        in_order=preference_question(document, name, first, second),
        swapped=preference_question(document, name, second, first),
    )
