"""A server with OpenAI's files, batches and chat completions, for tests: batches go on when a test says so.

Faults are scripted by route: `server.faults["create"].append(lost)`. Routes are list, upload, create, retrieve, content,
cancel.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from .drafts import draft_text

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Fault = Callable[[web.Request, Handler], Awaitable[web.StreamResponse]]
Answer = Callable[[dict[str, Any]], dict[str, Any] | None]
CREATED = 1_756_000_000


def completion(body: dict[str, Any], content: str | None = None) -> dict[str, Any]:
    """A chat completion for the body of a request: a draft of its report, unless other content is given."""
    drafts = (draft_text(message["content"]) for message in body["messages"])
    content = content or next((draft for draft in drafts if draft), "{}")
    message = {"role": "assistant", "content": content}
    return {
        "id": "c", "object": "chat.completion", "created": CREATED, "model": body["model"],
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 1000, "completion_tokens": 100, "prompt_tokens_details": {"cached_tokens": 0}},
    }  # fmt: skip


def success(row: dict[str, Any], content: str | None = None) -> dict[str, Any]:
    """A line of an output file."""
    response = {"status_code": 200, "request_id": "r", "body": completion(row["body"], content)}
    return {"id": "b", "custom_id": row["custom_id"], "response": response, "error": None}


def failed(row: dict[str, Any], status: int = 400, message: str = "Invalid schema") -> dict[str, Any]:
    """A line of the error file for a request that the model's server refused."""
    response = {"status_code": status, "request_id": "r", "body": {"error": {"message": message, "code": None}}}
    return {"id": "b", "custom_id": row["custom_id"], "response": response, "error": None}


def expired(row: dict[str, Any]) -> dict[str, Any]:
    """A line of the error file for a request that was not run in time."""
    error = {"code": "batch_expired", "message": "This request could not be executed before the completion window."}
    return {"id": "b", "custom_id": row["custom_id"], "response": None, "error": error}


@dataclass
class StubBatch:
    """A batch, and the files it leads to."""

    id: str
    source: str
    metadata: dict[str, str]
    rows: list[dict[str, Any]]
    state: str = "validating"
    outputs: str | None = None
    errors: str | None = None
    faults: list[dict[str, Any]] = field(default_factory=list)
    done: int = 0
    failed: int = 0


class BatchServer:
    """The server, in a thread of its own while the context lasts; `url` ends in /v1."""

    url: str

    def __init__(self, key: str | None = None) -> None:
        self.key = key
        self.files: dict[str, bytes] = {}
        self.batches: dict[str, StubBatch] = {}
        self.faults: dict[str, deque[Fault]] = defaultdict(deque)
        self.calls: list[str] = []
        self.at_retrieve: deque[Callable[[StubBatch], None]] = deque()
        """What happens to a batch at the next looks at it, one a look."""
        self.page = 100

    @property
    def newest(self) -> StubBatch:
        """The batch that was made last."""
        return list(self.batches.values())[-1]

    def finish(
        self,
        batch: StubBatch,
        answer: Answer = success,
        state: str = "completed",
    ) -> None:
        """Let a batch be over; each of its rows is answered, goes into the error file, or into neither (None)."""
        results = [each for row in batch.rows if (each := answer(row)) is not None]
        good = [row for row in results if row.get("error") is None and row["response"]["status_code"] == 200]
        bad = [row for row in results if row not in good]
        batch.outputs = self._kept(batch, "output", good)
        batch.errors = self._kept(batch, "error", bad)
        batch.state, batch.done, batch.failed = state, len(good), len(bad)

    def _kept(self, batch: StubBatch, kind: str, rows: list[dict[str, Any]]) -> str | None:
        if not rows:
            return None
        name = f"file-{kind}-{batch.id}"
        self.files[name] = "".join(json.dumps(row) + "\n" for row in reversed(rows)).encode()
        return name

    def __enter__(self) -> BatchServer:
        started = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._over = asyncio.Event()

        async def serve() -> None:
            runner = web.AppRunner(self._app(), shutdown_timeout=0.01)  # 0 would wait for a `Stuck` without end
            await runner.setup()
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            self.url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
            started.set()
            await self._over.wait()
            await runner.cleanup()

        def thread() -> None:
            with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
                runner.run(serve())

        self._thread = threading.Thread(target=thread, name="batch server", daemon=True)
        self._thread.start()
        if not started.wait(10):
            raise RuntimeError("the batch server did not start")
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join()

    def _app(self) -> web.Application:
        app = web.Application(client_max_size=1 << 30)
        for method, path, handler in (
            ("GET", "/v1/batches", self._list),
            ("POST", "/v1/files", self._upload),
            ("POST", "/v1/batches", self._create),
            ("GET", "/v1/batches/{id}", self._retrieve),
            ("GET", "/v1/files/{id}/content", self._content),
            ("POST", "/v1/batches/{id}/cancel", self._cancel),
            ("POST", "/v1/chat/completions", self._chat),
        ):
            app.router.add_route(method, path, self._guarded(handler.__name__.strip("_"), handler))
        return app

    def _guarded(self, name: str, handler: Handler) -> Handler:
        async def guarded(request: web.Request) -> web.StreamResponse:
            self.calls.append(name)
            if self.key and request.headers.get("Authorization") != f"Bearer {self.key}":
                return failure(401, "Incorrect API key provided: sk-none", "invalid_api_key")
            if self.faults[name]:
                return await self.faults[name].popleft()(request, handler)
            return await handler(request)

        return guarded

    async def _list(self, request: web.Request) -> web.Response:
        newest_first = list(reversed(self.batches.values()))
        after = request.query.get("after")
        begin = next((n + 1 for n, batch in enumerate(newest_first) if batch.id == after), 0)
        page = newest_first[begin : begin + min(self.page, int(request.query["limit"]))]
        more = begin + len(page) < len(newest_first)
        return web.json_response({"object": "list", "data": [_shown(batch) for batch in page], "has_more": more})

    async def _upload(self, request: web.Request) -> web.Response:
        form = await request.post()
        assert form["purpose"] == "batch"
        name = f"file-{len(self.files)}"
        with form["file"].file as stream:  # type: ignore[union-attr]
            self.files[name] = stream.read()
        return web.json_response({"id": name, "object": "file", "purpose": "batch", "bytes": len(self.files[name])})

    async def _create(self, request: web.Request) -> web.Response:
        asked = await request.json()
        assert asked["endpoint"] == "/v1/chat/completions"
        assert asked["completion_window"] == "24h"
        source = asked["input_file_id"]
        rows = [json.loads(line) for line in self.files[source].decode().split("\n") if line]
        batch = StubBatch(f"batch_{len(self.batches)}", source, asked["metadata"], rows)
        self.batches[batch.id] = batch
        return web.json_response(_shown(batch))

    async def _retrieve(self, request: web.Request) -> web.Response:
        batch = self.batches.get(request.match_info["id"])
        if batch is None:
            return failure(404, f"No batch found with id '{request.match_info['id']}'.")
        if self.at_retrieve:
            self.at_retrieve.popleft()(batch)
        return web.json_response(_shown(batch))

    async def _content(self, request: web.Request) -> web.StreamResponse:
        content = self.files.get(request.match_info["id"])
        if content is None:
            return failure(404, f"No such File object: {request.match_info['id']}")
        return web.Response(body=content, content_type="application/octet-stream")

    async def _cancel(self, request: web.Request) -> web.Response:
        batch = self.batches[request.match_info["id"]]
        if batch.state not in ("validating", "in_progress"):
            return failure(409, f"Cannot cancel a batch with status '{batch.state}'.")
        batch.state = "cancelling"
        return web.json_response(_shown(batch))

    async def _chat(self, request: web.Request) -> web.Response:
        return web.json_response(completion(await request.json()))


