"""Filling a draft by asking: render, get a reply, validate, ask again with what was wrong.

Where replies come from is a `ReplySource`; the live, the recorded and the batch engine differ in nothing else.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from ..errors import EngineError, InvalidReply
from ..grounding.faults import draft_faults, fault_kinds
from ..models.draft import Draft
from ..models.exchange import Reply, Request, Usage
from ..models.json_schema import draft_schema
from ..prompts import Prompts
from ..telemetry.events import warn
from ..telemetry.stages import stage
from .base import BriefTask, Filled, Prompted, Reading

R = TypeVar("R")
M = TypeVar("M", bound=BaseModel)
MAX_FAULTS = 12
"""Faults that are named when a reply is asked again, at most."""
SHOWN = 12
"""Hexadecimal digits of a request's hash that are shown in logs and spans."""
_log = logging.getLogger("summarizer.engines")


class ReplySource(Protocol):
    """Answers requests. `reply` raises `MissingReply` where nothing is known and nothing can be asked."""

    @property
    def name(self) -> str: ...

    async def reply(self, request: Request) -> Reply: ...

    async def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class _BriefQuestion:
    """What the brief of one report asks."""

    task: BriefTask

    @property
    def about(self) -> str:
        return self.task.document.id

    def request(self, prompts: Prompts) -> Request:
        task = self.task
        return prompts.brief(task.document, task.sentences, draft_schema(), task.part)

    def read(self, reply: str) -> Reading[Draft]:
        first, last = self.task.sentences[0].number, self.task.sentences[-1].number
        return read_reply(reply, range(first, last + 1))


@dataclass(frozen=True, slots=True)
class _Answer(Generic[R]):
    draft: R
    request: Request
    reply: Reply
    faults: int


class PromptedEngine:
    """An engine that asks a language model, wherever its replies come from.

    Args:
        prompts: the templates.
        source: where replies come from.
        reasks: how often a reply that does not fit the schema is asked again. One that fits but has faults (a date
            that is none, an id that does not exist) is asked again once, then taken as it is with its faults marked.
        part: characters of a report that one request holds; a longer one is read in parts.
        log_text: whether the user wants texts in the log and in spans.
    """

    def __init__(
        self,
        prompts: Prompts,
        source: ReplySource,
        reasks: int = 2,
        part: int | None = None,
        log_text: bool = False,
    ):
        self._prompts = prompts
        self._source = source
        self._reasks = reasks
        self.part = part
        self.log_text = log_text

    @property
    def name(self) -> str:
        """Name of the source: live, recorded or batch."""
        return self._source.name

    async def fill(self, task: BriefTask) -> Filled[Draft]:
        """The draft of one report.

        Raises:
            InvalidReply: no reply fitted the schema.
            EngineError: no reply came.
        """
        return await self.ask(_BriefQuestion(task))

    async def ask(self, question: Prompted[R]) -> Filled[R]:
        """The answer to any question, asked again with what was wrong with it.

        Raises:
            InvalidReply: no reply fitted the schema.
            EngineError: no reply came.
        """
        with stage("render"):
            request = question.request(self._prompts)
        best: _Answer[R] | None = None
        replies: list[Reply] = []
        while True:
            try:
                reply = await self._source.reply(request)
            except EngineError:
                if best is None:
                    raise
                break
            replies.append(reply)
            with stage("read"):
                reading = question.read(reply.text)
            asked_again = len(replies) - 1
            if reading.draft is not None and (best is None or len(reading.faults) < best.faults):
                best = _Answer(reading.draft, request, reply, len(reading.faults))
            if not reading.faults or asked_again >= (min(1, self._reasks) if best else self._reasks):
                break
            self._tell(request, reading)
            with stage("render"):
                request = self._prompts.reask(request, reply.text, reading.faults)
        if best is None:
            raise _invalid(question.about, reading.faults, len(replies))
        return _filled(best, replies)

    async def close(self) -> None:
        """Give back what the source holds."""
        await self._source.close()

    def _tell(self, request: Request, reading: Reading[R]) -> None:
        """Say that a reply is asked again: what kinds of faults it has, not what it says."""
        fits = reading.draft is not None
        fields = {
            "document": request.about.document, "request": request.key[:SHOWN], "fits": fits,
            "faults": list(reading.kinds) or ["content" if fits else "schema"], "count": len(reading.faults),
        }  # fmt: skip
        shown = {"error_message": "; ".join(reading.faults)} if self.log_text else {}
        warn(_log, "reply.asked_again", fields | shown)


def read_reply(text: str, sentences: range) -> Reading[Draft]:
    """Read a reply, also inside a Markdown code fence or between other words.

    Args:
        text: the reply as it came.
        sentences: numbers of the sentences that were shown.
    """
    read = parsed(Draft, text)
    if read.draft is None:
        return read
    faults = tuple(draft_faults(read.draft, sentences)[:MAX_FAULTS])
    return Reading(read.draft, faults, fault_kinds(read.draft, sentences) if faults else ())


def parsed(model: type[M], text: str) -> Reading[M]:
    """What a reply holds of a model, before any check of what it says; or why it does not fit."""
    try:
        return Reading(model.model_validate_json(object_in(text)))
    except ValidationError as error:
        return Reading(None, faults_of(error), kinds_of(error))


def object_in(text: str) -> str:
    """The JSON object in a reply, which may stand in a Markdown code fence or between other words."""
    begin, end = text.find("{"), text.rfind("}") + 1
    return text[begin:end] if 0 <= begin < end else text


def faults_of(error: ValidationError) -> tuple[str, ...]:
    """What is wrong with a reply, as sentences for asking again."""
    faults = []
    for entry in error.errors(include_url=False, include_input=False, include_context=False)[:MAX_FAULTS]:
        place = ".".join(str(part) for part in entry["loc"])
        faults.append(f"{place}: {entry['msg']}" if place else entry["msg"])
    return tuple(faults)


def kinds_of(error: ValidationError) -> tuple[str, ...]:
    """Pydantic's names of what is wrong with a reply, each once, without any word of it."""
    found = error.errors(include_url=False, include_input=False, include_context=False)
    return tuple(dict.fromkeys(entry["type"] for entry in found[:MAX_FAULTS]))


def _invalid(document: str, faults: tuple[str, ...], replies: int) -> InvalidReply:
    times = "once" if replies == 1 else f"{replies} times"
    return InvalidReply(
        f"the model replied {times} with what does not fit the schema ({'; '.join(faults[:3])})",
        document=document,
        remedy="Try another structured-output mode (--mode), a higher --max-tokens or a stronger model",
    )


def _filled(best: _Answer[R], replies: Sequence[Reply]) -> Filled[R]:
    asked = [reply for reply in replies if not reply.recorded]
    return Filled(
        draft=best.draft,
        model=best.reply.model,
        prompt=best.request.prompt,
        request=best.request.key,
        recorded=not asked,
        reasks=len(replies) - 1,
        usage=sum((reply.usage for reply in replies), Usage()),
        seconds=sum(reply.seconds for reply in replies),
        replied=best.reply.replied or None,
    )
