"""Answers that differ from report to report, what the store holds afterwards, and a command that is killed."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ...stub.batch_server import Answer, StubBatch, Stuck, success
from ..conftest import Cli, Outcome

MODEL = ["--model", "openai/gpt-4o-mini"]
KEY = "sk-test"


def submit(cli: Cli, folder: Path, *options: str | Path) -> Outcome:
    """What `batch submit` of a folder says."""
    return cli("batch", "submit", folder, *MODEL, *options)


def about(text: str, then: Answer, otherwise: Answer = success) -> Answer:
    """One answer for the request about a report, another for all others."""
    return lambda row: (then if text in message_of(row) else otherwise)(row)


def message_of(row: dict[str, Any]) -> str:
    """The message of a request in which its report stands."""
    return str(row["body"]["messages"][1]["content"])


def nothing(_: dict[str, Any]) -> None:
    """No line in either file."""


def becomes(state: str, done: int = 0) -> Callable[[StubBatch], None]:
    """Change a batch to this state."""

    def change(batch: StubBatch) -> None:
        batch.state, batch.done = state, done

    return change


def states(store: Path) -> list[tuple[str, str]]:
    """Ids and states in the ledger, each as it was noted."""
    return _rows(store, "SELECT id, state FROM batches ORDER BY number")


def replies(store: Path) -> int:
    """How many replies the store holds."""
    return len(_rows(store, "SELECT 1 FROM replies WHERE state = 'answered'"))


def killed(stuck: Stuck, store: Path, *arguments: str | Path) -> None:
    """Run the command line in a process of its own, and end it by SIGKILL once the server is stuck."""
    command = [sys.executable, "-m", "summarizer", *map(str, arguments)]
    process = subprocess.Popen(command, env=os.environ | {"SUMMARIZER_STORE": str(store)}, stderr=subprocess.DEVNULL)
    try:
        assert stuck.reached.wait(60)
    finally:
        process.kill()
        process.wait()


def _rows(store: Path, query: str) -> list[Any]:
    with contextlib.closing(sqlite3.connect(store)) as connection:
        return connection.execute(query).fetchall()
