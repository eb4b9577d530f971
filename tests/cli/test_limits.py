"""`summarizer run` finds out what a server bears, alone and together with other processes, and loses no report."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ..stub.behaviours import Answer, Received, busy, ok, slow
from ..stub.server import StubServer
from .conftest import Cli

START = 16
"""Requests under way at once at the beginning of a run."""


@dataclass
class Crowded:
    """Bears so many requests at once, each for so many seconds, and refuses the others at once."""

    server: StubServer
    bears: int = 8
    seconds: float = 0.1
    refused: int = 0
    seen: list[int] = field(default_factory=list)

    def __call__(self, request: Received) -> Answer:
        under_way = self.server.counts["under way"]
        if under_way > self.bears:
            self.refused += 1
            return busy()(request)
        self.seen.append(under_way)
        return slow(self.seconds)(request)


@dataclass
class Windowed:
    """Takes so many requests in each second, and says in its headers when there are more."""

    most: int = 20
    window: int = -1
    taken: int = 0
    refused: int = 0

    def __call__(self, request: Received) -> Answer:
        now = time.monotonic()
        if int(now) != self.window:
            self.window, self.taken = int(now), 0
        reset = {"x-ratelimit-reset-requests": f"{1000 * (int(now) + 1 - now):.0f}ms"}
        if self.taken >= self.most:
            self.refused += 1
            answer = busy()(request)
            return Answer(answer.status, answer.body, {**reset, "x-ratelimit-remaining-requests": "0"})
        self.taken += 1
        left = {"x-ratelimit-remaining-requests": str(self.most - self.taken)}
        return Answer(body=ok(request).body, headers={**reset, **left}, delay=0.05)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[StubServer]:
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    monkeypatch.setenv("SUMMARIZER_ATTEMPTS", "1")
    with StubServer(keep=10_000) as stub:
        monkeypatch.setenv("SUMMARIZER_BASE_URL", stub.url)
        yield stub


def reports(path: Path, count: int, first: int = 0) -> Path:
    rows = (
        {"id": f"r{n}", "text": f"Bridge {n} opened on Monday.", "language": "en"} for n in range(first, first + count)
    )
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def briefed(path: Path) -> int:
    return sum("headline" in json.loads(line) for line in path.read_text("utf-8").splitlines())


def most_refusals(crowded: Crowded, requests: int) -> float:
    """The start, halved until the server bears it; then one each time that the limit has grown from half to too much."""
    return 2 * START + requests / (3 / 8 * crowded.bears**2)


def test_a_run_settles_near_what_the_server_bears(cli: Cli, tmp_path: Path, server: StubServer) -> None:
    crowded = Crowded(server)
    server.always(crowded)
    source, out = reports(tmp_path / "in.jsonl", 200), tmp_path / "out.jsonl"
    done = cli("run", source, "--out", out, "--model", "openai/stub", "--jobs", "64")
    assert done.code == 0
    assert briefed(out) == 200
    assert crowded.refused <= most_refusals(crowded, 200)
    assert server.counts["requests"] == 200 + crowded.refused
    assert statistics.mean(crowded.seen[50:-10]) > crowded.bears * 3 / 8


def test_two_processes_with_one_store_stay_together_near_it(tmp_path: Path, server: StubServer) -> None:
    crowded = Crowded(server)
    server.always(crowded)
    command = [sys.executable, "-m", "summarizer", "run", "--model", "openai/stub", "--jobs", "64"]
    variables = {**os.environ, "SUMMARIZER_STORE": str(tmp_path / "store.sqlite")}
    runs = [
        subprocess.Popen(
            [*command, str(reports(tmp_path / f"in{n}.jsonl", 120, 1000 * n)), "--out", str(tmp_path / f"out{n}.jsonl")],
            env=variables, stderr=subprocess.PIPE, text=True,
        )
        for n in range(2)
    ]  # fmt: skip
    said = [run.communicate()[1] for run in runs]
    assert [run.returncode for run in runs] == [0, 0], said
    assert [briefed(tmp_path / f"out{n}.jsonl") for n in range(2)] == [120, 120]
    assert crowded.refused <= 2 * most_refusals(crowded, 240)
    assert statistics.mean(crowded.seen[50:-10]) > crowded.bears * 3 / 8


def test_a_server_with_a_rate_is_asked_when_it_says_so(cli: Cli, tmp_path: Path, server: StubServer) -> None:
    windowed = Windowed()
    server.always(windowed)
    source, out = reports(tmp_path / "in.jsonl", 80), tmp_path / "out.jsonl"
    done = cli("run", source, "--out", out, "--model", "openai/stub", "--jobs", "64")
    assert done.code == 0
    assert briefed(out) == 80
    assert windowed.refused <= 64, "those under way when there is nothing left"


def test_an_account_without_money_is_not_waited_for(cli: Cli, tmp_path: Path, server: StubServer) -> None:
    server.always("quota")
    done = cli("run", reports(tmp_path / "in.jsonl", 3), "--out", tmp_path / "out.jsonl", "--model", "openai/stub")
    assert done.code == 3
    assert server.counts["requests"] == 3
