"""What replies cost, counted where they pass, and a limit to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields

from ..engines.prompted import ReplySource
from ..errors import EngineError
from ..models.exchange import Reply, Request, Usage


@dataclass(slots=True)
class Spent:
    """Sums over replies; sizes in bytes of UTF-8, cost in US dollars.

    `unpriced` counts replies whose cost is not known.
    """

    replies: int = 0
    requests: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float = 0.0
    unpriced: int = 0
    prompt_bytes: int = 0
    reply_bytes: int = 0

    def add(self, request: Request, reply: Reply) -> None:
        """One more reply."""
        self.replies += 1
        self.reply_bytes += len(reply.text.encode())
        self.pay(request, reply.usage)

    def pay(self, request: Request, usage: Usage) -> None:
        """One more answer, also one that is no reply."""
        self.requests += usage.requests
        self.input_tokens += usage.input_tokens or 0
        self.cached_tokens += usage.cached_tokens or 0
        self.output_tokens += usage.output_tokens or 0
        self.cost_usd += usage.cost_usd or 0.0
        self.unpriced += usage.cost_usd is None
        self.prompt_bytes += sum(len(message.content.encode()) for message in request.messages)

    def plus(self, other: Spent) -> Spent:
        """The sums of both."""
        return Spent(**{one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(self)})

    @property
    def tokens(self) -> int:
        """Input and output tokens."""
        return self.input_tokens + self.output_tokens


_DOCUMENT: ContextVar[Spent | None] = ContextVar("spent", default=None)
"""What the document that is being worked on has cost."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What a run may spend; None is no limit.

    Args:
        cost: US dollars.
        tokens: input and output tokens together.
    """

    cost: float | None = None
    tokens: int | None = None

    def share(self, spent: Spent) -> float:
        """How much of it is spent: from 1 on, nothing new may be begun."""
        cost = 0.0 if self.cost is None else _ratio(spent.cost_usd, self.cost)
        return max(cost, 0.0 if self.tokens is None else _ratio(spent.tokens, self.tokens))


def _ratio(spent: float, limit: float) -> float:
    return spent / limit if limit else 1.0


class Meter:
    """Passes replies on and counts those that this run has paid for, for each document and in all.

    A reply that comes from the store counts when it was made after the run was begun first: an earlier process
    of the same run has paid for it and was killed before it could say so.

    Args:
        source: where replies come from.
        since: Unix time at which the run was begun first.
        spent: what earlier processes of the run have counted.

    Attributes:
        spent: what was counted in all.
        kept: replies that had been there before.
    """

    def __init__(self, source: ReplySource, since: float, spent: Spent | None = None):
        self._source = source
        self._since = since
        self.spent = Spent().plus(spent or Spent())
        self.kept = 0

    @property
    def name(self) -> str:
        """Name of the source behind."""
        return self._source.name

    async def reply(self, request: Request) -> Reply:
        """The reply of the source behind; an answer that is no reply (a refusal, one cut off) is paid for as well."""
        try:
            reply = await self._source.reply(request)
        except EngineError as error:
            if error.usage is not None:
                for spent in self._counted:
                    spent.pay(request, error.usage)
            raise
        if reply.recorded and not reply.is_since(self._since):
            self.kept += 1
            return reply
        for spent in self._counted:
            spent.add(request, reply)
        return reply

    def begin_anew(self, since: float) -> None:
        """Count for a run that was begun at this time, to which nothing counted so far belongs."""
        self._since, self.spent, self.kept = since, Spent(), 0

    @property
    def _counted(self) -> tuple[Spent, ...]:
        document = _DOCUMENT.get()
        return (self.spent,) if document is None else (self.spent, document)

    async def close(self) -> None:
        """Close the source behind."""
        await self._source.close()


@contextmanager
def counted() -> Iterator[Spent]:
    """What is spent by the body, and by all that it awaits."""
    spent = Spent()
    token = _DOCUMENT.set(spent)
    try:
        yield spent
    finally:
        _DOCUMENT.reset(token)
