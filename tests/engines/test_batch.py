"""Batch files: requests out, results back."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.engines import batch
from summarizer.engines.batch import BatchOptions, Imported, PartFiles, Pending, batch_line, custom_id, import_results
from summarizer.engines.prompted import PromptedEngine
from summarizer.engines.recorded import Stored
from summarizer.engines.wire import Manner, OutputMode, Sampling, request_body
from summarizer.errors import InputError, MissingReply
from summarizer.models.exchange import Request, Usage
from summarizer.prompts import Prompts
from summarizer.store import Store, open_store

from .asking import good_draft, reply, request_about, task

SETTINGS = "openai/gpt-4o-mini"
OPTIONS = BatchOptions("gpt-4o-mini", settings=SETTINGS)


@pytest.fixture
def ledger(store: Store, asked: Request) -> Store:
    """A store from which the request was exported."""
    store.mark_asked([asked], SETTINGS)
    return store


def completion(content: str | None = "{}", finish: str = "stop", **message: Any) -> dict[str, Any]:
    """The body of a chat completion."""
    said = {"role": "assistant", "content": content, **message}
    return {
        "id": "c", "object": "chat.completion", "created": 1735787045, "model": "gpt-4o-mini-2024-07-18",
        "choices": [{"index": 0, "message": said, "finish_reason": finish}],
        "usage": {"prompt_tokens": 100, "completion_tokens": 50, "prompt_tokens_details": {"cached_tokens": 64}},
    }  # fmt: skip


def result(request: Request, body: object, status: object = 200, error: object = None) -> dict[str, Any]:
    """A line of an output or error file, as the API writes it."""
    response = {"status_code": status, "request_id": "r", "body": body}
    return {"id": "b", "custom_id": custom_id(request.key, SETTINGS), "response": response, "error": error}


def imported(store: Store, path: Path, *rows: object) -> list[Imported]:
    """What comes of importing these lines; a string is a line as it is."""
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return list(import_results(path, store))


def numbered(count: int) -> list[Request]:
    """Requests about different reports."""
    return [request_about(f"r{n}", f"Report {n} stands here.") for n in range(count)]


def parts_of(folder: Path, requests: list[Request], most: int | None = None) -> list[list[str]]:
    """The lines of the batch files that these requests are written to."""
    with PartFiles(OPTIONS, lambda n: (folder / f"{n}.jsonl").open("w", encoding="utf-8"), most) as files:
        for request in requests:
            files.add(request)
    return [(folder / f"{n + 1}.jsonl").read_text("utf-8").splitlines() for n in range(len(files.counts))]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a result file can be written."""
    return tmp_path / "output.jsonl"


