"""A store in a PostgreSQL database: servers that go away, users without rights, many processes, and secrets kept."""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest

from summarizer.errors import MissingExtra, StoreError
from summarizer.store import open_store, shown

from .. import postgresql as servers
from ..postgresql import Server
from .support import REPLY, request

psycopg = pytest.importorskip("psycopg")
SECRET = "pa55-w0rd-of-nobody"


def as_user(address: str, user: str, password: str = "") -> str:
    parts = urlsplit(address)
    return parts._replace(netloc=f"{user}{':' if password else ''}{password}@{parts.hostname}:{parts.port}").geturl()


@pytest.fixture
def careful(postgresql: Server, database: str) -> Iterator[str]:
    """A user who must say a password and may do nothing."""
    if not postgresql.own:
        pytest.skip("the server is not ours to make users in")
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(f"CREATE USER careful PASSWORD '{SECRET}'")
    yield as_user(database, "careful", SECRET)
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("DROP OWNED BY careful; DROP USER careful")


@pytest.fixture
def own() -> Iterator[tuple[Server, str]]:
    """A server that may be stopped, and a database in it."""
    try:
        with servers.started() as server, servers.database(server) as address:
            yield server, address
            server.restart()
    except servers.CannotStartError as error:
        pytest.skip(f"no PostgreSQL: {error}")


class TestServers:
    def test_a_server_that_is_restarted_is_waited_for(self, own: tuple[Server, str]) -> None:
        server, address = own
        store = open_store(address)
        store.put(request("before"), "m", REPLY)
        server.stop("immediate")
        start = threading.Timer(0.5, server.start)
        start.start()
        store.put(request("after"), "m", REPLY)
        assert store.get(request("before").key) is not None
        assert store.get(request("after").key) is not None
        start.join()
        store.close()

    def test_a_server_that_stays_away_is_told_and_may_come_back(self, own: tuple[Server, str]) -> None:
        server, address = own
        store = open_store(address, patience=0.3)
        server.stop()
        with pytest.raises(
            StoreError, match=r"postgresql://tester@127\.0\.0\.1:\d+/test_\w+ does not answer .*refused"
        ):
            store.put(request(), "m", REPLY)
        with pytest.raises(StoreError, match=r"does not answer \(it is away\)"):
            store.put(request(), "m", REPLY)
        server.start()
        assert _once_rested(store.get, request().key) is None
        store.close()

    def test_a_connection_that_the_server_ends_is_made_anew(self, database: str) -> None:
        store = open_store(database)
        with psycopg.connect(database, autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'summarizer'"
            )
        store.put(request(), "m", REPLY)
        assert store.get(request().key) is not None
        store.close()

    def test_no_server_is_told_at_once(self) -> None:
        with pytest.raises(
            StoreError, match=r"postgresql://u@127\.0\.0\.1:1/d cannot be opened .*Check that the server"
        ):
            open_store("postgresql://u@127.0.0.1:1/d")

    def test_a_database_that_does_not_exist_is_told(self, postgresql: Server) -> None:
        nowhere = urlsplit(postgresql.address)._replace(path="/nowhere").geturl()
        with pytest.raises(StoreError, match='database "nowhere" does not exist'):
            open_store(nowhere)

    def test_a_database_without_unicode_is_told(self, postgresql: Server) -> None:
        with (
            servers.database(postgresql, encoding="LATIN1") as address,
            pytest.raises(StoreError, match=r"not UTF8.*--encoding UTF8"),
        ):
            open_store(address)

    def test_a_store_that_was_closed_is_told(self, database: str) -> None:
        store = open_store(database)
        store.close()
        with pytest.raises(StoreError, match="it was closed"):
            store.get("k")
        with pytest.raises(StoreError, match="it was closed"):
            asyncio.run(store.awaited(lambda: store.get("k")))


