"""One request, guarded: the address that is connected to, the size and the encoding of the answer."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.http_exceptions import HttpProcessingError
from yarl import URL

from ..errors import FetchFailed
from ..version import __version__
from .addresses import Network
from .answers import CONTENT_TYPES, Answer, items
from .building import shown
from .robots import AGENT
from .unpacking import PIECE, Unpacker, too_large

_HEADERS = {
    "Accept": f"{', '.join(CONTENT_TYPES)}, */*;q=0.1",
    "Accept-Encoding": "gzip, deflate",
}
_HEADER_LINE = 32_768  # bytes; policies of large sites are longer than aiohttp's own limit
_HEADER_LINES = 256
_CHECK = "Check the address and the connection"
_OTHER_WAY = "Try again later, or save the page with a browser and give the file"
_FAILURES: tuple[tuple[type[Exception], str, str], ...] = (
    (aiohttp.ClientConnectorDNSError, "the host {host} is not known", _CHECK),
    (aiohttp.ClientConnectorCertificateError, "{host} has no valid certificate ({reason})", _OTHER_WAY),
    (aiohttp.ClientSSLError, "no safe connection to {host} ({reason})", _OTHER_WAY),
    (aiohttp.ClientConnectorError, "no connection to {host} ({reason})", _CHECK),
    (aiohttp.ClientConnectionError, "the connection ended before an answer came", _OTHER_WAY),
    (aiohttp.ClientPayloadError, "the answer breaks off before its end", _OTHER_WAY),
    (aiohttp.ClientResponseError, "the answer is no valid HTTP", _OTHER_WAY),
    (HttpProcessingError, "the answer is no valid HTTP", _OTHER_WAY),
    (Exception, "the request failed ({reason})", _OTHER_WAY),
)
"""The first that fits is said."""


class Client:
    """Asks for one address at a time: no proxy, no cookies, no redirects, a new connection for each request.

    A request whose connection ends before the whole head of an answer came is sent once more, by aiohttp. There is no
    time limit here: whoever asks sets one.

    Args:
        network: says which addresses may be connected to.
        obeys_robots: whether whoever asks obeys robots.txt; servers are told so.
    """

    def __init__(self, network: Network, obeys_robots: bool):
        self.network = network
        about = "reads news reports for analysts" + ("; obeys robots.txt" if obeys_robots else "")
        self._headers = {"User-Agent": f"{AGENT}/{__version__} ({about})", **_HEADERS}

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(
            resolver=_Resolver(self.network),
            socket_factory=self._socket,
            use_dns_cache=False,
            force_close=True,
            limit=0,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers=self._headers,
            timeout=aiohttp.ClientTimeout(total=None),
            auto_decompress=False,
            trust_env=False,
            max_line_size=_HEADER_LINE,
            max_field_size=_HEADER_LINE,
            max_headers=_HEADER_LINES,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()

    async def ask(
        self, url: URL, is_wanted: Callable[[Answer], bool], most: int, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """The answer to one GET request.

        Args:
            url: of http or https.
            is_wanted: whether the body of an answer is to be read; what it raises is raised.
            most: bytes that the body may have, on the wire and decompressed.
            headers: more of the request.

        Raises:
            AddressRefused: the host has an address that is not public.
            FetchFailed: there is no connection, or no whole and valid answer.
            DocumentTooLarge: the body is larger.
        """
        try:
            async with self._session.get(url, headers=headers, allow_redirects=False) as response:
                answer = Answer(url, response.status, response.headers)
                return replace(answer, body=await _body(response, most)) if is_wanted(answer) else answer
        except (aiohttp.ClientError, HttpProcessingError, OSError, ValueError) as error:
            raise _failure(url, error) from error

    def _socket(self, address: aiohttp.AddrInfoType) -> socket.socket:
        """A socket for the very address that is connected to next, whichever way it was found."""
        family, kind, protocol, _, where = address
        self.network.require_public(str(where[0]), [str(where[0])])
        return socket.socket(family, kind, protocol)


class _Resolver(AbstractResolver):
    """Looks names up and refuses those that have any address that is not public."""

    def __init__(self, network: Network):
        self._network = network

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        del family  # aiohttp asks for any
        found = await self._network.look_up(host, port)
        if not found:
            raise OSError("no address")
        self._network.require_public(host, found)
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in found
        ]

    async def close(self) -> None:
        """Nothing is held."""


async def _body(response: aiohttp.ClientResponse, most: int) -> bytes:
    unpacker = Unpacker(items(response.headers, "Content-Encoding"), most)
    if (response.content_length or 0) > most:
        raise too_large(most)
    async for piece in response.content.iter_chunked(PIECE):
        unpacker.feed(piece)
    return unpacker.body()


def _failure(url: URL, error: Exception) -> FetchFailed:
    """What went wrong between the two machines, in words."""
    reason = shown(_reason(error))[:200]
    message, remedy = next(words for kind, *words in _FAILURES if isinstance(error, kind))
    return FetchFailed(message.format(host=url.raw_host, reason=reason), remedy=remedy)


def _reason(error: Exception) -> str:
    """What the operating system or the library for certificates says."""
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return str(getattr(error.certificate_error, "verify_message", error.certificate_error))
    if isinstance(error, aiohttp.ClientSSLError) or not isinstance(error, aiohttp.ClientConnectorError):
        return str(error)
    return os.strerror(error.errno or 0)
