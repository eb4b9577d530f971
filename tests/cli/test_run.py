"""`summarizer run`: every report is a record once, in order, whatever happens to the process, the server or the budget."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from summarizer.bulk import Journal, Record, Spent, record_of
from summarizer.errors import InputError
from summarizer.models.brief import Brief
from summarizer.models.outcome import Failure

from ..stub.behaviours import Answer, Received, failure, ok
from ..stub.server import StubServer
from .conftest import Cli, Outcome

MODEL = ("--model", "openai/stub")


def text(number: int) -> str:
    return f"The bridge number {number} was opened again by Mayor Ada Holm. It had been closed for {number} weeks."


def reports(path: Path, numbers: Iterator[int] | range | list[int]) -> Path:
    path.write_text("".join(json.dumps({"id": f"r{n}", "text": text(n), "language": "en"}) + "\n" for n in numbers))
    return path


def records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def ids(path: Path) -> list[str]:
    return [r["document"] if isinstance(r["document"], str) else r["document"]["id"] for r in records(path)]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[StubServer]:
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    monkeypatch.setenv("SUMMARIZER_ATTEMPTS", "2")
    with StubServer(keep=10_000) as stub:
        monkeypatch.setenv("SUMMARIZER_BASE_URL", stub.url)
        yield stub


def failing(*numbers: int) -> Any:
    """A server that refuses these reports for good."""

    def answer(request: Received) -> Answer:
        wanted = any(f"bridge number {n} was" in request.text for n in numbers)
        return failure(400, "no such thing")(request) if wanted else ok(request)

    return answer


def test_each_report_is_a_record_in_the_order_of_the_inputs(cli: Cli, tmp_path: Path, server: StubServer) -> None:
    source, out = reports(tmp_path / "in.jsonl", range(40)), tmp_path / "out.jsonl"
    done = cli("run", source, "--out", out, *MODEL)
    assert done.code == 0
    assert ids(out) == [f"r{n}" for n in range(40)]
    assert all(Brief.model_validate(fuller(record)).headline for record in records(out))
    assert "40 reports: 40 done" in done.err
    assert "40 replies (40 requests):" in done.err
    assert "bytes of prompt" in done.err
    assert [path.name for path in tmp_path.iterdir() if "out.jsonl" in path.name] == ["out.jsonl"]


def fuller(record: dict[str, Any]) -> dict[str, Any]:
    """A record with what a run leaves out of the provenance."""
    left_out = {"engine": "live", "recorded": False, "attempts": 1, "cost_usd": None, "seconds": 0.0, "replied": None}
    return record | {"provenance": record["provenance"] | left_out}


def test_what_depends_on_the_moment_is_no_part_of_a_record(cli: Cli, tmp_path: Path, server: StubServer) -> None:
    source, out = reports(tmp_path / "in.jsonl", range(5)), tmp_path / "out.jsonl"
    cli("run", source, "--out", out, *MODEL)
    first = out.read_bytes()
    cli("run", source, "--out", out, *MODEL)
    assert out.read_bytes() == first
    assert server.counts["requests"] == 5
    assert {"request", "model", "prompt_hash", "input_tokens"} <= set(records(out)[0]["provenance"])


def test_failures_are_records_with_their_reason(cli: Cli, tmp_path: Path, server: StubServer) -> None:
    server.always(failing(3))
    source, out = reports(tmp_path / "in.jsonl", range(6)), tmp_path / "out.jsonl"
    with source.open("a") as stream:
        stream.write('{"id": "broken"}\n')
    done = cli("run", source, "--out", out, *MODEL)
    assert done.code == 1
    failed = [record for record in records(out) if isinstance(record["document"], str)]
    assert [record["document"] for record in failed] == ["r3", "in.jsonl:7"] or "in.jsonl:7" in failed[1]["document"]
    assert "no such thing" in failed[0]["message"]
    assert "--retry-failed" in done.err
    assert "7 reports: 5 done, 2 failed" in done.err


def test_what_failed_is_tried_again_and_the_rest_stays(cli: Cli, tmp_path: Path, server: StubServer) -> None:
    server.always(failing(3, 5))
    source, out = reports(tmp_path / "in.jsonl", range(8)), tmp_path / "out.jsonl"
    cli("run", source, "--out", out, *MODEL)
    before, asked = records(out), server.counts["requests"]
    server.always(failing(5))
    done = cli("run", source, "--out", out, *MODEL, "--retry-failed")
    assert done.code == 1
    assert server.counts["requests"] == asked + 2
    after = records(out)
    assert ids(out) == [f"r{n}" for n in range(8)]
    assert [n for n in range(8) if after[n] != before[n]] == [3]
    assert isinstance(after[5]["document"], str)
    server.always(ok)
    assert cli("run", source, "--out", out, *MODEL, "--retry-failed").code == 0
    again = cli("run", source, "--out", out, *MODEL, "--retry-failed")
    assert again.code == 0
    assert "nothing failed" in again.err


def test_a_reply_that_was_of_no_use_is_asked_anew_when_failures_are_retried(
    cli: Cli, tmp_path: Path, server: StubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMARIZER_REASKS", "0")
    source, out = reports(tmp_path / "in.jsonl", range(3)), tmp_path / "out.jsonl"
    server.script("invalid", "invalid", "invalid")
    assert cli("run", source, "--out", out, *MODEL).code == 3
    time.sleep(1.1)  # replies are dated to the second
    assert cli("run", source, "--out", out, *MODEL, "--retry-failed").code == 0
    assert server.counts["requests"] == 6


def test_to_retry_without_an_output_is_refused(cli: Cli, tmp_path: Path, server: StubServer) -> None:
    done = cli(
        "run", reports(tmp_path / "in.jsonl", range(3)), "--out", tmp_path / "no.jsonl", *MODEL, "--retry-failed"
    )
    assert done.code == 3
    assert "there is no finished output" in done.err


def stopped_after(cli: Cli, source: Path, out: Path, tokens: int, *more: str) -> Outcome:
    return cli("run", source, "--out", out, *MODEL, "--max-total-tokens", str(tokens), *more)


@pytest.mark.parametrize("order", [(), ("--unordered",)])
def test_a_spent_budget_stops_and_a_larger_one_goes_on(
    cli: Cli, tmp_path: Path, server: StubServer, order: tuple[str, ...]
) -> None:
    source, out = reports(tmp_path / "in.jsonl", range(60)), tmp_path / "out.jsonl"
    done = stopped_after(cli, source, out, 30_000, "--jobs", "2", *order)
    assert done.code == 1
    assert "the budget is spent after" in done.err
    assert not out.exists()
    asked = server.counts["requests"]
    assert 2 <= asked < 40
    assert cli("run", source, "--out", out, *MODEL, *order).code == 0
    assert sorted(ids(out)) == sorted(f"r{n}" for n in range(60))
    assert server.counts["requests"] == 60


def test_the_budget_of_a_run_holds_over_all_its_processes(cli: Cli, tmp_path: Path, server: StubServer) -> None:
    source, out = reports(tmp_path / "in.jsonl", range(60)), tmp_path / "out.jsonl"
    stopped_after(cli, source, out, 30_000, "--jobs", "2")
    asked = server.counts["requests"]
    done = stopped_after(cli, source, out, 30_000, "--jobs", "2")
    assert done.code == 1
    assert server.counts["requests"] == asked


def test_what_is_counted_is_what_the_replies_took(cli: Cli, tmp_path: Path, server: StubServer) -> None:
    source, out = reports(tmp_path / "in.jsonl", range(60)), tmp_path / "out.jsonl"
    for budget in (30_000, 90_000):
        stopped_after(cli, source, out, budget, "--jobs", "4")
        saved = json.loads(out.with_name("out.jsonl.partial.json").read_text())
        written = [json.loads(line) for line in out.with_name("out.jsonl.partial").read_text().splitlines()]
        took = sum(row["provenance"]["input_tokens"] + row["provenance"]["output_tokens"] for row in written)
        assert saved["spent"]["input_tokens"] + saved["spent"]["output_tokens"] == took
        assert saved["spent"]["replies"] == len(written)
    done = cli("run", source, "--out", out, *MODEL)
    assert "60 replies (60 requests): " in done.err


def test_other_inputs_count_from_nothing(cli: Cli, tmp_path: Path, server: StubServer, store: Path) -> None:
    source, out = reports(tmp_path / "in.jsonl", range(60)), tmp_path / "out.jsonl"
    stopped_after(cli, source, out, 30_000, "--jobs", "2")
    kept = server.counts["requests"]
    with closing(sqlite3.connect(store)) as kept_replies, kept_replies:  # runs are told apart by the second
        kept_replies.execute("UPDATE replies SET replied = '2020-01-01T00:00:00+00:00'")
    reports(source, [100, *range(60)])
    done = cli("run", source, "--out", out, *MODEL)
    assert f"{61 - kept} replies ({61 - kept} requests): " in done.err
    assert f"{kept} replies were kept from before and cost nothing" in done.err


def test_a_cost_needs_a_price(cli: Cli, tmp_path: Path, server: StubServer) -> None:
    source = reports(tmp_path / "in.jsonl", range(3))
    done = cli("run", source, "--out", tmp_path / "out.jsonl", *MODEL, "--max-cost", "1")
    assert done.code == 2
    assert "no price is known for openai/stub" in done.err
    assert not server.received


def test_other_inputs_begin_anew_and_nothing_is_paid_again(cli: Cli, tmp_path: Path, server: StubServer) -> None:
    source, out = reports(tmp_path / "in.jsonl", range(60)), tmp_path / "out.jsonl"
    stopped_after(cli, source, out, 30_000, "--jobs", "2")
    reports(source, [100, *range(60)])
    done = cli("run", source, "--out", out, *MODEL)
    assert "the inputs have changed since" in done.err
    assert ids(out) == ["r100", *(f"r{n}" for n in range(60))]
    assert server.counts["requests"] == 61


def test_fewer_inputs_begin_anew(cli: Cli, tmp_path: Path, server: StubServer) -> None:
    source, out = reports(tmp_path / "in.jsonl", range(60)), tmp_path / "out.jsonl"
    stopped_after(cli, source, out, 30_000, "--jobs", "2")
    reports(source, range(2))
    assert cli("run", source, "--out", out, *MODEL).code == 0
    assert ids(out) == ["r0", "r1"]


def test_another_model_begins_anew(cli: Cli, tmp_path: Path, server: StubServer) -> None:
    source, out = reports(tmp_path / "in.jsonl", range(30)), tmp_path / "out.jsonl"
    stopped_after(cli, source, out, 20_000, "--jobs", "2")
    assert cli("run", source, "--out", out, "--model", "openai/other").code == 0
    assert {record["provenance"]["model"] for record in records(out)} == {"other"}


def test_two_runs_do_not_write_one_output(cli: Cli, tmp_path: Path, server: StubServer) -> None:
    out = tmp_path / "out.jsonl"
    journal = Journal(out, "another run")
    try:
        done = cli("run", reports(tmp_path / "in.jsonl", range(3)), "--out", out, *MODEL)
    finally:
        journal.close()
    assert done.code == 3
    assert "another run is writing" in done.err


def test_tables_go_in_and_out(cli: Cli, tmp_path: Path, server: StubServer) -> None:
    table = pytest.importorskip("pyarrow.parquet")
    arrow = pytest.importorskip("pyarrow")
    server.always(failing(2))
    rows = [{"id": f"r{n}", "text": text(n), "language": "en", "ours": n} for n in range(5)]
    table.write_table(arrow.Table.from_pylist(rows), tmp_path / "in.parquet")
    reports(tmp_path / "in.jsonl", range(5))
    assert cli("run", tmp_path / "in.parquet", "--out", tmp_path / "out.parquet", *MODEL).code == 1
    assert cli("run", tmp_path / "in.parquet", "--out", tmp_path / "out.jsonl", *MODEL).code == 1
    found = table.read_table(tmp_path / "out.parquet").to_pylist()
    assert [row["id"] for row in found] == ["r0", "r1", "r2", "r3", "r4"]
    assert [row["record"] for row in found] == (tmp_path / "out.jsonl").read_text().splitlines()
    assert [row["failure"] is None for row in found] == [True, True, False, True, True]
    assert found[0]["headline"] == records(tmp_path / "out.jsonl")[0]["headline"]
    server.always(ok)
    assert cli("run", tmp_path / "in.parquet", "--out", tmp_path / "out.parquet", *MODEL, "--retry-failed").code == 0
    assert table.read_table(tmp_path / "out.parquet").column("failure").null_count == 5


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([{"body": "a text"}], "no column 'text'"),
        ([{"text": 3}], "text is a number"),
    ],
)
def test_tables_that_hold_no_reports_are_named(
    cli: Cli, tmp_path: Path, server: StubServer, rows: list[dict[str, Any]], message: str
) -> None:
    table = pytest.importorskip("pyarrow.parquet")
    arrow = pytest.importorskip("pyarrow")
    table.write_table(arrow.Table.from_pylist(rows), tmp_path / "in.parquet")
    done = cli("run", tmp_path / "in.parquet", "--out", tmp_path / "out.jsonl", *MODEL)
    assert done.code == 3
    assert message in done.err


def test_what_is_no_table_is_named(cli: Cli, tmp_path: Path, server: StubServer) -> None:
    pytest.importorskip("pyarrow.parquet")
    (tmp_path / "in.parquet").write_text("no table")
    done = cli("run", tmp_path / "in.parquet", "--out", tmp_path / "out.jsonl", *MODEL)
    assert done.code == 3
    assert "no Parquet file that can be read" in done.err


def test_schemas_of_ones_own_fill_the_records(cli: Cli, tmp_path: Path, root: Path) -> None:
    examples = root / "seeds" / "own_schemas"
    out = tmp_path / "rulings.jsonl"
    done = cli(
        "run", examples / "ruling.txt", "--out", out, "--schema", f"{examples / 'ruling.py'}:Ruling", "--prompt",
        examples / "ruling.md", "--replies", examples / "replies.jsonl",
    )  # fmt: skip
    assert done.code == 0, done.err
    (record,) = records(out)
    assert record["schema_name"] == "Ruling"


def test_inputs_without_a_report_write_nothing(cli: Cli, tmp_path: Path, server: StubServer) -> None:
    (tmp_path / "empty").mkdir()
    done = cli("run", tmp_path / "empty", "--out", tmp_path / "out.jsonl", *MODEL)
    assert done.code == 3
    assert "no reports" in done.err


COMMAND = "from summarizer.cli import run; run()"


def started(tmp_path: Path, source: Path, out: Path, *more: str) -> subprocess.Popen[str]:
    arguments = ["run", str(source), "--out", str(out), *MODEL, "--jobs", "8", *more]
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, *arguments], stderr=subprocess.PIPE, text=True, env=os.environ, cwd=tmp_path
    )


@pytest.mark.parametrize("order", [(), ("--unordered",)])
def test_a_run_that_is_killed_again_and_again_ends_as_if_nothing_had_been(
    cli: Cli, tmp_path: Path, server: StubServer, order: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    source = reports(tmp_path / "in.jsonl", range(300))
    cli("run", source, "--out", tmp_path / "undisturbed.jsonl", *MODEL)
    monkeypatch.setenv("SUMMARIZER_STORE", str(tmp_path / "other.sqlite"))
    server.latency = 0.05
    server.counts.clear()
    luck, kills = random.Random(4), 0
    out = tmp_path / "out.jsonl"
    while True:
        run = started(tmp_path, source, out, *order)
        try:
            _, said = run.communicate(timeout=luck.uniform(0.8, 2.0) if kills < 6 else 60)
            break
        except subprocess.TimeoutExpired:
            run.send_signal(signal.SIGKILL)
            run.communicate()
            kills += 1
    assert kills > 1
    assert run.returncode == 0, said
    undisturbed = (tmp_path / "undisturbed.jsonl").read_text().splitlines()
    found = out.read_text().splitlines()
    assert (sorted(found) == sorted(undisturbed)) if order else (found == undisturbed)
    assert server.counts["requests"] <= 300 + 8 * kills


def test_an_interrupted_run_goes_on(cli: Cli, tmp_path: Path, server: StubServer) -> None:
    server.latency = 0.2
    source, out = reports(tmp_path / "in.jsonl", range(60)), tmp_path / "out.jsonl"
    run = started(tmp_path, source, out)
    while server.counts["status 200"] < 10:
        time.sleep(0.02)
    run.send_signal(signal.SIGINT)
    _, said = run.communicate()
    assert run.returncode == 130
    assert "the same command goes on from there" in said
    assert cli("run", source, "--out", out, *MODEL, "--jobs", "8").code == 0
    assert ids(out) == [f"r{n}" for n in range(60)]


def test_a_server_that_is_gone_stops_the_run_and_nothing_is_lost(
    cli: Cli, tmp_path: Path, server: StubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summarizer.cli.run_run._MOST_IN_A_ROW", 10)
    source, out = reports(tmp_path / "in.jsonl", range(60)), tmp_path / "out.jsonl"
    server.script(*["ok"] * 20)
    server.always("401")
    done = cli("run", source, "--out", out, *MODEL, "--jobs", "4")
    assert done.code == 1
    assert "the last 10 reports all failed for want of the model (AuthenticationFailed)" in done.err
    assert not out.exists()
    server.always(ok)
    assert cli("run", source, "--out", out, *MODEL, "--jobs", "4").code == 1
    assert ids(out) == [f"r{n}" for n in range(60)]
    assert cli("run", source, "--out", out, *MODEL, "--retry-failed").code == 0
    assert all("headline" in record for record in records(out))


def test_a_log_of_a_run_holds_no_text(cli: Cli, tmp_path: Path, server: StubServer) -> None:
    source, out, log = reports(tmp_path / "in.jsonl", range(4)), tmp_path / "out.jsonl", tmp_path / "log.jsonl"
    done = cli("run", source, "--out", out, *MODEL, "--log", log, "--profile", "-q")
    assert done.code == 0
    assert "bridge number" not in log.read_text()
    assert {"r0", "r1", "r2", "r3"} <= {json.loads(line).get("document") for line in log.read_text().splitlines()}
    assert "ground" in done.err


def test_lines_behind_the_last_checkpoint_are_cut_off(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    journal = Journal(out, "p")
    journal.record(Record("one"), Spent())
    journal.save()
    journal.record(Record("two"), Spent())
    journal.close()
    again = Journal(out, "p")
    assert list(again.lines()) == ["one"]
    assert again.at.results == 1
    again.close()
    other = Journal(out, "q")
    assert other.found is None
    other.close()


def test_a_journal_whose_lines_are_gone_begins_anew(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    journal = Journal(out, "p")
    journal.record(Record("one"), Spent())
    journal.save()
    journal.close()
    journal.path.write_bytes(b"on")
    again = Journal(out, "p")
    assert again.found is None
    again.close()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        Journal(tmp_path / "none" / "out.jsonl", "p")


def test_the_record_of_a_failure_is_told_from_that_of_a_result() -> None:
    record = record_of(Failure(document="d", kind="Refusal", message="no"))
    assert record.failed == "Refusal"
    assert json.loads(record.line) == {"document": "d", "kind": "Refusal", "message": "no"}


def test_a_store_in_a_database_is_used_and_its_password_told_to_nobody(
    cli: Cli, tmp_path: Path, server: StubServer, database: str
) -> None:
    secret = "pa55-of-nobody"
    address = database.replace("tester@", f"tester:{secret}@")
    source, out, log = reports(tmp_path / "in.jsonl", range(12)), tmp_path / "out.jsonl", tmp_path / "log.jsonl"
    stored = ("--store", address, "--log", log, "--log-level", "debug", "-v")
    first = cli("run", source, "--out", out, *MODEL, *stored)
    assert first.code == 0
    again = cli("brief", source, *MODEL, *stored, "--format", "jsonl")
    assert [json.loads(line)["provenance"]["recorded"] for line in again.out.splitlines()] == [True] * 12
    assert server.counts["requests"] == 12
    doctor = cli("doctor", "--store", address)
    assert f"store {database}" in doctor.out
    said = "".join(x.out + x.err for x in (first, again, doctor)) + log.read_text() + out.read_text()
    assert secret not in said


def test_a_database_that_cannot_be_reached_ends_the_run_before_it_begins(
    cli: Cli, tmp_path: Path, server: StubServer
) -> None:
    pytest.importorskip("psycopg")
    source = reports(tmp_path / "in.jsonl", range(2))
    done = cli("run", source, "--out", tmp_path / "out.jsonl", *MODEL, "--store", "postgresql://u:p4ss@127.0.0.1:1/d")
    assert done.code == 3
    assert "the store postgresql://u@127.0.0.1:1/d cannot be opened" in done.err
    assert "p4ss" not in done.err
    assert not server.received


@pytest.mark.parametrize("ending", ["length", "refusal", "content_filter"])
def test_answers_that_are_no_replies_count_for_the_budget(
    cli: Cli, tmp_path: Path, server: StubServer, ending: str
) -> None:
    server.always(ending)
    done = stopped_after(cli, reports(tmp_path / "in.jsonl", range(60)), tmp_path / "out.jsonl", 20_000, "--jobs", "2")
    assert done.code == 1
    assert 2 <= server.counts["requests"] < 40
