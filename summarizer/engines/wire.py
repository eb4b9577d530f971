"""How a request looks on the wire of the chat completions API, in each structured-output mode, and how an answer reads.

Source: OpenAI API reference, chat completions and batch; llama.cpp server's `response_format` with a schema.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ..errors import ContentFiltered, Refusal, TransportError, TruncatedReply
from ..models.exchange import ReplySchema, Request, Usage


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

    def settings(self, model: str) -> str:
        """A short text that tells apart replies under different settings."""
        given = [f"{name}={value}" for name in self.__slots__ if (value := getattr(self, name)) is not None]
        return "&".join([model, *given])


@dataclass(frozen=True, slots=True)
class Completion:
    """One answer of a server."""

    text: str
    model: str
    usage: Usage


def request_body(request: Request, model: str, sampling: Sampling, mode: OutputMode) -> dict[str, Any]:
    """The JSON body of a chat completions request."""
    messages = [{"role": m.role, "content": m.content} for m in request.messages]
    if mode in (OutputMode.JSON_OBJECT, OutputMode.TEXT):
        messages[0]["content"] += f"\n\nThe JSON Schema of your answer:\n{_schema_text(request.schema)}"
    body: dict[str, Any] = {"model": model, "messages": messages, **_shape(request.schema, mode)}
    if sampling.temperature is not None:
        body["temperature"] = sampling.temperature
    if sampling.max_tokens is not None:
        body["max_tokens"] = sampling.max_tokens
    if sampling.seed is not None:
        body["seed"] = sampling.seed
    return body


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
    return json.dumps(schema.schema, separators=(",", ":"), ensure_ascii=False)


def read_completion(body: object, document: str) -> Completion:
    """The answer in a chat completions response to a request about this document.

    Raises:
        TransportError: the body is no chat completion.
        Refusal, ContentFiltered, TruncatedReply: there is an answer, but none to read.
    """
    try:
        choice = body["choices"][0]  # type: ignore[index]
        message, finish = choice["message"], choice.get("finish_reason")
        text = _text_of(message)
        refusal = message.get("refusal")
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise _no_completion(body, document) from error
    if refusal:
        raise Refusal(f"the model refused: {str(refusal)[:200]}", document=document, remedy="Try another model")
    if finish == "content_filter":
        remedy = "Try another provider or model; the report itself may have set it off"
        raise ContentFiltered("the provider's content filter withheld the reply", document=document, remedy=remedy)
    usage = read_usage(body)
    if finish == "length":
        raise TruncatedReply(
            f"the reply was cut off at its token limit after {usage.output_tokens or 'unknown'} tokens",
            document=document,
            remedy="Raise --max-tokens, or give the server a larger context",
        )
    model = body.get("model") if isinstance(body, Mapping) else None
    return Completion(text, str(model or ""), usage)


def _text_of(message: Mapping[str, Any]) -> str:
    calls = message.get("tool_calls")
    if calls:
        return str(calls[0]["function"]["arguments"])
    return str(message.get("content") or "")


def read_usage(body: object) -> Usage:
    """The tokens that a response says it took; the request itself counts as one."""
    said = (body.get("usage") if isinstance(body, Mapping) else None) or {}
    details = said.get("prompt_tokens_details") or {}
    return Usage(
        requests=1,
        input_tokens=said.get("prompt_tokens"),
        output_tokens=said.get("completion_tokens"),
        cached_tokens=details.get("cached_tokens"),
    )


def _no_completion(body: object, document: str) -> TransportError:
    shown = " ".join((body if isinstance(body, str) else json.dumps(body, default=str)).split())[:160]
    what = (
        "HTML"
        if shown.lstrip().lower().startswith(("<!doctype", "<html", "<"))
        else "something that is no chat completion"
    )
    return TransportError(
        f"the server answered {what} ({shown})",
        document=document,
        remedy="Check --base-url: it usually ends in /v1, and a proxy or login page may stand in between",
    )
