"""Asking a live language model."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass, replace
from typing import Protocol

from ..errors import ConfigurationError, EngineError, SummarizerError, TransportError
from ..models.exchange import Reply, Request, Usage
from .limiting import Limiter
from .openai_chat import UnsupportedMode
from .pricing import cost_of
from .retry import RetryPolicy, with_retries
from .wire import Completion, Manner, OutputMode, Sampling

_ORDER = tuple(OutputMode)


class Chat(Protocol):
    """Sends one request once to a provider."""

    async def complete(self, request: Request, manner: Manner) -> Completion: ...

    async def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class LiveModel:
    """Which model is asked, and how.

    Args:
        model: as the provider knows it.
        provider: for prices; None when the server is the user's own.
        address: of the server; None where only the provider's client knows it.
        mode: structured-output mode; None finds the strictest that the server takes.
        sampling: settings that change the answer.
        cache_key: whether the server takes OpenAI's key for what it caches of prompts.
    """

    model: str
    provider: str | None = None
    address: str | None = None
    mode: OutputMode | None = None
    sampling: Sampling = Sampling()
    cache_key: bool = False


class LiveSource:
    """Replies of a live model, retried by a policy, with tokens and cost counted over all requests sent."""

    name = "live"

    def __init__(self, chat: Chat, model: LiveModel, policy: RetryPolicy, limiter: Limiter | None = None):
        self._limiter = limiter
        self._chat = chat
        self._model = model
        self._policy = policy
        self._mode = model.mode or _ORDER[0]
        self._settled = False

    @property
    def mode(self) -> OutputMode:
        """The structured-output mode in use; final once a reply has come."""
        return self._mode

    @property
    def address(self) -> str | None:
        """Of the server, where it is known."""
        return self._model.address

    async def reply(self, request: Request) -> Reply:
        """Ask, and ask again while it may help.

        Raises:
            EngineError: no reply came; refusal, content filter and truncation have errors of their own.
            ConfigurationError: the server does not take the mode that was asked for.
        """
        began, sent = 0.0, 0

        async def send() -> Completion:
            nonlocal began, sent
            began = began or time.perf_counter()
            while True:
                sent += 1
                mode = self._mode
                try:
                    completion = await self._chat.complete(
                        request, Manner(model.model, model.sampling, mode, model.cache_key)
                    )
                except UnsupportedMode as error:
                    self._step_down(mode, error)
                else:
                    self._settled = True
                    if completion.pause and limiter is not None:
                        limiter.pause(completion.pause)
                    return completion

        model, limiter = self._model, self._limiter
        try:
            completion = await with_retries(send, self._policy, limiter.slot() if limiter is not None else None)
        except SummarizerError as error:
            if isinstance(error, EngineError) and error.usage is not None:
                error.usage = self._priced(replace(error.usage, requests=sent))
            raise error.about(request.about.document) from error.__cause__
        return Reply(
            text=completion.text,
            model=completion.model or model.model,
            replied=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            usage=self._priced(replace(completion.usage, requests=sent)),
            seconds=time.perf_counter() - began,
            finish=completion.finish,
        )

    async def close(self) -> None:
        """Close the connections."""
        if self._limiter is not None:
            await self._limiter.close()
        await self._chat.close()

    def _step_down(self, refused: OutputMode, error: UnsupportedMode) -> None:
        """Go on to the next less strict mode, unless another request has done so meanwhile."""
        if self._model.mode is not None:
            remedy = "Leave --mode out, or choose one of: " + ", ".join(m for m in _ORDER if m is not refused)
            raise ConfigurationError(f"{error.message}; mode {refused} is not to be had", remedy=remedy) from error
        if self._mode is refused:
            if self._settled:
                failure = TransportError(error.message, document=error.document, remedy="Check --model")
                failure.status = error.status
                raise failure from error
            self._mode = _ORDER[_ORDER.index(refused) + 1]

    def _priced(self, usage: Usage) -> Usage:
        if self._model.provider is None:
            return usage
        return replace(usage, cost_usd=cost_of(usage, self._model.model, self._model.provider))
