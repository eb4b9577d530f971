"""One request to an OpenAI-compatible server, through the openai client on its aiohttp transport.

The client's own retries, its response models and its request transformation are left out: retrying is `retry`'s job,
the reply is validated once as a draft, and the schema is prepared once. What is kept is its connection pool, its
headers, and its errors.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import EngineError, TransportError
from ..models.exchange import Request
from .failures import Rejection, RetryableError, said_by, too_late
from .retry import retry_after
from .wire import Completion, Manner, OutputMode, read_completion, request_bytes

if TYPE_CHECKING:
    from openai import APIStatusError, AsyncOpenAI

_MODE_WORDS = ("response_format", "json_schema", "json_object", "schema", "tool", "function", "structured", "grammar")
"""What a server speaks of when it refuses a structured-output mode (400, 415, 422)."""
_BROKEN_MODE_WORDS = ("response_format", "json_schema", "json_object", "grammar", "tool_choice")
"""The same for 500 and 501, which are mostly about something else."""
_NO_MODE_CODES = frozenset({"context_length_exceeded", "content_filter", "model_not_found", "invalid_api_key"})


class UnsupportedMode(EngineError):
    """The server does not know this structured-output mode."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where requests go: an address, a key, the seconds one request may take."""

    base_url: str | None
    api_key: str
    timeout: float


class OpenAIChat:
    """The chat completions of one OpenAI-compatible server."""

    def __init__(self, server: Server):
        self._server = server
        self._client: AsyncOpenAI | None = None

    async def complete(self, request: Request, manner: Manner) -> Completion:
        """Send one request once.

        Raises:
            RetryableError: it may succeed later.
            UnsupportedMode: the server refuses the structured-output mode.
            TransportError, Refusal, ContentFiltered, TruncatedReply: it will not.
        """
        import openai

        document = request.about.document
        content = request_bytes(request, manner)
        try:
            async with asyncio.timeout(self._server.timeout):
                response = await self._connected().post("/chat/completions", cast_to=_response_type(), content=content)
        except openai.APIStatusError as error:
            raise _status_failure(error, document, manner.mode) from error
        except TimeoutError as error:
            raise too_late(self._place(), self._server.timeout, document) from error
        except openai.APIConnectionError as error:
            raise self._connection_failure(error.__cause__ or error, document) from error
        try:
            answer = json.loads(response.content)
        except (ValueError, RecursionError):
            answer = response.text
        return read_completion(answer, document)

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.close()
            self._client = None

    def _connected(self) -> AsyncOpenAI:
        if self._client is None:
            import openai

            self._client = openai.AsyncOpenAI(
                base_url=self._server.base_url,
                api_key=self._server.api_key,
                timeout=None,
                max_retries=0,
                http_client=openai.DefaultAioHttpClient(timeout=None),
            )
        return self._client

    def _place(self) -> str:
        return self._server.base_url or "the provider"

    def _connection_failure(self, cause: BaseException, document: str) -> TransportError:
        message = f"no connection to {self._place()} ({type(cause).__name__}: {cause})"
        kind = TransportError if type(cause).__name__ == "UnsupportedProtocol" else RetryableError
        return kind(message, document=document, remedy="Check that the server runs and --base-url is right")


def _status_failure(error: APIStatusError, document: str, mode: OutputMode) -> EngineError:
    wait = retry_after(error.response.headers.get("retry-after"))
    rejection = Rejection(error.status_code, str(error.code or ""), said_by(error), wait)
    if mode is not OutputMode.TEXT and _refuses_mode(rejection):
        return UnsupportedMode(rejection.message, document=document)
    return rejection.failure(document)


def _refuses_mode(rejection: Rejection) -> bool:
    """Whether a rejection is about the structured-output mode rather than about this request."""
    status, said = rejection.status, rejection.said.lower()
    if rejection.code in _NO_MODE_CODES or "context length" in said:
        return False
    if status in (500, 501):
        return any(word in said for word in _BROKEN_MODE_WORDS)
    if status == 404:  # OpenRouter: "No endpoints found that support tool use"
        return "no endpoints found" in said
    return status in (400, 415, 422) and any(word in said for word in _MODE_WORDS)


def _response_type() -> Any:
    """The response class of whichever httpx the openai client is built on: returned as it is, not parsed."""
    import openai

    module = openai.DefaultAsyncHttpxClient.__mro__[1].__module__.partition(".")[0]
    return __import__(module).Response
