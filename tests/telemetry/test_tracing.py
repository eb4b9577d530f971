"""Spans and metrics by the conventions for generative AI, through the SDK's exporters in memory."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from opentelemetry.semconv._incubating.attributes import gen_ai_attributes as names
from opentelemetry.semconv._incubating.metrics import gen_ai_metrics
from opentelemetry.semconv.attributes import error_attributes, server_attributes
from opentelemetry.trace import SpanKind, StatusCode

from summarizer.dossiers import DossierOptions, story_of
from summarizer.engines.observed import PROVIDERS, Target
from summarizer.engines.prompted import ReplySource
from summarizer.engines.providers import COMPATIBLE, THROUGH_INSTRUCTOR
from summarizer.errors import Refusal, TransportError
from summarizer.merge.linked import Report
from summarizer.models.exchange import Reply, Request
from summarizer.pipeline import brief_one, briefs, extract_one, iterate_sync
from summarizer.telemetry import tracing

from ..engines.asking import TEXT, Scripted, document, good_draft, reply, request_about, run_in_virtual_time
from .watching import engine, values, watched

GOOD = json.dumps(good_draft())
CONVENTIONS = {value for name, value in vars(names).items() if name.startswith("GEN_AI_")}


class Timed:
    """A source whose replies take time, given by the document's name; some fail."""

    name = "live"

    def __init__(self, seconds: Callable[[str], float], failing: str = "") -> None:
        self._seconds = seconds
        self._failing = failing

    async def reply(self, request: Request) -> Reply:
        name = request.about.document
        await asyncio.sleep(self._seconds(name))
        if name == self._failing:
            raise TransportError("no")
        return reply(GOOD)

    async def close(self) -> None:
        """Nothing is held open."""


async def all_of(source: ReplySource, *ids: str, jobs: int = 8) -> list[Any]:
    return [result async for result in briefs([document(name) for name in ids], engine(source), jobs)]


def test_a_request_is_a_client_span_with_the_names_of_the_conventions() -> None:
    with watched() as told:
        run_in_virtual_time(all_of(Scripted([reply(GOOD, finish="end_turn")]), "a"))
    chat, brief = told.spans
    assert (chat.name, chat.kind, chat.status.status_code) == ("chat big", SpanKind.CLIENT, StatusCode.UNSET)
    assert dict(chat.attributes or {}) == {
        names.GEN_AI_OPERATION_NAME: "chat", names.GEN_AI_PROVIDER_NAME: "mistral_ai", names.GEN_AI_REQUEST_MODEL: "big",
        server_attributes.SERVER_ADDRESS: "models.example", server_attributes.SERVER_PORT: 8443,
        names.GEN_AI_REQUEST_TEMPERATURE: 0.5, names.GEN_AI_REQUEST_MAX_TOKENS: 900, names.GEN_AI_REQUEST_SEED: 7,
        names.GEN_AI_OUTPUT_TYPE: "json", names.GEN_AI_RESPONSE_MODEL: "model-x",
        names.GEN_AI_RESPONSE_FINISH_REASONS: ("end_turn",),
        names.GEN_AI_USAGE_INPUT_TOKENS: 10, names.GEN_AI_USAGE_OUTPUT_TOKENS: 20,
        names.GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS: 5,
        "summarizer.request": request_about("a").key[:12], "summarizer.attempts": 1, "summarizer.cost_usd": 0.01,
    }  # fmt: skip
    assert (brief.name, brief.kind) == ("summarizer.brief", SpanKind.INTERNAL)
    assert values([brief], "summarizer.document") == ["a"]
    assert values([brief], "summarizer.input_tokens") == [10]


def test_a_failed_request_says_which_error_and_not_its_words() -> None:
    with watched() as told:
        run_in_virtual_time(all_of(Scripted([Refusal("the model refused: a secret")]), "a"))
    for span in told.spans:
        assert values([span], error_attributes.ERROR_TYPE) == ["Refusal"]
        assert (span.status.status_code, span.status.description, span.events) == (StatusCode.ERROR, None, ())
    assert len(told.spans) == 2


def test_messages_are_recorded_only_when_they_are_asked_for() -> None:
    async def one(text: bool) -> None:
        await brief_one(document("a"), engine(Scripted([reply(GOOD)]), text))

    with watched() as silent:
        run_in_virtual_time(one(text=False))
    with watched() as told:
        run_in_virtual_time(one(text=True))
    assert not {names.GEN_AI_INPUT_MESSAGES, names.GEN_AI_OUTPUT_MESSAGES} & set(silent.spans[0].attributes or {})
    (asked,), (said,) = (
        values(told.spans, name) for name in (names.GEN_AI_INPUT_MESSAGES, names.GEN_AI_OUTPUT_MESSAGES)
    )
    assert [message["role"] for message in json.loads(asked)] == ["system", "user"]
    assert json.loads(said) == [
        {"role": "assistant", "parts": [{"type": "text", "content": GOOD}], "finish_reason": "stop"}
    ]


