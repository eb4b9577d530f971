"""What the stores have in common: tables, statements, rows.

Rows of `replies` and `batches` are only ever added. A row of `replies` says that a request was asked (exported for a
batch) or answered. Keys: the hash of the request, and the settings that change the answer (model, sampling).

Statements are written once: `?` stands for a value and `@` before each table's name for its schema.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ..models.exchange import Reply, Request, Subject, Usage
from .base import Asked, BatchEntry, SharedLimit

TABLES = ("replies", "batches", "batched", "limits", "workers")

_SCHEMA = """
CREATE TABLE IF NOT EXISTS @replies (
    id {number},
    request {key} NOT NULL,
    settings TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'answered')),
    task TEXT NOT NULL,
    document TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    language TEXT NOT NULL,
    model TEXT NOT NULL DEFAULT '',
    reply TEXT,
    replied TEXT NOT NULL DEFAULT '',
    requests BIGINT NOT NULL DEFAULT 0,
    input_tokens BIGINT,
    output_tokens BIGINT,
    cached_tokens BIGINT,
    cost_usd DOUBLE PRECISION,
    seconds DOUBLE PRECISION NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS replies_by_request ON @replies (request, settings, state);
CREATE INDEX IF NOT EXISTS replies_by_text ON @replies (sha256);
CREATE TABLE IF NOT EXISTS @batches (
    number {number},
    id TEXT NOT NULL,
    place TEXT NOT NULL,
    model TEXT NOT NULL,
    state TEXT NOT NULL,
    requests BIGINT NOT NULL,
    noted TEXT NOT NULL,
    label TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS @batched (
    number {number},
    label TEXT NOT NULL,
    request {key} NOT NULL,
    settings TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS batched_by_request ON @batched (request, settings);
CREATE TABLE IF NOT EXISTS @limits (
    server TEXT PRIMARY KEY,
    most DOUBLE PRECISION NOT NULL,
    pause_until DOUBLE PRECISION NOT NULL,
    lowered DOUBLE PRECISION NOT NULL
);
CREATE TABLE IF NOT EXISTS @workers (
    server TEXT NOT NULL,
    worker TEXT NOT NULL,
    beat DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (server, worker)
);
"""
_ALIVE = 5.0
"""Seconds after its last heartbeat in which a worker is counted."""
_FORGOTTEN = 60.0
"""Seconds after which a heartbeat is removed: later, for the clocks of several machines."""

_ASKED = "request, settings, task, document, sha256, language"
_REPLY = "reply, model, replied, requests, input_tokens, output_tokens, cached_tokens, cost_usd, seconds"
_BATCH = "id, place, model, state, requests, noted, label"

_ESCAPE = "\x10"
_UNFIT = re.compile("[\0\x10\ud800-\udfff]")
_ESCAPED = re.compile("\x10([0-9a-f]{4})")


def create_statements(number: str, key: str) -> str:
    """The statements that make what is missing, with a database's words for a number of its own and for a key."""
    return _SCHEMA.format(number=number, key=key)


class SqlStore(ABC):
    """The methods of a store, over `_rows` and `_add_all`, which a database answers."""

    def get(self, request: str, settings: str | None = None) -> Reply | None:
        """The newest reply to a request, under these settings or (None) under any."""
        where, values = ("AND settings = ?", (request, settings)) if settings is not None else ("", (request,))
        rows = self._texts(
            f"SELECT {_REPLY} FROM @replies WHERE request = ? {where} AND state = 'answered' ORDER BY id DESC LIMIT 1",
            values,
        )
        return _reply(rows[0]) if rows else None

    def put(self, request: Request, settings: str, reply: Reply) -> None:
        """Keep a reply."""
        self.put_by_key(Asked(request.key, settings, request.task, request.about), reply)

    def put_by_key(self, asked: Asked, reply: Reply) -> None:
        """Keep a reply to a request of which only the ledger is known."""
        usage = reply.usage
        answer = (
            reply.text, reply.model, reply.replied, usage.requests, usage.input_tokens, usage.output_tokens,
            usage.cached_tokens, usage.cost_usd, reply.seconds,
        )  # fmt: skip
        row = (*_asked_row(asked), "answered", *answer)
        self._texts(f"INSERT INTO @replies ({_ASKED}, state, {_REPLY}) VALUES ({_marks(row)})", row)

    def mark_asked(self, requests: Iterable[Request], settings: str, batch: str = "") -> None:
        """Note in the ledger that requests were exported, into the batch with this label if there is one."""
        asked = (Asked(request.key, settings, request.task, request.about) for request in requests)
        rows = [(*map(fit, _asked_row(each)), "asked") for each in asked]
        if rows:
            self._add_all(f"INSERT INTO @replies ({_ASKED}, state) VALUES ({_marks(rows[0])})", rows)
        if rows and batch:
            batched = [(batch, *row[:2]) for row in rows]
            self._add_all("INSERT INTO @batched (label, request, settings) VALUES (?, ?, ?)", batched)

    def exported(self, prefix: str) -> list[Asked]:
        """The exported requests whose hash begins so, one for each settings."""
        rows = self._texts(
            f"SELECT {_ASKED} FROM @replies WHERE id IN (SELECT min(id) FROM @replies "
            "WHERE request >= ? AND request < ? AND state = 'asked' GROUP BY request, settings) ORDER BY id",
            (prefix, prefix + "g"),  # above all hexadecimal digits
        )
        return [_asked(row) for row in rows]

    def unanswered(self) -> Iterator[Asked]:
        """Exported requests that have no reply under their settings yet, oldest first."""
        rows = self._texts(
            f"SELECT {_ASKED}, (SELECT label FROM @batched AS b WHERE b.request = q.request "
            "AND b.settings = q.settings ORDER BY number DESC LIMIT 1) FROM @replies AS q WHERE id IN "
            "(SELECT min(id) FROM @replies AS r WHERE state = 'asked' "
            "AND NOT EXISTS (SELECT 1 FROM @replies AS a WHERE a.request = r.request AND a.settings = r.settings "
            "AND a.state = 'answered') GROUP BY request, settings) ORDER BY id", ()
        )  # fmt: skip
        return map(_asked, rows)

    def in_batch(self, label: str) -> list[str]:
        """Hashes of the requests that were exported into a batch, in their order."""
        return [row[0] for row in self._texts("SELECT request FROM @batched WHERE label = ? ORDER BY number", (label,))]

    def answers(self, settings: str) -> bool:
        """Whether any reply is kept under these settings."""
        answered = "SELECT 1 FROM @replies WHERE settings = ? AND state = 'answered' LIMIT 1"
        return bool(self._texts(answered, (settings,)))

    def language_of(self, sha256: str) -> str | None:
        """The language that an earlier run found for the text with this hash."""
        rows = self._texts("SELECT language FROM @replies WHERE sha256 = ? ORDER BY id DESC LIMIT 1", (sha256,))
        return str(rows[0][0]) if rows else None

    def note_batch(self, entry: BatchEntry) -> None:
        """Add a line to the ledger of batches."""
        row = (entry.id, entry.place, entry.model, entry.state, entry.requests, entry.noted, entry.label)
        self._texts(f"INSERT INTO @batches ({_BATCH}) VALUES ({_marks(row)})", row)

    def batches(self) -> list[BatchEntry]:
        """The newest line of each batch, told apart by label, else by id; the oldest batch first."""
        rows = self._texts(
            f"SELECT {_BATCH} FROM @batches AS b JOIN "
            "(SELECT min(number) AS oldest, max(number) AS newest FROM @batches "
            "GROUP BY CASE WHEN label = '' THEN id ELSE label END) AS g ON b.number = g.newest ORDER BY g.oldest", ()
        )  # fmt: skip
        return [BatchEntry(*row) for row in rows]

    def beat(self, server: str, worker: str, now: float) -> SharedLimit | None:
        """Note that a worker is alive; what is known of the server that it asks, None while nobody has set a limit."""
        self._texts(
            "INSERT INTO @workers (server, worker, beat) VALUES (?, ?, ?) "
            "ON CONFLICT (server, worker) DO UPDATE SET beat = excluded.beat",
            (server, worker, now),
        )
        self._texts("DELETE FROM @workers WHERE beat < ?", (now - _FORGOTTEN,))
        rows = self._texts(
            "SELECT most, pause_until, lowered, (SELECT count(*) FROM @workers AS w WHERE w.server = l.server "
            "AND w.beat >= ?) FROM @limits AS l WHERE l.server = ?",
            (now - _ALIVE, server),
        )
        return SharedLimit(*rows[0]) if rows else None

    def set_limit(self, server: str, limit: float, pause_until: float, lowered: float) -> None:
        """Say what all workers keep to from now on; times are Unix times."""
        self._texts(
            "INSERT INTO @limits (server, most, pause_until, lowered) VALUES (?, ?, ?, ?) ON CONFLICT (server) "
            "DO UPDATE SET most = excluded.most, pause_until = excluded.pause_until, lowered = excluded.lowered",
            (server, limit, pause_until, lowered),
        )

    def _texts(self, statement: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        """The rows of a statement, with texts as they were given."""
        return [tuple(map(_unescaped, row)) for row in self._rows(statement, tuple(map(fit, values)))]

    @abstractmethod
    def _rows(self, statement: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        """The rows that a statement gives.

        Raises:
            StoreError: the database does not answer.
        """

    @abstractmethod
    def _add_all(self, statement: str, rows: Sequence[Sequence[object]]) -> None:
        """Execute a statement that adds a row, for each row."""


def fit(value: Any) -> Any:
    """A value as every database takes it.

    PostgreSQL has no NUL in texts, and no database has lone surrogates, which replies (as \\ud800) and names of files
    can hold: they become the character U+0010 and four hexadecimal digits, as U+0010 itself does.
    """
    if not isinstance(value, str) or ("\0" not in value and _ESCAPE not in value and _is_unicode(value)):
        return value
    return _UNFIT.sub(lambda found: f"{_ESCAPE}{ord(found[0]):04x}", value)


def _unescaped(value: Any) -> Any:
    if not isinstance(value, str) or _ESCAPE not in value:
        return value
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _marks(row: Sequence[object]) -> str:
    return ", ".join("?" * len(row))


def _asked_row(asked: Asked) -> tuple[str, ...]:
    about = asked.about
    return asked.request, asked.settings, asked.task, about.document, about.sha256, about.language


def _asked(row: Sequence[str]) -> Asked:
    request, settings, task, document, sha256, language, *batch = row
    return Asked(request, settings, task, Subject(document, sha256, language), (batch or ("",))[0] or "")


def _reply(row: Sequence[Any]) -> Reply:
    text, model, replied, requests, given, made, cached, cost, seconds = row
    return Reply(text, model, replied, Usage(requests, given, made, cached, cost), seconds, recorded=True)
