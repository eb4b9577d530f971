"""`batch status`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ...stub.batch_server import BatchServer, dropped
from ..conftest import Cli
from .support import MODEL, submit


def test_batches_are_told_with_state_counts_age_and_model(cli: Cli, server: BatchServer, reports: Path) -> None:
    submit(cli, reports)
    server.newest.state, server.newest.done, server.newest.failed = "in_progress", 1, 1
    done = cli("batch", "status")
    assert (done.code, done.err) == (0, "")
    first, *waiting = done.out.splitlines()
    assert first == "batch_0: in_progress, 1 done, 1 failed of 3, 0 min old, openai/gpt-4o-mini"
    assert re.fullmatch(r"a: waits for a reply of openai/gpt-4o-mini \([0-9a-f]{12}\), in batch_0", waiting[0])
    assert waiting[-1] == "3 requests wait for a reply"


def test_what_is_over_is_to_be_fetched(cli: Cli, server: BatchServer, reports: Path) -> None:
    submit(cli, reports)
    server.finish(server.newest)
    assert "completed, 3 done, 0 failed of 3, 0 min old" in cli("batch", "status").out
    assert "; `summarizer batch fetch` gets it\n" in cli("batch", "status", "--offline").out
    cli("batch", "fetch")
    assert cli("batch", "status").out == "1 batches fetched before\n0 requests wait for a reply\n"


@pytest.mark.parametrize("way", ["offline", "no key"])
def test_offline_or_without_a_key_the_ledger_answers(
    cli: Cli, server: BatchServer, reports: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    submit(cli, reports)
    server.newest.state = "in_progress"
    calls = len(server.calls)
    if way == "no key":
        monkeypatch.delenv("OPENAI_API_KEY")
    done = cli("batch", "status", *(["--offline"] if way == "offline" else []))
    assert done.code == 0
    assert done.out.startswith("batch_0: validating, 3 requests, 0 min old, openai/gpt-4o-mini\n")
    assert len(server.calls) == calls


def test_a_provider_that_does_not_answer_is_told_and_the_ledger_answers(
    cli: Cli, server: BatchServer, reports: Path
) -> None:
    submit(cli, reports)
    server.faults["retrieve"].extend([dropped] * 3)
    done = cli("batch", "status")
    assert done.code == 1
    assert "Error: batch_0: no connection to" in done.err
    assert done.out.startswith("batch_0: validating, 3 requests")


def test_status_of_reports_says_which_batch_they_wait_in(cli: Cli, server: BatchServer, reports: Path) -> None:
    submit(cli, reports)
    done = cli("batch", "status", reports, *MODEL)
    assert done.out.startswith("a: without a reply, in batch_0\n")
    assert done.out.endswith("0 with a reply, 3 without\n")
