"""The history of a suite is only ever added to."""

from __future__ import annotations

from pathlib import Path

import pytest

from summarizer.errors import InputError
from summarizer.experiment.history import append, entry_of, read_history

from .suites import run_of, write_suite


def test_lines_are_added_and_read_in_order(tmp_path: Path) -> None:
    suite, path = write_suite(tmp_path / "suite", size=2), tmp_path / "history" / "history.jsonl"
    for name in ("one", "two"):
        append(path, entry_of(run_of(suite, name), accepted=name == "one"))
    entries = read_history(path)
    assert [(entry.name, entry.accepted) for entry in entries] == [("one", True), ("two", False)]
    assert entries[0].metrics["actors.f1"] == 1.0
    assert entries[0].metrics["cost.usd"] is None
    assert entries[0].suite_hash == suite.hash


def test_no_file_is_an_empty_history(tmp_path: Path) -> None:
    assert read_history(tmp_path / "none.jsonl") == ()


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "history.jsonl"
    append(path, entry_of(run_of(write_suite(tmp_path / "suite", size=1)), accepted=True))
    with path.open("a", encoding="utf-8") as stream:
        stream.write('{"name": 1}\n')
    with pytest.raises(InputError, match=r"history.jsonl:2: is no line of a history"):
        read_history(path)
