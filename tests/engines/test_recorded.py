"""Replies from a recording, from the store, and remembered ones."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.engines.recorded import (
    RecordedReply,
    Recording,
    Remembering,
    Stored,
    Unavailable,
    recording_text,
)
from summarizer.errors import MissingKey, MissingReply, StoreError, TransportError
from summarizer.models.exchange import Message, PromptInfo, Reply, ReplySchema, Request, Usage
from summarizer.store import Store

from .asking import Scripted, reply, request_about


def recorded(path: Path, *entries: RecordedReply) -> Recording:
    """A recording of these replies, written and read back."""
    path.write_text(recording_text(entries, {"note": "a test"}), encoding="utf-8")
    return Recording(path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a recording can be written."""
    return tmp_path / "replies.jsonl"


def row(**fields: object) -> str:
    """A line of a recording."""
    base = {"request": "k", "sha256": "s", "language": "en", "model": "m", "replied": "2025", "reply": "{}"}
    return json.dumps(base | fields)


class TestRecording:
    def test_a_recorded_reply_comes_back_as_it_was(self, path: Path, asked: Request) -> None:
        given = reply('{"a": "“ü”\u2028\n"}')
        found = asyncio.run(recorded(path, RecordedReply(asked, given)).reply(asked))
        assert found == replace(given, usage=Usage(0, 10, 20, 5, 0.01), recorded=True)

    def test_a_recording_begins_with_what_it_is(self, path: Path, asked: Request) -> None:
        recorded(path, RecordedReply(asked, reply("{}")))
        first, second = path.read_text("utf-8").splitlines()
        assert json.loads(first) == {"recording": "summarizer-replies/1", "note": "a test"}
        assert json.loads(second) == {
            "request": asked.key, "task": "brief", "document": "report", "sha256": asked.about.sha256, "language": "en",
            "prompt": {"name": "brief", "hash": asked.prompt.hash}, "schema": asked.schema.hash[:12], "model": "model-x",
            "replied": "2025-01-02T03:04:05+00:00", "reply": "{}",
            "usage": {"input_tokens": 10, "output_tokens": 20, "cached_tokens": 5, "cost_usd": 0.01},
        }  # fmt: skip

    def test_unknown_tokens_are_left_out(self, path: Path, asked: Request) -> None:
        found = recorded(path, RecordedReply(asked, Reply("{}", "m", "", Usage(1))))
        assert json.loads(path.read_text("utf-8").splitlines()[1])["usage"] == {}
        assert asyncio.run(found.reply(asked)).usage == Usage()

    def test_recordings_may_stand_one_after_another_and_the_last_reply_counts(self, path: Path, asked: Request) -> None:
        once = recording_text([RecordedReply(asked, reply("old"))], {})
        path.write_text(once + "\n" + recording_text([RecordedReply(asked, reply("new"))], {}), "utf-8")
        assert asyncio.run(Recording(path).reply(asked)).text == "new"
        assert len(Recording(path)) == 1

    def test_a_byte_order_mark_is_no_fault(self, path: Path) -> None:
        path.write_text("\ufeff" + row() + "\n", encoding="utf-8")
        assert len(Recording(path)) == 1

    def test_it_knows_the_language_of_a_text(self, path: Path, asked: Request) -> None:
        found = recorded(path, RecordedReply(asked, reply("{}")))
        assert found.language_of(asked.about.sha256) == "en"
        assert found.language_of("other") is None

    def test_closing_it_does_nothing(self, path: Path, asked: Request) -> None:
        found = recorded(path, RecordedReply(asked, reply("{}")))
        asyncio.run(found.close())
        assert asyncio.run(found.reply(asked)).recorded


OTHERS = {
    "another text": (request_about("other", "Another report stands here."), "no report with this text was recorded"),
    "another prompt": (None, r"recorded with the prompt aaaaaaaaaaaa, now it is \w{12}"),
    "another schema": (None, "recorded with another schema"),
    "another date": (None, "another date of publication, title or outlet"),
    "a second question": (None, "no answer to asking again was recorded"),
}


def variant(asked: Request, what: str) -> Request:
    """The request as it was when recorded, or as it is now."""
    match what:
        case "another prompt":
            return replace(asked, prompt=PromptInfo("brief", "a" * 12), messages=asked.messages[1:])
        case "another schema":
            return replace(asked, schema=ReplySchema.of("Draft", {}))
        case "another date":
            return replace(asked, messages=(asked.messages[0], Message("user", "Published: 2025")))
    return asked


@pytest.mark.parametrize("what", OTHERS)
def test_a_missing_reply_names_the_document_the_reason_and_the_remedy(path: Path, asked: Request, what: str) -> None:
    found = recorded(path, RecordedReply(variant(asked, what), reply("{}")))
    wanted = OTHERS[what][0] or asked
    if what == "a second question":
        wanted = asked.followed_by(Message("assistant", "{}"), Message("user", "Mend it"))
    with pytest.raises(MissingReply, match=OTHERS[what][1]) as caught:
        asyncio.run(found.reply(wanted))
    assert caught.value.document == wanted.about.document
    assert str(path) in str(caught.value)
    assert "--record FILE" in (caught.value.remedy or "")


