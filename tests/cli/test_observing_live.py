"""Whole runs over a live model, as their log and a collector tell them: what happened, and no word of anybody's."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from summarizer.engines import retry

from ..stub import behaviours as b
from ..stub.server import StubServer
from .conftest import Cli
from .support import BRIDGE, ROAD, SCHOOL, lines, write
from .test_observing import Collector, collecting, unfrozen  # noqa: F401

CANARY = "kanarienvogel"
KEY = "sk-geheimschluessel"
PLANTED = f"The {CANARY} of Norvale met the dockers on Monday. It wants the cranes to work again by autumn."


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Iterator[StubServer]:
    """A server, a key for it, and waits that a test can afford."""
    hasty = functools.partial(retry.RetryPolicy, first_wait=0.001, longest_wait=0.01)
    monkeypatch.setattr(retry, "RetryPolicy", hasty)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with StubServer() as server:
        yield server


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    """A collector that the environment names."""
    with collecting() as started:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", started.address)
        yield started


def cached(request: b.Received) -> b.Answer:
    """A draft whose prompt was cached in part."""
    body = json.loads(b.ok(request).body)
    body["model"] = "gpt-4o-mini-2024-07-18"
    body["usage"] = {
        "prompt_tokens": 3000, "completion_tokens": 200, "prompt_tokens_details": {"cached_tokens": 2048},
    }  # fmt: skip
    return b.Answer(body=json.dumps(body).encode())


def attributes(span: Any) -> dict[str, Any]:
    """Attributes of a span or of an event of one, as a collector gets them."""
    return {a.key: _plain(a.value) for a in span.attributes}


def _plain(value: Any) -> Any:
    kind = value.WhichOneof("value")
    return [_plain(v) for v in value.array_value.values] if kind == "array_value" else getattr(value, kind)


def test_a_troubled_run_is_told_from_beginning_to_end(
    cli: Cli, folder: Path, tmp_path: Path, stub: StubServer, collector: Collector
) -> None:
    write(folder, a=BRIDGE, b=ROAD, c=SCHOOL)
    stub.script(b.REFUSED_MODES["json_schema"], "500", b.busy("0"), cached, "invalid", "ok", "length")
    log = tmp_path / "run.log"
    asked = ["--model", "openai/gpt-4o-mini", "--base-url", stub.url, "-j", "1", "-f", "jsonl"]
    assert cli("brief", folder, *asked, "--log", log).code == 1

    told = [line for line in lines(log.read_text()) if not line["event"].startswith("limit.")]
    assert [(line["event"], line.get("document")) for line in told] == [
        ("request.retried", "a"), ("request.retried", "a"), ("mode.lowered", None), ("request.answered", "a"),
        ("document.done", "a"),
        ("request.answered", "b"), ("reply.asked_again", "b"), ("request.answered", "b"), ("document.done", "b"),
        ("request.failed", "c"), ("document.failed", "c"),
    ]  # fmt: skip
    assert [(line["why"], line["status"], line["attempt"]) for line in told[:2]] == [("500", 500, 1), ("429", 429, 2)]
    answered = told[3]
    assert {name: answered[name] for name in ("asked", "model", "source", "finish", "attempts")} == {
        "asked": "openai/gpt-4o-mini", "model": "gpt-4o-mini-2024-07-18", "source": "live", "finish": "stop", "attempts": 4,
    }  # fmt: skip
    assert [answered[f"{kind}_tokens"] for kind in ("input", "output", "cached")] == [3000, 200, 2048]
    assert (told[6]["fits"], told[8]["reasks"]) == (False, 1)
    assert (told[9]["error"], told[9]["finish"], told[10]["error"]) == ("TruncatedReply", "length", "TruncatedReply")

    chats = [span for span in collector.spans if span.name == "chat gpt-4o-mini"]
    first, *_, last = sorted(chats, key=lambda span: span.start_time_unix_nano)
    port = int(stub.url.rpartition(":")[2].partition("/")[0])
    assert attributes(first) == {
        "gen_ai.operation.name": "chat", "gen_ai.provider.name": "openai", "gen_ai.output.type": "json",
        "gen_ai.request.model": "gpt-4o-mini", "gen_ai.response.model": "gpt-4o-mini-2024-07-18",
        "gen_ai.response.finish_reasons": ["stop"], "gen_ai.usage.input_tokens": 3000,
        "gen_ai.usage.output_tokens": 200, "gen_ai.usage.cache_read.input_tokens": 2048,
        "server.address": "127.0.0.1", "server.port": port, "summarizer.attempts": 4,
        "summarizer.request": answered["request"],
    }  # fmt: skip
    assert [(event.name, attributes(event)["summarizer.why"]) for event in first.events if "retried" in event.name] == [
        ("summarizer.request.retried", "500"), ("summarizer.request.retried", "429"),
    ]  # fmt: skip
    assert attributes(last)["error.type"] == "TruncatedReply"
    assert attributes(last)["gen_ai.response.finish_reasons"] == ["length"]
    assert {(line["trace_id"], line["span_id"]) for line in told[:2]} == {
        (first.trace_id.hex(), first.span_id.hex())
    }  # fmt: skip
    assert len(chats) == 4


def test_a_server_that_the_environment_names_is_told(
    cli: Cli, folder: Path, stub: StubServer, collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, a=BRIDGE)
    monkeypatch.setenv("OPENAI_BASE_URL", stub.url)
    cli("brief", folder, "--model", "openai/gpt-4o-mini", "-f", "jsonl")
    (chat,) = [attributes(span) for span in collector.spans if span.name == "chat gpt-4o-mini"]
    assert (chat["server.address"], f":{chat['server.port']}/" in stub.url) == ("127.0.0.1", True)


COMMANDS = {
    "brief": ("brief", "-f", "jsonl"),
    "dossier": ("dossier", "-f", "jsonl"),
    "extract": ("extract", "--schema", "seeds/own_schemas/ruling.py:Ruling", "-f", "jsonl"),
    "run": ("run", "--out", "OUT"),
}
TROUBLES: dict[str, b.Behaviour | str] = {
    "none": "ok",
    "re-asks": b.replies(json.dumps({CANARY: CANARY})),
    "an echo": b.failure(500, f"could not serve {CANARY} with the key {KEY}", CANARY),
    "a refusal": lambda request: b.completion(request, None, refusal=f"I say nothing of {CANARY}"),
}


@pytest.mark.usefixtures("unfrozen")
@pytest.mark.parametrize("trouble", TROUBLES)
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("texts", [False, True], ids=["", "texts"])
def test_no_word_of_a_report_and_no_key_is_told_unless_it_is_asked_for(
    cli: Cli, root: Path, tmp_path: Path, folder: Path, stub: StubServer, collector: Collector,
    monkeypatch: pytest.MonkeyPatch, command: str, trouble: str, texts: bool,
) -> None:  # fmt: skip
    monkeypatch.chdir(root)
    write(folder, a=PLANTED, b=f"{PLANTED} The mayor agreed.")
    stub.script(b.failure(429, f"{CANARY}: too much for {KEY}", retry_after="0"), "reset")
    stub.always(TROUBLES[trouble])
    log = tmp_path / "run.log"
    name, *options = [str(tmp_path / "out.jsonl") if word == "OUT" else word for word in COMMANDS[command]]
    address = f"{stub.url.replace('://', f'://ann:{KEY}@')}?api-key={KEY}"
    asked = ["--model", "openai/gpt-4o-mini", "--base-url", address, "--log-level", "debug", "--log", log]
    cli(name, folder, *options, *asked, *(["--log-text"] if texts else []))
    told = log.read_bytes() + b"".join(body for _, body in collector.got)
    assert told.count(b"summarizer.pipeline") >= 2
    assert (CANARY.encode() in told) is texts
    assert (KEY.encode() in told) is (texts and trouble == "an echo")  # a server's message, asked for
