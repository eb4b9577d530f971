"""A server that misbehaves in as many ways as a page on the web can, and what each must end as.

As a program, `python -m tests.documents.hostile PORT` fetches from every one of them and prints its peak memory.
"""

from __future__ import annotations

import gzip
import json
import socket
import struct
import sys
import threading
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from itertools import pairwise
from typing import Any

from summarizer.documents.addresses import Network
from summarizer.documents.fetching import Fetcher, FetchOptions
from summarizer.errors import AddressRefused, DocumentTooLarge, FetchFailed, InputError

from ..bench.clients import peak_mb

SECONDS = 0.5
"""Time for one page."""

TEXT = b"Ministers met in Tunis on Monday."
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
_TLS = b"\x16\x03"
_CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"


@dataclass(frozen=True)
class Request:
    """What a server was asked."""

    method: str
    path: str
    headers: dict[str, str]
    """By name in lower case."""


@dataclass(frozen=True)
class Talk:
    """One connection, after its request was read."""

    socket: socket.socket
    request: Request
    server: Hostile

    def send(self, *data: bytes) -> None:
        self.socket.sendall(b"".join(data))

    def answer(self, body: bytes = TEXT, *headers: str, status: str = "200 OK") -> None:
        kind = () if any(line.lower().startswith("content-type") for line in headers) else ("Content-Type: text/plain",)
        lines = (f"HTTP/1.1 {status}", *kind, f"Content-Length: {len(body)}", *headers)
        self.send("".join(f"{line}\r\n" for line in (*lines, "")).encode(), body)

    def redirect(self, location: str, status: str = "302 Found") -> None:
        self.answer(b"", f"Location: {location.replace('PORT', str(self.server.port))}", status=status)

    def endlessly(self, data: bytes, pause: float = 0.0) -> None:
        while not self.server.over.wait(pause):
            self.send(data)

    def reset(self) -> None:
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


Behaviour = Callable[[Talk], Any]


class Hostile:
    """A server on loopback, one thread a connection, that behaves by path and, for robots.txt, by host."""

    def __init__(self) -> None:
        self.over = threading.Event()
        self.requests: list[Request] = []
        self.behaviours: dict[str, Behaviour] = dict(BEHAVIOURS)
        self.robots: dict[str, Behaviour] = dict(ROBOTS)
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Hostile:
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self._listener.close()

    def url(self, path: str, host: str = "plain.test") -> str:
        return f"http://{host}:{self.port}{path}"

    def asked(self, path: str) -> list[Request]:
        return [request for request in self.requests if request.path == path]

    def _accept(self) -> None:
        while not self.over.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            try:
                connection.settimeout(10)
                request = _read(connection)
                self.requests.append(request)
                self._behaviour(request)(Talk(connection, request, self))
            except (OSError, ValueError):
                pass  # the other side has had enough

    def _behaviour(self, request: Request) -> Behaviour:
        if request.path == "/robots.txt":
            return self.robots.get(request.headers["host"].partition(":")[0], Talk.answer)
        return self.behaviours.get(request.path, Talk.answer)


