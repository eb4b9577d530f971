"""`batch fetch`: the whole way, waiting, and what goes wrong on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ...stub.batch_server import BatchServer, Stuck, dropped, expired, refused, usual
from ..conftest import Cli
from ..support import ROAD, lines
from .support import MODEL, about, becomes, killed, replies, states, submit


def test_the_whole_way_gives_the_same_briefs_as_live_answers(
    cli: Cli, server: BatchServer, reports: Path, tmp_path: Path
) -> None:
    submit(cli, reports)
    server.finish(server.newest)
    assert cli("batch", "fetch").code == 0
    calls = len(server.calls)
    by_batch = cli("brief", reports, *MODEL, "-f", "jsonl")
    assert (by_batch.code, len(server.calls)) == (0, calls)
    live = cli("brief", reports, *MODEL, "-f", "jsonl", "--store", tmp_path / "other.sqlite", "--mode", "json_schema")
    assert server.calls.count("chat") == 3
    ours, theirs = lines(by_batch.out), lines(live.out)
    assert [_told(row) for row in ours] == [_told(row) for row in theirs]
    assert all(row["events"] for row in ours)
    costs = [[row["provenance"]["cost_usd"] for row in rows] for rows in (ours, theirs)]
    assert costs[1] == pytest.approx([2 * cost for cost in costs[0]])


def test_a_batch_that_is_not_over_is_left(cli: Cli, server: BatchServer, reports: Path, store: Path) -> None:
    submit(cli, reports)
    server.newest.state, server.newest.done = "in_progress", 1
    done = cli("batch", "fetch")
    assert done.code == 0
    assert done.err == (
        "batch_0: in_progress, 1 done, 0 failed of 3\n1 batches are not over; fetch later, or with --wait\n"
        "0 replies kept, 0 without a reply\n"
    )
    assert states(store)[-1] == ("batch_0", "in_progress")


def test_wait_looks_again_until_all_are_over_and_tells_what_has_changed(
    cli: Cli, server: BatchServer, reports: Path, store: Path
) -> None:
    submit(cli, reports, "--max-requests", "2")
    steps = [becomes("in_progress"), becomes("in_progress"), becomes("in_progress", 1), server.finish, server.finish]
    server.at_retrieve.extend(steps)
    done = cli("batch", "fetch", "--wait")
    assert done.code == 0
    assert done.err.startswith(
        "batch_0: in_progress, 0 done, 0 failed of 2\nbatch_1: in_progress, 0 done, 0 failed of 1\n"
        "batch_0: in_progress, 1 done, 0 failed of 2\nbatch_1: completed, 1 done, 0 failed of 1\n"
        "batch_0: completed, 2 done, 0 failed of 2\n3 replies kept"
    )
    assert states(store).count(("batch_0", "in_progress")) == 1


def test_wait_outlives_a_provider_that_is_away_for_a_while(cli: Cli, server: BatchServer, reports: Path) -> None:
    submit(cli, reports)
    server.faults["retrieve"].extend([refused(503, "overloaded")] * 3)
    server.at_retrieve.append(server.finish)
    server.faults["content"].extend([dropped] * 3)
    done = cli("batch", "fetch", "--wait")
    assert done.code == 0
    assert "Error: batch_0: the server answered 503 (overloaded) (tried 3 times)" in done.err
    assert "\n3 replies kept, 0 without a reply" in done.err


def test_done_again_it_keeps_nothing_twice(cli: Cli, server: BatchServer, reports: Path, store: Path) -> None:
    submit(cli, reports)
    server.finish(server.newest)
    cli("batch", "fetch")
    assert cli("batch", "fetch").err == "no batches to fetch\n0 replies kept, 0 without a reply\n"
    again = cli("batch", "fetch", "batch_0")
    assert again.code == 0
    assert again.err.endswith("\n0 replies kept, 0 without a reply, 3 known before\n")
    assert replies(store) == 3


def test_killed_in_the_middle_the_same_command_does_the_rest(
    cli: Cli, server: BatchServer, reports: Path, store: Path
) -> None:
    submit(cli, reports)
    server.finish(server.newest, about(ROAD, expired), "expired")
    stuck = Stuck()
    server.faults["content"].extend([usual, stuck])
    killed(stuck, store, "batch", "fetch")
    assert replies(store) == 2
    done = cli("batch", "fetch")
    assert "0 replies kept, 1 without a reply, 2 known before\n" in done.err
    assert replies(store) == 2
    assert states(store)[-1] == ("batch_0", "fetched")


def test_a_batch_the_provider_does_not_know_is_told_and_the_others_are_fetched(
    cli: Cli, server: BatchServer, reports: Path
) -> None:
    submit(cli, reports, "--max-requests", "2")
    del server.batches["batch_0"]
    server.finish(server.newest)
    done = cli("batch", "fetch")
    assert done.code == 1
    assert "Error: batch_0: the provider knows no such batch (the server answered 404" in done.err
    assert "Check the id, and whose key is set" in done.err
    assert "1 replies kept" in done.err


def test_a_batch_of_another_store_is_told(cli: Cli, server: BatchServer, reports: Path, tmp_path: Path) -> None:
    submit(cli, reports, "--store", tmp_path / "other.sqlite")
    done = cli("batch", "fetch", "batch_0")
    assert done.code == 2
    assert "this store knows no batch batch_0" in done.err
    assert "submitted from another store is reached with its --store" in done.err
    submit(cli, reports)
    assert "Its batches are: batch_1;" in cli("batch", "fetch", "batch_0").err


def test_a_wrong_key_is_told_once(
    cli: Cli, server: BatchServer, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit(cli, reports, "--max-requests", "1")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-none")
    done = cli("batch", "fetch", "--wait")
    assert done.code == 3
    assert done.err.count("did not accept the key") == 1


def test_batches_of_two_servers_are_fetched_together(cli: Cli, server: BatchServer, reports: Path) -> None:
    with BatchServer() as own:
        submit(cli, reports)
        submit(cli, reports, "--base-url", own.url)
        own.newest.id = "own_0"
        for each in (server, own):
            each.finish(each.newest)
        done = cli("batch", "fetch")
    assert done.code == 0
    assert "6 replies kept, 0 without a reply; 3 of them cost $" in done.err


@pytest.mark.parametrize("state", ["validating", "in_progress", "finalizing", "cancelling"])
def test_a_batch_that_is_not_over_holds_its_requests(
    cli: Cli, server: BatchServer, reports: Path, store: Path, state: str
) -> None:
    submit(cli, reports)
    server.newest.state = state
    done = cli("batch", "fetch")
    assert done.code == 0
    assert f"batch_0: {state}, 0 done, 0 failed of 3\n1 batches are not over; fetch later, or with --wait\n" in done.err
    assert states(store)[-1] == ("batch_0", state)
    assert "0 requests submitted in 0 batches, 3 wait in earlier ones" in submit(cli, reports).err


def test_a_busy_provider_is_asked_again(cli: Cli, server: BatchServer, reports: Path) -> None:
    submit(cli, reports)
    server.finish(server.newest)
    for route in ("retrieve", "content"):
        server.faults[route].append(refused(429, "Rate limit reached", "rate_limit_exceeded", **{"Retry-After": "0"}))
    assert cli("batch", "fetch").code == 0
    assert server.calls[-4:] == ["retrieve", "retrieve", "content", "content"]


def _told(brief: dict[str, Any]) -> dict[str, Any]:
    """A brief without what says how and when it was asked for."""
    kept = ("model", "prompt", "schema_hash", "input_tokens", "output_tokens")
    return {**brief, "provenance": {name: brief["provenance"].get(name) for name in kept}}
