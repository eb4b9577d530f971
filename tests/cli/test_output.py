"""Where results go and how: formats, files that are written in one step, and what is said on a terminal."""

from __future__ import annotations

import io
import json
import os
import stat
import sys
from pathlib import Path

import pytest

from summarizer.cli.files import atomic
from summarizer.cli.output import FORMATS, format_for
from summarizer.cli.progress import Progress
from summarizer.errors import InputError

from .conftest import Cli
from .support import BRIDGE, DRAFT, ROAD, lines, record, serving, write


@pytest.mark.parametrize(
    ("wanted", "name", "expected"),
    [
        (None, None, "terminal"),
        ("jsonl", None, "jsonl"),
        (None, "b.md", "md"),
        (None, "b.MARKDOWN", "md"),
        (None, "b.json", "json"),
        (None, "b.jsonl", "jsonl"),
        (None, "b.ndjson", "jsonl"),
        (None, "b.txt", "md"),
        (None, "b", "md"),
        ("terminal", "b.json", "terminal"),
    ],
)
def test_the_format_is_the_one_asked_for_or_that_of_the_suffix(
    wanted: str | None, name: str | None, expected: str
) -> None:
    assert format_for(wanted, Path(name) if name else None) == expected


def recorded(folder: Path, tmp_path: Path) -> list[str | Path]:
    write(folder, a=BRIDGE, b=ROAD)
    return ["brief", folder, "--replies", record(tmp_path / "replies.jsonl", BRIDGE, ROAD)]


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_is_written_to_standard_output_and_to_a_file(
    cli: Cli, folder: Path, tmp_path: Path, format_: str
) -> None:
    arguments = [*recorded(folder, tmp_path), "-f", format_]
    shown = cli(*arguments)
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.count("A headline") == 2
    path = tmp_path / "out"
    filed = cli(*arguments, "-o", path)
    assert (filed.code, filed.out) == (0, "")
    assert filed.err == f"written to {path}\n"
    assert path.read_text("utf-8").count("A headline") == 2


