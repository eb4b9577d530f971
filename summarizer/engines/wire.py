"""How a request looks on the wire of the chat completions API, in each structured-output mode, and how an answer reads.

Source: OpenAI API reference, chat completions and batch; llama.cpp server's `response_format` with a schema.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ..models.exchange import ReplySchema, Request, Usage
from .failures import NoCompletion, clean, filtered, one_line, refused, truncated, word_of

_MOST_TOKENS = 2**53
"""A count above this is nonsense, and might not fit into the store."""


class OutputMode(StrEnum):
    """How a server is told to answer in JSON, from the strictest to none."""

    JSON_SCHEMA = "json_schema"
    """`response_format` with a strict JSON Schema."""
    SCHEMA_OBJECT = "schema_object"
    """`response_format` of type json_object with a schema beside it, as llama.cpp takes it."""
    TOOLS = "tools"
    """One strict function that must be called."""
    JSON_OBJECT = "json_object"
    """`response_format` of type json_object; the schema stands in the prompt."""
    TEXT = "text"
    """Nothing but the schema in the prompt."""


@dataclass(frozen=True, slots=True)
class Sampling:
    """Settings that change the answer; None leaves each to the server."""

    temperature: float | None = None
    max_tokens: int | None = None
    seed: int | None = None

    @property
    def given(self) -> dict[str, Any]:
        """The settings that are not left to the server, by their names on the wire."""
        values = {"temperature": self.temperature, "max_tokens": self.max_tokens, "seed": self.seed}
        return {name: value for name, value in values.items() if value is not None}

    def settings(self, model: str) -> str:
        """A short text that tells apart replies under different settings."""
        return "&".join([model, *(f"{name}={value}" for name, value in self.given.items())])


@dataclass(frozen=True, slots=True)
class Manner:
    """How requests are put: the model as the provider knows it, settings, and the structured-output mode.

    With `cache_key` they carry the hash of their prompt, by which OpenAI finds what it has cached of it.
    """

    model: str
    sampling: Sampling = Sampling()
    mode: OutputMode = OutputMode.JSON_SCHEMA
    cache_key: bool = False


@dataclass(frozen=True, slots=True)
class Completion:
    """One answer of a server."""

    text: str
    model: str
    usage: Usage
    finish: str | None = None
    """Why it ended, in the server's word."""
    pause: float | None = None
    """Seconds for which the server wants no other request."""


def request_body(request: Request, manner: Manner) -> dict[str, Any]:
    """The JSON body of a chat completions request: first the instructions, the same for all reports, to be cached."""
    messages = [{"role": m.role, "content": m.content} for m in request.messages]
    if manner.mode in (OutputMode.JSON_OBJECT, OutputMode.TEXT):
        messages[0]["content"] += f"\n\nThe JSON Schema of your answer:\n{_schema_text(request.schema)}"
    keys = {"prompt_cache_key": request.prompt.hash} if manner.cache_key else {}
    shape = _shape(request.schema, manner.mode)
    return {"model": manner.model, "messages": messages, **shape, **manner.sampling.given, **keys}


_shapes: dict[tuple[str, OutputMode], str] = {}


def request_bytes(request: Request, manner: Manner) -> bytes:
    """The body as it is sent. The schema is most of it, and is turned into text once, not for every request."""
    key = request.schema.hash, manner.mode
    shape = _shape(request.schema, manner.mode)
    if key not in _shapes:
        _shapes[key] = _compact(shape)
    rest = {name: value for name, value in request_body(request, manner).items() if name not in shape}
    joint = "," if shape else ""
    return f"{_compact(rest)[:-1]}{joint}{_shapes[key][1:]}".encode()


def _compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _shape(schema: ReplySchema, mode: OutputMode) -> dict[str, Any]:
    function = {"name": schema.name, "strict": True}
    match mode:
        case OutputMode.JSON_SCHEMA:
            return {"response_format": {"type": "json_schema", "json_schema": {**function, "schema": schema.schema}}}
        case OutputMode.SCHEMA_OBJECT:
            return {"response_format": {"type": "json_object", "schema": schema.schema}}
        case OutputMode.TOOLS:
            tool = {"type": "function", "function": {**function, "parameters": schema.schema}}
            return {"tools": [tool], "tool_choice": {"type": "function", "function": {"name": schema.name}}}
        case OutputMode.JSON_OBJECT:
            return {"response_format": {"type": "json_object"}}
    return {}


def _schema_text(schema: ReplySchema) -> str:
    return _compact(schema.schema)


def read_completion(body: object, document: str) -> Completion:
    """The answer in a chat completions response to a request about this document.

    Raises:
        NoCompletion: the body is no chat completion.
        Refusal, ContentFiltered, TruncatedReply: there is an answer, but none to read.
    """
    try:
        choice = body["choices"][0]  # type: ignore[index]
        message, finish = choice["message"], choice.get("finish_reason")
        text, refusal = _text_of(message), message.get("refusal")
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise _no_completion(body, document) from error
    usage = read_usage(body)
    if refusal:
        raise refused(document, one_line(refusal).rstrip("."), word_of(finish), usage)
    if finish == "content_filter":
        raise filtered(document, finish, usage)
    if finish == "length":
        raise truncated(document, usage)
    return Completion(text, clean(str(_field(body, "model") or "")), usage, word_of(finish))


def _text_of(message: Mapping[str, Any]) -> str:
    """The text of an answer: a tool call's arguments, a string, or a list of parts."""
    calls = message.get("tool_calls")
    if calls:
        arguments = calls[0]["function"]["arguments"]
        return clean(arguments if isinstance(arguments, str) else json.dumps(arguments))
    content = message.get("content")
    if isinstance(content, list):
        return clean("".join(str(_field(part, "text") or "") for part in content))
    return clean(str(content or ""))


def read_usage(body: object) -> Usage:
    """The tokens that a response says it took; the request itself counts as one."""
    said = _field(body, "usage")
    details = _field(said, "prompt_tokens_details")
    return Usage(
        requests=1,
        input_tokens=_count(said, "prompt_tokens"),
        output_tokens=_count(said, "completion_tokens"),
        cached_tokens=_count(details, "cached_tokens"),
        written_tokens=_count(details, "cache_write_tokens"),
    )


def _field(value: object, name: str) -> object:
    return value.get(name) if isinstance(value, Mapping) else None


def _count(value: object, name: str) -> int | None:
    number = _field(value, name)
    return number if isinstance(number, int) and 0 <= number <= _MOST_TOKENS else None


def _no_completion(body: object, document: str) -> NoCompletion:
    shown = one_line(body, 160)
    what = "HTML" if shown.startswith("<") else "something that is no chat completion"
    return NoCompletion(
        f"the server answered {what} ({shown})",
        document=document,
        remedy="Check --base-url: it usually ends in /v1, and a proxy or login page may stand in between",
    )
