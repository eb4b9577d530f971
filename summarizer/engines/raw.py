"""Reading what a provider's own client returned: text, tokens, and how the answer ended, in whichever shape it is.

Shapes: chat completions as OpenAI's (openai, mistral, litellm, ...), Anthropic's messages, Cohere's and Google's.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel

from ..models.exchange import Usage
from .failures import clean, filtered, refused, truncated, word_of
from .wire import Completion, read_completion

_REFUSED = frozenset({"refusal"})
_FILTERED = frozenset(
    "content_filter content_filtered safety prohibited_content blocklist recitation spii guardrail_intervened".split()
)
_CUT = frozenset({"length", "max_tokens"})


def read_raw(raw: Any, document: str, read: BaseModel | None = None) -> Completion:
    """The answer in a client's response to a request about this document.

    Args:
        raw: the response.
        document: id of the document.
        read: what instructor read in it; None when it could not read it.

    Raises:
        TransportError, Refusal, ContentFiltered, TruncatedReply: there is no answer to read.
    """
    if isinstance(raw, str):
        return read_completion(raw, document)
    if hasattr(raw, "choices"):
        return read_completion(raw.model_dump(warnings=False), document)
    ending, usage = _ending_of(raw), usage_of(raw)
    if ending in _REFUSED:
        raise refused(document, finish=ending, usage=usage)
    if ending in _FILTERED:
        raise filtered(document, ending, usage)
    if ending in _CUT:
        raise truncated(document, usage, ending)
    text = read.model_dump_json(by_alias=True) if read else _text_in(raw)
    return Completion(clean(text), clean(str(getattr(raw, "model", None) or "")), usage, word_of(ending or None))


def usage_of(raw: object) -> Usage:
    """The tokens in a provider's response, under any of the usual names.

    Anthropic's input tokens leave out those read from its cache and written to it; Google's output tokens leave out
    thoughts, which cost the same.
    """
    said = getattr(raw, "usage", None) or getattr(raw, "usage_metadata", None)
    given = _number(said, "input_tokens", "prompt_tokens", "prompt_token_count")
    made = _number(said, "output_tokens", "completion_tokens", "candidates_token_count")
    read, written = _number(said, "cache_read_input_tokens"), _number(said, "cache_creation_input_tokens")
    if given is not None:
        given += (read or 0) + (written or 0)
    if made is not None:
        made += _number(said, "thoughts_token_count") or 0
    cached = _number(said, "cached_content_token_count") if read is None else read
    return Usage(1, given, made, cached, written_tokens=written)


def _number(value: object, *names: str) -> int | None:
    return next((found for name in names if isinstance(found := getattr(value, name, None), int)), None)


def _ending_of(raw: Any) -> str:
    """Why the answer ended, in lower case; empty where it does not say."""
    reason = getattr(raw, "stop_reason", None) or getattr(raw, "finish_reason", None)
    for candidate in getattr(raw, "candidates", None) or ():
        reason = reason or getattr(candidate, "finish_reason", None)
    return str(getattr(reason, "name", reason) or "").lower()


def _text_in(raw: Any) -> str:
    """The reply in a response: a tool's arguments or the text."""
    for part in _parts(raw):
        call = getattr(part, "function_call", None)
        arguments = getattr(part, "input", None) or getattr(call, "args", None)
        if arguments:
            return json.dumps(arguments, ensure_ascii=False, default=str)
        if getattr(part, "text", None):
            return str(part.text)
    return ""


def _parts(raw: Any) -> Iterable[Any]:
    """The pieces of an answer, and at last the answer itself."""
    holders = [raw, getattr(raw, "message", None)]
    holders += [getattr(candidate, "content", None) for candidate in getattr(raw, "candidates", None) or ()]
    for holder in holders:
        for name in ("content", "parts"):
            found = getattr(holder, name, None)
            yield from found if isinstance(found, list) else ()
    yield raw