class TestExport:
    def test_a_line_is_one_request_in_the_format_of_the_api(self, asked: Request) -> None:
        line = batch_line(asked, OPTIONS)
        assert "\n" not in line
        assert json.loads(line) == {
            "custom_id": custom_id(asked.key, SETTINGS),
            "method": "POST",
            "url": "/v1/chat/completions",
            "body": request_body(asked, Manner("gpt-4o-mini")),
        }

    def test_batch_sends_no_max_tokens_and_no_temperature_unless_asked(self, asked: Request) -> None:
        line = batch_line(asked, OPTIONS)
        assert set(json.loads(line)["body"]) == {"model", "messages", "response_format"}
        line = batch_line(asked, BatchOptions("m", Sampling(temperature=0.0, max_tokens=50)))
        body = json.loads(line)["body"]
        assert (body["temperature"], body["max_tokens"]) == (0.0, 50)

    def test_batch_sends_a_strict_schema(self, asked: Request) -> None:
        line = batch_line(asked, OPTIONS)
        assert json.loads(line)["body"]["response_format"]["json_schema"]["strict"] is True

    def test_another_mode_is_sent_when_asked(self, asked: Request) -> None:
        line = batch_line(asked, BatchOptions("m", mode=OutputMode.TOOLS))
        assert "tools" in json.loads(line)["body"]

    def test_a_report_with_template_marks_is_exported_unchanged(self, asked: Request) -> None:
        line = batch_line(asked, OPTIONS)
        assert "{{ price }}" in json.loads(line)["body"]["messages"][1]["content"]

    def test_custom_ids_are_64_digits_and_tell_requests_and_models_apart(self) -> None:
        requests = [request_about("one", "One report stands here."), request_about("two", "Another stands here.")]
        names = {custom_id(r.key, settings) for r in requests for settings in ("a", "b")}
        assert len(names) == 4
        assert all(len(name) == 64 and int(name, 16) for name in names)

    def test_custom_ids_stay_the_same_from_run_to_run(self, asked: Request) -> None:
        assert custom_id(request_about("report").key, SETTINGS) == custom_id(asked.key, SETTINGS)

    def test_parts_keep_to_the_number_of_lines(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(batch, "MAX_LINES", 3)
        assert [len(part) for part in parts_of(tmp_path, numbered(7))] == [3, 3, 1]
        assert [len(part) for part in parts_of(tmp_path, numbered(7), most=2)] == [2, 2, 2, 1]
        assert [len(part) for part in parts_of(tmp_path, numbered(7), most=100)] == [3, 3, 1]

    def test_parts_keep_to_the_number_of_bytes_with_line_ends(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        requests = [request_about("a", "One é stands here."), request_about("b", "One e stands here.")]
        both = sum(len(batch_line(request, OPTIONS).encode()) + 1 for request in requests)
        monkeypatch.setattr(batch, "MAX_BYTES", both)
        assert [len(part) for part in parts_of(tmp_path, requests)] == [2]
        monkeypatch.setattr(batch, "MAX_BYTES", both - 1)
        assert [len(part) for part in parts_of(tmp_path, requests)] == [1, 1]

    def test_a_request_beyond_the_number_of_bytes_stands_alone(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(batch, "MAX_BYTES", 10)
        assert [len(part) for part in parts_of(tmp_path, numbered(3))] == [1, 1, 1]

    def test_nothing_makes_no_part(self, tmp_path: Path) -> None:
        assert parts_of(tmp_path, []) == []

    def test_a_part_is_whole_once_the_next_one_has_begun(self, tmp_path: Path) -> None:
        with PartFiles(OPTIONS, lambda n: (tmp_path / str(n)).open("w"), 2) as files:
            seen = [(files.add(request), files.whole) for request in numbered(5)]
            assert seen == [(1, 0), (1, 0), (2, 1), (2, 1), (3, 2)]
            files.finish()
            assert (files.whole, files.counts) == (3, [2, 2, 1])

    def test_the_limits_are_those_of_the_api(self) -> None:
        assert (batch.MAX_LINES, batch.MAX_BYTES) == (50_000, 200_000_000)

    def test_what_is_pending_is_handed_on_and_missing(self, asked: Request) -> None:
        taken: list[Request] = []
        pending = Pending(taken.append)
        with pytest.raises(MissingReply) as caught:
            asyncio.run(pending.reply(asked))
        assert caught.value.document == "report"
        assert taken == [asked]
        asyncio.run(pending.close())

    def test_a_reply_that_does_not_fit_is_asked_again_by_the_next_export(self, store: Store, asked: Request) -> None:
        store.put(asked, SETTINGS, reply('{"headline": 3}'))
        taken: list[Request] = []
        with pytest.raises(MissingReply):
            asyncio.run(PromptedEngine(Prompts(), Stored(store, SETTINGS, Pending(taken.append))).fill(task()))
        (again,) = taken
        assert "headline: Input should be a valid string" in again.messages[-1].content


FAILED: dict[str, tuple[dict[str, Any], str]] = {
    "expired": (
        {"response": None, "error": {"code": "batch_expired", "message": "It expired before it was run."}},
        r"no answer: It expired before it was run. \(batch_expired\)",
    ),
    "a row of the error file": (
        {"response": {"status_code": 400, "body": {"error": {"message": "Invalid schema"}}}, "error": None},
        r"400: Invalid schema\)",
    ),
    "rate limited": ({"response": {"status_code": 429, "body": None}, "error": None}, "429"),
    "no status": ({"response": {}, "error": None}, "no answer"),
    "neither": ({"response": None, "error": None}, "no answer"),
    "a response that is text": ({"response": "later", "error": None}, "no answer"),
    "a body that is text": ({"response": {"status_code": 500, "body": "oops"}}, "500"),
    "success without a completion": ({"response": {"status_code": 200, "body": {}}}, "no chat completion"),
    "success that is HTML": ({"response": {"status_code": 200, "body": "<html>"}}, "HTML"),
    "refused": (
        {"response": {"status_code": 200, "body": completion(None, refusal="No.")}}, "the model refused: No"
    ),
    "filtered": ({"response": {"status_code": 200, "body": completion("", "content_filter")}}, "content filter"),
    "truncated": ({"response": {"status_code": 200, "body": completion("{", "length")}}, "after 50 tokens"),
}  # fmt: skip


class TestImport:
    def test_a_reply_finds_its_place_in_the_store(self, ledger: Store, path: Path, asked: Request) -> None:
        (line,) = imported(ledger, path, result(asked, completion("“ü”\u2028")))
        assert (line.line, line.request, line.document, line.error, line.known) == (1, asked.key, "report", None, False)
        kept = ledger.get(asked.key, SETTINGS)
        assert kept is not None
        assert kept.text == "“ü”\u2028"
        assert kept.model == "gpt-4o-mini-2024-07-18"
        assert kept.replied == "2025-01-02T03:04:05+00:00"
        assert kept.usage == Usage(1, 100, 50, 64, line.cost)

    def test_an_imported_reply_makes_a_brief_without_asking(self, ledger: Store, path: Path, asked: Request) -> None:
        imported(ledger, path, result(asked, completion(json.dumps(good_draft()))))
        filled = asyncio.run(PromptedEngine(Prompts(), Stored(ledger, SETTINGS)).fill(task()))
        assert filled.recorded
        assert filled.draft.headline == "What the report says"

    def test_models_that_were_asked_the_same_get_each_its_own_reply(
        self, ledger: Store, path: Path, asked: Request
    ) -> None:
        ledger.mark_asked([asked], "openai/gpt-4o")
        imported(ledger, path, result(asked, completion("of the small one")))
        assert ledger.get(asked.key, "openai/gpt-4o") is None
        assert ledger.get(asked.key, SETTINGS) is not None

    def test_lines_come_in_any_order_and_blank_ones_do_not_count(self, store: Store, path: Path) -> None:
        requests = [request_about(n, f"Report {n} stands here.") for n in ("one", "two", "three")]
        store.mark_asked(requests, SETTINGS)
        rows = [result(requests[2], completion()), "", result(requests[0], completion())]
        assert [(line.line, line.document) for line in imported(store, path, *rows)] == [(1, "three"), (3, "one")]
        assert [a.about.document for a in store.unanswered()] == ["two"]

    def test_a_reply_that_is_known_is_not_kept_twice(self, ledger: Store, path: Path, asked: Request) -> None:
        row = result(asked, completion("first"))
        assert [line.known for line in imported(ledger, path, row, result(asked, completion("second")))] == [
            False,
            True,
        ]
        (again,) = imported(ledger, path, result(asked, {}, 500))
        assert (again.known, again.error, again.cost) == (True, None, None)
        kept = ledger.get(asked.key, SETTINGS)
        assert kept is not None
        assert kept.text == "first"

    def test_a_reply_costs_half_of_what_it_costs_live(self, ledger: Store, path: Path, asked: Request) -> None:
        body = completion() | {"usage": {"prompt_tokens": 1_000_000, "completion_tokens": 1_000_000}}
        (line,) = imported(ledger, path, result(asked, body))
        assert (line.cost, line.saved) == (pytest.approx(0.375), pytest.approx(0.375))
        kept = ledger.get(asked.key, SETTINGS)
        assert kept is not None
        assert kept.usage.cost_usd == pytest.approx(0.375)

    @pytest.mark.parametrize("settings", [
        "openai/gpt-4o-mini@http://localhost:8080/v1", "openai/nobody-knows-it", "no model's name", "",
        "openai/gpt-3.5-turbo-instruct",
    ])  # fmt: skip
    def test_where_no_price_is_known_nothing_is_claimed(
        self, store: Store, path: Path, asked: Request, settings: str
    ) -> None:
        store.mark_asked([asked], settings)
        row = result(asked, completion()) | {"custom_id": custom_id(asked.key, settings)}
        (line,) = imported(store, path, row)
        assert (line.error, line.cost, line.saved) == (None, None, None)

    def test_an_unknown_custom_id_is_told_with_the_remedy(self, store: Store, path: Path, asked: Request) -> None:
        (line,) = imported(store, path, result(asked, completion()))
        assert line.error is not None
        assert "exported no such request" in line.error
        assert "--store" in line.error
        assert store.get(asked.key) is None

    @pytest.mark.parametrize(("row", "words"), FAILED.values(), ids=FAILED)
    def test_a_failed_row_names_its_document_and_keeps_nothing(
        self, ledger: Store, path: Path, asked: Request, row: dict[str, Any], words: str
    ) -> None:
        (line,) = imported(ledger, path, {"custom_id": custom_id(asked.key, SETTINGS), **row})
        assert line.document == "report"
        assert re.search(words, line.error or "")
        assert ledger.get(asked.key) is None
        assert [a.request for a in ledger.unanswered()] == [asked.key]

    @pytest.mark.parametrize(
        "line", ["{", "[]", '"text"', "7", "null", "{}", '{"id": "b"}', "[" * 100_000, r'{"custom_id": "\ud800"}']
    )
    def test_a_line_that_is_no_result_is_told_and_the_next_one_is_read(
        self, ledger: Store, path: Path, asked: Request, line: str
    ) -> None:
        bad, good = imported(ledger, path, line, result(asked, completion()))
        assert bad.line == 1
        assert bad.error is not None
        assert good.error is None

    @pytest.mark.parametrize("created", [None, "yesterday", -5, 0, 10**30, 1.5, True])
    def test_a_strange_date_of_a_reply_is_no_fault(
        self, ledger: Store, path: Path, asked: Request, created: object
    ) -> None:
        (line,) = imported(ledger, path, result(asked, completion() | {"created": created}))
        assert line.error is None

    def test_a_byte_order_mark_is_no_fault(self, ledger: Store, path: Path, asked: Request) -> None:
        (line,) = imported(ledger, path, "\ufeff" + json.dumps(result(asked, completion())))
        assert line.error is None

    def test_a_file_that_cannot_be_read_is_named(self, store: Store, tmp_path: Path) -> None:
        with pytest.raises(InputError, match=r"none.jsonl cannot be read.*output or error file"):
            list(import_results(tmp_path / "none.jsonl", store))

    def test_a_line_that_is_no_text_is_told_and_the_next_one_is_read(
        self, ledger: Store, path: Path, asked: Request
    ) -> None:
        path.write_bytes(b'{"custom_id": "\xff\xfe"}\n' + json.dumps(result(asked, completion())).encode())
        bad, good = import_results(path, ledger)
        assert "UnicodeDecodeError" in (bad.error or "")
        assert (good.line, good.error) == (2, None)


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda v: st.lists(v, max_size=2) | st.dictionaries(st.sampled_from(
        ["status_code", "body", "error", "choices", "message", "content", "usage", "created", "model"]), v),
))  # fmt: skip
def test_any_response_is_kept_or_told(tmp_path_factory: pytest.TempPathFactory, value: object) -> None:
    folder = tmp_path_factory.getbasetemp()
    asked, store = request_about("report"), open_store(":memory:")
    store.mark_asked([asked], SETTINGS)
    for row in ({"response": value}, {"response": {"status_code": 200, "body": value}}, {"error": value}):
        (line,) = imported(store, folder / "any.jsonl", {"custom_id": custom_id(asked.key, SETTINGS), **row})
        assert line.document == "report"
    store.close()
