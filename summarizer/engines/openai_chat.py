"""One request to an OpenAI-compatible server, through the openai client on its aiohttp transport.

The client's own retries, its response models and its request transformation are left out: retrying is `retry`'s job,
the reply is validated once as a draft, and the schema is prepared once. What is kept is its connection pool, its
headers, and its errors.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import AuthenticationFailed, EngineError, TransportError
from ..models.exchange import Request
from .retry import RetryableError, retry_after
from .wire import Completion, OutputMode, Sampling, read_completion, request_body

if TYPE_CHECKING:
    from openai import APIStatusError, AsyncOpenAI

_PASSING = frozenset({408, 409, 425, 429})
_MODE_WORDS = ("response_format", "json_schema", "json_object", "schema", "tool", "function", "structured", "grammar")


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

    async def complete(self, request: Request, model: str, sampling: Sampling, mode: OutputMode) -> Completion:
        """Send one request once.

        Raises:
            RetryableError: it may succeed later.
            UnsupportedMode: the server refuses the structured-output mode.
            TransportError, Refusal, ContentFiltered, TruncatedReply: it will not.
        """
        import openai

        document = request.about.document
        body = request_body(request, model, sampling, mode)
        try:
            response = await self._connected().post("/chat/completions", cast_to=_response_type(), body=body)
            content = response.content
        except openai.APIStatusError as error:
            raise self._status_failure(error, document, mode) from error
        except openai.APITimeoutError as error:
            message = f"{self._place()} did not answer within {self._server.timeout:g} s"
            raise RetryableError(message, document=document, remedy="Raise --timeout, or check the server") from error
        except (openai.APIConnectionError, openai.APIResponseValidationError, OSError, EOFError) as error:
            cause = error.__cause__ or error
            message = f"no connection to {self._place()} ({type(cause).__name__}: {cause})"
            raise RetryableError(
                message, document=document, remedy="Check that the server runs and --base-url is right"
            ) from error
        return _completion(content, document)

    async def models(self) -> list[str]:
        """The names of the models that the server lists; an exception of the openai client when it does not."""
        page = await self._connected().models.list()
        return [model.id for model in page.data]

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
                timeout=self._server.timeout,
                max_retries=0,
                http_client=openai.DefaultAioHttpClient(timeout=self._server.timeout),
            )
        return self._client

    def _place(self) -> str:
        return self._server.base_url or "the provider"

    def _status_failure(self, error: APIStatusError, document: str, mode: OutputMode) -> EngineError:
        status, said = error.status_code, _said(error)
        if status in _PASSING or status >= 500:
            failure = RetryableError(
                f"the server answered {status} ({said})", document=document, remedy="Try again later"
            )
            failure.retry_after = retry_after(error.response.headers.get("retry-after"))
            if mode is not OutputMode.TEXT and status in (500, 501) and any(w in said.lower() for w in _MODE_WORDS):
                return UnsupportedMode(failure.message, document=document)
            return failure
        if status in (401, 403):
            message = f"the server did not accept the key ({status}: {said})"
            return AuthenticationFailed(message, document=document, remedy="Check the API key in the environment")
        if status in (400, 404, 415, 422) and any(word in said.lower() for word in _MODE_WORDS):
            return UnsupportedMode(f"the server answered {status} ({said})", document=document)
        remedy = "Check the model's name" if status == 404 else "Check --base-url, --model and the length of the report"
        return TransportError(f"the server answered {status} ({said})", document=document, remedy=remedy)


def _response_type() -> Any:
    """The response class of whichever httpx the openai client is built on: returned as it is, not parsed."""
    import openai

    module = openai.DefaultAsyncHttpxClient.__mro__[1].__module__.partition(".")[0]
    return __import__(module).Response


def _completion(content: bytes, document: str) -> Completion:
    try:
        body: object = json.loads(content)
    except ValueError:
        body = content.decode("utf-8", "replace")
    try:
        return read_completion(body, document)
    except TransportError as error:
        raise RetryableError(error.message, document=error.document, remedy=error.remedy) from error


def _said(error: APIStatusError) -> str:
    """What the server said, in one short line."""
    body = error.body
    message = body.get("message") if isinstance(body, dict) else None
    return " ".join(str(message or body or error.message).split())[:200]
