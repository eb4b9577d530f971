"""The store: a cache, a journal that survives crashes, and ledgers, under several processes, in a file and in a database."""

from __future__ import annotations

import json
import multiprocessing
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

from summarizer.models.exchange import Reply, Subject, Usage
from summarizer.store import Asked, BatchEntry, SharedLimit, Store, open_store

from .conftest import Place
from .support import REPLY, request


class TestReplies:
    def test_a_reply_comes_back_as_it_was_and_counts_as_recorded(self, store: Store) -> None:
        store.put(request(), "m", REPLY)
        assert store.get(request().key, "m") == replace(REPLY, recorded=True)

    def test_a_reply_outlives_the_process_that_kept_it(self, place: Place) -> None:
        first = open_store(place)
        first.put(request(), "m", REPLY)
        first.close()
        second = open_store(place)
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

    def test_text_is_kept_as_it_is(self, store: Store) -> None:
        text = json.dumps("“ü”\0\u2028\U0001f600", ensure_ascii=False) + "\0\r\n"
        store.put(request(), "m", replace(REPLY, text=text))
        kept = store.get(request().key)
        assert kept is not None
        assert kept.text == text


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


def entry(identity: str, state: str, label: str = "") -> BatchEntry:
    return BatchEntry(identity, "", "openai/m", state, 3, "2026-11-26T01:02:03+00:00", label)


class TestBatches:
    def test_the_newest_line_of_each_batch_counts_the_oldest_batch_first(self, store: Store) -> None:
        for noted in (entry("b1", "validating"), entry("b2", "validating"), entry("b1", "completed")):
            store.note_batch(noted)
        assert store.batches() == [entry("b1", "completed"), entry("b2", "validating")]

    def test_a_batch_is_known_by_its_label_before_the_provider_names_it(self, store: Store) -> None:
        store.note_batch(entry("", "submitting", "ours"))
        store.note_batch(entry("b7", "in_progress", "ours"))
        assert store.batches() == [entry("b7", "in_progress", "ours")]

    def test_what_is_in_a_batch_is_known_in_its_order(self, store: Store) -> None:
        requests = [request(name) for name in ("two", "one")]
        store.mark_asked(requests, "m", batch="ours")
        assert store.in_batch("ours") == [asked.key for asked in requests]
        assert store.in_batch("another") == []
        assert {asked.batch for asked in store.unanswered()} == {"ours"}


class TestLimits:
    def test_nothing_is_known_until_somebody_sets_a_limit(self, store: Store) -> None:
        assert store.beat("server", "w1", 100.0) is None
        store.set_limit("server", 12.5, 107.0, 99.0)
        assert store.beat("server", "w1", 101.0) == SharedLimit(12.5, 107.0, 99.0, 1)
        assert store.beat("another", "w1", 101.0) is None

    def test_workers_count_as_long_as_they_beat(self, store: Store) -> None:
        store.set_limit("server", 8.0, 0.0, 0.0)
        for number in range(3):
            store.beat("server", f"w{number}", 100.0)
        alive = store.beat("server", "w0", 103.0)
        later = store.beat("server", "w0", 200.0)
        assert (alive and alive.workers, later and later.workers) == (3, 1)

    def test_the_limit_that_was_set_last_holds(self, store: Store) -> None:
        store.set_limit("server", 8.0, 0.0, 0.0)
        store.set_limit("server", 4.0, 5.0, 3.0)
        assert store.beat("server", "w", 1.0) == SharedLimit(4.0, 5.0, 3.0, 1)


def _writer(place: Place, name: str, rows: int, gate: Any) -> None:
    gate.wait()
    store = open_store(place)
    for number in range(rows):
        store.put(request(f"{name} {number}"), "m", REPLY)
    store.close()


class TestProcesses:
    def test_several_processes_write_at_once(self, place: Place) -> None:
        context = multiprocessing.get_context("spawn")
        gate = context.Barrier(3)
        writers = [context.Process(target=_writer, args=(place, name, 100, gate)) for name in ("a", "b", "c")]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join(60)
        assert [writer.exitcode for writer in writers] == [0, 0, 0]
        store = open_store(place)
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

    def test_what_a_killed_process_had_written_is_kept(self, place: Place) -> None:
        code = (
            "import sys; from summarizer.store import open_store; "
            "from tests.store.support import REPLY, request\n"
            "store, n = open_store(sys.argv[1]), 0\n"
            "while True:\n"
            "    store.put(request(str(n)), 'm', REPLY); print(n, flush=True); n += 1\n"
        )
        root = Path(__file__).parent.parent.parent
        with subprocess.Popen([sys.executable, "-c", code, str(place)], stdout=subprocess.PIPE, cwd=root) as process:
            assert process.stdout is not None
            told = [int(process.stdout.readline()) for _ in range(50)]
            process.kill()
            told += [int(line) for line in process.stdout.read().splitlines(keepends=True) if line.endswith(b"\n")]
        store = open_store(place)
        assert all(store.get(request(str(n)).key, "m") == replace(REPLY, recorded=True) for n in told)
        store.put(request("after"), "m", REPLY)
        assert store.get(request("after").key) is not None
        store.close()