def test_spans_of_concurrent_documents_do_not_mix() -> None:
    ids = [str(n) for n in range(30)]
    with watched() as told:
        run_in_virtual_time(all_of(Timed(lambda name: float(int(name) * 7 % 11), failing="13"), *ids, jobs=6))
    parents = {span.context.span_id: span for span in told.spans if span.context and span.name == "summarizer.brief"}
    chats = [span for span in told.spans if span.name == "chat big"]
    assert len(parents) == len(chats) == 30
    for chat in chats:
        assert chat.parent is not None
        parent = parents.pop(chat.parent.span_id)
        (name,) = values([parent], "summarizer.document")
        assert values([chat], "summarizer.request") == [request_about(name).key[:12]]
        assert chat.context is not None
        assert parent.context is not None
        assert chat.context.trace_id == parent.context.trace_id
    assert len({chat.context.trace_id for chat in chats if chat.context}) == 30


def test_documents_are_children_of_the_span_that_a_host_is_in_also_in_another_thread() -> None:
    from summarizer.telemetry.tracing import span

    with watched() as told, span("host", {}):
        list(iterate_sync(all_of_stream("a", "b")))
    (host,) = [each for each in told.spans if each.name == "host"]
    assert host.context is not None
    inner = [each.parent.span_id for each in told.spans if each.name == "summarizer.brief" and each.parent]
    assert inner == [host.context.span_id] * 2


def all_of_stream(*ids: str) -> Any:
    return briefs([document(name) for name in ids], engine(Timed(lambda _: 0.0)))


def test_the_parts_of_a_long_report_are_requests_of_one_document() -> None:
    text = TEXT.replace("Norvale", "Norvale " * 40) * 8

    async def long_one() -> None:
        await brief_one(document("a", text), engine(Timed(lambda _: 1.0), part=2000))

    with watched() as told:
        run_in_virtual_time(long_one())
    (brief,) = [span for span in told.spans if span.name == "summarizer.brief"]
    chats = [span for span in told.spans if span.name == "chat big"]
    assert len(chats) > 2
    assert {chat.parent.span_id for chat in chats if chat.parent} == {brief.context.span_id if brief.context else 0}
    (line,) = told.events("document.done")
    assert line["requests"] == len(chats)  # also those whose replies were of no use


def test_an_extraction_and_a_story_have_spans_of_their_own() -> None:
    from summarizer.engines.extracting import Form

    from ..models.orders import TEXT as RULING
    from ..models.orders import Ruling, ruling

    async def both() -> None:
        answers = [reply(json.dumps(ruling())), reply(GOOD), TransportError("no"), TransportError("no")]
        asked = engine(Scripted(answers))
        await extract_one(document("r", RULING), asked, Form.of(Ruling, "Find it."))
        brief = await brief_one(document("a"), asked)
        other = brief.model_copy(update={"document": brief.document.model_copy(update={"id": "b", "sha256": "0" * 64})})
        await story_of([Report(brief), Report(other)], asked, DossierOptions())

    with watched() as told:
        run_in_virtual_time(both())
    assert [span.name for span in told.spans if not span.name.startswith("chat")] == [
        "summarizer.extract", "summarizer.brief", "summarizer.story",
    ]  # fmt: skip
    (line,) = told.events("story.done")
    assert (line["story"], line["reports"], line["unanswered"]) == ("a + b", 2, 1)


def test_metrics_have_the_names_units_and_buckets_of_the_conventions() -> None:
    with watched() as told:
        run_in_virtual_time(all_of(Timed(lambda _: 0.0, failing="b"), "a", "b"))
        used, took = told.points(gen_ai_metrics.GEN_AI_CLIENT_TOKEN_USAGE), None
    with watched() as told:
        run_in_virtual_time(all_of(Timed(lambda _: 0.0, failing="b"), "a", "b"))
        took = told.points(gen_ai_metrics.GEN_AI_CLIENT_OPERATION_DURATION)
    assert {(p.attributes[names.GEN_AI_TOKEN_TYPE], p.sum) for p in used} == {("input", 10), ("output", 20)}
    assert {tuple(p.explicit_bounds) for p in used} == {tuple(4**n for n in range(14))}
    assert {tuple(p.explicit_bounds) for p in took} == {tuple(0.01 * 2**n for n in range(14))}
    for point in (*used, *took):
        required = {names.GEN_AI_OPERATION_NAME: "chat", names.GEN_AI_PROVIDER_NAME: "mistral_ai",
                    names.GEN_AI_REQUEST_MODEL: "big", server_attributes.SERVER_ADDRESS: "models.example"}  # fmt: skip
        assert required.items() <= dict(point.attributes).items()
    assert sorted(p.attributes.get(error_attributes.ERROR_TYPE, "") for p in took) == ["", "TransportError"]
    assert [p.count for p in took] == [1, 1]


