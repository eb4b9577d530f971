"""Recordings, batch results and a small server, made from drafts that fit any report."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from summarizer.documents import from_text
from summarizer.engines.recorded import RecordedReply, recording_text
from summarizer.models.exchange import Reply, Request
from summarizer.models.json_schema import draft_schema
from summarizer.prompts import Prompts
from summarizer.sentences import split

BRIDGE = "The bridge over the river was opened again by the mayor this week."
ROAD = "The road to the harbour was closed by the police this morning."
SCHOOL = "The school near the market was painted by the parents in spring."
DRAFT: dict[str, Any] = {
    "headline": "A headline",
    "bottom_line": {"text": "Something was done.", "ev": [1]},
    "summary": [{"text": "Something was done.", "ev": [1]}],
    "actors": [],
    "events": [],
    "aims": [],
    "context": [],
    "origins": [],
    "caveats": [],
}
LOOSE = DRAFT | {"summary": [{"text": "Exactly 4711 people came.", "ev": [1]}]}
"""A draft with a number that no report here holds."""


def request_of(text: str, prompts: Path | None = None) -> Request:
    """What is asked about a text that is read from a file or standard input."""
    document = from_text(text)
    return Prompts(prompts).brief(document, split(document.text, document.language), draft_schema())


def record(path: Path, *texts: str, draft: dict[str, Any] = DRAFT) -> Path:
    """A recording of the same reply about each text."""
    reply = Reply(json.dumps(draft), "recorded-model", "2025-08-27")
    path.write_text(recording_text([RecordedReply(request_of(text), reply) for text in texts], {"what": "a test"}))
    return path


def write(folder: Path, **texts: str) -> Path:
    """Text files in a folder, by their stems."""
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text)
    return folder


def lines(text: str) -> list[dict[str, Any]]:
    """The objects of JSON lines."""
    return [json.loads(line) for line in text.splitlines()]


def completion(draft: dict[str, Any] | str = DRAFT) -> dict[str, Any]:
    """A chat completion as a server answers."""
    content = draft if isinstance(draft, str) else json.dumps(draft)
    return {
        "model": "stub-1",
        "created": 1_756_000_000,
        "choices": [{"message": {"role": "assistant", "content": content}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 100, "completion_tokens": 20},
    }


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server sends."""

    body: str
    status: int = 200
    kind: str = "application/json"


@dataclass
class Server:
    """A server on this machine, and the bodies of the requests it got."""

    address: str
    asked: list[dict[str, Any]] = field(default_factory=list)


def usual(body: dict[str, Any]) -> Answer:
    """The usual draft, whatever is asked."""
    return Answer(json.dumps(completion()))


@contextmanager
def serving(answer: Callable[[dict[str, Any]], Answer] = usual) -> Iterator[Server]:
    """A server that answers each request as `answer` says, in a thread a request."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            server.asked.append(body)
            said = answer(body)
            content = said.body.encode()
            self.send_response(said.status)
            self.send_header("content-type", said.kind)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Say nothing."""

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, request: Any, client_address: Any) -> None:
            """A client that goes away is no matter."""

    with Quiet(("127.0.0.1", 0), Handler) as listening:
        server = Server(f"http://127.0.0.1:{listening.server_port}/v1")
        thread = threading.Thread(target=listening.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            listening.shutdown()
            thread.join()


def closed_address() -> str:
    """An address of this machine at which nobody listens."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}/v1"