def _read(connection: socket.socket) -> Request:
    head = b""
    while b"\r\n\r\n" not in head:
        data = connection.recv(65_536)
        head += data
        if not data or head.startswith(_TLS):
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            raise ValueError
    first, *lines = head.decode().partition("\r\n\r\n")[0].split("\r\n")
    method, path, _ = first.split(" ")
    return Request(
        method, path, {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    )


class Names:
    """Answers for host names: this machine for most, other addresses for some."""

    def __init__(self) -> None:
        self._asked: Counter[str] = Counter()

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        del port
        self._asked[host] += 1
        if host == "unknown.test":
            raise OSError("no such name")
        if host == "rebinding.test":
            return ["127.0.0.1" if self._asked[host] == 1 else "127.0.0.2"]
        return {"private.test": ["10.0.0.1"], "mixed.test": ["127.0.0.1", "10.0.0.1"]}.get(host, ["127.0.0.1"])


def is_this_machine(address: IPv4Address | IPv6Address) -> bool:
    """For the tests 127.0.0.1 is the public internet, and nothing else is."""
    return str(address) == "127.0.0.1"


def network() -> Network:
    """The network of the tests."""
    return Network(is_this_machine, Names())


def bomb(wbits: int, megabytes: int = 1024) -> Iterator[bytes]:
    """Zeros, compressed about a thousand times."""
    packer = zlib.compressobj(9, zlib.DEFLATED, wbits)
    million = bytes(1 << 20)
    yield packer.compress(million) + packer.flush(zlib.Z_FULL_FLUSH)
    same = packer.compress(million) + packer.flush(zlib.Z_FULL_FLUSH)
    for _ in range(megabytes - 1):
        yield same


def _packed(encoding: str, data: Callable[[], Iterable[bytes]]) -> Behaviour:
    def behave(talk: Talk) -> None:
        talk.send(OK, f"Content-Encoding: {encoding}\r\n\r\n".encode())
        for piece in data():
            talk.send(piece)

    return behave


def _slow_head(talk: Talk) -> None:
    talk.send(OK)
    talk.endlessly(b"X-Slow: 1\r\n", 0.05)


def _slow_body(talk: Talk) -> None:
    talk.send(OK, b"Content-Length: 100000\r\n\r\n")
    talk.endlessly(b"a", 0.05)


def _endless(head: bytes, data: bytes) -> Behaviour:
    def behave(talk: Talk) -> None:
        talk.send(head)
        talk.endlessly(data)

    return behave


def _sent(*data: bytes) -> Behaviour:
    return lambda talk: talk.send(*data)


def _status(status: str, *headers: str) -> Behaviour:
    return lambda talk: talk.answer(b"", *headers, status=status)


def _typed(kind: str) -> Behaviour:
    return lambda talk: talk.answer(b"\x89PNG", f"Content-Type: {kind}")


def _to(location: str, status: str = "302 Found") -> Behaviour:
    return lambda talk: talk.redirect(location, status)


def _never(talk: Talk) -> None:
    talk.server.over.wait(10)


@dataclass(frozen=True)
class Case:
    """One way to misbehave, and how it must end.

    Args:
        sentence: says what must happen.
        behaviour: at a path of its own.
        error: of which class.
        words: what its text must say.
        host: whose page is asked for.
        is_robots: the behaviour is that of robots.txt.
    """

    sentence: str
    behaviour: Behaviour
    error: type[InputError]
    words: str
    host: str = "plain.test"
    is_robots: bool = False

    @property
    def path(self) -> str:
        return "/" + self.sentence.replace(" ", "_")


_CHAIN = [f"/chain/{n}" for n in range(7)]

CASES = [
    Case("a redirect to loopback is refused", _to("http://127.0.0.2:PORT/"), AddressRefused, "127.0.0.2 is not an address of the public"),
    Case("a redirect to loopback in IPv6 is refused", _to("http://[::1]:PORT/"), AddressRefused, "::1 is not"),
    Case("a redirect to a mapped address is refused", _to("http://[::ffff:10.0.0.1]/"), AddressRefused, "is not an address of the public"),
    Case("a redirect to a private network is refused", _to("http://10.0.0.1/"), AddressRefused, "10.0.0.1 is not"),
    Case("a redirect to the metadata of a cloud is refused", _to("http://169.254.169.254/latest"), AddressRefused, "169.254.169.254 is not"),
    Case("a redirect to a name with a private address is refused", _to("http://private.test/"), AddressRefused, "private.test leads to 10.0.0.1"),
    Case("a redirect to a number is refused", _to("http://2130706433/"), AddressRefused, "unusual way to write"),
    Case("a redirect to an octal address is refused", _to("http://0177.0.0.1/"), AddressRefused, "unusual way to write"),
    Case("a redirect to a file is refused", _to("file:///etc/passwd"), AddressRefused, "addresses of file are not fetched"),
    Case("a redirect to FTP is refused", _to("ftp://plain.test/a"), AddressRefused, "addresses of ftp are not fetched"),
    Case("a redirect to a script is refused", _to("javascript:alert(1)"), AddressRefused, "addresses of javascript are not"),
    Case("a redirect to data is refused", _to("data:text/plain,hello"), AddressRefused, "addresses of data are not"),
    Case("a redirect with credentials is refused", _to("http://me:hunter2@plain.test/"), AddressRefused, "a user name or a password"),
    Case("a redirect to itself is a circle", _to("/a_redirect_to_itself_is_a_circle"), FetchFailed, "redirects in a circle"),
    Case("two redirects to each other are a circle", _to("/circle/other"), FetchFailed, "redirects in a circle"),
    Case("a chain of six redirects is too long", _to("/chain/1"), FetchFailed, "more than 5 redirects"),
    Case("a redirect without Location fails", _status("302 Found"), FetchFailed, "does not say where to"),
    Case("a redirect with a control character fails", _to("/a\x07b"), FetchFailed, "no address"),
    Case("a redirect to no address fails", _to("http://[oops"), FetchFailed, "no address"),
    Case("a redirect to an impossible port fails", _to("http://plain.test:99999/"), FetchFailed, "no address"),
    Case("a redirect to bytes that are no text fails", lambda talk: talk.send(b"HTTP/1.1 302 Found\r\nLocation: /\xff\xfe\r\nContent-Length: 0\r\n\r\n"), FetchFailed, "no address"),
    Case("a name that changes to a private address is refused", Talk.answer, AddressRefused, "rebinding.test leads to 127.0.0.2", "rebinding.test"),
    Case("a name with one private address is refused", Talk.answer, AddressRefused, "mixed.test leads to 10.0.0.1", "mixed.test"),
    Case("a name with a private address is refused", Talk.answer, AddressRefused, "private.test leads to 10.0.0.1", "private.test"),
    Case("a name that is not known fails", Talk.answer, FetchFailed, "unknown.test is not known", "unknown.test"),
    Case("a body without end is too large", _endless(OK + b"\r\n", bytes(65_536)), DocumentTooLarge, "bytes, the most"),
    Case("chunks without end are too large", _endless(_CHUNKED, b"10000\r\n" + bytes(65_536) + b"\r\n"), DocumentTooLarge, "bytes, the most"),
    Case("a page of 50 MB is too large", lambda talk: talk.answer(bytes(50_000_000)), DocumentTooLarge, "bytes, the most"),
    Case("a page of 50 MB without its length is too large", _sent(OK, b"\r\n", bytes(50_000_000)), DocumentTooLarge, "bytes, the most"),
    Case("a body that drips is given up", _slow_body, FetchFailed, "no complete answer within"),
    Case("headers that drip are given up", _slow_head, FetchFailed, "no complete answer within"),
    Case("no answer at all is given up", _never, FetchFailed, "no complete answer within"),
    Case("continue without end is given up", _endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 99), FetchFailed, "no complete answer within"),
    Case("early hints without end are given up", lambda talk: talk.endlessly(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", 0.01), FetchFailed, "no complete answer within"),
    Case("trailers without end are given up", _endless(_CHUNKED + b"1\r\na\r\n0\r\n", b"X-Trailer: 1\r\n" * 99), FetchFailed, "breaks off|no valid HTTP"),
    Case("a chunk extension without end is given up", _endless(_CHUNKED + b"1;", b"a" * 4096), FetchFailed, "no complete answer within"),
    Case("headers without end fail", _endless(OK, b"X-More: 1\r\n" * 99), FetchFailed, "no valid HTTP"),
    Case("one header line without end fails", _endless(OK + b"X-Long: ", b"a" * 4096), FetchFailed, "no valid HTTP"),
    Case("thousands of headers fail", _sent(OK, b"".join(b"X-%d: 1\r\n" % n for n in range(5_000)), b"\r\n"), FetchFailed, "no valid HTTP"),
    Case("a connection closed at once fails", _sent(), FetchFailed, "ended before an answer"),
    Case("a connection reset at once fails", Talk.reset, FetchFailed, "ended before an answer"),
    Case("a connection closed in the headers fails", _sent(OK), FetchFailed, "ended before an answer"),
    Case("a body shorter than its length fails", _sent(OK, b"Content-Length: 500\r\n\r\n", TEXT), FetchFailed, "breaks off"),
    Case("chunks without a last one fail", _sent(_CHUNKED, b"5\r\nhello\r\n"), FetchFailed, "breaks off"),
    Case("a chunk cut off fails", _sent(_CHUNKED, b"500\r\nhello"), FetchFailed, "breaks off"),
    Case("a chunk of no size fails", _sent(_CHUNKED, b"5\r\nhello\r\nzz\r\nhello\r\n0\r\n\r\n"), FetchFailed, "no valid HTTP"),
    Case("a chunk of a negative size fails", _sent(_CHUNKED, b"-5\r\nhello\r\n0\r\n\r\n"), FetchFailed, "no valid HTTP"),
    Case("a status line of garbage fails", _sent(b"Hello, this is dog\r\n\r\n"), FetchFailed, "no valid HTTP"),
    Case("a body without a head fails", _sent(b"<html><p>As it was before HTTP/1.0</p></html>"), FetchFailed, "no valid HTTP"),
    Case("another protocol fails", _sent(b"SSH-2.0-OpenSSH_9.6\r\n"), FetchFailed, "no valid HTTP"),
    Case("a negative length fails", _sent(OK, b"Content-Length: -1\r\n\r\n", TEXT), FetchFailed, "no valid HTTP"),
    Case("two different lengths fail", _sent(OK, b"Content-Length: 5\r\nContent-Length: 33\r\n\r\n", TEXT), FetchFailed, "no valid HTTP"),
    Case("a length that is no number fails", _sent(OK, b"Content-Length: many\r\n\r\n", TEXT), FetchFailed, "no valid HTTP"),
    Case("a gzip bomb is too large", _packed("gzip", lambda: bomb(31)), DocumentTooLarge, "bytes, the most"),
    Case("a deflate bomb is too large", _packed("deflate", lambda: bomb(15)), DocumentTooLarge, "bytes, the most"),
    Case("a bomb of bare deflate is too large", _packed("deflate", lambda: bomb(-15)), DocumentTooLarge, "bytes, the most"),
    Case("a bomb in gzip in gzip is too large", _packed("gzip, gzip", lambda: [gzip.compress(b"".join(bomb(31)))]), DocumentTooLarge, "bytes, the most"),
    Case("three encodings fail", _packed("gzip, gzip, gzip", list), FetchFailed, "compressed 3 times"),
    Case("gzip that is none fails", lambda talk: talk.answer(TEXT, "Content-Encoding: gzip"), FetchFailed, "compressed answer is broken"),
    Case("gzip with a wrong checksum fails", lambda talk: talk.answer(gzip.compress(TEXT)[:-8] + bytes(8), "Content-Encoding: gzip"), FetchFailed, "compressed answer is broken"),
    Case("gzip cut off fails", lambda talk: talk.answer(gzip.compress(TEXT)[:-9], "Content-Encoding: gzip"), FetchFailed, "compressed answer breaks off"),
    Case("an encoding that was not asked for fails", lambda talk: talk.answer(TEXT, "Content-Encoding: br"), FetchFailed, "compressed as 'br'"),
    Case("a picture is no page", _typed("image/png"), FetchFailed, "of the type 'image/png'"),
    Case("a film is no page", _typed("video/mp4"), FetchFailed, "of the type 'video/mp4'"),
    Case("an archive is no page", _typed("application/zip"), FetchFailed, "of the type 'application/zip'"),
    Case("JSON is no page", _typed("application/json; charset=utf-8"), FetchFailed, "of the type 'application/json'"),
    Case("no content fails", _status("204 No Content"), FetchFailed, "204 .No Content.*There is nothing"),
    Case("a part of a page fails", _status("206 Partial Content", "Content-Range: bytes 0-0/9"), FetchFailed, "206 .Partial"),
    Case("not modified without a condition fails", _status("304 Not Modified"), FetchFailed, "304 .Not Modified"),
    Case("a change of protocol fails", _status("101 Switching Protocols", "Upgrade: x", "Connection: upgrade"), FetchFailed, "101 .Switching"),
    Case("a page for subscribers fails", _status("401 Unauthorized"), FetchFailed, "401 .Unauthorized.*open it in a browser"),
    Case("a forbidden page fails", _status("403 Forbidden"), FetchFailed, "403 .Forbidden.*does not give it to programs"),
    Case("a missing page fails", _status("404 Not Found"), FetchFailed, "404 .Not Found.*Check the address"),
    Case("a page that is gone fails", _status("410 Gone"), FetchFailed, "410 .Gone.*copy"),
    Case("too many requests say when to try again", _status("429 Too Many Requests", "Retry-After: 120"), FetchFailed, "429 .*Try again later, after 120 seconds"),
    Case("a page withheld by law fails", _status("451 Unavailable For Legal Reasons"), FetchFailed, "451 .*legal reasons"),
    Case("a broken server fails", _status("500 Internal Server Error"), FetchFailed, "500 .*Try again later"),
    Case("a busy server says when to try again", _status("503 Service Unavailable", "Retry-After: Wed, 21 Oct 2065 07:28:00 GMT"), FetchFailed, "503 .*after 2065-10-21 07:28 UTC"),
    Case("an unknown status fails", _status("999 Request Denied"), FetchFailed, "999, which is no known status"),
    Case("robots.txt that forbids is obeyed", lambda talk: talk.answer(b"User-agent: *\nDisallow: /"), AddressRefused, "robots.txt of forbids.test does not let", "forbids.test", True),
    Case("a broken robots.txt refuses everything", _status("500 Internal Server Error"), AddressRefused, "robots.txt of the site is answered with status 500", "broken.test", True),
    Case("robots.txt without end refuses everything", _endless(OK + b"\r\n", b"# more\n" * 999), AddressRefused, "robots.txt of the site cannot be read: .*512,000 bytes", "endless.test", True),
    Case("robots.txt that drips is given up", _slow_body, FetchFailed, "no complete answer within", "drips.test", True),
    Case("robots.txt at a private address refuses everything", _to("http://127.0.0.2:PORT/"), AddressRefused, "robots.txt of the site cannot be read: .*127.0.0.2", "leads.test", True),
    Case("robots.txt in a circle is not read", _to("/robots.txt"), FetchFailed, "robots.txt of the site cannot be read: redirects in a circle", "circle.test", True),
]  # fmt: skip
"""Every way to misbehave."""

BEHAVIOURS: dict[str, Behaviour] = {
    **{case.path: case.behaviour for case in CASES if not case.is_robots},
    **{path: _to(following) for path, following in pairwise(_CHAIN)},
    "/circle/other": _to("/two_redirects_to_each_other_are_a_circle"),
}
ROBOTS: dict[str, Behaviour] = {case.host: case.behaviour for case in CASES if case.is_robots}


def main(port: int) -> None:
    """Fetch from every case at once, as far as the fetcher does, and print what came of it as JSON."""
    urls = []
    for number, case in enumerate(CASES):
        host = f"host{number}.test" if case.host == "plain.test" else case.host
        urls.append(f"http://{host}:{port}{case.path}")
    with Fetcher(FetchOptions(timeout=4.0, pause=0), network=network()) as fetcher:
        kinds = [type(result).__name__ for result in fetcher.fetch_all(urls)]
    json.dump({"kinds": kinds, "kilobytes": round(peak_mb() * 1024)}, sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]))