def _shown(batch: StubBatch) -> dict[str, Any]:
    return {
        "id": batch.id, "object": "batch", "endpoint": "/v1/chat/completions", "completion_window": "24h",
        "errors": {"object": "list", "data": batch.faults} if batch.faults else None,
        "input_file_id": batch.source, "status": batch.state, "created_at": CREATED,
        "output_file_id": batch.outputs, "error_file_id": batch.errors, "metadata": batch.metadata,
        "request_counts": {"total": len(batch.rows), "completed": batch.done, "failed": batch.failed},
    }  # fmt: skip


def failure(status: int, message: str, code: str | None = None, **headers: str) -> web.Response:
    """An error in the form of OpenAI's API."""
    body = {"error": {"message": message, "type": "invalid_request_error", "param": None, "code": code}}
    return web.json_response(body, status=status, headers=headers)


def refused(status: int, message: str, code: str | None = None, **headers: str) -> Fault:
    """The server answers this status, and does nothing."""

    async def fault(request: web.Request, _: Handler) -> web.StreamResponse:
        await request.read()
        return failure(status, message, code, **headers)

    return fault


async def usual(request: web.Request, handler: Handler) -> web.StreamResponse:
    """No fault, where one comes later."""
    return await handler(request)


async def lost(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The server does what it is asked, and the connection breaks before its answer."""
    answer = await handler(request)
    _abort(request)
    return answer


async def dropped(request: web.Request, _: Handler) -> web.StreamResponse:
    """The connection breaks, and nothing is done."""
    _abort(request)
    return web.Response()


async def half(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Half of the answer comes, then the connection breaks."""
    answer = await handler(request)
    body: bytes = answer.body  # type: ignore[attr-defined]
    cut = web.StreamResponse(headers={"Content-Length": str(len(body))})
    await cut.prepare(request)
    await cut.write(body[: len(body) // 2])
    _abort(request)
    return cut


def says(text: str) -> Fault:
    """The server answers this text, and does nothing."""

    async def fault(request: web.Request, _: Handler) -> web.StreamResponse:
        await request.read()
        return web.Response(text=text)

    return fault


page = says("<!DOCTYPE html><html><body>Sign in</body></html>")
"""The login page of a proxy."""


class Stuck:
    """The server does what it is asked and never answers; `reached` is set when it is done."""

    def __init__(self) -> None:
        self.reached = threading.Event()

    async def __call__(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        answer = await handler(request)
        self.reached.set()
        await asyncio.Event().wait()
        return answer


def _abort(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()
