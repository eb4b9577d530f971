"""Replies that were given before: from a recording (a JSONL file) or from the store.

A recording begins with a line that says what it is; each further line is one reply with the hash of its request.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import from_json

from ..errors import MissingReply, StoreError, SummarizerError
from ..models.exchange import Reply, Request, Usage
from ..store import Store
from ..telemetry.stages import waiting
from .prompted import ReplySource

FORMAT = "summarizer-replies/1"

_SHOWN = 12
"""Hexadecimal digits of a schema's hash that a recording holds."""


@dataclass(frozen=True, slots=True)
class RecordedReply:
    """A reply with the request it answers and the document that was about."""

    request: Request
    reply: Reply


class _Prompt(BaseModel):
    name: str = ""
    hash: str = ""


class _Tokens(BaseModel):
    input_tokens: int | None = None
    output_tokens: int | None = None
    cached_tokens: int | None = None
    cost_usd: float | None = None


class _Row(BaseModel):
    """One reply of a recording, as it stands in its line."""

    model_config = ConfigDict(populate_by_name=True)

    request: str
    task: str = "brief"
    document: str = ""
    sha256: str
    language: str
    prompt: _Prompt = _Prompt()
    asked_schema: str = Field("", alias="schema")
    model: str
    replied: str
    usage: _Tokens = _Tokens()
    reply: str


class Recording:
    """The replies of a JSONL file, by request hash.

    Args:
        path: the file.

    Raises:
        StoreError: it cannot be read or is no recording; the message names the line.
    """

    name = "recorded"

    def __init__(self, path: Path):
        self.path = path
        self._replies: dict[str, Reply] = {}
        self._texts: dict[str, _Row] = {}
        try:
            with path.open(encoding="utf-8-sig") as lines:
                for number, line in enumerate(lines, 1):
                    if line.strip():
                        self._read(line, number)
        except (OSError, UnicodeDecodeError) as error:
            remedy = "Name a recording that --record wrote"
            raise StoreError(f"the recording {path} cannot be read ({error})", remedy=remedy) from error

    def __len__(self) -> int:
        return len(self._replies)

    def language_of(self, sha256: str) -> str | None:
        """The language of the text with this hash, as it was when the reply was recorded."""
        row = self._texts.get(sha256)
        return row.language if row else None

    async def reply(self, request: Request) -> Reply:
        """The recorded reply.

        Raises:
            MissingReply: there is none for this request.
        """
        if request.key not in self._replies:
            raise MissingReply(
                f"{self.path} holds no reply to this request ({request.key[:12]}…): {self._why_not(request)}",
                document=request.about.document,
                remedy="Record it: run with --model and --record FILE, or use `summarizer batch export`",
            )
        return self._replies[request.key]

    async def close(self) -> None:
        """Nothing is held open."""

    def _why_not(self, request: Request) -> str:
        """What differs from the reply that was recorded about the same text."""
        row = self._texts.get(request.about.sha256)
        if row is None:
            return "no report with this text was recorded"
        if row.prompt.hash not in ("", request.prompt.hash):
            return f"the report was recorded with the prompt {row.prompt.hash}, now it is {request.prompt.hash}"
        if row.asked_schema not in ("", request.schema.hash[:_SHOWN]):
            return "the report was recorded with another schema"
        if any(message.role == "assistant" for message in request.messages):
            return "the recorded reply cannot be used, and no answer to asking again was recorded"
        return "the report was recorded with another date of publication, title or outlet"

    def _read(self, line: str, number: int) -> None:
        try:
            value = from_json(line)
            if isinstance(value, dict) and "recording" in value:
                if value["recording"] != FORMAT:
                    raise ValueError(f"its format is {value['recording']!r}, not {FORMAT!r}")
                return
            row = _Row.model_validate(value)
        except ValueError as error:
            message = f"line {number} of {self.path} is no recorded reply ({_in_short(error)})"
            raise StoreError(message, remedy="Name a recording that --record wrote") from error
        usage = Usage(**row.usage.model_dump())
        self._replies[row.request] = Reply(row.reply, row.model, row.replied, usage, recorded=True)
        self._texts[row.sha256] = row