@pytest.mark.parametrize("name", ["b.json", "b.jsonl"])
def test_the_suffix_of_the_file_means_its_format(cli: Cli, folder: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert cli(*recorded(folder, tmp_path), "-o", path).code == 0
    text = path.read_text("utf-8")
    rows = json.loads(text) if name == "b.json" else lines(text)
    assert [row["document"]["id"] for row in rows] == ["a", "b"]


def test_json_of_one_report_is_one_object(cli: Cli, folder: Path, tmp_path: Path) -> None:
    arguments = recorded(folder, tmp_path)
    arguments[1] = folder / "a.txt"
    assert json.loads(cli(*arguments, "-f", "json").out)["document"]["id"] == "a"


def test_markdown_of_several_reports_has_rules_between_them(cli: Cli, folder: Path, tmp_path: Path) -> None:
    done = cli(*recorded(folder, tmp_path), "-f", "md")
    assert done.out.splitlines().count("---") == 1
    assert not done.out.startswith("\n")


def test_failures_are_part_of_every_format(cli: Cli, folder: Path, tmp_path: Path) -> None:
    arguments = recorded(folder, tmp_path)
    (folder / "a.txt").write_text("")
    for format_ in FORMATS:
        done = cli(*arguments, "-f", format_)
        assert done.code == 1
        assert "no text in it" in done.out, format_


def test_a_dash_means_standard_output(cli: Cli, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = cli(*recorded(folder, tmp_path), "-f", "jsonl", "-o", "-")
    assert len(lines(done.out)) == 2
    assert not Path("-").exists()


def test_the_file_is_not_touched_when_the_run_breaks_off(
    cli: Cli, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "briefs.jsonl"
    path.write_text("the output of an earlier run")
    arguments = recorded(folder, tmp_path)

    def broken(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("summarizer.render.render", broken)
    done = cli(*arguments, "-o", path)
    assert done.code == 3
    assert "Error: the results cannot be written (No space left on device). Make room" in done.err
    assert path.read_text() == "the output of an earlier run"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["briefs.jsonl", "replies.jsonl", "reports"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told_without_a_traceback(cli: Cli, folder: Path, tmp_path: Path) -> None:
    done = cli(*recorded(folder, tmp_path), "-f", "jsonl", "-o", "/dev/full")
    assert done.code == 3
    assert "Error: the results cannot be written (No space left on device)" in done.err


def test_a_closed_standard_output_is_told(
    cli: Cli, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = recorded(folder, tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", None)
        done = cli(*arguments)
    assert done.code == 2
    assert "Error: standard output is closed. Name a file with --output" in done.err


def test_the_output_of_an_earlier_run_is_not_read_as_a_report(cli: Cli, folder: Path, tmp_path: Path) -> None:
    arguments = recorded(folder, tmp_path)
    for name in ("briefs.md", "briefs.jsonl"):
        for _ in range(2):
            done = cli(*arguments, "-o", folder / name, "--record", folder / "replies.jsonl")
            assert done.code == 0, done.err
        (folder / name).unlink()


@pytest.mark.parametrize("place", ["nowhere/briefs.md", "reports"])
def test_a_file_that_cannot_be_written_is_told_before_anything_is_asked(
    cli: Cli, folder: Path, tmp_path: Path, place: str
) -> None:
    write(folder, a=BRIDGE)
    with serving() as server:
        done = cli("brief", folder, "--model", "openai/x", "--base-url", server.address, "-o", tmp_path / place)
    assert done.code == 3
    assert f"Error: {tmp_path / place} cannot be written" in done.err
    assert "Name a file in a folder that exists" in done.err
    assert server.asked == []


def test_an_atomic_file_appears_when_it_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with atomic(path) as stream:
        stream.write("é\n")
        assert not path.exists()
    assert path.read_bytes() == b"\xc3\xa9\n"
    assert [one.name for one in tmp_path.iterdir()] == ["a.txt"]


def test_an_atomic_file_leaves_nothing_behind_when_the_body_fails(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")

    def half_written() -> None:
        with atomic(path) as stream:
            stream.write("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half_written()
    assert path.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["a.txt"]


def test_permissions_and_links_are_kept(tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    with atomic(link) as stream:
        stream.write("new")
    assert link.is_symlink()
    assert real.read_text() == "new"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        with atomic(tmp_path / "a.txt") as stream:
            stream.write("new")
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o640


def test_a_device_is_written_to_and_stays_a_device() -> None:
    with atomic(Path("/dev/null")) as stream:
        stream.write("gone")
    assert Path("/dev/null").is_char_device()


def test_a_long_name_is_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / ("γ" * 120)
    with atomic(path) as stream:
        stream.write("new")
    assert path.read_text() == "new"


def test_a_folder_cannot_be_an_output(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"), atomic(tmp_path):
        pytest.fail("the body must not run")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def on_terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Standard error is a terminal; to be called within the test, after pytest has put its own stream there."""
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    return stream


def count(progress: Progress, to_terminal: bool = False) -> None:
    with progress.counter(to_terminal):
        progress.step()
        progress.step()
        progress.error("one failed")


def test_a_terminal_shows_how_many_reports_are_done_and_what_is_said_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terminal = on_terminal(monkeypatch)
    count(Progress())
    assert "2 reports" in terminal.getvalue()
    assert "Error: one failed\n" in terminal.getvalue()


@pytest.mark.parametrize(
    ("progress", "to_terminal"), [(Progress(quiet=True), False), (Progress(), True)], ids=["quiet", "results there"]
)
def test_there_is_no_counter_where_it_would_disturb(
    monkeypatch: pytest.MonkeyPatch, progress: Progress, to_terminal: bool
) -> None:
    terminal = on_terminal(monkeypatch)
    count(progress, to_terminal)
    assert terminal.getvalue() == "Error: one failed\n"


def test_there_is_no_counter_when_standard_error_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    count(Progress())
    assert capsys.readouterr().err == "Error: one failed\n"


def test_a_message_in_brackets_is_no_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = on_terminal(monkeypatch)
    progress = Progress()
    with progress.counter(to_terminal=False):
        progress.note("[red]a file[/red]")
    assert "[red]a file[/red]" in terminal.getvalue()


@pytest.mark.parametrize(("variable", "coloured"), [("NO_COLOR", False), ("FORCE_COLOR", True)])
def test_colour_is_used_and_left_out_as_the_user_wishes(
    cli: Cli, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, coloured: bool
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv(variable, "1")
    shown = Terminal()
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", shown)
        assert cli(*recorded(folder, tmp_path)).code == 0
    assert "A headline" in shown.getvalue()
    assert any(code in shown.getvalue() for code in ("\x1b[3", "\x1b[1;3", "\x1b[9")) == coloured


def test_what_is_piped_has_no_escape_sequences(cli: Cli, folder: Path, tmp_path: Path) -> None:
    done = cli(*recorded(folder, tmp_path))
    assert "A headline" in done.out
    assert "\x1b" not in done.out


def test_letters_of_all_scripts_are_written_as_they_are(cli: Cli, folder: Path, tmp_path: Path) -> None:
    write(folder, a=BRIDGE)
    replies = record(tmp_path / "replies.jsonl", BRIDGE, draft=DRAFT | {"headline": "Γέφυρα پل 橋"})
    path = tmp_path / "a.json"
    assert cli("brief", folder, "--replies", replies, "-o", path).code == 0
    assert "Γέφυρα پل 橋" in path.read_text("utf-8")
