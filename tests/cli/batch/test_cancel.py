"""`batch cancel`."""

from __future__ import annotations

from pathlib import Path

from ...stub.batch_server import BatchServer, refused
from ..conftest import Cli, Outcome
from ..support import ROAD
from .support import about, nothing, submit


def test_a_batch_is_stopped_and_what_it_has_can_be_fetched(cli: Cli, server: BatchServer, reports: Path) -> None:
    submit(cli, reports)
    done = cli("batch", "cancel", "batch_0")
    assert done.code == 0
    assert done.err == "batch_0: cancelling; `summarizer batch fetch` gets what is answered\n"
    assert "3 wait in earlier ones" in submit(cli, reports).err
    server.finish(server.newest, about(ROAD, nothing), "cancelled")
    assert "2 replies kept" in cli("batch", "fetch").err
    assert "1 requests submitted" in submit(cli, reports).err


def test_all_that_are_not_over_are_stopped(cli: Cli, server: BatchServer, reports: Path) -> None:
    submit(cli, reports, "--max-requests", "1")
    server.finish(server.batches["batch_1"])
    done = cli("batch", "cancel", "--all")
    assert done.code == 0
    assert [batch.state for batch in server.batches.values()] == ["cancelling", "completed", "cancelling"]
    assert "batch_1: completed" in done.err


def test_a_busy_provider_is_asked_again(cli: Cli, server: BatchServer, reports: Path) -> None:
    submit(cli, reports)
    server.faults["cancel"].append(refused(429, "Rate limit reached", "rate_limit_exceeded", **{"Retry-After": "0"}))
    assert cli("batch", "cancel", "batch_0").code == 0
    assert server.calls[-2:] == ["cancel", "cancel"]


def test_naming_none_is_wrong_use(cli: Cli) -> None:
    done = cli("batch", "cancel")
    assert done.code == 2
    assert "Name the batches to cancel, or say --all." in done.err


def test_nothing_to_cancel_is_told(cli: Cli) -> None:
    assert cli("batch", "cancel", "--all") == Outcome(0, "", "no batches to cancel\n")


def test_naming_a_batch_that_the_provider_does_not_know_frees_its_requests(
    cli: Cli, server: BatchServer, reports: Path
) -> None:
    submit(cli, reports)
    server.batches.clear()
    assert cli("batch", "cancel", "--all").code == 3
    assert "3 wait in earlier ones" in submit(cli, reports).err
    assert "the provider knows no such batch" in cli("batch", "cancel", "batch_0").err
    assert "3 requests submitted" in submit(cli, reports).err
