"""`summarizer run --on ray`: the same records as in one process, on a cluster of this machine or one with an address."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ..stub.behaviours import ok
from ..stub.server import StubServer
from .test_run import MODEL, failing, ids, reports, server

pytest.importorskip("ray")
pytest.importorskip("pyarrow")

__all__ = ["server"]  # a fixture
TWO = ("--on", "ray", "--workers", "2")


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, which Ray asks for: it takes over signals and ends processes."""
    command = [sys.executable, "-m", "summarizer", "run", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture
def head(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a cluster that somebody else started, which asks for a token."""
    monkeypatch.setenv("RAY_AUTH_MODE", "token")
    monkeypatch.setenv("RAY_AUTH_TOKEN", secrets.token_hex(32))
    port = free_port()
    options = ["--head", f"--port={port}", "--num-cpus=2", "--include-dashboard=false", "--block"]
    command = [sys.executable, "-m", "ray.scripts.scripts", "start", *options]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    ) as started:
        assert started.stdout
        assert any("Ray runtime started" in line for line in started.stdout)
        yield f"127.0.0.1:{port}"
        os.killpg(started.pid, signal.SIGKILL)


def test_ray_gives_the_same_records_and_goes_on_where_a_run_was(
    tmp_path: Path, server: StubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.always(failing(7))
    source = reports(tmp_path / "in.jsonl", range(40))
    with source.open("a") as stream:
        stream.write('{"id": "broken"}\n')
    here, there = tmp_path / "here.jsonl", tmp_path / "there.jsonl"
    assert run(source, "--out", here, *MODEL).returncode == 1
    asked = server.counts["requests"]
    monkeypatch.setenv("SUMMARIZER_STORE", str(tmp_path / "there.sqlite"))
    stopped = run(source, "--out", there, *MODEL, "--jobs", "2", "--max-total-tokens", "20000")
    assert stopped.returncode == 1
    assert asked < server.counts["requests"] < 2 * asked
    done = run(source, "--out", there, *MODEL, *TWO)
    assert done.returncode == 1, done.stderr
    assert "going on after" in done.stderr
    assert there.read_bytes() == here.read_bytes()
    assert server.counts["requests"] == 2 * asked


def test_a_budget_ends_a_run_on_ray_and_a_larger_one_goes_on(tmp_path: Path, server: StubServer) -> None:
    source, out = reports(tmp_path / "in.jsonl", range(400)), tmp_path / "out.jsonl"
    one = ("--on", "ray", "--workers", "1")
    stopped = run(source, "--out", out, *MODEL, *one, "--max-total-tokens", "800000")
    assert stopped.returncode == 1, stopped.stderr
    assert "the budget is spent after 256 reports" in stopped.stderr
    assert "core_worker" not in stopped.stderr
    assert "256 replies (256 requests): " in stopped.stderr
    assert server.counts["requests"] == 256
    done = run(source, "--out", out, *MODEL, *one)
    assert done.returncode == 0, done.stderr
    assert "400 replies (400 requests): " in done.stderr
    assert ids(out) == [f"r{n}" for n in range(400)]
    assert server.counts["requests"] == 400


def test_a_cluster_with_an_address_does_the_work(tmp_path: Path, server: StubServer, head: str) -> None:
    source, out = reports(tmp_path / "in.jsonl", range(20)), tmp_path / "out.jsonl"
    done = run(source, "--out", out, *MODEL, *TWO, "--address", head)
    assert done.returncode == 0, done.stderr
    assert "the store is a file" in done.stderr
    assert ids(out) == [f"r{n}" for n in range(20)]
    server.always(failing(3))
    again = run(source, "--out", out, *MODEL, *TWO, "--address", head)
    assert again.returncode == 0, "its replies are in the store"
    assert server.counts["requests"] == 20


def test_a_cluster_that_is_not_there_is_named(tmp_path: Path, server: StubServer) -> None:
    source, address = reports(tmp_path / "in.jsonl", range(4)), f"127.0.0.1:{free_port()}"
    done = run(source, "--out", tmp_path / "o.jsonl", *MODEL, "--on", "ray", "--address", address)
    assert done.returncode == 2
    assert f"the Ray cluster {address} cannot be reached" in done.stderr
    assert "Check --address" in done.stderr


def test_a_key_that_no_worker_can_use_stops_nothing_that_is_done(tmp_path: Path, server: StubServer) -> None:
    server.always("401")
    source, out = reports(tmp_path / "in.jsonl", range(6)), tmp_path / "out.jsonl"
    done = run(source, "--out", out, *MODEL, *TWO)
    assert done.returncode == 3
    assert "AuthenticationFailed" in done.stderr
    server.always(ok)
    assert run(source, "--out", out, *MODEL, *TWO, "--retry-failed").returncode == 0
    assert ids(out) == [f"r{n}" for n in range(6)]


def test_workers_share_a_database(
    tmp_path: Path, server: StubServer, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMARIZER_STORE", database)
    source, out = reports(tmp_path / "in.jsonl", range(20)), tmp_path / "out.jsonl"
    assert run(source, "--out", out, *MODEL, *TWO).returncode == 0
    first = out.read_bytes()
    assert run(source, "--out", out, *MODEL).returncode == 0, "the same from one process"
    assert out.read_bytes() == first
    assert server.counts["requests"] == 20


def test_workers_send_their_spans(tmp_path: Path, server: StubServer, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("opentelemetry.sdk")
    from .test_observing import collecting

    source, out, log = reports(tmp_path / "in.jsonl", range(6)), tmp_path / "out.jsonl", tmp_path / "run.log"
    with collecting() as collector:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.address)
        done = run(source, "--out", out, *MODEL, *TWO, "--otel", "--log", log)
    assert done.returncode == 0, done.stderr
    assert "--log and --profile tell of this process alone" in done.stderr
    assert sum(span.name.startswith("chat") for span in collector.spans) == 6
