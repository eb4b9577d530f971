"""Replies that were given before: from a recording (a JSONL file) or from the store.

A recording begins with a line that says what it is; each further line is one reply with the hash of its request.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import MissingReply, StoreError, SummarizerError
from ..models.exchange import Reply, Request, Usage
from ..store import Store
from .prompted import ReplySource

FORMAT = "summarizer-replies/1"


@dataclass(frozen=True, slots=True)
class RecordedReply:
    """A reply with the request it answers and the document that was about."""

    request: Request
    reply: Reply


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
        self._languages: dict[str, str] = {}
        try:
            with path.open(encoding="utf-8") as lines:
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
        return self._languages.get(sha256)

    async def reply(self, request: Request) -> Reply:
        """The recorded reply.

        Raises:
            MissingReply: there is none for this request.
        """
        if request.key not in self._replies:
            raise MissingReply(
                f"{self.path} holds no reply to this request ({request.key[:12]}…); the report, its date of "
                "publication, the prompt or the schema is not the one that was recorded",
                document=request.about.document,
                remedy="Record it: run with --model and --record FILE, or use `summarizer batch export`",
            )
        return self._replies[request.key]

    async def close(self) -> None:
        """Nothing is held open."""

    def _read(self, line: str, number: int) -> None:
        try:
            row = json.loads(line)
            if "recording" in row:
                if row["recording"] != FORMAT:
                    raise ValueError(f"its format is {row['recording']!r}, not {FORMAT!r}")
                return
            usage = Usage(**row.get("usage", {}))
            self._replies[row["request"]] = Reply(row["reply"], row["model"], row["replied"], usage, recorded=True)
            self._languages[row["sha256"]] = row["language"]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            message = f"line {number} of {self.path} is no recorded reply ({type(error).__name__}: {error})"
            raise StoreError(message, remedy="Name a recording that --record wrote") from error


def recording_text(replies: Iterable[RecordedReply], header: Mapping[str, Any]) -> str:
    """A recording as text: the header line, then one line a reply, in the order given."""
    lines = [json.dumps({"recording": FORMAT, **header}, ensure_ascii=False)]
    for entry in replies:
        request, reply = entry.request, entry.reply
        row = {
            "request": request.key,
            "task": request.task,
            "document": request.about.document,
            "sha256": request.about.sha256,
            "language": request.about.language,
            "prompt": {"name": request.prompt.name, "hash": request.prompt.hash},
            "schema": request.schema.hash[:12],
            "model": reply.model,
            "replied": reply.replied,
            "usage": _known(reply.usage),
            "reply": reply.text,
        }
        lines.append(json.dumps(row, ensure_ascii=False))
    return "\n".join(lines) + "\n"


def _known(usage: Usage) -> dict[str, Any]:
    names = ("input_tokens", "output_tokens", "cached_tokens", "cost_usd")
    return {name: getattr(usage, name) for name in names if getattr(usage, name) is not None}


class Stored:
    """Looks in the store first; what it lacks is asked of another source, if there is one, and kept.

    Args:
        store: where replies are kept.
        settings: what besides the request changes the answer (model, sampling); None takes any.
        source: who is asked for what the store lacks.
    """

    def __init__(self, store: Store, settings: str | None, source: ReplySource | None = None):
        self._store = store
        self._settings = settings
        self._source = source

    @property
    def name(self) -> str:
        """Name of the source behind, or recorded."""
        return self._source.name if self._source else "recorded"

    async def reply(self, request: Request) -> Reply:
        """The kept reply, or a new one, which is kept before it is read.

        Raises:
            MissingReply: there is none, and nobody to ask.
        """
        known = self._store.get(request.key, self._settings)
        if known:
            return known
        if self._source is None:
            raise MissingReply(
                f"the store {self._store.path} holds no reply to this request ({request.key[:12]}…)",
                document=request.about.document,
                remedy="Import one with `summarizer batch import`, or name a --model",
            )
        reply = await self._source.reply(request)
        self._store.put(request, self._settings or "", reply)
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
