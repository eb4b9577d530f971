"""What comes of a batch: replies at half the price, and what has none is told by document and goes out again."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest

from ...stub.batch_server import BatchServer, expired, failed, half
from ..conftest import Cli
from ..support import BRIDGE, ROAD, lines
from .support import MODEL, about, message_of, nothing, replies, states, submit


def test_replies_of_a_batch_cost_half_and_the_last_line_says_what_was_saved(
    cli: Cli, server: BatchServer, reports: Path
) -> None:
    submit(cli, reports)
    server.finish(server.newest)
    done = cli("batch", "fetch")
    each = (1000 * 0.15 + 100 * 0.60) / 1e6 / 2
    said = f"3 replies kept, 0 without a reply; they cost ${3 * each:.6f}, ${3 * each:.6f} less than live\n"
    assert done.err == f"batch_0: completed, 3 done, 0 failed of 3\n{said}"
    brief = lines(cli("brief", reports, *MODEL, "-f", "jsonl").out)[0]
    assert brief["provenance"]["cost_usd"] == pytest.approx(each)


def test_a_server_of_one_s_own_has_no_price(cli: Cli, reports: Path) -> None:
    with BatchServer() as own:
        submit(cli, reports, "--base-url", own.url)
        own.finish(own.newest)
        assert cli("batch", "fetch").err.endswith("\n3 replies kept, 0 without a reply\n")
        done = cli("brief", reports, *MODEL, "--base-url", own.url, "-f", "jsonl")
        assert [row["provenance"]["cost_usd"] for row in lines(done.out)] == [None] * 3


def test_an_expired_batch_gives_what_it_has_and_the_rest_goes_out_again(
    cli: Cli, server: BatchServer, reports: Path
) -> None:
    submit(cli, reports)
    server.finish(server.newest, about(ROAD, expired), "expired")
    done = cli("batch", "fetch")
    assert done.code == 1
    assert (
        "Error: batch_0: b: the batch failed for it (no answer: This request could not be executed before the "
        "completion window. (batch_expired))\n"
    ) in done.err
    assert "batch_0: the next submit sends 1 requests again\n" in done.err
    assert "2 replies kept, 1 without a reply" in done.err
    assert re.search(r"\nb: waits for a reply of \S+ \(\w+\), to be submitted again\n", cli("batch", "status").out)
    submit(cli, reports)
    (again,) = server.newest.rows
    assert ROAD in message_of(again)
    server.finish(server.newest)
    cli("batch", "fetch")
    assert [row["document"]["id"] for row in lines(cli("brief", reports, *MODEL, "-f", "jsonl").out)] == ["a", "b", "c"]


def test_a_batch_with_an_error_file_alone_is_told_and_goes_out_again(
    cli: Cli, server: BatchServer, reports: Path
) -> None:
    submit(cli, reports)
    server.finish(server.newest, failed)
    done = cli("batch", "fetch")
    assert done.code == 3
    assert done.err.count("the batch failed for it (400: Invalid schema)") == 3
    assert "3 requests submitted in 1 batches" in submit(cli, reports).err


def test_a_refused_file_is_told_by_line_and_document_and_goes_out_again(
    cli: Cli, server: BatchServer, reports: Path
) -> None:
    submit(cli, reports)
    batch = server.newest
    batch.state = "failed"
    batch.faults = [
        {"code": "invalid_json_line", "line": 2, "message": "This line is not parseable.", "param": None},
        {"code": "token_limit_exceeded", "line": None, "message": "Enqueued token limit reached."},
    ]
    status = cli("batch", "status")
    assert "batch_0: failed, 0 done, 0 failed of 3" in status.out
    assert "  line 2 (b): This line is not parseable. (invalid_json_line)\n" in status.out
    done = cli("batch", "fetch")
    assert done.code == 3
    assert "Error: batch_0: line 2 (b): This line is not parseable. (invalid_json_line)\n" in done.err
    assert "Error: batch_0: Enqueued token limit reached. (token_limit_exceeded)\n" in done.err
    assert "Error: batch_0: the provider refused it; the next submit sends its requests again\n" in done.err
    assert "0 replies kept, 3 without a reply" in done.err
    assert "3 requests submitted in 1 batches" in submit(cli, reports).err


def test_garbage_among_the_results_costs_nothing_else(
    cli: Cli, server: BatchServer, reports: Path, store: Path
) -> None:
    submit(cli, reports)
    server.finish(server.newest)
    assert server.newest.outputs is not None
    good = server.files[server.newest.outputs].split(b"\n")
    server.files[server.newest.outputs] = b"\n".join([b"\xff\xfe", b"{", b"[]", *good[:2], good[2][:50]])
    done = cli("batch", "fetch")
    assert done.code == 1
    assert done.err.count("it is no line of a batch result") == 4
    assert "no reply, the batch is completed" in done.err
    assert replies(store) == 2


def test_a_download_that_breaks_off_is_begun_again(cli: Cli, server: BatchServer, reports: Path, store: Path) -> None:
    submit(cli, reports)
    server.finish(server.newest)
    server.faults["content"].extend([half, half])
    assert cli("batch", "fetch").code == 0
    assert server.calls.count("content") == 3
    assert replies(store) == 3


def test_results_that_the_provider_has_no_more_free_their_requests(
    cli: Cli, server: BatchServer, reports: Path
) -> None:
    submit(cli, reports)
    server.finish(server.newest)
    assert server.newest.outputs is not None
    del server.files[server.newest.outputs]
    done = cli("batch", "fetch")
    assert done.code == 3
    assert "the provider has this file no more" in done.err
    assert "3 requests submitted in 1 batches" in submit(cli, reports).err


def test_failures_are_told_by_document_whatever_the_kind_and_go_out_again(
    cli: Cli, server: BatchServer, reports: Path
) -> None:
    submit(cli, reports)
    busy = partial(failed, status=429, message="Rate limit reached")
    server.finish(server.newest, about(BRIDGE, failed, about(ROAD, busy)))
    done = cli("batch", "fetch")
    assert done.code == 1
    assert "Error: batch_0: a: the batch failed for it (400: Invalid schema)\n" in done.err
    assert "Error: batch_0: b: the batch failed for it (429: Rate limit reached)\n" in done.err
    assert "batch_0: the next submit sends 2 requests again\n1 replies kept, 2 without a reply; they cost $" in done.err
    submit(cli, reports)
    assert [text in message_of(row) for text, row in zip((BRIDGE, ROAD), server.newest.rows, strict=True)] == [True] * 2


@pytest.mark.parametrize("state", ["completed", "expired", "cancelled"])
def test_what_a_batch_that_is_over_has_is_kept_and_the_rest_is_free(
    cli: Cli, server: BatchServer, reports: Path, store: Path, state: str
) -> None:
    submit(cli, reports)
    server.finish(server.newest, about(ROAD, nothing), state)
    done = cli("batch", "fetch")
    assert done.code == 1
    assert f"Error: batch_0: b: no reply, the batch is {state}\n" in done.err
    assert "2 replies kept, 1 without a reply" in done.err
    assert (replies(store), states(store)[-1]) == (2, ("batch_0", "fetched"))
    assert "1 requests submitted in 1 batches" in submit(cli, reports).err
