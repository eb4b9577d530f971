"""Pages kept in one SQLite file, as long as HTTP allows it (RFC 9111)."""

from __future__ import annotations

import logging
import re
import sqlite3
import threading
import time
import zlib
from dataclasses import astuple, dataclass, replace
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..store.sqlite import prepare
from .answers import items

if TYPE_CHECKING:
    from multidict import MultiMapping

_log = logging.getLogger(__name__)

MOST_BYTES = 500_000_000
"""Of all bodies in the file, compressed."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS pages (
    asked TEXT PRIMARY KEY,
    url TEXT NOT NULL,
    content_type TEXT NOT NULL,
    charset TEXT,
    body BLOB NOT NULL,
    fetched TEXT NOT NULL,
    etag TEXT,
    last_modified TEXT,
    fresh_until REAL NOT NULL,
    size INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS pages_by_age ON pages (fetched, asked, size);
"""
_DROP_OLDEST = """
DELETE FROM pages WHERE asked IN (
    SELECT asked FROM (SELECT asked, sum(size) OVER (ORDER BY fetched DESC, asked) AS newer FROM pages) WHERE newer > ?
)
"""
_COLUMNS = "asked, url, content_type, charset, body, fetched, etag, last_modified, fresh_until"
_BUSY_SECONDS = 10.0
_LONGEST = 31_536_000  # seconds of a year; what is fresh for longer is asked for again, too
_MAX_AGE = re.compile(r"max-age=\"?(\d{1,12})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Kept:
    """A page of the cache.

    Args:
        asked: the URL that was asked for, without fragment.
        url: the one that answered, after redirects.
        content_type, charset: from its header.
        body: decompressed.
        fetched: when it was fetched or last found unchanged; ISO 8601 in UTC.
        etag, last_modified: what the server can tell by whether it has changed since.
        fresh_until: seconds since 1970 up to which it is used without a request; 0 for never.
    """

    asked: str
    url: str
    content_type: str
    charset: str | None
    body: bytes
    fetched: str
    etag: str | None = None
    last_modified: str | None = None
    fresh_until: float = 0.0

    @property
    def is_fresh(self) -> bool:
        """Whether it can be used without a request."""
        return time.time() < self.fresh_until

    @property
    def is_useful(self) -> bool:
        """Whether it can spare anything later: a request, or the body of an answer."""
        return self.is_fresh or bool(self.etag or self.last_modified)

    @property
    def conditions(self) -> dict[str, str]:
        """Headers that ask for the page only if it has changed."""
        stated = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in stated.items() if value}


class PageCache:
    """A file of pages; several threads and processes may use it at once.

    It never fails: a file that cannot be used is a warning in the log, and no page is kept from then on.

    Args:
        path: the file; its folder is made when missing.
        most: bytes that all bodies may take, compressed; the oldest are dropped.
    """

    def __init__(self, path: Path, most: int = MOST_BYTES):
        self._path = path
        self._most = most
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(
                path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            prepare(self._connection, _SCHEMA, _BUSY_SECONDS)
        except (OSError, sqlite3.Error) as error:
            self._give_up(error)

    def get(self, asked: str) -> Kept | None:
        """The page kept for a URL."""
        rows = self._rows(f"SELECT {_COLUMNS} FROM pages WHERE asked = ?", asked)
        if not rows:
            return None
        page = Kept(*rows[0])
        try:
            return replace(page, body=zlib.decompress(page.body))
        except (zlib.error, TypeError) as error:
            self._give_up(error)
            return None

    def put(self, page: Kept) -> None:
        """Keep a page, in the place of an older one of the same URL."""
        body = zlib.compress(page.body)
        row = (*astuple(replace(page, body=body)), len(body))
        self._rows(f"INSERT OR REPLACE INTO pages ({_COLUMNS}, size) VALUES ({', '.join('?' * len(row))})", *row)
        self._rows(_DROP_OLDEST, self._most)

    def close(self) -> None:
        """Close the file; nothing is kept or found after it."""
        with self._lock:
            connection, self._connection = self._connection, None
        if connection:
            connection.close()

    def _rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        with self._lock:
            try:
                return self._connection.execute(statement, values).fetchall() if self._connection else []
            except sqlite3.Error as error:
                broken = error
        self._give_up(broken)
        return []

    def _give_up(self, error: Exception) -> None:
        _log.warning("the cache of pages %s cannot be used, so no page is kept (%s)", self._path, error)
        self.close()


def fresh_until(headers: MultiMapping[str], now: float) -> float | None:
    """Up to when an answer may be used without asking again, None when it must not be kept at all.

    Args:
        headers: of the answer.
        now: seconds since 1970; the result, too. 0 means that it is asked for every time.
    """
    control = items(headers, "Cache-Control")
    if "no-store" in control or "*" in items(headers, "Vary"):
        return None
    if "no-cache" in control:
        return 0.0
    ages = [int(found[1]) for item in control if (found := _MAX_AGE.match(item))]
    if ages:
        return now + min(ages[0], _LONGEST) - _age(headers)
    return _expiry(headers, now)


def _age(headers: MultiMapping[str]) -> int:
    """Seconds that the answer had already spent in other caches."""
    stated = headers.get("Age", "")
    return int(stated) if re.fullmatch(r"\d{1,12}", stated, re.ASCII) else 0


def _expiry(headers: MultiMapping[str], now: float) -> float:
    try:
        expires = parsedate_to_datetime(headers.get("Expires", "")).timestamp()
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0
    return min(expires, now + _LONGEST) if expires > now else 0.0


def validator(headers: MultiMapping[str], name: str) -> str | None:
    """A header that can be sent back later to ask whether a page has changed."""
    value = headers.get(name, "")
    return value if value.isascii() and value.isprintable() and 0 < len(value) <= 1_000 else None
