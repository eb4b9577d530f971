"""One request to an OpenAI-compatible server, over aiohttp alone.

The openai client costs a millisecond of CPU a request, 0.7 s to import and 30 MB more, for what is not wanted here: its
retries are `retry`'s job, the reply is validated once as a draft, and the schema is prepared once.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ..errors import EngineError, TransportError
from ..models.exchange import Request
from ..version import __version__
from .failures import Rejection, RetryableError, said_in, too_late
from .rate_headers import wait_asked
from .wire import Completion, Manner, OutputMode, read_completion, request_bytes

if TYPE_CHECKING:
    import ssl

    import aiohttp
    from yarl import URL

MOST_BYTES = 32 * 1024 * 1024
"""Of one answer, decompressed; the longest that models give have about one."""
_KEEP_ALIVE = 4.0  # seconds that a connection stays open unused: uvicorn, and so vLLM, closes it after 5
_MODE_WORDS = ("response_format", "json_schema", "json_object", "schema", "tool", "function", "structured", "grammar")
"""What a server speaks of when it refuses a structured-output mode (400, 415, 422)."""
_BROKEN_MODE_WORDS = ("response_format", "json_schema", "json_object", "grammar", "tool_choice")
"""The same for 500 and 501, which are mostly about something else."""
_NO_MODE_CODES = frozenset({"context_length_exceeded", "content_filter", "model_not_found", "invalid_api_key"})


class UnsupportedMode(EngineError):
    """The server does not know this structured-output mode."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where requests go.

    Args:
        base_url: address, mostly ending in /v1.
        api_key: key.
        timeout: seconds that one request may take.
        headers: more that each request carries.
    """

    base_url: str | None
    api_key: str
    timeout: float
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came back: `body` is JSON where it is, else text."""

    status: int
    reason: str
    headers: Mapping[str, str]
    body: Any


class OpenAIChat:
    """The chat completions of one OpenAI-compatible server."""

    def __init__(self, server: Server):
        self._server = server
        self._session: aiohttp.ClientSession | None = None

    async def complete(self, request: Request, manner: Manner) -> Completion:
        """Send one request once.

        Raises:
            RetryableError: it may succeed later.
            UnsupportedMode: the server refuses the structured-output mode.
            TransportError, Refusal, ContentFiltered, TruncatedReply: it will not.
        """
        import aiohttp

        document = request.about.document
        content = request_bytes(request, manner)
        try:
            async with asyncio.timeout(self._server.timeout):
                answer = await self._post(content, document)
        except TimeoutError as error:
            raise too_late(self._place(), self._server.timeout, document) from error
        except (aiohttp.NonHttpUrlClientError, ValueError) as error:  # also aiohttp.InvalidURL: no address to ask
            raise self._no_connection(TransportError, error, document) from error
        except (aiohttp.ClientError, OSError) as error:
            raise self._no_connection(RetryableError, error, document) from error
        if not 200 <= answer.status < 300:
            raise _status_failure(answer, document, manner.mode)
        completion = read_completion(answer.body, document)
        pause = wait_asked(answer.status, answer.headers, time.time())
        return replace(completion, pause=pause) if pause else completion

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _post(self, content: bytes, document: str) -> _Answer:
        from yarl import URL

        base = URL(self._server.base_url or "")
        if self._session is None:
            self._session = _session(base, self._server)
        url = base.with_path(f"{base.raw_path.rstrip('/')}/chat/completions", encoded=True, keep_query=True)
        async with self._session.post(url, data=content) as response:
            body = await _body(response, document)
            return _Answer(response.status, response.reason or "", response.headers, _value(body))

    def _place(self) -> str:
        """The address for messages, without a password or a key that it may hold."""
        address = (self._server.base_url or "the provider").partition("?")[0]
        scheme, slashes, rest = address.partition("://")
        return scheme + slashes + rest.rpartition("@")[2]

    def _no_connection(self, kind: type[TransportError], cause: Exception, document: str) -> TransportError:
        message = f"no connection to {self._place()} ({type(cause).__name__}: {cause})"
        return kind(message, document=document, remedy="Check that the server runs and --base-url is right")


def _session(base: URL, server: Server) -> aiohttp.ClientSession:
    """A pool of connections without a limit of its own.

    aiohttp's `trust_env` stays off: it looks proxies up in a thread for each request, and a password for the host in a
    .netrc would be an error beside the key.
    """
    import aiohttp

    headers = {
        "Accept": "application/json",
        "Accept-Encoding": "gzip, deflate",
        "Content-Type": "application/json",
        "User-Agent": f"summarizer/{__version__}",
        **server.headers,
    }
    if base.user is None:  # else aiohttp sends the user and password that stand in the address
        headers["Authorization"] = f"Bearer {server.api_key}"
    proxy = _proxy_for(base)
    connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=_KEEP_ALIVE, ssl=_certificates())
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        headers=headers,
        proxy=proxy,
        timeout=aiohttp.ClientTimeout(total=None),
    )


def _proxy_for(address: URL) -> str | None:
    """The proxy that the environment (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY) names for an address.

    Raises:
        ValueError: it is no HTTP proxy.
    """
    from urllib.request import getproxies, proxy_bypass

    proxies = getproxies()
    proxy = proxies.get(address.scheme) or proxies.get("all")
    if not proxy or proxy_bypass(f"{address.host}:{address.port}"):
        return None
    scheme, slashes, _ = proxy.partition("://")
    if slashes and scheme.lower() not in ("http", "https"):
        raise ValueError(f"the environment names a {scheme} proxy; only HTTP proxies can be used")
    return proxy if slashes else f"http://{proxy}"


def _certificates() -> ssl.SSLContext | bool:
    """The system's certificates: on Linux those that OpenSSL finds; elsewhere Python alone does not find them all."""
    if sys.platform == "linux":
        return True
    import ssl

    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


async def _body(response: aiohttp.ClientResponse, document: str) -> bytes:
    """The decompressed body of an answer to a request about this document."""
    body = bytearray()
    async for piece in response.content.iter_any():
        body += piece
        if len(body) > MOST_BYTES:
            message = f"the answer has more than {MOST_BYTES:,} bytes"
            raise TransportError(message, document=document, remedy="Check --base-url: that is no language model")
    return bytes(body)


def _value(body: bytes) -> Any:
    """A body as JSON, or as text where it is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return body.decode("utf-8", "replace")


def _status_failure(answer: _Answer, document: str, mode: OutputMode) -> EngineError:
    said = answer.body.get("error", answer.body) if isinstance(answer.body, dict) else answer.body
    code = said.get("code") if isinstance(said, dict) else None
    wait = wait_asked(answer.status, answer.headers, time.time())
    rejection = Rejection(answer.status, str(code or ""), said_in(said, answer.reason), wait)
    if mode is not OutputMode.TEXT and _refuses_mode(rejection):
        refusal = UnsupportedMode(rejection.message, document=document)
        refusal.status = rejection.status
        return refusal
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
