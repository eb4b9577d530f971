"""No test reaches the network: only addresses of this machine may be connected to."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from . import postgresql as postgresql_server

_connect = socket.socket.connect


def _guarded(self: socket.socket, address: object) -> None:
    if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
        raise AssertionError(f"a test tried to reach {address}")
    _connect(self, address)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _closed_world(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Loopback only, no configuration of the user, no keys, no proxy, caches in a temporary folder."""
    monkeypatch.setattr(socket.socket, "connect", _guarded)
    home = tmp_path_factory.getbasetemp() / "home"
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home))
    for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "SUMMARIZER_MODEL", "SUMMARIZER_BASE_URL", "SUMMARIZER_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    for name in os.environ:
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return Path(__file__).parent.parent


@pytest.fixture(scope="session")
def postgresql() -> Iterator[postgresql_server.Server]:
    """A server for all tests: the one that the environment names, or one that is started here."""
    pytest.importorskip("psycopg", reason="the extra postgresql is not installed")
    if os.environ.get(postgresql_server.VARIABLE):
        yield postgresql_server.Server(os.environ[postgresql_server.VARIABLE])
        return
    try:
        with postgresql_server.started() as server:
            yield server
    except postgresql_server.CannotStartError as error:
        pytest.skip(f"no PostgreSQL: {error}")


@pytest.fixture
def database(postgresql: postgresql_server.Server) -> Iterator[str]:
    """The address of an empty database."""
    with postgresql_server.database(postgresql) as address:
        yield address