@pytest.mark.parametrize(("metric", "more"), [("done", {}), ("failed", {"error.type": "TransportError"})])
def test_documents_are_counted(metric: str, more: dict[str, str]) -> None:
    with watched() as told:
        run_in_virtual_time(all_of(Timed(lambda _: 0.0, failing="b"), "a", "b"))
        (point,) = told.points(f"summarizer.documents.{metric}")
    assert (point.value, dict(point.attributes)) == (1, {"summarizer.task": "brief", **more})


def test_every_name_that_begins_like_the_conventions_is_one_of_theirs() -> None:
    with watched() as told:
        run_in_virtual_time(_with_text())
    said = {name for span in told.spans for name in span.attributes or {} if name.startswith("gen_ai.")}
    assert len(said) > 10
    assert said <= CONVENTIONS


async def _with_text() -> None:
    await brief_one(document("a"), engine(Scripted([reply(GOOD)]), text=True))


@pytest.mark.parametrize("provider", sorted({*COMPATIBLE, *THROUGH_INSTRUCTOR}))
def test_providers_are_called_as_the_conventions_call_them(provider: str) -> None:
    known = {"openai", "anthropic", "cohere", "deepseek", "groq", "perplexity", "aws.bedrock", "azure.ai.openai",
             "gcp.gemini", "gcp.vertex_ai", "mistral_ai", "x_ai"}  # fmt: skip
    said = Target(provider, "m").attributes["gen_ai.provider.name"]
    assert (said in known) or (said == provider and provider not in PROVIDERS)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://localhost:8080/v1", ("localhost", 8080)),
        ("https://api.openai.com/v1", ("api.openai.com", 443)),
        (None, (None, None)),
        ("http://localhost:many/v1", (None, None)),
        ("http://[broken", (None, None)),
        ("nothing", (None, None)),
    ],
)
def test_a_server_is_named_by_host_and_port_where_it_has_them(address: str | None, expected: tuple[Any, Any]) -> None:
    said = Target("openai", "m", address).attributes
    assert (said.get("server.address"), said.get("server.port")) == expected


def test_a_cancelled_document_ends_its_spans() -> None:
    async def cancelled() -> None:
        work = asyncio.create_task(all_of(Timed(lambda _: 100.0), "a"))
        await asyncio.sleep(1.0)
        work.cancel()
        await asyncio.wait([work])

    with watched() as told:
        run_in_virtual_time(cancelled())
    assert [(span.name, values([span], "error.type")) for span in told.spans] == [
        ("chat big", ["CancelledError"]), ("summarizer.brief", ["CancelledError"]),
    ]  # fmt: skip
    assert not told.events("document.failed")


def test_a_host_that_has_set_up_an_sdk_gets_the_spans(root: Path) -> None:
    program = """
from opentelemetry import metrics, trace
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
spans, reader = InMemorySpanExporter(), InMemoryMetricReader()
trace.set_tracer_provider(TracerProvider())
trace.get_tracer_provider().add_span_processor(SimpleSpanProcessor(spans))
metrics.set_meter_provider(MeterProvider([reader]))
from summarizer import Summarizer
from tests.engines.asking import Scripted, reply
from tests.telemetry.test_tracing import GOOD, TEXT, engine
list(Summarizer(engine=engine(Scripted([reply(GOOD)]))).briefs([TEXT]))
print([span.name for span in spans.get_finished_spans()])
print(sorted(m.name for r in reader.get_metrics_data().resource_metrics for s in r.scope_metrics for m in s.metrics))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=root, check=True)
    assert done.stdout.splitlines() == [
        "['chat big', 'summarizer.brief']",
        "['gen_ai.client.operation.duration', 'gen_ai.client.token.usage', 'summarizer.documents.done']",
    ]
    assert done.stderr == ""


@pytest.mark.parametrize("hidden", ["", "sys.modules['opentelemetry'] = None; "])
def test_opentelemetry_is_neither_needed_nor_loaded(root: Path, hidden: str) -> None:
    program = (
        f"import sys; {hidden}from summarizer import Summarizer; import asyncio\n"
        "from tests.timed_engine import Engine, documents\n"
        "assert len(list(Summarizer(engine=Engine()).briefs(documents('a', 'b')))) == 2\n"
        "print([name for name in sys.modules if name.startswith('opentelemetry') and sys.modules[name]])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=root, check=True)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_without_anybody_listening_a_span_is_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "modules", {})
    with tracing.span("x", {"a": 1}) as current:
        assert current is None
    assert tracing.instruments() is None
    assert tracing.trace_ids() == {}
