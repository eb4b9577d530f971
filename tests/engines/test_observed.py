"""What is told of a live model: retries, modes, failures, each without a word of reports, replies or servers."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from summarizer.engines.observed import Logged, Target, Traced
from summarizer.engines.prompted import PromptedEngine
from summarizer.engines.providers import LiveOptions, live_source
from summarizer.models.document import Document
from summarizer.pipeline import briefs
from summarizer.prompts import Prompts
from summarizer.telemetry.stages import measuring

from ..stub import behaviours as b
from ..stub.server import StubServer
from ..telemetry.watching import Told, watched
from .asking import PATIENCE, Scripted, document, reply

CANARY = "kanarienvogel"
TEXT = f"The {CANARY} of Norvale met the dockers on Monday.\nIt wants the cranes to work again by autumn."
HOSTILE: dict[str, b.Behaviour] = {
    **b.BEHAVIOURS,
    "500": b.failure(500, f"could not serve {CANARY}", CANARY),
    "400": b.failure(400, f"no valid request: {CANARY}", CANARY),
    "html": lambda _: b.Answer(body=f"<html>{CANARY}</html>".encode(), type="text/html"),
    "refusal": lambda request: b.completion(request, None, refusal=f"I say nothing of {CANARY}"),
    "echo": lambda request: b.completion(request, request.text),
    "odd": b.says({CANARY: CANARY}),
    "keys": b.replies(f'{{"{CANARY}": 1}}'),
    "finish": lambda request: b.completion(request, b.draft_reply(request), f"it was {CANARY}"),
    "reason": lambda _: b.Answer(503, CANARY.encode(), {"Retry-After": CANARY}),
    "model": lambda request: b.Answer(
        body=b.ok(request).body.replace(b'"model":"m"', f'"model":"it said {CANARY}"'.encode())
    ),
}
HOSTILE = {name: behaviour for name, behaviour in HOSTILE.items() if name not in ("hang", "429", "503")}


@pytest.fixture
def stub() -> Iterator[StubServer]:
    with StubServer() as server:
        yield server


def asked_of(stub: StubServer, *documents: Document) -> Told:
    """What is told of briefs by a live model on the stub."""

    async def all_of() -> list[object]:
        source = live_source("m", LiveOptions(stub.url, policy=PATIENCE))
        traced = Traced(source, Target("openai", "m", stub.url), lambda: source.mode)
        engine = PromptedEngine(Prompts(), Logged(traced))
        try:
            return [result async for result in briefs(documents, engine, jobs=2)]
        finally:
            await engine.close()

    with watched() as told:
        asyncio.run(all_of())
    return told


@pytest.mark.parametrize("behaviour", HOSTILE.values(), ids=HOSTILE)
def test_no_word_is_told_whatever_a_server_does(stub: StubServer, behaviour: b.Behaviour) -> None:
    stub.always(behaviour)
    told = asked_of(stub, document("a", TEXT))
    assert told.events("document.done") or told.events("document.failed")
    assert CANARY not in told.everything


def test_a_retry_says_why_and_how_long_it_waits(stub: StubServer) -> None:
    stub.script(b.failure(500, CANARY), "reset", "html")
    told = asked_of(stub, document("a", TEXT))
    retried = told.events("request.retried")
    assert [(line["document"], line["attempt"]) for line in retried] == [("a", 1), ("a", 2), ("a", 3)]
    assert [(line["why"], line["status"]) for line in retried] == [
        ("500", 500), (retried[1]["why"], None), ("NoCompletion", None),
    ]  # fmt: skip
    assert "Error" in retried[1]["why"]
    assert all(isinstance(line["wait"], float) and line["wait"] >= 0 for line in retried)
    (chat,) = [span for span in told.spans if span.name == "chat m"]
    assert (chat.attributes or {})["summarizer.attempts"] == 4
    noted = [(event.name, dict(event.attributes or {})) for event in chat.events]
    assert noted == [
        ("summarizer.request.retried", {
            f"summarizer.{name}": line[name] for name in ("document", "why", "status", "wait", "attempt")
            if line[name] is not None
        })
        for line in retried
    ]  # fmt: skip
    (answered,) = told.events("request.answered")
    assert (answered["attempts"], answered["finish"]) == (4, "stop")


FAILURES = {
    "500": (b.failure(500, CANARY), "TransportError", "500", 500, None),
    "401": (b.failure(401, CANARY), "AuthenticationFailed", "AuthenticationFailed", 401, None),
    "filtered": (b.failure(400, CANARY, "content_filter"), "ContentFiltered", "ContentFiltered", 400, None),
    "content_filter": (b.BEHAVIOURS["content_filter"], "ContentFiltered", "ContentFiltered", None, "content_filter"),
    "length": (b.BEHAVIOURS["length"], "TruncatedReply", "TruncatedReply", None, "length"),
    "refusal": (b.BEHAVIOURS["refusal"], "Refusal", "Refusal", None, "stop"),
    "html": (b.BEHAVIOURS["html"], "TransportError", "NoCompletion", None, None),
    "reset": (
        b.BEHAVIOURS["reset"],
        "TransportError",
        "ClientOSError|ClientPayloadError|ConnectionResetError",
        None,
        None,
    ),
}


@pytest.mark.parametrize(("behaviour", "error", "why", "status", "finish"), FAILURES.values(), ids=FAILURES)
def test_a_request_that_failed_says_its_status_and_how_the_answer_ended(
    stub: StubServer, behaviour: b.Behaviour, error: str, why: str, status: int | None, finish: str | None
) -> None:
    stub.always(behaviour)
    told = asked_of(stub, document("a", TEXT))
    (line,) = told.events("request.failed")
    assert (line["error"], line["status"], line["finish"]) == (error, status, finish)
    assert line["why"] in why.split("|")
    (chat,) = [dict(span.attributes or {}) for span in told.spans if span.name == "chat m"]
    assert chat["error.type"] == line["why"]
    assert chat.get("http.response.status_code") == status
    assert chat.get("gen_ai.response.finish_reasons") == ((finish,) if finish else None)
    (took,) = told.points("gen_ai.client.operation.duration")
    assert (took.attributes["error.type"], took.count) == (line["why"], 1)


def test_a_step_down_of_the_mode_is_told_once(stub: StubServer) -> None:
    stub.always(b.accepts("tools"))
    told = asked_of(stub, document("a", TEXT), document("b", TEXT + "\n"))
    assert [(line["model"], line["lowered_from"], line["mode"]) for line in told.events("mode.lowered")] == [
        ("m", "json_schema", "tools"),
    ]
    (noted,) = [event for span in told.spans for event in span.events]
    assert noted.name == "summarizer.mode.lowered"


def test_the_wait_for_the_model_is_a_stage(stub: StubServer) -> None:
    with measuring() as stages:
        asked_of(stub, document("a", TEXT), document("b", TEXT + "\n"))
    assert {name: took.calls for name, took in stages.took.items() if took.calls} == {
        "split": 2, "render": 2, "wait": 2, "read": 2, "ground": 2,
    }  # fmt: skip
    assert stages.took["wait"].wall > 0


def test_wrapped_sources_keep_their_names_and_are_closed() -> None:
    inner = Scripted([reply("{}")])
    outer = Logged(Traced(inner, Target("openai", "m")))
    assert outer.name == "live"
    asyncio.run(outer.close())
    assert inner.closed
