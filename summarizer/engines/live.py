"""Asking a live language model."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass, replace
from typing import Protocol

from ..errors import ConfigurationError, EngineError, SummarizerError
from ..models.exchange import Reply, Request, Usage
from .openai_chat import UnsupportedMode
from .pricing import cost_of
from .retry import RetryPolicy, with_retries
from .wire import Completion, OutputMode, Sampling

_ORDER = tuple(OutputMode)


class Chat(Protocol):
    """Sends one request once to a provider."""

    async def complete(self, request: Request, model: str, sampling: Sampling, mode: OutputMode) -> Completion: ...

    async def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class LiveModel:
    """Which model is asked, and how.

    Args:
        name: as the user named it, with its provider: openai/gpt-4o-mini.
        model: as the provider knows it.
        provider: for prices; None when the server is the user's own.
        mode: structured-output mode; None finds the strictest that the server takes.
        sampling: settings that change the answer.
    """

    name: str
    model: str
    provider: str | None = None
    mode: OutputMode | None = None
    sampling: Sampling = Sampling()


class LiveSource:
    """Replies of a live model, retried by a policy, with tokens and cost counted over all requests sent."""

    name = "live"

    def __init__(self, chat: Chat, model: LiveModel, policy: RetryPolicy):
        self._chat = chat
        self._model = model
        self._policy = policy
        self._mode = model.mode or _ORDER[0]

    @property
    def mode(self) -> OutputMode:
        """The structured-output mode in use; final once a reply has come."""
        return self._mode

    async def reply(self, request: Request) -> Reply:
        """Ask, and ask again while it may help.

        Raises:
            EngineError: no reply came; refusal, content filter and truncation have errors of their own.
        """
        began = time.perf_counter()
        sent = 0

        async def send() -> Completion:
            nonlocal sent
            sent += 1
            return await self._in_some_mode(request)

        try:
            completion = await with_retries(send, self._policy)
        except SummarizerError as error:
            raise error.about(request.about.document) from error.__cause__
        usage = replace(completion.usage, requests=sent)
        return Reply(
            text=completion.text,
            model=completion.model or self._model.model,
            replied=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            usage=self._priced(usage),
            seconds=time.perf_counter() - began,
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._chat.close()

    async def _in_some_mode(self, request: Request) -> Completion:
        """One answer, in the mode in use or the next less strict one that the server takes."""
        first: EngineError | None = None
        while True:
            mode = self._mode
            try:
                return await self._chat.complete(request, self._model.model, self._model.sampling, mode)
            except UnsupportedMode as error:
                first = first or error
                following = _ORDER[_ORDER.index(mode) + 1 :]
                if self._model.mode is not None or not following:
                    remedy = "Leave --mode out, or choose one of: " + ", ".join(m for m in _ORDER if m is not mode)
                    raise ConfigurationError(f"{first.message}; mode {mode} is not to be had", remedy=remedy) from error
                if self._mode is mode:
                    self._mode = following[0]

    def _priced(self, usage: Usage) -> Usage:
        if self._model.provider is None:
            return usage
        return replace(usage, cost_usd=cost_of(usage, self._model.model, self._model.provider))
