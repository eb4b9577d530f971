"""Reports, requests and sources of replies for the engines' tests."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine, Iterable
from typing import Any, TypeVar

from summarizer.engines.base import BriefTask
from summarizer.engines.retry import RetryPolicy
from summarizer.engines.wire import Manner
from summarizer.models.document import Document, sha256_of
from summarizer.models.exchange import Reply, Request, Usage
from summarizer.models.json_schema import draft_schema
from summarizer.prompts import Prompts
from summarizer.sentences import split

from ..stub.behaviours import Behaviour
from ..stub.drafts import Numbered, draft

T = TypeVar("T")

TEXT = """Harbour council of Norvale meets the dockers
The harbour council of Norvale met the dockers' union on Monday. It wants the cranes to work again by autumn.
“{{ price }} is not what we asked for,” said the union {% if strike %} and left."""
"""A report that would not survive being rendered as a template."""

PATIENCE = RetryPolicy(attempts=4, deadline=20.0, timeout=5.0, first_wait=0.001, longest_wait=0.01)
"""Waits that a test can afford."""

MANNER = Manner("stub-model")


def document(name: str = "report", text: str = TEXT) -> Document:
    """A report in English."""
    return Document(id=name, source="test", text=text, sha256=sha256_of(text), language="en")


def task(name: str = "report", text: str = TEXT) -> BriefTask:
    """A report with its numbered sentences."""
    report = document(name, text)
    return BriefTask(report, split(report.text, report.language))


def request_about(name: str, text: str = TEXT) -> Request:
    """The request for the brief of a report."""
    asked = task(name, text)
    return Prompts().brief(asked.document, asked.sentences, draft_schema())


def good_draft(text: str = TEXT, **fields: Any) -> dict[str, Any]:
    """A draft of the report without faults, with some of its fields, by their wire names, replaced."""
    numbered = [Numbered(s.number, text[s.start : s.end]) for s in split(text, "en")]
    return draft(numbered) | fields


def reply(text: str, **given: Any) -> Reply:
    """A reply with 10 tokens in, 20 out, and a cost of a cent."""
    usage = Usage(1, 10, 20, 5, 0.01)
    return Reply(text, "model-x", "2025-01-02T03:04:05+00:00", usage, **given)


class Scripted:
    """A source that gives these replies in turn, and raises those that are errors."""

    name = "live"

    def __init__(self, replies: Iterable[Reply | Exception]) -> None:
        self.requests: list[Request] = []
        self._replies = list(replies)
        self.closed = False

    async def reply(self, request: Request) -> Reply:
        self.requests.append(request)
        given = self._replies.pop(0)
        if isinstance(given, Exception):
            raise given
        return given

    async def close(self) -> None:
        self.closed = True


class _Leaping(selectors.SelectSelector):
    """Does not wait for a time to come, but takes it as come."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> Any:
        if timeout:
            self.now += timeout
            timeout = 0
        return super().select(timeout)


class VirtualTime(asyncio.SelectorEventLoop):
    """An event loop in which waiting takes no time: its clock leaps to the next timer."""

    def __init__(self) -> None:
        self._leaping = _Leaping()
        super().__init__(self._leaping)

    def time(self) -> float:
        return self._leaping.now


def run_in_virtual_time(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine in an event loop with a clock that leaps."""
    with asyncio.Runner(loop_factory=VirtualTime) as runner:
        return runner.run(coroutine)


def for_document(name_in_text: str, behaviour: Behaviour, otherwise: Behaviour) -> Behaviour:
    """One behaviour for requests that hold these words, another for all others."""
    return lambda request: (behaviour if name_in_text in request.text else otherwise)(request)