class TestUsers:
    def test_a_wrong_password_is_told_and_not_said(self, careful: str) -> None:
        with pytest.raises(StoreError, match="password authentication failed") as caught:
            open_store(careful.replace(SECRET, f"{SECRET}x"))
        assert SECRET not in str(caught.value)

    def test_who_may_make_no_tables_is_told_how_to_be_allowed(self, careful: str, database: str) -> None:
        with pytest.raises(StoreError, match=r"permission denied.*Let the owner") as caught:
            open_store(careful)
        assert SECRET not in str(caught.value)

    def test_who_may_only_use_the_tables_can(self, careful: str, database: str) -> None:
        open_store(database).close()
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute("GRANT USAGE ON SCHEMA summarizer TO careful")
            connection.execute("GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA summarizer TO careful")
        store = open_store(careful)
        store.put(request(), "m", REPLY)
        assert store.get(request().key) is not None
        assert SECRET not in store.place
        store.close()


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("postgresql://u:p@h/d", "postgresql://u@h/d"),
        ("postgres://h", "postgres://h"),
        ("postgresql://u:a%40b@[::1]:5433/d?sslmode=require&password=p", "postgresql://u@[::1]:5433/d"),
        ("postgresql:///d?host=/run/postgresql&passfile=p", "postgresql:///d?host=/run/postgresql"),
    ],
)
def test_an_address_is_shown_without_what_is_secret(address: str, place: str) -> None:
    assert shown(address) == place


@pytest.mark.parametrize(
    "address",
    ["postgresql://u:p@ss@h/d", "postgresql://u:pa/ss@h/d", "postgresql://u:p?ss@h", "postgresql://h/d?nonsense=p@ss"],
)
def test_an_address_that_cannot_be_read_is_not_quoted(address: str) -> None:
    with pytest.raises(StoreError, match=r"cannot be read.*%40") as caught:
        open_store(address)
    assert "ss" not in str(caught.value).replace("address", "").replace("password", "")


def test_a_store_of_another_kind_is_told() -> None:
    with pytest.raises(StoreError, match=r"begins mysql://.*postgresql://user@host/database"):
        open_store("mysql://u:secret@h/d")


def test_the_library_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    with pytest.raises(MissingExtra, match=r'pip install "summarizer\[postgresql\]"'):
        open_store("postgresql://h/d")


def _opened_at_once(address: str, name: str, gate: Any) -> None:
    gate.wait()
    store = open_store(address)
    for number in range(20):
        store.put(request(f"{name} {number}"), "m", REPLY)
        store.beat("server", name, 100.0)
    store.close()


def test_eight_processes_make_the_tables_and_write_at_once(database: str) -> None:
    context = multiprocessing.get_context("spawn")
    gate = context.Barrier(8)
    names = [f"p{number}" for number in range(8)]
    workers = [context.Process(target=_opened_at_once, args=(database, name, gate)) for name in names]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)
    assert [worker.exitcode for worker in workers] == [0] * 8
    store = open_store(database)
    assert all(store.get(request(f"{name} {n}").key, "m") for name in names for n in range(20))
    store.close()


def test_long_replies_and_characters_that_databases_lack_come_back(database: str) -> None:
    store = open_store(database)
    for text in ("long " * 800_000, "a\0b\x10c\ud800d\x100000"):
        store.put(request(), "m", replace(REPLY, text=text))
        kept = store.get(request().key)
        assert kept
        assert kept.text == text
    store.close()


def test_a_reply_is_kept_though_the_task_that_waits_is_cancelled(database: str) -> None:
    store = open_store(database)
    began = threading.Event()

    def slowly() -> None:
        began.set()
        store.put(request(), "m", REPLY)

    async def cancelled() -> None:
        task = asyncio.create_task(store.awaited(slowly))
        await asyncio.to_thread(began.wait)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancelled())
    assert store.get(request().key) is not None
    store.close()


def test_threads_and_tasks_share_one_connection(database: str) -> None:
    store = open_store(database)

    async def tasks() -> None:
        await asyncio.gather(*(store.awaited(lambda n=n: store.put(request(f"t{n}"), "m", REPLY)) for n in range(40)))

    with ThreadPoolExecutor(4) as pool:
        done = pool.submit(asyncio.run, tasks())
        list(pool.map(lambda n: store.put(request(f"s{n}"), "m", REPLY), range(40)))
        done.result()
    assert all(store.get(request(f"{kind}{n}").key) for kind in "ts" for n in range(40))
    store.close()


def test_nothing_secret_is_logged(careful: str, database: str, caplog: pytest.LogCaptureFixture) -> None:
    open_store(database).close()
    with caplog.at_level(logging.DEBUG), pytest.raises(StoreError):
        open_store(careful).put(request(), "m", REPLY)
    assert SECRET not in caplog.text


def _once_rested(call: Any, *given: Any) -> Any:
    """What a call gives once the store asks the server again, which it leaves in peace for a second."""
    for _ in range(1_000):
        try:
            return call(*given)
        except StoreError as error:
            if "it is away" not in str(error):
                raise
            threading.Event().wait(0.01)
    raise AssertionError("the store never asked again")
