"""A store in a SQLite file, safe under several processes: WAL, a busy time-out, one statement a write."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from ..errors import StoreError
from .base import BUSY_SECONDS
from .sql import SqlStore, create_statements

T = TypeVar("T")


class SQLiteStore(SqlStore):
    """Replies kept in a SQLite file.

    Args:
        path: the file; its folder is made when missing. ":memory:" keeps nothing.
        patience: seconds for which another process's write is waited for.

    Raises:
        StoreError: the file cannot be opened or is no store.
    """

    local = True

    def __init__(self, path: Path | str, patience: float = BUSY_SECONDS):
        self.place = str(path)
        self._lock = threading.Lock()
        try:
            if self.place != ":memory:":
                Path(self.place).parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(
                self.place, timeout=patience, isolation_level=None, check_same_thread=False
            )
            try:
                prepare(self._connection, _dialect(create_statements("INTEGER PRIMARY KEY", "TEXT")), patience)
            except sqlite3.Error:
                self._connection.close()
                raise
        except (OSError, sqlite3.Error) as error:
            remedy = "Name another file with --store, or leave the store out with --no-cache"
            raise StoreError(f"the store {self.place} cannot be opened ({error})", remedy=remedy) from error

    async def awaited(self, call: Callable[[], T]) -> T:
        """What a call of the store's methods gives, at once: a thread would take longer than the file."""
        return call()

    def close(self) -> None:
        """Close the file; the store cannot be used after it."""
        self._connection.close()

    def _rows(self, statement: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        with self._lock:
            try:
                return self._connection.execute(_dialect(statement), values).fetchall()
            except sqlite3.Error as error:
                remedy = "Check the disk; replies already kept are not lost"
                raise StoreError(f"the store {self.place} does not answer ({error})", remedy=remedy) from error

    def _add_all(self, statement: str, rows: Sequence[Sequence[object]]) -> None:
        for row in rows:
            self._rows(statement, row)


def _dialect(statement: str) -> str:
    return statement.replace("@", "")


def prepare(connection: sqlite3.Connection, tables: str, patience: float) -> None:
    """Set the journal and make the tables, waiting for other processes that do the same.

    The wait is our own because SQLite's does not cover the change of a new file's journal mode.

    Args:
        connection: to a file.
        tables: statements that make what is missing.
        patience: seconds.

    Raises:
        sqlite3.Error: it is no database, or it stayed locked.
    """
    deadline = time.monotonic() + patience
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.executescript(tables)
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return
