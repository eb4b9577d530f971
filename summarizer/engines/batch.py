"""Batch files in the format of the OpenAI Batch API: the requests that have no reply yet go out, results come back.

A request's `custom_id` is made of its hash and of the settings it was exported under, so results find their place in
the store without anything else. Results are read from output files and error files alike, in any order and in any
number of parts.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, TextIO

from ..errors import EngineError, InputError, MissingReply, TransportError
from ..models.exchange import Reply, Request, Usage
from ..store import Asked, Store
from .failures import clean, one_line
from .pricing import batch_cost_of, cost_of
from .providers import priced_as
from .wire import Manner, read_completion, request_body

ENDPOINT: Final = "/v1/chat/completions"

MAX_LINES = 50_000
"""Requests in one file at most (OpenAI)."""

MAX_BYTES = 200_000_000
"""Size of one file at most, in bytes (OpenAI)."""

_OF_REQUEST = 48
"""How many of the 64 characters of a `custom_id` are of the request's hash; the others are of the settings'."""

_YEAR_9999 = 253_370_764_800
"""The Unix time at which the last year of `datetime` begins."""


class Pending:
    """A source that answers nothing and hands on what it was asked: the requests of a batch.

    Args:
        take: called with each request.
    """

    name = "batch"

    def __init__(self, take: Callable[[Request], None]):
        self._take = take

    async def reply(self, request: Request) -> Reply:
        """Hand the request on.

        Raises:
            MissingReply: always.
        """
        self._take(request)
        raise MissingReply("no reply yet", document=request.about.document)

    async def close(self) -> None:
        """Nothing is held open."""


@dataclass(frozen=True, slots=True)
class BatchOptions(Manner):
    """What the requests of a batch share.

    Args:
        settings: what tells their replies apart from those of other models in the store.
    """

    settings: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """What one line of a result file was: a reply kept (`error` is None), or why there is none.

    Args:
        line: its number, from 1.
        request: hash of the request, as far as it is known.
        document: what the request is about.
        error: why nothing was kept.
        known: whether the reply was in the store already; it is not kept twice.
        cost: US dollars; None where the price is not known.
        saved: US dollars less than without a batch.
    """

    line: int
    request: str
    document: str
    error: str | None = None
    known: bool = False
    cost: float | None = None
    saved: float | None = None


class PartFiles:
    """Batch files written as requests come, each within the Batch API's limits.

    Args:
        options: what the requests share.
        opened: opens the file of a part, by its number from 1; it appears when its context ends well.
        most: requests in one file at most; the API's limit when None.
    """

    def __init__(
        self, options: BatchOptions, opened: Callable[[int], AbstractContextManager[TextIO]], most: int | None = None
    ):
        self._options = options
        self._opened = opened
        self._most = min(most or MAX_LINES, MAX_LINES)
        self._open = ExitStack()
        self._stream: TextIO | None = None
        self._size = 0
        self.counts: list[int] = []
        """Requests in each part; the last part may not be whole yet."""

    def __enter__(self) -> PartFiles:
        return self

    def __exit__(self, *error: Any) -> None:
        self._open.__exit__(*error)
        self._stream = None

    @property
    def whole(self) -> int:
        """How many parts are written."""
        return len(self.counts) - (self._stream is not None)

    def add(self, request: Request) -> int:
        """Write a request; the number of its part."""
        line = batch_line(request, self._options) + "\n"
        length = len(line.encode())
        stream = self._stream
        if stream is None or self.counts[-1] == self._most or self._size + length > MAX_BYTES:
            stream = self._next()
        stream.write(line)
        self.counts[-1] += 1
        self._size += length
        return len(self.counts)

    def finish(self) -> None:
        """Close the last part."""
        self._open.close()
        self._stream = None

    def _next(self) -> TextIO:
        self.finish()
        self.counts.append(0)
        self._size = 0
        self._stream = self._open.enter_context(self._opened(len(self.counts)))
        return self._stream


def batch_line(request: Request, options: BatchOptions) -> str:
    """A line of a batch file, without the line's end."""
    name, body = custom_id(request.key, options.settings), request_body(request, options)
    return json.dumps({"custom_id": name, "method": "POST", "url": ENDPOINT, "body": body}, ensure_ascii=False)


def custom_id(request: str, settings: str) -> str:
    """The name of a request in a batch: 64 hexadecimal digits, from its hash and the settings it is exported under."""
    return request[:_OF_REQUEST] + hashlib.sha256(settings.encode()).hexdigest()[: 64 - _OF_REQUEST]


def import_results(path: Path, store: Store) -> Iterator[Imported]:
    """Keep the replies of a result file, line by line; those that the store has are not kept again.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _import_line(line, number, store)
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error})", remedy="Name the batch's output or error file") from error


def _import_line(line: bytes, number: int, store: Store) -> Imported:
    try:
        row = json.loads(line)
        name = clean(str(row["custom_id"]))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        return Imported(number, "", "", f"it is no line of a batch result ({type(error).__name__}: {error})")
    asked = next((a for a in store.exported(name[:_OF_REQUEST]) if custom_id(a.request, a.settings) == name), None)
    if asked is None:
        remedy = "import it with the --store of the export"
        return Imported(number, name, "", f"this store exported no such request; {remedy}")
    if store.get(asked.request, asked.settings) is not None:
        return Imported(number, asked.request, asked.about.document, known=True)
    try:
        reply = _reply(row, asked)
    except EngineError as error:
        return Imported(number, asked.request, asked.about.document, error.message)
    live, cost = _costs(reply.usage, asked.settings)
    store.put_by_key(asked, replace(reply, usage=replace(reply.usage, cost_usd=cost)))
    saved = None if cost is None or live is None else live - cost
    return Imported(number, asked.request, asked.about.document, cost=cost, saved=saved)


def _costs(usage: Usage, settings: str) -> tuple[float | None, float | None]:
    """What these tokens would have cost without a batch, and what they cost; None where the price is not known."""
    priced = priced_as(settings)
    if priced is None:
        return None, None
    provider, model = priced
    return cost_of(usage, model, provider), batch_cost_of(usage, model, provider)


def _reply(row: dict[str, Any], asked: Asked) -> Reply:
    """The reply of a result row; an `EngineError` says why there is none."""
    response = _object(row.get("response"))
    status, body = response.get("status_code"), response.get("body")
    if row.get("error") or status != 200:
        said = row.get("error") or _object(body).get("error") or response
        message = f"the batch failed for it ({status or 'no answer'}: {_in_words(said)})"
        raise TransportError(message, document=asked.about.document)
    completion = read_completion(body, asked.about.document)
    return Reply(completion.text, completion.model, _moment(_object(body).get("created")), completion.usage)


def _in_words(error: object) -> str:
    """What a provider's error says, with its code; all of it where it has no message."""
    message, code = _object(error).get("message"), _object(error).get("code")
    return one_line(f"{message} ({code})" if message and code else message or error)


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _moment(created: object) -> str:
    """A Unix time as ISO 8601; now where it is none."""
    moment = dt.datetime.now(dt.UTC)
    if isinstance(created, int) and 0 < created < _YEAR_9999:
        moment = dt.datetime.fromtimestamp(created, dt.UTC)
    return moment.isoformat(timespec="seconds")
