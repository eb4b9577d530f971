"""The store: a cache, a journal that survives crashes, and a ledger, under several processes."""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from summarizer.errors import StoreError
from summarizer.models.exchange import Message, PromptInfo, Reply, ReplySchema, Request, Subject, Usage
from summarizer.store import Asked, Store, open_store

SCHEMA = ReplySchema.of("Draft", {})
REPLY = Reply("{}", "model-x", "2025-01-02T03:04:05+00:00", Usage(2, 10, 20, 5, 0.01), 1.5)


def request(name: str = "report", language: str = "en") -> Request:
    """A request about a report of this name."""
    subject = Subject(name, f"sha of {name}", language)
    return Request("brief", subject, (Message("user", name),), SCHEMA, PromptInfo("brief", "p"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a store can be made."""
    return tmp_path / "folder" / "replies.sqlite"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """An empty store in a file."""
    opened = open_store(path)
    yield opened
    opened.close()


class TestReplies:
    def test_a_reply_comes_back_as_it_was_and_counts_as_recorded(self, store: Store) -> None:
        store.put(request(), "m", REPLY)
        assert store.get(request().key, "m") == replace(REPLY, recorded=True)

    def test_a_reply_outlives_the_process_that_kept_it(self, path: Path) -> None:
        first = open_store(path)
        first.put(request(), "m", REPLY)
        first.close()
        second = open_store(path)
        assert second.get(request().key) is not None
        second.close()

    def test_unknown_tokens_stay_unknown(self, store: Store) -> None:
        store.put(request(), "m", Reply("{}", "", "", Usage(1)))
        kept = store.get(request().key)
        assert kept is not None
        assert kept.usage == Usage(1)

    def test_the_newest_reply_wins(self, store: Store) -> None:
        for text in ("old", "new"):
            store.put(request(), "m", replace(REPLY, text=text))
        kept = store.get(request().key, "m")
        assert kept is not None
        assert kept.text == "new"

    def test_settings_keep_models_apart(self, store: Store) -> None:
        store.put(request(), "one", replace(REPLY, text="of one"))
        store.put(request(), "two", replace(REPLY, text="of two"))
        one, three = store.get(request().key, "one"), store.get(request().key, "three")
        assert one is not None
        assert one.text == "of one"
        assert three is None

    def test_without_settings_the_newest_of_any_is_taken(self, store: Store) -> None:
        store.put(request(), "one", replace(REPLY, text="of one"))
        store.put(request(), "", replace(REPLY, text="of none"))
        found, exact = store.get(request().key), store.get(request().key, "")
        assert found == exact
        assert store.get("unknown") is None

    def test_it_knows_under_which_settings_there_are_replies(self, store: Store) -> None:
        store.put(request("one"), "m", REPLY)
        store.mark_asked([request("two")], "n")
        assert store.answers("m")
        assert not store.answers("n")

    def test_the_language_of_a_text_is_the_newest_one_found(self, store: Store) -> None:
        store.put(request("r", "tr"), "m", REPLY)
        store.put(request("r", "az"), "n", REPLY)
        assert store.language_of("sha of r") == "az"
        assert store.language_of("sha of another") is None

    def test_a_store_in_memory_keeps_nothing(self) -> None:
        store = open_store(":memory:")
        store.put(request(), "m", REPLY)
        assert store.get(request().key) is not None
        store.close()
        assert not Path(":memory:").exists()


class TestLedger:
    def test_what_was_exported_waits_until_it_is_answered(self, store: Store) -> None:
        requests = [request(name) for name in ("one", "two", "three")]
        store.mark_asked(requests, "m")
        store.put(requests[1], "m", REPLY)
        assert [asked.about.document for asked in store.unanswered()] == ["one", "three"]

    def test_a_reply_under_other_settings_is_no_answer(self, store: Store) -> None:
        store.mark_asked([request()], "m")
        store.put(request(), "n", REPLY)
        assert [asked.settings for asked in store.unanswered()] == ["m"]

    def test_what_was_exported_twice_waits_once(self, store: Store) -> None:
        store.mark_asked([request(), request()], "m")
        store.mark_asked([request()], "m")
        assert len(list(store.unanswered())) == 1

    def test_the_ledger_knows_what_a_request_is_about(self, store: Store) -> None:
        store.mark_asked([request()], "m")
        asked = Asked(request().key, "m", "brief", Subject("report", "sha of report", "en"))
        assert store.exported(request().key) == store.exported(request().key[:48]) == [asked]

    def test_a_reply_alone_was_not_exported(self, store: Store) -> None:
        store.put(request(), "m", REPLY)
        assert store.exported(request().key) == []

    def test_exports_under_several_settings_are_told_apart(self, store: Store) -> None:
        for settings in ("m", "n", "m"):
            store.mark_asked([request(), request("other")], settings)
        assert sorted(asked.settings for asked in store.exported(request().key[:20])) == ["m", "n"]

    def test_a_reply_can_be_kept_by_the_ledger_alone(self, store: Store) -> None:
        store.mark_asked([request()], "m")
        (asked,) = store.exported(request().key)
        store.put_by_key(asked, REPLY)
        assert store.get(request().key, "m") is not None
        assert list(store.unanswered()) == []


def _writer(path: Path, name: str, rows: int, gate: Any) -> None:
    gate.wait()
    store = open_store(path)
    for number in range(rows):
        store.put(request(f"{name} {number}"), "m", REPLY)
    store.close()


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
    def test_several_processes_write_at_once(self, path: Path) -> None:
        context = multiprocessing.get_context("spawn")
        gate = context.Barrier(3)
        writers = [context.Process(target=_writer, args=(path, name, 100, gate)) for name in ("a", "b", "c")]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join(60)
        assert [writer.exitcode for writer in writers] == [0, 0, 0]
        store = open_store(path)
        assert all(store.get(request(f"{name} {n}").key, "m") for name in "abc" for n in range(100))
        store.close()

    def test_threads_share_one_store(self, store: Store) -> None:
        def write(name: int) -> None:
            for number in range(20):
                store.put(request(f"{name} {number}"), "m", REPLY)

        threads = [threading.Thread(target=write, args=(name,)) for name in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert all(store.get(request(f"{name} {n}").key) for name in range(8) for n in range(20))

    def test_what_a_killed_process_had_written_is_kept(self, path: Path) -> None:
        code = (
            "import sys; from pathlib import Path; from summarizer.store import open_store; "
            "from tests.test_store import REPLY, request\n"
            "store, n = open_store(Path(sys.argv[1])), 0\n"
            "while True:\n"
            "    store.put(request(str(n)), 'm', REPLY); print(n, flush=True); n += 1\n"
        )
        root = Path(__file__).parent.parent
        with subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, cwd=root) as process:
            assert process.stdout is not None
            told = [int(process.stdout.readline()) for _ in range(50)]
            process.kill()
            told += [int(line) for line in process.stdout.read().splitlines(keepends=True) if line.endswith(b"\n")]
        store = open_store(path)
        assert all(store.get(request(str(n)).key, "m") == replace(REPLY, recorded=True) for n in told)
        store.put(request("after"), "m", REPLY)
        assert store.get(request("after").key) is not None
        store.close()

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

    def test_text_is_kept_as_it_is(self, store: Store) -> None:
        text = json.dumps("“ü”\0\u2028\U0001f600", ensure_ascii=False) + "\0\r\n"
        store.put(request(), "m", replace(REPLY, text=text))
        kept = store.get(request().key)
        assert kept is not None
        assert kept.text == text


def _read_all(path: Path, rows: int) -> None:
    store = open_store(path)
    try:
        for number in range(rows):
            store.get(request(str(number)).key)
    finally:
        store.close()
