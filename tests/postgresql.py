"""A real PostgreSQL server for tests: one that this starts in a folder, or one that runs already."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

VARIABLE = "SUMMARIZER_TEST_POSTGRESQL"
"""Names the address of a server that runs already; its user must be allowed to make databases."""

_HBA = """\
local all all trust
host all careful 127.0.0.1/32 scram-sha-256
host all all 127.0.0.1/32 trust
"""
_CONFIGURATION = """\
listen_addresses = '127.0.0.1'
unix_socket_directories = '{folder}'
port = {port}
fsync = off
full_page_writes = off
max_connections = 40
"""


class CannotStartError(Exception):
    """Says why no server could be started here."""


@dataclass(frozen=True)
class Server:
    """A server that runs; `bin`, `folder` and `user` belong to one that was started here."""

    address: str
    bin: Path | None = None
    folder: Path | None = None
    user: str | None = None

    @property
    def own(self) -> bool:
        """Whether it may be stopped."""
        return self.folder is not None

    def stop(self, mode: str = "fast") -> None:
        """Stop it; with mode "immediate" as a crash would."""
        self._control("stop", "-m", mode)

    def start(self) -> None:
        """Start it again, at the same address."""
        self._control("start", "-l", str(self.folder / "log"))  # type: ignore[operator]

    def restart(self) -> None:
        """Start it if it does not run."""
        if not (self.folder / "data" / "postmaster.pid").exists():  # type: ignore[operator]
            self.start()

    def _control(self, *what: str) -> None:
        assert self.bin
        assert self.folder
        run_as(self.user, [str(self.bin / "pg_ctl"), "-w", "-D", str(self.folder / "data"), *what], self.folder)


@contextmanager
def database(server: Server, encoding: str = "UTF8") -> Iterator[str]:
    """The address of a new database, which is dropped at the end."""
    import psycopg

    name = f"test_{secrets.token_hex(6)}"
    made = f"CREATE DATABASE {name} ENCODING '{encoding}' LOCALE 'C' TEMPLATE template0"
    with psycopg.connect(server.address, autocommit=True) as connection:
        connection.execute(made.encode())
    yield urlsplit(server.address)._replace(path=f"/{name}").geturl()
    with psycopg.connect(server.address, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@contextmanager
def started() -> Iterator[Server]:
    """A server in a temporary folder, stopped at the end.

    Raises:
        CannotStartError: there is none, or it does not start.
    """
    programs = _programs()
    user = _other_user() if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
    folder = Path(tempfile.mkdtemp(prefix="summarizer-postgresql-"))
    try:
        if user:
            shutil.chown(folder, user)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = Server(f"postgresql://tester@127.0.0.1:{port}/postgres", programs, folder, user)
        _initialise(server, port)
        try:
            server.start()
            yield server
        finally:
            if (folder / "data" / "postmaster.pid").exists():
                server.stop("immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _initialise(server: Server, port: int) -> None:
    assert server.bin
    assert server.folder
    data = server.folder / "data"
    options = ["--username=tester", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
    run_as(server.user, [str(server.bin / "initdb"), "-D", str(data), *options], server.folder)
    (data / "pg_hba.conf").write_text(_HBA)
    with (data / "postgresql.conf").open("a") as configuration:
        configuration.write(_CONFIGURATION.format(folder=server.folder, port=port))


def run_as(user: str | None, command: list[str], folder: Path) -> None:
    """Run a command, as another user if one is named; what it says goes to a file, which its children may keep open.

    Raises:
        CannotStartError: it fails; the message is what it said.
    """
    prefix = ["setpriv", f"--reuid={user}", f"--regid={pwd.getpwnam(user).pw_gid}", "--clear-groups"] if user else []
    said = folder / "said"
    with said.open("wb") as stream:
        status = subprocess.run([*prefix, *command], stdout=stream, stderr=stream, cwd=folder, check=False).returncode
    if status:
        raise CannotStartError(f"{Path(command[0]).name}: {said.read_text('utf-8', 'replace').strip()[-300:]}")


def _programs() -> Path:
    for found in sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: -float(p.parent.name)):
        if (found / "initdb").exists():
            return found
    named = shutil.which("initdb")
    if named is None:
        raise CannotStartError("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    return Path(named).resolve().parent


def _other_user() -> str:
    if shutil.which("setpriv") is None:
        raise CannotStartError("PostgreSQL does not run as root, and there is no setpriv to become another user")
    for user in ("postgres", "nobody"):
        try:
            pwd.getpwnam(user)
        except KeyError:
            continue
        return user
    raise CannotStartError("PostgreSQL does not run as root, and there is neither a user postgres nor nobody")
