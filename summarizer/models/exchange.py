"""What is asked of a language model and what comes back: plain frozen records, hashed canonically."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

JsonObject = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation; `role` is system, user or assistant."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class PromptInfo:
    """Which templates were rendered: their name and a hash over all their sources."""

    name: str
    hash: str


@dataclass(frozen=True, slots=True)
class ReplySchema:
    """The JSON Schema that a reply must fit, serialized once."""

    name: str
    schema: JsonObject
    hash: str

    @classmethod
    def of(cls, name: str, schema: JsonObject) -> ReplySchema:
        """A schema with its hash."""
        return cls(name, schema, canonical_hash(schema))


@dataclass(frozen=True, slots=True)
class Subject:
    """The document that a request is about: its id, the SHA-256 of its text, its language."""

    document: str
    sha256: str
    language: str


@dataclass(frozen=True)
class Request:
    """One question to a language model.

    `key` identifies it across runs: a SHA-256 over task, messages and schema, whatever the model.
    """

    task: str
    about: Subject
    messages: tuple[Message, ...]
    schema: ReplySchema
    prompt: PromptInfo

    @cached_property
    def key(self) -> str:
        """Hash of what is asked, 64 hexadecimal digits."""
        digest = hashlib.sha256(f"{self.task}\0{self.schema.hash}".encode())
        for message in self.messages:
            digest.update(f"\0{message.role}\0{message.content}".encode())
        return digest.hexdigest()

    def followed_by(self, *messages: Message) -> Request:
        """The same request with more turns: a re-ask."""
        return Request(self.task, self.about, (*self.messages, *messages), self.schema, self.prompt)


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens, requests and cost; `None` where the provider did not say.

    Of the input tokens, `cached_tokens` were read from the provider's cache of prompts, `written_tokens` put into it.
    """

    requests: int = 0
    input_tokens: int | None = None
    output_tokens: int | None = None
    cached_tokens: int | None = None
    cost_usd: float | None = None
    written_tokens: int | None = None

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.requests + other.requests,
            _sum(self.input_tokens, other.input_tokens),
            _sum(self.output_tokens, other.output_tokens),
            _sum(self.cached_tokens, other.cached_tokens),
            _sum(self.cost_usd, other.cost_usd),
            _sum(self.written_tokens, other.written_tokens),
        )


@dataclass(frozen=True, slots=True)
class Reply:
    """What a language model answered to one request, as it came."""

    text: str
    model: str
    replied: str
    """When, ISO 8601 in UTC; only the date where no more is known."""
    usage: Usage = field(default_factory=Usage)
    seconds: float = 0.0
    recorded: bool = False
    """True when it comes from a store or a recording."""
    finish: str | None = None
    """Why the answer ended, in the provider's word; None where it did not say, and for recorded ones."""

    def is_since(self, moment: float) -> bool:
        """Whether it was made at this Unix time or later, as far as that is known (to the second)."""
        try:
            made = dt.datetime.fromisoformat(self.replied)
        except ValueError:
            return False
        return (made if made.tzinfo else made.replace(tzinfo=dt.UTC)).timestamp() >= int(moment)


def canonical_hash(value: JsonObject) -> str:
    """SHA-256 over the JSON of a value with sorted keys and no white space, in hexadecimal."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _sum(one: Any, other: Any) -> Any:
    if one is None or other is None:
        return one if other is None else other
    return one + other
