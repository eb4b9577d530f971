"""What a judge, a second language model, is asked about briefs, and what its replies say: pure.

One request judges all nuggets of a brief, one all its statements, one the preference between two briefs in one order.
Nuggets are labelled as in the TREC tradition (support, partial support, none: Pradeep et al. 2025, "The great nugget
recall"), statements against the sentences that they cite (Rashkin et al. 2023, "Measuring attribution in natural
language generation models").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from ..engines.prompted import parsed
from ..evaluation.references import Nugget, Salience
from ..evaluation.texts import english_texts, summary_text
from ..models.brief import Brief, Statement
from ..models.document import Document
from ..models.exchange import Request
from ..models.json_schema import reply_schema
from ..models.judgement import ClaimVerdicts, Kind, NuggetVerdicts, PreferenceVerdict
from ..prompts import Prompts
from ..sentences import split

_TASKS = {Kind.NUGGET: "judge/nuggets", Kind.CLAIM: "judge/claims", Kind.PREFERENCE: "judge/preference"}
_SCHEMAS: dict[Kind, type[BaseModel]] = {
    Kind.NUGGET: NuggetVerdicts,
    Kind.CLAIM: ClaimVerdicts,
    Kind.PREFERENCE: PreferenceVerdict,
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to be judged.

    Args:
        name: of it in its document: the nugget's text, "bottom_line", "summary 2", "preference".
        text: the English that is judged.
        evidence: the sentences that a statement cites, in their own language.
        salience: of a nugget.
    """

    name: str
    text: str
    evidence: tuple[str, ...] = ()
    salience: Salience | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What one request asks: labels of some items of one document.

    Args:
        kind: which rubric.
        document: file name or id of the report.
        items: what is judged, in order.
        data: what the user template shows.
    """

    kind: Kind
    document: str
    items: tuple[Item, ...]
    data: Mapping[str, Any]

    @property
    def task(self) -> str:
        """Folder of its prompt."""
        return _TASKS[self.kind]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judge's label of one item, and in a few words why."""

    label: str
    why: str


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What a reply says: a verdict for each item of its question, or what is wrong with it."""

    verdicts: tuple[Verdict, ...]
    faults: tuple[str, ...] = ()


def nugget_question(document: str, summary: str, nuggets: Sequence[Item]) -> Question:
    """Which of some facts a summary says; its lines are kept apart."""
    lines = [line for line in summary.splitlines() if line.strip()]
    return Question(Kind.NUGGET, document, tuple(nuggets), {"summary": lines, "facts": [item.text for item in nuggets]})


def claim_question(document: str, claims: Sequence[Item]) -> Question:
    """Which of some statements the sentences that they cite carry."""
    shown = [{"text": item.text, "cited": list(item.evidence)} for item in claims]
    return Question(Kind.CLAIM, document, tuple(claims), {"claims": shown})


def preference_question(document: Document, name: str, first: Brief, second: Brief) -> Question:
    """Which of two briefs is better, in this order."""
    report = [document.text[s.start : s.end] for s in split(document.text, document.language)]
    data = {"report": report, "first": _shown(first), "second": _shown(second)}
    return Question(Kind.PREFERENCE, name, (Item("preference", ""),), data)


def questions_about(brief: Brief, name: str, nuggets: Sequence[Nugget]) -> tuple[Question, ...]:
    """What is asked about one brief: its nuggets, if any are labelled, and its statements.

    Args:
        brief: of the report.
        name: of the report in the suite.
        nuggets: what its summary must or may say.
    """
    items = [Item(nugget.text, nugget.text, (), nugget.salience) for nugget in nuggets]
    claims = claim_question(name, claims_of(brief))
    return (nugget_question(name, summary_text(brief), items), claims) if items else (claims,)


def claims_of(brief: Brief) -> tuple[Item, ...]:
    """The statements of a brief that cite sentences to carry them: bottom line and summary."""
    numbered = [(f"summary {number}", statement) for number, statement in enumerate(brief.summary, 1)]
    return tuple(_claim(name, statement) for name, statement in [("bottom_line", brief.bottom_line), *numbered])


def request_of(question: Question, prompts: Prompts) -> Request:
    """The request that asks a question.

    Raises:
        PromptError: a template does not render.
    """
    return prompts.ask(question.task, question.document, question.data, reply_schema(_SCHEMAS[question.kind]))


def read_verdicts(text: str, question: Question) -> Verdicts:
    """Read a reply: it must fit the schema and label each item once."""
    read = parsed(_SCHEMAS[question.kind], text)
    reply = read.draft
    if reply is None:
        return Verdicts((), read.faults)
    if isinstance(reply, PreferenceVerdict):
        return Verdicts((Verdict(reply.label.value, reply.why),))
    assert isinstance(reply, (NuggetVerdicts, ClaimVerdicts))
    by_number = {verdict.number: verdict for verdict in reply.verdicts}
    wanted = range(1, len(question.items) + 1)
    faults = [f"number {number} has no label" for number in wanted if number not in by_number]
    faults += [f"there is no number {number}" for number in by_number if number not in wanted]
    if len(by_number) < len(reply.verdicts):
        faults.append("a number is labelled twice")
    if faults:
        return Verdicts((), tuple(faults))
    return Verdicts(tuple(Verdict(by_number[number].label.value, by_number[number].why) for number in wanted))


def _claim(name: str, statement: Statement) -> Item:
    return Item(name, statement.text, tuple(span.text for span in statement.evidence))


def _shown(brief: Brief) -> list[str]:
    return [f"{place.name}: {place.text}" for place in english_texts(brief)]
