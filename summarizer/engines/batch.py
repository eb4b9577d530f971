"""Batch files in the format of the OpenAI Batch API: the requests that have no reply yet go out, results come back.

A request's `custom_id` is made of its hash and of the settings it was exported under, so results find their place in
the store without anything else. Results are read from output files and error files alike, in any order and in any
number of parts.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import EngineError, InputError, MissingReply, TransportError
from ..models.exchange import Reply, Request
from ..store import Asked, Store
from .failures import clean, one_line
from .wire import Manner, read_completion, request_body

ENDPOINT = "/v1/chat/completions"

MAX_LINES = 50_000
"""Requests in one file at most (OpenAI)."""

MAX_BYTES = 200_000_000
"""Size of one file at most, in bytes (OpenAI)."""

_OF_REQUEST = 48
"""How many of the 64 characters of a `custom_id` are of the request's hash; the others are of the settings'."""


_YEAR_9999 = 253_370_764_800
"""The Unix time at which the last year of `datetime` begins."""


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
class BatchOptions(Manner):
    """What the requests of a batch share.

    Args:
        settings: what tells their replies apart from those of other models in the store.
    """

    settings: str = ""


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
        body = request_body(request, options)
        name = custom_id(request.key, options.settings)
        yield json.dumps({"custom_id": name, "method": "POST", "url": ENDPOINT, "body": body}, ensure_ascii=False)


def custom_id(request: str, settings: str) -> str:
    """The name of a request in a batch: 64 hexadecimal digits, from its hash and the settings it is exported under."""
    return request[:_OF_REQUEST] + hashlib.sha256(settings.encode()).hexdigest()[: 64 - _OF_REQUEST]


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
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _import_line(line, number, store)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read ({error})", remedy="Name the batch's output or error file") from error


def _import_line(line: str, number: int, store: Store) -> Imported:
    try:
        row = json.loads(line)
        name = clean(str(row["custom_id"]))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        return Imported(number, "", "", f"it is no line of a batch result ({type(error).__name__}: {error})")
    asked = next((a for a in store.exported(name[:_OF_REQUEST]) if custom_id(a.request, a.settings) == name), None)
    if asked is None:
        remedy = "import it with the --store of the export"
        return Imported(number, name, "", f"this store exported no such request; {remedy}")
    try:
        reply = _reply(row, asked)
    except EngineError as error:
        return Imported(number, asked.request, asked.about.document, error.message)
    store.put_by_key(asked, reply)
    return Imported(number, asked.request, asked.about.document)


def _reply(row: dict[str, Any], asked: Asked) -> Reply:
    """The reply of a result row; an `EngineError` says why there is none."""
    response = _object(row.get("response"))
    status, body = response.get("status_code"), response.get("body")
    if row.get("error") or status != 200:
        said = row.get("error") or _object(body).get("error") or response
        message = f"the batch failed for it ({status or 'no answer'}: {one_line(said)})"
        raise TransportError(message, document=asked.about.document)
    completion = read_completion(body, asked.about.document)
    return Reply(completion.text, completion.model, _moment(_object(body).get("created")), completion.usage)


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _moment(created: object) -> str:
    """A Unix time as ISO 8601; now where it is none."""
    moment = dt.datetime.now(dt.UTC)
    if isinstance(created, int) and 0 < created < _YEAR_9999:
        moment = dt.datetime.fromtimestamp(created, dt.UTC)
    return moment.isoformat(timespec="seconds")
