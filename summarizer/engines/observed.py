"""Sources of replies that are watched: what is asked of a model as spans and metrics, every reply as an event."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from ..errors import EngineError, SummarizerError
from ..models.exchange import Message, Reply, Request
from ..telemetry.events import tell, warn
from ..telemetry.stages import waiting
from ..telemetry.tracing import instruments, known, span
from ..telemetry.work import answered
from .failures import kind_of, word_of
from .prompted import SHOWN, ReplySource
from .wire import OutputMode, Sampling

PROVIDERS: Mapping[str, str] = {
    "azure_openai": "azure.ai.openai", "bedrock": "aws.bedrock", "gemini": "gcp.gemini", "generative-ai": "gcp.gemini",
    "google": "gcp.gemini", "mistral": "mistral_ai", "vertexai": "gcp.vertex_ai", "xai": "x_ai",
}  # fmt: skip
"""What the conventions for spans call a provider, where it is not the name used here."""
_log = logging.getLogger("summarizer.engines")


@dataclass(frozen=True, slots=True)
class Target:
    """Which model is asked, where, and how.

    Args:
        provider: as models are named here, the part before the slash.
        model: as the provider knows it.
        address: base URL; None where the provider's client knows it.
        sampling: settings that change the answer.
    """

    provider: str
    model: str
    address: str | None = None
    sampling: Sampling = Sampling()

    @property
    def attributes(self) -> dict[str, Any]:
        """What spans and metrics say of it, by the names of the conventions."""
        return {
            "gen_ai.operation.name": "chat",
            "gen_ai.provider.name": PROVIDERS.get(self.provider, self.provider),
            "gen_ai.request.model": self.model,
            **_place(self.address or ""),
        }


class Traced:
    """Passes requests on to a live model, each in a span of its own; tells when its structured-output mode changes.

    Args:
        source: asks the model.
        target: which model that is.
        mode: the structured-output mode in use, if it can change.
        text: whether the user wants prompts and replies in the spans.
    """

    def __init__(
        self, source: ReplySource, target: Target, mode: Callable[[], OutputMode] | None = None, text: bool = False
    ):
        self._source = source
        self._target = target
        self._attributes = target.attributes
        self._mode_now = mode
        self._mode = mode() if mode else None
        self._text = text

    @property
    def name(self) -> str:
        """Name of the source behind."""
        return self._source.name

    async def reply(self, request: Request) -> Reply:
        """The reply of the source behind; the span and the duration cover all retries."""
        given = {f"gen_ai.request.{name}": value for name, value in self._target.sampling.given.items()}
        attributes = {
            **self._attributes, **given, "gen_ai.output.type": "json", "summarizer.request": request.key[:SHOWN],
        }  # fmt: skip
        if self._text:
            attributes["gen_ai.input.messages"] = _messages(request.messages)
        began = time.perf_counter()
        try:
            with (
                span(f"chat {self._target.model}", attributes, client=True, text=self._text, kind=kind_of) as current,
                waiting("wait"),
            ):
                try:
                    reply = await self._source.reply(request)
                except EngineError as error:
                    if current is not None:
                        current.set_attributes(known(_no_answer(error)))
                    raise
                if current is not None:
                    current.set_attributes(known(self._answer(reply)))
        except BaseException as error:
            self._measure(time.perf_counter() - began, {"error.type": kind_of(error)})
            raise
        finally:
            self._tell_mode()
        self._measure(time.perf_counter() - began, known({"gen_ai.response.model": word_of(reply.model)}), reply)
        return reply

    async def close(self) -> None:
        """Close the source behind."""
        await self._source.close()

    def _answer(self, reply: Reply) -> dict[str, Any]:
        usage = reply.usage
        said = [Message("assistant", reply.text)]
        return {
            "gen_ai.response.model": word_of(reply.model),
            "gen_ai.response.finish_reasons": [reply.finish] if reply.finish else None,
            "gen_ai.usage.input_tokens": usage.input_tokens,
            "gen_ai.usage.output_tokens": usage.output_tokens,
            "gen_ai.usage.cache_read.input_tokens": usage.cached_tokens,
            "gen_ai.usage.cache_creation.input_tokens": usage.written_tokens,
            "gen_ai.output.messages": _messages(said, finish_reason=reply.finish or "stop") if self._text else None,
            "summarizer.attempts": usage.requests,
            "summarizer.cost_usd": usage.cost_usd,
        }

    def _measure(self, seconds: float, more: Mapping[str, str], reply: Reply | None = None) -> None:
        meters = instruments()
        if meters is None:
            return
        attributes = {**self._attributes, **more}
        meters.seconds.record(seconds, attributes)
        if reply is not None:
            for kind, count in (("input", reply.usage.input_tokens), ("output", reply.usage.output_tokens)):
                if count is not None:
                    meters.tokens.record(count, {**attributes, "gen_ai.token.type": kind})

    def _tell_mode(self) -> None:
        before, now = self._mode, self._mode_now() if self._mode_now else None
        if now is not before:
            self._mode = now
            warn(_log, "mode.lowered", {"model": self._target.model, "lowered_from": before, "mode": now})


class Logged:
    """Passes replies on, wherever they come from, with an event for each.

    Args:
        source: gives the replies.
        text: whether the user wants prompts and replies in the log.
        asked: the model that is configured.
    """

    def __init__(self, source: ReplySource, text: bool = False, asked: str | None = None):
        self._source = source
        self._text = text
        self._asked = asked

    @property
    def name(self) -> str:
        """Name of the source behind."""
        return self._source.name

    async def reply(self, request: Request) -> Reply:
        """The reply of the source behind."""
        about = {"document": request.about.document, "request": request.key[:SHOWN], "asked": self._asked}
        shown = {"prompt": _messages(request.messages)} if self._text else {}
        try:
            reply = await self._source.reply(request)
        except SummarizerError as error:
            said = {"error_message": str(error)} if self._text else {}
            ended = {
                "error": type(error).__name__, "why": kind_of(error),
                "status": getattr(error, "status", None), "finish": getattr(error, "finish", None),
            }  # fmt: skip
            tell(_log, logging.ERROR, "request.failed", {**about, **ended, **shown, **said})
            raise
        answered(reply)
        usage = reply.usage
        fields = {
            **about, "model": word_of(reply.model), "source": "recorded" if reply.recorded else "live",
            "finish": reply.finish, "attempts": usage.requests, "seconds": round(reply.seconds, 3),
            "input_tokens": usage.input_tokens, "output_tokens": usage.output_tokens,
            "cached_tokens": usage.cached_tokens, "cost_usd": usage.cost_usd,
        }  # fmt: skip
        tell(
            _log, logging.INFO, "request.answered", {**fields, **shown, **({"reply": reply.text} if self._text else {})}
        )
        return reply

    async def close(self) -> None:
        """Close the source behind."""
        await self._source.close()


def _no_answer(error: EngineError) -> dict[str, Any]:
    """What a span says of an answer that was none, or of no use."""
    return {
        "http.response.status_code": error.status,
        "gen_ai.response.finish_reasons": [error.finish] if error.finish else None,
    }


def _place(address: str) -> dict[str, Any]:
    """Host and port of an address; empty for one that is none, which the request itself will say."""
    try:
        place = urlsplit(address)
        host, port = place.hostname, place.port or {"https": 443, "http": 80}.get(place.scheme)
    except ValueError:
        return {}
    return known({"server.address": host, "server.port": port}) if host else {}


def _messages(messages: Any, **more: str) -> str:
    """Messages as JSON in the shape of the conventions."""
    parts = [{"role": m.role, "parts": [{"type": "text", "content": m.content}], **more} for m in messages]
    return json.dumps(parts, ensure_ascii=False)
