"""`batch submit`: what is uploaded, in which parts, and what is held back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ...stub.batch_server import BatchServer, expired, success
from ..conftest import Cli, Outcome
from ..support import BRIDGE, ROAD, write
from .support import MODEL, about, message_of, states, submit


def test_what_export_would_write_is_uploaded_and_submitted(
    cli: Cli, server: BatchServer, reports: Path, tmp_path: Path
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


def test_its_metadata_say_what_a_batch_is(cli: Cli, server: BatchServer, reports: Path) -> None:
    submit(cli, reports)
    told = server.newest.metadata
    assert (told["model"], told["requests"]) == ("openai/gpt-4o-mini", "3")
    assert told["made_by"].startswith("summarizer ")
    assert re.fullmatch(r"summarizer-[0-9a-f]{16}", told["summarizer_part"])


def test_the_ledger_says_that_it_was_asked_for_before_it_says_that_it_was_accepted(
    cli: Cli, server: BatchServer, reports: Path, store: Path
) -> None:
    submit(cli, reports)
    assert states(store) == [("", "submitting"), ("batch_0", "validating")]


def test_more_requests_than_a_batch_may_hold_become_several(
    cli: Cli, server: BatchServer, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = submit(cli, reports, "--max-requests", "2")
    assert "batch_0: 2 requests submitted\nbatch_1: 1 requests submitted\n" in done.err
    assert [len(batch.rows) for batch in server.batches.values()] == [2, 1]
    monkeypatch.setattr("summarizer.engines.batch.MAX_LINES", 1)
    assert "3 requests submitted in 3 batches" in submit(cli, reports, "--temperature", "0").err


def test_requests_that_pass_the_size_of_a_batch_become_several(
    cli: Cli, server: BatchServer, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit(cli, reports)
    whole = len(server.files[server.newest.source])
    monkeypatch.setattr("summarizer.engines.batch.MAX_BYTES", whole - 1)
    done = submit(cli, reports, "--temperature", "0")  # 16 bytes more in each request
    assert "3 requests submitted in 2 batches" in done.err
    sizes = [len(server.files[batch.source]) for batch in list(server.batches.values())[1:]]
    assert sum(sizes) > whole > max(sizes)


def test_requests_that_wait_in_a_batch_are_not_submitted_again(cli: Cli, server: BatchServer, folder: Path) -> None:
    submit(cli, write(folder, a=BRIDGE))
    again = submit(cli, folder)
    assert again.code == 0
    assert again.err == (
        "0 requests submitted in 0 batches, 1 wait in earlier ones; 0 reports have their replies already\n"
    )
    submit(cli, write(folder, b=ROAD))
    assert [len(batch.rows) for batch in server.batches.values()] == [1, 1]
    assert ROAD in message_of(server.newest.rows[0])


def test_another_model_is_submitted_though_the_first_one_is_waited_for(
    cli: Cli, server: BatchServer, reports: Path
) -> None:
    submit(cli, reports)
    assert "3 requests submitted" in cli("batch", "submit", reports, "--model", "openai/gpt-4o").err


def test_results_that_are_not_fetched_yet_are_waited_for(cli: Cli, server: BatchServer, reports: Path) -> None:
    submit(cli, reports)
    server.finish(server.newest, about(ROAD, expired), "expired")
    cli("batch", "status")
    assert "0 requests submitted in 0 batches, 3 wait" in submit(cli, reports).err


def test_a_reply_that_does_not_fit_is_asked_again_by_the_next_submit(
    cli: Cli, server: BatchServer, reports: Path
) -> None:
    submit(cli, reports)
    server.finish(server.newest, about(ROAD, lambda row: success(row, "{broken")))
    assert cli("batch", "fetch").code == 0
    assert "1 requests submitted in 1 batches; 2 reports" in submit(cli, reports).err
    (again,) = server.newest.rows
    assert [message["role"] for message in again["body"]["messages"]] == ["system", "user", "assistant", "user"]


def test_bad_reports_are_named_and_the_others_submitted(cli: Cli, server: BatchServer, folder: Path) -> None:
    done = submit(cli, write(folder, a=BRIDGE, b=""))
    assert done.code == 1
    assert "Error: EmptyDocument" in done.err
    assert "1 requests submitted in 1 batches" in done.err


def test_nothing_to_submit_makes_no_batch(cli: Cli, server: BatchServer, reports: Path) -> None:
    submit(cli, reports)
    server.finish(server.newest)
    cli("batch", "fetch")
    done = submit(cli, reports)
    assert done.err == "0 requests submitted in 0 batches; 3 reports have their replies already\n"
    assert len(server.batches) == 1


def test_a_model_of_one_s_own_is_submitted(cli: Cli, server: BatchServer, reports: Path) -> None:
    schema = reports.parent / "mine.py"
    schema.write_text('from pydantic import BaseModel\n\n\nclass Note(BaseModel):\n    "A note."\n    title: str\n')
    assert submit(cli, reports, "--schema", f"{schema}:Note").code == 0
    shape = server.newest.rows[0]["body"]["response_format"]["json_schema"]
    assert shape["name"] == "extract_Note"


def test_quiet_says_errors_alone(cli: Cli, server: BatchServer, reports: Path) -> None:
    assert submit(cli, reports, "-q") == Outcome(0, "", "")


def test_a_dossier_is_said_to_have_all_it_needs(cli: Cli, server: BatchServer, reports: Path) -> None:
    assert "3 requests submitted" in submit(cli, reports, "--dossier").err
    server.finish(server.newest)
    cli("batch", "fetch")
    done = submit(cli, reports, "--dossier")
    assert done.err.endswith("\nnothing is missing: `summarizer dossier` can be run\n")
