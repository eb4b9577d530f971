"""How the stub answers one request: as it should, or with one of the faults that real servers have."""

from __future__ import annotations

import email.utils
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Any

from .drafts import draft_text

HTML = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body>502 Bad Gateway</body></html>"


class End(Enum):
    """How the connection fares when an answer is sent."""

    WHOLE = "the whole answer"
    RESET = "half of the answer, then a TCP reset"
    CUT = "half of the answer, then an orderly close"
    NEVER = "no answer"


@dataclass(frozen=True)
class Received:
    """A request as it came."""

    method: str
    path: str
    head: bytes
    body: bytes

    @cached_property
    def json(self) -> dict[str, Any]:
        """The body, read as JSON."""
        return json.loads(self.body)

    @cached_property
    def headers(self) -> dict[str, str]:
        """Headers by their names in lower case."""
        lines = self.head.decode("latin-1").split("\r\n")[1:]
        return {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}

    @property
    def messages(self) -> list[dict[str, str]]:
        """The messages asked about."""
        return self.json["messages"]

    @property
    def text(self) -> str:
        """All messages in one."""
        return "\n".join(str(message.get("content")) for message in self.messages)

    @property
    def mode(self) -> str:
        """The structured-output mode that the request asks for, by the name it has in `OutputMode`."""
        wanted = self.json.get("response_format") or {}
        if wanted.get("type") == "json_object":
            return "schema_object" if "schema" in wanted else "json_object"
        return "tools" if self.json.get("tools") else wanted.get("type", "text")


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back; `delay` is in seconds and comes on top of the server's latency."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    end: End = End.WHOLE
    delay: float = 0.0
    type: str = "application/json"


Behaviour = Callable[[Received], Answer]


def draft_reply(request: Received) -> str:
    """A draft for the report in the request; a request without a report is taken for a probe and told "ready"."""
    for message in request.messages:
        found = draft_text(message["content"]) if isinstance(message.get("content"), str) else None
        if found is not None:
            return found
    return '{"answer":"ready"}'


def completion(request: Received, content: str | None, finish: str = "stop", **message: Any) -> Answer:
    """A chat completion with this text, given as a tool's arguments if the request asks for that."""
    said: dict[str, Any] = {"role": "assistant", "content": content, "refusal": None, **message}
    if request.mode == "tools" and content:
        call = {"name": request.json["tools"][0]["function"]["name"], "arguments": content}
        said |= {"content": None, "tool_calls": [{"id": "call_1", "type": "function", "function": call}]}
    asked, made = len(request.body) // 4, len(content or "") // 4 + 1
    value = {
        "id": "chatcmpl-stub", "object": "chat.completion", "created": int(time.time()),
        "model": request.json.get("model", "stub"),
        "choices": [{"index": 0, "message": said, "finish_reason": finish, "logprobs": None}],
        "usage": {"prompt_tokens": asked, "completion_tokens": made, "total_tokens": asked + made},
    }  # fmt: skip
    return Answer(body=json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def ok(request: Received) -> Answer:
    """A valid draft."""
    return completion(request, draft_reply(request))


def replies(content: str, finish: str = "stop") -> Behaviour:
    """This text, whatever was asked."""
    return lambda request: completion(request, content, finish)


def edited(**fields: Any) -> Behaviour:
    """A draft with some of its fields, given by their wire names, replaced."""
    return lambda request: completion(request, json.dumps(json.loads(draft_reply(request)) | fields))


def says(value: object) -> Behaviour:
    """Status 200 and this JSON value as the whole body."""
    return lambda _: Answer(body=json.dumps(value).encode())


def failure(status: int, message: str, code: str | None = None, retry_after: str | None = None) -> Behaviour:
    """An error in the form of OpenAI's API."""
    body = {"error": {"message": message, "type": "invalid_request_error", "param": None, "code": code}}
    headers = {} if retry_after is None else {"Retry-After": retry_after}
    return lambda _: Answer(status, json.dumps(body).encode(), headers)


def busy(retry_after: str | None = None) -> Behaviour:
    """Status 429; `retry_after` is the header's value."""
    return failure(429, "Rate limit reached for requests", "rate_limit_exceeded", retry_after)


def http_date(seconds: float) -> str:
    """The time so many seconds from now as an HTTP date, which has whole seconds."""
    return email.utils.formatdate(time.time() + seconds, usegmt=True)


def slow(seconds: float) -> Behaviour:
    """A valid draft after so many seconds."""
    return lambda request: Answer(body=ok(request).body, delay=seconds)


def accepts(*modes: str) -> Behaviour:
    """Valid drafts in these structured-output modes; the others are refused in the words of real servers."""

    def answer(request: Received) -> Answer:
        return ok(request) if request.mode in modes else REFUSED_MODES[request.mode](request)

    return answer


REFUSED_MODES: Mapping[str, Behaviour] = {
    "json_schema": failure(
        400, "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model."
    ),
    "schema_object": failure(400, "Unknown parameter: 'response_format.schema'.", "unknown_parameter"),
    "tools": failure(400, "registry.ollama.ai/library/gemma:2b does not support tools"),
    "json_object": lambda _: Answer(
        400, json.dumps({"error": "'response_format.type' must be 'json_schema' or 'text'"}).encode()
    ),
    "text": failure(400, "'messages' must contain the word 'json' in some form, to use 'response_format'"),
}

BEHAVIOURS: Mapping[str, Behaviour] = {
    "ok": ok,
    "429": busy("1"),
    "500": failure(500, "The server had an error while processing your request"),
    "503": failure(503, "The engine is currently overloaded", retry_after="1"),
    "400": failure(400, "This is no valid request", "bad_request"),
    "401": failure(401, "Incorrect API key provided: sk-none", "invalid_api_key"),
    "404": failure(404, "The model `stub` does not exist", "model_not_found"),
    "filtered": failure(400, "The prompt triggered the content management policy", "content_filter"),
    "quota": failure(429, "You exceeded your current quota, please check your plan", "insufficient_quota"),
    "too_long": failure(
        400,
        "This model's maximum context length is 8192 tokens. However, your messages resulted in 9216 tokens "
        "(9000 in the messages, 216 in the functions). Please reduce the length of the messages or functions.",
        "context_length_exceeded",
    ),
    "html": lambda _: Answer(body=HTML, type="text/html"),
    "empty_body": lambda _: Answer(),
    "cut_json": lambda request: Answer(body=ok(request).body[:-40]),
    "reset": lambda request: Answer(body=ok(request).body, end=End.RESET),
    "cut": lambda request: Answer(body=ok(request).body, end=End.CUT),
    "hang": lambda _: Answer(end=End.NEVER),
    "refusal": lambda request: completion(request, None, refusal="I cannot help with that."),
    "content_filter": lambda request: completion(request, draft_reply(request)[:50], "content_filter"),
    "length": lambda request: completion(request, draft_reply(request)[:200], "length"),
    "empty": lambda request: completion(request, ""),
    "invalid": replies('{"unexpected":true}'),
    "malformed": replies('{"headline": "a", ]'),
    "fenced": lambda request: completion(request, f"Here it is:\n```json\n{draft_reply(request)}\n```\n"),
    "faulty": edited(origins=[]),
}
"""Behaviours by name; `faulty` is a draft that fits the schema but names an origin that it lacks."""
