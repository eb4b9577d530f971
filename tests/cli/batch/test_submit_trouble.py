"""`batch submit` where the provider, the network or the key is in the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from ...stub.batch_server import BatchServer, dropped, lost, page, refused, says, usual
from ..conftest import Cli
from ..support import closed_address
from .support import submit


def test_a_busy_provider_is_asked_again(cli: Cli, server: BatchServer, reports: Path) -> None:
    busy = refused(429, "Rate limit reached", "rate_limit_exceeded", **{"Retry-After": "0"})
    for route in ("list", "upload", "create"):
        server.faults[route].append(busy)
    assert submit(cli, reports).code == 0
    assert server.calls == ["list", "list", "upload", "upload", "create", "create"]
    assert len(server.batches) == 1


def test_a_broken_upload_is_sent_again_and_makes_one_batch(cli: Cli, server: BatchServer, reports: Path) -> None:
    server.faults["upload"].extend([dropped, lost])
    assert submit(cli, reports).code == 0
    assert len(server.batches) == 1


def test_a_refused_part_frees_its_requests_and_what_was_submitted_stays(
    cli: Cli, server: BatchServer, reports: Path, store: Path
) -> None:
    server.faults["create"].extend([usual, refused(400, "Billing hard limit has been reached")])
    done = submit(cli, reports, "--max-requests", "2")
    assert done.code == 1
    assert "Billing hard limit has been reached" in done.err
    assert "2 requests submitted in 1 batches; the same command submits the rest\n" in done.err
    assert "1 requests submitted in 1 batches, 2 wait in earlier ones" in submit(cli, reports).err


def test_a_wrong_key_is_told_before_anything_is_read(
    cli: Cli, server: BatchServer, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-none")
    done = submit(cli, reports)
    assert done.code == 3
    assert "the server did not accept the key (401: Incorrect API key provided: sk-none)" in done.err
    assert "Check the API key in the environment" in done.err
    assert server.calls == ["list"]


def test_a_missing_key_is_told(cli: Cli, reports: Path) -> None:
    done = submit(cli, reports)
    assert done.code == 3
    assert "openai needs a key, and OPENAI_API_KEY is not set" in done.err


@pytest.mark.parametrize("status", [404, 501])
def test_a_server_without_batches_is_told_with_what_to_do_instead(
    cli: Cli, server: BatchServer, reports: Path, status: int
) -> None:
    server.faults["list"].append(refused(status, "Not Found"))
    done = submit(cli, reports)
    assert done.code == 2
    assert f"{server.url} has no OpenAI-compatible batch API (the server answered {status}" in done.err
    assert "`summarizer batch export`" in done.err
    assert "`summarizer run`" in done.err


def test_a_server_without_files_is_told_too(cli: Cli, server: BatchServer, reports: Path) -> None:
    server.faults["upload"].append(refused(404, "Not Found"))
    done = submit(cli, reports)
    assert done.code == 3
    assert "has no OpenAI-compatible batch API" in done.err


def test_a_provider_with_another_api_is_told(cli: Cli, reports: Path) -> None:
    done = cli("batch", "submit", reports, "--model", "anthropic/claude-sonnet-4-5")
    assert done.code == 2
    assert "anthropic has no OpenAI-compatible batch API" in done.err


def test_a_server_that_is_not_there_is_told(cli: Cli, reports: Path) -> None:
    done = submit(cli, reports, "--base-url", closed_address())
    assert done.code == 3
    assert "no connection to http://127.0.0.1:" in done.err
    assert "tried 3 times" in done.err


@pytest.mark.parametrize("route", ["list", "upload"])
def test_a_login_page_is_told(cli: Cli, server: BatchServer, reports: Path, route: str) -> None:
    server.faults[route].extend([page] * 3)
    done = submit(cli, reports)
    assert done.code == 3
    assert "none of the batch API's objects (<!DOCTYPE html>" in done.err


@pytest.mark.parametrize("answer", ['{"data": {}}', '{"batches": []}', "[]", "null", ""])
def test_a_list_that_cannot_be_read_is_not_taken_for_an_empty_one(
    cli: Cli, server: BatchServer, reports: Path, answer: str
) -> None:
    server.faults["list"].extend([says(answer)] * 3)
    done = submit(cli, reports)
    assert done.code == 3
    assert "the list of batches: the server answered something that is none of the batch API's objects" in done.err
    assert server.batches == {}
