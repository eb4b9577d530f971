"""Batch files in the format of the OpenAI Batch API: the requests that have no reply yet go out, results come back.

A request's `custom_id` is its hash, so results find their place in the store without anything else. Results are read
from output files and error files alike, in any order and in any number of parts.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import EngineError, InputError, MissingReply, TransportError
from ..models.exchange import Reply, Request
from ..store import Asked, Store
from .wire import OutputMode, Sampling, read_completion, request_body

MAX_LINES = 50_000
"""Requests in one file at most (OpenAI)."""

MAX_BYTES = 200_000_000
"""Size of one file at most, in bytes (OpenAI)."""


class Pending:
    """A source that answers nothing and remembers what it was asked: the requests of a batch."""

    name = "batch"

    def __init__(self) -> None:
        self.requests: list[Request] = []

    async def reply(self, request: Request) -> Reply:
        """Note the request.

        Raises:
            MissingReply: always.
        """
        self.requests.append(request)
        raise MissingReply("no reply yet", document=request.about.document)

    async def close(self) -> None:
        """Nothing is held open."""


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """What the requests of a batch share."""

    model: str
    sampling: Sampling = Sampling()
    mode: OutputMode = OutputMode.JSON_SCHEMA


@dataclass(frozen=True, slots=True)
class Imported:
    """What one line of a result file was: a reply kept (`error` is None), or why there is none."""

    line: int
    request: str
    document: str
    error: str | None = None


def batch_lines(requests: Iterable[Request], options: BatchOptions) -> Iterator[str]:
    """One line of a batch file for each request, without the line's end."""
    for request in requests:
        body = request_body(request, options.model, options.sampling, options.mode)
        entry = {"custom_id": request.key, "method": "POST", "url": "/v1/chat/completions", "body": body}
        yield json.dumps(entry, ensure_ascii=False)


def parts(lines: Iterable[str]) -> Iterator[list[str]]:
    """Lines grouped into files that keep to the Batch API's limits."""
    part: list[str] = []
    size = 0
    for line in lines:
        length = len(line.encode()) + 1
        if part and (len(part) == MAX_LINES or size + length > MAX_BYTES):
            yield part
            part, size = [], 0
        part.append(line)
        size += length
    if part:
        yield part


def import_results(path: Path, store: Store) -> Iterator[Imported]:
    """Keep the replies of a result file, line by line.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _import_line(line, number, store)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read ({error})", remedy="Name the batch's output or error file") from error


def _import_line(line: str, number: int, store: Store) -> Imported:
    try:
        row = json.loads(line)
        key = str(row["custom_id"])
    except (ValueError, KeyError, TypeError) as error:
        return Imported(number, "", "", f"it is no line of a batch result ({type(error).__name__}: {error})")
    asked = store.asked(key)
    if asked is None:
        return Imported(
            number, key, "", "this store exported no such request; import it with the --store of the export"
        )
    try:
        reply = _reply(row, asked)
    except EngineError as error:
        return Imported(number, key, asked.about.document, error.message)
    store.put_by_key(asked, reply)
    return Imported(number, key, asked.about.document)


def _reply(row: dict[str, Any], asked: Asked) -> Reply:
    """The reply of a result row; an `EngineError` says why there is none."""
    response = row.get("response") or {}
    status = response.get("status_code")
    if row.get("error") or status != 200:
        said = row.get("error") or (response.get("body") or {}).get("error") or response
        raise TransportError(
            f"the batch failed for it ({status or 'no answer'}: {_short(said)})", document=asked.about.document
        )
    body = response.get("body")
    completion = read_completion(body, asked.about.document)
    created = body.get("created") if isinstance(body, dict) else None
    when = (
        dt.datetime.fromtimestamp(created, dt.UTC)
        if isinstance(created, int) and created > 0
        else dt.datetime.now(dt.UTC)
    )
    return Reply(completion.text, completion.model, when.isoformat(timespec="seconds"), completion.usage)


def _short(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return " ".join(text.split())[:160]
