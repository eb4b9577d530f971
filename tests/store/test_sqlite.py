"""A store in a file: locks of others, full disks, and files that are none."""

from __future__ import annotations

import multiprocessing
import os
import resource
import sqlite3
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from summarizer.errors import StoreError
from summarizer.store import open_store

from .support import REPLY, request


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a store can be made."""
    return tmp_path / "folder" / "replies.sqlite"


def test_a_store_in_memory_keeps_nothing() -> None:
    store = open_store(":memory:")
    store.put(request(), "m", REPLY)
    assert store.get(request().key) is not None
    store.close()
    assert not Path(":memory:").exists()


def _short_of_room(path: Path, answers: Any) -> None:
    store = open_store(path)
    store.put(request("kept"), "m", REPLY)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
    try:
        for number in range(1000):
            store.put(request(str(number)), "m", replace(REPLY, text="x" * 1000))
    except StoreError as error:
        answers.put(str(error))


class TestProcesses:
    def test_a_full_disk_is_told_and_costs_nothing_that_was_kept(self, path: Path) -> None:
        context = multiprocessing.get_context("spawn")
        answers = context.Queue()
        process = context.Process(target=_short_of_room, args=(path, answers))
        process.start()
        said = answers.get(timeout=60)
        process.join(60)
        assert f"the store {path} does not answer" in said
        assert "Check the disk" in said
        store = open_store(path)
        assert store.get(request("kept").key) is not None
        store.close()

    def test_a_store_that_is_being_made_elsewhere_is_waited_for(self, path: Path) -> None:
        path.parent.mkdir()
        other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        other.execute("CREATE TABLE other (x)")
        other.execute("BEGIN IMMEDIATE")
        release = threading.Timer(0.1, other.close)
        release.start()
        store = open_store(path)  # SQLite itself would not wait before it changes the journal mode
        store.put(request(), "m", REPLY)
        store.close()
        release.join()

    def test_a_store_that_stays_locked_is_told(self, path: Path) -> None:
        store = open_store(path, patience=0.05)
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match=r"replies.sqlite does not answer \(database is locked\). Check the disk"):
            store.put(request(), "m", REPLY)
        assert store.get(request().key) is None  # reading needs no lock
        other.close()
        store.put(request(), "m", REPLY)
        store.close()

    def test_a_store_that_cannot_be_opened_for_a_lock_is_told(self, path: Path) -> None:
        path.parent.mkdir()
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match=r"cannot be opened \(database is locked\)"):
            open_store(path, patience=0.05)
        other.close()


class TestFiles:
    def test_a_file_that_is_no_database_is_told_and_left_alone(self, path: Path) -> None:
        path.parent.mkdir()
        path.write_text("These are notes of mine, and no database at all.\n" * 100)
        before = path.read_bytes()
        with pytest.raises(StoreError, match=r"replies.sqlite cannot be opened \(file is not a database\).*--store"):
            open_store(path)
        assert path.read_bytes() == before

    def test_a_damaged_store_is_told(self, path: Path) -> None:
        store = open_store(path)
        for number in range(50):
            store.put(request(str(number)), "m", replace(REPLY, text="x" * 500))
        store.close()
        damaged = bytearray(path.read_bytes())
        damaged[4096:] = b"\xa5" * (len(damaged) - 4096)
        path.write_bytes(damaged)
        with pytest.raises(StoreError, match=r"replies.sqlite"):
            _read_all(path, 50)

    def test_a_database_of_something_else_is_told(self, path: Path) -> None:
        path.parent.mkdir()
        other = sqlite3.connect(path)
        other.execute("CREATE TABLE replies (letter TEXT)")
        other.close()
        with pytest.raises(StoreError, match=r"cannot be opened \(no such column"):
            open_store(path)

    def test_a_place_where_no_file_can_be_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        for impossible in (tmp_path, tmp_path / "file" / "replies.sqlite"):
            with pytest.raises(StoreError, match=r"cannot be opened .*--no-cache"):
                open_store(impossible)

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
    def test_a_folder_that_may_not_be_written_is_told(self, tmp_path: Path) -> None:
        tmp_path.chmod(0o500)
        with pytest.raises(StoreError, match="cannot be opened"):
            open_store(tmp_path / "replies.sqlite")

    def test_a_store_that_was_closed_is_told(self, path: Path) -> None:
        store = open_store(path)
        store.close()
        with pytest.raises(StoreError, match="closed database"):
            store.get("k")


def _read_all(path: Path, rows: int) -> None:
    store = open_store(path)
    try:
        for number in range(rows):
            store.get(request(str(number)).key)
    finally:
        store.close()
