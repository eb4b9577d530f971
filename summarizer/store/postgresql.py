"""A store in a PostgreSQL database, which processes on several machines share.

Its tables stand in a schema of their own, `summarizer`, made on first use. A server that is restarted or away for a
while is waited for; statements are then sent again, which at worst adds a reply twice.
"""

from __future__ import annotations

import asyncio
import functools
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, LiteralString, TypeVar

from ..errors import MissingExtra, StoreError
from .address import shown, unreadable
from .base import BUSY_SECONDS
from .sql import TABLES, SqlStore, create_statements

if TYPE_CHECKING:
    import psycopg

T = TypeVar("T")
_NUMBER = "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
_KEY = 'TEXT COLLATE "C"'
"""A hash, found by its beginning whatever the language of the database."""
_MAKING = 0x73756D6D6172697A
"""Number of the advisory lock under which the tables are made: "summariz"."""
_DEFAULTS = {
    "fallback_application_name": "summarizer",
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
"""Parameters of a connection unless the address says otherwise: one that is dead is noticed within half a minute."""
_PASSING = (
    "starting up", "shutting down", "not yet accepting", "recovery mode", "too many clients", "remaining connection",
)  # fmt: skip
"""What a server says that will take connections in a moment."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 1.0  # seconds between two attempts to connect


class PostgreSQLStore(SqlStore):
    """Replies kept in a PostgreSQL database.

    Args:
        address: postgresql://user@host:port/database, with parameters of libpq as its query.
        patience: seconds for which locks of others and a server that went away are waited for.

    Raises:
        MissingExtra: psycopg is not installed.
        StoreError: the address is wrong, or the database does not take this user or is no place for a store.
    """

    local = False

    def __init__(self, address: str, patience: float = BUSY_SECONDS):
        self.place = shown(address)
        self._patience = patience
        self._parameters = _parameters(address)
        self._lock = threading.Lock()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._away_since: float | None = None
        self._resting_until = 0.0
        self._closed = False
        self._connection = self._opened()

    async def awaited(self, call: Callable[[], T]) -> T:
        """What a call of the store's methods gives, made in the store's thread, one at a time.

        A task that is cancelled waits for it first: a reply that was paid for is kept.
        """
        if self._closed:
            raise self._failure("it was closed")
        running = asyncio.get_running_loop().run_in_executor(self._thread, call)
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            await asyncio.wait([running])
            raise

    def close(self) -> None:
        """Close the connection; the store cannot be used after it."""
        self._closed = True
        self._thread.shutdown()
        self._connection.close()

    def _rows(self, statement: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        def work(connection: psycopg.Connection) -> list[tuple[Any, ...]]:
            cursor = connection.execute(_dialect(statement), values)
            return cursor.fetchall() if cursor.description else []

        return self._answer(work)

    def _add_all(self, statement: str, rows: Sequence[Sequence[object]]) -> None:
        def work(connection: psycopg.Connection) -> None:
            with connection.cursor() as cursor:
                cursor.executemany(_dialect(statement), rows)

        self._answer(work)

    def _answer(self, work: Callable[[psycopg.Connection], T]) -> T:
        """What work with a connection gives; one that is lost is made anew as long as patience lasts."""
        import psycopg

        with self._lock:
            pause = _FIRST_PAUSE
            while True:
                if self._closed or time.monotonic() < self._resting_until:
                    raise self._failure("it was closed" if self._closed else "it is away")
                try:
                    if self._connection.closed:
                        self._connection = self._connect()
                    answer = work(self._connection)
                except psycopg.Error as error:
                    if _ends_session(error):
                        self._connection.close()
                    if not self._connection.closed:
                        raise self._failure(_said(error)) from error
                    self._away(error)
                else:
                    self._away_since = None
                    return answer
                time.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)

    def _away(self, error: psycopg.Error) -> None:
        """Note that there is no connection; once patience is over, those who wait next are told at once, for a while.

        Raises:
            StoreError: patience is over.
        """
        now = time.monotonic()
        if self._away_since is None:
            self._away_since = now
        if now - self._away_since > self._patience:
            self._resting_until = now + _LONGEST_PAUSE
            raise self._failure(_said(error)) from error

    def _failure(self, said: str) -> StoreError:
        remedy = "Check the server and the rights of this user; replies already kept are not lost"
        return StoreError(f"the store {self.place} does not answer ({said})", remedy=remedy)

    def _opened(self) -> psycopg.Connection:
        """The first connection, with all tables made."""
        import psycopg

        deadline = time.monotonic() + self._patience
        while True:
            try:
                connection = self._connect()
                try:
                    _prepare(connection)
                except BaseException:
                    connection.close()
                    raise
            except psycopg.Error as error:
                if time.monotonic() < deadline and any(words in str(error) for words in _PASSING):
                    time.sleep(_LONGEST_PAUSE)
                    continue
                raise self._not_opened(_said(error), _remedy(error)) from error
            if connection.info.parameter_status("server_encoding") == "UTF8":
                return connection
            connection.close()
            remedy = "Make another one: createdb --encoding UTF8 --template template0"
            raise self._not_opened("the encoding of the database is not UTF8", remedy)

    def _not_opened(self, said: str, remedy: str) -> StoreError:
        return StoreError(f"the store {self.place} cannot be opened ({said})", remedy=remedy)

    def _connect(self) -> psycopg.Connection:
        import psycopg

        # statements prepared on the server would break behind poolers such as PgBouncer
        connection = psycopg.connect(**self._parameters, autocommit=True, prepare_threshold=None)
        connection.execute("SELECT set_config('lock_timeout', %s, false)", (str(max(1, round(self._patience * 1000))),))
        return connection


@functools.cache
def _dialect(statement: str) -> LiteralString:
    return statement.replace("@", "summarizer.").replace("?", "%s")


def _parameters(address: str) -> dict[str, Any]:
    """The parameters of a connection that an address means."""
    try:
        import psycopg
        from psycopg.conninfo import conninfo_to_dict
    except ImportError as error:  # also where psycopg finds no libpq
        raise MissingExtra(
            "a store in PostgreSQL needs psycopg, which is not installed", remedy='pip install "summarizer[postgresql]"'
        ) from error
    try:
        given = conninfo_to_dict(address)
    except psycopg.Error:  # its message may quote a part of a password
        raise unreadable() from None
    return {**_DEFAULTS, **given, "client_encoding": "UTF8"}


def _prepare(connection: psycopg.Connection) -> None:
    """Make the tables that are missing, one process at a time; a user who may not make any can use those there are."""
    names = [f"summarizer.{table}" for table in TABLES]
    found = connection.execute("SELECT count(to_regclass(name)) FROM unnest(%s::text[]) AS name", (names,)).fetchone()
    if found == (len(names),):
        return
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (_MAKING,))
        if connection.execute("SELECT to_regnamespace('summarizer')").fetchone() == (None,):
            connection.execute("CREATE SCHEMA summarizer")
        connection.execute(_dialect(create_statements(_NUMBER, _KEY)))


def _ends_session(error: psycopg.Error) -> bool:
    """Whether the server has ended the connection, though its end may not have arrived yet."""
    return error.diag.severity_nonlocalized in ("FATAL", "PANIC")


def _said(error: psycopg.Error) -> str:
    return " ".join(str(error).split())


def _remedy(error: psycopg.Error) -> str:
    from psycopg import errors

    if isinstance(error, errors.InsufficientPrivilege):
        return "Let the owner of the database use it as a store once, or GRANT what is denied"
    if isinstance(error, errors.ReadOnlySqlTransaction):
        return "Name the primary server, which may be written, with --store"
    return (
        "Check that the server runs, that the database exists (createdb), and the user and its password (PGPASSWORD or "
        "~/.pgpass); or leave the store out with --no-cache"
    )