CORRUPT = {
    "no JSON": "{",
    "not an object": "[1, 2]",
    "a number": "7",
    "nothing of a reply": "{}",
    "a reply that is no text": row(reply=3),
    "a request that is no text": row(request=None),
    "a language that is no text": row(language=["en"]),
    "tokens that are no numbers": row(usage={"input_tokens": "many"}),
    "usage that is a list": row(usage=[1]),
    "half a surrogate pair": row(reply="a").replace('"a"', r'"\ud800"'),
    "another format": '{"recording": "summarizer-replies/9"}',
    "endless brackets": "[" * 100_000,
}


@pytest.mark.parametrize("line", CORRUPT.values(), ids=CORRUPT)
def test_a_corrupt_recording_names_the_line(path: Path, line: str) -> None:
    path.write_text(f"{row()}\n\n{line}\n", encoding="utf-8")
    with pytest.raises(StoreError, match=r"^line 3 of .*replies.jsonl is no recorded reply \(.+\). Name a recording"):
        Recording(path)


def test_a_recording_that_is_not_text_is_named(path: Path) -> None:
    path.write_bytes(row().encode() + b"\n\xff\xfe\n")
    with pytest.raises(StoreError, match=r"replies.jsonl cannot be read"):
        Recording(path)


def test_a_recording_that_is_not_there_is_named(tmp_path: Path) -> None:
    for missing in (tmp_path / "none.jsonl", tmp_path):
        with pytest.raises(StoreError, match="cannot be read"):
            Recording(missing)


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda v: st.lists(v, max_size=2) | st.dictionaries(st.sampled_from(
        ["request", "sha256", "language", "model", "replied", "reply", "usage", "input_tokens", "recording"]), v),
))  # fmt: skip
def test_any_line_is_a_reply_or_a_fault_of_its_line(tmp_path_factory: pytest.TempPathFactory, value: object) -> None:
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    path.write_text(json.dumps(value) + "\n", encoding="utf-8")
    try:
        assert len(Recording(path)) <= 1
    except StoreError as error:
        assert "line 1" in str(error)  # noqa: PT017


class TestStored:
    def test_what_the_store_lacks_is_asked_and_kept(self, store: Store, asked: Request) -> None:
        source = Scripted([reply("new")])
        stored = Stored(store, "m", source)
        first, second = asyncio.run(stored.reply(asked)), asyncio.run(stored.reply(asked))
        assert (first.text, first.recorded) == ("new", False)
        assert (second.text, second.recorded) == ("new", True)
        assert len(source.requests) == 1

    def test_a_reply_is_kept_before_it_is_read(self, store: Store, asked: Request) -> None:
        asyncio.run(Stored(store, "m", Scripted([reply("no JSON")])).reply(asked))
        kept = store.get(asked.key, "m")
        assert kept is not None
        assert kept.text == "no JSON"

    def test_a_failure_is_not_kept(self, store: Store, asked: Request) -> None:
        with pytest.raises(TransportError):
            asyncio.run(Stored(store, "m", Scripted([TransportError("no")])).reply(asked))
        assert store.get(asked.key) is None

    def test_settings_keep_models_apart(self, store: Store, asked: Request) -> None:
        asyncio.run(Stored(store, "one", Scripted([reply("of one")])).reply(asked))
        found = asyncio.run(Stored(store, "two", Scripted([reply("of two")])).reply(asked))
        assert found.text == "of two"

    def test_without_a_source_a_missing_reply_names_document_and_remedy(self, store: Store, asked: Request) -> None:
        with pytest.raises(MissingReply, match=r"^report: the store .*replies.sqlite holds no reply.*batch import"):
            asyncio.run(Stored(store, None).reply(asked))

    def test_without_settings_any_reply_is_taken(self, store: Store, asked: Request) -> None:
        store.put(asked, "some model", reply("kept"))
        assert asyncio.run(Stored(store, None).reply(asked)).text == "kept"

    def test_its_name_is_that_of_the_source_behind(self, store: Store) -> None:
        source = Scripted([])
        assert Stored(store, "m", source).name == "live"
        assert Stored(store, "m").name == "recorded"
        asyncio.run(Stored(store, "m", source).close())
        assert source.closed


def test_a_model_that_cannot_be_asked_says_why_and_for_which_report(asked: Request) -> None:
    error = MissingKey("openai needs a key", remedy="export OPENAI_API_KEY=...")
    with pytest.raises(MissingReply, match=r"^report: no reply is kept for it, and openai needs a key. export OPENAI"):
        asyncio.run(Unavailable(error).reply(asked))


def test_what_is_remembered_can_be_recorded(path: Path, asked: Request) -> None:
    remembering = Remembering(Scripted([reply("{}"), MissingReply("no")]))
    asyncio.run(remembering.reply(asked))
    with pytest.raises(MissingReply):
        asyncio.run(remembering.reply(asked))
    assert len(recorded(path, *remembering.replies)) == 1
