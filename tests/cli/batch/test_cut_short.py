"""A submission that was cut short between the provider and the ledger: nothing is paid for twice."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from ...stub.batch_server import BatchServer, Fault, StubBatch, Stuck, dropped, lost, page, refused, usual
from ..conftest import Cli
from .support import MODEL, killed, states, submit

TAKEN_UP = "batch_0: its submission was cut short, but the provider has it; it is taken up\n"


def test_a_batch_whose_making_was_not_confirmed_is_found_and_not_made_twice(
    cli: Cli, server: BatchServer, reports: Path, store: Path
) -> None:
    server.faults["create"].append(lost)
    done = submit(cli, reports)
    assert done.code == 0
    assert "it was not clear whether the provider took it; it did: batch batch_0\n" in done.err
    assert server.calls == ["list", "upload", "create", "list"]
    assert states(store)[-1] == ("batch_0", "validating")


@pytest.mark.parametrize("fault", [refused(503, "overloaded"), dropped, page], ids=["503", "dropped", "page"])
def test_a_batch_that_is_not_in_the_provider_s_list_is_made_and_said_so(
    cli: Cli, server: BatchServer, reports: Path, fault: Fault
) -> None:
    server.faults["create"].append(fault)
    done = submit(cli, reports)
    assert done.code == 0
    assert "its list has no such batch, so it is submitted again\n" in done.err
    assert server.calls == ["list", "upload", "create", "list", "create"]
    assert len(server.batches) == 1


def test_an_outcome_that_stays_unknown_is_told_and_found_out_by_the_next_submit(
    cli: Cli, server: BatchServer, reports: Path, store: Path
) -> None:
    server.faults["create"].append(lost)
    server.faults["list"].extend([usual, *[refused(503, "overloaded")] * 3])
    done = submit(cli, reports)
    assert done.code == 3
    assert re.sub("[0-9a-f]{16}", "…", done.err) == (
        "Error: summarizer-…: it is not known whether the provider made this batch (the list of batches: the server "
        "answered 503 (overloaded) (tried 3 times)). The next submit looks for it by this name in the provider's "
        "list, and submits nothing twice\n0 requests submitted in 0 batches; the same command submits the rest\n"
    )
    assert states(store) == [("", "submitting")]
    again = submit(cli, reports)
    assert again.code == 0
    assert TAKEN_UP in again.err
    assert "0 requests submitted in 0 batches, 3 wait in earlier ones" in again.err
    assert len(server.batches) == 1


def test_a_submit_that_is_killed_before_the_provider_answers_is_taken_up_by_the_next(
    cli: Cli, server: BatchServer, reports: Path, store: Path
) -> None:
    stuck = Stuck()
    server.faults["create"].append(stuck)
    killed(stuck, store, "batch", "submit", reports, *MODEL)
    assert states(store) == [("", "submitting")]
    again = submit(cli, reports)
    assert TAKEN_UP in again.err
    assert "0 requests submitted in 0 batches, 3 wait in earlier ones" in again.err
    server.finish(server.newest)
    assert "3 replies kept, 0 without a reply" in cli("batch", "fetch").err
    assert "3 reports have their replies already" in submit(cli, reports).err
    assert len(server.batches) == 1


def test_a_submit_that_is_killed_before_the_provider_is_asked_is_made_again(
    cli: Cli, server: BatchServer, reports: Path, store: Path
) -> None:
    stuck = Stuck()
    server.faults["upload"].append(stuck)
    killed(stuck, store, "batch", "submit", reports, *MODEL)
    assert states(store) == []
    assert "\n3 requests submitted in 1 batches; " in submit(cli, reports).err
    assert len(server.batches) == 1


def test_a_submit_that_is_killed_leaves_the_batches_before_as_they_are(
    cli: Cli, server: BatchServer, reports: Path, store: Path
) -> None:
    stuck = Stuck()
    server.faults["create"].extend([usual, stuck])
    killed(stuck, store, "batch", "submit", reports, *MODEL, "--max-requests", "1")
    again = submit(cli, reports, "--max-requests", "1")
    assert TAKEN_UP.replace("batch_0", "batch_1") in again.err
    assert "1 requests submitted in 1 batches, 2 wait in earlier ones" in again.err
    assert [len(batch.rows) for batch in server.batches.values()] == [1, 1, 1]


@pytest.mark.parametrize("command", ["fetch", "status", "cancel"])
def test_every_command_finds_a_batch_that_was_not_confirmed(
    cli: Cli, server: BatchServer, reports: Path, store: Path, command: str
) -> None:
    server.faults["create"].append(lost)
    server.faults["list"].extend([usual, *[dropped] * 3])
    submit(cli, reports)
    done = cli("batch", command, *(["--all"] if command == "cancel" else []))
    assert done.code == 0
    assert TAKEN_UP in done.err
    assert states(store)[1] == ("batch_0", "validating")


def test_a_submission_that_never_reached_the_provider_is_made_again(
    cli: Cli, server: BatchServer, reports: Path, store: Path
) -> None:
    server.faults["create"].extend([dropped] * 3)
    assert "it is not known whether the provider made this batch (no connection to" in submit(cli, reports).err
    assert states(store) == [("", "submitting")]
    done = submit(cli, reports)
    assert "its submission was cut short before the provider had it; its requests are free again\n" in done.err
    assert "3 requests submitted in 1 batches" in done.err


def test_the_provider_s_list_is_read_to_the_page_that_holds_the_batch(
    cli: Cli, server: BatchServer, reports: Path
) -> None:
    server.page = 2
    server.faults["create"].append(lost)
    others = {f"other_{n}": StubBatch(f"other_{n}", "", {}, []) for n in range(4)}

    async def crowded(request: Any, handler: Any) -> Any:
        server.batches |= others
        return await handler(request)

    server.faults["list"].extend([usual, crowded])
    assert "it did: batch batch_0" in submit(cli, reports).err
    assert server.calls.count("list") == 4


class TestAServerThatDoesNotListItsBatches:
    """Nobody can say whether it has made a batch; its requests are held until the user frees them."""

    @pytest.fixture(autouse=True)
    def _no_list(self, server: BatchServer) -> None:
        server.faults["list"].extend([refused(405, "Method Not Allowed")] * 9)

    def test_it_takes_batches(self, cli: Cli, server: BatchServer, reports: Path) -> None:
        assert submit(cli, reports).code == 0
        server.finish(server.newest)
        assert "3 replies kept" in cli("batch", "fetch").err

    def test_it_is_not_asked_a_second_time_for_what_it_may_have_made(
        self, cli: Cli, server: BatchServer, reports: Path
    ) -> None:
        server.faults["create"].append(lost)
        done = submit(cli, reports)
        assert done.code == 3
        assert (
            "it is not known whether the provider made this batch (the list of batches: the server does not" in done.err
        )
        assert re.search(r"`summarizer batch cancel summarizer-\w{16}` makes its requests free again\n", done.err)
        again = submit(cli, reports)
        assert "its submission was cut short, and the server does not list its batches" in again.err
        assert "0 requests submitted in 0 batches, 3 wait in earlier ones" in again.err
        assert len(server.batches) == 1

    def test_its_requests_are_free_once_the_batch_is_cancelled_by_name(
        self, cli: Cli, server: BatchServer, reports: Path
    ) -> None:
        server.faults["create"].append(lost)
        (label,) = set(re.findall(r"summarizer-\w{16}", submit(cli, reports).err))
        assert "\nno batches to cancel\n" in cli("batch", "cancel", "--all").err
        done = cli("batch", "cancel", label)
        assert done.code == 0
        assert done.err.endswith(f"\n{label}: forgotten; the next submit sends its 3 requests again\n")
        assert "3 requests submitted in 1 batches" in submit(cli, reports).err