def _in_short(error: Exception) -> str:
    """The first thing that is wrong, in one line."""
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        return f"{place}: {first['msg']}" if place else first["msg"]
    return f"{type(error).__name__}: {error}"


def recording_text(replies: Iterable[RecordedReply], header: Mapping[str, Any]) -> str:
    """A recording as text: the header line, then one line a reply, in the order given."""
    lines = [json.dumps({"recording": FORMAT, **header}, ensure_ascii=False)]
    for entry in replies:
        request, reply = entry.request, entry.reply
        row = _Row(
            request=request.key,
            task=request.task,
            document=request.about.document,
            sha256=request.about.sha256,
            language=request.about.language,
            prompt=_Prompt(name=request.prompt.name, hash=request.prompt.hash),
            asked_schema=request.schema.hash[:_SHOWN],
            model=reply.model,
            replied=reply.replied,
            usage=_Tokens.model_validate(reply.usage, from_attributes=True),
            reply=reply.text,
        )
        lines.append(row.model_dump_json(by_alias=True, exclude_none=True))
    return "\n".join(lines) + "\n"


class Stored:
    """Looks in the store first; what it lacks is asked of another source, if there is one, and kept.

    Args:
        store: where replies are kept.
        settings: what besides the request changes the answer (model, sampling); None takes any.
        source: who is asked for what the store lacks.
        since: Unix time; older replies count as lacking. None takes any.
    """

    def __init__(
        self, store: Store, settings: str | None, source: ReplySource | None = None, since: float | None = None
    ):
        self._store = store
        self._settings = settings
        self._source = source
        self._since = since

    @property
    def name(self) -> str:
        """Name of the source behind, or recorded."""
        return self._source.name if self._source else "recorded"

    async def reply(self, request: Request) -> Reply:
        """The kept reply, or a new one, which is kept before it is read.

        Raises:
            MissingReply: there is none, and nobody to ask.
        """
        store = self._store
        with waiting("store"):
            known = await store.awaited(lambda: store.get(request.key, self._settings))
        if known and (self._since is None or known.is_since(self._since)):
            return known
        if self._source is None:
            raise MissingReply(
                f"the store {store.place} holds no reply to this request ({request.key[:12]}…)",
                document=request.about.document,
                remedy="Import one with `summarizer batch import`, or name a --model",
            )
        reply = await self._source.reply(request)
        with waiting("store"):
            await store.awaited(lambda: store.put(request, self._settings or "", reply))
        return reply

    async def close(self) -> None:
        """Close the source behind; the store belongs to whoever opened it."""
        if self._source:
            await self._source.close()


class Unavailable:
    """Stands for a live model that cannot be asked, behind a store that holds some of its replies.

    Args:
        error: why it cannot be asked.
    """

    name = "recorded"

    def __init__(self, error: SummarizerError):
        self._error = error

    async def reply(self, request: Request) -> Reply:
        """Nothing.

        Raises:
            MissingReply: always, saying why the model cannot be asked.
        """
        message = f"no reply is kept for it, and {self._error.message}"
        raise MissingReply(message, document=request.about.document, remedy=self._error.remedy)

    async def close(self) -> None:
        """Nothing is held open."""


class Remembering:
    """Passes replies on and remembers them, to write a recording."""

    def __init__(self, source: ReplySource):
        self._source = source
        self.replies: list[RecordedReply] = []

    @property
    def name(self) -> str:
        """Name of the source behind."""
        return self._source.name

    async def reply(self, request: Request) -> Reply:
        """The reply of the source behind."""
        reply = await self._source.reply(request)
        self.replies.append(RecordedReply(request, reply))
        return reply

    async def close(self) -> None:
        """Close the source behind."""
        await self._source.close()
