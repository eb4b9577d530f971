"""The stub as a server: in a thread for tests, or as a command.

    python -m tests.stub.server --port 0 --latency 1.0 --faults 429=0.05,reset=0.01

The command prints its address. It serves `POST …/chat/completions`, `GET …/models`, and its own counters at `GET /stats`.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import hashlib
import json
import random
import re
import socket
import struct
import sys
import threading
import time
from collections import Counter, deque
from typing import Any

from .behaviours import BEHAVIOURS, Answer, Behaviour, End, Received, failure

_HEAD_ENDS = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_MODELS = json.dumps({"object": "list", "data": [{"id": "stub", "object": "model"}]}).encode()


class Stub:
    """What a server does and what it has seen.

    Args:
        latency: seconds from a whole request to its answer.
        keep: how many requests are remembered, the newest.
        faults: chances of behaviours by name, drawn for each request that no script answers.
        seed: of these draws.
    """

    def __init__(
        self, latency: float = 0.0, keep: int = 1000, faults: dict[str, float] | None = None, seed: int = 0
    ) -> None:
        self.latency = latency
        self.default: Behaviour = BEHAVIOURS["ok"]
        self.received: deque[Received] = deque(maxlen=keep)
        self.times: deque[float] = deque(maxlen=keep)
        self.counts: Counter[str] = Counter()
        self._script: deque[Behaviour] = deque()
        self._faults = faults or {}
        self._luck = random.Random(seed)
        self._seen: set[bytes] = set()

    def script(self, *behaviours: Behaviour | str) -> None:
        """The next requests are answered so, one behaviour each; after these by `default`."""
        self._script.extend(BEHAVIOURS[b] if isinstance(b, str) else b for b in behaviours)

    def always(self, behaviour: Behaviour | str) -> None:
        """Every request that no script answers is answered so."""
        self.default = BEHAVIOURS[behaviour] if isinstance(behaviour, str) else behaviour

    def answer(self, request: Received) -> Answer:
        """The answer to a request."""
        if request.path == "/stats":
            return Answer(body=json.dumps({**self.counts, "cpu_seconds": time.process_time()}).encode())
        if request.path in ("/v1/traces", "/v1/metrics"):  # as an OpenTelemetry collector
            return Answer()
        if request.method == "GET" and request.path.endswith("/models"):
            return Answer(body=_MODELS)
        if request.method != "POST" or not request.path.endswith("/chat/completions"):
            return failure(404, f"no {request.method} {request.path}")(request)
        self.received.append(request)
        self.times.append(time.monotonic())
        self.counts["requests"] += 1
        self._note(request.body)
        try:
            answer = self._behaviour()(request)
        except (ValueError, KeyError, TypeError) as error:
            answer = failure(400, f"the stub cannot read the request: {error!r}")(request)
        self.counts[f"status {answer.status}"] += 1
        return answer

    def _note(self, body: bytes) -> None:
        """Count a request that was asked before, word for word."""
        digest = hashlib.blake2b(body, digest_size=8).digest()
        self.counts["repeated"] += digest in self._seen
        self._seen.add(digest)

    def _behaviour(self) -> Behaviour:
        if self._script:
            return self._script.popleft()
        if self._faults:
            draw = self._luck.random()
            for name, chance in self._faults.items():
                draw -= chance
                if draw < 0:
                    self.counts[name] += 1
                    return BEHAVIOURS[name]
        return self.default


class _Connection(asyncio.Protocol):
    """One connection: requests one after another, as HTTP/1.1 clients send them."""

    def __init__(self, stub: Stub, loop: asyncio.AbstractEventLoop) -> None:
        self.stub, self.loop = stub, loop
        self.buffer = bytearray()
        self.needed = 0
        self.timer: asyncio.TimerHandle | None = None
        self.under_way = False

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self.stub.counts["connections"] += 1

    def connection_lost(self, error: Exception | None) -> None:
        if self.timer:
            self.timer.cancel()
        if self.under_way:
            self.stub.counts["given up by the client"] += 1
            self._done()

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if len(self.buffer) >= self.needed:
            self._next()

    def _next(self) -> None:
        """Take one whole request out of the buffer, if there is one."""
        ends = self.buffer.find(_HEAD_ENDS)
        if self.under_way or ends < 0:
            return
        head = bytes(self.buffer[:ends])
        length = _LENGTH.search(head)
        self.needed = ends + 4 + (int(length[1]) if length else 0)
        if len(self.buffer) < self.needed:
            return
        body = bytes(self.buffer[ends + 4 : self.needed])
        del self.buffer[: self.needed]
        self.needed = 0
        method, target, _ = head[: head.find(b"\r\n")].decode("latin-1").split(" ", 2)
        self.under_way = True
        counts = self.stub.counts
        counts["under way"] += 1
        counts["most at once"] = max(counts["most at once"], counts["under way"])
        answer = self.stub.answer(Received(method, target.partition("?")[0], head, body))
        delay = self.stub.latency + answer.delay
        if answer.end is End.NEVER:
            return
        if delay:
            self.timer = self.loop.call_later(delay, self._send, answer)
        else:
            self._send(answer)

    def _send(self, answer: Answer) -> None:
        extra = "".join(f"{name}: {value}\r\n" for name, value in answer.headers.items())
        head = (
            f"HTTP/1.1 {answer.status} Stub\r\nContent-Type: {answer.type}\r\n{extra}"
            f"Content-Length: {len(answer.body)}\r\n\r\n"
        ).encode()
        if answer.end is End.WHOLE:
            self.transport.write(head + answer.body)
        else:
            self.transport.write(head + answer.body[: len(answer.body) // 2])
            if answer.end is End.RESET:
                linger = struct.pack("ii", 1, 0)
                self.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                self.transport.abort()
            else:
                self.transport.close()
        self._done()
        if self.buffer:
            self.loop.call_soon(self._next)

    def _done(self) -> None:
        self.under_way, self.timer = False, None
        self.stub.counts["under way"] -= 1


class StubServer(Stub):
    """A stub in a thread of its own, while the context lasts; `url` ends in /v1."""

    url: str

    def __enter__(self) -> StubServer:
        ready: list[str] = []
        started = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._over = asyncio.Event()

        async def run() -> None:
            async with _listening(self, "127.0.0.1", 0) as url:
                ready.append(url)
                started.set()
                await self._over.wait()

        def thread() -> None:
            with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
                runner.run(run())

        self._thread = threading.Thread(target=thread, name="stub", daemon=True)
        self._thread.start()
        if not started.wait(10):
            raise RuntimeError("the stub did not start")
        self.url = ready[0] + "/v1"
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join()


@contextlib.asynccontextmanager
async def _listening(stub: Stub, host: str, port: int) -> Any:
    """A listening server; its connections are closed with it."""
    loop = asyncio.get_running_loop()
    connections: list[_Connection] = []

    def connected() -> _Connection:
        connections.append(_Connection(stub, loop))
        return connections[-1]

    server = await loop.create_server(connected, host, port, backlog=4096)
    try:
        yield f"http://{host}:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        for connection in connections:
            connection.transport.abort()
        await asyncio.sleep(0)


def _chances(text: str) -> dict[str, float]:
    pairs = [part.partition("=") for part in text.split(",") if part]
    return {name: float(chance) for name, _, chance in pairs if BEHAVIOURS[name]}


async def _serve(stub: Stub, host: str, port: int) -> None:
    async with _listening(stub, host, port) as url:
        sys.stdout.write(f"{url}/v1\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0: a free one")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds before each answer")
    parser.add_argument("--faults", type=_chances, default={}, help=f"chances of: {', '.join(BEHAVIOURS)}")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    stub = Stub(given.latency, keep=0, faults=given.faults, seed=given.seed)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(stub, given.host, given.port))


if __name__ == "__main__":
    main()
