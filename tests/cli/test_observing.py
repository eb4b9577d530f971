"""`--log`, `--otel`, `--profile`: what a run tells, where to, and that none of it breaks a run."""

from __future__ import annotations

import gc
import json
import logging
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from summarizer.cli import otel, run_run
from summarizer.documents import LoadOptions

from .conftest import Cli
from .support import BRIDGE, ROAD, SCHOOL, closed_address, lines, record, serving, write


@pytest.fixture
def inputs(folder: Path, tmp_path: Path) -> list[str | Path]:
    """Two reports with replies, and one without."""
    write(folder, a=BRIDGE, b=ROAD, c=SCHOOL)
    return [folder, "--replies", record(tmp_path / "replies.jsonl", BRIDGE, ROAD), "-f", "jsonl"]


@pytest.fixture(autouse=True)
def _no_collector(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("OTEL_")]:
        monkeypatch.delenv(name)


class TestLog:
    def test_lines_are_appended_and_can_be_parsed(self, cli: Cli, inputs: list[str | Path], tmp_path: Path) -> None:
        log = tmp_path / "run.log"
        first = cli("brief", *inputs, "--log", log)
        once = lines(log.read_text())
        second = cli("brief", *inputs, "--log", log)
        assert (first.code, second.code) == (1, 1)
        both = lines(log.read_text())
        assert both[: len(once)] == once
        assert len(both) == 2 * len(once)
        assert sorted((line["event"], line["document"]) for line in once) == [
            ("document.done", "a"), ("document.done", "b"), ("document.failed", "c"),
            ("request.answered", "a"), ("request.answered", "b"), ("request.failed", "c"),
        ]  # fmt: skip
        assert all(line["time"].endswith("+00:00") and line["level"] for line in both)

    def test_dash_is_standard_error(self, cli: Cli, inputs: list[str | Path]) -> None:
        done = cli("brief", *inputs, "--quiet", "--log", "-", "--log-level", "info")
        told = [line for line in done.err.splitlines() if line.startswith("{")]
        assert len(lines("\n".join(told))) == 6

    @pytest.mark.parametrize(("level", "expected"), [("error", {"error"}), ("info", {"info", "error"})])
    def test_the_level_leaves_out_what_matters_less(
        self, cli: Cli, inputs: list[str | Path], tmp_path: Path, level: str, expected: set[str]
    ) -> None:
        cli("brief", *inputs, "--log", tmp_path / "run.log", "--log-level", level)
        assert {line["level"] for line in lines((tmp_path / "run.log").read_text())} == expected

    @pytest.mark.parametrize("given", [True, False])
    def test_texts_are_written_only_when_they_are_asked_for(
        self, cli: Cli, inputs: list[str | Path], tmp_path: Path, given: bool
    ) -> None:
        cli("brief", *inputs, "--log", tmp_path / "run.log", "--log-level", "debug", *(["--log-text"] if given else []))
        assert (BRIDGE in (tmp_path / "run.log").read_text()) is given

    def test_the_setting_asks_for_texts_too(
        self, cli: Cli, inputs: list[str | Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SUMMARIZER_LOG_TEXT", "true")
        cli("brief", *inputs, "--log", tmp_path / "run.log")
        assert BRIDGE in (tmp_path / "run.log").read_text()

    def test_the_output_and_what_is_said_are_the_same_with_a_log(
        self, cli: Cli, inputs: list[str | Path], tmp_path: Path
    ) -> None:
        plain, told = cli("brief", *inputs), cli("brief", *inputs, "--log", tmp_path / "run.log")
        assert (plain.code, plain.out, plain.err) == (told.code, told.out, told.err)

    def test_verbose_says_events_and_tracebacks_while_the_log_keeps_to_its_level(
        self, cli: Cli, inputs: list[str | Path], tmp_path: Path
    ) -> None:
        done = cli("brief", *inputs, "-v", "--log", tmp_path / "run.log", "--log-level", "error")
        assert "request.answered document=a" in done.err
        assert {line["level"] for line in lines((tmp_path / "run.log").read_text())} == {"error"}

    def test_a_log_in_the_folder_of_reports_is_no_report(
        self, cli: Cli, inputs: list[str | Path], folder: Path
    ) -> None:
        cli("brief", *inputs, "--log", folder / "run.jsonl")
        again = cli("brief", *inputs, "--log", folder / "run.jsonl")
        assert len(lines(again.out)) == 3

    def test_a_run_does_not_read_its_own_log_and_profile(
        self, cli: Cli, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        left_out: list[Path] = []

        def load(inputs: Any, options: LoadOptions) -> Iterator[Any]:
            left_out.extend(options.leave_out)  # a log that is read would grow for ever
            return iter(())

        monkeypatch.setattr(run_run, "load", load)
        own = [folder / "run.jsonl", folder / "run.profile.html", tmp_path / "out.jsonl"]
        cli("run", folder, "--log", own[0], "--profile", own[1], "--out", own[2], "--model", "offline")
        assert {path.resolve() for path in own} <= {*left_out}

    def test_a_log_that_cannot_be_opened_is_named(self, cli: Cli, inputs: list[str | Path], tmp_path: Path) -> None:
        done = cli("brief", *inputs, "--log", tmp_path / "nowhere" / "run.log")
        assert done.code == 3
        assert "run.log cannot be written" in done.err

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
    def test_a_full_disk_is_said_once_and_ends_nothing(self, cli: Cli, inputs: list[str | Path]) -> None:
        done = cli("brief", *inputs, "--log", "/dev/full")
        assert done.code == 1
        assert len(lines(done.out)) == 3
        assert done.err.count("the log cannot be written") == 1
        assert "Traceback" not in done.err

    def test_the_loggers_are_as_they_were_afterwards(self, cli: Cli, inputs: list[str | Path], tmp_path: Path) -> None:
        logger = logging.getLogger("summarizer")
        before = (logger.level, list(logger.handlers))
        cli("brief", *inputs, "-v", "--log", tmp_path / "run.log")
        assert (logger.level, logger.handlers) == before

    @pytest.mark.usefixtures("unfrozen")
    def test_stories_are_logged_too(self, cli: Cli, inputs: list[str | Path], tmp_path: Path) -> None:
        cli("dossier", *inputs, "--log", tmp_path / "run.log")
        told = {line["event"] for line in lines((tmp_path / "run.log").read_text())}
        assert {"story.done", "document.done", "document.failed"} <= told


class Collector:
    """What a collector got: requests by their path."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.got: list[tuple[str, bytes]] = []

    @property
    def spans(self) -> list[Any]:
        asked = [ExportTraceServiceRequest.FromString(body) for path, body in self.got if path == "/v1/traces"]
        return [s for request in asked for r in request.resource_spans for scope in r.scope_spans for s in scope.spans]

    @property
    def services(self) -> set[str]:
        asked = [ExportTraceServiceRequest.FromString(body) for path, body in self.got if path == "/v1/traces"]
        return {
            a.value.string_value
            for request in asked for r in request.resource_spans for a in r.resource.attributes if a.key == "service.name"
        }  # fmt: skip

    @property
    def metrics(self) -> set[str]:
        asked = [ExportMetricsServiceRequest.FromString(body) for path, body in self.got if path == "/v1/metrics"]
        return {
            m.name for request in asked for r in request.resource_metrics for s in r.scope_metrics for m in s.metrics
        }


@pytest.fixture
def unfrozen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dossier's objects are not hidden from the garbage collector, which other tests' libraries ask."""
    monkeypatch.setattr(gc, "freeze", lambda: None)


@contextmanager
def collecting(status: int = 200) -> Iterator[Collector]:
    """A collector on this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            collector.got.append((self.path, body))
            self.send_response(status)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        collector = Collector(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield collector
        finally:
            server.shutdown()
            thread.join()


class TestOtel:
    @pytest.mark.parametrize("by", ["option", "variable"])
    def test_spans_and_metrics_arrive_at_the_collector(
        self, cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch, by: str
    ) -> None:
        write(folder, a=BRIDGE, b=ROAD)
        with collecting() as collector, serving() as server:
            monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.address)
            asked = ["--model", "openai/x", "--base-url", server.address, "--no-cache", "-f", "jsonl"]
            done = cli("brief", folder, *asked, *(["--otel"] if by == "option" else []))
        assert (done.code, done.err) == (0, "")
        assert sorted(span.name for span in collector.spans) == [
            "chat x",
            "chat x",
            "summarizer.brief",
            "summarizer.brief",
        ]
        assert collector.services == {"summarizer"}
        assert collector.metrics == {
            "gen_ai.client.operation.duration", "gen_ai.client.token.usage", "summarizer.documents.done",
        }  # fmt: skip

    def test_the_user_names_the_service(
        self, cli: Cli, inputs: list[str | Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("OTEL_SERVICE_NAME", "nightly")
        with collecting() as collector:
            monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.address)
            cli("brief", *inputs)
        assert collector.services == {"nightly"}

    def test_a_dead_collector_changes_nothing_but_a_note(
        self, cli: Cli, inputs: list[str | Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        plain = cli("brief", *inputs)
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", closed_address())
        monkeypatch.setattr(otel, "_PATIENCE", 1e6)  # a refused connection ends the wait by itself
        dead = cli("brief", *inputs)
        assert (dead.code, dead.out) == (plain.code, plain.out)
        (note,) = [line for line in dead.err.splitlines() if line not in plain.err.splitlines()]
        assert note.startswith("not all spans and metrics could be sent")

    @pytest.mark.parametrize("status", [404, 503])
    def test_a_collector_that_refuses_changes_nothing_but_a_note(
        self, cli: Cli, inputs: list[str | Path], monkeypatch: pytest.MonkeyPatch, status: int
    ) -> None:
        plain = cli("brief", *inputs)
        monkeypatch.setattr(otel, "_PATIENCE", 1e6)
        with collecting(status) as collector:
            monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.address)
            refused = cli("brief", *inputs)
        assert (refused.code, refused.out) == (plain.code, plain.out)
        assert refused.err.count("not all spans and metrics could be sent") == 1
        assert "Traceback" not in refused.err

    def test_a_collector_that_never_answers_is_not_waited_for(
        self, cli: Cli, inputs: list[str | Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(otel, "_PATIENCE", 0.01)
        monkeypatch.setattr(otel, "_LITTLE_PATIENCE", 0.01)
        with socket.create_server(("127.0.0.1", 0)) as silent:
            monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://127.0.0.1:{silent.getsockname()[1]}")
            done = cli("brief", *inputs, "--quiet")
        assert done.code == 1
        assert len(lines(done.out)) == 3
        assert "Traceback" not in done.err

    def test_no_exception_is_spilled_when_the_process_ends_with_a_dead_collector(
        self, root: Path, inputs: list[str | Path]
    ) -> None:
        environment = {**os.environ, "OTEL_EXPORTER_OTLP_ENDPOINT": closed_address()}
        command = [sys.executable, "-m", "summarizer", "brief", *map(str, inputs)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=root, env=environment)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert "Exception" not in done.stderr

    def test_the_console_exporter_leaves_the_output_alone(
        self, cli: Cli, inputs: list[str | Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("OTEL_TRACES_EXPORTER", "console")
        done = cli("brief", *inputs)
        assert len(lines(done.out)) == 3
        assert '"name": "summarizer.brief"' in done.err

    @pytest.mark.parametrize(("variable", "value"), [("OTEL_SDK_DISABLED", "true"), ("OTEL_TRACES_EXPORTER", "none")])
    def test_it_can_be_turned_off(
        self, cli: Cli, inputs: list[str | Path], monkeypatch: pytest.MonkeyPatch, variable: str, value: str
    ) -> None:
        with collecting() as collector:
            monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.address)
            monkeypatch.setenv(variable, value)
            cli("brief", *inputs)
        assert not collector.spans

    @pytest.mark.parametrize(
        ("variable", "value"), [("OTEL_TRACES_EXPORTER", "zipkin"), ("OTEL_BSP_MAX_QUEUE_SIZE", "1")]
    )
    def test_a_variable_that_means_nothing_is_wrong_use(
        self, cli: Cli, inputs: list[str | Path], monkeypatch: pytest.MonkeyPatch, variable: str, value: str
    ) -> None:
        monkeypatch.setenv(variable, value)
        done = cli("brief", *inputs, "--otel")
        assert done.code == 2
        assert "OTEL_" in done.err

    def test_a_missing_package_is_named_when_it_is_asked_for(
        self, cli: Cli, inputs: list[str | Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http", None)
        done = cli("brief", *inputs, "--otel")
        assert done.code == 3
        assert 'pip install "summarizer[otel]"' in done.err

    def test_a_missing_package_is_only_a_note_where_a_variable_happens_to_be_set(
        self, cli: Cli, inputs: list[str | Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http", None)
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1")
        done = cli("brief", *inputs)
        assert done.code == 1
        assert "OTEL_EXPORTER_OTLP_ENDPOINT is set, but OpenTelemetry is not installed" in done.err


class TestProfile:
    def test_a_table_says_where_the_time_goes(self, cli: Cli, inputs: list[str | Path]) -> None:
        done = cli("brief", *inputs, "--profile")
        rows = {line.split("  ")[0]: line.split() for line in done.err.splitlines()}
        assert rows["stage"] == "stage calls wall s mean ms CPU s CPU %".split()
        calls = {
            name: int(row[1]) for name, row in rows.items() if name in ("split", "render", "read", "ground", "write")
        }
        assert calls == {"split": 3, "render": 3, "read": 2, "ground": 2, "write": 3}
        assert rows["load"][1] == "4"
        assert rows["whole run"][-1] == "100.0"
        assert len(lines(done.out)) == 3

    def test_with_a_live_model_waiting_and_storing_are_stages(self, cli: Cli, folder: Path) -> None:
        write(folder, a=BRIDGE, b=ROAD)
        with serving() as server:
            done = cli("brief", folder, "--model", "openai/x", "--base-url", server.address, "-f", "jsonl", "--profile")
        rows = {line.split("  ")[0]: line.split() for line in done.err.splitlines()}
        assert (rows["wait"][1], rows["store"][1]) == ("2", "4")
        assert len(rows["wait"]) == 4  # no CPU: it cannot be told from that of other tasks

    @pytest.mark.usefixtures("unfrozen")
    def test_a_dossier_is_merged(self, cli: Cli, inputs: list[str | Path]) -> None:
        done = cli("dossier", *inputs, "--profile")
        assert any(line.startswith("merge ") for line in done.err.splitlines())

    def test_a_profile_opens_in_speedscope_and_holds_both_threads(self, cli: Cli, root: Path, tmp_path: Path) -> None:
        path = tmp_path / "run.speedscope.json"
        seeds = [root / "seeds" / f"{name}.txt" for name in ("az_benghazi_visit", "el_benghazi_delegation")]
        done = cli(
            "brief", *seeds, "--replies", root / "seeds" / "replies.jsonl", "-f", "jsonl", "--profile", path
        )  # fmt: skip
        assert done.code == 0
        assert f"profile written to {path}" in done.err
        profile = json.loads(path.read_text())
        assert profile["$schema"] == "https://www.speedscope.app/file-format-schema.json"
        files = {str(frame["file"]) for frame in profile["shared"]["frames"]}
        assert any("/grounding/" in name for name in files)  # the event loop's thread
        assert any(name.endswith("brief_run.py") for name in files)  # the one that writes

    def test_a_profile_can_be_a_page(self, cli: Cli, inputs: list[str | Path], tmp_path: Path) -> None:
        cli("brief", *inputs, "--profile", tmp_path / "run.profile.html")
        assert "<html" in (tmp_path / "run.profile.html").read_text()[:500]

    def test_a_report_is_never_taken_for_the_profiles_name(
        self, cli: Cli, inputs: list[str | Path], folder: Path
    ) -> None:
        done = cli("brief", "--profile", folder / "a.txt", *inputs[1:])
        assert done.code == 2
        assert "is no name of a profile" in done.err
        assert (folder / "a.txt").read_text() == BRIDGE

    def test_a_missing_profiler_is_named(
        self, cli: Cli, inputs: list[str | Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "pyinstrument", None)
        done = cli("brief", *inputs, "--profile", tmp_path / "run.profile.html")
        assert done.code == 3
        assert 'pip install "summarizer[profile]"' in done.err
