"""Asking a judge: each question once, some at a time; a question without a usable reply is named and never fatal."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..engines.prompted import ReplySource
from ..errors import InvalidReply, SummarizerError
from ..evaluation.references import Salience
from ..models.base import Model
from ..models.exchange import Request
from ..models.judgement import Kind
from ..prompts import Prompts
from .judge import Question, Verdict, read_verdicts, request_of


class Judgement(Model):
    """What the judge says of one item."""

    kind: Kind
    document: str
    item: str
    text: str
    salience: Salience | None
    label: str
    why: str


class Unjudged(Model):
    """A question without a usable reply, and why."""

    kind: Kind
    document: str
    items: int
    """Things that have no label for it."""
    error: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a question: a verdict for each of its items, or why there is none."""

    question: Question
    verdicts: tuple[Verdict, ...] = ()
    model: str | None = None
    error: str | None = None

    @property
    def judgements(self) -> Iterator[Judgement]:
        """The labels of its items; none without a reply."""
        about = self.question
        for item, verdict in zip(about.items, self.verdicts, strict=False):
            yield Judgement(
                kind=about.kind, document=about.document, item=item.name, text=item.text, salience=item.salience,
                label=verdict.label, why=verdict.why,
            )  # fmt: skip


class Judge:
    """Asks a language model, wherever its replies come from.

    Args:
        prompts: the rubrics.
        source: where replies come from.
        reasks: how often a reply that cannot be used is asked again.
        step: called after each question.
    """

    def __init__(
        self, prompts: Prompts, source: ReplySource, reasks: int = 2, step: Callable[[], None] = lambda: None
    ) -> None:
        self._prompts = prompts
        self._source = source
        self._reasks = reasks
        self._step = step

    async def answers(self, questions: Sequence[Question], jobs: int = 8) -> tuple[Answer, ...]:
        """An answer to each question, in their order; questions that read the same are asked once.

        Args:
            questions: may repeat each other, as those about repeated runs do.
            jobs: requests under way at once, at least 1.

        Raises:
            PromptError: a rubric does not render.
        """
        requests = [request_of(question, self._prompts) for question in questions]
        gate = asyncio.Semaphore(max(1, jobs))

        async def one(question: Question, request: Request) -> Answer:
            async with gate:
                answer = await self._answer(question, request)
                self._step()
                return answer

        asked: dict[str, asyncio.Task[Answer]] = {}
        async with asyncio.TaskGroup() as group:
            for question, request in zip(questions, requests, strict=True):
                if request.key not in asked:
                    asked[request.key] = group.create_task(one(question, request))
        found = [asked[request.key].result() for request in requests]
        return tuple(
            Answer(question, answer.verdicts, answer.model, answer.error)
            for question, answer in zip(questions, found, strict=True)
        )

    async def _answer(self, question: Question, request: Request) -> Answer:
        replies = 0
        while True:
            try:
                reply = await self._source.reply(request)
            except SummarizerError as error:
                return Answer(question, error=f"{type(error).__name__}: {error.about(question.document)}")
            replies += 1
            read = read_verdicts(reply.text, question)
            if not read.faults:
                return Answer(question, read.verdicts, reply.model)
            if replies > self._reasks:
                return Answer(question, error=str(_invalid(question, read.faults, replies)))
            request = self._prompts.reask(request, reply.text, read.faults)


def unjudged(answers: Iterable[Answer]) -> tuple[Unjudged, ...]:
    """The questions that have no usable reply."""
    return tuple(
        Unjudged(
            kind=answer.question.kind, document=answer.question.document, items=len(answer.question.items),
            error=answer.error,
        )
        for answer in answers if answer.error
    )  # fmt: skip


def _invalid(question: Question, faults: Sequence[str], replies: int) -> InvalidReply:
    times = "once" if replies == 1 else f"{replies} times"
    return InvalidReply(
        f"the judge replied {times} with what cannot be used ({'; '.join(faults[:3])})",
        document=question.document,
        remedy="Ask a stronger model, or allow a higher --max-tokens",
    )
