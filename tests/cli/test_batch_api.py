"""`summarizer batch submit`, `fetch`, `status` and `cancel` against a server with OpenAI's batch API."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from summarizer.engines.retry import RetryPolicy
from summarizer.settings import Settings

from ..stub.batch_server import (
    BatchServer,
    StubBatch,
    Stuck,
    dropped,
    expired,
    half,
    lost,
    page,
    refused,
    success,
)  # fmt: skip
from .conftest import Cli, Outcome
from .support import BRIDGE, ROAD, SCHOOL, closed_address, lines, write

MODEL = ["--model", "openai/gpt-4o-mini"]
KEY = "sk-test"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[BatchServer]:
    """OpenAI's API as far as the tests can tell: its address and key are in the environment."""
    with BatchServer(KEY) as running:
        monkeypatch.setenv("OPENAI_BASE_URL", running.url)
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        yield running


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits that a test can afford."""
    policy = RetryPolicy(attempts=3, deadline=60.0, timeout=20.0, first_wait=0.001, longest_wait=0.01)
    monkeypatch.setattr(Settings, "policy", property(lambda _: policy))
    monkeypatch.setattr("summarizer.cli.batch_fetch_run.FIRST_WAIT", 0.0)


@pytest.fixture
def reports(folder: Path) -> Path:
    """Three short reports."""
    return write(folder, a=BRIDGE, b=ROAD, c=SCHOOL)


def submit(cli: Cli, folder: Path, *options: str | Path) -> Outcome:
    return cli("batch", "submit", folder, *MODEL, *options)


def about(
    text: str, then: Callable[[dict[str, Any]], Any], otherwise: Callable[[dict[str, Any]], Any] = success
) -> Any:
    """One answer for the request about a report, another for all others."""
    return lambda row: (then if text in row["body"]["messages"][1]["content"] else otherwise)(row)


def states(store: Path) -> list[tuple[str, str]]:
    """Ids and states in the ledger, each as it was noted."""
    with sqlite3.connect(store) as connection:
        rows = connection.execute("SELECT id, state FROM batches ORDER BY number").fetchall()
    connection.close()
    return rows


def replies(store: Path) -> int:
    """How many replies the store holds."""
    with sqlite3.connect(store) as connection:
        (count,) = connection.execute("SELECT count(*) FROM replies WHERE state = 'answered'").fetchone()
    connection.close()
    return int(count)


class TestSubmit:
    def test_what_export_would_write_is_uploaded_and_submitted(
        self, cli: Cli, server: BatchServer, reports: Path, tmp_path: Path
    ) -> None:
        cli("batch", "export", reports, *MODEL, "-o", tmp_path / "requests.jsonl")
        done = submit(cli, reports)
        assert (done.code, done.out) == (0, "")
        assert done.err == (
            "batch_0: 3 requests submitted\n"
            "3 requests submitted in 1 batches; 0 reports have their replies already\n"
            "`summarizer batch fetch --wait` gets the replies\n"
        )
        assert server.files[server.newest.source] == (tmp_path / "requests.jsonl").read_bytes()

    def test_its_metadata_say_what_a_batch_is(self, cli: Cli, server: BatchServer, reports: Path) -> None:
        submit(cli, reports)
        told = server.newest.metadata
        assert (told["model"], told["requests"]) == ("openai/gpt-4o-mini", "3")
        assert told["made_by"].startswith("summarizer ")
        assert re.fullmatch(r"summarizer-[0-9a-f]{16}", told["summarizer_part"])

    def test_the_ledger_says_that_it_was_asked_for_before_it_says_that_it_was_accepted(
        self, cli: Cli, server: BatchServer, reports: Path, store: Path
    ) -> None:
        submit(cli, reports)
        assert states(store) == [("", "submitting"), ("batch_0", "validating")]

    def test_more_requests_than_a_batch_may_hold_become_several(
        self, cli: Cli, server: BatchServer, reports: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        done = submit(cli, reports, "--max-requests", "2")
        assert "batch_0: 2 requests submitted\nbatch_1: 1 requests submitted\n" in done.err
        assert [len(batch.rows) for batch in server.batches.values()] == [2, 1]
        monkeypatch.setattr("summarizer.engines.batch.MAX_LINES", 1)
        assert "3 requests submitted in 3 batches" in submit(cli, reports, "--temperature", "0").err

    def test_requests_that_wait_in_a_batch_are_not_submitted_again(
        self, cli: Cli, server: BatchServer, folder: Path
    ) -> None:
        submit(cli, write(folder, a=BRIDGE))
        again = submit(cli, folder)
        assert again.code == 0
        assert again.err == (
            "0 requests submitted in 0 batches, 1 wait in earlier ones; 0 reports have their replies already\n"
        )
        submit(cli, write(folder, b=ROAD))
        assert [len(batch.rows) for batch in server.batches.values()] == [1, 1]
        assert ROAD in server.newest.rows[0]["body"]["messages"][1]["content"]

    def test_another_model_is_submitted_though_the_first_one_is_waited_for(
        self, cli: Cli, server: BatchServer, reports: Path
    ) -> None:
        submit(cli, reports)
        assert "3 requests submitted" in cli("batch", "submit", reports, "--model", "openai/gpt-4o").err

    def test_results_that_are_not_fetched_yet_are_waited_for(
        self, cli: Cli, server: BatchServer, reports: Path
    ) -> None:
        submit(cli, reports)
        server.finish(server.newest, about(ROAD, expired), "expired")
        cli("batch", "status")
        assert "0 requests submitted in 0 batches, 3 wait" in submit(cli, reports).err

    def test_a_reply_that_does_not_fit_is_asked_again_by_the_next_submit(
        self, cli: Cli, server: BatchServer, reports: Path
    ) -> None:
        submit(cli, reports)
        server.finish(server.newest, about(ROAD, lambda row: success(row, "{broken")))
        assert cli("batch", "fetch").code == 0
        assert "1 requests submitted in 1 batches; 2 reports" in submit(cli, reports).err
        (again,) = server.newest.rows
        assert [message["role"] for message in again["body"]["messages"]] == ["system", "user", "assistant", "user"]

    def test_bad_reports_are_named_and_the_others_submitted(self, cli: Cli, server: BatchServer, folder: Path) -> None:
        done = submit(cli, write(folder, a=BRIDGE, b=""))
        assert done.code == 1
        assert "Error: EmptyDocument" in done.err
        assert "1 requests submitted in 1 batches" in done.err

    def test_nothing_to_submit_makes_no_batch(self, cli: Cli, server: BatchServer, reports: Path) -> None:
        submit(cli, reports)
        server.finish(server.newest)
        cli("batch", "fetch")
        done = submit(cli, reports)
        assert done.err == "0 requests submitted in 0 batches; 3 reports have their replies already\n"
        assert len(server.batches) == 1

    def test_a_model_of_one_s_own_is_submitted(self, cli: Cli, server: BatchServer, reports: Path) -> None:
        schema = reports.parent / "mine.py"
        schema.write_text('from pydantic import BaseModel\n\n\nclass Note(BaseModel):\n    "A note."\n    title: str\n')
        assert submit(cli, reports, "--schema", f"{schema}:Note").code == 0
        shape = server.newest.rows[0]["body"]["response_format"]["json_schema"]
        assert shape["name"] == "extract_Note"

    def test_quiet_says_errors_alone(self, cli: Cli, server: BatchServer, reports: Path) -> None:
        assert submit(cli, reports, "-q") == Outcome(0, "", "")


class TestTrouble:
    def test_a_busy_provider_is_asked_again(self, cli: Cli, server: BatchServer, reports: Path) -> None:
        busy = refused(429, "Rate limit reached", "rate_limit_exceeded", **{"Retry-After": "0"})
        for route in ("list", "upload", "create"):
            server.faults[route].append(busy)
        assert submit(cli, reports).code == 0
        assert server.calls == ["list", "list", "upload", "upload", "create", "create"]
        assert len(server.batches) == 1

    def test_a_broken_upload_is_sent_again_and_makes_one_batch(
        self, cli: Cli, server: BatchServer, reports: Path
    ) -> None:
        server.faults["upload"].extend([dropped, lost])
        assert submit(cli, reports).code == 0
        assert len(server.batches) == 1

    def test_a_batch_whose_making_was_not_confirmed_is_found_and_not_made_twice(
        self, cli: Cli, server: BatchServer, reports: Path, store: Path
    ) -> None:
        server.faults["create"].append(lost)
        done = submit(cli, reports)
        assert done.code == 0
        assert "it was not clear whether the provider took it; it did: batch batch_0\n" in done.err
        assert server.calls == ["list", "upload", "create", "list"]
        assert states(store)[-1] == ("batch_0", "validating")

    def test_a_batch_that_is_not_in_the_provider_s_list_is_made_and_said_so(
        self, cli: Cli, server: BatchServer, reports: Path
    ) -> None:
        server.faults["create"].append(refused(503, "overloaded"))
        done = submit(cli, reports)
        assert "its list has no such batch, so it is submitted again\n" in done.err
        assert server.calls == ["list", "upload", "create", "list", "create"]
        assert len(server.batches) == 1

    def test_an_outcome_that_stays_unknown_is_told_and_found_out_by_the_next_submit(
        self, cli: Cli, server: BatchServer, reports: Path, store: Path
    ) -> None:
        server.faults["create"].append(lost)
        server.faults["list"].extend([_usual, dropped, dropped])
        done = submit(cli, reports)
        assert done.code == 3
        assert "Error: summarizer-" in done.err
        assert "the provider may have it. The next submit, fetch or status looks for it first\n" in done.err
        assert states(store) == [("", "submitting")]
        again = submit(cli, reports)
        assert again.code == 0
        assert "batch_0: its submission was cut short, but the provider has it; it is taken up\n" in again.err
        assert "0 requests submitted in 0 batches, 3 wait in earlier ones" in again.err
        assert len(server.batches) == 1

    def test_a_submit_that_is_killed_before_the_provider_answers_is_taken_up(
        self, cli: Cli, server: BatchServer, reports: Path, store: Path
    ) -> None:
        stuck = Stuck()
        server.faults["create"].append(stuck)
        command = [sys.executable, "-m", "summarizer", "batch", "submit", str(reports), *MODEL]
        process = subprocess.Popen(
            command, env={**os.environ, "SUMMARIZER_STORE": str(store)}, stderr=subprocess.DEVNULL
        )
        assert stuck.reached.wait(60)
        process.kill()
        process.wait()
        assert states(store) == [("", "submitting")]
        server.finish(server.newest)
        fetched = cli("batch", "fetch")
        assert fetched.code == 0
        assert "batch_0: its submission was cut short, but the provider has it; it is taken up\n" in fetched.err
        assert "3 replies kept" in fetched.err
        assert "3 reports have their replies already" in submit(cli, reports).err
        assert len(server.batches) == 1

    def test_a_submission_that_never_reached_the_provider_is_made_again(
        self, cli: Cli, server: BatchServer, reports: Path, store: Path
    ) -> None:
        server.faults["create"].extend([dropped] * 3)
        assert submit(cli, reports).code == 3
        assert states(store) == [("", "submitting")]
        done = submit(cli, reports)
        assert "its submission was cut short before the provider had it; its requests are free again\n" in done.err
        assert "3 requests submitted in 1 batches" in done.err

    def test_the_provider_s_list_is_read_to_the_page_that_holds_the_batch(
        self, cli: Cli, server: BatchServer, reports: Path
    ) -> None:
        server.page = 2
        server.faults["create"].append(lost)
        others = {f"other_{n}": StubBatch(f"other_{n}", "", {}, []) for n in range(4)}

        async def crowded(request: Any, handler: Any) -> Any:
            server.batches |= others
            return await handler(request)

        server.faults["list"].extend([_usual, crowded])
        assert "it did: batch batch_0" in submit(cli, reports).err
        assert server.calls.count("list") == 4

    def test_a_refused_part_frees_its_requests_and_what_was_submitted_stays(
        self, cli: Cli, server: BatchServer, reports: Path, store: Path
    ) -> None:
        server.faults["create"].extend([_usual, refused(400, "Billing hard limit has been reached")])
        done = submit(cli, reports, "--max-requests", "2")
        assert done.code == 1
        assert "Billing hard limit has been reached" in done.err
        assert "2 requests submitted in 1 batches; the same command submits the rest\n" in done.err
        assert "1 requests submitted in 1 batches, 2 wait in earlier ones" in submit(cli, reports).err

    def test_a_wrong_key_is_told_before_anything_is_read(
        self, cli: Cli, server: BatchServer, reports: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("OPENAI_API_KEY", "sk-none")
        done = submit(cli, reports)
        assert done.code == 3
        assert "the server did not accept the key (401: Incorrect API key provided: sk-none)" in done.err
        assert "Check the API key in the environment" in done.err
        assert server.calls == ["list"]

    def test_a_missing_key_is_told(self, cli: Cli, reports: Path) -> None:
        done = submit(cli, reports)
        assert done.code == 3
        assert "openai needs a key, and OPENAI_API_KEY is not set" in done.err

    @pytest.mark.parametrize("status", [404, 405, 501])
    def test_a_server_without_batches_is_told_with_what_to_do_instead(
        self, cli: Cli, server: BatchServer, reports: Path, status: int
    ) -> None:
        server.faults["list"].append(refused(status, "Not Found"))
        done = submit(cli, reports)
        assert done.code == 2
        assert f"{server.url} has no OpenAI-compatible batch API (the server answered {status}" in done.err
        assert "`summarizer batch export`" in done.err
        assert "`summarizer run`" in done.err

    def test_a_server_without_files_is_told_too(self, cli: Cli, server: BatchServer, reports: Path) -> None:
        server.faults["upload"].append(refused(404, "Not Found"))
        done = submit(cli, reports)
        assert done.code == 3
        assert "has no OpenAI-compatible batch API" in done.err

    def test_a_provider_with_another_api_is_told(self, cli: Cli, reports: Path) -> None:
        done = cli("batch", "submit", reports, "--model", "anthropic/claude-sonnet-4-5")
        assert done.code == 2
        assert "anthropic has no OpenAI-compatible batch API" in done.err

    def test_a_server_that_is_not_there_is_told(self, cli: Cli, reports: Path) -> None:
        done = submit(cli, reports, "--base-url", closed_address())
        assert done.code == 3
        assert "no connection to http://127.0.0.1:" in done.err
        assert "tried 3 times" in done.err

    def test_a_login_page_is_told(self, cli: Cli, server: BatchServer, reports: Path) -> None:
        server.faults["upload"].extend([page] * 3)
        done = submit(cli, reports)
        assert done.code == 3
        assert "none of the batch API's objects (<!DOCTYPE html>" in done.err


class TestFetch:
    def test_the_whole_way_gives_the_same_briefs_as_live_answers(
        self, cli: Cli, server: BatchServer, reports: Path, tmp_path: Path
    ) -> None:
        submit(cli, reports)
        server.finish(server.newest)
        assert cli("batch", "fetch").code == 0
        calls = len(server.calls)
        by_batch = cli("brief", reports, *MODEL, "-f", "jsonl")
        assert (by_batch.code, len(server.calls)) == (0, calls)
        live = cli(
            "brief", reports, *MODEL, "-f", "jsonl", "--store", tmp_path / "other.sqlite", "--mode", "json_schema"
        )
        assert server.calls.count("chat") == 3
        assert [_told(row) for row in lines(by_batch.out)] == [_told(row) for row in lines(live.out)]
        assert lines(by_batch.out)[0]["events"]

    def test_replies_of_a_batch_cost_half_and_the_last_line_says_what_was_saved(
        self, cli: Cli, server: BatchServer, reports: Path
    ) -> None:
        submit(cli, reports)
        server.finish(server.newest)
        done = cli("batch", "fetch")
        each = (1000 * 0.15 + 100 * 0.60) / 1e6 / 2
        said = f"3 replies kept, 0 without a reply; they cost ${3 * each:.6f}, ${3 * each:.6f} less than live\n"
        assert done.err == f"batch_0: completed, 3 done, 0 failed of 3\n{said}"
        brief = lines(cli("brief", reports, *MODEL, "-f", "jsonl").out)[0]
        assert brief["provenance"]["cost_usd"] == pytest.approx(each)

    def test_a_server_of_one_s_own_has_no_price(self, cli: Cli, reports: Path) -> None:
        with BatchServer() as own:
            submit(cli, reports, "--base-url", own.url)
            own.finish(own.newest)
            assert cli("batch", "fetch").err.endswith("\n3 replies kept, 0 without a reply\n")
            done = cli("brief", reports, *MODEL, "--base-url", own.url, "-f", "jsonl")
            assert [row["provenance"]["cost_usd"] for row in lines(done.out)] == [None] * 3

    def test_a_batch_that_is_not_over_is_left(self, cli: Cli, server: BatchServer, reports: Path, store: Path) -> None:
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
        self, cli: Cli, server: BatchServer, reports: Path, store: Path
    ) -> None:
        submit(cli, reports, "--max-requests", "2")
        steps = [_is("in_progress"), _is("in_progress"), _is("in_progress", 1), server.finish, server.finish]
        server.at_retrieve.extend(steps)
        done = cli("batch", "fetch", "--wait")
        assert done.code == 0
        assert done.err.startswith(
            "batch_0: in_progress, 0 done, 0 failed of 2\nbatch_1: in_progress, 0 done, 0 failed of 1\n"
            "batch_0: in_progress, 1 done, 0 failed of 2\nbatch_1: completed, 1 done, 0 failed of 1\n"
            "batch_0: completed, 2 done, 0 failed of 2\n3 replies kept"
        )
        assert states(store).count(("batch_0", "in_progress")) == 1

    def test_wait_outlives_a_provider_that_is_away_for_a_while(
        self, cli: Cli, server: BatchServer, reports: Path
    ) -> None:
        submit(cli, reports)
        server.faults["retrieve"].extend([refused(503, "overloaded")] * 3)
        server.at_retrieve.append(server.finish)
        server.faults["content"].extend([dropped] * 3)
        done = cli("batch", "fetch", "--wait")
        assert done.code == 0
        assert "Error: batch_0: the server answered 503 (overloaded) (tried 3 times)" in done.err
        assert "\n3 replies kept, 0 without a reply" in done.err

    def test_an_expired_batch_gives_what_it_has_and_the_rest_goes_out_again(
        self, cli: Cli, server: BatchServer, reports: Path
    ) -> None:
        submit(cli, reports)
        server.finish(server.newest, about(ROAD, expired), "expired")
        done = cli("batch", "fetch")
        assert done.code == 1
        assert "Error: batch_0: b: the batch failed for it (no answer: " in done.err
        assert "batch_0: the next submit sends 1 requests again\n" in done.err
        assert "2 replies kept, 1 without a reply" in done.err
        assert "b: waits for a reply of openai/gpt-4o-mini" in cli("batch", "status").out
        assert "to be submitted again" in cli("batch", "status").out
        submit(cli, reports)
        assert [ROAD in row["body"]["messages"][1]["content"] for row in server.newest.rows] == [True]

    def test_a_cancelled_batch_names_what_no_file_speaks_of(self, cli: Cli, server: BatchServer, reports: Path) -> None:
        submit(cli, reports)
        server.finish(server.newest, about(ROAD, lambda _: None), "cancelled")
        done = cli("batch", "fetch")
        assert done.code == 1
        assert "Error: batch_0: b: no reply, the batch is cancelled\n" in done.err
        assert "2 replies kept, 1 without a reply" in done.err

    def test_a_batch_with_an_error_file_alone_is_told_and_goes_out_again(
        self, cli: Cli, server: BatchServer, reports: Path
    ) -> None:
        submit(cli, reports)
        server.finish(server.newest, _bad_request)
        done = cli("batch", "fetch")
        assert done.code == 3
        assert done.err.count("the batch failed for it (400: Invalid schema)") == 3
        assert "3 requests submitted in 1 batches" in submit(cli, reports).err

    def test_a_refused_file_is_told_by_line_and_document_and_goes_out_again(
        self, cli: Cli, server: BatchServer, reports: Path
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

    def test_garbage_among_the_results_costs_nothing_else(self, cli: Cli, server: BatchServer, reports: Path) -> None:
        submit(cli, reports)
        server.finish(server.newest)
        assert server.newest.outputs is not None
        good = server.files[server.newest.outputs].split(b"\n")
        server.files[server.newest.outputs] = b"\n".join([b"\xff\xfe", b"{", b"[]", *good[:2], good[2][:50]])
        done = cli("batch", "fetch")
        assert done.code == 1
        assert done.err.count("it is no line of a batch result") == 4
        assert "no reply, the batch is completed" in done.err
        assert replies_of(done) == 2

    def test_a_download_that_breaks_off_is_begun_again(
        self, cli: Cli, server: BatchServer, reports: Path, store: Path
    ) -> None:
        submit(cli, reports)
        server.finish(server.newest)
        server.faults["content"].extend([half, half])
        assert cli("batch", "fetch").code == 0
        assert server.calls.count("content") == 3
        assert replies(store) == 3

    def test_results_that_the_provider_has_no_more_free_their_requests(
        self, cli: Cli, server: BatchServer, reports: Path
    ) -> None:
        submit(cli, reports)
        server.finish(server.newest)
        assert server.newest.outputs is not None
        del server.files[server.newest.outputs]
        done = cli("batch", "fetch")
        assert done.code == 3
        assert "the provider has this file no more" in done.err
        assert "3 requests submitted in 1 batches" in submit(cli, reports).err

    def test_done_again_it_keeps_nothing_twice(self, cli: Cli, server: BatchServer, reports: Path, store: Path) -> None:
        submit(cli, reports)
        server.finish(server.newest)
        cli("batch", "fetch")
        assert cli("batch", "fetch").err == "no batches to fetch\n0 replies kept, 0 without a reply\n"
        again = cli("batch", "fetch", "batch_0")
        assert again.code == 0
        assert again.err.endswith("\n0 replies kept, 0 without a reply, 3 known before\n")
        assert replies(store) == 3

    def test_killed_in_the_middle_the_same_command_does_the_rest(
        self, cli: Cli, server: BatchServer, reports: Path, store: Path
    ) -> None:
        submit(cli, reports)
        server.finish(server.newest, about(ROAD, expired), "expired")
        stuck = Stuck()
        server.faults["content"].extend([_usual, stuck])
        command = [sys.executable, "-m", "summarizer", "batch", "fetch", "--store", str(store)]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        assert stuck.reached.wait(60)
        process.kill()
        process.wait()
        assert replies(store) == 2
        done = cli("batch", "fetch")
        assert "0 replies kept, 1 without a reply, 2 known before\n" in done.err
        assert replies(store) == 2
        assert states(store)[-1] == ("batch_0", "fetched")

    def test_a_batch_the_provider_does_not_know_is_told_and_the_others_are_fetched(
        self, cli: Cli, server: BatchServer, reports: Path
    ) -> None:
        submit(cli, reports, "--max-requests", "2")
        del server.batches["batch_0"]
        server.finish(server.newest)
        done = cli("batch", "fetch")
        assert done.code == 1
        assert "Error: batch_0: the provider knows no such batch (the server answered 404" in done.err
        assert "Check the id, and whose key is set" in done.err
        assert "1 replies kept" in done.err

    def test_a_batch_of_another_store_is_told(
        self, cli: Cli, server: BatchServer, reports: Path, tmp_path: Path
    ) -> None:
        submit(cli, reports, "--store", tmp_path / "other.sqlite")
        done = cli("batch", "fetch", "batch_0")
        assert done.code == 2
        assert "this store knows no batch batch_0" in done.err
        assert "submitted from another store is reached with its --store" in done.err
        submit(cli, reports)
        assert "Its batches are: batch_1;" in cli("batch", "fetch", "batch_0").err

    def test_a_wrong_key_is_told_once(
        self, cli: Cli, server: BatchServer, reports: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        submit(cli, reports, "--max-requests", "1")
        monkeypatch.setenv("OPENAI_API_KEY", "sk-none")
        done = cli("batch", "fetch", "--wait")
        assert done.code == 3
        assert done.err.count("did not accept the key") == 1

    def test_batches_of_two_servers_are_fetched_together(self, cli: Cli, server: BatchServer, reports: Path) -> None:
        with BatchServer() as own:
            submit(cli, reports)
            submit(cli, reports, "--base-url", own.url)
            own.newest.id = "own_0"
            for each in (server, own):
                each.finish(each.newest)
            done = cli("batch", "fetch")
        assert done.code == 0
        assert "6 replies kept, 0 without a reply; 3 of them cost $" in done.err


class TestStatus:
    def test_batches_are_told_with_state_counts_age_and_model(
        self, cli: Cli, server: BatchServer, reports: Path
    ) -> None:
        submit(cli, reports)
        server.newest.state, server.newest.done, server.newest.failed = "in_progress", 1, 1
        done = cli("batch", "status")
        assert (done.code, done.err) == (0, "")
        first, *waiting = done.out.splitlines()
        assert first == "batch_0: in_progress, 1 done, 1 failed of 3, 0 min old, openai/gpt-4o-mini"
        assert re.fullmatch(r"a: waits for a reply of openai/gpt-4o-mini \([0-9a-f]{12}\), in batch_0", waiting[0])
        assert waiting[-1] == "3 requests wait for a reply"

    def test_what_is_over_is_to_be_fetched(self, cli: Cli, server: BatchServer, reports: Path) -> None:
        submit(cli, reports)
        server.finish(server.newest)
        assert "completed, 3 done, 0 failed of 3, 0 min old" in cli("batch", "status").out
        assert "; `summarizer batch fetch` gets it\n" in cli("batch", "status", "--offline").out
        cli("batch", "fetch")
        assert cli("batch", "status").out == "1 batches fetched before\n0 requests wait for a reply\n"

    @pytest.mark.parametrize("way", ["offline", "no key"])
    def test_offline_or_without_a_key_the_ledger_answers(
        self, cli: Cli, server: BatchServer, reports: Path, monkeypatch: pytest.MonkeyPatch, way: str
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
        self, cli: Cli, server: BatchServer, reports: Path
    ) -> None:
        submit(cli, reports)
        server.faults["retrieve"].extend([dropped] * 3)
        done = cli("batch", "status")
        assert done.code == 1
        assert "Error: batch_0: no connection to" in done.err
        assert done.out.startswith("batch_0: validating, 3 requests")

    def test_status_of_reports_says_which_batch_they_wait_in(
        self, cli: Cli, server: BatchServer, reports: Path
    ) -> None:
        submit(cli, reports)
        done = cli("batch", "status", reports, *MODEL)
        assert done.out.startswith("a: without a reply, in batch_0\n")
        assert done.out.endswith("0 with a reply, 3 without\n")


class TestCancel:
    def test_a_batch_is_stopped_and_what_it_has_can_be_fetched(
        self, cli: Cli, server: BatchServer, reports: Path
    ) -> None:
        submit(cli, reports)
        done = cli("batch", "cancel", "batch_0")
        assert done.code == 0
        assert done.err == "batch_0: cancelling; `summarizer batch fetch` gets what is answered\n"
        assert "3 wait in earlier ones" in submit(cli, reports).err
        server.finish(server.newest, about(ROAD, lambda _: None), "cancelled")
        assert "2 replies kept" in cli("batch", "fetch").err
        assert "1 requests submitted" in submit(cli, reports).err

    def test_all_that_are_not_over_are_stopped(self, cli: Cli, server: BatchServer, reports: Path) -> None:
        submit(cli, reports, "--max-requests", "1")
        server.finish(server.batches["batch_1"])
        done = cli("batch", "cancel", "--all")
        assert done.code == 0
        assert [batch.state for batch in server.batches.values()] == ["cancelling", "completed", "cancelling"]
        assert "batch_1: completed" in done.err

    def test_naming_none_is_wrong_use(self, cli: Cli) -> None:
        done = cli("batch", "cancel")
        assert done.code == 2
        assert "Name the batches to cancel, or say --all." in done.err

    def test_nothing_to_cancel_is_told(self, cli: Cli) -> None:
        assert cli("batch", "cancel", "--all") == Outcome(0, "", "no batches to cancel\n")

    def test_naming_a_batch_that_the_provider_does_not_know_frees_its_requests(
        self, cli: Cli, server: BatchServer, reports: Path
    ) -> None:
        submit(cli, reports)
        server.batches.clear()
        assert cli("batch", "cancel", "--all").code == 3
        assert "3 wait in earlier ones" in submit(cli, reports).err
        assert "the provider knows no such batch" in cli("batch", "cancel", "batch_0").err
        assert "3 requests submitted" in submit(cli, reports).err


async def _usual(request: Any, handler: Any) -> Any:
    """The usual answer, where a fault comes later."""
    return await handler(request)


def _is(state: str, done: int = 0) -> Callable[[StubBatch], None]:
    def change(batch: StubBatch) -> None:
        batch.state, batch.done = state, done

    return change


def _bad_request(row: dict[str, Any]) -> dict[str, Any]:
    response = {"status_code": 400, "body": {"error": {"message": "Invalid schema"}}}
    return {"custom_id": row["custom_id"], "response": response, "error": None}


def _told(brief: dict[str, Any]) -> dict[str, Any]:
    """A brief without what says how and when it was asked for."""
    kept = ("model", "prompt", "schema_hash", "input_tokens", "output_tokens")
    return {**brief, "provenance": {name: brief["provenance"].get(name) for name in kept}}


def replies_of(done: Outcome) -> int:
    """How many replies the last line says were kept."""
    found = re.search(r"(\d+) replies kept", done.err)
    assert found
    return int(found[1])
