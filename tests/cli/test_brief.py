"""`summarizer brief`: what is read, asked, kept and said, and what an interruption leaves behind."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from summarizer.cli import main
from summarizer.cli.options import MODES
from summarizer.engines.base import BriefTask, Filled
from summarizer.engines.wire import OutputMode
from summarizer.models.draft import Draft

from .conftest import Cli
from .support import (
    BRIDGE,
    DRAFT,
    LOOSE,
    ROAD,
    SCHOOL,
    Answer,
    Server,
    completion,
    lines,
    record,
    serving,
    usual,
    write,
)


def live(server: Server) -> list[str]:
    return ["--model", "openai/x", "--base-url", server.address, "-f", "jsonl"]


def ids(out: str) -> list[str]:
    return [row["document"]["id"] for row in lines(out)]


def test_a_file_a_folder_and_standard_input_are_briefed_in_their_order(cli: Cli, folder: Path, tmp_path: Path) -> None:
    write(folder, b=BRIDGE, a=ROAD)
    replies = record(tmp_path / "replies.jsonl", BRIDGE, ROAD, SCHOOL)
    done = cli("brief", "-", folder, "--replies", replies, "-f", "jsonl", stdin=SCHOOL.encode())
    assert (done.code, done.err) == (0, "")
    assert ids(done.out) == ["stdin", "a", "b"]


def test_json_lines_on_standard_input_are_reports_of_their_own(cli: Cli, tmp_path: Path) -> None:
    data = "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in [("x", BRIDGE), ("y", ROAD)])
    replies = record(tmp_path / "replies.jsonl", BRIDGE, ROAD)
    done = cli("brief", "-", "--replies", replies, "-f", "jsonl", stdin=data.encode())
    assert (done.code, ids(done.out)) == (0, ["x", "y"])


def test_a_brief_says_where_it_comes_from(cli: Cli, folder: Path, tmp_path: Path) -> None:
    replies = record(tmp_path / "replies.jsonl", BRIDGE)
    (row,) = lines(cli("brief", write(folder, a=BRIDGE), "--replies", replies, "-f", "jsonl").out)
    assert (row["provenance"]["engine"], row["provenance"]["recorded"]) == ("recorded", True)
    assert row["provenance"]["model"] == "recorded-model"
    assert row["bottom_line"]["evidence"][0]["text"] == BRIDGE


def test_a_closed_standard_input_matters_only_when_it_is_read(
    cli: Cli, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(io, "TextIOWrapper", lambda stream: None)  # what the fixture makes standard input of
    arguments = ["--replies", record(tmp_path / "replies.jsonl", BRIDGE), "-f", "jsonl"]
    assert cli("brief", write(folder, a=BRIDGE), *arguments).code == 0
    done = cli("brief", "-", *arguments)
    assert done.code == 3
    assert "stdin: standard input cannot be read" in done.err


def test_published_and_language_hold_for_all_inputs(cli: Cli, folder: Path) -> None:
    write(folder, a=BRIDGE, b=ROAD)
    with serving() as server:
        done = cli("brief", folder, *live(server), "--published", "2025-08", "--language", "nl")
    assert [(r["document"]["published"], r["document"]["language"]) for r in lines(done.out)] == [("2025-08", "nl")] * 2
    assert all(body["messages"][1]["content"].startswith("Published: 2025-08\n") for body in server.asked)


def test_what_was_answered_is_not_asked_again(cli: Cli, folder: Path, store: Path) -> None:
    write(folder, a=BRIDGE, b=ROAD)
    with serving() as server:
        first = cli("brief", folder, *live(server))
        again = cli("brief", folder, *live(server))
    assert (first.code, again.code, len(server.asked)) == (0, 0, 2)
    assert [row["provenance"]["recorded"] for row in lines(again.out)] == [True, True]
    assert store.is_file()


def test_without_cache_everything_is_asked_and_nothing_kept(cli: Cli, folder: Path, store: Path) -> None:
    write(folder, a=BRIDGE)
    with serving() as server:
        for _ in range(2):
            assert cli("brief", folder, *live(server), "--no-cache").code == 0
    assert len(server.asked) == 2
    assert not store.exists()


def test_another_temperature_is_another_question(cli: Cli, folder: Path) -> None:
    write(folder, a=BRIDGE)
    with serving() as server:
        cli("brief", folder, *live(server))
        cli("brief", folder, *live(server), "--temperature", "0", "--max-tokens", "4000")
    assert [body.get("temperature") for body in server.asked] == [None, 0.0]
    assert [body.get("max_tokens") for body in server.asked] == [None, 4000]


def test_a_recording_that_was_written_answers_the_next_run(cli: Cli, folder: Path, tmp_path: Path) -> None:
    write(folder, a=BRIDGE, b=ROAD)
    path = tmp_path / "recording.jsonl"
    with serving() as server:
        first = cli("brief", folder, *live(server), "--record", path)
    assert f"2 replies written to {path}" in first.err
    again = cli("brief", folder, "--replies", path, "-f", "jsonl")
    assert (again.code, ids(again.out)) == (0, ["a", "b"])
    once_more = cli("brief", folder, "--replies", path, "--record", tmp_path / "copy.jsonl", "-f", "jsonl")
    assert once_more.code == 0
    assert (tmp_path / "copy.jsonl").read_text() == path.read_text()


def test_a_recording_that_cannot_be_written_is_told_before_anything_is_asked(cli: Cli, folder: Path) -> None:
    with serving() as server:
        done = cli("brief", write(folder, a=BRIDGE), *live(server), "--record", "nowhere/replies.jsonl")
    assert done.code == 3
    assert "nowhere/replies.jsonl cannot be written (No such file or directory)" in done.err
    assert server.asked == []


@pytest.mark.parametrize("jobs", [1, 3])
def test_no_more_reports_are_under_way_than_jobs(cli: Cli, folder: Path, jobs: int) -> None:
    write(folder, **{f"r{number}": f"{BRIDGE} It was the bridge in district {number}." for number in range(6)})
    lock, now, most = threading.Lock(), 0, 0
    together = threading.Barrier(jobs)

    def answer(body: dict[str, Any]) -> Answer:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        together.wait(10)
        with lock:
            now -= 1
        return usual(body)

    with serving(answer) as server:
        done = cli("brief", folder, *live(server), "--jobs", str(jobs))
    assert (done.code, most) == (0, jobs)
    assert ids(done.out) == [f"r{number}" for number in range(6)]


def test_a_reply_that_does_not_fit_is_asked_again_with_its_faults(cli: Cli, folder: Path) -> None:
    def answer(body: dict[str, Any]) -> Answer:
        first = len(body["messages"]) == 2
        return Answer(json.dumps(completion("not JSON at all" if first else DRAFT)))

    with serving(answer) as server:
        done = cli("brief", write(folder, a=BRIDGE), *live(server))
    (row,) = lines(done.out)
    assert (done.code, row["provenance"]["reasks"], row["provenance"]["attempts"]) == (0, 1, 2)
    assert [message["role"] for message in server.asked[1]["messages"]] == ["system", "user", "assistant", "user"]


def test_strict_counts_a_brief_with_an_unsupported_item_as_failed(cli: Cli, folder: Path, tmp_path: Path) -> None:
    write(folder, a=BRIDGE)
    arguments = ["brief", folder, "--replies", record(tmp_path / "replies.jsonl", BRIDGE, draft=LOOSE), "-f", "jsonl"]
    assert cli(*arguments).code == 0
    strict = cli(*arguments, "--strict")
    assert strict.code == 1
    assert "Error: a: 1 unsupported items (--strict): summary 1" in strict.err
    assert "0 done, 1 failed" in strict.err
    assert ids(strict.out) == ["a"]


def test_quiet_says_errors_alone_and_verbose_says_what_was_done(cli: Cli, folder: Path, tmp_path: Path) -> None:
    write(folder, a=BRIDGE, b=BRIDGE, c="")
    arguments = ["brief", folder, "--replies", record(tmp_path / "replies.jsonl", BRIDGE), "-f", "jsonl"]
    quiet, usual_, verbose = cli(*arguments, "-q"), cli(*arguments), cli(*arguments, "-v")
    assert [line.split(":")[0] for line in quiet.err.splitlines()] == ["Error"]
    assert len(usual_.err.splitlines()) == 3
    assert "a: en, recorded, 0 requests, 0 re-asks" in verbose.err
    assert quiet.out == usual_.out == verbose.out


def test_settings_come_from_variables_and_from_a_file(
    cli: Cli, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, a=BRIDGE)
    replies = record(tmp_path / "replies.jsonl", BRIDGE)
    monkeypatch.setenv("SUMMARIZER_REPLIES", str(replies))
    assert cli("brief", folder, "-f", "jsonl").code == 0
    monkeypatch.delenv("SUMMARIZER_REPLIES")
    (tmp_path / "config.toml").write_text(f'replies = "{replies}"')
    monkeypatch.setenv("SUMMARIZER_CONFIG", str(tmp_path / "config.toml"))
    assert cli("brief", folder, "-f", "jsonl").code == 0


def test_with_nothing_configured_one_line_says_so_and_how_to_do_better(
    cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Simple:
        name = "offline"

        async def fill(self, task: BriefTask) -> Filled:
            return Filled(Draft.model_validate(DRAFT))

        async def close(self) -> None:
            """Nothing is held open."""

    monkeypatch.setattr("summarizer.cli.session.build_engine", lambda settings, source: Simple())
    write(folder, a=BRIDGE)
    done = cli("brief", folder, "-f", "jsonl")
    assert done.code == 0
    assert len(done.err.splitlines()) == 1
    assert "No model is configured" in done.err
    assert "--model openai/gpt-4o-mini" in done.err
    assert cli("brief", folder, "-f", "jsonl", "-q").err == ""
    assert cli("brief", folder, "-f", "jsonl", "--model", "offline").err == ""


def test_the_modes_offered_are_those_of_the_wire() -> None:
    assert list(MODES) == list(OutputMode)


def command(*arguments: str | Path, **variables: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "summarizer", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        env=os.environ | variables,
    )


def test_an_interrupted_run_keeps_what_was_answered_and_the_next_one_goes_on(
    cli: Cli, folder: Path, tmp_path: Path, store: Path
) -> None:
    write(folder, a=BRIDGE, b=ROAD, c=SCHOOL)
    output = tmp_path / "briefs.jsonl"
    output.write_text("the output of an earlier run")
    hangs, over = threading.Event(), threading.Event()

    def answer(body: dict[str, Any]) -> Answer:
        if "school" in body["messages"][1]["content"] and not over.is_set():
            hangs.set()
            over.wait(30)
        return usual(body)

    with serving(answer) as server:
        arguments = ["brief", folder, *live(server), "--jobs", "1"]
        with command(*arguments, "-o", output) as process:
            assert hangs.wait(30)
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=30)
        assert process.returncode == 130
        assert re.match("Error: interrupted after [012] reports; ", said.decode())
        assert f"{output} is as it was before" in said.decode()
        assert f"what was answered is kept in {store}, and the same command goes on from there" in said.decode()
        assert "Traceback" not in said.decode()
        assert output.read_text() == "the output of an earlier run"
        assert [path.name for path in tmp_path.glob(".briefs*")] == []
        with sqlite3.connect(store) as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert database.execute("SELECT count(*) FROM replies WHERE state = 'answered'").fetchone() == (2,)
        database.close()
        over.set()
        server.asked.clear()
        again = cli(*arguments)
    assert (again.code, ids(again.out)) == (0, ["a", "b", "c"])
    assert [SCHOOL in body["messages"][1]["content"] for body in server.asked] == [True]


def test_a_reader_that_goes_away_ends_the_run_without_a_traceback(folder: Path, tmp_path: Path) -> None:
    write(folder, a=BRIDGE, b=ROAD)
    replies = record(tmp_path / "replies.jsonl", BRIDGE, ROAD)
    with command("brief", folder, "--replies", replies, "-f", "jsonl") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
    assert (process.wait(), said) == (1, b"")


def test_an_output_in_an_older_encoding_shows_escapes(
    cli: Cli, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, a=BRIDGE)
    replies = record(tmp_path / "replies.jsonl", BRIDGE, draft=DRAFT | {"headline": "Γέφυρα"})
    shown = io.TextIOWrapper(io.BytesIO(), encoding="latin-1")
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", shown)
        done = cli("brief", folder, "--replies", replies, "-f", "jsonl")
    assert (done.code, done.err) == (0, "")
    assert rb"\u0393\u03ad\u03c6" in shown.buffer.getvalue()  # type: ignore[attr-defined]


def test_help_shows_examples_and_exit_codes(cli: Cli) -> None:
    done = cli("brief", "--help")
    assert done.code == 0
    assert "\n  summarizer brief report.txt --model openai/gpt-4o-mini\n" in done.out
    assert "Exit code: 0 all done, 1 some failed, 2 wrong use, 3 nothing could run." in " ".join(done.out.split())


def named(group: click.Group, above: str = "") -> Iterator[str]:
    """The commands of a group and of the groups in it, as they are typed."""
    context = click.Context(group)
    for name in group.list_commands(context):
        below = group.get_command(context, name)
        yield above + name
        if isinstance(below, click.Group):
            yield from named(below, f"{above}{name} ")


COMMANDS = list(named(main))


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_every_command_has_an_example(cli: Cli, name: str) -> None:
    done = cli(*name.split(), "--help")
    assert done.code == 0
    assert f"\n  summarizer {name}" in done.out
    assert cli(*name.split(), "-h").out == done.out


def test_the_help_of_the_program_names_all_commands(cli: Cli) -> None:
    done = cli("--help")
    assert {"brief", "batch", "schema", "doctor", "completion"} <= set(COMMANDS)
    assert all(f"\n  {name} " in done.out for name in COMMANDS if " " not in name)
    assert "\n  summarizer brief report.txt" in done.out


def test_help_loads_no_model_no_client_and_no_template_engine(root: Path) -> None:
    program = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from summarizer.cli import main\n"
        f"for name in {['', *COMMANDS]!r}:\n"
        "    assert CliRunner().invoke(main, [*name.split(), '--help']).exit_code == 0, name\n"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=root)
    heavy = {"pydantic", "openai", "instructor", "jinja2", "rich", "aiohttp", "httpx", "sqlite3", "asyncio", "babel"}
    assert not heavy & set(done.stdout.split())


def test_an_unknown_command_names_the_known_ones(cli: Cli) -> None:
    done = cli("breif")
    assert done.code == 2
    assert "No such command 'breif'" in done.err
    assert f"Commands are: {', '.join(name for name in COMMANDS if ' ' not in name)}." in done.err


def test_the_version_is_said(cli: Cli) -> None:
    from summarizer import __version__

    done = cli("--version")
    assert (done.code, done.out) == (0, f"summarizer, version {__version__}\n")
