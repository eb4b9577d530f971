"""One SQLite table that is response cache, crash journal, recording and batch ledger at once.

Rows are only ever added. A row says that a request was asked (exported for a batch) or answered. Keys: the hash of the
request, and the settings that change the answer (model, sampling). Safe under several processes: WAL, a busy time-out,
one statement a write.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import StoreError
from .models.exchange import Reply, Request, Subject, Usage

_SCHEMA = """
CREATE TABLE IF NOT EXISTS replies (
    id INTEGER PRIMARY KEY,
    request TEXT NOT NULL,
    settings TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'answered')),
    task TEXT NOT NULL,
    document TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    language TEXT NOT NULL,
    model TEXT NOT NULL DEFAULT '',
    reply TEXT,
    replied TEXT NOT NULL DEFAULT '',
    requests INTEGER NOT NULL DEFAULT 0,
    input_tokens INTEGER,
    output_tokens INTEGER,
    cached_tokens INTEGER,
    cost_usd REAL,
    seconds REAL NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS replies_by_request ON replies (request, settings, state);
CREATE INDEX IF NOT EXISTS replies_by_text ON replies (sha256);
"""
BUSY_SECONDS = 60.0
"""How long another process's write is waited for."""

_REPLY = "reply, model, replied, requests, input_tokens, output_tokens, cached_tokens, cost_usd, seconds"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that was exported for a batch: its hash, settings, and what it is about."""

    request: str
    settings: str
    task: str
    about: Subject


class Store:
    """Replies kept in a SQLite file.

    Args:
        path: the file; its folder is made when missing. ":memory:" keeps nothing.

    Raises:
        StoreError: the file cannot be opened or is no store.
    """

    def __init__(self, path: Path | str):
        self.path = str(path)
        self._lock = threading.Lock()
        try:
            if self.path != ":memory:":
                Path(self.path).parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(
                self.path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            try:
                _prepare(self._connection)
            except sqlite3.Error:
                self._connection.close()
                raise
        except (OSError, sqlite3.Error) as error:
            remedy = "Name another file with --store, or leave the store out with --no-cache"
            raise StoreError(f"the store {self.path} cannot be opened ({error})", remedy=remedy) from error

    def close(self) -> None:
        """Close the file; the store cannot be used after it."""
        self._connection.close()

    def get(self, request: str, settings: str | None = None) -> Reply | None:
        """The newest reply to a request, under these settings or (None) under any."""
        where, values = ("AND settings = ?", (request, settings)) if settings is not None else ("", (request,))
        rows = self._rows(
            f"SELECT {_REPLY} FROM replies WHERE request = ? {where} AND state = 'answered' ORDER BY id DESC LIMIT 1",
            values,
        )
        return _reply(rows[0]) if rows else None

    def put(self, request: Request, settings: str, reply: Reply) -> None:
        """Keep a reply."""
        self.put_by_key(Asked(request.key, settings, request.task, request.about), reply)

    def put_by_key(self, asked: Asked, reply: Reply) -> None:
        """Keep a reply to a request of which only the ledger is known."""
        usage = reply.usage
        self._add(
            asked, "answered", reply.model, reply.text, reply.replied, usage.requests, usage.input_tokens,
            usage.output_tokens, usage.cached_tokens, usage.cost_usd, reply.seconds,
        )  # fmt: skip

    def mark_asked(self, requests: Iterable[Request], settings: str) -> None:
        """Note in the ledger that requests were exported."""
        for request in requests:
            self._add(Asked(request.key, settings, request.task, request.about), "asked")

    def exported(self, prefix: str) -> list[Asked]:
        """The exported requests whose hash begins so, one for each settings."""
        rows = self._rows(
            "SELECT request, settings, task, document, sha256, language FROM replies "
            "WHERE request >= ? AND request < ? AND state = 'asked' GROUP BY request, settings",
            (prefix, prefix + "g"),  # above all hexadecimal digits
        )
        return [_asked(row) for row in rows]

    def unanswered(self) -> Iterator[Asked]:
        """Exported requests that have no reply under their settings yet, oldest first."""
        rows = self._rows(
            "SELECT request, settings, task, document, sha256, language FROM replies AS r WHERE state = 'asked' "
            "AND NOT EXISTS (SELECT 1 FROM replies AS a WHERE a.request = r.request AND a.settings = r.settings "
            "AND a.state = 'answered') "
            "GROUP BY request, settings ORDER BY min(id)", ()
        )  # fmt: skip
        return map(_asked, rows)

    def answers(self, settings: str) -> bool:
        """Whether any reply is kept under these settings."""
        return bool(self._rows("SELECT 1 FROM replies WHERE settings = ? AND state = 'answered' LIMIT 1", (settings,)))

    def language_of(self, sha256: str) -> str | None:
        """The language that an earlier run found for the text with this hash."""
        rows = self._rows("SELECT language FROM replies WHERE sha256 = ? ORDER BY id DESC LIMIT 1", (sha256,))
        return str(rows[0][0]) if rows else None

    def _add(self, asked: Asked, state: str, *answer: object) -> None:
        about = asked.about
        row = (asked.request, asked.settings, state, asked.task, about.document, about.sha256, about.language, *answer)
        columns = "request, settings, state, task, document, sha256, language"
        if answer:
            columns += (
                ", model, reply, replied, requests, input_tokens, output_tokens, cached_tokens, cost_usd, seconds"
            )
        self._rows(f"INSERT INTO replies ({columns}) VALUES ({', '.join('?' * len(row))})", row)

    def _rows(self, statement: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        with self._lock:
            try:
                return self._connection.execute(statement, values).fetchall()
            except sqlite3.Error as error:
                remedy = "Check the disk; replies already kept are not lost"
                raise StoreError(f"the store {self.path} does not answer ({error})", remedy=remedy) from error


def _prepare(connection: sqlite3.Connection) -> None:
    """Set the journal and make the table, waiting for other processes that do the same.

    The wait is our own because SQLite's does not cover the change of a new file's journal mode.
    """
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.executescript(_SCHEMA)
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def _asked(row: Sequence[str]) -> Asked:
    request, settings, task, document, sha256, language = row
    return Asked(request, settings, task, Subject(document, sha256, language))


def _reply(row: Sequence[Any]) -> Reply:
    text, model, replied, requests, given, made, cached, cost, seconds = row
    return Reply(text, model, replied, Usage(requests, given, made, cached, cost), seconds, recorded=True)
